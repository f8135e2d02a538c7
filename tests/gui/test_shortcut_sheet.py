"""Changing the keys of commands as a person does, clashes, resetting, and the sheet on paper."""

from pathlib import Path

import pypdfium2
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.shortcut_rules import key_problem
from qda.gui.shortcut_sheet import KEPT, ShortcutSheet

CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The window with two workspaces, the coding room in front."""
    made = MainWindow(study, [CodingWorkspace(study), CodebookWorkspace(study)])
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.start("coding")
    return made


@pytest.fixture
def sheet(window: MainWindow, qtbot: QtBot) -> ShortcutSheet:
    """The sheet, opened by its own keys."""
    QTest.keyClick(window, Qt.Key.Key_F1)
    found = window.findChild(ShortcutSheet)
    assert found is not None
    qtbot.waitUntil(found.isVisible)
    return found


def press(button: QPushButton) -> None:
    """Click a button."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_keys_that_are_pressed_become_the_commands_at_once(
    window: MainWindow, sheet: ShortcutSheet, study: Context, qtbot: QtBot
) -> None:
    sheet.choose("coding.next_uncoded")
    sheet.keys.setFocus()
    QTest.keyClick(sheet.keys, Qt.Key.Key_J, CTRL)
    action = window.actions_by_command.action("coding.next_uncoded")
    assert action.shortcut() == QKeySequence("Ctrl+J")
    assert study.settings.mapping(KEPT) == {"coding.next_uncoded": "Ctrl+J"}
    assert "Ctrl+J" in sheet.said.text()
    sheet.reject()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    room = window.workspace_called("coding")
    assert isinstance(room, CodingWorkspace)
    room.view.set_selection(0, 0)
    room.view.setFocus()
    QTest.keyClick(room.view, Qt.Key.Key_J, CTRL)
    assert room.view.selection() is not None


def test_the_keys_are_there_again_in_a_new_window(
    sheet: ShortcutSheet, study: Context, qtbot: QtBot
) -> None:
    sheet.choose("coding.next_uncoded")
    QTest.keyClick(sheet.keys, Qt.Key.Key_J, CTRL)
    sheet.reject()
    again = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(again)
    again.build_all()
    action = again.actions_by_command.action("coding.next_uncoded")
    assert action.shortcut() == QKeySequence("Ctrl+J")


@pytest.mark.parametrize(("key", "other"), [(Qt.Key.Key_R, "coding.repeat"), (Qt.Key.Key_K, "")])
def test_taken_keys_are_refused_and_said(
    window: MainWindow, sheet: ShortcutSheet, key: Qt.Key, other: str
) -> None:
    sheet.choose("coding.next_uncoded")
    QTest.keyClick(sheet.keys, key, CTRL)
    action = window.actions_by_command.action("coding.next_uncoded")
    assert action.shortcut() == QKeySequence("Ctrl+U")
    assert "is taken by" in sheet.said.text()
    assert ("(Coding)" if other else "(Everywhere)") in sheet.said.text()
    assert sheet.keys.keySequence() == QKeySequence("Ctrl+U")


def test_the_same_keys_may_mean_something_else_in_another_workspace(
    window: MainWindow, sheet: ShortcutSheet
) -> None:
    actions = window.actions_by_command
    codebook = next(one for one in actions.commands() if one.id.startswith("codebook."))
    sheet.choose(codebook.id)
    QTest.keyClick(sheet.keys, Qt.Key.Key_R, CTRL)
    assert actions.action(codebook.id).shortcut() == QKeySequence("Ctrl+R")


def test_a_window_command_cannot_take_keys_of_a_workspace(
    window: MainWindow, sheet: ShortcutSheet
) -> None:
    sheet.choose("file.backup")
    QTest.keyClick(sheet.keys, Qt.Key.Key_R, CTRL)
    assert window.actions_by_command.action("file.backup").shortcut().isEmpty()
    assert "is taken by" in sheet.said.text()


def test_one_command_gets_its_own_keys_again(window: MainWindow, sheet: ShortcutSheet) -> None:
    sheet.choose("coding.next_uncoded")
    assert not sheet.reset.isEnabled()
    QTest.keyClick(sheet.keys, Qt.Key.Key_J, CTRL)
    press(sheet.reset)
    assert window.actions_by_command.action("coding.next_uncoded").shortcut() == QKeySequence(
        "Ctrl+U"
    )
    assert not window.actions_by_command.bindings()


