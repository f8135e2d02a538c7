"""What is proposed as a segment: a sentence of what informants say, or all of a turn.

Interviewers' turns, labels and what stands between turns are no units. Of a text without turns the
paragraphs stand for turns.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.language.layout import ASKED, SPOKEN, Layout
from qda.language.table import WordTable
from qda.text.ranges import expand

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Units:
    """Stretches of words in order: unit u holds the words `first[u]:stop[u]`, at least one.

    `region` is where each stands in the layout, `question` the region of the interviewer's turn
    that it answers, -1 for none; `document` is a place in the table's documents.
    """

    first: Places
    stop: Places
    region: Places
    question: Places
    document: Places
    turns: bool

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.first)

    def at(self, words: Places) -> Places:
        """Return the units that words stand in, -1 for words of no unit."""
        if not len(self):
            return np.full(len(words), -1, dtype=np.int64)
        found = np.searchsorted(self.first, words, side="right") - 1
        return np.where((found >= 0) & (words < self.stop[found]), found, -1)


def sentence_units(table: WordTable, layout: Layout) -> Units:
    """Return the sentences that informants say."""
    first = table.sentences
    stop = np.append(first[1:], len(table))
    region = layout.region_of(first)
    stop = np.minimum(stop, layout.bounds[region + 1])
    kept = (layout.kind[region] == SPOKEN) & (stop > first)
    return _units(layout, first[kept], stop[kept], region[kept], turns=False)


def turn_units(layout: Layout) -> Units:
    """Return the turns of informants as wholes."""
    first, stop = layout.bounds[:-1], layout.bounds[1:]
    kept = np.flatnonzero((layout.kind == SPOKEN) & (stop > first))
    return _units(layout, first[kept], stop[kept], kept, turns=True)


def _units(layout: Layout, first: Places, stop: Places, region: Places, *, turns: bool) -> Units:
    number = np.arange(len(layout.kind), dtype=np.int64)
    asked = np.maximum.accumulate(np.where(layout.kind == ASKED, number, -1))[region]
    same = (asked >= 0) & (layout.document[np.maximum(asked, 0)] == layout.document[region])
    return Units(
        first, stop, region, np.where(same, asked, -1), layout.document[region], turns=turns
    )


def covered(units: Units, first: Places, stop: Places) -> tuple[Places, Places, Places]:
    """Return which units stretches of words share words with: stretch, unit, shared words.

    Stretch s holds the words `first[s]:stop[s]`.
    """
    low = np.searchsorted(units.stop, first, side="right")
    high = np.searchsorted(units.first, stop, side="left")
    stretch, unit = expand(low, high)
    shared = np.minimum(units.stop[unit], stop[stretch]) - np.maximum(
        units.first[unit], first[stretch]
    )
    return stretch, unit, shared
