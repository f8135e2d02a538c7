"""The documents as an item model, grouped by office, with how much of each is coded."""

from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qda.gui.language import current_catalogue, tr
from qda.gui.widgets import roles
from qda.model.entities import Case
from qda.model.ids import CaseId, DocumentId
from qda.store.documents import Listed
from qda.text.collation import sort_key

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
_MANY = 20
"""So many documents that change at once are told as the whole list."""


@dataclass(slots=True)
class _Group:
    """An office and its documents, which are put in order when one of them is looked at."""

    title: str
    members: list[Listed] = field(default_factory=list[Listed])
    ordered: bool = False

    def in_order(self) -> list[Listed]:
        if not self.ordered:
            language = current_catalogue().language
            self.members.sort(key=lambda one: sort_key(one.name, language))
            self.ordered = True
        return self.members


@dataclass(frozen=True, slots=True)
class Arrangement:
    """Documents under their offices: the row of each heading, and in which group each stands."""

    groups: list[_Group]
    starts: list[int]
    count: int
    group_of: dict[DocumentId, int]


def arranged(
    documents: Sequence[Listed],
    cases: Sequence[Case],
    links: Mapping[DocumentId, tuple[CaseId, ...]],
) -> Arrangement:
    """Put documents under the offices that they are linked to, in no order."""
    groups: dict[object, _Group] = {case.id: _Group(case.name) for case in cases}
    groups |= {"several": _Group(tr("Several offices")), "none": _Group(tr("No office"))}
    into = {key: group.members.append for key, group in groups.items()}
    several, none = into["several"], into["none"]
    linked = links.get
    for document in documents:
        found = linked(document[0])
        put = none if not found else into[found[0]] if len(found) == 1 else several
        put(document)
    shown = [group for group in groups.values() if group.members]
    ends = list(accumulate(len(group.members) + 1 for group in shown))
    group_of = {
        document[0]: place for place, group in enumerate(shown) for document in group.members
    }
    return Arrangement(shown, [0, *ends[:-1]], ends[-1] if ends else 0, group_of)


