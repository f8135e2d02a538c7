"""In the editor for corrections turns are split, joined and given to another by key."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.correcting.dialog import CorrectionDialog
from qda.store import documents, turns

CTRL_SHIFT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def dialog_on(qtbot: QtBot, study: Context, words: str) -> CorrectionDialog:
    """The editor with the caret right after some words."""
    connection = study.bridge.project.connection
    document = documents.find(connection, "Bjørkvik leder")[0]
    place = documents.text(connection, document.id).index(words) + len(words)
    dialog = CorrectionDialog(study, document, place)
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.editor.hasFocus)
    return dialog


def choose(qtbot: QtBot, label: str) -> None:
    """Choose a speaker in the menu that is open."""
    qtbot.waitUntil(lambda: isinstance(QApplication.activePopupWidget(), QMenu))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    next(one for one in menu.actions() if one.text() == label).trigger()
    menu.close()


def spoken(study: Context) -> list[tuple[str, str]]:
    connection = study.bridge.project.connection
    document = documents.find(connection, "Bjørkvik leder")[0]
    text = documents.text(connection, document.id)
    found = turns.of_document(connection, document.id)
    return [(one.label, text[one.start : one.end]) for one in found]


def save(qtbot: QtBot, dialog: CorrectionDialog) -> None:
    qtbot.waitUntil(dialog.save_button.isEnabled)
    dialog.save()


def test_a_turn_is_split_and_somebody_else_goes_on(qtbot: QtBot, study: Context) -> None:
    before = spoken(study)
    dialog = dialog_on(qtbot, study, "brukeren har.")
    QTest.keyClick(dialog.editor, Qt.Key.Key_T, CTRL_SHIFT)
    choose(qtbot, "Intervjuer")
    assert "\nIntervjuer: Det går sånn passe." in dialog.editor.shown()
    assert dialog.editor.hasFocus()
    save(qtbot, dialog)
    after = spoken(study)
    assert len(after) == len(before) + 1
    assert ("Intervjuer", "Det går sånn passe.") in after


def test_a_turn_is_joined_with_the_next(qtbot: QtBot, study: Context) -> None:
    before = spoken(study)
    dialog = dialog_on(qtbot, study, "Hvordan er")
    QTest.keyClick(dialog.editor, Qt.Key.Key_J, CTRL_SHIFT)
    save(qtbot, dialog)
    after = spoken(study)
    assert len(after) == len(before) - 1
    assert after[0][0] == "Intervjuer"
    assert after[0][1].startswith("Hvordan er kontoret delt inn? Vi har delt folk")


def test_a_turn_is_given_to_another_and_back_in_one_step_each(qtbot: QtBot, study: Context) -> None:
    dialog = dialog_on(qtbot, study, "Hvordan er")
    first = dialog.editor.shown()
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(dialog.editor, Qt.Key.Key_T, both)
    choose(qtbot, "Leder")
    assert dialog.editor.shown() == first.replace("Intervjuer", "Leder", 1)
    dialog.editor.undo()
    assert dialog.editor.shown() == first
    dialog.turns.relabel("Leder")
    save(qtbot, dialog)
    assert spoken(study)[0][0] == "Leder"


def test_what_cannot_be_done_is_said(qtbot: QtBot, study: Context) -> None:
    dialog = dialog_on(qtbot, study, "svaret lå på bordet.")
    dialog.turns.join()
    assert dialog.told()
    dialog.turns.split("Intervjuer")
    assert "inside" in dialog.told()
    dialog.turns.relabel("Intervjuer")
    assert dialog.told() == ""


def test_the_keys_of_the_user_hold_here_too(qtbot: QtBot, study: Context) -> None:
    study.settings.set("shortcuts", {"coding.join_turns": "Ctrl+Alt+J"})
    dialog = dialog_on(qtbot, study, "Hvordan er")
    both = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
    QTest.keyClick(dialog.editor, Qt.Key.Key_J, both)
    assert "delt inn? Vi har" in dialog.editor.shown()


def test_tab_goes_on_and_is_typed_with_ctrl(qtbot: QtBot, study: Context) -> None:
    dialog = dialog_on(qtbot, study, "Hvordan er")
    QTest.keyClick(dialog.editor, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
    assert "Hvordan er\t kontoret" in dialog.editor.shown()
    QTest.keyClick(dialog.editor, Qt.Key.Key_Tab)
    assert not dialog.editor.hasFocus()


def test_lines_are_broken_within_what_is_seen_from_the_first(qtbot: QtBot, study: Context) -> None:
    dialog = dialog_on(qtbot, study, "Hvordan er")
    editor = dialog.editor
    assert editor.viewportMargins().left() > 0
    qtbot.waitUntil(lambda: editor.horizontalScrollBar().maximum() == 0)
    assert editor.document().size().width() <= editor.viewport().width()
