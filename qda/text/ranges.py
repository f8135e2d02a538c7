"""Ranges of numbers as arrays."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def expand(low: Ints, high: Ints) -> tuple[Ints, Ints]:
    """Return every member of the ranges `low:high`, each with the index of its range."""
    lengths = np.maximum(high - low, 0)
    owners = np.repeat(np.arange(len(low), dtype=np.int64), lengths)
    before = np.cumsum(lengths) - lengths
    members = np.arange(len(owners), dtype=np.int64) - np.repeat(before - low, lengths)
    return owners, members
