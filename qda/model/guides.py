"""Interview guides: their questions, what interviewers' turns ask, and what answers it."""

from dataclasses import dataclass
from typing import Literal

from qda.model.ids import CodeId, DocumentId, Guid, GuideId, QuestionId, TurnId

LineKind = Literal["heading", "question", "probe", "note"]
LINE_KINDS: tuple[LineKind, ...] = ("heading", "question", "probe", "note")
"""What a line of a guide is; notes are for the interviewer alone and are not kept."""

TurnRole = Literal["question", "follow-up", "outside"]
"""An interviewer's turn asks a question of the guide, goes on about the one before, or asks
something that is not in the guide."""

SEVERAL = " · "
"""Stands between the questions of one turn where they are written on one line."""

FULL_SCORE = 1000
"""Scores are kept as whole thousandths."""


@dataclass(frozen=True, slots=True)
class GuideLine:
    """A line of a guide as it was read; `number` is how the file numbers it, or empty."""

    kind: LineKind
    number: str
    text: str


@dataclass(frozen=True, slots=True)
class ReadGuide:
    """A guide as it was read from a file."""

    name: str
    file_name: str
    lines: tuple[GuideLine, ...]


@dataclass(frozen=True, slots=True)
class Question:
    """A line of a guide that is kept: a question under its heading, or a probe of a question."""

    id: QuestionId
    guid: Guid
    guide: GuideId
    kind: Literal["heading", "question", "probe"]
    number: str
    text: str
    position: int

    @property
    def label(self) -> str:
        """Return number and text, as a list shows them."""
        number = self.number.rstrip(".)")
        return f"{number}. {self.text}" if number else self.text


@dataclass(frozen=True, slots=True)
class Guide:
    """An interview guide with its lines in order."""

    id: GuideId
    guid: Guid
    name: str
    file_name: str
    created: str
    lines: tuple[Question, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return what is asked, without headings and probes."""
        return tuple(one for one in self.lines if one.kind == "question")


@dataclass(frozen=True, slots=True)
class AskedInTurn:
    """A question that a turn asks.

    `score` is in thousandths and 0 where a person decided; `words` are those that agreed.
    """

    question: QuestionId
    score: int = 0
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class TurnQuestions:
    """What an interviewer's turn asks: `asked` in that order, none where the role says so."""

    turn: TurnId
    role: TurnRole
    by_hand: bool
    asked: tuple[AskedInTurn, ...] = ()

    @property
    def questions(self) -> tuple[QuestionId, ...]:
        """Return the questions in the order in which they are asked."""
        return tuple(one.question for one in self.asked)


@dataclass(frozen=True, slots=True)
class AskedByHand:
    """What a person says of a question in a document, whatever its turns say."""

    question: QuestionId
    document: DocumentId
    asked: bool


@dataclass(frozen=True, slots=True)
class QuestionCode:
    """That a question is about a code."""

    question: QuestionId
    code: CodeId


@dataclass(frozen=True, slots=True)
class Answer:
    """An informant's turn that answers a question; offsets are half-open code points.

    `follow_ups` counts the interviewer's turns in between: 0 is said at once.
    """

    document: DocumentId
    question: QuestionId
    turn: TurnId
    number: int
    start: int
    end: int
    follow_ups: int
