"""Cells of the small tables here: padded, elided, with one calm selection."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, Qt
from PySide6.QtGui import QColor, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, focus_ring

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
        if index.data(Qt.ItemDataRole.CheckStateRole) is not None:
            super().paint(painter, option, index)
            return
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
        text = str(index.data() or "")
        painter.drawText(place, align, fonts.elided(text, font, place.width()))
        if state & QStyle.StateFlag.State_HasFocus:
            focus_ring(painter, rect, theme, 3)
        painter.restore()
