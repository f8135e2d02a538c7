"""From a sheet of answers to respondents with documents and attributes. Changes no project."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from qda.formats.cell_values import holds_prose
from qda.formats.grid import read_bytes
from qda.formats.sheets import Sheet, SheetCell, convert, guess_type, read_sheet
from qda.jobs.progress import Progress
from qda.model.entities import Language, Value, VariableType
from qda.model.errors import FileProblem, NotAllowed, NotFound
from qda.model.import_report import ReportBuilder
from qda.model.messages import Message, message
from qda.model.survey import AnswerDocument, AnswerSpan, Respondent, Survey, SurveyChoices
from qda.operations.sheets import NAMES
from qda.text.language_guess import guess_language
from qda.text.normalise import dropped_warning, normalise, text_hash
from qda.text.words import count_words

LOOKED_AT = 2_000
"""Rows by which a column is judged."""
SHOWN_ROWS = 10
SUFFIX = 40
SAMPLE = 300
"""Answers by which the usual language of a sheet is judged."""
TYPE_WORDS: dict[VariableType, Message] = {
    "number": message("number"),
    "date": message("date"),
    "boolean": message("yes or no"),
    "text": message("text"),
}
LANGUAGE_WORDS: dict[Language, Message] = {
    "nb": message("bokmål"),
    "nn": message("nynorsk"),
    "en": message("English"),
}
IDENTIFIERS = NAMES["participant"] | {
    "id", "respondent", "respondent id", "respondentid", "respondent-id", "svar-id", "svarid",
    "nr", "løpenummer", "løpenr",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class SurveySheet:
    """A sheet of answers as read: its cells, its bytes, and the type that each column fits.

    `filled` counts the cells of each column that are not empty.
    """

    path: Path
    source: bytes
    sheet: Sheet
    types: tuple[VariableType, ...]
    filled: tuple[int, ...]


def read_survey(path: Path, progress: Progress | None = None) -> SurveySheet:
    """Read a sheet of answers. Raises FileProblem, and Cancelled from `progress`."""
    progress = progress or Progress()
    progress.start(0, message("Reading {name}", name=path.name))
    progress.step(0)
    source = read_bytes(path)
    sheet = read_sheet(path, progress, mend_names=True)
    if not sheet.rows:
        raise FileProblem(message("{file} has headings but no answers.", file=path.name))
    types: list[VariableType] = []
    filled: list[int] = []
    for index in range(len(sheet.columns)):
        progress.step(0)
        types.append(guess_type(row[index] for row in sheet.rows))
        filled.append(sum(row[index] is not None for row in sheet.rows))
    return SurveySheet(path, source, sheet, tuple(types), tuple(filled))


def propose(read: SurveySheet) -> SurveyChoices:
    """Propose what the columns are: long texts are answers, known headings say the rest."""
    columns = [name.casefold() for name in read.sheet.columns]
    identifier = next((at for at, name in enumerate(columns) if name in IDENTIFIERS), None)
    case = next((at for at, name in enumerate(columns) if name in NAMES["case"]), None)
    text = tuple(
        at
        for at, kind in enumerate(read.types)
        if kind == "text"
        and at not in (identifier, case)
        and holds_prose(row[at] for row in read.sheet.rows[:LOOKED_AT])
    )
    taken = {identifier, case, *text}
    types: dict[int, VariableType] = {
        at: kind for at, kind in enumerate(read.types) if at not in taken and read.filled[at]
    }
    return SurveyChoices(text, identifier, case, types)


def choices_by_name(
    read: SurveySheet,
    *,
    text: Sequence[str],
    identifier: str = "",
    case: str = "",
    joined: bool = False,
    types: Mapping[str, str] | None = None,
    without: Sequence[str] = (),
) -> SurveyChoices:
    """Return the choices that name columns by their headings; all others become attributes.

    `types` says of attributes what they are, where that is not what their cells look like;
    `without` stays out. Raises NotFound for a column that is not there, NotAllowed for one named
    for two things or a type that there is not.
    """
    wanted = [_column(read, name) for name in text]
    at_identifier = _column(read, identifier) if identifier else None
    at_case = _column(read, case) if case else None
    unwanted = [_column(read, name) for name in without]
    given: dict[int, VariableType] = {
        _column(read, name): _type(kind) for name, kind in (types or {}).items()
    }
    named = [
        *wanted, *unwanted, *(one for one in (at_identifier, at_case) if one is not None)
    ]  # fmt: skip
    for column, count in Counter([*named, *given]).items():
        if count > 1:
            raise NotAllowed(
                message(
                    "The column {column} is named twice; each column is one thing.",
                    column=read.sheet.columns[column],
                )
            )
    kinds: dict[int, VariableType] = {
        at: given.get(at, kind)
        for at, kind in enumerate(read.types)
        if at not in named and read.filled[at]
    }
    return SurveyChoices(tuple(wanted), at_identifier, at_case, kinds, joined)


def _type(kind: str) -> VariableType:
    for known in TYPE_WORDS:
        if kind.casefold() == known:
            return known
    raise NotAllowed(
        message("{kind} is no type; choose one of {known}.", kind=kind, known=", ".join(TYPE_WORDS))
    )


def _column(read: SurveySheet, name: str) -> int:
    wanted = " ".join(name.split()).casefold()
    for index, column in enumerate(read.sheet.columns):
        if column.casefold() == wanted:
            return index
    raise NotFound(
        message(
            "{file} has no column called {column}; it has {columns}.",
            file=read.path.name,
            column=name,
            columns=", ".join(read.sheet.columns),
        )
    )


def preview_survey(read: SurveySheet, choices: SurveyChoices, rows: int) -> tuple[Respondent, ...]:
    """Return the first respondents as they would come in."""
    language = _usual_language(read, choices)
    maker = _Maker(read, choices, ReportBuilder("survey", read.path.name), language)
    return tuple(maker.respondent(at) for at in range(min(rows, len(read.sheet.rows))))


def attributes_of(
    read: SurveySheet, choices: SurveyChoices
) -> tuple[tuple[str, VariableType], ...]:
    """Return the attributes in the order in which respondents have their values."""
    return tuple((read.sheet.columns[at], kind) for at, kind in sorted(choices.types.items()))


def empty_answers(read: SurveySheet, choices: SurveyChoices) -> int:
    """Return how many cells of the text columns are empty."""
    return sum(_is_blank(row[at]) for row in read.sheet.rows for at in choices.text)


def make_survey(
    read: SurveySheet, choices: SurveyChoices, progress: Progress | None = None
) -> Survey:
    """Turn the rows of a sheet into respondents, and begin the report on them.

    Raises NotAllowed where no column is chosen as text, and Cancelled from `progress`.
    """
    progress = progress or Progress()
    if not choices.text:
        raise NotAllowed(message("No column is chosen as text; choose at least one."))
    report = ReportBuilder("survey", read.path.name)
    maker = _Maker(read, choices, report, _usual_language(read, choices))
    progress.start(
        len(read.sheet.rows), message("Reading the answers in {name}", name=read.path.name)
    )
    respondents: list[Respondent] = []
    for at in range(len(read.sheet.rows)):
        if at % 100 == 0:
            progress.step(min(100, len(read.sheet.rows) - at))
        respondents.append(maker.respondent(at))
    maker.tell()
    return Survey(
        title=read.path.stem,
        file_name=read.path.name,
        file_type=read.path.suffix.lower().removeprefix("."),
        encoding=read.sheet.encoding,
        source=read.source,
        attributes=maker.attributes,
        respondents=tuple(respondents),
        report=report,
    )


def _usual_language(read: SurveySheet, choices: SurveyChoices) -> Language:
    """Return the language of most answers: a short one says little of its own."""
    filled = (
        cell for row in read.sheet.rows for at in choices.text if isinstance(cell := row[at], str)
    )
    votes = Counter(guess_language(one) for one in islice(filled, SAMPLE))
    return max(LANGUAGE_WORDS, key=lambda language: votes[language])


class _Maker:
    """Make respondents of rows and count what becomes of every cell."""

    def __init__(
        self, read: SurveySheet, choices: SurveyChoices, report: ReportBuilder, language: Language
    ) -> None:
        self._read = read
        self._sheet = read.sheet
        self._choices = choices
        self._report = report
        self._language: Language = language
        self._kinds = sorted(choices.types.items())
        self._numbers = read.sheet.numbers or tuple(range(2, len(read.sheet.rows) + 2))
        self._empty: Counter[int] = Counter()
        self._misfits: dict[int, list[int]] = {}
        self._languages: Counter[Language] = Counter()
        self._dropped = 0
        self._no_case = 0

    @property
    def attributes(self) -> tuple[tuple[str, VariableType], ...]:
        return attributes_of(self._read, self._choices)

    def respondent(self, at: int) -> Respondent:
        """Return the respondent of a row."""
        row, choices = self._sheet.rows[at], self._choices
        name = "" if choices.identifier is None else _plain(row[choices.identifier])
        case = "" if choices.case is None else _plain(row[choices.case])
        self._no_case += choices.case is not None and not case
        values = tuple(self._value(at, column, kind) for column, kind in self._kinds)
        documents = self._joined(row) if choices.joined else self._each(row)
        return Respondent(self._numbers[at], at + 1, name, case, documents, values)

    def _value(self, at: int, column: int, kind: VariableType) -> Value | None:
        cell = self._sheet.rows[at][column]
        if cell is None:
            return None
        self._report.found["values"] += 1
        try:
            value = convert(cell, kind)
        except FileProblem:
            self._misfits.setdefault(column, []).append(self._numbers[at])
            return None
        if isinstance(value, str):
            value, dropped = normalise(value)
            self._dropped += dropped
        return value

    def _answer(self, row: Sequence[SheetCell], column: int) -> str:
        """Return an answer as canonical text, "" for one that is empty."""
        self._report.found["answers"] += 1
        cell = row[column]
        text, dropped = normalise(cell if isinstance(cell, str) else _plain(cell))
        self._dropped += dropped
        if not text.strip():
            self._empty[column] += 1
            return ""
        return text

    def _each(self, row: Sequence[SheetCell]) -> tuple[AnswerDocument, ...]:
        several = len(self._choices.text) > 1
        found: list[AnswerDocument] = []
        for column in self._choices.text:
            text = self._answer(row, column)
            if text:
                question = self._sheet.columns[column]
                span = AnswerSpan(0, len(text), question)
                found.append(self._document(_short(question) if several else "", text, (span,)))
        return tuple(found)

    def _joined(self, row: Sequence[SheetCell]) -> tuple[AnswerDocument, ...]:
        """Put the answers of a row one below the other, each under its heading."""
        parts: list[str] = []
        spans: list[AnswerSpan] = []
        place = 0
        for column in self._choices.text:
            text = self._answer(row, column)
            if not text:
                continue
            question = self._sheet.columns[column]
            heading = f"\n\n{question}\n" if parts else f"{question}\n"
            start = place + len(heading)
            parts += [heading, text]
            place = start + len(text)
            spans.append(AnswerSpan(start, place, question))
        return (self._document("", "".join(parts), tuple(spans)),) if parts else ()

    def _document(self, suffix: str, text: str, answers: tuple[AnswerSpan, ...]) -> AnswerDocument:
        language = guess_language(text, self._language)
        self._languages[language] += 1
        return AnswerDocument(suffix, text, text_hash(text), count_words(text), language, answers)

    # ------------------------------------------------------------------------------ the report
    def tell(self) -> None:
        """Say of every column what became of it, and of what was left out why."""
        report, name = self._report, self._read.path.name
        report.found["rows"] = len(self._sheet.rows)
        report.found["columns"] = len(self._sheet.columns)
        report.kept["columns"] = len(self._sheet.columns) - len(self._unused())
        for column, count in sorted(self._empty.items()):
            report.left_out(
                "answers", self._heading(column), name,
                message("An empty cell is no document."), count=count,
            )  # fmt: skip
        for column, rows in sorted(self._misfits.items()):
            report.left_out(
                "values", self._heading(column), name, self._misfit(column, rows), count=len(rows)
            )
        for column in self._unused():
            report.left_out(
                "columns", self._heading(column), name,
                message("It was left out by choice.")
                if self._read.filled[column]
                else message("It is empty."),
            )  # fmt: skip
        self._tell_roles()
        self._tell_reading()

    def _unused(self) -> list[int]:
        choices = self._choices
        used = {*choices.text, *choices.types, choices.identifier, choices.case}
        return [at for at in range(len(self._sheet.columns)) if at not in used]

    def _heading(self, column: int) -> Message:
        return message("The column {name}", name=self._sheet.columns[column])

    def _misfit(self, column: int, rows: Sequence[int]) -> Message:
        kind = TYPE_WORDS[self._choices.types[column]]
        shown = ", ".join(map(str, rows[:SHOWN_ROWS]))
        more = len(rows) - SHOWN_ROWS
        if more > 0:
            return message(
                "What stands there is no {kind}: rows {rows} and {n} more.",
                kind=kind, rows=shown, n=more,
            )  # fmt: skip
        return message("What stands there is no {kind}: rows {rows}.", kind=kind, rows=shown)

    def _tell_roles(self) -> None:
        report, choices, name = self._report, self._choices, self._read.path.name
        for column in choices.text:
            report.decided(
                "columns", self._heading(column), name,
                message("Its answers stand under this heading, one document a respondent.")
                if choices.joined
                else message("Each answer is a document."),
            )  # fmt: skip
        for column, meaning in (
            (choices.identifier, message("It names the respondents.")),
            (choices.case, message("It names the office.")),
        ):
            if column is not None:
                report.decided("columns", self._heading(column), name, meaning)
        for column, kind in self._kinds:
            report.decided(
                "columns", self._heading(column), name,
                message("It is an attribute of the participants: {kind}.", kind=TYPE_WORDS[kind]),
            )  # fmt: skip

    def _tell_reading(self) -> None:
        report, name = self._report, self._read.path.name
        if self._sheet.encoding:
            report.decided(
                "files", message("Encoding"), name,
                message(
                    "Read as {encoding}, cells separated by {mark}.",
                    encoding=self._sheet.encoding, mark=_mark(self._sheet.delimiter),
                ),
            )  # fmt: skip
        for warning in self._sheet.warnings:
            report.decided("files", message("The sheet"), name, warning)
        for language, count in self._languages.most_common():
            report.decided(
                "documents", message("Language"), name,
                message("Taken for {language} by its words.", language=LANGUAGE_WORDS[language]),
                count=count,
            )  # fmt: skip
        if self._dropped:
            report.decided("answers", message("The sheet"), name, dropped_warning(self._dropped))
        if self._no_case:
            report.decided(
                "rows", message("Respondents without an office"), name,
                message("Their cell in that column is empty."), count=self._no_case,
            )  # fmt: skip


def _mark(delimiter: str) -> Message:
    words = {
        ",": message("comma"), ";": message("semicolon"), "\t": message("tab"),
        "": message("nothing: it has one column"),
    }  # fmt: skip
    return words.get(delimiter, message("«{mark}»", mark=delimiter))


def _plain(cell: SheetCell) -> str:
    """Return a cell as a name: on one line, whole numbers without a point."""
    text = convert(cell, "text")
    return " ".join(normalise(str(text))[0].split()) if text is not None else ""


def _is_blank(cell: SheetCell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())


def _short(heading: str) -> str:
    """Return a heading as it stands behind a name, cut where a word ends."""
    if len(heading) <= SUFFIX:
        return heading
    cut = heading[: SUFFIX - 1]
    return (cut.rsplit(" ", 1)[0] if " " in cut else cut).rstrip(" ,;:–-") + "…"


def offices_of(read: SurveySheet, column: int) -> Iterable[str]:
    """Yield what a column names as offices, each once."""
    distinct = dict.fromkeys(row[column] for row in read.sheet.rows)
    return dict.fromkeys(filter(None, map(_plain, distinct)))
