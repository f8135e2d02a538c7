"""Which sources are open in the coding room, and in which of its panes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt

from qda.gui.coding.facts import share_text
from qda.gui.coding.split_view import Side
from qda.gui.language import tr
from qda.gui.transcripts.open_document import OpenDocument
from qda.gui.widgets.transcript import TranscriptText
from qda.model.entities import Document
from qda.model.ids import DocumentId
from qda.store import documents, project_info

if TYPE_CHECKING:
    from qda.gui.coding.document_pane import DocumentPane
    from qda.gui.coding.workspace import CodingWorkspace

FIRST = "coding.document"
SECOND = "coding.beside"
"""What stands in the second pane, by project: the source, the first character in sight, the
caret."""


class Opening(QObject):
    """Open sources in the panes of a coding room, and take them away."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Open on behalf of `room`."""
        super().__init__(room)
        self._room = room
        self._split = room.split
        self._split.pane_taken.connect(self._on_split_pane_taken)
        self._split.close_wanted.connect(self.close_pane)
        self._split.turned.connect(self.show_panes)

    # ------------------------------------------------------------------------------ sources

    def open_document(self, number: DocumentId, pane: DocumentPane | None = None) -> None:
        """Show a source where one was in it the last time, by default where the user works."""
        pane = pane or self._split.current
        found = self._find(number)
        if found is None or (pane.open is not None and pane.open.document.id == number):
            return
        if pane is self._split.current:
            self._room.segment_card.show_segment(None)
        self._room.reading.keep_place(pane)
        self._show(found, pane)
        self._room.reading.restore_place(pane)
        self._after_change(pane)

    def _find(self, number: DocumentId) -> Document | None:
        return documents.by_id(self._room.context.bridge.project.connection, number)

    def _show(self, found: Document, pane: DocumentPane) -> None:
        room = self._room
        here = (one for one in self._split.documents() if one.document.id == found.id)
        opened = next(here, None) or OpenDocument(
            room.context.bridge.project, found, room.layers.me, room.layers.sight
        )
        pane.open = opened
        pane.view.set_document(opened.transcript())
        pane.view.set_segments_of(opened.source(room.known_codes()), opened.spans())
        room.asked_in_text.show_in(pane)
        room.show_page(self._split)

    def _after_change(self, pane: DocumentPane) -> None:
        room = self._room
        room.finder.refresh()
        if pane is self._split.current:
            self._show_current()
        self.show_panes()
        self.remember()

    def reopen(self, number: DocumentId) -> None:
        """Show a source anew where one is: its text or its turns are others."""
        found = self._find(number)
        panes = [
            (pane, pane.view.place(), pane.view.caret())
            for pane in self._split.panes()
            if pane.open is not None and pane.open.document.id == number
        ]
        for pane, _, _ in panes:
            pane.open = None
        if found is None:
            return
        for pane, place, caret in panes:
            if pane is self._split.current:
                self._room.segment_card.show_segment(None)
            self._show(found, pane)
            pane.view.set_selection(caret, caret)
            pane.view.set_place(place)
            self._after_change(pane)

    def drop(self, number: DocumentId) -> None:
        """Show a source no longer: it is gone."""
        room = self._room
        for pane in self._split.panes():
            if pane.open is None or pane.open.document.id != number:
                continue
            if pane is self._split.current:
                room.segment_card.show_segment(None)
            self._clear(pane)
            if self._split.is_split:
                self._take_away(pane)
                continue
            room.show_page(None)
            room.trail_changed.emit([], [])
            room.status_changed.emit([])

    def _clear(self, pane: DocumentPane) -> None:
        pane.open = None
        pane.view.set_document(TranscriptText(""))

    # -------------------------------------------------------------------------------- panes

    def toggle_split(self) -> None:
        """Show two transcripts, the second at the same place; or only the one worked in."""
        other, current = self._split.other(), self._split.current
        if other is not None:
            self.close_pane(other)
        elif current.open is not None:
            self.open_beside(current.open.document.id)

    def open_here_beside(self) -> None:
        """Show the source that one works in, at the same place, in the other pane too."""
        if self._split.current.open is not None:
            self.open_beside(self._split.current.open.document.id)

    def open_beside(self, number: DocumentId) -> None:
        """Show a source in the other pane and work there; a second pane is made where needed."""
        before = self._split.current
        pane = self._split.open_second()
        self.open_document(number, pane)
        if before.open is pane.open and pane.open is not None:
            caret = before.view.caret()
            pane.view.set_selection(caret, caret)
            pane.view.set_place(before.view.place())
        self._split.take(pane)
        self.show_panes()
        self.remember()
        pane.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_pane(self, pane: DocumentPane) -> None:
        """Take one of two panes away."""
        if self._split.is_split:
            self._room.reading.keep_place(pane)
            self._take_away(pane)
            self._split.current.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def _take_away(self, pane: DocumentPane) -> None:
        was_current = pane is self._split.current
        self._clear(pane)
        self._split.close_pane(pane)
        if not was_current:
            self.show_panes()
        self.remember()

    def go_other(self) -> None:
        """Work in the other transcript."""
        other = self._split.other()
        if other is not None:
            other.view.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self._split.take(other)

    def _on_split_pane_taken(self) -> None:
        self._show_current()
        self._room.finder.refresh()
        self.show_panes()

    def _show_current(self) -> None:
        """Let the rest of the room speak of the pane that the user works in."""
        room, opened = self._room, self._split.current.open
        room.set_entry(self._split.current.view)
        if opened is None:
            return
        room.sources.choose(opened.document.id)
        room.show_trail()
        room.segment.show_card()
        room.segment.show_status()

    def show_panes(self) -> None:
        """Say above each transcript what it is, and in the list of sources where one opens."""
        split = self._split
        marks: dict[DocumentId, list[str]] = {}
        for pane in split.panes():
            name = pane.open.document.name if pane.open is not None else ""
            right = share_text(pane.open) if pane.open is not None else ""
            pane.show_header(name, right, shown=split.is_split, current=pane is split.current)
            side = split.side_of(pane)
            if pane.open is not None and side is not None:
                marks.setdefault(pane.open.document.id, []).append(_word(side))
        side = split.side_of(split.current)
        words = {number: ", ".join(sides) for number, sides in marks.items()}
        self._room.sources.mark_open(words, _opens(side) if side is not None else "")

    # ------------------------------------------------------------------------- remembering

    def remember(self) -> None:
        """Keep which sources are open, for the next time."""
        settings, guid = self._room.context.settings, self._guid()
        panes = self._split.panes()
        first = dict(settings.mapping(FIRST))
        if panes[0].open is not None:
            first[guid] = panes[0].open.document.guid
            settings.set(FIRST, first)
        second = dict(settings.mapping(SECOND))
        before = second.pop(guid, None)
        if len(panes) > 1 and panes[1].open is not None:
            view = panes[1].view
            second[guid] = f"{panes[1].open.document.guid} {view.place()} {view.caret()}"
        if second.get(guid) != before:
            settings.set(SECOND, second)

    def restore(self) -> None:
        """Open what was open the last time, else the first source."""
        room = self._room
        connection = room.context.bridge.project.connection
        room.reading.show_kept_places()
        kept = room.context.settings.mapping(FIRST).get(self._guid(), "")
        # Opening a source is remembered at once, without a second pane.
        beside = room.context.settings.mapping(SECOND).get(self._guid(), "").split()
        found = documents.find(connection, kept) if kept else ()
        first = found[0].id if found else room.sources.neighbour(None, 0)
        if first is not None:
            self.open_document(first)
        if len(beside) != 3 or not all(part.isdecimal() for part in beside[1:]):
            return
        found = documents.find(connection, beside[0])
        if found and room.open is not None:
            pane = self._split.open_second()
            self.open_document(found[0].id, pane)
            top, caret = (int(part) for part in beside[1:])
            pane.view.set_selection(caret, caret)
            pane.view.set_place(top)
            self.show_panes()
            self.remember()

    def _guid(self) -> str:
        return project_info.read(self._room.context.bridge.project.connection).guid


def _word(side: Side) -> str:
    """Say where a source is open."""
    return {
        "left": tr("left"), "right": tr("right"), "above": tr("above"), "below": tr("below"),
    }[side]  # fmt: skip


def _opens(side: Side) -> str:
    """Say where a source that is chosen now opens."""
    return {
        "left": tr("A source you choose opens at the left."),
        "right": tr("A source you choose opens at the right."),
        "above": tr("A source you choose opens above."),
        "below": tr("A source you choose opens below."),
    }[side]
