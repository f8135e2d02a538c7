"""Rows of survey answers, in bulk: participants, documents, turns and links with ids given before.

A sheet of 20,000 answers is some 300,000 rows; one statement at a time would take minutes.
"""

import sqlite3
from collections.abc import Iterable
from typing import Literal

from qda.model.ids import DocumentId, ParticipantId

Table = Literal["participant", "document"]
_NEXT: dict[Table, str] = {
    "participant": "SELECT coalesce(max(id), 0) + 1 FROM participant",
    "document": "SELECT coalesce(max(id), 0) + 1 FROM document",
}
INSERT_PARTICIPANT = "INSERT INTO participant (id, guid, name, interviewer) VALUES (?, ?, ?, 0)"
KEEP_TEXT = "INSERT OR IGNORE INTO text_body (hash, text) VALUES (?, ?)"
KEEP_FILE = "INSERT OR IGNORE INTO source_file (hash, bytes) VALUES (?, ?)"
INSERT_DOCUMENT = """
INSERT INTO document (id, guid, name, kind, language, file_name, file_type, encoding, text_hash,
                      file_hash, characters, words, created)
VALUES (?, ?, ?, 'survey', ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
INSERT_TURN = """
INSERT INTO turn (document_id, number, label_start, start, "end", label, participant_id,
                  interviewer, time_ms, question) VALUES (?, ?, ?, ?, ?, '', ?, 0, NULL, ?)"""
LINK_DOCUMENT = "INSERT OR IGNORE INTO document_case (document_id, case_id) VALUES (?, ?)"
LINK_PARTICIPANT = "INSERT OR IGNORE INTO participant_case (participant_id, case_id) VALUES (?, ?)"
PARTICIPANTS = """
SELECT name, id, EXISTS (SELECT 1 FROM turn WHERE turn.participant_id = participant.id)
FROM participant WHERE interviewer = 0"""
ANSWERED = """
SELECT DISTINCT turn.participant_id, document.text_hash, turn.question, document.file_hash
FROM document JOIN turn ON turn.document_id = document.id
WHERE document.kind = 'survey' AND turn.participant_id IS NOT NULL"""


def next_id(connection: sqlite3.Connection, table: Table) -> int:
    """Return the first id that nothing in `table` has and nothing after it."""
    return int(connection.execute(_NEXT[table]).fetchone()[0])


def known_people(connection: sqlite3.Connection) -> dict[str, tuple[ParticipantId, bool]]:
    """Return every informant by name, and whether they speak anywhere."""
    return {
        name: (ParticipantId(number), bool(speaks))
        for name, number, speaks in connection.execute(PARTICIPANTS)
    }


def answered(
    connection: sqlite3.Connection,
) -> Iterable[tuple[ParticipantId, str, str, str | None]]:
    """Yield who answered what in surveys: participant, text hash, heading, hash of the sheet."""
    return ((ParticipantId(row[0]), row[1], row[2], row[3]) for row in connection.execute(ANSWERED))


def keep_file(connection: sqlite3.Connection, digest: str, content: bytes) -> None:
    """Keep the bytes of a sheet."""
    connection.execute(KEEP_FILE, (digest, content))


def insert_participants(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, str, str]]
) -> None:
    """Add informants: id, GUID, name."""
    connection.executemany(INSERT_PARTICIPANT, rows)


def insert_texts(connection: sqlite3.Connection, rows: Iterable[tuple[str, str]]) -> None:
    """Keep texts by their hash."""
    connection.executemany(KEEP_TEXT, rows)


def insert_documents(connection: sqlite3.Connection, rows: Iterable[tuple[object, ...]]) -> None:
    """Add documents, each with the columns that `INSERT_DOCUMENT` leaves open."""
    connection.executemany(INSERT_DOCUMENT, rows)


def insert_turns(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, int, int, int, int, int, str]]
) -> None:
    """Add answers as turns: document, number, label start, start, end, participant, question."""
    connection.executemany(INSERT_TURN, rows)


def link_documents(connection: sqlite3.Connection, rows: Iterable[tuple[DocumentId, int]]) -> None:
    """Link documents to cases."""
    connection.executemany(LINK_DOCUMENT, rows)


def link_participants(
    connection: sqlite3.Connection, rows: Iterable[tuple[ParticipantId, int]]
) -> None:
    """Link participants to cases."""
    connection.executemany(LINK_PARTICIPANT, rows)
