"""Backups, and disks that are full."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from qda.model.errors import NotFound, ProjectProblem
from qda.operations import memos
from qda.store import backups, lock, project_file
from qda.store import memos as memo_rows

ROOT = Path(__file__).parents[2]


def changed(path: Path, text: str = "Hugs") -> None:
    with closing(project_file.open_project(path)) as project:
        memos.add_memo(project, coder="Kari", on="project", target=0, text=text)


def texts(path: Path) -> list[str]:
    with closing(project_file.open_project(path, write=False)) as project:
        return [one.text for one in memo_rows.all_memos(project.connection)]


def aged(project: Path, minutes: int) -> None:
    """Make every backup that much older."""
    for one in backups.listed(project):
        made = datetime.strptime(one.id, backups.FORMAT).replace(tzinfo=UTC)
        when = made - timedelta(minutes=minutes)
        one.path.rename(one.path.with_name(when.strftime(backups.FORMAT) + backups.ENDING))


def test_one_is_made_after_changes_but_not_twice_in_ten_minutes(closed: Path) -> None:
    project_file.open_project(closed).close()
    assert backups.listed(closed) == ()
    changed(closed, "Ein")
    (first,) = backups.listed(closed)
    assert texts(first.path) == texts(closed)
    changed(closed, "To")
    assert backups.listed(closed) == (first,)
    aged(closed, 11)
    changed(closed, "Tre")
    assert len(backups.listed(closed)) == 2
    assert texts(backups.listed(closed)[0].path)[-1] == "Tre"


def test_a_clock_that_was_wrong_does_not_end_backups(closed: Path) -> None:
    changed(closed)
    aged(closed, -60 * 24 * 400)
    changed(closed)
    assert len(backups.listed(closed)) == 2


def test_the_last_ones_are_kept_whatever_the_clock_says(closed: Path) -> None:
    for _ in range(backups.KEEP + 3):
        made = backups.make(closed)
        assert made.path.exists()
        aged(closed, 11)
    assert len(backups.listed(closed)) == backups.KEEP
    aged(closed, -60 * 24 * 400)
    made = backups.make(closed)
    assert made in backups.listed(closed)
    assert len(backups.listed(closed)) == backups.KEEP


def test_foreign_files_beside_them_are_left_alone(closed: Path) -> None:
    folder = backups.folder(closed)
    folder.mkdir()
    for name in ("notat.txt", "viktig.qdaproj", "20200101T000000000000Z.part"):
        (folder / name).write_text("x")
    backups.make(closed)
    assert {one.name for one in folder.iterdir()} >= {"notat.txt", "viktig.qdaproj"}
    assert not list(folder.glob("*.part"))
    assert len(backups.listed(closed)) == 1


def test_restoring_puts_the_old_one_aside(closed: Path) -> None:
    changed(closed, "Ein")
    (backup,) = backups.listed(closed)
    changed(closed, "To")
    before = closed.read_bytes()
    aside = backups.restore(closed, backup.id)
    assert aside.read_bytes() == before
    assert texts(closed)[-1] == "Ein"
    assert lock.state(closed) == "free"
    changed(closed, "Vidare")
    with pytest.raises(NotFound):
        backups.restore(closed, "finst-ikkje")


def test_restoring_takes_a_log_that_was_left_with_it(closed: Path) -> None:
    changed(closed, "Ein")
    (backup,) = backups.listed(closed)
    Path(f"{closed}-wal").write_bytes(b"gammal logg")
    aside = backups.restore(closed, backup.id)
    assert Path(f"{aside}-wal").read_bytes() == b"gammal logg"
    assert texts(closed)[-1] == "Ein"


def test_restoring_over_an_open_project_is_refused(closed: Path) -> None:
    changed(closed, "Ein")
    (backup,) = backups.listed(closed)
    with (
        closing(project_file.open_project(closed)),
        pytest.raises(ProjectProblem, match="close it first"),
    ):
        backups.restore(closed, backup.id)
    assert texts(closed)[-1] == "Ein"


def test_a_damaged_backup_is_not_put_in_place(closed: Path) -> None:
    changed(closed, "Ein")
    (backup,) = backups.listed(closed)
    content = bytearray(backup.path.read_bytes())
    content[4096:40960] = bytes(36864)
    backup.path.write_bytes(content)
    with pytest.raises(ProjectProblem, match="could not be put in place"):
        backups.restore(closed, backup.id)
    assert texts(closed)[-1] == "Ein"
    assert not list(closed.parent.glob("*.restoring"))


def test_a_folder_that_refuses_costs_the_backup_and_nothing_else(closed: Path) -> None:
    backups.folder(closed).write_text("ei fil, ingen mappe")
    changed(closed, "Ein")
    assert texts(closed)[-1] == "Ein"
    with pytest.raises(ProjectProblem, match="No backup"):
        backups.make(closed)


# --------------------------------------------------------------------------------- full disks
FULL = """
import resource, sys
from pathlib import Path
from qda.model.errors import ProjectProblem
from qda.operations import memos
from qda.store import backups, lock, project_file

