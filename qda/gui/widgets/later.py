"""Work that several changes ask for and that is done once, before they are painted."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject


class BeforePainting(QObject):
    """Do some work once before the next painting, however often it was asked for.

    Qt hands out what was posted before it paints, which a timer would wait for.
    """

    def __init__(self, work: Callable[[], None], parent: QObject) -> None:
        """Do `work`, as long as `parent` lives."""
        super().__init__(parent)
        self._work = work
        self._asked = False

    def ask(self) -> None:
        """Ask for the work."""
        if not self._asked:
            self._asked = True
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.User))

    def event(self, event: QEvent) -> bool:
        """Do the work that was asked for."""
        if event.type() != QEvent.Type.User:
            return super().event(event)
        self._asked = False
        self._work()
        return True
