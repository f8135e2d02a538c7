"""From a sheet of scored case files to what `operations.scores` takes, with all that is left out.

Wide: office, file, perhaps rater, and a column for each indicator. Long: office, file, perhaps
rater, indicator and score. Columns are found by their headings in English, bokmål and nynorsk.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from qda.formats.number_reading import is_missing
from qda.formats.sheets import Sheet, SheetCell, parse_number, read_sheet
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem, NotAllowed
from qda.model.import_report import ReportBuilder
from qda.model.messages import Message, message
from qda.operations.scores import ScoreRow
from qda.operations.sheet_reports import tell_of_rest
from qda.operations.sheets import NAMES as SHEET_NAMES
from qda.operations.value_layouts import as_text

NAMES: Mapping[str, frozenset[str]] = {
    "case": SHEET_NAMES["case"],
    "file": frozenset(
        {
            "file", "file number", "case file", "fil", "sak", "saksnummer", "saksnr", "sak nr",
            "sak nr.", "mappe", "mappenummer", "nr", "nummer", "number", "id", "løpenummer",
        }
    ),
    "rater": frozenset(
        {"rater", "coder", "koder", "kodar", "skårer", "skårar", "vurderer", "vurderar", "leser"}
    ),
    "item": frozenset({"indicator", "indikator", "item", "kriterium", "criterion", "spørsmål"}),
    "value": frozenset({"score", "skår", "skåre", "poeng", "value", "verdi", "rating"}),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ScoreMisfit:
    """A cell that cannot be taken: its row and column as the sheet has them, and why."""

    row: int
    column: str
    why: Message


@dataclass(frozen=True, slots=True)
class ScoredSheet:
    """A sheet made out; `missing` counts empty cells, `unused` names columns of other things."""

    file: str
    rows: tuple[ScoreRow, ...]
    items: tuple[str, ...]
    raters: tuple[str, ...]
    missing: int = 0
    misfits: tuple[ScoreMisfit, ...] = ()
    unused: tuple[str, ...] = ()
    warnings: tuple[Message, ...] = ()


@dataclass(frozen=True, slots=True)
class _Layout:
    case: int
    file: int
    rater: int | None
    item: int | None
    values: tuple[int, ...]
    unused: tuple[int, ...]


def read_scores(
    path: Path, scale: tuple[int, int], *, rater: str = "", progress: Progress | None = None
) -> ScoredSheet:
    """Read scores on a scale of whole numbers; `rater` where the sheet names none.

    Raises FileProblem, Cancelled.
    """
    sheet = read_sheet(path, progress)
    layout = _layout(sheet, path.name)
    rows: dict[tuple[str, str, str, str], ScoreRow] = {}
    misfits: list[ScoreMisfit] = []
    missing = 0
    numbers = sheet.numbers or tuple(range(2, len(sheet.rows) + 2))
    for number, row in zip(numbers, sheet.rows, strict=True):
        for column in layout.values:
            if is_missing(row[column]):
                missing += 1
                continue
            try:
                one = _row(sheet, layout, number, row, column, scale, rater)
                key = one.case, one.file, one.rater, one.item
                _require_new(rows.get(key))
                rows[key] = one
            except NotAllowed as error:
                misfits.append(ScoreMisfit(number, sheet.columns[column], error.message))
    if not rows:
        raise _nothing(path.name, misfits)
    return ScoredSheet(
        path.name,
        tuple(rows.values()),
        _items(sheet, layout, rows.values()),
        tuple(dict.fromkeys(one.rater for one in rows.values())),
        missing,
        tuple(misfits),
        tuple(sheet.columns[at] for at in layout.unused),
        sheet.warnings,
    )


def _layout(sheet: Sheet, file: str) -> _Layout:
    found: dict[str, int] = {}
    for what, names in NAMES.items():
        for index, column in enumerate(sheet.columns):
            if index not in found.values() and column.strip().casefold() in names:
                found[what] = index
                break
    for what, shown in (("case", message("office")), ("file", message("file number"))):
        if what not in found:
            raise FileProblem(
                message(
                    "{file} has no column called {column}; name the columns in the first row.",
                    file=file, column=shown,
                )
            )  # fmt: skip
    long = "item" in found and "value" in found
    known = set(found.values()) if long else {found[one] for one in found if one in _WHO}
    others = [at for at in range(len(sheet.columns)) if at not in known]
    values = [found["value"]] if long else [at for at in others if _is_scored(sheet, at)]
    if not values:
        raise FileProblem(message("{file} has no column of whole numbers to take as scores.",
                                  file=file))  # fmt: skip
    return _Layout(
        found["case"], found["file"], found.get("rater"), found["item"] if long else None,
        tuple(values), tuple(at for at in others if at not in values),
    )  # fmt: skip


def _items(sheet: Sheet, layout: _Layout, rows: Iterable[ScoreRow]) -> tuple[str, ...]:
    """Return the indicators that have scores: as their columns stand, else as they come."""
    scored = dict.fromkeys(one.item for one in rows)
    columns = [sheet.columns[at].strip() for at in layout.values]
    return (
        tuple(scored) if layout.item is not None else tuple(one for one in columns if one in scored)
    )


_WHO = ("case", "file", "rater")


def _is_scored(sheet: Sheet, column: int) -> bool:
    """Tell whether most of what stands in a column are whole numbers."""
    filled = [row[column] for row in sheet.rows if not is_missing(row[column])]
    whole = sum(_whole(cell) is not None for cell in filled)
    return bool(filled) and 2 * whole > len(filled)


def _whole(cell: SheetCell) -> int | None:
    number = parse_number(cell.strip()) if isinstance(cell, str) else cell
    if isinstance(number, bool) or not isinstance(number, int | float):
        return None
    return int(number) if float(number).is_integer() else None


def _row(
    sheet: Sheet,
    layout: _Layout,
    number: int,
    row: Sequence[SheetCell],
    column: int,
    scale: tuple[int, int],
    rater: str,
) -> ScoreRow:
    """Return the score in a cell. Raises NotAllowed where there is none that can be kept."""
    one = ScoreRow(
        number,
        as_text(row[layout.case]),
        as_text(row[layout.file]),
        (as_text(row[layout.rater]) if layout.rater is not None else "") or rater,
        as_text(row[layout.item]) if layout.item is not None else sheet.columns[column].strip(),
        0,
    )
    for text, why in (
        (one.case, message("The row names no office.")),
        (one.file, message("The row names no file.")),
        (one.item, message("The row names no indicator.")),
    ):
        if not text:
            raise NotAllowed(why)
    value = _whole(row[column])
    if value is None or not scale[0] <= value <= scale[1]:
        raise NotAllowed(
            message(
                "{cell} is not on the scale from {low} to {high}.",
                cell=as_text(row[column]), low=scale[0], high=scale[1],
            )
        )  # fmt: skip
    return ScoreRow(one.row, one.case, one.file, one.rater, one.item, value)


def _require_new(before: ScoreRow | None) -> None:
    if before is not None:
        raise NotAllowed(
            message("The same file, indicator and rater stand in row {row} too.", row=before.row)
        )


def _nothing(file: str, misfits: Sequence[ScoreMisfit]) -> FileProblem:
    if misfits:
        first = misfits[0]
        return FileProblem(
            message(
                "No score of {file} can be taken; the first stands in row {row}, column {column}: "
                "{why}",
                file=file, row=first.row, column=first.column, why=first.why,
            )
        )  # fmt: skip
    return FileProblem(message("{file} has no values: all its cells are empty.", file=file))


def report_on(sheet: ScoredSheet) -> ReportBuilder:
    """Begin the report of an import with what of the sheet cannot be taken."""
    report = ReportBuilder("scores", sheet.file)
    report.count_found({"scores": len(sheet.rows) + len(sheet.misfits)})
    for one in sheet.misfits:
        what = message("Row {row}, {column}", row=one.row, column=one.column)
        report.left_out("scores", what, sheet.file, one.why)
    tell_of_rest(
        report, sheet, "scores",
        empty=message("They say that there is no score, and change nothing in the project."),
        unused=message("It holds no whole numbers to take as scores."),
    )  # fmt: skip
    return report