path = Path(sys.argv[1])
size = path.stat().st_size
project = project_file.open_project(path)

def note(text):
    memos.add_memo(project, coder="Kari", on="project", target=0, text=text)

note("Plass")
limit = resource.getrlimit(resource.RLIMIT_FSIZE)
resource.setrlimit(resource.RLIMIT_FSIZE, (size + 60_000, limit[1]))
for text in ("x" * (size + 400_000), "y" * (size + 300_000)):
    try:
        note(text)
    except ProjectProblem as error:
        print("note:", error)
try:
    backups.make(path)
except ProjectProblem as error:
    print("backup:", error)
if sys.argv[2] == "close":
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, limit[1]))
    try:
        project.close()
    except ProjectProblem as error:
        print("close:", error)
else:
    resource.setrlimit(resource.RLIMIT_FSIZE, limit)
    note("Etterpå")
    project.close()
print(lock.state(path))
"""


@pytest.mark.parametrize("folder", ["her", "OneDrive"])
@pytest.mark.parametrize("how", ["go on", "close"])
def test_a_full_disk_loses_nothing(
    tmp_path: Path, closed_bytes: bytes, folder: str, how: str
) -> None:
    place = tmp_path / folder
    place.mkdir()
    path = place / "p.qdaproj"
    path.write_bytes(closed_bytes)
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(path), how],
        capture_output=True, text=True, cwd=ROOT, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("note:") == 2
    assert "nothing was changed" in done.stdout
    assert done.stdout.rstrip().endswith("free")
    if how == "close" and folder == "her":
        assert "nothing is lost" in done.stdout
        assert Path(f"{path}-wal").exists()
    expected = ["Hugs: blå perm 📘", "Kven er «vi»?", "Plass"]
    assert texts(path) == expected + (["Etterpå"] if how == "go on" else [])
    with closing(project_file.open_project(path)) as project:
        answer = project.connection.execute("PRAGMA integrity_check").fetchall()
        assert answer == [("ok",)]
        assert project.undo("Kari") is not None
    assert not Path(f"{path}-wal").exists()


@pytest.mark.skipif(
    os.geteuid() != 0 or not Path("/proc/mounts").exists(), reason="only root may mount a disk"
)
def test_a_disk_that_is_really_full(tmp_path: Path, closed_bytes: bytes) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)],
        capture_output=True, check=False,
    )  # fmt: skip
    if mounted.returncode:
        pytest.skip("this machine lets nobody mount a disk")
    try:
        path = disk / "p.qdaproj"
        path.write_bytes(closed_bytes)
        project = project_file.open_project(path)
        memos.add_memo(project, coder="Kari", on="project", target=0, text="Plass")
        # Closing may need a few pages more than the file has; a backup needs them all.
        (disk / "rom").write_bytes(bytes(65_536))
        with pytest.raises(ProjectProblem, match="full"):
            memos.add_memo(project, coder="Kari", on="project", target=0, text="x" * 1_900_000)
        (disk / "rom").unlink()
        room = os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize
        (disk / "fyll").write_bytes(bytes(max(0, room - 32_768)))
        with pytest.raises(ProjectProblem, match="No backup"):
            backups.make(path)
        project.close()
        assert lock.state(path) == "free"
        (disk / "mer").write_bytes(bytes(os.statvfs(disk).f_bavail * os.statvfs(disk).f_bsize))
        with pytest.raises(ProjectProblem):
            project_file.create(disk / "ny.qdaproj")
        assert {one.name for one in disk.iterdir()} - {"fyll", "mer"} <= {
            "p.qdaproj", "p.qdaproj.backups", "p.qdaproj-wal",
        }  # fmt: skip
        with pytest.raises(ProjectProblem, match="full"):
            project_file.open_project(path)
        (disk / "fyll").unlink()
        (disk / "mer").unlink()
        with closing(project_file.open_project(path)) as again:
            assert again.connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert texts(path)[-1] == "Plass"
    finally:
        subprocess.run(["umount", "--lazy", str(disk)], check=True)


def test_backups_carry_no_log(closed: Path) -> None:
    with closing(project_file.open_project(closed)) as project:
        memos.add_memo(project, coder="Kari", on="project", target=0, text="I loggen enno")
        made = backups.make(closed)
    assert {one.name for one in made.path.parent.iterdir()} == {made.path.name}
    with closing(sqlite3.connect(made.path)) as copy:
        assert copy.execute("PRAGMA journal_mode").fetchone() == ("delete",)
        assert copy.execute("SELECT text FROM memo ORDER BY id DESC").fetchone() == (
            "I loggen enno",
        )
