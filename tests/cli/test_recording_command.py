"""recording."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Make = Callable[..., Path]


def test_a_recording_is_linked_shown_and_listed(
    run: Run, project: Path, make_recording: Make
) -> None:
    file = make_recording(project.parent / "lyd" / "nord.wav", 3.0)
    done = run("recording", project, "--document", "Nord", "--file", file, json=True)
    assert done.status == 0
    assert done.json["file"] == "nord.wav"
    assert done.json["path"] == "lyd/nord.wav"
    assert (done.json["duration"], done.json["offset"]) == (3.0, 0.0)
    assert (done.json["found"], done.json["same"]) == (True, True)
    assert run("recording", project, "--document", "Nord", json=True).json == done.json
    assert run("recording", project, json=True).json == [done.json]
    assert run("recording", project, "--document", "Sør", json=True).json["recording"] is None
    assert run("recording", project, "--document", "Nord").out == "nord.wav · 0:03 · +0 s\n"
    assert "nord.wav\t0:03" in run("recording", project).out
    assert len(run("history", project, json=True).json) > 0
    run("undo", project)
    assert run("recording", project, json=True).json == []


@pytest.mark.parametrize(
    ("given", "seconds"), [("12", 12.0), ("-12.5", -12.5), ("0:12", 12.0), ("-1:02,5", -62.5)]
)
def test_a_recording_is_fitted_to_its_transcript(
    run: Run, project: Path, make_recording: Make, given: str, seconds: float
) -> None:
    file = make_recording(project.parent / "nord.wav")
    run("recording", project, "--document", "Nord", "--file", file)
    done = run("recording", project, "--document", "Nord", f"--offset={given}", json=True)
    assert done.json["offset"] == seconds
    both = run(
        "recording", project, "--document", "Sør", "--file", file, f"--offset={given}", json=True
    )
    assert both.json["offset"] == seconds


def test_a_file_that_moved_or_changed_is_told(
    run: Run, project: Path, make_recording: Make
) -> None:
    file = make_recording(project.parent / "lyd" / "nord.wav")
    run("recording", project, "--document", "Nord", "--file", file)
    moved = file.rename(project.parent / "nord.wav")
    assert run("recording", project, "--document", "Nord", json=True).json["found"] is True
    moved.rename(project.parent.parent / f"{project.parent.name}.wav").unlink()
    gone = run("recording", project, "--document", "Nord", json=True).json
    assert (gone["found"], gone["same"]) == (False, False)
    assert "not where it was" in run("recording", project, "--document", "Nord").err
    make_recording(file, 1.0)
    other = run("recording", project, "--document", "Nord", json=True).json
    assert (other["found"], other["same"]) == (True, False)
    assert "another file" in run("recording", project, "--document", "Nord").err


def test_unlinking_leaves_the_file(run: Run, project: Path, make_recording: Make) -> None:
    file = make_recording(project.parent / "nord.wav")
    run("recording", project, "--document", "Nord", "--file", file)
    assert run("recording", project, "--document", "Nord", "--unlink").status == 0
    assert file.exists()
    assert run("recording", project, json=True).json == []


def test_wrong_wishes_are_said(run: Run, project: Path, make_recording: Make) -> None:
    file = make_recording(project.parent / "nord.wav")
    assert run("recording", project, "--file", file).status == 2
    assert run("recording", project, "--document", "Nord", "--offset", "snart").status == 2
    assert run("recording", project, "--document", "Nord", "--unlink", "--file", file).status == 2
    assert run("recording", project, "--document", "Nord", "--unlink").status == 1
    assert run("recording", project, "--document", "Ingen", "--file", file).status == 1
    text = project.parent / "tekst.wav"
    text.write_text("Leder: Hei.")
    refused = run("recording", project, "--document", "Nord", "--file", text)
    assert refused.status == 1
    assert refused.err.count("\n") == 1
