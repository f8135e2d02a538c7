"""A text that is written from a project: headings, paragraphs, tables and quotes, in one language.

Links are `#anchor` within the text or `file#anchor` beside it.
"""

from dataclasses import dataclass

from qda.model.entities import Language
from qda.model.pictures import Picture

MM_A_LETTER = 2.1
"""What a bold letter of a table takes in millimetres, on the broad side."""


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of a paragraph."""

    text: str
    bold: bool = False
    link: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the highest below the title."""

    level: int
    text: str
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; a `muted` one says how something was counted or what is left to write."""

    runs: tuple[Run, ...]
    muted: bool = False


@dataclass(frozen=True, slots=True)
class QuoteBlock:
    """A quotation in marks, with who said it behind, and what is known of it below.

    `link` is where what stands below leads, or who said it where nothing does. `warning` says that
    they could be recognised.
    """

    text: str
    who: str = ""
    below: str = ""
    anchor: str = ""
    link: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table; `shade` is a colour such as `#dcebef`, or empty.

    `bold` sets it as the first of its row, which is bold anyway.
    `number` is what a sheet holds in place of the text, with as many decimals.
    """

    text: str
    link: str = ""
    right: bool = False
    shade: str = ""
    bold: bool = False
    number: float | None = None


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its caption above; the first row of cells is the heading."""

    caption: str
    header: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]


@dataclass(frozen=True, slots=True)
class PictureBlock:
    """A picture with its caption below; what it shows in words is in the picture.

    `links` are where its spots lead, in their order, empty for those that lead nowhere.
    """

    caption: str
    picture: Picture
    links: tuple[str, ...] = ()


TABLE_WORDS: dict[Language, str] = {"nb": "Tabell", "nn": "Tabell", "en": "Table"}
"""What stands before the number of a table, by the language of the text."""

FIGURE_WORDS: dict[Language, str] = {"nb": "Figur", "nn": "Figur", "en": "Figure"}
"""Likewise for the number of a picture."""

Block = Heading | Paragraph | QuoteBlock | TableBlock | PictureBlock


@dataclass(frozen=True, slots=True)
class WriteUp:
    """A whole text; `about` stands small below the title, `wide` lies the paper on its side.

    With `one_page`, a paper is set as small as it takes to fit a page, within what can be read.
    """

    title: str
    about: str
    language: Language
    blocks: tuple[Block, ...]
    wide: bool = False
    one_page: bool = False


def numbered_captions(text: WriteUp) -> tuple[str, ...]:
    """Return `Table 1. ` or `Figure 1. ` and so on for each block with a caption, else nothing."""
    found: list[str] = []
    tables = figures = 0
    for block in text.blocks:
        if isinstance(block, PictureBlock):
            figures += 1
            found.append(f"{FIGURE_WORDS[text.language]} {figures}. ")
        elif isinstance(block, TableBlock) and block.caption:
            tables += 1
            found.append(f"{TABLE_WORDS[text.language]} {tables}. ")
        else:
            found.append("")
    return tuple(found)


def pictures_of(text: WriteUp) -> tuple[PictureBlock, ...]:
    """Return the pictures of a text, in the order of their numbers."""
    return tuple(one for one in text.blocks if isinstance(one, PictureBlock))


def column_widths(table: TableBlock, room: float) -> tuple[float, ...]:
    """Share `room` millimetres among the columns: numbers narrow, words by their length.

    No column of words is narrower than its longest word needs, as far as there is room.
    """
    rows = (table.header, *table.rows)
    least: list[float] = []
    more: list[float] = []
    for place, head in enumerate(table.header):
        texts = [row[place].text for row in rows]
        word = max((len(one) for text in texts for one in text.split()), default=1)
        longest = max(map(len, texts), default=1)
        least.append(word * MM_A_LETTER + 5)
        more.append(1.0 if head.right else 4.0 + min(longest, 80) - min(word, 80))
    spare = room - sum(least)
    if spare < 0:
        return tuple(room * one / sum(least) for one in least)
    return tuple(one + spare * weight / sum(more) for one, weight in zip(least, more, strict=True))


def plain(text: str, *, muted: bool = False) -> Paragraph:
    """Return a paragraph of one stretch."""
    return Paragraph((Run(text),), muted)
