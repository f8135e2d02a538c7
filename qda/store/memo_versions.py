"""Queries on what memos and the notes on segments said before."""

import sqlite3

from qda.model.entities import MemoVersion, Thing
from qda.model.ids import CoderId, Guid, MemoVersionId

COLUMNS = "SELECT id, guid, memo_id, coding_id, text, coder_id, begun, saved FROM memo_version"
ALL = COLUMNS + " ORDER BY id"
BY_ID = COLUMNS + " WHERE id = ?"
OF_MEMO = COLUMNS + " WHERE memo_id = ? ORDER BY id DESC"
OF_CODING = COLUMNS + " WHERE coding_id = ? ORDER BY id DESC"
LATEST_OF_MEMO = OF_MEMO + " LIMIT 1"
LATEST_OF_CODING = OF_CODING + " LIMIT 1"
SAVED_NOTES = """
SELECT coding_id, max(saved) FROM memo_version WHERE coding_id IS NOT NULL GROUP BY coding_id"""
INSERT = """
INSERT INTO memo_version (guid, memo_id, coding_id, text, coder_id, begun, saved)
VALUES (?, ?, ?, ?, ?, ?, ?)"""
UPDATE = "UPDATE memo_version SET text = ?, saved = ? WHERE id = ?"
MOVE = "UPDATE memo_version SET coding_id = ? WHERE coding_id = ?"

Row = tuple[int, str, int | None, int | None, str, int, str, str]


def _version(row: Row) -> MemoVersion:
    of = Thing("memo", row[2]) if row[2] is not None else Thing("coding", row[3] or 0)
    return MemoVersion(
        MemoVersionId(row[0]), Guid(row[1]), of, row[4], CoderId(row[5]), row[6], row[7]
    )


def all_versions(connection: sqlite3.Connection) -> tuple[MemoVersion, ...]:
    """Return every version in the order they were begun."""
    return tuple(_version(row) for row in connection.execute(ALL))


def by_id(connection: sqlite3.Connection, version: MemoVersionId) -> MemoVersion | None:
    """Return a version, None when it is gone."""
    row = connection.execute(BY_ID, (version,)).fetchone()
    return None if row is None else _version(row)


def of_thing(connection: sqlite3.Connection, thing: Thing) -> tuple[MemoVersion, ...]:
    """Return the versions of a memo or of the note on a segment, latest first."""
    statement = OF_MEMO if thing.kind == "memo" else OF_CODING
    return tuple(_version(row) for row in connection.execute(statement, (thing.id,)))


def latest(connection: sqlite3.Connection, thing: Thing) -> MemoVersion | None:
    """Return the version that was begun last."""
    statement = LATEST_OF_MEMO if thing.kind == "memo" else LATEST_OF_CODING
    row = connection.execute(statement, (thing.id,)).fetchone()
    return None if row is None else _version(row)


def notes_saved(connection: sqlite3.Connection) -> dict[int, str]:
    """Return when the note on each coding was saved last, as far as that is known."""
    return dict(connection.execute(SAVED_NOTES))


def insert(connection: sqlite3.Connection, version: MemoVersion) -> MemoVersionId:
    """Add a version (its `id` is ignored); return the id."""
    memo = version.of.id if version.of.kind == "memo" else None
    coding = version.of.id if version.of.kind == "coding" else None
    values = (
        version.guid, memo, coding, version.text, version.coder, version.begun, version.saved,
    )  # fmt: skip
    return MemoVersionId(int(connection.execute(INSERT, values).lastrowid or 0))


def update(connection: sqlite3.Connection, version: MemoVersionId, text: str, saved: str) -> None:
    """Write on in a version."""
    connection.execute(UPDATE, (text, saved, version))


def move(connection: sqlite3.Connection, old: int, new: int) -> None:
    """Give the versions of the note on one coding to that on another."""
    connection.execute(MOVE, (new, old))
