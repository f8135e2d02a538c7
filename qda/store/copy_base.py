"""What two copies of a project last had in common, as far as their histories tell.

Copies share the beginning of their audit trail. Where it parts, one of them, with its later steps
taken back, is what both began with. A copy that took another in before says how far that one had
come; then that is what both know.
"""

import hashlib
import json
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from qda.model.ids import StepId
from qda.store import images
from qda.store.copy_rows import Cell, RawRows, texts_in
from qda.store.shifts import Shift

Side = Literal["ours", "theirs"]
Entry = tuple[str, str, str, str]
"""When, who, which operation, and whether it was done, undone or done again."""

AUDIT = "SELECT at, coder, operation, action FROM audit ORDER BY id"
STEPS = "SELECT id, at, coder, operation, undone FROM history_step ORDER BY id"
ROWS = "SELECT entity, row_id, before, after FROM history_row WHERE step_id = ? ORDER BY id"
NAMED = "SELECT action, guids FROM audit ORDER BY id"
REMOVED = """
SELECT DISTINCT json_extract(before, '$.guid') FROM history_row
WHERE after IS NULL AND json_valid(before)
  AND step_id IN (SELECT id FROM history_step WHERE undone = 0)"""
UNLOGGED = frozenset({"codebook_version"})
"""Tables to which something may be added past the history."""
MERGES = "SELECT created, content FROM import_report WHERE kind = 'merge' ORDER BY id DESC"
PSEUDONYMISED = "SELECT guid FROM pseudonymising"


@dataclass(frozen=True, slots=True)
class KeptStep:
    """A step that a copy can take back; `undone` ones are taken back already."""

    id: StepId
    entry: Entry
    undone: bool


@dataclass(frozen=True, slots=True)
class Record:
    """What a copy knows of its own past: everything that was done, and the steps it kept."""

    audit: tuple[Entry, ...]
    steps: tuple[KeptStep, ...]

    def reaches(self, shared: int) -> bool:
        """Tell whether every step after the first `shared` entries can be taken back."""
        later = [at for at in range(shared, len(self.audit)) if self.audit[at][3] == "done"]
        if not later:
            return True
        if not self.steps:
            return False
        first = self.steps[0].entry
        return first in self.audit[: later[0] + 1]

    def since(self, shared: int) -> tuple[KeptStep, ...]:
        """Return the steps that hold now and were done after the first `shared` entries."""
        before = frozenset(self.audit[:shared])
        return tuple(one for one in self.steps if not one.undone and one.entry not in before)

    def until(self, shared: int) -> tuple[KeptStep, ...]:
        """Return the steps that hold now and were done within the first `shared` entries."""
        before = frozenset(self.audit[:shared])
        return tuple(one for one in self.steps if not one.undone and one.entry in before)


@dataclass(frozen=True, slots=True)
class Base:
    """Which copy leads to what both had, and the steps of each to take back, the latest first.

    Where both copies `agree`, either of them leads there.
    """

    side: Side
    ours: tuple[StepId, ...]
    theirs: tuple[StepId, ...]
    agree: bool


def read_record(connection: sqlite3.Connection) -> Record:
    """Return what a copy knows of its past."""
    return Record(
        tuple(connection.execute(AUDIT)),
        tuple(
            KeptStep(StepId(row[0]), (row[1], row[2], row[3], "done"), bool(row[4]))
            for row in connection.execute(STEPS)
        ),
    )


def common(
    ours: sqlite3.Connection, theirs: sqlite3.Connection, *, same_project: bool
) -> Base | None:
    """Return the way to what two copies had in common, None where nothing tells of it."""
    mine, other = read_record(ours), read_record(theirs)
    shared = _shared(mine.audit, other.audit)
    merged = _merged_before(shared, (ours, mine), (theirs, other))
    if merged is not None:
        return merged
    if (not shared and not same_project) or not (mine.reaches(shared) and other.reaches(shared)):
        return None
    before, there = mine.until(shared), other.until(shared)
    side: Side = "ours" if len(before) >= len(there) else "theirs"
    backs = [[one.id for one in reversed(record.since(shared))] for record in (mine, other)]
    agree = len(before) == len(there)
    if agree and before and _differs(ours, before[-1], theirs, there[-1]):
        # What is written on in a step after the copy was made joins it, so the last one may tell
        # of more than both had.
        backs[0].append(before[-1].id)
        backs[1].append(there[-1].id)
    return Base(side, tuple(backs[0]), tuple(backs[1]), agree)


_Known = tuple[sqlite3.Connection, Record]


def _merged_before(shared: int, ours: _Known, theirs: _Known) -> Base | None:
    """Return what both knew when one of them took the other in, if that was after they parted.

    Everything that the one which was taken had then was taken or decided about.
    """
    taken_here = _latest_merge(ours[0], theirs, shared)
    taken_there = _latest_merge(theirs[0], ours, shared)
    if taken_here is not None and (taken_there is None or taken_here[0] >= taken_there[0]):
        return Base("theirs", (), taken_here[1], agree=False)
    if taken_there is not None:
        return Base("ours", taken_there[1], (), agree=False)
    return None


