"""The window: cold start, a large project, a long transcript with thousands of codings."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import count
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtWidgets import QApplication

from benchmarks.generate import STUDY, Size, build
from benchmarks.measuring import Figure, median, milliseconds
from qda.app.session import Session
from qda.app.settings import Settings
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context, Navigator
from qda.gui.job_runner import JobRunner
from qda.gui.main_window import MainWindow
from qda.gui.session_bridge import SessionBridge
from qda.gui.sources.source_model import SHARE
from qda.gui.sources.workspace import SourcesWorkspace
from qda.gui.theme import apply_theme, load_theme
from qda.gui.workspaces import make_workspaces
from qda.operations.cases import edit_case
from qda.operations.codes import add_code

START = """
import sys, time
began = float(sys.argv[2])
from pathlib import Path
from PySide6.QtWidgets import QApplication
from qda.app.settings import Settings
from qda.gui.application import Application
app = QApplication(["qda"])
application = Application(app, Settings(Path(sys.argv[1] + ".settings.json")))
application.open(Path(sys.argv[1]))
app.processEvents()
application.window.grab()
print(time.time() - began)
application.close_project()
"""

MEMORY = """
import resource, sys
from pathlib import Path
from benchmarks.window import application, shown
app = application()
session, window = shown(Path(sys.argv[1]))
window.start("coding")
session.snapshot()
app.processEvents()
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)
window.context.jobs.stop()
window.workspace.save_state()
session.close()
"""


MANY = Size(documents=20_000, words=8, turns=2, codings=0, codes=5, cases=400)
"""20,000 short sources in 400 offices."""


def application() -> QApplication:
    """Return the application, made at the first call."""
    existing = QApplication.instance()
    return existing if isinstance(existing, QApplication) else QApplication(["qda"])


def shown(path: Path) -> tuple[Session, MainWindow]:
    """Open a project and show its window, nothing loaded yet."""
    app = application()
    theme = apply_theme(app, load_theme("light"))
    session = Session.open(path)
    context = Context(
        bridge=SessionBridge(session),
        jobs=JobRunner(),
        settings=Settings(path.with_suffix(".settings.json")),
        theme=theme,
        navigator=Navigator(),
    )
    window = MainWindow(context, make_workspaces(context))
    window.resize(1440, 900)
    window.show()
    return session, window


def _child(code: str, *arguments: str, bytecode: Path | None = None) -> float:
    """Run `code` in a process of its own, which keeps its compiled modules in a folder if given."""
    environment = dict(os.environ)
    if bytecode is not None:
        environment.pop("PYTHONDONTWRITEBYTECODE", None)
        environment["PYTHONPYCACHEPREFIX"] = str(bytecode)
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments],
        capture_output=True,
        text=True,
        check=True,
        env=environment,
    )
    return float(done.stdout.strip().splitlines()[-1])


def measure_start(folder: Path) -> dict[str, Figure]:
    """Measure from a cold process to a painted window of a small project.

    Each start is a process of its own. One start goes before those that count, and compiles every
    module that is used, as installing a program does: else a machine on which Python is told to
    keep no bytecode would compile all of them at every start.
    """
    path = folder / "small.qdaproj"
    build(path, Size(documents=10, words=1_500, turns=40, codings=30, codes=30, cases=3)).close()
    taken = [
        _child(START, str(path), str(time.time()), bytecode=folder / "bytecode") for _ in range(6)
    ]
    return {"start: window usable": Figure(round(sorted(taken[1:])[2], 3), "s", 0.5)}


def measure_project(path: Path) -> dict[str, Figure]:
    """Measure opening the large project until its coding room is painted, and memory."""
    app = application()

    def open_once() -> None:
        nonlocal session, window
        session, window = shown(path)
        window.start("coding")
        app.processEvents()

    session: Session | None = None
    window: MainWindow | None = None
    taken: list[float] = []
    for _ in range(3):
        taken += milliseconds(open_once, 1)
        assert session is not None
        assert window is not None
        close(session, window)
    return {
        "project: open, 1,000 transcripts, 200,000 codings": Figure(
            round(median(taken) / 1000, 3), "s", 1.0
        ),
        "project: memory": Figure(round(_child(MEMORY, str(path)), 1), "MB", 500),
    }


def measure_many_sources(folder: Path) -> dict[str, Figure]:
    """Measure the lists of 20,000 sources: Coding's opened and shown, Sources' filtered."""
    app = application()
    path = folder / "many.qdaproj"
    build(path, MANY).close()
    session, window = shown(path)
    window.start("coding")
    settle()
    room, project = CodingWorkspace(window.context), session.project

    def load() -> None:
        room.sources.load(project, None)
        # How much of each is coded is counted afterwards, a hundred at a time.
        room.sources.stop()
        app.processEvents()

    room.show()
    loaded = milliseconds(load, 5)
    overview = SourcesWorkspace(window.context)
    overview.show()

    def turns(act: Callable[[], object]) -> float:
        """Return the longest turn of the event loop until the list is read and painted."""
        taken = milliseconds(act, 1)
        while overview.is_reading:
            taken += milliseconds(app.processEvents, 1)
        return max(taken + milliseconds(app.processEvents, 1))

    turns(overview.activate)
    typed: list[float] = []
    for letters in ("1", "12", "123", "12", "1", ""):
        typed += milliseconds(lambda text=letters: overview.list.filter_field.setText(text), 1)
    opened = [turns(overview.reload) for _ in range(5)]
    table = overview.list.table
    # Offices are rows too.
    assert table.model().rowCount() == MANY.documents + MANY.cases
    sorted_ = milliseconds(lambda: table.sortByColumn(SHARE, Qt.SortOrder.DescendingOrder), 3)
    table.selectAll()
    app.processEvents()
    marked = [turns(overview.reload) for _ in range(5)]
    assert len(table.marked()) == MANY.documents
    close(session, window)
    return {
        "sources: list of 20,000 read, longest turn": Figure(median(opened), "ms", 100),
        "sources: 20,000 sorted": Figure(median(sorted_), "ms", 100),
        "sources: list of 20,000 read, all marked, longest turn": Figure(median(marked), "ms", 100),
        "coding: list of 20,000 sources": Figure(round(median(loaded) / 1000, 3), "s", 0.1),
        "sources: a letter in the filter of 20,000": Figure(median(typed), "ms", 100),
    }


def measure_many_rows(folder: Path) -> dict[str, Figure]:
    """Measure changes where there is much of everything: 2,000 offices, 500 codes."""
    path = folder / "rows.qdaproj"
    build(path, replace(MANY, cases=2_000, codes=500)).close()
    session, window = shown(path)
    window.start("cases")
    settle()

    def case() -> None:
        window.context.bridge.run(edit_case, case=3, name=next(names), pseudonym="")
        application().processEvents()

    def code() -> None:
        window.context.bridge.run(add_code, name=next(names))
        application().processEvents()

    names = (f"Navn {number}" for number in count())
    renamed = milliseconds(case, 5)
    opened = milliseconds(lambda: window.show_workspace("codebook"), 1)
    settle(1)
    added = milliseconds(code, 5)
    close(session, window)
    return {
        "offices: one of 2,000 renamed, 20,000 sources": Figure(median(renamed), "ms", 100),
        "codebook: opened, 500 codes": Figure(round(opened[0], 1), "ms", 100),
        "codebook: a code added to 500": Figure(median(added), "ms", 100),
    }


def settle(seconds: float = 8) -> None:
    """Let the window make ready what it has not shown yet."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        application().processEvents()


def close(session: Session, window: MainWindow) -> None:
    """Close a window that `shown` has made, and its project; nothing of it is left behind."""
    window.save_state()
    window.context.jobs.stop()
    window.context.bridge.detach()
    window.hide()
    window.deleteLater()
    # Where no loop of events runs, what is to be deleted waits for this; left alive, closed windows
    # take the style anew at each opening that is measured.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application().processEvents()
    session.close()


def peak_memory() -> float:
    """Return the peak memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def large_project(folder: Path) -> Path:
    """Make the project of the budget table and return its path."""
    path = folder / "large.qdaproj"
    build(path, STUDY).close()
    return path
