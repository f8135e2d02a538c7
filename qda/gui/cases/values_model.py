"""The first values of a sheet as they will be taken, and what cannot be taken, as tables."""

from collections.abc import Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qda.gui.cases import cell_text
from qda.gui.language import current_catalogue, tr
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT

Index = QModelIndex | QPersistentModelIndex
Cell = str | float | bool
SHOWN = 500
"""So many rows are enough to see whether a sheet is understood."""


class RowsModel(QAbstractTableModel):
    """Show rows of texts and numbers below headings."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._headings: tuple[str, ...] = ()
        self._rows: tuple[tuple[Cell, ...], ...] = ()

    def set_rows(self, headings: Sequence[str], rows: Sequence[tuple[Cell, ...]]) -> None:
        """Show other content, the first of many rows."""
        self.beginResetModel()
        self._headings = tuple(headings)
        self._rows = tuple(rows[:SHOWN])
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many rows are shown."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._headings)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what a column is called."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._headings[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            first = self._rows[0][section] if self._rows else ""
            return ALIGN_LEFT if isinstance(first, str) else ALIGN_RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        cell = self._rows[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return cell_text.shown(cell)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN_LEFT if isinstance(cell, str) else ALIGN_RIGHT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{self._headings[index.column()]}: {cell_text.shown(cell) or tr('empty')}"
        return None


def month_words(month: str) -> str:
    """Return a month as the user reads one."""
    return current_catalogue().format_month(month)
