"""Widgets one after the other, lines broken like a text's; heights are kept, and measured anew."""

import pytest
from PySide6.QtWidgets import QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qda.gui.widgets.flow_layout import FlowLayout


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    layout = FlowLayout(made, 8)
    for _ in range(4):
        button = QPushButton("Helse og arbeid", made)
        button.setFixedSize(100, 20)
        layout.addWidget(button)
    made.show()
    return made


def test_a_kept_height_follows_what_is_shown(holder: QWidget) -> None:
    layout = holder.layout()
    assert isinstance(layout, FlowLayout)
    buttons = holder.findChildren(QPushButton)
    for _ in range(2):
        assert [layout.heightForWidth(width) for width in (500, 220, 100)] == [20, 48, 104]
    buttons[0].hide()
    assert layout.heightForWidth(100) == 76
    buttons[1].setFixedSize(100, 40)
    assert layout.heightForWidth(100) == 96
    layout.setSpacing(0)
    assert layout.heightForWidth(100) == 80
    layout.takeAt(3)
    assert layout.heightForWidth(100) == 60
    buttons[0].show()
    assert layout.heightForWidth(100) == 80
