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
    order = np.lexsort(
        (parts.line[borders[wanted]], parts.start[borders[wanted]], parts.document[borders[wanted]])
    )
    makers = _Maker(snapshot, spec, codes, ground, parts, rows)
    return tuple(
        makers.conflict(int(borders[at]), int(borders[at + 1])) for at in wanted[order].tolist()
    )


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


class _Maker:
    """Make conflicts of groups of parts."""

    def __init__(
        self,
        snapshot: Snapshot,
        spec: AgreementSpec,
        codes: tuple[Code, ...],
        ground: Ground,
        parts: _Parts,
        rows: Ints,
    ) -> None:
        entities = snapshot.entities
        places: list[int] = ground.documents.tolist()
        self._documents = [entities.documents[place].id for place in places]
        self._codes, self._coders = codes, spec.coders
        guids = {one.id: str(one.guid) for one in entities.coders}
        self._pair = " ".join(sorted(guids[one] for one in spec.coders))
        self._ids, self._parts, self._who = snapshot.codings.ids, parts, rows[:, 3]

    def conflict(self, low: int, high: int) -> Conflict:
        """Return the conflict of the parts from `low` to `high`."""
        parts = self._parts
        what, ref = parts.what[low:high], parts.ref[low:high]
        sides: list[tuple[CodingId, ...]] = []
        for who in (0, 1):
            ids: list[CodingId] = self._ids[ref[what == who]].tolist()
            sides.append(tuple(ids))
        there = what == _PLACE
        starts: list[int] = parts.start[low:high][there].tolist()
        ends: list[int] = parts.end[low:high][there].tolist()
        whose: list[int] = self._who[ref[there]].tolist()
        return Conflict(
            id=_identity(self._pair, (*sides[0], *sides[1])),
            document=self._documents[int(parts.document[low])],
            code=self._codes[int(parts.line[low])].id,
            coders=self._coders,
            start=int(parts.start[low]),
            end=int(parts.end[low:high].max()),
            sides=(sides[0], sides[1]),
            places=tuple(
                (start, end, self._coders[who])
                for start, end, who in zip(starts, ends, whose, strict=True)
            ),
        )


def _identity(pair: str, codings: Iterable[CodingId]) -> str:
    """Return what names a conflict between two as long as its codings are the same."""
    text = f"{pair} {sorted(codings)}"
    return hashlib.sha256(text.encode()).hexdigest()[:12]


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
