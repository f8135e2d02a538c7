"""Queries on documents, their texts and their notes."""

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from qda.model.entities import Document, DocumentKind, Language, NoteKind, SourceNote
from qda.model.ids import DocumentId, Guid
from qda.store.rows import maker

COLUMNS = """
SELECT id, guid, name, kind, language, file_name, file_type, encoding, text_hash, characters,
       words, (SELECT count(*) FROM turn WHERE turn.document_id = document.id), done, created
FROM document"""
ALL = COLUMNS + " ORDER BY id"
BY_ID = COLUMNS + " WHERE id = ?"
BY_GUID = COLUMNS + " WHERE guid = ?"
BY_NAME = COLUMNS + " WHERE name = ?"
BY_HASH = COLUMNS + " WHERE text_hash = ? ORDER BY id"
LISTED_COLUMNS = "SELECT id, name, characters, done FROM document"
LISTED = LISTED_COLUMNS + " ORDER BY id"
LISTED_ONE = LISTED_COLUMNS + " WHERE id = ?"
OVERVIEW = (
    "SELECT id, guid, name, kind, file_name, characters, words, done FROM document"
    " WHERE id > ? ORDER BY id LIMIT ?"
)
CONTENTS = "SELECT name, text_hash, file_hash FROM document ORDER BY id"
TEXT = (
    "SELECT text FROM text_body JOIN document ON document.text_hash = text_body.hash"
    " WHERE document.id = ?"
)
SOURCE = (
    "SELECT bytes FROM source_file JOIN document ON document.file_hash = source_file.hash"
    " WHERE document.id = ?"
)
KEEP_TEXT = "INSERT OR IGNORE INTO text_body (hash, text) VALUES (?, ?)"
KEEP_FILE = "INSERT OR IGNORE INTO source_file (hash, bytes) VALUES (?, ?)"
INSERT = """
INSERT INTO document (guid, name, kind, language, file_name, file_type, encoding, text_hash,
                      file_hash, characters, words, created)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
INSERT_NOTE = (
    'INSERT INTO source_note (document_id, kind, start, "end", author, text)'
    " VALUES (?, ?, ?, ?, ?, ?)"
)
NOTES = (
    'SELECT document_id, kind, start, "end", author, text FROM source_note'
    " WHERE document_id = ? ORDER BY start, id"
)
DELETE = "DELETE FROM document WHERE id = ?"
RENAME = "UPDATE document SET name = ? WHERE id = ?"
SET_DONE = "UPDATE document SET done = ? WHERE id = ?"


class Listed(NamedTuple):
    """What a list of thousands of documents shows of each.

    `characters` are code points; `done` is 0 or 1.
    """

    id: DocumentId
    name: str
    characters: int
    done: int


class Overview(NamedTuple):
    """What a table of thousands of documents shows of each, and what it is found by.

    `characters` are code points; `done` is 0 or 1.
    """

    id: DocumentId
    guid: Guid
    name: str
    kind: DocumentKind
    file_name: str
    characters: int
    words: int
    done: int


@dataclass(frozen=True, slots=True)
class NewDocument:
    """A document about to be kept, with its text and the bytes it came from."""

    guid: Guid
    name: str
    kind: DocumentKind
    language: Language
    file_name: str
    file_type: str
    encoding: str
    text: str
    text_hash: str
    source: bytes
    source_hash: str
    words: int
    created: str


_LISTED = maker(Listed)
_OVERVIEW = maker(Overview)


def _document(row: tuple[object, ...]) -> Document:
    values = list(row)
    values[12] = bool(values[12])
    return Document(*values)  # pyright: ignore[reportArgumentType] - STRICT columns in order


def all_documents(connection: sqlite3.Connection) -> tuple[Document, ...]:
    """Return every document in the order of import."""
    return tuple(_document(row) for row in connection.execute(ALL))


def are_there(connection: sqlite3.Connection) -> bool:
    """Tell whether there is any document."""
    return bool(connection.execute("SELECT EXISTS (SELECT 1 FROM document)").fetchone()[0])


def listed(connection: sqlite3.Connection) -> list[Listed]:
    """Return what is listed of every document, in the order of import."""
    return list(map(_LISTED, connection.execute(LISTED)))


def listed_of(connection: sqlite3.Connection, some: Iterable[int]) -> dict[DocumentId, Listed]:
    """Return what is listed of some documents; those that are gone are left out."""
    found = (connection.execute(LISTED_ONE, (one,)).fetchone() for one in some)
    return {row[0]: _LISTED(row) for row in found if row is not None}


def overview(connection: sqlite3.Connection, after: DocumentId | None, most: int) -> list[Overview]:
    """Return what a table shows of documents in the order of import: at most so many.

    They are those that follow `after`, or the first.
    """
    return list(map(_OVERVIEW, connection.execute(OVERVIEW, (after or 0, most))))


def by_id(connection: sqlite3.Connection, document: DocumentId) -> Document | None:
    """Return a document, None when it is gone."""
    row = connection.execute(BY_ID, (document,)).fetchone()
    return None if row is None else _document(row)


def find(connection: sqlite3.Connection, name_or_guid: str) -> tuple[Document, ...]:
    """Return the documents of that GUID or exact name."""
    rows = connection.execute(BY_GUID, (name_or_guid.casefold(),)).fetchall()
    rows = rows or connection.execute(BY_NAME, (name_or_guid,)).fetchall()
    return tuple(_document(row) for row in rows)


def with_text(connection: sqlite3.Connection, text_hash: str) -> tuple[Document, ...]:
    """Return the documents whose text has that hash."""
    return tuple(_document(row) for row in connection.execute(BY_HASH, (text_hash,)))


def names(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the names in use."""
    return frozenset(row[0] for row in connection.execute("SELECT name FROM document"))


