"""A sheet as a text to read: each row a few lines, `heading: what the cell says`."""

from collections.abc import Iterator, Sequence

from qda.formats.cell_values import SheetCell, convert, holds_prose
from qda.formats.grid import Grid
from qda.formats.readers.sheet_columns import looks_like_headings
from qda.formats.sheets import heading_index, mended_names

_LOOKED_AT = 2_000
_ENDS = ("?", "!", ".", ":", "…")
_FEW = 3
"""Fewer rows than this are no survey."""


def sheet_lines(grid: Grid) -> Iterator[str]:
    """Yield the lines of a sheet.

    A row of several cells is a block of lines with a blank one behind it. Without a row of
    headings a row is one line, its cells behind tabs; a single column is a line each.
    """
    heading, used = _frame(grid)
    for row in grid.rows[: heading or 0]:
        yield from (cell_text(cell) for cell in row if cell is not None)
    if heading is None or len(used) == 1:
        for row in grid.rows[heading or 0 :]:
            yield "\t".join(cell_text(row[at]) for at in used).rstrip("\t")
        return
    if heading:
        yield ""
    names, _mended = mended_names(grid, heading, used)
    for row in grid.rows[heading + 1 :]:
        for name, at in zip(names, used, strict=True):
            if row[at] is not None:
                yield f"{name}{'' if name.endswith(_ENDS) else ':'} {cell_text(row[at])}"
        yield ""


def looks_like_answers(grid: Grid) -> bool:
    """Tell whether a sheet may be a survey: a row a respondent, with answers in sentences."""
    heading, used = _frame(grid)
    if heading is None or len(used) < 2:
        return False
    rows = grid.rows[heading + 1 : heading + 1 + _LOOKED_AT]
    if len(rows) < _FEW:
        return False
    prose = sum(holds_prose(row[at] for row in rows) for at in used)
    return 0 < prose < len(used)


def cell_text(cell: SheetCell) -> str:
    """Return what a cell says, as text."""
    return str(convert(cell, "text") or "")


def _frame(grid: Grid) -> tuple[int | None, Sequence[int]]:
    """Return the row that names the columns, None where none does, and the columns in use."""
    heading = heading_index(grid)
    if heading is None:
        return None, ()
    if len(grid.rows) < heading + 2 or not looks_like_headings(grid.rows[heading]):
        heading = None
    rows = grid.rows[heading or 0 :]
    return heading, [at for at in range(len(rows[0])) if any(row[at] is not None for row in rows)]
