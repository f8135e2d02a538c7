"""Which codes occur together, code by code: by overlap, in the same turn or the same document.

By overlap a cell counts pairs of segments, one of either code, that share at least one code point
of a document. By turn and by document it counts the turns or documents in which both occur; a
segment occurs in every turn that it touches. On the diagonal stands how often a code occurs at
all: its segments, turns or documents. The table is symmetric. Whoever coded counts, unless a
filter on coders says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from qda.analysis.agreement_units import turns_or_whole
from qda.analysis.code_rows import chosen_codings, code_question, code_rows
from qda.analysis.dimension_parts import Dimension, Entry
from qda.analysis.matrix import build_matrix
from qda.analysis.overlaps import overlapping_pairs
from qda.analysis.resolution import touched_turns
from qda.analysis.tables import Memberships, Snapshot
from qda.analysis.vectors import Flags, Ints, contains, sorted_unique
from qda.model.cooccurrence import CooccurrenceBy, CooccurrenceSpec
from qda.model.ids import CodingId
from qda.model.matrix import Matrix
from qda.model.messages import Message, counted, message
from qda.text.ranges import expand

MAX_EVIDENCE = 5_000_000
"""How many segments the evidence of all cells together may name."""
_MEASURES: Mapping[CooccurrenceBy, Message] = {
    "overlap": message("Pairs of overlapping segments"),
    "turn": message("Turns"),
}
"""What the cells hold; by document the kind of cells says so."""
_BITS = 16_000_000
"""How many marks of unit and code are held at once."""
_WORD = 64


@dataclass(frozen=True, slots=True)
class Occurrences:
    """The segments that count and where they occur.

    `place`, `row`: position in the snapshot's codings and the row of each, by document and start.
    `occurrence`, `unit`: the pairs of a segment (its position here) and a unit that it occurs in,
    by overlap none; `outside` segments occur in no unit.
    """

    place: Ints
    row: Ints
    document: Ints
    start: Ints
    end: Ints
    occurrence: Ints
    unit: Ints
    units: int
    outside: int


@dataclass(frozen=True, slots=True)
class Cooccurrences:
    """The counts, rows x rows, with what stands behind them."""

    spec: CooccurrenceSpec
    rows: tuple[Entry, ...]
    counts: Ints
    ids: Ints
    """The ids of all codings, by the position that `occurrences.place` gives."""
    occurrences: Occurrences

    def evidence(self, row: int, column: int) -> tuple[CodingId, ...]:
        """Return the segments behind one cell, by document and start."""
        found = self.occurrences
        if row == column:
            # Those that touch no turn are not counted either.
            own = np.flatnonzero(found.row == row)
            if self.spec.by != "overlap":
                own = own[contains(sorted_unique(found.occurrence), own)]
            return self._ids(own)
        if self.spec.by != "overlap":
            return self._ids(self._in_shared_units(row, column))
        either = np.flatnonzero((found.row == row) | (found.row == column))
        spans = (found.document[either], found.start[either], found.end[either])
        marked = np.zeros(len(either), dtype=np.bool_)
        for one, other in overlapping_pairs(*spans):
            differing = found.row[either[one]] != found.row[either[other]]
            marked[one[differing]] = True
            marked[other[differing]] = True
        return self._ids(either[marked])

    def segments(self) -> tuple[CodingId, ...]:
        """Return all segments that count, by document and start."""
        return self._ids(np.arange(len(self.occurrences.place)))

    def _in_shared_units(self, row: int, column: int) -> Ints:
        found = self.occurrences
        rows = found.row[found.occurrence]
        one, other = (sorted_unique(found.unit[rows == wanted]) for wanted in (row, column))
        shared = one[contains(other, one)]
        counting = ((rows == row) | (rows == column)) & contains(shared, found.unit)
        return sorted_unique(found.occurrence[counting])

    def _ids(self, places: Ints) -> tuple[CodingId, ...]:
        ids: list[CodingId] = self.ids[self.occurrences.place[places]].tolist()
        return tuple(ids)


def cooccurrences(
    snapshot: Snapshot, spec: CooccurrenceSpec, named: Memberships | None = None
) -> Cooccurrences:
    """Count which codes occur together. Raises what a matrix of the same filters raises.

    Filters on queries or propositions need what codings are `named` by (`named_by`).
    """
    own = code_question(spec)
    dimension, counting = code_rows(snapshot, own, named)
    found = _occurrences(snapshot, spec, dimension, counting)
    size = len(dimension.entries)
    counts = _overlap_counts(found, size) if spec.by == "overlap" else _unit_counts(found, size)
    return Cooccurrences(spec, dimension.entries, counts, snapshot.codings.ids, found)


def cooccurrence_matrix(
    snapshot: Snapshot, spec: CooccurrenceSpec, named: Memberships | None = None
) -> Matrix:
    """Return the counts as a matrix whose every cell has its evidence.

    Where the evidence would name more than MAX_EVIDENCE segments it is left out and a note says
    so; `Cooccurrences.evidence` gives that of one cell.
    """
    matrix, found = cooccurrence_table(snapshot, spec, named)
    evidence, too_many = _all_evidence(found)
    notes = matrix.notes
    if too_many:
        notes = (*notes, _left_out(too_many))
    return replace(matrix, evidence=evidence, notes=notes)


def cooccurrence_table(
    snapshot: Snapshot, spec: CooccurrenceSpec, named: Memberships | None = None
) -> tuple[Matrix, Cooccurrences]:
    """Return the counts as a matrix without evidence, and what gives that of each cell."""
    found = cooccurrences(snapshot, spec, named)
    # Headings with their N, and the rules on filters, coders and subcodes, are those of a matrix.
    own = code_question(spec)
    base = build_matrix(snapshot, own, named)
    size = len(found.rows)
    shown = replace(own, cells="documents" if spec.by == "document" else "segments")
    numbers: list[list[int]] = found.counts.tolist()
    matrix = replace(
        base,
        spec=shown,
        cells=tuple(tuple(row) for row in numbers),
        evidence=(((),) * size,) * size,
        notes=(*_rules(found), *base.notes),
        measure=_MEASURES.get(spec.by),
    )
    return matrix, found


def _occurrences(
    snapshot: Snapshot, spec: CooccurrenceSpec, dimension: Dimension, counting: Flags
) -> Occurrences:
    codings = snapshot.codings
    rows = dimension.index[codings.code]
    place = np.flatnonzero(counting & (rows >= 0))
    chosen = chosen_codings(codings, place)
    documents = len(snapshot.entities.documents)
    nothing = np.zeros(0, dtype=np.int64)
    occurrence, unit, units = nothing, nothing, 0
    if spec.by == "document":
        occurrence = np.arange(len(place), dtype=np.int64)
        unit, units = chosen.document, documents
    elif spec.by == "turn":
        turns = turns_or_whole(snapshot, np.arange(documents, dtype=np.int64))
        occurrence, unit = touched_turns(chosen, turns)
        units = len(turns)
    touching = np.bincount(occurrence, minlength=len(place)) > 0
    outside = int((~touching).sum()) if spec.by == "turn" else 0
    return Occurrences(
        place, rows[place], chosen.document, chosen.start, chosen.end, occurrence, unit, units,
        outside,
    )  # fmt: skip


def _overlap_counts(found: Occurrences, size: int) -> Ints:
    counts = np.zeros(size * size, dtype=np.int64)
    for one, other in overlapping_pairs(found.document, found.start, found.end):
        counts += np.bincount(found.row[one] * size + found.row[other], minlength=size * size)
    square = counts.reshape(size, size)
    square = square + square.T
    np.fill_diagonal(square, np.bincount(found.row, minlength=size))
    return square


def _unit_counts(found: Occurrences, size: int) -> Ints:
    """Count the units that have both codes: each code is a row of bits, one for every unit."""
    counts = np.zeros((size, size), dtype=np.int64)
    row = found.row[found.occurrence]
    portion = max(_BITS // max(size, 1) // _WORD, 1) * _WORD
    for low in range(0, found.units, portion):
        width = -(-min(portion, found.units - low) // _WORD) * _WORD
        present = np.zeros((size, width), dtype=np.bool_)
        if found.units <= portion:
            present[row, found.unit] = True
        else:
            here = (found.unit >= low) & (found.unit < low + portion)
            present[row[here], found.unit[here] - low] = True
        words = np.packbits(present, axis=1).view(np.uint64)
        for one in range(size):
            shared = np.bitwise_count(words[one:] & words[one]).sum(axis=1, dtype=np.int64)
            counts[one, one:] += shared
            counts[one + 1 :, one] += shared[1:]
    return counts


def _all_evidence(
    found: Cooccurrences,
) -> tuple[tuple[tuple[tuple[CodingId, ...], ...], ...], int]:
    """Return the evidence of every cell, and how many segments it names where that is too many."""
    size = len(found.rows)
    size_of_all = _evidence_size(found)
    if size_of_all > MAX_EVIDENCE:
        return ((((),) * size,) * size), size_of_all
    occurrences = found.occurrences
    keys = _unit_keys(found) if found.spec.by != "overlap" else _overlap_keys(found)
    many = max(len(occurrences.row), 1)
    keys = sorted_unique(keys)
    ids: list[CodingId] = found.ids[occurrences.place[keys % many]].tolist()
    borders: list[int] = np.searchsorted(keys, np.arange(size * size + 1) * many).tolist()
    upper = [tuple(ids[low:high]) for low, high in pairwise(borders)]
    return (
        tuple(
            tuple(
                found.evidence(row, row)
                if row == column
                else upper[min(row, column) * size + max(row, column)]
                for column in range(size)
            )
            for row in range(size)
        ),
        0,
    )


def _evidence_size(found: Cooccurrences) -> int:
    """Return about how many segments the evidence names, each cell by itself."""
    occurrences = found.occurrences
    if found.spec.by == "overlap":
        return 2 * int(found.counts.sum() - np.trace(found.counts)) + len(occurrences.row)
    size = max(len(found.rows), 1)
    marks = sorted_unique(occurrences.unit * size + occurrences.row[occurrences.occurrence])
    codes_in = np.bincount(marks // size, minlength=occurrences.units)
    return 2 * int(codes_in[occurrences.unit].sum())


def _overlap_keys(found: Cooccurrences) -> Ints:
    """Return `cell * segments + segment` for both segments of every overlap of two codes."""
    occurrences, size = found.occurrences, len(found.rows)
    row, many = occurrences.row, max(len(occurrences.row), 1)
    keys: list[Ints] = [np.zeros(0, dtype=np.int64)]
    spans = (occurrences.document, occurrences.start, occurrences.end)
    for one, other in overlapping_pairs(*spans):
        differing = row[one] != row[other]
        one, other = one[differing], other[differing]  # noqa: PLW2901 - the rest is of no use
        low, high = np.minimum(row[one], row[other]), np.maximum(row[one], row[other])
        cell = (low * size + high) * many
        keys += [cell + one, cell + other]
    return np.concatenate(keys)


def _unit_keys(found: Cooccurrences) -> Ints:
    """Return `cell * segments + segment` for every segment in a unit that has another code too."""
    occurrences, size = found.occurrences, len(found.rows)
    many = max(len(occurrences.row), 1)
    marks = sorted_unique(occurrences.unit * max(size, 1) + occurrences.row[occurrences.occurrence])
    begin = np.searchsorted(marks, occurrences.unit * size).astype(np.int64)
    end = np.searchsorted(marks, (occurrences.unit + 1) * size).astype(np.int64)
    owner, mark = expand(begin, end)
    segment = occurrences.occurrence[owner]
    own, other = occurrences.row[segment], marks[mark] % max(size, 1)
    differing = own != other
    segment, own, other = segment[differing], own[differing], other[differing]
    return (np.minimum(own, other) * size + np.maximum(own, other)) * many + segment


def _rules(found: Cooccurrences) -> tuple[Message, ...]:
    """State how the cells are counted."""
    rules = {
        "overlap": message(
            "A cell counts the pairs of segments, one of either code, that share at least one "
            "character. On the diagonal stand the code's own segments."
        ),
        "document": message(
            "A cell counts the documents in which both codes occur. On the diagonal stand the "
            "documents in which the code occurs."
        ),
        "turn": message(
            "A cell counts the turns, questions too, that segments of both codes touch. On the "
            "diagonal stand the turns that the code touches. A document without turns is one."
        ),
    }
    said = [rules[found.spec.by]]
    if found.occurrences.outside:
        said.append(
            counted(
                "{n} segment outside every turn is left out.",
                "{n} segments outside every turn are left out.",
                found.occurrences.outside,
            )
        )
    return tuple(said)


def _left_out(named: int) -> Message:
    return message(
        "The evidence is left out, since it would name {n} segments; choose fewer codes to have "
        "it.",
        n=named,
    )
