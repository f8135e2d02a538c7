"""The table of offices on screen."""

from collections.abc import Iterable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView, QWidget

from qda.gui import fonts
from qda.gui.cases.case_model import FIRST, NAME, CaseModel, Index, Write
from qda.gui.cases.cell_delegate import CellDelegate
from qda.gui.cases.rows import BandColumn, CaseRows
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.model.entities import Case, Variable
from qda.model.ids import CaseId


class CaseTable(QTableView):
    """Show a `CaseModel`, one row for each office."""

    case_chosen = Signal(object)
    """Another office is at hand.

    Parameters: its CaseId, None when there is none.
    """
    cell_menu_wanted = Signal(QPoint)
    """The user asks what can be done with the cell at hand.

    Parameters: the place in global coordinates.
    """
    column_menu_wanted = Signal(QPoint)
    """The user asks what can be done with the variable of the column at hand.

    Parameters: the place in global coordinates.
    """

    def __init__(self, theme: Theme, write: Write, parent: QWidget | None = None) -> None:
        """Make an empty table; `write` keeps what is written in a cell."""
        super().__init__(parent)
        self._theme = theme
        self._model = CaseModel(write, self)
        self.cells = CellDelegate(theme, self, strong=NAME)
        self._case: CaseId | None = None
        self._loading = False
        self._widths: dict[object, int] = {}
        self.setModel(self._model)
        self.setItemDelegate(self.cells)
        self.setAccessibleName(tr("Offices and their variables"))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.verticalHeader().setVisible(False)
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setSortIndicatorClearable(True)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setSortingEnabled(True)
        self.set_theme(theme)
        self.customContextMenuRequested.connect(self._on_context_menu_requested)
        header.customContextMenuRequested.connect(self._on_header_context_menu_requested)

    def case_model(self) -> CaseModel:
        """Return the model."""
        return self._model

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.cells.set_theme(theme)
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        self.horizontalHeader().setMinimumSectionSize(theme.px(56))
        self.fit_columns()

    # ------------------------------------------------------------------------------ content

    def load(self, rows: CaseRows, wanted: CaseId | None = None) -> None:
        """Show other content; `wanted` or the office at hand stays at hand, else the first."""
        columns = _columns(self._model.everything())
        for at, key in enumerate(columns, FIRST):
            self._widths[key] = self.columnWidth(at)
        column = max(self.currentIndex().column(), NAME)
        case = wanted if wanted is not None else self._case
        place = self.verticalScrollBar().value()
        self._loading = True
        self._model.set_rows(rows)
        if columns != _columns(rows):
            self._place_columns(_columns(rows))
        self._loading = False
        self.verticalScrollBar().setValue(place)
        if self.current_case() is None or (case is not None and case != self._current_id()):
            row = self._model.row_of(case) if case is not None else 0
            at = self._model.index(max(row, 0), min(column, self._model.columnCount() - 1))
            self.setCurrentIndex(at)
        self._tell()

    def narrow(self, text: str) -> None:
        """Show only the offices whose name or pseudonym holds `text`."""
        case = self._case
        self._loading = True
        self._model.set_filter(text)
        self._loading = False
        row = max(self._model.row_of(case), 0) if case is not None else 0
        self.setCurrentIndex(self._model.index(row, NAME))
        self._tell()

    def current_case(self) -> Case | None:
        """Return the office at hand."""
        index = self.currentIndex()
        return self._model.case_at(index) if index.isValid() else None

    def current_variable(self) -> Variable | None:
        """Return the variable of the cell at hand, None in the first two columns."""
        return self._model.variable_at(self.currentIndex().column())

    def current_bands(self) -> BandColumn | None:
        """Return the bands of the cell at hand, None in the other columns."""
        return self._model.band_at(self.currentIndex().column())

    def choose(self, case: CaseId, column: int | None = None) -> bool:
        """Take an office at hand; tell whether it is shown."""
        row = self._model.row_of(case)
        if row < 0:
            return False
        now = max(self.currentIndex().column(), NAME)
        index = self._model.index(row, now if column is None else column)
        self.setCurrentIndex(index)
        self.scrollTo(index)
        return True

    def write_name(self) -> None:
        """Let the user write the name of the office at hand."""
        index = self.currentIndex().siblingAtColumn(NAME)
        if index.isValid():
            self.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.setCurrentIndex(index)
            self.edit(index)

    def write_cell(self) -> None:
        """Let the user write in the cell at hand."""
        index = self.currentIndex()
        if self.is_writing():
            return
        if index.isValid() and index.flags() & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def is_writing(self) -> bool:
        """Tell whether a cell is open."""
        return self.state() == QAbstractItemView.State.EditingState

    def fit_columns(self) -> None:
        """Make every column as wide as its heading and the first rows need."""
        self._widths.clear()
        self._fit(range(self._model.columnCount()))

    def _place_columns(self, keys: list[object]) -> None:
        """Give columns that were there before, now or once, their widths; fit the others."""
        for at, key in enumerate(keys, FIRST):
            if key in self._widths:
                self.setColumnWidth(at, self._widths[key])
        new = [at for at, key in enumerate(keys, FIRST) if key not in self._widths]
        self._fit([*range(FIRST), *new])

    def _fit(self, columns: Iterable[int]) -> None:
        theme, model = self._theme, self._model
        font = fonts.interface_font(theme.scale, bold=True)
        for column in columns:
            heading = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
            width = fonts.width_of(heading, font) + theme.px(36)
            for row in range(min(model.rowCount(), 60)):
                text = str(model.index(row, column).data() or "")
                width = max(width, fonts.width_of(text, font) + theme.px(20))
            least = theme.px(180 if column == NAME else 110 if column < FIRST else 72)
            self.setColumnWidth(column, min(max(width, least), theme.px(320)))

    # ------------------------------------------------------------------------------ Qt's side

    def currentChanged(self, current: Index, previous: Index) -> None:  # noqa: N802 - Qt's name
        """Tell which office is at hand, and repaint its row."""
        super().currentChanged(current, previous)
        for index in (current, previous):
            if index.isValid():
                self.viewport().update(
                    0, self.rowViewportPosition(index.row()), self.viewport().width(),
                    self.rowHeight(index.row()),
                )  # fmt: skip
        if not self._loading:
            self._tell()

    def _current_id(self) -> CaseId | None:
        case = self.current_case()
        return case.id if case is not None else None

    def _tell(self) -> None:
        case = self._current_id()
        if case != self._case:
            self._case = case
            self.case_chosen.emit(case)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Write in a cell with Enter; the Enter that ends the writing comes here too."""
        if self.is_writing():
            event.accept()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.write_cell()
        else:
            super().keyPressEvent(event)

    def _on_context_menu_requested(self, place: QPoint) -> None:
        self.cell_menu_wanted.emit(self.viewport().mapToGlobal(place))

    def _on_header_context_menu_requested(self, place: QPoint) -> None:
        header = self.horizontalHeader()
        column = header.logicalIndexAt(place)
        row = max(self.currentIndex().row(), 0)
        if column >= 0:
            self.setCurrentIndex(self._model.index(row, column))
            self.column_menu_wanted.emit(header.mapToGlobal(place))


def _columns(rows: CaseRows) -> list[object]:
    """Return what tells the columns of one table from those of another."""
    known: list[object] = [one.id for one in rows.variables]
    return [*known, *(one.banding.guid for one in rows.bands)]
