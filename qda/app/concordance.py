"""The hits of a search as lines: put in order, read a page at a time, with their codes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qda.analysis import speech
from qda.analysis.speech import Stretches
from qda.app.searching import CONTEXT, Flags, Found, Places, Searcher, chosen
from qda.jobs.progress import Progress
from qda.model.ids import CodeId, CoderId, DocumentId
from qda.model.searching import Hit
from qda.text.collation import sort_key

Order = Literal["source", "left", "right"]
ORDERS: tuple[Order, ...] = ("source", "left", "right")
DEPTH = 4
"""Words on a side that lines are put in order by."""


@dataclass(frozen=True, slots=True)
class Line:
    """A hit with its context, and the codes of the segments that it touches, in their order."""

    hit: Hit
    codes: tuple[CodeId, ...]


@dataclass(frozen=True, slots=True)
class HitCount:
    """How many hits belong to something: an office, a source, a value. No name: to none."""

    name: str | None
    hits: int


class Concordance:
    """The lines of one search. Codings are those of the searcher's snapshot."""

    def __init__(self, searcher: Searcher, found: Found, only: CoderId | None = None) -> None:
        """Take what was found; with `only`, what one coder coded, since the user codes blind."""
        self.searcher = searcher
        self.found = found
        self._only = only
        self._order: Places = np.arange(len(found))

    def __len__(self) -> int:
        """Return how many lines there are."""
        return len(self.found)

    # -------------------------------------------------------------------------------- order

    def sorted_by(self, order: Order, language: str) -> Places:
        """Return the hits in an order, for `set_order`; may run in any thread.

        By context the nearest word comes first; equals stay in the order of the sources.
        """
        count = len(self.found)
        if order == "source" or not count:
            return np.arange(count)
        table, region = self.searcher.table, self.found.region
        # A hit inside a word has that word before and after it in neither direction.
        first, last = self.found.first, np.maximum(self.found.last, self.found.first)
        columns: list[NDArray[np.int64]] = []
        for step in range(1, DEPTH + 1):
            words = first - step if order == "left" else last + step
            inside = (words >= 0) & (words < len(table))
            here = np.clip(words, 0, max(len(table) - 1, 0))
            inside &= self.searcher.spoken.layout.region_of(here) == region
            columns.append(np.where(inside, table.forms[here], -1))
        ranks = self._ranks(np.unique(np.concatenate(columns)), language)
        return np.lexsort([ranks[column] for column in reversed(columns)])

    def _ranks(self, forms: NDArray[np.int64], language: str) -> NDArray[np.int64]:
        """Return a table from form to place in the alphabet; nothing (-1) stands first."""
        vocabulary = self.searcher.table.vocabulary
        listed = [one for one in forms.tolist() if one >= 0]
        listed.sort(key=lambda one: sort_key(vocabulary.form(one), language))
        ranks = np.zeros(len(vocabulary) + 1, dtype=np.int64)
        ranks[listed] = np.arange(1, len(listed) + 1)
        # Number -1 is the last entry.
        ranks[-1] = 0
        return ranks

    def set_order(self, order: Places) -> None:
        """Put the lines in an order that `sorted_by` gave."""
        self._order = order

    # -------------------------------------------------------------------------------- lines

    def lines(self, first: int, count: int, width: int = CONTEXT) -> list[Line]:
        """Return some lines in the order that holds."""
        return self._lines(self._order[first : first + count], width)

    def some_lines(self, rows: Sequence[int]) -> list[Line]:
        """Return the lines at certain rows, in the order of `rows`."""
        return self._lines(self._order[np.array(rows, dtype=np.int64)], CONTEXT)

    def all_hits(self, progress: Progress) -> list[Hit]:
        """Return every hit in the order that holds; sources are read one after the other."""
        progress.start(len(self))
        read: list[Hit] = []
        for hit in self.searcher.hits(self.found):
            read.append(hit)
            progress.step()
        return [read[one] for one in self._order.tolist()]

    def read_by(self, searcher: Searcher) -> Concordance:
        """Return the same lines in the same order, read by another searcher: a worker's."""
        other = copy(self)
        other.searcher = searcher
        return other

    def _lines(self, rows: Places, width: int) -> list[Line]:
        # Read in the order of the sources, whatever the order on the screen.
        by_source = np.sort(rows)
        found = chosen(self.found, by_source)
        known: dict[int, Line] = {}
        hits = self.searcher.hits(found, width)
        for row, hit, codes in zip(by_source.tolist(), hits, self._codes(found), strict=True):
            known[row] = Line(hit, codes)
        return [known[one] for one in rows.tolist()]

    def _codes(self, found: Found) -> Iterator[tuple[CodeId, ...]]:
        snapshot = self.searcher.snapshot
        stretches = Stretches(found.document, found.start, found.end)
        only = self._coder()
        for codes in speech.codes_at(snapshot, stretches, only):
            yield tuple(snapshot.entities.codes[one].id for one in codes)

    def _coder(self) -> int | None:
        if self._only is None:
            return None
        coders = self.searcher.snapshot.entities.coders
        return next((at for at, one in enumerate(coders) if one.id == self._only), -1)

    def sources(self) -> int:
        """Return how many sources have lines."""
        return len(np.unique(self.found.document))

    def row_of(self, document: int, start: int) -> int:
        """Return the row of the hit that begins at a place, 0 where there is none."""
        documents = self.searcher.snapshot.entities.documents
        place = next((at for at, one in enumerate(documents) if one.id == document), -1)
        at = (self.found.document == place) & (self.found.start == start)
        rows = np.flatnonzero(at[self._order])
        return int(rows[0]) if len(rows) else 0

    def number(self, row: int) -> int:
        """Return which hit stands at a row, whatever the order: its place among those found."""
        return int(self._order[row])

    def places(self, numbers: Sequence[int]) -> list[tuple[DocumentId, int, int]]:
        """Return document, start and end of certain hits, in the order of the sources."""
        documents = self.searcher.snapshot.entities.documents
        found = chosen(self.found, np.array(sorted(numbers), dtype=np.int64))
        rows: list[list[int]] = np.column_stack((found.document, found.start, found.end)).tolist()
        return [(DocumentId(documents[place].id), start, end) for place, start, end in rows]

    def touched_by(self, code: CodeId) -> Flags:
        """Tell which hits meet a segment with a code, as far as one may see."""
        snapshot = self.searcher.snapshot
        codes = [at for at, one in enumerate(snapshot.entities.codes) if one.id == code]
        stretches = Stretches(self.found.document, self.found.start, self.found.end)
        return speech.touched(snapshot, stretches, codes, self._coder())

    def follow(self, searcher: Searcher) -> None:
        """Say of the same hits what they are coded as in a newer snapshot of the same words."""
        self.searcher = searcher

    # ------------------------------------------------------------------------------- counts

    def counts_of_forms(self) -> list[HitCount]:
        """Return how often hits are written in each way; those of no whole word come last."""
        table, found = self.searcher.table, self.found
        whole = found.first <= found.last
        rows = np.stack((found.first[whole], found.last[whole]), axis=1)
        counts: dict[str, int] = {}
        vocabulary = table.vocabulary
        for first, last in rows.tolist():
            forms = table.forms[first : last + 1].tolist()
            written = " ".join(vocabulary.form(one) for one in forms)
            counts[written] = counts.get(written, 0) + 1
        listed = [HitCount(one, number) for one, number in counts.items()]
        rest = len(found) - len(rows)
        return [*listed, HitCount(None, rest)] if rest else listed

    def counts(self, name: str) -> list[HitCount]:
        """Return how many hits each value of a dimension has, in its order, those without last.

        A hit of two informants' or offices' counts for each. Raises NotFound, Ambiguous.
        """
        stretches = Stretches(self.found.document, self.found.start, self.found.end)
        return [
            HitCount(value, number)
            for value, number in speech.counts_by(self.searcher.snapshot, stretches, name)
        ]
