"""Queries on memos."""

import json
import sqlite3
from collections.abc import Iterable

from qda.model.entities import Memo, MemoTarget
from qda.model.ids import CoderId, CodingId, Guid, MemoId

COLUMNS = 'SELECT id, guid, "on", target_id, text, coder_id, created, modified FROM memo'
ALL = COLUMNS + " ORDER BY id"
BY_ID = COLUMNS + " WHERE id = ?"
BY_GUID = COLUMNS + " WHERE guid = ?"
OF_TARGET = COLUMNS + ' WHERE "on" = ? AND target_id = ? ORDER BY id'
INSERT = (
    'INSERT INTO memo (guid, "on", target_id, text, coder_id, created, modified)'
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
UPDATE = "UPDATE memo SET text = ?, modified = ? WHERE id = ?"
DELETE = "DELETE FROM memo WHERE id = ?"
MOVE = 'UPDATE memo SET target_id = ? WHERE "on" = ? AND target_id = ?'
TARGETS: dict[MemoTarget, str] = {
    "project": "SELECT 1 FROM project WHERE id - 1 = ?",
    "document": "SELECT 1 FROM document WHERE id = ?",
    "case": 'SELECT 1 FROM "case" WHERE id = ?',
    "participant": "SELECT 1 FROM participant WHERE id = ?",
    "code": "SELECT 1 FROM code WHERE id = ?",
    "coding": "SELECT 1 FROM coding WHERE id = ?",
}
"""What a memo's target is looked up by; that of a memo on the project is 0."""
DELETE_OF = 'DELETE FROM memo WHERE "on" = ? AND target_id = ?'
DELETE_OF_CODINGS = """
DELETE FROM memo WHERE "on" = 'coding' AND target_id IN (SELECT value FROM json_each(?))"""


def _memo(row: tuple[int, str, MemoTarget, int, str, int, str, str]) -> Memo:
    return Memo(
        MemoId(row[0]), Guid(row[1]), row[2], row[3], row[4], CoderId(row[5]), row[6], row[7]
    )


def all_memos(connection: sqlite3.Connection) -> tuple[Memo, ...]:
    """Return every memo in the order they were written."""
    return tuple(_memo(row) for row in connection.execute(ALL))


def of_target(connection: sqlite3.Connection, on: MemoTarget, target: int) -> tuple[Memo, ...]:
    """Return the memos on one thing (target 0 for the project)."""
    return tuple(_memo(row) for row in connection.execute(OF_TARGET, (on, target)))


def by_id(connection: sqlite3.Connection, memo: MemoId) -> Memo | None:
    """Return a memo, None when it is gone."""
    row = connection.execute(BY_ID, (memo,)).fetchone()
    return None if row is None else _memo(row)


def by_guid(connection: sqlite3.Connection, guid: str) -> Memo | None:
    """Return the memo of that GUID."""
    row = connection.execute(BY_GUID, (guid,)).fetchone()
    return None if row is None else _memo(row)


def insert(connection: sqlite3.Connection, memo: Memo) -> MemoId:
    """Add a memo (its `id` is ignored); return the id."""
    cursor = connection.execute(
        INSERT,
        (memo.guid, memo.on, memo.target, memo.text, memo.coder, memo.created, memo.modified),
    )
    return MemoId(int(cursor.lastrowid or 0))


def update(connection: sqlite3.Connection, memo: MemoId, text: str, modified: str) -> None:
    """Rewrite a memo."""
    connection.execute(UPDATE, (text, modified, memo))


def delete(connection: sqlite3.Connection, memo: MemoId) -> None:
    """Remove a memo."""
    connection.execute(DELETE, (memo,))


def delete_of(connection: sqlite3.Connection, on: MemoTarget, target: int) -> None:
    """Remove the memos on something that is removed itself."""
    connection.execute(DELETE_OF, (on, target))


def delete_of_codings(connection: sqlite3.Connection, coding_ids: Iterable[CodingId]) -> int:
    """Remove the memos on codings that are removed themselves; return how many."""
    return connection.execute(DELETE_OF_CODINGS, (json.dumps(list(coding_ids)),)).rowcount


def move(connection: sqlite3.Connection, on: MemoTarget, old: int, new: int) -> None:
    """Give the memos on one thing to another of its kind."""
    connection.execute(MOVE, (new, on, old))


def has_target(connection: sqlite3.Connection, on: MemoTarget, target: int) -> bool:
    """Tell whether what a memo is to be on is in the project."""
    return connection.execute(TARGETS[on], (target,)).fetchone() is not None
