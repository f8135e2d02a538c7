"""Leaving nothing behind of names that were taken out of a project.

The operation itself is one transaction; that the file is rewritten after it is noted in it, so that
a crash in between leaves that to whoever opens the project next.
"""

import logging
import sqlite3
from dataclasses import dataclass

from qda.model.ids import Guid
from qda.store import history

log = logging.getLogger(__name__)

DUE = "SELECT 1 FROM pseudonymising WHERE settled = 0"
SETTLED = "UPDATE pseudonymising SET settled = 1 WHERE settled = 0"
INSERT = (
    "INSERT INTO pseudonymising (guid, at, coder, names, places, settled, reversed)"
    " VALUES (?, ?, ?, ?, ?, 0, '')"
)
NOTED = "SELECT 1 FROM pseudonymising WHERE guid = ?"
ALL = "SELECT guid, at, coder, names, places, settled, reversed FROM pseudonymising ORDER BY id"
REVERSED = "UPDATE pseudonymising SET reversed = ? WHERE guid = ?"
WITHOUT_FILES = (
    "UPDATE document SET file_hash = NULL WHERE file_hash IN"
    " (SELECT file_hash FROM document WHERE id = ?)"
)
FILES = "SELECT count(*) FROM document WHERE file_hash IS NOT NULL AND id = ?"


@dataclass(frozen=True, slots=True)
class Pseudonymised:
    """That names were replaced: when, by whom, how many; whether they were put back since."""

    guid: Guid
    at: str
    coder: str
    names: int
    places: int
    settled: bool
    reversed: str


def note(connection: sqlite3.Connection, coder: str, names: int, places: int, run: Guid) -> None:
    """Note within the operation that names are replaced; the key carries the same `run`."""
    connection.execute(INSERT, (run, history.now(), coder, names, places))


def may_be_noted(connection: sqlite3.Connection, run: Guid) -> bool:
    """Tell whether the names of a run may be replaced; yes where that cannot be read."""
    try:
        return connection.execute(NOTED, (run,)).fetchone() is not None
    except sqlite3.Error:
        return True


def all_notes(connection: sqlite3.Connection) -> tuple[Pseudonymised, ...]:
    """Return when names were replaced, the oldest first."""
    return tuple(
        Pseudonymised(Guid(row[0]), row[1], row[2], row[3], row[4], bool(row[5]), row[6])
        for row in connection.execute(ALL)
    )


def note_reversal(connection: sqlite3.Connection, guid: Guid) -> None:
    """Note within the operation that the names of one key are back."""
    connection.execute(REVERSED, (history.now(), guid))


def drop_files_of(connection: sqlite3.Connection, documents: tuple[int, ...]) -> int:
    """Let documents, and those that came in the same file, do without it; return how many had one.

    The bytes go with the steps that need them.
    """
    had = sum(int(connection.execute(FILES, (one,)).fetchone()[0]) for one in documents)
    connection.executemany(WITHOUT_FILES, ((one,) for one in documents))
    return had


def is_due(connection: sqlite3.Connection) -> bool:
    """Tell whether the file is yet to be rewritten."""
    return connection.execute(DUE).fetchone() is not None


def rewrite(connection: sqlite3.Connection) -> bool:
    """Rewrite the file and empty its log; False where somebody reads, or the disk is full."""
    try:
        connection.execute("PRAGMA secure_delete = ON")
        connection.execute("VACUUM")
        # Until the log has gone into the file, the file holds what it held before.
        if connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]:
            return False
        connection.execute(SETTLED)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    except sqlite3.OperationalError:
        log.warning("the project could not be rewritten yet")
        return False
    return True
