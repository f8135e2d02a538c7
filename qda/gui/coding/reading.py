"""Reading in the coding room: size, last place, done mark, and where the keyboard goes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.context import Place
from qda.gui.places_kept import PLACES, KeptPlaces
from qda.gui.widgets.going_round import go_round
from qda.operations import documents as operations
from qda.store import documents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtWidgets import QWidget

    from qda.gui.coding.document_pane import DocumentPane
    from qda.gui.coding.workspace import CodingWorkspace
    from qda.model.entities import Document

ZOOM = "coding.zoom"
MOST_PLACES = 1000
"""Sources whose place is remembered; beyond that the one left longest ago is forgotten."""


class Reading(QObject):
    """What helps one read in a coding room."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Help in `room`."""
        super().__init__(room)
        self._room = room

    def restore_zoom(self) -> None:
        """Show the text as large as the last time."""
        self.zoom_to(round(self._room.context.settings.number(ZOOM, 100)))

    def zoom_by(self, step: int) -> None:
        """Show the text larger or smaller by `step` percent; 0 goes back to 100."""
        self.zoom_to(self._room.view.zoom() + step if step else 100)

    def zoom_to(self, percent: int) -> None:
        """Show every transcript at one size, and keep it."""
        for pane in self._room.split.panes():
            pane.view.set_zoom(percent)
        self._room.context.settings.set(ZOOM, self._room.view.zoom())

    def toggle_done(self) -> None:
        """Mark the open source as done, or as not done."""
        room = self._room
        if room.open is not None:
            document = room.open.document
            room.context.bridge.run(
                operations.mark_done, document=document.id, done=not document.done
            )

    def keep_place(self, pane: DocumentPane) -> None:
        """Remember where one is in the source of a pane."""
        room = self._room
        if pane.open is None:
            return
        guid = str(pane.open.document.guid)
        kept = {key: value for key, value in room.context.settings.mapping(PLACES).items()
                if key != guid}  # fmt: skip
        for oldest in list(kept)[: max(0, len(kept) - MOST_PLACES + 1)]:
            del kept[oldest]
        kept[guid] = f"{pane.view.place()} {pane.view.caret()}"
        room.context.settings.set(PLACES, kept)
        self.show_places([pane.open.document])

    def show_kept_places(self) -> None:
        """Show where one was in every source that is remembered, those of this project."""
        connection = self._room.context.bridge.project.connection
        kept = self._room.context.settings.mapping(PLACES)
        self.show_places(one for guid in kept for one in documents.find(connection, guid))

    def show_places(self, everything: Iterable[Document]) -> None:
        """Show in the list of sources where one was in some of them the last time."""
        room = self._room
        kept = KeptPlaces(room.context.settings)
        shares = ((document.id, kept.share(document)) for document in everything)
        places = {number: share for number, share in shares if share is not None}
        room.sources.set_places(places)

    def keep_places(self) -> None:
        """Remember where one is in every open source; where one works counts in the end."""
        split = self._room.split
        for pane in (split.other(), split.current):
            if pane is not None:
                self.keep_place(pane)

    def restore_place(self, pane: DocumentPane) -> None:
        """Go back to where one was in the source of a pane the last time."""
        if pane.open is None:
            return
        settings = self._room.context.settings
        kept = settings.mapping(PLACES).get(str(pane.open.document.guid), "")
        parts = kept.split()
        if len(parts) == 2 and all(part.isdecimal() for part in parts):
            top, caret = (int(part) for part in parts)
            pane.view.set_selection(caret, caret)
            pane.view.set_place(top)

    def next_pane(self) -> None:
        """Give the keyboard to the next pane."""
        room = self._room
        texts = [pane.view for pane in room.split.panes()]
        right = room.code_pane.tree
        if room.shows_suggestions():
            right = room.suggestion_pane.first_field()
        panes: list[QWidget] = [room.sources.tree, *texts, right]
        if room.hits.on:
            panes.insert(-1, room.hit_pane.list)
        if room.segment_card.isVisible():
            panes.append(room.segment_card)
        if go_round(panes, room.focusWidget() or room) is room.segment_card:
            room.segment_card.focus_memo()

    def write_memo(self) -> None:
        """Go and write a memo on the open source."""
        if self._room.open is not None:
            self._room.context.navigator.go(Place("memos", document=self._room.open.document.id))
