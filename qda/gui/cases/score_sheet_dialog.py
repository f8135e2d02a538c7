"""A sheet of scored case files before it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFormLayout,
    QFrame,
    QLabel,
    QLineEdit,
    QRadioButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from qda.gui.cases.sheet_dialog import SheetDialog
from qda.gui.cases.values_model import SHOWN
from qda.gui.language import say, tr, tr_n
from qda.gui.widgets.labels import SmallCaps
from qda.gui.widgets.trouble import Trouble
from qda.jobs.progress import Progress
from qda.model.errors import UserError
from qda.operations.score_sheets import ScoredSheet, read_scores, report_on
from qda.operations.scores import preview_scores

if TYPE_CHECKING:
    from qda.gui.job_runner import JobRunner
    from qda.gui.theme import Theme
    from qda.operations.case_matching import Unknown
    from qda.store.project_file import ProjectFile


class ScoreSheetDialog(SheetDialog):
    """Show what would come in; `import_wanted` says that it may."""

    import_wanted = Signal(object, str, object, str)
    """The user wants the scores.

    Parameters: the `ScoredSheet`; the name of the sheet; the scale as low and high; what becomes
    of unknown offices, an `Unknown`.
    """

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        path: Path,
        project: ProjectFile,
        rater: str,
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; `rater` scored where the sheet does not say who."""
        super().__init__(
            theme, jobs, path,
            (tr("Import a score sheet"), tr("The scores as they are read"),
             tr("Cells that are left out")),
            parent,
        )  # fmt: skip
        self._project = project
        self._found: ScoredSheet | None = None
        self.side = QFrame(self)
        self.side.setProperty("kind", "pane")
        self.name = QLineEdit(" ".join(path.stem.replace("_", " ").split()), self.side)
        self.low, self.high = QSpinBox(self.side), QSpinBox(self.side)
        for box, value in ((self.low, 0), (self.high, 2)):
            box.setRange(-999, 999)
            box.setValue(value)
        self.rater = QLineEdit(rater, self.side)
        self.counts, self.doubt = QLabel(self.side), Trouble(theme, self.side)
        self.counts.setWordWrap(True)
        self.add = QRadioButton(tr("&Make the offices that are missing"), self.side)
        self.leave = QRadioButton(tr("&Leave rows of unknown offices out"), self.side)
        self.leave.setChecked(True)
        self._lay_out_side()
        self._lay_out(self.side, parent)
        self.add.toggled.connect(self._show)
        self.name.editingFinished.connect(self._show)
        self.low.editingFinished.connect(self.read)
        self.high.editingFinished.connect(self.read)
        self.rater.editingFinished.connect(self._on_rater_editing_finished)

    def _lay_out_side(self) -> None:
        theme = self._theme
        layout = QVBoxLayout(self.side)
        side = theme.px(16)
        layout.setContentsMargins(side, theme.px(12), side, side)
        layout.setSpacing(theme.px(8))
        layout.addWidget(SmallCaps(theme, tr("The sheet"), self.side))
        layout.addWidget(self.counts)
        form = QFormLayout()
        form.setSpacing(theme.px(8))
        form.addRow(tr("&Name"), self.name)
        form.addRow(tr("Scale &from"), self.low)
        form.addRow(tr("Scale &to"), self.high)
        form.addRow(tr("&Scored by"), self.rater)
        layout.addLayout(form)
        layout.addWidget(self.doubt)
        layout.addSpacing(theme.px(10))
        layout.addWidget(SmallCaps(theme, tr("Unknown offices"), self.side))
        layout.addWidget(self.add)
        layout.addWidget(self.leave)
        layout.addStretch(1)

    def scale(self) -> tuple[int, int]:
        """Return the lowest and the highest score."""
        return self.low.value(), self.high.value()

    def read(self) -> None:
        """Read the sheet in a worker and show what comes of it."""
        path, scale, rater = self._path, self.scale(), self.rater.text().strip()

        def work(progress: Progress) -> ScoredSheet | UserError:
            try:
                return read_scores(path, scale, rater=rater, progress=progress)
            except UserError as error:
                return error

        self._start(work, self._on_read)

    def _on_read(self, found: ScoredSheet | UserError) -> None:
        if not self._open:
            return
        first = self._found is None
        if isinstance(found, UserError):
            if first:
                self._show_trouble(found)
            else:
                # Another scale may fit again: the choices stay at hand.
                self._bar.setVisible(False)
                self.import_button.setEnabled(False)
                self.doubt.say(say(found.message))
            return
        self._found = found
        self._bar.setVisible(False)
        self._pages.setCurrentIndex(1)
        self._show()
        if first:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self) -> None:
        """Show what an import would take and leave out now."""
        found = self._found
        if found is None:
            return
        report, why = report_on(found), ""
        try:
            count = preview_scores(
                self._project, name=self.name.text(), scale=self.scale(), rows=found.rows,
                report=report, unknown=self.for_unknown(),
            )  # fmt: skip
        except UserError as error:
            count, why = 0, say(error.message)
        self.doubt.say(why)
        self.rows.set_rows(
            (tr("Office"), tr("File"), tr("Rater"), tr("Indicator"), tr("Score")),
            [(one.case, one.file, one.rater, one.item, one.value) for one in found.rows[:SHOWN]],
        )
        left = list(report.of_kind("left out"))
        self._show_left(
            (tr("What"), tr("Why")), [(say(one.what), say(one.why)) for one in left[:SHOWN]]
        )
        self.left_header.set_right(str(len(left)))
        self.counts.setText(
            tr("{scores}, {indicators}: {names}.",
               scores=tr_n("{n} score", "{n} scores", len(found.rows)),
               indicators=tr_n("{n} indicator", "{n} indicators", len(found.items)),
               names=", ".join(found.items))
        )  # fmt: skip
        self.header.set_right(tr_n("{n} comes in", "{n} come in", count))
        for table in (self.table, self.left_table):
            self._fit_columns(table)
        self._name_import(tr_n("&Import {n} score", "&Import {n} scores", count))
        self.import_button.setEnabled(count > 0)

    def for_unknown(self) -> Unknown:
        """Return what becomes of offices that are not in the project."""
        return "add" if self.add.isChecked() else "leave out"

    def _on_rater_editing_finished(self) -> None:
        if self.rater.isModified():
            self.rater.setModified(False)
            self.read()

    def _forget(self) -> None:
        self._found = None

    def _has_found(self) -> bool:
        return self._found is not None

    def _on_import_clicked(self) -> None:
        if self._found is not None:
            found, name, scale = self._found, self.name.text(), self.scale()
            unknown = self.for_unknown()
            self.accept()
            self.import_wanted.emit(found, name, scale, unknown)
