"""What a user does with documents: import, rename, mark as done, remove."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from qda.model.changes import OpResult
from qda.model.entities import Document, DocumentKind
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CaseId, DocumentId, ParticipantId, new_guid
from qda.model.messages import Message, counted, message
from qda.model.reading import ReadDocument
from qda.store import (
    cases,
    codings,
    documents,
    framework,
    history,
    memos,
    participants,
    turns,
    variables,
)
from qda.store.project_file import ProjectFile
from qda.text.normalise import text_hash
from qda.text.words import count_words

IMPORT = message("Import documents")
RENAME = message("Rename a document")
MARK_DONE = message("Mark a document as done")
REMOVE = message("Remove a document")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file: its document, who speaks in it, what to know about it."""

    document: Document
    participants: tuple[str, ...]
    warnings: tuple[Message, ...]


def import_documents(
    project: ProjectFile,
    *,
    coder: str,
    read: Sequence[ReadDocument],
    linked_to: Sequence[CaseId] = (),
    each_linked_to: Sequence[Sequence[CaseId]] = (),
) -> OpResult[tuple[Imported, ...]]:
    """Keep files that were read, with their turns and speakers, all in one step.

    All are linked to `linked_to`; with `each_linked_to`, as long as `read`, each to its own too.
    """
    own = each_linked_to or [()] * len(read)
    for case in {*linked_to, *(case for more in own for case in more)}:
        if cases.by_id(project.connection, case) is None:
            raise NotFound(message("The case is no longer in the project."))
    with project.step(IMPORT, coder) as step:
        imported = tuple(
            _import_one(project, one, (*linked_to, *more))
            for one, more in zip(read, own, strict=True)
        )
    return OpResult(imported, step.changes, step.id)


def _import_one(project: ProjectFile, read: ReadDocument, linked_to: Sequence[CaseId]) -> Imported:
    connection = project.connection
    digest = text_hash(read.text)
    warnings = list(read.warnings)
    twins = documents.with_text(connection, digest)
    if twins:
        warnings.append(
            message("The text is the same as that of {name}, already here.", name=twins[0].name)
        )
    name = free_name(
        read.name.strip() or read.file_name.strip() or "?", documents.names(connection)
    )
    kind: DocumentKind = "interview" if read.turns else "document"
    document = documents.insert(
        connection,
        documents.NewDocument(
            guid=new_guid(),
            name=name,
            kind=kind,
            language=read.language,
            file_name=read.file_name,
            file_type=read.file_type,
            encoding=read.encoding,
            text=read.text,
            text_hash=digest,
            source=read.source,
            source_hash=hashlib.sha256(read.source).hexdigest(),
            words=count_words(read.text),
            created=history.now(),
        ),
    )
    documents.insert_notes(
        connection,
        document,
        ((note.kind, note.start, note.end, note.author, note.text) for note in read.notes),
    )
    speakers = keep_turns(project, document, name, read)
    for case in linked_to:
        cases.link_document(connection, document, case)
    kept = documents.by_id(connection, document)
    assert kept is not None  # noqa: S101 - just inserted
    return Imported(kept, speakers, tuple(warnings))


def keep_turns(
    project: ProjectFile, document: DocumentId, document_name: str, read: ReadDocument
) -> tuple[str, ...]:
    """Keep the turns of a read file and find or add their speakers; return the names."""
    connection = project.connection
    speakers: dict[str, ParticipantId | None] = {}
    names: list[str] = []
    for turn in read.turns:
        if not turn.label.strip():
            speakers[turn.label] = None
        elif turn.label not in speakers:
            speaker, name = _speaker(
                project, turn.label, document_name, interviewer=turn.interviewer
            )
            speakers[turn.label] = speaker
            names.append(name)
    turns.insert_many(
        connection,
        (
            (
                document, number, turn.label_start, turn.start, turn.end, turn.label,
                speakers[turn.label], int(turn.interviewer), turn.time_ms,
            )
            for number, turn in enumerate(read.turns, start=1)
        ),
    )  # fmt: skip
    return tuple(names)


