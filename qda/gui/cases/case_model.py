"""The offices as a table: name, pseudonym, one column for each variable."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
)

from qda.gui.cases import cell_text
from qda.gui.cases.cell_look import KIND_ROLE, LOOK_ROLE, CellLook
from qda.gui.cases.rows import BandColumn, CaseRows
from qda.gui.language import current_catalogue, tr
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT
from qda.model.entities import Case, Value, Variable, VariableType
from qda.model.ids import BandingId, CaseId, VariableId
from qda.text.collation import sort_key

Index = QModelIndex | QPersistentModelIndex
NAME, PSEUDONYM, FIRST = 0, 1, 2
# Qt asks for them twice for each cell that it paints.
_FIXED = Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemNeverHasChildren
_WRITTEN = _FIXED | Qt.ItemFlag.ItemIsEditable
Write = Callable[[Case, Variable | None, int, "Value | None"], bool]
"""Keeps what was written: the case, the variable (None for name and pseudonym), the column, the
value; tells whether it was kept."""


class CaseModel(QAbstractTableModel):
    """Show `CaseRows`, sorted and narrowed; cells are written through `write`."""

    def __init__(self, write: Write, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._write = write
        self._rows = CaseRows((), (), {})
        self._order: list[Case] = []
        self._sorted_by: tuple[int, Qt.SortOrder] = (-1, Qt.SortOrder.AscendingOrder)
        self._wanted = ""
        self._looks: dict[tuple[CaseId, int], CellLook] = {}
        self.writable = True

    # ------------------------------------------------------------------------------ content

    def set_rows(self, rows: CaseRows) -> None:
        """Show other content; what is current stays so where the cases are the same."""
        old, shape = self._rows, (self._order, len(self._rows.variables))
        self._rows = rows
        self._looks.clear()
        order = self._arranged()
        same = (
            [case.id for case in order] == [case.id for case in shape[0]]
            and [one.id for one in old.variables] == [one.id for one in rows.variables]
            and [one.banding.id for one in old.bands] == [one.banding.id for one in rows.bands]
        )  # fmt: skip
        if not same:
            self.beginResetModel()
            self._order = order
            self.endResetModel()
            return
        self._order = order
        if order:
            last = self.index(len(order) - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def set_filter(self, text: str) -> None:
        """Show only the cases whose name or pseudonym holds `text`."""
        self._wanted = text.strip().casefold()
        self.beginResetModel()
        self._order = self._arranged()
        self.endResetModel()

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column; -1 is the order of the project. Empty cells come last."""
        self._sorted_by = (column, order)
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        at = [(self._order[index.row()].id, index.column()) for index in before]
        self._order = self._arranged()
        places = {case.id: row for row, case in enumerate(self._order)}
        self.changePersistentIndexList(
            before, [self.index(places[case], column) for case, column in at]
        )
        self.layoutChanged.emit()

    def in_project_order(self) -> bool:
        """Tell whether the rows stand as the project orders them, all of them."""
        return self._sorted_by[0] < 0 and not self._wanted

    def _arranged(self) -> list[Case]:
        found = [
            case
            for case in self._rows.cases
            if self._wanted in case.name.casefold() or self._wanted in case.pseudonym.casefold()
        ]
        column, order = self._sorted_by
        if not 0 <= column < self.columnCount():
            return found
        language = current_catalogue().language

        band = self.band_at(column)

        def key(case: Case) -> tuple[int, float, object]:
            if band is not None:
                return (0, float(band.places.get(case.id, -1)), sort_key("", language))
            value = self._value_of(case, column)
            if isinstance(value, str):
                return (1, 0.0, sort_key(value, language))
            return (0, float(value or 0), sort_key("", language))

        empty = [case for case in found if self._value_of(case, column) in (None, "")]
        filled = [case for case in found if self._value_of(case, column) not in (None, "")]
        filled.sort(key=key, reverse=order == Qt.SortOrder.DescendingOrder)
        return filled + empty

    def _value_of(self, case: Case, column: int) -> Value | None:
        if column == NAME:
            return case.name
        if column == PSEUDONYM:
            return case.pseudonym
        band = self.band_at(column)
        if band is not None:
            place = band.places.get(case.id)
            return None if place is None else band.labels[place]
        found = self._rows.values.get((self._rows.variables[column - FIRST].id, case.id))
        return found[0] if found is not None else None

    # ------------------------------------------------------------------------------ looking up

    def case_at(self, index: Index) -> Case | None:
        """Return the case of a row."""
        return self._order[index.row()] if index.isValid() else None

    def variable_at(self, column: int) -> Variable | None:
        """Return the variable of a column, None for name and pseudonym."""
        known = self._rows.variables
        return known[column - FIRST] if FIRST <= column < len(known) + FIRST else None

    def band_at(self, column: int) -> BandColumn | None:
        """Return the bands of a column, None where it shows something else."""
        first = FIRST + len(self._rows.variables)
        known = self._rows.bands
        return known[column - first] if first <= column < first + len(known) else None

    def is_fixed(self, column: int) -> bool:
        """Tell whether the cells of a column are not written in the table."""
        variable = self.variable_at(column)
        indicator = variable is not None and variable.periodic
        return not self.writable or indicator or self.band_at(column) is not None

    def column_of_bands(self, banding: BandingId) -> int:
        """Return the column of bands, -1 when there is none."""
        first = FIRST + len(self._rows.variables)
        known = enumerate(self._rows.bands, start=first)
        return next((column for column, one in known if one.banding.id == banding), -1)

    def row_of(self, case: CaseId) -> int:
        """Return the row of a case, -1 when it is not shown."""
        return next((row for row, one in enumerate(self._order) if one.id == case), -1)

    def column_of(self, variable: VariableId) -> int:
        """Return the column of a variable, -1 when there is none."""
        known = enumerate(self._rows.variables, start=FIRST)
        return next((column for column, one in known if one.id == variable), -1)

    def everything(self) -> CaseRows:
        """Return all that could be shown."""
        return self._rows

    def kind_of(self, column: int) -> VariableType:
        """Return the type of a column's values."""
        variable = self.variable_at(column)
        return variable.type if variable is not None else "text"

    # ------------------------------------------------------------------------------ Qt's side

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return how many cases are shown."""
        return 0 if parent.isValid() else len(self._order)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's signature
        """Return the number of columns."""
        shown = FIRST + len(self._rows.variables) + len(self._rows.bands)
        return 0 if parent.isValid() else shown

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let cells be written, save those of indicators."""
        if not index.isValid():
            return Qt.ItemFlag.NoItemFlags
        return _FIXED if self.is_fixed(index.column()) else _WRITTEN

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return what a column is called, and what it holds as a tip."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._heading(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return ALIGN_RIGHT if self.kind_of(section) == "number" else ALIGN_LEFT
        return self._heading_tip(section) if role == Qt.ItemDataRole.ToolTipRole else None

    def _heading(self, column: int) -> str:
        variable, band = self.variable_at(column), self.band_at(column)
        if band is not None:
            return band.banding.name
        if variable is not None:
            return variable.name
        return tr("Office") if column == NAME else tr("Pseudonym")

    def _heading_tip(self, column: int) -> str | None:
        variable, band = self.variable_at(column), self.band_at(column)
        if band is not None:
            return tr("{name}: bands of {variable}",
                      name=band.banding.name, variable=band.variable.name)  # fmt: skip
        if variable is not None:
            return f"{variable.name}: {kind_words(variable, self._rows.month)}"
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        case, column = self.case_at(index), index.column()
        if case is None:
            return None
        if role == LOOK_ROLE:
            return self._look(case, column)
        kind, value = self.kind_of(column), self._value_of(case, column)
        shown = cell_text.shown_as(value, kind)
        if role == Qt.ItemDataRole.DisplayRole:
            found: object = shown
        elif role == Qt.ItemDataRole.EditRole:
            found = cell_text.written(value)
        elif role == Qt.ItemDataRole.TextAlignmentRole:
            found = ALIGN_RIGHT if kind == "number" else ALIGN_LEFT
        elif role == KIND_ROLE:
            found = kind
        elif role == Qt.ItemDataRole.ToolTipRole:
            found = self._tip(case, column)
        elif role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.headerData(column, Qt.Orientation.Horizontal)
            found = f"{case.name}, {heading}: {shown or tr('empty')}"
        else:
            found = None
        return found

    def _look(self, case: Case, column: int) -> CellLook:
        known = self._looks.get((case.id, column))
        if known is None:
            kind = self.kind_of(column)
            known = self._looks[case.id, column] = CellLook(
                cell_text.shown_as(self._value_of(case, column), kind),
                ALIGN_RIGHT if kind == "number" else ALIGN_LEFT,
                kind,
                fixed=self.is_fixed(column),
            )
        return known

    def _tip(self, case: Case, column: int) -> str:
        variable = self.variable_at(column)
        found = self._rows.values.get((variable.id, case.id)) if variable is not None else None
        if variable is None or found is None:
            return ""
        if variable.periodic:
            month = current_catalogue().format_month(found[1])
            return tr("{value} in {month}; all months stand at the right",
                      value=cell_text.shown(found[0]), month=month)  # fmt: skip
        return cell_text.shown_as(found[0], variable.type)

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Keep what was written in a cell; text that does not fit its type changes nothing."""
        case = self.case_at(index)
        if case is None or role != Qt.ItemDataRole.EditRole:
            return False
        column = index.column()
        new, trouble = cell_text.read(str(value), self.kind_of(column))
        if trouble:
            return False
        old = self._value_of(case, column)
        if new == old or (new is None and old == ""):
            return True
        return self._write(case, self.variable_at(column), column, new)


def kind_words(variable: Variable, month: str = "") -> str:
    """Say what kind of values a variable has, and which month of it is shown."""
    if variable.periodic and month:
        return tr("indicator, {month} is shown", month=current_catalogue().format_month(month))
    if variable.periodic:
        return tr("indicator, the last month is shown")
    return kind_names()[variable.type]


def kind_names() -> dict[VariableType, str]:
    """Return the types of variables in the user's language."""
    return {
        "text": tr("text"),
        "number": tr("number"),
        "date": tr("date"),
        "boolean": tr("yes or no"),
    }
