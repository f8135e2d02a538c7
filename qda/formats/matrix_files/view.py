"""An exported matrix in words and numbers, laid out for every kind of file alike."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import qda
from qda.formats.matrix_files import words
from qda.formats.matrix_files.courses import as_letters
from qda.model.dimension_words import value_word
from qda.model.judgements import CellStatus
from qda.model.matrix import (
    JUDGED_KINDS,
    Beside,
    CellValue,
    Matrix,
    MatrixCount,
    MatrixExport,
    MatrixHeading,
    MatrixSpec,
    Quote,
)
from qda.model.messages import DayWriter, Message, Translator
from qda.model.quotes import QuoteStyle
from qda.text.printing import marks_of

_ILLEGAL = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
ARROW = "\u2192\u00a0"
_NORWEGIAN = ("nb", "nn")


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column as it is labelled; `total` marks the last one, of totals.

    `names` has a label for each nested dimension, outermost first. A column that is no count has
    what stands in it in `beside`, and no N.
    """

    label: str
    color: str
    n: MatrixCount
    sort_value: str | float | None
    names: tuple[str, ...] = ()
    total: bool = False
    beside: Beside | None = None

    @property
    def counted(self) -> bool:
        """Tell whether this is a row or a column of the table itself."""
        return not self.total and self.beside is None


@dataclass(frozen=True, slots=True)
class Printed:
    """A quote below the table, with what stands before it."""

    lead: str
    quote: Quote


