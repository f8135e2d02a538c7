"""The words of the sources read in the background, so that they can be searched."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Literal

from PySide6.QtCore import QObject, QTimer, Signal

from qda.gui.job_runner import JobRunner
from qda.gui.language import tr
from qda.model.changes import Changes

if TYPE_CHECKING:
    from qda.app.background_index import BackgroundIndex, Work
    from qda.gui.session_bridge import SessionBridge

State = Literal["asleep", "working", "ready", "stopped"]
AFTER_OPENING = 1_500
"""Milliseconds after which the words are read: the window comes first."""
AFTER_CHANGES = 700
"""Milliseconds without a further change after which changed texts are read."""
TABLES = ("document", "turn", "text_body")
"""Tables whose changes are changes of words."""


class WordIndexing(QObject):
    """Keep the index of words up to date, by jobs of a second or so one after another.

    Other jobs come in between. It is no step to undo, and what was read is kept when it is
    stopped or the program ends.
    """

    state_changed = Signal()
    """Emitted when the state is another one."""
    progressed = Signal(int, int)
    """Emitted with the characters read and those to be read in all."""

    def __init__(self, bridge: SessionBridge, jobs: JobRunner) -> None:
        """Do nothing before `wake_later` or `want`."""
        super().__init__(bridge)
        self._bridge = bridge
        self._jobs = jobs
        self._index: BackgroundIndex | None = None
        self._state: State = "asleep"
        self._share = (0, 0)
        self._awake = False
        self._running = False
        self._later = QTimer(self, singleShot=True)
        self._later.timeout.connect(self.want)
        bridge.changed.connect(self._on_bridge_changed)
        jobs.started.connect(self._on_jobs_started)
        jobs.progressed.connect(self._on_jobs_progressed)

    @property
    def state(self) -> State:
        """Return how far it is: `ready` when every word can be searched."""
        return self._state

    @property
    def share(self) -> tuple[int, int]:
        """Return the characters that were read and those to be read in all, (0, 0) when unknown."""
        return self._share

    def wake_later(self) -> None:
        """Begin once the window has settled."""
        self._awake = True
        self._later.start(AFTER_OPENING)

    def want(self) -> None:
        """Begin now, unless it is under way or all is read; what changed meanwhile is found."""
        self._later.stop()
        self._awake = True
        if self._state == "working":
            return
        self._set("working")
        self._go_on()

    def stop(self) -> None:
        """Begin nothing any more; before the project is closed."""
        self._later.stop()
        self._bridge.changed.disconnect(self._on_bridge_changed)
        self._state = "stopped"

    def _go_on(self) -> None:
        if self._index is None:
            from qda.app.background_index import BackgroundIndex  # lazy: start-up

            self._index = BackgroundIndex(self._bridge.session)
        work = self._index.next_work()
        if work is None:
            self._share = (0, 0)
            self._set("ready")
            return
        self._jobs.start(
            _title(),
            work.run,
            lambda found: self._take(work, found),
            self._leave_off,
        )

    def _take(self, work: Work, found: Any) -> None:  # noqa: ANN401 - known to the work alone
        if self._state == "working":
            work.take(found)
            self._go_on()

    def _leave_off(self) -> None:
        if self._index is not None:
            self._index.leave_off()
        self._share = (0, 0)
        self._set("stopped")

    def _set(self, state: State) -> None:
        if state != self._state:
            self._state = state
            self.state_changed.emit()

    def _on_jobs_started(self, title: str) -> None:
        self._running = title == _title()

    def _on_jobs_progressed(self, done: int, total: int, message: object) -> None:
        del message
        if self._running and total:
            self._share = (done, total)
            self.progressed.emit(done, total)

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if not self._awake or self._state == "stopped" or not changes.touches(*TABLES):
            return
        if self._state == "ready":
            self._set("asleep")
        self._later.start(AFTER_CHANGES)


def _title() -> str:
    return tr("Reading the words of the sources")
