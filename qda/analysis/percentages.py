"""Totals of rows and columns, and cells as percentages of the row, the column or everything.

A total is counted as a cell is, over the whole line: what stands in several cells counts once in
it. The base of a percentage is such a total, or, of the material, the distinct documents,
participants or cases that have anything that could have been coded in the row and column.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

import numpy as np

from qda.analysis.axes import Columns, Lines, MaterialGroups
from qda.analysis.measures import DISTINCT, Counted, informants, measured, size_of
from qda.analysis.tables import Snapshot
from qda.analysis.vectors import Flags, Ints, count_distinct
from qda.model.errors import NotAllowed
from qda.model.matrix import (
    MATERIAL_KINDS,
    PERCENT_KINDS,
    CellKind,
    CellValue,
    Matrix,
    MatrixCount,
    MatrixSpec,
    MatrixTotals,
    Percentages,
    PercentOf,
)
from qda.model.messages import Message, message
from qda.text.ranges import expand

Cells = Sequence[Sequence[CellValue]]
_COUNTED = ("segments", "documents", "participants", "cases")
"""The kinds of cells whose totals stand in the counts of the lines, by the same names."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Whole numbers for the cells (rows x columns), each row, each column and everything."""

    cells: Ints
    rows: Ints
    columns: Ints
    all: int


def require_percentable(spec: MatrixSpec) -> None:
    """Raise NotAllowed where no percentage can be taken of the cells."""
    if spec.percent is None:
        return
    if spec.cells not in PERCENT_KINDS:
        raise NotAllowed(
            message(
                "Percentages are taken of segments, documents, participants, cases or words; "
                "choose one of these for the cells."
            )
        )
    if spec.percent == "material" and spec.cells not in MATERIAL_KINDS:
        raise NotAllowed(
            message(
                "Percentages of the material are of documents, participants or cases; choose one "
                "of these for the cells."
            )
        )


def with_totals(
    snapshot: Snapshot, counted: Counted, lines: tuple[Lines, Lines], figures: Ints, kind: CellKind
) -> Grid:
    """Return the cells' `figures` with the totals of lines, each thing once in its line."""
    rows, columns = lines
    if kind == "presence":
        return Grid(figures, figures.sum(axis=1), figures.sum(axis=0), int(figures.sum()))
    nothing = np.zeros(len(counted.coding), dtype=np.int64)
    return Grid(
        figures,
        measured(snapshot, counted, rows.of_pairs, rows.count, kind),
        measured(snapshot, counted, columns.of_pairs, columns.count, kind),
        int(measured(snapshot, counted, nothing, 1, kind)[0]),
    )


def as_counted(
    figures: Ints,
    rows: Sequence[MatrixCount],
    columns: Sequence[MatrixCount],
    everything: MatrixCount,
    kind: CellKind,
) -> Grid | None:
    """Return what `with_totals` gives where the counts of the lines say it; None where not."""
    if kind not in _COUNTED:
        return None
    of = attrgetter(kind)
    of_rows, of_columns = (
        np.fromiter(map(of, line), dtype=np.int64, count=len(line)) for line in (rows, columns)
    )
    return Grid(figures, of_rows, of_columns, of(everything))


def totalled(matrix: Matrix, grid: Grid, bases: Grid | None) -> Matrix:
    """Return a matrix with its totals, and its percentages of `bases` or of the totals."""
    spec, percent = matrix.spec, None
    if spec.percent is not None:
        bases = bases or line_bases(grid, spec.percent)
        percent = percentages(grid, bases, spec.percent, matrix.cells)
    return replace(
        matrix,
        totals=totals(grid, matrix.cells),
        percentages=percent,
        notes=(*matrix.notes, *rules(spec, grid, percent)),
    )


def totals(grid: Grid, cells: Cells) -> MatrixTotals:
    """Return the totals of lines; None for a line that is blank throughout."""
    row_blank, column_blank = _blank_lines(cells, len(grid.columns))
    return MatrixTotals(
        _unless(row_blank, grid.rows), _unless(column_blank, grid.columns), grid.all
    )


