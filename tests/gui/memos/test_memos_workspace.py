"""Memos: written, saved while typing, found, undone, and led back to what they are on."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.memos.workspace import MemosWorkspace
from qda.operations import codings
from qda.store import codes, documents, memos
from qda.store import codings as coding_queries


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The window with the memos only."""
    made = MainWindow(study, [MemosWorkspace(study)])
    qtbot.addWidget(made)
    made.resize(1200, 760)
    with qtbot.waitExposed(made):
        made.show()
    made.start("memos")
    return made


def hub(window: MainWindow) -> MemosWorkspace:
    """Return the memos workspace."""
    found = window.workspace_called("memos")
    assert isinstance(found, MemosWorkspace)
    return found


def texts(study: Context) -> list[str]:
    """Return the texts of all memos in the file."""
    return [one.text for one in memos.all_memos(study.bridge.project.connection)]


def test_a_memo_on_a_code_is_chosen_by_typing_and_saved_when_left(
    window: MainWindow, study: Context
) -> None:
    QTest.keySequence(window, "Ctrl+N")
    field = window.focusWidget()
    QTest.keyClicks(field, "rutin")
    QTest.keyClick(field, Qt.Key.Key_Return)
    editor = window.focusWidget()
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, "gjelder bare faste gjøremål")
    hub(window).filters.field.setFocus()
    assert texts(study) == ["rutiner: gjelder bare faste gjøremål"]
    memo = memos.all_memos(study.bridge.project.connection)[0]
    assert memo.on == "code"
    assert codes.by_id(study.bridge.project.connection, memo.target) is not None  # pyright: ignore[reportArgumentType]


def test_a_memo_is_saved_after_a_pause_in_typing(
    window: MainWindow, study: Context, qtbot: QtBot
) -> None:
    hub(window).write_on("project", 0)
    editor = window.focusWidget()
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(study.bridge.changed, timeout=5000):
        QTest.keyClicks(editor, "Husk fylket")
    assert texts(study)[0].endswith("Husk fylket")


def test_a_note_on_a_segment_stands_here_and_is_changed_here(
    window: MainWindow, study: Context
) -> None:
    connection = study.bridge.project.connection
    session = study.bridge.session
    coding = coding_queries.all_codings(connection)[0]
    session.run(codings.set_memo, coder=session.coder, coding=coding.id, memo="Første tanke")
    assert [row.text for row in hub(window).list.quotes()] == ["Første tanke"]
    hub(window).editor.setFocus()
    editor = window.focusWidget()
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(editor, ", og en til")
    window.save_state()
    changed = coding_queries.by_id(connection, coding.id)
    assert changed is not None
    assert changed.memo == "Første tanke, og en til"


def test_removing_can_be_undone(window: MainWindow, study: Context) -> None:
    hub(window).write_on("project", 0)
    before = texts(study)
    button = hub(window).editor._remove  # noqa: SLF001
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert texts(study) == []
    QTest.keySequence(window, "Ctrl+Z")
    assert texts(study) == before
    assert len(hub(window).list.quotes()) == 1


def test_the_filter_narrows_by_words_and_kind(window: MainWindow, study: Context) -> None:
    document = documents.find(study.bridge.project.connection, "Fylket")[0].id
    hub(window).write_on("project", 0)
    hub(window).write_on("document", document)
    shown = hub(window).list
    assert len(shown.quotes()) == 2
    hub(window).filters.field.setText("fylket")
    assert [row.text for row in shown.quotes()] == ["Fylket:"]
    hub(window).filters.field.clear()
    hub(window).filters.kind.setCurrentIndex(1)
    assert len(shown.quotes()) == 1


def test_a_memo_leads_to_what_it_is_on(window: MainWindow, study: Context, qtbot: QtBot) -> None:
    document = documents.find(study.bridge.project.connection, "Fylket")[0].id
    hub(window).write_on("document", document)
    study.navigator.place_wanted.disconnect()
    with qtbot.waitSignal(study.navigator.place_wanted) as wanted:
        QTest.mouseClick(hub(window).editor._go, Qt.MouseButton.LeftButton)  # noqa: SLF001
    assert wanted.args == [Place("coding", document=document)]
