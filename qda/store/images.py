"""What history logged of rows: reading such images."""

import json
from collections.abc import Iterable, Mapping

from qda.store import shifts
from qda.store.schema import LOGGED, REAL_COLUMNS
from qda.store.shifts import Shift

Put = tuple[str, tuple[str, ...], int, Mapping[str, object]]
"""A table, the columns that are put back (none where the row goes), the row's id, its values."""


def read_image(table: str, row_id: int, image: str | None) -> Put | Shift:
    """Read what was logged of a row. Raises ValueError, KeyError or TypeError for no such thing."""
    known = LOGGED[table]
    if image is None:
        return table, (), row_id, {}
    moved = shifts.read(table, image) if row_id == shifts.NO_ROW else None
    if moved is not None:
        return moved
    values: dict[str, object] = json.loads(image)
    columns = tuple(column for column in known if column in values)
    if values["id"] != row_id or len(columns) == 1:
        raise ValueError("no image of that row")
    return table, columns, row_id, values


def bound_values(table: str, columns: Iterable[str], values: Mapping[str, object]) -> list[object]:
    """Return the values of an image in the order of `columns`, numbers exactly as they were."""
    return [
        float(str(values[column]))
        if (table, column) in REAL_COLUMNS and values[column] is not None
        else values[column]
        for column in columns
    ]


def columns_of(table: str) -> tuple[str, ...]:
    """Return the columns of a logged table but for the id."""
    return tuple(one for one in LOGGED[table] if one != "id")
