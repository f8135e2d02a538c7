"""The list of codings with what each resolves to, filtered as the matrix filters."""

from dataclasses import dataclass

import numpy as np

from qda.analysis.dimensions import allowed
from qda.analysis.quotes import quotes_for
from qda.analysis.resolution import ORIGINS, Origin
from qda.app.session import Session
from qda.model.ids import CodingId
from qda.model.matrix import MatrixSpec, Quote


@dataclass(frozen=True, slots=True)
class CodingFilter:
    """Which codings to list: those of `codes` (all without), and `where` as of a matrix."""

    codes: frozenset[int] | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListedCoding:
    """A coding as it is printed; `origin` says where its cases come from."""

    quote: Quote
    origin: Origin


def listed_codings(session: Session, wanted: CodingFilter) -> tuple[ListedCoding, ...]:
    """Return the codings by document and place.

    A coding passes when one of its pairs of participant and case passes all filters. Raises
    NotFound or Ambiguous for a filter on something that is not there.
    """
    snapshot = session.snapshot()
    entities, rows, pairs = snapshot.entities, snapshot.codings, snapshot.resolution.pairs
    places = {
        "case": pairs.case,
        "participant": pairs.participant,
        "document": rows.document[pairs.unit],
        "code": rows.code[pairs.unit],
        "coder": rows.coder[pairs.unit],
        "stance": rows.stance[pairs.unit],
    }
    passing = np.ones(len(pairs.unit), dtype=np.bool_)
    for name, value in wanted.where:
        axis, flags = allowed(entities, name, value, MatrixSpec())
        passing &= flags[places[axis]]
    if wanted.codes is not None:
        chosen = [place for place, one in enumerate(entities.codes) if one.id in wanted.codes]
        passing &= np.isin(places["code"], chosen)
    kept: list[int] = np.unique(pairs.unit[passing]).tolist()
    ids = {CodingId(int(rows.ids[unit])): unit for unit in kept}
    quotes = quotes_for(session.project.connection, snapshot, ids)
    return tuple(
        ListedCoding(quotes[coding], ORIGINS[int(snapshot.resolution.origin[unit])])
        for coding, unit in ids.items()
        if coding in quotes
    )
