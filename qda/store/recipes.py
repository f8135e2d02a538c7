"""Queries on recipes: the texts that say which files a write-up consists of."""

import sqlite3

ALL = "SELECT name, text FROM recipe ORDER BY name"
ONE = "SELECT text FROM recipe WHERE name = ?"
INSERT = "INSERT INTO recipe (guid, name, text) VALUES (?, ?, ?)"
UPDATE = "UPDATE recipe SET text = ? WHERE name = ?"
RENAME = "UPDATE recipe SET name = ? WHERE name = ?"
DELETE = "DELETE FROM recipe WHERE name = ?"


def all_recipes(connection: sqlite3.Connection) -> tuple[tuple[str, str], ...]:
    """Return name and text of every recipe."""
    return tuple((row[0], row[1]) for row in connection.execute(ALL))


def find(connection: sqlite3.Connection, name: str) -> str | None:
    """Return the text of a recipe, None where there is none of that name."""
    row = connection.execute(ONE, (name,)).fetchone()
    return None if row is None else str(row[0])


def save(connection: sqlite3.Connection, guid: str, name: str, text: str) -> None:
    """Keep a recipe, in the place of one of the same name."""
    if find(connection, name) is None:
        connection.execute(INSERT, (guid, name, text))
    else:
        connection.execute(UPDATE, (text, name))


def rename(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Give a recipe another name."""
    connection.execute(RENAME, (new, old))


def delete(connection: sqlite3.Connection, name: str) -> int:
    """Remove a recipe; return how many were."""
    return connection.execute(DELETE, (name,)).rowcount
