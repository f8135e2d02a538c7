"""Which spans share text: a sweep over spans in order of document and start."""

from collections.abc import Iterator

import numpy as np

from qda.analysis.vectors import Ints
from qda.text.ranges import expand

_SHIFT = 32
"""Document and offset in one number, so that one search serves all documents."""
_CHUNK = 1_000_000
"""How many pairs are held at once: thousands of spans on one place make billions of pairs."""


def overlapping_pairs(document: Ints, start: Ints, end: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield the pairs (i, j), i < j, of spans that share at least one code point.

    Spans are sorted by document and start and are not empty; the pairs come in portions, by i.
    """
    begin = (document << _SHIFT) | start
    # A later span begins no earlier, so it shares text just when it begins before the end.
    after = np.searchsorted(begin, (document << _SHIFT) | end, side="left").astype(np.int64)
    first = np.arange(1, len(begin) + 1, dtype=np.int64)
    many = np.cumsum(after - first)
    low = 0
    while low < len(begin):
        before = int(many[low - 1]) if low else 0
        high = max(low + 1, int(np.searchsorted(many, before + _CHUNK, side="right")))
        owner, other = expand(first[low:high], after[low:high])
        if len(owner):
            yield owner + low, other
        low = high
