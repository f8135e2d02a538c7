"""The numbers of a table as pictures take them."""

from dataclasses import dataclass

from qda.formats.matrix_files.view import View, lay_out
from qda.formats.pictures import words
from qda.model.errors import NotAllowed, NothingToDraw
from qda.model.matrix import CellKind, MatrixExport
from qda.model.messages import Translator

_NUMBERS: tuple[CellKind, ...] = (
    "segments", "documents", "participants", "cases", "words", "share", "presence",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Numbers:
    """The rows and columns that count, without totals.

    `values[row][column]` is None where no number is.
    """

    view: View
    rows: tuple[str, ...]
    columns: tuple[str, ...]
    colors: tuple[str, ...]
    """The colour of each column; empty where it has none."""
    values: tuple[tuple[float | None, ...], ...]

    @property
    def most(self) -> float:
        """Return the highest number."""
        return max((one for row in self.values for one in row if one is not None), default=0.0)

    def text(self, row: int, column: int) -> str:
        """Return a cell as it is read."""
        return self.view.text(row, column)

    def said(self, row: int, column: int) -> str:
        """Say a cell with its row and column."""
        text = self.text(row, column) or "–"
        return self.view.say(words.cell(self.rows[row], self.columns[column], text))

    def places(self) -> list[tuple[int, int]]:
        """Return the cells that hold a number, the highest first, else in reading order."""
        found = [
            (row, column)
            for row, line in enumerate(self.values)
            for column, value in enumerate(line)
            if value is not None
        ]
        return sorted(found, key=lambda one: -(self.values[one[0]][one[1]] or 0.0))


def numbers(export: MatrixExport, translator: Translator) -> Numbers:
    """Return the numbers of a table. Raises NotAllowed where it has none to draw."""
    if export.matrix.spec.cells not in _NUMBERS:
        raise NotAllowed(words.NO_NUMBERS)
    view = lay_out(export, translator)
    rows = [at for at, line in enumerate(view.rows) if not line.total]
    columns = [at for at, line in enumerate(view.columns) if line.counted]
    values = tuple(tuple(_number(view, row, column) for column in columns) for row in rows)
    if not any(value for line in values for value in line):
        raise NothingToDraw(words.NOTHING)
    return Numbers(
        view=view,
        rows=tuple(view.rows[at].label for at in rows),
        columns=tuple(view.columns[at].label for at in columns),
        colors=tuple(view.columns[at].color for at in columns),
        values=values,
    )


def _number(view: View, row: int, column: int) -> float | None:
    value = view.value(row, column)
    return None if value is None or isinstance(value, str) else float(value)
