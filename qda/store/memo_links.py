"""Queries on the links between memos, segments and everything else."""

import sqlite3

from qda.model.entities import MemoLink, Thing, ThingKind
from qda.model.ids import CoderId, Guid, MemoLinkId

COLUMNS = """
SELECT id, guid, memo_id, coding_id, to_memo_id, to_coding_id, to_document_id, to_case_id,
       to_participant_id, to_code_id, coder_id, created FROM memo_link"""
ALL = COLUMNS + " ORDER BY id"
BY_ID = COLUMNS + " WHERE id = ?"
BY_GUID = COLUMNS + " WHERE guid = ?"
FROM: dict[ThingKind, str] = {
    "memo": COLUMNS + " WHERE memo_id = ? ORDER BY id",
    "coding": COLUMNS + " WHERE coding_id = ? ORDER BY id",
}
"""What leads away is looked up by; only memos and segments have links of their own."""
TO: dict[ThingKind, str] = {
    "memo": COLUMNS + " WHERE to_memo_id = ? ORDER BY id",
    "coding": COLUMNS + " WHERE to_coding_id = ? ORDER BY id",
    "document": COLUMNS + " WHERE to_document_id = ? ORDER BY id",
    "case": COLUMNS + " WHERE to_case_id = ? ORDER BY id",
    "participant": COLUMNS + " WHERE to_participant_id = ? ORDER BY id",
    "code": COLUMNS + " WHERE to_code_id = ? ORDER BY id",
}
INSERT = """
INSERT INTO memo_link (guid, memo_id, coding_id, to_memo_id, to_coding_id, to_document_id,
                       to_case_id, to_participant_id, to_code_id, coder_id, created)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
DELETE = "DELETE FROM memo_link WHERE id = ?"
MOVE_FROM_CODING = "UPDATE memo_link SET coding_id = ? WHERE id = ?"
MOVE_TO: dict[ThingKind, str] = {
    "coding": "UPDATE memo_link SET to_coding_id = ? WHERE id = ?",
    "participant": "UPDATE memo_link SET to_participant_id = ? WHERE id = ?",
    "code": "UPDATE memo_link SET to_code_id = ? WHERE id = ?",
}
ENDS: tuple[ThingKind, ...] = ("memo", "coding", "document", "case", "participant", "code")
"""The kinds of what a link leads to, in the order of their columns."""

Row = tuple[
    int, str, int | None, int | None, int | None, int | None, int | None, int | None, int | None,
    int | None, int, str,
]  # fmt: skip


def _link(row: Row) -> MemoLink:
    origin = Thing("memo", row[2]) if row[2] is not None else Thing("coding", row[3] or 0)
    target = next(
        Thing(kind, number)
        for kind, number in zip(ENDS, row[4:10], strict=True)
        if isinstance(number, int)
    )
    return MemoLink(MemoLinkId(row[0]), Guid(row[1]), origin, target, CoderId(row[10]), row[11])


def all_links(connection: sqlite3.Connection) -> tuple[MemoLink, ...]:
    """Return every link in the order they were made."""
    return tuple(_link(row) for row in connection.execute(ALL))


def by_id(connection: sqlite3.Connection, link: MemoLinkId) -> MemoLink | None:
    """Return a link, None when it is gone."""
    row = connection.execute(BY_ID, (link,)).fetchone()
    return None if row is None else _link(row)


def by_guid(connection: sqlite3.Connection, guid: str) -> MemoLink | None:
    """Return the link of that GUID."""
    row = connection.execute(BY_GUID, (guid,)).fetchone()
    return None if row is None else _link(row)


def leading_away(connection: sqlite3.Connection, thing: Thing) -> tuple[MemoLink, ...]:
    """Return the links that a memo or a segment has of its own; none for other things."""
    if thing.kind not in FROM:
        return ()
    return tuple(_link(row) for row in connection.execute(FROM[thing.kind], (thing.id,)))


def leading_here(connection: sqlite3.Connection, thing: Thing) -> tuple[MemoLink, ...]:
    """Return the links that lead to a thing."""
    return tuple(_link(row) for row in connection.execute(TO[thing.kind], (thing.id,)))


def of_thing(connection: sqlite3.Connection, thing: Thing) -> tuple[MemoLink, ...]:
    """Return the links of a thing, those that lead away before those that lead to it."""
    return leading_away(connection, thing) + leading_here(connection, thing)


def insert(connection: sqlite3.Connection, link: MemoLink) -> MemoLinkId:
    """Add a link (its `id` is ignored); return the id."""
    ends = [link.target.id if link.target.kind == kind else None for kind in ENDS]
    memo = link.origin.id if link.origin.kind == "memo" else None
    coding = link.origin.id if link.origin.kind == "coding" else None
    values = (link.guid, memo, coding, *ends, link.coder, link.created)
    return MemoLinkId(int(connection.execute(INSERT, values).lastrowid or 0))


def delete(connection: sqlite3.Connection, link: MemoLinkId) -> None:
    """Remove a link."""
    connection.execute(DELETE, (link,))


def move(connection: sqlite3.Connection, old: Thing, new: Thing) -> None:
    """Give the links of one thing to another of its kind; those that would double are dropped."""
    there = {(one.origin, one.target) for one in of_thing(connection, new)}
    for link in of_thing(connection, old):
        origin = new if link.origin == old else link.origin
        target = new if link.target == old else link.target
        if origin == target or (origin, target) in there:
            delete(connection, link.id)
            continue
        there.add((origin, target))
        if origin != link.origin:
            connection.execute(MOVE_FROM_CODING, (new.id, link.id))
        if target != link.target:
            connection.execute(MOVE_TO[new.kind], (new.id, link.id))
