"""What a sheet is shown in before it is taken in: what comes, what is left out, how it is read."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts
from qda.gui.cases.cell_delegate import CellDelegate
from qda.gui.cases.values_model import RowsModel
from qda.gui.job_runner import JobRunner
from qda.gui.language import say, tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace, PaneHeader
from qda.jobs.progress import Progress
from qda.model.errors import UserError


class SheetDialog(QDialog):
    """Two tables, a column of choices at the right, and reading in a worker."""

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        path: Path,
        words: tuple[str, str, str],
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; `words` are its title and what a screen reader calls both tables."""
        super().__init__(parent)
        self._theme = theme
        self._jobs = jobs
        self._path = path
        self._open = True
        title, first, second = words
        self.setWindowTitle(title)
        self.rows, self.left = RowsModel(self), RowsModel(self)
        self.table = self._table(self.rows, first)
        self.left_table = self._table(self.left, second)
        self.header = PaneHeader(theme, path.name, "", self)
        self.left_header = PaneHeader(theme, tr("Left out"), "", self)
        self.trouble = EmptyPlace(theme, "offices", tr("The sheet is being read."), parent=self)
        self._pages = QStackedWidget(self)
        self._footer = self._build_footer()
        self._name_import(tr("&Import"))
        self.cancel_button.clicked.connect(self.reject)
        self.import_button.clicked.connect(self._on_import_clicked)
        self.finished.connect(self._on_finished)
        jobs.progressed.connect(self._on_jobs_progressed)

    def _table(self, model: RowsModel, name: str) -> QTableView:
        table = QTableView(self)
        table.setModel(model)
        table.setItemDelegate(CellDelegate(self._theme, table))
        table.setAccessibleName(name)
        table.setFrameShape(QFrame.Shape.NoFrame)
        table.setShowGrid(False)
        table.setTabKeyNavigation(False)
        table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        table.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        table.verticalHeader().setVisible(False)
        table.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        table.verticalHeader().setDefaultSectionSize(self._theme.px(28))
        table.horizontalHeader().setHighlightSections(False)
        table.horizontalHeader().setStretchLastSection(True)
        return table

    def _build_footer(self) -> QFrame:
        theme = self._theme
        footer = QFrame(self)
        footer.setProperty("kind", "ground")
        self._bar = QProgressBar(footer)
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName(tr("Reading the sheet"))
        self._bar.setFixedWidth(theme.px(200))
        self.cancel_button = QPushButton(tr("Cancel"), footer)
        self.cancel_button.setAutoDefault(False)
        self.import_button = QPushButton(tr("&Import"), footer)
        self.import_button.setDefault(True)
        self.import_button.setEnabled(False)
        layout = QHBoxLayout(footer)
        side = theme.px(12)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(12))
        layout.addWidget(self._bar)
        layout.addStretch(1)
        layout.addWidget(self.cancel_button)
        layout.addWidget(self.import_button)
        return footer

    def _lay_out(self, options: QWidget, parent: QWidget | None) -> None:
        theme = self._theme
        paper = QFrame(self)
        paper.setProperty("kind", "paper")
        column = QVBoxLayout(paper)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.header)
        column.addWidget(self.table, 3)
        column.addWidget(self.left_header)
        column.addWidget(self.left_table, 2)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.setHandleWidth(1)
        split.addWidget(paper)
        split.addWidget(options)
        split.setStretchFactor(0, 1)
        self._pages.addWidget(self.trouble)
        self._pages.addWidget(split)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._pages, 1)
        layout.addWidget(self._footer)
        width, height = theme.px(980), theme.px(640)
        if parent is not None:
            room = parent.window().size()
            width, height = min(width, room.width() - 32), min(height, room.height() - 48)
        self.resize(width, height)
        side = width * 36 // 100
        split.setSizes([width - side, side])

    def _start(self, work: Callable[[Progress], object], on_done: Callable[..., None]) -> None:
        self.import_button.setEnabled(False)
        self._bar.setRange(0, 0 if not self._theme.reduced_motion else 1)
        self._bar.setVisible(True)
        self._jobs.start(tr("Reading the sheet"), work, on_done, self._on_ended)

    def _on_ended(self) -> None:
        if self._open:
            self._bar.setVisible(False)
            self.trouble.set_texts(tr("Reading was stopped."))

    def _on_jobs_progressed(self, done: int, total: int, message: object) -> None:
        del message
        if self._open and self._bar.isVisible() and total > 0:
            self._bar.setRange(0, total)
            self._bar.setValue(done)

    def _show_trouble(self, error: UserError) -> None:
        self._forget()
        self._bar.setVisible(False)
        self.import_button.setEnabled(False)
        self.trouble.set_texts(tr("This file cannot be imported"), say(error.message))
        self._pages.setCurrentWidget(self.trouble)

    def _fit_columns(self, table: QTableView) -> None:
        table.resizeColumnsToContents()
        for column in range(table.model().columnCount() - 1):
            wide = table.columnWidth(column) + self._theme.px(16)
            table.setColumnWidth(column, min(wide, self._theme.px(260)))

    def _name_import(self, text: str) -> None:
        # The style makes a default button bold, which Qt does not reckon with.
        font = fonts.interface_font(self._theme.scale, bold=True)
        self.import_button.setText(text)
        self.import_button.setMinimumWidth(fonts.width_of(text, font) + self._theme.px(32))

    def _show_left(self, headings: tuple[str, ...], rows: list[tuple[str, ...]]) -> None:
        """Show what is left out; nothing where nothing is."""
        self.left.set_rows(headings, rows)
        for widget in (self.left_header, self.left_table):
            widget.setVisible(bool(rows))

    def _forget(self) -> None:
        """Forget what was made out."""
        raise NotImplementedError

    def _has_found(self) -> bool:
        """Tell whether something was made out."""
        raise NotImplementedError

    def _on_import_clicked(self) -> None:
        raise NotImplementedError

    def _on_finished(self) -> None:
        self._open = False
        if not self._has_found() and self._bar.isVisible():
            self._jobs.cancel()