class SourceModel(QAbstractListModel):
    """Offices as headings, their documents below; those of several or of no office come last.

    Headings are rows like others and everything is made when it is asked for, so that a view of
    twenty thousand documents costs what it shows. The flags are the ones that lists have, since a
    view asks for those of every row: views pass over headings themselves.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._groups: list[_Group] = []
        self._starts: list[int] = []
        self._count = 0
        self._group_of: dict[DocumentId, int] = {}
        self._shares: dict[DocumentId, float] = {}
        self._marks: Mapping[DocumentId, str] = {}
        self._places: dict[DocumentId, float] = {}
        self._answers: dict[int, Callable[[_Group, Listed], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda group, one: short_name(one.name, group.title),
            Qt.ItemDataRole.AccessibleTextRole: lambda _group, one: self._spoken(one),
            Qt.ItemDataRole.ToolTipRole: lambda _group, one: one.name,
            roles.ID_ROLE: lambda _group, one: one.id,
            roles.SHARE_ROLE: lambda _group, one: self._shares.get(one.id, 0.0),
            roles.DONE_ROLE: lambda _group, one: bool(one.done),
            roles.DETAIL_ROLE: lambda _group, one: self._marks.get(one.id),
            roles.PLACE_ROLE: lambda _group, one: self._places.get(one.id) or None,
        }

    def set_documents(self, made: Arrangement, shares: Mapping[DocumentId, float]) -> None:
        """Show documents; `shares` is how much of each is coded, 0 to 1."""
        self.beginResetModel()
        self._groups, self._starts, self._count = made.groups, made.starts, made.count
        self._group_of = made.group_of
        self._shares = dict(shares)
        self.endResetModel()

    def set_share(self, document: DocumentId, share: float) -> None:
        """Show that more or less of a document is coded."""
        if document in self._group_of and self._shares.get(document, 0.0) != share:
            self._shares[document] = share
            self._tell([document])

    def mark_open(self, marks: Mapping[DocumentId, str]) -> None:
        """Say of these documents, and of no others, where they are open."""
        if marks != self._marks:
            touched, self._marks = [*marks, *self._marks], dict(marks)
            self._tell(touched)

    def set_places(self, places: Mapping[DocumentId, float]) -> None:
        """Show where one was in some documents the last time, 0 to 1."""
        self._places.update(places)
        self._tell(list(places))

    def documents(self) -> tuple[DocumentId, ...]:
        """Return the documents in the order shown."""
        return tuple(one.id for group in self._groups for one in group.in_order())

    def index_of(self, document: DocumentId) -> QModelIndex:
        """Return where a document stands, invalid when it is not there."""
        place = self._group_of.get(document)
        if place is None:
            return QModelIndex()
        members = self._groups[place].in_order()
        below = next(at for at, one in enumerate(members) if one.id == document)
        return self.index(self._starts[place] + 1 + below)

    def neighbour(self, document: DocumentId | None, step: int) -> DocumentId | None:
        """Return the document `step` places further, the first one for one that is not there."""
        index = QModelIndex() if document is None else self.index_of(document)
        row = index.row()
        if not index.isValid():
            row, step = 0, 1
        forward = 1 if step > 0 else -1
        while step:
            row += forward
            if not 0 <= row < self._count:
                return None
            if self._at(row)[1] is not None:
                step -= forward
        listed = self._at(row)[1]
        return None if listed is None else listed.id

    # ------------------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows there are, headings included."""
        return 0 if parent.isValid() else self._count

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a row shows."""
        if not 0 <= index.row() < self._count:
            return None
        group, listed = self._at(index.row())
        if listed is None:
            if role == roles.HEADING_ROLE:
                return True
            return group.title if role == Qt.ItemDataRole.DisplayRole else None
        answer = self._answers.get(role)
        return answer(group, listed) if answer is not None else None

    def _at(self, row: int) -> tuple[_Group, Listed | None]:
        """Return what stands in a row: its office and its document, None for the heading."""
        place = bisect_right(self._starts, row) - 1
        group = self._groups[place]
        below = row - self._starts[place] - 1
        return group, group.in_order()[below] if below >= 0 else None

    def _spoken(self, listed: Listed) -> str:
        percent = round(self._shares.get(listed.id, 0.0) * 100)
        spoken = tr("{name}, {n} % coded", name=listed.name, n=percent)
        if listed.done:
            spoken = tr("{row}, done", row=spoken)
        mark = self._marks.get(listed.id)
        if mark:
            spoken = tr("{row}, open: {where}", row=spoken, where=mark)
        place = self._places.get(listed.id)
        if place:
            spoken = tr("{row}, last read at {n} %", row=spoken, n=round(place * 100))
        return spoken

    def _tell(self, documents: Sequence[DocumentId]) -> None:
        """Tell views that some documents show something else.

        Of a group that nobody has looked at nothing is shown, and of many the whole list is told.
        """
        seen = [
            one for one in documents
            if one in self._group_of and self._groups[self._group_of[one]].ordered
        ]  # fmt: skip
        if len(seen) > _MANY:
            self.dataChanged.emit(self.index(0), self.index(self._count - 1))
            return
        for one in seen:
            index = self.index_of(one)
            self.dataChanged.emit(index, index)


def short_name(name: str, office: str) -> str:
    """Return a document's name without the office's, which stands above it anyway.

    `NAV Storlia` above makes `Storlia leder` into `Leder`; nothing is cut within a word.
    """
    for part in (office, office.removeprefix("NAV ")):
        rest = name.removeprefix(part)
        if part and rest != name and rest[:1] in (" ", "-", "–", "_", ",", ":"):
            shortened = rest.strip(" -–_,:")
            if shortened:
                return shortened[0].upper() + shortened[1:]
    return name
