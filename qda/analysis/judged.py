"""Matrices of what somebody wrote: summaries, grades and verdicts, each with its evidence."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from qda.analysis.asked import asked_statuses
from qda.analysis.tables import Entities, Snapshot
from qda.model.cell_evidence import has_codings
from qda.model.errors import NotAllowed
from qda.model.ids import CodeId, CodingId, Guid
from qda.model.judgements import (
    CellStatus,
    FrameworkCell,
    Judgement,
    SeenCoding,
    StatusOrigin,
)
from qda.model.matrix import CellValue, Matrix, MatrixHeading
from qda.model.messages import Message, counted, message
from qda.store import framework, judgements
from qda.store.arrays import Connection

Key = tuple[int, int]
"""Ids of the case (or participant) and of the code (or proposition) of a cell."""
T = TypeVar("T")
Written = tuple[CellValue, tuple[CodingId, ...]]

_SUBJECTS = ("case", "participant")


@dataclass(frozen=True, slots=True)
class Sides:
    """Which side of the table says whom a cell is about, and which what."""

    subject: str
    topic: str
    subject_in_rows: bool


def judged(connection: Connection, snapshot: Snapshot, base: Matrix) -> Matrix:
    """Put what was written into the cells of a matrix of segments.

    Where codings are pinned beside a cell or named as what a judgement rests on, they are its
    evidence; else all its codings are. Raises NotAllowed for rows and columns without such cells.
    """
    kind = base.spec.cells
    sides = _sides(base)
    topic = "proposition" if kind == "verdict" else "code"
    if sides is None or sides.topic != topic or (sides.subject != "case" and kind != "summary"):
        raise NotAllowed(_WHERE[kind])
    notes: list[Message] = []
    reasons: dict[Key, str] = {}
    if kind == "summary":
        written = _summaries(framework.all_cells(connection), sides.subject)
    else:
        asked = _asked_for(judgements.all_judgements(connection), base, snapshot.entities)
        written, reasons, notes = _values(asked, topic, snapshot.entities)
    filled = _filled(with_statuses(connection, snapshot, base), sides, snapshot.entities, written)
    if kind != "summary":
        filled = replace(
            filled, reasons=_grid(filled, sides, snapshot.entities, _reason_of(reasons))
        )
    return replace(filled, notes=(*base.notes, *notes))


def _reason_of(reasons: Mapping[Key, str]) -> Callable[[Key | None, int, int], str]:
    def reason(key: Key | None, _row: int, _column: int) -> str:
        return reasons.get(key, "") if key is not None else ""

    return reason


_WHERE: Mapping[str, Message] = {
    "summary": message("Summaries are written for cases or participants by code; choose these."),
    "grade": message("Grades are given to cases by code; choose cases and codes."),
    "verdict": message("Verdicts are given to cases by proposition; choose these two."),
}


def with_statuses(connection: Connection, snapshot: Snapshot, matrix: Matrix) -> Matrix:
    """Tell of each cell of a subject and a code whether it was coded, asked about or neither."""
    sides = _sides(matrix)
    if sides is None or sides.topic != "code":
        return matrix
    cells: dict[Key, FrameworkCell] = {
        (one.subject_id, one.code): one
        for one in framework.all_cells(connection)
        if one.subject == sides.subject
    }
    asked = asked_statuses(connection, snapshot, sides.subject, folded=matrix.spec.folded)
    if not cells and not asked and matrix.spec.cells != "summary":
        return matrix

    entities = snapshot.entities
    coded = _coded(matrix, sides, entities)
    within: dict[CodeId, frozenset[CodeId]] = {}

    def told(key: Key | None, _row: int, _column: int) -> tuple[CellStatus, StatusOrigin] | None:
        if key is None:
            return None
        said = asked.get(key)
        if said == "asked-nothing-said" and not matrix.spec.folded and key not in coded:
            # Where subcodes are counted by themselves, what they say was said all the same.
            code = CodeId(key[1])
            if code not in within:
                within[code] = codes_within(entities, code)
            said = None if any((key[0], one) in coded for one in within[code]) else said
        return status_of(cells.get(key), coded=key in coded, asked=said)

    grid = _grid(matrix, sides, snapshot.entities, told)
    return replace(
        matrix,
        statuses=tuple(tuple(one[0] if one else None for one in row) for row in grid),
        status_origins=tuple(tuple(one[1] if one else None for one in row) for row in grid),
    )


def _coded(matrix: Matrix, sides: Sides, entities: Entities) -> frozenset[Key]:
    """Return the cells that have a coding."""

    def coded(key: Key | None, row: int, column: int) -> Key | None:
        return key if has_codings(matrix.evidence, row, column) else None

    grid = _grid(matrix, sides, entities, coded)
    return frozenset(key for row in grid for key in row if key is not None)


def status_of(
    cell: FrameworkCell | None, *, coded: bool, asked: CellStatus | None = None
) -> tuple[CellStatus, StatusOrigin]:
    """Return a cell's status and who says it.

    What somebody said wins, then whether there is a coding, then what was `asked`.
    """
    if cell is not None and cell.status:
        return cell.status, "hand"
    if coded:
        return "coded", "codings"
    return (asked, "guide") if asked is not None else ("not-read", "none")


def seen_now(snapshot: Snapshot, codings: Iterable[CodingId]) -> tuple[SeenCoding, ...]:
    """Return codings as they are now, to tell later whether the evidence has changed."""
    wanted = set(codings)
    ids: list[int] = snapshot.codings.ids.tolist()
    return tuple(
        SeenCoding(ids[at], int(snapshot.codings.start[at]), int(snapshot.codings.end[at]))
        for at in range(len(ids))
        if ids[at] in wanted
    )


@dataclass(frozen=True, slots=True)
class Since:
    """How the codings of a cell changed since its summary was written."""

    added: int
    removed: int
    moved: int

    def __bool__(self) -> bool:
        """Tell whether anything changed."""
        return bool(self.added or self.removed or self.moved)


def changed_since(cell: FrameworkCell, now: Sequence[SeenCoding]) -> Since:
    """Compare the codings of a cell with those its writer saw; nothing where none was written.

    One that is as long as it was moved with its text, as every coding behind a correction does.
    """
    if not cell.summary:
        return Since(0, 0, 0)
    before = {one.coding: one for one in cell.seen}
    after = {one.coding: one for one in now}
    both = before.keys() & after.keys()
    return Since(
        added=len(after.keys() - before.keys()),
        removed=len(before.keys() - after.keys()),
        moved=sum(_length(before[one]) != _length(after[one]) for one in both),
    )


def _length(seen: SeenCoding) -> int:
    return seen.end - seen.start


def agreed(given: Sequence[Judgement]) -> tuple[str, Judgement]:
    """Return the value of a cell that several raters judged, and the judgement it stands in.

    What they settled on counts; else the value where all agree; else all values, by rater.
    """
    settled = [one for one in given if one.settled]
    if settled:
        return settled[-1].value, settled[-1]
    values = list(dict.fromkeys(one.value for one in given))
    return " / ".join(values), given[0]


def _summaries(cells: Iterable[FrameworkCell], subject: str) -> dict[Key, Written]:
    return {
        (one.subject_id, one.code): (one.summary or None, one.evidence)
        for one in cells
        if one.subject == subject
    }


def _asked_for(given: Iterable[Judgement], base: Matrix, entities: Entities) -> Iterable[Judgement]:
    """Return the judgements of the coders that the question keeps; settled ones are everybody's."""
    names = {
        value.strip().casefold()
        for name, value in base.spec.where
        if name.strip().casefold() == "coder"
    }
    if not names:
        return given
    kept = {one.id for one in entities.coders if {one.name.casefold(), one.guid} & names}
    return [one for one in given if one.coder in kept and not one.settled]


