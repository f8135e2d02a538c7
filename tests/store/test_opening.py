"""Opening: what is refused in words, what is read only, what is recovered."""

import json
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from qda.model.errors import ProjectProblem, ReadOnlyProject
from qda.model.messages import message
from qda.operations import memos
from qda.store import arrays, history, lock, places, problems, project_file, schema
from qda.store import cases as case_rows
from qda.store import codes as code_rows
from qda.store import codings as coding_rows
from qda.store import documents as document_rows
from qda.store import memos as memo_rows
from qda.store import participants as participant_rows
from qda.store import turns as turn_rows
from qda.store import variables as variable_rows
from qda.store.project_file import ProjectFile

Dump = Callable[[ProjectFile], dict[str, list[tuple[object, ...]]]]
ROOT = Path(__file__).parents[2]
HOLD = """
import sys
from pathlib import Path
from qda.store import project_file
project = project_file.open_project(Path(sys.argv[1]))
print(project.read_only, flush=True)
sys.stdin.readline()
project.close()
"""


def holder(path: Path) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        cwd=ROOT,
        text=True,
    )
    assert process.stdout is not None
    assert process.stdout.readline().strip() == "False"
    return process


def note(project: ProjectFile, text: str = "Hugs") -> None:
    memos.add_memo(project, coder="Kari", on="project", target=0, text=text)


def said(path: Path) -> str:
    with pytest.raises(ProjectProblem) as caught:
        project_file.open_project(path)
    return str(caught.value)


# ------------------------------------------------------------------------------------- locks
def test_what_another_process_has_open_is_read_only_here(closed: Path) -> None:
    other = holder(closed)
    try:
        project = project_file.open_project(closed)
        assert project.read_only
        assert len(document_rows.all_documents(project.connection)) == 2
        with pytest.raises(ReadOnlyProject, match="open for reading only"):
            note(project)
        with pytest.raises(ReadOnlyProject):
            project.undo("Kari")
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            project.connection.execute("DELETE FROM coding")
        project.close()
        assert lock.lock_path(closed).exists()
    finally:
        other.communicate("\n")
    assert other.returncode == 0
    project = project_file.open_project(closed)
    assert not project.read_only
    project.close()


def test_the_writer_can_close_while_a_reader_stays(closed: Path) -> None:
    writer = project_file.open_project(closed)
    reader = project_file.open_project(closed)
    assert reader.read_only
    note(writer, "Siste ord")
    reader.connection.execute("SELECT count(*) FROM memo").fetchone()
    writer.close()
    assert any(one.text == "Siste ord" for one in memo_rows.all_memos(reader.connection))
    reader.close()
    assert lock.state(closed) == "free"
    again = project_file.open_project(closed)
    assert any(one.text == "Siste ord" for one in memo_rows.all_memos(again.connection))
    again.close()
    assert not Path(f"{closed}-wal").exists()


def test_the_lock_of_a_killed_process_is_taken_over(closed: Path) -> None:
    other = holder(closed)
    other.kill()
    other.communicate()
    assert lock.state(closed) == "stale"
    project = project_file.open_project(closed)
    assert not project.read_only
    owner = lock.read_owner(closed)
    assert owner is not None
    assert owner.pid == os.getpid()
    project.close()
    assert not lock.lock_path(closed).exists()


def test_a_lock_of_another_machine_is_respected_unless_taken_over(closed: Path) -> None:
    lock.lock_path(closed).write_text(
        json.dumps({"host": "ein-annan-stad", "user": "ola", "pid": 1})
    )
    project = project_file.open_project(closed)
    assert project.read_only
    project.close()
    assert lock.lock_path(closed).exists()
    project = project_file.open_project(closed, take_over=True)
    assert not project.read_only
    project.close()


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b'{"host": 1}', b"\xff\xfe", b"[" * 4000])
def test_a_lock_file_of_nonsense_holds_nobody_back(closed: Path, content: bytes) -> None:
    lock.lock_path(closed).write_bytes(content)
    project = project_file.open_project(closed)
    assert not project.read_only
    project.close()


