"""Cells of a table with room at their left, so that they stand below their headings."""

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

Index = QModelIndex | QPersistentModelIndex


class PaddedDelegate(QStyledItemDelegate):
    """Leave room at both sides of each cell, as the headings do."""

    def __init__(self, room: int, parent: QWidget) -> None:
        """Leave `room` pixels."""
        super().__init__(parent)
        self._room = room

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the selection over the whole cell and the words between."""
        padded = QStyleOptionViewItem(option)
        if option.state & QStyle.StateFlag.State_Selected:  # pyright: ignore[reportAttributeAccessIssue]
            painter.fillRect(option.rect, option.palette.highlight())  # pyright: ignore[reportAttributeAccessIssue]
        padded.rect = option.rect.adjusted(self._room, 0, -self._room, 0)  # pyright: ignore[reportAttributeAccessIssue]
        super().paint(painter, padded, index)

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the size of the words and the room."""
        padded = QStyleOptionViewItem(option)
        # Where lines are broken, as wide as they are painted.
        padded.rect = option.rect.adjusted(self._room, 0, -self._room, 0)  # pyright: ignore[reportAttributeAccessIssue]
        return super().sizeHint(padded, index) + QSize(2 * self._room, 0)