@dataclass(frozen=True, slots=True)
class View:
    """A matrix ready to be written; every text is free of what XML cannot carry.

    The totals, where they are shown, are the last row and the last column of counts; what is known
    of the rows stands beside these.
    """

    export: MatrixExport
    translator: Translator
    language: str
    title: str
    about: str
    corner: str
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]
    notes: tuple[str, ...]

    def say(self, text: Message) -> str:
        """Say a message in the language of the file."""
        return clean(text.say(self.translator))

    @property
    def spec(self) -> MatrixSpec:
        """Return what was asked."""
        return self.export.matrix.spec

    @property
    def unit(self) -> str:
        """Return what is counted in the cells, whatever it is shown as."""
        return self.say(_unit(self.export))

    @property
    def measure(self) -> str:
        """Return what the cells hold."""
        return self.say(_measure(self.export))

    @property
    def shows_quotes(self) -> bool:
        """Tell whether the cells themselves are quotes."""
        return self.spec.cells == "quotes"

    def groups(self, columns: Sequence[int]) -> list[tuple[str, int]]:
        """Return the outer names of nested columns, each with how many of these it spans.

        Nothing where the columns are not nested. What is nested in nothing has no outer name.
        """
        if len(self.spec.columns) == 1:
            return []
        found: list[tuple[str, int]] = []
        for at in columns:
            names = self.columns[at].names
            outer = " · ".join(names[:-1])
            if found and outer and found[-1][0] == outer:
                found[-1] = (outer, found[-1][1] + 1)
            else:
                found.append((outer, 1))
        return found

    def inner_label(self, column: int) -> str:
        """Return a column's label below the name that it is nested in."""
        line = self.columns[column]
        return line.names[-1] if len(line.names) > 1 else line.label

    @property
    def shows_words(self) -> bool:
        """Tell whether the cells are words to read, not numbers to compare."""
        return self.shows_quotes or self.spec.cells in JUDGED_KINDS

    @property
    def shows_texts(self) -> bool:
        """Tell whether the cells are whole texts: quotes or summaries."""
        return self.spec.cells in ("quotes", "summary")

    @property
    def shows_shares(self) -> bool:
        """Tell whether the cells are shares or percentages."""
        return self.spec.cells == "share" or self.export.matrix.percentages is not None

    def count(self, row: int, column: int) -> CellValue:
        """Return what a cell or a total holds, in the unit of the cells."""
        matrix = self.export.matrix
        totals = matrix.totals
        if self.columns[column].beside is not None:
            return None
        if totals is None or not (self.rows[row].total or self.columns[column].total):
            return matrix.cells[row][column]
        if not self.rows[row].total:
            return totals.rows[row]
        return totals.all if self.columns[column].total else totals.columns[column]

    def base(self, row: int, column: int) -> int | None:
        """Return what 100 % of a cell or a total is; None where no percentage is asked for."""
        found = self.export.matrix.percentages
        if found is None or self.columns[column].beside is not None:
            return None
        if not self.rows[row].total:
            whole = self.columns[column].total
            return found.row_bases[row] if whole else found.bases[row][column]
        return found.all_base if self.columns[column].total else found.column_bases[column]

    def value(self, row: int, column: int) -> CellValue:
        """Return what a cell or a total shows as a number or a text.

        A percentage is a fraction. What was not asked, and what was asked and nothing said, are
        words: neither of them is zero. Months are block letters with the last number.
        """
        beside = self.columns[column].beside
        if beside is not None:
            return None if self.rows[row].total else self._known(beside, row)
        count, status = self.count(row, column), self.status(row, column)
        if not count and status in ("asked-nothing-said", "not-asked"):
            return self.say(words.STATUSES[status])
        found = self.export.matrix.percentages
        if found is None or count is None:
            return count
        if not self.rows[row].total:
            return found.rows[row] if self.columns[column].total else found.cells[row][column]
        return found.all if self.columns[column].total else found.columns[column]

    def text(self, row: int, column: int) -> str:
        """Return a cell as it is read; empty where nothing could have been coded."""
        value = self.value(row, column)
        if value is None or isinstance(value, str):
            return clean(value or "")
        if self.columns[column].beside is not None:
            return self.number(value)
        if self.shows_shares:
            return self.percent(value)
        return clean(str(value))

    def _known(self, beside: Beside, row: int) -> CellValue:
        if beside.months:
            months = beside.months[row]
            last = self.number(months[-1][1]) if months else ""
            return f"{as_letters(months)} {last}".strip() or None
        value = beside.values[row]
        if isinstance(value, bool):
            return self.say(words.YES if value else words.NO)
        return clean(value) if isinstance(value, str) else value

    def months(self, row: int, column: int) -> tuple[tuple[str, float], ...]:
        """Return the months that a cell draws; none where it does not."""
        beside = self.columns[column].beside
        drawn = beside is not None and beside.months and not self.rows[row].total
        return beside.months[row] if beside is not None and drawn else ()

    def below(self, row: int, column: int) -> str:
        """Return the count behind a percentage, or the reason for a grade or a verdict."""
        reason = self.reason(row, column)
        if reason:
            return reason
        value, count = self.value(row, column), self.count(row, column)
        shown = self.export.matrix.percentages is not None and not isinstance(value, str)
        return str(count) if shown and count is not None else ""

    def reason(self, row: int, column: int) -> str:
        """Return why a cell was graded or judged so; empty where nobody said."""
        reasons = self.export.matrix.reasons
        if not reasons or self.rows[row].total or not self.columns[column].counted:
            return ""
        return clean(reasons[row][column])

    def status(self, row: int, column: int) -> CellStatus | None:
        """Return whether a cell of a case and a code was coded or asked about, where it is told."""
        statuses = self.export.matrix.statuses
        if not statuses or self.rows[row].total or not self.columns[column].counted:
            return None
        return statuses[row][column]

    def quotes(self, row: int, column: int) -> list[Quote]:
        """Return the quotes behind a cell; none stand behind the totals alone."""
        if self.rows[row].total or not self.columns[column].counted:
            return []
        found = self.export.quotes
        return [found[one] for one in self.export.matrix.evidence[row][column] if one in found]

    def printed(self, row: int, column: int) -> list[Printed]:
        """Return the quotes behind a cell as they stand below the table.

        Where cells count steps, each begins with its number, and an arrow leads to what follows.
        """
        steps = self.export.matrix.steps
        if not steps:
            return [Printed("", one) for one in self.quotes(row, column)]
        found, listed = self.export.quotes, list[Printed]()
        for number, (first, then) in enumerate(steps[row][column], start=1):
            lead = f"{number}. "
            for arrow, ids in ((lead, first), (ARROW, then)):
                quotes = [found[one] for one in ids if one in found]
                listed += [
                    Printed(arrow if not at or arrow == ARROW else "", one)
                    for at, one in enumerate(quotes)
                ]
        return listed

    def sections(self) -> Iterator[tuple[int, Line, list[tuple[int, Line, list[Printed]]]]]:
        """Yield each row that has quotes, with its place, and its columns that have any."""
        for at, row in enumerate(self.rows):
            cells = [
                (place, column, self.printed(at, place))
                for place, column in enumerate(self.columns)
                if not row.total and column.counted
            ]
            found = [cell for cell in cells if cell[2]]
            if found:
                yield at, row, found

    def percent(self, share: float) -> str:
        """Write a share as a percentage with one decimal."""
        return percent_text(share, self.translator)

    def number(self, value: float) -> str:
        """Write a number with the decimal sign of the language."""
        if float(value).is_integer() and abs(value) < 1e15:
            return str(int(value))
        text = repr(float(value))
        return text.replace(".", ",") if self.language in _NORWEGIAN else text

    def quoted(self, quote: Quote) -> str:
        """Return the text in quotation marks: the project's own, else those of its language."""
        style = QuoteStyle(marks=self.export.marks)
        opening, closing = marks_of(style, self.export.codebook.language)
        return f"{opening}{clean(quote.text).strip()}{closing}"

    def attribution(self, quote: Quote) -> str:
        """Return who said it, as the project prints it; empty where nothing of it is known."""
        if self.export.attributions is not None:
            return clean(self.export.attributions.get(quote.id, ""))
        return f"({clean(quote.role)})" if quote.role else ""

    def small_n(self, n: MatrixCount) -> str:
        """Return the documents, participants and cases of an N."""
        return f"{n.documents} · {n.participants} · {n.cases}"


