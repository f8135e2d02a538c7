"""The pane at the right: the turn that a hit stands in, and what one can do with it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QFont, QResizeEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QTextEdit, QVBoxLayout, QWidget

from qda.gui import fonts
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.flow_layout import flowing
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.segmented_control import SegmentedControl
from qda.model.entities import Turn
from qda.model.searching import Hit
from qda.text.hits import Spread

SPREADS: tuple[Spread, ...] = ("words", "sentence", "turn")
MOST = 2_500
"""Characters of a turn that are shown on either side of the hit."""


@dataclass(frozen=True, slots=True)
class Passage:
    """Something that is said: who says it, the text, and whether the hit stands in it."""

    label: str
    text: str
    here: bool = False


def passages(text: str, turns: Sequence[Turn], start: int, end: int) -> list[Passage]:
    """Return the turn around `start:end` in three passages, and its neighbours.

    Without turns it is the paragraph. The passage with the hit is the one that is `here`.
    """
    place = bisect_right([one.label_start for one in turns], start) - 1
    if place < 0 or end > turns[place].end:
        low, high = text.rfind("\n", 0, start) + 1, text.find("\n", end)
        return _around(text, low, len(text) if high < 0 else high, start, end, "")
    turn = turns[place]
    before = [_whole(text, turns[place - 1])] if place else []
    after = [_whole(text, turns[place + 1])] if place + 1 < len(turns) else []
    return [*before, *_around(text, turn.start, turn.end, start, end, turn.label), *after]


def _around(text: str, low: int, high: int, start: int, end: int, label: str) -> list[Passage]:
    first, last = max(low, start - MOST), min(high, end + MOST)
    before, after = text[first:start], text[end:last]
    return [
        Passage(label, f"{'… ' if first > low else ''}{before}"),
        Passage("", text[start:end], here=True),
        Passage("", f"{after}{' …' if last < high else ''}"),
    ]


def _whole(text: str, turn: Turn) -> Passage:
    said = text[turn.start : turn.end]
    return Passage(turn.label, said if len(said) <= MOST else f"{said[:MOST]} …")


class TurnPane(QFrame):
    """Show a hit where it is said."""

    open_wanted = Signal()
    """The user wants to read on in the source."""
    code_wanted = Signal()
    """The user wants to code what is picked."""
    spread_changed = Signal(object)
    """The user chose how much of the text a coding takes.

    Parameters: a `Spread`.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self._theme = theme
        self._shown: tuple[list[Passage], bool] = ([], False)
        self._header = PaneHeader(theme, tr("The turn"), "", self)
        self.title = QLabel(self)
        self.title.setProperty("kind", "heading")
        self.facts = QLabel(self)
        self.codes = QLabel(self)
        for label in (self.facts, self.codes):
            label.setProperty("kind", "muted")
        for label in (self.title, self.facts, self.codes):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.text = _Text(self)
        self.text.setReadOnly(True)
        self.text.setProperty("kind", "bare")
        self.text.setAccessibleName(tr("The turn"))
        self.text.setTabChangesFocus(True)
        self.open = QPushButton(tr("Open in the source"), self)
        self.code = QPushButton(tr("Code with …"), self)
        self.spread = SegmentedControl(
            theme,
            [("words", tr("hit")), ("sentence", tr("sentence")), ("turn", tr("turn"))],
            name=tr("A coding takes"),
            parent=self,
        )
        self._takes = QLabel(tr("A coding takes"), self)
        self._takes.setProperty("kind", "muted")
        self._acts, self._flow = flowing(self, theme.px(8))
        for widget in (self._takes, self.spread, self.code, self.open):
            self._flow.addWidget(widget)
        self._column = QVBoxLayout()
        for label in (self.title, self.facts, self.codes):
            self._column.addWidget(label)
        self._column.addWidget(self.text, 1)
        self._column.addWidget(self._acts)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addLayout(self._column, 1)
        self.set_theme(theme)
        self.clear()
        self.open.clicked.connect(self.open_wanted)
        self.code.clicked.connect(self.code_wanted)
        self.spread.value_changed.connect(self.spread_changed)

    def clear(self) -> None:
        """Say what goes here."""
        self._header.set_right("")
        self.title.setText("")
        self.facts.setText(tr("Choose a line, and the turn it stands in is shown here."))
        self.codes.setText("")
        self._show([])
        self._acts.hide()

    def show_hit(
        self, hit: Hit, found: list[Passage], codes: str, count: str, *, writable: bool
    ) -> None:
        """Show a hit in what is said around it, what it is coded as, and which line it is."""
        self._header.set_right(count)
        self.title.setText(hit.document_name)
        facts = (
            tr("turn {n}", n=hit.turn) if hit.turn is not None else "",
            ", ".join(hit.participants),
            ", ".join(hit.cases),
        )
        self.facts.setText(" · ".join(filter(None, facts)))
        self.codes.setText(tr("Coded as {codes}", codes=codes) if codes else tr("Not coded"))
        self._show(found)
        self._acts.show()
        for widget in (self._takes, self.spread, self.code):
            widget.setVisible(writable)

    def spread_value(self) -> Spread:
        """Return how much of the text a coding takes."""
        return cast("Spread", self.spread.value())

    def set_spread(self, spread: str) -> None:
        """Let a coding take more or less; what is not known means the sentence."""
        self.spread.set_value(spread if spread in SPREADS else "sentence")

    def _show(self, found: list[Passage]) -> None:
        """Write the passages; text is put in as text, whatever is in it."""
        self._shown = (found, bool(found))
        theme = self._theme
        self.text.clear()
        cursor = QTextCursor(self.text.document())
        plain, muted, label, bold = (QTextCharFormat() for _ in range(4))
        plain.setFont(fonts.text_font(theme.scale, 14.5))
        plain.setForeground(QColor(theme.ink))
        muted.setFont(fonts.text_font(theme.scale, 14.5))
        muted.setForeground(QColor(theme.muted_tinted))
        label.setFont(fonts.interface_font(theme.scale, 11))
        label.setForeground(QColor(theme.muted_tinted))
        bold.setFont(fonts.text_font(theme.scale, 14.5))
        bold.setFontWeight(QFont.Weight.Bold)
        bold.setForeground(QColor(theme.accent))
        bold.setFontUnderline(True)
        middle = next((at for at, one in enumerate(found) if one.here), -1)
        place = 0
        for at, one in enumerate(found):
            near = abs(at - middle) <= 1
            if one.label or (at and not near) or at == middle + 2:
                if at:
                    cursor.insertText("\n\n", plain)
                cursor.insertText(one.label + "\n" if one.label else "", label)
            if one.here:
                place = cursor.position()
            cursor.insertText(one.text, bold if one.here else plain if near else muted)
        shown = QTextCursor(self.text.document())
        shown.setPosition(place)
        self.text.setTextCursor(shown)
        self.text.ensureCursorVisible()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(12)
        self._column.setContentsMargins(side, 0, side, side)
        self._column.setSpacing(theme.px(4))
        self._flow.setSpacing(theme.px(8))
        self._takes.setFixedHeight(theme.px(26))
        self._show(self._shown[0])


class _Text(QTextEdit):
    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the hit in sight, wherever it stands in lines of another width."""
        super().resizeEvent(event)
        self.ensureCursorVisible()
