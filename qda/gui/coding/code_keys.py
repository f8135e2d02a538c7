"""Coding with a code's own key while the transcript has the keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace


class CodeKeys(QObject):
    """Listen to the transcripts and the lists of hits and suggestions of a coding room."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Listen on behalf of `room`."""
        super().__init__(room)
        self._room = room

    def listen(self, view: QWidget) -> None:
        """Listen to one more transcript or list."""
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Code with the code whose key is pressed."""
        room = self._room
        if (
            watched in (room.view, room.hit_pane.list, room.suggestion_pane.list)
            and event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            and event.text().strip()
        ):
            for code in room.code_pane.model.codes():
                if code.shortcut and code.shortcut == event.text():
                    room.code_pane.choose(code.id)
                    if room.can_write():
                        room.code_here([code.id])
                    return True
        return super().eventFilter(watched, event)