def test_own_keys_that_another_took_meanwhile_stay_with_it(
    window: MainWindow, sheet: ShortcutSheet
) -> None:
    sheet.choose("coding.next_uncoded")
    QTest.keyClick(sheet.keys, Qt.Key.Key_J, CTRL)
    sheet.choose("coding.find")
    QTest.keyClick(sheet.keys, Qt.Key.Key_U, CTRL)
    sheet.choose("coding.next_uncoded")
    press(sheet.reset)
    actions = window.actions_by_command
    assert actions.action("coding.next_uncoded").shortcut() == QKeySequence("Ctrl+J")
    assert actions.action("coding.find").shortcut() == QKeySequence("Ctrl+U")
    assert sheet.reset_all is not None
    press(sheet.reset_all)
    assert actions.action("coding.next_uncoded").shortcut() == QKeySequence("Ctrl+U")
    assert actions.action("coding.find").shortcut() == QKeySequence("Ctrl+F")
    assert not actions.bindings()


@pytest.mark.parametrize("keys", ["A", "Shift+A", "Return", "Tab", "Space", "Ctrl+C", "Ctrl+V"])
def test_keys_that_one_writes_with_are_no_keys_of_commands(keys: str) -> None:
    assert key_problem(QKeySequence(keys))


def test_keys_that_one_writes_with_are_refused(sheet: ShortcutSheet, window: MainWindow) -> None:
    sheet.choose("coding.find")
    QTest.keyClick(sheet.keys, Qt.Key.Key_7)
    assert window.actions_by_command.action("coding.find").shortcut() == QKeySequence("Ctrl+F")
    assert "write or move" in sheet.said.text()


@pytest.mark.parametrize("keys", ["", "F4", "Shift+F4", "Ctrl+J", "Alt+J", "Delete"])
def test_other_keys_are_allowed(keys: str) -> None:
    assert not key_problem(QKeySequence(keys))


def test_a_command_can_be_without_keys(
    window: MainWindow, sheet: ShortcutSheet, study: Context
) -> None:
    sheet.choose("coding.next_uncoded")
    press(sheet.none)
    assert window.actions_by_command.action("coding.next_uncoded").shortcut().isEmpty()
    assert study.settings.mapping(KEPT) == {"coding.next_uncoded": ""}


def test_the_keyboard_leaves_the_field_with_tab(sheet: ShortcutSheet) -> None:
    sheet.choose("coding.next_uncoded")
    sheet.keys.setFocus()
    QTest.keyClick(sheet.focusWidget(), Qt.Key.Key_Tab)
    assert not sheet.keys.isAncestorOf(sheet.focusWidget())
    assert sheet.keys.keySequence() == QKeySequence("Ctrl+U")


def test_a_command_is_found_by_its_words(sheet: ShortcutSheet) -> None:
    sheet.search.setFocus()
    QTest.keyClicks(sheet.search, "without a coding")
    command = sheet.command()
    assert command is not None
    assert command.id == "coding.next_uncoded"
    QTest.keyClicks(sheet.search, "xyz")
    assert sheet.command() is None
    assert not sheet.keys.isEnabled()


def test_the_sheet_on_paper_holds_every_command_with_keys(
    sheet: ShortcutSheet, tmp_path: Path
) -> None:
    sheet.choose("coding.next_uncoded")
    QTest.keyClick(sheet.keys, Qt.Key.Key_J, CTRL)
    path = tmp_path / "keys.pdf"
    sheet.save_pdf(path)
    with pypdfium2.PdfDocument(path) as pdf:
        words = " ".join(page.get_textpage().get_text_range() for page in pdf)
    for expected in ("Next answer without a coding", "Ctrl+J", "Everywhere", "Codebook"):
        assert expected in words


def test_enter_neither_resets_nor_closes(
    sheet: ShortcutSheet, study: Context, qtbot: QtBot
) -> None:
    assert not [one.text() for one in sheet.findChildren(QPushButton) if one.isDefault()]
    sheet.choose("coding.next_uncoded")
    sheet.keys.setFocus()
    QTest.keyClick(sheet.keys, Qt.Key.Key_J, CTRL)
    qtbot.waitUntil(lambda: bool(study.settings.mapping(KEPT)))
    for field in (sheet.search, sheet.table):
        field.setFocus()
        QTest.keyClick(field, Qt.Key.Key_Return)
        assert study.settings.mapping(KEPT) == {"coding.next_uncoded": "Ctrl+J"}
    assert sheet.isVisible()
