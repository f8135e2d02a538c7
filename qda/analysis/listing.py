"""Which codings a list shows: filtered as a matrix filters, in the order of the sources."""

from collections.abc import Iterable
from typing import cast

import numpy as np

from qda.analysis import queries
from qda.analysis.coding_axes import coding_axes
from qda.analysis.dimensions import filters
from qda.analysis.snapshot import prepare_words
from qda.analysis.tables import Snapshot
from qda.analysis.vectors import Flags, Ints, changes
from qda.model.errors import NotFound
from qda.model.ids import CodingId
from qda.model.matrix import MatrixSpec
from qda.model.messages import message
from qda.store.arrays import Connection

QUERY = "query"


def passing_units(
    connection: Connection,
    snapshot: Snapshot,
    where: Iterable[tuple[str, str]] = (),
    codes: frozenset[int] | None = None,
) -> Ints:
    """Return the positions of the codings that pass, in order.

    A coding passes when one of its pairs of participant and case passes all filters; several
    values of one name let all of them through. `query` names a saved query. `codes` are ids of
    codes without those below them, None for all. Raises NotFound or Ambiguous for a filter on
    something that is not there.
    """
    wanted = list(where)
    entities, pairs = snapshot.entities, snapshot.resolution.pairs
    places = coding_axes(snapshot)
    passing = np.ones(len(pairs.unit), dtype=np.bool_)
    plain = [one for one in wanted if one[0] != QUERY]
    for axis, flags in filters(entities, plain, MatrixSpec()).items():
        if axis not in places:
            raise NotFound(
                message("Codings cannot be listed by {name}; choose another filter.", name=axis)
            )
        passing &= flags[places[axis]]
    if codes is not None:
        chosen = [place for place, one in enumerate(entities.codes) if one.id in codes]
        passing &= np.isin(places["code"], chosen)
    for name, value in wanted:
        if name == QUERY:
            passing &= _of_query(connection, snapshot, value)[pairs.unit]
    # The pairs stand by unit, so that alike ones are side by side.
    found = pairs.unit[passing]
    return found[changes(found)]


def passing_ids(snapshot: Snapshot, units: Ints) -> list[CodingId]:
    """Return the ids of the codings at these positions."""
    return cast("list[CodingId]", snapshot.codings.ids[units].tolist())


def _of_query(connection: Connection, snapshot: Snapshot, name: str) -> Flags:
    for saved in snapshot.entities.queries:
        if name in (saved.name, saved.guid):
            if queries.needs_words(saved.query):
                prepare_words(connection, snapshot)
            return queries.flags_of(snapshot, saved.query)
    raise NotFound(message("There is no query {name} any more; choose another.", name=name))
