"""A sheet of monthly values before it is taken in: how it is read, and what is left out."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from qda.formats.sheets import Sheet, read_sheet
from qda.gui.cases.sheet_dialog import SheetDialog
from qda.gui.cases.values_model import SHOWN, month_words
from qda.gui.cases.values_options import ValuesOptions
from qda.gui.job_runner import JobRunner
from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.theme import Theme
from qda.jobs.progress import Progress
from qda.model.errors import UserError
from qda.operations.value_sheets import TROUBLE_WORDS, ValueOptions, ValueSheet, make_out

Read = tuple[Sheet, ValueSheet | UserError] | UserError


class ValuesDialog(SheetDialog):
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
        super().__init__(
            theme, jobs, path,
            (tr("Import monthly values"), tr("The first values as they are read"),
             tr("Cells that are left out")),
            parent,
        )  # fmt: skip
        self._known = known
        self._sheet: Sheet | None = None
        self._found: ValueSheet | None = None
        self.options = ValuesOptions(theme, self)
        self._lay_out(self.options, parent)
        self.cancel_button.setFocus()
        self.options.options_changed.connect(self._on_options_changed)
        self.import_button.clicked.connect(self._on_import_clicked)

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

    def _on_read(self, read: Read) -> None:
        if isinstance(read, UserError):
            self._show_trouble(read)
            return
        self._sheet, found = read
        self.options.set_columns(self._sheet.columns)
        self._show(found)
        (self.table if self.table.isVisible() else self.cancel_button).setFocus()

    def _on_options_changed(self) -> None:
        sheet, name, options = self._sheet, self._path.name, self.options.options()
        if sheet is None:
            return

        def work(progress: Progress) -> ValueSheet | UserError:
            return _made_out(sheet, name, options, progress)

        self._start(work, self._show)

    # ------------------------------------------------------------------------------- showing

    def _show(self, found: ValueSheet | UserError) -> None:
        if isinstance(found, UserError):
            self._show_trouble(found)
            return
        self._found = found
        self._show_found()
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
        self._show_left(
            (tr("Row"), tr("Column"), tr("Cell"), tr("Why")),
            [
                (str(one.row), one.column, one.cell, say(TROUBLE_WORDS[one.trouble]))
                for one in left[:SHOWN]
            ],
        )
        self.left_header.set_right(current_catalogue().format_number(len(left)))
        self.header.set_right(tr_n("{n} value", "{n} values", len(found.values)))
        for table in (self.table, self.left_table):
            self._fit_columns(table)
        self._name_import(tr_n("&Import {n} value", "&Import {n} values", len(found.values)))
        self.import_button.setEnabled(True)
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_import_clicked(self) -> None:
        if self._found is not None and self._made_out:
            found, unknown = self._found, self.options.for_unknown()
            self.accept()
            self.import_wanted.emit(found, unknown)

    def _on_finished(self) -> None:
        super()._on_finished()
        self._sheet = None


def _made_out(
    sheet: Sheet, name: str, options: ValueOptions, progress: Progress
) -> ValueSheet | UserError:
    try:
        return make_out(sheet, name, options, progress)
    except UserError as error:
        return error
