"""Save what can be read of a damaged project into a fresh one beside it, row by row."""

# ruff: noqa: S608 - the statements are put together from the names of the schema alone
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from qda.model.errors import ProjectProblem
from qda.store import connecting, problems, project_file
from qda.store.schema import LOGGED

COLUMNS: dict[str, tuple[str, ...]] = {
    "text_body": ("hash", "text"),
    "source_file": ("hash", "bytes"),
    **LOGGED,
    "audit": ("id", "at", "coder", "operation", "action", "entities", "guids"),
}
"""What is copied: all but the history, whose steps belong to the undamaged file."""
MOST_ROWIDS = 2_000_000
"""How many places are tried one by one where a table breaks off."""
IN_A_ROW = 20_000
"""After this many places without a row, a table that breaks off counts as ended."""


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What was saved: where, and how many rows were copied and how many could not be."""

    path: Path
    rows: int
    lost: int


def salvage(damaged: Path) -> Salvaged:
    """Copy what can be read into a fresh project; raises ProjectProblem where nothing can."""
    target = _free_place(damaged)
    fresh = project_file.create(target, coder="?")
    rows = lost = 0
    try:
        with problems.said(target), closing(_reading(damaged)) as source:
            connection = fresh.connection
            connection.execute("PRAGMA foreign_keys = OFF")
            connection.execute("BEGIN")
            connection.execute("DELETE FROM coder")
            for table in COLUMNS:
                copied, failed = _copy_table(source, connection, table)
                rows, lost = rows + copied, lost + failed
            connection.execute("COMMIT")
    finally:
        fresh.close()
    if not rows:
        for one in project_file.beside(target):
            one.unlink(missing_ok=True)
        raise problems.damaged(damaged)
    return Salvaged(target, rows, lost)


def _free_place(damaged: Path) -> Path:
    stem = damaged.name.removesuffix(project_file.ENDING)
    number = 1
    while True:
        middle = ".recovered" if number == 1 else f".recovered-{number}"
        place = damaged.with_name(stem + middle + project_file.ENDING)
        if not place.exists():
            return place
        number += 1


def _reading(path: Path) -> sqlite3.Connection:
    connection = connecting.connect(path, "ro", lenient=True)
    connection.text_factory = _as_text
    return connection


def _as_text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")


def _copy_table(
    source: sqlite3.Connection, target: sqlite3.Connection, table: str
) -> tuple[int, int]:
    """Return how many rows were copied and how many could not be."""
    columns = COLUMNS[table]
    names = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join("?" for _ in columns)
    replacing = "OR REPLACE " if table == "project" else ""
    insert = f'INSERT {replacing}INTO "{table}" ({names}) VALUES ({places})'
    copied = lost = 0
    for row in _rows(source, table, names):
        if row is None:
            lost += 1
            continue
        try:
            target.execute(insert, row)
            copied += 1
        except sqlite3.IntegrityError:
            lost += 1
    return copied, lost


def _rows(
    source: sqlite3.Connection, table: str, names: str
) -> Iterator[tuple[object, ...] | None]:
    """Yield the rows of a table, and None for each that cannot be read."""
    last = 0
    try:
        for row in source.execute(f'SELECT rowid, {names} FROM "{table}" NOT INDEXED'):
            last = row[0]
            yield row[1:]
        return
    except (*problems.DAMAGE, OverflowError):
        if not _is_table(source, table):
            return
    highest = _highest(source, table)
    unread = empty = 0
    for rowid in range(last + 1, last + MOST_ROWIDS):
        if (highest is not None and rowid > highest) or empty > IN_A_ROW:
            break
        try:
            found = source.execute(
                f'SELECT {names} FROM "{table}" NOT INDEXED WHERE rowid = ?', (rowid,)
            ).fetchone()
        except (*problems.DAMAGE, OverflowError):
            unread, empty = unread + 1, empty + 1
            continue
        if found is None:
            empty += 1
            continue
        yield from (None for _ in range(unread))
        unread = empty = 0
        yield found
    # Past the last row that was read, nobody knows how many there were: at least one.
    yield from (None for _ in range(unread if highest is not None else min(unread, 1)))


def _is_table(source: sqlite3.Connection, table: str) -> bool:
    try:
        found = source.execute(
            "SELECT sql FROM sqlite_master WHERE type = 'table' AND name = ?", (table,)
        ).fetchone()
    except problems.DAMAGE:
        return False
    return found is not None


def _highest(source: sqlite3.Connection, table: str) -> int | None:
    try:
        return int(source.execute(f'SELECT max(rowid) FROM "{table}"').fetchone()[0] or 0)
    except problems.DAMAGE:
        return None


def require_readable(path: Path) -> None:
    """Raise ProjectProblem where not even the list of tables can be read."""
    try:
        with closing(_reading(path)) as source:
            source.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except problems.DAMAGE as error:
        raise ProjectProblem(problems.damaged(path).message) from error
