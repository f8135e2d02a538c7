"""Backups of a project: made by SQLite's own backup, checked, and the last ones kept.

They lie in a folder beside the project, `NAME.qdaproj.backups`, one file each, named by the time
in UTC. Nothing is ever stored elsewhere, since the material is confidential.
"""

import logging
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import NotFound, ProjectProblem
from qda.model.messages import message
from qda.store import lock

log = logging.getLogger(__name__)

KEEP = 10
DUE_AFTER = timedelta(minutes=10)
FORMAT = "%Y%m%dT%H%M%S%fZ"
ENDING = ".qdaproj"
PAGES = 4000
"""How many pages are copied between two moments at which that can be cancelled."""
PART = ".part"
RESTORING = ".restoring"


@dataclass(frozen=True, slots=True)
class Backup:
    """A kept backup; `id` is what it is restored by."""

    id: str
    when: str
    size: int
    path: Path


def folder(project: Path) -> Path:
    """Return where the backups of a project lie."""
    return project.with_name(project.name + ".backups")


def listed(project: Path) -> tuple[Backup, ...]:
    """Return the backups, newest first."""
    found: list[Backup] = []
    for path in sorted(folder(project).glob("*" + ENDING), reverse=True):
        when = _when(path)
        with suppress(FileNotFoundError):
            if when is not None:
                size = path.stat().st_size
                found.append(Backup(path.stem, when.isoformat(timespec="seconds"), size, path))
    return tuple(found)


def _when(path: Path) -> datetime | None:
    try:
        return datetime.strptime(path.stem, FORMAT).replace(tzinfo=UTC)
    except ValueError:
        return None


def make(project: Path) -> Backup:
    """Make a backup now, check it, and drop the oldest beyond those kept.

    Raises ProjectProblem when it cannot be written; the project itself is never touched.
    """
    target_folder = folder(project)
    now = datetime.now(UTC)
    target = target_folder / (now.strftime(FORMAT) + ENDING)
    part = target.with_suffix(PART)
    try:
        target_folder.mkdir(exist_ok=True)
        _drop_halves(target_folder)
        _copy(project, part)
        part.replace(target)
        made = Backup(target.stem, now.isoformat(timespec="seconds"), target.stat().st_size, target)
    except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
        _drop_halves(target_folder)
        raise ProjectProblem(
            message(
                "No backup of {name} could be made; make room on the disk or check the folder.",
                name=project.name,
            )
        ) from error
    for old in [backup for backup in listed(project) if backup.id != made.id][KEEP - 1 :]:
        with suppress(OSError):
            old.path.unlink(missing_ok=True)
    return made


def copy_to(project: Path, target: Path, progress: Progress | None = None) -> None:
    """Write the project as it is at this moment to another file, whoever has it open.

    What stands there is replaced, once the copy is whole. Raises ProjectProblem and Cancelled, and
    then nothing is left behind.
    """
    part = target.with_name(target.name + PART)
    logs = [target.with_name(target.name + ending) for ending in ("-wal", "-shm", "-journal")]
    try:
        if target.exists() and target.samefile(project):
            raise ProjectProblem(
                message("This is the project itself; choose another name for the copy.")
            )
        if lock.state(target) in ("held", "elsewhere") or any(one.exists() for one in logs):
            raise ProjectProblem(
                message("{name} is open; close it first, everywhere.", name=target.name)
            )
        part.unlink(missing_ok=True)
        _copy(project, part, progress or Progress())
        part.replace(target)
    except Cancelled:
        part.unlink(missing_ok=True)
        raise
    except (OSError, ValueError, sqlite3.Error, UnicodeError) as error:
        with suppress(OSError, ValueError):
            part.unlink(missing_ok=True)
        raise ProjectProblem(
            message(
                "No copy could be written to {name}; choose another folder or make room.",
                name=target.name.encode("utf-8", "replace").decode(),
            )
        ) from error


def _drop_halves(target_folder: Path) -> None:
    """Remove backups that were not finished: whoever holds the project's lock makes them alone."""
    for half in [*target_folder.glob("*" + PART), *target_folder.glob("*" + PART + "-*")]:
        with suppress(OSError):
            half.unlink(missing_ok=True)


def _copy(source: Path, target: Path, progress: Progress | None = None) -> None:
    with closing(_reading(source)) as reading, closing(sqlite3.connect(target)) as writing:
        if progress is None:
            reading.backup(writing)
        else:
            progress.start(0)
            # One state of it: where somebody writes meanwhile, the copy would begin anew.
            reading.execute("BEGIN")
            reading.execute("SELECT id FROM project").fetchone()
            reading.backup(writing, pages=PAGES, progress=_telling(progress))
        writing.execute("PRAGMA journal_mode = DELETE")
        if writing.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise sqlite3.DatabaseError


def _telling(progress: Progress) -> Callable[[int, int, int], None]:
    def tell(_status: int, _remaining: int, _total: int) -> None:
        progress.step()

    return tell


def opens(path: Path) -> bool:
    """Tell whether a backup is a whole, undamaged database."""
    try:
        with closing(_reading(path)) as connection:
            return connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except (sqlite3.Error, UnicodeDecodeError):
        return False


def _reading(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path.absolute().as_uri() + "?mode=ro", uri=True)


def make_if_due(project: Path) -> Backup | None:
    """Make a backup unless the newest is only minutes old; a failure is logged, not raised."""
    try:
        newest = next(iter(listed(project)), None)
        made = None if newest is None else _when(newest.path)
        # A newest one from the future tells of a clock that was wrong, not of a backup to trust.
        if made is not None and abs(datetime.now(UTC) - made) < DUE_AFTER:
            return None
        return make(project)
    except (ProjectProblem, OSError):
        log.warning("no backup could be made")
        return None


def restore(project: Path, backup_id: str) -> Path:
    """Put a backup in the project's place; return where the replaced file was put aside.

    Raises NotFound for an unknown backup, ProjectProblem where the project is open, the backup
    is damaged or there is no room: the project is then as it was.
    """
    project = project.resolve() if project.is_symlink() else project
    wanted = next((backup for backup in listed(project) if backup.id == backup_id), None)
    if wanted is None:
        raise NotFound(
            message(
                "There is no backup {id}; list them with «qda backup PROJECT --list».", id=backup_id
            )
        )
    held = lock.acquire(project)
    if held is None:
        raise ProjectProblem(
            message("{name} is open; close it first, everywhere.", name=project.name)
        )
    try:
        return _put_in_place(project, wanted)
    finally:
        held.release()


def _put_in_place(project: Path, wanted: Backup) -> Path:
    aside = project.with_name(f"{project.name}.replaced-{datetime.now(UTC).strftime(FORMAT)}")
    fresh = project.with_name(project.name + RESTORING)
    try:
        shutil.copyfile(wanted.path, fresh)
        if not opens(fresh):
            raise sqlite3.DatabaseError
        # The project goes first, its logs after it, the backup last: a log that stayed would be
        # played into the backup, and a stop in between leaves no project rather than a wrong one.
        for ending in ("", "-wal", "-shm", "-journal"):
            old = project.with_name(project.name + ending)
            if old.exists():
                old.replace(aside.with_name(aside.name + ending))
        fresh.replace(project)
    except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
        if project.exists():
            with suppress(OSError):
                fresh.unlink(missing_ok=True)
        raise ProjectProblem(
            message(
                "The backup {id} could not be put in place; make room on the disk, "
                "or choose another backup.",
                id=wanted.id,
            )
        ) from error
    return aside
