"""Where the text stands: the lines in sight, rectangles of stretches, outlines around them."""

from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QPainterPath, QRegion, QTextBlock, QTextDocument, QTextLine

from qda.text.offsets import Utf16Map

MOST_EDGES = 50_000
"""Measured places that are kept; beyond that all are measured anew as they come in sight."""
_RIGHT = -1
"""What the end of a line is kept under."""


@dataclass(frozen=True, slots=True)
class LineBox:
    """A line in sight: `start:end` in code points, place in viewport coordinates.

    `top` and `bottom` bound what a band covers, `baseline` is where the letters stand.
    `block` is the code point at which the line's paragraph begins.
    """

    start: int
    end: int
    block: int
    first: bool
    left: float
    top: float
    bottom: float
    baseline: float
    line: QTextLine
    block_unit: int


class TextGeometry:
    """The lines of a document between two heights of the viewport."""

    def __init__(self, document: QTextDocument, units: Utf16Map, pixel: float) -> None:
        self._document = document
        self._units = units
        self._pixel = pixel
        self.lines: list[LineBox] = []
        self._starts: list[int] = []
        self._found: tuple[float, float, float, float] | None = None
        # Asking Qt where a letter stands is most of what a frame takes, and scrolling moves none.
        self._edges: dict[tuple[int, int], float] = {}
        self._width = -1.0

    def scan(self, scroll: float, top: float, bottom: float) -> None:
        """Find the lines between `top` and `bottom` of a viewport scrolled down by `scroll`.

        Nothing is looked for where they were found already. A text that is changed, or laid out
        in another face, gets a geometry of its own.
        """
        wanted = (scroll, top, bottom, self._document.textWidth())
        if wanted == self._found:
            return
        self._found = wanted
        if wanted[-1] != self._width or len(self._edges) > MOST_EDGES:
            self._edges.clear()
            self._width = wanted[-1]
        self.lines = []
        layout = self._document.documentLayout()
        block = self._first_block(scroll + top, scroll + bottom)
        while block.isValid():
            origin = layout.blockBoundingRect(block).topLeft()
            if origin.y() - scroll > bottom:
                break
            self._scan_block(block, origin, scroll, top, bottom)
            block = block.next()
        self._starts = [line.start for line in self.lines]

    def keep_between(self, top: float, bottom: float) -> None:
        """Leave out lines that stand above `top` or below `bottom` and only reach beyond."""
        self._found = None
        self.lines = [line for line in self.lines if top <= line.baseline <= bottom]
        self._starts = [line.start for line in self.lines]

    def within(self, region: QRegion, width: float) -> "TextGeometry":
        """Return a geometry of those lines only, `width` wide, that a region may show a part of."""
        column = QRect(0, 0, round(width), region.boundingRect().bottom() + 1)
        shown = QRectF(region.intersected(column).boundingRect()).adjusted(0, -1, 0, 1)
        found = TextGeometry(self._document, self._units, self._pixel)
        found._edges = self._edges
        found.lines = [
            box for box in self.lines if box.top < shown.bottom() and box.bottom > shown.top()
        ]
        found._starts = [box.start for box in found.lines]
        return found

    def region(self, stretches: Iterable[tuple[int, int]], width: float, room: int) -> QRegion:
        """Return the lines in sight, `width` wide, that stretches lie on, with `room` around."""
        found = QRegion()
        for start, end in stretches:
            boxes = [box for box in self.lines if box.start < end and box.end >= start]
            if boxes:
                top, bottom = int(boxes[0].top) - room, int(boxes[-1].bottom) + 1 + room
                found += QRegion(QRect(0, top, round(width), bottom - top))
        return found

    def _first_block(self, top: float, bottom: float) -> QTextBlock:
        layout = self._document.documentLayout()
        # Qt lays text out as far as it is asked for: ask for the end of what is in sight first.
        layout.hitTest(QPointF(0, bottom), Qt.HitTestAccuracy.FuzzyHit)
        place = layout.hitTest(QPointF(0, top), Qt.HitTestAccuracy.FuzzyHit)
        block = self._document.findBlock(max(0, place))
        if self._is_below(block, top):
            # While it has laid out only a part, Qt may answer with a paragraph that is far below.
            first, behind = 0, block.blockNumber()
            while behind - first > 1:
                middle = (first + behind) // 2
                if self._is_below(self._document.findBlockByNumber(middle), top):
                    behind = middle
                else:
                    first = middle
            block = self._document.findBlockByNumber(first)
        return block

    def _is_below(self, block: QTextBlock, top: float) -> bool:
        """Tell whether a paragraph begins below `top`, as one does that is not laid out yet."""
        if not block.layout().lineCount():
            return True
        return self._document.documentLayout().blockBoundingRect(block).top() > top

    def _scan_block(self, block, origin, scroll, top, bottom) -> None:  # noqa: ANN001
        text_layout = block.layout()
        unit = block.position()
        begins = self._units.to_points(unit)
        for number in range(text_layout.lineCount()):
            line = text_layout.lineAt(number)
            baseline = origin.y() + line.y() + line.ascent() - scroll
            high, low = baseline - self._pixel * 1.06, baseline + self._pixel * 0.37
            if low < top or high > bottom:
                continue
            start = unit + line.textStart()
            self.lines.append(
                LineBox(
                    self._units.to_points(start),
                    self._units.to_points(start + line.textLength()),
                    begins,
                    number == 0,
                    origin.x(),
                    high,
                    low,
                    baseline,
                    line,
                    unit,
                )
            )

    @property
    def start(self) -> int:
        """Return the first code point in sight."""
        return self.lines[0].start if self.lines else 0

    @property
    def end(self) -> int:
        """Return the code point behind the last in sight."""
        return self.lines[-1].end + 1 if self.lines else 0

    def x_of(self, box: LineBox, offset: int) -> float:
        """Return where a code point of a line begins."""
        found = self._edges.get((box.start, offset))
        if found is None:
            x = box.line.cursorToX(self._units.to_utf16(offset) - box.block_unit)
            # The binding returns the place alone or with the cursor position it belongs to.
            found = float(x[0] if isinstance(x, tuple) else x)  # pyright: ignore[reportArgumentType]
            self._edges[box.start, offset] = found
        return box.left + found

    def _right_of(self, box: LineBox) -> float:
        """Return where a line ends, without the spaces at its end."""
        found = self._edges.get((box.start, _RIGHT))
        if found is None:
            found = self._edges[box.start, _RIGHT] = box.line.x() + box.line.naturalTextWidth()
        return box.left + found

    def reach(self, start: int, end: int, apart: Collection[int]) -> tuple[float, float] | None:
        """Return top and bottom of the rectangles of `start:end`, as `rects` gives them.

        Lines of paragraphs that begin at `apart` do not count. Only the outermost are measured.
        """
        boxes = self._boxes(start, end)
        first = next((box for box in boxes if self._counts(box, start, end, apart)), None)
        if first is None:
            return None
        last = next(box for box in reversed(boxes) if self._counts(box, start, end, apart))
        return first.top, last.bottom

    def _counts(self, box: LineBox, start: int, end: int, apart: Collection[int]) -> bool:
        return box.block not in apart and self._rect(box, start, end) is not None

    def rects(self, start: int, end: int) -> list[tuple[LineBox, QRectF]]:
        """Return the rectangles of `start:end` on the lines in sight, top to bottom."""
        found = ((box, self._rect(box, start, end)) for box in self._boxes(start, end))
        return [(box, rect) for box, rect in found if rect is not None]

    def _boxes(self, start: int, end: int) -> list[LineBox]:
        place = max(0, bisect_right(self._starts, start) - 1)
        stop = bisect_left(self._starts, end, place)
        return [box for box in self.lines[place:stop] if box.end > start]

    def _rect(self, box: LineBox, start: int, end: int) -> QRectF | None:
        """Return where `start:end` is on a line, None where nothing of it is seen there."""
        left = self.x_of(box, max(start, box.start))
        right = self.x_of(box, min(end, box.end))
        if end >= box.end:
            right = min(right, self._right_of(box))
        if right <= left:
            return None
        return QRectF(left, box.top, right - left, box.bottom - box.top)

    def line_of(self, offset: int) -> LineBox | None:
        """Return the line in sight that holds a code point."""
        place = bisect_right(self._starts, offset) - 1
        if place < 0 or place >= len(self.lines):
            return None
        box = self.lines[place]
        return box if offset <= box.end else None

    def offset_at(self, point: QPointF) -> int | None:
        """Return the code point whose letter is under `point`, None beside the letters."""
        for box in self.lines:
            if box.top <= point.y() <= box.bottom:
                line = box.line
                right = box.left + line.x() + line.naturalTextWidth()
                if not box.left + line.x() <= point.x() <= right:
                    return None
                unit = line.xToCursor(
                    point.x() - box.left, QTextLine.CursorPosition.CursorOnCharacter
                )
                return min(self._units.to_points(box.block_unit + unit), max(0, box.end - 1))
        return None


