"""Rows that all moved by the same: one entry of the history for thousands of them.

A word put into a text moves every coding, turn and number behind it by the same. Such an entry
stands among the logged rows of its step, where it happened: it names the table, by how much which
columns moved, and the rows as runs of ids. Its image before says the opposite of the one after,
so that either is put in place by adding what it says.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

MOVED: dict[str, tuple[str, ...]] = {
    "coding": ("start", "end"),
    "turn": ("number", "label_start", "start", "end"),
}
"""Columns that rows may move in together."""
NO_ROW = 0
"""What a shift has for the id of a row."""
MOST = 1 << 53
"""Bound of ids and distances, so that what is made up cannot overflow a column."""


@dataclass(frozen=True, slots=True)
class Shift:
    """How rows of a table move: by how much each column, and which rows, as runs of ids.

    A run is its first and its last id, both of them in it; runs are in order and apart.
    """

    table: str
    by: tuple[tuple[str, int], ...]
    runs: tuple[tuple[int, int], ...]

    def ids(self) -> Iterator[int]:
        """Yield the ids of all rows; only of a shift that was put in place."""
        for first, last in self.runs:
            yield from range(first, last + 1)

    def written(self, *, back: bool = False) -> str:
        """Return it, or with `back` its opposite, as it is kept."""
        by = {column: -distance if back else distance for column, distance in self.by}
        return json.dumps({"shift": by, "rows": self.runs}, separators=(",", ":"))


def made(table: str, by: Mapping[str, int], rows: Iterable[int]) -> Shift:
    """Return a shift of the rows with these ids; columns that do not move are left out."""
    distances = tuple((column, distance) for column, distance in by.items() if distance)
    return Shift(table, distances, tuple(_joined(sorted(rows))))


def _joined(ids: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the runs that ids in their order make."""
    at = 0
    while at < len(ids):
        # What was coded or read in together stands together: mostly the rest is one run.
        first, rest = ids[at], len(ids) - at
        if ids[-1] - first == rest - 1:
            yield first, ids[-1]
            return
        end = at + 1
        while ids[end] == ids[end - 1] + 1:
            end += 1
        yield first, ids[end - 1]
        at = end


def put(connection: sqlite3.Connection, shift: Shift) -> None:
    """Move the rows. Raises KeyError where some of them are not there."""
    moves = ", ".join(f'"{column}" = "{column}" + {distance:d}' for column, distance in shift.by)
    done = connection.executemany(
        f'UPDATE "{shift.table}" SET {moves} WHERE id BETWEEN ? AND ?',  # noqa: S608 - names from MOVED
        shift.runs,
    )
    if done.rowcount != sum(last - first + 1 for first, last in shift.runs):
        raise KeyError(shift.table)


@lru_cache(maxsize=8)
def read(table: str, image: str | None) -> Shift | None:
    """Return the shift that an image holds, None for the image of a row or of nothing.

    The last ones are remembered: a step that was logged is looked at several times at once.

    Raises ValueError for one that this program cannot have written.
    """
    content = _members(json.loads(image)) if image is not None else {}
    if "shift" not in content:
        return None
    by = _members(content["shift"])
    columns = MOVED.get(table, ())
    if not by or not set(by) <= set(columns):
        raise ValueError("columns that do not move")
    distances = tuple((column, _number(by[column])) for column in columns if column in by)
    return Shift(table, distances, tuple(_runs(content.get("rows"))))


def are_opposite(table: str, before: str | None, after: str | None) -> bool:
    """Tell whether two images are one shift and its opposite."""
    try:
        there, back = read(table, after), read(table, before)
    except (ValueError, RecursionError):
        return False
    return there is not None and back is not None and there.written(back=True) == back.written()


def _members(value: object) -> dict[object, object]:
    """Return a JSON object, an empty one for anything else."""
    return dict(value) if isinstance(value, dict) else {}  # pyright: ignore[reportUnknownArgumentType]


def _parts(value: object) -> list[object]:
    """Return a JSON array, an empty one for anything else."""
    return list(value) if isinstance(value, list) else []  # pyright: ignore[reportUnknownArgumentType]


def _runs(runs: object) -> Iterator[tuple[int, int]]:
    reached = -MOST
    for run in map(_parts, _parts(runs)):
        if len(run) != 2:
            raise ValueError("no run of rows")
        first, last = map(_number, run)
        if not reached < first <= last:
            raise ValueError("runs out of order")
        reached = last
        yield first, last
    if reached == -MOST:
        raise ValueError("no rows")


def _number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or abs(value) >= MOST:
        raise ValueError("no such number")
    return value
