"""Whom a coding belongs to: the one place that decides.

Participants: a coding belongs to every informant whose turn (name included) it touches; to the
interviewer only when it touches no informant's turn. A turn that nobody is named for has no
participant. Cases: the links on the coding itself; else all cases of those participants; else
those of the document. One coding may belong to several cases.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

from qda.analysis.tables import (
    CaseLinks,
    Codings,
    Entities,
    Material,
    OwnLinks,
    Pairs,
    Resolution,
    Snapshot,
    Turns,
)
from qda.analysis.vectors import (
    Flags,
    Ints,
    contains,
    no_ints,
    sorted_unique,
    unique_pairs,
)
from qda.model.errors import NotFound
from qda.model.ids import CaseId, CodingId, ParticipantId
from qda.model.messages import message
from qda.text.ranges import expand

Origin = Literal["coding", "speaker", "document", "none"]
ORIGINS: tuple[Origin, ...] = ("coding", "speaker", "document", "none")
_OWN, _SPEAKER, _DOCUMENT, _NONE = range(4)
_SHIFT = 32
"""Document and offset in one number, so that one search serves all documents."""


@dataclass(frozen=True, slots=True)
class Resolved:
    """The participants and cases of one coding and where the cases come from."""

    participants: tuple[ParticipantId, ...]
    cases: tuple[CaseId, ...]
    origin: Origin


def resolve(
    codings: Codings,
    turns: Turns,
    participant_cases: CaseLinks,
    document_cases: CaseLinks,
    own_links: OwnLinks,
) -> Resolution:
    """Resolve all of `codings`; the units of the pairs are their positions in it."""
    people = _speakers(codings, turns)
    own = _own_cases(codings, own_links)
    return _resolution(codings.document, people, own, participant_cases, document_cases)


def resolve_one(snapshot: Snapshot, coding: CodingId) -> Resolved:
    """Return what one coding of the snapshot resolves to. Raises NotFound."""
    found = np.flatnonzero(snapshot.codings.ids == coding)
    if not len(found):
        raise NotFound(message("This segment is no longer there."))
    return resolved_at(snapshot.entities, snapshot.resolution, int(found[0]))


def resolved_at(entities: Entities, resolution: Resolution, place: int) -> Resolved:
    """Return what the coding at a place of those that were resolved belongs to."""
    pairs = resolution.pairs
    low, high = np.searchsorted(pairs.unit, (place, place + 1))
    people = sorted({int(one) for one in pairs.participant[low:high] if one >= 0})
    cases = sorted({int(one) for one in pairs.case[low:high] if one >= 0})
    return Resolved(
        tuple(entities.participants[one].id for one in people),
        tuple(entities.cases[one].id for one in cases),
        ORIGINS[int(resolution.origin[place])],
    )


def touched_turns(codings: Codings, turns: Turns) -> tuple[Ints, Ints]:
    """Return the pairs (coding, turn) where a coding touches a turn from its label on."""
    if not len(turns) or not len(codings):
        return no_ints(), no_ints()
    label = (turns.document << _SHIFT) | turns.label_start
    # Turns should not overlap; where they do, the reach of the earlier ones bounds the search.
    reach = np.maximum.accumulate((turns.document << _SHIFT) | turns.end)
    low = np.searchsorted(reach, (codings.document << _SHIFT) | codings.start, side="right")
    high = np.searchsorted(label, (codings.document << _SHIFT) | codings.end, side="left")
    coding, turn = expand(low.astype(np.int64), high.astype(np.int64))
    touched = turns.end[turn] > codings.start[coding]
    return coding[touched], turn[touched]


def material_of(
    turns: Turns,
    characters: Ints,
    participant_cases: CaseLinks,
    document_cases: CaseLinks,
) -> Material:
    """Return what could be coded: `characters` has the length of every document.

    Turns belong to cases as codings do: by their speaker, else by their document.
    """
    documents = np.arange(len(characters), dtype=np.int64)
    said = turns.interviewer == 0
    unspoken = ~contains(sorted_unique(turns.document), documents)
    linked = documents[np.diff(document_cases.offsets) > 0]
    others = np.concatenate((documents[unspoken], linked))
    document = np.concatenate((turns.document[said], others))
    # By document, so that a document's words are looked up in one go.
    order = np.argsort(document, kind="stable")
    document = document[order]
    nothing = np.zeros(len(others), dtype=np.int64)
    speaker = np.concatenate((turns.participant[said], np.full_like(nothing, -1)))[order]
    ends = np.concatenate((turns.end[said], characters[unspoken], np.zeros_like(linked)))
    known = np.flatnonzero(speaker >= 0)
    resolved = _resolution(
        document, (known, speaker[known]), (no_ints(), no_ints()), participant_cases, document_cases
    )
    starts = np.concatenate((turns.start[said], nothing))
    return Material(document, starts[order], ends[order], resolved.pairs)


def _speakers(codings: Codings, turns: Turns) -> tuple[Ints, Ints]:
    """Return the distinct pairs (coding, participant), sorted."""
    coding, turn = touched_turns(codings, turns)
    informant = turns.interviewer[turn] == 0
    answered = np.zeros(len(codings), dtype=np.bool_)
    answered[coding[informant]] = True
    participant = turns.participant[turn]
    counts = (informant | ~answered[coding]) & (participant >= 0)
    most = int(participant.max()) + 1 if len(participant) else 0
    return unique_pairs(coding[counts], participant[counts], most)


def _own_cases(codings: Codings, own_links: OwnLinks) -> tuple[Ints, Ints]:
    """Return the distinct pairs (coding, case) of codings' own links."""
    if not len(own_links.ids) or not len(codings):
        return no_ints(), no_ints()
    order = np.argsort(codings.ids, kind="stable")
    sorted_ids = codings.ids[order]
    here = contains(sorted_ids, own_links.coding_ids)
    coding = order[np.searchsorted(sorted_ids, own_links.coding_ids[here])]
    case = own_links.case[here]
    return unique_pairs(coding, case, int(case.max()) + 1 if len(case) else 0)


