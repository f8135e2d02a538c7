"""The quotes that are picked for the text: in order, trimmed, described, taken along."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui.commands import Command
from qda.gui.context import Context
from qda.gui.language import tr, tr_n
from qda.gui.quotes.engine import TABLES, QuoteEngine, Shown
from qda.gui.quotes.page import Page, ids_of, is_table, left_column
from qda.gui.quotes.quote_pane import QuotePane
from qda.gui.quotes.trim_editor import TrimEditor
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.model.ids import CodingId
from qda.model.quotes import PickedQuote, Trim
from qda.operations import quotes as operations
from qda.store import quotes as quote_rows


class PickedPage(Page):
    """Make quotes ready for the text."""

    key = "picked"
    tables = TABLES
    list_wanted = Signal()
    """The user wants to find quotes to pick."""

    def __init__(self, context: Context, engine: QuoteEngine, parent: QWidget) -> None:
        """Build the panes; nothing is loaded yet."""
        super().__init__(context, engine, parent)
        theme = context.theme
        self.list = QuoteList(
            theme, tr("Quotes in the text"), self, several=True, click_activates=False
        )
        self._empty = EmptyPlace(
            theme, "quotes", tr("No quotes are picked yet"),
            tr("Quotes that you take into the text stand here in order, to be cut for print."),
            tr("Find quotes"), self,
        )  # fmt: skip
        self.pane = QuotePane(theme, self)
        self.pane.pick.setProperty("kind", "quiet")
        self.trim = TrimEditor(theme, self)
        self.note = QLineEdit(self)
        self.note.setPlaceholderText(tr("What it is wanted for"))
        self.note.setAccessibleName(tr("What the quote is wanted for"))
        self.pane.column.insertWidget(2, self.trim, 1)
        self._noting = QHBoxLayout()
        self._noting.addWidget(self.note)
        self.pane.column.insertLayout(3, self._noting)
        self.up = QPushButton(tr("Up"), self)
        self.down = QPushButton(tr("Down"), self)
        self.export = QPushButton(tr("Export …"), self)
        self._foot = QHBoxLayout()
        self._pages = QStackedWidget(self)
        self._lay_out()
        self.set_theme(theme)
        self._connect()

    def _lay_out(self) -> None:
        left, column = left_column(self)
        column.addSpacing(self.context.theme.px(8))
        column.addWidget(self.list, 1)
        for button in (self.up, self.down):
            button.setProperty("kind", "quiet")
            self._foot.addWidget(button)
        self._foot.addStretch(1)
        self._foot.addWidget(self.export)
        column.addLayout(self._foot)
        self.splitter.addWidget(left)
        self.splitter.addWidget(self.pane)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - made by Page
        layout.removeWidget(self.splitter)
        self._pages.addWidget(self.splitter)
        self._pages.addWidget(self._empty)
        layout.addWidget(self._pages)
        self.entry = self.list

    def _connect(self) -> None:
        self.list.installEventFilter(self)
        self.list.quote_chosen.connect(self._on_list_quote_chosen)
        self.list.quote_activated.connect(self.open_current)
        self.pane.pick_wanted.connect(self.drop)
        self.pane.copy_wanted.connect(self.copy)
        self.pane.open_wanted.connect(self.open_current)
        self.trim.trims_wanted.connect(self._on_trim_trims_wanted)
        self.note.editingFinished.connect(self._on_note_editing_finished)
        self.up.clicked.connect(partial(self.move_by, -1))
        self.down.clicked.connect(partial(self.move_by, 1))
        self.export.clicked.connect(self.ask_export)
        self._empty.button_clicked.connect(self.list_wanted)

    def title(self) -> str:
        """Return the word for the page."""
        return tr("In the text")

    def load(self) -> None:
        """List what is picked as it is now."""
        self.engine.forget()
        picked = self.engine.picked()
        rows = self.engine.rows(list(picked), mark_picked=False)
        self.list.set_quotes([self._numbered(place, one) for place, one in enumerate(rows, 1)])
        self._pages.setCurrentWidget(self.splitter if rows else self._empty)
        self.entry = self.list if rows else self._empty
        if self.list.current_id() is None and rows:
            self.list.choose(rows[0].id)
        self._show_current()
        self.counted.emit()

    def count(self) -> str:
        """Return how many quotes are picked."""
        return str(len(self.engine.picked()))

    def _numbered(self, place: int, row: QuoteRow) -> QuoteRow:
        coding = row.id if isinstance(row.id, int) else 0
        note = self.engine.picked()[CodingId(coding)].note
        about = " · ".join(filter(None, (str(place), note, row.attribution)))
        return QuoteRow(row.id, row.text, about, row.color, row.tip, thing=row.thing)

    def status(self) -> list[str]:
        """Return how many are picked."""
        count = len(self.engine.picked())
        return [tr_n("{n} quote in the text", "{n} quotes in the text", count)]

    def current(self) -> Shown | None:
        """Return the quote at hand."""
        picked = self.at_hand()
        found = self.engine.quotes([picked.coding]) if picked is not None else {}
        return self.engine.shown(found[picked.coding]) if picked and found else None

    def at_hand(self) -> PickedQuote | None:
        """Return what is picked and at hand."""
        current = self.list.current_id()
        return self.engine.picked().get(CodingId(current)) if isinstance(current, int) else None

    def has_quote(self) -> bool:
        """Tell whether a quote is at hand."""
        return self.at_hand() is not None

    def can_change(self) -> bool:
        """Tell whether the quote at hand can be changed."""
        return self.has_quote() and self.can_write()

    def _on_list_quote_chosen(self, quote: object) -> None:
        del quote
        self._show_current()

    def _show_current(self) -> None:
        shown, picked = self.current(), self.at_hand()
        used = self.engine.used_in(shown.quote) if shown is not None else []
        self.pane.show_quote(shown, picked=True, writable=self.can_write(), used=used)
        for widget in (self.trim, self.note):
            widget.setVisible(picked is not None)
        for button in (self.up, self.down):
            button.setEnabled(self.can_change())
        if shown is None or picked is None:
            return
        trims = picked.trims if picked.quote == shown.quote.text else ()
        self.trim.show_quote(shown.quote.text, trims, writable=self.can_write())
        self.note.setEnabled(self.can_write())
        if not self.note.hasFocus():
            self.note.setText(picked.note)

    # --------------------------------------------------------------------------------- doing
    def _on_trim_trims_wanted(self, trims: list[Trim]) -> None:
        picked = self.at_hand()
        if picked is not None:
            self.context.bridge.run(operations.trim_quote, picked=picked.id, trims=trims)

    def _on_note_editing_finished(self) -> None:
        picked, note = self.at_hand(), self.note.text().strip()
        if picked is not None and note != picked.note:
            self.context.bridge.run(operations.note_quote, picked=picked.id, note=note)

    def drop(self) -> None:
        """Take the chosen quotes out of the text."""
        chosen = ids_of(self.list.selected_ids()) or ids_of([self.list.current_id()])
        picked = self.engine.picked()
        gone = [picked[one].id for one in chosen if one in picked]
        if gone:
            self.context.bridge.run(
                operations.drop_quotes, picked=gone, notice=tr("Taken out of the text.")
            )

    def move_by(self, step: int) -> None:
        """Move the quote at hand among the others."""
        picked = self.at_hand()
        if picked is not None and self.can_write():
            shown = list(self.engine.picked().values())
            place = shown.index(picked) + step
            if 0 <= place < len(shown):
                # Quotes that are not shown keep their places around it.
                all_ids = [
                    one.id for one in quote_rows.picked(self.context.bridge.project.connection)
                ]
                to = all_ids.index(shown[place].id)
                self.context.bridge.run(operations.move_quote, picked=picked.id, to=to)

    def copy(self) -> None:
        """Put the chosen quotes on the clipboard."""
        chosen = ids_of(self.list.selected_ids()) or ids_of([self.list.current_id()])
        found = self.engine.quotes(chosen)
        order = [one for one in self.engine.picked() if one in found]
        self.copy_quotes([self.engine.shown(found[one]) for one in order])

    def open_current(self) -> None:
        """Show the quote in its transcript."""
        shown = self.current()
        if shown is not None:
            self.open_coding(shown.quote)

    def ask_export(self) -> None:
        """Ask where to write what is picked, and write it."""
        path = self.ask_file(tr("Export the quotes in the text"), tr("Quotes in the text"))
        if path is not None:
            from qda.operations.writeup.quote_list import picked_list  # lazy: it brings numpy

            self.write_file(path, picked_list(self.engine.material(), table=is_table(path)))

    def write_on(self) -> None:
        """Put the keyboard into the segment, to cut it."""
        self.trim.text.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take a quote out with Delete."""
        if watched is not self.list or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        wanted = event.key() == Qt.Key.Key_Delete and self.can_change()
        if wanted and event.type() == QEvent.Type.KeyPress:
            self.drop()
        return wanted and event.type() == QEvent.Type.KeyPress

    def commands(self) -> Sequence[Command]:
        """Return what can be done with picked quotes."""
        return [
            Command("quotes.trim", tr("Cut the quote for print"), "quotes", self.write_on, "F2",
                    enabled=self.can_change),
            Command("quotes.up", tr("Move the quote up"), "quotes", partial(self.move_by, -1),
                    "Alt+Up", enabled=self.can_change),
            Command("quotes.down", tr("Move the quote down"), "quotes", partial(self.move_by, 1),
                    "Alt+Down", enabled=self.can_change),
            Command("quotes.drop", tr("Take the quote out of the text"), "quotes", self.drop,
                    enabled=self.can_change),
        ]  # fmt: skip

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        side = theme.px(16)
        self._noting.setContentsMargins(side, 0, side, theme.px(8))
        self._foot.setContentsMargins(theme.px(12), theme.px(8), theme.px(12), theme.px(12))
