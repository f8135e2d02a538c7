"""Words are found and replaced in the editor: counted, listed as they would read, one undo step."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.correcting.dialog import CorrectionDialog

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def type_search(editor: CorrectionDialog, qtbot: QtBot, words: str, other: str = "") -> None:
    """Open the line by its keys and type what is looked for and what comes in its place."""
    QTest.keyClick(editor.editor, Qt.Key.Key_H, CTRL)
    assert editor.replace_bar.isVisible()
    editor.replace_bar.field.setFocus()
    QTest.keyClicks(editor.replace_bar.field, words)
    if other:
        editor.replace_bar.other.setFocus()
        QTest.keyClicks(editor.replace_bar.other, other)
    editor.replacing.refresh()
    qtbot.waitUntil(lambda: bool(editor.replace_bar.count_text()))


def test_places_are_counted_and_listed_as_they_would_read(
    editor: CorrectionDialog, qtbot: QtBot
) -> None:
    type_search(editor, qtbot, "dere", "du")
    assert editor.replace_bar.count_text() == "2 places"
    assert editor.side.places.isVisible()
    rows = [row.text for row in editor.side.found.quotes()]
    assert "Hva gjør [dere → du] på mandager?" in rows[0]
    assert "Hva teller [dere → du]?" in rows[1]
    QTest.keyClick(editor.replace_bar.field, Qt.Key.Key_Return)
    assert editor.replace_bar.count_text() == "1 of 2"
    QTest.keyClick(editor.replace_bar.field, Qt.Key.Key_Return, SHIFT)
    assert editor.replace_bar.count_text() == "2 of 2"
    start, end = editor.editor.selected()
    assert editor.editor.shown()[start:end] == "dere"
    editor.side.found.quote_activated.emit(0)
    assert editor.replace_bar.count_text() == "1 of 2"


def test_all_are_replaced_at_once_and_one_undo_takes_all_back(
    editor: CorrectionDialog, qtbot: QtBot, text_now: Callable[[], str],
    quotes_now: Callable[[], list[str]],
) -> None:  # fmt: skip
    before = editor.editor.shown()
    type_search(editor, qtbot, "teller", "måler")
    QTest.keyClick(editor.replace_bar.other, Qt.Key.Key_Return, CTRL)
    assert editor.editor.shown() == before.replace("teller", "måler")
    assert editor.replace_bar.count_text() == "Not found"
    qtbot.waitUntil(editor.save_button.isEnabled)
    assert "2 places are changed." in editor.side.text()
    editor.editor.setFocus()
    QTest.keyClick(editor.editor, Qt.Key.Key_Z, CTRL)
    assert editor.editor.shown() == before
    QTest.mouseClick(editor.replace_bar.all_button, Qt.MouseButton.LeftButton)
    assert editor.editor.shown() == before, "the field was found empty again first"
    editor.replacing.refresh()
    QTest.mouseClick(editor.replace_bar.all_button, Qt.MouseButton.LeftButton)
    QTest.keyClick(editor, Qt.Key.Key_S, CTRL)
    assert text_now() == before.replace("teller", "måler")
    assert quotes_now() == ["Da står vi foran tavla og måler planer."]


def test_one_after_the_other_is_replaced_by_enter(editor: CorrectionDialog, qtbot: QtBot) -> None:
    type_search(editor, qtbot, "dere", "dere alle")
    QTest.keyClick(editor.replace_bar.other, Qt.Key.Key_Return)
    assert editor.replace_bar.count_text() == "1 of 2", "the first one is shown before"
    QTest.keyClick(editor.replace_bar.other, Qt.Key.Key_Return)
    assert editor.editor.shown().count("dere alle") == 1
    start, _ = editor.editor.selected()
    assert editor.editor.shown()[start:].startswith("dere?")
    QTest.keyClick(editor.replace_bar.other, Qt.Key.Key_Return)
    assert editor.editor.shown().count("dere alle") == 2


def test_capitals_and_whole_words_count_where_that_is_wanted(
    editor: CorrectionDialog, qtbot: QtBot
) -> None:
    type_search(editor, qtbot, "hva")
    assert editor.replace_bar.count_text() == "2 places"
    editor.replace_bar.match_case.click()
    editor.replacing.refresh()
    assert editor.replace_bar.count_text() == "Not found"
    editor.replace_bar.match_case.click()
    editor.replace_bar.field.setText("h")
    editor.replacing.refresh()
    many = len(editor.replacing.places())
    editor.replace_bar.whole_words.click()
    editor.replacing.refresh()
    assert many > 0
    assert editor.replacing.places() == []


def test_escape_closes_the_line_before_the_editor(editor: CorrectionDialog, qtbot: QtBot) -> None:
    type_search(editor, qtbot, "dere")
    QTest.keyClick(editor.replace_bar.field, Qt.Key.Key_Escape)
    assert not editor.replace_bar.isVisible()
    assert not editor.side.places.isVisible()
    assert editor.isVisible()
    assert editor.editor.hasFocus()
    QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert not editor.isVisible()


def test_what_is_selected_is_looked_for(editor: CorrectionDialog) -> None:
    at = editor.editor.shown().index("planer")
    editor.editor.select(at, at + 6)
    QTest.keyClick(editor.editor, Qt.Key.Key_F, CTRL)
    assert editor.replace_bar.field.text() == "planer"
    assert editor.replace_bar.count_text() == "1 of 1"
