"""Jobs off the main thread, one at a time, with progress and cancel."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, QThread, Signal

from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import UserError
from qda.model.messages import Message

SEEN = 0.04
"""Seconds between two signs of progress; thousands of small steps would keep the window busy."""

Work = Callable[[Progress], object]


class _Worker(QThread):
    """Run one piece of work; its outcome is read by the runner when the thread has finished."""

    progressed = Signal(int, int, object)

    def __init__(self, work: Work, parent: QObject) -> None:
        super().__init__(parent)
        self._work = work
        self.progress = Progress(self._report)
        self.result: object = None
        self.error: BaseException | None = None
        self._told_at = 0.0
        self._told_total = -1

    def run(self) -> None:
        try:
            self.result = self._work(self.progress)
        except BaseException as error:  # noqa: BLE001 - carried to the main thread, raised there
            self.error = error

    def _report(self, done: int, total: int, message: Message | None) -> None:
        """Tell how far it is, no more often than one can see."""
        now = time.monotonic()
        new, last = total != self._told_total, 0 < total <= done
        if new or last or now - self._told_at >= SEEN:
            self._told_at, self._told_total = now, total
            self.progressed.emit(done, total, message)


@dataclass(frozen=True, slots=True, eq=False)
class Job:
    """A piece of work that was started; whoever started it may give just this one up."""

    title: str
    work: Work
    on_done: Callable[[Any], None]
    on_ended: Callable[[], None] | None


class JobRunner(QObject):
    """Compute in a worker thread; what comes of it is handed over on the main thread.

    Jobs that are started while one runs wait for their turn. A job must not touch the project's
    connection: it gets what it needs beforehand and its result is committed by `on_done`.
    """

    started = Signal(str)
    """Emitted with the title of the job that begins."""
    progressed = Signal(int, int, object)
    """Emitted with steps done, steps in all (0 when unknown) and a `Message` or None."""
    finished = Signal()
    """Emitted when a job has ended, however it ended."""
    failed = Signal(object)
    """Emitted with the `UserError` that ended a job without a handler of its own."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing to do."""
        super().__init__(parent)
        self._waiting: list[Job] = []
        self._worker: _Worker | None = None
        self._running: Job | None = None

    @property
    def busy(self) -> bool:
        """Tell whether a job runs."""
        return self._worker is not None

    def start(
        self,
        title: str,
        work: Work,
        on_done: Callable[[Any], None],
        on_ended: Callable[[], None] | None = None,
    ) -> Job:
        """Run `work(progress)` and call `on_done(result)` on the main thread.

        `on_ended` is called when the job was cancelled or failed instead.
        """
        job = Job(title, work, on_done, on_ended)
        self._waiting.append(job)
        if self._worker is None:
            self._next()
        return job

    def cancel(self) -> None:
        """Ask the running job to stop at its next step."""
        if self._worker is not None:
            self._worker.progress.cancel()

    def give_up(self, job: Job) -> None:
        """Cancel one job, be it waiting still; nothing happens where it has ended."""
        if job is self._running:
            self.cancel()
        elif job in self._waiting:
            self._waiting.remove(job)
            if job.on_ended is not None:
                job.on_ended()

    def stop(self) -> None:
        """Cancel everything and wait; before the window closes."""
        self._waiting.clear()
        if self._worker is not None:
            worker = self._worker
            worker.progress.cancel()
            worker.finished.disconnect()
            worker.wait()
            self._worker = self._running = None
            worker.deleteLater()

    def _next(self) -> None:
        # What a finished job handed over may have begun another one already.
        if not self._waiting or self._worker is not None:
            return
        job = self._waiting.pop(0)
        worker = _Worker(job.work, self)
        self._worker, self._running = worker, job
        worker.progressed.connect(self.progressed)
        worker.finished.connect(lambda: self._end(worker, job))
        self.started.emit(job.title)
        worker.start()

    def _end(self, worker: _Worker, job: Job) -> None:
        if worker is not self._worker:
            # It had finished already when everything was stopped, and this was under way.
            return
        self._worker = self._running = None
        self.finished.emit()
        error, result = worker.error, worker.result
        worker.deleteLater()
        try:
            if error is None:
                job.on_done(result)
            else:
                if job.on_ended is not None:
                    job.on_ended()
                if isinstance(error, UserError):
                    self.failed.emit(error)
                elif not isinstance(error, Cancelled):
                    raise error
        finally:
            self._next()
