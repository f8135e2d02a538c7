"""The differences between two codebooks as a table: one row for each, with what is chosen."""

from collections.abc import Mapping

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QIcon

from qda.gui.codebook.plan_dialog import field_names
from qda.gui.language import tr
from qda.model.codebook_merge import MergeChoice, MergePlan, Side

Index = QModelIndex | QPersistentModelIndex
TAKE, CODE, WHAT, WHO = range(4)
_NOWHERE = QModelIndex()


class MergeTable(QAbstractTableModel):
    """What differs, what only the user can decide first; and which side is taken of each."""

    decided = Signal()
    """Another side is taken of something."""

    def __init__(self, plan: MergePlan, mark: QIcon, parent: QObject | None = None) -> None:
        """Begin with what is suggested; `mark` stands where nothing is."""
        super().__init__(parent)
        order = {None: 0, "theirs": 1, "ours": 2}
        self._rows = sorted(plan.choices, key=lambda one: order[one.default])
        self._sides: dict[str, Side | None] = {one.key: one.default for one in plan.choices}
        self._mark = mark

    def choice(self, row: int) -> MergeChoice | None:
        """Return the difference of a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def side(self, choice: MergeChoice) -> Side | None:
        """Return which side is taken, None where that is still to be decided."""
        return self._sides[choice.key]

    def sides(self) -> Mapping[str, Side]:
        """Return the side of each difference that is decided, by its key."""
        return {key: side for key, side in self._sides.items() if side is not None}

    def undecided(self) -> int:
        """Return how many differences are still to be decided."""
        return sum(side is None for side in self._sides.values())

    def take(self, row: int, side: Side) -> None:
        """Take a side of one difference; a code in use is never removed."""
        choice = self.choice(row)
        if choice is not None and not choice.used:
            self._sides[choice.key] = side
            self._tell()

    def toggle(self, row: int) -> None:
        """Take the other side of one difference."""
        choice = self.choice(row)
        if choice is not None:
            self.take(row, "ours" if self.side(choice) == "theirs" else "theirs")

    def take_all(self, side: Side | None) -> None:
        """Take one side of everything, or with None what is suggested."""
        for one in self._rows:
            self._sides[one.key] = one.default if one.used or side is None else side
        self._tell()

    def _tell(self) -> None:
        last = self.index(len(self._rows) - 1, WHO)
        self.dataChanged.emit(self.index(0, TAKE), last)
        self.decided.emit()

    # ------------------------------------------------------------------------ as a Qt model
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many differences there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else WHO + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> str | None:
        """Return the headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Choice"), tr("Code"), tr("What"), tr("Changed by"))[section]

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return the words of a cell; what is to be decided is bold and has a mark."""
        choice = self.choice(index.row())
        if choice is None:
            return None
        undecided = self.side(choice) is None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self._text(choice, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(self._text(choice, column) for column in (CODE, WHAT, WHO, TAKE))
        if role == Qt.ItemDataRole.DecorationRole and undecided and index.column() == TAKE:
            return self._mark
        if role == Qt.ItemDataRole.FontRole and undecided:
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _text(self, choice: MergeChoice, column: int) -> str:
        if column == TAKE:
            return act_words(choice, self.side(choice))
        if column == CODE:
            return choice.code.replace("/", " / ")
        if column == WHAT:
            return what_words(choice)
        if choice.used:
            return tr("the file, but it is in use")
        return {
            "ours": tr("the project"),
            "theirs": tr("the file"),
            "both": tr("both"),
        }[choice.origin]


def act_words(choice: MergeChoice, side: Side | None) -> str:
    """Say in a word or two what is done."""
    if side is None:
        return tr("Decide")
    if choice.kind == "added":
        return tr("Add") if side == "theirs" else tr("Leave out")
    if choice.kind == "removed":
        return tr("Remove") if side == "theirs" else tr("Keep")
    return tr("Theirs") if side == "theirs" else tr("Ours")


def what_words(choice: MergeChoice) -> str:
    """Say what differs."""
    if choice.kind == "added":
        return tr("Only in the file")
    if choice.kind == "removed":
        return tr("No longer in the file")
    if choice.kind == "moved":
        return tr("Place")
    return field_names().get(choice.field, choice.field)


def value_words(choice: MergeChoice, text: str | None) -> str:
    """Return a side of a difference as it is read."""
    if text is None:
        return tr("not there")
    if choice.kind == "moved":
        return tr("below {code}", code=text.replace("/", " / ")) if text else tr("at the top")
    if not text:
        return tr("nothing")
    return text.replace("|", ", ") if choice.field in ("keywords", "scale") else text
