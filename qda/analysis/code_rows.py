"""Codes as the rows of a table of codes by codes, and the codings that count in it."""

import numpy as np

from qda.analysis.coding_axes import coding_axes
from qda.analysis.dimension_parts import Dimension
from qda.analysis.matrix import ready, understand
from qda.analysis.tables import Codings, Memberships, Snapshot
from qda.analysis.vectors import Flags, Ints
from qda.model.cooccurrence import CooccurrenceSpec
from qda.model.errors import NotAllowed
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.model.sequences import SequenceSpec
from qda.store.arrays import Connection


def code_question(spec: CooccurrenceSpec | SequenceSpec) -> MatrixSpec:
    """Return the question for a matrix of the same codes: its headings, N and rules on filters."""
    # Of documents, since a matrix of segments has a rule on overlaps that says nothing here.
    return MatrixSpec(
        ("code",), ("code",), "documents", where=spec.where, folded=spec.folded, codes=spec.codes,
        without=spec.without, as_of=spec.as_of, successors=spec.successors,
    )  # fmt: skip


def named_by(
    connection: Connection, snapshot: Snapshot, spec: CooccurrenceSpec | SequenceSpec
) -> Memberships | None:
    """Return what codings are named by, where the filters are queries or propositions."""
    return ready(connection, snapshot, code_question(spec))


def code_rows(
    snapshot: Snapshot, spec: MatrixSpec, named: Memberships | None = None
) -> tuple[Dimension, Flags]:
    """Return the codes as rows, and which codings the filters let through.

    Raises NotAllowed for a filter on queries or propositions without what codings are `named` by.
    """
    question = understand(snapshot, spec)
    codings, pairs = snapshot.codings, snapshot.resolution.pairs
    passing = np.ones(len(pairs.unit), dtype=np.bool_)
    places = coding_axes(snapshot)
    through = np.ones(len(codings), dtype=np.bool_)
    for axis, flags in question.filters.items():
        if axis in places:
            passing &= flags[places[axis]]
        elif named is not None and axis == named.axis:
            through &= np.isin(codings.ids, named.coding_ids[flags[named.place]])
        else:
            raise NotAllowed(message("A table of codes cannot be limited by {name}.", name=axis))
    counting = np.zeros(len(codings), dtype=np.bool_)
    counting[pairs.unit[passing]] = True
    return question.rows[0], counting & through


def chosen_codings(codings: Codings, place: Ints) -> Codings:
    """Return the codings at the given places, in their order."""
    return Codings(
        codings.ids[place], codings.document[place], codings.code[place], codings.coder[place],
        codings.start[place], codings.end[place], codings.stance[place],
    )  # fmt: skip
