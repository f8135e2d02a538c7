"""Keeping the coding room in step with the project, whoever changed it."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.gui.transcripts.open_document import OpenDocument
from qda.model.changes import Changes
from qda.model.ids import CodeId, DocumentId
from qda.store import documents

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace

STRUCTURE = ("document", "case", "document_case")
"""Tables whose changes alter the list of sources."""
LAYERED = ("code", "coder", "project", "code_set", "code_set_member")
"""Tables whose changes alter what the layers mean."""
ASKED = ("turn_question", "guide", "guide_question")
"""Tables whose changes alter which question a turn asks or answers."""


class Follower(QObject):
    """Bring every view of a coding room up to date after changes."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Follow on behalf of `room`."""
        super().__init__(room)
        self._room = room
        self._taken_in = set[int]()
        self._codes = set[CodeId]()

    def follow(self, changes: Changes) -> None:
        """Take in what changed."""
        room = self._room
        if changes.touches(*LAYERED) and room.layers.follow():
            room.apply_layers()
        if changes.touches("code"):
            room.code_pane.load(room.context.bridge.project)
        anew = {
            number
            for number in changes.of("document")
            for opened in tuple(room.split.documents())
            if opened.document.id == number and self._follow_document(opened)
        }
        if changes.touches(*STRUCTURE):
            # Of what is open, how much is coded is known; of others it is counted.
            open_here = {opened.document.id for opened in room.split.documents()}
            others = {DocumentId(one) for one in changes.of("document")} - open_here
            if not room.sources.follow(room.context.bridge.project, changes, others):
                room.load_sources()
            room.hits.follow()
        self._taken_in, self._codes = set[int](), set[CodeId]()
        for opened in tuple(room.split.documents()):
            if opened.document.id not in anew:
                self._follow_open(opened, changes)
        if room.open is not None:
            room.segment.follow(changes)
        if changes.touches("coding", "code"):
            # Of codings in the open documents one knows which codes they have and had.
            known = not changes.touches("code") and changes.of("coding") <= self._taken_in
            self._refresh_counts(self._codes if known else None)
        elif changes.touches("document"):
            self._show_shares()

    def _follow_open(self, opened: OpenDocument, changes: Changes) -> None:
        room = self._room
        if changes.touches("code", "coder"):
            opened.reload_codings()
            room.show_segments(opened)
        elif changes.touches("coding"):
            self._follow_codings(opened, changes)
        if changes.touches(*ASKED):
            opened.forget_questions()
            room.asked_in_text.refresh()
        if changes.touches("turn", "participant"):
            before = opened.turns
            opened.reload_turns()
            if opened.turns != before:
                room.opening.reopen(opened.document.id)
            room.show_trail()

    def _follow_document(self, opened: OpenDocument) -> bool:
        """Show an open document as it is now; it may be gone when its import was undone.

        Tell whether everything of it was read anew.
        """
        room = self._room
        number = opened.document.id
        found = documents.by_id(room.context.bridge.project.connection, number)
        if found is None:
            room.opening.drop(number)
            return True
        if found.text_hash == opened.document.text_hash:
            opened.document = found
            room.show_trail()
            room.opening.show_panes()
            return False
        room.opening.reopen(number)
        return True

    def _follow_codings(self, opened: OpenDocument, changes: Changes) -> None:
        room = self._room
        known = room.known_codes()
        happened = opened.follow(changes.of("coding"))
        self._codes |= happened.codes
        self._taken_in.update(happened.removed)
        self._taken_in.update(one.id for one in (*happened.added, *happened.altered))
        if happened.all_anew:
            room.show_segments(opened)
            return
        drawn = [
            opened.segment(coding, known)
            for coding in (*happened.added, *happened.altered)
            if opened.shows(coding)
        ]
        hidden = [one.id for one in (*happened.added, *happened.altered) if not opened.shows(one)]
        for pane in room.split.documents()[opened]:
            for gone in (*happened.removed, *hidden):
                pane.view.remove_segment(gone)
            for segment in drawn:
                pane.view.replace_segment(segment)

    def _refresh_counts(self, among: Collection[CodeId] | None) -> None:
        room = self._room
        room.code_pane.load_counts(room.context.bridge.project, among)
        self._show_shares()
        room.opening.show_panes()
        room.listing.refresh()

    def _show_shares(self) -> None:
        for opened in self._room.split.documents():
            self._room.sources.set_share(opened.document.id, opened.coded_share())
