"""Quotes stand below one another, whatever width the list comes to have."""

import pytest
from PySide6.QtCore import QRect
from pytestqt.qtbot import QtBot

from qda.gui.theme import Theme, load_theme
from qda.gui.widgets.quote_list import QuoteList, QuoteRow

TEXT = "Vi begynner alltid med å spørre hvordan det går, og det er jeg opptatt av. "


@pytest.fixture
def theme() -> Theme:
    return load_theme("light")


def rects(shown: QuoteList) -> list[QRect]:
    """Return where the quotes stand."""
    model = shown.model()
    return [shown.visualRect(model.index(row, 0)) for row in range(model.rowCount())]


def heights(shown: QuoteList) -> list[int]:
    """Return how high the quotes have to be at the width there is."""
    model = shown.model()
    return [shown.sizeHintForIndex(model.index(row, 0)).height() for row in range(model.rowCount())]


@pytest.mark.parametrize("width", [220, 420, 640])
def test_quotes_are_as_high_as_their_texts_after_the_list_became_narrower(
    qtbot: QtBot, theme: Theme, width: int
) -> None:
    shown = QuoteList(theme)
    qtbot.addWidget(shown)
    shown.resize(900, 300)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.set_quotes([QuoteRow(at, TEXT * (at % 3 + 1), "(leder)") for at in range(12)])
    rects(shown)
    shown.resize(width, 300)
    qtbot.waitUntil(lambda: [one.height() for one in rects(shown)] == heights(shown))
    for above, below in zip(rects(shown), rects(shown)[1:], strict=False):
        assert above.bottom() < below.top()


def test_the_same_quote_twice_has_the_height_of_either_text(qtbot: QtBot, theme: Theme) -> None:
    shown = QuoteList(theme)
    qtbot.addWidget(shown)
    shown.resize(300, 300)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.set_quotes([QuoteRow(1, "kort"), QuoteRow(1, TEXT * 3)])
    low, high = heights(shown)
    assert low < high
