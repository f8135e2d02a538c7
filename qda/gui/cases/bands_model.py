"""Bands as rows: their names, which may be written, and how many offices lie in each."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from qda.analysis.bands import Bands
from qda.gui.language import current_catalogue, tr
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT

Index = QModelIndex | QPersistentModelIndex
NAME, COUNT, RANGE = range(3)


class BandsModel(QAbstractTableModel):
    """Show `Bands`; names are kept by place."""

    named = Signal(int, str)
    """The user gave a band a name.

    Parameters: its place; the name, empty for the program's own.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._bands: Bands | None = None

    def set_bands(self, bands: Bands | None) -> None:
        """Show other bands; None where nothing is cut yet."""
        old = len(self._bands.labels) if self._bands is not None else 0
        new = len(bands.labels) if bands is not None else 0
        if old == new and new:
            self._bands = bands
            self.dataChanged.emit(self.index(0, 0), self.index(new - 1, RANGE))
            return
        self.beginResetModel()
        self._bands = bands
        self.endResetModel()

    def counts(self) -> Sequence[int]:
        """Return how many offices lie in each band."""
        return self._bands.counts if self._bands is not None else ()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many bands there are."""
        return 0 if parent.isValid() or self._bands is None else len(self._bands.labels)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else 3

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let names be written."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if index.column() == NAME else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what a column is called."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return (tr("Band"), tr("Offices"), tr("Lowest and highest"))[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN_LEFT if section == NAME else ALIGN_RIGHT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid() or self._bands is None:
            return None
        row, column = index.row(), index.column()
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(row, column)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN_LEFT if column == NAME else ALIGN_RIGHT
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.headerData(column, Qt.Orientation.Horizontal)
            return f"{heading}: {self._text(row, column) or tr('empty')}"
        return None

    def _text(self, row: int, column: int) -> str:
        assert self._bands is not None  # noqa: S101 - there is a row
        say = current_catalogue()
        if column == NAME:
            return self._bands.labels[row]
        if column == COUNT:
            return say.format_number(self._bands.counts[row])
        ends = self._bands.ranges[row]
        if ends is None:
            return "–"
        low, high = (say.format_number(one) for one in ends)
        return low if low == high else f"{low} – {high}"

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Keep a name."""
        if role != Qt.ItemDataRole.EditRole or index.column() != NAME:
            return False
        self.named.emit(index.row(), str(value).strip())
        return True
