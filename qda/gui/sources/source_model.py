"""The list of sources as an item model: sorted, filtered, and grouped by office if wished.

Whatever can wait until it is looked at does: the order within a group, and how much is coded of a
source. So a list of twenty thousand costs little more than what is in sight.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Collection, Generator, Mapping, Sequence
from contextlib import contextmanager
from itertools import accumulate
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.sources.source_rows import GroupKey, Sources, kind_name, put_by_office
from qda.gui.widgets import roles
from qda.model.ids import DocumentId
from qda.store.documents import Overview
from qda.text.collation import sort_key

Index = QModelIndex | QPersistentModelIndex
ROOT = QModelIndex()
NAME, OFFICES, KIND, TURNS, WORDS, CODINGS, SHARE, DONE = range(8)
NUMBERS = (TURNS, WORDS, CODINGS)
DESCENDING = Qt.SortOrder.DescendingOrder
_SOURCE_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
_HEADING_FLAGS = Qt.ItemFlag.NoItemFlags


class _Group:
    """Sources under a heading, put in order when one of them is looked at."""

    def __init__(
        self,
        title: str,
        rows: list[Overview],
        order: Callable[[list[Overview]], list[Overview]],
    ) -> None:
        """Take the sources in any order."""
        self.title = title
        self.members = rows
        self._order: Callable[[list[Overview]], list[Overview]] | None = order
        self._places: dict[DocumentId, int] | None = None

    def in_order(self) -> list[Overview]:
        """Return the sources as they are shown."""
        if self._order is not None:
            self.members, self._order = self._order(self.members), None
        return self.members

    def places(self) -> Mapping[DocumentId, int]:
        """Return where in the group each source stands."""
        if self._places is None:
            self._places = {one.id: place for place, one in enumerate(self.in_order())}
        return self._places


class SourceModel(QAbstractTableModel):
    """All sources in one list, under headings if wished; `roles.ID_ROLE` is the DocumentId.

    Headings are rows like others, so that a view asks only for the rows in sight.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty, grouped and sorted by name."""
        super().__init__(parent)
        self._sources = Sources()
        self._hays: list[str] | None = None
        self._filter = ""
        self._grouped = True
        self._column = NAME
        self._order = Qt.SortOrder.AscendingOrder
        self._groups: list[_Group] = []
        self._starts: list[int] = []
        self._count = 0
        self._heading_rows: frozenset[int] = frozenset()
        self._group_of: dict[GroupKey, int] = {}
        self._last: dict[DocumentId, float] = {}
        self._guesses: dict[DocumentId, float] = {}

    def set_sources(self, sources: Sources) -> None:
        """Show other sources; their cases give the order of the groups."""
        if self._column == SHARE:
            # Until all is counted anew, the order is by what was known before.
            self._guesses = {one.id: self._known_share(one) for one in self._sources.rows}
        with self._anew():
            self.stop()
            self._sources, self._hays = sources, None
        if sources.counts is not None:
            sources.counts.counted.connect(self._on_counts_counted)

    def set_filter(self, text: str) -> None:
        """Keep the sources whose name, office or file holds every word of `text`."""
        with self._anew():
            self._filter = text.casefold()

    def set_grouped(self, *, grouped: bool) -> None:
        """Group by office, or show one list."""
        with self._anew():
            self._grouped = grouped

    @property
    def grouped(self) -> bool:
        """Tell whether the sources are grouped by office."""
        return self._grouped

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort by a column, within each group."""
        with self._anew():
            self._column, self._order = max(column, 0), order

    def stop(self) -> None:
        """Leave off counting; before the project is closed."""
        if self._sources.counts is not None:
            self._sources.counts.close()

    # ---------------------------------------------------------------------------- what is where

    def index_of(self, document: DocumentId) -> QModelIndex:
        """Return where a source stands, invalid when it is not shown."""
        row = self._sources.by_id.get(document)
        at = None if row is None else self._group_of.get(self._group_key(row))
        below = None if at is None else self._groups[at].places().get(document)
        if at is None or below is None:
            return QModelIndex()
        return self.index(self._first_row(at) + below, NAME)

    def shown(self) -> tuple[DocumentId, ...]:
        """Return the sources in the order shown."""
        return tuple(one.id for group in self._groups for one in group.in_order())

    def first(self) -> DocumentId | None:
        """Return the source at the top, None when none is shown."""
        return self._groups[0].in_order()[0].id if self._groups else None

    def last(self) -> DocumentId | None:
        """Return the source at the bottom, None when none is shown."""
        return self._groups[-1].in_order()[-1].id if self._groups else None

    def neighbour(self, document: DocumentId) -> DocumentId | None:
        """Return the source below `document`, or else the one above; None where it stands alone."""
        here = self.index_of(document).row()
        if here < 0:
            return None
        for rows in (range(here + 1, self._count), range(here - 1, -1, -1)):
            found = next((one for row in rows if (one := self._at(row)[1]) is not None), None)
            if found is not None:
                return found.id
        return None

    def headings(self) -> list[int]:
        """Return the rows that are headings."""
        return sorted(self._heading_rows)

    def row_at(self, index: Index) -> Overview | None:
        """Return the source at an index, None for a heading."""
        return self._at(index.row())[1] if index.isValid() else None

    def stretches(self, documents: Collection[DocumentId]) -> list[tuple[int, int]]:
        """Return the first and the last row of each stretch of the given sources."""
        found: list[tuple[int, int]] = []
        for at, group in enumerate(self._groups):
            inside = [one.id for one in group.members if one.id in documents]
            first = self._first_row(at)
            if len(inside) == len(group.members):
                found.append((first, first + len(inside) - 1))
                continue
            places = group.places() if inside else {}
            for row in sorted(first + places[one] for one in inside):
                if found and found[-1][1] == row - 1:
                    found[-1] = found[-1][0], row
                else:
                    found.append((row, row))
        return found

    def between(self, first: int, last: int) -> list[DocumentId]:
        """Return the sources in rows `first` to `last`, in no order."""
        found: list[DocumentId] = []
        for at in range(bisect_right(self._starts, first) - 1, len(self._groups)):
            top = self._first_row(at)
            if top > last:
                break
            group = self._groups[at]
            start, end = max(0, first - top), last - top + 1
            whole = start == 0 and end >= len(group.members)
            members = group.members if whole else group.in_order()[start:end]
            found += [one.id for one in members]
        return found

    def _first_row(self, group: int) -> int:
        """Return the row of the first source of a group."""
        return self._starts[group] + self._grouped

    def _at(self, row: int) -> tuple[_Group, Overview | None]:
        """Return what stands in a row: its group and its source, None for the heading."""
        at = bisect_right(self._starts, row) - 1
        group, below = self._groups[at], row - self._first_row(at)
        return group, group.in_order()[below] if below >= 0 else None

    def _group_key(self, row: Overview) -> GroupKey:
        if not self._grouped:
            return "all"
        linked = self._sources.links.get(row.id, ())
        return linked[0] if len(linked) == 1 else "several" if linked else "none"

    # ------------------------------------------------------------------------ Qt's questions

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return how many rows there are, headings included."""
        return 0 if parent.isValid() else self._count

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else DONE + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let sources be chosen, and headings be passed over by the keyboard."""
        # Marking thousands asks for those of every row, which is no reason to put them in order.
        return _HEADING_FLAGS if index.row() in self._heading_rows else _SOURCE_FLAGS

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
            return _headings()[section]
        if role == Qt.ItemDataRole.TextAlignmentRole:
            side = Qt.AlignmentFlag.AlignRight if section in NUMBERS else Qt.AlignmentFlag.AlignLeft
            return side | Qt.AlignmentFlag.AlignVCenter
        return None

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows."""
        row = self.row_at(index)
        if row is None:
            return self._heading_data(index, role)
        column = index.column()
        answers: dict[int, Callable[[], object]] = {
            Qt.ItemDataRole.DisplayRole: lambda: self._text(row, column),
            roles.ID_ROLE: lambda: row.id,
            roles.SHARE_ROLE: lambda: self._share(row),
            roles.PLACE_ROLE: lambda: self._last.get(row.id),
            Qt.ItemDataRole.AccessibleTextRole: lambda: (
                f"{_headings()[column]}: {self._said(row, column)}"
            ),
            Qt.ItemDataRole.ToolTipRole: lambda: (
                self._said(row, column) if column in (NAME, OFFICES, SHARE) else None
            ),
        }
        answer = answers.get(role)
        return answer() if answer is not None else None

    def set_last(self, places: Mapping[DocumentId, float]) -> None:
        """Show how far into each source, 0 to 1, one was the last time."""
        changed, self._last = places != self._last, dict(places)
        if changed and self._count:
            last = self.index(self._count - 1, SHARE)
            self.dataChanged.emit(self.index(0, SHARE), last, [roles.PLACE_ROLE])

    def _share(self, row: Overview) -> float | None:
        counts = self._sources.counts
        return counts.share(row) if counts is not None else None

    def _text(self, row: Overview, column: int) -> str:
        catalogue = current_catalogue()
        counts = self._sources.counts
        if column == NAME:
            return row.name
        if column == OFFICES:
            return self._offices(row)
        if column == KIND:
            return kind_name(row.kind)
        if column == SHARE:
            share = self._share(row)
            return catalogue.format_percent(share) if share else ""
        if column == DONE:
            return tr("Done") if row.done else ""
        number = row.words
        if column in (TURNS, CODINGS) and counts is not None:
            number = counts.turns(row.id) if column == TURNS else counts.codings(row.id)
        return catalogue.format_number(number)

    def _spoken(self, row: Overview, column: int) -> str:
        if column == SHARE:
            return current_catalogue().format_percent(self._share(row) or 0.0)
        if column == DONE:
            return tr("Done") if row.done else tr("Not done")
        return self._text(row, column)

    def _said(self, row: Overview, column: int) -> str:
        place = self._last.get(row.id)
        said = self._spoken(row, column)
        if column != SHARE or not place:
            return said
        return tr("{share} coded, last read at {n} %", share=said, n=round(place * 100))

    def _heading_data(self, index: Index, role: int) -> object:
        if not index.isValid():
            return None
        group = self._at(index.row())[0]
        if role == roles.HEADING_ROLE:
            return True
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return group.title if index.column() == NAME else ""
        if role == roles.DETAIL_ROLE:
            return tr_n("{n} source", "{n} sources", len(group.members))
        return None

    # -------------------------------------------------------------------------------- arranging

    @contextmanager
    def _anew(self) -> Generator[None]:
        """Put everything in order anew after what is done within."""
        self.beginResetModel()
        yield
        self._arrange()
        self.endResetModel()

    def _arrange(self) -> None:
        kept = self._kept()
        members: Mapping[GroupKey, list[Overview]]
        if not self._grouped:
            members = {"all": list(kept)} if kept else {}
        elif kept is self._sources.rows:
            members = self._sources.by_office
        else:
            members = found = dict[GroupKey, list[Overview]]()
            put_by_office(found, kept, self._sources.links)
        titles: dict[GroupKey, str] = {case.id: case.name for case in self._sources.cases.values()}
        titles |= {"several": tr("Several offices"), "none": tr("No office"), "all": ""}
        keys = [key for key in titles if key in members]
        order = self._in_order()
        self._groups = [_Group(titles[key], members[key], order) for key in keys]
        self._group_of = {key: at for at, key in enumerate(keys)}
        sizes = (len(group.members) + self._grouped for group in self._groups)
        *self._starts, self._count = accumulate(sizes, initial=0)
        self._heading_rows = frozenset(self._starts if self._grouped else ())

    def _kept(self) -> Sequence[Overview]:
        """Return the sources that the filter lets through."""
        rows, words = self._sources.rows, self._filter.split()
        if not words:
            return rows
        if self._hays is None:
            self._hays = [
                f"{row.name} {row.file_name} {self._offices(row)}".casefold() for row in rows
            ]
        pairs = list(zip(rows, self._hays, strict=True))
        for word in words:
            pairs = [pair for pair in pairs if word in pair[1]]
        return [row for row, _hay in pairs]

    def _offices(self, row: Overview) -> str:
        """Return the names of a source's offices in one line."""
        return ", ".join(office.name for office in self._sources.offices(row.id))

    def _in_order(self) -> Callable[[list[Overview]], list[Overview]]:
        """Return what puts sources in order by the column of now."""
        column, down = self._column, self._order == DESCENDING
        language = current_catalogue().language
        key = self._sort_key(column, language)

        def ordered(rows: list[Overview]) -> list[Overview]:
            rows = sorted(rows, key=lambda row: sort_key(row.name, language))
            if column != NAME:
                # Names stay in their order among equals, whichever way the column is sorted.
                rows.sort(key=key, reverse=down)
            elif down:
                rows.reverse()
            return rows

        return ordered

    def _sort_key(self, column: int, language: str) -> Callable[[Overview], Any]:
        counts = self._sources.counts
        if column == TURNS and counts is not None:
            counts.read_all_turns()
        if column == SHARE and counts is not None:
            counts.count_all(self._sources.rows)
        keys: dict[int, Callable[[Overview], Any]] = {
            OFFICES: lambda row: sort_key(self._offices(row), language),
            KIND: lambda row: row.kind,
            TURNS: lambda row: counts.turns(row.id) if counts is not None else 0,
            WORDS: lambda row: row.words,
            CODINGS: lambda row: counts.codings(row.id) if counts is not None else 0,
            SHARE: self._known_share,
            DONE: lambda row: row.done,
        }
        return keys.get(column, lambda row: row.id)

    def _known_share(self, row: Overview) -> float:
        counts = self._sources.counts
        known = counts.known_share(row) if counts is not None else None
        return self._guesses.get(row.id, 0.0) if known is None else known

    def _on_counts_counted(self, done: bool) -> None:  # noqa: FBT001 - slot
        """Show what was counted; an order by it is made when all is."""
        if done and self._column == SHARE:
            with self._anew():
                self._guesses = {}
        elif self._count:
            last = self.index(self._count - 1, SHARE)
            self.dataChanged.emit(self.index(0, SHARE), last, [roles.SHARE_ROLE])


def _headings() -> tuple[str, ...]:
    return (
        tr("Name"), tr("Offices"), tr("Kind"), tr("Turns"), tr("Words"), tr("Codings"),
        tr("Coded"), tr("Done"),
    )  # fmt: skip
