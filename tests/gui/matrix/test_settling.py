"""Disagreements stepped through, discussed and settled by keys, in the matrix window."""

from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextCharFormat
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.layers_kept import KEPT
from qda.gui.main_window import MainWindow
from qda.gui.matrix import agreeing, commands
from qda.gui.matrix.model import Target
from qda.gui.matrix.settling_pane import Stretch, stretches
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.model.entities import Coding
from qda.operations.settling import default_layer
from qda.store import coders, codings, memo_links, memos, project_info
from tests.gui.matrix.test_agreeing import code_as, compared, room
from tests.gui.matrix.test_tables import texts

__all__ = ["compared", "room"]
KEY = Qt.Key


@pytest.fixture
def listed(room: MatrixWorkspace) -> MatrixWorkspace:
    """Four disagreements on two codes, the keyboard in their list."""
    me = room.context.bridge.session.coder
    code_as(room.context, "Berit", "tavlemøte", "Vi ble spurt")
    code_as(room.context, "Berit", "rutiner", "Det var fylket, egentlig.")
    code_as(room.context, me, "måltall", "Hvem bestemte det?")
    commands.show_table(room, "agreement")
    room.choose(Target(room.table.matrix_model.rowCount() - 1, 0))
    room.enter_evidence()
    return room


def layer(room: MatrixWorkspace) -> list[Coding]:
    """Return what was settled on."""
    connection = room.context.bridge.project.connection
    who = coders.by_name(connection, default_layer(room.context.bridge.project))
    everything = codings.all_codings(connection)
    return [one for one in everything if who is not None and one.coder == who.id]


def about(room: MatrixWorkspace) -> str:
    return room.agreeing.settler.pane.about.text()


def press(room: MatrixWorkspace, key: Qt.Key) -> None:
    QTest.keyClick(room.evidence.quotes, key)


def test_what_both_did_is_seen_in_its_context(listed: MatrixWorkspace) -> None:
    pane = listed.agreeing.settler.pane
    assert pane.isVisible()
    looked = pane.looked_at()
    assert looked is not None
    assert about(listed) == "1 of 4 · open"
    press(listed, KEY.Key_P)
    looked = pane.looked_at()
    assert looked is not None
    assert about(listed) == "4 of 4 · open"
    shown = pane.text.toPlainText()
    assert shown == "".join(one.text for one in looked.text)
    coded = [one for one in looked.text if one.first or one.second]
    assert coded
    assert len(shown) > sum(len(one.text) for one in coded)
    styles: dict[str, QTextCharFormat.UnderlineStyle] = {}
    cursor = pane.text.textCursor()
    for one in looked.text:
        at = shown.index(one.text)
        cursor.setPosition(at + 1)
        styles[one.text] = cursor.charFormat().underlineStyle()
        only = one.first != one.second
        assert (styles[one.text] != QTextCharFormat.UnderlineStyle.NoUnderline) == only
    for label, name in zip((pane.first, pane.second), looked.names, strict=True):
        assert label.text().startswith(name)
    assert {one.split(": ", 1)[1] for one in looked.sides} == {"rutiner/tavlemøte"}
    press(listed, KEY.Key_N)
    looked = pane.looked_at()
    assert looked is not None
    assert {one.split(": ", 1)[1] for one in looked.sides} == {"måltall", "not this, but rutiner"}


def test_all_are_stepped_through_and_round_again(listed: MatrixWorkspace) -> None:
    settler = listed.agreeing.settler
    seen = []
    for _ in range(5):
        conflict = settler.current()
        assert conflict is not None
        seen.append(conflict.id)
        assert listed.evidence.quotes.current_id() in conflict.codings
        press(listed, KEY.Key_N)
    assert len(set(seen)) == 4
    assert seen[4] == seen[0]
    press(listed, KEY.Key_P)
    assert settler.current().id == seen[0]  # pyright: ignore[reportOptionalMemberAccess]
    # Another segment of the list is another disagreement.
    press(listed, KEY.Key_Down)
    assert settler.current().id != seen[0]  # pyright: ignore[reportOptionalMemberAccess]


