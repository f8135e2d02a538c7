"""What merging a copy would do as tables: how many of what, and what both sides changed."""

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)

from qda.gui.language import say, tr, tr_n
from qda.model.codebook_merge import Side
from qda.model.copy_merge import CopyConflict, CopyMergePlan
from qda.model.import_report import kind_word
from qda.operations.copy_words import conflict_field, row_word

Index = QModelIndex | QPersistentModelIndex
TAKE, NAME, WHAT = range(3)
ITEM, ADDED, UPDATED, REMOVED = range(4)
_NOWHERE = QModelIndex()
_DISPLAY = int(Qt.ItemDataRole.DisplayRole)


class NumbersTable(QAbstractTableModel):
    """How many things of each kind come, change and go."""

    def __init__(self, plan: CopyMergePlan, parent: QObject | None = None) -> None:
        """Count by what a report calls the things."""
        super().__init__(parent)
        counts = (plan.added, plan.updated, plan.removed)
        items = dict.fromkeys(item for one in counts for item in one)
        self._rows = [
            (say(kind_word(item)), *(one.get(item, 0) for one in counts)) for item in items
        ]

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many kinds there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else REMOVED + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> str | int | None:
        """Return the headings; those of numbers stand above them."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(section)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("What"), tr("New"), tr("Changed"), tr("Removed"))[section]

    def is_idle(self, column: int) -> bool:
        """Tell whether a column of numbers has none."""
        return column != ITEM and not any(row[column] for row in self._rows)

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return a kind or a number; none is no number."""
        row = self._rows[index.row()]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _alignment(index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return str(row[index.column()] or "")
        if role == Qt.ItemDataRole.ToolTipRole and index.column() == ITEM:
            return row[ITEM]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            heading = self.headerData(index.column(), Qt.Orientation.Horizontal)
            return row[ITEM] if index.column() == ITEM else f"{heading}: {row[index.column()]}"
        return None


def _alignment(column: int) -> int:
    side = Qt.AlignmentFlag.AlignLeft if column == ITEM else Qt.AlignmentFlag.AlignRight
    return int(side | Qt.AlignmentFlag.AlignVCenter)


class ConflictTable(QAbstractTableModel):
    """What both copies changed, one row for each, with the side that is taken."""

    decided = Signal()
    """Another side is taken of something."""

    def __init__(self, plan: CopyMergePlan, parent: QObject | None = None) -> None:
        """Begin with our side of everything."""
        super().__init__(parent)
        self._rows = plan.conflicts
        self._sides: dict[str, Side] = {one.key: one.taken for one in plan.conflicts}

    def conflict(self, row: int) -> CopyConflict | None:
        """Return the conflict of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def side(self, conflict: CopyConflict) -> Side:
        """Return which side is taken."""
        return self._sides[conflict.key]

    def sides(self) -> Mapping[str, Side]:
        """Return the side of each conflict, by its key."""
        return dict(self._sides)

    def theirs(self) -> int:
        """Return of how many conflicts theirs is taken."""
        return sum(side == "theirs" for side in self._sides.values())

    def take(self, row: int, side: Side) -> None:
        """Take a side of one conflict."""
        conflict = self.conflict(row)
        if conflict is not None:
            self._sides[conflict.key] = side
            self._tell()

    def toggle(self, row: int) -> None:
        """Take the other side of one conflict."""
        conflict = self.conflict(row)
        if conflict is not None:
            self.take(row, "ours" if self.side(conflict) == "theirs" else "theirs")

    def take_all(self, side: Side) -> None:
        """Take one side of everything."""
        self._sides = dict.fromkeys(self._sides, side)
        self._tell()

    def _tell(self) -> None:
        self.dataChanged.emit(self.index(0, TAKE), self.index(len(self._rows) - 1, WHAT))
        self.decided.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many conflicts there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else WHAT + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = _DISPLAY
    ) -> str | None:
        """Return the headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Choice"), tr("Name"), tr("What differs"))[section]

    def data(self, index: Index, role: int = _DISPLAY) -> object:
        """Return the words of a cell."""
        conflict = self.conflict(index.row())
        if conflict is None:
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(conflict, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            columns = (NAME, WHAT, TAKE)
            return ", ".join(self._text(conflict, column) for column in columns)
        return None

    def _text(self, conflict: CopyConflict, column: int) -> str:
        if column == TAKE:
            return act_words(conflict, self.side(conflict))
        if column == NAME:
            return conflict.name
        return f"{say(row_word(conflict.table))}: {say(conflict_field(conflict))}"


def act_words(conflict: CopyConflict, side: Side) -> str:
    """Say in a word or two what is done."""
    ours = side == "ours"
    if conflict.kind == "deleted here":
        return tr("Leave out") if ours else tr("Bring back")
    if conflict.kind == "deleted there":
        return tr("Keep") if ours else tr("Remove")
    if conflict.kind == "same document":
        return tr("One document") if ours else tr("Two documents")
    return tr("The project's") if ours else tr("The copy's")


def why_words(conflict: CopyConflict) -> str:
    """Say what a choice means where the two texts do not."""
    if conflict.kind == "text" and conflict.count:
        return tr_n(
            "{n} coding has no place in the copy's text.",
            "{n} codings have no place in the copy's text.",
            conflict.count,
        )
    if conflict.kind == "same document":
        return tr("Both imported the same text: one document with all codings, or two.")
    if conflict.kind == "deleted here":
        return tr("The project removed it; the copy changed it or used it.")
    if conflict.kind == "deleted there":
        return tr("The copy removed it; the project changed it or used it.")
    return ""


def value_words(text: str | None) -> str:
    """Return what a side says as it is read."""
    if text is None:
        return tr("not there")
    return text or tr("nothing")