def percent_text(share: float, translator: Translator) -> str:
    """Write a share as a percentage with one decimal, as the language of `translator` does."""
    text = f"{share * 100:.1f}"
    if _language(translator) in _NORWEGIAN:
        return text.replace(".", ",") + "\u00a0%"
    return text + "%"


def _language(translator: Translator) -> str:
    """Return the language of a catalogue; a translator without one is taken for English."""
    return str(getattr(translator, "language", "en"))


def lay_out(export: MatrixExport, translator: Translator) -> View:
    """Word a matrix in the language of `translator`."""
    matrix = export.matrix
    spec = matrix.spec
    language = _language(translator)

    def say(text: Message) -> str:
        return clean(text.say(translator))

    def named(names: Iterable[str]) -> str:
        return " · ".join(dimension_name(name, translator) for name in names)

    notes = [say(note) for note in matrix.notes]
    notes += [say(words.course_of(one.name)) for one in matrix.beside if one.months]
    counts = spec.cells not in JUDGED_KINDS
    if counts and any(value is None for row in matrix.cells for value in row):
        notes.append(say(words.EMPTY))
    corner = named(spec.rows)
    return View(
        export=export,
        translator=translator,
        language=language,
        title=f"{corner} × {lowered(named(spec.columns))}",
        about=" · ".join((clean(export.project), say(_measure(export)), day(export, translator))),
        corner=corner,
        rows=_lines(matrix, matrix.rows, spec.rows, translator),
        columns=(*_lines(matrix, matrix.columns, spec.columns, translator), *_beside(matrix)),
        notes=tuple(notes),
    )


def _beside(matrix: Matrix) -> list[Line]:
    none = MatrixCount(0, 0, 0, 0)
    return [
        Line(clean(one.name), "", none, None, (clean(one.name),), beside=one)
        for one in matrix.beside
    ]


def _measure(export: MatrixExport) -> Message:
    """Return what the cells hold."""
    measure = _unit(export)
    if export.matrix.percentages is None:
        return measure
    return words.measured_in(measure, export.matrix.percentages.of)


def _unit(export: MatrixExport) -> Message:
    """Return what the cells count."""
    return export.matrix.measure or words.CELLS[export.matrix.spec.cells]


def _lines(
    matrix: Matrix,
    headings: Sequence[MatrixHeading],
    dimensions: tuple[str, ...],
    translator: Translator,
) -> tuple[Line, ...]:
    """Return the headings of a side, that of the totals last where they are shown."""
    found = [_line(one, dimensions, translator) for one in headings]
    if matrix.totals is not None:
        label = clean(words.TOTALS.say(translator))
        found.append(Line(label, "", matrix.total, None, (label,), total=True))
    return tuple(found)


def _line(heading: MatrixHeading, dimensions: tuple[str, ...], translator: Translator) -> Line:
    value = heading.sort_value
    if isinstance(value, str):
        value = clean(value)
    label = heading_label(heading, dimensions, translator)
    names = (label,) if heading.missing else tuple(map(clean, heading.names))
    return Line(label, heading.color, heading.n, value, names)


