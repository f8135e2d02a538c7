"""Work in pieces: the event loop turns between them."""

from collections.abc import Generator

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from qda.gui.turns import REST, Turns
from qda.gui.widgets.pieces import Pieces


def work(told: list[str], name: str, pieces: int) -> Generator[None]:
    for number in range(pieces):
        if number:
            yield
        told.append(f"{name}{number}")


def test_one_piece_is_done_at_once_and_the_others_by_the_loop(qtbot: QtBot) -> None:
    parent, told = QObject(), list[str]()
    pieces = Pieces(Turns(parent), parent)
    pieces.start(work(told, "a", 1))
    assert (told, pieces.busy) == (["a0"], False)
    pieces.when_done(lambda: told.append("after"))
    pieces.start(work(told, "b", 3))
    pieces.when_done(lambda: told.append("at last"))
    assert (told, pieces.busy) == (["a0", "after", "b0"], True)
    qtbot.waitUntil(lambda: not pieces.busy)
    assert told == ["a0", "after", "b0", "b1", "b2", "at last"]


def test_newer_work_takes_the_place_of_older_and_nothing_follows_a_stop(qtbot: QtBot) -> None:
    parent, told = QObject(), list[str]()
    pieces = Pieces(Turns(parent), parent)
    pieces.start(work(told, "a", 3))
    pieces.when_done(lambda: told.append("after"))
    pieces.start(work(told, "b", 2))
    qtbot.waitUntil(lambda: not pieces.busy)
    assert told == ["a0", "b0", "b1", "after"]
    pieces.start(work(told, "c", 2))
    pieces.when_done(lambda: told.append("never"))
    pieces.stop()
    qtbot.wait(2 * REST)
    assert (told[4:], pieces.busy) == (["c0"], False)
