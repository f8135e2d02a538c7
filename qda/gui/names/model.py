"""Names that were found as a table: what is decided of each, what would be put, how often."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from qda.gui.language import say, tr
from qda.model.pseudonyms import Decision, NameEntity, NameHit
from qda.operations.name_lists import KIND_NAMES, together

Index = QModelIndex | QPersistentModelIndex
STATE, NAME, KIND, REPLACEMENT, PLACES = range(5)
_NOWHERE = QModelIndex()
_EDITABLE = Qt.ItemFlag.ItemIsEditable


class NamesModel(QAbstractTableModel):
    """The names of a scan, in the order in which they are first named."""

    decided = Signal(list)
    """Something is decided otherwise.

    Parameters: the `NameEntity` objects as they are now.
    """

    def __init__(self, entities: Iterable[NameEntity], parent: QObject | None = None) -> None:
        """Show the names of a scan."""
        super().__init__(parent)
        self._rows: list[NameEntity] = list(entities)

    # ------------------------------------------------------------------------------- the names
    def entities(self) -> Sequence[NameEntity]:
        """Return all names as they are decided."""
        return tuple(self._rows)

    def entity(self, row: int) -> NameEntity | None:
        """Return the name in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def count(self, decision: Decision) -> int:
        """Return of how many names that is decided."""
        return sum(one.decision == decision for one in self._rows)

    def count_doubtful(self) -> int:
        """Return how many of those that are to be decided yet are doubtful."""
        return sum(one.decision == "open" and one.is_doubtful for one in self._rows)

    def next_open(self, after: int) -> int:
        """Return the next row below `after`, or from the top, that is not decided; -1 for none."""
        order = (*range(after + 1, len(self._rows)), *range(after + 1))
        return next((row for row in order if self._rows[row].decision == "open"), -1)

    def decide(self, rows: Iterable[int], decision: Decision) -> None:
        """Accept, reject or open names."""
        changed = [row for row in rows if self._rows[row].decision != decision]
        for row in changed:
            self._rows[row] = replace(self._rows[row], decision=decision)
        self._tell(changed)

    def set_replacement(self, row: int, replacement: str) -> None:
        """Put something else for a name."""
        if replacement.strip() and replacement.strip() != self._rows[row].replacement:
            self._rows[row] = replace(self._rows[row], replacement=replacement.strip())
            self._tell([row])

    def toggle_left(self, row: int, hits: Iterable[NameHit]) -> None:
        """Let places of a name stay as they are, or be replaced again."""
        entity = self._rows[row]
        self._rows[row] = replace(entity, left=entity.left ^ frozenset(hits))
        self._tell([row])

    def add(self, entity: NameEntity) -> int:
        """Add a name at the end; return its row."""
        row = len(self._rows)
        self.beginInsertRows(_NOWHERE, row, row)
        self._rows.append(entity)
        self.endInsertRows()
        self._tell([row])
        return row

    def merge(self, rows: Sequence[int]) -> int:
        """Put names together into the first of the rows; return that row."""
        first, *others = sorted(set(rows))
        merged = together([self._rows[row] for row in (first, *others)])
        for row in reversed(others):
            self.beginRemoveRows(_NOWHERE, row, row)
            del self._rows[row]
            self.endRemoveRows()
        self._rows[first] = merged
        self._tell([first])
        return first

    def _tell(self, rows: Sequence[int]) -> None:
        for row in rows:
            self.dataChanged.emit(self.index(row, 0), self.index(row, PLACES))
        if rows:
            self.decided.emit([self._rows[row] for row in rows])

    # ------------------------------------------------------------------------ as a Qt model
    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many names there are."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else PLACES + 1

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = int(Qt.ItemDataRole.DisplayRole),
    ) -> str | None:
        """Return the headings."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Decision"), tr("Name"), tr("Kind"), tr("Replacement"), tr("Places"))[section]

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return that a replacement can be written."""
        flags = super().flags(index)
        return flags | _EDITABLE if index.column() == REPLACEMENT else flags

    def data(self, index: Index, role: int = int(Qt.ItemDataRole.DisplayRole)) -> object:
        """Return the words of a cell; what is to be decided yet is bold."""
        entity = self.entity(index.row())
        if entity is None:
            return None
        column = index.column()
        if role == Qt.ItemDataRole.ToolTipRole and column == NAME:
            return ", ".join(entity.forms)
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(entity, column)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(
                self._text(entity, one) for one in (NAME, STATE, KIND, REPLACEMENT, PLACES)
            )
        if role == Qt.ItemDataRole.TextAlignmentRole and column == PLACES:
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        if role == Qt.ItemDataRole.FontRole and entity.decision == "open":
            font = QFont()
            font.setBold(True)
            return font
        return None

    def setData(
        self, index: Index, value: object, role: int = int(Qt.ItemDataRole.EditRole)
    ) -> bool:
        """Take a replacement that was written."""
        if role != Qt.ItemDataRole.EditRole or index.column() != REPLACEMENT:
            return False
        self.set_replacement(index.row(), str(value))
        return True

    def _text(self, entity: NameEntity, column: int) -> str:
        if column == STATE:
            doubtful = entity.decision == "open" and entity.is_doubtful
            return tr("doubtful") if doubtful else decision_word(entity.decision)
        if column == NAME:
            return entity.name
        if column == KIND:
            return say(KIND_NAMES[entity.kind])
        if column == REPLACEMENT:
            return entity.replacement
        left = len(entity.left)
        return f"{len(entity.hits) - left}/{len(entity.hits)}" if left else str(len(entity.hits))


def decision_word(decision: Decision) -> str:
    """Return what was decided, in a word."""
    return {
        "open": tr("undecided"),
        "accepted": tr("replace"),
        "rejected": tr("stays"),
    }[decision]
