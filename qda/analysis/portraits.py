"""Where in each document what is coded, and the months of an indicator case by case."""

from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from qda.analysis.code_rows import chosen_codings, code_rows
from qda.analysis.correlation import property_of_cases
from qda.analysis.matrix import ready
from qda.analysis.tables import Codings, Snapshot
from qda.model.errors import NotAllowed
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.model.pictures import Course, Lane, Portrait
from qda.store import variables
from qda.store.arrays import Connection


def portraits(connection: Connection, snapshot: Snapshot, spec: MatrixSpec) -> tuple[Portrait, ...]:
    """Return a portrait of every document that has a coding of the codes, in their order.

    Of `spec` filters, codes and folding count; the lanes are the rows of a table of these codes.
    Segments of one code that overlap are one stretch, but are counted each. Raises what a matrix
    of the same filters raises.
    """
    own = replace(spec, rows=("code",), columns=("code",), cells="documents", percent=None)
    dimension, counting = code_rows(snapshot, own, ready(connection, snapshot, own))
    rows = dimension.index[snapshot.codings.code]
    place = np.flatnonzero(counting & (rows >= 0))
    chosen, row = chosen_codings(snapshot.codings, place), rows[place]
    documents = snapshot.entities.documents
    found: list[Portrait] = []
    with_codings: list[int] = np.unique(chosen.document).tolist()
    for at in with_codings:
        here = chosen.document == at
        length = max(documents[at].characters, 1)
        lanes = tuple(
            Lane(
                entry.name,
                entry.color,
                _stretches(chosen, np.flatnonzero(here & (row == line)).tolist(), length),
                int((here & (row == line)).sum()),
            )
            for line, entry in enumerate(dimension.entries)
        )
        found.append(
            Portrait(documents[at].id, documents[at].name, documents[at].characters, lanes)
        )
    return tuple(found)


def _stretches(
    codings: Codings, places: Iterable[int], length: int
) -> tuple[tuple[float, float], ...]:
    """Return the stretches that segments cover together, as shares of the document."""
    merged: list[tuple[int, int]] = []
    for start, end in sorted((int(codings.start[at]), int(codings.end[at])) for at in places):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return tuple((start / length, end / length) for start, end in merged)


def courses(connection: Connection, snapshot: Snapshot, name: str) -> tuple[Course, ...]:
    """Return the monthly values of an indicator for each case, in the order of the cases.

    Raises NotFound, Ambiguous, or NotAllowed for what has no months.
    """
    variable = property_of_cases(snapshot.entities, name).variable
    if not variable.periodic:
        raise NotAllowed(
            message("{name} has no months; choose an indicator that has.", name=variable.name)
        )
    values: dict[int, list[tuple[str, float]]] = {}
    for subject, month, number in variables.months_of(connection, variable.id):
        values.setdefault(subject, []).append((month, number))
    return tuple(
        Course(case.id, case.name, tuple(values.get(case.id, ())))
        for case in snapshot.entities.cases
    )
