"""Turns of the event loop of one's own, for what follows a change and need not be seen at once."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from shiboken6 import isValid

REST = 10
"""Milliseconds from one turn to the next. Qt waits some five before it paints what was altered:
in between the window paints and hears the user, in turns that nothing else makes longer."""


class Turns(QObject):
    """Do one thing after another, each in a turn of its own, in the order they were asked for.

    Every view of a window asks the same one: what two of them do never falls into one turn.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Start with nothing to do."""
        super().__init__(parent)
        self._waiting: dict[Callable[[], object], None] = {}
        self._timer = QTimer(self, singleShot=True, interval=REST)
        self._timer.timeout.connect(self._on_timer_timeout)

    def want(self, act: Callable[[], object]) -> None:
        """Do something in a turn to come; what is waiting already keeps its place.

        A method of a view that is gone by then is left out.
        """
        self._waiting.setdefault(act)
        if not self._timer.isActive():
            self._timer.start()

    def drop(self, act: Callable[[], object]) -> None:
        """Do something no more."""
        self._waiting.pop(act, None)

    def stop(self) -> None:
        """Do nothing more; before the project is closed."""
        self._timer.stop()
        self._waiting.clear()

    def _on_timer_timeout(self) -> None:
        act = next(iter(self._waiting), None)
        if act is None:
            return
        del self._waiting[act]
        try:
            owner = getattr(act, "__self__", None)
            if not isinstance(owner, QObject) or isValid(owner):
                act()
        finally:
            if self._waiting:
                self._timer.start()
