"""merge: a colleague's copy, looked at and taken."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from qda.store import project_file

Run = Callable[..., Any]
Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]


@pytest.fixture
def copy(project: Path, tmp_path: Path) -> Path:
    """The copy that a colleague works in."""
    path = tmp_path / "copy.qdaproj"
    shutil.copyfile(project, path)
    return path


def code(run: Run, project: Path, quote: str) -> str:
    done = run(
        "code", project, "--document", "Nord", "--code", "telling", "--quote", quote,
        "--coder", "Per", json=True,
    )  # fmt: skip
    assert done.status == 0, done.err
    return done.json["guid"]


def test_a_dry_run_says_what_a_merge_then_does(
    run: Run, project: Path, copy: Path, dump: Dump
) -> None:
    guid = code(run, copy, "Og måltallene?")
    before = dump(project)
    planned = run("merge", project, copy, "--dry-run", json=True)
    assert planned.status == 0, planned.err
    assert planned.json["added"] == {"coders": 1, "codings": 1}
    assert (planned.json["updated"], planned.json["conflicts"]) == ({}, [])
    assert (planned.json["common"], planned.json["merged"]) == (True, False)
    assert dump(project) == before
    done = run("merge", project, copy, json=True)
    assert done.json == {**planned.json, "merged": True}
    assert guid in {one["guid"] for one in run("codings", project, json=True).json}
    assert run("history", project, json=True).json[-1]["operation"] == "Merge a colleague's copy"
    assert len(run("backup", project, "--list", json=True).json) >= 1
    assert run("doctor", project, json=True).json == {"problems": []}
    again = run("merge", project, copy)
    assert "nothing was changed" in again.out
    assert run("undo", project).status == 0
    assert guid not in {one["guid"] for one in run("codings", project, json=True).json}


def test_conflicts_have_keys_to_decide_them_by(run: Run, project: Path, copy: Path) -> None:
    guid = run("memo", "add", project, "--code", "telling", "--text", "start", json=True).json[
        "guid"
    ]
    shutil.copyfile(project, copy)
    for one, text in ((project, "vårt"), (copy, "deres")):
        assert run("memo", "edit", one, guid, "--text", text).status == 0
    (conflict,) = run("merge", project, copy, "--dry-run", json=True).json["conflicts"]
    assert (conflict["thing"], conflict["field"]) == ("memo", "text")
    assert (conflict["base"], conflict["ours"], conflict["theirs"]) == ("start", "vårt", "deres")
    assert conflict["taken"] == "ours"
    told = run("merge", project, copy)
    assert "difference to decide" in told.out
    assert run("memos", project, json=True).json[-1]["text"] == "vårt"
    decided = run("merge", project, copy, "--theirs", conflict["key"])
    assert (decided.status, "undo that merge" in decided.err) == (1, True)
    assert run("undo", project).status == 0
    assert run("merge", project, copy, "--theirs", conflict["key"]).status == 0
    assert run("memos", project, json=True).json[-1]["text"] == "deres"


def test_what_is_no_copy_is_told_in_a_sentence(
    run: Run, project: Path, tmp_path: Path, dump: Dump
) -> None:
    before = dump(project)
    for other in (tmp_path / "borte.qdaproj", project):
        failed = run("merge", project, other)
        assert (failed.status, failed.out) == (1, "")
        assert len(failed.err.strip().splitlines()) == 1
    assert run("merge", project).status == 2
    assert dump(project) == before


def test_a_copy_is_made_while_the_project_is_open_and_comes_back(
    run: Run, project: Path, tmp_path: Path
) -> None:
    target = tmp_path / "for Ola.qdaproj"
    with closing(project_file.open_project(project)):
        done = run("copy", project, target, json=True)
        assert done.json == {"project": str(project), "copy": str(target)}
    guid = code(run, target, "Og måltallene?")
    assert run("merge", project, target).status == 0
    assert guid in {one["guid"] for one in run("codings", project, json=True).json}
    refused = run("copy", project, target)
    assert (refused.status, refused.out) == (1, "")
    assert run("copy", project, tmp_path / "no folder" / "x.qdaproj").status == 1
    assert not list(tmp_path.rglob("*.part"))