def _latest_merge(
    connection: sqlite3.Connection, taken: _Known, shared: int
) -> tuple[str, tuple[StepId, ...]] | None:
    """Return when a copy took another in the last time, and the steps that one has done since."""
    record = taken[1]
    for created, content in connection.execute(MERGES):
        count, digest = _reached(content, record.audit)
        if count <= shared or not record.reaches(count):
            continue
        back = [one.id for one in reversed(record.since(count))]
        before = record.until(count)
        if before and _digest(taken[0], before[-1]) != digest:
            # What was written on since joined the last step of that time.
            back.append(before[-1].id)
        return str(created), tuple(back)
    return None


def _reached(content: str, audit: Sequence[Entry]) -> tuple[int, str]:
    """Return how many entries of a record a report of a merge knows, 0 for another record.

    With it comes the digest of the step that was the last one then.
    """
    try:
        report: object = json.loads(content)
        told: object = json.loads(str(report["reached"]))  # pyright: ignore[reportIndexIssue, reportUnknownArgumentType]
    except (ValueError, RecursionError, KeyError, TypeError):
        return 0, ""
    match told:
        case [int(count), str(at), str(coder), str(operation), str(action), str(digest)] if (
            0 < count <= len(audit) and (at, coder, operation, action) == audit[count - 1]
        ):
            return count, digest
        case _:
            return 0, ""


def reached(connection: sqlite3.Connection) -> str:
    """Say how far the record of a copy goes, for the report of the merge that takes it in."""
    record = read_record(connection)
    if not record.audit:
        return ""
    last = next((one for one in reversed(record.steps) if not one.undone), None)
    digest = _digest(connection, last) if last is not None else ""
    return json.dumps([len(record.audit), *record.audit[-1], digest], ensure_ascii=False)


def _digest(connection: sqlite3.Connection, step: KeptStep) -> str:
    """Return what tells whether a step still is what it was: writing on in it leaves no entry."""
    rows = connection.execute(ROWS, (step.id,)).fetchall()
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()


def _shared(one: Sequence[Entry], other: Sequence[Entry]) -> int:
    count = 0
    for mine, theirs in zip(one, other, strict=False):
        if mine != theirs:
            break
        count += 1
    return count


def _differs(
    ours: sqlite3.Connection, one: KeptStep, theirs: sqlite3.Connection, other: KeptStep
) -> bool:
    mine = ours.execute(ROWS, (one.id,)).fetchall()
    return mine != theirs.execute(ROWS, (other.id,)).fetchall()


def wound_back(raw: RawRows, connection: sqlite3.Connection, back: Sequence[StepId]) -> RawRows:
    """Return the rows as they were before the steps of a copy, the latest first.

    Raises ValueError, KeyError or TypeError where the history is damaged.
    """
    found: RawRows = dict(raw)
    own: set[str] = set()
    for step in back:
        rows = connection.execute(ROWS, (step,)).fetchall()
        for table, row_id, before, _after in reversed(rows):
            if table not in raw:
                continue
            if table not in own:
                found[table] = dict(raw[table])
                own.add(table)
            _put(found[table], images.read_image(table, row_id, before))
    return found


def rows_in_common(
    base: Base,
    ours: tuple[RawRows, sqlite3.Connection],
    theirs: tuple[RawRows, sqlite3.Connection],
) -> RawRows | None:
    """Return the rows that both copies had; None where their histories do not bear that out."""
    try:
        mine = wound_back(*ours, base.ours) if base.side == "ours" or base.agree else None
        other = wound_back(*theirs, base.theirs) if base.side == "theirs" or base.agree else None
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):
        return None
    if mine is not None and other is not None:
        same = all(mine[table] == other[table] for table in mine if table not in UNLOGGED)
        return mine if same else None
    return mine or other


def _put(rows: dict[int, tuple[Cell, ...]], image: "images.Put | Shift") -> None:
    if isinstance(image, Shift):
        columns = images.columns_of(image.table)
        for number in image.ids():
            cells = list(rows[number])
            for column, by in image.by:
                place = columns.index(column)
                cells[place] = _number(cells[place]) + by
            rows[number] = tuple(cells)
        return
    table, columns, number, values = image
    if not columns:
        rows.pop(number, None)
        return
    every = images.columns_of(table)
    cells = list(rows.get(number, (None,) * len(every)))
    if number not in rows and len(columns) <= len(every):
        raise KeyError(table)
    for column, value in zip(columns, images.bound_values(table, columns, values), strict=True):
        if column != "id":
            cells[every.index(column)] = _cell(value)
    rows[number] = tuple(cells)


def _number(cell: Cell) -> int:
    if not isinstance(cell, int):
        raise TypeError("only numbers move")
    return cell


def _cell(value: object) -> Cell:
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError("no cell of a row")


def removed_by_record(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the GUIDs that a copy had by its own record, and not only for a change undone since.

    Whatever of these is not there any more was removed. An entry of the audit trail names only the
    first of many; the steps that are kept name all that they removed.
    """
    last: dict[str, str] = {}
    for action, text in connection.execute(NAMED):
        for guid in texts_in(text):
            last[guid] = str(action)
    found = {guid for guid, action in last.items() if action != "undone"}
    for (guid,) in connection.execute(REMOVED):
        if isinstance(guid, str):
            found.add(guid)
    return frozenset(found)


def pseudonymised(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the GUIDs of the times that names were replaced in a copy."""
    return frozenset(row[0] for row in connection.execute(PSEUDONYMISED))


def documents(connection: sqlite3.Connection) -> frozenset[str]:
    """Return the GUIDs of the documents of a copy."""
    return frozenset(row[0] for row in connection.execute("SELECT guid FROM document"))
