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
from qda.gui.job_runner import Job, JobRunner
from qda.gui.language import say, tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace, PaneHeader
from qda.gui.widgets.progress import show_progress
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
        self._job: Job | None = None
        self._number = 0
        self._made_out = False
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

    @property
    def working(self) -> bool:
        """Tell whether the sheet is being read or tried."""
        return self._job is not None

    def _start(
        self,
        work: Callable[[Progress], object],
        on_done: Callable[..., None],
        *,
        settled: bool = False,
    ) -> None:
        """Work in a worker; it overtakes what was under way, and ends with the dialog.

        The button stays as it is where everything but a choice is `settled`.
        """
        self._give_up()
        if not settled:
            self.import_button.setEnabled(False)
        self._bar.setRange(0, 0 if not self._theme.reduced_motion else 1)
        self._bar.setVisible(True)
        number = self._number = self._number + 1

        def done(outcome: object) -> None:
            if number == self._number:
                self._job = None
                on_done(outcome)

        def ended() -> None:
            if number == self._number:
                self._job = None
                self._bar.setVisible(False)
                self.trouble.set_texts(tr("Reading was stopped."))

        self._job = self._jobs.start(tr("Reading the sheet"), work, done, ended)

    def _give_up(self) -> None:
        """Leave off what is under way; nobody hears of it any more."""
        job, self._job = self._job, None
        self._number += 1
        if job is not None:
            self._jobs.give_up(job)

    def _on_jobs_progressed(self, done: int, total: int, message: object) -> None:
        del message
        if self._open and self._bar.isVisible() and total > 0:
            show_progress(self._bar, done, total)

    def _show_found(self) -> None:
        """Show the tables and the choices."""
        self._made_out = True
        self._bar.setVisible(False)
        self._pages.setCurrentIndex(1)

    def _show_trouble(self, error: UserError) -> None:
        self._made_out = False
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

    def _on_finished(self) -> None:
        self._open = False
        self._give_up()
