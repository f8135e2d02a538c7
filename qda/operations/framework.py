"""What a user does in a framework matrix: write a summary, set a status, pin evidence."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from qda.model.changes import OpResult
from qda.model.entities import Coding
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId, CodingId, FrameworkCellId, new_guid
from qda.model.judgements import CELL_STATUSES, CellSubject, FrameworkCell, SeenCoding
from qda.model.messages import message
from qda.operations.codings import NewCoding, add_one
from qda.store import cases, coders, codes, codings, framework, history, participants
from qda.store.project_file import ProjectFile

WRITE = message("Write a cell of the framework matrix")
PIN = message("Pin evidence to a cell")
CODE = message("Code a passage as evidence of a cell")
LOOKED = message("Mark a cell's evidence as looked through")
CLEAR = message("Empty a cell of the framework matrix")


@dataclass(frozen=True, slots=True)
class Writing:
    """What is written into a cell; what is None stays as it is.

    `seen` are the codings behind the cell at this moment, for its "evidence changed since" mark.
    """

    summary: str | None = None
    status: str | None = None
    evidence: Sequence[CodingId] | None = None
    seen: Sequence[SeenCoding] | None = None


def write_cell(
    project: ProjectFile,
    *,
    coder: str,
    subject: CellSubject,
    subject_id: int,
    code: CodeId,
    writing: Writing,
) -> OpResult[FrameworkCell]:
    """Write what a cell says, and who pinned what beside it.

    Raises NotFound for what is gone, NotAllowed for a status that there is not.
    """
    _require(project, subject, subject_id, code, writing.evidence or ())
    checked_status(writing.status)
    with project.step(WRITE, coder) as step:
        cell = write_into(project, coder, cell_of(project, subject, subject_id, code), writing)
    return OpResult(cell, step.changes, step.id)


def write_into(
    project: ProjectFile, coder: str, cell: FrameworkCell, writing: Writing
) -> FrameworkCell:
    """Write a cell within a step that is open; a cell of id 0 is made."""
    connection = project.connection
    at = history.now()
    written = replace(
        cell,
        summary=cell.summary if writing.summary is None else writing.summary.strip(),
        status=cell.status if writing.status is None else writing.status,  # pyright: ignore[reportArgumentType] - checked by the caller
        coder=coders.ensure(connection, coder).id,
        modified=at,
        seen=cell.seen if writing.seen is None else tuple(writing.seen),
        evidence=_once(cell.evidence if writing.evidence is None else writing.evidence),
    )
    if not cell.id:
        written = replace(written, created=at)
        return replace(written, id=framework.insert(connection, written))
    if written == replace(cell, coder=written.coder, modified=at):
        return cell
    framework.update(connection, written)
    if written.evidence != cell.evidence:
        framework.pin(connection, cell.id, written.evidence)
    return written


def _once(codings: Sequence[CodingId]) -> tuple[CodingId, ...]:
    return tuple(dict.fromkeys(codings))


def pin_evidence(
    project: ProjectFile,
    *,
    coder: str,
    subject: CellSubject,
    subject_id: int,
    code: CodeId,
    coding_ids: Sequence[CodingId],
    pinned: bool = True,
) -> OpResult[FrameworkCell]:
    """Pin codings beside a cell, or take them away; the others stay in their order."""
    _require(project, subject, subject_id, code, coding_ids if pinned else ())
    with project.step(PIN, coder) as step:
        cell = cell_of(project, subject, subject_id, code)
        named = set(coding_ids)
        evidence = (
            [*cell.evidence, *(one for one in coding_ids if one not in cell.evidence)]
            if pinned
            else [one for one in cell.evidence if one not in named]
        )
        cell = write_into(project, coder, cell, Writing(evidence=evidence))
    return OpResult(cell, step.changes, step.id)


def code_evidence(
    project: ProjectFile,
    *,
    coder: str,
    subject: CellSubject,
    subject_id: int,
    code: CodeId,
    new: NewCoding,
) -> OpResult[Coding]:
    """Code a passage and pin it beside a cell, in one step.

    Who writes the cell has seen the passage: it is no change of the evidence since. Raises
    NotFound for what is gone, NotAllowed for a span that is not within the text.
    """
    _require(project, subject, subject_id, code, ())
    with project.step(CODE, coder) as step:
        coding = add_one(project, coder, new, {}, {})
        cell = cell_of(project, subject, subject_id, code)
        seen = [one for one in cell.seen if one.coding != coding.id]
        now = SeenCoding(coding.id, coding.start, coding.end)
        writing = Writing(evidence=(*cell.evidence, coding.id), seen=(*seen, now))
        write_into(project, coder, cell, writing)
    return OpResult(coding, step.changes, step.id)


def mark_looked_through(
    project: ProjectFile,
    *,
    coder: str,
    subject: CellSubject,
    subject_id: int,
    code: CodeId,
    seen: Sequence[SeenCoding],
) -> OpResult[FrameworkCell]:
    """Say that the summary still stands, given the codings there are now."""
    _require(project, subject, subject_id, code, ())
    with project.step(LOOKED, coder) as step:
        cell = cell_of(project, subject, subject_id, code)
        cell = write_into(project, coder, cell, Writing(seen=seen))
    return OpResult(cell, step.changes, step.id)


def clear_cell(project: ProjectFile, *, coder: str, cell: FrameworkCellId) -> OpResult[None]:
    """Remove what a cell says, its status and what is pinned beside it."""
    with project.step(CLEAR, coder) as step:
        framework.delete(project.connection, cell)
    return OpResult(None, step.changes, step.id)


def cell_of(
    project: ProjectFile, subject: CellSubject, subject_id: int, code: CodeId
) -> FrameworkCell:
    """Return the cell there is, or an empty one of id 0."""
    found = framework.find(project.connection, subject, subject_id, code)
    if found is not None:
        return found
    coder = coders.all_coders(project.connection)[0].id
    return FrameworkCell(
        FrameworkCellId(0), new_guid(), subject, subject_id, code, "", "", coder, "", "", (), ()
    )


def _require(
    project: ProjectFile,
    subject: CellSubject,
    subject_id: int,
    code: CodeId,
    evidence: Sequence[CodingId],
) -> None:
    connection = project.connection
    known = (
        {one.id for one in cases.all_cases(connection)}
        if subject == "case"
        else {one.id for one in participants.all_participants(connection)}
    )
    if subject_id not in known:
        raise NotFound(message("What the cell is about is no longer in the project."))
    if all(one.id != code for one in codes.all_codes(connection)):
        raise NotFound(message("The code is no longer in the codebook."))
    require_codings(project, evidence)


def checked_status(status: str | None) -> str | None:
    """Return the status. Raises NotAllowed for one that there is not."""
    if status is not None and status not in ("", *CELL_STATUSES):
        raise NotAllowed(
            message(
                "{status} is no status of a cell; choose one of {known}.",
                status=status,
                known=", ".join(CELL_STATUSES),
            )
        )
    return status


def require_codings(project: ProjectFile, evidence: Sequence[CodingId]) -> None:
    """Raise NotFound where a coding that is to be evidence is gone."""
    for one in evidence:
        if codings.by_id(project.connection, one) is None:
            raise NotFound(message("A segment chosen as evidence is no longer in the project."))