def test_releasing_leaves_the_lock_of_another_alone(closed: Path) -> None:
    first = lock.acquire(closed)
    assert first is not None
    lock.lock_path(closed).unlink()
    second = lock.acquire(closed)
    assert second is not None
    first.release()
    assert lock.state(closed) == "held"
    second.release()
    assert lock.state(closed) == "free"


def test_two_names_of_one_file_share_one_lock(closed: Path, tmp_path: Path) -> None:
    link = tmp_path / "lenke.qdaproj"
    link.symlink_to(closed)
    one = project_file.open_project(link)
    two = project_file.open_project(closed)
    assert not one.read_only
    assert two.read_only
    two.close()
    one.close()


def test_reading_only_takes_no_lock(closed: Path) -> None:
    reader = project_file.open_project(closed, write=False)
    writer = project_file.open_project(closed)
    assert reader.read_only
    assert not writer.read_only
    reader.close()
    writer.close()


# ------------------------------------------------------------------------- protected places
@pytest.mark.parametrize("protected", ["file", "folder", "both"])
def test_a_protected_place_is_read_only(
    unprivileged: Path, closed_bytes: bytes, protected: str
) -> None:
    path = unprivileged / "p.qdaproj"
    path.write_bytes(closed_bytes)
    if protected in ("file", "both"):
        path.chmod(0o400)
    if protected in ("folder", "both"):
        unprivileged.chmod(0o500)
    project = project_file.open_project(path)
    assert project.read_only
    with pytest.raises(ReadOnlyProject, match="write-protected"):
        note(project)
    project.close()
    with pytest.raises(ProjectProblem):
        project_file.create(path if protected == "file" else unprivileged / "ny.qdaproj")


def test_an_unreadable_file_is_said(unprivileged: Path, closed_bytes: bytes) -> None:
    path = unprivileged / "p.qdaproj"
    path.write_bytes(closed_bytes)
    path.chmod(0)
    assert "cannot be read" in said(path)
    unprivileged.chmod(0)
    with pytest.raises(ProjectProblem):
        project_file.open_project(path)
    with pytest.raises(ProjectProblem):
        project_file.create(unprivileged / "ny.qdaproj")
    unprivileged.chmod(0o700)


# ------------------------------------------------------------------------------- no project
def test_what_is_no_project_is_said(tmp_path: Path) -> None:
    assert "no project" in said(tmp_path / "finst-ikkje.qdaproj")
    assert "no project" in said(tmp_path / "fil" / "finst-ikkje.qdaproj")
    assert "folder" in said(tmp_path)
    for name, content in {
        "tom": b"",
        "tekst": b"Vi delte laget i to." * 99,
        "null": bytes(4096),
        "kort": b"SQLite format 3\x00",
        "nesten": b"SQLite format 3\x00" + bytes(4080),
    }.items():
        path = tmp_path / name
        path.write_bytes(content)
        assert "not a project" in said(path)
    with closing(sqlite3.connect(tmp_path / "framand.db")) as foreign:
        foreign.execute("CREATE TABLE t (x)")
    assert "not a project" in said(tmp_path / "framand.db")
    pipe = tmp_path / "royr"
    os.mkfifo(pipe)
    assert "not a project" in said(pipe)
    loop = tmp_path / "ring.qdaproj"
    loop.symlink_to(loop)
    assert said(loop)


