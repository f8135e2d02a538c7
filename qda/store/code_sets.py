"""Queries on code sets."""

import sqlite3
from collections.abc import Iterable

from qda.model.code_sets import CodeSet
from qda.model.ids import CodeId, CodeSetId, Guid
from qda.store import codes

ALL = "SELECT id, guid, name, description, position FROM code_set ORDER BY position, id"
MEMBERS = "SELECT code_set_id, code_id FROM code_set_member"
INSERT = "INSERT INTO code_set (guid, name, description, position) VALUES (?, ?, ?, ?)"
UPDATE = "UPDATE code_set SET name = ?, description = ?, position = ? WHERE id = ?"
DELETE = "DELETE FROM code_set WHERE id = ?"
ADD = "INSERT OR IGNORE INTO code_set_member (code_set_id, code_id) VALUES (?, ?)"
LEAVE_OUT = "DELETE FROM code_set_member WHERE code_set_id = ? AND code_id = ?"
TAKE_OVER = """
INSERT OR IGNORE INTO code_set_member (code_set_id, code_id)
SELECT code_set_id, ? FROM code_set_member WHERE code_id = ?"""


def all_sets(connection: sqlite3.Connection) -> tuple[CodeSet, ...]:
    """Return every set in its place, each with its codes in the order of the codebook."""
    rows = connection.execute(ALL).fetchall()
    if not rows:
        return ()
    place = {code.id: number for number, code in enumerate(codes.all_codes(connection))}
    members: dict[int, list[CodeId]] = {}
    for code_set, code in connection.execute(MEMBERS):
        members.setdefault(code_set, []).append(CodeId(code))
    return tuple(
        CodeSet(
            CodeSetId(row[0]), Guid(row[1]), row[2], row[3],
            tuple(sorted(members.get(row[0], ()), key=lambda one: place.get(one, len(place)))),
            row[4],
        )
        for row in rows
    )  # fmt: skip


def insert(connection: sqlite3.Connection, code_set: CodeSet) -> CodeSetId:
    """Add a set with its codes (its `id` is ignored); return the id."""
    cursor = connection.execute(
        INSERT, (code_set.guid, code_set.name, code_set.description, code_set.position)
    )
    added = CodeSetId(int(cursor.lastrowid or 0))
    add_members(connection, added, code_set.codes)
    return added


def update(connection: sqlite3.Connection, code_set: CodeSet, before: CodeSet) -> None:
    """Write a set anew; only the members that differ from `before` are touched."""
    connection.execute(
        UPDATE, (code_set.name, code_set.description, code_set.position, code_set.id)
    )
    gone = [one for one in before.codes if one not in set(code_set.codes)]
    connection.executemany(LEAVE_OUT, ((code_set.id, one) for one in gone))
    add_members(connection, code_set.id, code_set.codes)


def add_members(
    connection: sqlite3.Connection, code_set: CodeSetId, members: Iterable[CodeId]
) -> None:
    """Make codes members of a set; those that are stay so."""
    connection.executemany(ADD, ((code_set, one) for one in members))


def move_code(connection: sqlite3.Connection, old: CodeId, new: CodeId) -> None:
    """Make `new` a member of every set that `old` is in."""
    connection.execute(TAKE_OVER, (new, old))


def delete(connection: sqlite3.Connection, code_set: CodeSetId) -> None:
    """Remove a set; its codes stay."""
    connection.execute(DELETE, (code_set,))
