"""One project, one file: creating, opening and closing it safely.

While open, the file keeps a write-ahead log (a rollback journal in synchronised and network
folders); closed, it is one file again. A file from a stranger is checked before anything in it
is used: its header, its schema against the expected one, and its pages.
"""

import logging
import os
import sqlite3
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from qda.model.entities import Language
from qda.model.errors import ProjectProblem, ReadOnlyProject
from qda.model.ids import new_guid
from qda.model.messages import Message, message
from qda.store import backups, history, lock, places, schema
from qda.store.history import OpenStep

log = logging.getLogger(__name__)

ENDING = ".qdaproj"
FIRST_COLOR = "#1f5f73"
INTERNAL_TABLES = frozenset({"_sqlite_migrations", "sqlite_sequence", "sqlite_stat1"})


class ProjectFile:
    """An open project file. Make one with `create` or `open_project`; close it when done."""

    def __init__(
        self, path: Path, connection: sqlite3.Connection, held: lock.ProjectLock | None
    ) -> None:
        """Wrap an open, checked connection; without a lock it is for reading only."""
        self.path = path
        self.connection = connection
        self._lock = held
        self._changed = False

    @property
    def read_only(self) -> bool:
        """Tell whether changes are refused."""
        return self._lock is None

    @contextmanager
    def step(self, operation: Message, coder: str) -> Generator[OpenStep]:
        """Run one operation as one transaction and one undo step. Raises ReadOnlyProject."""
        self.require_writable()
        with (
            _full_disk_said(self.path),
            history.record(self.connection, operation.text, coder) as step,
        ):
            yield step
        self._changed = self._changed or bool(step.changes)

    def require_writable(self) -> None:
        """Raise ReadOnlyProject where the project may not be changed."""
        if self.read_only:
            raise ReadOnlyProject(
                message(
                    "{name} is open for reading only; close it where else it is open to change it.",
                    name=self.path.name,
                )
            )

    def mark_changed(self) -> None:
        """Note a change that went past `step` (undo, redo), so that closing makes a backup."""
        self._changed = True

    def close(self) -> None:
        """Tidy up, go back to one file, keep a backup if anything changed, and release the lock."""
        try:
            if not self.read_only:
                if self._changed:
                    history.drop_orphans(self.connection)
                self.connection.execute("PRAGMA journal_mode = DELETE")
        finally:
            self.connection.close()
            if self._lock is not None:
                try:
                    if self._changed:
                        backups.make_if_due(self.path)
                finally:
                    self._lock.release()


@contextmanager
def _full_disk_said(path: Path) -> Generator[None]:
    """Word the errors of a full or failing disk; the transaction is already rolled back."""
    try:
        yield
    except sqlite3.OperationalError as error:
        name = getattr(error, "sqlite_errorname", "") or ""
        if name.startswith("SQLITE_FULL"):
            raise ProjectProblem(
                message(
                    "The disk with {name} is full, so nothing was changed; "
                    "make room and try again.",
                    name=path.name,
                )
            ) from error
        if name.startswith(("SQLITE_IOERR", "SQLITE_READONLY", "SQLITE_BUSY")):
            raise ProjectProblem(
                message(
                    "{name} could not be written to, so nothing was changed; "
                    "check the disk or network and try again.",
                    name=path.name,
                )
            ) from error
        raise


def create(
    path: Path, *, name: str = "", language: Language = "nb", coder: str = ""
) -> ProjectFile:
    """Make a new project file with one coder; raises ProjectProblem where one already is."""
    if path.exists():
        raise ProjectProblem(
            message("There is already a file {name}; choose another name.", name=path.name)
        )
    if not path.parent.is_dir():
        raise ProjectProblem(
            message("There is no folder {folder}; make it first.", folder=str(path.parent))
        )
    held = lock.acquire(path)
    if held is None:
        raise ProjectProblem(
            message("There is already a file {name}; choose another name.", name=path.name)
        )
    # Built beside and moved into place, so that a half-made project is never found.
    building = path.with_name(path.name + ".new")
    try:
        building.unlink(missing_ok=True)
        _build(building, name or path.stem, language, coder or lock.this_process().user)
        building.replace(path)
        connection = _connect(path)
        _prepare(connection, path)
    except sqlite3.Error as error:
        building.unlink(missing_ok=True)
        held.release()
        raise ProjectProblem(
            message("{name} could not be created here; choose another folder.", name=path.name)
        ) from error
    except BaseException:
        held.release()
        raise
    project = ProjectFile(path, connection, held)
    project.mark_changed()
    return project


def _build(path: Path, name: str, language: Language, coder: str) -> None:
    from qda.store import migrations  # lazy: sqlite-utils imports pandas

    connection = _connect(path)
    try:
        migrations.migrate(connection)
        connection.execute("BEGIN")
        cursor = connection.execute(
            "INSERT INTO coder (guid, name, color) VALUES (?, ?, ?)",
            (new_guid(), coder, FIRST_COLOR),
        )
        connection.execute(
            "INSERT INTO project (id, guid, name, language, created, coder_id)"
            " VALUES (1, ?, ?, ?, ?, ?)",
            (new_guid(), name, language, history.now(), cursor.lastrowid),
        )
        connection.execute("COMMIT")
    finally:
        connection.close()


