"""The window with the search workspace in front."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.search.workspace import SearchWorkspace


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The window on three interviews."""
    made = MainWindow(study, [SearchWorkspace(study)])
    qtbot.addWidget(made)
    made.resize(1400, 860)
    with qtbot.waitExposed(made):
        made.show()
    made.start("search")
    return made


@pytest.fixture
def room(window: MainWindow) -> SearchWorkspace:
    """The search workspace."""
    found = window.workspace
    assert isinstance(found, SearchWorkspace)
    return found


@pytest.fixture
def ask(qtbot: QtBot, room: SearchWorkspace, study: Context) -> Callable[[str], list[str]]:
    """Write a query, press Enter, wait; return the hits from the top."""

    def asked(query: str) -> list[str]:
        room.bar.write(query)
        qtbot.waitUntil(
            lambda: not room.runner.busy and study.words.state == "ready", timeout=60_000
        )
        return hits(room)

    return asked


def hits(room: SearchWorkspace) -> list[str]:
    """Return the hits that are listed."""
    model = room.table.lines
    lines = [model.line(row) for row in range(model.rowCount())]
    return [line.hit.match for line in lines if line is not None]
