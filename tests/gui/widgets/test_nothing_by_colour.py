"""What a colour says in the transcript is said in words, too."""

import pytest
from PySide6.QtCore import QPointF
from pytestqt.qtbot import QtBot

from qda.gui.theme import load_theme
from qda.gui.widgets.transcript import SegmentView, TranscriptText, TranscriptView

TEXT = TranscriptText("Vi teller planer hver mandag. " * 40)
CODES = ("rutiner", "telling", "styring", "frister", "kontroll", "kurs", "mål", "lag", "tavle")


@pytest.fixture
def view(qtbot: QtBot) -> TranscriptView:
    made = TranscriptView(load_theme("light"), "Transkripsjon")
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.set_document(TEXT)
    made.show()
    return made


def test_marks_of_the_overview_are_named(view: TranscriptView) -> None:
    view.set_segments(
        [
            SegmentView(1, 0, 300, 1, "rutiner"),
            SegmentView(2, 100, 260, 2, "rutiner", "frister"),
            SegmentView(3, 900, 1000, 3, "telling", dimmed=True),
        ]
    )
    strip = view.overview()
    assert strip.told_at(strip.height() * 200 // 1200) == "rutiner\nrutiner / frister"
    assert strip.told_at(strip.height() * 700 // 1200) == ""
    assert strip.told_at(strip.height() * 950 // 1200) == ""


def test_many_marks_in_one_place_are_counted(view: TranscriptView) -> None:
    view.set_segments(
        [SegmentView(at, 0, 200, at, name) for at, name in enumerate((*CODES, "ni", "ti"), 1)]
    )
    told = view.overview().told_at(10).splitlines()
    assert told[:7] == list(CODES[:7])
    assert told[7:] == ["+ 4"]


def test_a_label_that_speaks_for_several_tells_of_each(view: TranscriptView) -> None:
    view.set_segments(
        [SegmentView(at, 0, 20 + at, at, name) for at, name in enumerate(CODES[:4], 1)]
    )
    view.grab()
    lanes = view._lanes  # noqa: SLF001
    label = next(rect for rect, told in lanes._hits if len(told) > 1)  # noqa: SLF001
    found = view.hovered_segments(QPointF(label.center()))
    assert len(found) > 1
    assert {one.label for one in found} <= set(CODES)
