"""Why the suggestion at hand is made, what is to be coded, and the acts with their keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.flow_layout import FlowLayout
from qda.gui.widgets.quote_list import QuoteList, QuoteRow


class SuggestionDetail(QFrame):
    """The reasons of a suggestion as things to go to, and what can be done with it."""

    accept_wanted = Signal()
    """The user takes the suggestion."""
    reject_wanted = Signal()
    """The user refuses it."""
    later_wanted = Signal()
    """The user puts it off."""
    reset_wanted = Signal()
    """The user wants the suggestion as it was made, in sight and unadjusted."""
    evidence_wanted = Signal(object)
    """The user wants to see what a reason rests on.

    Parameters: the identifier of the reason's row.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self.setProperty("kind", "pane")
        self.why = QLabel(self)
        self.why.setWordWrap(True)
        self.why.setTextFormat(Qt.TextFormat.PlainText)
        self.meaning = QLabel(self)
        self.meaning.setProperty("kind", "small")
        self.meaning.setWordWrap(True)
        self.meaning.setTextFormat(Qt.TextFormat.PlainText)
        self.evidence = QuoteList(theme, tr("What the suggestion rests on"), self)
        self.adjusted = QLabel(self)
        self.adjusted.setProperty("kind", "small")
        self.adjusted.setWordWrap(True)
        self.reset = QPushButton(tr("As proposed"), self)
        self.reset.setProperty("kind", "link")
        self._row = QFrame(self)
        self._row.setProperty("kind", "pane")
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.adjusted, 1)
        row.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        self.accept = QPushButton(tr("Accept"), self)
        self.accept.setProperty("kind", "primary")
        self.reject = QPushButton(tr("Reject"), self)
        self.later = QPushButton(tr("Later"), self)
        self._acts = QFrame(self)
        self._acts.setProperty("kind", "pane")
        self._flow = FlowLayout(self._acts, theme.px(6))
        for button in self.buttons():
            self._flow.addWidget(button)
        self.keys = QLabel(
            tr(
                "Enter accepts, Delete rejects, the space bar leaves it for later. Right and left "
                "move the end by a word, with Shift by a sentence; with Ctrl the beginning."
            ),
            self,
        )
        self.keys.setProperty("kind", "small")
        self.keys.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self.why)
        self._layout.addWidget(self.meaning)
        self._layout.addWidget(self.evidence, 1)
        for widget in (self._row, self._acts, self.keys):
            self._layout.addWidget(widget)
        self.set_theme(theme)
        self.show_adjusted("")
        self.accept.clicked.connect(self.accept_wanted)
        self.reject.clicked.connect(self.reject_wanted)
        self.later.clicked.connect(self.later_wanted)
        self.reset.clicked.connect(self.reset_wanted)
        self.evidence.quote_activated.connect(self.evidence_wanted)

    def buttons(self) -> tuple[QPushButton, ...]:
        """Return the buttons of the acts."""
        return self.accept, self.reject, self.later

    def show_reasons(
        self, why: str, meaning: str, evidence: Sequence[QuoteRow], *, writable: bool
    ) -> None:
        """Say why something is proposed, and what its code means; list what the reasons rest on."""
        self.why.setText(why)
        self.meaning.setText(meaning)
        self.meaning.setVisible(bool(meaning))
        self.evidence.set_quotes(evidence)
        for button in self.buttons():
            button.setEnabled(writable)

    def show_adjusted(self, text: str) -> None:
        """Say how far what would be coded is other than what was proposed, empty where it is not.

        The way back to the suggestion stands beside it.
        """
        self.adjusted.setText(text)
        self._row.setVisible(bool(text))

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        side = theme.px(12)
        self._layout.setContentsMargins(side, theme.px(8), side, side)
        self._layout.setSpacing(theme.px(6))
        self.evidence.set_theme(theme)
        self.evidence.setMinimumHeight(theme.px(72))
