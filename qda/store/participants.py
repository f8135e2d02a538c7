"""Queries on participants."""

import json
import sqlite3
from collections.abc import Iterable

from qda.model.entities import Participant
from qda.model.ids import DocumentId, Guid, ParticipantId, new_guid

COLUMNS = "SELECT id, guid, name, interviewer FROM participant"
ALL = COLUMNS + " ORDER BY id"
IDS = "SELECT id FROM participant ORDER BY id"
AMONG = """
SELECT id, guid, name, interviewer FROM participant
WHERE id IN (SELECT value FROM json_each(?))"""
SOURCES = """
SELECT DISTINCT turn.participant_id, document.name FROM turn
JOIN document ON document.id = turn.document_id
WHERE turn.participant_id IN (SELECT value FROM json_each(?)) ORDER BY document.id"""
INFORMANTS = "SELECT EXISTS (SELECT 1 FROM participant WHERE NOT interviewer)"
BY_ID = COLUMNS + " WHERE id = ?"
BY_GUID = COLUMNS + " WHERE guid = ?"
BY_NAME = COLUMNS + " WHERE name = ?"
IN_DOCUMENT = (
    "SELECT DISTINCT p.id, p.guid, p.name, p.interviewer FROM participant p"
    " JOIN turn ON turn.participant_id = p.id WHERE turn.document_id = ? ORDER BY turn.number"
)
BY_LABEL = (
    "SELECT DISTINCT p.id, p.guid, p.name, p.interviewer FROM participant p"
    " JOIN turn ON turn.participant_id = p.id WHERE turn.document_id = ?"
    " AND (turn.label = ? OR p.name = ?)"
)
SILENT = " AND NOT EXISTS (SELECT 1 FROM turn WHERE turn.participant_id = participant.id)"
UNSPOKEN = BY_NAME + SILENT
DOCUMENTS_OF = "SELECT DISTINCT document_id FROM turn WHERE participant_id = ? ORDER BY document_id"
PAIRS = "SELECT DISTINCT document_id, participant_id FROM turn WHERE participant_id IS NOT NULL"
INSERT = "INSERT INTO participant (guid, name, interviewer) VALUES (?, ?, ?)"
RENAME = "UPDATE participant SET name = ? WHERE id = ?"
SET_INTERVIEWER = "UPDATE participant SET interviewer = ? WHERE id = ?"
TURNS_INTERVIEWER = "UPDATE turn SET interviewer = ? WHERE participant_id = ?"
DELETE = "DELETE FROM participant WHERE id = ?"
UNUSED_OF = (
    "SELECT DISTINCT participant_id FROM turn here"
    " WHERE document_id = ?1 AND participant_id IS NOT NULL AND NOT EXISTS ("
    "SELECT 1 FROM turn WHERE participant_id = here.participant_id AND document_id <> ?1)"
)


def _participant(row: tuple[int, str, str, int]) -> Participant:
    return Participant(ParticipantId(row[0]), Guid(row[1]), row[2], bool(row[3]))


def all_participants(connection: sqlite3.Connection) -> tuple[Participant, ...]:
    """Return every participant in the order they first came."""
    return tuple(_participant(row) for row in connection.execute(ALL))


def ids(connection: sqlite3.Connection) -> list[ParticipantId]:
    """Return who there is, in the order they first came."""
    return [row[0] for row in connection.execute(IDS)]


def among(
    connection: sqlite3.Connection, chosen: Iterable[ParticipantId]
) -> dict[ParticipantId, Participant]:
    """Return some participants; those that are gone are left out."""
    rows = connection.execute(AMONG, (json.dumps(list(chosen)),))
    return {one.id: one for one in map(_participant, rows)}


def source_names(
    connection: sqlite3.Connection, chosen: Iterable[ParticipantId]
) -> dict[ParticipantId, list[str]]:
    """Return the names of the documents in which some participants speak, in order of import."""
    found: dict[ParticipantId, list[str]] = {}
    for participant, name in connection.execute(SOURCES, (json.dumps(list(chosen)),)):
        found.setdefault(participant, []).append(name)
    return found


def informants_are_there(connection: sqlite3.Connection) -> bool:
    """Tell whether anybody was interviewed."""
    return bool(connection.execute(INFORMANTS).fetchone()[0])


def by_id(connection: sqlite3.Connection, participant: ParticipantId) -> Participant | None:
    """Return a participant, None when they are gone."""
    row = connection.execute(BY_ID, (participant,)).fetchone()
    return None if row is None else _participant(row)


def find(connection: sqlite3.Connection, name_or_guid: str) -> tuple[Participant, ...]:
    """Return the participants of that GUID or exact name."""
    rows = connection.execute(BY_GUID, (name_or_guid.casefold(),)).fetchall()
    rows = rows or connection.execute(BY_NAME, (name_or_guid,)).fetchall()
    return tuple(_participant(row) for row in rows)


def in_document(connection: sqlite3.Connection, document: DocumentId) -> tuple[Participant, ...]:
    """Return who speaks in a document, in the order they first speak."""
    rows = connection.execute(IN_DOCUMENT, (document,))
    return tuple(dict.fromkeys(_participant(row) for row in rows))


def in_document_called(
    connection: sqlite3.Connection, document: DocumentId, label: str
) -> tuple[Participant, ...]:
    """Return the speakers of a document with that label or name."""
    rows = connection.execute(BY_LABEL, (document, label, label))
    return tuple(_participant(row) for row in rows)


def unspoken(connection: sqlite3.Connection, name: str) -> Participant | None:
    """Return the participant of that name who does not speak anywhere yet."""
    row = connection.execute(UNSPOKEN, (name,)).fetchone()
    return None if row is None else _participant(row)


def documents_of(
    connection: sqlite3.Connection, participant: ParticipantId
) -> tuple[DocumentId, ...]:
    """Return the documents in which a participant speaks."""
    return tuple(DocumentId(row[0]) for row in connection.execute(DOCUMENTS_OF, (participant,)))


def speaking(connection: sqlite3.Connection) -> tuple[tuple[DocumentId, ParticipantId], ...]:
    """Return every pair of a document and somebody who speaks in it."""
    return tuple((DocumentId(row[0]), ParticipantId(row[1])) for row in connection.execute(PAIRS))


def names(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names in use."""
    return frozenset(row[0] for row in connection.execute("SELECT name FROM participant"))


def insert(connection: sqlite3.Connection, name: str, *, interviewer: bool) -> ParticipantId:
    """Add a participant; return the id."""
    cursor = connection.execute(INSERT, (new_guid(), name, int(interviewer)))
    return ParticipantId(int(cursor.lastrowid or 0))


def rename(connection: sqlite3.Connection, participant: ParticipantId, name: str) -> None:
    """Give a participant another name."""
    connection.execute(RENAME, (name, participant))


def set_interviewer(
    connection: sqlite3.Connection, participant: ParticipantId, *, interviewer: bool
) -> None:
    """Say whether a participant asks or answers, in all their turns."""
    connection.execute(SET_INTERVIEWER, (int(interviewer), participant))
    connection.execute(TURNS_INTERVIEWER, (int(interviewer), participant))


def delete(connection: sqlite3.Connection, participant: ParticipantId) -> None:
    """Remove a participant; their turns stay, spoken by nobody."""
    connection.execute(DELETE, (participant,))


def only_in(connection: sqlite3.Connection, document: DocumentId) -> tuple[ParticipantId, ...]:
    """Return who speaks in this document and in no other."""
    return tuple(ParticipantId(row[0]) for row in connection.execute(UNUSED_OF, (document,)))