def outlines(rects: list[QRectF], pad_x: float, radius: float, gap: float) -> list[QPainterPath]:
    """Return closed rounded outlines around the rectangles of one stretch, line by line.

    Lines that follow one another within `gap` pixels and overlap sideways share an outline.
    """
    groups: list[list[QRectF]] = []
    for rect in rects:
        grown = rect.adjusted(-pad_x, 0, pad_x, 0)
        last = groups[-1][-1] if groups else None
        near = last is not None and rect.top() - last.bottom() <= gap
        if (
            near
            and last is not None
            and grown.left() < last.right()
            and last.left() < grown.right()
        ):
            middle = (last.bottom() + grown.top()) / 2
            last.setBottom(middle)
            grown.setTop(middle)
            groups[-1].append(grown)
        else:
            groups.append([grown])
    for group in groups:
        group[0].setTop(group[0].top() - 1.5)
        group[-1].setBottom(group[-1].bottom() + 1.5)
    return [_rounded(_corners(group), radius) for group in groups]


def _corners(rects: list[QRectF]) -> list[QPointF]:
    points: list[QPointF] = []
    for rect in rects:
        points += (rect.topRight(), rect.bottomRight())
    for rect in reversed(rects):
        points += (rect.bottomLeft(), rect.topLeft())
    return points


