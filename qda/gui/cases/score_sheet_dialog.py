"""A sheet of scored case files before it is taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QSpinBox, QWidget

from qda.gui.cases.tried_sheet_dialog import Trial, Tried, TriedSheetDialog
from qda.gui.cases.values_model import SHOWN
from qda.gui.language import tr, tr_n
from qda.jobs.progress import Progress
from qda.operations.score_sheets import ScoredSheet, read_scores, report_on
from qda.operations.scores import preview_scores

if TYPE_CHECKING:
    from qda.gui.job_runner import JobRunner
    from qda.gui.theme import Theme
    from qda.model.import_report import ReportBuilder
    from qda.operations.case_matching import Unknown
    from qda.store.project_file import ProjectFile


class ScoreSheetDialog(TriedSheetDialog):
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
            project, parent,
        )  # fmt: skip
        self.name = QLineEdit(" ".join(path.stem.replace("_", " ").split()), self.side)
        self.low, self.high = QSpinBox(self.side), QSpinBox(self.side)
        for box, value in ((self.low, 0), (self.high, 2)):
            box.setRange(-999, 999)
            box.setValue(value)
        self.rater = QLineEdit(rater, self.side)
        form = QFormLayout()
        form.setSpacing(theme.px(8))
        form.addRow(tr("&Name"), self.name)
        form.addRow(tr("Scale &from"), self.low)
        form.addRow(tr("Scale &to"), self.high)
        form.addRow(tr("&Scored by"), self.rater)
        self._column.addLayout(form)
        self._lay_out_rest(parent)
        self._asked = self._fields()
        self._connect()

    def _connect(self) -> None:
        self.add.toggled.connect(self._on_choice_changed)
        for field in (self.name, self.low, self.high, self.rater):
            field.editingFinished.connect(self._on_field_editing_finished)
        self.import_button.clicked.connect(self._on_import_clicked)

    def _fields(self) -> tuple[str, tuple[int, int], str]:
        return self.name.text(), self.scale(), self.rater.text()

    def scale(self) -> tuple[int, int]:
        """Return the lowest and the highest score."""
        return self.low.value(), self.high.value()

    def read(self, *, anew: bool = True) -> None:
        """Read the sheet in a worker and show what comes of it."""
        path, scale, rater = self._path, self.scale(), self.rater.text().strip()
        name, self._asked = self.name.text(), self._fields()

        def reader(progress: Progress) -> ScoredSheet:
            return read_scores(path, scale, rater=rater, progress=progress)

        def preview(
            project: ProjectFile,
            found: ScoredSheet,
            report: ReportBuilder,
            unknown: Unknown,
            progress: Progress,
        ) -> int:
            return preview_scores(
                project, name=name, scale=scale, rows=found.rows, report=report, unknown=unknown,
                progress=progress,
            )  # fmt: skip

        self.try_sheet(Trial(reader, report_on, preview), self._show, anew=anew)

    def _show(self, tried: Tried) -> None:
        """Show what an import would take and leave out now."""
        found: ScoredSheet = tried.found
        self.rows.set_rows(
            (tr("Office"), tr("File"), tr("Rater"), tr("Indicator"), tr("Score")),
            [(one.case, one.file, one.rater, one.item, one.value) for one in found.rows[:SHOWN]],
        )
        self.counts.setText(
            tr("{scores}, {indicators}: {names}.",
               scores=tr_n("{n} score", "{n} scores", len(found.rows)),
               indicators=tr_n("{n} indicator", "{n} indicators", len(found.items)),
               names=", ".join(found.items))
        )  # fmt: skip
        self._name_import(tr_n("&Import {n} score", "&Import {n} scores", tried.count))

    def _on_choice_changed(self) -> None:
        self.read(anew=False)

    def _on_field_editing_finished(self) -> None:
        # Leaving a field tells this too, whether or not anything else stands in it.
        before, now = self._asked, self._fields()
        if now != before:
            self.read(anew=now[1:] != before[1:])

    def _on_import_clicked(self) -> None:
        name, scale, unknown = self.name.text(), self.scale(), self.for_unknown()
        tried = self.take()
        if tried is not None:
            self.import_wanted.emit(tried.found, name, scale, unknown)
