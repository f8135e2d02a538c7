"""A sheet that is tried against the project before it is taken in: what comes, what is left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QRadioButton, QVBoxLayout, QWidget

from qda.gui.cases.sheet_dialog import SheetDialog
from qda.gui.cases.values_model import SHOWN
from qda.gui.language import say, tr, tr_n
from qda.gui.widgets.labels import SmallCaps
from qda.gui.widgets.trouble import Trouble
from qda.jobs.progress import Progress
from qda.model.errors import UserError

if TYPE_CHECKING:
    from qda.gui.job_runner import JobRunner
    from qda.gui.theme import Theme
    from qda.model.import_report import ReportBuilder
    from qda.operations.case_matching import Unknown
    from qda.store.project_file import ProjectFile


@dataclass(frozen=True, slots=True)
class Trial:
    """How a sheet is read and tried, all of it in a worker.

    `read` makes out what the sheet holds; `report` begins the report on that; `preview` says how
    much of it an import would take, tells the report the rest, and changes nothing.
    """

    read: Callable[[Progress], Any]
    report: Callable[[Any], ReportBuilder]
    preview: Callable[[ProjectFile, Any, ReportBuilder, Unknown, Progress], int]


@dataclass(frozen=True, slots=True)
class Tried:
    """What a sheet holds, what of it an import would take, and what hinders that."""

    found: Any
    report: ReportBuilder
    count: int = 0
    hindrance: UserError | None = None


class TriedSheetDialog(SheetDialog):
    """Choices at the right; whenever one changes, the sheet is tried again in a worker."""

    def __init__(
        self,
        theme: Theme,
        jobs: JobRunner,
        path: Path,
        words: tuple[str, str, str],
        project: ProjectFile,
        parent: QWidget | None = None,
    ) -> None:
        """Build the dialog; `project` is what the sheet is tried against."""
        super().__init__(theme, jobs, path, words, parent)
        self._project = project
        self.tried: Tried | None = None
        self._wanted = False
        self.side = QFrame(self)
        self.side.setProperty("kind", "pane")
        self.counts, self.doubt = self._label(), Trouble(theme, self.side)
        self.add = QRadioButton(tr("&Make the offices that are missing"), self.side)
        self.leave = QRadioButton(tr("&Leave rows of unknown offices out"), self.side)
        self.leave.setChecked(True)
        self._column = QVBoxLayout(self.side)
        side = theme.px(16)
        self._column.setContentsMargins(side, theme.px(12), side, side)
        self._column.setSpacing(theme.px(8))
        self._column.addWidget(SmallCaps(theme, tr("The sheet"), self.side))
        self._column.addWidget(self.counts)

    def _label(self, kind: str = "") -> QLabel:
        label = QLabel(self.side)
        label.setProperty("kind", kind)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def _lay_out_rest(self, parent: QWidget | None, *below: QWidget) -> None:
        """Put what every sheet has below the choices of this one, and `below` at the end."""
        space = self._theme.px(10)
        self._column.addWidget(self.doubt)
        self._column.addSpacing(space)
        self._column.addWidget(SmallCaps(self._theme, tr("Unknown offices"), self.side))
        self._column.addWidget(self.add)
        self._column.addWidget(self.leave)
        self._column.addSpacing(space)
        for widget in below:
            self._column.addWidget(widget)
        self._column.addStretch(1)
        self._lay_out(self.side, parent)

    def for_unknown(self) -> Unknown:
        """Return what becomes of offices that are not in the project."""
        return "add" if self.add.isChecked() else "leave out"

    # --------------------------------------------------------------------------------- trying

    def try_sheet(self, trial: Trial, show: Callable[[Tried], None], *, anew: bool) -> None:
        """Try the sheet in a worker; a newer choice overtakes an older one.

        It is read again where that is wished `anew`, or was not done yet. `show` gets what came of
        it, on the main thread.
        """
        known = None if anew or self.tried is None else self.tried
        project, unknown = self._project, self.for_unknown()

        def work(progress: Progress) -> Tried | UserError:
            try:
                found = trial.read(progress) if known is None else known.found
            except UserError as error:
                return error
            return _tried(trial, project, found, unknown, progress)

        def done(outcome: Tried | UserError) -> None:
            self._on_tried(outcome, show)

        self._start(work, done, settled=self.tried is not None)

    def _on_tried(self, outcome: Tried | UserError, show: Callable[[Tried], None]) -> None:
        first, wanted = self.tried is None, self._wanted
        self._wanted = False
        if isinstance(outcome, UserError):
            if first:
                self._show_trouble(outcome)
            else:
                # Another choice may fit again: the choices stay at hand.
                self._bar.setVisible(False)
                self.import_button.setEnabled(False)
                self.doubt.say(say(outcome.message))
            return
        self.tried = outcome
        self._show_found()
        self.doubt.say("" if outcome.hindrance is None else say(outcome.hindrance.message))
        left = list(outcome.report.of_kind("left out"))
        self._show_left(
            (tr("What"), tr("Why")), [(say(one.what), say(one.why)) for one in left[:SHOWN]]
        )
        self.left_header.set_right(str(len(left)))
        self.header.set_right(tr_n("{n} comes in", "{n} come in", outcome.count))
        show(outcome)
        for table in (self.table, self.left_table):
            self._fit_columns(table)
        self.import_button.setEnabled(outcome.count > 0)
        if first:
            self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if wanted:
            self.import_button.click()

    def take(self) -> Tried | None:
        """Close and return what is to be imported; None while it is tried once more.

        A click that comes with the last choice counts once that choice was tried.
        """
        if self.working:
            self._wanted = True
            return None
        if self.tried is not None:
            self.accept()
        return self.tried


def _tried(
    trial: Trial, project: ProjectFile, found: object, unknown: Unknown, progress: Progress
) -> Tried:
    """Try what was read on a connection of its own, since this is no thread of the window."""
    report = trial.report(found)
    try:
        with project.opened_again() as again:
            count = trial.preview(again, found, report, unknown, progress)
    except UserError as error:
        # A name that is taken, say, is mended beside it.
        return Tried(found, report, hindrance=error)
    return Tried(found, report, count)
