"""Queries on codes."""

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping

from qda.model.codebook import join_path
from qda.model.entities import Code
from qda.model.ids import CodeId, Guid

COLUMNS = """
SELECT id, guid, parent_id, name, position, color, definition, include, exclude, example,
       keywords, scale, shortcut FROM code"""
ALL = COLUMNS + " ORDER BY parent_id IS NOT NULL, parent_id, position, id"
BY_ID = COLUMNS + " WHERE id = ?"
INSERT = """
INSERT INTO code (guid, parent_id, name, position, color, definition, include, exclude, example,
                  keywords, scale, shortcut) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
UPDATE = """
UPDATE code SET parent_id = ?, name = ?, position = ?, color = ?, definition = ?, include = ?,
                exclude = ?, example = ?, keywords = ?, scale = ?, shortcut = ? WHERE id = ?"""
DELETE = "DELETE FROM code WHERE id = ?"
CODED_BELOW = """
WITH RECURSIVE family(id) AS (
    SELECT ? UNION SELECT code.id FROM code JOIN family ON code.parent_id = family.id)
SELECT count(*) FROM coding WHERE code_id IN (SELECT id FROM family)"""
COUNTS = "SELECT code_id, count(*) FROM coding GROUP BY code_id"
COUNTS_AMONG = """
SELECT code_id, count(*) FROM coding WHERE code_id IN (SELECT value FROM json_each(?))
GROUP BY code_id"""
USAGE = """
WITH RECURSIVE family (id) AS (
    SELECT ?1 UNION ALL SELECT code.id FROM code JOIN family ON code.parent_id = family.id
)
SELECT coder.name, used.own, used.codings FROM (
    SELECT coder_id, sum(code_id = ?1) AS own, count(*) AS codings
    FROM family JOIN coding ON coding.code_id = family.id GROUP BY coder_id
) used JOIN coder ON coder.id = used.coder_id ORDER BY used.own DESC, coder.name"""
USED_IN = """
SELECT count(DISTINCT document_id) FROM coding
WHERE code_id = ?1 AND (?2 IS NULL OR coder_id IN (SELECT id FROM coder WHERE name = ?2))"""
NEXT_POSITION = "SELECT coalesce(max(position) + 1, 0) FROM code WHERE parent_id IS ?"


def _code(row: tuple[object, ...]) -> Code:
    values = list(row)
    values[10] = tuple(map(str, json.loads(str(values[10]))))
    values[11] = tuple(map(str, json.loads(str(values[11]))))
    return Code(*values)  # pyright: ignore[reportArgumentType] - STRICT columns in order


def all_codes(connection: sqlite3.Connection) -> tuple[Code, ...]:
    """Return every code in the order of the codebook: each followed by those below it."""
    below: dict[CodeId | None, list[Code]] = {}
    for row in connection.execute(ALL):
        code = _code(row)
        below.setdefault(code.parent, []).append(code)
    ordered: list[Code] = []
    stack = list(reversed(below.get(None, [])))
    while stack:
        code = stack.pop()
        ordered.append(code)
        stack.extend(reversed(below.get(code.id, [])))
    return tuple(ordered)


def by_id(connection: sqlite3.Connection, code: CodeId) -> Code | None:
    """Return a code, None when it is gone."""
    row = connection.execute(BY_ID, (code,)).fetchone()
    return None if row is None else _code(row)


def paths(codes: Iterable[Code]) -> dict[CodeId, tuple[str, ...]]:
    """Return the names from the top down to each code; parents stand before their children."""
    found: dict[CodeId, tuple[str, ...]] = {}
    for code in codes:
        above = found.get(code.parent, ()) if code.parent is not None else ()
        found[code.id] = (*above, code.name)
    return found


def path_texts(codes: Iterable[Code]) -> dict[CodeId, str]:
    """Return the path of each code as text, as the command line and the exports write it."""
    return {code: join_path(path) for code, path in paths(codes).items()}


def counts(
    connection: sqlite3.Connection, among: Collection[CodeId] | None = None
) -> Mapping[CodeId, int]:
    """Return how many codings each code has of its own, or each of some; none are left out."""
    if among is None:
        rows = connection.execute(COUNTS)
    else:
        rows = connection.execute(COUNTS_AMONG, (json.dumps(sorted(among)),))
    return {CodeId(row[0]): row[1] for row in rows}


def usage(connection: sqlite3.Connection, code: CodeId) -> tuple[tuple[str, int, int], ...]:
    """Return who used a code or one below it: coder, how often the code itself, how often all.

    Who used the code itself most comes first.
    """
    return tuple(connection.execute(USAGE, (code,)))


def used_in(connection: sqlite3.Connection, code: CodeId, coder: str | None = None) -> int:
    """Return in how many documents a code itself was used, by the coder of a name if given."""
    return int(connection.execute(USED_IN, (code, coder)).fetchone()[0])


def coded_below(connection: sqlite3.Connection, code: CodeId) -> int:
    """Return how many codings a code and all codes below it have."""
    return int(connection.execute(CODED_BELOW, (code,)).fetchone()[0])


def next_position(connection: sqlite3.Connection, parent: CodeId | None) -> int:
    """Return the position after the last code under `parent`."""
    return int(connection.execute(NEXT_POSITION, (parent,)).fetchone()[0])


def insert(connection: sqlite3.Connection, code: Code) -> CodeId:
    """Add a code (its `id` is ignored); return the id."""
    cursor = connection.execute(INSERT, (code.guid, *_fields(code)))
    return CodeId(int(cursor.lastrowid or 0))


def update(connection: sqlite3.Connection, code: Code) -> None:
    """Write every field of an existing code."""
    connection.execute(UPDATE, (*_fields(code), code.id))


def _fields(code: Code) -> tuple[object, ...]:
    return (
        code.parent, code.name, code.position, code.color, code.definition, code.include,
        code.exclude, code.example, json.dumps(code.keywords, ensure_ascii=False),
        json.dumps(code.scale, ensure_ascii=False), code.shortcut,
    )  # fmt: skip


def delete(connection: sqlite3.Connection, code: CodeId) -> None:
    """Remove a code, the codes below it and all their codings."""
    connection.execute(DELETE, (code,))


def with_guid(connection: sqlite3.Connection, guid: Guid) -> Code | None:
    """Return the code of that GUID."""
    row = connection.execute(COLUMNS + " WHERE guid = ?", (guid,)).fetchone()
    return None if row is None else _code(row)
