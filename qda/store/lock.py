"""The lock file beside an open project: who has it open, and whether they still do.

The lock is both a file with host, user and pid, which people and other machines can read, and an
operating system lock on that file, which ends with the process however it ends. On the same
machine the operating system's lock decides, so a lock left by a crash is taken over by itself.
"""

import getpass
import json
import logging
import os
import platform
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Literal

from qda.model.errors import ProjectProblem
from qda.model.messages import message

log = logging.getLogger(__name__)

ATTEMPTS = 20
LOCK_AT = 4096
"""Byte that Windows locks: past the readable content, since its locks forbid reading."""


@dataclass(frozen=True, slots=True)
class LockOwner:
    """Who holds the lock of a project."""

    host: str
    user: str
    pid: int


class ProjectLock:
    """A lock held until `release`; make one with `acquire`."""

    def __init__(self, path: Path, handle: IO[bytes]) -> None:
        """Keep the open, locked file."""
        self._path = path
        self._handle = handle

    def release(self) -> None:
        """Give the lock up and remove its file, unless that is another's by now."""
        if self._handle.closed:
            return
        mine = _still_there(self._path, self._handle)
        try:
            # Removed while still locked: once it is free, the file may be somebody else's.
            # Windows cannot remove an open file, so there it is removed afterwards.
            if mine and os.name != "nt":
                self._remove()
        finally:
            self._handle.close()
        if mine and os.name == "nt":
            self._remove()

    def _remove(self) -> None:
        try:
            self._path.unlink(missing_ok=True)
        except OSError:
            log.warning("a lock file could not be removed; it will be taken over")


def lock_path(project: Path) -> Path:
    """Return where the lock file of a project stands."""
    return project.with_name(project.name + ".lock")


def this_process() -> LockOwner:
    """Describe the running process as a lock owner."""
    try:
        user = getpass.getuser()
    except (KeyError, OSError):
        user = "?"
    return LockOwner(platform.node(), user, os.getpid())


def read_owner(project: Path) -> LockOwner | None:
    """Return who the lock file names, None when there is no readable one."""
    try:
        with lock_path(project).open("rb") as file:
            content: object = json.loads(file.read(LOCK_AT).decode("utf-8"))
    except (OSError, ValueError, RecursionError):
        return None
    if not isinstance(content, dict):
        return None
    try:
        return LockOwner(str(content["host"]), str(content["user"]), int(content["pid"]))  # pyright: ignore[reportUnknownArgumentType]
    except (KeyError, TypeError, ValueError, OverflowError):
        return None


def acquire(project: Path, *, take_over: bool = False) -> ProjectLock | None:
    """Lock a project, or return None when somebody else has it open.

    A lock of another machine counts as held, since its processes cannot be seen from here, unless
    `take_over` is set. Raises ProjectProblem when the folder cannot be written.
    """
    path = lock_path(project)
    owner = read_owner(project)
    if owner is not None and owner.host != platform.node() and not take_over:
        return None
    for _ in range(ATTEMPTS):
        try:
            handle = path.open("a+b", buffering=0)
        except (OSError, ValueError) as error:
            raise ProjectProblem(
                message(
                    "The folder of {name} cannot be written to; "
                    "copy the project to a folder of yours.",
                    name=project.name.encode("utf-8", "replace").decode(),
                )
            ) from error
        if not _lock_handle(handle):
            handle.close()
            return None
        if _still_there(path, handle):
            _sign(handle)
            return ProjectLock(path, handle)
        # Its last owner removed it between our opening and locking it: begin again.
        handle.close()
    return None


def state(project: Path) -> Literal["free", "stale", "held", "elsewhere"]:
    """Tell how a project's lock stands, without touching it.

    `stale` is one whose process has ended; `elsewhere` one of another machine, which may have.
    """
    path = lock_path(project)
    if not path.exists():
        return "free"
    owner = read_owner(project)
    if owner is not None and owner.host != platform.node():
        return "elsewhere"
    try:
        with path.open("r+b", buffering=0) as handle:
            return "stale" if _lock_handle(handle) else "held"
    except OSError:
        return "held"


def _sign(handle: IO[bytes]) -> None:
    """Write who holds the lock; on a full disk it holds without saying so."""
    try:
        handle.truncate(0)
        handle.write(json.dumps(asdict(this_process())).encode("ascii"))
    except OSError:
        log.info("the lock file could not be written to; the lock holds all the same")


def _still_there(path: Path, handle: IO[bytes]) -> bool:
    """Tell whether the locked file is still at `path`: its last owner may have removed it."""
    try:
        return os.path.samestat(path.stat(), os.fstat(handle.fileno()))
    except OSError:
        return False


if sys.platform == "win32":
    import msvcrt

    def _lock_handle(handle: IO[bytes]) -> bool:
        handle.seek(LOCK_AT)
        try:
            msvcrt.locking(handle.fileno(), msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True

else:
    import fcntl

    def _lock_handle(handle: IO[bytes]) -> bool:
        try:
            fcntl.flock(handle.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return False
        return True
