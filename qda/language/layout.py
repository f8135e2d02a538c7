"""Who says which words: the line of all words cut at every turn, label and paragraph.

A region is a stretch of words of one kind: a turn, a label, or a paragraph of a text that has no
turns. Searching and counting ask of regions what is too slow to ask of every word.
"""

from dataclasses import dataclass
from itertools import pairwise

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
    whole = np.array([len(table)], dtype=np.int64)
    filled = table.offsets[:-1] < table.offsets[1:]
    spoken = np.zeros(len(table.documents), dtype=np.bool_)
    spoken[turns.document] = True
    at, kind, owner = _turn_cuts(table, turns)
    silent = filled & ~spoken
    paragraphs = table.paragraphs[silent[table.document_at(table.paragraphs)]]
    first = table.offsets[:-1][filled]
    # In the order in which they win where several begin with the same word.
    places = (first, at, paragraphs)
    kinds = (np.where(silent[filled], SPOKEN, OUTSIDE), kind, np.full(len(paragraphs), SPOKEN))
    owners = (np.full(len(first), -1), owner, np.full(len(paragraphs), -1))
    bounds = np.concatenate(places)
    order = np.argsort(bounds, kind="stable")
    bounds = bounds[order]
    last = np.ones(len(bounds), dtype=np.bool_)
    last[:-1] = bounds[1:] > bounds[:-1]
    chosen = order[last]
    bounds = np.concatenate((bounds[last], whole))
    return Layout(
        bounds,
        np.concatenate(kinds)[chosen].astype(np.int8),
        np.concatenate(owners)[chosen].astype(np.int64),
        table.document_at(bounds[:-1]),
        _merged(bounds, table.sentence_ends),
    )


def _merged(one: Places, other: Places) -> Places:
    """Return the places of two ascending rows, each once: `np.union1d` takes ten times as long."""
    both = np.sort(np.concatenate((one, other)), kind="stable")
    kept = np.ones(len(both), dtype=np.bool_)
    kept[1:] = both[1:] > both[:-1]
    return both[kept]


def _turn_cuts(table: WordTable, turns: Turns) -> tuple[Places, NDArray[np.int64], Places]:
    """Return where labels, turns and what is between them begin, with their kinds and turns."""
    number = np.arange(len(turns.document), dtype=np.int64)
    none = np.full(len(number), -1, dtype=np.int64)
    asked = np.stack((turns.label_start, turns.start, turns.end), axis=1).astype(np.int32)
    at = np.zeros(asked.shape, dtype=np.int64)
    # One document after the other: a row of document and place for every word takes longer.
    borders = np.searchsorted(turns.document, np.arange(len(table.documents) + 1)).tolist()
    offsets: list[int] = table.offsets.tolist()
    for place, (low, high) in enumerate(pairwise(borders)):
        if low < high:
            starts = table.starts[offsets[place] : offsets[place + 1]]
            at[low:high] = offsets[place] + np.searchsorted(starts, asked[low:high])
    # Turns should not overlap; where they do, a region ends where the next begins.
    at = np.maximum.accumulate(at.ravel())
    speech = np.where(turns.interviewer != 0, ASKED, SPOKEN)
    kind = np.stack((np.full_like(speech, LABEL), speech, np.full_like(speech, OUTSIDE)), axis=1)
    owner = np.stack((none, number, none), axis=1)
    ends = table.offsets[1:][turns.document].repeat(3)
    inside = at < ends
    return at[inside], kind.ravel()[inside], owner.ravel()[inside]
