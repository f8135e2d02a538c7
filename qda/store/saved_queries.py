"""Queries kept under a name, as JSON: read with care, since a stranger may have written it."""

import json
import sqlite3
from collections.abc import Mapping
from typing import Any, cast

from qda.model.ids import Guid
from qda.model.queries import RELATIONS, Condition, Query, SavedQuery

ALL = "SELECT id, guid, name, definition, position FROM saved_query ORDER BY position, id"
INSERT = "INSERT INTO saved_query (guid, name, definition, position) VALUES (?, ?, ?, ?)"
UPDATE = "UPDATE saved_query SET name = ?, definition = ?, position = ? WHERE id = ?"
DELETE = "DELETE FROM saved_query WHERE id = ?"
DEEPEST = 20


def all_queries(connection: sqlite3.Connection) -> tuple[SavedQuery, ...]:
    """Return the saved queries in the user's order, without those that cannot be read."""
    found: list[SavedQuery] = []
    for row in connection.execute(ALL):
        query = from_text(row[3])
        if query is not None:
            found.append(SavedQuery(row[0], Guid(row[1]), row[2], query, row[4]))
    return tuple(found)


def insert(connection: sqlite3.Connection, saved: SavedQuery) -> int:
    """Add a query (its `id` is ignored); return the id."""
    cursor = connection.execute(
        INSERT, (saved.guid, saved.name, to_text(saved.query), saved.position)
    )
    return int(cursor.lastrowid or 0)


def update(connection: sqlite3.Connection, saved: SavedQuery) -> None:
    """Write a query anew."""
    connection.execute(UPDATE, (saved.name, to_text(saved.query), saved.position, saved.id))


def delete(connection: sqlite3.Connection, query: int) -> None:
    """Remove a query."""
    connection.execute(DELETE, (query,))


def to_text(query: Query) -> str:
    """Return a query as JSON."""
    return json.dumps(_as_json(query), ensure_ascii=False)


def from_text(text: str) -> Query | None:
    """Return the query that `to_text` wrote, None for anything else."""
    try:
        return _query(json.loads(text), 0)
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _as_json(query: Query) -> dict[str, Any]:
    return {
        "codes": list(query.codes),
        "where": [list(one) for one in query.where],
        "any": query.any_condition,
        "unfolded": query.unfolded,
        "conditions": [
            {
                "relation": one.relation,
                "negated": one.negated,
                "distance": one.distance,
                "unit": one.unit,
                "query": _as_json(one.query),
            }
            for one in query.conditions
        ],
    }


def _query(content: object, depth: int) -> Query:
    if depth > DEEPEST or not isinstance(content, dict):
        raise ValueError
    found = cast("Mapping[str, Any]", content)
    return Query(
        codes=tuple(Guid(_text(one)) for one in found["codes"]),
        conditions=tuple(_condition(one, depth) for one in found["conditions"]),
        where=tuple((_text(name), _text(value)) for name, value in found["where"]),
        any_condition=bool(found["any"]),
        unfolded=bool(found["unfolded"]),
    )


def _condition(content: Mapping[str, Any], depth: int) -> Condition:
    relation, unit = content["relation"], content["unit"]
    if relation not in RELATIONS or unit not in ("words", "turns"):
        raise ValueError
    return Condition(
        relation=relation,
        query=_query(content["query"], depth + 1),
        negated=bool(content["negated"]),
        distance=min(max(int(content["distance"]), 0), 1_000_000),
        unit=unit,
    )


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
