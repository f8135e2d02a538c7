"""Queries on what was decided of proposed codings."""

import sqlite3
from collections.abc import Iterable

from qda.model.ids import CodeId, CoderId, CodingId, DocumentId, new_guid
from qda.model.suggestions import SuggestionDecision, SuggestionKey, SuggestionVerdict

COLUMNS = (
    'SELECT document_id, start, "end", code_id, engine, coder_id, decision, coding_id'
    " FROM suggestion_decision"
)
ALL = COLUMNS + " ORDER BY document_id, start, id"
INSERT = (
    'INSERT INTO suggestion_decision (guid, document_id, start, "end", code_id, engine, coder_id,'
    " decision, coding_id, at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
DELETE_SAME = (
    "DELETE FROM suggestion_decision WHERE document_id = ? AND code_id = ? AND start = ?"
    ' AND "end" = ? AND coder_id = ?'
)
FORGET = (
    "DELETE FROM suggestion_decision WHERE decision = ?1 AND (?2 IS NULL OR code_id = ?2)"
    " AND (?3 IS NULL OR document_id = ?3) AND (?4 IS NULL OR coder_id = ?4)"
)
COUNT = FORGET.replace("DELETE", "SELECT count(*)", 1)
PLACES = 'SELECT id, start, "end" FROM suggestion_decision WHERE document_id = ? ORDER BY start, id'
PLACE = 'UPDATE suggestion_decision SET start = ?, "end" = ? WHERE id = ?'
DELETE = "DELETE FROM suggestion_decision WHERE id = ?"


def all_decisions(connection: sqlite3.Connection) -> tuple[SuggestionDecision, ...]:
    """Return every decision by document and place."""
    return tuple(
        SuggestionDecision(
            SuggestionKey(DocumentId(row[0]), row[1], row[2], CodeId(row[3]), row[4]),
            CoderId(row[5]),
            row[6],
            None if row[7] is None else CodingId(row[7]),
        )
        for row in connection.execute(ALL)
    )


def keep(connection: sqlite3.Connection, decisions: Iterable[SuggestionDecision], at: str) -> None:
    """Keep decisions in place of what the same coder decided of the same before, within a step."""
    for one in decisions:
        key = one.key
        connection.execute(DELETE_SAME, (key.document, key.code, key.start, key.end, one.coder))
        connection.execute(
            INSERT,
            (
                new_guid(), key.document, key.start, key.end, key.code, key.engine, one.coder,
                one.verdict, one.coding, at,
            ),
        )  # fmt: skip


def count(
    connection: sqlite3.Connection,
    verdict: SuggestionVerdict,
    code: CodeId | None = None,
    document: DocumentId | None = None,
    coder: CoderId | None = None,
) -> int:
    """Count the decisions of a kind; on one code, in one document, by one coder, where given."""
    return int(connection.execute(COUNT, (verdict, code, document, coder)).fetchone()[0])


def forget(
    connection: sqlite3.Connection,
    verdict: SuggestionVerdict,
    code: CodeId | None = None,
    document: DocumentId | None = None,
    coder: CoderId | None = None,
) -> None:
    """Drop the decisions that `count` counts, within a step."""
    connection.execute(FORGET, (verdict, code, document, coder))


def places(connection: sqlite3.Connection, document: DocumentId) -> list[tuple[int, int, int]]:
    """Return id, start and end of the decisions on a document."""
    return connection.execute(PLACES, (document,)).fetchall()


def follow(
    connection: sqlite3.Connection, moved: Iterable[tuple[int, int, int]], gone: Iterable[int]
) -> None:
    """Put decisions (start, end, id) where their text is now, and drop those without any."""
    connection.executemany(PLACE, moved)
    connection.executemany(DELETE, ((one,) for one in gone))
