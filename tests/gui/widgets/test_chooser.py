"""The field that opens on a button: of thousands of things it lists some, and finds all."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qda.gui.theme import Theme
from qda.gui.widgets.chooser import MOST, Chooser, ChooserItem


def test_of_many_some_are_listed_and_all_are_found(qtbot: QtBot, theme: Theme) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    things = [ChooserItem(number, f"Informant {number}") for number in range(MOST + 7)]
    chooser = Chooser(theme, "Who speaks here", things, parent)
    chosen: list[object] = []
    chooser.chosen.connect(chosen.append)
    assert chooser.list.count() == MOST + 1
    left = chooser.list.item(MOST)
    assert left.text() == "7 more: write to find them"
    chooser.list.setCurrentRow(MOST)
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    assert chosen == []
    chooser.field.setText(f"informant {MOST + 3}")
    assert [chooser.list.item(row).text() for row in range(chooser.list.count())] == [
        f"Informant {MOST + 3}"
    ]
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    assert chosen == [MOST + 3]
