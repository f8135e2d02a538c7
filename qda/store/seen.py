"""Codings as they were when something was written of them: how that is kept, and follows a text."""

import json
import sqlite3
from collections.abc import Iterable, Mapping

from qda.model.judgements import SeenCoding

SPANS = (
    'SELECT id, start, "end" FROM coding WHERE id IN (SELECT value FROM json_each(?)) ORDER BY id'
)


def seen_text(seen: Iterable[SeenCoding]) -> str:
    """Write down the codings that were seen."""
    return json.dumps([[one.coding, one.start, one.end] for one in seen], separators=(",", ":"))


def read_seen(text: str) -> tuple[SeenCoding, ...]:
    """Read the codings that were seen; what a stranger's file says otherwise is nothing."""
    try:
        content: object = json.loads(text)
        assert isinstance(content, list)  # noqa: S101 - told apart below like any other nonsense
        return tuple(SeenCoding(int(a), int(b), int(c)) for a, b, c in content)  # pyright: ignore[reportUnknownVariableType, reportUnknownArgumentType]
    except (AssertionError, ValueError, TypeError, OverflowError, RecursionError):
        return ()


def spans_now(connection: sqlite3.Connection, codings: Iterable[int]) -> dict[int, tuple[int, int]]:
    """Return where these codings stand now, those that are gone left out."""
    wanted = json.dumps(sorted(set(codings)))
    return {row[0]: (row[1], row[2]) for row in connection.execute(SPANS, (wanted,))}


def followed(
    seen: tuple[SeenCoding, ...],
    before: Mapping[int, tuple[int, int]],
    now: Mapping[int, tuple[int, int]],
) -> tuple[SeenCoding, ...]:
    """Return what was seen where it stands `now`, as far as it stood as in `before`."""
    return tuple(
        SeenCoding(one.coding, *now[one.coding])
        if one.coding in now and before.get(one.coding) == (one.start, one.end)
        else one
        for one in seen
    )
