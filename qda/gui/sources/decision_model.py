"""What a reader proposes to join, drop or split, as rows that can be switched."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from qda.gui.language import current_catalogue, tr
from qda.model.reading import Decision, DecisionKind

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
APPLY, BEFORE, AFTER, COUNT = range(4)


class DecisionModel(QAbstractTableModel):
    """Proposals with a check box: done where checked, the text as it was where not."""

    switched = Signal(str, bool)
    """The user wants a proposal done or not done.

    Parameters: the decision's key; whether it is to be done.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._decisions: Sequence[Decision] = ()

    def set_decisions(self, decisions: Sequence[Decision]) -> None:
        """Show other proposals; the same ones in another state keep their rows."""
        same = [one.key for one in decisions] == [one.key for one in self._decisions]
        if same:
            self._decisions = decisions
            if decisions:
                self.dataChanged.emit(self.index(0, 0), self.index(len(decisions) - 1, COUNT))
            return
        self.beginResetModel()
        self._decisions = decisions
        self.endResetModel()

    def decision(self, row: int) -> Decision:
        """Return the proposal in a row."""
        return self._decisions[row]

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many proposals there are."""
        return 0 if parent.isValid() else len(self._decisions)

    def columnCount(self, parent: Index = ROOT) -> int:  # noqa: ARG002
        """Return the number of columns."""
        return COUNT + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first column be checked."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsUserCheckable if index.column() == APPLY else base

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """Return the name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("What"), tr("In the file"), tr("In the text"), tr("Places"))[section]
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        one = self._decisions[index.row()]
        column = index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == APPLY:
            return Qt.CheckState.Checked if one.applied else Qt.CheckState.Unchecked
        if role == Qt.ItemDataRole.DisplayRole:
            return (
                kind_name(one.kind),
                visible(one.before),
                visible(one.after) if one.after else tr("(left out)"),
                current_catalogue().format_number(one.count),
            )[column]
        if role == Qt.ItemDataRole.ToolTipRole and column in (BEFORE, AFTER):
            return (one.before if column == BEFORE else one.after) or None
        if role == Qt.ItemDataRole.TextAlignmentRole and column == COUNT:
            return Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Take a proposal up or turn it down."""
        if role != Qt.ItemDataRole.CheckStateRole or index.column() != APPLY:
            return False
        checked = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        self.switched.emit(self._decisions[index.row()].key, checked)
        return True


def kind_name(kind: DecisionKind) -> str:
    """Return the word for a kind of proposal."""
    names = {
        "hyphen": tr("Hyphen"), "header": tr("Running header"), "paragraph": tr("Line break"),
        "sheet": tr("Rows as turns"),
    }  # fmt: skip
    return names[kind]


def visible(text: str) -> str:
    """Return text in one line, its line breaks and soft hyphens made visible."""
    return text.replace("\u00ad", "-").replace("\u0002", "-").replace("\n", " ↵ ")
