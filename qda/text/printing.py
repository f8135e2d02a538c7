"""Quotes as they are printed: in marks, cut and with words put in, the source untouched."""

import re
from collections.abc import Iterable, Sequence

from qda.model.errors import NotAllowed
from qda.model.messages import message
from qda.model.quotes import CUT_MARKS, QUOTE_MARKS, QuoteStyle, Trim

_SPACE = re.compile(r"[ \t\n]+")
_BRACKETS = re.compile(r"[\[\]\n]")
LONGEST_WORDS = 120
_INNER = {"«": "‘’", "“": "‘’", "„": "‘’", '"': "''"}


def marks_of(style: QuoteStyle, language: str) -> tuple[str, str]:
    """Return the opening and the closing mark: the style's own, else the language's."""
    marks = style.marks or ("“”" if language == "en" else "«»")
    return marks[0], marks[1]


def printed(quote: str, trims: Iterable[Trim], style: QuoteStyle, language: str) -> str:
    """Return a quote in its marks, on one line.

    Marks that the quote itself has become single ones. What is cut within shows the style's mark;
    what is cut at either end shows none, since a quotation begins and ends where its writer wants
    it to (APA 7, 8.31).
    """
    opening, closing = marks_of(style, language)
    said = _trimmed(quote.strip(), _shifted(quote, trims), style.cut)
    # Marks within marks are of the other kind. A single mark may be an apostrophe and stays.
    inner = _INNER.get(opening)
    if inner is not None:
        said = said.translate({ord(opening): inner[0], ord(closing): inner[1]})
    return f"{opening}{said}{closing}"


def checked_trims(quote: str, trims: Iterable[Trim]) -> tuple[Trim, ...]:
    """Return the trims in order, those that touch as one cut, without those that do nothing.

    Raises NotAllowed for one outside of the quote, two that overlap, words in square brackets, and
    where nothing is left.
    """
    found: list[Trim] = []
    for one in sorted(trims, key=lambda trim: (trim.start, trim.end)):
        if not 0 <= one.start <= one.end <= len(quote):
            raise NotAllowed(message("What is to be cut lies outside of the quote."))
        words = one.words.strip()
        if _BRACKETS.search(words) or len(words) > LONGEST_WORDS:
            raise NotAllowed(
                message(
                    "Words that are put in stand in square brackets and are at most {n} "
                    "characters; leave out the brackets.",
                    n=LONGEST_WORDS,
                )
            )
        if one.start == one.end and not words:
            continue
        before = found[-1] if found else None
        if before is not None and one.start < before.end:
            raise NotAllowed(message("Two cuts overlap; take one of them back first."))
        if before is not None and not (words or before.words) and one.start == before.end:
            found[-1] = Trim(before.start, one.end)
        else:
            found.append(Trim(one.start, one.end, words))
    if found and not _kept(quote, found).strip():
        raise NotAllowed(message("Nothing is left of the quote; leave some of its words."))
    return tuple(found)


def whole_words(quote: str, start: int, end: int) -> tuple[int, int]:
    """Return `start:end` grown to whole words, without the space around them."""
    while start > 0 and _inside(quote, start):
        start -= 1
    while end < len(quote) and _inside(quote, end):
        end += 1
    while start < end and quote[start].isspace():
        start += 1
    while end > start and quote[end - 1].isspace():
        end -= 1
    return start, end


def checked_style(style: QuoteStyle) -> QuoteStyle:
    """Return a style. Raises NotAllowed for marks that there are not, or a threshold below 1."""
    if style.cut not in CUT_MARKS:
        raise NotAllowed(message("A cut is printed as one of {known}.", known="  ".join(CUT_MARKS)))
    if style.marks and style.marks not in QUOTE_MARKS:
        raise NotAllowed(
            message("Quotation marks are one of {known}.", known="  ".join(QUOTE_MARKS))
        )
    if not 1 <= style.threshold <= 1000:
        raise NotAllowed(message("The least number of informants is a whole number from 1."))
    return style


def _inside(quote: str, at: int) -> bool:
    return quote[at - 1].isalnum() and quote[at].isalnum()


def _kept(quote: str, trims: Sequence[Trim]) -> str:
    at, kept = 0, ""
    for one in trims:
        kept += quote[at : one.start]
        at = one.end
    return kept + quote[at:]


def _shifted(quote: str, trims: Iterable[Trim]) -> list[Trim]:
    """Return the trims as offsets of the quote without the space around it."""
    lead = len(quote) - len(quote.lstrip())
    last = len(quote.strip())

    def inside(at: int) -> int:
        return min(max(at - lead, 0), last)

    return [Trim(inside(one.start), inside(one.end), one.words) for one in trims]


def _trimmed(quote: str, trims: Sequence[Trim], cut: str) -> str:
    parts: list[str] = []
    at = 0
    for one in trims:
        parts.append(quote[at : one.start])
        inner = _said("".join(parts)) and _said(quote[one.end :])
        mark = f"[{one.words}]" if one.words else cut if inner else ""
        if mark and quote[one.start - 1 : one.start].isalnum() and not _letter(one, quote):
            mark = f" {mark}"
        following = quote[one.end : one.end + 1]
        if mark and following.isalnum() and not _letter(one, quote):
            mark = f"{mark} "
        if not mark:
            # A full stop left at the end stands at the last word.
            parts[-1] = parts[-1].rstrip() if _said(parts[-1]) else ""
            parts[-1] += " " if _said(quote[one.end :]) else ""
        parts.append(mark)
        at = one.end
    parts.append(quote[at:])
    return _SPACE.sub(" ", "".join(parts)).strip()


def _said(text: str) -> bool:
    """Tell whether there are words in a text."""
    return any(map(str.isalnum, text))


def _letter(one: Trim, quote: str) -> bool:
    """Tell whether a trim changes the size of a letter at the head of a word: [V]i."""
    return len(one.words) == 1 and one.words.casefold() == quote[one.start : one.end].casefold()
