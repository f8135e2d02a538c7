"""The list to tick."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListView
from pytestqt.qtbot import QtBot

from qda.gui.theme import load_theme
from qda.gui.widgets.checklist import Checklist
from qda.gui.widgets.trouble import Trouble

ITEMS = [(1, "Bjørkvik leder"), (2, "Havnes veileder"), (3, "Fylket")]


@pytest.fixture
def checklist(qtbot: QtBot) -> Checklist:
    made = Checklist(load_theme("light"), "Kilder", "Finn en kilde")
    qtbot.addWidget(made)
    made.set_items(ITEMS, {3})
    made.show()
    return made


def test_what_is_ticked_comes_first(checklist: Checklist) -> None:
    assert checklist.texts() == ("Fylket", "Bjørkvik leder", "Havnes veileder")


def test_the_order_stays_while_ticking(checklist: Checklist) -> None:
    checklist.set_items(ITEMS, {2})
    assert checklist.texts() == ("Fylket", "Bjørkvik leder", "Havnes veileder")


def test_showing_ticks_says_nothing(qtbot: QtBot, checklist: Checklist) -> None:
    with qtbot.assertNotEmitted(checklist.ticked):
        checklist.set_items(ITEMS, {1, 2})


def test_typing_narrows_and_enter_ticks(qtbot: QtBot, checklist: Checklist) -> None:
    field = checklist.focusProxy()
    assert field is not None
    qtbot.keyClicks(field, "HAV")
    assert checklist.texts() == ("Havnes veileder",)
    with qtbot.waitSignal(checklist.ticked) as said:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said.args == [2, True]
    with qtbot.waitSignal(checklist.ticked) as said:
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert said.args == [2, False]


def test_the_list_is_reached_by_the_down_key(qtbot: QtBot, checklist: Checklist) -> None:
    field = checklist.focusProxy()
    rows = checklist.findChild(QListView)
    assert field is not None
    assert rows is not None
    checklist.activateWindow()
    qtbot.waitUntil(checklist.isActiveWindow)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert rows.hasFocus()
    with qtbot.waitSignal(checklist.ticked) as said:
        qtbot.keyClick(rows, Qt.Key.Key_Space)
    assert said.args == [3, False]


def test_a_click_on_the_words_ticks(qtbot: QtBot, checklist: Checklist) -> None:
    rows = checklist.findChild(QListView)
    assert rows is not None
    place = rows.visualRect(rows.model().index(1, 0)).center()
    with qtbot.waitSignal(checklist.ticked) as said:
        qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert said.args == [1, True]


def test_trouble_is_said_and_goes_away(qtbot: QtBot) -> None:
    trouble = Trouble(load_theme("light"))
    qtbot.addWidget(trouble)
    assert trouble.isHidden()
    trouble.say("Dette er ikke et tall.")
    assert not trouble.isHidden()
    assert trouble.accessibleName() == trouble.text() == "Dette er ikke et tall."
    trouble.say("")
    assert trouble.isHidden()
