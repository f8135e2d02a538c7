"""The rows of the palette: what they hold and how they are painted."""

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from qda.gui import fonts, icons
from qda.gui.colors import code_color
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT, color_square, fill_rounded, key_cap
from qda.gui.widgets.palette_match import PaletteItem

Index = QModelIndex | QPersistentModelIndex
ITEM_ROLE = int(Qt.ItemDataRole.UserRole) + 1
ROW = 29


class PaletteModel(QAbstractListModel):
    """The rows as they stand, and which of all items are ticked."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.items: list[PaletteItem] = []
        self.ticked: dict[object, PaletteItem] = {}

    def tick(self, index: Index) -> None:
        """Tick an item, or take the tick away, where that is possible."""
        item = self.items[index.row()] if index.isValid() else None
        if item is not None and item.tickable:
            if self.ticked.pop(item.id, None) is None:
                self.ticked[item.id] = item
            self.dataChanged.emit(index, index)

    def replace(self, items: list[PaletteItem]) -> None:
        """Show other rows; ticks stay."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.items)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the title, what is read aloud, the tick or the item."""
        item = self.items[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return item.title
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return " ".join(part for part in (item.title, item.detail, item.hint) if part)
        if role == Qt.ItemDataRole.CheckStateRole and item.tickable:
            on = item.id in self.ticked
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        return item if role == ITEM_ROLE else None


class PaletteDelegate(QStyledItemDelegate):
    """Paint colour, title, what it is, keys and tick."""

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.theme = theme

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: ARG002
        """Return the size of a row."""
        return QSize(self.theme.px(200), self.theme.px(ROW))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint a row from the right and the left towards the middle."""
        item = index.data(ITEM_ROLE)
        if not isinstance(item, PaletteItem):
            return
        theme = self.theme
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            fill_rounded(painter, rect, theme.selection, theme.px(4))
        left, right = rect.left() + theme.px(8), rect.right() - theme.px(8)
        middle = rect.center().y()
        if item.color:
            color_square(painter, left, middle, theme.px(10), code_color(item.color, theme))
            left += theme.px(18)
        if index.data(Qt.ItemDataRole.CheckStateRole) == Qt.CheckState.Checked:
            side = theme.px(14)
            tick = QRectF(right - side, middle - side / 2, side, side)
            icons.paint(painter, "check", theme.accent, tick)
            right -= side + theme.px(8)
        if item.hint:
            right = key_cap(painter, right, middle, item.hint, theme) - theme.px(8)
        font = fonts.interface_font(theme.scale)
        painter.setFont(font)
        detail_room = (right - left) * 0.5
        detail = fonts.elided(item.detail, font, detail_room)
        painter.setPen(QColor(theme.muted_tinted))
        painter.drawText(rect.adjusted(0, 0, right - rect.right(), 0), ALIGN_RIGHT, detail)
        right -= fonts.width_of(detail, font) + theme.px(12)
        painter.setPen(QColor(theme.muted_tinted if item.muted else theme.ink))
        room = QRectF(left, rect.top(), right - left, rect.height())
        painter.drawText(room, ALIGN_LEFT, fonts.elided(item.title, font, room.width()))
        painter.restore()
