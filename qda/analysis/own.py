"""What one coder has coded and found, apart from the others: for who codes blind."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from qda.analysis.tables import Snapshot
from qda.model.ids import CoderId, CodingId
from qda.model.judgements import Claim
from qda.model.quotes import PickedQuote


def codings_by(snapshot: Snapshot, coder: CoderId) -> frozenset[CodingId]:
    """Return the codings of one coder."""
    place = next((at for at, one in enumerate(snapshot.entities.coders) if one.id == coder), -2)
    own: list[int] = snapshot.codings.ids[snapshot.codings.coder == place].tolist()
    return frozenset(CodingId(one) for one in own)


def claims_by(claims: Iterable[Claim], coder: CoderId, own: Collection[CodingId]) -> list[Claim]:
    """Return the claims of one coder, each with the evidence that is `own` alone."""
    return [
        replace(one, evidence=tuple(part for part in one.evidence if part.coding in own))
        for one in claims
        if one.coder == coder
    ]


def picked_of(picked: Iterable[PickedQuote], own: Collection[CodingId]) -> list[PickedQuote]:
    """Return the picked quotes whose segments are `own`."""
    return [one for one in picked if one.coding in own]
