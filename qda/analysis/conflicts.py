"""What two coders have to settle: where they differ, the codings behind it, and how each stands.

A disagreement of two segments that overlap is one thing to talk about, whatever number of places
it makes. So all codings with a code that overlap, or lie in one place where the two differ, are
settled together; no coding is part of two.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from qda.analysis.agreement import differing_rows, top_lines, understood
from qda.analysis.agreement_units import Ground
from qda.analysis.tables import Entities, Snapshot
from qda.analysis.vectors import Ints
from qda.model.agreement import AgreementSpec, Conflict, Settlement, Standing
from qda.model.entities import Code
from qda.model.ids import CodeId, CoderId, CodingId, DocumentId

_SHIFT = 32
_PLACE = 2
"""Beside 0 and 1 for the coders: what is joined is a place where they differ, not a segment."""


def conflicts(
    snapshot: Snapshot, spec: AgreementSpec, *, agreed: bool = False
) -> tuple[Conflict, ...]:
    """Return what the two have to settle, by document and place; with `agreed`, the rest instead.

    Folded, codes below others are part of these. Raises NotFound and NotAllowed as `agreement`.
    """
    codes, ground = understood(snapshot, spec)
    tops = np.array(top_lines(codes, spec), dtype=np.int64)
    rows = differing_rows(snapshot, ground, spec)
    rows = rows[np.isin(rows[:, 4], tops)]
    parts = _parts(ground, tops, rows)
    borders, differ = _joined(parts)
    wanted = np.flatnonzero(differ != agreed)
    first = borders[wanted]
    order = np.lexsort((parts.line[first], parts.start[first], parts.document[first]))
    low, high = _listed(first[order]), _listed(borders[wanted + 1][order])
    ranges = zip(low, high, strict=True)
    return tuple(_made(snapshot, spec, codes, ground, parts, rows, ranges))


@dataclass(frozen=True, slots=True)
class _Parts:
    """Segments of both coders and places, by document, line and start.

    `what` is 0 or 1 for a segment of that coder, 2 for a place; `ref` the position in the
    snapshot's codings, or the row of the place.
    """

    document: Ints
    line: Ints
    start: Ints
    end: Ints
    what: Ints
    ref: Ints


def _parts(ground: Ground, tops: Ints, rows: Ints) -> _Parts:
    columns: list[tuple[Ints, ...]] = []
    for who, marks in enumerate(ground.marks):
        kept = np.isin(marks.line, tops)
        owner = np.full(int(kept.sum()), who, dtype=np.int64)
        columns.append(
            (
                marks.document[kept], marks.line[kept], marks.start[kept], marks.end[kept], owner,
                marks.coding[kept],
            )
        )  # fmt: skip
    place = np.full(len(rows), _PLACE, dtype=np.int64)
    numbers = np.arange(len(rows), dtype=np.int64)
    columns.append((rows[:, 0], rows[:, 4], rows[:, 1], rows[:, 2], place, numbers))
    joined = [np.concatenate(column) for column in zip(*columns, strict=True)]
    document, line, start, end, what, ref = joined
    order = np.lexsort((ref, what, end, start, line, document))
    return _Parts(*(column[order] for column in (document, line, start, end, what, ref)))


def _joined(parts: _Parts) -> tuple[Ints, Ints]:
    """Return where each group begins, the end of all last, and which hold a place."""
    count = len(parts.start)
    if not count:
        return np.zeros(1, dtype=np.int64), np.zeros(0, dtype=np.int64)
    lane = parts.document * (int(parts.line.max()) + 1) + parts.line
    reach = np.maximum.accumulate((lane << _SHIFT) | parts.end)
    new = np.ones(count, dtype=np.bool_)
    new[1:] = ((lane << _SHIFT) | parts.start)[1:] >= reach[:-1]
    first = np.flatnonzero(new)
    places = np.add.reduceat((parts.what == _PLACE).astype(np.int64), first)
    return np.append(first, count).astype(np.int64), (places > 0).astype(np.int64)


def _made(
    snapshot: Snapshot,
    spec: AgreementSpec,
    codes: tuple[Code, ...],
    ground: Ground,
    parts: _Parts,
    rows: Ints,
    ranges: Iterable[tuple[int, int]],
) -> Iterator[Conflict]:
    """Yield the conflicts that the parts in each range make."""
    entities = snapshot.entities
    numbers: list[int] = ground.documents.tolist()
    documents = [entities.documents[number].id for number in numbers]
    guids = {one.id: str(one.guid) for one in entities.coders}
    pair = " ".join(sorted(guids[one] for one in spec.coders))
    # There may be hundreds of thousands: plain lists are quicker here than pieces of arrays.
    place = parts.what == _PLACE
    refs = np.zeros(len(place), dtype=np.int64)
    refs[~place] = snapshot.codings.ids[parts.ref[~place]]
    refs[place] = rows[parts.ref[place], 3]
    document, line, start, end, what, ref = (
        _listed(column)
        for column in (parts.document, parts.line, parts.start, parts.end, parts.what, refs)
    )
    for low, high in ranges:
        sides: tuple[list[CodingId], list[CodingId]] = ([], [])
        places: list[tuple[int, int, CoderId]] = []
        for at in range(low, high):
            if what[at] == _PLACE:
                places.append((start[at], end[at], spec.coders[ref[at]]))
            else:
                sides[what[at]].append(CodingId(ref[at]))
        yield Conflict(
            id=_identity(pair, sides[0] + sides[1]),
            document=documents[document[low]],
            code=codes[line[low]].id,
            coders=spec.coders,
            start=start[low],
            end=max(end[low:high]),
            sides=(tuple(sides[0]), tuple(sides[1])),
            places=tuple(places),
        )


def _listed(column: Ints) -> list[int]:
    return column.tolist()


def _identity(pair: str, codings: list[CodingId]) -> str:
    """Return what names a conflict between two as long as its codings are the same."""
    return hashlib.blake2b(f"{pair} {sorted(codings)}".encode(), digest_size=6).hexdigest()


def same_ground(one: Snapshot, other: Snapshot, coders: tuple[CoderId, CoderId]) -> bool:
    """Tell whether two snapshots say the same of these coders, whatever else has changed."""
    kept = ("documents", "codes", "cases")
    if any(getattr(one.entities, name) != getattr(other.entities, name) for name in kept):
        return False
    names = [{each.id: each.name for each in each.entities.coders} for each in (one, other)]
    if any(names[0].get(coder) != names[1].get(coder) for coder in coders):
        return False
    alike = [
        (one.turns.document, other.turns.document),
        (one.turns.label_start, other.turns.label_start),
        (one.turns.end, other.turns.end),
        (one.material.document, other.material.document),
        (one.material.pairs.unit, other.material.pairs.unit),
        (one.material.pairs.case, other.material.pairs.case),
    ]
    mine, theirs = (_coded_by(each, coders) for each in (one, other))
    return all(np.array_equal(*pair) for pair in (*alike, *zip(mine, theirs, strict=True)))


def _coded_by(snapshot: Snapshot, coders: tuple[CoderId, CoderId]) -> Iterator[Ints]:
    """Yield what the codings of two coders say, column by column."""
    codings = snapshot.codings
    numbers = np.array([one.id for one in snapshot.entities.coders], dtype=np.int64)
    kept = np.flatnonzero(np.isin(codings.coder, np.flatnonzero(np.isin(numbers, coders))))
    yield from (
        numbers[codings.coder[kept]], codings.ids[kept], codings.document[kept],
        codings.code[kept], codings.start[kept], codings.end[kept],
    )  # fmt: skip


# -------------------------------------------------------------------------------- how they stand
@dataclass(frozen=True, slots=True)
class _Now:
    """A coding as it is."""

    document: DocumentId
    code: CodeId
    coder: CoderId
    start: int
    end: int


def standings(
    snapshot: Snapshot, found: Sequence[Conflict], settlements: Sequence[Settlement]
) -> dict[str, Standing]:
    """Tell how each conflict stands, by its id; `settlements` are all of those two coders.

    One is settled where every coding of it was seen by a settlement and stands unchanged since.
    Codings that all moved by the same, as behind a correction, are unchanged.
    """
    touched = {one.document for one in settlements}
    wanted = {coding for one in found if one.document in touched for coding in one.codings}
    wanted |= {seen.coding for one in settlements for seen in one.seen}
    now = _codings_now(snapshot, wanted)
    above = _above(snapshot.entities)
    each = [_Stand(one, now, above) for one in settlements]
    by_coding: dict[int, list[int]] = defaultdict(list)
    by_document: dict[DocumentId, list[int]] = defaultdict(list)
    for number, one in enumerate(each):
        by_document[one.settlement.document].append(number)
        for seen in one.settlement.seen:
            by_coding[seen.coding].append(number)
    untouched = Standing("open")
    return {
        one.id: _standing(one, each, by_coding, by_document[one.document], now)
        if one.document in touched
        else untouched
        for one in found
    }


def _standing(
    conflict: Conflict,
    each: Sequence["_Stand"],
    by_coding: Mapping[int, Sequence[int]],
    near: Iterable[int],
    now: Mapping[int, _Now],
) -> Standing:
    shared = {number for coding in conflict.codings for number in by_coding.get(coding, ())}
    touching = shared | {
        number
        for number in near
        if any(each[number].concerns(now[coding]) for coding in conflict.codings if coding in now)
    }
    stands = [each[number] for number in sorted(touching)]
    settlements = tuple(one.settlement for one in stands)
    decided = [one for one in stands if one.settlement.decision != "open"]
    if not decided:
        return Standing("open", settlements)
    covered = {seen.coding for one in decided if one.whole for seen in one.settlement.seen}
    new = [coding for coding in conflict.codings if coding not in covered]
    if not new:
        return Standing("settled", settlements)
    # One that a settlement of a smaller part leaves out is merely not settled yet.
    altered = not all(one.whole for one in decided) or any(
        one.concerns(now[coding]) for one in decided for coding in new if coding in now
    )
    return Standing("changed" if altered else "open", settlements)


class _Stand:
    """A settlement held against the codings as they are now."""

    def __init__(
        self,
        settlement: Settlement,
        now: Mapping[int, _Now],
        above: Mapping[CodeId, frozenset[CodeId]],
    ) -> None:
        self.settlement = settlement
        self._above = above
        there = [(seen, now[seen.coding]) for seen in settlement.seen if seen.coding in now]
        moved = {at.start - seen.start for seen, at in there}
        moved |= {at.end - seen.end for seen, at in there}
        self.whole = (
            len(there) == len(settlement.seen)
            and len(moved) <= 1
            and all(at.coder in settlement.coders and self._fits(at) for _seen, at in there)
        )
        """Whether its codings stand as they were seen."""
        self._spans = [(at.start, at.end) for _seen, at in there] or [
            (seen.start, seen.end) for seen in settlement.seen
        ]

    def _fits(self, at: _Now) -> bool:
        return at.document == self.settlement.document and self.settlement.code in self._above.get(
            at.code, frozenset()
        )

    def concerns(self, at: _Now) -> bool:
        """Tell whether a coding is one with the code in the place that was settled."""
        return self._fits(at) and any(
            at.start < end and start < at.end for start, end in self._spans
        )


def _codings_now(snapshot: Snapshot, wanted: Iterable[int]) -> dict[int, _Now]:
    codings, entities = snapshot.codings, snapshot.entities
    kept = np.flatnonzero(np.isin(codings.ids, np.array(sorted(wanted), dtype=np.int64)))
    columns: list[list[int]] = [
        column[kept].tolist()
        for column in (
            codings.ids, codings.document, codings.code, codings.coder, codings.start, codings.end,
        )
    ]  # fmt: skip
    number, document, code, coder, start, end = columns
    return {
        one: _Now(
            entities.documents[document[at]].id, entities.codes[code[at]].id,
            entities.coders[coder[at]].id, start[at], end[at],
        )
        for at, one in enumerate(number)
    }  # fmt: skip


def _above(entities: Entities) -> dict[CodeId, frozenset[CodeId]]:
    """Return for each code itself and the codes above it."""
    found: dict[CodeId, frozenset[CodeId]] = {}
    for code in entities.codes:
        higher = found.get(code.parent, frozenset[CodeId]()) if code.parent is not None else ()
        found[code.id] = frozenset((code.id, *higher))
    return found
