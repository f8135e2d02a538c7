"""Answers to a survey on their way in: how a sheet is to be taken, and what it then holds."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from qda.model.entities import Language, Value, VariableType
from qda.model.import_report import ReportBuilder


@dataclass(frozen=True, slots=True)
class SurveyChoices:
    """What the columns of a sheet are, by their places.

    `text` become documents: one for each answer, or with `joined` one for each respondent.
    `identifier` names the respondent, `case` the office. `types` are the attributes with their
    types; a column that stands nowhere is left out.
    """

    text: tuple[int, ...]
    identifier: int | None = None
    case: int | None = None
    types: Mapping[int, VariableType] = field(default_factory=dict[int, VariableType])
    joined: bool = False


@dataclass(frozen=True, slots=True)
class AnswerSpan:
    """An answer inside the text of a document, and the heading it was given under."""

    start: int
    end: int
    question: str


@dataclass(frozen=True, slots=True)
class AnswerDocument:
    """A document to be: its text with what is computed of it, and the answers in it.

    `suffix` stands behind the respondent in the name of the document, empty where it needs none.
    """

    suffix: str
    text: str
    text_hash: str
    words: int
    language: Language
    answers: tuple[AnswerSpan, ...]


@dataclass(frozen=True, slots=True)
class Respondent:
    """A row of the sheet: who answered, for which office, what they wrote, what is known of them.

    `row` is the row's number in the sheet, `number` counts respondents from 1. `name` and `case`
    are empty where the sheet does not say. `values` go with the attributes of the survey.
    """

    row: int
    number: int
    name: str
    case: str
    documents: tuple[AnswerDocument, ...]
    values: tuple[Value | None, ...]


@dataclass(frozen=True, slots=True)
class Survey:
    """A sheet as it comes in, with the report that goes along."""

    title: str
    file_name: str
    file_type: str
    encoding: str
    source: bytes
    attributes: tuple[tuple[str, VariableType], ...]
    respondents: tuple[Respondent, ...]
    report: ReportBuilder
