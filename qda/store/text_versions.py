"""The earlier texts of documents, each kept as the edits that lead back to it.

A document's texts are numbered from 1; the highest number is the text that it has now. Each row
tells of one earlier text and of the correction that replaced it.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from qda.model.ids import DocumentId, Guid, new_guid
from qda.model.texts import TextState
from qda.store import documents
from qda.text.edits import Edit, apply, then
from qda.text.normalise import text_hash

# Who corrects, when and how is what the open step says, so that the two never disagree.
INSERT = """
INSERT INTO text_version (guid, document_id, number, text_hash, made_hash, edits, places,
                          replaced, coder, operation)
SELECT ?1, ?2,
       (SELECT coalesce(max(number), 0) + 1 FROM text_version WHERE document_id = ?2),
       (SELECT text_hash FROM document WHERE id = ?2), ?3, ?4, ?5, at, coder, operation
FROM history_step WHERE id = (SELECT step_id FROM temp.history_open)
                    AND (SELECT text_hash FROM document WHERE id = ?2) <> ?3"""
ROWS = (
    "SELECT number, guid, text_hash, made_hash, edits, places, replaced, coder, operation"
    " FROM text_version WHERE document_id = ? ORDER BY number"
)
BODY = "SELECT text FROM text_body WHERE hash = ?"
CLEAR_ALL = "UPDATE text_version SET edits = NULL WHERE edits IS NOT NULL"
CLEAR = CLEAR_ALL + " AND document_id = ?"
DOCUMENTS = "SELECT DISTINCT document_id FROM text_version ORDER BY document_id"
BY_GUID = "SELECT document_id, number FROM text_version WHERE guid = ?"


@dataclass(frozen=True, slots=True)
class _Row:
    """One earlier text, and the correction that replaced it."""

    number: int
    guid: Guid
    text_hash: str
    made_hash: str
    edits: str | None
    places: int
    replaced: str
    coder: str
    operation: str


def keep(
    connection: sqlite3.Connection, document: DocumentId, made_hash: str, back: Sequence[Edit]
) -> None:
    """Keep the text that a document has, before a correction gives it the one of `made_hash`.

    `back` leads from the new text to this one. To be called within a step, before `document`
    names its new text.
    """
    connection.execute(
        INSERT, (new_guid(), document, made_hash, edits_text(back), max(1, len(back)))
    )


def edits_text(edits: Iterable[Edit]) -> str:
    """Return edits as JSON: a list of start, removed and inserted."""
    return json.dumps(
        [[edit.start, edit.removed, edit.inserted] for edit in edits], ensure_ascii=False
    )


def edits_of(text: str) -> tuple[Edit, ...] | None:
    """Return the edits in a JSON text, which may come from a stranger; None for no such thing."""
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(content, list):
        return None
    found: list[Edit] = []
    parts: list[object] = content  # pyright: ignore[reportUnknownVariableType]
    for part in parts:
        match part:
            case [int(start), int(removed), str(inserted)] if start >= 0 and removed >= 0:
                found.append(Edit(start, removed, inserted))
            case _:
                return None
    return tuple(found)


def _rows(connection: sqlite3.Connection, document: DocumentId) -> list[_Row]:
    return [_Row(*row) for row in connection.execute(ROWS, (document,))]


def states(connection: sqlite3.Connection, document: DocumentId) -> tuple[TextState, ...]:
    """Return the texts that a document had and has, the first one first; none for no document."""
    now = documents.by_id(connection, document)
    if now is None:
        return ()
    rows = _rows(connection, document)
    kept = _kept(connection, rows)
    made, coder, operation, places = now.created, "", "", 0
    found: list[TextState] = []
    for row in rows:
        found.append(
            TextState(
                row.number, row.guid, row.text_hash, made, coder, operation, places,
                current=False, kept=row.number in kept,
            )
        )  # fmt: skip
        made, coder, operation, places = row.replaced, row.coder, row.operation, row.places
    number = rows[-1].number + 1 if rows else 1
    found.append(
        TextState(
            number, None, now.text_hash, made, coder, operation, places, current=True, kept=True
        )
    )
    return tuple(found)


def _kept(connection: sqlite3.Connection, rows: Sequence[_Row]) -> set[int]:
    """Return the numbers of the texts that can be shown: up to the first whose way is gone."""
    found: set[int] = set()
    reachable = True
    for row in reversed(rows):
        there = connection.execute(BODY, (row.text_hash,)).fetchone() is not None
        reachable = there or (reachable and row.edits is not None)
        if reachable:
            found.add(row.number)
    return found


def text(connection: sqlite3.Connection, document: DocumentId, number: int) -> str | None:
    """Return a text of a document by its number; None where it is not there or not kept."""
    now = documents.by_id(connection, document)
    if now is None:
        return None
    rows = _rows(connection, document)
    if number == (rows[-1].number + 1 if rows else 1):
        return documents.text(connection, document)
    for one, content in _back(connection, rows):
        if one == number:
            return content
    return None


def texts(connection: sqlite3.Connection, document: DocumentId) -> Iterator[tuple[int, str | None]]:
    """Yield the number and the text of every earlier text, the latest first.

    The text is None where it is not kept, or cannot be made out any more. What searches the
    project for names must search these too.
    """
    yield from _back(connection, _rows(connection, document))


def _back(connection: sqlite3.Connection, rows: Sequence[_Row]) -> Iterator[tuple[int, str | None]]:
    """Yield the texts of `rows` from the last to the first, each from the one after it."""
    content: str | None = None
    at = ""
    for row in reversed(rows):
        if content is None or row.made_hash != at:
            # The latest, or one that something else than a correction came between.
            content = _body(connection, row.made_hash)
        kept = _body(connection, row.text_hash)
        content = kept if kept is not None else _before(content, row)
        at = row.text_hash
        yield row.number, content


def _body(connection: sqlite3.Connection, digest: str) -> str | None:
    """Return a text that undo still needs, by its hash."""
    row = connection.execute(BODY, (digest,)).fetchone()
    return None if row is None or text_hash(row[0]) != digest else str(row[0])


def _before(content: str | None, row: _Row) -> str | None:
    edits = None if row.edits is None else edits_of(row.edits)
    if content is None or edits is None:
        return None
    try:
        before = apply(content, edits)
    except ValueError:
        return None
    return before if text_hash(before) == row.text_hash else None


def edits_back(
    connection: sqlite3.Connection, document: DocumentId, digest: str
) -> tuple[Edit, ...] | None:
    """Return the edits that lead from a document's text back to the latest one of a hash.

    None where no such text is known, or the way there is not kept.
    """
    now = documents.by_id(connection, document)
    at = "" if now is None else now.text_hash
    back: tuple[Edit, ...] = ()
    for row in reversed(_rows(connection, document)):
        edits = None if row.edits is None else edits_of(row.edits)
        if row.made_hash != at or edits is None:
            return None
        try:
            back = then(back, edits)
        except ValueError:
            return None
        at = row.text_hash
        if at == digest:
            return back
    return None


def clear(connection: sqlite3.Connection, documents: Iterable[DocumentId] | None = None) -> int:
    """Let go of the earlier texts of some documents, or of all; return how many were kept.

    That there were corrections, when and by whom stays. Within a step this can be undone; what
    removes names for good drops the steps, and then the texts that nothing needs.
    """
    if documents is None:
        return connection.execute(CLEAR_ALL).rowcount
    return sum(connection.execute(CLEAR, (one,)).rowcount for one in documents)


def with_versions(connection: sqlite3.Connection) -> tuple[DocumentId, ...]:
    """Return the documents that have earlier texts."""
    return tuple(DocumentId(row[0]) for row in connection.execute(DOCUMENTS))


def place_of(connection: sqlite3.Connection, guid: str) -> tuple[DocumentId, int] | None:
    """Return the document and the number of an earlier text, by its GUID."""
    row = connection.execute(BY_GUID, (guid.casefold(),)).fetchone()
    return None if row is None else (DocumentId(row[0]), int(row[1]))


def unreadable(connection: sqlite3.Connection) -> list[tuple[DocumentId, int]]:
    """Return the earlier texts that claim to be kept and cannot be made out: document, number."""
    found: list[tuple[DocumentId, int]] = []
    for document in with_versions(connection):
        kept = {row.number for row in _rows(connection, document) if row.edits is not None}
        found += [
            (document, number)
            for number, content in texts(connection, document)
            if content is None and number in kept
        ]
    return found


def forget(connection: sqlite3.Connection, document: DocumentId, number: int) -> None:
    """Say of one earlier text that it is not kept."""
    connection.execute(
        "UPDATE text_version SET edits = NULL WHERE document_id = ? AND number = ?",
        (document, number),
    )
