"""When Python looks for what nothing holds any more.

A window with its workspaces is some ten thousand objects that stay. Every full search goes over all
of them, for tens of milliseconds, and it comes when much is made: when a long text is read again.
"""

import gc

from PySide6.QtCore import QObject, QTimer

OFTEN = 1_000
"""Milliseconds between two looks."""
MANY = 20_000
"""Objects that must have been made since the last look for another to be worth it."""
_OLDER, _OLDEST = 10, 10


def settle() -> None:
    """Leave everything that is there by now out of later searches; what nothing holds goes first.

    Call it when the program waits. What was left out earlier is looked at once more.
    """
    gc.unfreeze()
    gc.collect()
    gc.freeze()


class Collector(QObject):
    """Look for what nothing holds in the thread of the window alone.

    Python looks in whatever thread happens to make the next object. Widgets and timers that die in
    the thread of a job are none that Qt can take leave of: it must happen in their own.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Begin, in place of Python's own looking."""
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self, interval=OFTEN)
        self._timer.timeout.connect(self.look)
        self._timer.start()

    def look(self) -> None:
        """Look among what is new, now and then among what is older, as Python does by itself."""
        young, older, oldest = gc.get_count()
        if young < MANY:
            return
        generation = 0 if older < _OLDER else 1 if oldest < _OLDEST else 2
        gc.collect(generation)
