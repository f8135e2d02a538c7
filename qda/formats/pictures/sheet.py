"""The paper that pictures are drawn on: margins, a title, and what is below in small type."""

from dataclasses import dataclass, field, replace

from qda.formats.pictures.measuring import width_of, wrapped
from qda.model.pictures import Box, Disc, Inks, Path, Picture, Pinned, Shape, Spot, Words
from qda.model.shades import contrast, mix

MARGIN = 24.0
SIZE = 12.0
SMALL = 11.0
_TITLE = 17.0
_LINE = 16.0
_BELOW_HEAD = 20.0
_LEAST_WIDTH = 420.0
_EDGE = 4.0
"""What is left around a picture that has its caption beside it."""
_READABLE = 4.5
_TOLD = 3.0


@dataclass(slots=True)
class Sheet:
    """Shapes as they are drawn, below one another: `top` is where the next part begins."""

    inks: Inks
    title: str
    subtitle: str
    top: float = 0.0
    head: float = 0.0
    foot: float = 0.0
    below: list[str] = field(default_factory=list[str])
    pinned: Pinned | None = None
    width: float = _LEAST_WIDTH
    shapes: list[Shape] = field(default_factory=list[Shape])
    spots: list[Spot] = field(default_factory=list[Spot])

    def __post_init__(self) -> None:
        """Write the title."""
        self.top = MARGIN + _TITLE
        self.words(MARGIN, self.top, self.title, size=_TITLE, bold=True)
        if self.subtitle:
            self.top += 20
            self.words(MARGIN, self.top, self.subtitle, muted=True)
        self.head = self.top
        self.top += _BELOW_HEAD

    def words(  # noqa: PLR0913 - what there is to say of a line of text
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float = SIZE,
        muted: bool = False,
        bold: bool = False,
        color: str = "",
        anchor: str = "start",
        turn: float = 0.0,
    ) -> None:
        """Write a line of text with its base line at `y`, and keep the paper wide enough."""
        ink = color or (self.inks.muted if muted else self.inks.ink)
        side = "middle" if anchor == "middle" else "end" if anchor == "end" else "start"
        self.shapes.append(Words(x, y, text, ink, size, side, bold, turn))
        if side == "start" and not turn:
            self.widen(x + width_of(text, size, bold=bold))

    def box(self, x: float, y: float, width: float, height: float, **look: object) -> None:
        """Draw a rectangle, and keep the paper wide enough."""
        self.shapes.append(Box(x, y, width, height, **look))  # type: ignore[arg-type]
        self.widen(x + width)

    def widen(self, right: float) -> None:
        """Let the paper reach beyond `right`."""
        self.width = max(self.width, right + MARGIN)

    def notes(self, lines: list[str]) -> None:
        """Write what has to be known of the numbers, over as many lines as it takes."""
        self.foot = self.top
        self.below += lines
        for note in lines:
            for line in wrapped(note, SMALL, self.width - 2 * MARGIN):
                self.top += _LINE
                self.words(MARGIN, self.top, line, size=SMALL, muted=True)

    def finished(self, about: str) -> Picture:
        """Return the picture."""
        return Picture(
            width=round(self.width),
            height=round(self.top + MARGIN),
            title=self.title,
            about=about,
            paper=self.inks.paper,
            shapes=tuple(self.shapes),
            spots=tuple(self.spots),
            head=self.head,
            foot=self.foot or self.top,
            notes=tuple(self.below),
            pinned=self.pinned,
        )


def bare(picture: Picture) -> Picture:
    """Return a picture without title and notes, close to its edges: both stand beside it."""
    left, top = MARGIN - _EDGE, picture.head + _BELOW_HEAD - _EDGE
    return replace(
        picture,
        width=picture.width - 2 * left,
        height=round(picture.foot - top + _EDGE),
        shapes=tuple(
            _moved(one, left, top)
            for one in picture.shapes
            if not (isinstance(one, Words) and not picture.head < one.y <= picture.foot)
        ),
        spots=tuple(replace(one, x=one.x - left, y=one.y - top) for one in picture.spots),
        head=0.0,
        foot=picture.foot - top,
        notes=(),
        pinned=None,
    )


def _moved(shape: Shape, left: float, up: float) -> Shape:
    if isinstance(shape, Path):
        return replace(shape, points=tuple((x - left, y - up) for x, y in shape.points))
    if isinstance(shape, Disc):
        return replace(shape, x=shape.x - left, y=shape.y - up)
    return replace(shape, x=shape.x - left, y=shape.y - up)


def shade_of(inks: Inks, share: float) -> str:
    """Return the colour of a share (0 to 1): the more, the further from the paper.

    Between paper and accent alone, so that the order of the shades survives in grey.
    """
    return mix(inks.accent, inks.paper, 0.04 + 0.96 * min(1.0, max(0.0, share)))


def ink_on(inks: Inks, fill: str) -> str:
    """Return what is read at 4.5:1 on `fill`: the ink, the paper's colour, else black or white."""
    found = max((inks.ink, inks.paper), key=lambda one: contrast(one, fill))
    if contrast(found, fill) >= _READABLE:
        return found
    return max(("#000000", "#FFFFFF"), key=lambda one: contrast(one, fill))


def visible(inks: Inks, color: str) -> str:
    """Return a code's colour, nearer to the ink until it is told from the paper."""
    shown = color or inks.accent
    while contrast(shown, inks.paper) < _TOLD:
        shown = mix(inks.ink, shown, 0.2)
    return shown
