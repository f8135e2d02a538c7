"""Cells of the small tables here: padded, elided, with one calm selection."""

from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    Qt,
)
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import (
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from qda.gui import fonts, icons
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, fill_rounded, focus_ring, stroke_rounded

Index = QModelIndex | QPersistentModelIndex


class CellDelegate(QStyledItemDelegate):
    """Paint text cells alike; cells with a check box are left to the style."""

    paints_focus = True

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Paint with `theme`."""
        super().__init__(parent)
        self._theme = theme

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the ground, the text, and the ring where the keyboard is."""
        theme = self._theme
        rect = QRectF(option.rect)  # pyright: ignore[reportAttributeAccessIssue]
        state = option.state  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(theme.selection))
        side = theme.px(8)
        font = fonts.interface_font(theme.scale)
        align = index.data(Qt.ItemDataRole.TextAlignmentRole) or ALIGN_LEFT
        if align & Qt.AlignmentFlag.AlignRight:
            font = fonts.tabular(font)
        ink = index.data(Qt.ItemDataRole.ForegroundRole)
        painter.setFont(font)
        painter.setPen(ink if isinstance(ink, QColor) else QColor(theme.ink))
        place = rect.adjusted(side, 0, -side, 0)
        checked = index.data(Qt.ItemDataRole.CheckStateRole)
        if checked is not None:
            box = self.check_rect(rect)
            paint_check(painter, box, theme, checked=is_checked(checked))
            place.setLeft(box.right() + theme.px(6))
        text = str(index.data() or "")
        painter.drawText(place, align, fonts.elided(text, font, place.width()))
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect, theme, 3)
        painter.restore()

    def check_rect(self, rect: QRectF) -> QRectF:
        """Return where the check box of a cell is."""
        side = self._theme.px(16)
        return QRectF(rect.left() + self._theme.px(8), rect.center().y() - side / 2, side, side)

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


def switch_check(event: QEvent, model: QAbstractItemModel, box: QRectF, index: Index) -> bool:
    """Switch the check box at `box` where the event means that; tell whether it did."""
    if not model.flags(index) & Qt.ItemFlag.ItemIsUserCheckable:
        return False
    if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseButtonRelease:
        if not box.adjusted(-6, -6, 6, 6).contains(event.position()):
            return False
    elif not isinstance(event, QKeyEvent) or event.key() != Qt.Key.Key_Space:
        return False
    role = Qt.ItemDataRole.CheckStateRole
    checked = is_checked(model.data(index, role))
    return model.setData(index, Qt.CheckState.Unchecked if checked else Qt.CheckState.Checked, role)


def is_checked(value: object) -> bool:
    """Tell whether item data says that a box is checked."""
    return value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)


def paint_check(painter: QPainter, box: QRectF, theme: Theme, *, checked: bool) -> None:
    """Draw a check box that looks like those outside of lists."""
    fill_rounded(painter, box, theme.accent if checked else theme.paper, theme.px(3))
    stroke_rounded(painter, box, theme.accent if checked else theme.muted, theme.px(3))
    if checked:
        inset = theme.px(2)
        place = box.adjusted(inset, inset, -inset, -inset)
        icons.paint(painter, "check", theme.accent_ink, place)
