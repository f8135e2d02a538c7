"""What a user does with the earlier texts of a document: see them, compare them, go back to one."""

from qda.model.changes import OpResult
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import DocumentId
from qda.model.messages import message
from qda.model.texts import TextState
from qda.operations.corrections import (
    CorrectionPlan,
    correct_text,
    existing,
    plan_correction,
)
from qda.store import text_versions
from qda.store.project_file import ProjectFile
from qda.text.comparing import Difference, differences

RESTORE = message("Go back to an earlier text")


def versions(project: ProjectFile, *, document: DocumentId) -> tuple[TextState, ...]:
    """Return the texts that a document had and has, the first one first. Raises NotFound."""
    existing(project, document)
    return text_versions.states(project.connection, document)


def version_text(project: ProjectFile, *, document: DocumentId, number: int) -> str:
    """Return one of the texts of a document. Raises NotFound, NotAllowed where it is not kept."""
    known = versions(project, document=document)
    if not any(one.number == number for one in known):
        raise NotFound(
            message(
                "The document has no text {number}; its texts are 1 to {last}.",
                number=number,
                last=known[-1].number,
            )
        )
    content = text_versions.text(project.connection, document, number)
    if content is None:
        raise NotAllowed(
            message("Text {number} is not kept any longer; choose a later one.", number=number)
        )
    return content


def compare(
    project: ProjectFile, *, document: DocumentId, number: int, other: int | None = None
) -> tuple[Difference, ...]:
    """Return what differs between a text of a document and another, or the one it has now.

    Raises NotFound, NotAllowed.
    """
    old = version_text(project, document=document, number=number)
    if other is None:
        other = versions(project, document=document)[-1].number
    return differences(old, version_text(project, document=document, number=other))


def plan_restore(project: ProjectFile, *, document: DocumentId, number: int) -> CorrectionPlan:
    """Say what going back to an earlier text would do. Raises NotFound, NotAllowed."""
    content = version_text(project, document=document, number=number)
    return plan_correction(project, document=document, edits=content)


def restore_text(
    project: ProjectFile,
    *,
    coder: str,
    document: DocumentId,
    number: int,
    drop_lost: bool = False,
) -> OpResult[CorrectionPlan]:
    """Go back to an earlier text, as a correction: what is anchored in it follows.

    Raises NotFound, and NotAllowed where the text is not kept, or where codings would be lost
    without `drop_lost`.
    """
    content = version_text(project, document=document, number=number)
    return correct_text(
        project,
        coder=coder,
        document=document,
        edits=content,
        drop_lost=drop_lost,
        called=RESTORE,
    )
