"""Read sheets of rows and columns: `.csv`, `.tsv` and `.xlsx`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from qda.formats.cell_values import SheetCell, convert, guess_type, parse_number
from qda.formats.delimited_reader import read_delimited
from qda.formats.grid import Grid
from qda.formats.xlsx_reader import read_xlsx
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import Message, counted, message

__all__ = [
    "Sheet", "SheetCell", "convert", "guess_type", "parse_number", "read_grid", "read_sheet",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sheet:
    """A table with named columns; every row has one cell for each of them.

    `numbers` are the row numbers that a spreadsheet program shows, for telling the user where.
    `encoding` and `delimiter` are empty for `.xlsx`. All cells of `.csv` are text; those of
    `.xlsx` have their own type, and percentages count as shown (63 % is 63, as in `.csv`).
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    encoding: str = ""
    delimiter: str = ""
    numbers: tuple[int, ...] = ()
    warnings: tuple[Message, ...] = ()

    def column(self, name: str) -> tuple[SheetCell, ...]:
        """Return the cells of the column called `name`. Raises KeyError where there is none."""
        if name not in self.columns:
            raise KeyError(name)
        index = self.columns.index(name)
        return tuple(row[index] for row in self.rows)


def read_grid(path: Path, progress: Progress | None = None) -> Grid:
    """Read the filled rows of a `.csv`, `.tsv` or `.xlsx` as they stand, headings and all.

    Raises FileProblem where the file cannot be read as such.
    """
    ending = path.suffix.lower()
    if ending in (".csv", ".tsv", ".txt"):
        return read_delimited(path, progress)
    if ending in (".xlsx", ".xlsm"):
        return read_xlsx(path, progress)
    raise FileProblem(
        message("{file} is not a sheet this program reads: save it as .xlsx or .csv.",
                file=path.name)
    )  # fmt: skip


def read_sheet(path: Path, progress: Progress | None = None, *, mend_names: bool = False) -> Sheet:
    """Read a `.csv`, `.tsv` or `.xlsx` whose first filled row names the columns.

    A title above the table is passed over: one cell alone, merged over several columns or followed
    by an empty row. Empty rows and empty columns are dropped. Raises FileProblem where the
    file cannot be read, has no heading, or has columns without a name or of the same name; with
    `mend_names` such columns get one of their own (their letter, a number), and a warning says so.
    """
    grid = read_grid(path, progress)
    heading = heading_index(grid)
    if heading is None:
        raise FileProblem(message("{file} is empty: it has no row of headings.", file=path.name))
    used = [
        index
        for index in range(len(grid.rows[heading]))
        if any(row[index] is not None for row in grid.rows[heading:])
    ]
    warnings = grid.warnings
    if mend_names:
        columns, mended = mended_names(grid, heading, used)
        if mended:
            warnings = (*warnings, told_names(path, mended))
    else:
        columns = _column_names(path, grid, heading, used)
    return Sheet(
        columns=columns,
        rows=tuple(tuple(row[index] for index in used) for row in grid.rows[heading + 1 :]),
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        numbers=grid.numbers[heading + 1 :],
        warnings=warnings,
    )


def heading_index(grid: Grid) -> int | None:
    """Return which row names the columns, None in an empty sheet."""
    if not grid.rows:
        return None
    index = 0
    while index + 1 < len(grid.rows) and _is_title(grid, index):
        index += 1
    return index


def _is_title(grid: Grid, index: int) -> bool:
    if sum(cell is not None for cell in grid.rows[index]) != 1:
        return False
    number = grid.numbers[index]
    apart = grid.numbers[index + 1] > number + 1
    below = [cell for cell in grid.rows[index + 1] if cell is not None]
    return (number in grid.merged_rows or apart) and all(isinstance(cell, str) for cell in below)


def mended_names(
    grid: Grid, heading: int, used: Sequence[int]
) -> tuple[tuple[str, ...], list[str]]:
    """Return a name of its own for each used column, and those that are not the file's."""
    names: list[str] = []
    mended: list[str] = []
    taken: set[str] = set()
    for index in used:
        given = _name(grid, heading, index)
        wanted = given or column_letters(index)
        name, number = wanted, 2
        while name.casefold() in taken:
            name, number = f"{wanted} ({number})", number + 1
        taken.add(name.casefold())
        names.append(name)
        if name != given:
            mended.append(name)
    return tuple(names), mended


def told_names(path: Path, mended: list[str]) -> Message:
    return counted(
        "{file}: {n} column had no name of its own and is called {names}.",
        "{file}: {n} columns had no names of their own and are called {names}.",
        len(mended),
        file=path.name,
        names=", ".join(mended),
    )


def _name(grid: Grid, heading: int, index: int) -> str:
    """Return what the heading says of a column, on one line; empty where it says nothing."""
    return " ".join(str(convert(grid.rows[heading][index], "text") or "").split())


def _column_names(path: Path, grid: Grid, heading: int, used: list[int]) -> tuple[str, ...]:
    """Return the names of the used columns; refuse missing and repeated ones."""
    names: list[str] = []
    for index in used:
        name = _name(grid, heading, index)
        if not name:
            raise FileProblem(
                message(
                    "{file}: column {column} has no heading in row {row}: give it a name.",
                    file=path.name,
                    column=column_letters(index),
                    row=grid.numbers[heading],
                )
            )
        names.append(name)
    for name, count in Counter(name.casefold() for name in names).items():
        if count > 1:
            shown = next(given for given in names if given.casefold() == name)
            raise FileProblem(
                message(
                    "{file}: several columns are called «{name}»: give each its own name.",
                    file=path.name,
                    name=shown,
                )
            )
    return tuple(names)


def column_letters(index: int) -> str:
    """Return the letters a spreadsheet program shows for column `index`, counted from 0."""
    letters = ""
    while index >= 0:
        index, rest = divmod(index, 26)
        letters = chr(ord("A") + rest) + letters
        index -= 1
    return letters
