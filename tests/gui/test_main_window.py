"""The window around the workspaces: rail, palette, undo, names for a screen reader."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QLineEdit,
    QMenu,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from qda.app.translation import load_catalogue
from qda.gui.context import Context
from qda.gui.language import install_language
from qda.gui.main_window import MainWindow
from qda.gui.theme import apply_theme, load_theme
from qda.gui.workspaces import make_workspaces
from qda.operations import cases
from qda.store import cases as case_queries

KEYS = ("sources", "coding", "codebook", "cases", "matrix", "search", "quotes", "memos")


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The whole window on the small study."""
    made = MainWindow(study, make_workspaces(study))
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.start("sources")
    made.build_all()
    return made


def test_every_workspace_opens_by_its_number(window: MainWindow) -> None:
    assert window.workspace_keys() == KEYS
    for number, key in enumerate(KEYS, start=1):
        QTest.keySequence(window, f"Ctrl+{number}")
        assert window.workspace.key == key


def test_the_rail_opens_workspaces(window: MainWindow) -> None:
    rail = window._rail  # noqa: SLF001
    for key in reversed(KEYS):
        QTest.mouseClick(rail.button(key), Qt.MouseButton.LeftButton)
        assert window.workspace.key == key


def test_no_two_commands_of_a_place_have_the_same_shortcut(window: MainWindow) -> None:
    actions = window.actions_by_command
    own = {action.objectName() for action in window.actions()}
    for key in KEYS:
        here = {action.objectName() for action in window.workspace_called(key).actions()}
        used: dict[str, str] = {}
        for command in actions.commands():
            shortcut = actions.shortcut(command)
            if command.id in own | here and shortcut:
                assert shortcut not in used, (command.id, used[shortcut], shortcut)
                used[shortcut] = command.id


def test_every_command_is_in_a_menu_and_in_the_palette(window: MainWindow) -> None:
    in_menus = {
        action.objectName()
        for menu in window.menuBar().actions()
        if isinstance(opened := menu.menu(), QMenu)
        for action in opened.actions()
    }
    known = {command.id for command in window.actions_by_command.commands()}
    assert known <= in_menus
    window.open_palette()
    offered = {
        item.id[1]
        for item in window.palette_sheet._items  # noqa: SLF001
        if isinstance(item.id, tuple) and item.id[0] == "command"
    }
    enabled = {
        command.id for command in window.actions_by_command.commands_here() if command.enabled()
    }
    assert offered == enabled
    window.palette_sheet.dismiss()


def test_only_commands_of_the_place_in_front_are_there(window: MainWindow) -> None:
    for key in KEYS:
        window.show_workspace(key)
        here = {action.objectName() for action in window.workspace.actions()}
        shown = {command.id for command in window.actions_by_command.commands_here()}
        assert here <= shown
        for other in KEYS:
            theirs = {one.objectName() for one in window.workspace_called(other).actions()}
            assert other == key or not theirs & shown


def test_the_palette_runs_a_command(window: MainWindow) -> None:
    QTest.keySequence(window, "Ctrl+K")
    field = window.focusWidget()
    QTest.keyClicks(field, "matrix")
    titles = [item.title for item in window.palette_sheet.shown_items()]
    assert "Matrix" in titles
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert window.workspace.key == "matrix"


def test_undo_says_what_it_takes_back(window: MainWindow, study: Context) -> None:
    session = study.bridge.session
    session.run(cases.add_case, coder=session.coder, name="NAV Nytt")
    assert case_queries.find(session.project.connection, "NAV Nytt")
    QTest.keySequence(window, "Ctrl+Z")
    assert not case_queries.find(session.project.connection, "NAV Nytt")
    assert "Add a case" in window._notice.text()  # noqa: SLF001
    QTest.keySequence(window, "Ctrl+Shift+Z")
    assert case_queries.find(session.project.connection, "NAV Nytt")


def nameless(root: QWidget) -> list[str]:
    """Return the visible controls that a screen reader has no name for."""
    kinds = (
        QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QTextEdit,
    )  # fmt: skip
    found: list[str] = []
    for widget in root.findChildren(QWidget):
        if not isinstance(widget, kinds) or not widget.isVisible():
            continue
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        name = interface.text(QAccessible.Text.Name) if interface is not None else ""
        if not name.strip():
            found.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    return found


@pytest.mark.parametrize("key", KEYS)
def test_every_control_has_a_name_for_a_screen_reader(window: MainWindow, key: str) -> None:
    window.show_workspace(key)
    QApplication.processEvents()
    assert nameless(window) == []


@pytest.mark.parametrize("key", KEYS)
def test_tab_goes_round_every_workspace(window: MainWindow, key: str) -> None:
    window.show_workspace(key)
    seen: list[QWidget | None] = []
    for _ in range(120):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        focused = window.focusWidget()
        if focused in seen:
            break
        seen.append(focused)
    assert len(seen) > 3
    assert any(one is not None and window.workspace.isAncestorOf(one) for one in seen)


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("name", ["light", "dark"])
def test_colours_and_sizes_change_under_the_open_window(
    window: MainWindow, qapp: QApplication, name: str, scale: float
) -> None:
    for key in KEYS:
        window.show_workspace(key)
    theme = apply_theme(qapp, load_theme(name), scale, reduced_motion=True)
    window.set_theme(theme)
    for key in KEYS:
        window.show_workspace(key)
        shown = window.grab()
        assert not shown.isNull()
        color = shown.toImage().pixelColor(shown.width() - 3, shown.height() // 2)
        assert (color.lightness() < 128) == (name == "dark"), key


def test_the_window_speaks_bokmaal(qtbot: QtBot, qapp: QApplication, study: Context) -> None:
    install_language(qapp, load_catalogue("nb"))
    try:
        made = MainWindow(study, make_workspaces(study))
        qtbot.addWidget(made)
        made.show()
        titles = [made.workspace_called(key).title() for key in KEYS]
        assert titles == [
            "Kilder",
            "Koding",
            "Kodebok",
            "Kontorer",
            "Matrise",
            "Søk",
            "Sitater",
            "Notater",
        ]
        for key in KEYS:
            made.show_workspace(key)
    finally:
        install_language(qapp, load_catalogue("en"))