def test_settled_by_key_and_on_to_the_next(listed: MatrixWorkspace) -> None:
    settler = listed.agreeing.settler
    first = settler.current()
    assert first is not None
    press(listed, KEY.Key_3)
    assert [(one.start, one.end) for one in layer(listed)] == [(first.start, first.end)]
    assert settler.current() is not None
    assert settler.current().id != first.id  # pyright: ignore[reportOptionalMemberAccess]
    assert texts(listed)[-1][8] == "1 of 4"
    assert "1 of 4 settled" in listed.evidence.counts.text()
    assert any("settled" in one.attribution for one in listed.evidence.quotes.quotes())
    press(listed, KEY.Key_P)
    assert about(listed) == "1 of 4 · settled: all that either coded"
    pane = settler.pane
    assert pane.decision is not None
    assert pane.decision.value() == "both"
    # Settled as it is already, it only goes on.
    steps = len(listed.context.bridge.session.steps())
    press(listed, KEY.Key_3)
    assert len(listed.context.bridge.session.steps()) == steps
    press(listed, KEY.Key_P)
    press(listed, KEY.Key_4)
    assert layer(listed) == []
    listed.context.bridge.undo()
    assert len(layer(listed)) == 1
    press(listed, KEY.Key_P)
    press(listed, KEY.Key_0)
    assert layer(listed) == []
    assert about(listed) == "1 of 4 · open"


def test_only_those_that_are_open_or_settled(qtbot: QtBot, listed: MatrixWorkspace) -> None:
    settler = listed.agreeing.settler
    pane = settler.pane
    part = pane.shown._parts[1]  # noqa: SLF001
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    assert about(listed) == "1 of 4 · open"
    first = settler.current()
    assert first is not None
    press(listed, KEY.Key_1)
    assert about(listed) == "1 of 3 · open"
    qtbot.mouseClick(pane.shown._parts[2], Qt.MouseButton.LeftButton)  # noqa: SLF001
    assert settler.current() == first
    assert {one.id for one in listed.evidence.quotes.quotes()} <= set(first.codings)
    press(listed, KEY.Key_0)
    assert about(listed) == "There are none of these here."
    assert not pane.text.isVisible()
    assert pane.shown.isVisible()
    # A code at a time, and within it a coder.
    qtbot.mouseClick(pane.shown._parts[0], Qt.MouseButton.LeftButton)  # noqa: SLF001
    matrix = listed.table.matrix_model.matrix
    assert matrix is not None
    row = next(at for at, one in enumerate(matrix.rows) if one.label == "rutiner")
    listed.choose(Target(row, 0))
    assert about(listed) == "1 of 2 · open"
    listed.choose(Target(row, 5))
    assert about(listed) == "1 of 1 · open"
    only = settler.current()
    assert only is not None
    assert any(who == first.coders[0] for *_, who in only.places)


def test_a_discussion_is_written_where_it_is_settled(qtbot: QtBot, listed: MatrixWorkspace) -> None:
    pane = listed.agreeing.settler.pane
    first = listed.agreeing.settler.current()
    assert first is not None
    press(listed, KEY.Key_M)
    assert pane.memo.hasFocus()
    QTest.keyClicks(pane.memo, "Hvor begynner det? 1")
    connection = listed.context.bridge.project.connection
    with qtbot.waitSignal(listed.context.bridge.changed):
        QTest.keyClick(pane.memo, KEY.Key_Escape)
    assert listed.evidence.quotes.hasFocus()
    (memo,) = memos.all_memos(connection)
    assert memo.text == "Hvor begynner det? 1"
    targets = {one.target.id for one in memo_links.all_links(connection)}
    assert targets == set(first.codings)
    press(listed, KEY.Key_N)
    assert pane.memo.toPlainText() == ""
    press(listed, KEY.Key_P)
    assert pane.memo.toPlainText() == memo.text
    listed.context.bridge.undo()
    assert pane.memo.toPlainText() == ""
    assert memos.all_memos(connection) == ()
    # What is being written is saved before one goes on.
    pane.write_on()
    QTest.keyClicks(pane.memo, "Ikke her.")
    pane.next.click()
    assert [one.text for one in memos.all_memos(connection)] == ["Ikke her."]
    assert pane.memo.toPlainText() == ""


