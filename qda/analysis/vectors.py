"""Small vectorised steps that counting is made of."""

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]

_MAX_TABLE = 8_000_000
_FEW = 2_000
"""Rows of a table that are counted one by one quicker than all at once."""


def no_ints() -> Ints:
    """Return an empty array."""
    return np.zeros(0, dtype=np.int64)


def changes(values: Ints) -> Flags:
    """Mark where a value differs from the one before it; the first always does."""
    marks = np.ones(len(values), dtype=np.bool_)
    marks[1:] = values[1:] != values[:-1]
    return marks


def unique_pairs(first: Ints, second: Ints, seconds: int) -> tuple[Ints, Ints]:
    """Return the distinct pairs, sorted; `seconds` is above every value of `second` (>= 0)."""
    width = max(seconds, 1)
    keys = first * width + second
    if not (keys[1:] > keys[:-1]).all():
        keys = sorted_unique(keys)
    return keys // width, keys % width


def sorted_unique(keys: Ints) -> Ints:
    """Return the distinct keys, sorted: quicker than `np.unique`, which hashes first."""
    keys = np.sort(keys)
    return keys[changes(keys)]


def contains(sorted_keys: Ints, keys: Ints) -> Flags:
    """Tell which of `keys` are among `sorted_keys`."""
    if not len(sorted_keys):
        return np.zeros(len(keys), dtype=np.bool_)
    places = np.minimum(np.searchsorted(sorted_keys, keys), len(sorted_keys) - 1)
    return sorted_keys[places] == keys


def first_of_each(owners: Ints, groups: Ints, count: int) -> Flags:
    """Mark one entry of every distinct pair of owner and group (below `count`).

    `owners` must be sorted; most owners have one entry, which is the fast path.
    """
    starts = changes(owners)
    if count == 1:
        return starts
    keep = np.ones(len(owners), dtype=np.bool_)
    several = ~starts
    several[:-1] |= ~starts[1:]
    places = np.flatnonzero(several)
    if len(places):
        keep[places] = False
        keys = owners[places] * max(count, 1) + groups[places]
        keep[places[np.unique(keys, return_index=True)[1]]] = True
    return keep


def count_distinct(groups: Ints, members: Ints, count: int, member_count: int) -> Ints:
    """Return how many distinct members each of `count` groups has; member -1 is nobody."""
    # The first column is for nobody, which costs less than looking for it.
    width = member_count + 1
    keys = groups * width + members
    keys += 1
    if count * width <= _MAX_TABLE:
        table = np.zeros(count * width, dtype=np.bool_)
        table[keys] = True
        marked = table.reshape(count, width)[:, 1:]
        if count <= _FEW:
            return np.array([np.count_nonzero(one) for one in marked], dtype=np.int64)
        return marked.sum(axis=1, dtype=np.int64)
    found = sorted_unique(keys[members >= 0])
    return np.bincount(found // width, minlength=count)


def union_lengths(groups: Ints, low: Ints, high: Ints, count: int) -> Ints:
    """Return the length of the union of the ranges `low:high` of each group."""
    if not len(groups):
        return np.zeros(count, dtype=np.int64)
    # Groups are laid out one after the other on one line, so that one sweep serves all.
    # Large arrays are written over where they can be: fetching memory takes longer than adding.
    starts = groups * (int(high.max()) + 1)
    ends = starts + np.maximum(high, low)
    starts += low
    # Ranges that come in order of their beginnings need only be put by group, which is quicker.
    ordered = bool((low[1:] >= low[:-1]).all())
    if not ordered or count > 1:
        order = order_by_group(groups, count) if ordered else np.argsort(starts, kind="stable")
        starts, ends = starts[order], ends[order]
    reached = np.maximum.accumulate(ends)
    np.maximum(starts[1:], reached[:-1], out=starts[1:])
    # What the ranges before have not reached, summed to the end of each group.
    ends -= starts
    np.maximum(ends, 0, out=ends)
    added = np.cumsum(ends, out=ends)
    last = np.cumsum(np.bincount(groups, minlength=count))
    return np.diff(np.where(last > 0, added[last - 1], 0), prepend=0)


def order_by_group(groups: Ints, count: int) -> Ints:
    """Return a stable order by group; 16-bit keys are sorted by radix."""
    keys = groups.astype(np.uint16) if count <= 0xFFFF else groups
    return np.argsort(keys, kind="stable")
