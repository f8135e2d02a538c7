"""Finding words in the open transcript: the line, the marks, and going from hit to hit."""

from bisect import bisect_left

from PySide6.QtCore import QObject

from qda.gui.coding.split_view import SplitView
from qda.gui.widgets.find_bar import FindBar
from qda.gui.widgets.transcript import TranscriptView
from qda.text.finding import find_all


class Finder(QObject):
    """Keep the hits of what is typed in the line and show them in the transcripts.

    They are marked wherever a source is open; one goes from hit to hit where one works.
    """

    def __init__(self, bar: FindBar, split: SplitView, parent: QObject) -> None:
        """Connect the line with the transcripts."""
        super().__init__(parent)
        self._bar = bar
        self._split = split
        self._hits: list[tuple[int, int]] = []
        bar.query_changed.connect(self._on_bar_query_changed)
        bar.step_wanted.connect(self.step)
        bar.closed.connect(self.close)

    @property
    def _view(self) -> TranscriptView:
        return self._split.current.view

    def open(self) -> None:
        """Show the line; what is selected is looked for."""
        selected = self._view.selection()
        words = self._view.canonical_text()[slice(*selected)] if selected is not None else ""
        self._bar.open(words if "\n" not in words and len(words) < 80 else "")
        self.refresh()

    def close(self) -> None:
        """Hide the line and the marks."""
        self._bar.hide()
        self._hits = []
        for pane in self._split.panes():
            pane.view.set_hits([])
        self._view.setFocus()

    def refresh(self) -> None:
        """Look again: another text is open, or other words are typed."""
        if not self._bar.isVisible():
            return
        for pane in self._split.panes():
            hits = find_all(pane.view.canonical_text(), self._bar.query())
            pane.view.set_hits(hits)
            if pane is self._split.current:
                self._hits = hits
        self._tell(0)

    def _on_bar_query_changed(self, query: str) -> None:
        del query
        self.refresh()
        if self._hits:
            # From where the last hit began, so that typing on narrows it down in place.
            start, _ = self._view.selection() or (self._view.caret(), 0)
            at = bisect_left(self._hits, (start, 0))
            self._show(min(at, len(self._hits) - 1))

    def step(self, step: int) -> None:
        """Go to the next hit, or the previous; around at the ends."""
        if not self._hits:
            return
        start, _ = self._view.selection() or (self._view.caret(), 0)
        at = bisect_left(self._hits, (start, 0))
        here = at < len(self._hits) and self._hits[at][0] == start
        following = at + (1 if here else 0) if step > 0 else at - 1
        self._show(following % len(self._hits))

    def _show(self, place: int) -> None:
        start, end = self._hits[place]
        self._view.reveal(start, end)
        self._view.set_selection(start, end)
        self._tell(place + 1)

    def _tell(self, place: int) -> None:
        self._bar.set_count(place, len(self._hits))
