"""Queries on cases and the links of documents and participants to them."""

import sqlite3

from qda.model.entities import Case
from qda.model.ids import CaseId, DocumentId, Guid, ParticipantId, new_guid

COLUMNS = 'SELECT id, guid, name, pseudonym, position FROM "case"'
ALL = COLUMNS + " ORDER BY position, id"
BY_ID = COLUMNS + " WHERE id = ?"
BY_GUID = COLUMNS + " WHERE guid = ?"
BY_NAME = COLUMNS + " WHERE name = ? OR (pseudonym <> '' AND pseudonym = ?)"
INSERT = 'INSERT INTO "case" (guid, name, pseudonym, position) VALUES (?, ?, ?, ?)'
UPDATE = 'UPDATE "case" SET name = ?, pseudonym = ?, position = ? WHERE id = ?'
DELETE = 'DELETE FROM "case" WHERE id = ?'
NEXT_POSITION = 'SELECT coalesce(max(position) + 1, 0) FROM "case"'
LINK_DOCUMENT = "INSERT OR IGNORE INTO document_case (document_id, case_id) VALUES (?, ?)"
LINK_PARTICIPANT = "INSERT OR IGNORE INTO participant_case (participant_id, case_id) VALUES (?, ?)"
UNLINK_DOCUMENT = "DELETE FROM document_case WHERE document_id = ? AND case_id = ?"
UNLINK_PARTICIPANT = "DELETE FROM participant_case WHERE participant_id = ? AND case_id = ?"
OF_DOCUMENT = "SELECT case_id FROM document_case WHERE document_id = ? ORDER BY case_id"
DOCUMENTS_OF = (
    "SELECT document.id, document.name FROM document_case"
    " JOIN document ON document.id = document_id WHERE case_id = ? ORDER BY document.id"
)
ROWS_OF = """
SELECT (SELECT count(*) FROM document_case WHERE case_id = ?1)
    + (SELECT count(*) FROM participant_case WHERE case_id = ?1)
    + (SELECT count(*) FROM coding_case WHERE case_id = ?1)
    + (SELECT count(*) FROM value WHERE subject_id = ?1
       AND variable_id IN (SELECT id FROM variable WHERE subject = 'case'))"""
INFORMANTS_OF = (
    "SELECT participant.id, participant.name FROM participant_case"
    " JOIN participant ON participant.id = participant_id"
    " WHERE case_id = ? AND NOT interviewer ORDER BY participant.id"
)
OF_PARTICIPANT = "SELECT case_id FROM participant_case WHERE participant_id = ? ORDER BY case_id"
DOCUMENT_LINKS = "SELECT document_id, case_id FROM document_case ORDER BY document_id, case_id"
PARTICIPANT_LINKS = (
    "SELECT participant_id, case_id FROM participant_case ORDER BY participant_id, case_id"
)


def _case(row: tuple[int, str, str, str, int]) -> Case:
    return Case(CaseId(row[0]), Guid(row[1]), row[2], row[3], row[4])


def all_cases(connection: sqlite3.Connection) -> tuple[Case, ...]:
    """Return every case in its order."""
    return tuple(_case(row) for row in connection.execute(ALL))


def by_id(connection: sqlite3.Connection, case: CaseId) -> Case | None:
    """Return a case, None when it is gone."""
    row = connection.execute(BY_ID, (case,)).fetchone()
    return None if row is None else _case(row)


def find(connection: sqlite3.Connection, name_or_guid: str) -> tuple[Case, ...]:
    """Return the cases of that GUID, name or pseudonym."""
    rows = connection.execute(BY_GUID, (name_or_guid.casefold(),)).fetchall()
    rows = rows or connection.execute(BY_NAME, (name_or_guid, name_or_guid)).fetchall()
    return tuple(_case(row) for row in rows)


def insert(connection: sqlite3.Connection, name: str, pseudonym: str = "") -> CaseId:
    """Add a case after the others; return the id."""
    position = int(connection.execute(NEXT_POSITION).fetchone()[0])
    cursor = connection.execute(INSERT, (new_guid(), name, pseudonym, position))
    return CaseId(int(cursor.lastrowid or 0))


def update(connection: sqlite3.Connection, case: Case) -> None:
    """Write every field of an existing case."""
    connection.execute(UPDATE, (case.name, case.pseudonym, case.position, case.id))


def delete(connection: sqlite3.Connection, case: CaseId) -> None:
    """Remove a case and the links to it."""
    connection.execute(DELETE, (case,))


def link_document(connection: sqlite3.Connection, document: DocumentId, case: CaseId) -> None:
    """Link a document to a case."""
    connection.execute(LINK_DOCUMENT, (document, case))


def unlink_document(connection: sqlite3.Connection, document: DocumentId, case: CaseId) -> None:
    """Take a document's link to a case away."""
    connection.execute(UNLINK_DOCUMENT, (document, case))


def link_participant(
    connection: sqlite3.Connection, participant: ParticipantId, case: CaseId
) -> None:
    """Link a participant to a case."""
    connection.execute(LINK_PARTICIPANT, (participant, case))


def unlink_participant(
    connection: sqlite3.Connection, participant: ParticipantId, case: CaseId
) -> None:
    """Take a participant's link to a case away."""
    connection.execute(UNLINK_PARTICIPANT, (participant, case))


def of_document(connection: sqlite3.Connection, document: DocumentId) -> tuple[CaseId, ...]:
    """Return the cases that a document is linked to."""
    return tuple(case for (case,) in connection.execute(OF_DOCUMENT, (document,)))


def of_participant(
    connection: sqlite3.Connection, participant: ParticipantId
) -> tuple[CaseId, ...]:
    """Return the cases that a participant is linked to."""
    return tuple(case for (case,) in connection.execute(OF_PARTICIPANT, (participant,)))


def documents_of(connection: sqlite3.Connection, case: CaseId) -> tuple[tuple[int, str], ...]:
    """Return the id and name of the documents that are linked to a case, in order of import."""
    return tuple(connection.execute(DOCUMENTS_OF, (case,)))


def informants_of(connection: sqlite3.Connection, case: CaseId) -> tuple[tuple[int, str], ...]:
    """Return the id and name of the participants, but interviewers, that are linked to a case."""
    return tuple(connection.execute(INFORMANTS_OF, (case,)))


def rows_of(connection: sqlite3.Connection, case: CaseId) -> int:
    """Return how many links and values go with a case that is removed."""
    return int(connection.execute(ROWS_OF, (case,)).fetchone()[0])


def document_links(connection: sqlite3.Connection) -> dict[DocumentId, tuple[CaseId, ...]]:
    """Return the cases of every linked document."""
    rows = connection.execute(DOCUMENT_LINKS).fetchall()
    found: dict[DocumentId, tuple[CaseId, ...]] = {document: (case,) for document, case in rows}
    if len(found) < len(rows):
        # Only where some document has several is there anything to put together.
        found = {}
        for document, case in rows:
            found[document] = (*found.get(document, ()), case)
    return found


def participant_links(connection: sqlite3.Connection) -> dict[ParticipantId, tuple[CaseId, ...]]:
    """Return the cases of every linked participant."""
    found: dict[ParticipantId, tuple[CaseId, ...]] = {}
    for participant, case in connection.execute(PARTICIPANT_LINKS):
        key = ParticipantId(participant)
        found[key] = (*found.get(key, ()), CaseId(case))
    return found
