"""What a user does with documents: import, rename, mark as done, remove."""

from qda.model.changes import OpResult
from qda.model.entities import Document
from qda.model.errors import NotFound
from qda.model.ids import DocumentId
from qda.model.messages import Message, counted, message
from qda.operations.document_import import Imported, import_documents, keep_turns
from qda.operations.naming import free_name, named_in, require_free_name
from qda.store import codings, documents, framework, memos, participants, variables
from qda.store.project_file import ProjectFile

__all__ = [
    "Imported", "describe_removal", "free_name", "import_documents", "keep_turns", "mark_done",
    "named_in", "remove_document", "rename_document", "require_free_name",
]  # fmt: skip

RENAME = message("Rename a document")
MARK_DONE = message("Mark a document as done")
REMOVE = message("Remove a document")


def rename_document(
    project: ProjectFile, *, coder: str, document: DocumentId, name: str
) -> OpResult[None]:
    """Give a document another name. Raises NotAllowed when it is taken or empty."""
    name = name.strip()
    require_free_name(name, documents.names(project.connection) - {_get(project, document).name})
    with project.step(RENAME, coder) as step:
        documents.rename(project.connection, document, name)
    return OpResult(None, step.changes, step.id)


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
        memos.delete_of_codings(connection, (coding.id for coding in gone))
        variables.clear_subject(connection, "document", document)
        memos.delete_of(connection, "document", document)
        documents.delete(connection, document)
    return OpResult(len(gone), step.changes, step.id)


def describe_removal(project: ProjectFile, document: DocumentId) -> Message:
    """Say what goes with a document, for the line that offers to undo."""
    gone = codings.count(project.connection, document)
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
