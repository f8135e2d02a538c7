"""The right pane: the quotes behind a cell, a row or a column."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.quote_list import QuoteList, QuoteRow
from qda.model.codebook import split_path
from qda.model.ids import CodingId
from qda.model.matrix import Quote

MOST = 500
"""Quotes that are listed at most; nobody reads more of them in a pane."""


class EvidencePane(QFrame):
    """Who said it, where, in which words."""

    quote_wanted = Signal(object)
    """The user wants to see a segment in its transcript.

    Parameters: its CodingId.
    """
    passage_wanted = Signal(object)
    """The user chose a segment, to see it where its transcript stands alongside.

    Parameters: its CodingId.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._theme = theme
        self._alongside = False
        self._listing = False
        self._header = PaneHeader(theme, tr("Evidence"), "", self)
        self.beside = self._header.add_button("sources", tr("Show the transcript alongside"))
        self.beside.hide()
        self.title = QLabel(self)
        self.title.setProperty("kind", "heading")
        self.counts = QLabel(self)
        self.counts.setProperty("kind", "muted")
        for label in (self.title, self.counts):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.quotes = QuoteList(theme, tr("Quotes"), self)
        self.open = QPushButton(tr("Open in the transcript"), self)
        self._words = QVBoxLayout()
        self._words.addWidget(self.title)
        self._words.addWidget(self.counts)
        self._foot = QHBoxLayout()
        self._foot.addWidget(self.open)
        self._foot.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addLayout(self._words)
        layout.addWidget(self.quotes, 1)
        layout.addLayout(self._foot)
        # Without quotes the words stay at the top.
        layout.addStretch(0)
        self.set_theme(theme)
        self.clear()
        self.quotes.quote_activated.connect(self._on_quotes_quote_activated)
        self.quotes.quote_chosen.connect(self._on_quotes_quote_chosen)
        self.open.clicked.connect(self._on_open_clicked)

    def clear(self) -> None:
        """Say what goes here."""
        self._header.set_right("")
        self.title.setText("")
        self.counts.setText(tr("Choose a cell, and its quotes stand here."))
        self._list([])
        self.quotes.hide()
        self.open.hide()

    def set_alongside(self, *, shown: bool, offered: bool) -> None:
        """Let a click show a quote in the transcript alongside instead of going to its source.

        Where the transcript is hidden and can be shown, that is `offered`.
        """
        self._alongside = shown
        self.beside.setVisible(offered)

    def put_above(self, widget: QWidget) -> None:
        """Put a widget between the counts and the quotes."""
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)  # noqa: S101 - made by the constructor
        layout.insertWidget(2, widget)

    def show_quotes(
        self,
        title: str,
        quotes: Sequence[Quote],
        total: int,
        marks: Mapping[CodingId, str] | None = None,
    ) -> None:
        """List `quotes`, which may be the first ones of `total`.

        `marks` are words on some of them, such as that they are pinned as evidence.
        """
        self._header.set_right(tr_n("{n} segment", "{n} segments", total))
        self.title.setText(title)
        people = {name for one in quotes for name in one.participants}
        documents = {one.document for one in quotes}
        counts = " · ".join(
            (
                tr_n("{n} informant", "{n} informants", len(people)),
                tr_n("{n} document", "{n} documents", len(documents)),
            )
        )
        if len(quotes) < total:
            # Those that are not listed may be of others.
            counts = tr("The first {n} are listed.", n=len(quotes))
        self.counts.setText(counts if total else tr("Nothing is coded here."))
        codes = len({one.code for one in quotes}) > 1
        coders = len({one.coder for one in quotes}) > 1
        self._list(
            [
                quote_row(one, (marks or {}).get(one.id, ""), code=codes, coder=coders)
                for one in quotes
            ]
        )
        self.quotes.setVisible(bool(quotes))
        self.open.setVisible(bool(quotes))

    def show_disagreements(
        self,
        title: str,
        quotes: Sequence[Quote],
        totals: tuple[int, int],
        marks: Mapping[CodingId, str],
        said: Sequence[str],
        *,
        agree: bool,
    ) -> None:
        """List the segments of one coder that the other has not coded so.

        `totals` are the disagreements and the segments behind them; `marks` say whose each is.
        `said` stands below the title; that the two `agree` is told.
        """
        places, segments = totals
        self._header.set_right(tr_n("{n} disagreement", "{n} disagreements", places))
        self.title.setText(title)
        lines = list(said)
        if agree:
            lines.append(tr("They agree everywhere."))
        elif len(quotes) < segments:
            lines.append(tr("The first {n} are listed.", n=len(quotes)))
        self.counts.setText("\n".join(filter(None, lines)))
        codes = len({one.code for one in quotes}) > 1
        self._list(
            [quote_row(one, marks.get(one.id, ""), code=codes, coder=False) for one in quotes]
        )
        self.quotes.setVisible(bool(quotes))
        self.open.setVisible(bool(quotes))

    def show_steps(
        self, title: str, steps: Sequence[Sequence[Sequence[Quote]]], total: int
    ) -> None:
        """List steps, each as what stands in the one turn and what follows in the next."""
        self._header.set_right(tr_n("{n} step", "{n} steps", total))
        self.title.setText(title)
        documents = {one.document for first, _then in steps for one in first}
        counts = tr_n("{n} document", "{n} documents", len(documents))
        if len(steps) < total:
            counts = tr("The first {n} are listed.", n=len(steps))
        self.counts.setText(counts if total else tr("The one code never follows the other."))
        rows: list[QuoteRow] = []
        for number, (first, then) in enumerate(steps, start=1):
            mark = tr("step {n}", n=number)
            rows += [quote_row(one, mark, code=True, coder=False) for one in first]
            for one in then:
                row = quote_row(one, tr("what follows"), code=True, coder=False)
                rows.append(replace(row, text=f"\u2192 {row.text}"))
        self._list(rows)
        self.quotes.setVisible(bool(rows))
        self.open.setVisible(bool(rows))

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._header.set_theme(theme)
        side = theme.px(12)
        self._words.setContentsMargins(side, 0, side, theme.px(6))
        self._words.setSpacing(theme.px(2))
        self._foot.setContentsMargins(side, theme.px(8), side, theme.px(12))
        # What stands above may be high; a line or two can be scrolled through all the same.
        self.quotes.setMinimumHeight(theme.px(40))

    def _list(self, rows: Sequence[QuoteRow]) -> None:
        """List quotes; that the one at hand stays is no choice of the user's."""
        self._listing = True
        self.quotes.set_quotes(rows)
        self._listing = False

    def _on_quotes_quote_activated(self, coding: object) -> None:
        (self.passage_wanted if self._alongside else self.quote_wanted).emit(coding)

    def _on_quotes_quote_chosen(self, coding: object) -> None:
        if self._alongside and not self._listing:
            self.passage_wanted.emit(coding)

    def _on_open_clicked(self) -> None:
        listed = self.quotes.quotes()
        current = self.quotes.current_id()
        if current is None and listed:
            current = listed[0].id
        if isinstance(current, int):
            self.quote_wanted.emit(CodingId(current))


def quote_row(quote: Quote, mark: str, *, code: bool, coder: bool) -> QuoteRow:
    """Return a quote as it is listed, attributed by role alone.

    Code and coder tell codings of the same words apart.
    """
    path = split_path(quote.code)
    facts = (
        mark,
        f"({quote.role})" if quote.role else "",
        tr("turn {n}", n=quote.turn) if quote.turn is not None else "",
        path[-1] if code else "",
        tr("coded by {name}", name=quote.coder) if coder else "",
    )
    return QuoteRow(
        quote.id,
        f"«{quote.text.strip()}»",
        " · ".join(filter(None, facts)) or quote.document,
        quote.color,
        tip=" · ".join((quote.document, " › ".join(path), quote.coder)),
        thing=("coding", quote.id),
    )
