"""How long the window stands still while thousands of files come in.

A stall is what the main thread works between two turns of its event loop, in processor time: other
programs on the machine do not count.
"""

import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer

from benchmarks.core import survey_project, survey_sheet
from benchmarks.generate import Size, build
from benchmarks.measuring import Figure
from benchmarks.window import application, close, shown
from qda.gui.sources.workspace import SourcesWorkspace

FILES = 2_000
PATIENCE = 600
"""Seconds after which what has not happened is given up."""
SETTLING = 8
"""Seconds in which the window makes ready what it has not shown yet."""


class Heart:
    """Beats at every turn of the event loop and remembers the longest pause."""

    def __init__(self) -> None:
        """Begin to beat."""
        self.longest = 0.0
        self._last = time.thread_time()
        self._timer = QTimer(interval=0)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.thread_time()
        self.longest = max(self.longest, now - self._last)
        self._last = now

    def forget(self) -> None:
        """Count from here on."""
        self.longest, self._last = 0.0, time.thread_time()


def wait(happened: Callable[[], bool]) -> None:
    """Let the event loop turn until something has happened. Raises TimeoutError."""
    until = time.monotonic() + PATIENCE
    loop = QEventLoop()
    look = QTimer(interval=20)
    look.timeout.connect(lambda: (happened() or time.monotonic() > until) and loop.quit())
    look.start()
    loop.exec()
    look.stop()
    if not happened():
        raise TimeoutError


def files(folder: Path) -> Path:
    """Write the files of 40 offices in folders of their own, and return the folder."""
    place = folder / "Feltarbeid"
    for number in range(FILES):
        path = place / f"NAV kontor {number % 40}" / f"samtale {number}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(
            "".join(
                f"Intervjuer: Hva gjør dere, nummer {number} {at}?\n"
                f"Leder: Vi teller planer {at} og møter, og vi snakker mye om det.\n"
                for at in range(20)
            ),
            encoding="utf-8",
        )
    return place


def measure_undoing(folder: Path) -> dict[str, Figure]:
    """Undo an import of 20,000 answers: cancelled in the middle, then whole, and done again."""
    path = survey_project(folder / "undone.qdaproj", survey_sheet(folder))
    session, window = shown(path)
    window.start("sources")
    heart, jobs = Heart(), window.context.jobs
    since = time.monotonic()
    wait(lambda: time.monotonic() - since > SETTLING)
    heart.forget()
    seen: list[tuple[int, int]] = []

    def told(done: int, total: int) -> None:
        seen.append((done, total))

    jobs.progressed.connect(told)
    window.undo()
    wait(lambda: any(0 < total < 2 * done for done, total in seen) or not jobs.busy)
    assert jobs.busy
    began = time.monotonic()
    jobs.cancel()
    wait(lambda: not jobs.busy)
    cancelled = (time.monotonic() - began) * 1000
    assert session.next_redo is None
    stalls: dict[str, float] = {"cancelled": heart.longest}
    for name, replay in (("undo", window.undo), ("redo", window.redo)):
        heart.forget()
        replay()
        wait(lambda: not jobs.busy)
        settled = time.monotonic() + 1
        wait(lambda until=settled: time.monotonic() > until)
        stalls[name] = heart.longest
    close(session, window)
    return {"undo of 20,000 answers: cancelled after": Figure(round(cancelled), "ms", 1000)} | {
        f"{name} of 20,000 answers: longest stall": Figure(round(stall * 1000), "ms", 100)
        for name, stall in stalls.items()
    }


def measure_stalls(folder: Path) -> dict[str, Figure]:
    """Import the files through the dialog as a hand would, and return the longest stall."""
    place = files(folder)
    path = folder / "empty.qdaproj"
    build(path, Size(documents=1, words=100, turns=4, codings=0, codes=5, cases=1)).close()
    session, window = shown(path)
    window.start("sources")
    workspace = window.workspace
    assert isinstance(workspace, SourcesWorkspace)
    since = time.monotonic()
    heart = Heart()
    wait(lambda: time.monotonic() - since > SETTLING)
    heart.forget()
    dialog = workspace.import_paths([place])
    assert dialog is not None
    wait(lambda: dialog.queue.done == FILES and not dialog.queue.reading)
    dialog.left.folders.setChecked(True)
    told: list[object] = []
    window.context.bridge.reported.connect(told.append)
    dialog.import_button.click()
    wait(lambda: bool(told) and not window.context.jobs.busy)
    application().processEvents()
    close(session, window)
    return {"import: longest stall, 2,000 files": Figure(round(heart.longest * 1000), "ms", 100)}
