"""A bar that moves is painted with all else, and not in the middle of what is going on."""

from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QProgressBar
from pytestqt.qtbot import QtBot

from qda.gui.widgets.progress import show_progress


class Bar(QProgressBar):
    """Counts how often it was painted."""

    painted = 0

    def paintEvent(self, event: QPaintEvent) -> None:
        self.painted += 1
        super().paintEvent(event)


def test_it_is_painted_by_the_event_loop(qtbot: QtBot) -> None:
    bar = Bar()
    qtbot.addWidget(bar)
    with qtbot.waitExposed(bar):
        bar.show()
    qtbot.waitUntil(lambda: bar.painted > 0)
    before = bar.painted
    for done in range(5):
        show_progress(bar, done, 4)
    assert bar.painted == before
    assert (bar.value(), bar.maximum()) == (4, 4)
    qtbot.waitUntil(lambda: bar.painted > before)
    show_progress(bar, 1, 0)
    assert (bar.minimum(), bar.maximum()) == (0, 0)