def open_project(path: Path, *, write: bool = True, take_over: bool = False) -> ProjectFile:
    """Open a project; for reading only when `write` is False or somebody else has it open.

    Raises ProjectProblem for a file that is missing, foreign, damaged or from a newer program.
    """
    _check_header(path)
    held = lock.acquire(path, take_over=take_over) if os.access(path, os.W_OK) else None
    try:
        connection = _connect(path, read_only=held is None)
    except sqlite3.Error as error:
        if held is not None:
            held.release()
        raise _damaged(path) from error
    try:
        newer = _check_version(connection, path)
        if held is not None and not newer:
            _migrate_if_older(connection, path)
        _check_schema(connection, path)
        _check_pages(connection, path)
        if held is None or newer or not write:
            connection.execute("PRAGMA query_only = ON")
            if held is not None:
                held.release()
            return ProjectFile(path, connection, None)
        _prepare(connection, path)
    except BaseException as error:
        connection.close()
        if held is not None:
            held.release()
        if isinstance(error, sqlite3.DatabaseError):
            raise _damaged(path) from error
        raise
    return ProjectFile(path, connection, held)


def _connect(path: Path, *, read_only: bool = False) -> sqlite3.Connection:
    target = path.absolute().as_uri() + ("?mode=ro" if read_only else "")
    connection = sqlite3.connect(target, uri=True, isolation_level=None, check_same_thread=True)
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA busy_timeout = 2000")
    connection.execute("PRAGMA cache_size = -32000")
    connection.execute("PRAGMA temp_store = MEMORY")
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    """Set the journal and the logging of a connection that may write."""
    shared = places.is_shared_place(path)
    connection.execute(f"PRAGMA journal_mode = {'DELETE' if shared else 'WAL'}")
    connection.execute("PRAGMA synchronous = FULL")
    history.install(connection)


def _check_header(path: Path) -> None:
    """Refuse what is no SQLite file before SQLite sees it."""
    if not path.exists():
        raise ProjectProblem(
            message("There is no project {name} here; check the name and folder.", name=str(path))
        )
    if path.is_dir():
        raise ProjectProblem(
            message("{name} is a folder; choose a project file in it.", name=path.name)
        )
    try:
        with path.open("rb") as file:
            header = file.read(72)
    except OSError as error:
        raise ProjectProblem(
            message("{name} cannot be read; check that you may open it.", name=path.name)
        ) from error
    if header[:16] != b"SQLite format 3\x00" or len(header) < 72:
        raise _foreign(path)
    if int.from_bytes(header[68:72], "big") != schema.APPLICATION_ID:
        raise _foreign(path)


def _foreign(path: Path) -> ProjectProblem:
    return ProjectProblem(
        message("{name} is not a project of this program; choose another file.", name=path.name)
    )


def _damaged(path: Path) -> ProjectProblem:
    return ProjectProblem(
        message(
            "{name} is damaged; restore a backup with «qda backup», or mend it with «qda doctor».",
            name=path.name,
        )
    )


def _check_version(connection: sqlite3.Connection, path: Path) -> bool:
    """Refuse a newer major version; return whether the minor version is newer."""
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    major, minor = version >> 16, version & 0xFFFF
    if major > schema.MAJOR:
        raise ProjectProblem(
            message(
                "{name} was made by a newer version of the program; update the program to open it.",
                name=path.name,
            )
        )
    if major < 1:
        raise _foreign(path)
    return major == schema.MAJOR and minor > schema.MINOR


def _migrate_if_older(connection: sqlite3.Connection, path: Path) -> None:
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if version == schema.USER_VERSION:
        return
    _refuse_active_objects(connection, path)
    backups.make(path)
    from qda.store import migrations  # lazy: sqlite-utils imports pandas

    migrations.migrate(connection)


def _refuse_active_objects(connection: sqlite3.Connection, path: Path) -> None:
    found = connection.execute(
        "SELECT count(*) FROM sqlite_master WHERE type IN ('trigger', 'view')"
        " OR sql LIKE 'CREATE VIRTUAL%'"
    ).fetchone()[0]
    if found:
        raise _altered(path)


def _altered(path: Path) -> ProjectProblem:
    return ProjectProblem(
        message(
            "{name} holds parts that this program never writes, so it was not opened; "
            "ask for a fresh copy from where you got it.",
            name=path.name,
        )
    )


def _squeezed(statement: str) -> str:
    return " ".join(statement.split()).replace('"', "")


def _check_schema(connection: sqlite3.Connection, path: Path) -> None:
    """Compare the schema with the expected one; a newer minor version may have more tables."""
    _refuse_active_objects(connection, path)
    expected = {_squeezed(statement) for statement in schema.CURRENT}
    found = {
        _squeezed(sql)
        for name, table, sql in connection.execute("SELECT name, tbl_name, sql FROM sqlite_master")
        if sql is not None and table not in INTERNAL_TABLES and name not in INTERNAL_TABLES
    }
    version = int(connection.execute("PRAGMA user_version").fetchone()[0])
    if expected - found or (found - expected and version == schema.USER_VERSION):
        raise _altered(path)


def _check_pages(connection: sqlite3.Connection, path: Path) -> None:
    answer = connection.execute("PRAGMA quick_check(1)").fetchone()
    if answer is None or answer[0] != "ok":
        raise _damaged(path)
