"""The office at hand: its links, which segments count for it, its indicators."""

from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from qda.app.session import Session
from qda.gui.cases.belonging_card import BelongingCard
from qda.gui.cases.facts import CaseFacts, all_documents, all_informants, rule, segment_words
from qda.gui.cases.indicator_card import IndicatorCard
from qda.gui.cases.link_card import LinkCard, LinkWords
from qda.gui.cases.month_model import WriteMonth
from qda.gui.cases.score_card import ScoreCard
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import Card


class CasePane(QScrollArea):
    """Show one office."""

    document_linked = Signal(object, bool)
    """The user linked a source, or took its link away.

    Parameters: its id; whether it is linked.
    """
    participant_linked = Signal(object, bool)
    """The user linked a participant, or took the link away.

    Parameters: the id; whether it is linked.
    """
    document_opened = Signal(object)
    """The user wants to read a source.

    Parameters: its id.
    """

    def __init__(
        self, theme: Theme, session: Session, write: WriteMonth, parent: QWidget | None = None
    ) -> None:
        """Build the pane; `write` keeps the value of an indicator in a month.

        What there is to link is read from `session` when it is to be chosen from.
        """
        super().__init__(parent)
        self._theme = theme
        self._page = QFrame()
        self.setAccessibleName(tr("Office at hand"))
        for pane in (self, self._page):
            pane.setProperty("kind", "pane")
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._name = self._label("heading")
        self._pseudonym = self._label("muted")
        self.documents = LinkCard(
            theme,
            LinkWords(tr("Sources"), tr("No source is linked to this office."),
                      tr("Choose sources …"), tr("Find a source"), goes=True),
            partial(all_documents, session),
            self._page,
        )  # fmt: skip
        self.participants = LinkCard(
            theme,
            LinkWords(tr("Participants"), tr("No participant is linked to this office."),
                      tr("Choose participants …"), tr("Find a participant")),
            partial(all_informants, session),
            self._page,
        )  # fmt: skip
        self._counts = Card(theme, tr("Segments"), self._page)
        self._segments, self._rule = self._label(""), self._label("small")
        self._counts.body.addWidget(self._segments)
        self._counts.body.addWidget(self._rule)
        self._rule.setText(rule())
        self.belonging = BelongingCard(theme, self._page)
        self.scores = ScoreCard(theme, self._page)
        self.indicators = IndicatorCard(theme, write, self._page)
        self._layout = layout = QVBoxLayout(self._page)
        side = theme.px(12)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(10))
        head = QVBoxLayout()
        head.setSpacing(theme.px(2))
        head.addWidget(self._name)
        head.addWidget(self._pseudonym)
        layout.addLayout(head)
        for card in (
            self._counts, self.documents, self.participants, self.belonging, self.scores,
            self.indicators,
        ):  # fmt: skip
            layout.addWidget(card)
        layout.addStretch(1)
        # The height follows the width; what Qt takes for the least height is that of a sliver.
        self._page.setMinimumSize(1, 1)
        self.setWidget(self._page)
        self.setMinimumWidth(theme.px(200))
        self.show_case(None)
        self._wanted: QWidget = self._page
        # What was opened gets its height only when the page has been laid out anew.
        self._later = QTimer(self, singleShot=True, interval=0)
        self._later.timeout.connect(self._on_later_timeout)
        for button in (self.documents.choose, self.participants.choose, self.indicators.months):
            button.toggled.connect(self._on_button_toggled)
        self.documents.linked.connect(self.document_linked)
        self.documents.opened.connect(self.document_opened)
        self.participants.linked.connect(self.participant_linked)

    def add_section(self, section: QWidget) -> None:
        """Show something more of the office below the rest."""
        self._layout.insertWidget(self._layout.count() - 1, section)

    def _label(self, kind: str) -> QLabel:
        label = QLabel(self._page)
        label.setProperty("kind", kind)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setWordWrap(True)
        return label

    def show_case(self, facts: CaseFacts | None, *, writable: bool = True) -> None:
        """Show an office, or nothing."""
        self._page.setVisible(facts is not None)
        if facts is None:
            return
        self._name.setText(facts.case.name)
        self._pseudonym.setText(facts.case.pseudonym)
        self._pseudonym.setVisible(bool(facts.case.pseudonym))
        self._page.setAccessibleName(tr("Office at hand: {name}", name=facts.case.name))
        self._segments.setText(segment_words(facts.segments))
        self.documents.show_links(
            facts.documents, any_to_choose=facts.has_documents, writable=writable
        )
        self.participants.show_links(
            facts.participants, any_to_choose=facts.has_participants, writable=writable
        )
        self.belonging.show_belonging(facts.belongings, facts.neighbours, writable=writable)
        self.scores.show_scores(facts.scored)
        self.indicators.show_indicators(facts.indicators, writable=writable)

    def _on_button_toggled(self, checked: bool) -> None:  # noqa: FBT001 - slot
        parts: dict[object, QWidget] = {
            self.documents.choose: self.documents.list,
            self.participants.choose: self.participants.list,
            self.indicators.months: self.indicators.table,
        }
        if checked:
            self._wanted = parts.get(self.sender(), self._page)
            self._later.start()

    def _on_later_timeout(self) -> None:
        self.ensureWidgetVisible(self._wanted, 0, self._theme.px(16))

    def name_text(self) -> str:
        """Return the name that is shown."""
        return self._name.text()

    def segments_text(self) -> str:
        """Return what is said of the segments."""
        return self._segments.text()

    def rule_text(self) -> str:
        """Return how the office of a segment is decided."""
        return self._rule.text()
