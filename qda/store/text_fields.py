"""Every column that may hold a name, whatever it is for: read for a search, written for a new one.

The texts of documents are not among them: what is anchored in those must follow.
"""

# ruff: noqa: S608 - the statements are put together from the names of the schema alone
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal

from qda.store.schema import LOGGED

Scope = Literal["titles", "people", "cases", "memos", "codebook", "attributes", "files", "writing"]
SCOPES: tuple[Scope, ...] = (
    "titles", "people", "cases", "memos", "codebook", "attributes", "files", "writing",
)  # fmt: skip
"""What a user may leave as it is."""

_STRUCTURE = frozenset({
    "guid", "created", "modified", "begun", "saved", "replaced", "at", "since", "until", "kind",
    "language", "encoding", "file_type", "text_hash", "made_hash", "file_hash", "color", "given",
    "subject", "type", "period", "on", "stance", "status", "origin", "method", "points", "part",
    "seen", "coder", "operation", "fingerprint", "side", "decision", "position", "shortcut",
    "reversed", "engine", "role", "matched",
})  # fmt: skip
"""Columns that hold what the program wrote, or who did it."""
_ELSEWHERE = frozenset({
    ("coding", "quote"), ("turn", "label"), ("text_version", "edits"), ("import_report", "content"),
    ("carried_part", "xml"), ("carried_part", "name"), ("carried_file", "name"),
    ("coder", "name"), ("picked_quote", "quote"), ("name_decision", "name"),
    ("name_decision", "forms"), ("name_decision", "replacement"), ("name_decision", "places"),
})  # fmt: skip
"""Columns that follow the text, are emptied, or name who works with the project."""

PROSE = frozenset({
    ("source_note", "text"), ("memo", "text"), ("memo_version", "text"), ("coding", "memo"),
    ("code", "definition"), ("code", "include"), ("code", "exclude"), ("code", "example"),
    ("framework_cell", "summary"), ("proposition", "text"), ("judgement", "reason"),
    ("claim", "text"), ("claim", "note"), ("quote_use", "text"), ("turn", "question"),
    ("value", "text"), ("code_set", "description"), ("picked_quote", "note"),
    ("guide_question", "text"),
})  # fmt: skip
"""Columns with sentences, in which names are looked for by what stands around them."""

_SCOPE_OF_TABLE: Mapping[str, Scope] = {
    "project": "titles", "document": "titles", "turn": "titles", "participant": "people",
    "case": "cases", "case_group": "cases", "group_kind": "cases", "score_sheet": "cases",
    "score_item": "cases", "score_file": "cases", "score": "cases",
    "memo": "memos", "memo_version": "memos", "source_note": "memos", "coding": "memos",
    "code": "codebook", "codebook_version": "codebook", "code_set": "codebook",
    "guide": "titles", "guide_question": "codebook", "turn_question": "codebook",
    "variable": "attributes", "value": "attributes", "banding": "attributes",
    "recording": "files", "import_report": "files",
}  # fmt: skip
_SCOPE_OF_COLUMN: Mapping[tuple[str, str], Scope] = {
    ("document", "file_name"): "files", ("guide", "file_name"): "files",
}  # fmt: skip

Field = tuple[str, str]
"""A table and a column of it."""


def scope_of(table: str, column: str) -> Scope:
    """Return what a column belongs to for the user."""
    return _SCOPE_OF_COLUMN.get((table, column)) or _SCOPE_OF_TABLE.get(table, "writing")


def fields(connection: sqlite3.Connection) -> tuple[Field, ...]:
    """Return every column that may hold a name."""
    return tuple(
        (table, str(row[1]))
        for table in LOGGED
        for row in connection.execute(f'PRAGMA table_info("{table}")')
        if row[2] == "TEXT" and row[1] not in _STRUCTURE and (table, row[1]) not in _ELSEWHERE
    )


def texts(connection: sqlite3.Connection, field: Field) -> Iterator[tuple[int, str]]:
    """Yield the rows of a column that is not empty: id and text."""
    table, column = field
    yield from connection.execute(
        f'SELECT id, "{column}" FROM "{table}" WHERE "{column}" <> \'\' ORDER BY id'
    ).fetchall()


def write(connection: sqlite3.Connection, field: Field, rows: Iterable[tuple[int, str]]) -> None:
    """Write a column anew in some rows, within an operation that runs."""
    table, column = field
    connection.executemany(
        f'UPDATE "{table}" SET "{column}" = ? WHERE id = ?', ((text, row) for row, text in rows)
    )


def unique(connection: sqlite3.Connection, field: Field) -> frozenset[str]:
    """Return every text of a column in which each may stand but once; none for other columns."""
    if field not in UNIQUE:
        return frozenset()
    return frozenset(text for _, text in texts(connection, field))


UNIQUE = frozenset({
    ("document", "name"), ("participant", "name"), ("case", "name"), ("variable", "name"),
    ("group_kind", "name"), ("case_group", "name"), ("score_sheet", "name"), ("score_item", "name"),
    ("score_file", "name"), ("proposition", "name"), ("recipe", "name"), ("saved_query", "name"),
    ("saved_search", "name"), ("code_set", "name"), ("banding", "name"),
    ("guide", "name"),
})  # fmt: skip


def text(connection: sqlite3.Connection, field: Field, row: int) -> str:
    """Return the text of one row, empty where it is gone."""
    table, column = field
    found = connection.execute(f'SELECT "{column}" FROM "{table}" WHERE id = ?', (row,)).fetchone()
    return str(found[0] or "") if found is not None else ""
