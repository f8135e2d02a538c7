"""Undo, redo, audit and change notices: one mechanism for all four.

TEMP triggers log the row before and after every change into `history_row`, inside the operation's
own transaction. From these rows come the undo step, the `Changes` a view needs and the audit
entry. The triggers are TEMP so that a project file never carries code; they log only while a step
is open, so undoing does not log itself.

A row that came or went is logged whole, of one that changed only its id and what changed. Older
projects hold such rows whole. Rows that all move by the same are logged as one `Shift`: moving
thousands of codings behind a correction then writes next to nothing.
"""

import json
import sqlite3
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache, lru_cache

from qda.model.changes import AuditEntry, Changes, Step
from qda.model.ids import StepId
from qda.store import shifts
from qda.store.schema import LOGGED, REAL_COLUMNS
from qda.store.shifts import Shift

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
LOGGED_ROWS = (
    "SELECT id, entity, row_id, before, after FROM history_row WHERE step_id = ? ORDER BY id"
)
WRITE_ON = "UPDATE history_row SET before = ?, after = ? WHERE id = ?"
SIZE_STEP = "UPDATE history_step SET bytes = ? WHERE id = ?"
DROP_STEP = "DELETE FROM history_step WHERE id = ?"
INSERT_STEP = (
    "INSERT INTO history_step (at, coder, operation, entities, bytes) VALUES (?, ?, ?, '{}', 0)"
)
FINISH_STEP = "UPDATE history_step SET entities = ?, bytes = ? WHERE id = ?"
INSERT_AUDIT = (
    "INSERT INTO audit (at, coder, operation, action, entities, guids) VALUES (?, ?, ?, ?, ?, ?)"
)
INSTALLED = "SELECT 1 FROM temp.sqlite_schema WHERE name = 'history_open'"
ANYTHING = """
SELECT EXISTS (
    SELECT 1 FROM history_row WHERE step_id = (SELECT step_id FROM temp.history_open))"""
OPEN_STEP = "SELECT step_id FROM temp.history_open"
OPEN = "INSERT INTO temp.history_open (step_id) VALUES (?)"
PAUSE = "DELETE FROM temp.history_open"
LOG_SHIFT = (
    "INSERT INTO history_row (step_id, entity, row_id, before, after) VALUES (?, ?, ?, ?, ?)"
)
CHANGED_ROWS = (
    f"SELECT entity, row_id, iif(row_id = {shifts.NO_ROW}, after, NULL)"  # noqa: S608 - a constant
    " FROM history_row WHERE step_id = ?"
)
WITH_GUID = tuple(table for table, columns in LOGGED.items() if "guid" in columns)
_THEM = ", ".join(f"'{table}'" for table in WITH_GUID)
STEP_GUIDS = (
    # A damaged image must not stop the step that the other image takes back.
    "SELECT entity, row_id, CASE WHEN json_valid(coalesce(after, before))"  # noqa: S608 - names from LOGGED
    " THEN json_extract(coalesce(after, before), '$.guid') END,"
    f" iif(row_id = {shifts.NO_ROW}, after, NULL)"
    f" FROM history_row WHERE step_id = ? AND entity IN ({_THEM}) ORDER BY id"
)
GUID_OF = {table: f'SELECT guid FROM "{table}" WHERE id = ?' for table in WITH_GUID}  # noqa: S608 - names from LOGGED
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
          WHERE entity = 'document' AND json_extract(before, '$.text_hash') IS NOT NULL
    UNION SELECT json_extract(after, '$.text_hash') FROM history_row
          WHERE entity = 'document' AND json_extract(after, '$.text_hash') IS NOT NULL)"""
UNUSED_FILE = """hash NOT IN (
    SELECT file_hash FROM document WHERE file_hash IS NOT NULL
    UNION SELECT json_extract(before, '$.file_hash') FROM history_row
          WHERE entity = 'document' AND json_extract(before, '$.file_hash') IS NOT NULL
    UNION SELECT json_extract(after, '$.file_hash') FROM history_row
          WHERE entity = 'document' AND json_extract(after, '$.file_hash') IS NOT NULL
    UNION SELECT file_hash FROM carried_file
    UNION SELECT json_extract(coalesce(before, after), '$.file_hash') FROM history_row
          WHERE entity = 'carried_file'
            AND json_extract(coalesce(before, after), '$.file_hash') IS NOT NULL)"""
DROP_STEPS = "DELETE FROM history_step"
DROP_TEXTS = "DELETE FROM text_body WHERE " + UNUSED_TEXT  # noqa: S608 - constants
DROP_FILES = "DELETE FROM source_file WHERE " + UNUSED_FILE  # noqa: S608 - constants
MOVED: dict[str, tuple[str, ...]] = {
    "coding": ("start", "end", "quote"),
    "turn": ("number", "label_start", "start", "end"),
    "source_note": ("start", "end"),
}
"""Columns in which many rows change when a text is corrected, logged by a trigger of their own.

