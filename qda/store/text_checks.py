"""Checks of texts and of what lies on them: quotes, ranges, lengths and counts."""

import sqlite3
from collections.abc import Iterator

from qda.model.ids import new_guid
from qda.store import history
from qda.text.normalise import text_hash
from qda.text.words import count_words

KEEP_MEMO = (
    'INSERT INTO memo (guid, "on", target_id, text, coder_id, created, modified)'
    " VALUES (?, ?, ?, ?, (SELECT id FROM coder ORDER BY id LIMIT 1), ?, ?)"
)
TEXTS = "SELECT d.id, t.text FROM document d JOIN text_body t ON t.hash = d.text_hash ORDER BY d.id"
SPANS = 'SELECT id, start, "end", quote FROM coding WHERE document_id = ? ORDER BY id'
TO_THE_KEPT_MEMO = (
    "UPDATE memo_link SET memo_id = ?, coding_id = NULL WHERE coding_id = ?",
    "UPDATE memo_link SET to_memo_id = ?, to_coding_id = NULL WHERE to_coding_id = ?",
    "UPDATE memo_version SET memo_id = ?, coding_id = NULL WHERE coding_id = ?",
)
"""Links and versions of the note on a coding go to the memo that keeps it."""


def keep_memo(connection: sqlite3.Connection, on: str, target: int, *parts: str) -> int:
    """Keep what has lost its place as a memo on something; return its id."""
    text = "\n".join(part for part in parts if part)
    at = history.now()
    return connection.execute(KEEP_MEMO, (new_guid(), on, target, text, at, at)).lastrowid or 0


def spans(connection: sqlite3.Connection, *, in_range: bool) -> Iterator[tuple[int, int, str]]:
    """Yield document, coding and the text at its span where the quote is another."""
    for document, text in connection.execute(TEXTS).fetchall():
        for coding, start, end, quote in connection.execute(SPANS, (document,)).fetchall():
            inside = 0 <= start < end <= len(text)
            if inside == in_range and (not inside or text[start:end] != quote):
                yield document, coding, text[start:end]


def mend_quotes(connection: sqlite3.Connection) -> None:
    """Let quotes say what stands at their spans."""
    for _document, coding, quote in list(spans(connection, in_range=True)):
        connection.execute("UPDATE coding SET quote = ? WHERE id = ?", (quote, coding))


def mend_ranges(connection: sqlite3.Connection) -> None:
    """Make memos on the document of codings that reach outside its text."""
    for document, coding, _quote in list(spans(connection, in_range=False)):
        row = connection.execute(
            "SELECT code.name, coding.quote, coding.memo FROM coding"
            " JOIN code ON code.id = coding.code_id WHERE coding.id = ?",
            (coding,),
        ).fetchone()
        memo = keep_memo(connection, "document", document, *row)
        connection.execute(
            "UPDATE memo SET \"on\" = 'document', target_id = ?"
            " WHERE \"on\" = 'coding' AND target_id = ?",
            (document, coding),
        )
        for statement in TO_THE_KEPT_MEMO:
            connection.execute(statement, (memo, coding))
        connection.execute("DELETE FROM coding WHERE id = ?", (coding,))


OUTSIDE = '"end" > (SELECT length(t.text) FROM document d JOIN text_body t ON t.hash = d.text_hash'
TURNS_OUTSIDE = f"turn WHERE {OUTSIDE} WHERE d.id = turn.document_id)"
NOTES_OUTSIDE = f"source_note WHERE {OUTSIDE} WHERE d.id = source_note.document_id)"
LENGTHS = (
    "SELECT d.id, length(t.text) FROM document d JOIN text_body t ON t.hash = d.text_hash"
    " ORDER BY d.id"
)


def mend_bounds(connection: sqlite3.Connection) -> None:
    """Cut turns and notes where their text ends."""
    for document, length in connection.execute(LENGTHS).fetchall():
        connection.execute(
            "DELETE FROM turn WHERE document_id = ? AND start >= ?", (document, length)
        )
        connection.execute(
            'UPDATE turn SET "end" = ? WHERE document_id = ? AND "end" > ?',
            (length, document, length),
        )
        connection.execute(
            'UPDATE source_note SET start = min(start, ?), "end" = ?'
            ' WHERE document_id = ? AND "end" > ?',
            (length, length, document, length),
        )


def wrong_counts(connection: sqlite3.Connection) -> Iterator[tuple[int, int, int]]:
    """Yield documents that state other numbers of characters and words, with the right ones."""
    stated = {
        row[0]: row[1:]
        for row in connection.execute("SELECT id, characters, words FROM document").fetchall()
    }
    for document, text in connection.execute(TEXTS).fetchall():
        counted_now = (len(text), count_words(text))
        if stated[document] != counted_now:
            yield document, *counted_now


def mend_counts(connection: sqlite3.Connection) -> None:
    """State the right numbers of characters and words."""
    for document, characters, words in list(wrong_counts(connection)):
        connection.execute(
            "UPDATE document SET characters = ?, words = ? WHERE id = ?",
            (characters, words, document),
        )


def altered_texts(connection: sqlite3.Connection) -> int:
    """Count the texts that are not those that their hash names."""
    rows = connection.execute("SELECT hash, text FROM text_body").fetchall()
    return sum(text_hash(text) != digest for digest, text in rows)
