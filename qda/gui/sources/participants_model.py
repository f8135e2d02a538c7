"""Who speaks, as a table: label, name, role, offices, and a column for each attribute."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from qda.gui.language import current_catalogue, tr
from qda.gui.widgets.chooser import ChooserItem
from qda.gui.widgets.lazy_rows import LazyRows
from qda.model.entities import Case, Participant, Value, Variable
from qda.model.ids import DocumentId, Guid, ParticipantId, VariableId
from qda.store import cases, participants, turns, variables
from qda.store.project_file import ProjectFile

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
NAME, ROLE, OFFICES, LABEL = range(4)
FIXED = 4
ID_ROLE = int(Qt.ItemDataRole.UserRole) + 1


@dataclass(frozen=True, slots=True)
class ParticipantLine:
    """A participant with what the table shows: `spoken` is the label or the sources."""

    participant: Participant
    spoken: str
    offices: tuple[Case, ...]
    values: dict[VariableId, Value]


def load_lines(
    project: ProjectFile, document: DocumentId | None
) -> tuple[Sequence[ParticipantId], Sequence[ParticipantLine]]:
    """Read who speaks in a document, or everybody: of thousands each once they are in sight."""
    connection = project.connection
    if document is not None:
        speaking = participants.in_document(connection, document)
        labels = _labels(project, document)
        return [one.id for one in speaking], _lines(project, speaking, labels)

    def made(chosen: Sequence[object]) -> Sequence[ParticipantLine]:
        wanted = cast("Sequence[ParticipantId]", chosen)
        known = participants.among(connection, wanted)
        # Who went a moment ago is in sight until the table is read again.
        people = [known.get(one) or Participant(one, Guid(""), "", False) for one in wanted]
        return _lines(project, people, participants.source_names(connection, wanted))

    everybody = project.once(participants.ids)
    return everybody, LazyRows(everybody, made)


def _lines(
    project: ProjectFile,
    people: Sequence[Participant],
    spoken: Mapping[ParticipantId, Sequence[str]],
) -> list[ParticipantLine]:
    connection = project.connection
    offices = {one.id: one for one in cases.all_cases(connection)}
    return [
        ParticipantLine(
            one,
            ", ".join(spoken.get(one.id, ())),
            tuple(offices[case] for case in cases.of_participant(connection, one.id)),
            {
                value.variable: value.value
                for value in variables.of_one(connection, "participant", one.id)
                if not value.period
            },
        )
        for one in people
    ]


def _labels(project: ProjectFile, document: DocumentId) -> dict[ParticipantId, list[str]]:
    found: dict[ParticipantId, list[str]] = {}
    for turn in turns.of_document(project.connection, document):
        if turn.participant is not None:
            labels = found.setdefault(turn.participant, [])
            if turn.label not in labels:
                labels.append(turn.label)
    return found


def people_to_choose(project: ProjectFile, apart: Collection[ParticipantId]) -> list[ChooserItem]:
    """Return everybody but some with the sources they speak in, to choose from."""
    connection = project.connection
    spoken = participants.source_names(connection, participants.ids(connection))
    return [
        ChooserItem(one.id, one.name, ", ".join(spoken.get(one.id, ())))
        for one in participants.all_participants(connection)
        if one.id not in apart
    ]


class ParticipantsModel(QAbstractTableModel):
    """Lines of participants; edits are wishes, told by signals."""

    name_edited = Signal(object, str)
    """The user wrote another name: ParticipantId, name."""
    role_edited = Signal(object, bool)
    """The user said who asks: ParticipantId, whether they interview."""
    value_edited = Signal(object, object, object)
    """The user wrote an attribute: ParticipantId, the Variable, what was written."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._lines: Sequence[ParticipantLine] = ()
        self._ids: Sequence[ParticipantId] = ()
        self._variables: Sequence[Variable] = ()
        self._everybody = False
        self._writable = True

    def set_lines(
        self,
        ids: Sequence[ParticipantId],
        lines: Sequence[ParticipantLine],
        kept: Sequence[Variable],
        *,
        everybody: bool,
        writable: bool,
    ) -> None:
        """Show other lines and variables; cells of the same table are only shown anew.

        `ids` says whom each line is of.
        """
        same = (
            ids == self._ids
            and [one.id for one in kept] == [one.id for one in self._variables]
            and everybody == self._everybody
        )
        if not same:
            self.beginResetModel()
        self._ids, self._lines, self._variables = ids, lines, kept
        self._everybody, self._writable = everybody, writable
        if not same:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(
                self.index(0, 0), self.index(len(lines) - 1, self.columnCount() - 1)
            )
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def line(self, row: int) -> ParticipantLine:
        """Return the participant in a row."""
        return self._lines[row]

    def row_of(self, participant: ParticipantId) -> int | None:
        """Return the row of a participant, None when not shown."""
        return self._ids.index(participant) if participant in self._ids else None

    def variable(self, column: int) -> Variable | None:
        """Return the variable in a column, None for the fixed ones."""
        return self._variables[column - FIXED] if column >= FIXED else None

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many participants there are."""
        return 0 if parent.isValid() else len(self._lines)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: ARG002
        """Return the number of columns."""
        return FIXED + len(self._variables)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let names, roles and attributes be written."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        if self._writable and index.column() not in (LABEL, OFFICES):
            return base | Qt.ItemFlag.ItemIsEditable
        return base

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            variable = self.variable(section)
            if variable is not None:
                return variable.name
            spoken = tr("Speaks in") if self._everybody else tr("Called in the text")
            return {
                NAME: tr("Name"),
                ROLE: tr("In the interview"),
                OFFICES: tr("Offices"),
                LABEL: spoken,
            }[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        line, column = self._lines[index.row()], index.column()
        if role == ID_ROLE:
            return line.participant.id
        if role == Qt.ItemDataRole.EditRole and column == ROLE:
            return line.participant.interviewer
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.headerData(column, Qt.Orientation.Horizontal)
            return f"{heading}: {self._text(line, column)}"
        if role in (
            Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole, Qt.ItemDataRole.ToolTipRole,
        ):  # fmt: skip
            return self._text(line, column)
        variable = self.variable(column)
        if (
            role == Qt.ItemDataRole.TextAlignmentRole
            and variable is not None
            and variable.type == "number"
        ):
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def _text(self, line: ParticipantLine, column: int) -> str:
        variable = self.variable(column)
        if variable is not None:
            return shown(line.values.get(variable.id))
        if column == NAME:
            return line.participant.name
        if column == ROLE:
            return tr("Interviewer") if line.participant.interviewer else tr("Informant")
        if column == OFFICES:
            return ", ".join(one.name for one in line.offices)
        return line.spoken

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell what the user wrote; the operation that follows brings it back."""
        if role != Qt.ItemDataRole.EditRole:
            return False
        line, column = self._lines[index.row()], index.column()
        variable = self.variable(column)
        if column == ROLE:
            if bool(value) != line.participant.interviewer:
                self.role_edited.emit(line.participant.id, bool(value))
        elif value == self._text(line, column):
            return False
        elif variable is not None:
            self.value_edited.emit(line.participant.id, variable, value)
        elif column == NAME:
            self.name_edited.emit(line.participant.id, str(value))
        return True


def shown(value: Value | None) -> str:
    """Return a value as people write it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, str):
        return value
    return current_catalogue().format_number(value)
