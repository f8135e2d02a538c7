"""The lines of a concordance for a table: read a page at a time, whatever their number."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from qda.gui.language import tr
from qda.gui.widgets.roles import ID_ROLE
from qda.model.ids import CodeId

if TYPE_CHECKING:
    from qda.app.concordance import Concordance, Line

Index = QModelIndex | QPersistentModelIndex
SOURCE, OFFICE, BEFORE, HIT, AFTER, CODES = range(6)
COLUMNS = 6
SHOWN_ROLE, TURN_ROLE = ID_ROLE + 50, ID_ROLE + 51
"""What a cell paints, without the number of the turn, and that number."""
PAGE = 40
WIDTH = 110
"""Characters of context on either side: as many as a wide window has room for."""
KEPT = 50
"""Pages that are kept: one scrolls to and fro."""


class LinesModel(QAbstractTableModel):
    """One row a hit."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin without lines."""
        super().__init__(parent)
        self.lines: Concordance | None = None
        self._names: Mapping[CodeId, str] = {}
        self._pages: dict[int, list[Line]] = {}

    def set_lines(self, lines: Concordance | None, names: Mapping[CodeId, str]) -> None:
        """Show other lines, or the same in another order; `names` are those of the codes."""
        self.beginResetModel()
        self.lines, self._names = lines, names
        self._pages.clear()
        self.endResetModel()

    def read_again(self, names: Mapping[CodeId, str]) -> None:
        """Show what the lines are coded as now."""
        self._names = names
        self._pages.clear()
        if self.rowCount():
            self.dataChanged.emit(
                self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1)
            )

    def line(self, row: int) -> Line | None:
        """Return the line at a row, None where there is none."""
        if self.lines is None or not 0 <= row < len(self.lines):
            return None
        page = row // PAGE
        if page not in self._pages:
            if len(self._pages) >= KEPT:
                del self._pages[next(iter(self._pages))]
            self._pages[page] = self.lines.lines(page * PAGE, PAGE, WIDTH)
        return self._pages[page][row % PAGE]

    def codes_text(self, line: Line) -> str:
        """Return the names of the codes that a line has."""
        return ", ".join(self._names[one] for one in line.codes if one in self._names)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many lines there are."""
        if self.lines is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.lines)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else COLUMNS

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the headings of the columns."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (
            tr("Source"), tr("Office"), tr("Before"), tr("Hit"), tr("After"), tr("Coded as"),
        )[section]  # fmt: skip

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return what a cell shows or a screen reader says."""
        line = self.line(index.row())
        if line is None:
            return None
        column = index.column()
        if role == TURN_ROLE:
            return line.hit.turn
        if role == SHOWN_ROLE:
            return line.hit.document_name if column == SOURCE else self.text(line, column)
        if role == Qt.ItemDataRole.AccessibleTextRole and column in (HIT, CODES):
            return self.spoken(line) if column == HIT else self.codes_text(line) or tr("not coded")
        if role == Qt.ItemDataRole.ToolTipRole and column not in (SOURCE, CODES):
            return None
        shown = (
            Qt.ItemDataRole.DisplayRole,
            Qt.ItemDataRole.ToolTipRole,
            Qt.ItemDataRole.AccessibleTextRole,
        )
        return self.text(line, column) if role in shown else None

    def text(self, line: Line, column: int) -> str:
        """Return what a cell says."""
        hit = line.hit
        if column == SOURCE:
            if hit.turn is None:
                return hit.document_name
            return tr("{source}, turn {n}", source=hit.document_name, n=hit.turn)
        if column == OFFICE:
            return ", ".join(hit.cases)
        if column == CODES:
            return self.codes_text(line)
        return {BEFORE: _one_line(hit.left), HIT: _one_line(hit.match)}.get(
            column, _one_line(hit.right)
        )

    def spoken(self, line: Line) -> str:
        """Return a line as a sentence."""
        said = _one_line(f"{line.hit.left}{line.hit.match}{line.hit.right}")
        return f"{self.text(line, SOURCE)}: {said}"


def _one_line(text: str) -> str:
    spaced = " ".join(text.split())
    # What stands at an edge tells whether the hit is a word of its own.
    return f"{' ' if text[:1].isspace() else ''}{spaced}{' ' if text[-1:].isspace() else ''}"
