"""Picking segments in the list and giving all of them another code, a new one, or none."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QPushButton
from pytestqt.qtbot import QtBot

from qda.gui.coding import listing
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.widgets.quote_list import ID_ROLE
from qda.model.ids import CodeId, CodingId
from qda.operations import codings as coding_operations
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


# --------------------------------------------------------------------- in the transcript itself
@pytest.fixture
def coded(
    coding_room: CodingWorkspace, code_words: Callable[..., int], code_id: Callable[[str], CodeId]
) -> CodingWorkspace:
    """The coding room with four segments of «rutiner» in the open text and no list."""
    for quote in QUOTES:
        code_words(quote, "rutiner")
    coding_room.code_pane.choose(code_id("tavlemøte"))
    coding_room.view.select_segment(None)
    coding_room.view.grab()
    return coding_room


def bar(room: CodingWorkspace, number: int) -> QPoint:
    """Return a place on the bar of a segment in the margin."""
    room.view.grab()
    hits = room.view._lanes._hits  # noqa: SLF001
    return next(rect.center().toPoint() for rect, of in hits if of == (number,))


def press_bar(room: CodingWorkspace, number: int, held: Qt.KeyboardModifier) -> None:
    """Click the bar of a segment with a key held."""
    QTest.mouseClick(room.view.viewport(), Qt.MouseButton.LeftButton, held, bar(room, number))


NONE, WITH_CTRL, WITH_SHIFT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.ShiftModifier,
)


def test_several_are_picked_in_the_margin_and_get_the_code_at_hand_in_one_step(
    coded: CodingWorkspace, study: Context
) -> None:
    numbers = [one.id for one in coded.view.segments()]
    steps = len(study.bridge.session.steps())
    press_bar(coded, numbers[0], NONE)
    press_bar(coded, numbers[2], WITH_CTRL)
    press_bar(coded, numbers[3], WITH_CTRL)
    press_bar(coded, numbers[3], WITH_CTRL)
    assert coded.view.picked_segments() == [numbers[0], numbers[2]]
    coded.code_pane.choose(next(one for one in coded.known_codes().values()
                                if one.name == "tavlemøte").id)  # fmt: skip
    QTest.keySequence(coded.window(), "Ctrl+Shift+R")
    assert codes_of(study, [CodingId(one) for one in (numbers[0], numbers[2])]) == {"tavlemøte"}
    assert codes_of(study, [CodingId(one) for one in (numbers[1], numbers[3])]) == {"rutiner"}
    assert len(study.bridge.session.steps()) == steps + 1


def test_shift_picks_all_up_to_a_segment_and_delete_removes_them(
    coded: CodingWorkspace, study: Context
) -> None:
    numbers = [one.id for one in coded.view.segments()]
    press_bar(coded, numbers[1], NONE)
    press_bar(coded, numbers[3], WITH_SHIFT)
    assert coded.view.picked_segments() == numbers[1:]
    coded.view.setFocus()
    QTest.keySequence(coded.window(), "Delete")
    assert [one.id for one in coded.view.segments()] == numbers[:1]
    assert coded.view.picked_segments() == []
    QTest.keySequence(coded.window(), "Ctrl+Z")
    assert len(coding_queries.all_codings(study.bridge.project.connection)) == 4


def test_segments_are_picked_by_keyboard_and_let_go(coded: CodingWorkspace) -> None:
    numbers = [one.id for one in coded.view.segments()]
    coded.view.setFocus()
    coded.view.set_selection(0, 0)
    for keys in ("Alt+Down", "Ctrl+Space", "Alt+Down", "Ctrl+Space"):
        QTest.keySequence(coded.window(), keys)
    assert coded.view.picked_segments() == numbers[:2]
    QTest.keyClick(coded.view, Qt.Key.Key_Escape)
    assert coded.view.picked_segments() == []
    assert coded.view.selected_segment() == numbers[1]


def test_a_new_code_is_made_of_those_picked_in_the_margin(
    coded: CodingWorkspace, study: Context, code_id: Callable[[str], CodeId]
) -> None:
    numbers = [one.id for one in coded.view.segments()]
    for number in numbers[:2]:
        press_bar(coded, number, WITH_CTRL)
    coded.code_pane.choose(code_id("rutiner"))
    coded.listing.split("mandager")
    assert codes_of(study, [CodingId(one) for one in numbers[:2]]) == {"mandager"}
    made = next(one for one in coded.known_codes().values() if one.name == "mandager")
    assert made.parent == code_id("rutiner")


def test_a_plain_click_lets_the_picked_ones_go(coded: CodingWorkspace) -> None:
    numbers = [one.id for one in coded.view.segments()]
    press_bar(coded, numbers[0], WITH_CTRL)
    press_bar(coded, numbers[1], WITH_CTRL)
    press_bar(coded, numbers[2], NONE)
    assert coded.view.picked_segments() == []
    assert coded.view.selected_segment() == numbers[2]


def test_a_long_list_follows_a_turn_later_and_makes_what_is_in_sight(
    listed: CodingWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listing, "LONG", 2)
    rows = view(listed).model()
    picked = CodingId(rows.index(1, 0).data(ID_ROLE))
    listed.segment_list.pick([picked])
    assert listed.segment_list.picked() == [picked]
    listed.context.bridge.run(coding_operations.remove_codings, coding_ids=[picked])
    assert listed.segment_list.count() == 4
    qtbot.waitUntil(lambda: listed.segment_list.count() == 3)
    assert listed.segment_list.picked() == []
    assert "" not in [rows.index(row, 0).data() for row in range(rows.rowCount())]
    listed.context.bridge.undo()
    listed.save_state()
    qtbot.wait(1)
    assert listed.segment_list.count() == 3
