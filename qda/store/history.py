"""Undo, redo, audit and change notices: one mechanism for all four.

TEMP triggers log the row before and after every change into `history_row`, inside the operation's
own transaction. From these rows come the undo step, the `Changes` a view needs and the audit
entry. The triggers are TEMP so that a project file never carries code; they log only while a step
is open, so undoing does not log itself.
"""

import json
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import groupby

from qda.model.changes import AuditEntry, Changes, Step
from qda.model.ids import StepId
from qda.store.problems import BrokenHistory
from qda.store.schema import LOGGED, REAL_COLUMNS

MAX_STEPS = 1000
MAX_BYTES = 256 * 1024 * 1024
"""Caps of the kept history; the latest step is kept whatever its size."""

SELECT_STEP = "SELECT id, at, coder, operation, entities, undone FROM history_step"
LAST_DONE = SELECT_STEP + " WHERE undone = 0 ORDER BY id DESC LIMIT 1"
FIRST_UNDONE = SELECT_STEP + " WHERE undone = 1 ORDER BY id LIMIT 1"
ALL_STEPS = SELECT_STEP + " ORDER BY id"
SELECT_ROWS = "SELECT entity, row_id, before, after FROM history_row WHERE step_id = ? ORDER BY id"
SELECT_AUDIT = "SELECT id, at, coder, operation, action, entities FROM audit ORDER BY id"
STEP_BEFORE = SELECT_STEP + " WHERE id < ? ORDER BY id DESC LIMIT 1"
LOGGED_ROWS = "SELECT id, entity, row_id, before, after FROM history_row WHERE step_id = ?"
WRITE_ON = "UPDATE history_row SET after = ? WHERE id = ?"
SIZE_STEP = "UPDATE history_step SET bytes = ? WHERE id = ?"
DROP_STEP = "DELETE FROM history_step WHERE id = ?"
INSERT_STEP = (
    "INSERT INTO history_step (at, coder, operation, entities, bytes) VALUES (?, ?, ?, '{}', 0)"
)
FINISH_STEP = "UPDATE history_step SET entities = ?, bytes = ? WHERE id = ?"
INSERT_AUDIT = (
    "INSERT INTO audit (at, coder, operation, action, entities, guids) VALUES (?, ?, ?, ?, ?, ?)"
)
ANYTHING = """
SELECT EXISTS (
    SELECT 1 FROM history_row WHERE step_id = (SELECT step_id FROM temp.history_open))"""
WITH_GUID = ", ".join(f"'{table}'" for table, columns in LOGGED.items() if "guid" in columns)
STEP_GUIDS = (
    # A damaged image must not stop the step that the other image takes back.
    "SELECT DISTINCT json_extract(image, '$.guid') FROM ("  # noqa: S608 - names from LOGGED
    "SELECT CASE WHEN json_valid(coalesce(after, before)) THEN coalesce(after, before) END AS image"
    f" FROM history_row WHERE step_id = ? AND entity IN ({WITH_GUID}))"
    " WHERE json_extract(image, '$.guid') IS NOT NULL LIMIT ?"
)
DROP_UNDONE = "DELETE FROM history_step WHERE undone = 1"
ROW_BYTES = (
    "SELECT coalesce(sum(coalesce(length(before), 0) + coalesce(length(after), 0)), 0)"
    " FROM history_row WHERE step_id = ?"
)
PRUNE = """
DELETE FROM history_step WHERE id IN (
    SELECT id FROM (
        SELECT id, row_number() OVER (ORDER BY id DESC) AS age,
               sum(bytes) OVER (ORDER BY id DESC) AS total
        FROM history_step)
    WHERE age > 1 AND (age > ? OR total > ?))
"""
UNUSED_TEXT = """hash NOT IN (
    SELECT text_hash FROM document
    UNION SELECT made_hash FROM text_version AS v WHERE edits IS NOT NULL AND NOT EXISTS (
          SELECT 1 FROM text_version WHERE document_id = v.document_id AND number = v.number + 1
                                       AND text_hash = v.made_hash)
    UNION SELECT json_extract(before, '$.text_hash') FROM history_row
          WHERE entity = 'document' AND before IS NOT NULL
    UNION SELECT json_extract(after, '$.text_hash') FROM history_row
          WHERE entity = 'document' AND after IS NOT NULL)"""
