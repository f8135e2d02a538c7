"""Whom any stretch of text belongs to, coded or not, and which stretches a filter lets through.

Stretches belong to participants and cases as codings do, by the same rule in the same place.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np

from qda.analysis import resolution
from qda.analysis.belonging import moments_of
from qda.analysis.dimension_parts import Axis
from qda.analysis.dimensions import filters, find_dimension
from qda.analysis.labels import value_text
from qda.analysis.quotes import ROLE_NAMES, role_in_label
from qda.analysis.tables import Codings, OwnLinks, Pairs, Snapshot
from qda.analysis.vectors import Flags, Ints, no_ints
from qda.model.entities import Value
from qda.model.errors import NotAllowed
from qda.model.matrix import MatrixSpec
from qda.model.messages import message

_SHIFT = 32
"""Document and offset in one number, so that one search serves all documents."""
_CODED = ("code", "coder", "stance")


@dataclass(frozen=True, slots=True)
class Stretches:
    """Stretches of text: positions of documents, half-open code points."""

    document: Ints
    start: Ints
    end: Ints

    def __len__(self) -> int:
        return len(self.start)


def belongings(snapshot: Snapshot, stretches: Stretches) -> Pairs:
    """Return the participants and cases of each stretch."""
    nothing = np.zeros(len(stretches), dtype=np.int64)
    as_codings = Codings(
        nothing, stretches.document, nothing, nothing, stretches.start, stretches.end, nothing
    )
    no_links = OwnLinks(no_ints(), no_ints(), no_ints())
    return resolution.resolve(
        as_codings,
        snapshot.turns,
        snapshot.participant_cases,
        snapshot.document_cases,
        no_links,
    ).pairs


def spoken_by(
    snapshot: Snapshot, stretches: Stretches, pairs: Pairs, where: Iterable[tuple[str, str]]
) -> Flags:
    """Tell which stretches pass the filters on who speaks and where; the others are left aside.

    A stretch passes when one of its pairs passes all. Raises NotFound, Ambiguous.
    """
    flags = np.zeros(len(stretches), dtype=np.bool_)
    flags[pairs.unit[_passing(snapshot, stretches, pairs, where)]] = True
    return flags


def spoken_with(
    snapshot: Snapshot,
    stretches: Stretches,
    pairs: Pairs,
    where: Iterable[tuple[str, str]],
    name: str,
) -> tuple[tuple[str, ...], list[Flags]]:
    """Return the values of a dimension, and which of the stretches that pass have each of them.

    A stretch has a value when one of its pairs that pass has it. Raises NotFound, Ambiguous.
    """
    kept = _passing(snapshot, stretches, pairs, where)
    names, values = _values(snapshot, stretches, pairs, name)
    found: list[Flags] = []
    for value in range(len(names)):
        flags = np.zeros(len(stretches), dtype=np.bool_)
        flags[pairs.unit[kept & (values == value)]] = True
        found.append(flags)
    return names, found


def _passing(
    snapshot: Snapshot, stretches: Stretches, pairs: Pairs, where: Iterable[tuple[str, str]]
) -> Flags:
    """Tell which pairs pass all filters on who speaks and where."""
    passing = filters(snapshot.entities, where, MatrixSpec())
    kept = np.ones(len(pairs.unit), dtype=np.bool_)
    for axis, places in _axes(snapshot, stretches, pairs).items():
        if axis in passing:
            kept &= passing[axis][places]
    return kept


def _axes(snapshot: Snapshot, stretches: Stretches, pairs: Pairs) -> dict[Axis, Ints]:
    """Return the places of the pairs on each axis of who speaks and where."""
    return {
        "case": pairs.case,
        "participant": pairs.participant,
        "document": stretches.document[pairs.unit],
        "moment": moments_of(snapshot.entities, pairs, stretches.document),
    }


def _values(
    snapshot: Snapshot, stretches: Stretches, pairs: Pairs, name: str
) -> tuple[tuple[str, ...], Ints]:
    """Return the values of a dimension of who speaks and where, and which each pair has."""
    dimension = find_dimension(snapshot.entities, name, MatrixSpec(folded=False))
    at = _axes(snapshot, stretches, pairs)
    if dimension.axis not in at:
        raise NotAllowed(message("Words are not counted by {name}.", name=name))
    return tuple(one.name for one in dimension.entries), dimension.index[at[dimension.axis]]


def asks_for_codings(snapshot: Snapshot, where: Iterable[tuple[str, str]]) -> bool:
    """Tell whether any of the filters is on what is coded. Raises NotFound, Ambiguous."""
    return bool(set(_CODED) & set(filters(snapshot.entities, where, MatrixSpec())))


def coded(snapshot: Snapshot, stretches: Stretches, where: Iterable[tuple[str, str]]) -> Flags:
    """Tell which stretches begin inside a segment that passes the filters on what is coded.

    Raises NotFound, Ambiguous.
    """
    low, high = coded_ranges(snapshot, where)
    key = (stretches.document << _SHIFT) | stretches.start
    place = np.searchsorted(low, key, side="right") - 1
    return (place >= 0) & (key < high[np.maximum(place, 0)]) if len(low) else key < 0


def coded_ranges(snapshot: Snapshot, where: Iterable[tuple[str, str]]) -> tuple[Ints, Ints]:
    """Return the union of the segments that pass, as `document << 32 | offset`, in order."""
    passing = filters(snapshot.entities, where, MatrixSpec())
    rows = snapshot.codings
    kept = np.ones(len(rows), dtype=np.bool_)
    at = {"code": rows.code, "coder": rows.coder, "stance": rows.stance}
    for axis, flags in passing.items():
        if axis in at:
            kept &= flags[at[axis]]
    return _union(rows, kept)


def _union(rows: Codings, kept: Flags) -> tuple[Ints, Ints]:
    """Return the union of some codings, as `document << 32 | offset`, in order."""
    low = (rows.document[kept] << _SHIFT) | rows.start[kept]
    high = (rows.document[kept] << _SHIFT) | rows.end[kept]
    if not len(low):
        return low, high
    order = np.argsort(low, kind="stable")
    low, reach = low[order], np.maximum.accumulate(high[order])
    first = np.ones(len(low), dtype=np.bool_)
    first[1:] = low[1:] > reach[:-1]
    last = np.append(np.flatnonzero(first)[1:] - 1, len(low) - 1)
    return low[first], reach[last]


def touched(
    snapshot: Snapshot, stretches: Stretches, codes: Iterable[int], coder: int | None = None
) -> Flags:
    """Tell which stretches meet a segment of some codes (positions), of one coder where given."""
    rows = snapshot.codings
    kept = np.isin(rows.code, np.fromiter(codes, dtype=np.int64))
    if coder is not None:
        kept &= rows.coder == coder
    low, high = _union(rows, kept)
    if not len(low):
        return np.zeros(len(stretches), dtype=np.bool_)
    start = (stretches.document << _SHIFT) | stretches.start
    end = (stretches.document << _SHIFT) | stretches.end
    # The last union that begins before the stretch ends is the only one that can reach into it.
    place = np.searchsorted(low, end, side="left") - 1
    return (place >= 0) & (high[np.maximum(place, 0)] > start)


def roles(snapshot: Snapshot) -> list[str]:
    """Return the role of each participant, as quotes are attributed to it; empty for unknown.

    It is what the variable `rolle` (or `role`) says, else the name where that is a usual word for
    a role. A person's name is never taken for a role.
    """
    entities = snapshot.entities
    values: dict[int, Value] = {}
    for variable in entities.variables:
        if variable.subject == "participant" and variable.name.casefold() in ROLE_NAMES:
            values = {**entities.values.get(variable.id, {}), **values}
    return [
        value_text(values[one.id], entities.language).strip()
        if one.id in values
        else role_in_label(one.name)
        for one in entities.participants
    ]


def codes_at(
    snapshot: Snapshot, stretches: Stretches, coder: int | None = None
) -> Iterator[tuple[int, ...]]:
    """Yield the positions of the codes whose segments each stretch touches, in their order.

    With `coder`, a position, only what that coder coded.
    """
    rows = snapshot.codings
    borders = np.searchsorted(rows.document, np.arange(len(snapshot.entities.documents) + 1))
    places: list[list[int]] = np.column_stack(
        (stretches.document, stretches.start, stretches.end)
    ).tolist()
    for document, start, end in places:
        here = slice(int(borders[document]), int(borders[document + 1]))
        # Segments stand by where they begin, so that those behind the stretch are left out.
        stop = here.start + int(np.searchsorted(rows.start[here], end, side="left"))
        here = slice(here.start, stop)
        touching = rows.end[here] > start
        if coder is not None:
            touching &= rows.coder[here] == coder
        yield tuple(np.unique(rows.code[here][touching]).tolist())


def counts_by(snapshot: Snapshot, stretches: Stretches, name: str) -> list[tuple[str | None, int]]:
    """Return how many stretches each value of a dimension has; those with none come last.

    The dimension is one of who speaks and where. Raises NotFound, Ambiguous.
    """
    pairs = belongings(snapshot, stretches)
    names, values = _values(snapshot, stretches, pairs, name)
    # A stretch counts once for each value, and for none only where it has none at all.
    many = len(names) + 1
    keys = np.unique(pairs.unit[values >= 0] * many + values[values >= 0])
    counts = np.bincount(keys % many, minlength=len(names))
    none = len(stretches) - len(np.unique(keys // many))
    found: list[tuple[str | None, int]] = [
        (one, int(count)) for one, count in zip(names, counts.tolist(), strict=True)
    ]
    return [*found, (None, none)] if none else found
