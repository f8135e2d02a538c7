"""How large the type of a Word document is, so that a text meant for one page fits one.

Word and its like set the lines; here their number is reckoned on the broad side, from how wide
letters are in common faces.
"""

from dataclasses import dataclass

from qda.formats.pictures.measuring import wrapped
from qda.model.writeup import (
    Block,
    Heading,
    Paragraph,
    PictureBlock,
    QuoteBlock,
    TableBlock,
    WriteUp,
    column_widths,
)

PAPER_MM = 210, 297
HEADING_POINTS = (15, 12.5, 11)
_POINTS_A_MM = 72 / 25.4
_LINE = 1.22
"""How high a line is set, by the size of its letters, in the faces of Word."""
_CELL_SIDES_MM = 3.8


@dataclass(frozen=True, slots=True)
class Look:
    """Sizes of a document: `scale` is of type, `lead` of the space between lines; millimetres."""

    wide: bool = False
    scale: float = 1.0
    lead: float = 1.2
    side: int = 24
    top: int = 22

    @property
    def paper(self) -> tuple[int, int]:
        """Return how wide and how high the paper is."""
        return (PAPER_MM[1], PAPER_MM[0]) if self.wide else PAPER_MM

    @property
    def room(self) -> tuple[int, int]:
        """Return how wide and how high what stands between the margins may be."""
        return self.paper[0] - 2 * self.side, self.paper[1] - 2 * self.top

    def points(self, size: float) -> float:
        """Return a size as it is set: whole and half points, as Word has them."""
        return max(round(size * self.scale * 2) / 2, min(size, 7.0))


_TIGHTER = (
    (1.0, 1.1, 22, 18), (0.94, 1.05, 20, 16), (0.88, 1.0, 18, 14), (0.82, 1.0, 16, 12),
    (0.76, 1.0, 15, 11),
)  # fmt: skip


def look_of(text: WriteUp) -> Look:
    """Return the usual sizes, or the largest with which a text meant for one page fits it."""
    look = Look(wide=text.wide)
    if not text.one_page:
        return look
    for scale, lead, side, top in _TIGHTER:
        look = Look(text.wide, scale, lead, side, top)
        if height_mm(text, look) <= look.room[1]:
            break
    return look


def height_mm(text: WriteUp, look: Look) -> float:
    """Return about how high a text is, rather too high than too low."""
    head = look.points(22) * _LINE + look.points(10) * _LINE + 24
    whole = head + sum(_points(one, look) for one in text.blocks)
    return whole / _POINTS_A_MM


def _points(block: Block, look: Look) -> float:
    width = look.room[0]
    if isinstance(block, Heading):
        size = look.points(HEADING_POINTS[min(block.level, len(HEADING_POINTS)) - 1])
        return (22 if block.level == 1 else 14) * look.scale + size * _LINE * look.lead + 4
    if isinstance(block, Paragraph):
        words = "".join(run.text for run in block.runs)
        return _lines(words, look.points(9 if block.muted else 11), width, look) + 7 * look.scale
    if isinstance(block, QuoteBlock):
        words = f"{block.text} {block.who}\n{block.below}\n{block.warning}"
        return _lines(words, look.points(11), width - 20, look) + 10 * look.scale
    if isinstance(block, PictureBlock):
        shrunk = min(1.0, width * _POINTS_A_MM / (block.picture.width * 0.75))
        return block.picture.height * 0.75 * shrunk + 30
    return _table(block, look)


def _table(block: TableBlock, look: Look) -> float:
    widths = column_widths(block, look.room[0])
    size, small = look.points(9.5), look.points(9)
    height = small * _LINE * look.lead + 4 + (30 if block.caption else 0)
    for row in (block.header, *block.rows):
        lines = (
            _lines(cell.text, size, width - _CELL_SIDES_MM, look)
            for cell, width in zip(row, widths, strict=True)
        )
        height += max(lines, default=0.0) + 4.5
    return height


def _lines(text: str, size: float, width: float, look: Look) -> float:
    """Return how high a text is in points, in lines `width` millimetres wide."""
    count = sum(max(1, len(wrapped(one, size, width * _POINTS_A_MM))) for one in text.split("\n"))
    return count * size * _LINE * look.lead
