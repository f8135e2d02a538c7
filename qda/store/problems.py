"""Errors of the database and the disk, worded for the user.

Only what a user can mend is worded; every other error is a bug and stays what it is.
"""

import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from qda.model.errors import NotAllowed, ProjectProblem, UserError
from qda.model.messages import message

NOT_WRITTEN = ("SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_PERM", "SQLITE_NOLFS")
IN_USE = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL")
DAMAGE = (sqlite3.DatabaseError, UnicodeDecodeError)
"""What reading a damaged file may raise: SQLite quotes damaged names in its errors."""
DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")


class BrokenHistory(Exception):
    """The record of a step cannot be replayed; the transaction was rolled back."""


def foreign(path: Path) -> ProjectProblem:
    """Say that a file is no project."""
    return ProjectProblem(
        message("{name} is not a project of this program; choose another file.", name=path.name)
    )


def damaged(path: Path) -> ProjectProblem:
    """Say that a project is damaged."""
    return ProjectProblem(
        message(
            "{name} is damaged; restore a backup with «qda backup», or mend it with «qda doctor».",
            name=path.name,
        )
    )


def altered(path: Path) -> ProjectProblem:
    """Say that a project holds what this program never writes."""
    return ProjectProblem(
        message(
            "{name} holds parts that this program never writes, so it was not opened; "
            "ask for a fresh copy from where you got it.",
            name=path.name,
        )
    )


def unreadable(path: Path) -> ProjectProblem:
    """Say that a file cannot be read at all."""
    return ProjectProblem(
        message("{name} cannot be read; check that you may open it.", name=path.name)
    )


def worded(error: BaseException, path: Path) -> UserError | None:
    """Return an error of the database in words, None where it is a bug."""
    if isinstance(error, UnicodeEncodeError):
        return NotAllowed(
            message("The text holds a broken character that cannot be kept; write it anew.")
        )
    if isinstance(error, BrokenHistory):
        return ProjectProblem(
            message(
                "The record of this step in {name} is damaged, so nothing was changed; "
                "mend it with «qda doctor».",
                name=path.name,
            )
        )
    if isinstance(error, UnicodeDecodeError):
        return damaged(path)
    if not isinstance(error, sqlite3.Error):
        return None
    code = str(getattr(error, "sqlite_errorname", "") or "")
    if code.startswith(DAMAGED) or (not code and "decode to UTF-8" in str(error)):
        return damaged(path)
    return _disk_or_lock(code, path)


def _disk_or_lock(code: str, path: Path) -> UserError | None:
    if code.startswith("SQLITE_FULL"):
        return ProjectProblem(
            message(
                "The disk with {name} is full, so nothing was changed; make room and try again.",
                name=path.name,
            )
        )
    if code.startswith(NOT_WRITTEN):
        return ProjectProblem(
            message(
                "{name} could not be written to, so nothing was changed; "
                "check the disk or network and try again.",
                name=path.name,
            )
        )
    if code.startswith(IN_USE):
        return ProjectProblem(
            message(
                "Another program is using {name}, so nothing was changed; "
                "close it there and try again.",
                name=path.name,
            )
        )
    if code.startswith("SQLITE_CANTOPEN"):
        return ProjectProblem(
            message(
                "{name} cannot be opened where it is; copy it, with the files beside it that "
                "begin with its name, to a folder of yours.",
                name=path.name,
            )
        )
    if code.startswith("SQLITE_TOOBIG"):
        return NotAllowed(
            message("This is larger than a project can hold in one piece; divide it.")
        )
    return None


@contextmanager
def said(path: Path) -> Generator[None]:
    """Word the errors of the database in the project at `path`; bugs pass unchanged."""
    try:
        yield
    except (sqlite3.Error, UnicodeError, BrokenHistory) as error:
        problem = worded(error, path)
        if problem is None:
            raise
        raise problem from error
