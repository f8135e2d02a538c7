"""All lines coded at once, each with its tick and its reach, in one step; lines as files."""

import csv
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.search.review_lines import TAKES, TICK
from qda.gui.search.workspace import SearchWorkspace
from qda.model.ids import CodeId
from qda.store import codes, codings
from qda.store.codings import all_codings

Ask = Callable[[str], list[str]]


@pytest.fixture
def routines(study: Context) -> CodeId:
    """The code that one turn has already."""
    everything = codes.all_codes(study.bridge.project.connection)
    return next(one.id for one in everything if one.name == "rutiner")


def test_ticked_lines_are_coded_with_their_reach_in_one_step(
    qtbot: QtBot, room: SearchWorkspace, ask: Ask, study: Context, routines: CodeId
) -> None:
    session, connection = study.bridge.session, study.bridge.project.connection
    assert ask("vi") == ["Vi", "Vi", "Vi", "vi", "vi"]
    room.coding.review_with(routines)
    table, lines = room.review.table, room.review.lines
    assert table.isVisible()
    assert room.focusWidget() is table
    # The last one stands in the segment that is coded so already.
    assert [lines.is_ticked(row) for row in range(5)] == [True, True, True, True, False]
    assert "1 is coded so already" in room.review.said.text()
    assert room.review.code.text() == "Code 4 places with «rutiner»"
    QTest.keyClick(table, Qt.Key.Key_Space)
    assert room.review.code.text() == "Code 3 places with «rutiner»"
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Left)
    QTest.keyClick(table, Qt.Key.Key_Down)
    QTest.keyClick(table, Qt.Key.Key_Right)
    told = [lines.index(row, TAKES).data() for row in range(5)]
    assert told == ["sentence", "hit", "turn", "sentence", "sentence"]
    assert lines.index(4, TICK).data(Qt.ItemDataRole.AccessibleTextRole) == (
        "not ticked, coded so already"
    )
    before, steps = {one.id for one in all_codings(connection)}, len(session.steps())
    with qtbot.waitSignal(study.bridge.changed, timeout=10_000):
        room.review.code.click()
    new = [one for one in all_codings(connection) if one.id not in before]
    assert sorted(one.quote for one in new) == [
        "Så snakker vi om folk.",
        "Vi",
        "Vi ser på målekortet først. Så snakker vi om folk.",
    ]
    assert len(session.steps()) == steps + 1
    assert room.table.isVisible()
    study.bridge.undo()
    assert {one.id for one in all_codings(connection)} == before


def test_ticks_are_of_lines_whatever_the_code_and_can_be_given_up(
    room: SearchWorkspace, ask: Ask, study: Context, routines: CodeId, window: MainWindow
) -> None:
    ask("vi")
    room.coding.review_with(routines)
    room.review.none.click()
    assert not room.review.code.isEnabled()
    room.review.all.click()
    assert room.review.code.text() == "Code 5 places with «rutiner»"
    other = next(
        one.id for one in codes.all_codes(study.bridge.project.connection) if one.id != routines
    )
    # A code from the palette is the one that the lines are reviewed for.
    assert room.apply_code(other)
    assert "tavlemøte" in room.review.title.text()
    count = len(codings.all_codings(study.bridge.project.connection))
    QTest.keyClick(room.review.table, Qt.Key.Key_Escape)
    assert room.table.isVisible()
    assert len(codings.all_codings(study.bridge.project.connection)) == count
    assert window.focusWidget() is room.table


def test_a_click_ticks_and_changes_what_is_taken(
    room: SearchWorkspace, ask: Ask, routines: CodeId, qtmodeltester: ModelTester
) -> None:
    ask("vi")
    room.coding.review_with(routines)
    table, lines = room.review.table, room.review.lines

    def click(row: int, column: int) -> None:
        place = table.visualRect(lines.index(row, column)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)

    click(1, TICK)
    assert not lines.is_ticked(1)
    click(1, TICK)
    assert lines.is_ticked(1)
    click(1, TAKES)
    assert lines.takes(1) == "turn"
    assert table.current_row() == 0
    qtmodeltester.check(lines)


def test_lines_are_copied_and_written_without_names(
    qtbot: QtBot, room: SearchWorkspace, ask: Ask, tmp_path: Path
) -> None:
    assert len(ask("plan")) == 1
    room.files.copy()
    copied = QGuiApplication.clipboard().text().split("\t")
    assert copied == [
        "Havnes veileder", "2", "veileder", "Da står vi foran tavla og teller", "planer",
        "Klokka ni, hver gang.",
    ] or copied[:3] == ["Havnes veileder", "2", "veileder"]  # fmt: skip
    for ending in (".csv", ".xlsx"):
        path = tmp_path / f"linjer{ending}"
        with qtbot.waitSignal(room.files.files.written, timeout=20_000):
            room.files.write(path)
    with (tmp_path / "linjer.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert rows[0]["Role"] == "veileder"
    assert rows[0]["Hit"] == "planer"
    assert "Participant" not in rows[0]
    sheet = openpyxl.load_workbook(tmp_path / "linjer.xlsx").active
    assert sheet is not None
    assert sheet["C2"].value == "veileder"