def heading_label(
    heading: MatrixHeading, dimensions: tuple[str, ...], translator: Translator
) -> str:
    """Return the label of a row or column; the last one, of those without a value, is worded."""
    if heading.missing:
        only = dimensions[0].strip().casefold() if len(dimensions) == 1 else ""
        return clean(words.WITHOUT.get(only, words.NO_VALUE).say(translator))
    return clean(heading.label)


def dimension_name(name: str, translator: Translator) -> str:
    """Return a dimension as it is called in the language; variables keep their own names."""
    known = words.DIMENSIONS.get(name.strip().casefold())
    if known is not None:
        return clean(known.say(translator))
    subject, _, rest = name.partition(":")
    own = subject.strip().casefold() in ("case", "participant", "document") and rest.strip()
    return clean(own or name.strip())


def lowered(text: str) -> str:
    """Return `text` as it stands inside a sentence."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def step_rows(view: View) -> Iterator[Sequence[str | int | None]]:
    """Yield a heading and a row for each step: both codes, the source, both turns and quotes."""
    yield [view.say(one) for one in words.STEP_COLUMNS]
    found = view.export.quotes
    for row, line in zip(view.rows, view.export.matrix.steps, strict=True):
        for column, steps in zip(view.columns, line, strict=True):
            for step in steps:
                sides = [[found[one] for one in ids if one in found] for ids in step]
                if not all(sides):
                    continue
                one, other = ("\n".join(view.quoted(each) for each in side) for side in sides)
                first, then = sides[0][0], sides[1][0]
                yield row.label, column.label, first.document, first.turn, one, then.turn, other


def settings(view: View) -> list[tuple[str, str]]:
    """Return what was asked and how it was counted, as pairs of name and value."""
    export, spec, say = view.export, view.spec, view.say
    none = say(words.NONE)

    def named(name: str) -> str:
        return dimension_name(name, view.translator)

    where = "\n".join(f"{named(name)} = {_value(view, name, value)}" for name, value in spec.where)
    bands = "\n".join(
        f"{named(name)}: {', '.join(view.number(point) for point in points)}"
        for name, points in sorted(spec.bands.items())
    )
    order = named(spec.sort_by) or say(words.AS_LISTED)
    if spec.sort_by and spec.descending:
        order = say(words.descending(named(spec.sort_by)))
    total = export.matrix.total
    return [
        (say(words.PROJECT), clean(export.project)),
        (say(words.DATE), day(export, view.translator)),
        (say(words.ROWS), view.corner),
        (say(words.COLUMNS), " · ".join(map(named, spec.columns))),
        (say(words.CELL_KIND), say(_measure(export))),
        (say(words.SUBCODES), say(words.FOLDED if spec.folded else words.UNFOLDED)),
        (say(words.FILTERS), clean(where) or none),
        (say(words.BANDS), clean(bands) or none),
        (say(words.SORT), clean(order)),
        *((say(word), clean(day)) for word, day in _days(spec) if day),
        (say(words.N_SEGMENTS), str(total.segments)),
        (say(words.N_DOCUMENTS), str(total.documents)),
        (say(words.N_PARTICIPANTS), str(total.participants)),
        (say(words.N_CASES), str(total.cases)),
        (say(words.RULES), "\n".join(view.notes) or none),
        (say(words.PROGRAM), f"qda {qda.__version__}"),
    ]


def _days(spec: MatrixSpec) -> tuple[tuple[Message, str], ...]:
    return (words.AS_OF, spec.as_of), (words.SUCCESSORS, spec.successors)


def _value(view: View, name: str, value: str) -> str:
    """Return the value of a filter as it is called in the language."""
    word = value_word(name, view.export.names.get(value, value))
    return view.say(word) if isinstance(word, Message) else clean(str(word))


def clean(text: str) -> str:
    """Replace what no XML can carry (control characters, halves of pairs) by a mark."""
    return _ILLEGAL.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def day(export: MatrixExport, translator: Translator) -> str:
    """Return the day of the export as the reader writes it, in ISO where no one knows how."""
    if isinstance(translator, DayWriter):
        return clean(translator.format_day_of(export.created))
    return clean(export.created[:10])


def moment(export: MatrixExport) -> datetime:
    """Return midnight of the day of the export, a fixed one where it is unreadable.

    No hour: two exports of one state on one day are the same file, byte for byte.
    """
    try:
        return datetime.combine(date.fromisoformat(export.created[:10]), time())
    except ValueError:
        return datetime(2000, 1, 1)  # noqa: DTZ001 - files of Office know no zone
