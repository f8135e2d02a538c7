"""What a user does with recordings: link one to a transcript, move it, let it fit, let it go.

The file itself is never copied and never changed.
"""

from dataclasses import replace
from pathlib import Path

from qda.formats.recordings import kept_path, locate
from qda.formats.sound_files import describe
from qda.model.changes import OpResult
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import DocumentId, new_guid
from qda.model.messages import message
from qda.model.texts import Recording
from qda.operations.corrections import existing
from qda.store import recordings
from qda.store.project_file import ProjectFile

LINK = message("Link a recording")
UNLINK = message("Unlink a recording")
RELINK = message("Find a recording again")
SHIFT = message("Fit a recording to its transcript")
MOST_SHIFT = 24 * 3_600_000


def link_recording(
    project: ProjectFile, *, coder: str, document: DocumentId, file: Path, offset_ms: int = 0
) -> OpResult[Recording]:
    """Link a file to a document, in place of the one that was linked before.

    `offset_ms` says how much later things are in the recording than in the transcript. Raises
    NotFound for a document that is gone, FileProblem for what is no recording, NotAllowed for
    more than a day.
    """
    existing(project, document)
    _check_shift(offset_ms)
    described = describe(file)
    path = kept_path(file, project.path)
    connection = project.connection
    guid = new_guid()
    with project.step(LINK, coder) as step:
        recordings.delete_of(connection, document)
        made = recordings.insert(connection, guid, document, path, described, offset_ms)
    linked = Recording(made, guid, document, path, described, offset_ms)
    return OpResult(linked, step.changes, step.id)


def relink_recording(
    project: ProjectFile, *, coder: str, document: DocumentId, file: Path
) -> OpResult[Recording]:
    """Say where the recording of a document is now; how it fits the transcript stays.

    Raises NotFound where none is linked, FileProblem for what is no recording.
    """
    old = linked_to(project, document)
    described = describe(file)
    path = kept_path(file, project.path)
    with project.step(RELINK, coder) as step:
        recordings.move(project.connection, old.id, path, described)
    return OpResult(replace(old, path=path, file=described), step.changes, step.id)


def unlink_recording(
    project: ProjectFile, *, coder: str, document: DocumentId
) -> OpResult[Recording]:
    """Let the recording of a document go; the file stays where it is. Raises NotFound."""
    old = linked_to(project, document)
    with project.step(UNLINK, coder) as step:
        recordings.delete_of(project.connection, document)
    return OpResult(old, step.changes, step.id)


def shift_recording(
    project: ProjectFile, *, coder: str, document: DocumentId, offset_ms: int
) -> OpResult[Recording]:
    """Say how many milliseconds later things are in the recording than in the transcript.

    Raises NotFound where none is linked, NotAllowed for more than a day.
    """
    old = linked_to(project, document)
    _check_shift(offset_ms)
    with project.step(SHIFT, coder) as step:
        recordings.shift(project.connection, old.id, offset_ms)
    return OpResult(replace(old, offset_ms=offset_ms), step.changes, step.id)


def _check_shift(offset_ms: int) -> None:
    if abs(offset_ms) > MOST_SHIFT:
        raise NotAllowed(
            message("The recording and its transcript cannot be more than a day apart.")
        )


def linked_to(project: ProjectFile, document: DocumentId) -> Recording:
    """Return the recording of a document. Raises NotFound."""
    name = existing(project, document).name
    found = recordings.of_document(project.connection, document)
    if found is None:
        raise NotFound(message("No recording is linked to {name}.", name=name))
    return found


def find_file(project: ProjectFile, recording: Recording) -> Path | None:
    """Return where a recording is now; None where it has to be asked for."""
    others = recordings.all_recordings(project.connection)
    return locate(recording, project.path, others)
