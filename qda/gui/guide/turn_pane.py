"""What interviewers say, turn by turn, with the question that each turn asks."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QComboBox,
    QGridLayout,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.app.guide_reading import AskingTurn
from qda.gui import fonts
from qda.gui.guide.contents import GuideContents
from qda.gui.guide.models import (
    ASKS,
    SAID,
    TITLE,
    TURN,
    WHY,
    Shown,
    TurnsModel,
    score_text,
    why_words,
)
from qda.gui.guide.table import KeyTable
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.chooser import Chooser, ChooserItem
from qda.gui.widgets.flow_layout import flowing
from qda.model.guides import Guide, Question
from qda.model.ids import DocumentId, QuestionId

SET, ADD, TAKE, FOLLOW = "set", "add", "take", "follow-up"
OUTSIDE, WORDS = "outside", "words"
KEYS: Mapping[Qt.Key, str] = {
    Qt.Key.Key_Return: SET,
    Qt.Key.Key_Enter: SET,
    Qt.Key.Key_Plus: ADD,
    Qt.Key.Key_Minus: TAKE,
    Qt.Key.Key_Delete: TAKE,
    Qt.Key.Key_F: FOLLOW,
    Qt.Key.Key_O: OUTSIDE,
    Qt.Key.Key_A: WORDS,
}
_WIDE, _OF_TITLE = 560, 110
"""Pixels at 100 % from which there is room for the words that agreed, and what titles take."""
_AS_TURNS, _ASKED, _NOT_ASKED = range(3)


class TurnPane(QWidget):
    """A list of turns, corrected by single keys; the turn at hand is read below it."""

    turns_set = Signal(list, object, str)
    """The user says what turns ask.

    Parameters: their `TurnId`s; the `QuestionId` or None; the role, «add» or «take» for a question
    more or less, or «words» to leave it to them.
    """
    asked_set = Signal(object, object, object)
    """The user says whether a question was asked in an interview.

    Parameters: the `QuestionId`; the `DocumentId`; True, False, or None for what the turns say.
    """
    turn_opened = Signal(object)
    """The user wants to read on in the coding room at this `AskingTurn`."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self._theme = theme
        self._contents: GuideContents | None = None
        self._guide: Guide | None = None
        self._questions: Sequence[Question] = ()
        self._writable = False
        self.chooser: Chooser | None = None
        self.model = TurnsModel(self)
        self.interview = QComboBox(self)
        self.asked = QComboBox(self)
        self.table = KeyTable(theme, tr("Turns of interviewers"), KEYS, self)
        self.table.setModel(self.model)
        self.reading = QPlainTextEdit(self)
        self.reading.setReadOnly(True)
        self.reading.setTabChangesFocus(True)
        self.reading.setAccessibleName(tr("The turn and why"))
        self.reading.setFont(fonts.text_font(theme.scale, 14))
        self.reading.setMinimumHeight(theme.px(84))
        self.reading.setMaximumHeight(theme.px(132))
        self._row, flow = flowing(self, theme.px(8))
        self.set_button = QPushButton(tr("&Question … (Enter)"), self._row)
        self.add_button = QPushButton(tr("Ano&ther question … (+)"), self._row)
        self.take_button = QPushButton(tr("Take one awa&y (−)"), self._row)
        self.follow_button = QPushButton(tr("A &follow-up (F)"), self._row)
        self.outside_button = QPushButton(tr("&Outside the guide (O)"), self._row)
        self.words_button = QPushButton(tr("As the words s&ay (A)"), self._row)
        self.open_button = QPushButton(tr("Read in Co&ding"), self._row)
        for button in (*self._setters(), self.open_button):
            button.setAutoDefault(False)
            flow.addWidget(button)
        self._lay_out()
        self._connect()

    def _setters(self) -> tuple[QPushButton, ...]:
        return (
            self.set_button, self.add_button, self.take_button, self.follow_button,
            self.outside_button, self.words_button,
        )  # fmt: skip

    def _lay_out(self) -> None:
        theme = self._theme
        fields = QGridLayout()
        fields.setSpacing(theme.px(8))
        fields.setColumnStretch(1, 1)
        named = ((tr("I&nterview"), self.interview), (tr("As&ked here"), self.asked))
        for row, (text, field) in enumerate(named):
            label = QLabel(text, self)
            label.setProperty("kind", "label")
            label.setBuddy(field)
            field.setSizeAdjustPolicy(
                QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
            )
            fields.addWidget(label, row, 0)
            fields.addWidget(field, row, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(theme.px(8), 0, 0, 0)
        layout.setSpacing(theme.px(8))
        layout.addLayout(fields)
        layout.addWidget(self.table, 3)
        layout.addWidget(self.reading, 2)
        layout.addWidget(self._row)
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        for section in (TITLE, WHY):
            header.setSectionResizeMode(section, mode.Interactive)
        header.setSectionResizeMode(TURN, mode.ResizeToContents)
        for section in (SAID, ASKS):
            header.setSectionResizeMode(section, mode.Stretch)
        header.resizeSection(TITLE, theme.px(_OF_TITLE))
        header.resizeSection(WHY, theme.px(130))
        header.setStretchLastSection(False)

    def _connect(self) -> None:
        self.interview.currentIndexChanged.connect(self._narrow)
        self.asked.activated.connect(self._on_asked_activated)
        self.table.selectionModel().selectionChanged.connect(self._read)
        self.table.key_pressed.connect(self._on_key_pressed)
        self.table.doubleClicked.connect(self._on_set_clicked)
        self.set_button.clicked.connect(self._on_set_clicked)
        self.add_button.clicked.connect(self._on_add_clicked)
        self.take_button.clicked.connect(self._on_take_clicked)
        self.follow_button.clicked.connect(self._on_follow_clicked)
        self.outside_button.clicked.connect(self._on_outside_clicked)
        self.words_button.clicked.connect(self._on_words_clicked)
        self.open_button.clicked.connect(self._on_open_clicked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out why a turn asks something where there is little room: it is read below."""
        super().resizeEvent(event)
        self._share_out()

    def _share_out(self) -> None:
        titles = self.interview.currentData() is None
        self.table.setColumnHidden(TITLE, not titles)
        wanted = _WIDE + _OF_TITLE if titles else _WIDE
        self.table.setColumnHidden(WHY, self.width() < self._theme.px(wanted))

    # -------------------------------------------------------------------------------- showing
    def show_turns(self, contents: GuideContents, guide: Guide | None, *, writable: bool) -> None:
        """Show the turns of the project; what is chosen stays chosen."""
        self._contents, self._guide, self._writable = contents, guide, writable
        interview = self.interview.currentData()
        self.interview.blockSignals(True)
        self.interview.clear()
        self.interview.addItem(tr("All interviews"), None)
        for document, title in dict.fromkeys((one.document, one.title) for one in contents.turns):
            self.interview.addItem(title, document)
        self.interview.setCurrentIndex(max(0, self.interview.findData(interview)))
        self.interview.blockSignals(False)
        at = self.table.currentIndex().row()
        turn = self.model.turn(at)
        self.model.set_turns(contents.turns, contents.said, contents.labels())
        self._give_lines_room()
        self._keep_chosen(turn, at)
        self._narrow()

    def set_questions(self, questions: Sequence[Question]) -> None:
        """List the turns that ask these questions, all turns for none."""
        self._questions = questions
        self._narrow()

    def _give_lines_room(self) -> None:
        """Let a row be as high as its turn asks questions."""
        rows = self.table.verticalHeader()
        usual, line = rows.defaultSectionSize(), self.table.fontMetrics().lineSpacing()
        for row in range(self.model.rowCount()):
            wanted = usual + line * (self.model.lines_of(row) - 1)
            if rows.sectionSize(row) != wanted:
                rows.resizeSection(row, wanted)

    def turns(self) -> list[AskingTurn]:
        """Return the turns that are chosen."""
        found = [self.model.turn(row) for row in self.table.chosen()]
        return [one for one in found if one is not None]

    def _keep_chosen(self, turn: AskingTurn | None, at: int) -> None:
        """Choose a turn where none is: the one before, or the one that took its place."""
        if not self.model.rowCount() or self.table.chosen():
            return
        row = self.model.row_of(turn.turn) if turn is not None else 0
        self.table.selectRow(row if row >= 0 else min(max(at, 0), self.model.rowCount() - 1))

    def _narrow(self) -> None:
        at = self.table.currentIndex().row()
        turn = self.model.turn(at)
        document = self.interview.currentData()
        self.model.set_shown(Shown(document, frozenset(one.id for one in self._questions) or None))
        self._give_lines_room()
        self._share_out()
        self._keep_chosen(turn, at)
        self.table.scrollTo(self.table.currentIndex())
        self._show_asked(document)
        self._read()

    def _show_asked(self, document: DocumentId | None) -> None:
        one = self._questions[0] if len(self._questions) == 1 else None
        self.asked.clear()
        if one is None or document is None or self._contents is None:
            self.asked.setEnabled(False)
            self.asked.addItem(tr("Choose a question and an interview"), None)
            return
        self.asked.setEnabled(self._writable)
        says = self._contents.asked_by_turns(one.id, document)
        said = tr("asked") if says else tr("not asked")
        self.asked.addItem(tr("As the turns say: {asked}", asked=said), None)
        self.asked.addItem(tr("Asked, I say"), True)
        self.asked.addItem(tr("Not asked, I say"), False)
        own = self._contents.by_hand.get((one.id, document))
        self.asked.setCurrentIndex(_AS_TURNS if own is None else _ASKED if own else _NOT_ASKED)

    def _read(self) -> None:
        """Show the turn that is chosen, how it is answered, and why it asks what it asks."""
        one = next(iter(self.turns()), None)
        if one is None:
            there = self._contents is not None and bool(self._contents.turns)
            self.reading.setPlainText(
                tr("No turn asks this. Choose «All turns» and say which one does.")
                if there
                else tr("No interviewer speaks in any source; say among the speakers who asks.")
            )
        else:
            said = self.model.said_of(one.turn)
            reasons = why_words(said).splitlines()
            asks = self.model.asks(said).splitlines()
            if len(reasons) == len(asks):
                asks = [f"{each} ({why})" for each, why in zip(asks, reasons, strict=True)]
            elif reasons:
                asks[-1] += f" ({reasons[0]})"
            parts = (one.said.strip(), *asks, f"— {one.answer}" if one.answer else "")
            self.reading.setPlainText("\n".join(filter(None, parts)))
        for button in self._setters():
            button.setEnabled(one is not None and self._writable)
        for button in (self.set_button, self.add_button):
            button.setEnabled(button.isEnabled() and self._guide is not None)
        self.take_button.setEnabled(self.take_button.isEnabled() and bool(self._asked()))
        self.open_button.setEnabled(one is not None)

    # --------------------------------------------------------------------------------- acting
    def _on_key_pressed(self, meant: str) -> None:
        opening = {
            SET: self._on_set_clicked, ADD: self._on_add_clicked, TAKE: self._on_take_clicked,
        }  # fmt: skip
        if meant in opening:
            opening[meant]()
        else:
            self._set(None, meant)

    def _on_follow_clicked(self) -> None:
        self._set(None, FOLLOW)

    def _on_outside_clicked(self) -> None:
        self._set(None, OUTSIDE)

    def _on_words_clicked(self) -> None:
        self._set(None, WORDS)

    def _on_open_clicked(self) -> None:
        turns = self.turns()
        if turns:
            self.turn_opened.emit(turns[0])

    def _set(self, question: QuestionId | None, role: str) -> None:
        turns, rows = self.turns(), self.table.chosen()
        if not turns or not self._writable:
            return
        following = self.model.turn(rows[-1] + 1)
        self.turns_set.emit([one.turn for one in turns], question, role)
        # On to the next, where one turn was decided and is listed still.
        decided = len(turns) == 1 and role not in (ADD, TAKE)
        if decided and following is not None and self.model.row_of(turns[0].turn) >= 0:
            self.table.selectRow(self.model.row_of(following.turn))
        self.table.setFocus()

    def _on_set_clicked(self) -> None:
        asked = self._asked()
        self._choose(
            tr("Which question does it ask?"),
            [
                ChooserItem(one.id, one.label, detail, checked=True if one.id in asked else None)
                for one, detail in self._offered()
            ],
            self._on_question_chosen,
        )

    def _on_add_clicked(self) -> None:
        asked = self._asked()
        self._choose(
            tr("Which question does it ask too?"),
            [
                ChooserItem(one.id, one.label, detail)
                for one, detail in self._offered()
                if one.id not in asked
            ],
            self._on_further_chosen,
        )

    def _on_take_clicked(self) -> None:
        asked = self._asked()
        if len(asked) == 1:
            self._set(asked[0], TAKE)
        elif asked and self._contents is not None:
            labels = self._contents.labels()
            self._choose(
                tr("Which question does it not ask?"),
                [ChooserItem(one, labels.get(one, "?")) for one in asked],
                self._on_question_taken,
            )

    def _asked(self) -> tuple[QuestionId, ...]:
        """Return the questions of the chosen turns, each once."""
        said = [self.model.said_of(one.turn) for one in self.turns()]
        return tuple(
            dict.fromkeys(question for one in said if one is not None for question in one.questions)
        )

    def _offered(self) -> list[tuple[Question, str]]:
        """Return the questions with how likely they are: what the turn might ask comes first."""
        turn = next(iter(self.turns()), None)
        if self._guide is None or self._contents is None or turn is None:
            return []
        said = self.model.said_of(turn.turn)
        found = said.asked if said is not None and not said.by_hand else ()
        likely = {one.question: one for one in (*found, *self._contents.others.get(turn.turn, ()))}
        by_id = {one.id: one for one in self._guide.questions}
        first = [(by_id[one], score_text(likely[one])) for one in likely if one in by_id]
        return [*first, *((one, "") for one in by_id.values() if one.id not in likely)]

    def _choose(
        self, title: str, items: Sequence[ChooserItem], chosen: Callable[[object], None]
    ) -> None:
        """Let the user choose one of some questions, below the turn that is chosen."""
        if not self._writable or not self.turns() or not items:
            return
        self.chooser = Chooser(self._theme, title, items, self)
        self.chooser.resize(self._theme.px(640), self.chooser.height())
        self.chooser.chosen.connect(chosen)
        self.chooser.destroyed.connect(self._on_chooser_destroyed)
        index = self.table.currentIndex().siblingAtColumn(SAID)
        corner = self.table.visualRect(index).bottomLeft()
        self.chooser.open_at(self.table.viewport().mapToGlobal(corner))

    def _on_chooser_destroyed(self) -> None:
        self.chooser = None

    def _on_question_chosen(self, question: object) -> None:
        self._set(QuestionId(question), "question")  # pyright: ignore[reportArgumentType]

    def _on_further_chosen(self, question: object) -> None:
        self._set(QuestionId(question), ADD)  # pyright: ignore[reportArgumentType]

    def _on_question_taken(self, question: object) -> None:
        self._set(QuestionId(question), TAKE)  # pyright: ignore[reportArgumentType]

    def _on_asked_activated(self, place: int) -> None:
        document = self.interview.currentData()
        if len(self._questions) == 1 and document is not None:
            self.asked_set.emit(self._questions[0].id, document, self.asked.itemData(place))
