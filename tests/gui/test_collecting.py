"""What stays is not searched through again and again."""

import gc
from collections.abc import Iterator

import pytest
from pytestqt.qtbot import QtBot

from qda.gui import collecting
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.workspaces import make_workspaces


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave the collector to other tests as it was."""
    threshold = gc.get_threshold()
    gc.unfreeze()
    yield
    gc.unfreeze()
    gc.set_threshold(*threshold)


class Ring:
    """Something that holds itself."""

    alive = 0

    def __init__(self) -> None:
        self.itself = self
        Ring.alive += 1

    def __del__(self) -> None:
        Ring.alive -= 1


def test_what_is_there_stays_and_what_nothing_holds_goes() -> None:
    held = Ring()
    Ring()
    collecting.settle()
    assert Ring.alive == 1
    assert gc.get_freeze_count() > 0
    assert gc.collect() == 0
    # What was left out is not left out for ever.
    del held
    collecting.settle()
    assert Ring.alive == 0


def test_the_window_settles_when_all_its_workspaces_are_there(
    qtbot: QtBot, study: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    there: list[int] = []
    settle = collecting.settle

    def settle_and_tell() -> None:
        settle()
        there.append(len(window._workspaces))  # noqa: SLF001

    window = MainWindow(study, make_workspaces(study))
    monkeypatch.setattr(collecting, "settle", settle_and_tell)
    qtbot.addWidget(window)
    window.show()
    window.start("coding")
    everything = len(window.workspace_keys())
    assert len(window._workspaces) < everything  # noqa: SLF001
    # A window that a test before left behind may settle meanwhile.
    qtbot.waitUntil(lambda: everything in there, timeout=20_000)
    assert gc.get_freeze_count() > 0


def test_only_the_thread_of_the_window_looks(qtbot: QtBot) -> None:
    gc.enable()
    looking = collecting.Collector()
    assert not gc.isenabled()
    Ring()
    assert Ring.alive == 1
    looking.look()
    assert Ring.alive == 1
    kept = [[] for _ in range(2 * collecting.MANY)]
    qtbot.waitUntil(lambda: Ring.alive == 0, timeout=10_000)
    assert len(kept) == 2 * collecting.MANY
