"""Lines of a PDF in reading order: columns one after the other, table rows joined by tabs."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qda.formats.readers.pdf_extract import PdfPage, Segment

_MIN_LINES = 6
_MIN_COLUMN = 0.25
_MAX_CROSSING = 0.25


@dataclass(frozen=True, slots=True)
class PdfLine:
    """A line as it is read.

    `left`, `right`, `base` and `height` are in points; `indent` is where what follows on the next
    line would begin (for a name with speech beside it: the speech). `column` is 0 on pages with
    one column, else 1 or 2. `cell` is the length of the first of two parts, `bold` of the bold
    beginning.
    """

    page: int
    column: int
    text: str
    left: float
    right: float
    base: float
    height: float
    indent: float
    parts: int = 1
    cell: int = 0
    bold: int = 0


def reading_order(number: int, page: PdfPage) -> tuple[PdfLine, ...]:
    """Return the lines of a page in reading order."""
    gutter = _gutter(page.segments)
    if gutter is None:
        return tuple(_line(number, 0, row) for row in _rows(page.segments))
    return tuple(_by_columns(number, page.segments, gutter))


def _rows(segments: Sequence[Segment]) -> Iterator[list[Segment]]:
    """Yield the segments that stand beside one another, in the order of the file."""
    row: list[Segment] = []
    for segment in segments:
        if (
            row
            and abs(segment.base - row[-1].base) < 0.3 * segment.height
            and (segment.left >= row[-1].right - 1)
        ):
            row.append(segment)
            continue
        if row:
            yield row
        row = [segment]
    if row:
        yield row


def _line(number: int, column: int, row: Sequence[Segment]) -> PdfLine:
    first, last = row[0], row[-1]
    return PdfLine(
        page=number,
        column=column,
        text="\t".join(one.text for one in row),
        left=first.left,
        right=last.right,
        base=first.base,
        height=last.height,
        indent=last.left,
        parts=len(row),
        cell=len(first.text) if len(row) == 2 else 0,
        bold=first.bold,
    )


def _gutter(segments: Sequence[Segment]) -> float | None:
    """Return where the second of two columns begins, None on a page with one.

    Both columns must be filled with lines: a narrow one with names beside the speech is a table.
    """
    if len(segments) < 2 * _MIN_LINES:
        return None
    left = min(one.left for one in segments)
    width = max(one.right for one in segments) - left
    edges = Counter(
        round(one.left / 3) for one in segments if 0.3 * width < one.left - left < 0.7 * width
    )
    if not edges:
        return None
    edge = edges.most_common(1)[0][0] * 3 - 3
    one_side = [one for one in segments if one.right <= edge]
    other_side = [one for one in segments if one.left >= edge - 1]
    crossing = len(segments) - len(one_side) - len(other_side)
    if min(len(one_side), len(other_side)) < _MIN_LINES or crossing > _MAX_CROSSING * len(segments):
        return None
    filled = min(_mean_width(one_side), _mean_width(other_side)) >= _MIN_COLUMN * width
    return float(edge) if filled else None


def _mean_width(segments: Sequence[Segment]) -> float:
    return sum(one.right - one.left for one in segments) / len(segments)


def _by_columns(number: int, segments: Sequence[Segment], gutter: float) -> Iterator[PdfLine]:
    """Yield the left column, then the right; lines across both part the page into bands."""
    columns: tuple[list[PdfLine], list[PdfLine]] = ([], [])
    for segment in sorted(segments, key=lambda one: -one.base):
        if segment.left >= gutter - 1:
            columns[1].append(_line(number, 2, [segment]))
        elif segment.right <= gutter:
            columns[0].append(_line(number, 1, [segment]))
        else:
            yield from columns[0] + columns[1]
            columns[0].clear()
            columns[1].clear()
            yield _line(number, 0, [segment])
    yield from columns[0] + columns[1]