@pytest.mark.parametrize(
    "name",
    ["æ ø å.qdaproj", "100 %41 %.qdaproj", "kva?.qdaproj", "nr #1?mode=ro#.qdaproj", "a'b\"c;--",
     "🙂 e\u0301.qdaproj", "file:x.qdaproj", " .qdaproj", "x" * 230],
)  # fmt: skip
def test_any_name_that_a_disk_takes(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    project = project_file.create(path, coder="Kari")
    note(project)
    project.close()
    with project_file_open(path) as again:
        assert len(memo_rows.all_memos(again.connection)) == 1
    assert [one.name for one in tmp_path.iterdir() if one.is_file()] == [name]


def project_file_open(path: Path) -> closing[ProjectFile]:
    return closing(project_file.open_project(path))


@pytest.mark.parametrize("name", ["x" * 300, "x" * 253, "a\0b", "\udcff.qdaproj"])
def test_a_name_that_no_disk_takes_is_said(tmp_path: Path, name: str) -> None:
    for act in (project_file.create, project_file.open_project):
        with pytest.raises(ProjectProblem):
            act(tmp_path / name)
    assert not [one for one in tmp_path.iterdir() if not one.name.endswith(".backups")]


def test_creating_over_something_is_refused(closed: Path, tmp_path: Path) -> None:
    before = closed.read_bytes()
    with pytest.raises(ProjectProblem, match="already"):
        project_file.create(closed)
    with pytest.raises(ProjectProblem, match="no folder"):
        project_file.create(tmp_path / "ingen" / "p.qdaproj")
    with pytest.raises(ProjectProblem, match="already"):
        project_file.create(tmp_path)
    assert closed.read_bytes() == before


def test_an_interrupted_creation_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / "p.qdaproj.new").write_bytes(b"halv")
    (tmp_path / "p.qdaproj.new-journal").write_bytes(b"halv")
    project_file.create(tmp_path / "p.qdaproj").close()
    assert not list(tmp_path.glob("*.new*"))


# --------------------------------------------------------------------------------- strangers
def altered(path: Path, *statements: str) -> Path:
    with closing(sqlite3.connect(path, isolation_level=None)) as stranger:
        for statement in statements:
            stranger.execute(statement)
    return path


@pytest.mark.parametrize(
    "statement",
    [
        "CREATE TRIGGER t AFTER INSERT ON coding BEGIN DELETE FROM document; END",
        "CREATE VIEW v AS SELECT 1",
        "CREATE TABLE t (x)",
        'CREATE TABLE "_sqlite_migrations2" (x)',
        "CREATE INDEX i ON coding (quote)",
        "DROP INDEX coding_code",
        "DROP TABLE source_note",
        "ALTER TABLE memo ADD COLUMN x TEXT",
        "CREATE VIRTUAL TABLE f USING fts5(x)",
        "CREATE TABLE t (x, y AS (hex(zeroblob(1000000000))))",
        "CREATE TRIGGER t AFTER INSERT ON _sqlite_migrations BEGIN DELETE FROM coding; END",
    ],
)
def test_a_strangers_schema_is_refused(closed: Path, statement: str) -> None:
    assert "never writes" in said(altered(closed, statement))


def test_a_changed_check_is_refused(closed: Path) -> None:
    changed = schema.m001.TABLES[-1]
    assert "CREATE TABLE audit" in changed
    altered(
        closed, "DROP TABLE audit", changed.replace("'redone'", "'redone', 'x'"),
    )  # fmt: skip
    assert "never writes" in said(closed)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE coding SET document_id = 999",
        "UPDATE coding SET code_id = 999 WHERE id = 1",
        "UPDATE coding SET coder_id = 999",
        "UPDATE turn SET participant_id = 999",
        "UPDATE document SET text_hash = 'x'",
        "DELETE FROM project",
        "UPDATE code SET keywords = '[oj'",
        "UPDATE code SET scale = '7'",
        "UPDATE value SET variable_id = 999",
    ],
)
def test_rows_that_point_to_nothing_are_refused(closed: Path, statement: str) -> None:
    assert "damaged" in said(altered(closed, statement))


@pytest.mark.parametrize(
    ("table", "row"),
    [
        ("history_row", "entity = 'sqlite_master'"),
        ("history_row", "before = '{', after = '{'"),
        ("history_row", "before = '{}', after = '[]'"),
    ],
)
def test_a_strangers_history_is_not_replayed(
    closed: Path, dump: Dump, table: str, row: str
) -> None:
    altered(closed, f"UPDATE {table} SET {row}", "UPDATE history_step SET entities = '[1]'")
    with project_file_open(closed) as project:
        before = dump(project)
        assert history.steps(project.connection)[0].entities == {}
        with pytest.raises(ProjectProblem, match="record of this step"):
            project.undo("Kari")
        assert dump(project) == before
        note(project)


