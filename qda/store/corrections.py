"""Statements that put a corrected text in place, and all that is anchored in it.

Turns and codings that only move are moved together, and the history logs that as one shift.
"""

import sqlite3
from collections.abc import Iterable, Sequence

from qda.model.ids import CodeId, CoderId, CodingId, DocumentId, ParticipantId, TurnId
from qda.store import documents, history

CODINGS_AT = (
    'SELECT id, code_id, coder_id, start, "end" FROM coding'
    ' WHERE document_id = ? AND start <= ? AND "end" >= ? ORDER BY start, "end", id'
)
TURNS = (
    'SELECT id, number, label_start, start, "end", label FROM turn'
    " WHERE document_id = ? ORDER BY label_start, number"
)
NOTES = 'SELECT id, start, "end" FROM source_note WHERE document_id = ? ORDER BY start, id'
SET_TEXT = "UPDATE document SET text_hash = ?, characters = ?, words = ? WHERE id = ?"
CODINGS_BEHIND = "SELECT id FROM coding WHERE document_id = ? AND start > ?"
TURNS_BEHIND = "SELECT id FROM turn WHERE document_id = ? AND label_start > ?"
TURNS_NUMBERED = "SELECT id FROM turn WHERE document_id = ? AND number > ?"
PLACE_CODING = 'UPDATE coding SET start = ?, "end" = ?, quote = ? WHERE id = ?'
PLACE_TURN = (
    'UPDATE turn SET number = ?, label_start = ?, start = ?, "end" = ?, label = ? WHERE id = ?'
)
PLACE_NOTE = 'UPDATE source_note SET start = ?, "end" = ? WHERE id = ?'
DELETE_TURN = "DELETE FROM turn WHERE id = ?"
SET_END = 'UPDATE turn SET "end" = ? WHERE id = ?'
END_OF = 'SELECT "end" FROM turn WHERE id = ?'
INSERT_TURN = (
    'INSERT INTO turn (document_id, number, label_start, start, "end", label, participant_id,'
    " interviewer, time_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
SET_TIME = "UPDATE turn SET time_ms = ? WHERE id = ?"
RELABEL = "UPDATE turn SET label = ? WHERE id = ?"
DOCUMENT_OF = "SELECT document_id FROM turn WHERE id = ?"

CodingRow = tuple[CodingId, CodeId, CoderId, int, int]
"""A coding's id, code, coder, start and end."""
TurnRow = tuple[TurnId, int, int, int, int, str]
"""A turn's id, number, start of its label, start, end and label."""
NoteRow = tuple[int, int, int]
"""A note's id, start and end."""


def codings_at(
    connection: sqlite3.Connection, document: DocumentId, start: int, end: int
) -> list[CodingRow]:
    """Return the codings, whosever, that share a character with `start:end` or touch it."""
    return connection.execute(CODINGS_AT, (document, end, start)).fetchall()


def turns_of(connection: sqlite3.Connection, document: DocumentId) -> list[TurnRow]:
    """Return the turns of a document in the order of its text."""
    return connection.execute(TURNS, (document,)).fetchall()


def notes_of(connection: sqlite3.Connection, document: DocumentId) -> list[NoteRow]:
    """Return where the notes of a document are anchored."""
    return connection.execute(NOTES, (document,)).fetchall()


def set_text(
    connection: sqlite3.Connection, document: DocumentId, text: str, text_hash: str, words: int
) -> None:
    """Give a document another text; the old one stays for as long as it can be gone back to."""
    connection.execute(documents.KEEP_TEXT, (text_hash, text))
    connection.execute(SET_TEXT, (text_hash, len(text), words, document))


def shift_codings(
    connection: sqlite3.Connection, document: DocumentId, behind: int, by: int
) -> None:
    """Move the codings that start behind an offset."""
    _shift_codings(connection, by, _ids(connection, CODINGS_BEHIND, document, behind))


def shift_turns(
    connection: sqlite3.Connection, document: DocumentId, behind: int, by: int, number: int
) -> None:
    """Move the turns whose labels start behind an offset, and their numbers by `number`."""
    _shift_turns(connection, by, _ids(connection, TURNS_BEHIND, document, behind), number)


def move_codings(
    connection: sqlite3.Connection, groups: Iterable[tuple[int, Sequence[CodingId]]]
) -> None:
    """Move codings, each group by so many characters."""
    for by, ids in groups:
        _shift_codings(connection, by, ids)


def move_turns(
    connection: sqlite3.Connection, groups: Iterable[tuple[int, Sequence[TurnId]]]
) -> None:
    """Move turns, each group by so many characters."""
    for by, ids in groups:
        _shift_turns(connection, by, ids)


def _ids(
    connection: sqlite3.Connection, which: str, document: DocumentId, behind: int
) -> list[int]:
    return [row[0] for row in connection.execute(which, (document, behind))]


def _shift_codings(connection: sqlite3.Connection, by: int, ids: Iterable[int]) -> None:
    history.shift(connection, "coding", {"start": by, "end": by}, ids)


def _shift_turns(
    connection: sqlite3.Connection, by: int, ids: Iterable[int], number: int = 0
) -> None:
    moves = {"number": number, "label_start": by, "start": by, "end": by}
    history.shift(connection, "turn", moves, ids)


def place_codings(
    connection: sqlite3.Connection, rows: Iterable[tuple[int, int, str, CodingId]]
) -> None:
    """Write start, end and quote of codings."""
    connection.executemany(PLACE_CODING, rows)


def place_turns(connection: sqlite3.Connection, rows: Iterable[TurnRow]) -> None:
    """Write number, place and label of turns."""
    connection.executemany(PLACE_TURN, ((*row[1:], row[0]) for row in rows))


def place_notes(connection: sqlite3.Connection, rows: Iterable[NoteRow]) -> None:
    """Write where notes are anchored."""
    connection.executemany(PLACE_NOTE, ((start, end, note) for note, start, end in rows))


def delete_turns(connection: sqlite3.Connection, turns: Iterable[TurnId]) -> None:
    """Remove turns; the numbers of the others stay as they are."""
    connection.executemany(DELETE_TURN, ((turn,) for turn in turns))


def end_turn(connection: sqlite3.Connection, turn: TurnId, end: int) -> None:
    """Say where a turn ends."""
    connection.execute(SET_END, (end, turn))


def end_of_turn(connection: sqlite3.Connection, turn: TurnId) -> int:
    """Return where a turn ends."""
    return int(connection.execute(END_OF, (turn,)).fetchone()[0])


def insert_turn(
    connection: sqlite3.Connection,
    document: DocumentId,
    place: tuple[int, int, int, int, str],
    participant: ParticipantId | None,
    *,
    interviewer: bool,
    time_ms: int | None = None,
) -> TurnId:
    """Add a turn of that number, start of its label, start, end and label; return its id."""
    row = (document, *place, participant, int(interviewer), time_ms)
    return TurnId(int(connection.execute(INSERT_TURN, row).lastrowid or 0))


def set_times(connection: sqlite3.Connection, rows: Iterable[tuple[int | None, TurnId]]) -> None:
    """Write the times at which turns begin, None where none is known."""
    connection.executemany(SET_TIME, rows)


def relabel_turns(connection: sqlite3.Connection, turns: Iterable[TurnId], label: str) -> None:
    """Give turns another label."""
    connection.executemany(RELABEL, ((label, turn) for turn in turns))


def renumber_turns(
    connection: sqlite3.Connection, document: DocumentId, behind: int, by: int
) -> None:
    """Change the numbers of the turns that are numbered higher than `behind`."""
    ids = _ids(connection, TURNS_NUMBERED, document, behind)
    history.shift(connection, "turn", {"number": by}, ids)


def document_of_turn(connection: sqlite3.Connection, turn: TurnId) -> DocumentId | None:
    """Return the document in which a turn is, None where it is gone."""
    row = connection.execute(DOCUMENT_OF, (turn,)).fetchone()
    return None if row is None else DocumentId(row[0])
