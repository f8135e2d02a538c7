"""The interview guide beside what interviewers say: which turn asks which question, and where."""

from itertools import pairwise

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from qda.gui.guide.contents import GuideContents
from qda.gui.guide.question_pane import QuestionPane
from qda.gui.guide.turn_pane import TurnPane
from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.model.guides import Guide
from qda.model.ids import GuideId


class GuideDialog(QDialog):
    """Questions at the left, turns at the right; corrections go by single keys."""

    match_wanted = Signal(object)
    """The user wants the guide of this `GuideId` matched."""
    import_wanted = Signal()
    """The user wants to take in another guide."""
    remove_wanted = Signal(object)
    """The user wants the guide of this `GuideId` removed."""
    undo_wanted = Signal()
    """The user wants the last step back."""

    def __init__(
        self,
        theme: Theme,
        contents: GuideContents,
        parent: QWidget | None = None,
        *,
        writable: bool = True,
    ) -> None:
        """Show what a project has."""
        super().__init__(parent)
        self.setWindowTitle(tr("Interview guide"))
        self._theme = theme
        self._contents = contents
        self._writable = writable
        self._summary = QLabel(self)
        self._summary.setProperty("kind", "heading")
        self._summary.setWordWrap(True)
        self.guide = QComboBox(self)
        self.guide.setAccessibleName(tr("Interview guide"))
        self.match_button = QPushButton(tr("&Match the interviews"), self)
        self.import_button = QPushButton(tr("&Import a guide …"), self)
        self.remove_button = QPushButton(tr("&Remove the guide"), self)
        self.questions = QuestionPane(theme, self)
        self.turns = TurnPane(theme, self)
        self._lay_out()
        self._order()
        self.show_contents(contents)
        self._connect()

    def _lay_out(self) -> None:
        theme = self._theme
        top = QHBoxLayout()
        top.setSpacing(theme.px(8))
        top.addWidget(self.guide, 1)
        for button in (self.match_button, self.import_button, self.remove_button):
            button.setAutoDefault(False)
            top.addWidget(button)
        split = QSplitter(Qt.Orientation.Horizontal, self)
        split.setChildrenCollapsible(False)
        split.addWidget(self.questions)
        split.addWidget(self.turns)
        split.setStretchFactor(0, 2)
        split.setStretchFactor(1, 3)
        split.setSizes([theme.px(430), theme.px(690)])
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._summary)
        layout.addLayout(top)
        layout.addWidget(split, 1)
        layout.addWidget(buttons)
        wanted = QSize(theme.px(1160), theme.px(720))
        self.resize(wanted.boundedTo(self.screen().availableSize()))

    def _order(self) -> None:
        """Let Tab go as one reads."""
        left, right = self.questions, self.turns
        order = (
            self.guide, self.match_button, self.import_button, self.remove_button, left.table,
            left.field, left.code_button, left.answers_button, left.change_button,
            right.interview, right.asked, right.table, right.reading, right.set_button,
            right.add_button, right.take_button, right.follow_button, right.outside_button,
            right.words_button, right.open_button,
        )  # fmt: skip
        for one, other in pairwise(order):
            self.setTabOrder(one, other)

    def _connect(self) -> None:
        self.guide.currentIndexChanged.connect(self._fill)
        self.questions.chosen.connect(self._on_questions_chosen)
        self.match_button.clicked.connect(self._on_match_clicked)
        self.import_button.clicked.connect(self.import_wanted)
        self.remove_button.clicked.connect(self._on_remove_clicked)
        undo = QShortcut(QKeySequence(QKeySequence.StandardKey.Undo), self)
        undo.activated.connect(self.undo_wanted)

    # -------------------------------------------------------------------------------- showing
    def show_contents(self, contents: GuideContents) -> None:
        """Show what the project has now; what is chosen stays chosen."""
        self._contents = contents
        guide = self.guide.currentData()
        self.guide.blockSignals(True)
        self.guide.clear()
        for one in contents.guides:
            self.guide.addItem(one.name, one.id)
        self.guide.setCurrentIndex(max(0, self.guide.findData(guide)))
        self.guide.blockSignals(False)
        self._fill()

    def choose_guide(self, guide: GuideId) -> None:
        """Show a guide of several."""
        self.guide.setCurrentIndex(max(0, self.guide.findData(guide)))

    def current_guide(self) -> Guide | None:
        """Return the guide that is shown."""
        return self._contents.guide(self.guide.currentData())

    def summary(self) -> str:
        """Return the line that says how far the guide is matched."""
        return self._summary.text()

    def _fill(self) -> None:
        guide = self.current_guide()
        self.questions.show_guide(self._contents, guide, writable=self._writable)
        self.turns.show_turns(self._contents, guide, writable=self._writable)
        self.turns.set_questions(self.questions.questions())
        every, asking, by_hand = self.turns.model.counts()
        words = tr_n(
            "{asking} of {n} turn of interviewers asks a question of the guide, {hand} by hand.",
            "{asking} of {n} turns of interviewers ask a question of the guide, {hand} by hand.",
            every,
            asking=asking,
            hand=by_hand,
        )
        self._summary.setText(words if asking or by_hand else tr("Nothing is matched yet."))
        for button in (self.match_button, self.remove_button):
            button.setEnabled(self._writable and guide is not None)
        self.import_button.setEnabled(self._writable)

    # --------------------------------------------------------------------------------- acting
    def _on_questions_chosen(self) -> None:
        self.turns.set_questions(self.questions.questions())

    def _on_match_clicked(self) -> None:
        guide = self.current_guide()
        if guide is not None:
            self.match_wanted.emit(guide.id)

    def _on_remove_clicked(self) -> None:
        guide = self.current_guide()
        if guide is not None:
            self.remove_wanted.emit(guide.id)
