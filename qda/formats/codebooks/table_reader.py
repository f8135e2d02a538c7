"""Read a codebook from a table: `.csv` and `.xlsx`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from qda.formats.cell_values import SheetCell, convert
from qda.formats.codebooks.building import MAX_DEPTH, code_texts, read_guid, tidy_name
from qda.formats.codebooks.tables import column_of, unguard
from qda.formats.grid import Grid
from qda.formats.sheets import read_grid
from qda.model.codebook import Codebook, CodebookCode, split_path
from qda.model.errors import FileProblem
from qda.model.ids import Guid
from qda.model.messages import message

_HEADING_ROWS = 20
_Cells = Mapping[str, str]


@dataclass(slots=True)
class _Node:
    """A code on its way into the tree; `cells` is None until a row names it."""

    name: str
    cells: _Cells | None = None
    guid: Guid | None = None
    children: list["_Node"] = field(default_factory=list["_Node"])

    def frozen(self) -> CodebookCode:
        cells = self.cells or {}
        return CodebookCode(
            name=self.name,
            guid=self.guid,
            color=cells.get("color", ""),
            **code_texts(cells),
            children=tuple(child.frozen() for child in self.children),
        )


def read_table(path: Path) -> Codebook:
    """Read a codebook whose rows are codes, told by the path in each.

    The row of headings is the first with a column for the path (`path`, `code`, `kode`, `sti`);
    other columns than those of a codebook are passed over. A parent that has no row of its own is
    made. Raises FileProblem where the path column is missing, a column or a code is there twice,
    or a name in a path is empty.
    """
    grid = read_grid(path)
    heading, columns = _find_columns(path, grid)
    root = _Node("")
    latest: dict[tuple[str, ...], _Node] = {(): root}
    for number, row in zip(grid.numbers[heading + 1 :], grid.rows[heading + 1 :], strict=True):
        cells = _cells(row, columns, guarded=path.suffix.lower() == ".csv")
        if any(cells.values()):
            _place(path, number, cells, latest)
    return Codebook(name=path.stem, codes=root.frozen().children)


def _find_columns(path: Path, grid: Grid) -> tuple[int, dict[str, int]]:
    """Return the row of headings and where in it the columns stand."""
    for index, row in enumerate(grid.rows[:_HEADING_ROWS]):
        found = [column_of(cell) if isinstance(cell, str) else None for cell in row]
        if "path" not in found:
            continue
        known = [column for column in found if column]
        for column in known:
            if known.count(column) > 1:
                raise FileProblem(
                    message(
                        "{file}: several columns hold the {column} of a code: keep one.",
                        file=path.name,
                        column=column,
                    )
                )
        return index, {column: found.index(column) for column in known}
    raise FileProblem(
        message(
            "{file} has no column «path» that says which code a row is: add it.", file=path.name
        )
    )


def _cells(row: Sequence[SheetCell], columns: Mapping[str, int], *, guarded: bool) -> _Cells:
    cells = {column: str(convert(row[at], "text") or "") for column, at in columns.items()}
    return {column: unguard(cell) for column, cell in cells.items()} if guarded else cells


def _place(path: Path, number: int, cells: _Cells, latest: dict[tuple[str, ...], _Node]) -> None:
    """Put the code of one row into the tree, below the latest code of its parent's path."""
    names = tuple(tidy_name(name) for name in split_path(cells["path"]))
    if not all(names):
        raise FileProblem(
            message(
                "{file}, row {row}: the path has an empty name; a slash inside a name is "
                "written \\/.",
                file=path.name,
                row=number,
            )
        )
    if len(names) > MAX_DEPTH:
        raise FileProblem(message("Codes may stand at most {limit} levels deep.", limit=MAX_DEPTH))
    for depth in range(1, len(names) + 1):
        above, here = names[: depth - 1], names[:depth]
        node = latest.get(here)
        is_own = depth == len(names)
        if node is None or (is_own and node.cells is not None):
            node = latest[here] = _Node(names[depth - 1])
            latest[above].children.append(node)
            # What stood below an earlier code of the same path is not below this one.
            for known in [each for each in latest if len(each) > depth and each[:depth] == here]:
                del latest[known]
        if is_own:
            node.cells = cells
            node.guid = read_guid(cells.get("guid", ""), cells["path"])
