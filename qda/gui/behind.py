"""Views behind the one in sight: they follow large changes later, so that it need not wait."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from qda.model.changes import Changes

FEW = 100
"""Changed rows up to which a view that nobody sees follows at once."""


class Behind(QObject):
    """Let a view that nobody sees take large changes in a turn of the event loop of its own."""

    def __init__(
        self,
        follow: Callable[[Changes, object], None],
        view: QWidget,
        read_ahead: Callable[[Changes], None] | None = None,
    ) -> None:
        """Have `view` follow changes by `follow`, which gets them and who asked for them.

        What is put off is first given to `read_ahead`, in a turn before.
        """
        super().__init__(view)
        self._follow = follow
        self._read_ahead = read_ahead
        self._has_read = False
        self._view = view
        self._missed: list[tuple[Changes, object]] = []
        self._timer = QTimer(self, singleShot=True, interval=0)
        self._timer.timeout.connect(self._on_timer_timeout)

    def follow(self, changes: Changes, initiator: object, *, costly: bool = False) -> None:
        """Follow changes: at once where they are few and not `costly`, or the view is in sight."""
        self._missed.append((changes, initiator))
        few = not costly and sum(changes.counts().values()) <= FEW
        if few or self._view.isVisible():
            self.catch_up()
        else:
            self._timer.start()

    def _on_timer_timeout(self) -> None:
        if self._read_ahead is None or self._has_read:
            self.catch_up()
            return
        self._has_read = True
        self._read_ahead(Changes.of_all([changes for changes, _ in self._missed]))
        self._timer.start()

    def catch_up(self) -> None:
        """Follow what was put off; before the view is shown."""
        self._timer.stop()
        self._has_read = False
        missed, self._missed = self._missed, []
        for changes, initiator in missed:
            self._follow(changes, initiator)

    def stop(self) -> None:
        """Follow nothing more; before the project is closed."""
        self._timer.stop()
        self._missed.clear()
