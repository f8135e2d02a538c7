"""Code sets in the coding room: making one of the picked codes, showing, changing, deleting one."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu

from qda.gui.coding.code_set_dialog import CodeSetDialog
from qda.gui.coding.layer_menu import fill_sets
from qda.gui.commands import Command
from qda.gui.language import say, tr
from qda.model.code_sets import CodeSet
from qda.model.ids import CodeId
from qda.operations.code_sets import remove_code_set, save_code_set
from qda.operations.codes import descendants
from qda.store import codes

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace


class RoomCodeSets(QObject):
    """Do what the user wishes with code sets; where there are several, ask which."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Work in `room`."""
        super().__init__(room)
        self._room = room
        self.dialog: CodeSetDialog | None = None

    def commands(self) -> list[Command]:
        """Return what can be done with code sets."""
        words = (tr("code set"), tr("filter"), tr("layers"))
        return [
            Command(
                "coding.only_set", tr("Only the codes of a code set …"), "view", self.show_only,
                "Ctrl+Shift+X", enabled=self._any, keywords=words, separator_before=True,
            ),
            Command(
                "coding.new_set", tr("New code set of the picked codes …"), "view", self.ask_new,
                "Ctrl+Alt+X", enabled=self._can_make, keywords=words,
            ),
            Command(
                "coding.change_set", tr("Change a code set …"), "view",
                partial(self._choose, self.ask_change), enabled=self._can_change,
                keywords=(tr("rename"), *words),
            ),
            Command(
                "coding.remove_set", tr("Delete a code set …"), "view",
                partial(self._choose, self.remove), enabled=self._can_change, keywords=words,
            ),
        ]  # fmt: skip

    def _any(self) -> bool:
        return bool(self._room.layers.sets())

    def _can_make(self) -> bool:
        return self._room.can_write() and bool(self._room.code_pane.model.codes())

    def _can_change(self) -> bool:
        return self._room.can_write() and self._any()

    def show_only(self) -> None:
        """Show only the codes of a set, or every code again; ask which set."""
        sets = self._room.layers.sets()
        if len(sets) == 1:
            self._room.layers.toggle_set(sets[0])
        elif sets:
            menu = self._menu()
            fill_sets(menu, self._room.layers)
            self._drop_down(menu)

    def ask_new(self) -> None:
        """Ask what a new set is called; it begins with the picked codes and those below them."""
        everything = codes.all_codes(self._room.context.bridge.project.connection)
        picked = self._room.code_pane.picked()
        family = {member for one in picked for member in descendants(everything, one)}
        self._ask(None, family)

    def ask_change(self, code_set: CodeSet) -> None:
        """Let the user change name and codes of a set."""
        self._ask(code_set, set(code_set.codes))

    def _ask(self, code_set: CodeSet | None, members: set[CodeId]) -> None:
        room = self._room
        everything = codes.all_codes(room.context.bridge.project.connection)
        taken = [one.name for one in room.layers.sets() if one != code_set]
        dialog = CodeSetDialog(
            room.context.theme, everything, members, code_set, taken, room.window()
        )
        dialog.saved.connect(partial(self._save, code_set))
        self.dialog = dialog
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _save(self, code_set: CodeSet | None, name: str, description: str, members: object) -> None:
        self._room.context.bridge.run(
            save_code_set,
            name=name,
            description=description,
            members=members,
            set_id=code_set.id if code_set is not None else None,
        )

    def remove(self, code_set: CodeSet) -> None:
        """Delete a set; a quiet line says so and offers undo."""
        bridge = self._room.context.bridge
        result = bridge.run(remove_code_set, set_id=code_set.id)
        if result is not None:
            bridge.noticed.emit(say(result.value))

    def _choose(self, run: Callable[[CodeSet], None]) -> None:
        sets = self._room.layers.sets()
        if len(sets) == 1:
            run(sets[0])
            return
        menu = self._menu()
        for one in sets:
            menu.addAction(one.name.replace("&", "&&")).triggered.connect(partial(run, one))
        self._drop_down(menu)

    def _menu(self) -> QMenu:
        return self._room.questions.menu()

    def _drop_down(self, menu: QMenu) -> None:
        button = self._room.code_pane.layers_button()
        corner = button.mapToGlobal(QPoint(button.width(), button.height()))
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))
