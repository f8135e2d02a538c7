"""Backups of a project: made by SQLite's own backup, checked, and the last ones kept.

They lie in a folder beside the project, `NAME.qdaproj.backups`, one file each, named by the time
in UTC. Nothing is ever stored elsewhere, since the material is confidential.
"""

import logging
import shutil
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from qda.model.errors import NotFound, ProjectProblem
from qda.model.messages import message

log = logging.getLogger(__name__)

KEEP = 10
DUE_AFTER = timedelta(minutes=10)
FORMAT = "%Y%m%dT%H%M%S%fZ"
ENDING = ".qdaproj"


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
        if when is not None:
            found.append(
                Backup(path.stem, when.isoformat(timespec="seconds"), path.stat().st_size, path)
            )
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
    name = datetime.now(UTC).strftime(FORMAT)
    target = target_folder / (name + ENDING)
    part = target.with_suffix(".part")
    try:
        target_folder.mkdir(exist_ok=True)
        _copy(project, part)
        part.replace(target)
    except (OSError, sqlite3.Error) as error:
        part.unlink(missing_ok=True)
        raise ProjectProblem(
            message(
                "No backup of {name} could be made; make room on the disk or check the folder.",
                name=project.name,
            )
        ) from error
    for old in listed(project)[KEEP:]:
        old.path.unlink(missing_ok=True)
    return next(backup for backup in listed(project) if backup.id == name)


def _copy(source: Path, target: Path) -> None:
    reading = sqlite3.connect(source.absolute().as_uri() + "?mode=ro", uri=True)
    try:
        writing = sqlite3.connect(target)
        try:
            reading.backup(writing)
            writing.execute("PRAGMA journal_mode = DELETE")
            if writing.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise sqlite3.DatabaseError
        finally:
            writing.close()
    finally:
        reading.close()


def make_if_due(project: Path) -> Backup | None:
    """Make a backup unless the newest is only minutes old; a failure is logged, not raised."""
    newest = next(iter(listed(project)), None)
    if newest is not None:
        made = _when(newest.path)
        if made is not None and datetime.now(UTC) - made < DUE_AFTER:
            return None
    try:
        return make(project)
    except ProjectProblem:
        log.warning("no backup could be made")
        return None


def restore(project: Path, backup_id: str) -> Path:
    """Put a backup in the project's place; return where the replaced file was put aside.

    The project must be closed. Raises NotFound for an unknown backup.
    """
    wanted = next((backup for backup in listed(project) if backup.id == backup_id), None)
    if wanted is None:
        raise NotFound(
            message(
                "There is no backup {id}; list them with «qda backup PROJECT --list».", id=backup_id
            )
        )
    aside = project.with_name(f"{project.name}.replaced-{datetime.now(UTC).strftime(FORMAT)}")
    fresh = project.with_name(project.name + ".restoring")
    shutil.copyfile(wanted.path, fresh)
    for extra in ("-wal", "-shm", "-journal"):
        log_file = project.with_name(project.name + extra)
        if log_file.exists():
            log_file.replace(aside.with_name(aside.name + extra))
    if project.exists():
        project.replace(aside)
    fresh.replace(project)
    return aside
