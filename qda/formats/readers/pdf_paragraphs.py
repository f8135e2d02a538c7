"""Paragraphs of a PDF, told from gaps, indents and lines that end early."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from qda.formats.readers.pdf_lines import PdfLine
from qda.model.reading import Decision, ReadOptions
from qda.text.hyphens import HYPHENS, HyphenJoiner
from qda.text.line_ends import (
    EXAMPLE,
    PAGE_KEY,
    WRAPPED_KEY,
    Joins,
    begins_item,
    ends_sentence,
    is_numbered,
)
from qda.text.turn_finding import LabelHints, Span, turn_lines

_WIDE_PITCH = 1.3
_OTHER_SIZE = 1.12
_LEADING = "….«“”\"'(–— "


@dataclass(frozen=True, slots=True)
class PdfText:
    """The text of a PDF, where it marks names, and what was decided."""

    text: str
    hints: LabelHints
    decisions: tuple[Decision, ...]


@dataclass(frozen=True, slots=True)
class _Measures:
    """The usual distance between lines, and the right margin of each column, in points."""

    pitch: float
    margins: Mapping[int, float]
    lefts: Mapping[int, float]


def build_text(lines: Sequence[PdfLine], options: ReadOptions) -> PdfText:
    """Join the lines to paragraphs as `options` say."""
    whole = "\n".join(line.text for line in lines)
    labels = turn_lines(whole, _hints(lines, _starts(lines)), options.speakers)
    measures = _measure(lines)
    joiner = HyphenJoiner(whole, options.hyphens, options.choices)
    joins = {key: Joins(key) for key in (WRAPPED_KEY, PAGE_KEY)}
    pieces: list[str] = []
    heads: list[tuple[PdfLine, int]] = []
    length = 0
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        text = line.text
        if before is None or _begins(before, lines, at, labels, measures, options):
            text = "\n" + text if at else text
            heads.append((line, length + (1 if at else 0)))
        else:
            key = PAGE_KEY if _jumps(before, line) else WRAPPED_KEY
            if options.choices.get(key, True):
                cut, between = joiner.seam(before.text, text)
                pieces[-1] = pieces[-1][: len(pieces[-1]) - cut]
                length -= cut
                joined = pieces[-1][-EXAMPLE:] + between + text[:EXAMPLE]
                text = between + text
            else:
                joined = f"{before.text[-EXAMPLE:]} {text[:EXAMPLE]}"
                heads.append((line, length + 1))
                text = "\n" + text
            joins[key].note(before.text, line.text, joined)
        pieces.append(text)
        length += len(text)
    decisions = [one.decision(options) for one in joins.values() if one.count]
    hints = _hints([line for line, _ in heads], [start for _, start in heads])
    return PdfText("".join(pieces), hints, (*decisions, *joiner.decisions()))


def build_lines(lines: Sequence[PdfLine]) -> PdfText:
    """Leave every line a paragraph of its own."""
    text = "\n".join(line.text for line in lines)
    return PdfText(text, _hints(lines, _starts(lines)), ())


def _starts(lines: Sequence[PdfLine]) -> list[int]:
    starts: list[int] = []
    position = 0
    for line in lines:
        starts.append(position)
        position += len(line.text) + 1
    return starts


def _hints(lines: Sequence[PdfLine], starts: Sequence[int]) -> LabelHints:
    bold: list[Span] = []
    cells: list[Span] = []
    for line, start in zip(lines, starts, strict=True):
        if line.cell:
            cells.append((start, start + line.cell))
        elif line.bold:
            bold.append((start, start + line.bold))
    return LabelHints(tuple(bold), tuple(cells))


def _measure(lines: Sequence[PdfLine]) -> _Measures:
    pitches: Counter[float] = Counter()
    for one, two in pairwise(lines):
        pitch = one.base - two.base
        if not _jumps(one, two) and 0.5 * two.height < pitch < 4 * two.height:
            pitches[round(pitch * 2) / 2] += 1
    # Of equally frequent distances the smaller one is that within paragraphs.
    pitch = min(pitches, key=lambda one: (-pitches[one], one)) if pitches else 0.0
    rights: dict[int, list[float]] = {}
    lefts: dict[int, list[float]] = {}
    for line in lines:
        rights.setdefault(line.column, []).append(line.right)
        lefts.setdefault(line.column, []).append(line.left)
    return _Measures(
        pitch,
        {column: sorted(found)[int(0.97 * (len(found) - 1))] for column, found in rights.items()},
        {column: min(found) for column, found in lefts.items()},
    )


def _jumps(one: PdfLine, two: PdfLine) -> bool:
    """Tell whether a page or a column ends between the two lines."""
    return one.page != two.page or one.column != two.column or two.base > one.base + one.height


def _begins(
    one: PdfLine,
    lines: Sequence[PdfLine],
    at: int,
    labels: frozenset[int],
    measures: _Measures,
    options: ReadOptions,
) -> bool:
    """Tell whether line `at` begins a paragraph, `one` being the line before it."""
    two = lines[at]
    if at in labels or one.parts > 2 or two.parts > 2:
        return True
    jumps = _jumps(one, two)
    gap = not jumps and one.base - two.base > _WIDE_PITCH * measures.pitch
    if options.paragraphs == "blank":
        return gap
    sizes = sorted((one.height, two.height))
    if gap or sizes[1] > _OTHER_SIZE * sizes[0] or begins_item(one.text, two.text):
        return True
    if jumps and ends_sentence(one.text):
        return True
    return _ends_early(one, two, measures) or _is_indented(one, lines, at)


def _ends_early(one: PdfLine, two: PdfLine, measures: _Measures) -> bool:
    """Tell whether the first word of line `two` would have fitted on line `one`."""
    margin = measures.margins[one.column]
    word = two.text.split(None, 1)[0] if two.text.split() else ""
    per_letter = (two.right - two.left) / max(1, len(two.text))
    full = one.right + (len(word) + 1.5) * per_letter > margin
    # A pause or an opening mark at the beginning of a line says nothing of a new paragraph.
    lower = two.text.lstrip(_LEADING)[:1].islower()
    if one.text[-1:] in HYPHENS and lower:
        return False
    if lower:
        width = margin - measures.lefts[one.column]
        return not full and one.right - measures.lefts[one.column] < 0.45 * width
    return not full or (is_numbered(two.text) and ends_sentence(one.text))


def _is_indented(one: PdfLine, lines: Sequence[PdfLine], at: int) -> bool:
    """Tell whether the line is set in against its neighbours, as a first line is."""
    two = lines[at]
    step = 0.6 * two.height
    if one.parts > 1 or two.left - one.indent < step or not ends_sentence(one.text):
        return False
    after = lines[at + 1] if at + 1 < len(lines) else None
    return after is None or _jumps(two, after) or two.left - after.left > step