def _speaker(
    project: ProjectFile, label: str, document_name: str, *, interviewer: bool
) -> tuple[ParticipantId, str]:
    """Find or add the participant behind a label.

    The same interviewer asks in many interviews and is one participant. Two informants called
    «Leder» in two interviews are two people until the user says otherwise; one who was announced
    by name before (by a sheet of participants) and has not spoken yet is taken.
    """
    connection = project.connection
    if interviewer:
        for known in participants.find(connection, label):
            if known.interviewer:
                return known.id, known.name
    here = named_in(label, document_name)
    for announced in (here, label):
        known = participants.unspoken(connection, announced)
        if known is not None:
            participants.set_interviewer(connection, known.id, interviewer=interviewer)
            return known.id, known.name
    used = participants.names(connection)
    name = label if label not in used else free_name(here, used)
    return participants.insert(connection, name, interviewer=interviewer), name


def named_in(label: str, document_name: str) -> str:
    """Return what a speaker is called whose label another participant has as a name."""
    return f"{label} ({document_name})"


def free_name(wanted: str, used: frozenset[str]) -> str:
    """Return `wanted`, or with the first free number behind it: a second file `x` is `x (2)`."""
    if wanted not in used:
        return wanted
    number = 2
    while f"{wanted} ({number})" in used:
        number += 1
    return f"{wanted} ({number})"


def rename_document(
    project: ProjectFile, *, coder: str, document: DocumentId, name: str
) -> OpResult[None]:
    """Give a document another name. Raises NotAllowed when it is taken or empty."""
    name = name.strip()
    require_free_name(name, documents.names(project.connection) - {_get(project, document).name})
    with project.step(RENAME, coder) as step:
        documents.rename(project.connection, document, name)
    return OpResult(None, step.changes, step.id)


def require_free_name(name: str, used: frozenset[str]) -> None:
    """Raise NotAllowed where a name is empty or another has it."""
    if not name:
        raise NotAllowed(message("A name cannot be empty; write one."))
    if name in used:
        raise NotAllowed(message("There is already one called {name}; choose another.", name=name))


def mark_done(
    project: ProjectFile, *, coder: str, document: DocumentId, done: bool
) -> OpResult[None]:
    """Mark a document as finished, or as not."""
    _get(project, document)
    with project.step(MARK_DONE, coder) as step:
        documents.set_done(project.connection, document, done=done)
    return OpResult(None, step.changes, step.id)


def remove_document(project: ProjectFile, *, coder: str, document: DocumentId) -> OpResult[int]:
    """Remove a document with its codings, and the speakers only it has; return the codings gone."""
    connection = project.connection
    _get(project, document)
    gone = codings.of_document(connection, document)
    with project.step(REMOVE, coder) as step:
        for speaker in participants.only_in(connection, document):
            variables.clear_subject(connection, "participant", speaker)
            memos.delete_of(connection, "participant", speaker)
            framework.delete_of(connection, "participant", speaker)
            participants.delete(connection, speaker)
        for coding in gone:
            memos.delete_of(connection, "coding", coding.id)
        variables.clear_subject(connection, "document", document)
        memos.delete_of(connection, "document", document)
        documents.delete(connection, document)
    return OpResult(len(gone), step.changes, step.id)


def describe_removal(project: ProjectFile, document: DocumentId) -> Message:
    """Say what goes with a document, for the line that offers to undo."""
    gone = len(codings.of_document(project.connection, document))
    return counted(
        "Removed {name} and {n} coding.",
        "Removed {name} and {n} codings.",
        gone,
        name=_get(project, document).name,
    )


def _get(project: ProjectFile, document: DocumentId) -> Document:
    found = documents.by_id(project.connection, document)
    if found is None:
        raise NotFound(message("The document is no longer in the project."))
    return found
