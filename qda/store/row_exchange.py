"""Rows of version 1.1 on their way to another project: what they name, they name by GUID.

Only tables that are listed here go along. A row that names something that is not there, or that the
project has already, stays behind.
"""

# ruff: noqa: S608 - the statements are put together from the names of the schema alone
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from qda.model.ids import Guid, new_guid, parse_guid
from qda.store import schema

Cell = str | int | float | None
Ids = Mapping[str, Mapping[Guid, int]]
"""For each table, the ids of its rows by GUID."""

TABLES = (
    "memo_link", "memo_version", "proposition", "framework_cell", "framework_evidence",
    "judgement", "judgement_evidence", "claim", "claim_evidence", "recipe", "saved_query",
    "quote_use", "picked_quote", "group_kind", "case_group", "membership", "succession",
    "score_sheet", "score_item", "score_file", "score", "settlement", "settlement_coding",
    "suggestion_decision",
)  # fmt: skip
"""Those that go along, what others name before them."""

_POLYMORPH: Mapping[tuple[str, str], str] = {("framework_cell", "subject_id"): "subject"}
"""Columns that name a row of the table that another column names."""

_CODING_LISTS = frozenset({("framework_cell", "seen"), ("settlement", "seen")})
"""Columns that hold a list of codings with their spans, as JSON."""

_SAME: Mapping[str, tuple[str, ...]] = {
    "group_kind": ("name",), "case_group": ("kind_id", "name"),
    "score_sheet": ("name", "low", "high"), "score_item": ("sheet_id", "name"),
    "score_file": ("sheet_id", "case_id", "name"),
}  # fmt: skip
"""Tables whose rows are the same thing where these columns are, whatever their GUIDs."""

_KINDS = frozenset({"case", "participant", "document"})
_TABLE = re.compile(r'CREATE TABLE "?(\w+)"?')
_REFERENCE = re.compile(r'^ *"?(\w+)"? INTEGER[^,]*? REFERENCES "?(\w+)"?\(id\)', re.MULTILINE)


@dataclass(frozen=True, slots=True)
class TableRows:
    """The rows of a table: its columns but for the id, and the cells of each row."""

    table: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def _references() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for statement in schema.M002:
        table = _TABLE.match(statement)
        if table is not None:
            found[table[1]] = dict(_REFERENCE.findall(statement))
    return found


REFERENCES: Mapping[str, Mapping[str, str]] = _references()
"""For each table of version 1.1, which columns name a row of which table."""


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a table but for the id."""
    return tuple(one for one in schema.LOGGED[table] if one != "id")


def left_behind(connection: sqlite3.Connection, handled: frozenset[str]) -> dict[str, int]:
    """Count the rows of the tables of version 1.1 that neither go along nor are `handled`."""
    tables = [one for one in REFERENCES if one in schema.LOGGED]
    return {
        table: count
        for table in tables
        if table not in TABLES and table not in handled
        if (count := int(connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0]))
    }


# --------------------------------------------------------------------------------------- out
def read(connection: sqlite3.Connection) -> tuple[TableRows, ...]:
    """Return the rows that go along, with GUIDs for ids."""
    guids = _Guids(connection)
    found: list[TableRows] = []
    for table in TABLES:
        columns = columns_of(table)
        names = ", ".join(f'"{one}"' for one in columns)
        rows = connection.execute(f'SELECT id, {names} FROM "{table}" ORDER BY id').fetchall()
        if rows:
            cells = [cells for row in rows if (cells := guids.of_row(table, columns, row[1:]))]
            found.append(TableRows(table, columns, tuple(cells)))
    return tuple(found)


class _Guids:
    """The GUIDs of rows by id, a table at a time."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._known: dict[str, dict[int, str]] = {}

    def _of(self, table: str) -> dict[int, str]:
        if table not in self._known:
            self._known[table] = dict(self._connection.execute(f'SELECT id, guid FROM "{table}"'))
        return self._known[table]

    def of_row(
        self, table: str, columns: Sequence[str], row: Sequence[Cell]
    ) -> tuple[Cell, ...] | None:
        """Return a row with GUIDs for ids, None where it names what is not there."""
        references = REFERENCES[table]
        by_name = dict(zip(columns, row, strict=True))
        cells: list[Cell] = []
        for column, cell in by_name.items():
            named = references.get(column) or _named_by(table, column, by_name)
            if (table, column) in _CODING_LISTS:
                cells.append(_with_guids(str(cell), self._of("coding")))
            elif named is None or cell is None:
                cells.append(cell)
            elif (guid := self._of(named).get(int(cell))) is not None:
                cells.append(guid)
            else:
                return None
        return tuple(cells)


def _named_by(table: str, column: str, row: Mapping[str, Cell]) -> str | None:
    other = _POLYMORPH.get((table, column))
    named = row.get(other) if other is not None else None
    return named if isinstance(named, str) and named in _KINDS else None