def _values(
    given: Iterable[Judgement], topic: str, entities: Entities
) -> tuple[dict[Key, Written], dict[Key, str], list[Message]]:
    """Return values with their evidence, the reasons given for them, and what is not settled."""
    by_cell: dict[Key, list[Judgement]] = {}
    for one in given:
        about = one.code if topic == "code" else one.proposition
        if about is not None:
            by_cell.setdefault((one.case, about), []).append(one)
    order = {coder.id: place for place, coder in enumerate(entities.coders)}
    written: dict[Key, Written] = {}
    reasons: dict[Key, str] = {}
    open_cells = 0
    for key, judged_by in by_cell.items():
        judged_by.sort(key=lambda one: order.get(one.coder, 0))
        value, shown = agreed(judged_by)
        said = [shown] if shown.settled else judged_by
        reasons[key] = " / ".join(dict.fromkeys(one.reason for one in said if one.reason))
        open_cells += " / " in value and not any(one.settled for one in judged_by)
        evidence = dict.fromkeys(part.coding for one in judged_by for part in one.evidence)
        written[key] = (value, tuple(evidence))
    notes = [
        counted(
            "In {n} cell the raters disagree and have not settled: all their values are shown.",
            "In {n} cells the raters disagree and have not settled: all their values are shown.",
            open_cells,
        )
    ]
    return written, reasons, notes if open_cells else []


