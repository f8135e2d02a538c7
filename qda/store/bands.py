"""Queries on bands: the definitions, and the values that they cut."""

import json
import math
import sqlite3
from collections.abc import Iterable
from typing import cast

from qda.model.bands import BandDefinition, Banding, BandMethod
from qda.model.ids import BandingId, Guid, VariableId, new_guid

COLUMNS = (
    "SELECT id, guid, variable_id, name, method, points, parts, period, labels, position"
    " FROM banding"
)
ALL = COLUMNS + " ORDER BY position, id"
INSERT = (
    "INSERT INTO banding"
    " (guid, variable_id, name, method, points, parts, period, labels, position)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?,"
    " (SELECT coalesce(max(position) + 1, 0) FROM banding))"
)
UPDATE = (
    "UPDATE banding SET variable_id = ?, name = ?, method = ?, points = ?, parts = ?, period = ?,"
    " labels = ? WHERE id = ?"
)
DELETE = "DELETE FROM banding WHERE id = ?"
IN_MONTHS = """
SELECT subject_id, number FROM value
WHERE variable_id = ? AND number IS NOT NULL AND period BETWEEN ? AND ?
ORDER BY subject_id, period"""


def all_bandings(connection: sqlite3.Connection) -> tuple[Banding, ...]:
    """Return every banding in its order."""
    found = (_banding(row) for row in connection.execute(ALL))
    # A project from a stranger may name no points at all.
    return tuple(one for one in found if one.definition.count > 1)


def insert(
    connection: sqlite3.Connection, variable: VariableId, name: str, definition: BandDefinition
) -> BandingId:
    """Add a banding after the others; return the id."""
    cursor = connection.execute(INSERT, (new_guid(), variable, name, *_columns(definition)))
    return BandingId(int(cursor.lastrowid or 0))


def update(connection: sqlite3.Connection, banding: Banding) -> None:
    """Write every field of an existing banding but its place."""
    connection.execute(
        UPDATE,
        (banding.variable, banding.name, *_columns(banding.definition), banding.id),
    )


def delete(connection: sqlite3.Connection, banding: BandingId) -> None:
    """Remove a banding; the variable keeps its values."""
    connection.execute(DELETE, (banding,))


def means(
    connection: sqlite3.Connection, variable: VariableId, first: str, last: str
) -> dict[int, float]:
    """Return the mean of each subject's values in the months from `first` to `last`."""
    found: dict[int, list[float]] = {}
    for subject, number in connection.execute(IN_MONTHS, (variable, first, last)):
        found.setdefault(subject, []).append(number)
    return {subject: math.fsum(numbers) / len(numbers) for subject, numbers in found.items()}


def _columns(definition: BandDefinition) -> tuple[str | int, ...]:
    return (
        definition.method,
        json.dumps(list(definition.points)),
        definition.parts,
        definition.period,
        json.dumps(list(definition.labels), ensure_ascii=False),
    )


def _banding(row: tuple[int, str, int, str, BandMethod, str, int, str, str, int]) -> Banding:
    definition = BandDefinition(
        method=row[4],
        points=tuple(sorted({one for one in map(_number, _list(row[5])) if one is not None})),
        parts=max(row[6], 2) if row[4] != "points" else 0,
        period=row[7],
        labels=tuple(one if isinstance(one, str) else "" for one in _list(row[8])),
    )
    return Banding(BandingId(row[0]), Guid(row[1]), VariableId(row[2]), row[3], definition, row[9])


def _list(text: str) -> Iterable[object]:
    """Read a list from JSON; a project may come from a stranger."""
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    return cast("list[object]", content) if isinstance(content, list) else ()


def _number(one: object) -> float | None:
    if not isinstance(one, int | float) or isinstance(one, bool) or not math.isfinite(one):
        return None
    return float(one)
