"""A transcript in which one selects. Everything it says and hears is in code points."""

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QWidget

from qda.gui.theme import Theme
from qda.gui.widgets.roles import SELECTION_MIME
from qda.gui.widgets.transcript.data import TranscriptText, TurnView
from qda.gui.widgets.transcript.pane import TextPane
from qda.gui.widgets.transcript.selecting import (
    Edge,
    Unit,
    moved_edge,
    narrower,
    next_sentence,
    wider,
)

_KEEP = QTextCursor.MoveMode.KeepAnchor


class TranscriptPane(TextPane):
    """A transcript in which text and segments are selected; more is in `TranscriptView`."""

    selection_changed = Signal(int, int)
    """Another stretch is selected.

    Parameters: start and end, equal to the caret's place when nothing is selected.
    """
    segment_selected = Signal(object)
    """The user selected a segment.

    Parameters: its identifier, None when the user let go of it.
    """
    picks_changed = Signal()
    """Other segments are picked, to do something with all of them at once."""
    current_turn_changed = Signal(int)
    """The caret came into another turn.

    Parameters: the turn's number, 0 before the first.
    """

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        """Show no text yet; `name` is what a screen reader calls the view."""
        super().__init__(theme, name, parent)
        self._widened: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self._told_selection = (0, 0)
        self._told_turn = 0
        self.selectionChanged.connect(self._on_cursor_moved)
        self.cursorPositionChanged.connect(self._on_cursor_moved)

    def set_document(self, source: TranscriptText) -> None:
        """Show another text from its beginning, without segments."""
        self._widened.clear()
        super().set_document(source)
        self._on_cursor_moved()

    def selection(self) -> tuple[int, int] | None:
        """Return what is selected, None when nothing is."""
        cursor = self.textCursor()
        if not cursor.hasSelection():
            return None
        to_points = self._units.to_points
        end = min(cursor.selectionEnd(), self._units.units)
        return to_points(cursor.selectionStart()), to_points(end)

    def set_selection(self, start: int, end: int) -> None:
        """Select `start:end` with the caret at the end."""
        length = len(self._source.text)
        start, end = (min(length, max(0, offset)) for offset in (start, end))
        cursor = self.textCursor()
        cursor.setPosition(self._units.to_utf16(start))
        cursor.setPosition(self._units.to_utf16(end), _KEEP)
        self.setTextCursor(cursor)

    def widen_selection(self) -> None:
        """Select the next wider stretch: word, sentence, turn, all."""
        before = self.selection() or (self.caret(), self.caret())
        after = wider(self._source.text, self._turns, *before)
        if self._widened and self._widened[-1][1] != before:
            self._widened.clear()
        self._widened.append((before, after))
        self.set_selection(*after)

    def narrow_selection(self) -> None:
        """Take the last widening back, or select the next narrower stretch."""
        now = self.selection()
        if now is None:
            return
        if self._widened and self._widened[-1][1] == now:
            self.set_selection(*self._widened.pop()[0])
            return
        self._widened.clear()
        self.set_selection(*narrower(self._source.text, self._turns, *now))

    def next_sentence(self, step: int = 1) -> None:
        """Select the next sentence, or the previous one with `step` -1, and bring it in sight."""
        start, end = self.selection() or (self.caret(), self.caret())
        found = next_sentence(self._source.text, self._turns, start, end, step)
        if found is not None:
            self.set_selection(*found)
            self.reveal(*found)

    def move_selection_edge(self, edge: Edge, unit: Unit, step: int) -> bool:
        """Let the selection reach one unit further or less at an edge; False where nothing is.

        It never becomes empty, nor does an edge pass the other.
        """
        now = self.selection()
        if now is None:
            return False
        start, end = now
        at = start if edge == "start" else end
        moved = moved_edge(self._source.text, self._turns, at, edge, unit, step)
        start, end = (moved, end) if edge == "start" else (start, moved)
        if start < end:
            self.set_selection(start, end)
            self.reveal(moved, moved + 1)
        return True

    def current_turn(self) -> TurnView | None:
        """Return the turn the caret is in, None before the first."""
        return self._turns.at(self.caret())

    def selected_segment(self) -> int | None:
        """Return the identifier of the selected segment."""
        return self._selected

    def select_segment(self, segment_id: int | None, *, reveal: bool = True) -> None:
        """Select a segment without a signal, and bring it in sight; None lets go."""
        before = self._edges()
        known = segment_id is not None and segment_id in self._store
        self._selected = segment_id if known else None
        self._preview = None
        if known and segment_id is not None and reveal:
            segment = self._store[segment_id]
            self.reveal(segment.start, segment.end)
        self._refresh_at(*(edges for edges in (before, self._edges()) if edges is not None))

    def picked_segments(self) -> list[int]:
        """Return the segments that are picked together, in reading order."""
        if not self._picked:
            return []
        return [span.id for span in self._store.index.spans() if span.id in self._picked]

    def toggle_picked(self, segment_id: int) -> None:
        """Pick one more segment, or one less; the one at hand is picked along with the first."""
        if not self._picked and self._selected is not None:
            self._picked.add(self._selected)
        if segment_id in self._picked and len(self._picked) > 1:
            self._picked.discard(segment_id)
        else:
            self._picked.add(segment_id)
        self._tell_picked()

    def pick_to(self, segment_id: int) -> None:
        """Pick every segment from the one at hand to another, in reading order."""
        order = [span.id for span in self._store.index.spans()]
        start = self._selected if self._selected in self._store else segment_id
        low, high = sorted((order.index(start or segment_id), order.index(segment_id)))
        self._picked = {one for one in order[low : high + 1] if not self._store[one].dimmed}
        self._tell_picked()

    def clear_picked(self) -> bool:
        """Let go of the segments that are picked together; tell whether there were any."""
        had = bool(self._picked)
        self._picked.clear()
        if had:
            self._tell_picked()
        return had

    def _tell_picked(self) -> None:
        self._refresh()
        self.picks_changed.emit()

    def createMimeDataFromSelection(self) -> QMimeData:  # noqa: N802
        """Copy the canonical text, not what Qt shows for it."""
        data = QMimeData()
        start, end = self.selection() or (0, 0)
        data.setText(self._source.text[start:end])
        data.setData(SELECTION_MIME, b"")
        return data

    def _on_cursor_moved(self) -> None:
        selection = self.selection() or (self.caret(), self.caret())
        if selection == self._told_selection:
            return
        self._told_selection = selection
        self._describe()
        turn = self._turns.at(self.caret())
        number = turn.number if turn else 0
        if number != self._told_turn:
            self._told_turn = number
            self.current_turn_changed.emit(number)
        self.selection_changed.emit(*selection)
