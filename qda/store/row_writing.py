"""Writing rows of any table, whole, as a merge of two copies does; with the texts they name."""

# ruff: noqa: S608 - the statements are put together from the names of the schema alone
import sqlite3
from collections.abc import Generator, Iterable, Sequence
from contextlib import contextmanager

from qda.store.copy_rows import COLUMNS

KEEP_TEXT = "INSERT OR IGNORE INTO text_body (hash, text) VALUES (?, ?)"
KEEP_FILE = "INSERT OR IGNORE INTO source_file (hash, bytes) VALUES (?, ?)"
TEXT = "SELECT text FROM text_body WHERE hash = ?"
FILE = "SELECT bytes FROM source_file WHERE hash = ?"


class DoesNotFit(Exception):
    """Rows that the schema does not admit together; the step that wrote them is given up."""


@contextmanager
def fitting() -> Generator[None]:
    """Tell of rows that do not go together with those that are there. Raises DoesNotFit."""
    try:
        yield
    except (sqlite3.IntegrityError, OverflowError) as error:
        raise DoesNotFit from error


def insert(connection: sqlite3.Connection, table: str, rows: Sequence[Sequence[object]]) -> int:
    """Add rows, whole but for their ids, which go on from the highest; return the first id."""
    columns = COLUMNS[table]
    names = ", ".join(f'"{one}"' for one in ("id", *columns))
    marks = ", ".join("?" for _ in range(len(columns) + 1))
    first = int(connection.execute(f'SELECT coalesce(max(id), 0) + 1 FROM "{table}"').fetchone()[0])
    connection.executemany(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
        ((number, *row) for number, row in enumerate(rows, start=first)),
    )
    return first


def next_id(connection: sqlite3.Connection, table: str) -> int:
    """Return the first of the ids that rows of a table get which are added.

    Some tables never use a number again, though its row is gone.
    """
    found = connection.execute(
        f'SELECT max(coalesce((SELECT max(id) FROM "{table}"), 0),'
        " coalesce((SELECT seq FROM sqlite_sequence WHERE name = ?), 0)) + 1",
        (table,),
    ).fetchone()
    return int(found[0])


def update(
    connection: sqlite3.Connection,
    table: str,
    columns: Sequence[str],
    rows: Iterable[Sequence[object]],
) -> None:
    """Write some columns of rows; each row ends with its id."""
    sets = ", ".join(f'"{one}" = ?' for one in columns)
    connection.executemany(f'UPDATE "{table}" SET {sets} WHERE id = ?', rows)


def delete(connection: sqlite3.Connection, table: str, ids: Iterable[int]) -> None:
    """Remove rows, and with them what cannot be without them."""
    connection.executemany(f'DELETE FROM "{table}" WHERE id = ?', ((one,) for one in ids))


def text_of(connection: sqlite3.Connection, digest: str) -> str | None:
    """Return a text by its hash, None where it is not kept."""
    row = connection.execute(TEXT, (digest,)).fetchone()
    return None if row is None else str(row[0])


def keep_text(connection: sqlite3.Connection, digest: str, text: str) -> None:
    """Keep a text under its hash."""
    connection.execute(KEEP_TEXT, (digest, text))


def copy_file(connection: sqlite3.Connection, other: sqlite3.Connection, digest: str) -> None:
    """Take the bytes of an imported file over from another project."""
    row = other.execute(FILE, (digest,)).fetchone()
    if row is not None:
        connection.execute(KEEP_FILE, (digest, row[0]))
