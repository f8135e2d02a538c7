"""What a check of a manuscript finds out about one quoted passage."""

from dataclasses import dataclass
from typing import Literal

from qda.model.ids import DocumentId

QuoteStatus = Literal["verbatim", "cut", "altered", "not-found"]
QUOTE_STATUSES: tuple[QuoteStatus, ...] = ("verbatim", "cut", "altered", "not-found")


@dataclass(frozen=True, slots=True)
class QuoteDifference:
    """Words that the manuscript has, and those that the source has in their place."""

    quote: str
    source: str


@dataclass(frozen=True, slots=True)
class EarlierUse:
    """Where the same stretch of a source was quoted before.

    `place` counts the passages of a manuscript from 1.
    """

    manuscript: str
    place: int
    quote: str


@dataclass(frozen=True, slots=True)
class CheckedQuote:
    """A quoted passage and what the sources say to it.

    `start:end` are half-open code points of the document's text, None where it was not found.
    `source` is that text. `place` counts the passages of the manuscript from 1.
    """

    quote: str
    place: int
    status: QuoteStatus
    document: DocumentId | None = None
    start: int | None = None
    end: int | None = None
    source: str = ""
    differences: tuple[QuoteDifference, ...] = ()
    used_before: tuple[EarlierUse, ...] = ()


@dataclass(frozen=True, slots=True)
class QuoteUse:
    """A stretch of a source that a manuscript quotes, as the where-used list keeps it."""

    guid: str
    document: DocumentId
    text: str
    manuscript: str
    place: int
    coder: str
    at: str
