"""Words as lists: the most frequent, what sets two groups apart, what stands beside a word."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from qda.gui.filter_sheet import FilterSheet
from qda.gui.language import say, tr, tr_n
from qda.gui.models.choices import Choices
from qda.gui.models.question import Filter, Question
from qda.gui.search import asked as words
from qda.gui.search.words_question import MOST, WordList, WordsAsked, WordsKind
from qda.gui.search.words_table import WordsTable
from qda.gui.theme import Theme
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.clear_button import add_clear_button
from qda.gui.widgets.flow_layout import flowing
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.gui.widgets.trouble import Trouble

if TYPE_CHECKING:
    pass

OF_WORDS = (*words.OF_SEGMENTS, "code", "coder", "stance")
"""Dimensions that words are not told apart by."""
SPOKEN = ("case", "document", "participant")


class WordsView(QFrame):
    """Ask for lists of words, and open the lines behind their numbers."""

    lines_wanted = Signal(object, str)
    """The user wants to see lines.

    Parameters: what finds them (`Opens`); what they are, in words.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Ask for nothing yet."""
        super().__init__(parent)
        self.setProperty("kind", "paper")
        self._theme = theme
        self._choices: Choices | None = None
        self.asked = WordsAsked()
        self.kind = SegmentedControl(
            theme,
            [("frequent", tr("Most frequent")), ("apart", tr("What sets apart")),
             ("beside", tr("What stands beside"))],
            name=tr("Which words"),
            parent=self,
        )  # fmt: skip
        self.turns = Chip(theme, "", label=tr("Words of:"), interactive=True, parent=self)
        self.add_filter = Chip(theme, tr("Limit …"), interactive=True, parent=self)
        self.by = Chip(theme, "", label=tr("Divided by:"), interactive=True, parent=self)
        self.add_group = Chip(theme, tr("Choose the group …"), interactive=True, parent=self)
        self.add_against = Chip(theme, tr("Choose what against …"), interactive=True, parent=self)
        self.word = QLineEdit(self)
        self.word.setPlaceholderText(tr("A word or a search"))
        self.word.setAccessibleName(tr("A word or a search"))
        self.word.setFixedWidth(theme.px(180))
        add_clear_button(self.word)
        self.span = QSpinBox(self)
        self.span.setRange(1, 50)
        self.span.setAccessibleName(tr("How many words on each side"))
        self.span.setSuffix(" " + tr("words on each side"))
        self.small = QCheckBox(tr("Small words too"), self)
        self.small.setToolTip(tr("Words such as og, er and not, listed for each language"))
        self.export = QPushButton(tr("Export …"), self)
        self.said = QLabel(self)
        self.said.setProperty("kind", "heading")
        self.note = QLabel(self)
        self.note.setProperty("kind", "muted")
        for label in (self.said, self.note):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.trouble = Trouble(theme, self)
        self.table = WordsTable(theme, self)
        self._chips: list[Chip] = []
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        px = self._theme.px
        self._bar, self._flow = flowing(self, px(8))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for widget in (self._bar, self.trouble, self.said, self.note):
            column.addWidget(widget)
        column.addWidget(self.table, 1)

    def _connect(self) -> None:
        self.kind.value_changed.connect(self._on_kind_value_changed)
        self.turns.clicked.connect(self.open_turns)
        self.by.clicked.connect(self.open_by)
        self.add_filter.clicked.connect(lambda: self._open_filter("filters", self.add_filter))
        self.add_group.clicked.connect(lambda: self._open_filter("group", self.add_group))
        self.add_against.clicked.connect(lambda: self._open_filter("against", self.add_against))
        self.word.returnPressed.connect(self._on_word_entered)
        self.span.editingFinished.connect(self._on_word_entered)
        self.small.toggled.connect(self._on_small_toggled)
        self.table.lines_wanted.connect(self._on_table_lines_wanted)

    # ------------------------------------------------------------------------------ showing

    def set_choices(self, choices: Choices) -> None:
        """Offer what the project has now."""
        self._choices = choices
        self._show()

    def show_asked(self, asked: WordsAsked) -> None:
        """Show what is asked, without asking it."""
        self.asked = asked
        self._show()

    def _show(self) -> None:
        asked = self.asked
        self.kind.set_value(asked.kind)
        self.turns.set_text(words.turn_words()[asked.turns])
        self.by.set_text(self._word_of(asked.by))
        self.word.setText(asked.word)
        self.span.setValue(asked.span)
        self.small.blockSignals(True)
        self.small.setChecked(not asked.stop)
        self.small.blockSignals(False)
        while self._flow.count():
            self._flow.takeAt(0)
        for chip in self._chips:
            chip.deleteLater()
        self._chips = []
        own = {"frequent": (self.by,), "beside": (self.word, self.span)}.get(asked.kind, ())
        groups = (self.add_group, self.add_against) if asked.kind == "apart" else ()
        for widget in (self.by, self.word, self.span, self.add_group, self.add_against):
            widget.setVisible(widget in (*own, *groups))
        shown: list[QWidget] = [self.kind, *own]
        if groups:
            shown += [*self._filter_chips("group", tr("Group:")), self.add_group]
            shown += [*self._filter_chips("against", tr("Against:")), self.add_against]
        shown += [self.turns, *self._filter_chips("filters", tr("Only:")), self.add_filter]
        for widget in (*shown, self.small, self.export):
            self._flow.addWidget(widget)
        self._flow.invalidate()
        self._flow.activate()
        self._bar.updateGeometry()

    def _word_of(self, key: str) -> str:
        return self._choices.word(key) if self._choices is not None and key else tr("nothing")

    def _filter_chips(self, field: str, label: str) -> list[Chip]:
        made: list[Chip] = []
        known = self._choices
        for one in getattr(self.asked, field) if known is not None else ():
            chip = Chip(
                self._theme,
                known.filter_words(one),  # pyright: ignore[reportOptionalMemberAccess]
                label=tr("Without:") if one.without else label,
                removable=True,
                parent=self._bar,
            )
            chip.removed.connect(lambda field=field, one=one: self._without(field, one))
            chip.show()
            made.append(chip)
        self._chips += made
        return made

    def _without(self, field: str, gone: Filter) -> None:
        kept = tuple(one for one in getattr(self.asked, field) if one != gone)
        self._change(replace(self.asked, **{field: kept}))

    # ------------------------------------------------------------------------------- asking

    asked_changed = Signal(object)
    """The user wants another list.

    Parameters: the `WordsAsked`.
    """

    def _change(self, asked: WordsAsked) -> None:
        self.asked = asked
        self._show()
        self.asked_changed.emit(asked)

    def ask_for(self, kind: WordsKind) -> None:
        """Ask for a list of a kind."""
        self._change(replace(self.asked, kind=kind))

    def _on_kind_value_changed(self, kind: object) -> None:
        known: tuple[WordsKind, ...] = ("frequent", "apart", "beside")
        for one in known:
            if one == kind:
                self.ask_for(one)
                if one == "beside" and not self.asked.word:
                    self.word.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_word_entered(self) -> None:
        asked = replace(self.asked, word=self.word.text().strip(), span=self.span.value())
        if asked != self.asked:
            self._change(asked)

    def _on_small_toggled(self, on: bool) -> None:  # noqa: FBT001 - slot
        self._change(replace(self.asked, stop=not on))

    def open_turns(self) -> None:
        """Let the user choose whose words are counted."""
        self._menu(
            self.turns, list(words.turn_words().items()), self.asked.turns,
            lambda one: replace(self.asked, turns=one),  # pyright: ignore[reportArgumentType]
        )  # fmt: skip

    def open_by(self) -> None:
        """Let the user choose what the words are divided by."""
        if self._choices is None:
            return
        offered = [
            (one.key, one.word)
            for one in self._choices.dimensions()
            if one.group or one.key in SPOKEN
        ]
        self._menu(
            self.by, [("", tr("nothing")), *offered], self.asked.by,
            lambda one: replace(self.asked, by=one),
        )  # fmt: skip

    def _menu(
        self,
        chip: Chip,
        options: list[tuple[str, str]],
        now: str,
        change: Callable[[str], WordsAsked],
    ) -> None:
        menu = QMenu(self)
        for value, word in options:
            action = QAction(word, menu)
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(lambda _=False, value=value: self._change(change(value)))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + self._theme.px(4))))

    def open_group(self) -> None:
        """Let the user choose the group whose words are set apart."""
        self.ask_for("apart")
        self._open_filter("group", self.add_group)

    def _open_filter(self, field: str, below: QWidget) -> None:
        if self._choices is None:
            return
        question = Question(filters=getattr(self.asked, field))
        sheet = FilterSheet(self._theme, self._choices, question, self, but=OF_WORDS)
        sheet.question_changed.connect(
            lambda changed: self._change(replace(self.asked, **{field: changed.filters}))
        )
        sheet.open_below(below)

    # ------------------------------------------------------------------------------ answers

    def show_list(self, found: WordList) -> None:
        """Show the answer."""
        self.trouble.say("")
        self.table.show_list(found)
        count = len(found.rows)
        listed = tr_n("{n} word", "{n} words", count)
        if count >= MOST:
            listed = tr("the first {n} words", n=count)
        self.said.setText(f"{say(found.title)} · {listed}")
        self.note.setText(say(found.note))

    def say(self, sentence: str) -> None:
        """Say what is lacking, in place of a list."""
        self.table.show_list(None)
        self.said.setText("")
        self.note.setText(sentence)

    def _on_table_lines_wanted(self, index: QModelIndex) -> None:
        opens = self.table.words.opens(index)
        if opens is not None:
            head = self.table.words.headerData(index.column(), Qt.Orientation.Horizontal)
            lemma = self.table.words.lemma(index.row())
            self.lines_wanted.emit(opens, f"{lemma} · {head}")

    def open_current(self) -> None:
        """Open the lines behind the number at hand."""
        self._on_table_lines_wanted(self.table.currentIndex())

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._flow.setSpacing(theme.px(8))
