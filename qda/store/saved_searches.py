"""Searches kept under a name, as JSON: read with care, since a stranger may have written it."""

import json
import sqlite3
from collections.abc import Mapping, Sequence
from typing import Any, TypeVar, cast

from qda.model.ids import Guid
from qda.model.searching import (
    CODED,
    SEARCH_MODES,
    TURN_KINDS,
    WITHIN,
    Limits,
    SavedSearch,
    Search,
)

T = TypeVar("T")
ALL = "SELECT id, guid, name, question FROM saved_search ORDER BY id"
INSERT = "INSERT INTO saved_search (guid, name, question, created) VALUES (?, ?, ?, ?)"
UPDATE = "UPDATE saved_search SET name = ?, question = ? WHERE id = ?"
DELETE = "DELETE FROM saved_search WHERE id = ?"


def all_searches(connection: sqlite3.Connection) -> tuple[SavedSearch, ...]:
    """Return the saved searches, oldest first; one that cannot be read looks for nothing."""
    return tuple(
        SavedSearch(row[0], Guid(row[1]), row[2], from_text(row[3]) or Search(""))
        for row in connection.execute(ALL)
    )


def insert(connection: sqlite3.Connection, saved: SavedSearch, created: str) -> int:
    """Add a search (its `id` is ignored); return the id."""
    cursor = connection.execute(INSERT, (saved.guid, saved.name, to_text(saved.search), created))
    return int(cursor.lastrowid or 0)


def update(connection: sqlite3.Connection, saved: SavedSearch) -> None:
    """Write a search anew."""
    connection.execute(UPDATE, (saved.name, to_text(saved.search), saved.id))


def delete(connection: sqlite3.Connection, search: int) -> None:
    """Remove a search."""
    connection.execute(DELETE, (search,))


def to_text(search: Search) -> str:
    """Return a search as JSON."""
    return json.dumps(
        {
            "query": search.query,
            "mode": search.mode,
            "within": search.within,
            "turns": search.limits.turns,
            "where": [list(one) for one in search.limits.where],
            "coded": search.limits.coded,
        },
        ensure_ascii=False,
    )


def from_text(text: str) -> Search | None:
    """Return the search that `to_text` wrote, None for anything else."""
    try:
        content = json.loads(text)
        if not isinstance(content, dict):
            return None
        return _search(cast("Mapping[str, Any]", content))
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def _search(content: Mapping[str, Any]) -> Search:
    return Search(
        _text(content["query"]),
        _one_of(SEARCH_MODES, content["mode"]),
        _one_of(WITHIN, content["within"]),
        Limits(
            _one_of(TURN_KINDS, content["turns"]),
            tuple((_text(name), _text(value)) for name, value in content["where"]),
            _one_of(CODED, content["coded"]),
        ),
    )


def _one_of(known: Sequence[T], value: object) -> T:
    for one in known:
        if one == value:
            return one
    raise ValueError


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value
