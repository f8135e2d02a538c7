"""All codings as quotes: filtered, seen as they are printed, taken into the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from qda.gui.commands import Command
from qda.gui.context import Context
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.quotes.engine import COUNTED, TABLES, QuoteEngine, Shown
from qda.gui.quotes.filters import QuoteFilters
from qda.gui.quotes.page import Page, ids_of, is_table, left_column, scrolling
from qda.gui.quotes.quote_pane import QuotePane
from qda.gui.quotes.style_card import StyleCard
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace
from qda.gui.widgets.lazy_rows import LazyRows
from qda.gui.widgets.quote_list import QuoteList
from qda.model.changes import Changes
from qda.model.errors import UserError
from qda.model.ids import CodingId
from qda.model.quotes import QuoteStyle
from qda.operations import quotes as operations


class ListPage(Page):
    """Find quotes."""

    key = "list"
    tables = TABLES
    claim_wanted = Signal(str, object)
    """The user wants quotes to speak for or against a finding.

    Parameters: the side; a list of CodingIds.
    """

    def __init__(self, context: Context, engine: QuoteEngine, parent: QWidget) -> None:
        """Build the panes; nothing is loaded yet."""
        super().__init__(context, engine, parent)
        theme = context.theme
        self._ids: list[CodingId] = []
        self._search: Iterator[list[CodingId]] | None = None
        self._found: list[CodingId] = []
        self._total = 0
        self.filters = QuoteFilters(theme, self)
        self.list = QuoteList(theme, tr("Quotes"), self, several=True, click_activates=False)
        self._nothing = EmptyPlace(
            theme, "search", tr("No quote is like that"),
            tr("Nothing that is coded meets all of what you chose."), tr("Show every quote"), self,
        )  # fmt: skip
        self._empty = EmptyPlace(
            theme, "quotes", tr("No quotes yet"),
            tr("What you code in the transcripts stands here as quotes, ready for the text."),
            tr("Go to the coding"), self,
        )  # fmt: skip
        self.pane = QuotePane(theme, self, citing=True)
        self.style_card = StyleCard(theme, engine, self)
        self.pane.column.addWidget(self.style_card)
        self._pages = QStackedWidget(self)
        for widget in (self.list, self._nothing, self._empty):
            self._pages.addWidget(widget)
        left, column = left_column(self)
        column.addWidget(self.filters)
        column.addWidget(self._pages, 1)
        self.splitter.addWidget(left)
        self.splitter.addWidget(scrolling(self.pane))
        self.entry = self.list
        self._slices = QTimer(self, interval=0)
        self._slices.timeout.connect(self._on_slices_timeout)
        self.filters.changed.connect(self.refresh)
        self.list.quote_chosen.connect(self._on_list_quote_chosen)
        self.list.quote_activated.connect(self.open_current)
        self.pane.pick_wanted.connect(self.pick)
        self.pane.claim_wanted.connect(self.cite)
        self.pane.copy_wanted.connect(self.copy)
        self.pane.open_wanted.connect(self.open_current)
        self.style_card.style_chosen.connect(self._on_style_chosen)
        self._nothing.button_clicked.connect(self.filters.clear)
        self._empty.button_clicked.connect(self._on_empty_button_clicked)

    def title(self) -> str:
        """Return the word for the page."""
        return tr("Quotes")

    def load(self) -> None:
        """List the quotes as they are now."""
        self.engine.forget()
        self.filters.offer(self.engine.snapshot.entities)
        self._total = len(self.engine.snapshot.codings)
        self.style_card.show_style(self.engine.style(), writable=self.can_write())
        self.refresh()

    def follow(self, changes: Changes) -> None:
        """Show what changed; where only print did, nothing is looked for anew."""
        if changes.touches(*COUNTED):
            self.load()
            return
        self.style_card.show_style(self.engine.style(), writable=self.can_write())
        self._show(self._ids)

    def refresh(self) -> None:
        """Find what is wished for; words are looked for a slice at a time."""
        self._slices.stop()
        wish = self.filters.wish()
        try:
            passing = self.engine.passing(wish)
        except UserError as error:
            self.context.bridge.told.emit(error.message.say(current_catalogue()))
            passing = []
        if not wish.words:
            self._show(passing)
            return
        self._found = []
        self._search = self.engine.with_words(passing, wish.words)
        self._on_slices_timeout()

    def _on_slices_timeout(self) -> None:
        assert self._search is not None  # noqa: S101 - begun by refresh
        part = next(self._search, None)
        if part is None:
            self._slices.stop()
            self._show(self._found)
            return
        self._found += part
        self._slices.start()

    def _show(self, ids: list[CodingId]) -> None:
        self._ids = ids
        self.list.set_quotes(LazyRows(ids, self.engine.rows))
        self._pages.setCurrentWidget(
            self.list if ids else self._nothing if self._total else self._empty
        )
        self.filters.setVisible(bool(self._total))
        if self.list.current_id() is None and ids:
            self.list.choose(ids[0])
        self._show_current()
        self.counted.emit()

    def count(self) -> str:
        """Return how many quotes are listed."""
        shown = len(self._ids)
        return str(shown) if shown == self._total else tr("{n} of {all}", n=shown, all=self._total)

    def status(self) -> list[str]:
        """Return how many there are."""
        return [tr_n("{n} quote", "{n} quotes", self._total)]

    def current(self) -> Shown | None:
        """Return the quote at hand."""
        current = self.list.current_id()
        if not isinstance(current, int):
            return None
        found = self.engine.quotes([CodingId(current)]).get(CodingId(current))
        return None if found is None else self.engine.shown(found)

    def selected(self) -> list[CodingId]:
        """Return the chosen quotes, else the one at hand."""
        chosen = ids_of(self.list.selected_ids())
        return chosen or ids_of([self.list.current_id()])

    def has_quote(self) -> bool:
        """Tell whether a quote is at hand."""
        return isinstance(self.list.current_id(), int)

    def can_pick(self) -> bool:
        """Tell whether the quote at hand can be taken into the text."""
        return self.has_quote() and self.can_write()

    def _on_list_quote_chosen(self, quote: object) -> None:
        del quote
        self._show_current()

    def _show_current(self) -> None:
        shown = self.current()
        picked = shown is not None and shown.quote.id in self.engine.picked()
        used = self.engine.used_in(shown.quote) if shown is not None else []
        self.pane.show_quote(shown, picked=picked, writable=self.can_write(), used=used)

    # --------------------------------------------------------------------------------- doing
    def pick(self) -> None:
        """Take the chosen quotes into the text; where all are there already, out of it."""
        chosen = self.selected()
        there = [one.id for coding, one in self.engine.picked().items() if coding in set(chosen)]
        run = self.context.bridge.run
        if len(there) == len(chosen):
            run(operations.drop_quotes, picked=there, notice=tr("Taken out of the text."))
        else:
            run(operations.pick_quotes, coding_ids=chosen, notice=tr("Taken into the text."))

    def cite(self, side: str) -> None:
        """Let the chosen quotes speak for or against a finding."""
        if self.can_pick():
            self.claim_wanted.emit(side, self.selected())

    def copy(self) -> None:
        """Put the chosen quotes on the clipboard."""
        found = self.engine.quotes(self.selected())
        self.copy_quotes([self.engine.shown(one) for one in found.values()])

    def open_current(self) -> None:
        """Show the quote in its transcript."""
        shown = self.current()
        if shown is not None:
            self.open_coding(shown.quote)

    def ask_export(self) -> None:
        """Ask where to write the quotes that are listed."""
        path = self.ask_file(tr("Export the quotes"), tr("Quotes"))
        if path is not None:
            from qda.operations.writeup.quote_list import listed  # lazy: it brings numpy

            quotes = self.engine.quotes(self._ids).values()
            self.write_file(path, listed(self.engine.material(), quotes, table=is_table(path)))

    def _on_style_chosen(self, style: QuoteStyle) -> None:
        self.context.bridge.run(operations.set_style, style=style)

    def _on_empty_button_clicked(self) -> None:
        from qda.gui.context import Place

        self.context.navigator.go(Place("coding"))

    def show_coding(self, coding: CodingId) -> None:
        """Show a quote, whatever is wished for."""
        self.activate()
        if not self.list.choose(coding):
            self.filters.clear()
            self.list.choose(coding)
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def find_words(self) -> None:
        """Let the user type what to find."""
        self.filters.focus_field()

    def commands(self) -> Sequence[Command]:
        """Return what can be done with quotes."""
        return [
            Command("quotes.pick", tr("Take the quote into the text, or out of it"), "quotes",
                    self.pick, "Ctrl+D", enabled=self.can_pick),
            Command("quotes.supports", tr("The quote supports a finding …"), "quotes",
                    partial(self.cite, "for"), "Ctrl+B", enabled=self.can_pick),
            Command("quotes.contradicts", tr("The quote contradicts a finding …"), "quotes",
                    partial(self.cite, "against"), "Ctrl+Shift+B", enabled=self.can_pick),
            Command("quotes.style", tr("Change how quotes are printed …"), "quotes",
                    self.style_card.edit, enabled=self.can_write),
        ]  # fmt: skip

    def save_state(self) -> None:
        """Keep the widths; nothing is looked for any more."""
        super().save_state()
        self.filters.stop()
        self._slices.stop()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        del theme
        if not self._stale:
            self._show(self._ids)
