"""PySide6 6.12.0 loses a reference to None in every void call and aborts after some thousands."""

import sys

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

CALLS = 20_000


def test_void_calls_keep_the_references_to_none(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    thing = QObject()
    before = sys.getrefcount(None)
    for number in range(CALLS):
        widget.update()
        thing.setObjectName("a" if number % 2 else "b")
        thing.blockSignals(number % 2 == 0)
    # Python 3.12 and later never count references to None; here the count must stay about the same.
    assert abs(sys.getrefcount(None) - before) < CALLS // 10
