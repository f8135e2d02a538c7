"""Keeping the coding room in step with the project, whoever changed it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.model.changes import Changes
from qda.store import documents

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace

STRUCTURE = ("document", "case", "document_case")
"""Tables whose changes alter the list of sources."""
MANY = 200
"""Segments that changed at once above which all are drawn anew."""


class Follower(QObject):
    """Bring every view of a coding room up to date after changes."""

    def __init__(self, room: CodingWorkspace) -> None:
        """Follow on behalf of `room`."""
        super().__init__(room)
        self._room = room

    def follow(self, changes: Changes) -> None:
        """Take in what changed."""
        room = self._room
        if changes.touches("code", "coder", "project") and room.layers.follow():
            room.apply_layers()
        if room.open is not None and room.open.document.id in changes.of("document"):
            self._follow_document()
        if changes.touches(*STRUCTURE):
            room.load_sources()
        if changes.touches("code"):
            room.code_pane.load(room.context.bridge.project)
        if room.open is not None:
            self._follow_open(changes)
        if changes.touches("coding", "code"):
            self._refresh_counts()

    def _follow_open(self, changes: Changes) -> None:
        room = self._room
        assert room.open is not None  # noqa: S101 - asked before
        if changes.touches("code", "coder"):
            room.open.reload_codings()
            room.show_segments()
        elif changes.touches("coding"):
            self._follow_codings(changes)
        if changes.touches("turn", "participant"):
            before = room.open.turns
            room.open.reload_turns()
            if room.open.turns != before:
                room.reopen_document()
            room.show_trail()
        room.segment.show_card()
        room.segment.show_status()

    def _follow_document(self) -> None:
        """Show the open document as it is now; it may be gone when its import was undone."""
        room = self._room
        assert room.open is not None  # noqa: S101 - asked before
        number = room.open.document.id
        found = documents.by_id(room.context.bridge.project.connection, number)
        if found is None:
            room.close_document()
        elif found.text_hash == room.open.document.text_hash:
            room.open.document = found
            room.show_trail()
        else:
            room.reopen_document()

    def _follow_codings(self, changes: Changes) -> None:
        room = self._room
        assert room.open is not None  # noqa: S101 - asked before
        known = room.known_codes()
        happened = room.open.follow(changes.of("coding"))
        if len(happened.added) + len(happened.altered) + len(happened.removed) > MANY:
            room.show_segments()
            return
        for gone in happened.removed:
            room.view.remove_segment(gone)
        for coding in (*happened.added, *happened.altered):
            if room.open.shows(coding):
                room.view.replace_segment(room.open.segment(coding, known))
            else:
                room.view.remove_segment(coding.id)

    def _refresh_counts(self) -> None:
        room = self._room
        room.code_pane.load_counts(room.context.bridge.project)
        if room.open is not None:
            room.sources.set_share(room.open.document.id, room.open.coded_share())
        room.listing.refresh()
