"""Projects of other programs opened as projects of this one, and the way out as REFI-QDA."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from qda.app import conversion, paths
from qda.app.session import Session
from qda.gui import alerts
from qda.gui.job_runner import JobRunner
from qda.gui.language import say, tr
from qda.gui.project_drop import PEER_ENDINGS
from qda.gui.theme import Theme
from qda.jobs.progress import Progress
from qda.model.errors import UserError
from qda.model.messages import Message
from qda.store.project_file import ENDING

if TYPE_CHECKING:
    from qda.formats.exchange.questions import OpenQuestions, ReadAnswers
    from qda.formats.exchange.report import ExchangeReport
    from qda.gui.main_window import MainWindow
    from qda.model.import_report import ImportReport

EXCHANGE = ".qdpx"


class PeerOpening(QObject):
    """Make a project of another program's: ask where it goes, convert it in a worker, ask on."""

    opened = Signal(object)
    """The new project is there.

    Parameters: its path.
    """

    def __init__(self, theme: Theme, front: QWidget | None, parent: QObject) -> None:
        """Ask and show progress over `front`."""
        super().__init__(parent)
        self._theme = theme
        self._front = front
        self._source = Path()
        self._target = Path()
        self.question: QWidget | None = None

    def ask(self, source: Path | None = None) -> None:
        """Ask for the project where none is given, and for a place for the new one."""
        if source is None:
            endings = " ".join(f"*{one}" for one in (*PEER_ENDINGS, ".zip"))
            chosen, _ = QFileDialog.getOpenFileName(
                self._front,
                tr("Open a project from another program"),
                str(paths.documents_dir()),
                tr("Projects of other programs ({endings})", endings=endings),
            )
            if not chosen:
                self.deleteLater()
                return
            source = Path(chosen)
        name = source.parent.stem if source.name.casefold() == "data.qda" else source.stem
        start = source.parent / (name + ENDING)
        target, _ = QFileDialog.getSaveFileName(
            self._front,
            tr("Save as a new project"),
            str(start),
            tr("Projects") + f" (*{ENDING})",
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if not target:
            self.deleteLater()
            return
        self.convert(source, Path(target))

    def convert(self, source: Path, target: Path) -> None:
        """Convert in a worker; what is not clear is asked, and then it is converted anew."""
        if target.suffix.casefold() != ENDING:
            target = target.with_name(target.name + ENDING)
        self._source, self._target = source, target
        from qda.formats.exchange.questions import ReadAnswers  # lazy: start-up

        self._run(ReadAnswers(likeliest=False))

    def _run(self, answers: ReadAnswers) -> None:
        source, target = self._source, self._target

        def work(progress: Progress) -> ExchangeReport | OpenQuestions:
            from qda.formats.exchange.questions import OpenQuestions

            try:
                return conversion.project_from(source, target, progress=progress, answers=answers)
            except OpenQuestions as questions:
                return questions

        runner = JobRunner(self)
        waiting = QProgressDialog(
            tr("Reading {name} …", name=source.name), tr("Cancel"), 0, 0, self._front
        )
        waiting.setWindowTitle(tr("Open a project from another program"))
        waiting.setMinimumDuration(300)
        waiting.canceled.connect(runner.cancel)
        runner.progressed.connect(partial(_show_progress, waiting))
        runner.failed.connect(self._on_runner_failed)
        runner.finished.connect(waiting.reset)
        runner.finished.connect(waiting.deleteLater)
        runner.finished.connect(runner.deleteLater)
        runner.start(
            tr("Open a project from another program"),
            work,
            partial(self._on_work_done, answers),
            self.deleteLater,
        )

    def _on_runner_failed(self, error: UserError) -> None:
        alerts.show_error(self._front, error)

    def _on_work_done(self, answers: ReadAnswers, outcome: ExchangeReport | OpenQuestions) -> None:
        if not isinstance(outcome, UserError):
            self.opened.emit(self._target)
            self.deleteLater()
        elif outcome.projects:
            self._ask_project(answers, outcome)
        else:
            self._ask_offsets(answers, outcome)

    def _ask_project(self, answers: ReadAnswers, questions: OpenQuestions) -> None:
        from qda.gui.exchange_questions import ProjectQuestion

        dialog = ProjectQuestion(self._theme, self._source.name, questions.projects, self._front)

        def on_accepted() -> None:
            self._run(replace(answers, project=dialog.answer()))

        dialog.accepted.connect(on_accepted)
        self._show(dialog)

    def _ask_offsets(self, answers: ReadAnswers, questions: OpenQuestions) -> None:
        from qda.gui.exchange_questions import OffsetsQuestion

        dialog = OffsetsQuestion(self._theme, questions.offsets, self._front)

        def on_accepted() -> None:
            self._run(replace(answers, offsets={**answers.offsets, **dialog.answer()}))

        dialog.accepted.connect(on_accepted)
        self._show(dialog)

    def _show(self, dialog: QWidget) -> None:
        from PySide6.QtWidgets import QDialog

        assert isinstance(dialog, QDialog)  # noqa: S101 - both questions are
        self.question = dialog
        dialog.rejected.connect(self.deleteLater)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _show_progress(dialog: QProgressDialog, done: int, total: int, what: Message | None) -> None:
    if what is not None:
        dialog.setLabelText(say(what))
    dialog.setMaximum(total)
    dialog.setValue(min(done, max(0, total - 1)))


# ----------------------------------------------------------------------------------- the way out
def ask_exchange(window: MainWindow) -> None:
    """Ask where to write the open project as REFI-QDA."""
    start = window.context.bridge.project.path.with_suffix(EXCHANGE)
    chosen, _ = QFileDialog.getSaveFileName(
        window, tr("Save as REFI-QDA"), str(start), f"REFI-QDA (*{EXCHANGE})"
    )
    if chosen:
        path = Path(chosen)
        if path.suffix.casefold() != EXCHANGE:
            path = path.with_name(path.name + EXCHANGE)
        write_exchange(window, path)


def write_exchange(window: MainWindow, target: Path) -> None:
    """Write the open project as REFI-QDA in a worker, and show what has no place there."""
    project = window.context.bridge.project.path

    def work(progress: Progress) -> ImportReport:
        # A reading of its own: the window's connection belongs to the main thread.
        session = Session.open(project, write=False)
        try:
            return conversion.write_exchange(session, target, progress).finished()
        finally:
            session.close()

    def on_done(report: ImportReport) -> None:
        if report.clean:
            window.say_quietly(tr("Wrote {file}.", file=target.name))
        else:
            window.show_reports(report)

    window.context.jobs.start(tr("Saving as REFI-QDA"), work, on_done)
