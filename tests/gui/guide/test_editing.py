"""Questions of a guide are changed where they are listed: words, order, one more or less."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.guide.contents import GuideContents
from qda.gui.guide.guide_dialog import GuideDialog
from qda.gui.guide.models import QUESTION
from qda.store import guides
from tests.gui.guide.conftest import asked, choose_question

BEFORE = [
    "1. Hvordan er kontoret delt inn?", "2. Hva gjør dere på mandager?",
    "3. Hva ser dere etter når dere kommer?",
]  # fmt: skip


def questions(study: Context) -> list[str]:
    (guide,) = guides.all_guides(study.bridge.project.connection)
    return [one.label for one in guide.questions]


def at_hand(shown: GuideDialog) -> str:
    """The question that is chosen."""
    return shown.questions.questions()[0].label


def press(shown: GuideDialog, key: Qt.Key, *, alt: bool = False) -> None:
    table = shown.questions.table
    table.setFocus()
    how = Qt.KeyboardModifier.AltModifier if alt else Qt.KeyboardModifier.NoModifier
    QTest.keyClick(table, key, how)


def editor(shown: GuideDialog) -> QLineEdit:
    """The field in the row that is written in."""
    [found] = shown.questions.table.viewport().findChildren(QLineEdit)
    return found


def test_other_words_are_written_in_the_row(
    qtbot: QtBot, dialog: GuideDialog, study: Context
) -> None:
    choose_question(dialog, "2.")
    press(dialog, Qt.Key.Key_F2)
    field = editor(dialog)
    assert field.text() == "Hva gjør dere på mandager?", "the number is not written"
    field.setText("Hva skjer på mandager?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: questions(study)[1] == "2. Hva skjer på mandager?")
    assert at_hand(dialog) == "2. Hva skjer på mandager?"
    # What was matched stays.
    assert [said for said, _ in asked(dialog)] == ["Hva gjør dere på mandager?"]
    study.bridge.undo()
    assert questions(study) == BEFORE
    assert at_hand(dialog) == BEFORE[1]


def test_a_double_click_writes_and_escape_leaves_it(dialog: GuideDialog, study: Context) -> None:
    choose_question(dialog, "1.")
    table = dialog.questions.table
    index = table.model().index(table.chosen()[0], QUESTION)
    middle = table.visualRect(index).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    field = editor(dialog)
    field.setText("Noe annet?")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert questions(study) == BEFORE
    assert dialog.isVisible()


def test_a_question_moves_by_key_and_stays_at_hand(dialog: GuideDialog, study: Context) -> None:
    choose_question(dialog, "1.")
    press(dialog, Qt.Key.Key_Down, alt=True)
    assert questions(study)[:2] == [
        "1. Hva gjør dere på mandager?", "2. Hvordan er kontoret delt inn?",
    ]  # fmt: skip
    assert at_hand(dialog) == "2. Hvordan er kontoret delt inn?"
    press(dialog, Qt.Key.Key_Up, alt=True)
    assert questions(study) == BEFORE


def test_a_question_is_added_after_the_chosen_one(dialog: GuideDialog, study: Context) -> None:
    choose_question(dialog, "1.")
    field = dialog.questions.field
    QTest.keyClicks(field, "Hvem bestemte det?")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert questions(study) == [
        BEFORE[0], "2. Hvem bestemte det?", "3. Hva gjør dere på mandager?",
        "4. Hva ser dere etter når dere kommer?",
    ]  # fmt: skip
    assert at_hand(dialog) == "2. Hvem bestemte det?"
    assert field.text() == ""
    assert dialog.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert len(questions(study)) == 4


def test_a_question_is_removed_and_the_next_is_at_hand(dialog: GuideDialog, study: Context) -> None:
    choose_question(dialog, "2.")
    press(dialog, Qt.Key.Key_Delete)
    assert questions(study) == [BEFORE[0], "2. Hva ser dere etter når dere kommer?"]
    assert at_hand(dialog) == "2. Hva ser dere etter når dere kommer?"
    study.bridge.undo()
    assert questions(study) == BEFORE


def test_the_menu_says_what_can_be_done(dialog: GuideDialog) -> None:
    menu = dialog.questions.change_button.menu()
    assert menu is not None
    assert len({action.shortcut().toString() for action in menu.actions()}) == 4
    dialog.questions.table.selectRow(0)
    assert not dialog.questions.change_button.isEnabled()
    assert not any(action.isEnabled() for action in menu.actions())
    choose_question(dialog, "2.")
    assert all(action.isEnabled() for action in menu.actions())


def test_where_one_only_reads_nothing_is_changed(dialog: GuideDialog) -> None:
    pane = dialog.questions
    guide = dialog.current_guide()
    assert guide is not None
    pane.show_guide(GuideContents((guide,), (), {}, {}, {}, {}, {}, {}), guide, writable=False)
    choose_question(dialog, "2.")
    press(dialog, Qt.Key.Key_F2)
    pane.edit()
    assert not pane.table.viewport().findChildren(QLineEdit)
    assert not pane.field.isEnabled()
