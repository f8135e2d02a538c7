"""Answers to questions before they are coded: what is said, and which of it gets the code."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.app.guide_reading import GivenAnswer
from qda.gui.guide.table import KeyTable
from qda.gui.language import tr, tr_n
from qda.gui.theme import Theme
from qda.gui.widgets.buttons import name_button
from qda.gui.widgets.chooser import Chooser, ChooserItem
from qda.model.guides import Answer
from qda.model.ids import CodeId

Index = QModelIndex | QPersistentModelIndex
TITLE, TURN, SPEAKER, FOLLOWS, SAID = range(5)
_NOWHERE = QModelIndex()
TOGGLE = "toggle"


class AnswersModel(QAbstractTableModel):
    """Answers with a box each."""

    ticked = Signal()
    """Another answer is ticked, or one less."""

    def __init__(self, answers: Sequence[GivenAnswer], parent: QObject | None = None) -> None:
        """Show answers, all of them ticked."""
        super().__init__(parent)
        self._answers = answers
        self._on = set(range(len(answers)))

    def chosen(self) -> list[Answer]:
        """Return the answers that are ticked, in order."""
        return [self._answers[row].answer for row in sorted(self._on)]

    def tick_only(self, rows: Sequence[int]) -> None:
        """Tick these answers and no others."""
        self._on = set(rows)
        self._tell()

    def toggle(self, rows: Sequence[int]) -> None:
        """Turn answers on where any of them is off, else off."""
        on = set(rows)
        self._on = self._on - on if on <= self._on else self._on | on
        self._tell()

    def direct(self) -> list[int]:
        """Return the rows of what was said before the interviewer asked on."""
        return [row for row, one in enumerate(self._answers) if not one.answer.follow_ups]

    def _tell(self) -> None:
        if self._answers:
            self.dataChanged.emit(self.index(0, 0), self.index(len(self._answers) - 1, SAID))
        self.ticked.emit()

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many answers there are."""
        return 0 if parent.isValid() else len(self._answers)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else SAID + 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let the first column be ticked."""
        base = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return base | Qt.ItemFlag.ItemIsUserCheckable if index.column() == TITLE else base

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.ToolTipRole and section == FOLLOWS:
            return tr("How many turns of the interviewer stand between the question and this")
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Interview"), tr("Turn"), tr("Who"), tr("Follow-ups"), tr("Answer"))[section]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell and whether it is ticked."""
        one, column = self._answers[index.row()], index.column()
        if role == Qt.ItemDataRole.CheckStateRole and column == TITLE:
            on = index.row() in self._on
            return Qt.CheckState.Checked if on else Qt.CheckState.Unchecked
        texts = (
            one.title, str(one.answer.number), one.speaker,
            str(one.answer.follow_ups or ""), one.said,
        )  # fmt: skip
        if role == Qt.ItemDataRole.DisplayRole:
            return texts[column]
        if role == Qt.ItemDataRole.AccessibleTextRole:
            state = tr("ticked") if index.row() in self._on else tr("not ticked")
            return ", ".join(filter(None, (state, *texts)))
        if role == Qt.ItemDataRole.ToolTipRole and column == SAID:
            return one.said
        if role == Qt.ItemDataRole.TextAlignmentRole and column in (TURN, FOLLOWS):
            return int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return None

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tick or untick one."""
        if role != Qt.ItemDataRole.CheckStateRole:
            return False
        checked = value in (Qt.CheckState.Checked, Qt.CheckState.Checked.value)
        if checked != (index.row() in self._on):
            self.toggle([index.row()])
        return True


class AnswersDialog(QDialog):
    """List answers to questions; the user unticks some, chooses a code and has them coded."""

    code_wanted = Signal(object, list)
    """The user wants answers coded.

    Parameters: the `CodeId`; the `Answer`s.
    """

    def __init__(
        self,
        theme: Theme,
        questions: Sequence[str],
        answers: Sequence[GivenAnswer],
        codes: Mapping[CodeId, str],
        code: CodeId | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Show the answers to `questions`; `code` is what they are about, as far as is known."""
        super().__init__(parent)
        self.setWindowTitle(tr("Code the answers"))
        self._theme = theme
        self._codes = codes
        self.code = code
        self.chooser: Chooser | None = None
        self.model = AnswersModel(answers, self)
        self.table = KeyTable(theme, tr("Answers"), {Qt.Key.Key_Space: TOGGLE}, self)
        self.table.setModel(self.model)
        self._questions = QLabel("\n".join(questions), self)
        self._questions.setProperty("kind", "heading")
        self._questions.setTextFormat(Qt.TextFormat.PlainText)
        self._questions.setWordWrap(True)
        self.direct = QCheckBox(tr("Only what is said before the interviewer asks &on"), self)
        self.code_button = QPushButton(self)
        self.code_button.setAutoDefault(False)
        self.buttons = QDialogButtonBox(self)
        self.run = self.buttons.addButton("", QDialogButtonBox.ButtonRole.AcceptRole)
        self.run.setDefault(True)
        self.buttons.addButton(QDialogButtonBox.StandardButton.Cancel)
        self._lay_out()
        self._tell()
        self.table.key_pressed.connect(self._on_key_pressed)
        self.direct.toggled.connect(self._on_direct_toggled)
        self.model.ticked.connect(self._tell)
        self.code_button.clicked.connect(self._on_code_button_clicked)
        self.buttons.accepted.connect(self._on_buttons_accepted)
        self.buttons.rejected.connect(self.reject)

    def _lay_out(self) -> None:
        theme = self._theme
        hint = QLabel(
            tr("Each informant's turn is coded by itself. The space bar ticks what is chosen."),
            self,
        )
        hint.setProperty("kind", "muted")
        hint.setWordWrap(True)
        label = QLabel(tr("C&ode with"), self)
        label.setProperty("kind", "label")
        label.setBuddy(self.code_button)
        row = QHBoxLayout()
        row.setSpacing(theme.px(8))
        row.addWidget(label)
        row.addWidget(self.code_button)
        row.addStretch(1)
        row.addWidget(self.direct)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(8))
        layout.addWidget(self._questions)
        layout.addWidget(hint)
        layout.addLayout(row)
        layout.addWidget(self.table, 1)
        layout.addWidget(self.buttons)
        header, mode = self.table.horizontalHeader(), QHeaderView.ResizeMode
        for section, width in ((TITLE, 150), (SPEAKER, 100)):
            header.setSectionResizeMode(section, mode.Interactive)
            header.resizeSection(section, theme.px(width))
        for section in (TURN, FOLLOWS):
            header.setSectionResizeMode(section, mode.ResizeToContents)
        header.setSectionResizeMode(SAID, mode.Stretch)
        wanted = QSize(theme.px(980), theme.px(600))
        self.resize(wanted.boundedTo(self.screen().availableSize()))
        if self.model.rowCount():
            self.table.selectRow(0)
        self.table.setFocus()

    def _tell(self) -> None:
        count = len(self.model.chosen())
        name_button(self.run, tr_n("Code {n} answer", "Code {n} answers", count), self._theme)
        self.run.setEnabled(count > 0 and self.code is not None)
        chosen = self._codes.get(self.code, "") if self.code is not None else ""
        self.code_button.setText(chosen or tr("Choose a code …"))

    def _on_key_pressed(self, _meant: str) -> None:
        self.model.toggle(self.table.chosen())

    def _on_direct_toggled(self, on: bool) -> None:  # noqa: FBT001 - slot
        self.model.tick_only(self.model.direct() if on else range(self.model.rowCount()))

    def _on_code_button_clicked(self) -> None:
        items = [ChooserItem(code, path) for code, path in self._codes.items()]
        self.chooser = Chooser(self._theme, tr("Which code?"), items, self)
        self.chooser.chosen.connect(self._on_code_chosen)
        self.chooser.destroyed.connect(self._on_chooser_destroyed)
        self.chooser.open_below(self.code_button)

    def _on_chooser_destroyed(self) -> None:
        self.chooser = None

    def _on_code_chosen(self, code: object) -> None:
        self.code = CodeId(code)  # pyright: ignore[reportArgumentType]
        self._tell()
        self.run.setFocus()

    def _on_buttons_accepted(self) -> None:
        if self.code is not None:
            self.code_wanted.emit(self.code, self.model.chosen())
