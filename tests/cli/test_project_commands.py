"""new, undo, redo, history, audit, backup, doctor."""

import json
import platform
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qda.app.session import Session
from qda.model.ids import parse_guid
from qda.store import lock

Run = Callable[..., Any]
Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]


def test_new_makes_a_project_and_says_which(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ny.qdaproj"
    result = run("new", path, "--language", "nn", "--coder", "Åse", json=True)
    assert result.status == 0
    assert result.json["project"] == str(path)
    assert parse_guid(result.json["guid"]) == result.json["guid"]
    session = Session.open(path, write=False)
    assert session.coder == "Åse"
    session.close()


def test_new_leaves_nothing_but_one_file_and_its_backup(run: Run, tmp_path: Path) -> None:
    run("new", tmp_path / "ny.qdaproj")
    assert {one.name for one in tmp_path.iterdir()} <= {"ny.qdaproj", "ny.qdaproj.backups"}


def test_new_refuses_a_file_that_is_there(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "ny.qdaproj"
    path.write_text("mine", encoding="utf-8")
    result = run("new", path, json=True)
    assert result.status == 1
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert path.read_text(encoding="utf-8") == "mine"


def test_new_refuses_a_folder_that_is_not_there(run: Run, tmp_path: Path) -> None:
    result = run("new", tmp_path / "nei" / "ny.qdaproj")
    assert result.status == 1
    assert "nei" in result.err


def test_new_knows_three_languages(run: Run, tmp_path: Path) -> None:
    result = run("new", tmp_path / "ny.qdaproj", "--language", "sv")
    assert result.status == 2
    assert "sv" in result.err
    assert not (tmp_path / "ny.qdaproj").exists()


def test_undo_and_redo_name_the_step(run: Run, project: Path, dump: Dump) -> None:
    after = dump(project)
    undone = run("undo", project, json=True)
    assert undone.status == 0
    assert [step["operation"] for step in undone.json] == ["Import codings"]
    assert undone.json[0]["entities"]["coding"] == 7
    assert dump(project) != after
    redone = run("redo", project, json=True)
    assert redone.json[0]["step"] == undone.json[0]["step"]
    assert dump(project) == after


@pytest.mark.parametrize("command", ["undo", "redo"])
def test_nothing_to_undo_or_redo_is_no_error(
    run: Run, empty: Path, dump: Dump, command: str
) -> None:
    before = dump(empty)
    result = run(command, empty, json=True)
    assert (result.status, result.json) == (0, [])
    assert command in result.err
    assert dump(empty) == before


def test_everything_can_be_undone_and_done_again(run: Run, project: Path, dump: Dump) -> None:
    whole = dump(project)
    count = 0
    while run("undo", project, json=True).json:
        count += 1
    assert count == 8
    assert all(
        not rows for table, rows in dump(project).items() if table not in ("project", "coder")
    )
    while run("redo", project, json=True).json:
        count -= 1
    assert count == 0
    assert dump(project) == whole


CHANGING = [
    ["import", "{project}", "{material}/Nord.txt", "--case", "Nord"],
    ["codebook", "import", "{project}", "{material}/ny-kodebok.csv"],
    ["cases", "import", "{project}", "{material}/nye-kontorer.csv"],
    ["participants", "import", "{project}", "{material}/nye-deltakere.csv"],
    ["values", "import", "{project}", "{material}/nye-verdier.csv"],
    ["link", "{project}", "--case", "Nord", "--document", "Plan", "--participant", "Veileder"],
    ["link", "{project}", "--case", "Nord", "--document", "Nord", "--remove"],
    ["code", "{project}", "--document", "Plan", "--code", "telling", "--quote", "fylket"],
    ["codings", "import", "{project}", "{material}/nye-kodinger.csv"],
    ["memo", "add", "{project}", "--code", "telling", "--text", "Se på nytt."],
    ["memo", "edit", "{project}", "{coding}", "--text", "Ny tanke."],
    ["memo", "link", "{project}", "{coding}", "--code", "telling"],
]


@pytest.mark.parametrize("words", CHANGING, ids=lambda words: " ".join(words[:2]))
def test_every_change_is_one_step_that_undo_takes_back(
    run: Run, project: Path, dump: Dump, tmp_path: Path, words: list[str]
) -> None:
    sheets = {
        "Nord.txt": "Intervjuer: Og nå?\nNy leder: Nå er alt nytt.\n",
        "ny-kodebok.csv": "path,definition\nrutiner,Andre ord\nrutiner/frister,Frister\n",
        "nye-kontorer.csv": "kontor,ansatte,farge\nNord,mange,blå\nVest,3,grønn\n",
        "nye-deltakere.csv": "dokument,deltaker,alder\nNord,Leder,50\nNord,Ekstra,20\n",
        "nye-verdier.csv": "kontor,periode,variabel,verdi\nNord,2012-03,planer,lavt\n",
        "nye-kodinger.csv": "document,code,quote,coder\nPlan,telling,begge,Ny\nPlan,telling,i,Ny\n",
    }
    for name, text in sheets.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    before, steps = dump(project), len(run("history", project, json=True).json)
    coding = run("codings", project, json=True).json[0]["guid"]
    where = {"project": project, "material": tmp_path, "coding": coding}
    changed = run(*(word.format(**where) for word in words), json=True)
    assert changed.status == 0, changed.err
    after = dump(project)
    assert after != before
    assert len(run("history", project, json=True).json) == steps + 1
    run("undo", project)
    assert dump(project) == before
    run("redo", project)
    assert dump(project) == after


def test_history_tells_what_is_undone(run: Run, project: Path) -> None:
    run("undo", project)
    steps = run("history", project, json=True).json
    assert [step["undone"] for step in steps] == [False] * 7 + [True]
    assert {"step", "when", "coder", "operation", "entities"} <= steps[0].keys()
    assert steps[0]["coder"] == "Kari"


def test_audit_keeps_what_was_undone(run: Run, project: Path) -> None:
    run("undo", project, "--coder", "Ola")
    entries = run("audit", project, json=True).json
    assert [entry["action"] for entry in entries][-2:] == ["done", "undone"]
    assert entries[-1]["coder"] == "Ola"


def test_history_for_people_speaks_their_language(run: Run, project: Path) -> None:
    assert "Importer" in run("history", project, language="nb").out
    assert "Import codings" in run("history", project).out


def test_backup_is_made_listed_and_restored(run: Run, project: Path, dump: Dump) -> None:
    before = dump(project)
    made = run("backup", project, json=True).json
    run("undo", project)
    assert dump(project) != before
    assert made["id"] in [one["id"] for one in run("backup", project, "--list", json=True).json]
    restored = run("backup", project, "--restore", made["id"], json=True)
    assert restored.status == 0
    assert dump(project) == before
    assert Path(restored.json["replaced"]).exists()


def test_a_backup_restores_a_lost_project(run: Run, project: Path) -> None:
    made = run("backup", project, json=True).json
    project.unlink()
    assert run("documents", project).status == 1
    restored = run("backup", project, "--restore", made["id"], json=True)
    assert (restored.status, restored.json["replaced"]) == (0, None)
    assert len(run("documents", project, json=True).json) == 3


def test_restoring_what_is_not_there_is_refused(run: Run, project: Path) -> None:
    result = run("backup", project, "--restore", "20010101T000000000000Z")
    assert result.status == 1
    assert "--list" in result.err


def test_restoring_an_open_project_is_refused(run: Run, project: Path) -> None:
    made = run("backup", project, json=True).json
    session = Session.open(project)
    try:
        result = run("backup", project, "--restore", made["id"])
    finally:
        session.close()
    assert result.status == 1
    assert "close" in result.err


def test_backups_of_nothing_are_refused(run: Run, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "x.qdaproj", "--list").status == 1
    assert run("backup", tmp_path / "x.qdaproj").status == 1


def test_list_and_restore_exclude_one_another(run: Run, project: Path) -> None:
    assert run("backup", project, "--list", "--restore", "x").status == 2


# ------------------------------------------------------------------ projects that do not open
READING = [
    ["documents"],
    ["text", "Nord"],
    ["turns", "Nord"],
    ["codebook", "show"],
    ["cases", "show"],
    ["participants", "show"],
    ["codings"],
    ["memos"],
    ["memo", "links"],
    ["history"],
    ["audit"],
    ["matrix"],
]
OPENING = [*READING, ["undo"], ["redo"], ["doctor"], ["backup"]]


def _with_project(words: list[str], project: Path) -> list[object]:
    """Put the project where the command takes it."""
    groups = ("codebook", "cases", "participants", "values", "memo")
    at = 2 if words[0] in groups else 1
    return [*words[:at], project, *words[at:]]


@pytest.mark.parametrize("words", OPENING, ids=" ".join)
@pytest.mark.parametrize("content", [None, b"", b"hello", b"SQLite format 3\x00" + bytes(200)])
def test_what_is_no_project_is_said_in_one_sentence(
    run: Run, tmp_path: Path, words: list[str], content: bytes | None
) -> None:
    path = tmp_path / "rar.qdaproj"
    if content is not None:
        path.write_bytes(content)
    result = run(*_with_project(words, path), json=True)
    assert result.status == 1
    assert result.out == ""
    assert result.err.count("\n") == 1
    assert result.err.strip().endswith(".")


def test_opening_what_is_not_there_opens_no_window(run: Run, tmp_path: Path) -> None:
    result = run("open", tmp_path / "x.qdaproj")
    assert result.status == 1
    assert "x.qdaproj" in result.err
    assert run("open", tmp_path).status == 1
    assert run("open").status == 2


def test_a_folder_is_no_project(run: Run, tmp_path: Path) -> None:
    assert run("documents", tmp_path).status == 1


def test_a_cut_project_is_refused(run: Run, project: Path) -> None:
    project.write_bytes(project.read_bytes()[: project.stat().st_size // 2])
    result = run("documents", project)
    assert result.status == 1
    assert "Traceback" not in result.err


def test_an_open_project_can_be_read_and_not_changed(run: Run, project: Path) -> None:
    session = Session.open(project)
    try:
        assert len(run("documents", project, json=True).json) == 3
        assert len(run("codings", project, json=True).json) == 7
        result = run("undo", project, json=True)
        assert (result.status, result.out) == (1, "")
        assert "studie.qdaproj" in result.err
    finally:
        session.close()
    assert run("undo", project).status == 0


def test_a_lock_of_another_machine_is_taken_over_when_asked(run: Run, project: Path) -> None:
    owner = {"host": platform.node() + "-annen", "user": "kari", "pid": 1}
    lock.lock_path(project).write_text(json.dumps(owner), encoding="utf-8")
    result = run("undo", project)
    assert result.status == 1
    assert "--take-over" in result.err
    assert owner["host"] in result.err
    assert run("--take-over", "undo", project).status == 0


def test_a_folder_that_may_not_be_written_is_said(run: Run, project: Path, dump: Dump) -> None:
    before = dump(project)
    # What cannot be opened for writing stands in for a folder without that right.
    lock.lock_path(project).mkdir()
    result = run("undo", project)
    assert result.status == 1
    assert result.err.count("\n") == 1
    assert dump(project) == before


def test_reading_changes_no_byte_of_the_project(run: Run, project: Path) -> None:
    before = project.read_bytes()
    for words in READING:
        assert run(*_with_project(words, project), json=True).status == 0, words
    assert project.read_bytes() == before


def test_a_project_of_a_newer_version_is_refused(run: Run, project: Path) -> None:
    connection = sqlite3.connect(project)
    connection.execute(f"PRAGMA user_version = {99 << 16}")
    connection.close()
    result = run("documents", project)
    assert result.status == 1
    assert "newer" in result.err


def test_doctor_finds_nothing_wrong_with_a_sound_project(run: Run, project: Path) -> None:
    result = run("doctor", project, json=True)
    assert (result.status, result.json) == (0, {"problems": []})


def test_doctor_mends_a_quote_that_is_not_the_text(run: Run, project: Path) -> None:
    connection = sqlite3.connect(project)
    connection.execute("UPDATE coding SET quote = upper(quote) WHERE id = 1")
    connection.commit()
    connection.close()
    found = run("doctor", project, json=True)
    assert found.status == 1
    assert [one["repairable"] for one in found.json["problems"]] == [True]
    assert "--repair" in run("doctor", project).err
    mended = run("doctor", project, "--repair", json=True)
    assert mended.status == 0
    assert [one["repaired"] for one in mended.json["problems"]] == [True]
    assert run("doctor", project).status == 0


def test_doctor_rescues_what_can_be_read(run: Run, project: Path) -> None:
    content = bytearray(project.read_bytes())
    content[-5000:-4000] = b"\xff" * 1000
    project.write_bytes(content)
    found = run("doctor", project, json=True)
    assert found.status == 1
    result = run("doctor", project, "--repair", json=True)
    assert "Traceback" not in result.err
    assert result.json["problems"]


def test_doctor_of_nothing_is_refused(run: Run, tmp_path: Path) -> None:
    assert run("doctor", tmp_path / "x.qdaproj", json=True).status == 1


def test_copies_are_projects_of_their_own(run: Run, project: Path, tmp_path: Path) -> None:
    copy = Path(shutil.copy(project, tmp_path / "kopi.qdaproj"))
    run("undo", copy)
    assert len(run("codings", project, json=True).json) == 7
    assert run("codings", copy, json=True).json == []
