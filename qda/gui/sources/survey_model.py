"""The columns of a sheet of answers: what each is, and an example of what stands in it."""

from collections.abc import Sequence
from typing import Literal

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qda.formats.sheets import SheetCell, convert
from qda.gui.language import tr
from qda.model.entities import VariableType
from qda.model.survey import SurveyChoices
from qda.operations.survey_sheets import SurveySheet, propose

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
NAME, ROLE, EXAMPLE = range(3)
Role = Literal["answers", "respondent", "office", "left out"] | VariableType
"""What a column is; a type of variable says that it is an attribute of that type."""
LOOKED_AT = 50
"""Rows that are looked at for an example."""
LONG = 80


def role_words() -> list[tuple[Role, str]]:
    """Return what a column can be, with its words."""
    return [
        ("answers", tr("Answers (documents)")),
        ("respondent", tr("Name of the respondent")),
        ("office", tr("Name of the office")),
        ("text", tr("Attribute: text")),
        ("number", tr("Attribute: number")),
        ("date", tr("Attribute: date")),
        ("boolean", tr("Attribute: yes or no")),
        ("left out", tr("Left out")),
    ]


class ColumnModel(QAbstractTableModel):
    """One row for each column of the sheet."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._read: SurveySheet | None = None
        self._roles: list[Role] = []
        self._examples: list[str] = []

    def set_sheet(self, read: SurveySheet) -> None:
        """Show the columns of a sheet, each as what it seems to be."""
        self.beginResetModel()
        self._read = read
        proposed = propose(read)
        self._roles = [_role_of(proposed, column) for column in range(len(read.sheet.columns))]
        self._examples = [
            _example([row[column] for row in read.sheet.rows[:LOOKED_AT]])
            for column in range(len(read.sheet.columns))
        ]
        self.endResetModel()

    def role(self, column: int) -> Role:
        """Return what a column of the sheet is."""
        return self._roles[column]

    def set_roles(self, columns: Sequence[int], role: Role) -> None:
        """Say what some columns are; only one can name the respondents, and one the office."""
        for column in columns:
            if role in ("respondent", "office"):
                for other, old in enumerate(self._roles):
                    if old == role:
                        self._roles[other] = self._guessed(other)
            self._roles[column] = role
        self.dataChanged.emit(self.index(0, 0), self.index(len(self._roles) - 1, EXAMPLE))

    def _guessed(self, column: int) -> VariableType:
        assert self._read is not None  # noqa: S101 - there are no columns without a sheet
        return self._read.types[column]

    def choices(self, *, joined: bool) -> SurveyChoices:
        """Return what was chosen."""
        places = range(len(self._roles))
        named = {role: column for column, role in enumerate(self._roles)}
        types: dict[int, VariableType] = {}
        for column in places:
            role = self._roles[column]
            if role in ("text", "number", "date", "boolean"):
                types[column] = role
        return SurveyChoices(
            text=tuple(column for column in places if self._roles[column] == "answers"),
            identifier=named.get("respondent"),
            case=named.get("office"),
            types=types,
            joined=joined,
        )

    # ------------------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many columns the sheet has."""
        return 0 if parent.isValid() else len(self._roles)

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns of the list."""
        return 0 if parent.isValid() else EXAMPLE + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column of the list."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Name"), tr("What it is"), tr("For example"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        if not index.isValid() or self._read is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(index.row(), index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return f"{heading}: {self._text(index.row(), index.column())}"
        return None

    def _text(self, row: int, column: int) -> str:
        assert self._read is not None  # noqa: S101 - asked before
        if column == NAME:
            return self._read.sheet.columns[row]
        if column == ROLE:
            return dict(role_words())[self._roles[row]]
        return self._examples[row]


def _role_of(choices: SurveyChoices, column: int) -> Role:
    if column in choices.text:
        return "answers"
    if column == choices.identifier:
        return "respondent"
    if column == choices.case:
        return "office"
    return choices.types.get(column, "left out")


def _example(cells: Sequence[SheetCell]) -> str:
    """Return the first cells that are filled, on one line."""
    shown: list[str] = []
    for cell in cells:
        text = " ".join(str(convert(cell, "text") or "").split())
        if text and text not in shown:
            shown.append(text)
        if len(shown) == 3 or sum(map(len, shown)) > LONG:
            break
    return " · ".join(shown)[: 2 * LONG]
