"""Picking segments in the list and giving all of them another code, a new one, or none."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPushButton

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.model.ids import CodeId, CodingId
from qda.store import codes as code_queries
from qda.store import codings as coding_queries

QUOTES = ("Klokka ni, hver gang.", "Hvor mange som er godkjent.", "Ikke hvor mange som kom i jobb.")


@pytest.fixture
def listed(
    coding_room: CodingWorkspace,
    code_words: Callable[..., int],
    code_id: Callable[[str], CodeId],
) -> CodingWorkspace:
    """The coding room with the four segments of «rutiner» listed."""
    for quote in QUOTES:
        code_words(quote, "rutiner")
    coding_room.code_pane.choose(code_id("rutiner"))
    coding_room.listing.toggle()
    assert coding_room.segment_list.count() == 4
    return coding_room


def view(room: CodingWorkspace) -> QListView:
    """Return the list itself."""
    found = room.segment_list.findChild(QListView)
    assert found is not None
    return found


def click(room: CodingWorkspace, row: int, held: Qt.KeyboardModifier) -> None:
    """Click a row of the list with a key held."""
    rows = view(room)
    index = rows.model().index(row, 0)
    rows.scrollTo(index)
    place = rows.visualRect(index).center()
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, held, place)


def press(button: QPushButton) -> None:
    """Click a button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def codes_of(context: Context, picked: list[CodingId]) -> set[str]:
    """Return the names of the codes that codings have."""
    connection = context.bridge.project.connection
    names = {one.id: one.name for one in code_queries.all_codes(connection)}
    found = [coding_queries.by_id(connection, one) for one in picked]
    return {names[one.code] for one in found if one is not None}


def test_several_are_picked_with_ctrl_and_get_the_code_at_hand_in_one_step(
    coding_window: MainWindow,
    listed: CodingWorkspace,
    study: Context,
    code_id: Callable[[str], CodeId],
) -> None:
    click(listed, 1, Qt.KeyboardModifier.ControlModifier)
    click(listed, 2, Qt.KeyboardModifier.ControlModifier)
    picked = listed.segment_list.picked()
    assert len(picked) == 2
    assert not listed.segment_list.recode.isVisible(), "they have that code already"
    listed.code_pane.choose(code_id("tavlemøte"))
    assert "tavlemøte" in listed.segment_list.recode.text()
    press(listed.segment_list.recode)
    assert codes_of(study, picked) == {"tavlemøte"}
    assert listed.segment_list.count() == 4, "a subcode's segments stay in the list"
    assert listed.segment_list.picked() == picked
    coding_window.undo()
    assert codes_of(study, picked) == {"rutiner"}


def test_a_new_code_is_made_of_the_picked_ones_in_one_step(
    coding_window: MainWindow, listed: CodingWorkspace, study: Context
) -> None:
    click(listed, 0, Qt.KeyboardModifier.ControlModifier)
    click(listed, 2, Qt.KeyboardModifier.ShiftModifier)
    picked = listed.segment_list.picked()
    assert len(picked) == 3
    listed.listing.split("telling")
    assert codes_of(study, picked) == {"telling"}
    made = next(one for one in listed.code_pane.model.codes() if one.name == "telling")
    parent = listed.code_pane.model.code(made.parent) if made.parent is not None else None
    assert parent is not None
    assert parent.name == "rutiner"
    assert {one.sub_label for one in listed.view.segments()} == {"", "telling"}
    coding_window.undo()
    assert codes_of(study, picked) == {"rutiner"}
    assert not any(one.name == "telling" for one in listed.code_pane.model.codes())


def test_a_name_that_is_taken_changes_nothing(listed: CodingWorkspace, study: Context) -> None:
    click(listed, 0, Qt.KeyboardModifier.ControlModifier)
    picked = listed.segment_list.picked()
    failed: list[object] = []
    study.bridge.failed.disconnect()
    study.bridge.failed.connect(failed.append)
    listed.listing.split("tavlemøte")
    assert len(failed) == 1
    assert codes_of(study, picked) == {"rutiner"}


def test_the_picked_codings_are_removed_and_another_row_is_at_hand(
    coding_window: MainWindow, listed: CodingWorkspace
) -> None:
    for row in (1, 2):
        click(listed, row, Qt.KeyboardModifier.ControlModifier)
    press(listed.segment_list.uncode)
    assert listed.segment_list.count() == 2
    assert listed.segment_list.picked() == []
    assert view(listed).currentIndex().isValid()
    coding_window.undo()
    assert listed.segment_list.count() == 4


def test_a_plain_click_goes_to_the_segment(listed: CodingWorkspace) -> None:
    click(listed, 3, Qt.KeyboardModifier.NoModifier)
    assert listed.view.selected_segment() == listed.segment_list.picked()[0]


def test_the_list_keeps_its_place(
    listed: CodingWorkspace,
    code_words: Callable[..., int],
) -> None:
    text = listed.view.canonical_text()
    for word in dict.fromkeys(text.split()):
        code_words(word, "rutiner")
    rows = view(listed)
    rows.setFocus()
    bar = rows.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    before = bar.value()
    assert before > 0
    row = rows.indexAt(rows.viewport().rect().center()).row()
    place = rows.visualRect(rows.model().index(row, 0)).center()
    held = Qt.KeyboardModifier.ControlModifier
    QTest.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, held, place)
    press(listed.segment_list.uncode)
    assert abs(bar.value() - before) < 60


def test_nothing_is_offered_for_nothing(listed: CodingWorkspace) -> None:
    listed.segment_list.pick([])
    assert not listed.segment_list.uncode.isVisible()
    assert not listed.listing.can_change()
    listed.listing.uncode()
    listed.listing.recode()
    listed.listing.split("x")
    assert listed.segment_list.count() == 4
    listed.segment_list.pick([CodingId(1)])
    assert listed.listing.can_change()


def test_delete_in_the_list_removes_all_that_are_picked(
    coding_window: MainWindow, listed: CodingWorkspace
) -> None:
    click(listed, 0, Qt.KeyboardModifier.NoModifier)
    rows = view(listed)
    rows.setFocus()
    QTest.keyClick(rows, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    assert len(listed.segment_list.picked()) == 2
    QTest.keyClick(rows, Qt.Key.Key_Delete)
    assert listed.segment_list.count() == 2
    coding_window.undo()
    assert listed.segment_list.count() == 4
