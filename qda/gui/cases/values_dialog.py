"""A sheet of monthly values before it is taken in: how it is read, and what is left out."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt, Signal
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

from qda.formats.sheets import Sheet, read_sheet
from qda.gui import fonts
from qda.gui.cases.cell_delegate import CellDelegate
from qda.gui.cases.values_model import SHOWN, RowsModel, month_words
from qda.gui.cases.values_options import ValuesOptions
from qda.gui.job_runner import JobRunner
from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace, PaneHeader
from qda.jobs.progress import Progress
from qda.model.errors import UserError
from qda.operations.value_sheets import TROUBLE_WORDS, ValueOptions, ValueSheet, make_out

Read = tuple[Sheet, ValueSheet | UserError] | UserError


class ValuesDialog(QDialog):
    """Show how a sheet of monthly values is read; `import_wanted` says that it may come in."""

    import_wanted = Signal(object, str)
    """The user wants the values.

    Parameters: the `ValueSheet`; what becomes of unknown offices, an `Unknown`.
    """

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        path: Path,
        known: frozenset[str],
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; `known` are the names and pseudonyms of the project's offices."""
        super().__init__(parent)
        self._theme = theme
        self._jobs = jobs
        self._path = path
        self._known = known
        self._sheet: Sheet | None = None
        self._found: ValueSheet | None = None
        self._open = True
        self.setWindowTitle(tr("Import monthly values"))
        self.options = ValuesOptions(theme, self)
        self.rows, self.left = RowsModel(self), RowsModel(self)
        self.table = self._table(self.rows, tr("The first values as they are read"))
        self.left_table = self._table(self.left, tr("Cells that are left out"))
        self.header = PaneHeader(theme, path.name, "", self)
        self.left_header = PaneHeader(theme, tr("Left out"), "", self)
        self.trouble = EmptyPlace(theme, "offices", tr("The sheet is being read."), parent=self)
        self._pages = QStackedWidget(self)
        self._footer = self._build_footer()
        self._lay_out(parent)
        self.options.options_changed.connect(self._on_options_changed)
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

    def _lay_out(self, parent: QWidget | None) -> None:
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
        split.addWidget(self.options)
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

    # ------------------------------------------------------------------------------- reading

    def read(self) -> None:
        """Read the sheet in a worker and show what comes of it."""
        path = self._path

        def work(progress: Progress) -> Read:
            try:
                sheet = read_sheet(path, progress)
            except UserError as error:
                return error
            return sheet, _made_out(sheet, path.name, ValueOptions(), progress)

        self._start(work, self._on_read)

    def _start(self, work: Callable[[Progress], object], on_done: Callable[..., None]) -> None:
        self.import_button.setEnabled(False)
        self._bar.setRange(0, 0 if not self._theme.reduced_motion else 1)
        self._bar.setVisible(True)
        self._jobs.start(tr("Reading the sheet"), work, on_done, self._on_ended)

    def _on_read(self, read: Read) -> None:
        if not self._open:
            return
        if isinstance(read, UserError):
            self._show_trouble(read)
            return
        self._sheet, found = read
        self.options.set_columns(self._sheet.columns)
        self._show(found)

    def _on_options_changed(self) -> None:
        sheet, name, options = self._sheet, self._path.name, self.options.options()
        if sheet is None:
            return

        def work(progress: Progress) -> ValueSheet | UserError:
            return _made_out(sheet, name, options, progress)

        self._start(work, self._show)

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
        self._found = None
        self._bar.setVisible(False)
        self.import_button.setEnabled(False)
        self.trouble.set_texts(tr("This file cannot be imported"), say(error.message))
        self._pages.setCurrentWidget(self.trouble)

    # ------------------------------------------------------------------------------- showing

    def _show(self, found: ValueSheet | UserError) -> None:
        if not self._open:
            return
        if isinstance(found, UserError):
            self._show_trouble(found)
            return
        self._found = found
        self._bar.setVisible(False)
        self._pages.setCurrentIndex(1)
        unknown = [name for name in found.cases if name not in self._known]
        self.options.show_sheet(found, unknown)
        self.rows.set_rows(
            (tr("Office"), tr("Month"), tr("Indicator"), tr("Value")),
            [
                (one.case, month_words(one.period), one.variable, one.value)
                for one in found.values[:SHOWN]
            ],
        )
        left = (*found.misfits, *found.repeated)
        self.left.set_rows(
            (tr("Row"), tr("Column"), tr("Cell"), tr("Why")),
            [
                (str(one.row), one.column, one.cell, say(TROUBLE_WORDS[one.trouble]))
                for one in left[:SHOWN]
            ],
        )
        for widget in (self.left_header, self.left_table):
            widget.setVisible(bool(left))
        self.left_header.set_right(current_catalogue().format_number(len(left)))
        self.header.set_right(tr_n("{n} value", "{n} values", len(found.values)))
        for table in (self.table, self.left_table):
            self._fit_columns(table)
        self._name_import(tr_n("&Import {n} value", "&Import {n} values", len(found.values)))
        self.import_button.setEnabled(True)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

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

    def _on_import_clicked(self) -> None:
        if self._found is not None:
            found, unknown = self._found, self.options.for_unknown()
            self.accept()
            self.import_wanted.emit(found, unknown)

    def _on_finished(self) -> None:
        self._open = False
        if self._found is None and self._bar.isVisible():
            self._jobs.cancel()
        self._sheet = None


def _made_out(
    sheet: Sheet, name: str, options: ValueOptions, progress: Progress
) -> ValueSheet | UserError:
    try:
        return make_out(sheet, name, options, progress)
    except UserError as error:
        return error
