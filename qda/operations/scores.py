"""What a user does with score sheets: take them in, and remove them."""

from collections.abc import Sequence
from dataclasses import dataclass

from qda.jobs.progress import Progress
from qda.model.changes import OpResult
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CaseId, ScoreFileId, ScoreItemId, ScoreSheetId
from qda.model.import_report import ReportBuilder
from qda.model.messages import message
from qda.model.scores import MOST_STEPS, Score, ScoreSheet
from qda.operations.case_matching import CaseMatcher, Unknown, unknown_cases
from qda.operations.import_reports import keep_report
from qda.store import scores
from qda.store.project_file import ProjectFile

IMPORT = message("Import a score sheet")
REMOVE = message("Remove a score sheet")
_EVERY = 1_000


@dataclass(frozen=True, slots=True)
class ScoreRow:
    """One score of a sheet: the row it stands in, office, file, rater, indicator and value."""

    row: int
    case: str
    file: str
    rater: str
    item: str
    value: int


def import_scores(  # noqa: PLR0913 - each is a wish of its own
    project: ProjectFile,
    *,
    coder: str,
    name: str,
    scale: tuple[int, int],
    rows: Sequence[ScoreRow],
    report: ReportBuilder,
    items: Sequence[str] = (),
    unknown: Unknown = "refuse",
    progress: Progress | None = None,
) -> OpResult[int]:
    """Take the scores of a sheet in; return how many. The project keeps `report`.

    `items` are the indicators in the order in which they are to stand, where it matters.

    A sheet of that name gets them besides those it has; what a rater gave a file before is
    replaced. Raises NotAllowed for no name, no scale or another than the sheet has, NotFound for
    offices that are unknown (unless they are to be added or left out), and Cancelled.
    """
    with project.step(IMPORT, coder) as step:
        matcher = CaseMatcher(project)
        missing = matcher.missing(one.case for one in rows)
        if missing and unknown == "refuse":
            raise unknown_cases(missing)
        writer = _Writer(project, sheet_of(project, name, scale), name, scale)
        for item in items:
            writer.item(item)
        count = _take(writer, matcher, rows, report, unknown, progress or Progress())
        keep_report(project, report, coder)
    return OpResult(count, step.changes, step.id)


def preview_scores(
    project: ProjectFile,
    *,
    name: str,
    scale: tuple[int, int],
    rows: Sequence[ScoreRow],
    report: ReportBuilder,
    unknown: Unknown = "leave out",
    progress: Progress | None = None,
) -> int:
    """Return how many scores an import would take, and tell `report`; nothing is changed.

    Offices that an import would refuse are told as left out. Raises as `import_scores` does.
    """
    progress = progress or Progress()
    sheet_of(project, name, scale)
    matcher = CaseMatcher(project, preview=True)
    kept: Unknown = "leave out" if unknown == "refuse" else unknown
    count = 0
    progress.start(len(rows))
    for at, one in enumerate(rows):
        if not at % _EVERY:
            progress.step(min(_EVERY, len(rows) - at))
        if matcher.meet(one.case, kept) is None:
            _left_out(report, one)
        else:
            count += 1
    matcher.tell(report, report.source)
    report.count_kept({"scores": count})
    return count


def remove_score_sheet(project: ProjectFile, *, coder: str, sheet: ScoreSheetId) -> OpResult[None]:
    """Remove a sheet with its files and scores. Raises NotFound."""
    if sheet not in {one.id for one in scores.all_sheets(project.connection)}:
        raise NotFound(message("The score sheet is no longer in the project."))
    with project.step(REMOVE, coder) as step:
        scores.delete_sheet(project.connection, sheet)
    return OpResult(None, step.changes, step.id)


def sheet_of(project: ProjectFile, name: str, scale: tuple[int, int]) -> ScoreSheet | None:
    """Return the sheet of that name, None where it is new. Raises NotAllowed."""
    low, high = scale
    if not name.strip():
        raise NotAllowed(message("A name cannot be empty; write one."))
    if not low < high or high - low >= MOST_STEPS:
        raise NotAllowed(
            message("A scale has from 2 to {n} whole numbers, as 0 to 2.", n=MOST_STEPS)
        )
    for one in scores.all_sheets(project.connection):
        if one.name.casefold() == name.strip().casefold():
            if (one.low, one.high) != scale:
                raise NotAllowed(
                    message(
                        "The sheet {name} has the scale {low} to {high}; take the scores in under "
                        "another name.",
                        name=one.name, low=one.low, high=one.high,
                    )
                )  # fmt: skip
            return one
    return None


def _take(
    writer: "_Writer",
    matcher: CaseMatcher,
    rows: Sequence[ScoreRow],
    report: ReportBuilder,
    unknown: Unknown,
    progress: Progress,
) -> int:
    kept: list[Score] = []
    progress.start(len(rows), message("Writing the scores"))
    for at, one in enumerate(rows):
        if not at % _EVERY:
            progress.step(min(_EVERY, len(rows) - at))
        case = matcher.meet(one.case, unknown)
        if case is None:
            _left_out(report, one)
        else:
            kept.append(
                Score(writer.file(case, one.file), writer.item(one.item), one.rater, one.value)
            )
    writer.write(kept, report)
    matcher.tell(report, report.source)
    report.count_kept({"scores": len(kept)})
    return len(kept)


def _left_out(report: ReportBuilder, one: ScoreRow) -> None:
    what = message(
        "Row {row}: {case}, {file}, {item}", row=one.row, case=one.case, file=one.file,
        item=one.item,
    )  # fmt: skip
    report.left_out("scores", what, report.source, message("The office is not in the project."))


class _Writer:
    """Writes the scores of one sheet within a step; what is there is read once."""

    def __init__(
        self, project: ProjectFile, sheet: ScoreSheet | None, name: str, scale: tuple[int, int]
    ) -> None:
        """Know what the sheet has; one that is new is made."""
        self._connection = project.connection
        self._sheet = (
            sheet.id
            if sheet is not None
            else scores.insert_sheet(project.connection, name.strip(), *scale)
        )
        items = sheet.items if sheet is not None else ()
        self._items = {one.name.casefold(): one.id for one in items}
        self._files = {
            (one.case, one.name): one.id for one in scores.files(self._connection, self._sheet)
        }
        self._before = {
            (one.file, one.item, one.rater): one.value
            for one in scores.scores(self._connection, self._sheet)
        }

    def file(self, case: CaseId, name: str) -> ScoreFileId:
        """Return the file of an office, made where it is new."""
        found = self._files.get((case, name))
        if found is None:
            found = scores.insert_file(self._connection, self._sheet, case, name)
            self._files[case, name] = found
        return found

    def item(self, name: str) -> ScoreItemId:
        """Return the indicator of that name, made where it is new."""
        found = self._items.get(name.casefold())
        if found is None:
            found = scores.insert_item(self._connection, self._sheet, name)
            self._items[name.casefold()] = found
        return found

    def write(self, kept: Sequence[Score], report: ReportBuilder) -> None:
        """Write scores, and tell how many take the place of others."""
        changed = sum(
            self._before.get((one.file, one.item, one.rater), one.value) != one.value
            for one in kept
        )
        if changed:
            report.decided(
                "scores", message("scores that there were"), report.source,
                message("They take the place of what the rater gave before."), count=changed,
            )  # fmt: skip
        scores.set_scores(self._connection, kept)
