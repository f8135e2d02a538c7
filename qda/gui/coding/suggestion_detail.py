"""Why the suggestion at hand is made, what is to be coded, and the acts with their keys."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

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
        self.why = self._label()
        self.meaning = self._label("small")
        self.evidence = QuoteList(theme, tr("What the suggestion rests on"), self)
        self.evidence.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.adjusted = self._label("small")
        self.reset = QPushButton(tr("As proposed"), self)
        self.reset.setProperty("kind", "link")
        self.accept = QPushButton(tr("Accept"), self)
        self.accept.setProperty("kind", "primary")
        self.reject = QPushButton(tr("Reject"), self)
        self.later = QPushButton(tr("Later"), self)
        self.keys = self._label("small")
        self.keys.setText(
            tr(
                "Enter accepts, Delete rejects, the space bar leaves it for later. Right and left "
                "move the end by a word, with Shift by a sentence; with Ctrl the beginning."
            )
        )
        self.short_keys = self._label("small")
        self.short_keys.setText(tr("Enter · Delete · space bar · ← → adjust"))
        self._lay_out(theme)
        self.set_theme(theme)
        self.show_adjusted("")
        self.accept.clicked.connect(self.accept_wanted)
        self.reject.clicked.connect(self.reject_wanted)
        self.later.clicked.connect(self.later_wanted)
        self.reset.clicked.connect(self.reset_wanted)
        self.evidence.quote_activated.connect(self.evidence_wanted)
        self.evidence.quote_chosen.connect(self._on_evidence_quote_chosen)

    def _label(self, kind: str = "") -> QLabel:
        label = QLabel(self)
        label.setProperty("kind", kind)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        return label

    def _lay_out(self, theme: Theme) -> None:
        """Let what is read scroll where there is little room, above what is done."""
        self._reading = QScrollArea(self)
        self._reading.setWidgetResizable(True)
        self._reading.setFrameShape(QFrame.Shape.NoFrame)
        self._reading.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._reading.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._reading.setProperty("kind", "pane")
        self._read = QFrame(self._reading)
        self._read.setProperty("kind", "pane")
        self._sheet = QVBoxLayout(self._read)
        for widget in (self.why, self.meaning, self.evidence, self.keys):
            self._sheet.addWidget(widget)
        self._sheet.addStretch(1)
        self._reading.setWidget(self._read)
        self._row = QFrame(self)
        self._row.setProperty("kind", "pane")
        row = QHBoxLayout(self._row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.adjusted, 1)
        row.addWidget(self.reset, 0, Qt.AlignmentFlag.AlignTop)
        self._acts = QFrame(self)
        self._acts.setProperty("kind", "pane")
        self._flow = FlowLayout(self._acts, theme.px(6))
        for button in self.buttons():
            self._flow.addWidget(button)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._reading, 1)
        for widget in (self._row, self._acts, self.short_keys):
            self._layout.addWidget(widget)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the evidence the height it takes at this width."""
        super().resizeEvent(event)
        self._fit_evidence()

    def _fit_evidence(self) -> None:
        model = self.evidence.model()
        self._sheet.activate()
        self.evidence.executeDelayedItemsLayout()
        rows = range(model.rowCount() if model is not None else 0)
        height = sum(self.evidence.sizeHintForRow(row) for row in rows)
        self.evidence.setFixedHeight(height + self._gap)

    def _on_evidence_quote_chosen(self, row: object) -> None:
        """Keep what one comes to by keyboard in sight."""
        del row
        place = self.evidence.visualRect(self.evidence.currentIndex())
        top = self.evidence.mapTo(self._read, place.topLeft())
        self._reading.ensureVisible(0, top.y() + place.height(), 0, self._gap)
        self._reading.ensureVisible(0, top.y(), 0, self._gap)

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
        self.evidence.setVisible(bool(evidence))
        self._fit_evidence()
        self._reading.verticalScrollBar().setValue(0)
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
        self._gap = theme.px(4)
        self._layout.setContentsMargins(0, theme.px(8), 0, side)
        self._layout.setSpacing(theme.px(6))
        self._sheet.setContentsMargins(side, 0, side, 0)
        self._sheet.setSpacing(theme.px(6))
        for row in (self._row, self._acts, self.short_keys):
            row.setContentsMargins(side, 0, side, 0)
        self._reading.setMinimumHeight(theme.px(96))
        self.evidence.set_theme(theme)
        self._fit_evidence()
