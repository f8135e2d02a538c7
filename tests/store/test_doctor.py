"""The doctor finds what is wrong, mends it, and never drops what a person made in silence."""

import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qda.model.errors import ProjectProblem
from qda.operations import corrections, memos, participants
from qda.store import backups, doctor, history, lock, project_file, text_versions
from qda.store import codes as code_rows
from qda.store import codings as coding_rows
from qda.store import documents as document_rows
from qda.store import memos as memo_rows
from qda.store import participants as participant_rows
from qda.text.edits import Edit
from qda.text.words import count_words

Dump = Callable[[project_file.ProjectFile], dict[str, list[tuple[object, ...]]]]


def altered(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        stranger.execute("PRAGMA ignore_check_constraints = ON")
        for statement in statements:
            stranger.execute(statement)


def codes(problems: tuple[doctor.Problem, ...]) -> list[str]:
    return [problem.code for problem in problems]


def test_a_sound_project_is_left_alone(closed: Path) -> None:
    before = closed.read_bytes()
    assert doctor.diagnose(closed) == ()
    assert doctor.repair(closed) == ()
    assert closed.read_bytes() == before
    assert not backups.folder(closed).exists()


@pytest.mark.parametrize(
    ("statement", "code"),
    [
        ("UPDATE coding SET quote = printf('%.*c', length(quote), 'x')", "quote"),
        ('UPDATE coding SET start = start + 5000, "end" = "end" + 5000', "coding-outside"),
        ('UPDATE turn SET "end" = 9999 WHERE id = 4', "turn-outside"),
        ('UPDATE source_note SET "end" = 9999', "turn-outside"),
        ("UPDATE document SET words = 1", "counts"),
        ("UPDATE document SET characters = 1", "counts"),
        ("UPDATE value SET subject_id = 99", "orphan-values"),
        ("UPDATE memo SET target_id = 99 WHERE \"on\" = 'coding'", "orphan-memos"),
        ("INSERT INTO text_body VALUES ('x', 'ingen sin')", "orphan-texts"),
        ("UPDATE history_row SET entity = 'ukjend'", "history"),
        ("UPDATE history_row SET before = '{' WHERE before IS NOT NULL", "history"),
        ("UPDATE coding SET code_id = 99", "orphan-rows"),
        ("UPDATE coding SET coder_id = 99", "orphan-rows"),
        ("UPDATE coding SET document_id = 99 WHERE id = 1", "orphan-rows"),
        ("UPDATE turn SET participant_id = 99", "orphan-rows"),
        ("UPDATE document SET file_hash = 'x'", "orphan-rows"),
        ("UPDATE document SET text_hash = 'x' WHERE id = 1", "orphan-rows"),
        ("DELETE FROM coder", "orphan-rows"),
        ("DELETE FROM variable", "orphan-rows"),
        ("DELETE FROM history_step", "orphan-rows"),
        ("UPDATE code SET parent_id = 2 WHERE id = 1", "code-circle"),
        ("UPDATE code SET keywords = 'måltal, teljing'", "code-lists"),
    ],
)
def test_faults_are_found_and_mended(closed: Path, statement: str, code: str) -> None:
    altered(closed, statement)
    with closing(sqlite3.connect(closed)) as raw:
        codings = raw.execute("SELECT count(*) FROM coding").fetchone()[0]
        quotes = [row[0] for row in raw.execute("SELECT quote FROM coding")]
    before = closed.read_bytes()
    found = doctor.diagnose(closed)
    assert code in codes(found)
    assert closed.read_bytes() == before
    assert all(str(one.message) for one in found)
    assert code in codes(doctor.repair(closed))
    left = [one for one in doctor.diagnose(closed) if one.repairable]
    assert left == []
    if code != "orphan-texts":
        (backup,) = backups.listed(closed)
        with closing(sqlite3.connect(backup.path)) as old:
            assert old.execute("SELECT count(*) FROM coding").fetchone()[0] == codings
    with closing(project_file.open_project(closed)) as project:
        kept = coding_rows.all_codings(project.connection)
        words = " ".join(one.text for one in memo_rows.all_memos(project.connection))
        lost = codings - len(kept)
        # What is no coding any more stands in a memo.
        if lost:
            standing = [one.quote for one in kept]
            gone = [one for one in quotes if one not in standing]
            assert lost == len(gone)
            assert all(one in words for one in gone)
        for one in kept:
            text = document_rows.text(project.connection, one.document)
            assert text[one.start : one.end] == one.quote
        for one in document_rows.all_documents(project.connection):
            text = document_rows.text(project.connection, one.id)
            assert (one.characters, one.words) == (len(text), count_words(text))
        assert len(code_rows.all_codes(project.connection)) >= 3
        while project.undo("Kari") is not None:
            assert project.connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_an_earlier_text_that_cannot_be_made_out_is_told_and_let_go(closed: Path) -> None:
    with closing(project_file.open_project(closed)) as project:
        first = document_rows.all_documents(project.connection)[0].id
        before = document_rows.text(project.connection, first)
        for word in ("A", "B", "C"):
            edits = [Edit(0, 0, word)]
            corrections.correct_text(project, coder="Kari", document=first, edits=edits)
        assert text_versions.text(project.connection, first, 2) == "A" + before
    altered(closed, "DELETE FROM history_step", "DELETE FROM history_row",
            "UPDATE text_version SET edits = '[[0, 2, \"\"]]' WHERE number = 2",
            "DELETE FROM text_body WHERE hash NOT IN (SELECT text_hash FROM document)")  # fmt: skip
    assert codes(doctor.diagnose(closed)) == ["text-versions"]
    assert codes(doctor.repair(closed)) == ["text-versions"]
    assert codes(doctor.diagnose(closed)) == []
    with closing(project_file.open_project(closed)) as project:
        states = text_versions.states(project.connection, first)
        assert [one.kept for one in states][1:] == [False, True, True]
        assert text_versions.text(project.connection, first, 2) is None
        assert text_versions.text(project.connection, first, 3) == "BA" + before


def test_mending_rows_is_one_step_that_can_be_undone(closed: Path, dump: Dump) -> None:
    altered(closed, "UPDATE coding SET quote = printf('%.*c', length(quote), 'x')",
            "UPDATE document SET words = 3")  # fmt: skip
    with closing(project_file.open_project(closed)) as project:
        before, steps = dump(project), len(history.steps(project.connection))
    assert codes(doctor.repair(closed)) == ["quote", "counts"]
    with closing(project_file.open_project(closed)) as project:
        assert len(history.steps(project.connection)) == steps + 1
        project.undo("Kari")
        assert dump(project) == before


def test_a_text_that_is_not_what_was_imported_is_said(closed: Path) -> None:
    altered(closed, "UPDATE text_body SET text = replace(text, 'laget', 'lagat')")
    found = doctor.diagnose(closed)
    assert "text-altered" in codes(found)
    assert not next(one for one in found if one.code == "text-altered").repairable
    doctor.repair(closed)
    assert codes(doctor.diagnose(closed)) == ["text-altered"]


def test_history_that_cannot_be_replayed_goes_and_the_rest_stays(closed: Path, dump: Dump) -> None:
    altered(closed, "UPDATE history_row SET before = '{}', after = '{}' WHERE step_id = 3")
    with closing(project_file.open_project(closed)) as project:
        before = dump(project)
        newer = [one.id for one in history.steps(project.connection) if one.id > 3]
    assert codes(doctor.repair(closed)) == ["history"]
    with closing(project_file.open_project(closed)) as project:
        assert dump(project) == before
        assert [one.id for one in history.steps(project.connection)] == newer
        for _ in newer:
            assert project.undo("Kari") is not None
        assert project.undo("Kari") is None


# ---------------------------------------------------------------------------- beside the file
def test_a_lock_and_a_log_that_were_left_are_cleared(closed: Path) -> None:
    project = project_file.open_project(closed)
    memos.add_memo(project, coder="Kari", on="project", target=0, text="I loggen")
    copy = closed.with_name("etter.qdaproj")
    for ending in ("", "-wal"):
        Path(f"{copy}{ending}").write_bytes(Path(f"{closed}{ending}").read_bytes())
    project.close()
    lock.lock_path(copy).write_text(json.dumps({"host": lock.this_process().host, "user": "k",
                                                "pid": 1}))  # fmt: skip
    assert codes(doctor.diagnose(copy)) == ["stale-lock", "leftover-log"]
    assert set(codes(doctor.repair(copy))) == {"leftover-log", "stale-lock"}
    assert doctor.diagnose(copy) == ()
    assert not Path(f"{copy}-wal").exists()
    with closing(project_file.open_project(copy)) as again:
        assert any(one.text == "I loggen" for one in memo_rows.all_memos(again.connection))


def test_an_open_project_is_examined_but_not_mended(closed: Path) -> None:
    altered(closed, "UPDATE document SET words = 3")
    with closing(project_file.open_project(closed)):
        assert codes(doctor.diagnose(closed)) == ["open-elsewhere", "counts"]
        with pytest.raises(ProjectProblem, match="open"):
            doctor.repair(closed)
    assert codes(doctor.repair(closed)) == ["counts"]


def test_a_lock_elsewhere_is_told_and_respected(closed: Path) -> None:
    lock.lock_path(closed).write_text(json.dumps({"host": "annan", "user": "k", "pid": 1}))
    assert codes(doctor.diagnose(closed)) == ["lock-elsewhere"]
    assert doctor.repair(closed) == ()
    assert lock.lock_path(closed).exists()


def test_what_was_interrupted_is_finished_or_cleared(closed: Path) -> None:
    Path(f"{closed}.new").write_bytes(b"halv")
    Path(f"{closed}.restoring").write_bytes(b"halv")
    wanted = ["restore-interrupted", "create-interrupted"]
    assert codes(doctor.diagnose(closed)) == wanted
    assert set(codes(doctor.repair(closed))) == set(wanted)
    assert doctor.diagnose(closed) == ()
    # The project was already put aside, its log not yet, the backup not yet in its place.
    closed.rename(f"{closed}.replaced-x")
    Path(f"{closed}.restoring").write_bytes(Path(f"{closed}.replaced-x").read_bytes())
    Path(f"{closed}-wal").write_bytes(b"gammal")
    assert codes(doctor.diagnose(closed)) == ["restore-interrupted"]
    assert codes(doctor.repair(closed)) == ["restore-interrupted"]
    assert doctor.diagnose(closed) == ()
    assert Path(f"{closed}.replaced-x-wal").read_bytes() == b"gammal"


def test_backups_that_do_not_open_are_set_aside(closed: Path) -> None:
    good = backups.make(closed)
    bad = good.path.with_name("20200101T000000000000Z.qdaproj")
    bad.write_bytes(b"SQLite format 3\x00" + bytes(900))
    assert codes(doctor.diagnose(closed)) == ["bad-backup"]
    assert codes(doctor.repair(closed)) == ["bad-backup"]
    assert [one.id for one in backups.listed(closed)] == [good.id]
    assert bad.with_suffix(".damaged").exists()


@pytest.mark.parametrize("content", [None, b"", b"tekst" * 99])
def test_what_is_no_project_is_said(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "x.qdaproj"
    if content is not None:
        path.write_bytes(content)
    for act in (doctor.diagnose, doctor.repair):
        with pytest.raises(ProjectProblem):
            act(path)
        with pytest.raises(ProjectProblem):
            act(tmp_path)


# ---------------------------------------------------------------------------------- salvage
def recovered(path: Path) -> Path:
    return path.with_name(path.name.removesuffix(".qdaproj") + ".recovered.qdaproj")


def test_a_strangers_additions_are_left_behind(closed: Path, dump: Dump) -> None:
    with closing(project_file.open_project(closed)) as project:
        before = dump(project)
    altered(closed, "CREATE TRIGGER t AFTER INSERT ON coding BEGIN DELETE FROM document; END",
            "CREATE TABLE t (x)")  # fmt: skip
    untouched = closed.read_bytes()
    assert codes(doctor.diagnose(closed)) == ["schema"]
    assert codes(doctor.repair(closed)) == ["recovered"]
    assert closed.read_bytes() == untouched
    with closing(project_file.open_project(recovered(closed))) as project:
        assert dump(project) == before


def test_damaged_pages_cost_only_what_was_on_them(closed: Path) -> None:
    content = bytearray(closed.read_bytes())
    with closing(sqlite3.connect(closed)) as raw:
        root = raw.execute("SELECT rootpage FROM sqlite_master WHERE name = 'turn'").fetchone()[0]
        size = raw.execute("PRAGMA page_size").fetchone()[0]
    content[(root - 1) * size : root * size] = random.Random(1).randbytes(size)
    closed.write_bytes(content)
    assert codes(doctor.diagnose(closed)) == ["damaged"]
    mended = doctor.repair(closed)
    assert mended[0].code == "recovered"
    assert recovered(closed).name in str(mended[0].message)
    assert closed.read_bytes() == bytes(content)
    assert doctor.diagnose(recovered(closed)) == ()
    with closing(project_file.open_project(recovered(closed))) as project:
        assert len(coding_rows.all_codings(project.connection)) == 4
        assert len(document_rows.all_documents(project.connection)) == 2
    doctor.repair(closed)
    assert closed.with_name("prosjekt.recovered-2.qdaproj").exists()


@pytest.mark.parametrize("batch", range(3))
def test_any_damage_is_examined_without_a_crash(
    tmp_path: Path, closed_bytes: bytes, batch: int
) -> None:
    draw = random.Random(batch)
    saved = 0
    for number in range(12):
        content = bytearray(closed_bytes)
        for _ in range(draw.choice((1, 20, 200, 2000))):
            content[draw.randrange(100, len(content))] = draw.randrange(256)
        if draw.random() < 0.3:
            del content[draw.randrange(4096, len(content)) :]
        path = tmp_path / f"p{number}.qdaproj"
        path.write_bytes(content)
        try:
            doctor.diagnose(path)
            doctor.repair(path)
        except ProjectProblem:
            continue
        place = recovered(path) if recovered(path).exists() else path
        with closing(project_file.open_project(place)) as project:
            saved += len(coding_rows.all_codings(project.connection)) > 0
    assert saved


def test_a_value_that_no_check_allows_is_found_although_the_file_is_only_read(
    closed: Path,
) -> None:
    with closing(sqlite3.connect(closed)) as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE code SET color = 'blå' WHERE id = 1")
        connection.commit()
    assert "damaged" in {problem.code for problem in doctor.diagnose(closed)}


def test_turns_spoken_by_nobody_are_sound_where_nobody_takes_part(closed: Path) -> None:
    with closing(project_file.open_project(closed)) as project:
        for one in participant_rows.all_participants(project.connection):
            participants.remove_participant(project, coder="Ingrid", participant=one.id)
        assert not participant_rows.all_participants(project.connection)
    assert doctor.diagnose(closed) == ()
    project_file.open_project(closed).close()
