"""What two coders are compared on, unit by unit, as numbers of units by document and line.

A line is a code with what counts as it. By character every code point of a document is a unit;
by segment the distinct segments of both coders, those that share enough text being one; by turn
every turn (a document without turns is one); by document the document.
"""

from dataclasses import dataclass

import numpy as np

from qda.analysis.overlaps import overlapping_pairs
from qda.analysis.resolution import touched_turns
from qda.analysis.tables import Codings, Snapshot, Turns
from qda.analysis.vectors import (
    Ints,
    changes,
    contains,
    sorted_unique,
    union_lengths,
)
from qda.text.ranges import expand

_SHIFT = 32
"""A lane and an offset in one number, so that one search serves all lanes."""
_ROUNDING = 1e-9
"""So that 70 of 100 characters are 70 %, whatever the binary fraction."""


@dataclass(frozen=True, slots=True)
class Marks:
    """The segments of one coder in the documents compared, once for every line they count in.

    `coding` is the position in the snapshot's codings; `document` counts those compared from 0.
    """

    coding: Ints
    document: Ints
    start: Ints
    end: Ints
    line: Ints


@dataclass(frozen=True, slots=True)
class Ground:
    """The documents compared (`characters` long), the number of lines, and both coders' marks."""

    documents: Ints
    characters: Ints
    lines: int
    marks: tuple[Marks, Marks]
    codings: tuple[Ints, Ints]
    """All codings of each coder in these documents, whatever the code: positions, sorted."""


@dataclass(frozen=True, slots=True)
class Units:
    """Units with their document and reach, and the lines that each coder gave them.

    `given` holds, for each coder, sorted keys `unit * lines + line`. `outside` counts segments
    that touch no unit.
    """

    document: Ints
    start: Ints
    end: Ints
    given: tuple[Ints, Ints]
    outside: int = 0


def character_tables(ground: Ground) -> Ints:
    """Return the 2 x 2 tables by document, line and cell (both, first, second, neither)."""
    count = ground.lines * len(ground.documents)
    one, other = (_covered(ground, (marks,), count) for marks in ground.marks)
    both = one + other - _covered(ground, ground.marks, count)
    shape = (ground.lines, len(ground.documents))
    cells = [part.reshape(shape).T for part in (both, one - both, other - both)]
    return _with_neither(cells, ground.characters)