def _with_guids(text: str, guids: Mapping[int, str]) -> str:
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return "[]"
    return json.dumps([[guids[one[0]], *one[1:]] for one in _triples(content) if one[0] in guids])


def _triples(content: object) -> Iterator[Sequence[int]]:
    for one in cast("list[object]", content) if isinstance(content, list) else ():
        if not isinstance(one, list):
            continue
        parts = cast("list[object]", one)
        if len(parts) == 3 and all(isinstance(part, int | str) for part in parts):
            yield cast("list[int]", parts)


# ---------------------------------------------------------------------------------------- in
def write(
    connection: sqlite3.Connection, tables: Sequence[TableRows], ids: Ids, coder: int, at: str
) -> dict[str, int]:
    """Add rows within an operation; return how many of each table stayed behind.

    `ids` are those of everything that rows may name; `coder` and `at` stand where a row says
    neither who nor when. Rows come from a file of a stranger: what the schema does not admit is
    left out like any other.
    """
    usual: dict[str, Cell] = {"coder_id": coder, "created": at}
    known: dict[str, dict[Guid, int]] = {table: dict(some) for table, some in ids.items()}
    left: dict[str, int] = {}
    for table in TABLES:
        known[table] = _there(connection, table)
        for rows in tables:
            if rows.table == table:
                kept = _write_rows(connection, rows, known, usual)
                if kept < len(rows.rows):
                    left[table] = left.get(table, 0) + len(rows.rows) - kept
    return left


def _write_rows(
    connection: sqlite3.Connection,
    rows: TableRows,
    known: dict[str, dict[Guid, int]],
    usual: Mapping[str, Cell],
) -> int:
    """Add the rows of a table; return how many are there now."""
    columns = columns_of(rows.table)
    places = {name: number for number, name in enumerate(rows.columns)}
    if not set(columns) <= places.keys():
        return 0
    names = ", ".join(f'"{one}"' for one in columns)
    marks = ", ".join("?" for _ in columns)
    insert = f'INSERT OR IGNORE INTO "{rows.table}" ({names}) VALUES ({marks})'
    return sum(
        _add(
            connection, insert, rows.table, {one: row[places[one]] for one in columns}, known, usual
        )
        for row in rows.rows
        if len(row) == len(places)
    )


def _there(connection: sqlite3.Connection, table: str) -> dict[Guid, int]:
    if "guid" not in schema.LOGGED[table]:
        return {}
    return {
        Guid(guid): number for guid, number in connection.execute(f'SELECT guid, id FROM "{table}"')
    }


def _add(
    connection: sqlite3.Connection,
    insert: str,
    table: str,
    cells: Mapping[str, Cell],
    known: dict[str, dict[Guid, int]],
    usual: Mapping[str, Cell],
) -> bool:
    """Add one row; tell whether it is there now."""
    guid = parse_guid(str(cells["guid"])) if "guid" in cells else None
    if "guid" in cells and (guid is None or guid in known[table]):
        return guid is not None
    values: list[Cell] = []
    for column, cell in cells.items():
        named = REFERENCES[table].get(column) or _named_by(table, column, cells)
        if column == "guid":
            values.append(guid or new_guid())
        elif column in usual and cell in (None, ""):
            values.append(usual[column])
        elif (table, column) in _CODING_LISTS:
            values.append(_with_ids(str(cell), known.get("coding", {})))
        elif named is None or cell is None:
            values.append(cell)
        else:
            number = known.get(named, {}).get(Guid(str(cell)))
            if number is None:
                return False
            values.append(number)
    number = _row(connection, insert, table, dict(zip(cells, values, strict=True)))
    if guid is not None and number:
        known[table][guid] = number
    return number > 0


def _row(
    connection: sqlite3.Connection, insert: str, table: str, values: Mapping[str, Cell]
) -> int:
    """Add a row, or find the one that is the same thing; return its id, 0 where neither can be."""
    keys = _SAME.get(table, ())
    tests = " AND ".join(f'"{key}" = ?' for key in keys)
    try:
        cursor = connection.execute(insert, tuple(values.values()))
        if cursor.rowcount == 1:
            return int(cursor.lastrowid or 0)
        found = (
            keys
            and connection.execute(
                f'SELECT id FROM "{table}" WHERE {tests}', [values[key] for key in keys]
            ).fetchone()
        )
    except (sqlite3.Error, OverflowError, UnicodeEncodeError):
        return 0
    return int(found[0]) if found else 0


def _with_ids(text: str, ids: Mapping[Guid, int]) -> str:
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return "[]"
    return json.dumps(
        [
            [ids[Guid(str(one[0]))], *one[1:]]
            for one in _triples(content)
            if Guid(str(one[0])) in ids and all(type(part) is int for part in one[1:])
        ],
        separators=(",", ":"),
    )
