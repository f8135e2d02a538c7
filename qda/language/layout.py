"""Who says which words: the line of all words cut at every turn, label and paragraph.

A region is a stretch of words of one kind: a turn, a label, or a paragraph of a text that has no
turns. Searching and counting ask of regions what is too slow to ask of every word.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.language.table import WordTable

SPOKEN, ASKED, OUTSIDE, LABEL = 0, 1, 2, 3
"""What informants say and texts without turns, what interviewers say, what no turn holds."""

Places = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns of a project in order; `document` is a place in the table's documents."""

    document: Places
    label_start: Places
    start: Places
    end: Places
    interviewer: Places


@dataclass(frozen=True, slots=True)
class Layout:
    """The regions in order. Region r holds the words `bounds[r]:bounds[r + 1]`.

    `turn` is the place of the region's turn, -1 for none; `document` the place of its document.
    """

    bounds: Places
    kind: NDArray[np.int8]
    turn: Places
    document: Places
    hard: Places
    """Words that no phrase reaches across: first of a region, or after a sentence's end."""

    def region_of(self, words: Places) -> Places:
        """Return the regions that words stand in."""
        return np.searchsorted(self.bounds, words, side="right") - 1

    def lengths(self) -> Places:
        """Return how many words each region has."""
        return np.diff(self.bounds)


def lay_out(table: WordTable, turns: Turns) -> Layout:
    """Cut the words of `table` at the borders of `turns`."""
    count = len(table.documents)
    borders = np.searchsorted(turns.document, np.arange(count + 1))
    paragraphs = np.searchsorted(table.paragraphs, table.offsets)
    bounds: list[Places] = []
    kinds: list[NDArray[np.int8]] = []
    owners: list[Places] = []
    documents: list[Places] = []
    for place in range(count):
        low, high = int(table.offsets[place]), int(table.offsets[place + 1])
        if low == high:
            continue
        first, last = int(borders[place]), int(borders[place + 1])
        if first == last:
            cuts = table.paragraphs[paragraphs[place] : paragraphs[place + 1]]
            at = np.unique(np.concatenate((np.array([low], dtype=np.int64), cuts)))
            kind = np.full(len(at), SPOKEN, dtype=np.int8)
            owner = np.full(len(at), -1, dtype=np.int64)
        else:
            at, kind, owner = _cut(table.starts[low:high], turns, slice(first, last))
            at = at + low
        bounds.append(at)
        kinds.append(kind)
        owners.append(owner)
        documents.append(np.full(len(at), place, dtype=np.int64))
    ends = np.array([len(table)], dtype=np.int64)
    joined = np.concatenate((*bounds, ends))
    hard = np.union1d(joined, table.sentence_ends)
    if not bounds:
        nothing = np.zeros(0, dtype=np.int64)
        return Layout(joined, np.zeros(0, dtype=np.int8), nothing, nothing, hard)
    return Layout(
        joined, np.concatenate(kinds), np.concatenate(owners), np.concatenate(documents), hard
    )


def _cut(
    starts: NDArray[np.int32], turns: Turns, here: slice
) -> tuple[Places, NDArray[np.int8], Places]:
    """Return where the regions of one document begin, their kinds and their turns."""
    number = np.arange(here.start, here.stop, dtype=np.int64)
    none = np.full(len(number), -1, dtype=np.int64)
    labels = np.searchsorted(starts, turns.label_start[here].astype(np.int32))
    spoken = np.searchsorted(starts, turns.start[here].astype(np.int32))
    ended = np.searchsorted(starts, turns.end[here].astype(np.int32))
    speech = np.where(turns.interviewer[here] != 0, ASKED, SPOKEN)
    at = np.stack((labels, spoken, ended), axis=1).ravel()
    kind = np.stack((np.full_like(speech, LABEL), speech, np.full_like(speech, OUTSIDE)), axis=1)
    owner = np.stack((none, number, none), axis=1).ravel()
    # Turns should not overlap; where they do, a region ends where the next begins.
    at = np.maximum.accumulate(np.concatenate((np.zeros(1, dtype=np.int64), at.astype(np.int64))))
    kind = np.concatenate((np.array([OUTSIDE]), kind.ravel())).astype(np.int8)
    owner = np.concatenate((np.full(1, -1, dtype=np.int64), owner))
    # Empty regions have the same beginning as the one after them.
    kept = np.ones(len(at), dtype=np.bool_)
    kept[:-1] = at[1:] > at[:-1]
    kept &= at < len(starts)
    return at[kept], kind[kept], owner[kept]
