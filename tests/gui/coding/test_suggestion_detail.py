"""The reasons of a suggestion and its acts, whatever room there is."""

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from qda.gui.coding.suggestion_detail import SuggestionDetail
from qda.gui.theme import Theme
from qda.gui.widgets.quote_list import QuoteRow

WHY = "Fordi «tavla» er nøkkelord for rutiner, og det ligner 3 segmenter kodet med rutiner."
ROWS = [
    QuoteRow(("coding", n), "«Vi står foran tavla hver mandag og teller planer.»", f"Leder {n}")
    for n in range(3)
]


@pytest.fixture
def detail(qtbot: QtBot, theme: Theme) -> SuggestionDetail:
    made = SuggestionDetail(theme)
    qtbot.addWidget(made)
    made.resize(300, 260)
    with qtbot.waitExposed(made):
        made.show()
    made.show_reasons(WHY, "rutiner: Faste måter å gjøre ting på.", ROWS, writable=True)
    made.show_adjusted("Justert: 7 ord i stedet for 8.")
    return made


def place(widget: QWidget, above: QWidget) -> QRect:
    """Return where a widget stands in one above it."""
    return QRect(widget.mapTo(above, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("height", [240, 320, 700])
def test_nothing_covers_anything_else(qtbot: QtBot, detail: SuggestionDetail, height: int) -> None:
    detail.resize(300, height)
    qtbot.waitUntil(lambda: detail.height() == height)
    (reading,) = detail.findChildren(QScrollArea)
    read, below = detail.why.parentWidget(), [*detail.buttons(), detail.adjusted, detail.short_keys]
    assert read is not None
    for one in below:
        assert place(one, detail).top() > reading.geometry().bottom()
        assert detail.rect().contains(place(one, detail))
    parts = [place(one, read) for one in (detail.why, detail.meaning, detail.evidence, detail.keys)]
    for upper, lower in pairwise(parts):
        assert upper.bottom() < lower.top()
    assert detail.why.height() >= detail.why.heightForWidth(detail.why.width())


def test_evidence_that_one_comes_to_by_keyboard_is_in_sight(
    qtbot: QtBot, detail: SuggestionDetail
) -> None:
    (reading,) = detail.findChildren(QScrollArea)
    evidence = detail.evidence
    evidence.setFocus()
    evidence.choose(ROWS[0].id)
    for _ in ROWS[1:]:
        QTest.keyClick(evidence, Qt.Key.Key_Down)
    row = evidence.visualRect(evidence.currentIndex())
    port = reading.viewport()
    shown = QRect(evidence.viewport().mapTo(detail, row.topLeft()), row.size())
    assert place(port, detail).adjusted(0, -2, 0, 2).contains(shown.center())
    with qtbot.waitSignal(detail.evidence_wanted, timeout=500) as wish:
        QTest.keyClick(evidence, Qt.Key.Key_Return)
    assert wish.args == [ROWS[-1].id]


def test_what_may_only_be_read_offers_no_act(detail: SuggestionDetail) -> None:
    detail.show_reasons(WHY, "", (), writable=False)
    assert not any(one.isEnabled() for one in detail.buttons())
    assert not detail.evidence.isVisible()
    assert not detail.meaning.isVisible()
