"""The list of segments below the transcript: shown, hidden, kept in step."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace


class SegmentListing(QObject):
    """Fill the list of a coding room with the segments of the code at hand."""

    def __init__(self, room: CodingWorkspace) -> None:
        """List on behalf of `room`."""
        super().__init__(room)
        self._room = room
        room.segment_list.segment_activated.connect(room.show_coding)
        room.segment_list.closed.connect(self.toggle)

    def toggle(self) -> None:
        """Show the segments of the code at hand, or hide the list when it shows them."""
        room = self._room
        current = room.code_pane.current()
        listed = room.segment_list.code
        if room.segment_list.isVisible() and (current is None or listed == current):
            room.segment_list.hide()
            room.view.setFocus()
            return
        if current is None:
            return
        room.segment_list.load(
            room.context.bridge.project, current, room.layers.sight, room.layers.whose()
        )
        if not room.segment_list.isVisible():
            room.segment_list.show()
            room.share_middle()
        room.segment_list.focus_list()

    def refresh(self) -> None:
        """List again what is listed; its code may be gone."""
        room = self._room
        listed = room.segment_list.code
        if listed is None or not room.segment_list.isVisible():
            return
        still = room.code_pane.model.code(listed.id)
        if still is None:
            room.segment_list.hide()
            return
        room.segment_list.load(
            room.context.bridge.project, still, room.layers.sight, room.layers.whose()
        )
