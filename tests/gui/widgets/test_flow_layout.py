"""Widgets one after the other, lines broken like a text's; heights are kept, and measured anew."""

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from qda.gui.widgets.flow_layout import FlowLayout


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    layout = FlowLayout(made, 8)
    for _ in range(4):
        # Style sheets give labels a least height, labels none.
        label = QLabel("Helse og arbeid", made)
        label.setFixedSize(100, 20)
        layout.addWidget(label)
    made.show()
    return made


def test_a_kept_height_follows_what_is_shown(holder: QWidget) -> None:
    layout = holder.layout()
    assert isinstance(layout, FlowLayout)
    labels = holder.findChildren(QLabel)
    for _ in range(2):
        assert [layout.heightForWidth(width) for width in (500, 220, 100)] == [20, 48, 104]
    labels[0].hide()
    assert layout.heightForWidth(100) == 76
    labels[1].setFixedSize(100, 40)
    assert layout.heightForWidth(100) == 96
    layout.setSpacing(0)
    assert layout.heightForWidth(100) == 80
    layout.takeAt(3)
    assert layout.heightForWidth(100) == 60
    labels[0].show()
    assert layout.heightForWidth(100) == 80
