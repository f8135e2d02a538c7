"""Finding words: the line, the marks in the open sources, and going from hit to hit."""

from __future__ import annotations

from bisect import bisect_left
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from qda.text.finding import find_all

if TYPE_CHECKING:
    from qda.gui.coding.document_pane import DocumentPane
    from qda.gui.coding.workspace import CodingWorkspace


class Finder(QObject):
    """Keep the hits of what is typed in the line and show them in the transcripts.

    They are marked wherever a source is open; one goes from hit to hit where one works, or
    through all sources while the pane of hits is open.
    """

    def __init__(self, room: CodingWorkspace) -> None:
        """Connect the line of `room` with its transcripts."""
        super().__init__(room)
        self._room = room
        self._bar = room.find_bar
        self._hits: list[tuple[int, int]] = []
        self._at = 0
        self._bar.query_changed.connect(self._on_bar_query_changed)
        self._bar.step_wanted.connect(self.step)
        self._bar.everywhere_wanted.connect(self._on_bar_everywhere_wanted)
        self._bar.closed.connect(self.close)

    def open(self) -> None:
        """Show the line; what is selected is looked for in the open source."""
        if self._room.hits.on:
            self._room.hits.close()
        self._show_bar()
        self.refresh()

    def open_everywhere(self) -> None:
        """Show the line and the pane of hits; what is selected is looked for in all sources."""
        self._show_bar()
        self._room.hits.open()

    def look_for(self, words: str) -> None:
        """Look for words in all sources."""
        self._bar.open(words)
        self._room.hits.open()

    def _show_bar(self) -> None:
        view = self._room.view
        selected = view.selection()
        words = view.canonical_text()[slice(*selected)] if selected is not None else ""
        self._bar.open(words if "\n" not in words and len(words) < 80 else "")

    def close(self) -> None:
        """Hide the line, the pane of hits and the marks."""
        self._bar.hide()
        self._room.hits.close()
        self._hits, self._at = [], 0
        for pane in self._room.split.panes():
            pane.view.set_hits([])
        self._room.view.setFocus()

    def refresh(self) -> None:
        """Look again: another text is open, or other words are typed."""
        if not self._bar.isVisibleTo(self._room):
            return
        self._hits, self._at = [], 0
        for pane in self._room.split.panes():
            hits = self._hits_in(pane)
            pane.view.set_hits(hits)
            if pane is self._room.split.current:
                self._hits = hits
        self.tell()

    def _hits_in(self, pane: DocumentPane) -> list[tuple[int, int]]:
        if self._room.hits.on:
            return self._room.hits.places_in(pane.open.document.id) if pane.open else []
        return find_all(pane.view.canonical_text(), self._bar.query())

    def _on_bar_query_changed(self, query: str) -> None:
        del query
        if self._room.hits.on:
            self._room.hits.start_later()
            return
        self.refresh()
        if self._hits:
            # From where the last hit began, so that typing on narrows it down in place.
            at = bisect_left(self._hits, (self._start(), 0))
            self._show(min(at, len(self._hits) - 1))

    def _on_bar_everywhere_wanted(self, on: bool) -> None:  # noqa: FBT001 - slot
        if on:
            self._room.hits.open()
        else:
            self._room.hits.close()

    def step(self, step: int) -> None:
        """Go to the next hit, or the previous; around at the ends."""
        if self._room.hits.on:
            self._room.hits.step(step)
            return
        if not self._bar.isVisibleTo(self._room) and self._bar.query():
            self._bar.show()
            self.refresh()
        if not self._hits:
            return
        start = self._start()
        at = bisect_left(self._hits, (start, 0))
        here = at < len(self._hits) and self._hits[at][0] == start
        following = at + (1 if here else 0) if step > 0 else at - 1
        self._show(following % len(self._hits))

    def can_step(self) -> bool:
        """Tell whether there is anything to go on to."""
        return bool(self._bar.query().strip())

    def _start(self) -> int:
        view = self._room.view
        start, _ = view.selection() or (view.caret(), 0)
        return start

    def _show(self, place: int) -> None:
        start, end = self._hits[place]
        self._room.view.reveal(start, end)
        self._room.view.set_selection(start, end)
        self._at = place + 1
        self.tell()

    def tell(self) -> None:
        """Say in the line at which of how many hits one is."""
        if self._room.hits.on:
            self._bar.set_count(self._room.hits.number(), self._room.hits.count())
        else:
            self._bar.set_count(self._at, len(self._hits))
