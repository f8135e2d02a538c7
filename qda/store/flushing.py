"""Bringing a project's write-ahead log to the disk, right after a commit, without waiting for it.

A commit hands the log to the operating system, so that nothing is lost when the program is killed;
flushing guards against a power failure, too. Why nobody waits for that is in decision 071.
"""

import logging
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from queue import SimpleQueue
from threading import Thread
from typing import Literal

log = logging.getLogger(__name__)

Wish = Literal["flush", "end"]


class Flusher:
    """Flush a file in a thread of its own whenever it was written; `failed` once that fails.

    What is to be done `behind` a flush is done in that thread too.
    """

    def __init__(self, file: Path, behind: Callable[[], None] = lambda: None) -> None:
        """Begin with nothing written; there is no thread before there is something to do."""
        self._file = file
        self._behind = behind
        self._wishes: SimpleQueue[Wish] = SimpleQueue()
        self._thread: Thread | None = None
        self.failed = False

    def written(self) -> None:
        """Flush the file now; return at once."""
        if self._thread is None:
            self._thread = Thread(target=self._work, name="flushing", daemon=True)
            self._thread.start()
        self._wishes.put("flush")

    def stop(self) -> None:
        """Return when all that was written is on the disk."""
        thread, self._thread = self._thread, None
        if thread is not None:
            self._wishes.put("end")
            thread.join()

    def _work(self) -> None:
        wish: Wish = "flush"
        while wish != "end":
            wishes = {self._wishes.get()}
            # What came meanwhile is met by the same flush; nothing comes after the end.
            while not self._wishes.empty():
                wishes.add(self._wishes.get())
            wish = "end" if "end" in wishes else "flush"
            if "flush" in wishes:
                self._flush()
            if "flush" in wishes and not self.failed:
                self._behind()

    def _flush(self) -> None:
        try:
            with suppress(FileNotFoundError), self._file.open("r+b") as file:
                os.fsync(file.fileno())
        except OSError:
            self.failed = True
            log.warning("what was done could not be flushed to the disk")
