"""Rows that are made when they come into sight: a chunk at a time, found without being made."""

from collections.abc import Sequence

import pytest
from pytestqt.qtbot import QtBot

from qda.gui.theme import Theme
from qda.gui.widgets.lazy_rows import CHUNK, LazyRows
from qda.gui.widgets.quote_list import QuoteList, QuoteRow


def test_rows_are_made_a_chunk_at_a_time_and_once() -> None:
    asked: list[Sequence[object]] = []

    def make(ids: Sequence[object]) -> list[str]:
        asked.append(ids)
        return [f"rad {one}" for one in ids]

    rows = LazyRows(list(range(1000)), make)
    assert len(rows) == 1000
    assert (rows[250], rows[251]) == ("rad 250", "rad 251")
    assert [len(one) for one in asked] == [CHUNK]
    assert rows.place_of(999) == 999
    assert rows.place_of(-1) is None
    assert len(asked) == 1
    assert rows[998:] == ["rad 998", "rad 999"]
    with pytest.raises(IndexError):
        rows[1000]


def test_a_list_of_many_makes_those_in_sight(qtbot: QtBot, theme: Theme) -> None:
    made: list[object] = []

    def make(ids: Sequence[object]) -> list[QuoteRow]:
        made.extend(ids)
        return [QuoteRow(one, f"Sitat {one}") for one in ids]

    shown = QuoteList(theme, "Sitater", several=True)
    qtbot.addWidget(shown)
    shown.resize(400, 300)
    shown.set_quotes(LazyRows(list(range(100_000)), make))
    with qtbot.waitExposed(shown):
        shown.show()
    assert len(made) <= 400
    assert shown.choose(5)
    assert shown.current_id() == 5
    assert not shown.choose(-1)