def _blank_lines(cells: Cells, width: int) -> tuple[Flags, Flags]:
    blank = _blank(cells, width)
    rows, columns = np.asarray(blank.all(axis=1)), np.asarray(blank.all(axis=0))
    return rows & (width > 0), columns & (len(cells) > 0)


def _blank(cells: Cells, width: int) -> Flags:
    flat = [[cell is None for cell in row] for row in cells]
    return np.array(flat, dtype=np.bool_).reshape(len(cells), width)


def _unless(blank: Flags, figures: Ints) -> tuple[int | None, ...]:
    numbers: list[int] = figures.tolist()
    return tuple(None if no else one for one, no in zip(numbers, blank.tolist(), strict=True))


def share_totals(words: Grid, of_rows: Ints, all_words: int, cells: Cells) -> MatrixTotals:
    """Return totals of shares: of a row's words, and of all words for a column."""
    row_blank, column_blank = _blank_lines(cells, len(words.columns))
    whole = np.full(len(words.columns), all_words, dtype=np.int64)
    everything = np.array([words.all]), np.array([all_words])
    return MatrixTotals(
        _fractions(words.rows, of_rows, row_blank),
        _fractions(words.columns, whole, column_blank),
        _fractions(*everything, np.zeros(1, dtype=np.bool_))[0],
    )


def line_bases(grid: Grid, of: PercentOf) -> Grid:
    """Return what the cells and totals are divided by, of the row, the column or the total."""
    height, width = grid.cells.shape
    whole_rows, whole_columns = np.full(height, grid.all), np.full(width, grid.all)
    if of == "row":
        cells = np.repeat(grid.rows[:, None], width, axis=1)
        return Grid(cells, grid.rows, whole_columns, grid.all)
    if of == "column":
        cells = np.repeat(grid.columns[None, :], height, axis=0)
        return Grid(cells, whole_rows, grid.columns, grid.all)
    return Grid(np.full((height, width), grid.all), whole_rows, whole_columns, grid.all)


def percentages(grid: Grid, bases: Grid, of: PercentOf, cells: Cells) -> Percentages:
    """Return the fractions; None for a blank cell, a blank line and a base of nothing."""
    height, width = grid.cells.shape
    row_blank, column_blank = _blank_lines(cells, width)
    flat = _fractions(grid.cells.ravel(), bases.cells.ravel(), _blank(cells, width).ravel())
    numbers: list[list[int]] = bases.cells.tolist()
    row_bases: list[int] = bases.rows.tolist()
    column_bases: list[int] = bases.columns.tolist()
    return Percentages(
        of=of,
        cells=tuple(flat[at * width : (at + 1) * width] for at in range(height)),
        bases=tuple(map(tuple, numbers)),
        rows=_fractions(grid.rows, bases.rows, row_blank),
        columns=_fractions(grid.columns, bases.columns, column_blank),
        all=grid.all / bases.all if bases.all else None,
        row_bases=tuple(row_bases),
        column_bases=tuple(column_bases),
        all_base=bases.all,
    )


def _fractions(parts: Ints, bases: Ints, blank: Flags) -> tuple[float | None, ...]:
    """Divide; a segment may hold more words than its base (questions), which never passes 1."""
    nothing = blank | (bases == 0)
    divided: list[float] = np.minimum(parts / np.maximum(bases, 1), 1.0).tolist()
    return tuple(None if no else one for one, no in zip(divided, nothing.tolist(), strict=True))


