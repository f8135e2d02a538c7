"""Suggestions are gone through by keyboard; each says why it is made, none codes by itself."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qda.gui.coding.suggestion_codes import CodesSheet
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.widgets.queue_list import QueueHead, QueueRow
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.ids import CodeId
from qda.operations import codes as code_operations
from qda.operations import codings as coding_operations
from qda.operations import corrections
from qda.operations.codings import NewCoding
from qda.store import codes as code_queries
from qda.store import codings as coding_queries
from qda.store import documents
from qda.text.edits import Edit

CodeIn = Callable[..., int]
BOARD = "Da står vi foran tavla og teller planer."
DONE = "Hvor mange som er godkjent."
CARD = "Vi ser på målekortet først."
ALL = {BOARD, DONE, CARD}


def press(window: MainWindow, command: str) -> None:
    """Give a command by its shortcut, as the keyboard does."""
    action = window.actions_by_command.action(command)
    QTest.keySequence(window.focusWidget() or window, action.shortcut())


def focused(window: MainWindow) -> QWidget:
    """Return the widget that has the keyboard."""
    found = window.focusWidget()
    assert found is not None
    return found


def at_hand(room: CodingWorkspace) -> str:
    """Return what is selected in the transcript."""
    selected = room.view.selection()
    return room.view.canonical_text()[slice(*selected)] if selected is not None else ""


def quotes(room: CodingWorkspace) -> list[str]:
    """Return what is listed to decide, from the top."""
    return [row.text for row in room.suggestion_pane.list.rows() if isinstance(row, QueueRow)]


def coded(study: Context, code: CodeId) -> set[str]:
    """Return what is coded with a code."""
    found = coding_queries.of_code(study.bridge.project.connection, code)
    return {one.quote for one in found}


def go_to(room: CodingWorkspace, quote: str) -> None:
    """Walk down the list to a suggestion, as the keyboard does."""
    listed = room.suggestion_pane.list
    for _ in range(quotes(room).index(quote) + 1 - listed.place()):
        QTest.keyClick(listed, Qt.Key.Key_Down)
    for _ in range(listed.place() - 1 - quotes(room).index(quote)):
        QTest.keyClick(listed, Qt.Key.Key_Up)
    assert at_hand(room) == quote


def choose_next(control: SegmentedControl) -> None:
    """Choose the word after the one that holds, by keyboard."""
    control.focus_value()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
        at = control.focusWidget()
        assert at is not None
        QTest.keyClick(at, key)


@pytest.fixture
def measuring(study: Context, code_id: Callable[[str], CodeId]) -> CodeId:
    """A code with keywords that nothing is coded with."""
    run, coder = study.bridge.session.run, study.bridge.session.coder
    made = run(code_operations.add_code, coder=coder, name="måling").value
    words = ("planer", "godkjent", "målekortet")
    run(code_operations.edit_code, coder=coder, code=replace(made, keywords=words))
    return code_id("måling")


@pytest.fixture
def opened(
    qtbot: QtBot, coding_window: MainWindow, coding_room: CodingWorkspace, measuring: CodeId
) -> CodingWorkspace:
    """The room with suggestions open for the code, by its command."""
    coding_room.code_pane.choose(measuring)
    coding_room.view.setFocus()
    press(coding_window, "coding.suggestions")
    qtbot.waitUntil(coding_room.suggestion_pane.start.begin.isVisible, timeout=60_000)
    return coding_room


@pytest.fixture
def begun(opened: CodingWorkspace, coding_window: MainWindow) -> CodingWorkspace:
    """The room with the queue begun by Enter."""
    QTest.keyClick(focused(coding_window), Qt.Key.Key_Return)
    assert opened.suggestion_pane.list.hasFocus()
    return opened


def settled(qtbot: QtBot, room: CodingWorkspace) -> None:
    """Wait until nothing is made or measured."""
    qtbot.waitUntil(lambda: not room.suggestions.making.busy, timeout=60_000)


# ------------------------------------------------------------------------------- before it begins
def test_nothing_shows_before_it_is_asked_for(
    coding_room: CodingWorkspace, measuring: CodeId
) -> None:
    del measuring
    assert not coding_room.suggestion_pane.isVisible()
    assert coding_room.view.selection() is None


def test_it_first_says_how_good_it_is_and_touches_no_text(opened: CodingWorkspace) -> None:
    start = opened.suggestion_pane.start
    (said,) = start.standings()
    assert said.code == "måling"
    assert any("too few to learn from" in one for one in said.sentences)
    assert start.begin.text() == "Go through 3 suggestions"
    assert start.begin.hasFocus()
    assert at_hand(opened) == ""
    assert not opened.code_pane.isVisible()


def test_codes_are_chosen_on_a_sheet(qtbot: QtBot, opened: CodingWorkspace) -> None:
    start = opened.suggestion_pane.start
    assert start.codes.text() == "Code: måling"
    QTest.mouseClick(start.codes, Qt.MouseButton.LeftButton)
    (sheet,) = start.findChildren(CodesSheet)
    assert sheet.every.checkState() == Qt.CheckState.PartiallyChecked
    QTest.keyClick(sheet.every, Qt.Key.Key_Space)
    assert sheet.every.checkState() == Qt.CheckState.Checked
    sheet.close()
    settled(qtbot, opened)
    assert start.codes.text() == "Codes: all"
    assert [one.code for one in start.standings()] == ["rutiner", "tavlemøte", "måling"]


def test_only_this_source(qtbot: QtBot, opened: CodingWorkspace) -> None:
    start = opened.suggestion_pane.start
    choose_next(start.where)
    settled(qtbot, opened)
    assert start.begin.text() == "Go through 2 suggestions"


def test_escape_leaves_the_room_as_it_was(
    opened: CodingWorkspace, coding_window: MainWindow
) -> None:
    QTest.keyClick(focused(coding_window), Qt.Key.Key_Escape)
    assert not opened.suggestion_pane.isVisible()
    assert opened.code_pane.isVisible()
    assert opened.view.hasFocus()


# ---------------------------------------------------------------------------------- the queue
def test_the_first_is_shown_in_its_text_with_why(begun: CodingWorkspace) -> None:
    pane = begun.suggestion_pane
    assert set(quotes(begun)) == ALL
    assert at_hand(begun) == quotes(begun)[0]
    assert pane.header.right() == "1 of 3"
    go_to(begun, CARD)
    assert begun.open is not None
    assert begun.open.document.name == "Fylket"
    assert pane.detail.why.text() == "Because «målekortet» is a keyword of måling."


def test_a_screen_reader_hears_number_code_and_reason(begun: CodingWorkspace) -> None:
    model = begun.suggestion_pane.list.model()
    said = [
        model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    ]
    place = quotes(begun).index(BOARD) + 1
    # Above the first stands the head of the code.
    assert said[place] == (
        f"suggestion {place} of 3: måling, because «planer» is a keyword of måling: «{BOARD}»"
    )


def test_accepting_codes_and_goes_on_and_undo_brings_back(
    begun: CodingWorkspace, coding_window: MainWindow, study: Context, measuring: CodeId
) -> None:
    first, second, _ = quotes(begun)
    QTest.keyClick(focused(coding_window), Qt.Key.Key_Return)
    assert coded(study, measuring) == {first}
    assert at_hand(begun) == second
    assert begun.suggestion_pane.header.right() == "1 of 2"
    assert study.bridge.session.audit()[-1].operation == "Accept a suggestion"
    press(coding_window, "edit.undo")
    assert coded(study, measuring) == set()
    assert at_hand(begun) == first
    assert begun.suggestion_pane.header.right() == "1 of 3"
    assert begun.suggestion_pane.list.hasFocus()


def test_what_was_rejected_stays_away_until_that_is_forgotten(
    qtbot: QtBot, begun: CodingWorkspace, coding_window: MainWindow
) -> None:
    first, second, third = quotes(begun)
    QTest.keyClick(focused(coding_window), Qt.Key.Key_Delete)
    assert quotes(begun) == [second, third]
    for _ in range(2):
        QTest.keyClick(focused(coding_window), Qt.Key.Key_Escape)
    assert not begun.suggestion_pane.isVisible()
    press(coding_window, "coding.suggestions")
    settled(qtbot, begun)
    start = begun.suggestion_pane.start
    assert start.begin.text() == "Go through 2 suggestions"
    assert start.forget.text() == "1 rejected suggestion is remembered: show it again"
    QTest.mouseClick(start.forget, Qt.MouseButton.LeftButton)
    settled(qtbot, begun)
    assert start.begin.text() == "Go through 3 suggestions"
    assert not start.forget.isVisible()
    assert first


def test_what_is_left_for_later_waits_at_the_end(
    begun: CodingWorkspace, coding_window: MainWindow
) -> None:
    first, second, third = quotes(begun)
    QTest.keyClick(focused(coding_window), Qt.Key.Key_Space)
    assert quotes(begun) == [second, third, first]
    assert at_hand(begun) == second
    heads = [one.text for one in begun.suggestion_pane.list.rows() if isinstance(one, QueueHead)]
    assert heads == ["måling", "Left for later"]
    press(coding_window, "edit.undo")
    assert quotes(begun) == [first, second, third]
    assert at_hand(begun) == first


def test_in_the_order_of_the_texts(begun: CodingWorkspace) -> None:
    choose_next(begun.suggestion_pane.order)
    texts = quotes(begun)
    assert texts.index(BOARD) + 1 == texts.index(DONE)
    heads = [one.text for one in begun.suggestion_pane.list.rows() if isinstance(one, QueueHead)]
    assert sorted(heads) == ["Fylket", "Havnes veileder"]


def test_when_all_is_decided_it_says_what_was_done(
    begun: CodingWorkspace, coding_window: MainWindow, study: Context, measuring: CodeId
) -> None:
    first, second, _ = quotes(begun)
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Return, Qt.Key.Key_Delete):
        QTest.keyClick(focused(coding_window), key)
    assert coded(study, measuring) == {first, second}
    assert begun.suggestion_pane.done_text() == "Here you accepted 2 and rejected 1."
    assert begun.suggestion_pane.isAncestorOf(focused(coding_window))
    press(coding_window, "edit.undo")
    assert len(quotes(begun)) == 1
    assert begun.suggestion_pane.list.hasFocus()


# ---------------------------------------------------------------------------------- adjusting
def test_the_span_is_adjusted_by_keys_before_it_is_accepted(
    begun: CodingWorkspace, study: Context, measuring: CodeId
) -> None:
    go_to(begun, BOARD)
    detail, listed = begun.suggestion_pane.detail, begun.suggestion_pane.list
    QTest.keyClick(listed, Qt.Key.Key_Left)
    QTest.keyClick(listed, Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert at_hand(begun) == "står vi foran tavla og teller planer"
    assert detail.adjusted.text() == "Adjusted: 7 words instead of 8."
    QTest.keyClick(
        listed,
        Qt.Key.Key_Right,
        Qt.KeyboardModifier.ShiftModifier,
    )
    assert at_hand(begun).endswith("planer.")
    QTest.keyClick(listed, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    assert at_hand(begun).endswith("Klokka ni, hver gang.")
    QTest.keyClick(listed, Qt.Key.Key_Return)
    assert coded(study, measuring) == {BOARD.removeprefix("Da ") + " Klokka ni, hver gang."}


def test_a_selection_in_the_text_adjusts_and_one_elsewhere_does_not(
    begun: CodingWorkspace, coding_window: MainWindow, study: Context, measuring: CodeId
) -> None:
    go_to(begun, BOARD)
    text = begun.view.canonical_text()
    detail = begun.suggestion_pane.detail
    elsewhere = text.index("Ikke hvor mange")
    begun.view.set_selection(elsewhere, elsewhere + 4)
    assert not detail.reset.isVisible()
    start = text.index("foran tavla")
    begun.view.set_selection(start, start + len("foran tavla "))
    assert detail.reset.isVisible()
    QTest.mouseClick(detail.reset, Qt.MouseButton.LeftButton)
    assert at_hand(begun) == BOARD
    assert not detail.reset.isVisible()
    begun.view.set_selection(start, start + len("foran tavla "))
    press(coding_window, "coding.suggestion_accept")
    assert coded(study, measuring) == {"foran tavla"}


def test_commands_decide_while_one_reads_in_the_text(
    begun: CodingWorkspace, coding_window: MainWindow, study: Context, measuring: CodeId
) -> None:
    first, second, third = quotes(begun)
    begun.view.setFocus()
    press(coding_window, "coding.suggestion_next")
    assert at_hand(begun) == second
    press(coding_window, "coding.suggestion_previous")
    assert at_hand(begun) == first
    press(coding_window, "coding.suggestion_later")
    press(coding_window, "coding.suggestion_reject")
    assert quotes(begun) == [third, first]
    press(coding_window, "coding.suggestion_accept")
    assert coded(study, measuring) == {third}
    assert begun.view.hasFocus()


def test_another_code_is_given_by_its_own_key(
    qtbot: QtBot, begun: CodingWorkspace, study: Context, code_id: Callable[[str], CodeId]
) -> None:
    other = code_queries.by_id(study.bridge.project.connection, code_id("tavlemøte"))
    assert other is not None
    study.bridge.run(code_operations.edit_code, code=replace(other, shortcut="7"))
    go_to(begun, DONE)
    QTest.keyClick(begun.suggestion_pane.list, Qt.Key.Key_7)
    assert coded(study, other.id) == {DONE}
    assert set(quotes(begun)) == ALL
    assert begun.suggestion_pane.list.hasFocus()
    # A code was changed: the suggestions are made anew, and the place is kept.
    settled(qtbot, begun)
    assert set(quotes(begun)) == ALL
    assert quotes(begun)[begun.suggestion_pane.list.place() - 1] == DONE


def test_f6_comes_to_the_queue(begun: CodingWorkspace, coding_window: MainWindow) -> None:
    begun.view.setFocus()
    press(coding_window, "coding.next_pane")
    assert begun.suggestion_pane.list.hasFocus()


# ----------------------------------------------------------------------------------- evidence
def test_a_reason_leads_to_the_word_and_back(
    begun: CodingWorkspace, coding_window: MainWindow, study: Context, measuring: CodeId
) -> None:
    go_to(begun, DONE)
    detail = begun.suggestion_pane.detail
    (row,) = detail.evidence.quotes()
    assert row.attribution == "keyword godkjent"
    (mark,) = row.marks
    assert row.text[slice(*mark)] == "godkjent"
    detail.evidence.setFocus()
    detail.evidence.choose(row.id)
    QTest.keyClick(detail.evidence, Qt.Key.Key_Return)
    assert at_hand(begun) == "godkjent"
    QTest.keyClick(detail.evidence, Qt.Key.Key_Escape)
    assert begun.suggestion_pane.list.hasFocus()
    press(coding_window, "coding.suggestion_accept")
    assert coded(study, measuring) == {DONE}


# ---------------------------------------------------------------------------------- following
def test_what_is_coded_by_hand_is_left_out(
    begun: CodingWorkspace, code_words: CodeIn, study: Context
) -> None:
    go_to(begun, BOARD)
    others = [one for one in quotes(begun) if one != DONE]
    code_words("mange som er", "måling")
    assert quotes(begun) == others
    assert at_hand(begun) == BOARD
    study.bridge.undo()
    assert set(quotes(begun)) == ALL


def test_a_corrected_text_is_looked_through_anew_and_the_place_is_kept(
    qtbot: QtBot, begun: CodingWorkspace, study: Context
) -> None:
    go_to(begun, CARD)
    found = documents.find(study.bridge.project.connection, "Havnes veileder")[0]
    study.bridge.run(
        corrections.correct_text, document=found.id, edits=[Edit(0, 0, "Godt, altså. ")]
    )
    assert quotes(begun) == [CARD]
    qtbot.waitUntil(lambda: set(quotes(begun)) == ALL, timeout=60_000)
    assert at_hand(begun) == CARD
    go_to(begun, BOARD)


def test_much_coding_by_hand_is_told_and_the_rest_made_anew_when_one_wishes(
    qtbot: QtBot, begun: CodingWorkspace, study: Context, code_id: Callable[[str], CodeId]
) -> None:
    go_to(begun, CARD)
    pane = begun.suggestion_pane
    found = documents.find(study.bridge.project.connection, "Bjørkvik leder")[0]
    spans = [(20 + 2 * n, 22 + 2 * n) for n in range(10)]
    new = [NewCoding(found.id, code_id("rutiner"), *span) for span in spans]
    study.bridge.run(coding_operations.add_codings, new=new[:9])
    assert not pane.again.isVisible()
    study.bridge.run(coding_operations.add_codings, new=new[9:])
    assert pane.again.isVisible()
    assert set(quotes(begun)) == ALL
    QTest.mouseClick(pane.again, Qt.MouseButton.LeftButton)
    settled(qtbot, begun)
    assert not pane.again.isVisible()
    assert set(quotes(begun)) == ALL
    assert at_hand(begun) == CARD


def test_coding_before_the_review_begins_only_counts_down(
    qtbot: QtBot, opened: CodingWorkspace, code_words: CodeIn
) -> None:
    code_words(DONE, "måling")
    assert not opened.suggestions.making.busy
    assert opened.suggestion_pane.start.begin.text() == "Go through 2 suggestions"
    opened.suggestions.begin()
    QTest.keyClick(opened.suggestion_pane.list, Qt.Key.Key_Escape)
    assert opened.suggestions.making.busy
    settled(qtbot, opened)
    (said,) = opened.suggestion_pane.start.standings()
    assert any(one.startswith("1 segment is coded with it") for one in said.sentences)


def test_other_keywords_are_looked_for(
    qtbot: QtBot, begun: CodingWorkspace, study: Context, measuring: CodeId
) -> None:
    code = code_queries.by_id(study.bridge.project.connection, measuring)
    assert code is not None
    study.bridge.run(
        code_operations.edit_code, code=replace(code, name="telling", keywords=("godkjent",))
    )
    qtbot.waitUntil(lambda: quotes(begun) == [DONE], timeout=60_000)
    head = begun.suggestion_pane.list.rows()[0]
    assert isinstance(head, QueueHead)
    assert head.text == "telling"


def test_blind_nothing_of_the_other_coder_is_told(
    qtbot: QtBot, opened: CodingWorkspace, coding_window: MainWindow, code_words: CodeIn
) -> None:
    code_words(DONE, "måling", "Olav")
    settled(qtbot, opened)
    start = opened.suggestion_pane.start
    assert start.begin.text() == "Go through 2 suggestions"
    press(coding_window, "coding.only_mine")
    settled(qtbot, opened)
    assert start.begin.text() == "Go through 3 suggestions"
    assert any("You have coded 0 segments" in one for one in start.standings()[0].sentences)


def test_what_may_only_be_read_is_not_coded(
    begun: CodingWorkspace, coding_window: MainWindow, study: Context, measuring: CodeId,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(type(study.bridge.project), "read_only", property(lambda _: True))
    QTest.keyClick(focused(coding_window), Qt.Key.Key_Down)
    assert not begun.suggestion_pane.detail.accept.isEnabled()
    QTest.keyClick(focused(coding_window), Qt.Key.Key_Return)
    press(coding_window, "coding.suggestion_reject")
    assert coded(study, measuring) == set()
    assert len(quotes(begun)) == 3
