"""The codebook as a tree: colour, name, how often, key; codes can be dragged out and moved."""

from PySide6.QtCore import QMimeData, QPoint, Qt, Signal
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragMoveEvent,
    QDropEvent,
    QPainter,
    QPixmap,
)
from PySide6.QtWidgets import QAbstractItemView, QWidget

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.gui.widgets.paint import ALIGN_LEFT, color_square, fill_rounded, stroke_rounded
from qda.gui.widgets.row_tree import RowTree


def code_mime(code_id: int) -> QMimeData:
    """Return what a dragged code carries."""
    data = QMimeData()
    data.setData(roles.CODE_MIME, str(code_id).encode("ascii"))
    return data


def code_of(data: QMimeData) -> int | None:
    """Return the code that is dragged, or None when it is something else."""
    digits = bytes(data.data(roles.CODE_MIME).data()).decode("ascii", "replace")
    return int(digits) if digits.isdigit() else None


def is_selection(data: QMimeData) -> bool:
    """Tell whether the transcript's selection is dragged."""
    return data.hasFormat(roles.SELECTION_MIME)


class CodeTree(RowTree):
    """Show a model of codes with the roles COLOR, COUNT, SHORTCUT and ID (an int).

    A model that lets codes be moved accepts `roles.CODE_MIME` in `canDropMimeData` and does the
    moving in `dropMimeData`.
    """

    selection_dropped = Signal(int)
    """The user dropped the transcript's selection on a code.

    Parameters: the code's identifier.
    """

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        """Make an empty tree; `name` is what a screen reader calls it."""
        super().__init__(theme, name, parent, pale_children=True)
        self.setDragEnabled(True)
        self.setAcceptDrops(True)
        self.setDropIndicatorShown(True)
        self.setDragDropMode(QAbstractItemView.DragDropMode.DragDrop)
        self.setDefaultDropAction(Qt.DropAction.MoveAction)

    def startDrag(self, supported_actions: Qt.DropAction) -> None:  # noqa: N802, ARG002
        """Drag the current code out."""
        index = self.currentIndex()
        code = index.data(roles.ID_ROLE) if index.isValid() else None
        if not isinstance(code, int):
            return
        drag = QDrag(self)
        drag.setMimeData(code_mime(code))
        color = str(index.data(roles.COLOR_ROLE) or self._theme.muted)
        drag.setPixmap(self._tag(str(index.data(Qt.ItemDataRole.DisplayRole)), color))
        drag.setHotSpot(QPoint(-self._theme.px(8), -self._theme.px(8)))
        drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction, Qt.DropAction.CopyAction)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take in only codes and selected text."""
        if is_selection(event.mimeData()):
            event.acceptProposedAction()
            return
        if code_of(event.mimeData()) is None:
            event.ignore()
            return
        super().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show where the code would go, or which code would be used."""
        if is_selection(event.mimeData()):
            self._consider_selection(event)
            return
        if code_of(event.mimeData()) is None:
            event.ignore()
            return
        super().dragMoveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """Let the model move the code (rows are never removed here), or use the code."""
        if is_selection(event.mimeData()):
            code = self._code_under(event)
            if code is not None:
                event.setDropAction(Qt.DropAction.CopyAction)
                event.accept()
                self.selection_dropped.emit(code)
            return
        super().dropEvent(event)
        event.setDropAction(Qt.DropAction.CopyAction)

    def _consider_selection(self, event: QDragMoveEvent) -> None:
        """Make the code under the mouse current, so that one sees which is meant."""
        code = self._code_under(event)
        if code is None:
            event.ignore()
            return
        self.choose(code)
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()

    def _code_under(self, event: QDropEvent) -> int | None:
        code = self.indexAt(event.position().toPoint()).data(roles.ID_ROLE)
        return code if isinstance(code, int) else None

    def _tag(self, name: str, color: str) -> QPixmap:
        theme = self._theme
        font = fonts.interface_font(theme.scale, bold=True)
        width, height = fonts.width_of(name, font) + theme.px(36), theme.px(28)
        ratio = self.devicePixelRatioF()
        tag = QPixmap(round(width * ratio), round(height * ratio))
        tag.setDevicePixelRatio(ratio)
        tag.fill(Qt.GlobalColor.transparent)
        painter = QPainter(tag)
        rect = tag.rect().toRectF()
        rect.setSize(rect.size() / ratio)
        fill_rounded(painter, rect, theme.paper, theme.px(6))
        stroke_rounded(painter, rect, theme.accent, theme.px(6))
        color_square(painter, theme.px(10), height / 2, theme.px(10), color)
        painter.setFont(font)
        painter.setPen(theme.ink)
        painter.drawText(rect.adjusted(theme.px(28), 0, 0, 0), ALIGN_LEFT, name)
        painter.end()
        return tag
