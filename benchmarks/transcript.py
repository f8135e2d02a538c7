"""The coding room on a long transcript: every figure ends when its pixels are painted.

The same is measured for a transcript of many turns and for one that is a single paragraph.
"""

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

from benchmarks.generate import Size, build
from benchmarks.measuring import Figure, median, milliseconds, percentile_95
from benchmarks.window import application, close, shown
from qda.app.session import Session
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.main_window import MainWindow
from qda.model.ids import CodeId, CodingId, DocumentId
from qda.operations import codings, corrections
from qda.operations.codings import NewCoding
from qda.text.edits import Edit

SHAPES = {
    "transcript": Size(documents=2, words=75_000, turns=600, codings=5_000),
    "one paragraph": Size(documents=2, words=75_000, turns=1, codings=5_000, one_paragraph=True),
}
"""Two texts of about 500,000 characters with 5,000 overlapping codings each."""
ONE, OTHER = DocumentId(1), DocumentId(2)
LENGTH = 200
"""Characters of a coding that is added."""


class Painted(QObject):
    """Count how often widgets are painted, so that nothing unpainted is called finished."""

    def __init__(self, *widgets: QWidget) -> None:
        """Watch `widgets`."""
        super().__init__()
        self.counts = dict.fromkeys(widgets, 0)
        for widget in widgets:
            widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note a painting."""
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.counts[watched] += 1
        return False


@dataclass(slots=True)
class Room:
    """A coding room with the long transcript open in it."""

    session: Session
    window: MainWindow
    coding: CodingWorkspace
    painted: Painted = field(init=False)

    def __post_init__(self) -> None:
        """Watch the text with its margin, and the overview."""
        self.painted = Painted(self.coding.view.viewport(), self.coding.view.overview())

    def settle(self) -> None:
        """Let everything that waits be done and painted."""
        _done()
        _done()

    def lay_out(self) -> None:
        """Let Qt lay out the text to its end, which it does within 0.2 s of opening it.

        A correction is opened, typed and saved: nobody does that sooner.
        """
        while not self.coding.view.document().lastBlock().layout().lineCount():
            _done()

    def to_pixels(self, work: Callable[[], object]) -> float:
        """Return how many milliseconds `work` takes until text, margin and overview are painted."""
        counts = self.painted.counts
        before = dict(counts)

        def run() -> None:
            work()
            _done()
            for widget, count in before.items():
                if counts[widget] == count:
                    widget.repaint()

        return milliseconds(run, 1)[0]


def _done() -> None:
    """Do what an event loop does before it waits; what was to be deleted goes with it."""
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    application().processEvents()


def measure_transcripts(folder: Path) -> dict[str, Figure]:
    """Measure each shape of a long transcript."""
    figures: dict[str, Figure] = {}
    for name, size in SHAPES.items():
        figures |= _measure(folder / f"{name}.qdaproj", name, size)
    return figures


def _measure(path: Path, name: str, size: Size) -> dict[str, Figure]:
    build(path, size).close()
    session, window = shown(path)
    window.start("coding")
    application().processEvents()
    workspace = window.workspace
    assert isinstance(workspace, CodingWorkspace)
    # The other workspaces are built while a person reads, not while they wait.
    window.build_all()
    room = Room(session, window, workspace)
    room.settle()
    opened = [
        room.to_pixels(lambda number=number: room.coding.open_document(number))
        for _ in range(4)
        for number in (OTHER, ONE)
    ]
    figures = {"open, 500,000 characters, 5,000 codings": Figure(median(opened), "ms", 300)}
    figures |= _measure_changes(room)
    figures |= _measure_moves(room)
    figures |= _measure_corrections(room)
    close(session, window)
    return {f"{name}: {key}": figure for key, figure in figures.items()}


def _measure_changes(room: Room) -> dict[str, Figure]:
    """Measure changes of one coding in sight, through the bridge as every view makes them."""
    random_ = random.Random(3)
    bridge = room.window.context.bridge
    view, actions = room.coding.view, room.coding.actions_on_text
    taken: dict[str, list[float]] = {}
    length = len(view.canonical_text())
    made: list[CodingId] = []

    def measured(what: str, work: Callable[[], object]) -> None:
        taken.setdefault(what, []).append(room.to_pixels(work))

    def add(new: NewCoding) -> None:
        result = bridge.run(codings.add_codings, new=[new])
        assert result is not None
        made.append(result.value[0].id)

    def by_hand(code: CodeId, start: int) -> None:
        actions.code_with([code], (start, start + LENGTH))

    for _ in range(40):
        start = random_.randrange(length - 500)
        code = CodeId(random_.randint(1, 100))
        view.reveal(start, start + LENGTH)
        # What is still waiting of the scrolling is not part of what is measured.
        room.settle()
        new = NewCoding(ONE, code, start, start + LENGTH)
        measured("add one coding", lambda new=new: add(new))
        measured(
            "remove one coding", lambda: bridge.run(codings.remove_codings, coding_ids=[made[-1]])
        )
        measured("undo", bridge.undo)
        bridge.undo()
        view.set_selection(start, start + LENGTH)
        room.settle()
        measured(
            "code the selection, its card shown",
            lambda code=code, start=start: by_hand(code, start),
        )
    assert room.session.next_undo is not None
    return {what: Figure(percentile_95(times), "ms", 16) for what, times in taken.items()}


def _measure_moves(room: Room) -> dict[str, Figure]:
    view = room.coding.view
    bar = view.verticalScrollBar()
    random_ = random.Random(4)
    view.select_segment(None)
    bar.setValue(0)
    room.settle()
    scrolled = [room.to_pixels(lambda: bar.setValue(bar.value() + 60)) for _ in range(200)]
    assert bar.value() > 0
    jumped: list[float] = []
    for _ in range(60):
        start = random_.randrange(len(view.canonical_text()) - 100)
        jumped.append(room.to_pixels(lambda start=start: view.reveal(start, start + 50)))
    return {
        "scroll, a frame": Figure(percentile_95(scrolled), "ms", 16),
        "jump": Figure(percentile_95(jumped), "ms", 16),
    }


def _measure_corrections(room: Room) -> dict[str, Figure]:
    """Measure a word put in and saved, at three places of the text in sight."""
    figures: dict[str, Figure] = {}
    view = room.coding.view
    for where, share in (("start", 0.0), ("middle", 0.5), ("end", 1.0)):
        taken: list[float] = []
        for _ in range(40):
            text = view.canonical_text()
            at = text.index(" ", max(0, int(len(text) * share) - 200)) + 1
            view.reveal(at, at + 50)
            room.lay_out()
            room.settle()
            taken.append(room.to_pixels(lambda at=at: _correct(room, at)))
            assert view.canonical_text()[at:].startswith("altså ")
        figures[f"edit and save at the {where}"] = Figure(percentile_95(taken), "ms", 100)
    return figures


def _correct(room: Room, at: int) -> None:
    """Plan a correction, as the dialog does to say what it would do, and save it."""
    edits = (Edit(at, 0, "altså "),)
    plan = corrections.plan_correction(room.session.project, document=ONE, edits=edits)
    assert not plan.lost
    done = room.window.context.bridge.run(
        corrections.correct_text, document=ONE, edits=edits, made_for=_hash(room)
    )
    assert done is not None


def _hash(room: Room) -> str:
    assert room.coding.open is not None
    return room.coding.open.document.text_hash
