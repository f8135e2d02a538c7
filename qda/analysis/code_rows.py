"""Codes as the rows of a table of codes by codes, and the codings that count in it."""

import numpy as np

from qda.analysis.coding_axes import coding_axes
from qda.analysis.dimension_parts import Dimension
from qda.analysis.matrix import understand
from qda.analysis.tables import Codings, Snapshot
from qda.analysis.vectors import Flags, Ints
from qda.model.cooccurrence import CooccurrenceSpec
from qda.model.matrix import MatrixSpec
from qda.model.sequences import SequenceSpec


def code_question(spec: CooccurrenceSpec | SequenceSpec) -> MatrixSpec:
    """Return the question for a matrix of the same codes: its headings, N and rules on filters."""
    # Of documents, since a matrix of segments has a rule on overlaps that says nothing here.
    return MatrixSpec(
        ("code",), ("code",), "documents", where=spec.where, folded=spec.folded, codes=spec.codes,
        without=spec.without,
    )  # fmt: skip


def code_rows(snapshot: Snapshot, spec: MatrixSpec) -> tuple[Dimension, Flags]:
    """Return the codes as rows, and which codings the filters let through."""
    question = understand(snapshot, spec)
    codings, pairs = snapshot.codings, snapshot.resolution.pairs
    passing = np.ones(len(pairs.unit), dtype=np.bool_)
    places = coding_axes(snapshot)
    for axis, flags in question.filters.items():
        passing &= flags[places[axis]]
    counting = np.zeros(len(codings), dtype=np.bool_)
    counting[pairs.unit[passing]] = True
    return question.rows[0], counting


def chosen_codings(codings: Codings, place: Ints) -> Codings:
    """Return the codings at the given places, in their order."""
    return Codings(
        codings.ids[place], codings.document[place], codings.code[place], codings.coder[place],
        codings.start[place], codings.end[place], codings.stance[place],
    )  # fmt: skip
