"""Finding and replacing in the editor: every place is listed as it would read."""

from bisect import bisect_left

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from qda.gui.correcting.replace_bar import ReplaceBar
from qda.gui.correcting.text_editor import TextEditor
from qda.gui.language import tr
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.text.replacing import around, places

LISTED = 500
"""How many places are listed; all are counted."""
PAUSE = 120
"""Milliseconds of not typing after which the text is looked through."""


class Replacing(QObject):
    """Keep the places of what is typed in the bar, marked in the editor and listed."""

    def __init__(
        self,
        bar: ReplaceBar,
        editor: TextEditor,
        listed: QuoteList,
        pane: QWidget,
        parent: QObject,
    ) -> None:
        """Connect the bar with the editor and the list, whose `pane` is shown with places only."""
        super().__init__(parent)
        self._bar = bar
        self._editor = editor
        self._list = listed
        self._pane = pane
        self._places: list[tuple[int, int]] = []
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        self._timer.timeout.connect(self.refresh)
        bar.search_changed.connect(self._on_bar_search_changed)
        bar.step_wanted.connect(self.step)
        bar.replace_wanted.connect(self.replace_one)
        bar.replace_all_wanted.connect(self.replace_all)
        bar.closed.connect(self.close)
        listed.quote_activated.connect(self._on_list_quote_activated)
        editor.textChanged.connect(self._on_editor_text_changed)

    def open(self, *, replacing: bool = False) -> None:
        """Show the line; what is selected is looked for."""
        start, end = self._editor.selected()
        words = self._editor.shown()[start:end]
        fits = 0 < len(words) < 80 and "\n" not in words
        self._bar.open(words if fits else "", replacing=replacing)
        self.refresh()

    def close(self) -> None:
        """Hide the line and the marks."""
        self._timer.stop()
        self._bar.hide()
        self._places = []
        self._list.set_quotes([])
        self._pane.hide()
        self._editor.mark_places(())
        self._editor.setFocus()

    def stop(self) -> None:
        """Look for nothing more; before the editor goes."""
        self._timer.stop()

    def places(self) -> list[tuple[int, int]]:
        """Return the places that were found."""
        return list(self._places)

    def refresh(self) -> None:
        """Look through the text as it is now."""
        self._timer.stop()
        if self._bar.isHidden():
            return
        text = self._editor.shown()
        self._places = places(text, self._bar.search())
        self._editor.mark_places(self._places)
        self._list.set_quotes([self._row(text, at) for at in range(len(self._places[:LISTED]))])
        self._pane.setVisible(bool(self._places))
        self._tell()

    def _row(self, text: str, at: int) -> QuoteRow:
        start, end = self._places[at]
        before, behind = around(text, start, end)
        words = text[start:end]
        other = self._bar.replacement()
        told = f"{before}[{words} → {other}]{behind}" if other else f"{before}[{words}]{behind}"
        return QuoteRow(at, told, tr("{n} of {all}", n=at + 1, all=len(self._places)))

    def _tell(self) -> None:
        self._bar.set_count(self._at_hand() + 1, len(self._places))

    def _at_hand(self) -> int:
        """Return which place is selected, -1 for none."""
        selected = self._editor.selected()
        at = bisect_left(self._places, selected)
        return at if at < len(self._places) and self._places[at] == selected else -1

    def step(self, step: int) -> None:
        """Go to the next place, or the previous; around at the ends."""
        self._settle()
        if not self._places:
            return
        start, _ = self._editor.selected()
        at = bisect_left(self._places, (start, 0))
        if step < 0:
            at -= 1
        elif self._at_hand() >= 0:
            at += 1
        self._show(at % len(self._places))

    def _show(self, at: int) -> None:
        self._editor.select(*self._places[at])
        self._list.choose(at)
        self._tell()

    def replace_one(self) -> None:
        """Replace the place at hand and go to the next; without one, just go to the next."""
        self._settle()
        at = self._at_hand()
        if at < 0:
            self.step(1)
            return
        start, end = self._places[at]
        other = self._bar.replacement()
        self._editor.change([(start, end, other)])
        self._editor.select(start + len(other), start + len(other))
        self.refresh()
        if self._places:
            following = bisect_left(self._places, (start + len(other), 0))
            self._show(following % len(self._places))

    def replace_all(self) -> None:
        """Replace every place, as one step of the editor."""
        self._settle()
        if self._places:
            other = self._bar.replacement()
            self._editor.change([(start, end, other) for start, end in self._places])
            self.refresh()

    def _settle(self) -> None:
        """Look through the text now where that was waiting."""
        if self._timer.isActive():
            self.refresh()

    def _on_bar_search_changed(self) -> None:
        self._timer.start()

    def _on_editor_text_changed(self) -> None:
        if not self._bar.isHidden():
            self._timer.start()

    def _on_list_quote_activated(self, at: object) -> None:
        self._settle()
        if isinstance(at, int) and at < len(self._places):
            self._show(at)
