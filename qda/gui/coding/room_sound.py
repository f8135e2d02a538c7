"""The coding room listens: its transcripts follow the recording that plays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.coding.correcting_commands import correct_here
from qda.gui.commands import Command
from qda.gui.player.commands import MORE, keys_of, sound_commands
from qda.gui.player.listening import Listening
from qda.gui.widgets.transcript.data import TurnView
from qda.model.changes import Changes
from qda.model.entities import Document
from qda.text.timeline import Timeline, TimePoint

if TYPE_CHECKING:
    from qda.gui.coding.document_pane import DocumentPane
    from qda.gui.coding.workspace import CodingWorkspace


class RoomSound(QObject):
    """The text that the player follows is that of the pane in which the user works.

    While a recording plays it stays with its own source, as long as that is open in a pane.
    """

    def __init__(self, room: CodingWorkspace) -> None:
        """Listen in `room`."""
        super().__init__(room)
        self._room = room
        self.listening = Listening(room.context, room)
        self._said = ""
        room.trail_changed.connect(self._on_room_trail_changed)
        room.context.bridge.changed.connect(self._on_bridge_changed)
        self.listening.changed.connect(self._on_listening_changed)

    def resume(self) -> None:
        """Let the player follow the transcripts: at first, and when the editor is closed."""
        self.listening.follow(self)

    def commands(self) -> list[Command]:
        """Return what can be done with the recording, and show it behind the bar's last button."""
        room = self._room
        made = sound_commands(self.listening, self._insert_time, room.can_write)
        keys = keys_of(room.context, made)
        room.player_bar.set_commands([one for one in made if one.id in MORE], keys)
        return made

    def _insert_time(self) -> None:
        """Correct the text at hand with the time that is heard at the caret."""
        correct_here(self._room, insert_time=True)

    # ------------------------------------------------------------------- what a player asks

    def document(self) -> Document | None:
        """Return the source that is heard, or else the one in which the user works."""
        heard = self.listening.document
        if heard is not None and self.listening.is_playing:
            for opened in self._room.split.documents():
                if opened.document.id == heard.id:
                    return opened.document
        return self._room.open.document if self._room.open is not None else None

    def _pane(self) -> DocumentPane:
        """Return the pane that shows what is heard, the user's own first."""
        split, heard = self._room.split, self.listening.document
        for pane in (split.current, *split.panes()):
            if heard is not None and pane.open is not None and pane.open.document.id == heard.id:
                return pane
        return split.current

    def caret(self) -> int:
        """Return where one is in the text."""
        return self._pane().view.caret()

    def turn_at(self, offset: int) -> TurnView | None:
        """Return the turn at an offset, None before the first."""
        return self._pane().view.turn_at(offset)

    def timeline(self, duration_ms: int | None) -> Timeline:
        """Return the times of the text."""
        opened = self._pane().open
        if opened is None:
            return Timeline("", (), duration_ms)
        points = (
            TimePoint(turn.label_start, turn.time_ms)
            for turn in opened.turns
            if turn.time_ms is not None
        )
        return Timeline(opened.text, points, duration_ms)

    def show_playing(self, turn: TurnView | None) -> None:
        """Mark the turn that is heard in every pane that shows its source."""
        heard = self.listening.document
        for pane in self._room.split.panes():
            there = (
                pane.open is not None and heard is not None and pane.open.document.id == heard.id
            )
            pane.view.show_playing(turn if there else None)

    # ----------------------------------------------------------------------- what happens

    def _on_room_trail_changed(self) -> None:
        heard, listening = self.listening.document, self.listening
        if self.document() != heard or listening.recording is None:
            listening.refresh()
        else:
            listening.refresh_times()

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if changes.touches("recording"):
            self.listening.refresh()

    def _on_listening_changed(self) -> None:
        said = self.listening.status()
        if said != self._said:
            self._said = said
            self._room.segment.show_status()
