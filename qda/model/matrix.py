"""A cross-case matrix: what was asked, the cells with their evidence, and what an export needs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from qda.model.codebook import Codebook
from qda.model.entities import Case, Stance, Value
from qda.model.ids import CodeId, CodingId, Guid
from qda.model.judgements import CellStatus, StatusOrigin
from qda.model.messages import Message

CellKind = Literal[
    "segments", "documents", "participants", "cases", "words", "share", "presence", "quotes",
    "summary", "grade", "verdict",
]  # fmt: skip
CELL_KINDS: tuple[CellKind, ...] = (
    "segments", "documents", "participants", "cases", "words", "share", "presence", "quotes",
)  # fmt: skip
"""The kinds that are counted."""
JUDGED_KINDS: tuple[CellKind, ...] = ("summary", "grade", "verdict")
"""The kinds that somebody wrote: None in a cell that nobody did."""
CellValue = int | float | str | None
PercentOf = Literal["row", "column", "total", "material"]
PERCENTS: tuple[PercentOf, ...] = ("row", "column", "total", "material")
PERCENT_KINDS: tuple[CellKind, ...] = ("segments", "documents", "participants", "cases", "words")
"""The kinds of cells that percentages are taken of."""
MATERIAL_KINDS: tuple[CellKind, ...] = ("documents", "participants", "cases")
"""The kinds of which the material holds some that nothing may be coded in."""


@dataclass(frozen=True, slots=True)
class MatrixSpec:
    """A question to the matrix engine.

    `rows` and `columns` name one or more dimensions, outermost first: `case`, `code`, `document`,
    `participant`, `coder`, `stance`, `proposition`, `query`, `codeset` or the name of a variable.
    `where` keeps the codings whose dimension has the value, `without` those whose dimension has
    not. `bands` cut numeric variables at the given points, each point opening the next band.
    `sort_by` orders the rows by a variable of the rows (latest period of an indicator). `folded`
    shows top codes with their subcodes counted in. `percent` shows the
    cells as percentages; `totals` adds a row and a column of totals, which percentages have anyway.

    A dimension may also be a kind of groups that cases belong to for a time: the group is that of
    the day of the interview, or with `as_of` that of one day for all. With `successors`, cases that
    merged or took another name by that day count as those that followed them. Both are days, or
    months and years, of which the last day is meant.
    """

    rows: tuple[str, ...] = ("case",)
    columns: tuple[str, ...] = ("code",)
    cells: CellKind = "segments"
    where: tuple[tuple[str, str], ...] = ()
    sort_by: str = ""
    descending: bool = False
    bands: Mapping[str, tuple[float, ...]] = field(default_factory=dict[str, tuple[float, ...]])
    folded: bool = True
    codes: frozenset[CodeId] = frozenset()
    without: tuple[tuple[str, str], ...] = ()
    as_of: str = ""
    successors: str = ""
    percent: PercentOf | None = None
    totals: bool = False

    @property
    def shows_totals(self) -> bool:
        """Tell whether a row and a column of totals are shown."""
        return self.totals or self.percent is not None


@dataclass(frozen=True, slots=True)
class MatrixCount:
    """The N of a row or a column: distinct documents, participants and cases behind it."""

    segments: int
    documents: int
    participants: int
    cases: int


@dataclass(frozen=True, slots=True)
class MatrixHeading:
    """A row or a column.

    `names` has one name for each nested dimension; `label` joins them. `missing` marks the last
    row or column of codings that have no value there (`label` is then empty and worded at the
    edge). `color` is a code's colour or empty; `sort_value` what the row is ordered by.
    """

    label: str
    names: tuple[str, ...]
    n: MatrixCount
    missing: bool = False
    color: str = ""
    guid: Guid | None = None
    sort_value: Value | None = None


Step = tuple[tuple[CodingId, ...], tuple[CodingId, ...]]
"""A step from one coded turn to the next: the segments of one code there, of the other here."""


@dataclass(frozen=True, slots=True)
class MatrixTotals:
    """What each row, each column and everything holds, in the unit of the cells.

    Each segment, document, participant, case and word counts once, so that a total is below the
    sum of its cells where one stands in several. Of presence it is the number of cells with any.
    """

    rows: tuple[CellValue, ...]
    columns: tuple[CellValue, ...]
    all: CellValue


@dataclass(frozen=True, slots=True)
class Percentages:
    """The cells, totals of rows and columns, and the whole, as fractions of their `bases`.

    A fraction is None where the base is 0 or the cell itself None. `bases` has the shape of the
    cells; those of the totals of rows and columns, and of the whole, stand by themselves.
    """

    of: PercentOf
    cells: tuple[tuple[float | None, ...], ...]
    bases: tuple[tuple[int, ...], ...]
    rows: tuple[float | None, ...]
    columns: tuple[float | None, ...]
    all: float | None
    row_bases: tuple[int, ...]
    column_bases: tuple[int, ...]
    all_base: int


@dataclass(frozen=True, slots=True)
class Association:
    """How two numbers go together over `n` cases: Pearson's r and Spearman's rho."""

    pearson: float
    spearman: float
    n: int


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of each row, beside what is coded of it: values, or months with their numbers.

    `values[row]` is None where it is unknown, empty where `months` are shown instead: for each row
    pairs of a month (`yyyy-mm`) and its number, in order. `ties[column]` says how the values go
    together with a column of numbers, None where that has no value.
    """

    name: str
    values: tuple[Value | None, ...]
    months: tuple[tuple[tuple[str, float], ...], ...] = ()
    ties: tuple[Association | None, ...] = ()


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells of shape rows x columns, each with the codings behind it.

    A cell is None where its row or its column has nothing that could have been coded (no
    document, no participant), told apart from 0: there is material, and nothing coded. `notes`
    state the counting rules that applied. `measure` says what the cells hold where the kind of
    cells in `spec` does not, as in a table of co-occurrences. `statuses`, of the same shape or
    empty, tells for cells of a case and a code whether it was asked about, and `status_origins`
    who says so. `totals`
    and `percentages` are there where they were asked for. Where the cells count steps, `steps` has
    those of each cell. Grades and verdicts have their `reasons`, empty where none was given.
    `beside` are columns of a joint display, which are no counts.
    """

    spec: MatrixSpec
    rows: tuple[MatrixHeading, ...]
    columns: tuple[MatrixHeading, ...]
    cells: tuple[tuple[CellValue, ...], ...]
    evidence: Sequence[Sequence[tuple[CodingId, ...]]]
    total: MatrixCount
    notes: tuple[Message, ...] = ()
    measure: Message | None = None
    statuses: tuple[tuple[CellStatus | None, ...], ...] = ()
    status_origins: tuple[tuple[StatusOrigin | None, ...], ...] = ()
    totals: MatrixTotals | None = None
    percentages: Percentages | None = None
    steps: Sequence[Sequence[tuple[Step, ...]]] = ()
    reasons: tuple[tuple[str, ...], ...] = ()
    beside: tuple[Beside, ...] = ()


@dataclass(frozen=True, slots=True)
class Quote:
    """A coded segment as it is printed: text, where it stands, who said it."""

    id: CodingId
    guid: Guid
    text: str
    code: str
    color: str
    document: str
    turn: int | None
    participants: tuple[str, ...]
    role: str
    cases: tuple[str, ...]
    coder: str
    stance: Stance | None
    value: str
    memo: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class CaseTable:
    """The cases with their variables: `values[row][column]`, None where unknown."""

    variables: tuple[str, ...]
    cases: tuple[Case, ...]
    values: tuple[tuple[Value | None, ...], ...]


@dataclass(frozen=True, slots=True)
class MatrixExport:
    """All that an exported matrix carries, so that a reader can check it.

    `attributions` say who said each quote, as the project prints it, and `marks` are its quotation
    marks; without them it is the role, in the marks of the language. `names` are what values of
    filters are called that are GUIDs.
    """

    project: str
    matrix: Matrix
    quotes: Mapping[CodingId, Quote]
    cases: CaseTable
    codebook: Codebook
    created: str
    attributions: Mapping[CodingId, str] | None = None
    marks: str = ""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
