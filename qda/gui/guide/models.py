"""The questions of a guide and the turns of interviewers, as tables."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont

from qda.app.guide_reading import AskingTurn
from qda.gui.language import current_catalogue, tr
from qda.model.guides import FULL_SCORE, AskedInTurn, Guide, Question, TurnQuestions
from qda.model.ids import QuestionId, TurnId

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
QUESTION, ASKED, CODES = range(3)
TITLE, TURN, SAID, ASKS, WHY = range(5)
_RIGHT = int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)


class QuestionsModel(QAbstractTableModel):
    """A first row for all turns, then headings and questions with where they were asked."""

    reworded = Signal(object, str)
    """The user gives a question other words.

    Parameters: its `QuestionId`; the words.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        """Start without a guide."""
        super().__init__(parent)
        self._editable = False
        self._lines: list[Question] = []
        self._probes: dict[QuestionId, list[str]] = {}
        self._asked: Mapping[QuestionId, tuple[int, int]] = {}
        self._codes: Mapping[QuestionId, Sequence[str]] = {}

    def set_guide(
        self,
        guide: Guide | None,
        asked: Mapping[QuestionId, tuple[int, int]],
        codes: Mapping[QuestionId, Sequence[str]],
        *,
        editable: bool = False,
    ) -> None:
        """Show a guide; one with the same lines keeps its rows."""
        lines = [one for one in guide.lines if one.kind != "probe"] if guide is not None else []
        self._asked, self._codes, self._editable = asked, codes, editable
        same = [one.id for one in lines] == [one.id for one in self._lines]
        if not same:
            self.beginResetModel()
        self._lines = lines
        self._probes = {}
        at: Question | None = None
        for one in guide.lines if guide is not None else ():
            if one.kind == "probe" and at is not None:
                self._probes.setdefault(at.id, []).append(one.text)
            elif one.kind == "question":
                at = one
        if same:
            self.dataChanged.emit(self.index(0, 0), self.index(len(lines), CODES))
        else:
            self.endResetModel()

    def headings(self) -> list[int]:
        """Return the rows of headings."""
        return [at for at, one in enumerate(self._lines, 1) if one.kind == "heading"]

    def has_codes(self) -> bool:
        """Tell whether any question is about a code."""
        return any(self._codes.get(one.id) for one in self._lines)

    def line(self, row: int) -> Question | None:
        """Return the heading or question in a row, None for the first."""
        return self._lines[row - 1] if 1 <= row <= len(self._lines) else None

    def row_of(self, question: QuestionId) -> int:
        """Return the row of a question, 0 where it is not there."""
        return next((at for at, one in enumerate(self._lines, 1) if one.id == question), 0)

    def nearest(self, row: int) -> int:
        """Return the row of the question at or behind a row, else before it, else the first row."""
        rows = [at for at, one in enumerate(self._lines, 1) if one.kind == "question"]
        return next((at for at in rows if at >= row), rows[-1] if rows else 0)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many rows there are."""
        return 0 if parent.isValid() else len(self._lines) + 1

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else CODES + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation == Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            return (tr("Question"), tr("Asked in"), tr("Codes"))[section]
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Let headings be passed over."""
        line = self.line(index.row())
        if line is not None and line.kind == "heading":
            return Qt.ItemFlag.NoItemFlags
        flags = super().flags(index)
        if line is not None and self._editable and index.column() == QUESTION:
            return flags | Qt.ItemFlag.ItemIsEditable
        return flags

    def setData(self, index: Index, value: object, role: int = Qt.ItemDataRole.EditRole) -> bool:
        """Tell of other words; they are there when the project has them."""
        line = self.line(index.row())
        text = " ".join(str(value).split())
        if role != Qt.ItemDataRole.EditRole or line is None or text in ("", line.text):
            return False
        self.reworded.emit(line.id, text)
        return True

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell; headings are bold."""
        line = self.line(index.row())
        if role == Qt.ItemDataRole.EditRole and line is not None:
            return line.text
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.EditRole):
            return self._text(line, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = (self._text(line, column) for column in (QUESTION, ASKED, CODES))
            return ", ".join(filter(None, words))
        if role == Qt.ItemDataRole.ToolTipRole and line is not None:
            return self._hint(line, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == ASKED:
            return _RIGHT
        if role == Qt.ItemDataRole.FontRole and line is not None and line.kind == "heading":
            font = QFont()
            font.setBold(True)
            return font
        return None

    def _hint(self, line: Question, column: int) -> str:
        if column == ASKED:
            asked, through = self._asked.get(line.id, (0, 0))
            return tr("Asked in {n} of {all} interviews", n=asked, all=through)
        hint = "\n– ".join((line.label, *self._probes.get(line.id, ())))
        codes = self._text(line, CODES)
        return f"{hint}\n{tr('Codes')}: {codes}" if codes else hint

    def _text(self, line: Question | None, column: int) -> str:
        if line is None:
            return tr("All turns") if column == QUESTION else ""
        if column == QUESTION:
            return line.label
        if line.kind == "heading":
            return ""
        if column == CODES:
            return ", ".join(self._codes.get(line.id, ()))
        asked, through = self._asked.get(line.id, (0, 0))
        return f"{asked}/{through}" if through else ""


@dataclass(frozen=True, slots=True)
class Shown:
    """Which turns are listed: of one interview or all, that ask one of some questions or all."""

    document: int | None = None
    questions: frozenset[QuestionId] | None = None


class TurnsModel(QAbstractTableModel):
    """Interviewers' turns with the questions that each asks, one on a line."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._turns: Sequence[AskingTurn] = ()
        self._said: Mapping[TurnId, TurnQuestions] = {}
        self._labels: Mapping[QuestionId, str] = {}
        self._shown = Shown()
        self._rows: list[AskingTurn] = []

    def set_turns(
        self,
        turns: Sequence[AskingTurn],
        said: Mapping[TurnId, TurnQuestions],
        labels: Mapping[QuestionId, str],
    ) -> None:
        """Show turns, what is said of them, and how questions are called."""
        self._turns, self._said, self._labels = turns, said, labels
        self._fill()

    def set_shown(self, shown: Shown) -> None:
        """List other turns."""
        self._shown = shown
        self._fill()

    def _fill(self) -> None:
        rows = [one for one in self._turns if self._lets_through(one)]
        if rows == self._rows:
            if rows:
                self.dataChanged.emit(self.index(0, 0), self.index(len(rows) - 1, WHY))
            return
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def _lets_through(self, turn: AskingTurn) -> bool:
        shown = self._shown
        if shown.document not in (None, turn.document):
            return False
        said = self._said.get(turn.turn)
        if shown.questions is None:
            return True
        return said is not None and not shown.questions.isdisjoint(said.questions)

    def turn(self, row: int) -> AskingTurn | None:
        """Return the turn in a row."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def row_of(self, turn: TurnId) -> int:
        """Return the row of a turn, -1 where it is not listed."""
        return next((at for at, one in enumerate(self._rows) if one.turn == turn), -1)

    def said_of(self, turn: TurnId) -> TurnQuestions | None:
        """Return what is said of a turn."""
        return self._said.get(turn)

    def lines_of(self, row: int) -> int:
        """Return how many lines a row needs: as many as its turn asks questions."""
        said = self._said.get(self._rows[row].turn)
        return max(1, len(said.asked)) if said is not None else 1

    def counts(self, rows: Iterable[AskingTurn] | None = None) -> tuple[int, int, int]:
        """Return how many turns there are, ask a question, and are set by hand."""
        turns = list(self._turns if rows is None else rows)
        said = [self._said[one.turn] for one in turns if one.turn in self._said]
        asking = sum(bool(one.asked) for one in said)
        return len(turns), asking, sum(one.by_hand for one in said)

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        """Return how many turns are listed."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else WHY + 1

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column."""
        if orientation != Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        return (tr("Interview"), tr("Turn"), tr("The interviewer says"), tr("Question"), tr("Why"))[
            section
        ]

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the words of a cell; what a person decided is bold."""
        one = self.turn(index.row())
        if one is None:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(one, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            texts = (self._text(one, column) for column in range(WHY + 1))
            return ", ".join(texts).replace("\n", ", ")
        if role == Qt.ItemDataRole.ToolTipRole:
            return one.said if index.column() == SAID else self._text(one, index.column())
        if role == Qt.ItemDataRole.TextAlignmentRole and index.column() == TURN:
            return _RIGHT
        said = self._said.get(one.turn)
        if role == Qt.ItemDataRole.FontRole and said is not None and said.by_hand:
            font = QFont()
            font.setBold(index.column() == ASKS)
            return font
        return None

    def _text(self, one: AskingTurn, column: int) -> str:
        if column == TITLE:
            return one.title
        if column == TURN:
            return str(one.number)
        if column == SAID:
            return " ".join(one.said.split())
        said = self._said.get(one.turn)
        return self.asks(said) if column == ASKS else why_words(said)

    def asks(self, said: TurnQuestions | None) -> str:
        """Return what a turn asks, in words; each question on a line of its own."""
        if said is None:
            return "–"
        if said.asked:
            return "\n".join(self._labels.get(one, "?") for one in said.questions)
        return tr("Outside the guide") if said.role == "outside" else tr("A follow-up")


def why_words(said: TurnQuestions | None) -> str:
    """Return why a turn is said to ask what it asks, a line for each question."""
    if said is None:
        return ""
    if said.by_hand:
        return tr("set by hand")
    return "\n".join(f"{score_text(one)} · {', '.join(one.words)}" for one in said.asked)


def score_text(one: AskedInTurn) -> str:
    """Return how sure it is that a turn asks a question, between 0 and 1."""
    return current_catalogue().format_number(round(one.score / FULL_SCORE, 2))
