"""The pane at the side keeps its width while there is room."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qda.gui.widgets.side_splitter import SideSplitter


def make(qtbot: QtBot, side: int) -> SideSplitter:
    made = SideSplitter(side, 300, 400, 0.6)
    for _ in range(2):
        made.addWidget(QWidget())
    qtbot.addWidget(made)
    made.resize(1000, 200)
    made.show()
    return made


def test_the_pane_gives_way_in_a_narrow_window_and_comes_back(qtbot: QtBot) -> None:
    splitter = make(qtbot, 1)
    assert splitter.sizes()[1] == 300
    splitter.resize(500, 200)
    assert splitter.sizes()[0] >= 299
    splitter.resize(1200, 200)
    assert splitter.sizes()[1] == 300


def test_the_pane_may_stand_at_the_left(qtbot: QtBot) -> None:
    assert make(qtbot, 0).sizes()[0] == 300


def test_the_user_decides_how_wide_it_is(qtbot: QtBot) -> None:
    splitter = make(qtbot, 1)
    handle = splitter.handle(1)
    qtbot.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(0, 50))
    qtbot.mouseMove(handle, QPoint(-100, 50))
    qtbot.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(-100, 50))
    assert splitter.side_width() > 300
    wide = splitter.side_width()
    splitter.resize(1300, 200)
    assert splitter.sizes()[1] == wide
