"""Undo and redo: writing the rows that a step logged back, whole or not at all.

Triggers are idle meanwhile, so that what is put back is not logged, and foreign keys are checked at
the end.
"""

import sqlite3
from collections.abc import Iterable, Sequence
from itertools import groupby, islice

from qda.jobs.progress import Progress
from qda.model.changes import Changes, Step
from qda.store import history
from qda.store.images import Put, bound_values, read_image
from qda.store.problems import BrokenHistory
from qda.store.schema import LOGGED
from qda.store.shifts import Shift

TOGETHER = 500
"""How many rows of a step are put back between two moments at which that can be cancelled."""


def undo(
    connection: sqlite3.Connection, coder: str, progress: Progress | None = None
) -> tuple[Step, Changes] | None:
    """Take the last step back; None when there is none. Raises BrokenHistory and Cancelled."""
    return _replay(connection, history.LAST_DONE, coder, progress or Progress(), back=True)


def redo(
    connection: sqlite3.Connection, coder: str, progress: Progress | None = None
) -> tuple[Step, Changes] | None:
    """Do the last undone step again; None when there is none. Raises BrokenHistory, Cancelled."""
    return _replay(connection, history.FIRST_UNDONE, coder, progress or Progress(), back=False)


def _replay(
    connection: sqlite3.Connection, which: str, coder: str, progress: Progress, *, back: bool
) -> tuple[Step, Changes] | None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = connection.execute(which).fetchone()
        if found is None:
            connection.execute("ROLLBACK")
            return None
        step = history.step_of(found)
        connection.execute("PRAGMA defer_foreign_keys = ON")
        rows = connection.execute(history.SELECT_ROWS, (step.id,)).fetchall()
        progress.start(len(rows))
        try:
            _restore_all(
                connection,
                (
                    (entity, row_id, before if back else after)
                    for entity, row_id, before, after in (reversed(rows) if back else rows)
                ),
                progress,
            )
        except (ValueError, KeyError, TypeError, sqlite3.IntegrityError) as error:
            raise BrokenHistory from error
        connection.execute(
            "UPDATE history_step SET undone = ? WHERE id = ?", (1 if back else 0, step.id)
        )
        changes = history.changes_of(connection, step.id)
        done = "undone" if back else "redone"
        history.note_in_audit(
            connection, history.now(), coder, step.operation, done, step.id, changes
        )
        try:
            connection.execute("COMMIT")
        except sqlite3.IntegrityError as error:
            raise BrokenHistory from error
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return step, changes


def _restore_all(
    connection: sqlite3.Connection,
    rows: Iterable[tuple[str, int, str | None]],
    progress: Progress,
) -> None:
    """Put rows (table, id, image) back one after the other; an image of None removes the row.

    Neighbours of one table go together, since a step may hold some hundred thousand of them; yet
    not so many that one who cancels would wait. Raises Cancelled.
    """
    images = (read_image(table, row_id, image) for table, row_id, image in rows)
    for kind, run in groupby(images, key=_kind):
        if isinstance(kind, Shift):
            for _same in run:
                progress.step()
                history.put_shift(connection, kind)
            continue
        neighbours = (one for one in run if not isinstance(one, Shift))
        while puts := list(islice(neighbours, TOGETHER)):
            progress.step(len(puts))
            _put_all(connection, *kind, puts)


def _put_all(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Sequence[Put]
) -> None:
    """Put rows of one table back, or remove them where no column is put back."""
    if columns:
        _put_back(connection, table, columns, rows)
    else:
        connection.executemany(
            f'DELETE FROM "{table}" WHERE id = ?',  # noqa: S608 - names from LOGGED
            ((row_id,) for _table, _columns, row_id, _values in rows),
        )


def _kind(image: Put | Shift) -> tuple[str, tuple[str, ...]] | Shift:
    """Return what neighbours must have in common to be put back together."""
    return image if isinstance(image, Shift) else image[:2]


def _put_back(
    connection: sqlite3.Connection, table: str, columns: tuple[str, ...], rows: Iterable[Put]
) -> None:
    """Give rows of one table the same columns back.

    An existing row is updated rather than replaced: replacing would delete it first, and its
    dependent rows with it. Raises KeyError where a row of which only a part was logged is gone.
    """
    bound = [bound_values(table, columns, values) for _table, _columns, _id, values in rows]
    if columns == LOGGED[table]:
        names = ", ".join(f'"{column}"' for column in columns)
        places = ", ".join("?" for _ in columns)
        updates = ", ".join(f'"{column}" = excluded."{column}"' for column in columns[1:])
        connection.executemany(
            f'INSERT INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608 - names from LOGGED
            f" ON CONFLICT (id) DO UPDATE SET {updates}",
            bound,
        )
        return
    updates = ", ".join(f'"{column}" = ?{at}' for at, column in enumerate(columns[1:], start=2))
    found = connection.executemany(
        f'UPDATE "{table}" SET {updates} WHERE id = ?1',  # noqa: S608 - names from LOGGED
        bound,
    )
    if found.rowcount != len(bound):
        raise KeyError(table)
