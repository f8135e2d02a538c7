"""Work in pieces between which the window lives: a generator that is run on by the event loop."""

from collections.abc import Callable, Generator

from PySide6.QtCore import QObject, QTimer


class Pieces(QObject):
    """Run one piece of work at a time; each `yield` lets the window paint and hear the user.

    The first piece runs at once, so that little work is done when `start` returns.
    """

    def __init__(self, parent: QObject) -> None:
        """Start with nothing to do."""
        super().__init__(parent)
        self._work: Generator[None] | None = None
        self._after: list[Callable[[], object]] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._on_timer_timeout)

    @property
    def busy(self) -> bool:
        """Tell whether some of the work is left."""
        return self._work is not None

    def start(self, work: Generator[None]) -> None:
        """Begin some work; what is left of work begun earlier is dropped."""
        self._drop()
        self._work = work
        self._on_timer_timeout()

    def when_done(self, act: Callable[[], object]) -> None:
        """Do something once the work is done: at once where nothing is under way."""
        if self._work is None:
            act()
        else:
            self._after.append(act)

    def stop(self) -> None:
        """Drop what is left, and what was to be done after it; before the project is closed."""
        self._drop()
        self._after.clear()

    def _drop(self) -> None:
        self._timer.stop()
        work, self._work = self._work, None
        if work is not None:
            work.close()

    def _on_timer_timeout(self) -> None:
        work = self._work
        if work is None:
            return
        for _piece in work:
            self._timer.start()
            return
        self._timer.stop()
        self._work = None
        after, self._after = self._after, []
        for act in after:
            act()
