"""Reading a database of another program: rows of plain tables and nothing else.

The file is a stranger's. It is opened so that nothing is written to it or beside it, no trigger,
view, virtual table, computed column or function of it is ever run, and each table is checked page
by page before a row of it is read. Values come as they are, whatever the column says of them.
"""

# ruff: noqa: S608 - a table's name cannot be bound; it is quoted
import shutil
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Generator, Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import FileProblem
from qda.model.messages import Message, message

MAX_FILE = 2_000_000_000
MAX_VALUE = 100_000_000
"""The longest text or blob that is read."""

MAX_READ = 400_000_000
"""The most that all values that are read may hold: rows of a damaged file can share their pages."""

MAX_ROWS = 5_000_000
MAX_TABLES = 1_000
_LEFT_OVER = ("-wal", "-journal")
_STEPS = 20_000
"""How many steps of the database may pass before cancelling is asked for."""

_EMPTY = (None, b"", 0)
_HEADER = b"SQLite format 3\x00"
_ALLOWED = frozenset({sqlite3.SQLITE_SELECT, sqlite3.SQLITE_READ, sqlite3.SQLITE_RECURSIVE})
_PRAGMAS = (
    "trusted_schema = OFF", "cell_size_check = ON", "query_only = ON", "temp_store = MEMORY",
    # Checks are code of the file's own; pages are looked at without them.
    "ignore_check_constraints = ON", "cache_size = -16000", "mmap_size = 0",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ForeignRow:
    """A row by the lower-case names of its columns; what is asked for and not there is empty."""

    values: Mapping[str, object]
    number: int
    asked: set[str]

    def _value(self, column: str) -> object:
        self.asked.add(column)
        return self.values.get(column)

    def text(self, column: str) -> str:
        """Return a value as text; bytes that are no UTF-8 are read as cp1252."""
        value = self._value(column)
        if isinstance(value, bytes):
            return decoded(value)
        if value is None:
            return ""
        if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return str(value)

    def bytes(self, column: str) -> bytes:
        """Return the bytes of a text or blob, empty for anything else."""
        value = self._value(column)
        return value if isinstance(value, bytes) else b""

    def whole(self, column: str) -> int | None:
        """Return a whole number, also one that is kept as a text or a real; None for others."""
        value = self._value(column)
        if isinstance(value, bytes):
            try:
                value = float(value)
            except ValueError:
                return None
        if isinstance(value, float):
            # Neither infinite nor beyond what a real keeps exactly.
            return int(value) if abs(value) < 2**53 and value.is_integer() else None
        return value if isinstance(value, int) else None

    def has(self, column: str) -> bool:
        """Tell whether there is a value that says something."""
        value = self._value(column)
        return value is not None and value != b""


def decoded(value: bytes) -> str:
    """Return text of UTF-8 or, where it is none, of cp1252."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("cp1252", "replace")


class ForeignDatabase:
    """An open database of another program; `tables` are those whose rows can be read."""

    def __init__(
        self, connection: sqlite3.Connection, name: str, progress: Progress | None = None
    ) -> None:
        """Read what tables there are. Raises FileProblem."""
        self._connection = connection
        self._name = name
        self._read = 0
        self._checked: set[str] = set()
        self._asked: dict[str, set[str]] = {}
        self._filled: dict[str, Counter[str]] = {}
        self._progress = progress or Progress()
        self.tables, self.left = self._plain_tables()
        connection.set_progress_handler(self._is_cancelled, _STEPS)
        connection.set_authorizer(_authorize)

    def _is_cancelled(self) -> bool:
        return self._progress.cancelled

    def _plain_tables(self) -> tuple[Mapping[str, str], tuple[tuple[str, str], ...]]:
        """Return the plain tables, lower case to their names, and the kind and name of the rest."""
        tables: dict[str, str] = {}
        others: list[tuple[str, str]] = []
        with self._said():
            rows = self._connection.execute("SELECT type, name, sql FROM sqlite_master").fetchmany(
                20 * MAX_TABLES
            )
            for kind, name, sql in rows:
                if not all(isinstance(one, bytes) for one in (kind, name)):
                    continue
                kind_text, name_text = decoded(kind), decoded(name)
                if kind_text == "index" or name_text.startswith("sqlite_"):
                    continue
                statement = decoded(sql) if isinstance(sql, bytes) else ""
                if kind_text == "table" and self._is_plain(name_text, statement):
                    tables[name_text.lower()] = name_text
                else:
                    others.append((kind_text, name_text))
        if len(tables) > MAX_TABLES:
            raise self._damaged()
        return tables, tuple(others)

    def _is_plain(self, name: str, statement: str) -> bool:
        if " ".join(statement.split()[:2]).upper() == "CREATE VIRTUAL":
            return False
        # Columns that are computed when they are read say so in the last cell.
        columns = self._connection.execute(f"PRAGMA table_xinfo({_quoted(name)})").fetchall()
        return bool(columns) and all(column[-1] == 0 for column in columns)

    def has(self, *tables: str) -> bool:
        """Tell whether all these tables are there."""
        return all(one in self.tables for one in tables)

    def count(self, table: str) -> int:
        """Return how many rows a table has, 0 where it is not there. Raises FileProblem."""
        if table not in self.tables:
            return 0
        with self._said():
            self._check(table)
            rows = self._connection.execute(
                f"SELECT 1 FROM {_quoted(self.tables[table])} NOT INDEXED"
            )
            found = 0
            for _ in rows:
                found += 1
                if found > MAX_ROWS:
                    raise self._too_big()
        return found

    def rows(self, table: str) -> Iterator[ForeignRow]:
        """Yield the rows of a table in their order, none where it is not there.

        Raises FileProblem where it is damaged or holds more than is read, and Cancelled.
        """
        if table not in self.tables:
            return
        with self._said():
            self._check(table)
            cursor = self._connection.execute(
                f"SELECT * FROM {_quoted(self.tables[table])} NOT INDEXED"
            )
            columns = [decoded(_name(one[0])).lower() for one in cursor.description]
            asked = self._asked.setdefault(table, set())
            filled = self._filled[table] = Counter()
            for number, row in enumerate(cursor, start=1):
                self._read += sum(len(one) for one in row if isinstance(one, bytes))
                filled.update(
                    name for name, one in zip(columns, row, strict=True) if one not in _EMPTY
                )
                if number > MAX_ROWS or self._read > MAX_READ:
                    raise self._too_big()
                if number % 1000 == 0:
                    self._progress.step(0)
                yield ForeignRow(dict(zip(columns, row, strict=True)), number, asked)

    def unasked(self, table: str) -> Mapping[str, int] | None:
        """Count the filled cells of the columns that nobody asked for; None if it was not read."""
        if table not in self._filled:
            return None
        asked = self._asked[table]
        return {name: n for name, n in sorted(self._filled[table].items()) if name not in asked}

    def _check(self, table: str) -> None:
        """Look at every page of a table once, so that reading it comes to an end."""
        if table in self._checked:
            return
        self._connection.set_authorizer(None)
        try:
            answer = self._connection.execute(
                f"PRAGMA quick_check({_quoted(self.tables[table])})"
            ).fetchone()
        finally:
            self._connection.set_authorizer(_authorize)
        if answer is None or answer[0] != b"ok":
            raise self._damaged()
        self._checked.add(table)

    @contextmanager
    def _said(self) -> Generator[None]:
        try:
            yield
        except (sqlite3.Error, OverflowError, UnicodeError, MemoryError) as error:
            if self._progress.cancelled:
                raise Cancelled from error
            if str(getattr(error, "sqlite_errorname", "")).startswith("SQLITE_TOOBIG"):
                raise self._too_big() from error
            raise self._damaged() from error

    def _damaged(self) -> FileProblem:
        return damaged(self._name)

    def _too_big(self) -> FileProblem:
        return FileProblem(_too_big(self._name))


def damaged(name: str) -> FileProblem:
    """Say that a database of another program cannot be read."""
    return FileProblem(
        message(
            "{name} is damaged or not what its name says; open it in the program that made it, "
            "and take a copy from there.",
            name=name,
        )
    )


def _too_big(name: str) -> Message:
    return message("{name} is larger than any project that can be read.", name=name)


def _name(value: object) -> bytes:
    return value if isinstance(value, bytes) else str(value).encode()


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'


def _authorize(action: int, *_: object) -> int:
    """Allow nothing but reading: no function, no attaching, no setting."""
    return sqlite3.SQLITE_OK if action in _ALLOWED else sqlite3.SQLITE_DENY


@contextmanager
def open_foreign(path: Path, progress: Progress | None = None) -> Generator[ForeignDatabase]:
    """Open the database at `path`, which is neither changed nor locked.

    Where its program was not closed properly, what stands beside it belongs to it: both are then
    read as a passing copy. Raises FileProblem for what is missing, no database, damaged or too
    big, here and while it is read.
    """
    with ExitStack() as stack:
        target, writable = _settled(path, stack)
        mode = "mode=rw" if writable else "mode=ro&immutable=1"
        try:
            connection = sqlite3.connect(
                f"{target.absolute().as_uri()}?{mode}", uri=True, isolation_level=None
            )
        except (sqlite3.Error, ValueError) as error:
            raise damaged(path.name) from error
        stack.enter_context(closing(connection))
        connection.text_factory = bytes
        try:
            if writable:
                connection.execute("PRAGMA journal_mode = DELETE").fetchone()
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, MAX_VALUE)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            for pragma in _PRAGMAS:
                connection.execute("PRAGMA " + pragma)
        except (sqlite3.Error, UnicodeError) as error:
            # SQLite quotes damaged names in its errors, and not all of them can be read.
            raise damaged(path.name) from error
        yield ForeignDatabase(connection, path.name, progress)


def is_database(path: Path) -> bool:
    """Tell whether a file begins as SQLite's do; False also where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(16) == _HEADER
    except (OSError, ValueError):
        return False


def _settled(path: Path, stack: ExitStack) -> tuple[Path, bool]:
    """Return the file to open, and whether it is a copy made because a log stands beside it."""
    try:
        if path.stat().st_size > MAX_FILE:
            raise FileProblem(_too_big(path.name))
        if not path.is_file() or not is_database(path):
            raise damaged(path.name)
        beside = [
            one
            for ending in _LEFT_OVER
            if (one := path.with_name(path.name + ending)).is_file() and one.stat().st_size
        ]
        if not beside:
            return path, False
        if sum(one.stat().st_size for one in beside) > MAX_FILE:
            raise FileProblem(_too_big(path.name))
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="qda-")))
        copy = folder / "copy"
        shutil.copyfile(path, copy)
        for one in beside:
            shutil.copyfile(one, folder / ("copy" + one.name[len(path.name) :]))
    except FileNotFoundError:
        raise FileProblem(message("There is no file called {name}.", name=path.name)) from None
    except (OSError, ValueError) as error:
        raise FileProblem(
            message(
                "{name} could not be read from the disk ({reason}).",
                name=path.name,
                reason=getattr(error, "strerror", None) or "",
            )
        ) from error
    return copy, True