A check of the table may name some of these or some of the others, never both: they are put back
one after the other.
"""
JOINED_FOR = timedelta(minutes=5)
"""How long after its beginning a step takes in what is saved while one writes on."""
AUDIT_GUIDS = 50
"""How many GUIDs an audit entry names at the most; the counts are always complete."""


def now() -> str:
    """Return the time as ISO 8601 in UTC, to the millisecond."""
    return datetime.now(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def install(connection: sqlite3.Connection) -> None:
    """Make the TEMP triggers that log, where the connection has none yet; outside a transaction.

    Every step asks for them: a project that is only read does without.
    """
    if connection.execute(INSTALLED).fetchone() is not None:
        return
    connection.execute("PRAGMA recursive_triggers = ON")
    connection.create_function("exact", 1, _exact, deterministic=True)
    for statement in _statements():
        connection.execute(statement)
    connection.execute("CREATE TEMP TABLE history_open (step_id INTEGER NOT NULL)")


def _exact(number: float | None) -> str | None:
    """Write a REAL so that the same one is read again; SQLite's own printing loses bits of some."""
    return None if number is None else repr(number)


@lru_cache(maxsize=1)
def _statements() -> tuple[str, ...]:
    """Return the triggers of all logged tables."""
    return tuple(
        statement for table, columns in LOGGED.items() for statement in _triggers(table, columns)
    )


def _value(row: str, table: str, column: str) -> str:
    value = f'{row}."{column}"'
    return f"exact({value})" if (table, column) in REAL_COLUMNS else value


def _whole(row: str, table: str, columns: Iterable[str]) -> str:
    """Return the expression for a row as JSON."""
    parts = (f"'{column}', {_value(row, table, column)}" for column in columns)
    return f"json_object({', '.join(parts)})"


def _changed(row: str, table: str, columns: Iterable[str]) -> str:
    """Return the expression for a row's id and those of `columns` that changed, as JSON."""
    parts = [
        f'iif(OLD."{column}" IS NOT NEW."{column}",'
        f""" ',"{column}":' || json_quote({_value(row, table, column)}), '')"""
        for column in columns
    ]
    return " || ".join((f"""'{{"id":' || {row}.id""", *parts, "'}'"))


def _triggers(table: str, columns: tuple[str, ...]) -> Iterator[str]:
    yield _trigger(table, "INSERT", "NEW", "NULL", _whole("NEW", table, columns))
    yield _trigger(table, "DELETE", "OLD", _whole("OLD", table, columns), "NULL")
    moved = MOVED.get(table, ())
    rest = tuple(one for one in columns if one != "id" and one not in moved)
    if moved:
        yield _moving_trigger(table)
    if rest:
        yield _altering_trigger(table, rest)


@cache
def _moving_trigger(table: str) -> str:
    """Return the trigger that logs which of a table's rows move."""
    return _altering_trigger(table, MOVED[table])


def _altering_trigger(table: str, columns: tuple[str, ...]) -> str:
    old, new = _changed("OLD", table, columns), _changed("NEW", table, columns)
    return _trigger(table, "UPDATE", "NEW", old, new, columns)