def test_what_changed_since_is_said(listed: MatrixWorkspace) -> None:
    settler = listed.agreeing.settler
    for _ in range(4):
        press(listed, KEY.Key_1)
    assert "4 of 4 settled" in listed.evidence.counts.text()
    code_as(listed.context, "Berit", "rutiner", "svaret lå")
    assert "1 changed since" in listed.evidence.counts.text()
    settler.show_only("open")
    assert about(listed).startswith("1 of 1 · the codings have changed since it was settled")


def test_settling_does_not_compare_the_two_anew(
    listed: MatrixWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_words: object) -> None:
        raise AssertionError

    with monkeypatch.context() as patched:
        patched.setattr(agreeing, "compare", fail)
        press(listed, KEY.Key_1)
        press(listed, KEY.Key_2)
        assert texts(listed)[-1][8] == "2 of 4"
    code_as(listed.context, "Berit", "rutiner", "Hvordan er kontoret")
    assert texts(listed)[-1][8] == "2 of 5"


def test_what_they_agree_on_is_taken_over(qtbot: QtBot, listed: MatrixWorkspace) -> None:
    settler = listed.agreeing.settler
    with qtbot.waitSignal(listed.context.bridge.noticed):
        settler.take_agreed()
    assert [one.quote for one in layer(listed)] == ["Det går sånn passe."]
    with qtbot.waitSignal(listed.context.bridge.told):
        settler.take_agreed()


def test_the_pane_goes_with_the_table(listed: MatrixWorkspace) -> None:
    settler = listed.agreeing.settler
    commands.show_table(listed, "matrix")
    assert not settler.pane.isVisible()
    assert not settler.can_settle()
    assert not settler.can_take_agreed()
    listed.set_cells("summary")
    assert not settler.pane.isVisible()
    commands.show_table(listed, "agreement")
    assert settler.can_settle()
    guid = project_info.read(listed.context.bridge.project.connection).guid
    listed.context.settings.set(KEPT, {guid: '{"whose": "mine"}'})
    listed.activate()
    assert not settler.can_settle()


def test_commands_do_what_keys_do(listed: MatrixWorkspace) -> None:
    window = listed.window()
    assert isinstance(window, MainWindow)
    found = {one.id: one for one in listed.commands()}
    assert found["matrix.settle.first"].enabled()
    found["matrix.settle.next"].run()
    assert about(listed).startswith("2 of 4")
    found["matrix.settle.neither"].run()
    assert texts(listed)[-1][8] == "1 of 4"
    found["matrix.settle.discuss"].run()
    assert listed.agreeing.settler.pane.memo.hasFocus()


def test_one_who_may_only_read_settles_nothing(
    listed: MatrixWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = listed.context.bridge.project
    monkeypatch.setattr(type(project), "read_only", property(lambda _self: True))
    listed.refresh()
    pane = listed.agreeing.settler.pane
    assert not listed.agreeing.settler.can_settle()
    assert pane.memo.isReadOnly()
    press(listed, KEY.Key_1)
    assert layer(listed) == []


def test_a_text_is_cut_by_who_coded_it() -> None:
    assert stretches("abcdefgh", ([(1, 5)], [(3, 7), (20, 30)]), 0, 8) == (
        Stretch("a", False, False), Stretch("bc", True, False), Stretch("de", True, True),
        Stretch("fg", False, True), Stretch("h", False, False),
    )  # fmt: skip
    assert stretches("abc", ([(0, 9)], []), 1, 2) == (Stretch("b", True, False),)


def test_the_pane_scrolls_where_there_is_no_room_for_it(
    qtbot: QtBot, listed: MatrixWorkspace
) -> None:
    settler = listed.agreeing.settler
    window = listed.window()
    high = settler.pane.text.height()
    window.resize(1400, 620)
    qtbot.waitUntil(lambda: settler.pane.text.height() <= high)
    for size in (900, 620, 420):
        window.resize(1400, size)
        qtbot.waitUntil(lambda: settler.room.height() <= settler.pane.height())
        shown = [settler.pane.text, settler.pane.legend, settler.pane.first, settler.pane.memo]
        for one, below in pairwise(shown):
            assert one.geometry().bottom() < below.geometry().top()
    assert settler.room.verticalScrollBar().maximum() > 0
    press(listed, KEY.Key_M)
    pane, memo = settler.pane, settler.pane.memo
    top = pane.mapTo(settler.room.viewport(), memo.geometry().topLeft()).y()
    assert 0 <= top < settler.room.viewport().height()
