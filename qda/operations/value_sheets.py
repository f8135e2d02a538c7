"""From a sheet of monthly values to what `monthly_values` takes, with all that is left out."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from qda.formats.number_reading import (
    Decimal,
    NumberReading,
    find_reading,
    is_missing,
    read_number,
)
from qda.formats.sheets import Sheet, SheetCell, read_sheet
from qda.jobs.progress import Progress
from qda.model.entities import Value
from qda.model.errors import FileProblem
from qda.model.import_report import ReportBuilder
from qda.model.messages import Message, message
from qda.operations.monthly_values import PeriodValue
from qda.operations.sheet_reports import tell_of_rest
from qda.operations.value_layouts import SHAPE_WORDS, Layout, ValueColumn, as_text, find_layout
from qda.text.periods import parse_period

Trouble = Literal["no case", "no month", "no indicator", "no number", "repeated"]
TROUBLE_WORDS: dict[Trouble, Message] = {
    "no case": message("The row names no office."),
    "no month": message("There is no month like 2012-03."),
    "no indicator": message("The row names no indicator."),
    "no number": message("This is no number."),
    "repeated": message("The same office, month and indicator stood before with another value."),
}
_EVERY = 5_000
NAMED = 10
"""So many rows or columns are named in a line."""


@dataclass(frozen=True, slots=True)
class ValueOptions:
    """What the user decides; empty is found out.

    `name` is the indicator where the sheet names none, `decimal` the decimal sign, `case` the
    column of offices.
    """

    name: str = ""
    decimal: Decimal = ""
    case: str = ""


@dataclass(frozen=True, slots=True)
class Misfit:
    """A cell that is filled but cannot be taken: its row as the sheet counts, and its column."""

    row: int
    column: str
    cell: str
    trouble: Trouble


@dataclass(frozen=True, slots=True)
class ValueSheet:
    """A sheet of values made out: what it holds and what of it cannot be taken.

    `missing` counts the cells that say there is no value, `repeated` those that stand for a value
    given before with another number: the last one counts. `unused` names columns of other things.
    """

    file: str
    layout: Layout
    reading: NumberReading
    values: tuple[PeriodValue, ...]
    cases: tuple[str, ...]
    indicators: tuple[str, ...]
    months: tuple[str, ...]
    rows: int
    missing: int
    repeated: tuple[Misfit, ...] = ()
    misfits: tuple[Misfit, ...] = ()
    unused: tuple[str, ...] = ()
    texts: frozenset[str] = frozenset()
    """The indicators whose values are texts."""
    warnings: tuple[Message, ...] = ()


def read_values(
    path: Path, options: ValueOptions | None = None, progress: Progress | None = None
) -> ValueSheet:
    """Read a sheet of monthly values of whatever shape. Raises FileProblem, Cancelled."""
    return make_out(read_sheet(path, progress), path.name, options or ValueOptions(), progress)


def make_out(
    sheet: Sheet, file: str, options: ValueOptions, progress: Progress | None = None
) -> ValueSheet:
    """Make a sheet out that is read already; another decision is tried without reading again."""
    layout = find_layout(sheet, file, case=options.case)
    if progress is not None:
        progress.start(len(sheet.rows), message("Making out the values"))
    texts = {
        cell
        for column in layout.values
        for row in sheet.rows
        if isinstance(cell := row[column.index], str)
    }
    reading = find_reading(sorted(texts), options.decimal)
    taken = _Taking(sheet, layout, reading, options.name.strip() or _stem(file))
    taken.take(progress)
    return taken.finished(file)


def _stem(file: str) -> str:
    return " ".join(Path(file).stem.replace("_", " ").split()) or file


@dataclass(slots=True)
class _Taking:
    """Goes through the rows once; every different text is understood once."""

    sheet: Sheet
    layout: Layout
    reading: NumberReading
    name: str
    values: dict[tuple[str, str, str], PeriodValue] = field(
        default_factory=dict[tuple[str, str, str], PeriodValue]
    )
    misfits: list[Misfit] = field(default_factory=list[Misfit])
    repeated: list[Misfit] = field(default_factory=list[Misfit])
    numbers: dict[str, float | None] = field(default_factory=dict[str, float | None])
    texts: frozenset[str] = frozenset()
    missing: int = 0

    def take(self, progress: Progress | None) -> None:
        """Take every filled cell of the columns of values."""
        layout, texts = self.layout, self._textual()
        self.texts = texts
        names: dict[SheetCell, str] = {}
        month_of = self._month_reader()
        for at, (number, row) in enumerate(self._rows()):
            if progress is not None and not at % _EVERY:
                progress.step(min(_EVERY, len(self.sheet.rows) - at))
            case = _cached(names, row[layout.case])
            own = self.name if layout.indicator is None else _cached(names, row[layout.indicator])
            month = month_of(row)
            for column in layout.values:
                cell = row[column.index]
                value: Value | None = self._number(cell)
                if value is None and is_missing(cell):
                    self.missing += 1
                    continue
                indicator, period = column.indicator or own, column.month or month
                if indicator in texts:
                    value = as_text(cell)
                if not case or not indicator or period is None or value is None:
                    self._misfit(number, column, cell, _trouble(case, indicator, period))
                    continue
                place = case, indicator, period
                before = self.values.get(place)
                if before is not None and before.value != value:
                    heading = self.sheet.columns[column.index]
                    self.repeated.append(Misfit(number, heading, as_text(cell), "repeated"))
                self.values[place] = PeriodValue(case, period, indicator, value)

    def _number(self, cell: SheetCell) -> float | None:
        """Return the number of a cell; each different text is read once."""
        if not isinstance(cell, str):
            # Yes and no are no numbers, though Python takes them for 1 and 0.
            return cell if isinstance(cell, float) else None
        if cell not in self.numbers:
            self.numbers[cell] = None if is_missing(cell) else read_number(cell, self.reading)
        return self.numbers[cell]

    def _misfit(self, row: int, column: ValueColumn, cell: SheetCell, why: Trouble) -> None:
        heading = self.sheet.columns[column.index]
        self.misfits.append(Misfit(row, heading, as_text(cell), why))

    def _rows(self) -> Iterator[tuple[int, tuple[SheetCell, ...]]]:
        numbers = self.sheet.numbers or range(2, len(self.sheet.rows) + 2)
        return zip(numbers, self.sheet.rows, strict=True)

    def _month_reader(self) -> Callable[[tuple[SheetCell, ...]], str | None]:
        layout, months = self.layout, dict[tuple[SheetCell, SheetCell], str | None]()
        period, year = layout.period, layout.year
        if period is None:
            return lambda _row: None

        def month_of(row: tuple[SheetCell, ...]) -> str | None:
            key = row[period], None if year is None else row[year]
            if key not in months:
                written = as_text(key[0])
                months[key] = parse_period(
                    written if year is None else f"{as_text(key[1])}-{written.zfill(2)}"
                )
            return months[key]

        return month_of

    def _textual(self) -> frozenset[str]:
        """Return the indicators of a long sheet most of whose values are no numbers."""
        if self.layout.indicator is None:
            return frozenset()
        names: dict[SheetCell, str] = {}
        balance: Counter[str] = Counter()
        for row in self.sheet.rows:
            for column in self.layout.values:
                cell = row[column.index]
                if self._number(cell) is not None:
                    balance[_cached(names, row[self.layout.indicator])] += 1
                elif not is_missing(cell):
                    balance[_cached(names, row[self.layout.indicator])] -= 1
        return frozenset(name for name, more in balance.items() if more < 0)

    def finished(self, file: str) -> ValueSheet:
        """Return what came of it. Raises FileProblem where that is nothing."""
        if not self.values:
            raise _nothing(file, self.misfits)
        values = tuple(self.values.values())
        return ValueSheet(
            file=file,
            layout=self.layout,
            reading=self.reading,
            values=values,
            cases=tuple(dict.fromkeys(one.case for one in values)),
            indicators=tuple(dict.fromkeys(one.variable for one in values)),
            months=tuple(sorted({one.period for one in values})),
            rows=len(self.sheet.rows),
            missing=self.missing,
            repeated=tuple(self.repeated),
            misfits=tuple(self.misfits),
            unused=tuple(self.sheet.columns[index] for index in self.layout.unused),
            texts=self.texts,
            warnings=self.sheet.warnings,
        )


def _trouble(case: str, indicator: str, month: str | None) -> Trouble:
    if not case:
        return "no case"
    if not indicator:
        return "no indicator"
    return "no month" if month is None else "no number"


def _cached(names: dict[SheetCell, str], cell: SheetCell) -> str:
    known = names.get(cell)
    if known is None:
        known = names[cell] = as_text(cell)
    return known


def _nothing(file: str, misfits: list[Misfit]) -> FileProblem:
    if misfits:
        first = misfits[0]
        return FileProblem(
            message(
                "No value of {file} can be taken; the first stands in row {row}, column {column}: "
                "{why}",
                file=file,
                row=first.row,
                column=first.column,
                why=TROUBLE_WORDS[first.trouble],
            )
        )
    return FileProblem(message("{file} has no values: all its cells are empty.", file=file))


def report_on(sheet: ValueSheet) -> ReportBuilder:
    """Begin the report of an import: what was read how, and what of the sheet is left out."""
    report = ReportBuilder("values", sheet.file)
    found = len(sheet.values) + len(sheet.repeated) + len(sheet.misfits)
    report.count_found({"rows": sheet.rows, "values": found})
    report.count_kept({"rows": sheet.rows})
    for trouble, why in TROUBLE_WORDS.items():
        cells = [one for one in (*sheet.misfits, *sheet.repeated) if one.trouble == trouble]
        if cells:
            what = message("cells of {column}", column=_listed(one.column for one in cells))
            report.left_out(
                "values", what, _listed(str(one.row) for one in cells), why, count=len(cells)
            )
    reading = sheet.reading
    if reading.mixed or reading.unsure:
        report.uncertain(
            "values", message("how numbers are written"), sheet.file, reading_words(reading)
        )
    else:
        report.decided(
            "values", message("how numbers are written"), sheet.file, reading_words(reading)
        )
    report.decided(
        "rows", message("the shape of the sheet"), sheet.file, SHAPE_WORDS[sheet.layout.shape]
    )
    tell_of_rest(
        report, sheet, "values",
        empty=message("They say that there is no value, and change nothing in the project."),
        unused=message("It holds neither months nor values of an indicator."),
    )  # fmt: skip
    return report


def reading_words(reading: NumberReading) -> Message:
    """Say how the numbers of a sheet are read."""
    if reading.mixed:
        return message(
            "Some numbers have a decimal comma and some a decimal point; each was read by itself."
        )
    if reading.unsure:
        return message(
            "{example} was read with a decimal sign; it may stand for thousands.",
            example=reading.unsure,
        )
    if reading.decimal and reading.example:
        if reading.decimal == ",":
            return message("With a decimal comma, as in {example}.", example=reading.example)
        return message("With a decimal point, as in {example}.", example=reading.example)
    if reading.decimal == ",":
        return message("With a decimal comma.")
    return message("With a decimal point.") if reading.decimal else message("As they stand.")


def _listed(names: Iterable[str]) -> str:
    """Return different names in a row, the first few of many."""
    different = list(dict.fromkeys(names))
    return ", ".join(different[:NAMED]) + (", …" if len(different) > NAMED else "")
