"""Cells of the small tables here: padded, elided, with one calm selection."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import (
    QApplication,
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
            box = self._check_rect(option, index)
            paint_check(painter, box, theme, checked=is_checked(checked))
            place.setLeft(box.right() + theme.px(6))
        text = str(index.data() or "")
        painter.drawText(place, align, fonts.elided(text, font, place.width()))
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect, theme, 3)
        painter.restore()

    def _check_rect(self, option: QStyleOptionViewItem, index: Index) -> QRectF:
        """Return where the style, which hears the clicks, has the check box."""
        dressed = QStyleOptionViewItem(option)
        self.initStyleOption(dressed, index)
        widget = option.widget  # pyright: ignore[reportAttributeAccessIssue]
        style = widget.style() if widget else QApplication.style()
        part = QStyle.SubElement.SE_ItemViewItemCheckIndicator
        return QRectF(style.subElementRect(part, dressed, widget)).adjusted(1, 1, -1, -1)


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
