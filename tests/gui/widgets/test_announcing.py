"""A screen reader is told at once what the text under the caret is coded with."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.theme import load_theme
from qda.gui.widgets.transcript import SegmentView, TranscriptText, TranscriptView


def test_what_the_caret_comes_into_is_announced(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = TranscriptView(load_theme("light"), "Transkripsjon")
    qtbot.addWidget(view)
    view.set_document(TranscriptText("abcdef"))
    view.set_segments([SegmentView(1, 2, 4, 1, "rutiner"), SegmentView(2, 3, 4, 2, "mål")])
    with qtbot.waitExposed(view):
        view.show()
    view.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    view.set_selection(0, 0)
    said: list[str] = []
    kind = QAccessible.Event.Announcement

    def hear(event: object) -> None:
        if getattr(event, "type", lambda: None)() == kind:
            said.append(event.message())  # pyright: ignore[reportAttributeAccessIssue]

    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", hear)
    for _ in range(4):
        QTest.keyClick(view, Qt.Key.Key_Right)
    assert said == ["Coded with rutiner", "Coded with rutiner and mål", "Not coded"]
