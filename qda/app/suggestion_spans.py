"""Where units of words begin and end in their texts, with what belongs to them besides words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from qda.text.sentences import sentence_at

if TYPE_CHECKING:
    from qda.app.searching import Searcher
    from qda.language.suggesting.units import Units

Span = tuple[int, int, str]
"""Start, end and text."""


class Spans:
    """Find the sentences and turns that units are, marks and brackets included."""

    def __init__(self, searcher: Searcher) -> None:
        """Read texts as they are asked for."""
        self._searcher = searcher
        self._table = searcher.table
        self._bounds = searcher.spoken.layout.bounds
        self._turn = searcher.spoken.turn
        entities = searcher.snapshot.entities
        self._places = {int(one.id): at for at, one in enumerate(entities.documents)}
        self._known: tuple[int, str] = (-1, "")

    def of(self, units: Units, chosen: Sequence[int]) -> list[Span]:
        """Return start, end and text of some units, in their order."""
        # Document by document, so that each text is read once.
        order = sorted(chosen, key=lambda unit: int(units.document[unit]))
        found = {unit: self._span(units, unit) for unit in order}
        return [found[unit] for unit in chosen]

    def _span(self, units: Units, unit: int) -> Span:
        text = self._text(int(units.document[unit]))
        low, high = self._region(int(units.region[unit]), int(units.document[unit]), text)
        start, end = low, high
        if not units.turns:
            word = int(self._table.starts[units.first[unit]])
            start, end = sentence_at(text, word, low, high)
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return start, end, text[start:end]

    def _region(self, region: int, document: int, text: str) -> tuple[int, int]:
        """Return the turn that a region is, else all from the word before it to that behind it."""
        turns = self._searcher.snapshot.turns
        turn = int(self._turn[region])
        if turn >= 0:
            return int(turns.start[turn]), int(turns.end[turn])
        table = self._table
        first, stop = int(self._bounds[region]), int(self._bounds[region + 1])
        opened, closed = int(table.offsets[document]), int(table.offsets[document + 1])
        low = int(table.starts[first - 1]) + int(table.lengths[first - 1]) if first > opened else 0
        high = int(table.starts[stop]) if stop < closed else len(text)
        # A paragraph has its marks on its own lines.
        begin = int(table.starts[first])
        end = int(table.starts[stop - 1]) + int(table.lengths[stop - 1])
        low = max(low, text.rfind("\n", low, begin) + 1)
        line_end = text.find("\n", end, high)
        return low, high if line_end < 0 else line_end

    def _text(self, document: int) -> str:
        if self._known[0] != document:
            place = self._places[int(self._table.documents[document])]
            self._known = (document, self._searcher.text(place))
        return self._known[1]
