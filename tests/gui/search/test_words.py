"""Lists of words in the window: every number opens as many lines as it says."""

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.models.question import Filter
from qda.gui.search.words_question import WordsAsked
from qda.gui.search.words_table import OPENS_ROLE
from qda.gui.search.workspace import SearchWorkspace

Listed = Callable[[WordsAsked], list[list[str]]]


@pytest.fixture
def listed(qtbot: QtBot, room: SearchWorkspace, study: Context) -> Listed:
    """Ask for a list, wait; return its rows as they are shown."""

    def ask(asked: WordsAsked) -> list[list[str]]:
        room.words_view.show_asked(asked)
        room.show_part("words")
        qtbot.waitUntil(
            lambda: not room.runner.busy and study.words.state == "ready", timeout=60_000
        )
        model = room.words_view.table.words
        return [
            [str(model.index(row, column).data()) for column in range(model.columnCount())]
            for row in range(model.rowCount())
        ]

    return ask


def every_number_opens_its_lines(
    qtbot: QtBot, room: SearchWorkspace, listed: Listed, asked: WordsAsked
) -> int:
    """Open what every number of a list stands for; return how many numbers that were."""
    rows = listed(asked)
    model = room.words_view.table.words
    opened = 0
    for row in range(min(len(rows), 4)):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            if not index.data(OPENS_ROLE):
                continue
            room.words_view.table.setCurrentIndex(index)
            QTest.keyClick(room.words_view.table, Qt.Key.Key_Return)
            qtbot.waitUntil(lambda: not room.runner.busy, timeout=30_000)
            assert room.table.isVisible()
            assert room.table.lines.rowCount() == int(rows[row][column]), (rows[row], column)
            assert rows[row][0] in room.counts.text()
            opened += 1
            listed(asked)
    return opened


def test_the_most_frequent_words_and_their_lines(
    qtbot: QtBot, room: SearchWorkspace, listed: Listed, window: MainWindow
) -> None:
    rows = listed(WordsAsked())
    assert rows[0][:2] == ["stå", "1"] or int(rows[0][1]) >= 1
    assert {"plan", "telle"} <= {row[0] for row in rows}
    assert window.focusWidget() is room.words_view.table
    assert not room.bar.isVisible()
    assert "words" in room.words_view.said.text()
    # Small words are left out until they are wanted.
    assert "og" not in {row[0] for row in rows}
    assert "og" in {row[0] for row in listed(WordsAsked(stop=False))}
    assert every_number_opens_its_lines(qtbot, room, listed, WordsAsked(stop=False)) == 4


def test_words_divided_by_office(qtbot: QtBot, room: SearchWorkspace, listed: Listed) -> None:
    asked = WordsAsked(stop=False, by="case")
    rows = listed(asked)
    model = room.words_view.table.words
    heads = [model.headerData(column, Qt.Orientation.Horizontal) for column in range(5)]
    assert heads[3:] == ["NAV Bjørkvik", "NAV Havnes"]
    # The county's words count for both offices.
    by_word = {row[0]: row[1:2] + row[3:] for row in rows}
    assert by_word["folk"] == ["2", "2", "1"]
    assert every_number_opens_its_lines(qtbot, room, listed, asked) >= 8


def test_what_sets_two_groups_apart(qtbot: QtBot, room: SearchWorkspace, listed: Listed) -> None:
    listed(WordsAsked("apart"))
    assert room.words_view.table.words.rowCount() == 0
    assert "Choose a group" in room.words_view.note.text()
    group = (Filter("document", "Havnes veileder"),)
    asked = WordsAsked("apart", group=group, stop=False)
    assert every_number_opens_its_lines(qtbot, room, listed, asked) >= 4
    against = replace(asked, against=(Filter("document", "Fylket"),))
    assert every_number_opens_its_lines(qtbot, room, listed, against) >= 4


def test_what_stands_beside_a_word(qtbot: QtBot, room: SearchWorkspace, listed: Listed) -> None:
    listed(WordsAsked("beside"))
    assert "Write a word" in room.words_view.note.text()
    asked = WordsAsked("beside", word="telle", span=2, stop=False)
    rows = listed(asked)
    assert "plan" in {row[0] for row in rows}
    assert every_number_opens_its_lines(qtbot, room, listed, asked) >= 4
    room.words_view.show_asked(WordsAsked("beside", word="(telle"))
    room.words.refresh()
    qtbot.waitUntil(lambda: not room.runner.busy, timeout=30_000)
    assert room.words_view.trouble.isVisible()


def test_a_limit_that_is_gone_is_said(room: SearchWorkspace, listed: Listed) -> None:
    assert listed(WordsAsked(filters=(Filter("case", "NAV Borte"),))) == []
    assert "NAV Borte" in room.words_view.trouble.text()
    assert listed(WordsAsked())
    assert not room.words_view.trouble.isVisible()


def test_the_list_is_ordered_copied_and_written(
    qtbot: QtBot, room: SearchWorkspace, listed: Listed, tmp_path: Path,
    qtmodeltester: ModelTester,
) -> None:  # fmt: skip
    rows = listed(WordsAsked())
    table = room.words_view.table
    qtmodeltester.check(table.words)
    table.horizontalHeader().setSortIndicator(0, Qt.SortOrder.AscendingOrder)
    first = [str(table.words.index(row, 0).data()) for row in range(table.words.rowCount())]
    assert sorted(first) != [row[0] for row in rows]
    assert first[0] < first[-1]
    table.selectRow(0)
    assert table.copied().split("\t")[0] == first[0]
    path = tmp_path / "ord.csv"
    with qtbot.waitSignal(room.words.files.written, timeout=20_000):
        room.words.write(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        written = list(csv.DictReader(file))
    assert [one["Word"] for one in written] == [row[0] for row in rows]
    assert [one["Count"] for one in written] == [row[1] for row in rows]


def test_commands_lead_from_lines_to_words_and_back(
    qtbot: QtBot, room: SearchWorkspace, window: MainWindow
) -> None:
    QTest.keySequence(window, "Ctrl+Shift+2")
    qtbot.waitUntil(lambda: room.words_view.table.words.rowCount() > 0, timeout=60_000)
    assert room.shows_words()
    QTest.keySequence(window, "Ctrl+Shift+1")
    assert room.bar.isVisible()
    assert room.examples.isVisible()
