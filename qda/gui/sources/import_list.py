"""The files of an import as a list: check box, name, and how it stands with them."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qda.formats.readers.folders import printable
from qda.gui import fonts, icons
from qda.gui.language import say, tr, tr_n
from qda.gui.sources.cell_delegate import is_checked, paint_check, switch_check
from qda.gui.sources.import_files import ImportFile, ImportQueue
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, focus_ring

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
STATUS_ROLE = int(Qt.ItemDataRole.UserRole) + 1
MARK_ROLE = STATUS_ROLE + 1


def status_text(one: ImportFile) -> str:
    """Return in words how it stands with a file."""
    if one.problem is not None:
        return say(one.problem)
    if one.state == "reading":
        return tr("Reading …")
    if one.summary is None:
        return tr("Waits")
    if one.twin:
        return tr("The same text as {name}", name=one.twin)
    turns, remarks = one.summary.turns, one.summary.remarks
    parts = [tr_n("{n} turn", "{n} turns", turns) if turns else tr("No speakers found")]
    if remarks:
        parts.append(tr_n("{n} remark", "{n} remarks", remarks))
    return " · ".join(parts)


def mark(one: ImportFile) -> str:
    """Return the icon for how it stands with a file, empty for nothing to say."""
    if one.state == "failed" or one.problem is not None:
        return "warning"
    if one.summary is None:
        return ""
    return "warning" if one.summary.remarks or one.twin else "check"


class ImportListModel(QAbstractListModel):
    """The files of a queue."""

    choice_changed = Signal()
    """The user took a file along, or left it out."""

    def __init__(self, queue: ImportQueue, parent: QObject | None = None) -> None:
        """Follow `queue`."""
        super().__init__(parent)
        self._queue = queue
        self._shown = len(queue.files)
        queue.file_changed.connect(self._on_queue_file_changed)
        queue.files_added.connect(self._on_queue_files_added)

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many files there are."""
        return 0 if parent.isValid() else self._shown

    def _on_queue_files_added(self) -> None:
        if len(self._queue.files) > self._shown:
            self.beginInsertRows(QModelIndex(), self._shown, len(self._queue.files) - 1)
            self._shown = len(self._queue.files)
            self.endInsertRows()

    def refresh(self) -> None:
        """Show all rows anew: something about many of them is different."""
        if self._shown:
            self.dataChanged.emit(self.index(0), self.index(self._shown - 1))
            self.choice_changed.emit()

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let files that were read be checked."""
        one = self._queue.files[index.row()]
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsUserCheckable if one.summary is not None else base

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        one = self._queue.files[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return printable(one.path.name)
        if role == STATUS_ROLE:
            return status_text(one)
        if role == MARK_ROLE:
            return mark(one)
        if role == Qt.ItemDataRole.CheckStateRole and one.summary is not None:
            return Qt.CheckState.Checked if one.checked else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{printable(one.path.name)}, {status_text(one)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{printable(str(one.path))}\n{status_text(one)}"
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a file along, or not."""
        one = self._queue.files[index.row()]
        if role != Qt.ItemDataRole.CheckStateRole or one.summary is None:
            return False
        one.checked = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        self.dataChanged.emit(index, index)
        self.choice_changed.emit()
        return True

    def _on_queue_file_changed(self, place: int) -> None:
        index = self.index(place)
        self.dataChanged.emit(index, index)


class ImportFileDelegate(QStyledItemDelegate):
    """Paint a file in two lines: its name, and below it how it stands."""

    paints_focus = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Paint with `theme`."""
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return room for two lines."""
        del option, index
        return QSize(self._theme.px(120), self._theme.px(46))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint check box, name, status."""
        theme = self._theme
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selection))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.fillRect(rect, QColor(theme.hover))
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect, theme, 4)
        self._paint_check(painter, rect, index)
        self._paint_words(painter, rect, index)
        painter.restore()

    def check_rect(self, rect: QRectF) -> QRectF:
        """Return where the check box of a row is."""
        side = self._theme.px(16)
        return QRectF(rect.left() + self._theme.px(12), rect.center().y() - side / 2, side, side)

    def editorEvent(
        self,
        event: QEvent,
        model: QAbstractItemModel,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        """Switch the check box by mouse on it and by the space bar."""
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        return switch_check(event, model, self.check_rect(rect), index)

    def _paint_check(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        value = index.data(Qt.ItemDataRole.CheckStateRole)
        if value is None:
            return
        paint_check(painter, self.check_rect(rect), self._theme, checked=is_checked(value))

    def _paint_words(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        theme = self._theme
        left, right = rect.left() + theme.px(38), rect.right() - theme.px(32)
        half = rect.height() / 2
        font = fonts.interface_font(theme.scale)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink))
        name = fonts.elided(str(index.data()), font, right - left)
        painter.drawText(
            QRectF(left, rect.top() + theme.px(5), right - left, half - theme.px(4)),
            ALIGN_LEFT, name,
        )  # fmt: skip
        small = fonts.interface_font(theme.scale, 11)
        painter.setFont(small)
        which = str(index.data(MARK_ROLE))
        painter.setPen(QColor(theme.warning if which == "warning" else theme.muted_tinted))
        status = fonts.elided(str(index.data(STATUS_ROLE)), small, right - left)
        painter.drawText(
            QRectF(left, rect.top() + half, right - left, half - theme.px(5)), ALIGN_LEFT, status
        )
        if which:
            side = theme.px(14)
            place = QRectF(rect.right() - theme.px(12) - side, 0, side, side)
            place.moveTop(rect.center().y() - side / 2)
            color = theme.warning if which == "warning" else theme.accent
            icons.paint(painter, which, color, place)
