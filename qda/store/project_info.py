"""Queries on the project itself."""

import sqlite3

from qda.model.entities import Language, Project
from qda.model.ids import CoderId, Guid

SELECT = "SELECT guid, name, language, created, coder_id FROM project WHERE id = 1"
SET_CODER = "UPDATE project SET coder_id = ? WHERE id = 1"
SET_NAME = "UPDATE project SET name = ? WHERE id = 1"


def read(connection: sqlite3.Connection) -> Project:
    """Return what the project says of itself."""
    guid, name, language, created, coder = connection.execute(SELECT).fetchone()
    known: Language = language
    return Project(Guid(guid), name, known, created, CoderId(coder))


def set_coder(connection: sqlite3.Connection, coder: CoderId) -> None:
    """Make `coder` the one who codes when nothing else is said."""
    connection.execute(SET_CODER, (coder,))


def set_name(connection: sqlite3.Connection, name: str) -> None:
    """Rename the project."""
    connection.execute(SET_NAME, (name,))
