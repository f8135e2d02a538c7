"""Where the words of codings and of the material begin and end in the words of the project.

All words of all documents stand on one line, document after document. A range of words is half
open; the words of several ranges are counted by `vectors.union_lengths`.
"""

import numpy as np

from qda.analysis.tables import Snapshot
from qda.analysis.vectors import Ints


def coding_words(snapshot: Snapshot) -> tuple[Ints, Ints]:
    """Return the range of words that each coding overlaps; found once for the same codings."""
    codings = snapshot.codings
    for known, low, high in snapshot.word_ranges:
        if known is codings:
            return low, high
    low, high = _ranges(snapshot, codings.document, codings.start, codings.end)
    snapshot.word_ranges[:] = [(codings, low, high)]
    return low, high


def material_words(snapshot: Snapshot) -> tuple[Ints, Ints]:
    """Return the range of words of each unit of the material."""
    material = snapshot.material
    return _ranges(snapshot, material.document, material.start, material.end)


def _ranges(snapshot: Snapshot, document: Ints, start: Ints, end: Ints) -> tuple[Ints, Ints]:
    """Return the ranges of words that overlap `start:end`; sorted by document."""
    low, high = np.zeros(len(document), dtype=np.int64), np.zeros(len(document), dtype=np.int64)
    borders = np.searchsorted(document, np.arange(len(snapshot.entities.documents) + 1)).tolist()
    # Of the type of the words' offsets: else these would be converted at every search.
    start_of, end_of = start.astype(np.int32), end.astype(np.int32)
    base = 0
    for place, one in enumerate(snapshot.entities.documents):
        starts, ends = snapshot.words[one.text_hash]
        here = slice(borders[place], borders[place + 1])
        low[here] = base + np.searchsorted(ends, start_of[here], side="right")
        high[here] = base + np.searchsorted(starts, end_of[here], side="left")
        base += len(starts)
    # Nothing said is no word, even where its place lies inside one.
    high[start >= end] = low[start >= end]
    return low, high
