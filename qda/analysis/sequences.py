"""Which code follows which along the interview, from one coded turn to the next.

A segment stands in the turn that it begins in (the first that it touches), so that one that goes
on over several turns is not followed by itself. Turns without a segment that counts are passed
over. A cell of the table counts the steps from a turn with the row's code to the next coded turn
of the same document, which has the column's code; one step counts once in a cell, however many
segments of the two codes the turns hold. On the diagonal a code follows itself. The table is not
symmetric. The rule is that of a first-order transition matrix (Bakeman and Quera 2011, Sequential
Analysis and Observational Methods, chapter 8), with the coded turn as the event.
"""

from array import array
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import chain, pairwise

import numpy as np

from qda.analysis.code_rows import chosen_codings, code_question, code_rows
from qda.analysis.dimension_parts import Entry
from qda.analysis.matrix import build_matrix
from qda.analysis.resolution import touched_turns
from qda.analysis.tables import Memberships, Snapshot
from qda.analysis.vectors import Ints, changes, no_ints, order_by_group
from qda.model.cell_evidence import PackedCells
from qda.model.errors import NotAllowed
from qda.model.ids import CodingId
from qda.model.matrix import Matrix, Step
from qda.model.messages import Message, counted, message
from qda.model.sequences import SequenceSpec
from qda.text.ranges import expand

MAX_STEPS = 1_000_000
"""How many steps the evidence of all cells together may name."""
_PORTION = 4_000_000
"""How many pairs of codes are held at once."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Which code stands in which turn: distinct pairs, by turn and row.

    `segment_ids` are the segments by turn, row and place; those of mark i stand between `begin[i]`
    and `begin[i + 1]`.
    """

    turn: Ints
    row: Ints
    begin: Ints
    segment_ids: Ints

    def segments(self, mark: int) -> tuple[CodingId, ...]:
        """Return the segments behind a mark."""
        ids: list[CodingId] = self.segment_ids[self.begin[mark] : self.begin[mark + 1]].tolist()
        return tuple(ids)


@dataclass(frozen=True, slots=True)
class Sequences:
    """The counts, rows x rows, with the steps behind them.

    `low`, `high` are the marks of every coded turn, turn after turn; `steps` are those coded turns
    (by their place in these) that a next one follows. `outside` segments begin in no turn.
    """

    spec: SequenceSpec
    rows: tuple[Entry, ...]
    counts: Ints
    marks: Marks
    low: Ints
    high: Ints
    steps: Ints
    outside: int

    def behind(self, row: int, column: int) -> tuple[Step, ...]:
        """Return the steps of one cell: the segments of the row's code, then of the column's."""
        has = self.marks.row == row, self.marks.row == column
        first = self._mark_of(np.flatnonzero(has[0]))
        second = self._mark_of(np.flatnonzero(has[1]))
        found: list[Step] = []
        places: list[int] = self.steps.tolist()
        for step in places:
            one, other = first[step], second[step + 1]
            if one >= 0 and other >= 0:
                found.append((self.marks.segments(one), self.marks.segments(other)))
        return tuple(found)

    def segments_of(self, row: int | None) -> tuple[CodingId, ...]:
        """Return the segments of a row's code that begin in a turn, or those of all codes."""
        marks = self.marks
        wanted = range(len(marks.row)) if row is None else np.flatnonzero(marks.row == row).tolist()
        return tuple(one for mark in wanted for one in marks.segments(mark))

    def _mark_of(self, marks: Ints) -> list[int]:
        """Return for every coded turn which of the marks is its own, -1 for none."""
        found = np.full(len(self.low) + 1, -1, dtype=np.int64)
        found[np.searchsorted(self.low, marks, side="right") - 1] = marks
        listed: list[int] = found.tolist()
        return listed


def sequences(
    snapshot: Snapshot, spec: SequenceSpec, named: Memberships | None = None
) -> Sequences:
    """Count which code follows which. Raises what a matrix of the same filters raises.

    Filters on queries or propositions need what codings are `named` by (`named_by`).
    """
    if spec.within < 0:
        raise NotAllowed(message("The number of turns between is a whole number from 0."))
    own = code_question(spec)
    dimension, counting = code_rows(snapshot, own, named)
    rows = dimension.index[snapshot.codings.code]
    place = np.flatnonzero(counting & (rows >= 0))
    size = max(len(dimension.entries), 1)
    marks, outside = _marks(snapshot, place, rows[place], size)
    begins = np.flatnonzero(changes(marks.turn)) if len(marks.turn) else marks.turn
    turns = marks.turn[begins]
    ends = np.append(begins[1:], len(marks.turn)).astype(np.int64)
    steps = _steps(snapshot.turns.document[turns], turns, spec.within)
    counts = np.zeros(size * size, dtype=np.int64)
    for one, other in _pairs(begins, ends, steps):
        counts += np.bincount(marks.row[one] * size + marks.row[other], minlength=size * size)
    size = len(dimension.entries)
    square = counts[: size * size].reshape(size, size)
    return Sequences(spec, dimension.entries, square, marks, begins, ends, steps, outside)


