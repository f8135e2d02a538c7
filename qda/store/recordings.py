"""Queries on the recordings that are linked to documents."""

import sqlite3

from qda.model.ids import DocumentId, Guid, RecordingId
from qda.model.texts import Recording, RecordingFile

COLUMNS = (
    "SELECT id, guid, document_id, path, offset_ms, size, modified, duration_ms, fingerprint"
    " FROM recording"
)
ALL = COLUMNS + " ORDER BY document_id, id"
OF_DOCUMENT = COLUMNS + " WHERE document_id = ? ORDER BY id LIMIT 1"
INSERT = (
    "INSERT INTO recording (guid, document_id, path, offset_ms, size, modified, duration_ms,"
    " fingerprint) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
DELETE = "DELETE FROM recording WHERE document_id = ?"
MOVE = (
    "UPDATE recording SET path = ?, size = ?, modified = ?, duration_ms = ?, fingerprint = ?"
    " WHERE id = ?"
)
SHIFT = "UPDATE recording SET offset_ms = ? WHERE id = ?"


def all_recordings(connection: sqlite3.Connection) -> tuple[Recording, ...]:
    """Return every recording, by document. Their file names may hold names of people."""
    return tuple(_recording(row) for row in connection.execute(ALL))


def of_document(connection: sqlite3.Connection, document: DocumentId) -> Recording | None:
    """Return the recording of a document, None where none is linked."""
    row = connection.execute(OF_DOCUMENT, (document,)).fetchone()
    return None if row is None else _recording(row)


def _recording(row: tuple[int, str, int, str, int, int, str, int | None, str]) -> Recording:
    number, guid, document, path, offset, size, modified, duration, fingerprint = row
    file = RecordingFile(size, modified, duration, fingerprint)
    return Recording(RecordingId(number), Guid(guid), DocumentId(document), path, file, offset)


def insert(
    connection: sqlite3.Connection,
    guid: Guid,
    document: DocumentId,
    path: str,
    file: RecordingFile,
    offset_ms: int,
) -> RecordingId:
    """Keep a link; return its id."""
    cursor = connection.execute(INSERT, (guid, document, path, offset_ms, *_columns(file)))
    return RecordingId(int(cursor.lastrowid or 0))


def move(
    connection: sqlite3.Connection, recording: RecordingId, path: str, file: RecordingFile
) -> None:
    """Say where a recording is now, and what its file is known by."""
    connection.execute(MOVE, (path, *_columns(file), recording))


def shift(connection: sqlite3.Connection, recording: RecordingId, offset_ms: int) -> None:
    """Say how much later things are in the recording than in the transcript."""
    connection.execute(SHIFT, (offset_ms, recording))


def delete_of(connection: sqlite3.Connection, document: DocumentId) -> int:
    """Remove the link of a document; return how many there were."""
    return connection.execute(DELETE, (document,)).rowcount


def _columns(file: RecordingFile) -> tuple[int, str, int | None, str]:
    return file.size, file.modified, file.duration_ms, file.fingerprint
