"""A linked recording is found where it was, beside the project, or where the others are."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from qda.formats import recordings
from qda.formats.recordings import kept_path, locate, placed
from qda.formats.sound_files import describe
from qda.model.ids import DocumentId, RecordingId, new_guid
from qda.model.texts import Recording

Make = Callable[..., Path]


def linked(path: Path, project: Path) -> Recording:
    return Recording(
        RecordingId(1), new_guid(), DocumentId(1), kept_path(path, project), describe(path), 0
    )


@pytest.mark.parametrize(
    ("recording", "kept"),
    [
        ("studie/lyd/a.wav", "lyd/a.wav"),
        ("studie/a.wav", "a.wav"),
        ("lyd/a.wav", "../lyd/a.wav"),
        ("../lyd/a.wav", "../../lyd/a.wav"),
    ],
)
def test_a_path_near_the_project_counts_from_its_folder(
    tmp_path: Path, recording: str, kept: str
) -> None:
    home = tmp_path / "hjem"
    project = home / "studie" / "p.qdaproj"
    path = Path(os.path.normpath(home / recording))
    assert kept_path(path, project) == kept
    assert placed(kept, project) == path


def test_a_path_far_from_the_project_is_kept_whole(tmp_path: Path) -> None:
    project = tmp_path / "a" / "b" / "c" / "d" / "p.qdaproj"
    recording = tmp_path / "lyd" / "a.wav"
    assert kept_path(recording, project) == recording.as_posix()
    assert placed(recording.as_posix(), project) == recording


@pytest.mark.parametrize("kept", ["//server/share/a.wav", "\\\\server\\share\\a.wav", "a\0.wav"])
def test_a_project_cannot_make_this_machine_call_a_server(tmp_path: Path, kept: str) -> None:
    assert placed(kept, tmp_path / "p.qdaproj") is None


def test_a_project_that_moves_with_its_recordings_finds_them(
    tmp_path: Path, make_recording: Make
) -> None:
    project = tmp_path / "studie" / "p.qdaproj"
    recording = linked(make_recording(tmp_path / "studie" / "lyd" / "a.wav"), project)
    (tmp_path / "studie").rename(tmp_path / "flyttet")
    moved = tmp_path / "flyttet" / "p.qdaproj"
    assert locate(recording, moved) == tmp_path / "flyttet" / "lyd" / "a.wav"


def test_a_moved_recording_is_looked_for_beside_the_project_and_with_the_others(
    tmp_path: Path, make_recording: Make
) -> None:
    project = tmp_path / "studie" / "p.qdaproj"
    one = make_recording(tmp_path / "gammel" / "a.wav")
    two = make_recording(tmp_path / "ny" / "b.wav", 2.0)
    first, second = linked(one, project), linked(two, project)
    assert locate(first, project) == one
    project.parent.mkdir()
    beside = one.rename(project.parent / "a.wav")
    assert locate(first, project) == beside
    with_other = beside.rename(tmp_path / "ny" / "a.wav")
    assert locate(first, project) is None
    assert locate(first, project, [second]) == with_other
    renamed = with_other.rename(tmp_path / "ny" / "opptak 1.wav")
    assert locate(first, project, [second]) == renamed


def test_another_recording_of_the_same_name_is_not_taken(
    tmp_path: Path, make_recording: Make
) -> None:
    project = tmp_path / "studie" / "p.qdaproj"
    path = make_recording(tmp_path / "gammel" / "a.wav", 3.0)
    recording = linked(path, project)
    path.unlink()
    make_recording(project.parent / "a.wav", 2.0)
    assert locate(recording, project) is None


def test_a_folder_of_very_many_files_is_not_read_to_its_end(
    tmp_path: Path, make_recording: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(recordings, "MOST_LISTED", 0)
    project = tmp_path / "p.qdaproj"
    path = make_recording(tmp_path / "a.wav")
    recording = linked(path, project)
    path.rename(tmp_path / "b.wav")
    assert locate(recording, project) is None
    monkeypatch.undo()
    assert locate(recording, project) == tmp_path / "b.wav"
