"""The line to search in, and the limits of the search below it."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui.filter_sheet import FilterSheet
from qda.gui.language import tr
from qda.gui.models.choices import Choices
from qda.gui.models.question import Filter, Question
from qda.gui.search import asked as words
from qda.gui.search.asked import OF_SEGMENTS, Asked
from qda.gui.theme import Theme
from qda.gui.widgets.chip import Chip
from qda.gui.widgets.clear_button import add_clear_button
from qda.gui.widgets.flow_layout import flowing
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.gui.widgets.trouble import Trouble

_JOINS = re.compile(r"\b(AND|OG|NOT|IKKE)\b")
"""What makes it matter whether a turn, a sentence or a source is looked at."""


class SearchBar(QWidget):
    """Show what is asked, and let the user ask something else."""

    asked_changed = Signal(object)
    """The user wants an answer: Enter in the line, the button, or another limit.

    Parameters: the `Asked`.
    """
    saved_wanted = Signal()
    """The user wants to see the saved searches."""
    codes_wanted = Signal()
    """The user wants to search with the words of a code."""
    help_wanted = Signal()
    """The user wants to see what can be written in the line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show an empty line."""
        super().__init__(parent)
        self._theme = theme
        self._choices: Choices | None = None
        self.asked = Asked()
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Words to look for in all sources"))
        self.field.setAccessibleName(tr("Words to look for in all sources"))
        add_clear_button(self.field)
        self.go = QPushButton(tr("Search"), self)
        self.go.setProperty("kind", "primary")
        self.saved = QPushButton(tr("Saved …"), self)
        self.mode = SegmentedControl(
            theme, words.mode_words(), name=tr("How words are taken"), parent=self
        )
        self.turns = Chip(theme, "", label=tr("Words of:"), interactive=True, parent=self)
        self.coded = Chip(theme, "", label=tr("Places:"), interactive=True, parent=self)
        self.within = Chip(theme, "", label=tr("AND, NOT within:"), interactive=True, parent=self)
        self.add_filter = Chip(theme, tr("Limit …"), interactive=True, parent=self)
        self.from_code = Chip(theme, tr("Words of a code …"), interactive=True, parent=self)
        self.help = Chip(theme, tr("What can I write?"), interactive=True, parent=self)
        self.filters: dict[Filter, Chip] = {}
        self.trouble = Trouble(theme, self)
        self._lay_out()
        self._connect()
        self._show()

    def _lay_out(self) -> None:
        px = self._theme.px
        self._chips, self._flow = flowing(self, px(8))
        line = QHBoxLayout()
        line.setSpacing(px(8))
        line.addWidget(self.field, 1)
        line.addWidget(self.go)
        line.addWidget(self.saved)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(line)
        column.addWidget(self.trouble)
        column.addWidget(self._chips)

    def _connect(self) -> None:
        self.field.returnPressed.connect(self.ask)
        self.go.clicked.connect(self.ask)
        self.saved.clicked.connect(self.saved_wanted)
        self.mode.value_changed.connect(self._on_mode_value_changed)
        self.turns.clicked.connect(self.open_turns)
        self.coded.clicked.connect(self.open_coded)
        self.within.clicked.connect(self.open_within)
        self.add_filter.clicked.connect(self.open_filter)
        self.from_code.clicked.connect(self.codes_wanted)
        self.help.clicked.connect(self.help_wanted)

    # ------------------------------------------------------------------------------ showing

    def set_choices(self, choices: Choices) -> None:
        """Offer what the project has now."""
        self._choices = choices
        self._show()

    def show_asked(self, asked: Asked) -> None:
        """Show what is asked, without a signal."""
        self.asked = asked
        if self.field.text() != asked.query:
            self.field.setText(asked.query)
        self._show()

    def _show(self) -> None:
        asked = self.asked
        self.mode.set_value(asked.mode)
        self.turns.set_text(words.turn_words()[asked.turns])
        self.coded.set_text(words.coded_words()[asked.coded])
        self.within.set_text(words.within_words()[asked.within])
        for chip in self.filters.values():
            self._flow.removeWidget(chip)
            chip.deleteLater()
        self.filters = {}
        if self._choices is not None:
            for one in asked.filters:
                self.filters[one] = self._filter_chip(one, self._choices)
        while self._flow.count():
            self._flow.takeAt(0)
        shown = [self.mode, self.turns, *self.filters.values(), self.add_filter, self.coded]
        regex = asked.mode == "regex"
        joins = not regex and _JOINS.search(asked.query) is not None
        self.within.setVisible(joins)
        self.from_code.setVisible(not regex)
        shown += [self.within] if joins else []
        shown += [] if regex else [self.from_code]
        for widget in (*shown, self.help):
            self._flow.addWidget(widget)
        # The layout hears of widgets only that were not its own before.
        self._flow.invalidate()
        self._flow.activate()
        self._chips.updateGeometry()

    def _filter_chip(self, one: Filter, choices: Choices) -> Chip:
        chip = Chip(
            self._theme,
            choices.filter_words(one),
            label=tr("Without:") if one.without else tr("Only:"),
            removable=True,
            parent=self._chips,
        )
        chip.setToolTip(tr("Take the filter away with the cross or the Delete key"))
        chip.removed.connect(lambda: self._change(self._without(one)))
        chip.show()
        return chip

    def _without(self, gone: Filter) -> Asked:
        kept = tuple(one for one in self.asked.filters if one != gone)
        return replace(self.asked, filters=kept)

    def refuse(self, sentence: str, place: int | None = None) -> None:
        """Say what is wrong with what is written, and put the caret where it is."""
        self.trouble.say(sentence)
        if place is not None and sentence:
            self.field.setFocus()
            self.field.setCursorPosition(place)

    # ------------------------------------------------------------------------------- asking

    def focus_field(self) -> None:
        """Give the keyboard to the line, all of it selected."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def ask(self) -> None:
        """Ask what is written."""
        self.asked = replace(self.asked, query=self.field.text().strip())
        self.asked_changed.emit(self.asked)

    def write(self, query: str) -> None:
        """Put a query into the line and ask it."""
        self.field.setText(query)
        self.ask()

    def _change(self, asked: Asked) -> None:
        """Ask the same within other limits; what is half written is not asked yet."""
        self.asked = asked
        self._show()
        self.asked_changed.emit(asked)

    def with_filter(self, added: Filter) -> None:
        """Add a limit."""
        question: Question = self.asked.question().with_filter(added)
        self._change(replace(self.asked, filters=question.filters))

    def _on_mode_value_changed(self, mode: object) -> None:
        for one, _ in words.mode_words():
            if one == mode:
                self._change(replace(self.asked, mode=one, query=self.field.text().strip()))  # pyright: ignore[reportArgumentType]

    def open_turns(self) -> None:
        """Let the user choose whose words are asked."""
        self._menu(self.turns, words.turn_words(), self.asked.turns,
                   lambda one: replace(self.asked, turns=one))  # fmt: skip

    def open_coded(self) -> None:
        """Let the user choose whether words are coded."""
        self._menu(self.coded, words.coded_words(), self.asked.coded,
                   lambda one: replace(self.asked, coded=one))  # fmt: skip

    def open_within(self) -> None:
        """Let the user choose what AND and NOT look at."""
        self._menu(self.within, words.within_words(), self.asked.within,
                   lambda one: replace(self.asked, within=one))  # fmt: skip

    def _menu(
        self, chip: Chip, options: Mapping[Any, str], now: object, change: Callable[[Any], Asked]
    ) -> None:
        menu = QMenu(self)
        for value, word in options.items():
            action = QAction(word, menu)
            action.setCheckable(True)
            action.setChecked(value == now)
            action.triggered.connect(lambda _=False, value=value: self._change(change(value)))
            menu.addAction(action)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(chip.mapToGlobal(QPoint(0, chip.height() + self._theme.px(4))))

    def open_filter(self) -> None:
        """Let the user add a limit: an office, a role, a code, a source."""
        if self._choices is None:
            return
        question = self.asked.question()
        sheet = FilterSheet(self._theme, self._choices, question, self, but=OF_SEGMENTS)
        sheet.question_changed.connect(self._on_sheet_question_changed)
        sheet.open_below(self.add_filter)

    def _on_sheet_question_changed(self, question: Question) -> None:
        self._change(replace(self.asked, filters=question.filters))

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._flow.setSpacing(theme.px(8))
        self._chips.updateGeometry()