def _trigger_name(table: str, event: str, of: tuple[str, ...]) -> str:
    return f"log_{table}_{event.lower()}_{of[0] if of else 'row'}"


def _trigger(
    table: str, event: str, row: str, before: str, after: str, of: tuple[str, ...] = ()
) -> str:
    named = ", ".join(f'"{column}"' for column in of)
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in of)
    return (
        f'CREATE TEMP TRIGGER "{_trigger_name(table, event, of)}"'  # noqa: S608 - names from LOGGED
        f' AFTER {event}{f" OF {named}" if of else ""} ON main."{table}"'
        f"{f' WHEN {changed}' if of else ''} BEGIN "
        "INSERT INTO history_row (step_id, entity, row_id, before, after) "
        f"SELECT step_id, '{table}', {row}.id, {before}, {after} FROM temp.history_open; END"
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
    connection: sqlite3.Connection,
    operation: str,
    coder: str,
    *,
    joins: bool = False,
    forgets: bool = False,
) -> Generator[OpenStep]:
    """Run an operation in one transaction and keep what it changed as one undo step.

    Whatever is raised inside rolls everything back. What was undone before can no longer be
    redone afterwards. With `joins`, what is saved again and again while one writes becomes part
    of the step before, where that is the same operation on the same rows, begun a little earlier.
    With `forgets`, every step goes with it, this one too, and the texts and bytes that only they
    needed: what it changed is audited and can never be undone.
    """
    step = OpenStep(connection)
    at = now()
    install(connection)
    connection.execute("BEGIN IMMEDIATE")
    try:
        step_id = StepId(
            int(connection.execute(INSERT_STEP, (at, coder, operation)).lastrowid or 0)
        )
        connection.execute(OPEN, (step_id,))
        yield step
        connection.execute(PAUSE)
        step.changes = changes_of(connection, step_id)
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
            note_in_audit(connection, at, coder, operation, "done", step_id, step.changes)
            connection.execute(PRUNE, (MAX_STEPS, MAX_BYTES))
            if forgets:
                step.id = None
                for statement in (DROP_STEPS, DROP_TEXTS, DROP_FILES):
                    connection.execute(statement)
        else:
            connection.execute(DROP_STEP, (step_id,))
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def shift(
    connection: sqlite3.Connection, table: str, by: Mapping[str, int], rows: Iterable[int]
) -> None:
    """Move columns of many rows of a table, each by the same, and log that as one.

    `rows` are the ids of rows that are there. Where no step is open, nothing is logged.
    """
    moving = shifts.made(table, by, rows)
    if not moving.by or not moving.runs:
        return
    put_shift(connection, moving)
    opened = _open_step(connection)
    if opened is not None:
        images = moving.written(back=True), moving.written()
        connection.execute(LOG_SHIFT, (opened, table, shifts.NO_ROW, *images))


def put_shift(connection: sqlite3.Connection, moving: Shift) -> None:
    """Move the rows of a shift, and log none of them. Raises KeyError where one is not there.

    A trigger that looks at each row, to find that it has nothing to say, takes a quarter of the
    time: it is put away meanwhile.
    """
    if connection.execute(INSTALLED).fetchone() is None:
        shifts.put(connection, moving)
        return
    name = _trigger_name(moving.table, "UPDATE", MOVED[moving.table])
    connection.execute(f'DROP TRIGGER temp."{name}"')
    try:
        shifts.put(connection, moving)
    finally:
        connection.execute(_moving_trigger(moving.table))


