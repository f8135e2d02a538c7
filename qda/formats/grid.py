"""The cells of a sheet before anybody has said which row names the columns."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from qda.formats.cell_values import SheetCell
from qda.jobs.progress import Progress
from qda.model.errors import FileProblem
from qda.model.messages import Message, message

MAX_FILE_BYTES = 100_000_000
MAX_ROWS = 1_048_576
MAX_COLUMNS = 1_024
MAX_CELLS = 5_000_000
_EVERY = 2_000
"""So many rows are a step of progress."""


@dataclass(frozen=True, slots=True)
class Grid:
    """The filled rows of a sheet, all of one width, each with its number in the file.

    `merged_rows` are the numbers of rows in which cells are merged sideways.
    """

    numbers: tuple[int, ...]
    rows: tuple[tuple[SheetCell, ...], ...]
    encoding: str = ""
    delimiter: str = ""
    merged_rows: frozenset[int] = frozenset()
    warnings: tuple[Message, ...] = ()


def read_bytes(path: Path) -> bytes:
    """Return the bytes of a file. Raises FileProblem where it cannot be read or is too large."""
    try:
        if path.stat().st_size > MAX_FILE_BYTES:
            raise too_large(path)
        return path.read_bytes()
    except FileNotFoundError as error:
        raise FileProblem(message("There is no file {file}.", file=str(path))) from error
    except OSError as error:
        raise FileProblem(
            message(
                "{file} cannot be read ({reason}).",
                file=path.name,
                reason=error.strerror or type(error).__name__,
            )
        ) from error


def too_large(path: Path) -> FileProblem:
    """Return the error for a sheet that is larger than this program takes."""
    return FileProblem(
        message("{file} is too large to be read as a sheet: split it into parts.", file=path.name)
    )


def filled_rows(
    path: Path, rows: Iterable[list[SheetCell]], progress: Progress | None = None
) -> tuple[tuple[int, ...], tuple[tuple[SheetCell, ...], ...]]:
    """Count the rows from 1, drop the empty ones and even out the widths.

    Raises FileProblem where there are more rows or cells than this program takes, and Cancelled.
    """
    numbers: list[int] = []
    kept: list[list[SheetCell]] = []
    cells = width = 0
    for number, row in enumerate(rows, start=1):
        if number > MAX_ROWS:
            raise too_large(path)
        if progress is not None and not number % _EVERY:
            progress.step(_EVERY)
        while row and row[-1] is None:
            row.pop()
        if not row:
            continue
        numbers.append(number)
        kept.append(row)
        width = max(width, len(row))
        cells += len(row)
        if width > MAX_COLUMNS or cells > MAX_CELLS or width * len(kept) > 4 * MAX_CELLS:
            raise too_large(path)
    padding: list[SheetCell] = [None] * width
    return tuple(numbers), tuple((*row, *padding[len(row) :]) for row in kept)
