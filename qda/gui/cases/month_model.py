"""The months of one office as a table: a row for each month, a column for each indicator."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qda.gui.cases import cell_text
from qda.gui.cases.cell_look import KIND_ROLE
from qda.gui.cases.facts import Indicator
from qda.gui.language import current_catalogue, tr
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT
from qda.model.entities import Value, Variable
from qda.model.ids import VariableId

Index = QModelIndex | QPersistentModelIndex
WriteMonth = Callable[[Variable, str, "Value | None"], bool]
"""Keeps the value of an indicator in a month; tells whether it was kept."""


class MonthModel(QAbstractTableModel):
    """Show `Indicator`s side by side, the latest month first."""

    def __init__(self, write: WriteMonth, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._write = write
        self._variables: tuple[Variable, ...] = ()
        self._months: tuple[str, ...] = ()
        self._values: dict[tuple[VariableId, str], Value] = {}
        self.writable = True

    def set_indicators(self, indicators: Sequence[Indicator]) -> None:
        """Show other content; the place stays where months and indicators are the same."""
        known = tuple(one.variable for one in indicators)
        values = {
            (one.variable.id, month): value for one in indicators for month, value in one.months
        }
        months = tuple(sorted({month for _, month in values}, reverse=True))
        if (known, months) == (self._variables, self._months):
            self._values = values
            if months and known:
                last = self.index(len(months) - 1, len(known))
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self._variables, self._months, self._values = known, months, values
        self.endResetModel()

    def months(self) -> tuple[str, ...]:
        """Return the months that are shown, the latest first."""
        return self._months

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many months there are."""
        return 0 if parent.isValid() else len(self._months)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        return 0 if parent.isValid() else 1 + len(self._variables)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let values be written."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsEditable if self.writable and index.column() else flags

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what a column is called."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        name = self._variables[section - 1].name if section else tr("Month")
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return name
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN_RIGHT if section else ALIGN_LEFT
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid():
            return None
        month, column = self._months[index.row()], index.column()
        said = current_catalogue().format_month(month)
        if not column:
            return said if role == Qt.ItemDataRole.DisplayRole else None
        variable = self._variables[column - 1]
        value = self._values.get((variable.id, month))
        shown = cell_text.shown_as(value, variable.type)
        if role == Qt.ItemDataRole.DisplayRole:
            found: object = shown
        elif role == Qt.ItemDataRole.EditRole:
            found = cell_text.written(value)
        elif role == Qt.ItemDataRole.TextAlignmentRole:
            found = ALIGN_RIGHT
        elif role == KIND_ROLE:
            found = variable.type
        elif role == Qt.ItemDataRole.AccessibleTextRole:
            found = f"{variable.name}, {said}: {shown or tr('empty')}"
        else:
            found = None
        return found

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Keep what was written; text that does not fit the type changes nothing."""
        if role != Qt.ItemDataRole.EditRole or not index.column():
            return False
        variable, month = self._variables[index.column() - 1], self._months[index.row()]
        new, trouble = cell_text.read(str(value), variable.type)
        if trouble:
            return False
        if new == self._values.get((variable.id, month)):
            return True
        return self._write(variable, month, new)
