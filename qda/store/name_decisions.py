"""Queries on what was decided of names that were found."""

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass

from qda.model.ids import new_guid
from qda.model.pseudonyms import Decision, NameKind

ALL = (
    "SELECT id, kind, name, forms, replacement, decision, places, chosen FROM name_decision"
    " ORDER BY id"
)
INSERT = (
    "INSERT INTO name_decision (guid, kind, name, forms, replacement, decision, places, chosen)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
)
DELETE = "DELETE FROM name_decision WHERE id = ?"
CLEAR_PLACES = "UPDATE name_decision SET places = '[]'"
DELETE_DONE = "DELETE FROM name_decision WHERE decision <> 'rejected'"


@dataclass(frozen=True, slots=True)
class NameDecision:
    """What was decided of a name: all its forms, what is put there, which places stay.

    `places` are what stands before, the hit, and what stands behind. A `chosen` name is one that
    the user added: its forms are looked for wherever they stand.
    """

    kind: NameKind
    name: str
    forms: tuple[str, ...]
    replacement: str
    decision: Decision
    places: tuple[tuple[str, str, str], ...] = ()
    chosen: bool = False


def all_decisions(connection: sqlite3.Connection) -> tuple[NameDecision, ...]:
    """Return every decision, the oldest first; rows that cannot be read are left out."""
    return tuple(one for _, one in _rows(connection))


def _rows(connection: sqlite3.Connection) -> list[tuple[int, NameDecision]]:
    found: list[tuple[int, NameDecision]] = []
    for row, kind, name, forms, replacement, decision, places, chosen in connection.execute(ALL):
        listed = tuple(_texts(forms))
        if listed:
            decided = NameDecision(
                kind, name, listed, replacement, decision, _places(places), chosen=bool(chosen)
            )
            found.append((row, decided))
    return found


def keep(connection: sqlite3.Connection, decisions: Iterable[NameDecision]) -> None:
    """Keep decisions in place of all that concern one of their forms, within a step."""
    rows: dict[tuple[str, str], set[int]] = {}
    for row, other in _rows(connection):
        for form in other.forms:
            rows.setdefault((other.kind, form.casefold()), set()).add(row)
    for one in decisions:
        for form in one.forms:
            before = rows.get((one.kind, form.casefold()), set[int]())
            connection.executemany(DELETE, [(row,) for row in before])
        connection.execute(
            INSERT,
            (
                new_guid(), one.kind, one.name, _dumped(list(one.forms)), one.replacement,
                one.decision, _dumped([list(place) for place in one.places]), int(one.chosen),
            ),
        )  # fmt: skip


def drop_done(connection: sqlite3.Connection) -> None:
    """Drop all but what was rejected: what was accepted is replaced by now."""
    connection.execute(DELETE_DONE)
    connection.execute(CLEAR_PLACES)


def _dumped(content: object) -> str:
    return json.dumps(content, ensure_ascii=False)


def _texts(text: str) -> list[str]:
    """Read a list of texts; a project from a stranger may hold anything there."""
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return []
    parts: list[object] = content if isinstance(content, list) else []  # pyright: ignore[reportUnknownVariableType]
    return [one for one in parts if isinstance(one, str)]


def _places(text: str) -> tuple[tuple[str, str, str], ...]:
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return ()
    found: list[tuple[str, str, str]] = []
    parts: list[object] = content if isinstance(content, list) else []  # pyright: ignore[reportUnknownVariableType]
    for part in parts:
        match part:
            case [str(left), str(form), str(right)]:
                found.append((left, form, right))
            case _:
                continue
    return tuple(found)
