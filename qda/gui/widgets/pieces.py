"""Work in pieces between which the window lives: a generator that is run on by the event loop."""

from collections.abc import Callable, Generator

from PySide6.QtCore import QObject

from qda.gui.turns import Turns


class Pieces(QObject):
    """Run one piece of work at a time; each `yield` lets the window paint and hear the user.

    The first piece runs at once, so that little work is done when `start` returns. What is to be
    done after work in several pieces has a turn of its own.
    """

    def __init__(self, turns: Turns, parent: QObject) -> None:
        """Start with nothing to do; every piece but the first waits for one of `turns`."""
        super().__init__(parent)
        self._turns = turns
        self._work: Generator[None] | None = None
        self._after: list[Callable[[], object]] = []

    @property
    def busy(self) -> bool:
        """Tell whether some of the work is left, or of what is to be done after it."""
        return self._work is not None

    def start(self, work: Generator[None]) -> None:
        """Begin some work; what is left of work begun earlier is dropped."""
        self._drop()
        self._work = self._until_the_last(work)
        self._on_turn()

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

    def _until_the_last(self, work: Generator[None]) -> Generator[None]:
        several = False
        for _piece in work:
            several = True
            yield
        if several and self._after:
            yield

    def _drop(self) -> None:
        self._turns.drop(self._on_turn)
        work, self._work = self._work, None
        if work is not None:
            work.close()

    def _on_turn(self) -> None:
        work = self._work
        if work is None:
            return
        for _piece in work:
            self._turns.want(self._on_turn)
            return
        self._work = None
        after, self._after = self._after, []
        for act in after:
            act()
