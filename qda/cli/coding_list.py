"""The list of codings with what each resolves to, filtered as the matrix filters."""

from dataclasses import dataclass

from qda.analysis.listing import passing_units
from qda.analysis.quotes import quotes_for
from qda.analysis.resolution import ORIGINS, Origin
from qda.app.session import Session
from qda.model.ids import CodingId
from qda.model.matrix import Quote


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
    snapshot, connection = session.snapshot(), session.project.connection
    kept: list[int] = passing_units(connection, snapshot, wanted.where, wanted.codes).tolist()
    ids = {CodingId(int(snapshot.codings.ids[unit])): unit for unit in kept}
    quotes = quotes_for(connection, snapshot, ids)
    return tuple(
        ListedCoding(quotes[coding], ORIGINS[int(snapshot.resolution.origin[unit])])
        for coding, unit in ids.items()
        if coding in quotes
    )
