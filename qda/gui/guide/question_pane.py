"""The questions of a guide: where they were asked, what they are about, and their answers."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHeaderView, QPushButton, QVBoxLayout, QWidget

from qda.gui.guide.contents import GuideContents
from qda.gui.guide.models import ASKED, CODES, QUESTION, QuestionsModel
from qda.gui.guide.table import KeyTable
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.chooser import Chooser, ChooserItem
from qda.gui.widgets.flow_layout import flowing
from qda.model.guides import Guide, Question


class QuestionPane(QWidget):
    """A list of questions; what is chosen in it narrows the list of turns."""

    chosen = Signal()
    """Other questions are chosen."""
    code_toggled = Signal(list, object)
    """The user links questions with a code, or takes the link away.

    Parameters: the `QuestionId`s; the `CodeId`.
    """
    answers_wanted = Signal(list)
    """The user wants to code the answers to the questions of these `QuestionId`s."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make an empty list."""
        super().__init__(parent)
        self._theme = theme
        self._contents: GuideContents | None = None
        self._writable = False
        self.chooser: Chooser | None = None
        self.model = QuestionsModel(self)
        self.table = KeyTable(theme, tr("Questions of the guide"), {}, self)
        self.table.setModel(self.model)
        row, flow = flowing(self, theme.px(8))
        self.code_button = QPushButton(tr("&Codes of the question …"), row)
        self.answers_button = QPushButton(tr("Code the ans&wers …"), row)
        for button in (self.code_button, self.answers_button):
            button.setAutoDefault(False)
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.px(8), 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.table, 1)
        layout.addWidget(row)
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(QUESTION, mode.Stretch)
        header.setSectionResizeMode(ASKED, mode.ResizeToContents)
        header.setSectionResizeMode(CODES, mode.Interactive)
        header.resizeSection(CODES, theme.px(110))
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.code_button.clicked.connect(self._on_code_clicked)
        self.answers_button.clicked.connect(self._on_answers_clicked)

    def show_guide(self, contents: GuideContents, guide: Guide | None, *, writable: bool) -> None:
        """Show the questions of a guide; what is chosen stays chosen."""
        self._contents, self._writable = contents, writable and guide is not None
        codes = {
            question: [contents.codes[one] for one in linked]
            for question, linked in contents.linked.items()
        }
        self.model.set_guide(guide, contents.asked.get(guide.id, {}) if guide else {}, codes)
        self.table.clearSpans()
        for row in self.model.headings():
            self.table.setSpan(row, QUESTION, 1, CODES + 1)
        self.table.setColumnHidden(CODES, not self.model.has_codes())
        if not self.table.chosen():
            self.table.selectRow(0)
        self._enable()

    def questions(self) -> list[Question]:
        """Return the questions that are chosen; none for all turns."""
        lines = [self.model.line(row) for row in self.table.chosen()]
        return [one for one in lines if one is not None and one.kind == "question"]

    def choose(self, question: Question) -> None:
        """Choose one question."""
        self.table.selectRow(self.model.row_of(question.id))

    def _enable(self) -> None:
        chosen = bool(self.questions()) and self._writable
        known = self._contents is not None and bool(self._contents.codes)
        self.code_button.setEnabled(chosen and known)
        self.answers_button.setEnabled(chosen and known)

    def _on_selection_changed(self) -> None:
        self._enable()
        self.chosen.emit()

    def _on_code_clicked(self) -> None:
        questions = self.questions()
        if not questions or self._contents is None:
            return
        linked = set(self._contents.linked.get(questions[0].id, ()))
        items = [
            ChooserItem(code, path, checked=code in linked)
            for code, path in self._contents.codes.items()
        ]
        name = tr("Which code is the question about?")
        self.chooser = Chooser(self._theme, name, items, self)
        self.chooser.chosen.connect(self._on_code_chosen)
        self.chooser.destroyed.connect(self._on_chooser_destroyed)
        self.chooser.open_below(self.code_button)

    def _on_chooser_destroyed(self) -> None:
        self.chooser = None

    def _on_code_chosen(self, code: object) -> None:
        self.code_toggled.emit([one.id for one in self.questions()], code)
        self.code_button.setFocus()

    def _on_answers_clicked(self) -> None:
        self.answers_wanted.emit([one.id for one in self.questions()])
