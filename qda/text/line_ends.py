"""Line ends of plain text: which of them end a paragraph, and which only the line.

A transcript with a turn on each line, or with blank lines between turns, is left alone. Text that
was taken from a PDF or wrapped by an editor shows it by its lines: they are equally long and go on
in the middle of sentences.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from typing import Literal

from qda.model.reading import Decision, ReadOptions
from qda.text.hyphens import HYPHENS, SOFT_HYPHEN, HyphenJoiner
from qda.text.running_lines import find_running_lines, header_decisions

Layout = Literal["plain", "wrapped", "double"]

WRAPPED_KEY = "paragraph:lines"
PAGE_KEY = "paragraph:pages"

_TERMINAL = re.compile(r"[.!?:…][\"'”’»)\]]*\d{0,3}$")
_BULLET = re.compile(r"[•·▪●○◦‣\u2043\uf0b7\uf0a7\u25a0o–-][ \t\u00a0]+\S|\(?[a-z0-9]{1,2}\)\s")
_NUMBERED = re.compile(
    r"(?:\d{1,2}\.){1,5}(?:\d{1,2})?\s*[A-ZÆØÅ«\"”]|\d{1,2}(?:\.\d{1,2})*\s+[A-ZÆØÅ«]"
)
_LEADER = re.compile(r"(?:\.{4,}|…{2,}|(?:\. ){4,})\s*\d+\s*$|\t\s*\d+\s*$")
_MAX_WIDTH = 160
EXAMPLE = 24


@dataclass(frozen=True, slots=True)
class TidyText:
    """Text with its lines joined as decided, and what was decided."""

    text: str
    decisions: tuple[Decision, ...]
    layout: Layout


@dataclass(frozen=True, slots=True)
class _Line:
    """A written line: number in the file, blank lines above it, whether a page begins with it."""

    at: int
    text: str
    blanks: int
    page: bool
    label: bool


@dataclass(slots=True)
class Joins:
    """An account of the line ends of one kind that are no paragraph ends."""

    key: str
    count: int = 0
    before: str = ""
    after: str = ""

    def note(self, left: str, right: str, joined: str) -> None:
        """Count a place; the first one is the example that is shown."""
        if not self.count:
            self.before = f"…{left[-EXAMPLE:]}\n{right[:EXAMPLE]}…"
            self.after = f"…{joined}…"
        self.count += 1

    def decision(self, options: ReadOptions) -> Decision:
        """Put it as a proposal."""
        applied = options.choices.get(self.key, True)
        return Decision(self.key, "paragraph", self.before, self.after, self.count, applied)


@dataclass(slots=True)
class _Work:
    """What tidying needs at hand."""

    options: ReadOptions
    joiner: HyphenJoiner
    joins: dict[str, Joins] = field(
        default_factory=lambda: {key: Joins(key) for key in (WRAPPED_KEY, PAGE_KEY)}
    )


def tidy(
    text: str,
    options: ReadOptions,
    *,
    labels: frozenset[int] = frozenset(),
    pages: frozenset[int] = frozenset(),
) -> TidyText:
    """Join the lines of `text` as `options` say.

    `labels` are the numbers of lines that begin a turn: no line is ever joined to the one before
    it there. `pages` are the lines at which the file itself says that a page begins.
    """
    lines = text.split("\n")
    written = _written(lines, labels, pages)
    layout = _layout(written)
    work = _Work(options, HyphenJoiner(text, options.hyphens, options.choices))
    headers: tuple[Decision, ...] = ()
    if options.paragraphs == "auto" and layout != "plain":
        headers, written = _without_headers(written, options)
        result = _joined(written, lines, layout, work)
    elif options.paragraphs == "blank":
        result = _joined(written, lines, "plain", work)
    else:
        result = _over_hyphens(lines, labels, work)
    return TidyText(result, headers + _paragraph_decisions(work) + work.joiner.decisions(), layout)


def _written(lines: Sequence[str], labels: frozenset[int], pages: frozenset[int]) -> list[_Line]:
    written: list[_Line] = []
    blanks = 0
    for at, line in enumerate(lines):
        if not line or line.isspace():
            blanks += 1
            continue
        # Text taken from PDF marks a new page by one space before a line without a blank above.
        page = at in pages or (
            blanks == 0 and bool(written) and line[0] == " " and line[1:2] != " "
        )
        written.append(_Line(at, line.strip(" \t"), blanks, page, at in labels))
        blanks = 0
    return written


def ends_sentence(text: str) -> bool:
    """Tell whether the line ends as a sentence does."""
    return _TERMINAL.search(text[-12:]) is not None


def begins_item(one: str, two: str) -> bool:
    """Tell whether line `two` is an item of a list, or line `one` an entry of a contents table."""
    return _LEADER.search(one[-60:]) is not None or _BULLET.match(two) is not None


def is_numbered(text: str) -> bool:
    """Tell whether the line looks like a numbered heading or item."""
    return _NUMBERED.match(text) is not None


def _goes_on(one: _Line, two: _Line) -> bool:
    return not two.label and two.text[:1].islower() and not ends_sentence(one.text)


def _width(pairs: Sequence[tuple[_Line, _Line]]) -> int:
    """Return how long a full line is, in characters: nine in ten lines that go on are shorter."""
    lengths = sorted(len(one.text) for one, two in pairs if _goes_on(one, two))
    return lengths[int(0.9 * (len(lengths) - 1))] if lengths else 0


def _is_full(one: str, two: str, width: int, slack: float = 0.92) -> bool:
    """Tell whether the first word of line `two` would not have fitted on line `one`."""
    return len(one) + 1 + len(two.split(None, 1)[0]) > slack * width


def _layout(written: Sequence[_Line]) -> Layout:
    """Tell plain text from text that was wrapped, and that from double-spaced PDF text."""
    pairs = list(pairwise(written))
    spaced = [pair for pair in pairs if pair[1].blanks]
    if len(spaced) >= 5 and len(spaced) >= 0.6 * len(pairs) and _is_wrapped(spaced, 0.25):
        return "double"
    close = [pair for pair in pairs if not pair[1].blanks and not pair[1].label]
    if _is_wrapped(close, 0.4) and _keeps_width(written, _width(close)):
        return "wrapped"
    return "plain"


def _keeps_width(written: Sequence[_Line], width: int) -> bool:
    """Tell whether the lines end at a margin: long lines beside them show that they do not."""
    return sum(len(line.text) > 1.25 * width for line in written) <= 0.05 * len(written)


def _is_wrapped(pairs: Sequence[tuple[_Line, _Line]], share: float) -> bool:
    going_on = [pair for pair in pairs if _goes_on(*pair)]
    if len(going_on) < 4 or len(going_on) < share * len(pairs):
        return False
    width = _width(going_on)
    full = sum(_is_full(one.text, two.text, width, 0.9) for one, two in going_on)
    return 30 <= width <= _MAX_WIDTH and full >= 0.75 * len(going_on)


def _without_headers(
    written: list[_Line], options: ReadOptions
) -> tuple[tuple[Decision, ...], list[_Line]]:
    """Drop the lines that recur at page edges, where the text shows its pages."""
    pages: list[list[_Line]] = [[]]
    for line in written:
        if line.page:
            pages.append([])
        pages[-1].append(line)
    if len(pages) < 3:
        return (), written
    texts = [[line.text for line in page] for page in pages]
    decisions, dropped = header_decisions(find_running_lines(texts), texts, options.choices)
    kept: list[_Line] = []
    for number, page in enumerate(pages):
        stays = [line for at, line in enumerate(page) if (number, at) not in dropped]
        if stays and number and not stays[0].page:
            stays[0] = replace(stays[0], page=True)
        kept += stays
    return decisions, kept


def _joined(written: Sequence[_Line], lines: Sequence[str], layout: Layout, work: _Work) -> str:
    """Build the text of lines that are joined within paragraphs."""
    if not written:
        return "\n".join(lines)
    width = _width(list(pairwise(written)))
    pieces = [written[0].text]
    if layout != "double":
        pieces.insert(0, "\n" * written[0].blanks)
    for one, two in pairwise(written):
        if _ends_paragraph(one, two, layout, width) or not _wanted(one, two, work):
            pieces.append("\n" if layout == "double" else "\n" * (two.blanks + 1))
            pieces.append(two.text)
            continue
        cut, between = work.joiner.seam(one.text, two.text)
        if cut:
            pieces[-1] = pieces[-1][:-cut]
        joined = pieces[-1][-EXAMPLE:] + between + two.text[:EXAMPLE]
        work.joins[PAGE_KEY if two.page else WRAPPED_KEY].note(one.text, two.text, joined)
        pieces += [between, two.text]
    trailing = len(lines) - 1 - written[-1].at
    return "".join(pieces) + "\n" * (min(trailing, 1) if layout == "double" else trailing)


def _wanted(one: _Line, two: _Line, work: _Work) -> bool:
    """Tell whether the user lets line ends of this kind be joined; keep account of the others."""
    key = PAGE_KEY if two.page else WRAPPED_KEY
    wanted = work.options.choices.get(key, True)
    if not wanted:
        work.joins[key].note(one.text, two.text, f"{one.text[-EXAMPLE:]} {two.text[:EXAMPLE]}")
    return wanted


def _ends_paragraph(one: _Line, two: _Line, layout: Layout, width: int) -> bool:
    if layout == "plain":
        return two.label or two.blanks > 0
    if two.label or (layout == "wrapped" and two.blanks and not two.page):
        return True
    if begins_item(one.text, two.text):
        return True
    ended = ends_sentence(one.text)
    full = _is_full(one.text, two.text, width)
    if two.page and ended:
        return True
    lower = two.text[0].islower()
    if one.text[-1] in HYPHENS + SOFT_HYPHEN and (full or lower):
        return False
    if lower:
        return not (full or len(one.text) > 0.45 * width)
    numbered = is_numbered(two.text) and (ended or not full)
    usual = 1 if layout == "double" else 0
    return numbered or not full or (two.blanks > usual and not two.page)


def _over_hyphens(lines: Sequence[str], labels: frozenset[int], work: _Work) -> str:
    """Leave the lines as they are, but for hyphens that are proven to break a word or asked for.

    In a transcript a hyphen at the end of a line may as well be speech that breaks off.
    """
    pieces: list[str] = []
    for at, line in enumerate(lines):
        left = lines[at - 1].rstrip(" \t") if at else ""
        right = line.lstrip(" \t")
        if at and left[-1:] in HYPHENS and left and right[:1].isalpha() and at not in labels:
            if _joins_over(left, right, work):
                cut, between = work.joiner.seam(left, right)
                if cut or not between:
                    pieces[-1] = pieces[-1].rstrip(" \t")[: -cut or None]
                    pieces.append(between + right)
                    continue
            else:
                work.joiner.offer(left, right)
        pieces.append(line if not at else "\n" + line)
    return "".join(pieces)


def _joins_over(left: str, right: str, work: _Work) -> bool:
    chosen = work.joiner.chosen(left, right)
    if chosen is not None:
        return chosen
    if work.options.hyphens == "join":
        return right[0].islower()
    return work.options.hyphens == "auto" and work.joiner.proven(left, right)


def _paragraph_decisions(work: _Work) -> tuple[Decision, ...]:
    return tuple(joins.decision(work.options) for joins in work.joins.values() if joins.count)