def unit_tables(ground: Ground, units: Units) -> Ints:
    """Return the 2 x 2 tables by document, line and cell (both, first, second, neither)."""
    documents, lines = len(ground.documents), ground.lines
    one, other = units.given
    shared = contains(other, one)

    def counts(keys: Ints) -> Ints:
        places = units.document[keys // max(lines, 1)] * lines + keys % max(lines, 1)
        return np.bincount(places, minlength=documents * lines).reshape(documents, lines)

    cells = [counts(one[shared]), counts(one[~shared]), counts(other[~contains(one, other)])]
    return _with_neither(cells, np.bincount(units.document, minlength=documents))


def document_units(ground: Ground) -> Units:
    """Return the documents as units."""
    nothing = np.zeros(len(ground.documents), dtype=np.int64)
    given = tuple(_keys(marks.document, marks.line, ground.lines) for marks in ground.marks)
    return Units(
        np.arange(len(nothing), dtype=np.int64), nothing, ground.characters, (given[0], given[1])
    )


def turn_units(snapshot: Snapshot, ground: Ground) -> Units:
    """Return the turns as units; a segment marks every turn it touches, from its label on."""
    turns = turns_or_whole(snapshot, ground.documents)
    given: list[Ints] = []
    outside = 0
    for marks, all_codings in zip(ground.marks, ground.codings, strict=True):
        coding, turn = touched_turns(_chosen(snapshot.codings, all_codings), turns)
        outside += len(all_codings) - len(sorted_unique(coding))
        # The marks of a coding are several; each goes with every turn of its coding.
        low, high = _ranges(all_codings[coding], marks.coding)
        touch, mark = expand(low, high)
        given.append(_keys(turn[touch], marks.line[mark], ground.lines))
    local = np.searchsorted(ground.documents, turns.document).astype(np.int64)
    return Units(local, turns.label_start, turns.end, (given[0], given[1]), outside)


def turns_or_whole(snapshot: Snapshot, documents: Ints) -> Turns:
    """Return the turns of `documents` (sorted); a document without any is one turn of its own."""
    turns = snapshot.turns
    kept = contains(documents, turns.document)
    whole = documents[~contains(sorted_unique(turns.document), documents)]
    nothing = np.zeros(len(whole), dtype=np.int64)
    nobody = np.full(len(whole), -1, dtype=np.int64)
    if kept.all() and not len(whole):
        return turns
    places: list[int] = whole.tolist()
    characters = np.array(
        [snapshot.entities.documents[place].characters for place in places], dtype=np.int64
    )
    joined = [
        np.concatenate((old[kept], new))
        for old, new in (
            (turns.ids, nobody),
            (turns.document, whole),
            (turns.number, nothing),
            (turns.label_start, nothing),
            (turns.start, nothing),
            (turns.end, characters),
            (turns.participant, nobody),
            (turns.interviewer, nothing),
        )
    ]
    order = np.lexsort((joined[3], joined[1]))
    return Turns(*(column[order] for column in joined))


def segment_units(snapshot: Snapshot, ground: Ground, threshold: float) -> Units:
    """Return the distinct segments of both coders as units, those that match being one.

    Two segments match when they share `threshold` of the longer one. Of several that match, each
    segment is one unit with the one of the other coder it shares most with. A coder has a line on
    a unit when a segment of theirs with that line is, or matches, a segment of the unit. A unit
    reaches over both of its segments, so that it touches all that gave it a line.
    """
    places, owners = _places(snapshot, ground)
    first, second, part = _matching(places, threshold)
    partner = _partners(len(places), (first, second, part), owners)
    head = np.where((partner >= 0) & (partner < np.arange(len(places))), partner,
                    np.arange(len(places)))  # fmt: skip
    heads = sorted_unique(head)
    unit = np.searchsorted(heads, head).astype(np.int64)
    everything = np.arange(len(places), dtype=np.int64)
    here = np.concatenate((everything, first, second))
    there = np.concatenate((everything, second, first))
    given: list[Ints] = []
    for marks in ground.marks:
        at = _place_of(places, marks)
        order = np.argsort(at, kind="stable")
        low, high = _ranges(there, at[order])
        touch, mark = expand(low, high)
        given.append(_keys(unit[here[touch]], marks.line[order][mark], ground.lines))
    document, start, end = places[heads].T
    other = np.where(partner[heads] >= 0, partner[heads], heads)
    start, end = np.minimum(start, places[other, 1]), np.maximum(end, places[other, 2])
    return Units(document, start, end, (given[0], given[1]))


def stretches(ground: Ground) -> Ints:
    """Return where just one has coded: rows of document, start, end, who (0 or 1) and line."""
    width, lines = int(ground.characters.max(initial=0)) + 1, max(ground.lines, 1)
    # Every document and line is a lane, and the lanes lie one after the other.
    lanes = [marks.document * lines + marks.line for marks in ground.marks]
    sides = list(zip(lanes, ground.marks, strict=True))
    starts = [lane * width + marks.start for lane, marks in sides]
    ends = [lane * width + marks.end for lane, marks in sides]
    owner = np.repeat(np.arange(2, dtype=np.int64), [len(lane) for lane in lanes])
    at, who = np.concatenate((*starts, *ends)), np.concatenate((owner, owner))
    step = np.repeat(np.array((1, -1), dtype=np.int64), len(owner))
    order = np.argsort(at, kind="stable")
    at, who, step = at[order], who[order], step[order]
    # Between one place and the next stands what is open after all the steps at the first.
    last = np.ones(len(at), dtype=np.bool_)
    last[:-1] = at[1:] != at[:-1]
    one, other = (np.cumsum(np.where(who == side, step, 0))[last] > 0 for side in (0, 1))
    state = np.where(one == other, -1, np.where(one, 0, 1))
    border = changes(state)
    at, state = at[last][border], state[border]
    alone = np.flatnonzero(state >= 0)
    # The last place closes the last stretch, so there is always one after.
    low, high = at[alone], at[alone + 1]
    lane = low // width
    return np.column_stack(
        (lane // lines, low % width, high - lane * width, state[alone], lane % lines)
    )


def differing(units: Units, lines: int) -> Ints:
    """Return the units that just one has given a line, in rows as `stretches` does."""
    one, other = units.given
    found: list[Ints] = []
    for who, mine, theirs in ((0, one, other), (1, other, one)):
        keys = mine[~contains(theirs, mine)]
        unit, line = keys // max(lines, 1), keys % max(lines, 1)
        whose = np.full(len(keys), who, dtype=np.int64)
        found.append(
            np.column_stack((units.document[unit], units.start[unit], units.end[unit], whose, line))
        )
    return np.concatenate(found)


def segments_behind(ground: Ground, rows: Ints) -> tuple[Ints, Ints]:
    """Return the segments behind rows of `stretches` or `differing`: the coder's that touch them.

    The positions of those of row i in the snapshot's codings stand in the second array, between the
    borders i and i + 1 of the first.
    """
    documents, lines = len(ground.documents), ground.lines
    lane = np.concatenate(
        [
            (who * documents + marks.document) * lines + marks.line
            for who, marks in enumerate(ground.marks)
        ]
    )
    start = np.concatenate([marks.start for marks in ground.marks])
    end = np.concatenate([marks.end for marks in ground.marks])
    coding = np.concatenate([marks.coding for marks in ground.marks])
    order = np.lexsort((coding, start, lane))
    lane, start, end, coding = lane[order], start[order], end[order], coding[order]
    wanted = (rows[:, 3] * documents + rows[:, 0]) * lines + rows[:, 4]
    # The reach of the segments before bounds the search, since a long one may touch from afar.
    reach = np.maximum.accumulate((lane << _SHIFT) | end)
    low = np.searchsorted(reach, (wanted << _SHIFT) | rows[:, 1], side="right").astype(np.int64)
    high = np.searchsorted((lane << _SHIFT) | start, (wanted << _SHIFT) | rows[:, 2], side="left")
    row, mark = expand(low, high.astype(np.int64))
    touching = end[mark] > rows[row, 1]
    row, mark = row[touching], mark[touching]
    return np.searchsorted(row, np.arange(len(rows) + 1)).astype(np.int64), coding[mark]


def _covered(ground: Ground, marks: tuple[Marks, ...], count: int) -> Ints:
    """Return the length of the union of marks by line and document."""
    width = len(ground.documents)
    group = np.concatenate([one.line * width + one.document for one in marks])
    start = np.concatenate([one.start for one in marks])
    end = np.concatenate([one.end for one in marks])
    return union_lengths(group, start, end, count)


def _with_neither(cells: list[Ints], units: Ints) -> Ints:
    return np.stack((*cells, units[:, None] - cells[0] - cells[1] - cells[2]), axis=-1)


def _keys(unit: Ints, line: Ints, lines: int) -> Ints:
    return sorted_unique(unit * max(lines, 1) + line)


def _ranges(wanted: Ints, sorted_values: Ints) -> tuple[Ints, Ints]:
    """Return where each wanted value stands in `sorted_values`, as half-open ranges."""
    return (
        np.searchsorted(sorted_values, wanted, side="left").astype(np.int64),
        np.searchsorted(sorted_values, wanted, side="right").astype(np.int64),
    )


def _chosen(codings: Codings, places: Ints) -> Codings:
    return Codings(
        codings.ids[places], codings.document[places], codings.code[places],
        codings.coder[places], codings.start[places], codings.end[places], codings.stance[places],
    )  # fmt: skip


def _places(snapshot: Snapshot, ground: Ground) -> tuple[Ints, tuple[Ints, Ints]]:
    """Return the distinct places (document, start, end) of both coders, and which are whose."""
    codings = snapshot.codings
    rows: list[Ints] = []
    for mine in ground.codings:
        document = np.searchsorted(ground.documents, codings.document[mine])
        rows.append(np.column_stack((document, codings.start[mine], codings.end[mine])))
    together = np.concatenate(rows)
    order = np.lexsort((together[:, 2], together[:, 1], together[:, 0]))
    together = together[order]
    new = changes(together[:, 0]) | changes(together[:, 1]) | changes(together[:, 2])
    place = np.empty(len(together), dtype=np.int64)
    place[order] = np.cumsum(new) - 1
    border = len(rows[0])
    return together[new], (sorted_unique(place[:border]), sorted_unique(place[border:]))


def _place_of(places: Ints, marks: Marks) -> Ints:
    """Return the position in `places` of each mark's place, which is there."""
    rows = np.column_stack((marks.document, marks.start, marks.end))
    both = np.concatenate((places, rows))
    order = np.lexsort((both[:, 2], both[:, 1], both[:, 0]))
    ordered = both[order]
    new = changes(ordered[:, 0]) | changes(ordered[:, 1]) | changes(ordered[:, 2])
    found = np.empty(len(both), dtype=np.int64)
    found[order] = np.cumsum(new) - 1
    return found[len(places) :]


def _matching(places: Ints, threshold: float) -> tuple[Ints, Ints, Ints]:
    """Return the pairs of places that match, and what part of the longer one they share (1e12)."""
    found: list[tuple[Ints, Ints, Ints]] = []
    document, start, end = places.T
    for one, other in overlapping_pairs(document, start, end):
        shared = np.minimum(end[one], end[other]) - np.maximum(start[one], start[other])
        longer = np.maximum(end[one] - start[one], end[other] - start[other])
        near = shared >= threshold * longer - _ROUNDING
        part = (shared[near] * 10**12) // longer[near]
        found.append((one[near], other[near], part))
    if not found:
        nothing = np.zeros(0, dtype=np.int64)
        return nothing, nothing, nothing
    first, second, part = (np.concatenate(column) for column in zip(*found, strict=True))
    return first, second, part


def _partners(count: int, matching: tuple[Ints, Ints, Ints], owners: tuple[Ints, Ints]) -> Ints:
    """Return for each place the one it is a unit with, -1 for none: the most alike first.

    A place that both coders have is a unit already.
    """
    owner = np.zeros(count, dtype=np.int64)
    owner[owners[0]] += 1
    owner[owners[1]] += 2
    first, second, part = matching
    # Of one coder only, and not of the same.
    possible = owner[first] + owner[second] == 3
    possible &= (owner[first] != 3) & (owner[second] != 3)
    first, second, part = first[possible], second[possible], part[possible]
    partner = [-1] * count
    order = np.lexsort((second, first, -part))
    for one, other in zip(first[order].tolist(), second[order].tolist(), strict=True):
        if partner[one] < 0 and partner[other] < 0:
            partner[one], partner[other] = other, one
    return np.array(partner, dtype=np.int64)
