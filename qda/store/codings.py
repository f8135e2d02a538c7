"""Queries on codings and their own links to cases."""

import json
import sqlite3
from collections.abc import Iterable, Sequence

from qda.model.entities import Coding
from qda.model.ids import CaseId, CodeId, CoderId, CodingId, DocumentId, Guid
from qda.store.rows import maker
from qda.text.spans import Span

COLUMNS = """
SELECT id, guid, document_id, code_id, coder_id, start, "end", quote, stance, value, memo, created
FROM coding"""
ALL = COLUMNS + " ORDER BY document_id, start, id"
OF_DOCUMENT = COLUMNS + ' WHERE document_id = ? ORDER BY start, "end", id'
PLACES = (
    'SELECT id, start, "end", code_id, coder_id FROM coding WHERE document_id = ?'
    ' ORDER BY start, "end", id'
)
OF_CODE = COLUMNS + " WHERE code_id = ? ORDER BY document_id, start, id"
STARTS_OF_CODES = (
    "SELECT document_id, start, id, coder_id FROM coding"
    " WHERE code_id IN (SELECT value FROM json_each(?))"
)
AMONG = """
SELECT id, guid, document_id, code_id, coder_id, start, "end", quote, stance, value, memo, created
FROM coding WHERE id IN (SELECT value FROM json_each(?))"""
# Put in order afterwards: by their index all codings would be looked up one by one.
WITH_MEMO = COLUMNS + " NOT INDEXED WHERE memo <> '' ORDER BY document_id, start, id"
BY_ID = COLUMNS + " WHERE id = ?"
BY_GUID = COLUMNS + " WHERE guid = ?"
SAME = COLUMNS + (
    ' WHERE document_id = ? AND code_id = ? AND coder_id = ? AND start = ? AND "end" = ?'
)
INSERT = """
INSERT INTO coding (guid, document_id, code_id, coder_id, start, "end", quote, stance, value,
                    memo, created) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
UPDATE = """
UPDATE coding SET code_id = ?, coder_id = ?, start = ?, "end" = ?, quote = ?, stance = ?,
                  value = ?, memo = ? WHERE id = ?"""
DELETE = "DELETE FROM coding WHERE id = ?"
MOVE_CODE = "UPDATE coding SET code_id = ? WHERE code_id = ?"
COUNT = "SELECT count(*) FROM coding WHERE document_id = ?"
COUNTS = "SELECT document_id, count(*) FROM coding GROUP BY document_id"
SPANS = (
    'SELECT document_id, start, "end" FROM coding WHERE document_id BETWEEN ? AND ?'
    " ORDER BY document_id, start"
)
CASES_OF = "SELECT case_id FROM coding_case WHERE coding_id = ? ORDER BY case_id"
LINK = "INSERT OR IGNORE INTO coding_case (coding_id, case_id) VALUES (?, ?)"
UNLINK = "DELETE FROM coding_case WHERE coding_id = ? AND case_id = ?"


_SPAN = maker(Span)


def _coding(row: tuple[object, ...]) -> Coding:
    return Coding(*row)  # pyright: ignore[reportArgumentType] - STRICT columns in order


def all_codings(connection: sqlite3.Connection) -> tuple[Coding, ...]:
    """Return every coding by document and place."""
    return tuple(_coding(row) for row in connection.execute(ALL))


def of_document(connection: sqlite3.Connection, document: DocumentId) -> tuple[Coding, ...]:
    """Return the codings of a document in text order."""
    return tuple(_coding(row) for row in connection.execute(OF_DOCUMENT, (document,)))


def places(connection: sqlite3.Connection, document: DocumentId) -> list[Span]:
    """Return where the codings of a document lie, keyed by code, owned by coder, in text order."""
    return list(map(_SPAN, connection.execute(PLACES, (document,))))


def of_code(connection: sqlite3.Connection, code: CodeId) -> tuple[Coding, ...]:
    """Return the codings of a code (not of those below it) by document and place."""
    return tuple(_coding(row) for row in connection.execute(OF_CODE, (code,)))


def starts_of_codes(
    connection: sqlite3.Connection, chosen: Iterable[CodeId]
) -> dict[DocumentId, list[tuple[int, CodingId, CoderId]]]:
    """Return where the codings of some codes begin, whose they are and in which document.

    Those of a document are in text order.
    """
    found: dict[DocumentId, list[tuple[int, CodingId, CoderId]]] = {}
    for document, *rest in connection.execute(STARTS_OF_CODES, (json.dumps(list(chosen)),)):
        found.setdefault(document, []).append(tuple(rest))
    for rows in found.values():
        rows.sort()
    return found


def among(connection: sqlite3.Connection, chosen: Iterable[CodingId]) -> dict[CodingId, Coding]:
    """Return some codings; those that are gone are left out."""
    rows = connection.execute(AMONG, (json.dumps(list(chosen)),))
    return {one.id: one for one in map(_coding, rows)}


def with_memo(connection: sqlite3.Connection) -> tuple[Coding, ...]:
    """Return the codings that carry a note."""
    return tuple(_coding(row) for row in connection.execute(WITH_MEMO))


def by_id(connection: sqlite3.Connection, coding: CodingId) -> Coding | None:
    """Return a coding, None when it is gone."""
    row = connection.execute(BY_ID, (coding,)).fetchone()
    return None if row is None else _coding(row)


def by_guid(connection: sqlite3.Connection, guid: str) -> Coding | None:
    """Return the coding of that GUID."""
    row = connection.execute(BY_GUID, (guid,)).fetchone()
    return None if row is None else _coding(row)


def same(
    connection: sqlite3.Connection,
    document: DocumentId,
    code: CodeId,
    coder: CoderId,
    start: int,
    end: int,
) -> Coding | None:
    """Return the coding that already says exactly this."""
    row = connection.execute(SAME, (document, code, coder, start, end)).fetchone()
    return None if row is None else _coding(row)


def insert(connection: sqlite3.Connection, coding: Coding) -> CodingId:
    """Add a coding (its `id` is ignored); return the id."""
    cursor = connection.execute(
        INSERT,
        (
            coding.guid, coding.document, coding.code, coding.coder, coding.start, coding.end,
            coding.quote, coding.stance, coding.value, coding.memo, coding.created,
        ),
    )  # fmt: skip
    return CodingId(int(cursor.lastrowid or 0))


def update(connection: sqlite3.Connection, coding: Coding) -> None:
    """Write every field of an existing coding."""
    connection.execute(
        UPDATE,
        (
            coding.code, coding.coder, coding.start, coding.end, coding.quote, coding.stance,
            coding.value, coding.memo, coding.id,
        ),
    )  # fmt: skip


def delete(connection: sqlite3.Connection, codings: Iterable[CodingId]) -> None:
    """Remove codings."""
    connection.executemany(DELETE, ((coding,) for coding in codings))


def move_to_code(connection: sqlite3.Connection, old: CodeId, new: CodeId) -> None:
    """Give all codings of one code to another."""
    connection.execute(MOVE_CODE, (new, old))


def count(connection: sqlite3.Connection, document: DocumentId) -> int:
    """Return how many codings a document has."""
    return int(connection.execute(COUNT, (document,)).fetchone()[0])


def counts(connection: sqlite3.Connection) -> dict[DocumentId, int]:
    """Return how many codings each document has."""
    return {DocumentId(row[0]): row[1] for row in connection.execute(COUNTS)}


def spans(
    connection: sqlite3.Connection, first: DocumentId, last: DocumentId
) -> Sequence[tuple[int, int, int]]:
    """Return document, start and end of the codings in documents `first` to `last`, sorted."""
    return connection.execute(SPANS, (first, last)).fetchall()


def own_cases(connection: sqlite3.Connection, coding: CodingId) -> tuple[CaseId, ...]:
    """Return the cases that a coding itself is linked to."""
    return tuple(CaseId(row[0]) for row in connection.execute(CASES_OF, (coding,)))


def link(connection: sqlite3.Connection, coding: CodingId, case: CaseId) -> None:
    """Link a coding to a case."""
    connection.execute(LINK, (coding, case))


def unlink(connection: sqlite3.Connection, coding: CodingId, case: CaseId) -> None:
    """Take a coding's own link to a case away."""
    connection.execute(UNLINK, (coding, case))


def guid_of(connection: sqlite3.Connection, coding: CodingId) -> Guid:
    """Return the GUID of a coding."""
    return Guid(connection.execute("SELECT guid FROM coding WHERE id = ?", (coding,)).fetchone()[0])
