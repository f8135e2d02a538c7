"""The list of codings with what each resolves to, filtered as the matrix filters."""

from dataclasses import dataclass

import numpy as np

from qda.analysis.dimensions import allowed
from qda.analysis.resolution import ORIGINS, Origin
from qda.app.session import Session
from qda.model.entities import STANCES, Stance
from qda.model.ids import Guid
from qda.model.matrix import MatrixSpec
from qda.store import arrays, codes


@dataclass(frozen=True, slots=True)
class CodingFilter:
    """Which codings to list: those of `codes` (all without), and `where` as of a matrix."""

    codes: frozenset[int] | None = None
    where: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ListedCoding:
    """A coding with names in place of identifiers; `origin` says where the cases come from."""

    guid: Guid
    document: str
    code: str
    coder: str
    start: int
    end: int
    quote: str
    participants: tuple[str, ...]
    cases: tuple[str, ...]
    origin: Origin
    stance: Stance | None
    value: str
    memo: str


def listed_codings(session: Session, wanted: CodingFilter) -> tuple[ListedCoding, ...]:
    """Return the codings by document and place.

    A coding passes when one of its pairs of participant and case passes all filters. Raises
    NotFound or Ambiguous for a filter on something that is not there.
    """
    connection, snapshot = session.project.connection, session.snapshot()
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
    kept = {int(unit): (set[int](), set[int]()) for unit in np.unique(pairs.unit[passing])}
    for unit, participant, case in zip(
        pairs.unit.tolist(), pairs.participant.tolist(), pairs.case.tolist(), strict=True
    ):
        if unit in kept:
            kept[unit][0].add(participant)
            kept[unit][1].add(case)
    paths = codes.path_texts(entities.codes)
    said = {row[0]: row for row in arrays.quotes(connection, (int(rows.ids[one]) for one in kept))}
    found: list[ListedCoding] = []
    for unit, (participants, cases) in kept.items():
        _id, guid, quote, value, memo = said[int(rows.ids[unit])]
        stance = int(rows.stance[unit])
        found.append(
            ListedCoding(
                guid=Guid(guid),
                document=entities.documents[int(rows.document[unit])].name,
                code=paths[entities.codes[int(rows.code[unit])].id],
                coder=entities.coders[int(rows.coder[unit])].name,
                start=int(rows.start[unit]),
                end=int(rows.end[unit]),
                quote=quote,
                participants=tuple(
                    entities.participants[one].name for one in sorted(participants) if one >= 0
                ),
                cases=tuple(entities.cases[one].name for one in sorted(cases) if one >= 0),
                origin=ORIGINS[int(snapshot.resolution.origin[unit])],
                stance=STANCES[stance] if stance >= 0 else None,
                value=value,
                memo=memo,
            )
        )
    return tuple(found)
