"""Views behind the one in sight: they follow large changes later, so that it need not wait."""

from collections.abc import Callable, Generator

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from qda.gui.turns import Turns
from qda.model.changes import Changes

FEW = 25
"""Changed rows up to which a view that nobody sees follows at once."""


def are_few(changes: Changes) -> bool:
    """Tell whether so little changed that no view need put off following."""
    return sum(changes.counts().values()) <= FEW


def follow_in_sight(catch_up: Callable[[], object], changes: Changes, turns: Turns) -> None:
    """Let a view that follows only in sight catch up: at once, or after much in a turn of its own.

    `catch_up` looks whether it is in sight then, and whether something is left to follow.
    """
    if are_few(changes):
        catch_up()
    else:
        turns.want(catch_up)


class Behind(QObject):
    """Let a view that nobody sees take large changes in a turn of the event loop of its own."""

    def __init__(
        self,
        follow: Callable[[Changes, object], None],
        view: QWidget,
        turns: Turns,
        read_ahead: Callable[[Changes], Generator[None]] | None = None,
    ) -> None:
        """Have `view` follow changes by `follow`, which gets them and who asked for them.

        What is put off waits for one of `turns`; it is first given to `read_ahead`, each piece of
        which has one before.
        """
        super().__init__(view)
        self._follow = follow
        self._read_ahead = read_ahead
        self._reading: Generator[None] | None = None
        self._has_read = False
        self._view = view
        self._missed: list[tuple[Changes, object]] = []
        self._turns = turns

    def follow(self, changes: Changes, initiator: object, *, costly: bool = False) -> None:
        """Follow changes: at once where they are few and not `costly`, or the view is in sight."""
        self._missed.append((changes, initiator))
        if (are_few(changes) and not costly) or self._view.isVisible():
            self.catch_up()
        else:
            self._turns.want(self._on_turn)

    def _on_turn(self) -> None:
        if self._read_ahead is None or self._has_read:
            self.catch_up()
            return
        if self._reading is None:
            self._reading = self._read_ahead(Changes.of_all([one for one, _ in self._missed]))
        self._has_read = next(self._reading, self._reading) is not None
        self._turns.want(self._on_turn)

    def catch_up(self) -> None:
        """Follow what was put off; before the view is shown."""
        self._forget_reading()
        missed, self._missed = self._missed, []
        for changes, initiator in missed:
            self._follow(changes, initiator)

    def stop(self) -> None:
        """Follow nothing more; before the project is closed."""
        self._forget_reading()
        self._missed.clear()

    def _forget_reading(self) -> None:
        self._turns.drop(self._on_turn)
        self._reading, self._has_read = None, False
