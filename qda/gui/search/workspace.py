"""The search workspace: a line to search in, lines in context, the turn and counts beside them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from qda.gui.commands import Command
from qda.gui.context import Context, Place
from qda.gui.language import say, tr
from qda.gui.models.choices import Choices
from qda.gui.models.question import Filter
from qda.gui.search import states
from qda.gui.search.asked import Asked
from qda.gui.search.bar import SearchBar
from qda.gui.search.coding import HitCoding
from qda.gui.search.commands import search_commands
from qda.gui.search.examples import Examples
from qda.gui.search.files import LineFiles
from qda.gui.search.finding import Finding
from qda.gui.search.lines_model import LinesModel
from qda.gui.search.lines_table import LineDelegate, LinesTable
from qda.gui.search.results import BY, Results
from qda.gui.search.review import Review
from qda.gui.search.saving import Saving
from qda.gui.search.summary import Summary
from qda.gui.search.turn_pane import TurnPane
from qda.gui.search.words_lists import Words
from qda.gui.search.words_view import WordsView
from qda.gui.theme import Theme
from qda.gui.widgets.labels import EmptyPlace
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.gui.widgets.side_splitter import SideSplitter
from qda.gui.word_runner import Runner
from qda.gui.workspace import Workspace
from qda.model.changes import Changes
from qda.model.codebook import join_path
from qda.model.errors import BadQuery, UserError
from qda.model.ids import CodeId
from qda.store import codes, documents

if TYPE_CHECKING:
    from qda.app.searching import Searcher
    from qda.gui.search.results import Answer

WIDTH, HEIGHTS = "search.pane", "search.heights"
ALWAYS = ("document", "turn", "text_body", "participant", "participant_case", "document_case",
          "case", "variable", "value", "banding", "code", "project")  # fmt: skip
"""Tables whose changes may alter what is found; others alter only what lines are coded as."""
CODED = ("coding", "coding_case")


class SearchWorkspace(Workspace):
    """Find words."""

    key = "search"
    icon = "search"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        """Build the panes; nothing is asked yet."""
        super().__init__(context, parent)
        theme = context.theme
        self._stale = False
        self._known: Choices | None = None
        self._next = ""
        self._to_words = False
        self.bar = SearchBar(theme, self)
        self.examples = Examples(theme, self)
        self.empty = EmptyPlace(theme, "search", "", parent=self)
        self.table = LinesTable(theme, tr("Lines"), LinesModel(), LineDelegate(theme), self)
        self.order = SegmentedControl(
            theme,
            [("source", tr("source")), ("left", tr("word before")), ("right", tr("word after"))],
            name=tr("Order of the lines"),
            parent=self,
        )
        self.counts = QLabel(self)
        self.code_all = QPushButton(tr("Code all …"), self)
        self.export = QPushButton(tr("Export …"), self)
        self.review = Review(theme, self)
        self.turn = TurnPane(theme, self)
        self.summary = Summary(theme, self)
        self.runner = Runner(context, self)
        self.finding = Finding(self)
        self.results = Results(self)
        self.coding = HitCoding(self)
        self.saving = Saving(self)
        self.files = LineFiles(self)
        self.switch = SegmentedControl(
            theme, [("lines", tr("Lines")), ("words", tr("Words"))], name=tr("Lines or words"),
            parent=self,
        )  # fmt: skip
        self.words_view = WordsView(theme, self)
        self.words = Words(self, self.words_view)
        self._lay_out()
        self._connect()

    def title(self) -> str:
        """Return the name on the rail."""
        return tr("Search")

    def _lay_out(self) -> None:
        px = self.context.theme.px
        self._found = self._build_found()
        self._pages = QStackedWidget(self)
        for page in (self.examples, self._found, self.review, self.empty):
            self._pages.addWidget(page)
        self._pages.addWidget(self.words_view)
        main = QFrame(self)
        main.setProperty("kind", "paper")
        self._column = QVBoxLayout(main)
        self._column.addWidget(self.switch)
        self._column.addWidget(self.bar)
        self._column.addWidget(self._pages, 1)
        self._side = QSplitter(Qt.Orientation.Vertical, self)
        self._side.addWidget(self.turn)
        self._side.addWidget(self.summary)
        self._side.setStretchFactor(0, 3)
        self._side.setStretchFactor(1, 2)
        self._side.setHandleWidth(1)
        self._side.setChildrenCollapsible(False)
        kept = self.context.settings.numbers(WIDTH)
        self._splitter = SideSplitter(1, kept[0] if kept else px(340), px(560), 0.6, self)
        self._splitter.addWidget(main)
        self._splitter.addWidget(self._side)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._splitter)
        heights = self.context.settings.numbers(HEIGHTS)
        self._side.setSizes(heights or [px(460), px(240)])
        self.order.set_value(self.results.order)
        self.set_entry(self.bar.field)
        self._set_margins()

    def _build_found(self) -> QWidget:
        """Return the page of lines: how many they are, their order, the table."""
        px = self.context.theme.px
        page = QWidget(self)
        head = QHBoxLayout()
        head.setSpacing(px(8))
        self.counts.setProperty("kind", "heading")
        self._order_label = QLabel(tr("Order:"), self)
        self._order_label.setProperty("kind", "muted")
        head.addWidget(self.counts)
        head.addStretch(1)
        head.addWidget(self._order_label)
        head.addWidget(self.order)
        for button in (self.code_all, self.export):
            button.setFixedHeight(px(28))
            head.addWidget(button)
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(head)
        column.addWidget(self.table, 1)
        return page

    def _set_margins(self) -> None:
        px = self.context.theme.px
        self._column.setContentsMargins(px(20), px(16), px(20), px(12))
        self._column.setSpacing(px(12))

    def _connect(self) -> None:
        self.context.bridge.changed.connect(self._on_bridge_changed)
        self.bar.asked_changed.connect(self.ask)
        self.switch.value_changed.connect(self._on_switch_value_changed)
        self.bar.help_wanted.connect(self.show_examples)
        self.bar.codes_wanted.connect(self.coding.ask_words)
        self.bar.saved_wanted.connect(self.saving.open)
        self.examples.query_wanted.connect(self.bar.write)
        self.empty.button_clicked.connect(self._on_empty_button_clicked)
        self.order.value_changed.connect(self.sort)
        self.table.order_wanted.connect(self.sort)
        self.table.line_chosen.connect(self._on_table_line_chosen)
        self.table.line_activated.connect(self.open_line)
        self.table.key_typed.connect(self.coding.code_by_key)
        self.table.selection_altered.connect(self.coding.offer)
        self.review.table.line_chosen.connect(self._on_table_line_chosen)
        self.review.table.line_activated.connect(self.open_line)
        self.code_all.clicked.connect(self.coding.ask_all)
        self.export.clicked.connect(self.files.offer)
        self.turn.open_wanted.connect(self.open_line)
        self.turn.code_wanted.connect(self.coding.ask_code)
        self.summary.dimension_wanted.connect(self._on_summary_dimension_wanted)
        self.summary.limit_wanted.connect(self._on_summary_limit_wanted)
        self.runner.refused.connect(self.refuse)
        self.runner.stopped.connect(self._on_runner_stopped)
        self.runner.waiting_changed.connect(self._on_runner_waiting_changed)

    # ----------------------------------------------------------------------------- following

    def activate(self) -> None:
        """Bring what is shown up to date, and have the words read where they are not yet."""
        session = self.context.bridge.session
        everything = documents.all_documents(self.context.bridge.project.connection)
        if not everything:
            self._say(states.nothing_to_search())
            self.bar.setEnabled(False)
            self.switch.setEnabled(False)
            self.set_entry(self.empty.button())
            return
        self.bar.setEnabled(True)
        self.switch.setEnabled(True)
        self.set_entry(self.bar.field)
        if self._known is None or self._stale:
            self._offer_choices(Choices(session.snapshot().entities))
        if self.context.words.state != "stopped":
            self.context.words.want()
        if self._stale:
            self._stale = False
            self.finding.again()
        elif self.results.lines is None and not self.runner.busy and not self.shows_words():
            self._pages.setCurrentWidget(self.examples)
            self._show_side(on=False)

    def _offer_choices(self, known: Choices) -> None:
        self._known = known
        self.bar.set_choices(known)
        self.words_view.set_choices(known)
        self.offer_dimensions(self.context.settings.text(BY) or "document")
        paths = codes.paths(known.entities.codes)
        with_words = next((one for one in known.entities.codes if one.keywords), None)
        self.examples.offer_code(join_path(paths[with_words.id]) if with_words else "")

    def offer_dimensions(self, now: str) -> None:
        """Offer what hits can be counted by, and hold to one of them."""
        if self._known is not None:
            spoken = ("document", "case", "participant")
            offered = [one for one in self._known.dimensions() if one.group or one.key in spoken]
            self.summary.offer(offered, now)

    def _on_bridge_changed(self, changes: Changes, initiator: object) -> None:
        del initiator
        if changes.touches(*ALWAYS):
            self._stale = True
            if self.isVisible():
                self.activate()
        elif changes.touches(*CODED) and self.results.lines is not None:
            follows = self.isVisible() and not self.finding.asks_for_codings()
            self._stale = not (follows and self.results.follow())
            if self._stale and self.isVisible():
                self.activate()

    # -------------------------------------------------------------------------------- asking

    def ask(self, asked: object) -> None:
        """Look for what is asked; lines come when it is found."""
        if isinstance(asked, Asked):
            self.finding.ask(asked)

    def take(self, searcher: Searcher, answer: Answer, *, enter: bool) -> None:
        """Show what was found; with `enter` the keyboard goes there."""
        self.coding.leave_review()
        self.results.show(searcher, answer)
        title, said = self.finding.title, self.results.said()
        self.counts.setText(f"{title} · {said}" if title else said)
        if len(answer.found):
            self._pages.setCurrentWidget(self._found)
            self._show_side(on=True)
            if enter:
                self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self._say(states.nothing_found(self.bar.asked))
        self.coding.offer()
        self.code_all.setVisible(self.coding.can_review())
        self.tell()

    def words_taken(self) -> None:
        """Show the list of words that was made."""
        self._pages.setCurrentWidget(self.words_view)
        if self._to_words:
            self._to_words = False
            self.words_view.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.status_changed.emit([self.words_view.said.text()])
        self.trail_changed.emit([tr("Words")], [])

    def choices(self) -> Choices:
        """Return what the project offers to limit by."""
        if self._known is None:
            self._offer_choices(Choices(self.context.bridge.session.snapshot().entities))
        assert self._known is not None  # noqa: S101 - just offered
        return self._known

    def shows_words(self) -> bool:
        """Tell whether lists of words are shown, not lines."""
        return self.switch.value() == "words"

    def show_part(self, part: str) -> None:
        """Show lines, or lists of words."""
        self.switch.set_value(part)
        self._show_part()
        if self.shows_words():
            self._to_words = True
            self.words_view.kind.focus_value()
            self.words.refresh()
        else:
            self.bar.focus_field()

    def show_lines(self) -> None:
        """Show the part of the lines; the keyboard stays where it is."""
        self.switch.set_value("lines")
        self._show_part()

    def _on_switch_value_changed(self, part: object) -> None:
        self.show_part(str(part))

    def _show_part(self) -> None:
        words = self.shows_words()
        self.bar.setVisible(not words)
        self.runner.drop()
        if words:
            self._pages.setCurrentWidget(self.words_view)
            self._show_side(on=False)
        elif self.results.lines is not None:
            self._pages.setCurrentWidget(self._found)
            self._show_side(on=True)
        else:
            self._pages.setCurrentWidget(self.examples)
            self._show_side(on=False)

    def tell(self) -> None:
        """Say in the line below and above what is shown."""
        self.status_changed.emit([self.results.said()] if self.results.lines is not None else [])
        query = self.bar.asked.query
        self.trail_changed.emit([f"«{query}»"] if query else [], [])

    def sort(self, order: object) -> None:
        """Put the lines in another order."""
        self.order.set_value(order)
        self.results.sort(str(order))

    def show_examples(self) -> None:
        """Show what can be written, or what was found again."""
        if self.shows_words():
            self.switch.set_value("lines")
            self.bar.show()
        found = self.results.lines is not None
        there = self._pages.currentWidget() is self.examples
        self._pages.setCurrentWidget(self._found if there and found else self.examples)
        self._show_side(on=there and found)

    def show_review(self, *, on: bool) -> None:
        """Show all lines to be ticked, or the lines as they were found."""
        row = self.front().current_row()
        self._pages.setCurrentWidget(self.review if on else self._found)
        self.front().choose(max(row, 0))
        self.front().setFocus(Qt.FocusReason.OtherFocusReason)
        self.results.show_line()

    def front(self) -> LinesTable:
        """Return the table of lines that is in front."""
        reviewing = self._pages.currentWidget() is self.review
        return self.review.table if reviewing else self.table

    def refuse(self, error: UserError) -> None:
        """Say why what is asked has no answer."""
        if self.shows_words():
            self._pages.setCurrentWidget(self.words_view)
            self.words.refuse(error)
            return
        self.bar.refuse(say(error.message), error.place if isinstance(error, BadQuery) else None)
        if self._pages.currentWidget() is self.empty:
            self._pages.setCurrentWidget(self.examples)

    def _on_runner_stopped(self) -> None:
        self._say(states.stopped())

    def _on_runner_waiting_changed(self) -> None:
        words = self.context.words
        if self.runner.waiting:
            self._say(states.waiting(words.state, *words.share))

    def _say(self, said: states.Said) -> None:
        """Say something in place of lines, with the one next step."""
        self._next = said.step
        self.empty.set_texts(said.title, said.text, said.button)
        self._pages.setCurrentWidget(self.empty)
        self._show_side(on=False)

    def _show_side(self, *, on: bool) -> None:
        self._side.setVisible(on)

    def _on_empty_button_clicked(self) -> None:
        query = self.bar.asked.query
        if self._next == "sources":
            self.context.navigator.go(Place("sources"))
        elif self._next == "plain":
            self.context.navigator.go(Place("coding", words=query))
        elif self._next == "read":
            self.context.words.want()
        elif self.shows_words():
            self.words.refresh()
        elif self._next == "everyone":
            self.ask(replace(self.bar.asked, turns="all", coded="any", filters=()))
        else:
            self.ask(self.bar.asked)

    # --------------------------------------------------------------------------------- lines

    def _on_table_line_chosen(self, row: int) -> None:
        del row
        self.results.show_line()

    def open_line(self) -> None:
        """Read on in the source where the line at hand stands."""
        line = self.results.line()
        if line is not None:
            hit = line.hit
            self.context.navigator.go(
                Place("coding", document=hit.document, start=hit.start, end=hit.end)
            )

    def _on_summary_dimension_wanted(self, by: str) -> None:
        self.context.settings.set(BY, by)
        lines = self.results.lines
        if lines is not None:
            self.results.ask_again(lines.found)

    def _on_summary_limit_wanted(self, name: str, value: str) -> None:
        self.bar.with_filter(Filter(name, value))

    def can_write(self) -> bool:
        """Tell whether the project may be changed."""
        return not self.context.bridge.project.read_only

    def apply_code(self, code: CodeId) -> bool:
        """Code the selected lines with a code from the palette."""
        return self.coding.code_with([code])

    def apply_codes(self, codes: Sequence[CodeId]) -> bool:
        """Code the selected lines with several codes from the palette."""
        return self.coding.code_with(codes)

    # -------------------------------------------------------------------------------- window

    def commands(self) -> Sequence[Command]:
        """Return what can be done here."""
        return search_commands(self)

    def show_place(self, place: Place) -> None:
        """Look for words that a place names."""
        if place.words and self._known is not None:
            self.show_lines()
            self.ask(Asked(place.words))

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        super().set_theme(theme)
        self._set_margins()

    def save_state(self) -> None:
        """Keep the sizes."""
        self.runner.drop()
        self.context.settings.set(WIDTH, [self._splitter.side_width()])
        if self._side.isVisible():
            self.context.settings.set(HEIGHTS, self._side.sizes())
