"""Ask a question of the words off the main thread, once they have been read."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject, Signal

from qda.gui.context import Context
from qda.gui.language import tr
from qda.jobs.progress import Progress
from qda.model.errors import UserError

if TYPE_CHECKING:
    from qda.app.session import Session


class Asked(Protocol):
    """What answers questions on the words of a session as it was when this was made."""

    def apart(self) -> AbstractContextManager[Any]:
        """Give the same for a worker, with a connection of its own."""
        ...


Answer = Callable[[Any, Progress], object]
"""Works out an answer in a worker, by what `Asked.apart` gives."""


@dataclass(eq=False, slots=True)
class _Errand:
    """One question; `dropped` when another was asked meanwhile."""

    work: Answer
    take: Callable[[Any, Any], None]
    progress: Progress | None = None
    dropped: bool = False

    def drop(self) -> None:
        self.dropped = True
        if self.progress is not None:
            self.progress.cancel()


class Runner(QObject):
    """Answer one question at a time; a newer one takes the place of an older."""

    refused = Signal(object)
    """The question cannot be answered.

    Parameters: the `UserError` that says why.
    """
    stopped = Signal()
    """The user cancelled it."""
    waiting_changed = Signal()
    """Whether a question waits for the words to be read, or how far that is, has changed."""

    def __init__(
        self,
        context: Context,
        parent: QObject,
        make: Callable[[Session], Asked] | None = None,
        title: str = "",
    ) -> None:
        """Use the jobs of `context`.

        `make` gives what is asked, a `Searcher` without it; `title` stands in the status line.
        """
        super().__init__(parent)
        self._context = context
        self._make = make or _searcher
        self._title = title or tr("Searching")
        self._waiting: _Errand | None = None
        self._running: _Errand | None = None
        context.words.state_changed.connect(self._on_words_state_changed)
        context.words.progressed.connect(self._on_words_progressed)

    @property
    def waiting(self) -> bool:
        """Tell whether a question waits until the words have been read."""
        return self._waiting is not None

    @property
    def busy(self) -> bool:
        """Tell whether a question waits or is being answered."""
        return self._waiting is not None or self._running is not None

    def ask(self, work: Answer, take: Callable[[Any, Any], None]) -> None:
        """Have `work` done by a worker and its result taken in here.

        `take` gets what is asked as it is in this thread, which reads the same words.
        """
        self.drop()
        errand = _Errand(work, take)
        words, session = self._context.words, self._context.bridge.session
        if words.state == "ready" and session.is_fresh:
            self._begin(errand)
            return
        self._waiting = errand
        words.want()
        self.waiting_changed.emit()

    def drop(self) -> None:
        """Ask nothing any more."""
        for errand in (self._waiting, self._running):
            if errand is not None:
                errand.drop()
        self._waiting = self._running = None

    def _on_words_state_changed(self) -> None:
        waiting = self._waiting
        if waiting is not None and self._context.words.state == "ready":
            self._waiting = None
            self._begin(waiting)
        self.waiting_changed.emit()

    def _on_words_progressed(self, done: int, total: int) -> None:
        del done, total
        if self._waiting is not None:
            self.waiting_changed.emit()

    def _begin(self, errand: _Errand) -> None:
        asked = self._make(self._context.bridge.session)
        self._running = errand

        def run(progress: Progress) -> object:
            errand.progress = progress
            if errand.dropped:
                return None
            with asked.apart() as apart:
                try:
                    return errand.work(apart, progress)
                except UserError as error:
                    return error

        self._context.jobs.start(
            self._title, run,
            lambda found: self._finish(errand, asked, found),
            lambda: self._leave_off(errand),
        )  # fmt: skip

    def _finish(self, errand: _Errand, asked: Asked, found: object) -> None:
        if errand.dropped:
            return
        self._running = None
        if isinstance(found, UserError):
            self.refused.emit(found)
        else:
            errand.take(asked, found)

    def _leave_off(self, errand: _Errand) -> None:
        if not errand.dropped:
            self._running = None
            self.stopped.emit()


def _searcher(session: Session) -> Asked:
    from qda.app.searching import Searcher  # lazy: it brings numpy

    return Searcher(session)
