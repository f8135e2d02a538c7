"""A picture as shapes: drawn once, shown in the window and written to files alike.

Lengths are in points of a picture (1/96 inch at its natural size), y downwards. Colours are
`#rrggbb`; an empty one draws nothing.
"""

from dataclasses import dataclass, field
from typing import Literal

from qda.model.ids import CaseId, DocumentId
from qda.model.shades import luminance

PictureKind = Literal["heat", "bars", "joint", "scatter", "network", "portraits", "timeline"]
PICTURE_KINDS: tuple[PictureKind, ...] = (
    "heat", "bars", "joint", "scatter", "network", "portraits", "timeline",
)  # fmt: skip
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Inks:
    """The colours of paper and ink that a picture is drawn with."""

    paper: str
    ink: str
    muted: str
    line: str
    accent: str

    @property
    def dark(self) -> bool:
        """Tell whether light ink stands on dark paper."""
        return luminance(self.paper) < luminance(self.ink)


PRINT = Inks(paper="#FFFFFF", ink="#22252A", muted="#5C5F66", line="#D5D2CB", accent="#1F5F73")
"""What goes to paper is drawn with, whatever the window looks like."""


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle; `hatched` fills it with slanted lines of the stroke's colour instead."""

    x: float
    y: float
    width: float
    height: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 1.0
    radius: float = 0.0
    hatched: bool = False


@dataclass(frozen=True, slots=True)
class Path:
    """A line through points; `dashes` are the lengths of strokes and gaps in turn."""

    points: tuple[tuple[float, float], ...]
    stroke: str
    width: float = 1.0
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Disc:
    """A circle around a middle."""

    x: float
    y: float
    radius: float
    fill: str = ""
    stroke: str = ""
    stroke_width: float = 1.0


@dataclass(frozen=True, slots=True)
class Words:
    """One line of text.

    `y` is its base line; `turn` how far it is turned around its anchor, in degrees with the clock.
    """

    x: float
    y: float
    text: str
    color: str
    size: float = 12.0
    anchor: Anchor = "start"
    bold: bool = False
    turn: float = 0.0


Shape = Box | Path | Disc | Words


@dataclass(frozen=True, slots=True)
class Spot:
    """A part of a picture that leads somewhere; `about` says in words what is seen there.

    `row`, `column`: the cell of the table that the picture shows; in portraits the place of the
    document and of the code, in a timeline the place of the case and -1.
    """

    x: float
    y: float
    width: float
    height: float
    about: str
    row: int = -1
    column: int = -1


@dataclass(frozen=True, slots=True)
class Pinned:
    """What of a table stays in sight while one scrolls: the names of its rows and columns.

    Rows are named left of `left`; columns between `top` and `rows`, where the first row begins;
    the last one ends at `bottom`.
    """

    left: float
    top: float
    rows: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes in the order in which they cover one another.

    `about` says in words what one sees: the alternative text of every file. `head` is how far down
    the title and what is below it reach; `notes` are written below all else, from `foot` on.
    `pinned` are the names of a table's rows and columns, where it is one.
    """

    width: float
    height: float
    title: str
    about: str
    paper: str
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...] = field(default=())
    head: float = 0.0
    foot: float = 0.0
    notes: tuple[str, ...] = ()
    pinned: Pinned | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """The stretches of one document that are coded with one code, as shares of its length."""

    code: str
    color: str
    spans: tuple[tuple[float, float], ...]
    segments: int


@dataclass(frozen=True, slots=True)
class Portrait:
    """One document with a lane for each code, from its beginning (0) to its end (1)."""

    id: DocumentId
    document: str
    characters: int
    lanes: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Course:
    """The values of one case month by month (`yyyy-mm`), in order."""

    id: CaseId
    case: str
    values: tuple[tuple[str, float], ...]
