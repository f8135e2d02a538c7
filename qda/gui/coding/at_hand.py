"""The segment and the code at hand in the coding room: what is said of them and done with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.coding.facts import segment_facts, status_texts
from qda.gui.language import tr, tr_n
from qda.gui.widgets.transcript import TranscriptView
from qda.model.changes import Changes
from qda.model.entities import Coding
from qda.model.ids import CodingId

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace


class SegmentAtHand(QObject):
    """Keep the card, the code tree and the status line with the segment that is selected."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Speak of the segments of `room`."""
        super().__init__(room)
        self._room = room
        room.actions_on_text.coded.connect(self._on_actions_coded)

    def listen(self, view: TranscriptView) -> None:
        """Listen to one more transcript."""
        view.segment_selected.connect(self.show)
        view.segment_activated.connect(self._on_view_segment_activated)
        view.current_turn_changed.connect(self._on_view_current_turn_changed)
        view.selection_changed.connect(self._on_view_selection_changed)
        view.picks_changed.connect(self.show_status)

    def show(self, segment: object) -> None:
        """Take the code of a segment at hand and describe the segment; None for no segment."""
        room = self._room
        if isinstance(segment, int) and room.open is not None:
            coding = room.open.codings.get(CodingId(segment))
            if coding is not None:
                room.code_pane.choose(coding.code)
        self.show_card()
        self.show_status()

    def follow(self, changes: Changes) -> None:
        """Describe the segment at hand anew, unless only others were coded or are coded no more."""
        room = self._room
        here = {room.segment_card.coding(), room.view.selected_segment()} - {None}
        if any(changes.touches(table) for table in changes.rows if table != "coding") or (
            here & changes.of("coding")
        ):
            self.show_card()
        self.show_status()

    def show_card(self) -> None:
        """Describe the segment at hand in its card."""
        room = self._room
        coding = room.actions_on_text.coding()
        if coding is None or room.open is None:
            room.segment_card.show_segment(None)
            return
        facts = segment_facts(room.context.bridge.session, room.open, coding)
        room.segment_card.show_segment(facts, writable=room.can_write())

    def show_status(self) -> None:
        """Say in the status line where one is."""
        room = self._room
        if room.open is None:
            return
        turn = room.view.current_turn()
        number = turn.number if turn is not None else 0
        coding = room.actions_on_text.coding()
        texts = status_texts(room.open, number, coding, room.known_codes(), room.layers.whose())
        picked = len(room.view.picked_segments())
        if picked:
            texts.append(tr_n("{n} picked", "{n} picked", picked))
        heard = room.sound.listening.status()
        room.status_changed.emit([*texts, heard] if heard else texts)

    def focus_memo(self) -> None:
        """Let the user write on the segment at hand."""
        if self._room.segment_card.isVisible():
            self._room.segment_card.focus_memo()

    def _on_view_segment_activated(self, segment: object) -> None:
        self.show(segment)
        self.focus_memo()

    def _on_view_current_turn_changed(self, number: int) -> None:
        del number
        if self.sender() is self._room.view:
            self.show_status()

    def _on_view_selection_changed(self, start: int, end: int) -> None:
        view = self._room.view
        here = self.sender() is view
        if here and start != end and view.selected_segment() is not None:
            view.select_segment(None)
            self.show_card()

    def _on_actions_coded(self, coding: Coding) -> None:
        room = self._room
        room.view.set_selection(coding.end, coding.end)
        room.view.select_segment(coding.id, reveal=False)
        self.show(coding.id)
        if not room.layers.sight.shows(coding):
            room.context.bridge.told.emit(tr("Coded; the layers hide this coding."))


class CodeAtHand(QObject):
    """Do things with the code that is chosen in the tree."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Work in `room`."""
        super().__init__(room)
        self._room = room

    def use(self) -> None:
        """Code the selection with it."""
        current = self._room.code_pane.current()
        if current is not None:
            self._room.code_here([current.id])

    def recode(self) -> None:
        """Give it to the segment at hand."""
        current = self._room.code_pane.current()
        if current is not None:
            self._room.actions_on_text.recode(current.id)

    def show_only(self) -> None:
        """Show only it with all below it, or every code again."""
        current = self._room.code_pane.current()
        if current is not None:
            self._room.layers.toggle_code(current)

    def show_too(self) -> None:
        """Show it beside those that are shown."""
        current = self._room.code_pane.current()
        if current is not None:
            self._room.layers.show_code_too(current)
