"""Progress that is at the same time the point where work can be cancelled."""

import threading
from collections.abc import Callable

from qda.model.messages import Message

Report = Callable[[int, int, Message | None], None]
"""Called with steps done, steps in all (0 when unknown) and what is being done."""


class Cancelled(Exception):
    """The user cancelled; the work stops and nothing is kept of it."""


class Progress:
    """Tell how far the work has come; `step` raises `Cancelled` once cancelling was asked for."""

    def __init__(self, report: Report | None = None) -> None:
        """Report to `report`, called in the thread that works."""
        self._report = report
        self._cancel = threading.Event()
        self._done = 0
        self._total = 0
        self._message: Message | None = None

    def start(self, total: int, message: Message | None = None, *, done: int = 0) -> None:
        """Begin a stretch of `total` steps (0 when unknown), of which `done` were done before."""
        self._done, self._total, self._message = done, total, message
        self._tell()

    def step(self, count: int = 1, message: Message | None = None) -> None:
        """Count `count` steps as done. Raises Cancelled when the user asked for it."""
        if self._cancel.is_set():
            raise Cancelled
        self._done += count
        if message is not None:
            self._message = message
        self._tell()

    def finish(self) -> None:
        """Tell that all is done; what was committed already can no longer be cancelled."""
        self._done = self._total
        self._tell()

    def cancel(self) -> None:
        """Ask the work to stop at its next step; safe from any thread."""
        self._cancel.set()

    @property
    def cancelled(self) -> bool:
        """Tell whether cancelling was asked for."""
        return self._cancel.is_set()

    def _tell(self) -> None:
        if self._report is not None:
            self._report(self._done, self._total, self._message)
