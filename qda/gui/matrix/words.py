"""How a matrix is worded: cells, counts, headings."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace

from qda.gui.language import current_catalogue, say, tr, tr_n
from qda.gui.matrix import tables
from qda.gui.models.choices import Choices, name_word
from qda.gui.models.question import Question
from qda.model.codebook import split_path
from qda.model.entities import Value
from qda.model.judgements import CellStatus, StatusOrigin
from qda.model.matrix import (
    JUDGED_KINDS,
    CellKind,
    CellValue,
    Matrix,
    MatrixCount,
    MatrixHeading,
    PercentOf,
)

LEGEND_SIGN = "\u00a0· "
"""What parts the words of a legend, which is broken behind it."""


@dataclass(frozen=True, slots=True)
class HeadingWords:
    """A row's or column's heading: its name, what is above it, a muted line below."""

    name: str
    above: str = ""
    below: str = ""
    color: str = ""
    missing: bool = False
    plain: bool = False
    """Whether it heads a line of totals or of N."""

    @property
    def full(self) -> str:
        """Return the heading in one line."""
        return f"{self.above}, {self.name}" if self.above else self.name


def kind_words() -> list[tuple[CellKind, str]]:
    """Return everything that cells can show, each with its word."""
    return [*counted_kinds(), *judged_kinds()]


def judged_kinds() -> list[tuple[CellKind, str]]:
    """Return what cells can show that somebody wrote, each with its word."""
    return [
        ("summary", tr("Summaries")),
        ("grade", tr("Grades")),
        ("verdict", tr("Verdicts")),
    ]


def status_word(status: CellStatus) -> str:
    """Return how a cell's status is called."""
    return {
        "coded": tr("coded"),
        "asked-nothing-said": tr("asked, nothing said"),
        "not-asked": tr("not asked"),
        "not-read": tr("not read yet"),
    }[status]


def origin_word(origin: StatusOrigin) -> str:
    """Return who says a cell's status, empty where that goes without saying."""
    return {
        "hand": tr("set by hand"),
        "guide": tr("by the interview guide"),
        "codings": "",
        "none": "",
    }[origin]


def counted_kinds() -> list[tuple[CellKind, str]]:
    """Return what cells can count, each with its word."""
    return [
        ("segments", tr("Count")),
        ("documents", tr("Documents")),
        ("participants", tr("Informants")),
        ("cases", tr("Offices")),
        ("words", tr("Words")),
        ("share", tr("Share")),
        ("presence", tr("Yes/no")),
        ("quotes", tr("Quotes")),
    ]


def percent_choices() -> list[tuple[PercentOf | None, str]]:
    """Return what percentages can be of, each with its words."""
    return [
        (None, tr("no, counts")),
        ("row", tr("of the row")),
        ("column", tr("of the column")),
        ("total", tr("of everything")),
        ("material", tr("of all who were heard")),
    ]


def cell_text(value: CellValue, kind: CellKind) -> str:
    """Return a cell's value as it is shown; blank where there was nothing to code."""
    if value is None or isinstance(value, str):
        return value or ""
    catalogue = current_catalogue()
    if kind == "presence":
        return tr("yes") if value else tr("no")
    if kind == "share":
        return catalogue.format_percent(value, 1)
    return catalogue.format_number(value)


def cell_words(  # noqa: PLR0911 - a line for each kind
    value: CellValue, kind: CellKind
) -> str:
    """Return a cell's value as a screen reader says it."""
    if kind in JUDGED_KINDS or isinstance(value, str):
        return str(value) if value else tr("nothing written")
    if value is None:
        return tr("nothing there to code")
    if kind in ("presence", "share"):
        return cell_text(value, kind)
    number = int(value)
    if kind == "documents":
        return tr_n("{n} document", "{n} documents", number)
    if kind == "participants":
        return tr_n("{n} informant", "{n} informants", number)
    if kind == "cases":
        return tr_n("{n} office", "{n} offices", number)
    if kind == "words":
        written = current_catalogue().format_number(number)
        return tr_n("{number} word", "{number} words", number, number=written)
    return tr_n("{n} segment", "{n} segments", number)


def percent_text(share: float) -> str:
    """Return a fraction as a percentage."""
    return current_catalogue().format_percent(share, 1)


def count_words(n: MatrixCount, left_out: Collection[str] = ()) -> str:
    """Return `21 segments · 8 informants · 3 offices`, without the kinds `left_out`."""
    return " · ".join(
        words
        for kind, words in (
            ("segments", tr_n("{n} segment", "{n} segments", n.segments)),
            ("participants", tr_n("{n} informant", "{n} informants", n.participants)),
            ("cases", tr_n("{n} office", "{n} offices", n.cases)),
        )
        if kind not in left_out
    )


