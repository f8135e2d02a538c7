"""What one coder has coded and found, apart from the others: for who codes blind."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from qda.analysis.resolution import resolve
from qda.analysis.tables import Codings, Snapshot
from qda.model.ids import CoderId, CodingId
from qda.model.judgements import Claim, Judgement
from qda.model.quotes import PickedQuote


def codings_by(snapshot: Snapshot, coder: CoderId) -> frozenset[CodingId]:
    """Return the codings of one coder."""
    place = next((at for at, one in enumerate(snapshot.entities.coders) if one.id == coder), -2)
    own: list[int] = snapshot.codings.ids[snapshot.codings.coder == place].tolist()
    return frozenset(CodingId(one) for one in own)


def seen_by(snapshot: Snapshot, coder: CoderId) -> Snapshot:
    """Return the project as one coder alone coded it; the codings of others are not there."""
    place = next((at for at, one in enumerate(snapshot.entities.coders) if one.id == coder), -2)
    rows = snapshot.codings
    kept = rows.coder == place
    codings = Codings(
        rows.ids[kept], rows.document[kept], rows.code[kept], rows.coder[kept], rows.start[kept],
        rows.end[kept], rows.stance[kept],
    )  # fmt: skip
    links = (snapshot.participant_cases, snapshot.document_cases)
    resolution = resolve(codings, snapshot.turns, *links, snapshot.own_links)
    return replace(snapshot, codings=codings, resolution=resolution, word_ranges=[])


def judged_by(given: Iterable[Judgement], coder: CoderId) -> list[Judgement]:
    """Return the judgements of one coder; what several settled on is not theirs alone."""
    return [one for one in given if one.coder == coder and not one.settled]


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
