"""Before suggestions are gone through: what they are made of, and how far they can be trusted."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.segmented_control import SegmentedControl


@dataclass(frozen=True, slots=True)
class Standing:
    """How far the suggestions for a code can be trusted, in sentences."""

    code: str
    color: str
    sentences: tuple[str, ...]


class SuggestionStart(QFrame):
    """Choose codes, how suggestions are made and where; read what they are worth; then begin."""

    codes_wanted = Signal()
    """The user wants to choose other codes."""
    asked = Signal()
    """The user chose another way to make suggestions, or other sources."""
    begin_wanted = Signal()
    """The user wants to go through the suggestions."""
    measure_wanted = Signal()
    """The user wants to know what the suggestions are worth after all."""
    forget_wanted = Signal()
    """The user wants to see again what was rejected."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Ask for nothing yet."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self.codes = QPushButton(self)
        self.engine = SegmentedControl(
            theme,
            [("rules", tr("keywords")), ("learned", tr("learned")), ("both", tr("both"))],
            name=tr("How suggestions are made"),
            parent=self,
        )
        self.where = SegmentedControl(
            theme,
            [("all", tr("all sources")), ("here", tr("this source"))],
            name=tr("Where to look for suggestions"),
            parent=self,
        )
        choices = QFrame(self)
        self._flow = FlowLayout(choices, theme.px(6))
        for widget in (self.codes, self.engine, self.where):
            self._flow.addWidget(widget)
        self.said = QLabel(self)
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.begin = QPushButton(self)
        self.begin.setProperty("kind", "primary")
        self._standings = _Standings(theme, self)
        self.measure = QPushButton(tr("Say how good they are"), self)
        self.measure.setProperty("kind", "link")
        self.forget = QPushButton(self)
        self.forget.setProperty("kind", "link")
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(choices)
        self._layout.addWidget(self.said)
        self._layout.addWidget(self._standings, 1)
        self._layout.addWidget(self.begin)
        for link in (self.measure, self.forget):
            self._layout.addWidget(link, 0, Qt.AlignmentFlag.AlignLeft)
        self.show_busy("")
        self.show_forgettable(0)
        self.measure.hide()
        self.set_theme(theme)
        self.codes.clicked.connect(self.codes_wanted)
        self.engine.value_changed.connect(self.asked)
        self.where.value_changed.connect(self.asked)
        self.begin.clicked.connect(self.begin_wanted)
        self.measure.clicked.connect(self.measure_wanted)
        self.forget.clicked.connect(self.forget_wanted)

    def show_codes(self, names: Sequence[str], *, every: bool) -> None:
        """Say for which codes suggestions are made."""
        if every:
            text = tr("Codes: all")
        elif len(names) == 1:
            text = tr("Code: {name}", name=names[0])
        else:
            text = tr_n("{n} code", "{n} codes", len(names))
        self.codes.setText(text.replace("&", "&&"))
        self.codes.setToolTip(", ".join(names))
        self.codes.setAccessibleName(tr("{codes}; choose others", codes=text))

    def show_busy(self, text: str) -> None:
        """Say what is being done, and that there is nothing to begin with yet."""
        self.said.setText(text)
        self.said.setVisible(bool(text))
        self._standings.show_standings(())
        if self.begin.hasFocus():
            self.codes.setFocus(Qt.FocusReason.OtherFocusReason)
        self.begin.hide()

    def show_result(self, standings: Sequence[Standing], count: int, text: str) -> None:
        """Say what the suggestions are worth, and offer to go through them, if there are any."""
        self._standings.show_standings(standings)
        self.said.setText(text)
        self.said.setVisible(bool(text))
        waited = self.codes.hasFocus()
        self.begin.setText(tr_n("Go through {n} suggestion", "Go through {n} suggestions", count))
        self.begin.setVisible(count > 0)
        if waited and count:
            self.begin.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_forgettable(self, count: int) -> None:
        """Offer to take back what was rejected."""
        self.forget.setText(
            tr_n(
                "{n} rejected suggestion is remembered: show it again",
                "{n} rejected suggestions are remembered: show them again",
                count,
            )
        )
        self.forget.setVisible(count > 0)

    def standings(self) -> Sequence[Standing]:
        """Return what is said of each code."""
        return self._standings.shown

    def set_theme(self, theme: Theme) -> None:
        """Take other sizes."""
        side = theme.px(12)
        self._layout.setContentsMargins(side, 0, side, side)
        self._layout.setSpacing(theme.px(8))
        self._standings.set_theme(theme)


class _Standings(QScrollArea):
    """What is said of each code, one below the other."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self.shown: Sequence[Standing] = ()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(tr("How far the suggestions can be trusted"))
        self.setProperty("kind", "pane")
        self._show()

    def show_standings(self, standings: Sequence[Standing]) -> None:
        if standings != self.shown:
            self.shown = standings
            self._show()

    def set_theme(self, theme: Theme) -> None:
        self._theme = theme
        self._show()

    def _show(self) -> None:
        holder = QFrame()
        holder.setProperty("kind", "pane")
        column = QVBoxLayout(holder)
        side = self._theme.px(8)
        column.setContentsMargins(side, side, side, side)
        column.setSpacing(self._theme.px(4))
        for place, one in enumerate(self.shown):
            if place:
                column.addSpacing(self._theme.px(6))
            name = _label(one.code, holder)
            name.setProperty("kind", "heading")
            column.addWidget(name)
            for sentence in one.sentences:
                column.addWidget(_label(sentence, holder))
        column.addStretch(1)
        self.setWidget(holder)


def _label(text: str, parent: QWidget) -> QLabel:
    label = QLabel(text, parent)
    label.setWordWrap(True)
    label.setTextFormat(Qt.TextFormat.PlainText)
    return label