def count_figures(n: MatrixCount, left_out: Collection[str] = ()) -> str:
    """Return the same as bare figures."""
    write = current_catalogue().format_number
    figures = (("segments", n.segments), ("participants", n.participants), ("cases", n.cases))
    return " · ".join(write(number) for kind, number in figures if kind not in left_out)


def count_legend(left_out: Collection[str] = ()) -> str:
    """Return what the bare figures stand for; no line of it begins with the sign between."""
    kinds = (
        ("segments", tr("segments")),
        ("participants", tr("informants")),
        ("cases", tr("offices")),
    )
    return LEGEND_SIGN.join(word for kind, word in kinds if kind not in left_out)


def left_out(names: Collection[str]) -> frozenset[str]:
    """Return which counts say nothing in a line that is one office or one informant."""
    kinds = {"case": "cases", "participant": "participants"}
    return frozenset(kinds[name] for name in names if name in kinds)


def missing_word(names: tuple[str, ...], choices: Choices) -> str:
    """Return the heading of what has no value in the dimensions `names`."""
    if names == ("case",):
        return tr("Without office")
    if names == ("participant",):
        return tr("Without informant")
    if names == ("stance",):
        return tr("Without stance")
    words = " · ".join(choices.word(name) for name in names)
    return tr("Without {name}", name=words)


def value_words(value: Value) -> str:
    """Return a variable's value as it is shown."""
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    return current_catalogue().format_number(value) if isinstance(value, float | int) else value


def heading_words(
    heading: MatrixHeading, names: tuple[str, ...], choices: Choices, below: str = ""
) -> HeadingWords:
    """Return how a heading over the dimensions `names` is shown."""
    if heading.missing:
        return HeadingWords(missing_word(names, choices), below=below, missing=True)
    parts = [_parts(name, key) for name, key in zip(heading.names, names, strict=True)]
    above = [" › ".join(part) for part in parts[:-1]]
    *parents, own = parts[-1]
    if parents:
        above.append(" › ".join(parents))
    return HeadingWords(own, " · ".join(above), below, heading.color)


def _parts(name: str, key: str) -> tuple[str, ...]:
    if key == "code":
        return split_path(name)
    return (name_word(name),) if key == "stance" else (name,)


def row_facts(matrix: Matrix, choices: Choices) -> list[str]:
    """Return the muted line below each row's name: what it is ordered by, else its size."""
    sort_by, rows = matrix.spec.sort_by, matrix.spec.rows
    facts: list[list[str]] = [[] for _ in matrix.rows]
    size = choices.size_variable()
    if rows[-1] == "case" and size is not None and choices.word(sort_by) != size.name:
        by_guid = {one.guid: one.id for one in choices.entities.cases}
        by_name = {one.name: one.id for one in choices.entities.cases}
        values = choices.entities.values.get(size.id, {})
        for place, row in enumerate(matrix.rows):
            if row.missing:
                continue
            case = by_guid.get(row.guid) if row.guid else by_name.get(row.names[-1])
            value = values.get(case) if case is not None else None
            if value is not None:
                facts[place].append(f"{size.name}: {value_words(value)}")
    for place, row in enumerate(matrix.rows):
        if sort_by and row.sort_value is not None and sort_by not in rows:
            facts[place].append(f"{choices.word(sort_by)}: {value_words(row.sort_value)}")
    return [" · ".join(one) for one in facts]


def notes(matrix: Matrix, question: Question, choices: Choices) -> str:
    """Return the counting rules as one paragraph, in the words of the window."""
    held = tables.holding(choices, question).filters
    held_out = {one.name for one in held if one.without}
    sentences: list[str] = []
    for one in matrix.notes:
        name = one.values.get("key")
        if "values" in one.values and name in held_out:
            continue
        values = dict(one.values)
        if isinstance(name, str):
            # The window says office and informant where the core says case and participant.
            values["name"] = " · ".join(choices.word(part) for part in name.split(" · "))
        sentences.append(say(replace(one, values=values)))
    only = [one for one in held if one.name in held_out and not one.without]
    out = [one for one in held if one.without]
    if only:
        shown = ", ".join(choices.filter_words(one) for one in only)
        sentences.insert(0, tr("Only {what}.", what=shown))
    if out:
        shown = ", ".join(choices.filter_words(one) for one in out)
        sentences.insert(0, tr("Left out: {what}.", what=shown))
    idle = [one for one in question.filters if one not in held]
    if idle:
        shown = ", ".join(dict.fromkeys(choices.word(one.name) for one in idle))
        sentences.append(tr("Filters on {what} do not apply to this table.", what=shown))
    counts = matrix.spec.cells not in JUDGED_KINDS
    if counts and any(value is None for row in matrix.cells for value in row):
        sentences.append(tr("A blank cell: there was nothing to code."))
    return " ".join(sentences)