def contents(connection: sqlite3.Connection) -> dict[str, str]:
    """Return the name of the first document of each content, by the hash of text and of file."""
    found: dict[str, str] = {}
    for name, text_digest, file_digest in connection.execute(CONTENTS):
        found.setdefault(text_digest, name)
        if file_digest is not None:
            found.setdefault(file_digest, name)
    return found


def text(connection: sqlite3.Connection, document: DocumentId) -> str:
    """Return the canonical text of a document."""
    row = connection.execute(TEXT, (document,)).fetchone()
    return "" if row is None else str(row[0])


def source_bytes(connection: sqlite3.Connection, document: DocumentId) -> bytes:
    """Return the bytes of the file that was imported."""
    row = connection.execute(SOURCE, (document,)).fetchone()
    return b"" if row is None else bytes(row[0])


def insert(connection: sqlite3.Connection, new: NewDocument) -> DocumentId:
    """Keep a document with its text and file; return its id."""
    connection.execute(KEEP_TEXT, (new.text_hash, new.text))
    connection.execute(KEEP_FILE, (new.source_hash, new.source))
    cursor = connection.execute(
        INSERT,
        (
            new.guid, new.name, new.kind, new.language, new.file_name, new.file_type,
            new.encoding, new.text_hash, new.source_hash, len(new.text), new.words, new.created,
        ),
    )  # fmt: skip
    return DocumentId(int(cursor.lastrowid or 0))


def insert_notes(
    connection: sqlite3.Connection,
    document: DocumentId,
    notes: Iterable[tuple[NoteKind, int, int, str, str]],
) -> None:
    """Keep comments and footnotes: kind, start, end, author, text."""
    connection.executemany(INSERT_NOTE, ((document, *note) for note in notes))


def notes(connection: sqlite3.Connection, document: DocumentId) -> tuple[SourceNote, ...]:
    """Return the comments and footnotes of a document in text order."""
    return tuple(
        SourceNote(DocumentId(row[0]), row[1], row[2], row[3], row[4], row[5])
        for row in connection.execute(NOTES, (document,))
    )


def delete(connection: sqlite3.Connection, document: DocumentId) -> None:
    """Remove a document and all that hangs on it."""
    connection.execute(DELETE, (document,))


def rename(connection: sqlite3.Connection, document: DocumentId, name: str) -> None:
    """Give a document another name."""
    connection.execute(RENAME, (name, document))


def set_done(connection: sqlite3.Connection, document: DocumentId, *, done: bool) -> None:
    """Mark a document as done, or not."""
    connection.execute(SET_DONE, (int(done), document))