def material_bases(
    snapshot: Snapshot,
    counted: Counted,
    lines: tuple[Lines, Lines],
    material: Columns,
    kind: CellKind,
) -> Grid:
    """Return how many documents, participants or cases have material in each row and column.

    Lines that say nothing of who and where (codes, coders, stances) leave all of it. Whoever is
    coded in a line through a link of the coding's own counts in its base too, so that no cell
    is above its base. `material` has the places of the material's pairs on the axes.
    """
    axis = DISTINCT[kind]
    sides = [_members(one, len(counted.coding)) for one in lines]
    members = np.concatenate((counted.at[axis], material[axis]))
    members = informants(snapshot.entities, members, axis)
    size = size_of(snapshot.entities, axis)
    (row_pair, row_group, rows), (column_pair, column_group, columns) = sides
    by_row = count_distinct(row_group, members[row_pair], rows, size)
    by_column = count_distinct(column_group, members[column_pair], columns, size)
    if columns == 1 and len(column_pair) == len(members):
        grid = by_row[:, None]
    elif rows == 1 and len(row_pair) == len(members):
        grid = by_column[None, :]
    else:
        owner, at = _joined(row_pair, column_pair)
        cell = row_group[owner] * columns + column_group[at]
        grid = count_distinct(cell, members[row_pair[owner]], rows * columns, size)
        grid = grid.reshape(rows, columns)
    of_row, of_column = (one.material.of_line for one in lines)
    everything = np.zeros(len(members), dtype=np.int64)
    return Grid(
        grid[np.ix_(of_row, of_column)],
        by_row[of_row],
        by_column[of_column],
        int(count_distinct(everything, members, 1, size)[0]),
    )


def _joined(first: Ints, second: Ints) -> tuple[Ints, Ints]:
    """Return the places of every two entries of the same pair; most pairs have one of each."""
    order = np.argsort(second, kind="stable")
    ordered = second[order]
    low = np.searchsorted(ordered, first, side="left").astype(np.int64)
    high = np.searchsorted(ordered, first, side="right").astype(np.int64)
    owner, at = expand(low, high)
    return owner, order[at]


def _members(lines: Lines, coded: int) -> tuple[Ints, Ints, int]:
    """Return the members of the groups of material: the coded pairs first, then the material's."""
    groups: MaterialGroups = lines.material
    pair = np.concatenate((np.arange(coded, dtype=np.int64), groups.pair + coded))
    group = np.concatenate((groups.of_line[lines.of_pairs], groups.group))
    return pair, group, groups.count


# --------------------------------------------------------------------------------- in words
_THINGS: Mapping[CellKind, Message] = {
    "segments": message("segments"),
    "documents": message("documents"),
    "participants": message("participants"),
    "cases": message("cases"),
    "words": message("words"),
}
_BASES: Mapping[PercentOf, Message] = {
    "row": message(
        "Percentages of the row: the base is all {things} of the row, each counted once."
    ),
    "column": message(
        "Percentages of the column: the base is all {things} of the column, each counted once."
    ),
    "total": message(
        "Percentages of the total: the base is all {things} of the table, each counted once ({n})."
    ),
    "material": message(
        "Percentages of the material: the base is all {things} with anything that could have been "
        "coded in the row and the column, coded or not."
    ),
}
_TWICE: Mapping[CellKind, Message] = {
    "segments": message(
        "A total counts a segment once, also where it stands in several cells; it need not be "
        "the sum of the cells."
    ),
    "documents": message(
        "A total counts a document once, also where it stands in several cells; it is not the "
        "sum of the cells."
    ),
    "participants": message(
        "A total counts a participant once, also where one stands in several cells; it is not "
        "the sum of the cells."
    ),
    "cases": message(
        "A total counts a case once, also where it stands in several cells; it is not the sum "
        "of the cells."
    ),
    "words": message(
        "A total counts a word once, also where segments of several cells hold it; it need not be "
        "the sum of the cells."
    ),
}


def rules(spec: MatrixSpec, grid: Grid, percent: Percentages | None) -> list[Message]:
    """State what totals count and what percentages are of."""
    said: list[Message] = []
    if not spec.shows_totals:
        return said
    if percent is not None:
        things = _THINGS[spec.cells]
        said.append(Message(_BASES[percent.of].text, {"things": things, "n": grid.all}))
    added = grid.cells.sum(axis=1), grid.cells.sum(axis=0)
    even = (added[0] == grid.rows).all() and (added[1] == grid.columns).all()
    if spec.cells in _TWICE and not even:
        said.append(_TWICE[spec.cells])
        if percent is not None and percent.of != "material":
            said.append(message("The percentages of a line can therefore add up to more than 100."))
    if spec.cells == "share":
        said.append(
            message(
                "The total of a row is the share of its words that is coded at all; that of a "
                "column is its share of the words of the whole table."
            )
        )
    if percent is not None and not all(map(all, percent.bases)):
        said.append(message("A blank percentage: its base is nothing."))
    return said
