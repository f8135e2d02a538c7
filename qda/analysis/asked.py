"""What interview guides say of cells: asked about, with nothing said, or not asked about.

The one place that derives a framework cell's status from what was asked. A cell was asked about
where a question on its code was asked in a document of its case; "asked, nothing said" is said of
a document that somebody has read (it is marked as done, or something in it is coded), and "not
asked" where every interview of the case was gone through by a guide and none has the question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from qda.analysis.tables import Entities, Snapshot
from qda.analysis.vectors import sorted_unique
from qda.model.ids import CodeId, DocumentId, QuestionId
from qda.model.judgements import CellStatus
from qda.store import guides
from qda.store.arrays import Connection

Key = tuple[int, int]
"""Ids of the case (or participant) and of the code of a cell."""


@dataclass(frozen=True, slots=True)
class _Interviews:
    """What is known of documents, as positions in the snapshot."""

    asked: Mapping[QuestionId, frozenset[int]]
    matched: frozenset[int]
    interviews: frozenset[int]
    read: frozenset[int]


def asked_statuses(
    connection: Connection, snapshot: Snapshot, subject: str, *, folded: bool
) -> dict[Key, CellStatus]:
    """Return the status of cells without codings, by subject and code, as far as guides tell.

    `folded` lets a code be asked about by the questions on the codes below it.
    """
    on_codes = _questions_on_codes(connection, snapshot.entities, folded=folded)
    if not on_codes:
        return {}
    known = _interviews(connection, snapshot)
    asked_in = {
        code: frozenset[int]().union(*(known.asked.get(one, ()) for one in questions))
        for code, questions in on_codes.items()
    }
    found: dict[Key, CellStatus] = {}
    for one, documents in _documents_of(snapshot, subject).items():
        interviews = documents & known.interviews
        gone_through = bool(interviews) and interviews <= known.matched
        read = documents & known.read
        for code, asked in asked_in.items():
            if not documents.isdisjoint(asked):
                if not read.isdisjoint(asked):
                    found[one, code] = "asked-nothing-said"
            elif gone_through:
                found[one, code] = "not-asked"
    return found


def _questions_on_codes(
    connection: Connection, entities: Entities, *, folded: bool
) -> dict[CodeId, frozenset[QuestionId]]:
    own: dict[CodeId, set[QuestionId]] = {}
    for one in guides.code_links(connection):
        own.setdefault(one.code, set()).add(one.question)
    if folded:
        above = {one.id: one.parent for one in entities.codes}
        for code, questions in list(own.items()):
            at = above.get(code)
            while at is not None:
                own.setdefault(at, set()).update(questions)
                at = above.get(at)
    return {code: frozenset(questions) for code, questions in own.items()}


def _interviews(connection: Connection, snapshot: Snapshot) -> _Interviews:
    documents, turns = snapshot.entities.documents, snapshot.turns
    places = {one.id: place for place, one in enumerate(documents)}
    asked: dict[QuestionId, set[int]] = {}
    for question, document in guides.asked(connection):
        if document in places:
            asked.setdefault(question, set()).add(places[document])
    asking = np.flatnonzero(np.bincount(turns.document, weights=turns.interviewer == 1))
    coded = np.flatnonzero(np.bincount(snapshot.codings.document))
    return _Interviews(
        {question: frozenset(some) for question, some in asked.items()},
        _placed(guides.matched_documents(connection), places),
        frozenset(asking.tolist()),
        frozenset(coded.tolist()) | {place for place, one in enumerate(documents) if one.done},
    )


def _placed(documents: Iterable[DocumentId], places: Mapping[DocumentId, int]) -> frozenset[int]:
    return frozenset(places[one] for one in documents if one in places)


def _documents_of(snapshot: Snapshot, subject: str) -> dict[int, frozenset[int]]:
    """Return the documents of each case or participant, resolved as what could be coded is."""
    material, entities = snapshot.material, snapshot.entities
    things = entities.cases if subject == "case" else entities.participants
    of = material.pairs.case if subject == "case" else material.pairs.participant
    documents = material.document[material.pairs.unit]
    # All in one go, so that a thousand participants take no longer than one.
    wide = len(entities.documents) + 1
    pairs = sorted_unique((of * wide + documents)[of >= 0])
    borders = np.searchsorted(pairs, np.arange(len(things) + 1) * wide).tolist()
    documents = pairs % wide
    return {
        thing.id: frozenset(documents[borders[place] : borders[place + 1]].tolist())
        for place, thing in enumerate(things)
    }
