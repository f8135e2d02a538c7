"""When a text that is being written is saved: soon after a pause, and now and then without one."""

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE = 800
"""Milliseconds of not typing after which a text is saved."""
AT_LATEST = 3000
"""Milliseconds after the first unsaved word at which it is saved though one types on."""


class Autosave(QObject):
    """Watch over one text; the owner tells when it was touched and saves when it is due."""

    due = Signal()
    """The text should be saved now."""

    def __init__(self, parent: QObject) -> None:
        """Wait for the first touch."""
        super().__init__(parent)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._latest = QTimer(self, singleShot=True, interval=AT_LATEST)
        self._pause.timeout.connect(self._on_timeout)
        self._latest.timeout.connect(self._on_timeout)

    def touch(self) -> None:
        """Note that the text is another now."""
        self._pause.start()
        if not self._latest.isActive():
            self._latest.start()

    def stop(self) -> None:
        """Note that nothing is to be saved, or that it is saved."""
        self._pause.stop()
        self._latest.stop()

    def waiting(self) -> bool:
        """Tell whether something is not saved yet."""
        return self._pause.isActive() or self._latest.isActive()

    def _on_timeout(self) -> None:
        self.stop()
        self.due.emit()
