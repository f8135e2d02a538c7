"""The documents in which a case or a participant has its say, and whose words a passage is."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from qda.analysis.speech import Stretches, belongings
from qda.analysis.tables import Pairs, Snapshot
from qda.analysis.vectors import Ints
from qda.model.ids import CaseId, CoderId, CodingId, DocumentId
from qda.model.judgements import CellSubject


@dataclass(frozen=True, slots=True)
class CellSource:
    """A document of a cell, with the codings of the cell that stand in it, in reading order."""

    document: DocumentId
    name: str
    passages: tuple[CodingId, ...] = ()


def sources_of(
    snapshot: Snapshot,
    subject: CellSubject,
    number: int,
    codings: Iterable[CodingId] = (),
    only: CoderId | None = None,
) -> tuple[CellSource, ...]:
    """Return the documents of a case or a participant, those with any of `codings` first.

    A document counts where the subject has material in it or a coding concerns it; with `only`,
    a coding of that coder. What stands in a document of nobody's is in it all the same.
    """
    rows, entities = snapshot.codings, snapshot.entities
    people = entities.cases if subject == "case" else entities.participants
    # -1 stands for nobody in the pairs: who is not there has nothing.
    place = next((at for at, one in enumerate(people) if one.id == number), -2)
    said = snapshot.material.document[_units(snapshot.material.pairs, subject, place)]
    coded = _units(snapshot.resolution.pairs, subject, place)
    if only is not None:
        coder = next((at for at, one in enumerate(entities.coders) if one.id == only), -2)
        coded = coded[rows.coder[coded] == coder]
    wanted = {int(one) for one in codings}
    held: dict[int, list[CodingId]] = {}
    if wanted:
        # Codings are by document and place already.
        here = np.flatnonzero(np.isin(rows.ids, list(wanted)))
        for document, coding in zip(
            rows.document[here].tolist(), rows.ids[here].tolist(), strict=True
        ):
            held.setdefault(document, []).append(CodingId(coding))
    everything = {*said.tolist(), *rows.document[coded].tolist(), *held}
    return tuple(
        CellSource(entities.documents[at].id, entities.documents[at].name, tuple(held.get(at, ())))
        for at in sorted(everything, key=lambda one: (one not in held, one))
    )


def _units(pairs: Pairs, subject: CellSubject, place: int) -> Ints:
    return pairs.unit[(pairs.case if subject == "case" else pairs.participant) == place]


def links_for(
    snapshot: Snapshot, document: DocumentId, span: tuple[int, int], case: CaseId
) -> tuple[CaseId, ...]:
    """Return the cases that a coding at `span` has to be linked with to count in `case`.

    That is none where it counts there anyway; else `case` beside those it counts in.
    """
    entities = snapshot.entities
    at = next((at for at, one in enumerate(entities.documents) if one.id == document), None)
    if at is None:
        return ()
    one = Stretches(*(np.array([part], dtype=np.int64) for part in (at, *span)))
    found: list[int] = np.unique(belongings(snapshot, one).case).tolist()
    cases = tuple(entities.cases[place].id for place in found if place >= 0)
    return () if case in cases else (*cases, case)
