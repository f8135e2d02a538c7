"""Databases of other programs, of the schemas in `tests/data/exchange`."""

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

SCHEMAS = Path(__file__).parents[2] / "data" / "exchange"
Rows = Mapping[str, Sequence[Mapping[str, object]]]


def build(path: Path, schema: str, rows: Rows) -> Path:
    """Write a database of a schema with its rows."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(SCHEMAS.joinpath(f"{schema}.sql").read_text("utf-8"))
        for table, some in rows.items():
            for row in some:
                names = ", ".join(f'"{one}"' for one in row)
                places = ", ".join("?" for _ in row)
                connection.execute(
                    f'INSERT INTO "{table}" ({names}) VALUES ({places})', tuple(row.values())
                )
        connection.commit()
    return path