def _linked(links: CaseLinks, owners: Ints, subjects: Ints) -> tuple[Ints, Ints]:
    """Return the pairs (owner, case) that the owners' subjects are linked to."""
    place, link = expand(links.offsets[subjects], links.offsets[subjects + 1])
    return owners[place], links.targets[link]


def _resolution(
    documents: Ints,
    people: tuple[Ints, Ints],
    own: tuple[Ints, Ints],
    participant_cases: CaseLinks,
    document_cases: CaseLinks,
) -> Resolution:
    """Choose the cases of each unit and pair them with its participants."""
    count = len(documents)
    origin = np.full(count, _NONE, dtype=np.int64)
    width = 1 + max(
        (int(part.max()) for part in (own[1], participant_cases.targets, document_cases.targets)
         if len(part)),
        default=0,
    )  # fmt: skip
    origin[own[0]] = _OWN
    open_person = origin[people[0]] == _NONE
    spoken = _linked(participant_cases, people[0][open_person], people[1][open_person])
    origin[spoken[0]] = _SPEAKER
    open_units = np.flatnonzero(origin == _NONE)
    written = _linked(document_cases, open_units, documents[open_units])
    origin[written[0]] = _DOCUMENT
    unit, case = unique_pairs(
        np.concatenate((own[0], spoken[0], written[0])),
        np.concatenate((own[1], spoken[1], written[1])),
        width,
    )
    return Resolution(_paired(count, people, (unit, case), participant_cases), origin)


def _paired(
    count: int, people: tuple[Ints, Ints], cases: tuple[Ints, Ints], own: CaseLinks
) -> Pairs:
    """Pair each unit's participants with its cases; see `_kept` for which belong together."""
    people = _with_nobody(count, people)
    cases = _with_nobody(count, cases)
    case_offsets = np.searchsorted(cases[0], np.arange(count + 1))
    person_row, case_row = expand(case_offsets[people[0]], case_offsets[people[0] + 1])
    unit, participant, case = people[0][person_row], people[1][person_row], cases[1][case_row]
    several = (np.bincount(people[0], minlength=count) > 1) & (
        np.bincount(cases[0], minlength=count) > 1
    )
    doubtful = several[unit]
    if doubtful.any():
        kept = np.ones(len(unit), dtype=np.bool_)
        kept[doubtful] = _kept(
            person_row[doubtful], case_row[doubtful], participant[doubtful], case[doubtful], own
        )
        unit, participant, case = unit[kept], participant[kept], case[kept]
    return Pairs(unit, participant, case)


def _kept(person_row: Ints, case_row: Ints, participant: Ints, case: Ints, own: CaseLinks) -> Flags:
    """Keep a participant with their own cases; with all where none of these is theirs.

    A case that is nobody's own stays with every participant, so that no case is lost.
    """
    width = int(max(case.max(), own.targets.max() if len(own.targets) else 0)) + 1
    subjects = np.repeat(np.arange(len(own.offsets) - 1), np.diff(own.offsets))
    theirs = contains(np.sort(subjects * width + own.targets), participant * width + case)
    has_own = np.zeros(int(person_row.max()) + 1, dtype=np.bool_)
    has_own[person_row[theirs]] = True
    kept = theirs | ~has_own[person_row]
    covered = np.zeros(int(case_row.max()) + 1, dtype=np.bool_)
    covered[case_row[kept]] = True
    return kept | ~covered[case_row]


def _with_nobody(count: int, pairs: tuple[Ints, Ints]) -> tuple[Ints, Ints]:
    """Give every unit without a partner the partner -1, sorted by unit."""
    has = np.zeros(count, dtype=np.bool_)
    has[pairs[0]] = True
    if has.all():
        return pairs
    missing = np.flatnonzero(~has)
    units = np.concatenate((pairs[0], missing))
    partners = np.concatenate((pairs[1], np.full(len(missing), -1, dtype=np.int64)))
    order = np.argsort(units, kind="stable")
    return units[order], partners[order]
