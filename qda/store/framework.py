"""Queries on framework cells and the codings pinned beside them."""

import sqlite3
from collections.abc import Iterable, Mapping, Sequence

from qda.model.ids import CodeId, CoderId, CodingId, FrameworkCellId, Guid
from qda.model.judgements import CellStatus, CellSubject, FrameworkCell
from qda.store.seen import followed, read_seen, seen_text, spans_now

COLUMNS = (
    "SELECT id, guid, subject, subject_id, code_id, summary, status, coder_id, created, modified,"
    " seen FROM framework_cell"
)
ALL = COLUMNS + " ORDER BY id"
ONE = COLUMNS + " WHERE subject = ? AND subject_id = ? AND code_id = ?"
EVIDENCE = "SELECT cell_id, coding_id FROM framework_evidence ORDER BY cell_id, position, id"
EVIDENCE_OF = "SELECT coding_id FROM framework_evidence WHERE cell_id = ? ORDER BY position, id"
INSERT = (
    "INSERT INTO framework_cell (guid, subject, subject_id, code_id, summary, status, coder_id,"
    " created, modified, seen) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
UPDATE = (
    "UPDATE framework_cell SET summary = ?, status = ?, coder_id = ?, modified = ?, seen = ?"
    " WHERE id = ?"
)
SET_SEEN = "UPDATE framework_cell SET seen = ? WHERE id = ?"
DELETE = "DELETE FROM framework_cell WHERE id = ?"
DELETE_OF = "DELETE FROM framework_cell WHERE subject = ? AND subject_id = ?"
MOVE_SUBJECT = (
    "UPDATE OR IGNORE framework_cell SET subject_id = ? WHERE subject = ? AND subject_id = ?"
)
MOVE_CODE = "UPDATE OR IGNORE framework_cell SET code_id = ? WHERE code_id = ?"
UNPIN = "DELETE FROM framework_evidence WHERE cell_id = ?"
PIN = "INSERT INTO framework_evidence (cell_id, coding_id, position) VALUES (?, ?, ?)"

Row = tuple[int, str, CellSubject, int, int, str, CellStatus, int, str, str, str]


def all_cells(connection: sqlite3.Connection) -> tuple[FrameworkCell, ...]:
    """Return every cell that somebody wrote, in the order they were begun."""
    pinned: dict[int, list[CodingId]] = {}
    for cell, coding in connection.execute(EVIDENCE):
        pinned.setdefault(cell, []).append(CodingId(coding))
    return tuple(_cell(row, pinned.get(row[0], ())) for row in connection.execute(ALL))


def find(
    connection: sqlite3.Connection, subject: CellSubject, subject_id: int, code: CodeId
) -> FrameworkCell | None:
    """Return what is written about one subject on one code, None for nothing."""
    row = connection.execute(ONE, (subject, subject_id, code)).fetchone()
    if row is None:
        return None
    return _cell(row, [CodingId(one) for (one,) in connection.execute(EVIDENCE_OF, (row[0],))])


def insert(connection: sqlite3.Connection, cell: FrameworkCell) -> FrameworkCellId:
    """Add a cell (its `id` is ignored) with what is pinned beside it; return the id."""
    cursor = connection.execute(
        INSERT,
        (
            cell.guid, cell.subject, cell.subject_id, cell.code, cell.summary, cell.status,
            cell.coder, cell.created, cell.modified, seen_text(cell.seen),
        ),
    )  # fmt: skip
    made = FrameworkCellId(int(cursor.lastrowid or 0))
    pin(connection, made, cell.evidence)
    return made


def update(connection: sqlite3.Connection, cell: FrameworkCell) -> None:
    """Write what a cell says now; what is pinned beside it stays."""
    connection.execute(
        UPDATE,
        (cell.summary, cell.status, cell.coder, cell.modified, seen_text(cell.seen), cell.id),
    )


def pin(connection: sqlite3.Connection, cell: FrameworkCellId, codings: Sequence[CodingId]) -> None:
    """Pin these codings beside a cell, in this order, and no others."""
    connection.execute(UNPIN, (cell,))
    connection.executemany(
        PIN, [(cell, one, place) for place, one in enumerate(dict.fromkeys(codings))]
    )


def delete(connection: sqlite3.Connection, cell: FrameworkCellId) -> None:
    """Remove a cell and what is pinned beside it."""
    connection.execute(DELETE, (cell,))


def delete_of(connection: sqlite3.Connection, subject: CellSubject, subject_id: int) -> None:
    """Remove the cells about something that is removed itself."""
    connection.execute(DELETE_OF, (subject, subject_id))


def move_subject(connection: sqlite3.Connection, subject: CellSubject, old: int, new: int) -> None:
    """Give the cells about one subject to another; where both have one, the other's stays."""
    connection.execute(MOVE_SUBJECT, (new, subject, old))


def move_code(connection: sqlite3.Connection, old: CodeId, new: CodeId) -> None:
    """Give the cells on one code to another; where both have one, the other's stays."""
    connection.execute(MOVE_CODE, (new, old))


def seen_spans(connection: sqlite3.Connection) -> dict[int, tuple[int, int]]:
    """Return where the codings stand now that any cell has seen."""
    cells = all_cells(connection)
    return spans_now(connection, (one.coding for cell in cells for one in cell.seen))


def follow(connection: sqlite3.Connection, before: Mapping[int, tuple[int, int]]) -> None:
    """Let cells have seen codings where they stand now, which stood as in `before`.

    For what moves codings without changing what they say.
    """
    now = seen_spans(connection)
    for cell in all_cells(connection):
        seen = followed(cell.seen, before, now)
        if seen != cell.seen:
            connection.execute(SET_SEEN, (seen_text(seen), cell.id))


def _cell(row: Row, evidence: Iterable[CodingId]) -> FrameworkCell:
    return FrameworkCell(
        FrameworkCellId(row[0]), Guid(row[1]), row[2], row[3], CodeId(row[4]), row[5], row[6],
        CoderId(row[7]), row[8], row[9], read_seen(row[10]), tuple(evidence),
    )  # fmt: skip
