"""How quotes are printed: attribution, marks, cuts; and those that are picked for the text."""

from dataclasses import dataclass

from qda.model.ids import CodingId, Guid, PickedQuoteId

CUT_MARKS: tuple[str, ...] = ("[…]", "[...]", "(…)", "(...)", "…", "...")
"""How a cut within a quote can be printed."""
QUOTE_MARKS: tuple[str, ...] = ("«»", "“”", "„“", '""', "‘’", "''")
"""The quotation marks that can be printed, opening and closing."""
FEWEST = 3
"""Combinations that fewer informants than this share are told, unless said otherwise."""


@dataclass(frozen=True, slots=True)
class QuoteStyle:
    """How quotes are printed.

    `attribution` is a template (see `qda.text.attribution`); `cut` one of `CUT_MARKS`; `marks` one
    of `QUOTE_MARKS`, empty for those of the project's language. Combinations of what is shown that
    fewer than `threshold` informants share are told. With `office`, the office may stand beside the
    person.
    """

    attribution: str = "({role})"
    cut: str = "[…]"
    marks: str = ""
    threshold: int = FEWEST
    office: bool = False


@dataclass(frozen=True, slots=True)
class Trim:
    """A stretch of a quote that is printed otherwise: cut, or with `words` in square brackets.

    `start:end` are half-open code points of the quote; they are equal where words are put in.
    """

    start: int
    end: int
    words: str = ""


@dataclass(frozen=True, slots=True)
class PickedQuote:
    """A segment that is picked for the text.

    `quote` is its text when it was trimmed; where the segment's text is another by now, its trims
    no longer fit and it is printed whole.
    """

    id: PickedQuoteId
    guid: Guid
    coding: CodingId
    position: int
    quote: str
    trims: tuple[Trim, ...]
    note: str
