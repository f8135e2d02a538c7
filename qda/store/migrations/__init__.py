"""Migrations of the project file, append-only, each with a frozen file under tests/data.

This module imports sqlite-utils, which is slow to import: load it only when a project is created
or an older one is brought up to date.
"""

import sqlite3
from collections.abc import Iterable
from typing import TYPE_CHECKING

from qda.store import schema

if TYPE_CHECKING:
    from sqlite_utils import Database


def migrate(connection: sqlite3.Connection) -> None:
    """Apply every migration that the file does not have yet, each in a transaction."""
    from sqlite_utils import Database, Migrations  # lazy: it imports pandas

    migrations = Migrations("qda")
    migrations(name="m001_initial")(m001_initial)
    migrations(name="m002_analysis_and_writing")(m002_analysis_and_writing)
    database = Database(connection, execute_plugins=False)
    migrations.apply(database)
    connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
    connection.execute(f"PRAGMA user_version = {schema.USER_VERSION}")


def m001_initial(database: "Database") -> None:
    """Make the tables and indexes of version 1.0."""
    _execute(database, schema.M001)


def m002_analysis_and_writing(database: "Database") -> None:
    """Add the tables and indexes of version 1.1."""
    _execute(database, schema.M002)


def _execute(database: "Database", statements: Iterable[str]) -> None:
    for statement in statements:
        database.conn.execute(statement)
