"""Reading in the coding room: the size of the text, and where the keyboard goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.coding.panes import go_round
from qda.gui.context import Place

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from qda.gui.coding.workspace import CodingWorkspace

ZOOM = "coding.zoom"


class Reading(QObject):
    """What helps one read in a coding room."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Help in `room`."""
        super().__init__(room)
        self._room = room

    def restore_zoom(self) -> None:
        """Show the text as large as the last time."""
        self._room.view.set_zoom(round(self._room.context.settings.number(ZOOM, 100)))

    def zoom_by(self, step: int) -> None:
        """Show the text larger or smaller by `step` percent; 0 goes back to 100."""
        view = self._room.view
        view.set_zoom(view.zoom() + step if step else 100)
        self._room.context.settings.set(ZOOM, view.zoom())

    def next_pane(self) -> None:
        """Give the keyboard to the next pane."""
        room = self._room
        panes: list[QWidget] = [room.sources.tree, room.view, room.code_pane.tree]
        if room.segment_card.isVisible():
            panes.append(room.segment_card)
        if go_round(panes, room.focusWidget() or room) is room.segment_card:
            room.segment_card.focus_memo()

    def write_memo(self) -> None:
        """Go and write a memo on the open source."""
        if self._room.open is not None:
            self._room.context.navigator.go(Place("memos", document=self._room.open.document.id))
