"""A text that is written from a project: headings, paragraphs, tables and quotes, in one language.

Links are `#anchor` within the text or `file#anchor` beside it.
"""

from dataclasses import dataclass

from qda.model.entities import Language


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
    """A quotation in marks, with who said it behind, and what is known of it below."""

    text: str
    who: str = ""
    below: str = ""
    anchor: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class TableCell:
    """A cell of a table; `shade` is a colour such as `#dcebef`, or empty."""

    text: str
    link: str = ""
    right: bool = False
    shade: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with its caption above; the first row of cells is the heading."""

    caption: str
    header: tuple[TableCell, ...]
    rows: tuple[tuple[TableCell, ...], ...]


Block = Heading | Paragraph | QuoteBlock | TableBlock


@dataclass(frozen=True, slots=True)
class WriteUp:
    """A whole text; `about` stands small below the title, `wide` lies the paper on its side."""

    title: str
    about: str
    language: Language
    blocks: tuple[Block, ...]
    wide: bool = False


def plain(text: str, *, muted: bool = False) -> Paragraph:
    """Return a paragraph of one stretch."""
    return Paragraph((Run(text),), muted)
