"""Recordings are linked, moved, fitted and let go, each in one step that can be undone."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qda.model.errors import FileProblem, NotAllowed, NotFound
from qda.model.ids import DocumentId
from qda.model.reading import ReadDocument
from qda.operations import documents as document_verbs
from qda.operations import recordings
from qda.store import history, project_file
from qda.store import recordings as rows
from qda.store.project_file import ProjectFile

Make = Callable[..., Path]


@pytest.fixture
def project(tmp_path: Path) -> Iterator[ProjectFile]:
    made = project_file.create(tmp_path / "p.qdaproj", coder="Kari")
    yield made
    made.close()


@pytest.fixture
def document(project: ProjectFile) -> DocumentId:
    read = ReadDocument(
        "K", "k.txt", "txt", "Leder: Hei.", (), (), b"x", "utf-8", "nb", (), ()
    )  # fmt: skip
    made = document_verbs.import_documents(project, coder="Kari", read=[read])
    return made.value[0].document.id


def test_a_recording_is_linked_and_never_copied(
    project: ProjectFile, document: DocumentId, tmp_path: Path, make_recording: Make
) -> None:
    file = make_recording(tmp_path / "lyd" / "a.wav", 3.0)
    before = file.read_bytes()
    size = project.path.stat().st_size
    done = recordings.link_recording(project, coder="Kari", document=document, file=file)
    assert done.value.path == "lyd/a.wav"
    assert done.value.name == "a.wav"
    assert done.value.file.duration_ms == 3_000
    assert done.changes.of("recording")
    assert rows.of_document(project.connection, document) == done.value
    assert recordings.find_file(project, done.value) == file
    assert file.read_bytes() == before
    assert project.path.stat().st_size - size < len(before)


def test_everything_done_with_a_recording_can_be_undone(
    project: ProjectFile, document: DocumentId, tmp_path: Path, make_recording: Make
) -> None:
    one, two = make_recording(tmp_path / "a.wav"), make_recording(tmp_path / "b.wav", 2.0)
    verbs: Any = {"coder": "Kari", "document": document}
    known = [rows.of_document(project.connection, document)]
    recordings.link_recording(project, **verbs, file=one, offset_ms=500)
    known.append(rows.of_document(project.connection, document))
    recordings.shift_recording(project, **verbs, offset_ms=-12_000)
    known.append(rows.of_document(project.connection, document))
    recordings.relink_recording(project, **verbs, file=two)
    known.append(rows.of_document(project.connection, document))
    recordings.unlink_recording(project, **verbs)
    assert rows.of_document(project.connection, document) is None
    assert [None if one is None else (one.name, one.offset_ms) for one in known] == [
        None, ("a.wav", 500), ("a.wav", -12_000), ("b.wav", -12_000),
    ]  # fmt: skip
    assert known[1] is not None
    assert known[3] is not None
    assert known[1].guid == known[3].guid, "a recording that is found again is the same"
    for state in reversed(known):
        project.undo("Kari")
        assert rows.of_document(project.connection, document) == state
    for state in known[1:]:
        project.redo("Kari")
        assert rows.of_document(project.connection, document) == state


def test_another_recording_takes_the_place_of_the_first(
    project: ProjectFile, document: DocumentId, tmp_path: Path, make_recording: Make
) -> None:
    verbs: Any = {"coder": "Kari", "document": document}
    one = recordings.link_recording(
        project, **verbs, file=make_recording(tmp_path / "a.wav"), offset_ms=9
    )
    two = recordings.link_recording(project, **verbs, file=make_recording(tmp_path / "b.wav"))
    assert rows.all_recordings(project.connection) == (two.value,)
    assert two.value.offset_ms == 0
    assert two.value.guid != one.value.guid


def test_the_link_goes_with_its_document_and_comes_back_with_it(
    project: ProjectFile, document: DocumentId, tmp_path: Path, make_recording: Make
) -> None:
    file = make_recording(tmp_path / "a.wav")
    linked = recordings.link_recording(project, coder="Kari", document=document, file=file).value
    document_verbs.remove_document(project, coder="Kari", document=document)
    assert rows.all_recordings(project.connection) == ()
    project.undo("Kari")
    assert rows.all_recordings(project.connection) == (linked,)


def test_what_cannot_be_done_is_said_and_leaves_no_step(
    project: ProjectFile, document: DocumentId, tmp_path: Path, make_recording: Make
) -> None:
    verbs: Any = {"coder": "Kari", "document": document}
    steps = len(history.steps(project.connection))
    text = tmp_path / "a.wav"
    text.write_text("#EXTM3U")
    with pytest.raises(FileProblem):
        recordings.link_recording(project, **verbs, file=text)
    with pytest.raises(FileProblem):
        recordings.link_recording(project, **verbs, file=tmp_path / "nei.wav")
    with pytest.raises(NotFound, match="No recording is linked to K"):
        recordings.unlink_recording(project, **verbs)
    with pytest.raises(NotFound, match="No recording is linked to K"):
        recordings.shift_recording(project, **verbs, offset_ms=1)
    file = make_recording(tmp_path / "b.wav")
    with pytest.raises(NotFound):
        recordings.link_recording(project, coder="Kari", document=DocumentId(99), file=file)
    with pytest.raises(NotAllowed):
        recordings.link_recording(project, **verbs, file=file, offset_ms=10**9)
    assert len(history.steps(project.connection)) == steps


def test_the_audit_trail_names_no_file(
    project: ProjectFile, document: DocumentId, tmp_path: Path, make_recording: Make
) -> None:
    file = make_recording(tmp_path / "Intervju med Berit.wav")
    recordings.link_recording(project, coder="Kari", document=document, file=file)
    trail = project.connection.execute("SELECT * FROM audit").fetchall()
    assert "Berit" not in repr(trail)
