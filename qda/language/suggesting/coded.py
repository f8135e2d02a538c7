"""The codings of a project as stretches of words, and what they say of units."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.language.suggesting.units import Places, Units, covered
from qda.language.table import WordTable

Flags = NDArray[np.bool_]
_SHIFT = 32
LEAST_WHOLE = 4
"""Codings that must be clear before turns are proposed instead of sentences."""


@dataclass(frozen=True, slots=True)
class Coded:
    """Codings by document and place: coding c holds the words `first[c]:stop[c]`.

    `code` and `document` are positions (of the codebook, of the table's documents), `id` is the
    coding's.
    """

    first: Places
    stop: Places
    code: Places
    document: Places
    id: Places

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.first)

    def of(self, codes: Collection[int]) -> "Coded":
        """Return the codings of some codes."""
        return self.chosen(np.isin(self.code, list(codes)))

    def chosen(self, kept: Flags) -> "Coded":
        """Return some of the codings."""
        return Coded(
            self.first[kept], self.stop[kept], self.code[kept], self.document[kept], self.id[kept]
        )

    def segments(self) -> Places:
        """Return the documents of the segments, codings that share a word being one segment."""
        order = np.argsort(self.first, kind="stable")
        reach = np.maximum.accumulate(self.stop[order])
        new = np.ones(len(order), dtype=np.bool_)
        new[1:] = self.first[order][1:] >= reach[:-1]
        return self.document[order][new]


class WordPlaces:
    """Find the words of stretches of text."""

    def __init__(self, table: WordTable) -> None:
        """Put document and place of every word into one number."""
        document = np.repeat(np.arange(len(table.documents)), np.diff(table.offsets)) << _SHIFT
        self._starts = document | table.starts
        self._ends = self._starts + table.lengths

    def words(self, document: Places, start: Places, end: Places) -> tuple[Places, Places]:
        """Return the first word of each stretch and the one behind it; both equal for none."""
        first = np.searchsorted(self._ends, (document << _SHIFT) | start, side="right")
        stop = np.searchsorted(self._starts, (document << _SHIFT) | end, side="left")
        return first, np.maximum(first, stop)


def touched(units: Units, first: Places, stop: Places) -> Flags:
    """Tell which units share a word with any of the stretches."""
    found = np.zeros(len(units), dtype=np.bool_)
    _, unit, shared = covered(units, first, stop)
    found[unit[shared > 0]] = True
    return found


def mostly_in(units: Units, first: Places, stop: Places) -> Flags:
    """Tell which units have at least half of their words in one of the stretches."""
    found = np.zeros(len(units), dtype=np.bool_)
    _, unit, shared = covered(units, first, stop)
    found[unit[2 * shared >= units.stop[unit] - units.first[unit]]] = True
    return found


def meant(units: Units, coded: Coded) -> Flags:
    """Tell which units the codings are on.

    At least half of the unit is coded, or at least half of the coding lies in the unit: a border
    that was drawn a word too far makes no example.
    """
    found = np.zeros(len(units), dtype=np.bool_)
    stretch, unit, shared = covered(units, coded.first, coded.stop)
    least = np.minimum(
        units.stop[unit] - units.first[unit], coded.stop[stretch] - coded.first[stretch]
    )
    found[unit[(shared > 0) & (2 * shared >= least)]] = True
    return found


def takes_turns(coded: Coded, sentences: Units, turns: Units) -> bool:
    """Tell whether the segments of a code are mostly whole turns, of more than one sentence."""
    _, of_turn = np.unique(sentences.region, return_counts=True)
    held = np.zeros(int(turns.region.max(initial=0)) + 1, dtype=np.int64)
    held[np.unique(sentences.region)] = of_turn
    stretch, unit, shared = covered(turns, coded.first, coded.stop)
    clear = (shared > 0) & (held[turns.region[unit]] > 1)
    stretch, unit, shared = stretch[clear], unit[clear], shared[clear]
    whole = 10 * shared >= 9 * (turns.stop[unit] - turns.first[unit])
    # A segment that goes over several turns counts once, as whole where all of them are.
    some = np.unique(stretch)
    broken = np.unique(stretch[~whole])
    return len(some) >= LEAST_WHOLE and 2 * len(broken) < len(some)
