"""What counting in groups of pairs gives: a figure for each group in the unit of the cells.

Cells, rows, columns and the whole are groups alike, so that a total is counted as its cells are:
each segment, document, participant, case and word once.
"""

from dataclasses import dataclass

import numpy as np

from qda.analysis.axes import Columns
from qda.analysis.dimension_parts import Axis
from qda.analysis.tables import Entities, Snapshot
from qda.analysis.vectors import Flags, Ints, count_distinct, first_of_each, union_lengths
from qda.analysis.word_counts import coding_words
from qda.model.matrix import CellKind, MatrixCount

DISTINCT: dict[CellKind, Axis] = {
    "documents": "document",
    "participants": "participant",
    "cases": "case",
}
"""The kinds of cells that count different things, and the axis on which these stand."""


@dataclass(frozen=True, slots=True)
class Counted:
    """The pairs that the filters let through: `coding` sorted, and their place on every axis."""

    coding: Ints
    at: Columns


def passing(at: Columns, filters: dict[Axis, Flags], count: int) -> Flags:
    """Mark the pairs that pass every filter."""
    kept = np.ones(count, dtype=np.bool_)
    for axis, flags in filters.items():
        kept &= flags[at[axis]]
    return kept


def measured(
    snapshot: Snapshot, counted: Counted, groups: Ints, count: int, kind: CellKind
) -> Ints:
    """Return the figure of each of `count` groups; `groups` gives every pair its own.

    Words are what the figure of a share is made of; presence is 0 or 1.
    """
    if kind in DISTINCT:
        return distinct(snapshot, counted, groups, count, DISTINCT[kind])
    if kind in ("words", "share"):
        # The words of a segment that stands several times in a group are in the union once.
        low, high = coding_words(snapshot)
        return union_lengths(groups, low[counted.coding], high[counted.coding], count)
    once = first_of_each(counted.coding, groups, count)
    segments = np.bincount(groups[once], minlength=count)
    return np.minimum(segments, 1) if kind == "presence" else segments


def distinct(snapshot: Snapshot, counted: Counted, groups: Ints, count: int, axis: Axis) -> Ints:
    """Return how many documents, informants or cases stand in each group."""
    members = informants(snapshot.entities, counted.at[axis], axis)
    return count_distinct(groups, members, count, size_of(snapshot.entities, axis))


def informants(entities: Entities, members: Ints, axis: Axis) -> Ints:
    """Return members with -1 for who asks: a question is coded, but nobody's informant asks it."""
    if axis != "participant" or not entities.participants:
        return members
    answering = [-1 if one.interviewer else at for at, one in enumerate(entities.participants)]
    return np.array((*answering, -1), dtype=np.int64)[members]


def size_of(entities: Entities, axis: Axis) -> int:
    """Return how many documents, participants or cases there are."""
    sizes: dict[Axis, int] = {
        "document": len(entities.documents),
        "participant": len(entities.participants),
        "case": len(entities.cases),
    }
    return sizes[axis]


def line_counts(
    snapshot: Snapshot, counted: Counted, lines: Ints, count: int
) -> tuple[MatrixCount, ...]:
    """Return the N of each line."""
    numbers = (
        measured(snapshot, counted, lines, count, kind).tolist()
        for kind in ("segments", "documents", "participants", "cases")
    )
    return tuple(MatrixCount(*four) for four in zip(*numbers, strict=True))
