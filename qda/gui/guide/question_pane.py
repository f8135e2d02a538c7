"""The questions of a guide: where they were asked, what they are about, and their answers.

They are changed here too: other words in the row itself, a further one in the field below.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from qda.gui.guide.contents import GuideContents
from qda.gui.guide.models import ASKED, CODES, QUESTION, QuestionsModel
from qda.gui.guide.table import KeyTable
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.chooser import Chooser, ChooserItem
from qda.gui.widgets.flow_layout import flowing
from qda.gui.widgets.padded_delegate import PaddedDelegate
from qda.model.guides import Guide, Question


class _RowEditor(PaddedDelegate):
    """Give lines room above and below, and let one write across the whole row.

    Questions alone are broken into lines, so that many codes make no row high.
    """

    def initStyleOption(  # noqa: N802 - the library's name
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Take what a cell shows; but for questions on one line."""
        super().initStyleOption(option, index)
        if index.column() != QUESTION:
            option.features &= ~QStyleOptionViewItem.ViewItemFeature.WrapText  # pyright: ignore[reportAttributeAccessIssue]

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the size of the words with room on all sides."""
        return super().sizeHint(option, index) + QSize(0, 2 * self._room)

    def updateEditorGeometry(
        self,
        editor: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Give the editor the row's width."""
        super().updateEditorGeometry(editor, option, index)
        around = editor.parentWidget()
        if around is not None:
            editor.setGeometry(0, editor.y(), around.width(), editor.height())


_WIDE = 380
"""Pixels at 100 % from which there is room for the codes of questions."""


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

    reworded = Signal(object, str)
    """The user gives a question other words.

    Parameters: its `QuestionId`; the words.
    """
    added = Signal(object, str)
    """The user wants a further question.

    Parameters: the `QuestionId` it comes after, None for the end; its words.
    """
    removed = Signal(object)
    """The user wants the question of this `QuestionId` removed."""
    moved = Signal(object, bool)
    """The user wants a question elsewhere.

    Parameters: its `QuestionId`; whether one place down, else up.
    """

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
        triggers = QAbstractItemView.EditTrigger
        self.table.setEditTriggers(triggers.DoubleClicked | triggers.EditKeyPressed)
        self.table.setItemDelegate(_RowEditor(theme.px(6), self.table))
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("A further question; Enter adds it after the chosen one"))
        self.field.setAccessibleName(tr("A further question"))
        row, flow = flowing(self, theme.px(8))
        self.code_button = QPushButton(tr("&Codes of the question …"), row)
        self.answers_button = QPushButton(tr("Code the ans&wers …"), row)
        self.change_button = QPushButton(tr("Chan&ge the guide"), row)
        self.change_button.setMenu(self._menu())
        for button in (self.code_button, self.answers_button, self.change_button):
            button.setAutoDefault(False)
            flow.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, theme.px(8), 0)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self.table, 1)
        layout.addWidget(self.field)
        layout.addWidget(row)
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        header.setSectionResizeMode(QUESTION, mode.Stretch)
        header.setSectionResizeMode(ASKED, mode.ResizeToContents)
        header.setSectionResizeMode(CODES, mode.Interactive)
        header.resizeSection(CODES, theme.px(110))
        # A question is read whole, on as many lines as it takes.
        self.table.setWordWrap(True)
        rows = self.table.verticalHeader()
        rows.setMinimumSectionSize(rows.defaultSectionSize())
        rows.setSectionResizeMode(mode.ResizeToContents)
        self.table.selectionModel().selectionChanged.connect(self._on_selection_changed)
        self.model.reworded.connect(self.reworded)
        self.field.returnPressed.connect(self._on_field_return_pressed)
        self.code_button.clicked.connect(self._on_code_clicked)
        self.answers_button.clicked.connect(self._on_answers_clicked)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the codes where questions need the room."""
        super().resizeEvent(event)
        self._show_codes()

    def _show_codes(self) -> None:
        shown = self.model.has_codes() and self.width() >= self._theme.px(_WIDE)
        self.table.setColumnHidden(CODES, not shown)

    def _menu(self) -> QMenu:
        """Return what can be done with the chosen question; the keys hold in the list."""
        menu = QMenu(self)
        self._actions = [
            self._action(menu, tr("Other words"), "F2", self.edit),
            self._action(menu, tr("Move up"), "Alt+Up", partial(self._move, down=False)),
            self._action(menu, tr("Move down"), "Alt+Down", partial(self._move, down=True)),
            self._action(menu, tr("Remove the question"), "Del", self._remove),
        ]
        self.table.addActions(self._actions)
        self.table.setContextMenuPolicy(Qt.ContextMenuPolicy.ActionsContextMenu)
        return menu

    def _action(self, menu: QMenu, title: str, key: str, run: Callable[[], None]) -> QAction:
        action = QAction(title, self)
        action.setShortcut(QKeySequence(key))
        action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        action.triggered.connect(run)
        menu.addAction(action)
        return action

    def show_guide(self, contents: GuideContents, guide: Guide | None, *, writable: bool) -> None:
        """Show the questions of a guide; what is chosen stays chosen."""
        self._contents, self._writable = contents, writable and guide is not None
        codes = {
            question: [contents.codes[one] for one in linked]
            for question, linked in contents.linked.items()
        }
        asked = contents.asked.get(guide.id, {}) if guide else {}
        chosen, rows = self.questions(), self.table.chosen()
        self.model.set_guide(guide, asked, codes, editable=self._writable)
        if chosen and not self.table.chosen():
            # Where it went, or what stands there now that it is gone.
            self.table.selectRow(self.model.row_of(chosen[0].id) or self.model.nearest(rows[0]))
        self.table.clearSpans()
        for row in self.model.headings():
            self.table.setSpan(row, QUESTION, 1, CODES + 1)
        self._show_codes()
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
        self.field.setEnabled(self._writable)
        self.change_button.setEnabled(chosen)
        for action in self._actions:
            action.setEnabled(chosen)

    def edit(self) -> None:
        """Let the user write other words for the chosen question."""
        questions = self.questions()
        if questions and self._writable:
            self.table.edit(self.model.index(self.model.row_of(questions[0].id), QUESTION))

    def _move(self, *, down: bool) -> None:
        self.moved.emit(self.questions()[0].id, down)

    def _remove(self) -> None:
        self.removed.emit(self.questions()[0].id)

    def _on_field_return_pressed(self) -> None:
        text = self.field.text().strip()
        if text:
            questions = self.questions()
            self.added.emit(questions[-1].id if questions else None, text)

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
