"""Recognise the shape of a sheet of monthly values: where offices, months and numbers stand.

Every shape comes down to the same: some columns hold values, and each of these has its indicator
and its month either in its heading or in another column.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Literal

from qda.formats.number_reading import is_missing
from qda.formats.sheets import Sheet, SheetCell, parse_number
from qda.model.errors import FileProblem
from qda.model.messages import Message, message
from qda.operations.sheets import NAMES
from qda.text.periods import parse_period, split_heading

Shape = Literal["long", "columns", "wide", "wide rows", "wide columns"]
SHAPE_WORDS: dict[Shape, Message] = {
    "long": message("Long: one row for each office, month and indicator."),
    "columns": message("One row for each office and month, one column for each indicator."),
    "wide": message("Wide: one row for each office, one column for each month."),
    "wide rows": message("Wide: one row for each office and indicator, one column for each month."),
    "wide columns": message(
        "Wide: one row for each office, one column for each indicator and month."
    ),
}
YEAR = frozenset({"year", "år", "aar"})
_SAMPLE = 300
"""So many filled cells tell what a column holds."""
_FEWEST_MONTHS = 2
"""A single heading that looks like a month may be chance."""


@dataclass(frozen=True, slots=True)
class ValueColumn:
    """A column of values; `indicator` and `month` are empty where other columns give them."""

    index: int
    indicator: str = ""
    month: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where things stand: columns by index, None where the headings say it.

    With `year`, `period` holds the number of the month. `unused` are the columns that hold neither
    values nor anything that is needed to place them, `nameless` tells that no indicator is named.
    """

    shape: Shape
    case: int
    values: tuple[ValueColumn, ...]
    period: int | None = None
    year: int | None = None
    indicator: int | None = None
    unused: tuple[int, ...] = ()
    nameless: bool = False


def find_layout(sheet: Sheet, file: str, *, case: str = "") -> Layout:
    """Return the layout of a sheet; `case` names the column of offices, empty to find it.

    Raises FileProblem where no months are found, or nothing beside them.
    """
    headed = {
        index: found
        for index, column in enumerate(sheet.columns)
        if (found := split_heading(column)) is not None
    }
    if len(headed) >= _FEWEST_MONTHS:
        return _wide(sheet, headed, case, file)
    period, year = _months(sheet)
    if period is None and headed:
        return _wide(sheet, headed, case, file)
    if period is None:
        raise FileProblem(
            message(
                "{file} has no months: write them as 2012-03 in a column of their own or in the "
                "headings.",
                file=file,
            )
        )
    return _by_row(sheet, period, year, case, file)


def has_months(sheet: Sheet) -> bool:
    """Tell whether a sheet holds monthly values rather than a row of facts for each office."""
    headed = sum(split_heading(column) is not None for column in sheet.columns)
    return (
        headed >= _FEWEST_MONTHS or _named(sheet, "period", range(len(sheet.columns))) is not None
    )


def _wide(sheet: Sheet, headed: dict[int, tuple[str, str]], case: str, file: str) -> Layout:
    others = [index for index in range(len(sheet.columns)) if index not in headed]
    office = _case_column(sheet, others, case, file)
    indicator = _named(sheet, "variable", others)
    named = any(name for name, _month in headed.values())
    values = tuple(ValueColumn(index, name, month) for index, (name, month) in headed.items())
    unused = tuple(index for index in others if index not in (office, indicator))
    if indicator is not None and not named:
        return Layout("wide rows", office, values, indicator=indicator, unused=unused)
    if indicator is not None:
        unused = (*unused, indicator)
    shape: Shape = "wide columns" if named else "wide"
    nameless = any(not name for name, _month in headed.values())
    return Layout(shape, office, values, unused=tuple(sorted(unused)), nameless=nameless)


def _by_row(sheet: Sheet, period: int, year: int | None, case: str, file: str) -> Layout:
    others = [index for index in range(len(sheet.columns)) if index not in (period, year)]
    office = _case_column(sheet, others, case, file)
    rest = [index for index in others if index != office]
    indicator, value = _named(sheet, "variable", rest), _named(sheet, "number", rest)
    if indicator is not None and value is None:
        # The only other column of numbers holds the values, whatever it is called.
        numeric = [one for one in rest if one != indicator and _holds_numbers(sheet, one)]
        value = numeric[0] if len(numeric) == 1 else None
    if indicator is not None and value is None:
        raise FileProblem(
            message("{file} has no column called {column}; name the columns in the first row.",
                    file=file, column="value")
        )  # fmt: skip
    if indicator is not None and value is not None:
        unused = tuple(one for one in rest if one not in (indicator, value))
        return Layout(
            "long", office, (ValueColumn(value),), period, year, indicator, unused
        )  # fmt: skip
    numeric = [one for one in rest if _holds_numbers(sheet, one)]
    if not numeric:
        raise FileProblem(
            message("{file} has months, but no column of numbers beside them.", file=file)
        )
    nameless = numeric == [value]
    values = tuple(
        ValueColumn(one, "" if nameless else sheet.columns[one].strip()) for one in numeric
    )
    unused = tuple(one for one in rest if one not in numeric)
    return Layout("columns", office, values, period, year, None, unused, nameless)


def _case_column(sheet: Sheet, others: Sequence[int], wanted: str, file: str) -> int:
    """Return the column of offices: the one asked for, one named so, else the first other one."""
    folded = wanted.strip().casefold()
    for index in others:
        if folded and sheet.columns[index].strip().casefold() == folded:
            return index
    if folded:
        raise FileProblem(
            message("{file} has no column called {column} for the offices.",
                    file=file, column=wanted)
        )  # fmt: skip
    named = _named(sheet, "case", others)
    if named is not None:
        return named
    reserved = {_named(sheet, what, others) for what in ("variable", "number")}
    free = [index for index in others if index not in reserved]
    if not free:
        raise FileProblem(
            message("{file} has no column of offices beside its months.", file=file)
        )  # fmt: skip
    return free[0]


def _named(sheet: Sheet, what: str, among: Sequence[int]) -> int | None:
    for index in among:
        if sheet.columns[index].strip().casefold() in NAMES[what]:
            return index
    return None


def _months(sheet: Sheet) -> tuple[int | None, int | None]:
    """Return the column of months, and that of years where the months stand as numbers."""
    everything = range(len(sheet.columns))
    named = _named(sheet, "period", everything)
    year = next((one for one in everything if sheet.columns[one].strip().casefold() in YEAR), None)
    if named is not None and year is not None and _all_months_of_year(sheet, named):
        return named, year
    if named is not None:
        return named, None
    for index in everything:
        cells = list(islice(_filled(sheet, index), _SAMPLE))
        if cells and all(parse_period(as_text(cell)) is not None for cell in cells):
            return index, None
    return None, None


def _all_months_of_year(sheet: Sheet, index: int) -> bool:
    cells = list(islice(_filled(sheet, index), _SAMPLE))
    numbers = [parse_number(cell) for cell in cells]
    return bool(cells) and all(one is not None and 1 <= one <= 12 for one in numbers)


def _holds_numbers(sheet: Sheet, index: int) -> bool:
    """Tell whether most of what stands in a column are numbers."""
    cells = list(islice(_filled(sheet, index), _SAMPLE))
    return sum(parse_number(cell) is not None for cell in cells) * 2 > len(cells)


def _filled(sheet: Sheet, index: int) -> "filter[SheetCell]":
    return filter(lambda cell: not is_missing(cell), (row[index] for row in sheet.rows))


def as_text(cell: SheetCell) -> str:
    """Return a cell as the text that names something: whole numbers without decimals."""
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell).strip()