def _marks(snapshot: Snapshot, place: Ints, row: Ints, size: int) -> tuple[Marks, int]:
    """Return the marks of the codings at `place`, and how many of these begin in no turn."""
    chosen = chosen_codings(snapshot.codings, place)
    coding, turn = touched_turns(chosen, snapshot.turns)
    # By coding and turn, so that the first entry of each coding is the turn it begins in.
    first = changes(coding) if len(coding) else np.zeros(0, dtype=np.bool_)
    coding, turn = coding[first], turn[first]
    keys = turn * size + row[coding]
    order = np.argsort(keys, kind="stable")
    keys = keys[order]
    begin = np.flatnonzero(changes(keys)) if len(keys) else keys
    distinct = keys[begin]
    ids = chosen.ids[coding[order]]
    marks = Marks(distinct // size, distinct % size, np.append(begin, len(keys)), ids)
    return marks, len(place) - len(coding)


def _steps(document: Ints, turns: Ints, within: int) -> Ints:
    """Return which coded turns the next coded turn of the same document follows near enough."""
    follows = document[1:] == document[:-1]
    if within:
        follows &= turns[1:] - turns[:-1] <= within
    return np.flatnonzero(follows).astype(np.int64)


def _pairs(low: Ints, high: Ints, steps: Ints) -> Iterator[tuple[Ints, Ints]]:
    """Yield every two marks of a step, in portions: of its turn, and of the next."""
    many = np.cumsum((high - low)[steps] * (high - low)[steps + 1])
    at = 0
    while at < len(steps):
        before = int(many[at - 1]) if at else 0
        to = max(at + 1, int(np.searchsorted(many, before + _PORTION, side="right")))
        here = steps[at:to]
        owner, one = expand(low[here], high[here])
        following = here[owner] + 1
        place, other = expand(low[following], high[following])
        yield one[place], other
        at = to


def sequence_matrix(
    snapshot: Snapshot, spec: SequenceSpec, named: Memberships | None = None
) -> Matrix:
    """Return the counts as a matrix whose every cell has its steps.

    Where all cells together would name more than MAX_STEPS steps these are left out and a note
    says so; `Sequences.behind` gives those of one cell.
    """
    matrix, found = sequence_table(snapshot, spec, named)
    many = int(found.counts.sum())
    if many > MAX_STEPS:
        return replace(matrix, notes=(*matrix.notes, _left_out(many)))
    steps, evidence = _behind(found)
    return replace(matrix, steps=steps, evidence=evidence)


def sequence_table(
    snapshot: Snapshot, spec: SequenceSpec, named: Memberships | None = None
) -> tuple[Matrix, Sequences]:
    """Return the counts as a matrix without evidence, and what gives the steps of each cell."""
    found = sequences(snapshot, spec, named)
    own = code_question(spec)
    base = build_matrix(snapshot, own, named)
    size = len(found.rows)
    numbers: list[list[int]] = found.counts.tolist()
    matrix = replace(
        base,
        spec=replace(own, cells="segments"),
        cells=tuple(map(tuple, numbers)),
        evidence=(((),) * size,) * size,
        notes=(*_rules(found), *base.notes),
        measure=message("Steps from one coded turn to the next"),
    )
    return matrix, found


def _behind(found: Sequences) -> tuple[PackedCells[Step], PackedCells[CodingId]]:
    """Return the steps of every cell, and the ids of the segments in them, each once."""
    size, marks = len(found.rows), found.marks
    pairs = [(no_ints(), no_ints()), *_pairs(found.low, found.high, found.steps)]
    one, other = (np.concatenate(side) for side in zip(*pairs, strict=True))
    cell = marks.row[one] * size + marks.row[other]
    order = order_by_group(cell, size * size)
    ends: list[int] = np.cumsum(2 * np.bincount(cell, minlength=size * size)).tolist()
    # Of a step both marks, one after the other.
    both = np.column_stack((one[order], other[order])).astype(np.int64)
    packed = array("q", both.tobytes())
    ids: list[CodingId] = marks.segment_ids.tolist()
    begins: list[int] = marks.begin.tolist()
    behind = [tuple(ids[low:high]) for low, high in pairwise(begins)]

    def steps(cell: "array[int]") -> tuple[Step, ...]:
        sides = map(behind.__getitem__, cell)
        return tuple(zip(sides, sides, strict=True))

    def segments(cell: "array[int]") -> tuple[CodingId, ...]:
        # No segment is behind two marks: what is of different marks is different.
        return tuple(chain.from_iterable(map(behind.__getitem__, dict.fromkeys(cell))))

    shape, ends = (size, size), [0, *ends]
    return PackedCells(packed, ends, shape, steps), PackedCells(packed, ends, shape, segments)


def _rules(found: Sequences) -> list[Message]:
    """State how the cells are counted."""
    said = [
        message(
            "A cell counts the steps from a turn with the row's code to the next coded turn of the "
            "same document, which has the column's code; a step counts once in a cell. A segment "
            "stands in the turn where it begins."
        )
    ]
    if found.spec.within:
        said.append(
            counted(
                "Only steps of at most {n} turn count; questions are turns too.",
                "Only steps of at most {n} turns count; questions are turns too.",
                found.spec.within,
            )
        )
    else:
        said.append(message("Turns that nothing is coded in are passed over, however many."))
    if found.outside:
        said.append(
            counted(
                "{n} segment outside every turn is left out.",
                "{n} segments outside every turn are left out.",
                found.outside,
            )
        )
    return said


def _left_out(named: int) -> Message:
    return message(
        "The quotes are left out, since there would be {n} steps; choose fewer codes to have them.",
        n=named,
    )