def test_versions(closed: Path) -> None:
    altered(closed, f"PRAGMA user_version = {(schema.MAJOR + 1) << 16}")
    assert "newer version" in said(closed)
    altered(
        closed, f"PRAGMA user_version = {schema.USER_VERSION + 3}",
        "CREATE TABLE later (id INTEGER PRIMARY KEY)", "ALTER TABLE memo ADD COLUMN later TEXT",
    )  # fmt: skip
    with project_file_open(closed) as project:
        assert project.read_only
        assert len(memo_rows.all_memos(project.connection)) == 2
        with pytest.raises(ReadOnlyProject, match="newer version"):
            note(project)
    assert lock.state(closed) == "free"
    altered(closed, "PRAGMA user_version = 7")
    assert "not a project" in said(closed)


def test_another_program_that_holds_the_file_is_said(closed: Path) -> None:
    with closing(sqlite3.connect(closed, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "Another program" in said(closed)
    assert lock.state(closed) == "free"


# ----------------------------------------------------------------------------------- damage
def read_all(project: ProjectFile) -> None:
    """Read everything that the program reads."""
    connection = project.connection
    with problems.said(project.path):
        for document in document_rows.all_documents(connection):
            document_rows.text(connection, document.id)
            document_rows.source_bytes(connection, document.id)
            document_rows.notes(connection, document.id)
            turn_rows.of_document(connection, document.id)
        code_rows.paths(code_rows.all_codes(connection))
        coding_rows.all_codings(connection)
        case_rows.all_cases(connection)
        participant_rows.all_participants(connection)
        for subject in ("case", "participant", "document"):
            variable_rows.values(connection, subject)
        memo_rows.all_memos(connection)
        history.steps(connection)
        history.audit_entries(connection)
        arrays.codings(connection)
        arrays.turns(connection)
        arrays.latest_values(connection)


def tried(path: Path) -> bool:
    """Open and read everything; return whether it could. Nothing but ProjectProblem is raised."""
    try:
        project = project_file.open_project(path)
    except ProjectProblem:
        return False
    finally:
        assert lock.state(path) in ("free", "held")
    try:
        read_all(project)
        note(project)
        while project.undo("Kari") is not None:
            read_all(project)
    except ProjectProblem:
        return False
    finally:
        project.close()
    return True


@pytest.mark.parametrize("batch", range(4))
def test_flipped_bytes_are_refused_or_harmless(
    tmp_path: Path, closed_bytes: bytes, batch: int
) -> None:
    draw = random.Random(batch)
    path = tmp_path / "p.qdaproj"
    refused = 0
    for number in range(30):
        content = bytearray(closed_bytes)
        for _ in range(draw.choice((1, 1, 3, 20, 200))):
            limit = draw.choice((100, 4096, len(content)))
            content[draw.randrange(limit)] = draw.randrange(256)
        path = tmp_path / f"p{number}.qdaproj"
        path.write_bytes(content)
        refused += not tried(path)
    assert refused > 0


def test_truncated_files_are_refused(tmp_path: Path, closed_bytes: bytes) -> None:
    draw = random.Random(3)
    for number in range(25):
        path = tmp_path / f"p{number}.qdaproj"
        path.write_bytes(closed_bytes[: draw.randrange(len(closed_bytes) - 1)])
        assert said(path)
        assert not lock.lock_path(path).exists()


# ----------------------------------------------------------------------- logs after a crash
@pytest.mark.parametrize(("folder", "log"), [("her", "-wal"), ("OneDrive - Etaten", "-journal")])
def test_a_crash_in_the_middle_is_recovered(
    tmp_path: Path, closed_bytes: bytes, folder: str, log: str
) -> None:
    place = tmp_path / folder
    place.mkdir()
    path = place / "p.qdaproj"
    path.write_bytes(closed_bytes)
    project = project_file.open_project(path)
    journal = project.connection.execute("PRAGMA journal_mode").fetchone()[0]
    assert journal == ("wal" if log == "-wal" else "delete")
    note(project, "Lagra")
    crashed = tmp_path / "etter"
    crashed.mkdir()
    project.connection.execute("PRAGMA cache_size = 1")
    project.connection.execute("BEGIN")
    project.connection.execute("UPDATE coding SET memo = printf('%.9000c', 'x')")
    project.connection.execute("UPDATE text_body SET text = text || printf('%.90000c', 'x')")
    for one in place.iterdir():
        if one.is_file() and not one.name.endswith("-shm"):
            shutil.copy(one, crashed / one.name)
    assert (crashed / (path.name + log)).exists()
    project.connection.execute("ROLLBACK")
    project.close()
    for write in (False, True):
        with closing(project_file.open_project(crashed / path.name, write=write)) as again:
            assert again.read_only != write
            read_all(again)
            texts = [one.text for one in memo_rows.all_memos(again.connection)]
            assert "Lagra" in texts
            assert not any(one.memo for one in coding_rows.all_codings(again.connection))
    assert not (crashed / (path.name + log)).exists()


# ----------------------------------------------------------------------------------- places
@pytest.mark.parametrize(
    ("place", "shared"),
    [
        ("/mnt/felles/p", True), ("/mnt/felles med rom/p", True), ("/mnt/lokal/p", False),
        ("/mnt/felles/inni/p", False), ("/home/kari/OneDrive - Etaten/x/p", True),
        ("/home/kari/dropbox/p", True), ("/home/kari/Nextcloud2/p", True),
        ("/home/kari/onenote/p", False), ("/home/kari/p", False), ("/mnt/boks/p", True),
    ],
)  # fmt: skip
def test_shared_places(tmp_path: Path, place: str, shared: bool) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda / ext4 rw 0 0\n//srv/x /mnt/felles cifs rw 0 0\nkort\n"
        "srv:/y /mnt/felles\\040med\\040rom nfs4 rw 0 0\n/dev/sdb /mnt/felles/inni ext4 rw 0 0\n"
        "/dev/sdc /mnt/boks ext4 rw 0 0\nvm /mnt/boks vboxsf rw 0 0\n"
    )
    assert places.is_shared_place(Path(place), mounts) is shared


def test_a_place_is_judged_without_a_list_of_mounts(tmp_path: Path) -> None:
    assert not places.is_shared_place(tmp_path / "p", tmp_path / "ingen")


# ---------------------------------------------------------------------------------- closing
def test_closing_twice_does_nothing(closed: Path) -> None:
    project = project_file.open_project(closed)
    project.close()
    project.close()
    assert not lock.lock_path(closed).exists()
    project_file.open_project(closed).close()


def test_closing_in_the_middle_of_a_step_keeps_nothing_of_it(closed: Path) -> None:
    project = project_file.open_project(closed)
    project.connection.execute("BEGIN")
    project.connection.execute("DELETE FROM coding")
    project.close()
    with project_file_open(closed) as again:
        assert len(coding_rows.all_codings(again.connection)) == 4


def test_a_step_that_fails_leaves_nothing(
    filled: ProjectFile, digest: Callable[[ProjectFile], str]
) -> None:
    before, steps = digest(filled), len(history.steps(filled.connection))

    def fail(*, nested: bool) -> None:
        with filled.step(message("Try"), "Kari"):
            filled.connection.execute("DELETE FROM document")
            if nested:
                note(filled)
            raise KeyError

    with pytest.raises(KeyError):
        fail(nested=False)
    with pytest.raises(sqlite3.OperationalError, match="within a transaction"):
        fail(nested=True)
    assert digest(filled) == before
    assert len(history.steps(filled.connection)) == steps
    note(filled)


def test_a_reader_who_left_leaves_no_log_behind(closed: Path) -> None:
    writer = project_file.open_project(closed)
    project_file.open_project(closed).close()
    writer.close()
    assert [one.name for one in closed.parent.iterdir()] == [closed.name]
