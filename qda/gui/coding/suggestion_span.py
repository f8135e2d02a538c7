"""The stretch of text that a suggestion would code, as the selection of the transcript."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from qda.gui.language import tr_n
from qda.model.ids import CodingId
from qda.text.spans import trimmed

if TYPE_CHECKING:
    from qda.gui.coding.workspace import CodingWorkspace
    from qda.gui.widgets.transcript import TranscriptView
    from qda.gui.widgets.transcript.selecting import Edge, Unit
    from qda.model.suggestions import Suggestion


class SuggestedSpan(QObject):
    """Show a suggestion in its text; whatever moves the selection adjusts it.

    A selection that does not touch it is no adjustment: one may look and copy elsewhere.
    """

    altered = Signal()
    """What would be coded is another stretch."""

    def __init__(self, room: CodingWorkspace, parent: QObject) -> None:
        """Show suggestions in the transcript that is worked in of `room`."""
        super().__init__(parent)
        self._room = room
        self._at: Suggestion | None = None
        self._span = (0, 0)
        self._quiet = False

    def listen(self, view: TranscriptView) -> None:
        """Listen to one more transcript."""
        view.selection_changed.connect(self._on_view_selection_changed)

    @contextmanager
    def _alone(self) -> Generator[None]:
        """Let selections in here be no wishes of the user."""
        self._quiet = True
        try:
            yield
        finally:
            self._quiet = False

    # -------------------------------------------------------------------------------- showing

    def show(self, suggestion: Suggestion) -> None:
        """Show a suggestion as it was made, selected in its text."""
        key, room = suggestion.key, self._room
        self._at, self._span = suggestion, (key.start, key.end)
        with self._alone():
            room.open_document(key.document)
            room.view.reveal(*self._span)
            room.view.set_selection(*self._span)

    def drop(self) -> None:
        """Let go of the suggestion; what it selected is selected no more."""
        if self._is_here() and self._room.view.selection() == self._span:
            self._room.view.set_selection(self._span[0], self._span[0])
        self._at = None

    def look_at(self, evidence: object) -> None:
        """Show what a reason rests on: words of the same text, or a segment that was coded."""
        room, at = self._room, self._at
        if at is None:
            return
        with self._alone():
            match evidence:
                case ("coding", int() as coding):
                    room.show_coding(CodingId(coding))
                case ("words", int() as start, int() as end):
                    room.open_document(at.key.document)
                    room.view.reveal(start, end)
                    room.view.set_selection(start, end)
                case _:
                    return

    def _is_here(self) -> bool:
        """Tell whether the suggestion's text is open where the user works."""
        opened, at = self._room.open, self._at
        return opened is not None and at is not None and opened.document.id == at.key.document

    # ------------------------------------------------------------------------------- adjusting

    def adjusted(self) -> tuple[int, int] | None:
        """Return the stretch that would be coded where it is another than was proposed."""
        at = self._at
        if at is None or self._span == (at.key.start, at.key.end):
            return None
        return self._span

    def told(self) -> str:
        """Say how far it is adjusted, empty where it is not or cannot be seen."""
        at, opened = self._at, self._room.open
        if at is None or opened is None or not self._is_here() or self.adjusted() is None:
            return ""
        return tr_n(
            "Adjusted: {n} word instead of {before}.",
            "Adjusted: {n} words instead of {before}.",
            len(opened.text[slice(*self._span)].split()),
            before=len(at.quote.split()),
        )

    def reach(self, edge: Edge, unit: Unit, step: int) -> None:
        """Move an edge, wherever one has looked meanwhile."""
        room, at = self._room, self._at
        if at is None:
            return
        with self._alone():
            room.open_document(at.key.document)
            room.view.set_selection(*self._span)
        room.view.move_selection_edge(edge, unit, step)

    def _on_view_selection_changed(self, start: int, end: int) -> None:
        room, at = self._room, self._at
        if self._quiet or self.sender() is not room.view or at is None or room.open is None:
            return
        if not self._is_here() or start >= end or start >= at.key.end or end <= at.key.start:
            return
        start, end = trimmed(room.open.text, start, end)
        if start < end:
            self._span = (start, end)
            self.altered.emit()
