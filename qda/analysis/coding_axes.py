"""Where the codings stand on every axis that a filter may be about."""

from qda.analysis.belonging import moments_of
from qda.analysis.dimension_parts import Axis
from qda.analysis.tables import Snapshot
from qda.analysis.vectors import Ints


def coding_axes(snapshot: Snapshot) -> dict[Axis, Ints]:
    """Return the place on each axis of every pair of a coding, a participant and a case."""
    codings, pairs = snapshot.codings, snapshot.resolution.pairs
    return {
        "case": pairs.case,
        "participant": pairs.participant,
        "document": codings.document[pairs.unit],
        "code": codings.code[pairs.unit],
        "coder": codings.coder[pairs.unit],
        "stance": codings.stance[pairs.unit],
        "moment": moments_of(snapshot.entities, pairs, codings.document),
    }
