"""What follows a change has turns of the event loop of its own."""

from PySide6.QtCore import QObject, QTimer
from pytestqt.qtbot import QtBot

from qda.gui.turns import Turns


class View(QObject):
    """Tells what it did."""

    def __init__(self, name: str, told: list[str]) -> None:
        super().__init__()
        self.name, self.told = name, told

    def act(self) -> None:
        self.told.append(self.name)


def test_each_has_a_turn_of_its_own_in_the_order_asked_for(qtbot: QtBot) -> None:
    told: list[str] = []
    turns, views = Turns(), [View(name, told) for name in "abc"]
    beat = QTimer(interval=0)
    beat.timeout.connect(lambda: told.append(".") if told[-1:] != ["."] else None)
    beat.start()
    for view in (*views, views[0]):
        turns.want(view.act)
    assert told == []
    qtbot.waitUntil(lambda: "c" in told)
    assert "".join(told).strip(".") == "a.b.c"


def test_what_is_dropped_or_gone_is_left_out_and_others_go_on(qtbot: QtBot) -> None:
    told: list[str] = []
    turns, views = Turns(), [View(name, told) for name in "abc"]
    for view in views:
        turns.want(view.act)
    turns.drop(views[0].act)
    views[1].deleteLater()
    qtbot.waitUntil(lambda: told == ["c"])


def test_what_fails_does_not_keep_the_others_waiting(qtbot: QtBot) -> None:
    told: list[str] = []
    turns, view = Turns(), View("b", told)

    def fail() -> None:
        told.append("a")
        raise ValueError

    with qtbot.captureExceptions() as caught:
        turns.want(fail)
        turns.want(view.act)
        qtbot.waitUntil(lambda: told == ["a", "b"])
    assert [kind for kind, _, _ in caught] == [ValueError]
