"""Queries on coders."""

import sqlite3

from qda.model.entities import Coder
from qda.model.ids import CoderId, Guid, new_guid

ALL = "SELECT id, guid, name, color FROM coder ORDER BY id"
BY_NAME = "SELECT id, guid, name, color FROM coder WHERE name = ?"
INSERT = "INSERT INTO coder (guid, name, color) VALUES (?, ?, ?)"
COLORS = ("#1f5f73", "#9a3c7a", "#b8930b", "#228b4b", "#d9573f", "#3f6fa8")


def _coder(row: tuple[int, str, str, str]) -> Coder:
    return Coder(CoderId(row[0]), Guid(row[1]), row[2], row[3])


def all_coders(connection: sqlite3.Connection) -> tuple[Coder, ...]:
    """Return every coder in the order they joined."""
    return tuple(_coder(row) for row in connection.execute(ALL))


def by_name(connection: sqlite3.Connection, name: str) -> Coder | None:
    """Return the coder of that name."""
    row = connection.execute(BY_NAME, (name,)).fetchone()
    return None if row is None else _coder(row)


def ensure(connection: sqlite3.Connection, name: str) -> Coder:
    """Return the coder of that name, adding them first when they are new."""
    found = by_name(connection, name)
    if found is not None:
        return found
    count = len(all_coders(connection))
    connection.execute(INSERT, (new_guid(), name, COLORS[count % len(COLORS)]))
    added = by_name(connection, name)
    assert added is not None  # noqa: S101 - just inserted
    return added
