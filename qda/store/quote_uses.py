"""Queries on the where-used list: what manuscripts quote."""

import sqlite3

from qda.model.ids import CoderId, DocumentId
from qda.model.quote_check import QuoteUse

ALL = (
    "SELECT u.guid, u.document_id, u.text, u.manuscript, u.place, c.name, u.at FROM quote_use u"
    " JOIN coder c ON c.id = u.coder_id ORDER BY u.manuscript, u.place, u.id"
)
INSERT = (
    "INSERT INTO quote_use (guid, document_id, text, manuscript, place, coder_id, at)"
    " VALUES (?, ?, ?, ?, ?, ?, ?)"
)
CLEAR = "DELETE FROM quote_use WHERE manuscript = ?"


def all_uses(connection: sqlite3.Connection) -> tuple[QuoteUse, ...]:
    """Return every use by manuscript and place."""
    return tuple(QuoteUse(row[0], DocumentId(row[1]), *row[2:]) for row in connection.execute(ALL))


def insert(connection: sqlite3.Connection, use: QuoteUse, coder: CoderId) -> None:
    """Add a use."""
    connection.execute(
        INSERT, (use.guid, use.document, use.text, use.manuscript, use.place, coder, use.at)
    )


def clear(connection: sqlite3.Connection, manuscript: str) -> int:
    """Forget what a manuscript quoted; return how many uses that were."""
    return connection.execute(CLEAR, (manuscript,)).rowcount
