"""What a user does with participants: correct who speaks, give them attributes, join two."""

from collections.abc import Sequence
from dataclasses import dataclass

from qda.model.changes import OpResult
from qda.model.entities import Document, Participant, Thing
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CaseId, ParticipantId, TurnId
from qda.model.messages import message
from qda.operations.documents import free_name, named_in, require_free_name
from qda.operations.import_reports import keep_report
from qda.operations.variables import TypedTable, table_report, write_values
from qda.store import (
    cases,
    framework,
    lookup,
    memo_links,
    memos,
    participants,
    turns,
    variables,
)
from qda.store.project_file import ProjectFile

RENAME = message("Rename a participant")
SET_INTERVIEWER = message("Say who interviews")
ASSIGN = message("Say who speaks")
JOIN = message("Join two participants")
IMPORT = message("Import participants")
ADD = message("Add a participant")
REMOVE = message("Remove a participant")
LINK = message("Link a participant to a case")


@dataclass(frozen=True, slots=True)
class ParticipantRow:
    """A row of a sheet of participants; `document` is empty where the sheet does not say."""

    document: str
    name: str


def import_participants(
    project: ProjectFile,
    *,
    coder: str,
    rows: Sequence[ParticipantRow],
    attributes: TypedTable,
    source: str = "",
) -> OpResult[int]:
    """Find or add the participants of a sheet and give them its attributes, row by row.

    With a document, the row is the speaker of that label there; without one, the participant of
    that name. A person not there yet is added. The project keeps a report on `source`, where that
    is given. Raises NotFound for a document that is not there
    and Ambiguous for a name that several speakers have.
    """
    connection = project.connection
    with project.step(IMPORT, coder) as step:
        before = len(participants.names(connection))
        subjects: list[int] = []
        for row in rows:
            document = lookup.document(connection, row.document) if row.document else None
            subjects.append(_find_or_add(project, row.name, document))
        write_values(project, "participant", subjects, attributes)
        if source:
            known = len(subjects) - (len(participants.names(connection)) - before)
            report = table_report("participants", source, attributes, known=known)
            keep_report(project, report, coder)
    return OpResult(len(subjects), step.changes, step.id)


def _find_or_add(project: ProjectFile, name: str, document: Document | None) -> ParticipantId:
    connection = project.connection
    name = name.strip()
    require_free_name(name, frozenset())
    if document is None:
        try:
            return lookup.participant(connection, name).id
        except NotFound:
            return participants.insert(connection, name, interviewer=False)
    # A «Leder» who speaks in another document is another person.
    there = participants.in_document_called(connection, document.id, name)
    if len(there) > 1:
        return lookup.participant(connection, name, document.id).id
    here = named_in(name, document.name)
    waiting = participants.unspoken(connection, here) or participants.unspoken(connection, name)
    known = next(iter(there), waiting)
    if known is not None:
        return known.id
    used = participants.names(connection)
    new = name if name not in used else free_name(here, used)
    return participants.insert(connection, new, interviewer=False)


def add_participant(project: ProjectFile, *, coder: str, name: str) -> OpResult[ParticipantId]:
    """Add somebody who does not speak yet."""
    name = name.strip()
    require_free_name(name, participants.names(project.connection))
    with project.step(ADD, coder) as step:
        added = participants.insert(project.connection, name, interviewer=False)
    return OpResult(added, step.changes, step.id)


def rename_participant(
    project: ProjectFile, *, coder: str, participant: ParticipantId, name: str
) -> OpResult[None]:
    """Give a participant another name. Raises NotAllowed when it is taken or empty."""
    name = name.strip()
    old = _get(project, participant)
    require_free_name(name, participants.names(project.connection) - {old.name})
    with project.step(RENAME, coder) as step:
        participants.rename(project.connection, participant, name)
    return OpResult(None, step.changes, step.id)


def set_interviewer(
    project: ProjectFile, *, coder: str, participant: ParticipantId, interviewer: bool
) -> OpResult[None]:
    """Say whether a participant asks or answers, in all their turns."""
    _get(project, participant)
    with project.step(SET_INTERVIEWER, coder) as step:
        participants.set_interviewer(project.connection, participant, interviewer=interviewer)
    return OpResult(None, step.changes, step.id)


def assign_turns(
    project: ProjectFile,
    *,
    coder: str,
    turn_ids: Sequence[TurnId],
    participant: ParticipantId | None,
) -> OpResult[None]:
    """Say who speaks in the given turns; None for nobody."""
    interviewer = participant is not None and _get(project, participant).interviewer
    with project.step(ASSIGN, coder) as step:
        turns.assign(project.connection, turn_ids, participant, interviewer=interviewer)
    return OpResult(None, step.changes, step.id)


def join_participants(
    project: ProjectFile, *, coder: str, keep: ParticipantId, other: ParticipantId
) -> OpResult[None]:
    """Make two participants one: the same person who speaks in two documents.

    Attributes and offices of `keep` stand; those that only `other` has are taken over, and so are
    the memos.
    """
    connection = project.connection
    if keep == other:
        raise NotAllowed(message("These are the same participant already; choose another."))
    kept = _get(project, keep)
    _get(project, other)
    with project.step(JOIN, coder) as step:
        turns.reassign(connection, other, keep)
        participants.set_interviewer(connection, keep, interviewer=kept.interviewer)
        for case in cases.of_participant(connection, other):
            cases.link_participant(connection, keep, case)
        own = {
            (value.variable, value.period)
            for value in variables.of_one(connection, "participant", keep)
        }
        variables.set_many(
            connection,
            (
                (value.variable, keep, value.period, value.value)
                for value in variables.of_one(connection, "participant", other)
                if (value.variable, value.period) not in own
            ),
        )
        variables.clear_subject(connection, "participant", other)
        memos.move(connection, "participant", other, keep)
        memo_links.move(connection, Thing("participant", other), Thing("participant", keep))
        framework.move_subject(connection, "participant", other, keep)
        framework.delete_of(connection, "participant", other)
        participants.delete(connection, other)
    return OpResult(None, step.changes, step.id)


def remove_participant(
    project: ProjectFile, *, coder: str, participant: ParticipantId
) -> OpResult[None]:
    """Remove a participant; the turns stay, spoken by nobody."""
    _get(project, participant)
    with project.step(REMOVE, coder) as step:
        variables.clear_subject(project.connection, "participant", participant)
        memos.delete_of(project.connection, "participant", participant)
        framework.delete_of(project.connection, "participant", participant)
        participants.delete(project.connection, participant)
    return OpResult(None, step.changes, step.id)


def link_participant(
    project: ProjectFile,
    *,
    coder: str,
    participant: ParticipantId,
    case: CaseId,
    linked: bool = True,
) -> OpResult[None]:
    """Link a participant to a case, or take the link away."""
    _get(project, participant)
    if cases.by_id(project.connection, case) is None:
        raise NotFound(message("The case is no longer in the project."))
    with project.step(LINK, coder) as step:
        if linked:
            cases.link_participant(project.connection, participant, case)
        else:
            cases.unlink_participant(project.connection, participant, case)
    return OpResult(None, step.changes, step.id)


def _get(project: ProjectFile, participant: ParticipantId) -> Participant:
    found = participants.by_id(project.connection, participant)
    if found is None:
        raise NotFound(message("The participant is no longer in the project."))
    return found