def _rounded(points: list[QPointF], radius: float) -> QPainterPath:
    kept = _without_straight(points)
    path = QPainterPath()
    count = len(kept)
    for place in range(count):
        corner, before, after = kept[place], kept[place - 1], kept[(place + 1) % count]
        enter = _towards(corner, before, radius)
        leave = _towards(corner, after, radius)
        if place == 0:
            path.moveTo(enter)
        else:
            path.lineTo(enter)
        path.quadTo(corner, leave)
    path.closeSubpath()
    return path


def _without_straight(points: list[QPointF]) -> list[QPointF]:
    distinct = [
        point
        for place, point in enumerate(points)
        if abs(point.x() - points[place - 1].x()) > 0.5
        or abs(point.y() - points[place - 1].y()) > 0.5
    ]
    count = len(distinct)
    kept: list[QPointF] = []
    for place, point in enumerate(distinct):
        before, after = distinct[place - 1], distinct[(place + 1) % count]
        same_x = abs(before.x() - point.x()) < 0.5 and abs(after.x() - point.x()) < 0.5
        same_y = abs(before.y() - point.y()) < 0.5 and abs(after.y() - point.y()) < 0.5
        if not (same_x or same_y):
            kept.append(point)
    return kept


def _towards(corner: QPointF, other: QPointF, radius: float) -> QPointF:
    step = other - corner
    length = abs(step.x()) + abs(step.y())
    return corner + step * (min(radius, length / 2) / length) if length else corner
