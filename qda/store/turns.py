"""Queries on turns."""

import sqlite3
from collections.abc import Iterable

from qda.model.entities import Turn
from qda.model.ids import DocumentId, ParticipantId, TurnId

COLUMNS = """
SELECT id, document_id, number, label_start, start, "end", label, participant_id, interviewer,
       time_ms, question FROM turn"""
OF_DOCUMENT = COLUMNS + " WHERE document_id = ? ORDER BY number"
ONE = COLUMNS + " WHERE id = ?"
COUNT = "SELECT count(*) FROM turn WHERE document_id = ?"
COUNT_OF = "SELECT count(*) FROM turn WHERE participant_id = ?"
COUNTS = "SELECT document_id, count(*) FROM turn GROUP BY document_id"
INSERT = """
INSERT INTO turn (document_id, number, label_start, start, "end", label, participant_id,
                  interviewer, time_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"""
DELETE = "DELETE FROM turn WHERE document_id = ?"
ASSIGN = "UPDATE turn SET participant_id = ?, interviewer = ? WHERE id = ?"
REASSIGN = "UPDATE turn SET participant_id = ? WHERE participant_id = ?"


def of_document(connection: sqlite3.Connection, document: DocumentId) -> tuple[Turn, ...]:
    """Return the turns of a document in order."""
    return tuple(_turn(row) for row in connection.execute(OF_DOCUMENT, (document,)))


def by_id(connection: sqlite3.Connection, turn: TurnId) -> Turn | None:
    """Return a turn, None where it is gone."""
    row = connection.execute(ONE, (turn,)).fetchone()
    return None if row is None else _turn(row)


def count(connection: sqlite3.Connection, document: DocumentId) -> int:
    """Return how many turns a document has."""
    return int(connection.execute(COUNT, (document,)).fetchone()[0])


def count_of(connection: sqlite3.Connection, participant: ParticipantId) -> int:
    """Return how many turns a participant speaks."""
    return int(connection.execute(COUNT_OF, (participant,)).fetchone()[0])


def counts(connection: sqlite3.Connection) -> dict[DocumentId, int]:
    """Return how many turns each document has that has any."""
    return {DocumentId(row[0]): row[1] for row in connection.execute(COUNTS)}


def _turn(row: tuple[object, ...]) -> Turn:
    values = list(row)
    values[8] = bool(values[8])
    return Turn(*values)  # pyright: ignore[reportArgumentType] - STRICT columns in order


def insert_many(
    connection: sqlite3.Connection,
    rows: Iterable[
        tuple[DocumentId, int, int, int, int, str, ParticipantId | None, int, int | None]
    ],
) -> None:
    """Keep turns, each with the columns that `INSERT` names in its order."""
    connection.executemany(INSERT, rows)


def delete_of(connection: sqlite3.Connection, document: DocumentId) -> None:
    """Remove the turns of a document."""
    connection.execute(DELETE, (document,))


def assign(
    connection: sqlite3.Connection,
    turns: Iterable[TurnId],
    participant: ParticipantId | None,
    *,
    interviewer: bool,
) -> None:
    """Say who speaks in the given turns."""
    connection.executemany(ASSIGN, ((participant, int(interviewer), turn) for turn in turns))


def reassign(connection: sqlite3.Connection, old: ParticipantId, new: ParticipantId) -> None:
    """Give all turns of one participant to another."""
    connection.execute(REASSIGN, (new, old))
