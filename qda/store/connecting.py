"""Connections to a project file, which is never trusted: what they run and what they wait for."""

import sqlite3
from contextlib import closing, suppress
from pathlib import Path
from typing import Literal

from qda.jobs.progress import Progress
from qda.store import places
from qda.store.flushing import Flusher

PRAGMAS = (
    "trusted_schema = OFF", "cell_size_check = ON", "foreign_keys = ON", "busy_timeout = 2000",
    "cache_size = -32000", "temp_store = MEMORY",
)  # fmt: skip
INSTRUCTIONS = 10_000
"""How many instructions of SQLite's machine pass between two looks at whether to go on."""
NORMAL = 1
"""What `PRAGMA synchronous` says where a commit does not wait for the disk."""
LONG_LOG = 4 << 20
"""Bytes above which a log is moved into the file behind a commit."""
TOO_LONG, USUAL = 4_000, 1_000
"""Pages above which SQLite itself moves a log within a commit: where somebody writes without a
pause, so that it never ends behind one, and where there is no thread for it."""


def connect(
    path: Path, mode: Literal["ro", "rw", "rwc"] = "rw", *, lenient: bool = False
) -> sqlite3.Connection:
    """Connect to a file that is not trusted; `lenient` reads on where its schema is damaged."""
    target = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(target, uri=True, isolation_level=None, check_same_thread=True)
    try:
        if lenient:
            connection.execute("PRAGMA writable_schema = ON")
        distrust(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Set the journal of a connection that may write."""
    shared = places.is_shared_place(path)
    wanted = "DELETE" if shared else "WAL"
    (journal,) = connection.execute(f"PRAGMA journal_mode = {wanted}").fetchone()
    # Reading makes the log ours: one that a reader made would be left when we close.
    connection.execute("SELECT id FROM project").fetchone()
    # A log is flushed by a thread of its own, right after the commit.
    connection.execute(f"PRAGMA synchronous = {'NORMAL' if journal == 'wal' else 'FULL'}")


def flusher_of(path: Path, connection: sqlite3.Connection) -> Flusher | None:
    """Return what flushes the log of a connection that does not wait for that itself.

    It also moves a long log into the file, which SQLite would do within a commit, with waits for
    the disk; that still does so where the log grows too long. Call `wait_again` where it is stopped
    and the connection goes on.
    """
    (level,) = connection.execute("PRAGMA synchronous").fetchone()
    if level != NORMAL:
        return None
    file = path.resolve()
    log = file.with_name(file.name + "-wal")
    connection.execute(f"PRAGMA wal_autocheckpoint = {TOO_LONG}")
    # Else a log that was long once would look long for ever.
    connection.execute(f"PRAGMA journal_size_limit = {LONG_LOG}")

    def shorten() -> None:
        # Whoever reads just then hinders it, and what a full disk keeps from the file stays in the
        # log: the next commit comes here again.
        with suppress(OSError, sqlite3.Error):
            if log.stat().st_size > LONG_LOG:
                with closing(connect(file)) as apart:
                    apart.execute("PRAGMA wal_checkpoint(PASSIVE)")

    return Flusher(log, shorten)


def wait_again(connection: sqlite3.Connection) -> None:
    """Let the commits of a connection wait for the disk, and move its log into the file."""
    connection.execute("PRAGMA synchronous = FULL")
    connection.execute(f"PRAGMA wal_autocheckpoint = {USUAL}")


def distrust(connection: sqlite3.Connection) -> None:
    """Let a connection run nothing that its file brings along."""
    for pragma in PRAGMAS:
        connection.execute("PRAGMA " + pragma)


def stop_with(connection: sqlite3.Connection, progress: Progress) -> None:
    """Let a statement stop once `progress` is cancelled.

    What is committed must be told: only within a transaction is anything stopped.
    """
    connection.set_progress_handler(
        lambda: int(progress.cancelled and connection.in_transaction), INSTRUCTIONS
    )
