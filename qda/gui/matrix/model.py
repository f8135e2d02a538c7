"""The matrix as a table: its cells, totals where they are wanted, an N for rows and columns."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    QTimer,
    Signal,
)

from qda.gui.language import tr
from qda.gui.matrix import words
from qda.gui.matrix.tables import Table
from qda.gui.matrix.words import HeadingWords
from qda.gui.models.choices import Choices
from qda.model.ids import CodingId, Guid
from qda.model.matrix import JUDGED_KINDS, Matrix, MatrixCount, MatrixHeading, Step

Index = QModelIndex | QPersistentModelIndex
CELL_ROLE = int(Qt.ItemDataRole.UserRole) + 40
HEADING_ROLE = CELL_ROLE + 1
QUOTES_SHOWN = 2
QUOTES_READ = 6
"""Quotes of a cell that are looked at for two that do not hold one another."""
_LONGEST = 220
ROOT = QModelIndex()
NONE = Guid("")


@dataclass(frozen=True, slots=True)
class CellView:
    """What a delegate paints: one text, or quotes and how many more there are."""

    text: str
    short: str = ""
    muted: bool = False
    count: bool = False
    blank: bool = False
    quotes: tuple[str, ...] = ()
    more: int = 0
    written: bool = False
    aside: str = ""
    """The count beside a percentage."""


@dataclass(frozen=True, slots=True)
class Target:
    """A cell, a whole row or column (the other is None), or everything (both are None).

    `heading` tells that its heading was chosen, not its N; `total` that its total was.
    """

    row: int | None
    column: int | None
    heading: bool = False
    total: bool = False


class MatrixModel(QAbstractTableModel):
    """Rows and columns of a matrix, then those of totals where there are any, then N.

    Quotes are asked for when their cell is first painted, and come by `add_quotes`.
    """

    quotes_wanted = Signal(list)
    """Cells came into sight whose quotes are not known.

    Parameters: the CodingIds.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.matrix: Matrix | None = None
        self._behind: Table | None = None
        self._counts = True
        self._rows: list[HeadingWords] = []
        self._columns: list[HeadingWords] = []
        self._row_left_out: frozenset[str] = frozenset()
        self._column_left_out: frozenset[str] = frozenset()
        self._quotes: dict[CodingId, str] = {}
        self._wanted: dict[CodingId, None] = {}
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def set_matrix(
        self,
        matrix: Matrix,
        choices: Choices,
        facts: Mapping[Guid, str] | None = None,
        behind: Table | None = None,
    ) -> None:
        """Show `matrix`; where its rows and columns are the same, only the cells change.

        `facts` has muted words to stand below the names of some rows and columns. `behind` finds
        what stands behind the cells where the matrix does not say it; a contrast and an
        agreement have no N.
        """
        counts = behind is None or (behind.contrast is None and behind.agreement is None)
        same = self.matrix is not None and _shape(self.matrix) == _shape(matrix)
        same = same and counts == self._counts
        if not same:
            self.beginResetModel()
        self.matrix, self._behind, self._counts = matrix, behind, counts
        spec = matrix.spec
        known = facts or {}
        self._rows = [
            words.heading_words(
                row, spec.rows, choices, fact or known.get(row.guid or Guid(""), "")
            )
            for row, fact in zip(matrix.rows, words.row_facts(matrix, choices), strict=True)
        ]
        self._columns = [
            words.heading_words(one, spec.columns, choices, known.get(one.guid or NONE, ""))
            for one in matrix.columns
        ]
        self._row_left_out = words.left_out(spec.rows)
        self._column_left_out = words.left_out(spec.columns)
        if not same:
            self.endResetModel()
            return
        last = self.index(self.rowCount() - 1, self.columnCount() - 1)
        self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Vertical, 0, self.rowCount() - 1)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, self.columnCount() - 1)

    def clear(self) -> None:
        """Show nothing."""
        self.beginResetModel()
        self.matrix = None
        self.endResetModel()

    # -------------------------------------------------------------------------------- quotes

    def add_quotes(self, quotes: Mapping[CodingId, str]) -> None:
        """Take in texts that were wanted."""
        self._quotes.update(quotes)
        if self.rowCount() and self.columnCount():
            last = self.index(self.rowCount() - 1, self.columnCount() - 1)
            self.dataChanged.emit(self.index(0, 0), last)

    def forget_quotes(self, codings: Iterable[int]) -> None:
        """Ask again for the quotes of codings that changed."""
        for coding in self._quotes.keys() & set(codings):
            del self._quotes[CodingId(coding)]

    def _on_timer_timeout(self) -> None:
        wanted, self._wanted = list(self._wanted), {}
        if wanted:
            self.quotes_wanted.emit(wanted)

    # ------------------------------------------------------------------------------ contents

    def rowCount(self, parent: Index = ROOT) -> int:
        """Return the number of rows, those of totals and of N included."""
        if parent.isValid() or self.matrix is None:
            return 0
        return len(self.matrix.rows) + self.extra_lines()

    def columnCount(self, parent: Index = ROOT) -> int:
        """Return the number of columns, those of totals and of N included."""
        if parent.isValid() or self.matrix is None:
            return 0
        return len(self.matrix.columns) + self.extra_lines()

    def extra_lines(self) -> int:
        """Return how many rows, and how many columns, are totals or N."""
        return int(self.matrix is not None and self.matrix.totals is not None) + int(self._counts)

    def shows_counts(self) -> bool:
        """Tell whether an N stands last in every row and column."""
        return self._counts

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a cell's text, what is painted of it, and what is said of it."""
        if self.matrix is None:
            return None
        target = self.target(index.row(), index.column())
        if role == CELL_ROLE:
            return self._view(target)
        if role == Qt.ItemDataRole.DisplayRole:
            return self._view(target).text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(target)
        if role == Qt.ItemDataRole.ToolTipRole:
            return self.spoken(target)
        return None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return a heading in words, or as it is painted."""
        heading = self.heading(orientation, section)
        if heading is None:
            return None
        if role == HEADING_ROLE:
            return heading
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return heading.full
        if role == Qt.ItemDataRole.ToolTipRole:
            return "\n".join(filter(None, (heading.full, heading.below, self._n_words(
                orientation, section))))  # fmt: skip
        return None

    def heading(self, orientation: Qt.Orientation, section: int) -> HeadingWords | None:
        """Return the heading of a row or column."""
        if self.matrix is None or section < 0:
            return None
        columns = orientation == Qt.Orientation.Horizontal
        headings = self._columns if columns else self._rows
        if section < len(headings):
            return headings[section]
        if section >= len(headings) + self.extra_lines():
            return None
        if self.matrix.totals is not None and section == len(headings):
            return HeadingWords(tr("In all"), plain=True)
        out = self._row_left_out if columns else self._column_left_out
        return HeadingWords("N", below=words.count_legend(out), plain=True)

    def target(self, row: int, column: int) -> Target:
        """Return what a cell of the table is about."""
        assert self.matrix is not None  # noqa: S101 - asked before
        height, width = len(self.matrix.rows), len(self.matrix.columns)
        n_line = (row == self.rowCount() - 1, column == self.columnCount() - 1)
        total = (row >= height or column >= width) and not (self._counts and any(n_line))
        return Target(
            row if row < height else None, column if column < width else None, total=total
        )

    def place(self, target: Target) -> tuple[int, int]:
        """Return the row and column at which a target stands."""
        assert self.matrix is not None  # noqa: S101 - asked before
        back = 1 + int(target.total and self._counts)
        row = target.row if target.row is not None else self.rowCount() - back
        column = target.column if target.column is not None else self.columnCount() - back
        return row, column

    def title(self, target: Target) -> str:
        """Return the names of a row and column with a cross, or for steps an arrow, between."""
        parts = self._names(target)
        steps = self._behind is not None and self._behind.steps is not None
        return (" \u2192 " if steps else " × ").join(parts) if parts else tr("Everything")

    def spoken(self, target: Target) -> str:
        """Return what a screen reader says of a cell."""
        assert self.matrix is not None  # noqa: S101 - asked before
        names = ", ".join(self._names(target)) or tr("Everything")
        if target.total:
            view = self._total(target)
            return f"{names}: {view.text}" + (f", {view.aside}" if view.aside else "")
        if target.row is None or target.column is None:
            return f"{names}: {words.count_words(self.count(target))}"
        value = self.matrix.cells[target.row][target.column]
        status = self.matrix.statuses[target.row][target.column] if self.matrix.statuses else None
        said = words.cell_words(value, self.matrix.spec.cells)
        share = self._percent(target)
        if share is not None and value is not None:
            said = f"{words.percent_text(share)}, {said}"
        return f"{names}: {said}" + (f", {self._status_said(target)}" if status else "")

    def _status_said(self, target: Target) -> str:
        """Return the status of a cell that has one, and who says it."""
        assert self.matrix is not None  # noqa: S101 - asked before
        assert target.row is not None  # noqa: S101 - a cell
        assert target.column is not None  # noqa: S101 - a cell
        status = self.matrix.statuses[target.row][target.column]
        origins = self.matrix.status_origins
        origin = origins[target.row][target.column] if origins else None
        said = words.status_word(status) if status else ""
        by = words.origin_word(origin) if origin else ""
        return f"{said} ({by})" if by else said

    def count(self, target: Target) -> MatrixCount:
        """Return the N of a row, a column or everything."""
        assert self.matrix is not None  # noqa: S101 - asked before
        if target.row is not None:
            return self.matrix.rows[target.row].n
        return self.matrix.total if target.column is None else self.matrix.columns[target.column].n

    def evidence(self, target: Target) -> list[CodingId]:
        """Return the codings behind a cell, a row, a column or everything, each once."""
        matrix = self.matrix
        if matrix is None:
            return []
        if self._behind is not None and self._behind.evidence is not None:
            return self._behind.evidence(target.row, target.column)
        rows = range(len(matrix.rows)) if target.row is None else (target.row,)
        columns = range(len(matrix.columns)) if target.column is None else (target.column,)
        found = (one for row in rows for column in columns for one in matrix.evidence[row][column])
        return list(dict.fromkeys(found))

    def steps(self, target: Target) -> Sequence[Step] | None:
        """Return the steps that a cell counts; None where it counts something else."""
        find = self._behind.steps if self._behind is not None else None
        if find is None or target.row is None or target.column is None:
            return None
        return find(target.row, target.column)

    def identity(self, target: Target) -> tuple[object, object]:
        """Return what names a row and a column when both may have moved."""
        matrix = self.matrix
        if matrix is None:
            return None, None
        return (
            None if target.row is None else _identities(matrix.rows)[target.row],
            None if target.column is None else _identities(matrix.columns)[target.column],
        )

    def find(self, identity: tuple[object, object]) -> Target | None:
        """Return where a row and a column stand now, None when one of them is gone."""
        matrix = self.matrix
        if matrix is None:
            return None
        places: list[int | None] = []
        for wanted, headings in zip(identity, (matrix.rows, matrix.columns), strict=True):
            known = _identities(headings)
            if wanted is not None and wanted not in known:
                return None
            places.append(None if wanted is None else known.index(wanted))
        return Target(places[0], places[1])

    def plain_text(self, row: int, column: int) -> str:
        """Return a cell as it is copied."""
        if self.matrix is None:
            return ""
        view = self._view(self.target(row, column))
        # Spaces inside a number keep a spreadsheet from reading it.
        return view.text if view.count else view.text.replace("\u00a0", "")

    # ------------------------------------------------------------------------------- details

    def _names(self, target: Target) -> list[str]:
        names = [] if target.row is None else [self._rows[target.row].full]
        return names if target.column is None else [*names, self._columns[target.column].full]

    def _n_words(self, orientation: Qt.Orientation, section: int) -> str:
        assert self.matrix is not None  # noqa: S101 - asked before
        columns = orientation == Qt.Orientation.Horizontal
        headings = self.matrix.columns if columns else self.matrix.rows
        return words.count_words(headings[section].n) if section < len(headings) else ""

    def _view(self, target: Target) -> CellView:
        assert self.matrix is not None  # noqa: S101 - asked before
        if target.total:
            return self._total(target)
        if target.row is None or target.column is None:
            out = self._n_left_out(target)
            n = self.count(target)
            return CellView(words.count_words(n, out), words.count_figures(n, out), count=True)
        return self._cell(target, target.row, target.column)

    def _cell(self, target: Target, row: int, column: int) -> CellView:
        assert self.matrix is not None  # noqa: S101 - asked before
        kind = self.matrix.spec.cells
        value = self.matrix.cells[row][column]
        text = words.cell_text(value, kind)
        status = self.matrix.statuses[row][column] if self.matrix.statuses else None
        if not value and status in ("asked-nothing-said", "not-asked"):
            # Not asked and nothing said are neither of them zero.
            return CellView(words.status_word(status), muted=True, written=kind == "summary")
        if kind in JUDGED_KINDS:
            return CellView(text, muted=not value, written=kind == "summary")
        if self.matrix.percentages is not None and value is not None:
            share = self._percent(target)
            shown = words.percent_text(share) if share is not None else ""
            return CellView(shown, muted=not value, aside=text)
        if kind != "quotes":
            return CellView(text, muted=not value, blank=value is None)
        ids = self.matrix.evidence[row][column]
        if not ids:
            return CellView(text, muted=True, blank=value is None)
        read = ids[:QUOTES_READ]
        unknown = [one for one in read if one not in self._quotes]
        if unknown:
            self._wanted |= dict.fromkeys(unknown)
            self._timer.start()
        quotes = _different([self._quotes[one] for one in read if one in self._quotes])
        return CellView(text, quotes=quotes, more=len(ids) - len(quotes))

    def _percent(self, target: Target) -> float | None:
        """Return a cell or a total in percent, None where it is not shown so."""
        found = self.matrix.percentages if self.matrix is not None else None
        if found is None:
            return None
        if target.row is not None and target.column is not None:
            return found.cells[target.row][target.column]
        if target.row is not None:
            return found.rows[target.row]
        return found.all if target.column is None else found.columns[target.column]

    def _total(self, target: Target) -> CellView:
        assert self.matrix is not None  # noqa: S101 - asked before
        totals, kind = self.matrix.totals, self.matrix.spec.cells
        assert totals is not None  # noqa: S101 - there is a line of them
        value = totals.all
        if target.row is not None:
            value = totals.rows[target.row]
        elif target.column is not None:
            value = totals.columns[target.column]
        text = words.cell_text(value, "segments" if kind == "presence" else kind)
        if self.matrix.percentages is None or value is None:
            return CellView(text, muted=True, blank=value is None)
        share = self._percent(target)
        return CellView(
            words.percent_text(share) if share is not None else "", muted=True, aside=text
        )

    def _n_left_out(self, target: Target) -> frozenset[str]:
        if target.row is not None:
            return self._row_left_out
        return self._column_left_out if target.column is not None else frozenset()


def _different(texts: list[str]) -> tuple[str, ...]:
    """Return the first quotes that are not parts of one another, as they are shown."""
    shown: list[str] = []
    for text in texts:
        if len(shown) < QUOTES_SHOWN and not any(text in one or one in text for one in shown):
            shown.append(text)
    return tuple(f"«{_short(one)}»" for one in shown)


def _short(text: str) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else flat[:_LONGEST].rsplit(" ", 1)[0] + " …"


def _identities(headings: tuple[MatrixHeading, ...]) -> list[object]:
    """Return what names each heading: its GUID or its names, told apart where they recur."""
    seen: dict[object, int] = {}
    found: list[object] = []
    for one in headings:
        name: object = one.guid or (one.missing, one.names)
        number = seen.get(name, 0)
        seen[name] = number + 1
        found.append((name, number))
    return found


def _shape(matrix: Matrix) -> tuple[object, ...]:
    spec = matrix.spec
    return (
        spec.rows, spec.columns, spec.cells, spec.shows_totals, matrix.totals is not None,
        _identities(matrix.rows), _identities(matrix.columns),
    )  # fmt: skip
