"""Every command stands in a menu, in the palette and in the sheet, and its keys can be changed."""

from collections import Counter

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from qda.gui import palette_source
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.shortcut_rules import key_problem, scope_of, sheet_html
from qda.gui.shortcut_sheet import ShortcutSheet
from qda.gui.workspaces import make_workspaces


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The whole window, every place built."""
    made = MainWindow(study, make_workspaces(study))
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    made.start("coding")
    made.build_all()
    return made


def titles(menu: QMenu) -> list[str]:
    """Return the words of a menu, those of menus inside it too."""
    found: list[str] = []
    for action in menu.actions():
        inner = action.menu()
        if isinstance(inner, QMenu):
            found += titles(inner)
        elif not action.isSeparator():
            found.append(action.objectName())
    return found


def test_every_command_is_in_one_menu_and_nothing_else_is(window: MainWindow) -> None:
    in_menus = [
        name
        for action in window.menuBar().actions()
        for menu in [action.menu()]
        if isinstance(menu, QMenu)
        for name in titles(menu)
    ]
    wanted = [command.id for command in window.window_commands()]
    assert Counter(in_menus) == Counter(wanted)
    assert max(Counter(wanted).values()) == 1
    assert len(wanted) > 120


def test_every_command_is_in_the_palette_of_its_place(window: MainWindow, study: Context) -> None:
    actions = window.actions_by_command
    offered: set[str] = set()
    cannot_be_given: set[str] = set()
    for key in window.workspace_keys():
        window.show_workspace(key)
        items = palette_source.palette_items(study, actions, coding=key == "coding")
        found = {item.id[1] for item in items if isinstance(item.id, tuple) and item.id[0] ==
                 "command"}  # fmt: skip
        here = {command.id: command for command in actions.commands_here()}
        assert found == {one for one, command in here.items() if command.enabled()}
        offered |= {str(one) for one in found}
        cannot_be_given |= {one for one, command in here.items() if not command.enabled()}
        for item in items:
            if isinstance(item.id, tuple) and item.id[0] == "command":
                command = here[str(item.id[1])]
                assert item.hint == actions.shown_shortcut(command)
    assert offered | cannot_be_given == {one.id for one in actions.commands()}


def test_every_command_is_in_the_sheet_on_screen_and_on_paper(
    window: MainWindow, study: Context, qtbot: QtBot
) -> None:
    actions = window.actions_by_command
    sheet = ShortcutSheet(actions, study.settings, study.theme, window)
    qtbot.addWidget(sheet)
    rows = [
        tuple(sheet.table.item(row, column).text() for column in (0, 2))  # pyright: ignore[reportOptionalMemberAccess]
        for row in range(sheet.table.rowCount())
    ]
    wanted = [
        (one.title.replace("&", ""), scope_of(actions.owner(one.id))) for one in actions.commands()
    ]
    assert Counter(rows) == Counter(wanted)
    page = sheet_html(actions)
    for one in actions.commands():
        assert one.title.replace("&", "").replace("'", "&#x27;") in page, one.id
        assert actions.shown_shortcut(one).replace("&", "&amp;") in page, one.id


def test_no_two_commands_of_a_place_have_the_same_keys(window: MainWindow) -> None:
    actions = window.actions_by_command
    for command in actions.commands():
        keys = actions.shortcut(command)
        if keys:
            assert actions.clash(command, keys) is None, (command.id, keys)
            copies = command.id.endswith(".copy")
            assert copies or not key_problem(QKeySequence(keys)), (command.id, keys)


def test_the_keys_of_every_command_can_be_changed_and_taken_away(window: MainWindow) -> None:
    actions = window.actions_by_command
    for command in actions.commands():
        assert actions.rebind(command, "Ctrl+Alt+Shift+F11"), command.id
        assert actions.action(command.id).shortcut() == QKeySequence("Ctrl+Alt+Shift+F11")
        assert actions.rebind(command, ""), command.id
        assert actions.action(command.id).shortcut().isEmpty()
        assert actions.rebind(command, command.shortcut), command.id
        assert not actions.is_changed(command)