UNUSED_FILE = """hash NOT IN (
    SELECT file_hash FROM document WHERE file_hash IS NOT NULL
    UNION SELECT json_extract(before, '$.file_hash') FROM history_row
          WHERE entity = 'document' AND json_extract(before, '$.file_hash') IS NOT NULL
    UNION SELECT json_extract(after, '$.file_hash') FROM history_row
          WHERE entity = 'document' AND json_extract(after, '$.file_hash') IS NOT NULL)"""
DROP_TEXTS = "DELETE FROM text_body WHERE " + UNUSED_TEXT  # noqa: S608 - constants
DROP_FILES = "DELETE FROM source_file WHERE " + UNUSED_FILE  # noqa: S608 - constants
JOINED_FOR = timedelta(minutes=5)
"""How long after its beginning a step takes in what is saved while one writes on."""
AUDIT_GUIDS = 50
"""How many GUIDs an audit entry names at the most; the counts are always complete."""


def now() -> str:
    """Return the time as ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def install(connection: sqlite3.Connection) -> None:
    """Make the TEMP triggers that log; once per connection, after migrations."""
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.create_function("exact", 1, _exact, deterministic=True)
    connection.execute("CREATE TEMP TABLE history_open (step_id INTEGER NOT NULL)")
    for table, columns in LOGGED.items():
        for statement in _triggers(table, columns):
            connection.execute(statement)


def _exact(number: float | None) -> str | None:
    """Write a REAL so that the same one is read again; SQLite's own printing loses bits of some."""
    return None if number is None else repr(number)


def _json_of(row: str, table: str, columns: Iterable[str]) -> str:
    parts: list[str] = []
    for column in columns:
        value = f'{row}."{column}"'
        if (table, column) in REAL_COLUMNS:
            value = f"exact({value})"
        parts.append(f"'{column}', {value}")
    return f"json_object({', '.join(parts)})"


def _triggers(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    old, new = _json_of("OLD", table, columns), _json_of("NEW", table, columns)
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in columns)
    forms = (
        ("INSERT", "NEW", "NULL", new, ""),
        ("UPDATE", "NEW", old, new, f" WHEN {changed}"),
        ("DELETE", "OLD", old, "NULL", ""),
    )
    for event, row, before, after, when in forms:
        yield (
            f'CREATE TEMP TRIGGER "log_{table}_{event.lower()}" AFTER {event} ON main."{table}"'  # noqa: S608 - names from LOGGED
            f"{when} BEGIN "
            "INSERT INTO history_row (step_id, entity, row_id, before, after) "
            f"SELECT step_id, '{table}', {row}.id, {before}, {after} FROM history_open; END"
        )


