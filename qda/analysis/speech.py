"""Whom any stretch of text belongs to, coded or not, and which stretches a filter lets through.

Stretches belong to participants and cases as codings do, by the same rule in the same place.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from qda.analysis import resolution
from qda.analysis.dimension_parts import SPOKEN
from qda.analysis.dimensions import filters
from qda.analysis.tables import Codings, OwnLinks, Pairs, Snapshot
from qda.analysis.vectors import Flags, Ints, no_ints
from qda.model.matrix import MatrixSpec

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
    passing = filters(snapshot.entities, where, MatrixSpec())
    kept = np.ones(len(pairs.unit), dtype=np.bool_)
    at = {
        "case": pairs.case,
        "participant": pairs.participant,
        "document": stretches.document[pairs.unit],
    }
    for axis in SPOKEN:
        if axis in passing:
            kept &= passing[axis][at[axis]]
    flags = np.zeros(len(stretches), dtype=np.bool_)
    flags[pairs.unit[kept]] = True
    return flags


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
