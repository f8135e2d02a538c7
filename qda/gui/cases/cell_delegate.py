"""Cells of tables that are written in place: what does not fit is said, not kept."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFont, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QComboBox,
    QLineEdit,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qda.gui import fonts
from qda.gui.cases import cell_text
from qda.gui.cases.cell_look import KIND_ROLE, LOOK_ROLE, CellLook
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT
from qda.model.entities import VariableType

Index = QModelIndex | QPersistentModelIndex
_MOST_ELISIONS = 5_000
_ENDS = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab, Qt.Key.Key_Backtab)


class CellDelegate(QStyledItemDelegate):
    """Paint cells and edit them by the type that `KIND_ROLE` tells."""

    refused = Signal(str)
    """What is written in a cell does not fit its type.

    Parameters: what is wrong; empty when a cell begins to be written in.
    """

    def __init__(self, theme: Theme, parent: QWidget, strong: int = -1) -> None:
        """Paint with `theme`; the column `strong` is semi-bold."""
        super().__init__(parent)
        self._strong = strong
        self._elisions: dict[tuple[str, int, float], str] = {}
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._elisions.clear()
        # Hundreds of cells are painted in a frame, so nothing is made anew for each.
        self._side = theme.px(8)
        self._ink, self._fixed_ink = QColor(theme.ink), QColor(theme.muted_tinted)
        self._fonts: dict[tuple[bool, bool], QFont] = {}
        for strong in (False, True):
            font = fonts.interface_font(theme.scale, bold=strong)
            self._fonts[strong, False] = font
            self._fonts[strong, True] = fonts.tabular(font)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return room for the text, within reason."""
        del option
        font = self._font(index)
        width = fonts.width_of(str(index.data() or ""), font) + self._theme.px(20)
        return QSize(min(width, self._theme.px(320)), self._theme.px(30))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the text of a cell, a ground for its row and a ring for the cell at hand."""
        theme = self._theme
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        view = self.parent()
        row = getattr(view, "currentIndex", QModelIndex)().row()
        if index.row() == row:
            painter.fillRect(rect, QColor(theme.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.hover))
        painter.fillRect(
            QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1), QColor(theme.line)
        )
        look: CellLook | None = index.data(LOOK_ROLE)
        if look is None:
            look = self._look(index)
        font = self._fonts[index.column() == self._strong, look.kind == "number"]
        painter.setFont(font)
        painter.setPen(self._fixed_ink if look.fixed else self._ink)
        inner = rect.adjusted(self._side, 0, -self._side, 0)
        painter.drawText(inner, look.align, self._elided(look.text, font, inner.width()))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QColor(theme.accent))
            ring = rect.adjusted(0.5, 0.5, -1.5, -1.5)
            painter.drawRect(ring)
            painter.drawRect(ring.adjusted(1, 1, -1, -1))
        painter.restore()

    def _look(self, index: Index) -> CellLook:
        """Ask a model that does not tell the look of a cell at once."""
        return CellLook(
            str(index.data() or ""),
            index.data(Qt.ItemDataRole.TextAlignmentRole) or ALIGN_LEFT,
            index.data(KIND_ROLE) or "text",
            fixed=not index.flags() & Qt.ItemFlag.ItemIsEditable,
        )

    def _font(self, index: Index) -> QFont:
        return self._fonts[index.column() == self._strong, index.data(KIND_ROLE) == "number"]

    def _elided(self, text: str, font: QFont, width: float) -> str:
        key = text, font.weight(), width
        known = self._elisions.get(key)
        if known is None:
            if len(self._elisions) > _MOST_ELISIONS:
                self._elisions.clear()
            known = self._elisions[key] = fonts.elided(text, font, width)
        return known

    # ------------------------------------------------------------------------------ writing

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:
        """Return a line, or a choice of yes and no."""
        del option
        self.refused.emit("")
        name = str(index.data(Qt.ItemDataRole.AccessibleTextRole) or "")
        if index.data(KIND_ROLE) == "boolean":
            choice = QComboBox(parent)
            choice.addItems(["", tr("yes"), tr("no")])
            choice.setAccessibleName(name)
            return choice
        line = QLineEdit(parent)
        line.setAccessibleName(name)
        line.setProperty("cell_kind", index.data(KIND_ROLE) or "text")
        if index.data(KIND_ROLE) == "number":
            line.setAlignment(Qt.AlignmentFlag.AlignRight)
        return line

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill the editor with the cell as it is written."""
        text = str(index.data(Qt.ItemDataRole.EditRole) or "")
        if isinstance(editor, QComboBox):
            editor.setCurrentText(text)
        elif isinstance(editor, QLineEdit):
            editor.setText(text)

    def setModelData(self, editor: QWidget, model: QAbstractItemModel, index: Index) -> None:
        """Keep what was written where it fits, else say why not."""
        text = editor.currentText() if isinstance(editor, QComboBox) else ""
        if isinstance(editor, QLineEdit):
            text = editor.text()
            trouble = self._trouble(editor)
            if trouble:
                self.refused.emit(trouble)
                return
        self.refused.emit("")
        model.setData(index, text, Qt.ItemDataRole.EditRole)

    def updateEditorGeometry(
        self, editor: QWidget, option: QStyleOptionViewItem, index: Index
    ) -> None:
        """Lay the editor over its cell, wide enough to write in."""
        del index
        rect = option.rect  # pyright: ignore[reportAttributeAccessIssue]
        rect.setWidth(max(rect.width(), self._theme.px(96)))
        editor.setGeometry(rect)

    def eventFilter(self, editor: QObject, event: QEvent) -> bool:
        """Stay in the cell while what is written there does not fit."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in _ENDS
            and isinstance(editor, QLineEdit)
            and (trouble := self._trouble(editor))
        ):
            self.refused.emit(trouble)
            return True
        return super().eventFilter(editor, event)

    def _trouble(self, editor: QLineEdit) -> str:
        kind: VariableType = editor.property("cell_kind") or "text"
        return cell_text.read(editor.text(), kind)[1]