def _open_step(connection: sqlite3.Connection) -> int | None:
    """Return the step that is being logged, None where there is none."""
    if connection.execute(INSTALLED).fetchone() is None:
        return None
    row = connection.execute(OPEN_STEP).fetchone()
    return None if row is None else int(row[0])


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
    before = None if row is None else step_of(row)
    if (
        before is None
        or before.undone
        or (before.operation, before.coder) != (operation, coder)
        or not _soon_after(before.when, at)
    ):
        return None
    written = {
        (entity, number): _Written(row, was, after)
        for row, entity, number, was, after in connection.execute(LOGGED_ROWS, (before.id,))
    }
    new = connection.execute(LOGGED_ROWS, (step_id,)).fetchall()
    try:
        for _, entity, number, was, after in new:
            known = written.get((entity, number))
            # Rows that come or go, or many that move, begin a step of their own.
            if was is None or after is None or number == shifts.NO_ROW:
                return None
            if known is None or known.after is None:
                return None
            written[entity, number] = known.on(was, after)
    except (ValueError, TypeError, AttributeError):
        # What a stranger's file has for a step is left as it is.
        return None
    for entity, number in {(entity, number) for _, entity, number, _, _ in new}:
        row = written[entity, number]
        connection.execute(WRITE_ON, (row.before, row.after, row.id))
    connection.execute(DROP_STEP, (step_id,))
    size = connection.execute(ROW_BYTES, (before.id,)).fetchone()[0]
    connection.execute(SIZE_STEP, (size, before.id))
    return before.id


@dataclass(frozen=True, slots=True)
class _Written:
    """The last that a step logged of a row."""

    id: int
    before: str | None
    after: str | None

    def on(self, was: str, after: str) -> "_Written":
        """Return it with a further change taken in."""
        before = self.before
        if before is not None:
            before = _dumped(json.loads(was) | json.loads(before))
        return _Written(self.id, before, _dumped(json.loads(self.after or "") | json.loads(after)))


def _dumped(image: Mapping[str, object]) -> str:
    return json.dumps(image, ensure_ascii=False, separators=(",", ":"))


def _soon_after(earlier: str, later: str) -> bool:
    try:
        passed = datetime.fromisoformat(later) - datetime.fromisoformat(earlier)
    except (ValueError, TypeError):
        return False
    return timedelta(0) <= passed <= JOINED_FOR


def changes_of(connection: sqlite3.Connection, step_id: StepId) -> Changes:
    """Return the rows that a step changed."""
    rows: dict[str, set[int]] = {}
    for entity, row_id, moved in connection.execute(CHANGED_ROWS, (step_id,)):
        shift = shifts.read(entity, moved)
        rows.setdefault(entity, set()).update((row_id,) if shift is None else shift.ids())
    return Changes({entity: frozenset(ids) for entity, ids in rows.items()})


def note_in_audit(
    connection: sqlite3.Connection,
    at: str,
    coder: str,
    operation: str,
    action: str,
    step_id: StepId,
    changes: Changes,
) -> None:
    """Note in the audit trail what became of a step: `action` is done, undone or redone."""
    entities, guids = json.dumps(changes.counts()), json.dumps(_guids(connection, step_id))
    connection.execute(INSERT_AUDIT, (at, coder, operation, action, entities, guids))


def _guids(connection: sqlite3.Connection, step_id: StepId) -> list[str]:
    """Return the GUIDs of the first entities that a step changed."""
    found: dict[str, None] = {}
    for entity, row_id, logged, moved in connection.execute(STEP_GUIDS, (step_id,)):
        shift = shifts.read(entity, moved)
        for number in (row_id,) if shift is None else shift.ids():
            guid = logged
            if guid is None:
                # Of a row that changed, the log has only what changed; it is there still, or it
                # is logged whole when it went.
                row = connection.execute(GUID_OF[entity], (number,)).fetchone()
                guid = row[0] if row is not None else None
            if guid is not None:
                found[guid] = None
                if len(found) == AUDIT_GUIDS:
                    return list(found)
    return list(found)


def step_of(row: tuple[int, str, str, str, str, int]) -> Step:
    """Return a step from its row, as `SELECT_STEP` has it."""
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
    return tuple(step_of(row) for row in connection.execute(ALL_STEPS))


def next_undo(connection: sqlite3.Connection) -> Step | None:
    """Return the step that undo would take back."""
    row = connection.execute(LAST_DONE).fetchone()
    return None if row is None else step_of(row)


def next_redo(connection: sqlite3.Connection) -> Step | None:
    """Return the step that redo would do again."""
    row = connection.execute(FIRST_UNDONE).fetchone()
    return None if row is None else step_of(row)


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
