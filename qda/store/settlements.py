"""Queries on what was settled of the disagreements between two coders."""

import sqlite3
from collections.abc import Iterable, Mapping

from qda.model.agreement import Decision, Settlement
from qda.model.ids import CodeId, CoderId, CodingId, DocumentId, Guid, MemoId, SettlementId
from qda.store.seen import followed, read_seen, seen_text, spans_now

COLUMNS = (
    "SELECT id, guid, document_id, code_id, first_coder_id, second_coder_id, memo_id, decision,"
    " coder_id, created, seen FROM settlement"
)
ALL = COLUMNS + " ORDER BY created, id"
OF_PAIR = COLUMNS + (
    " WHERE (first_coder_id = ? AND second_coder_id = ?)"
    " OR (first_coder_id = ? AND second_coder_id = ?) ORDER BY created, id"
)
MADE = "SELECT settlement_id, coding_id FROM settlement_coding ORDER BY settlement_id, id"
INSERT = (
    "INSERT INTO settlement (guid, document_id, code_id, first_coder_id, second_coder_id, memo_id,"
    " decision, coder_id, created, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
ADD_MADE = "INSERT OR IGNORE INTO settlement_coding (settlement_id, coding_id) VALUES (?, ?)"
SET_MEMO = "UPDATE settlement SET memo_id = ? WHERE id = ?"
SET_SEEN = "UPDATE settlement SET seen = ? WHERE id = ?"
DELETE = "DELETE FROM settlement WHERE id = ?"
IS_MADE = "SELECT 1 FROM settlement_coding WHERE coding_id = ?"
MOVE_CODE = "UPDATE settlement SET code_id = ? WHERE code_id = ?"

Row = tuple[int, str, int, int, int, int, int | None, Decision, int, str, str]


def all_settlements(connection: sqlite3.Connection) -> tuple[Settlement, ...]:
    """Return every settlement in the order they were made."""
    return _settlements(connection, connection.execute(ALL))


def of_pair(
    connection: sqlite3.Connection, coders: tuple[CoderId, CoderId]
) -> tuple[Settlement, ...]:
    """Return the settlements between two coders, whichever is the first, in order."""
    one, other = coders
    return _settlements(connection, connection.execute(OF_PAIR, (one, other, other, one)))


def insert(connection: sqlite3.Connection, new: Settlement) -> SettlementId:
    """Add a settlement (its `id` is ignored) with what it made; return the id."""
    values = (
        new.guid, new.document, new.code, *new.coders, new.memo, new.decision, new.coder,
        new.created, seen_text(new.seen),
    )  # fmt: skip
    added = SettlementId(int(connection.execute(INSERT, values).lastrowid or 0))
    connection.executemany(ADD_MADE, ((added, coding) for coding in new.made))
    return added


def set_memo(connection: sqlite3.Connection, settlement: SettlementId, memo: MemoId | None) -> None:
    """Say in which memo a place is discussed."""
    connection.execute(SET_MEMO, (memo, settlement))


def delete(connection: sqlite3.Connection, settlement: SettlementId) -> None:
    """Remove a settlement; the codings that it made stay."""
    connection.execute(DELETE, (settlement,))


def is_made(connection: sqlite3.Connection, coding: CodingId) -> bool:
    """Tell whether a coding stands because something was settled."""
    return connection.execute(IS_MADE, (coding,)).fetchone() is not None


def move_code(connection: sqlite3.Connection, old: CodeId, new: CodeId) -> None:
    """Give the settlements on one code to another."""
    connection.execute(MOVE_CODE, (new, old))


def seen_spans(connection: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """Return where the codings stand now that were settled."""
    settled = all_settlements(connection)
    return spans_now(connection, (one.coding for each in settled for one in each.seen))


def follow(connection: sqlite3.Connection, before: Mapping[int, tuple[int, int]]) -> None:
    """Let settlements have seen codings where they stand now, which stood as in `before`.

    For what moves codings without changing what they say.
    """
    now = seen_spans(connection)
    for one in all_settlements(connection):
        seen = followed(one.seen, before, now)
        if seen != one.seen:
            connection.execute(SET_SEEN, (seen_text(seen), one.id))


def _settlements(connection: sqlite3.Connection, rows: Iterable[Row]) -> tuple[Settlement, ...]:
    found = list(rows)
    if not found:
        return ()
    made: dict[int, list[CodingId]] = {}
    for settlement, coding in connection.execute(MADE):
        made.setdefault(settlement, []).append(CodingId(coding))
    return tuple(
        Settlement(
            SettlementId(row[0]), Guid(row[1]), DocumentId(row[2]), CodeId(row[3]),
            (CoderId(row[4]), CoderId(row[5])), None if row[6] is None else MemoId(row[6]), row[7],
            CoderId(row[8]), row[9], read_seen(row[10]), tuple(made.get(row[0], ())),
        )
        for row in found
    )  # fmt: skip
