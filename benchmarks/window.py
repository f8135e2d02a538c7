"""The window: cold start, a large project, a long transcript with thousands of codings."""

import random
import resource
import subprocess
import sys
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from benchmarks.generate import STUDY, Size, build
from benchmarks.measuring import Figure, median, milliseconds, percentile_95
from qda.app.session import Session
from qda.app.settings import Settings
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context, Navigator
from qda.gui.job_runner import JobRunner
from qda.gui.main_window import MainWindow
from qda.gui.session_bridge import SessionBridge
from qda.gui.theme import apply_theme, load_theme
from qda.gui.workspaces import make_workspaces
from qda.model.ids import CodeId, DocumentId
from qda.operations import codings
from qda.operations.codings import NewCoding

LONG = Size(documents=1, words=75_000, turns=600, codings=5_000)
"""About 500,000 characters with 5,000 overlapping codings."""

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


def _child(code: str, *arguments: str) -> float:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=True
    )
    return float(done.stdout.strip().splitlines()[-1])


def measure_start(folder: Path) -> dict[str, Figure]:
    """Measure from a cold process to a painted window of a small project."""
    path = folder / "small.qdaproj"
    build(path, Size(documents=10, words=1_500, turns=40, codings=30, codes=30, cases=3)).close()
    taken = [_child(START, str(path), str(time.time())) for _ in range(5)]
    return {"start: window usable": Figure(round(sorted(taken)[2], 3), "s", 0.5)}


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
        _close(session, window)
    return {
        "project: open, 1,000 transcripts, 200,000 codings": Figure(
            round(median(taken) / 1000, 3), "s", 1.0
        ),
        "project: memory": Figure(round(_child(MEMORY, str(path)), 1), "MB", 500),
    }


def _close(session: Session, window: MainWindow) -> None:
    window.save_state()
    window.context.jobs.stop()
    window.context.bridge.detach()
    window.hide()
    window.deleteLater()
    application().processEvents()
    session.close()


def measure_transcript(folder: Path) -> dict[str, Figure]:
    """Measure a transcript of 500,000 characters with 5,000 codings, to painted pixels."""
    path = folder / "long.qdaproj"
    build(path, LONG).close()
    session, window = shown(path)
    app = application()
    window.start("coding")
    app.processEvents()
    workspace = window.workspace
    assert isinstance(workspace, CodingWorkspace)
    figures = {
        "transcript: open, 500,000 characters, 5,000 codings": Figure(
            median(milliseconds(lambda: _reopen(workspace, app), 5)), "ms", 300
        )
    }
    figures |= _measure_changes(session, window, workspace)
    figures |= _measure_moves(workspace)
    _close(session, window)
    return figures


def _reopen(workspace: CodingWorkspace, app: QApplication) -> None:
    workspace.split.current.open = None
    workspace.open_document(DocumentId(1))
    workspace.view.viewport().repaint()
    app.processEvents()


def _measure_changes(
    session: Session, window: MainWindow, workspace: CodingWorkspace
) -> dict[str, Figure]:
    random_ = random.Random(3)
    app = application()
    bridge = window.context.bridge
    added: list[float] = []
    removed: list[float] = []
    undone: list[float] = []
    length = len(workspace.view.canonical_text())
    for _ in range(40):
        start = random_.randrange(length - 500)
        workspace.view.reveal(start, start + 200)
        # What is still waiting of the scrolling is not part of what is measured.
        app.processEvents()
        app.processEvents()
        new = NewCoding(DocumentId(1), CodeId(random_.randint(1, 100)), start, start + 200)
        made: list[int] = []

        def add(new: NewCoding = new, made: list[int] = made) -> None:
            result = bridge.run(codings.add_codings, new=[new])
            assert result is not None
            made.append(result.value[0].id)
            app.processEvents()

        def remove(made: list[int] = made) -> None:
            bridge.run(codings.remove_codings, coding_ids=[made[-1]])
            app.processEvents()

        def undo() -> None:
            bridge.undo()
            app.processEvents()

        added += milliseconds(add, 1)
        removed += milliseconds(remove, 1)
        undone += milliseconds(undo, 1)
    assert session.next_undo is not None
    return {
        "transcript: add one coding": Figure(percentile_95(added), "ms", 16),
        "transcript: remove one coding": Figure(percentile_95(removed), "ms", 16),
        "transcript: undo": Figure(percentile_95(undone), "ms", 16),
    }


def _measure_moves(workspace: CodingWorkspace) -> dict[str, Figure]:
    view, app = workspace.view, application()
    bar = view.verticalScrollBar()
    random_ = random.Random(4)

    def scroll() -> None:
        bar.setValue(bar.value() + 60)
        view.viewport().repaint()
        app.processEvents()

    def jump() -> None:
        start = random_.randrange(len(view.canonical_text()) - 100)
        view.reveal(start, start + 50)
        view.viewport().repaint()
        app.processEvents()

    bar.setValue(0)
    return {
        "transcript: scroll, a frame": Figure(percentile_95(milliseconds(scroll, 200)), "ms", 16),
        "transcript: jump": Figure(percentile_95(milliseconds(jump, 60)), "ms", 16),
    }


def peak_memory() -> float:
    """Return the peak memory of this process in megabytes."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def large_project(folder: Path) -> Path:
    """Make the project of the budget table and return its path."""
    path = folder / "large.qdaproj"
    build(path, STUDY).close()
    return path
