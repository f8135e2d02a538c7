"""Small questions and context menus of the coding workspace."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QInputDialog, QMenu

from qda.gui.coding.layer_menu import fill_layer_menu, fill_pairs
from qda.gui.context import Place
from qda.gui.language import tr
from qda.model.ids import CodeId
from qda.store import cases, codings

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace

IN_TEXT = (
    "coding.code", "coding.repeat", "coding.in_vivo", "", "coding.recode", "coding.uncode",
    "coding.memo", "coding.cases", "", "coding.select_sentence", "coding.select_turn",
)  # fmt: skip
PICKED = ("coding.picked_recode", "coding.picked_split", "coding.picked_uncode")
ON_CODES = ("coding.code", "coding.segments", "", "coding.new_code")


class CodingQuestions(QObject):
    """Ask the user for a name, a number or an office; show what can be done at a place."""

    def __init__(self, workspace: CodingWorkspace) -> None:
        """Ask on behalf of `workspace`."""
        super().__init__(workspace)
        self._room = workspace

    def ask_new_code(self) -> None:
        """Ask for a name and make a code below the one at hand, or at the top."""
        room = self._room
        current = room.code_pane.current()
        name, accepted = QInputDialog.getText(
            room,
            tr("New code"),
            tr("Name, below {code}", code=current.name) if current is not None else tr("Name"),
        )
        if accepted and name.strip():
            parent = current.id if current is not None else None
            made = room.actions_on_text.add_code(name, parent)
            if made is not None:
                room.code_pane.choose(made)

    def ask_turn(self) -> None:
        """Ask for a turn's number and go there."""
        room = self._room
        if room.open is None or not room.open.turns:
            return
        last = room.open.turns[-1].number
        turn = room.view.current_turn()
        number, accepted = QInputDialog.getInt(
            room, tr("Go to turn"), tr("Number, 1 to {n}", n=last),
            turn.number if turn is not None else 1, 1, last,
        )  # fmt: skip
        if accepted:
            room.actions_on_text.go_to_turn(number)

    def ask_cases(self) -> None:
        """Offer the offices to link the segment at hand to."""
        room = self._room
        coding = room.actions_on_text.coding()
        if coding is None:
            return
        connection = room.context.bridge.project.connection
        own = set(codings.own_cases(connection, coding.id))
        menu = self.menu()
        for case in cases.all_cases(connection):
            action = menu.addAction(case.name)
            action.setCheckable(True)
            action.setChecked(case.id in own)
            action.setData(case.id)
        if menu.isEmpty():
            menu.addAction(tr("No offices yet; add them under Offices")).setEnabled(False)
        menu.triggered.connect(self._on_case_menu_triggered)
        card = room.segment_card
        menu.popup(card.mapToGlobal(QPoint(0, card.height())))

    def _on_case_menu_triggered(self, action: QAction) -> None:
        if isinstance(action.data(), int):
            self._room.actions_on_text.link(action.data(), linked=action.isChecked())

    def choose_layers(self) -> None:
        """Offer whose codings and which codes to show."""
        menu = self.menu()
        fill_layer_menu(menu, self._room.layers, self._room.code_pane.current())
        self._drop_down(menu)

    def compare_coders(self) -> None:
        """Show two coders side by side; ask which where there are several."""
        layers = self._room.layers
        pairs = layers.pairs()
        if layers.layers.compare:
            layers.show_everyone()
        elif len(pairs) == 1:
            layers.compare(*pairs[0])
        elif pairs:
            menu = self.menu()
            fill_pairs(menu, layers)
            self._drop_down(menu)

    def _drop_down(self, menu: QMenu) -> None:
        button = self._room.code_pane.layers_button()
        corner = button.mapToGlobal(QPoint(button.width(), button.height()))
        menu.popup(corner - QPoint(menu.sizeHint().width(), 0))

    def show_text_menu(self, place: QPoint) -> None:
        """Show what can be done with the selection or the segment."""
        menu = self.menu()
        self._fill(menu, PICKED if self._room.view.picked_segments() else IN_TEXT)
        menu.popup(place)

    def show_code_menu(self, place: QPoint, code: object) -> None:
        """Show what can be done with a code."""
        room = self._room
        menu = self.menu()
        self._fill(menu, ON_CODES)
        found = room.code_pane.model.code(CodeId(code)) if isinstance(code, int) else None
        if found is not None:
            edit = menu.addAction(tr("Edit in the codebook"))
            edit.triggered.connect(
                partial(room.context.navigator.go, Place("codebook", code=found.id))
            )
            remove = menu.addAction(tr("Remove the code"))
            remove.setEnabled(room.can_write())
            remove.triggered.connect(partial(room.actions_on_text.remove_code, found))
        menu.popup(place)

    def menu(self) -> QMenu:
        """Return an empty menu of the room, which goes when it is closed."""
        menu = QMenu(self._room)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return menu

    def _fill(self, menu: QMenu, wanted: Sequence[str]) -> None:
        by_name = {action.objectName(): action for action in self._room.actions()}
        enabled = {command.id: command.enabled for command in self._room.commands()}
        for name in wanted:
            if not name:
                menu.addSeparator()
            elif name in by_name:
                action = by_name[name]
                action.setEnabled(enabled[name]())
                menu.addAction(action)
                # Disabled only while it is shown: its shortcut asks for itself.
                menu.aboutToHide.connect(partial(action.setEnabled, True))
