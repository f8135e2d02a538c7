"""What is painted around the letters: bands, outline, turn numbers, lanes, handles."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QPolygonF

from qda.gui import fonts
from qda.gui.colors import band_color
from qda.gui.theme import Theme
from qda.gui.widgets.paint import dot, fill_rounded
from qda.gui.widgets.transcript.data import ShownText, TurnView
from qda.gui.widgets.transcript.geometry import LineBox, TextGeometry, outlines
from qda.gui.widgets.transcript.lanes import Bar
from qda.gui.widgets.transcript.segments import SegmentStore
from qda.text.spans import Span, flatten

_NEAR = 12.0


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one colour on one line, and whether a segment begins or ends there."""

    left: float
    right: float
    color: str


class TextPainter:
    """Paint for the lines that a geometry holds."""

    def __init__(self, theme: Theme, shown: ShownText, store: SegmentStore) -> None:
        self.theme = theme
        self._store = store
        self.names = {label.start: label.turn for label in shown.labels}
        """Turns by where the line with their speaker's name begins."""
        self._labels = frozenset(self.names)
        self._turns = shown.turn_at_line

    def paint_bands(self, painter: QPainter, geometry: TextGeometry) -> None:
        """Paint the bands under the text in sight, blended where codings overlap."""
        spans = self._store.index.overlapping(geometry.start, geometry.end)
        looks = {span.id: self._store.look(span) for span in spans}
        clipped = [
            Span(span.id, max(span.start, geometry.start), min(span.end, geometry.end), span.key)
            for span in spans
            if not looks[span.id].dimmed
        ]
        lines: dict[int, tuple[LineBox, list[Piece]]] = {}
        for run in flatten(clipped):
            color = band_color([looks[one].color for one in run.ids], self.theme)
            for box, rect in geometry.rects(run.start, run.end):
                if box.block not in self._labels:
                    piece = Piece(rect.left(), rect.right(), color)
                    lines.setdefault(box.start, (box, []))[1].append(piece)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        for box, pieces in lines.values():
            for group in _touching(pieces):
                self._paint_group(painter, box, group)

    def _paint_group(self, painter: QPainter, box: LineBox, group: list[Piece]) -> None:
        whole = QRectF(group[0].left, box.top, group[-1].right - group[0].left, 0)
        whole.setBottom(box.bottom)
        radius = self.theme.px(2.5)
        if len(group) == 1:
            painter.setBrush(QColor(group[0].color))
            painter.drawRoundedRect(whole, radius, radius)
            return
        path = QPainterPath()
        path.addRoundedRect(whole, radius, radius)
        painter.save()
        painter.setClipPath(path, Qt.ClipOperation.IntersectClip)
        for piece in group:
            part = QRectF(piece.left, box.top, piece.right - piece.left, whole.height())
            painter.fillRect(part, QColor(piece.color))
        painter.restore()

    def paint_numbers(self, painter: QPainter, geometry: TextGeometry) -> None:
        """Paint the turns' numbers in the left margin."""
        theme = self.theme
        painter.setFont(fonts.tabular(fonts.interface_font(theme.scale, 11)))
        painter.setPen(QColor(theme.muted))
        for box in geometry.lines:
            turn = self._turns.get(box.block) if box.first else None
            if turn is None:
                continue
            place = QRectF(0, box.baseline - theme.px(14), box.left - theme.px(10), theme.px(18))
            flags = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignBottom
            painter.drawText(place.adjusted(0, 0, 0, -theme.px(1)), flags, str(turn.number))

    def paint_playing(self, painter: QPainter, geometry: TextGeometry, turn: TurnView) -> None:
        """Paint a bar beside the turn that is heard, with a mark where it begins."""
        lines = [
            box for box in geometry.lines if turn.label_start < box.end + 1 and box.start < turn.end
        ]
        if not lines:
            return
        theme = self.theme
        left = lines[0].left - theme.px(7)
        bar = QRectF(left, lines[0].top, theme.px(3), lines[-1].bottom - lines[0].top)
        fill_rounded(painter, bar, theme.accent, theme.px(1.5))
        if lines[0].start <= turn.label_start:
            side = theme.px(8)
            top = lines[0].baseline - side
            mark = QPolygonF(
                [
                    QPointF(left - side - theme.px(20), top),
                    QPointF(left - theme.px(20), top + side / 2),
                    QPointF(left - side - theme.px(20), top + side),
                ]
            )
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawPolygon(mark)

    def paint_hits(
        self, painter: QPainter, geometry: TextGeometry, hits: Sequence[tuple[int, int]]
    ) -> None:
        """Underline the searched words in sight."""
        thick = max(2, self.theme.px(2))
        first = bisect_left(hits, (geometry.start, 0))
        for start, end in hits[max(0, first - 1) :]:
            if start >= geometry.end:
                break
            for _, rect in geometry.rects(start, end):
                line = QRectF(rect.left(), rect.bottom() - thick, rect.width(), thick)
                painter.fillRect(line, QColor(self.theme.accent))

    def paint_outline(
        self,
        painter: QPainter,
        geometry: TextGeometry,
        start: int,
        end: int,
        *,
        dashed: bool = False,
    ) -> None:
        """Paint the outline around `start:end`."""
        rects = self.text_rects(geometry, start, end)
        pen = QPen(QColor(self.theme.accent), max(1.5, self.theme.px(1.6)))
        if dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(pen)
        gap = self.theme.px(_NEAR)
        for path in outlines(rects, self.theme.px(3), self.theme.px(5), gap):
            painter.drawPath(path)

    def text_rects(self, geometry: TextGeometry, start: int, end: int) -> list[QRectF]:
        """Return the rectangles of `start:end` in sight, without label lines."""
        return [rect for box, rect in geometry.rects(start, end) if box.block not in self._labels]

    def handles(
        self, geometry: TextGeometry, start: int, end: int
    ) -> tuple[QPointF | None, QPointF | None]:
        """Return where the handles at the edges of `start:end` are, None out of sight."""
        rects = self.text_rects(geometry, start, end)
        if not rects:
            return None, None
        pad = self.theme.px(3)
        first = QPointF(rects[0].left() - pad, rects[0].top())
        last = QPointF(rects[-1].right() + pad, rects[-1].bottom())
        return (
            first if start >= geometry.start else None,
            last if end <= geometry.end else None,
        )

    def paint_handles(
        self, painter: QPainter, geometry: TextGeometry, start: int, end: int
    ) -> None:
        """Paint the knobs by which a segment's edges are dragged."""
        for handle in self.handles(geometry, start, end):
            if handle is not None:
                dot(painter, handle, self.theme.px(5), self.theme.paper)
                dot(painter, handle, self.theme.px(4), self.theme.accent)

    def bars(self, geometry: TextGeometry, height: float) -> list[Bar]:
        """Return the bars of the segments in sight of a viewport `height` pixels high."""
        found: list[Bar] = []
        for span in self._store.index.overlapping(geometry.start, geometry.end):
            heights = geometry.reach(span.start, span.end, self._labels)
            if heights is None:
                continue
            top = heights[0] if span.start >= geometry.start else -20.0
            bottom = heights[1] if span.end <= geometry.end else height + 20
            found.append(Bar(span.id, self._store.lane(span.id), top, bottom))
        return found


def _touching(pieces: list[Piece]) -> list[list[Piece]]:
    groups: list[list[Piece]] = []
    for piece in pieces:
        if groups and abs(groups[-1][-1].right - piece.left) < 0.75:
            groups[-1].append(piece)
        else:
            groups.append([piece])
    return groups
