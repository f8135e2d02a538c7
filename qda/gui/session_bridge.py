"""The one way from the window to the session and back."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Signal

from qda.app.session import Session
from qda.gui.job_runner import Job, JobRunner
from qda.gui.language import tr
from qda.gui.turns import Turns
from qda.jobs.progress import Progress
from qda.model.changes import Changes, OpResult, Step
from qda.model.errors import UserError
from qda.store.project_file import ProjectFile

T = TypeVar("T")
LARGE = 500
"""Rows from which on a step is done, undone and redone off the main thread: a slow machine writes
five or so in a millisecond, with what logs them."""


class SessionBridge(QObject):
    """Run operations for the views and tell them what changed.

    Views connect to `changed` and load again what concerns them; a view that asked for a change
    itself passes `initiator=self` and may ignore its own echo.
    """

    changed = Signal(object, object)
    """Emitted after every change: a `Changes`, and who asked for it (None for nobody)."""
    failed = Signal(object)
    """Emitted with the `UserError` of an operation that could not be done; nothing changed."""
    noticed = Signal(str)
    """Emitted with a sentence about something just done that the user may want to undo."""
    told = Signal(str)
    """Emitted with a sentence that the user may want to know; there is nothing to undo."""
    reported = Signal(object)
    """Emitted with the `ImportReport` of an import that is done."""
    step_taken = Signal(object, bool)
    """Emitted after undo (True) or redo (False) with the `Step`, or None when there was none."""
    step_left = Signal()
    """Emitted when undo or redo of a large step was cancelled or failed: nothing changed."""

    def __init__(self, session: Session, parent: QObject | None = None) -> None:
        """Listen to `session` for as long as this object lives."""
        super().__init__(parent)
        self.session = session
        self.turns = Turns(self)
        """What views put off after a change."""
        self._replaying: Job | None = None
        self._unsubscribe = session.subscribe(self._on_session_changed)

    def run(
        self,
        operation: Callable[..., OpResult[T]],
        *,
        initiator: object = None,
        notice: str = "",
        **wishes: object,
    ) -> OpResult[T] | None:
        """Run `operation(project, coder=…, **wishes)`; None when it could not be done.

        The user is told why by `failed`; with `notice`, a quiet line offers to undo.
        """
        try:
            result = self.session.run_for(initiator, operation, coder=self.session.coder, **wishes)
        except UserError as error:
            self.failed.emit(error)
            return None
        if notice and result.step is not None:
            self.noticed.emit(notice)
        return result

    def run_by_size(
        self,
        jobs: JobRunner,
        title: str,
        size: int,
        operation: Callable[..., OpResult[T]],
        /,
        *,
        on_done: Callable[[OpResult[T]], None] | None = None,
        initiator: object = None,
        notice: str = "",
        **wishes: object,
    ) -> None:
        """Run an operation at once, or in a worker where it concerns many rows: its `size`.

        It need not know of progress: cancelling stops it within a statement, and nothing has
        changed. `on_done` gets the result in either way, and nothing where there is none.
        """

        def done(result: OpResult[T]) -> None:
            if notice and result.step is not None:
                self.noticed.emit(notice)
            if on_done is not None:
                on_done(result)

        if size <= LARGE:
            try:
                result = self.session.run_for(
                    initiator, operation, coder=self.session.coder, **wishes
                )
            except UserError as error:
                self.failed.emit(error)
                return
            done(result)
            return

        def work(project: ProjectFile, *, coder: str, progress: Progress) -> OpResult[T]:
            progress.start(0)
            return operation(project, coder=coder, **wishes)

        self.run_in_worker(
            jobs, title, work, on_done=done, on_ended=lambda: None, initiator=initiator
        )

    def run_in_worker(
        self,
        jobs: JobRunner,
        title: str,
        operation: Callable[..., OpResult[T]],
        *,
        on_done: Callable[[OpResult[T]], None],
        on_ended: Callable[[], None],
        initiator: object = None,
        **wishes: object,
    ) -> None:
        """Run `operation(project, coder=…, progress=…, **wishes)` off the main thread.

        For what takes longer than a blink: the window stays live, the operation can be cancelled
        and is whole or not at all, and until then nothing else can change the project. `on_done`
        gets the result after the views were told; `on_ended` is called when it was cancelled
        or failed instead.
        """
        session, coder = self.session, self.session.coder
        try:
            session.begin_apart()
        except UserError as error:
            self.failed.emit(error)
            on_ended()
            return

        def work(progress: Progress) -> OpResult[T]:
            return session.run_cancellable(
                progress, operation, coder=coder, progress=progress, **wishes
            )

        def done(result: OpResult[T]) -> None:
            session.end_apart(result.changes, initiator)
            on_done(result)

        def ended() -> None:
            session.end_apart(Changes())
            on_ended()

        jobs.start(title, work, done, ended)

    def undo(self, jobs: JobRunner | None = None) -> Step | None:
        """Take the last step back; a large one by `jobs`, and the answer then comes later.

        That can be cancelled: then nothing has changed, and `step_left` says so.
        """
        return self._replay(jobs, back=True)

    def redo(self, jobs: JobRunner | None = None) -> Step | None:
        """Do the last undone step again, as `undo` takes one back."""
        return self._replay(jobs, back=False)

    def _replay(self, jobs: JobRunner | None, *, back: bool) -> Step | None:
        session = self.session
        try:
            wanted = session.next_undo if back else session.next_redo
            if jobs is not None and wanted is not None and sum(wanted.entities.values()) > LARGE:
                self._replay_in_worker(jobs, back=back)
                return None
            step = session.undo() if back else session.redo()
        except UserError as error:
            self.failed.emit(error)
            return None
        self.step_taken.emit(step, back)
        return step

    def _replay_in_worker(self, jobs: JobRunner, *, back: bool) -> None:
        session, coder = self.session, self.session.coder
        session.begin_apart()

        def work(progress: Progress) -> tuple[Step, Changes] | None:
            return session.replay_apart(coder=coder, back=back, progress=progress)

        def done(replayed: tuple[Step, Changes] | None) -> None:
            step, changes = replayed or (None, Changes())
            session.end_apart(changes)
            self.step_taken.emit(step, back)

        def ended() -> None:
            session.end_apart(Changes())
            self.step_left.emit()

        title = tr("Undoing") if back else tr("Redoing")
        self._replaying = jobs.start(title, work, done, ended)

    def give_up_replay(self, jobs: JobRunner) -> None:
        """Cancel the undo or redo of a large step, if one is under way."""
        if self._replaying is not None:
            jobs.give_up(self._replaying)

    @property
    def project(self) -> ProjectFile:
        """Return the open project, for reading through the store's query modules."""
        return self.session.project

    def _on_session_changed(self, changes: Changes, initiator: object) -> None:
        self.changed.emit(changes, initiator)

    def detach(self) -> None:
        """Stop listening; before the session is closed or the window is built anew."""
        self._unsubscribe()
        self.turns.stop()
