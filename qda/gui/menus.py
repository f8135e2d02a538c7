"""Menus and shortcuts made from commands."""

from collections.abc import Mapping, Sequence
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QMenuBar, QWidget

from qda.gui.commands import Command
from qda.gui.language import tr

MENUS = (
    "file",
    "edit",
    "view",
    "document",
    "selection",
    "code",
    "sound",
    "matrix",
    "search",
    "quotes",
    "help",
)


def menu_titles() -> Mapping[str, str]:
    """Return the titles of the menus in the user's language."""
    return {
        "file": tr("&File"),
        "edit": tr("&Edit"),
        "view": tr("&View"),
        "document": tr("&Sources"),
        "selection": tr("Se&lection"),
        "code": tr("&Coding"),
        "sound": tr("&Recording"),
        "matrix": tr("&Matrix"),
        "search": tr("Sea&rch"),
        "quotes": tr("&Quotes"),
        "help": tr("&Help"),
    }


class CommandActions(QObject):
    """One action for each command, in the menus and with its shortcut.

    Commands of a workspace are there, with their shortcuts, only while it is in front: the same
    keys may do something else in another one.
    """

    def __init__(self, bar: QMenuBar, bindings: Mapping[str, str]) -> None:
        """Fill `bar`; `bindings` are the shortcuts that the user has set, by command."""
        super().__init__(bar)
        self._bindings = dict(bindings)
        self._commands: dict[str, tuple[Command, QAction]] = {}
        self._owners: dict[str, QWidget] = {}
        self._menus: dict[str, QMenu] = {}
        titles = menu_titles()
        for key in MENUS:
            menu = bar.addMenu(titles[key])
            menu.menuAction().setVisible(False)
            menu.aboutToShow.connect(self.refresh)
            menu.aboutToHide.connect(self._enable_all)
            self._menus[key] = menu

    def add(self, owner: QWidget, commands: Sequence[Command]) -> None:
        """Add the commands of `owner`, which is the window or a workspace."""
        for command in commands:
            action = QAction(command.title, owner)
            action.setObjectName(command.id)
            shortcut = self.shortcut(command)
            if shortcut:
                action.setShortcut(QKeySequence(shortcut))
            action.triggered.connect(partial(self._run, command))
            owner.addAction(action)
            self._commands[command.id] = (command, action)
            self._owners[command.id] = owner
            menu = self._menus[command.menu]
            if command.separator_before:
                menu.addSeparator()
            menu.addAction(action)
            menu.menuAction().setVisible(True)

    def show_only(self, window: QWidget, front: QWidget) -> None:
        """Show the commands of the window and of the workspace in front, and no others."""
        used: set[str] = set()
        for command, action in self._commands.values():
            here = self._owners[command.id] in (window, front)
            action.setVisible(here)
            if here:
                used.add(command.menu)
        for key, menu in self._menus.items():
            menu.menuAction().setVisible(key in used)

    def shortcut(self, command: Command) -> str:
        """Return the shortcut of a command: the user's, else its own."""
        return self._bindings.get(command.id, command.shortcut)

    def owner(self, command_id: str) -> QWidget:
        """Return the window or the workspace in which a command can be given."""
        return self._owners[command_id]

    def is_changed(self, command: Command) -> bool:
        """Tell whether the user has given a command other keys than its own."""
        return QKeySequence(self.shortcut(command)) != QKeySequence(command.shortcut)

    def bindings(self) -> Mapping[str, str]:
        """Return the shortcuts that the user has set, by command."""
        return dict(self._bindings)

    def clash(self, command: Command, keys: str) -> Command | None:
        """Return the command that has these keys where `command` can be given, if there is one.

        The same keys may mean something else in each workspace, but those of the window are
        taken everywhere.
        """
        wanted = QKeySequence(keys)
        if wanted.isEmpty():
            return None
        mine = self._owners[command.id]
        for other, _ in self._commands.values():
            theirs = self._owners[other.id]
            meet = theirs is mine or theirs.isWindow() or mine.isWindow()
            if other.id != command.id and meet and QKeySequence(self.shortcut(other)) == wanted:
                return other
        return None

    def rebind(self, command: Command, keys: str) -> bool:
        """Give a command other keys, none when empty; False where another command has them."""
        keys = QKeySequence(keys).toString(QKeySequence.SequenceFormat.PortableText)
        if self.clash(command, keys) is not None:
            return False
        self._bindings.pop(command.id, None)
        # The same keys may be written in two ways: Del and Delete.
        if QKeySequence(keys) != QKeySequence(command.shortcut):
            self._bindings[command.id] = keys
        self._commands[command.id][1].setShortcut(QKeySequence(keys))
        return True

    def reset_all(self) -> None:
        """Give every command its own keys again."""
        self._bindings.clear()
        for command, action in self._commands.values():
            action.setShortcut(QKeySequence(command.shortcut))

    def shown_shortcut(self, command: Command) -> str:
        """Return the shortcut as people read it."""
        return QKeySequence(self.shortcut(command)).toString(QKeySequence.SequenceFormat.NativeText)

    def commands(self) -> tuple[Command, ...]:
        """Return every command."""
        return tuple(command for command, _ in self._commands.values())

    def commands_here(self) -> tuple[Command, ...]:
        """Return the commands that are there now."""
        return tuple(command for command, action in self._commands.values() if action.isVisible())

    def action(self, command_id: str) -> QAction:
        """Return the action of a command."""
        return self._commands[command_id][1]

    def refresh(self) -> None:
        """Show in the menus which commands can be given now."""
        for command, action in self._commands.values():
            action.setEnabled(command.enabled())

    def _enable_all(self) -> None:
        """Let every shortcut through again: whether it applies is asked when it comes."""
        for _, action in self._commands.values():
            action.setEnabled(True)

    def _run(self, command: Command, checked: bool = False) -> None:  # noqa: FBT001, FBT002 - slot
        del checked
        if command.enabled():
            command.run()