class OpenStep:
    """A step while its operation runs; `changes` and `id` are there once it is committed.

    An operation that changed nothing leaves no step: `id` stays None.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        """Begin with nothing changed."""
        self.connection = connection
        self.changes = Changes()
        self.id: StepId | None = None


@contextmanager
def record(
    connection: sqlite3.Connection, operation: str, coder: str, *, joins: bool = False
) -> Generator[OpenStep]:
    """Run an operation in one transaction and keep what it changed as one undo step.

    Whatever is raised inside rolls everything back. What was undone before can no longer be
    redone afterwards. With `joins`, what is saved again and again while one writes becomes part
    of the step before, where that is the same operation on the same rows, begun a little earlier.
    """
    step = OpenStep(connection)
    at = now()
    connection.execute("BEGIN IMMEDIATE")
    try:
        step_id = StepId(
            int(connection.execute(INSERT_STEP, (at, coder, operation)).lastrowid or 0)
        )
        connection.execute("INSERT INTO temp.history_open (step_id) VALUES (?)", (step_id,))
        yield step
        connection.execute("DELETE FROM temp.history_open")
        step.changes = _changes(connection, step_id)
        joined = joins and bool(step.changes)
        earlier = _joined(connection, step_id, operation, coder, at) if joined else None
        if earlier is not None:
            step.id = earlier
        elif step.changes:
            step.id = step_id
            entities = json.dumps(step.changes.counts())
            size = connection.execute(ROW_BYTES, (step_id,)).fetchone()[0]
            connection.execute(DROP_UNDONE)
            connection.execute(FINISH_STEP, (entities, size, step_id))
            _audit(connection, at, coder, operation, "done", step_id, step.changes)
            connection.execute(PRUNE, (MAX_STEPS, MAX_BYTES))
        else:
            connection.execute(DROP_STEP, (step_id,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def has_changed(connection: sqlite3.Connection) -> bool:
    """Tell whether the step that is open has changed anything yet."""
    return bool(connection.execute(ANYTHING).fetchone()[0])


def _joined(
    connection: sqlite3.Connection, step_id: StepId, operation: str, coder: str, at: str
) -> StepId | None:
    """Write what a step changed into the step before, if it only writes on what that one wrote.

    Return the step before, or None where the step stands for itself. The audit has its entry
    already: one for a stretch of writing.
    """
    row = connection.execute(STEP_BEFORE, (step_id,)).fetchone()
    before = None if row is None else _step(row)
    if (
        before is None
        or before.undone
        or (before.operation, before.coder) != (operation, coder)
        or not _soon_after(before.when, at)
    ):
        return None
    written = {
        (entity, number): (row, after)
        for row, entity, number, _, after in connection.execute(LOGGED_ROWS, (before.id,))
    }
    new = connection.execute(LOGGED_ROWS, (step_id,)).fetchall()
    for _, entity, number, was, after in new:
        _, known = written.get((entity, number), (0, None))
        # Rows that come or go begin a step of their own.
        if was is None or after is None or known is None:
            return None
    for _, entity, number, _, after in new:
        connection.execute(WRITE_ON, (after, written[entity, number][0]))
    connection.execute(DROP_STEP, (step_id,))
    size = connection.execute(ROW_BYTES, (before.id,)).fetchone()[0]
    connection.execute(SIZE_STEP, (size, before.id))
    return before.id


def _soon_after(earlier: str, later: str) -> bool:
    try:
        passed = datetime.fromisoformat(later) - datetime.fromisoformat(earlier)
    except (ValueError, TypeError):
        return False
    return timedelta(0) <= passed <= JOINED_FOR


def undo(connection: sqlite3.Connection, coder: str) -> tuple[Step, Changes] | None:
    """Take the last step back; None when there is none. Raises BrokenHistory."""
    return _replay(connection, LAST_DONE, coder, back=True)


def redo(connection: sqlite3.Connection, coder: str) -> tuple[Step, Changes] | None:
    """Do the last undone step again; None when there is none. Raises BrokenHistory."""
    return _replay(connection, FIRST_UNDONE, coder, back=False)


def _replay(
    connection: sqlite3.Connection, which: str, coder: str, *, back: bool
) -> tuple[Step, Changes] | None:
    connection.execute("BEGIN IMMEDIATE")
    try:
        found = connection.execute(which).fetchone()
        if found is None:
            connection.execute("ROLLBACK")
            return None
        step = _step(found)
        connection.execute("PRAGMA defer_foreign_keys = ON")
        rows = connection.execute(SELECT_ROWS, (step.id,)).fetchall()
        try:
            _restore_all(
                connection,
                (
                    (entity, row_id, before if back else after)
                    for entity, row_id, before, after in (reversed(rows) if back else rows)
                ),
            )
        except (ValueError, KeyError, TypeError, sqlite3.IntegrityError) as error:
            raise BrokenHistory from error
        connection.execute(
            "UPDATE history_step SET undone = ? WHERE id = ?", (1 if back else 0, step.id)
        )
        changes = _changes(connection, step.id)
        action = "undone" if back else "redone"
        _audit(connection, now(), coder, step.operation, action, step.id, changes)
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
    connection: sqlite3.Connection, rows: Iterable[tuple[str, int, str | None]]
) -> None:
    """Put rows (table, id, image) back one after the other; an image of None removes the row.

    Neighbours of one table go together, since a step may hold some hundred thousand of them. An
    existing row is updated rather than replaced: replacing would delete it first, and its
    dependent rows with it.
    """
    for (table, gone), run in groupby(rows, key=lambda row: (row[0], row[2] is None)):
        columns = LOGGED[table]
        if gone:
            connection.executemany(
                f'DELETE FROM "{table}" WHERE id = ?',  # noqa: S608 - names from LOGGED
                ((row_id,) for _table, row_id, _image in run),
            )
            continue
        names = ", ".join(f'"{column}"' for column in columns)
        places = ", ".join("?" for _ in columns)
        updates = ", ".join(f'"{column}" = excluded."{column}"' for column in columns[1:])
        connection.executemany(
            f'INSERT INTO "{table}" ({names}) VALUES ({places})'  # noqa: S608 - names from LOGGED
            f" ON CONFLICT (id) DO UPDATE SET {updates}",
            (_bound(table, image or "") for _table, _row_id, image in run),
        )


def _bound(table: str, image: str) -> list[object]:
    values: Mapping[str, object] = json.loads(image)
    return [
        float(str(values[column]))
        if (table, column) in REAL_COLUMNS and values[column] is not None
        else values[column]
        for column in LOGGED[table]
    ]


def _changes(connection: sqlite3.Connection, step_id: StepId) -> Changes:
    rows: dict[str, set[int]] = {}
    for entity, row_id in connection.execute(
        "SELECT entity, row_id FROM history_row WHERE step_id = ?", (step_id,)
    ):
        rows.setdefault(entity, set()).add(row_id)
    return Changes({entity: frozenset(ids) for entity, ids in rows.items()})


def _audit(
    connection: sqlite3.Connection,
    at: str,
    coder: str,
    operation: str,
    action: str,
    step_id: StepId,
    changes: Changes,
) -> None:
    guids = [
        row[0]
        for row in connection.execute(
            STEP_GUIDS,
            (step_id, AUDIT_GUIDS),
        )
    ]
    entities = json.dumps(changes.counts())
    connection.execute(INSERT_AUDIT, (at, coder, operation, action, entities, json.dumps(guids)))


def _step(row: tuple[int, str, str, str, str, int]) -> Step:
    return Step(StepId(row[0]), row[1], row[2], row[3], _counts(row[4]), bool(row[5]))


def _counts(text: str) -> dict[str, int]:
    """Read how many rows changed per table; a file from a stranger may say anything there."""
    try:
        content: object = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    if not isinstance(content, dict):
        return {}
    pairs: list[tuple[object, object]] = list(content.items())  # pyright: ignore[reportUnknownArgumentType, reportUnknownMemberType]
    return {name: n for name, n in pairs if isinstance(name, str) and isinstance(n, int)}


def steps(connection: sqlite3.Connection) -> tuple[Step, ...]:
    """Return every kept step, oldest first."""
    return tuple(_step(row) for row in connection.execute(ALL_STEPS))


def next_undo(connection: sqlite3.Connection) -> Step | None:
    """Return the step that undo would take back."""
    row = connection.execute(LAST_DONE).fetchone()
    return None if row is None else _step(row)


def next_redo(connection: sqlite3.Connection) -> Step | None:
    """Return the step that redo would do again."""
    row = connection.execute(FIRST_UNDONE).fetchone()
    return None if row is None else _step(row)


def audit_entries(connection: sqlite3.Connection) -> tuple[AuditEntry, ...]:
    """Return the audit trail, oldest first."""
    return tuple(
        AuditEntry(row[0], row[1], row[2], row[3], row[4], _counts(row[5]))
        for row in connection.execute(SELECT_AUDIT)
    )


def drop_orphans(connection: sqlite3.Connection) -> int:
    """Remove texts and bytes that neither document nor history needs; return how many."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        count = connection.execute(DROP_TEXTS).rowcount + connection.execute(DROP_FILES).rowcount
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
    return count