def _filled(
    base: Matrix, sides: Sides, entities: Entities, written: Mapping[Key, Written]
) -> Matrix:
    def value(key: Key | None, _row: int, _column: int) -> CellValue:
        return written.get(key, (None, ()))[0] if key is not None else None

    def evidence(key: Key | None, row: int, column: int) -> tuple[CodingId, ...]:
        own = written.get(key, (None, ()))[1] if key is not None else ()
        return own or base.evidence[row][column]

    return replace(
        base,
        cells=_grid(base, sides, entities, value),
        evidence=_grid(base, sides, entities, evidence),
    )


def _grid(
    matrix: Matrix, sides: Sides, entities: Entities, make: Callable[[Key | None, int, int], T]
) -> tuple[tuple[T, ...], ...]:
    """Build a grid of the matrix's shape, giving each cell its key; None for lines without one."""
    subjects = entities.cases if sides.subject == "case" else entities.participants
    topics = entities.codes if sides.topic == "code" else entities.propositions
    subject_ids: dict[Guid, int] = {one.guid: one.id for one in subjects}
    topic_ids: dict[Guid, int] = {one.guid: one.id for one in topics}

    def key(row: MatrixHeading, column: MatrixHeading) -> Key | None:
        whom, what = (row, column) if sides.subject_in_rows else (column, row)
        if whom.guid is None or what.guid is None:
            return None
        return subject_ids[whom.guid], topic_ids[what.guid]

    return tuple(
        tuple(make(key(row, column), r, c) for c, column in enumerate(matrix.columns))
        for r, row in enumerate(matrix.rows)
    )


def _sides(matrix: Matrix) -> Sides | None:
    """Return which side is the subject and which the topic; None where the cells have neither."""
    spec = matrix.spec
    if len(spec.rows) != 1 or len(spec.columns) != 1:
        return None
    rows, columns = spec.rows[0].strip().casefold(), spec.columns[0].strip().casefold()
    if rows in _SUBJECTS and columns in ("code", "proposition"):
        return Sides(rows, columns, subject_in_rows=True)
    if columns in _SUBJECTS and rows in ("code", "proposition"):
        return Sides(columns, rows, subject_in_rows=False)
    return None


def codes_within(entities: Entities, code: CodeId) -> frozenset[CodeId]:
    """Return a code and those below it, whose codings stand in its folded cell."""
    within = {code}
    for one in entities.codes:
        if one.parent in within:
            within.add(one.id)
    return frozenset(within)
