"""The strip at the edge: the whole text at a glance, with what is coded and where one is."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Protocol

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QHelpEvent, QImage, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QToolTip, QWidget

from qda.gui.colors import code_color
from qda.gui.theme import Theme
from qda.gui.widgets.paint import stroke_rounded
from qda.gui.widgets.transcript.data import Look, SegmentView
from qda.text.spans import Span

WIDTH = 14
MOST_TOLD = 8
"""Codes that are named for one place."""
_LEAST = 4


class Marks(Protocol):
    """Where the segments lie, and how each looks."""

    def spans(self) -> Iterable[Span]:
        """Return all in reading order."""
        ...

    def between(self, start: int, end: int) -> Iterable[Span]:
        """Return those that share a code point with `start:end`, in reading order."""
        ...

    def look(self, span: Span) -> Look:
        """Return the colour of one and whether it is dimmed."""
        ...

    def __getitem__(self, segment_id: int) -> SegmentView:
        """Return one with its name."""
        ...


class OverviewStrip(QWidget):
    """Coloured marks in proportion to the text, and a box for what is in sight."""

    offset_chosen = Signal(int)
    """The user clicked or dragged to a place.

    Parameters: the code point that should come to the middle.
    """

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Show an empty strip."""
        super().__init__(parent)
        self._theme = theme
        self._length = 1
        self._sight = (0, 1)
        self._segments: Marks | None = None
        self._marks: QImage | None = None
        self._hits: Sequence[tuple[int, int]] = ()
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def set_text_length(self, length: int) -> None:
        """Say how long the text is, in code points."""
        self._length = max(1, length)
        self.forget_marks()

    def set_segments(self, segments: Marks) -> None:
        """Show marks for `segments`, which are asked whenever marks are drawn."""
        self._segments = segments
        self.forget_marks()

    def set_hits(self, hits: Sequence[tuple[int, int]]) -> None:
        """Show where searched words stand."""
        self._hits = hits
        self.update()

    def hits(self) -> Sequence[tuple[int, int]]:
        """Return where searched words stand."""
        return self._hits

    def forget_marks(self) -> None:
        """Draw all marks anew when next painted."""
        self._marks = None
        self.update()

    def redraw_marks(self, start: int, end: int) -> None:
        """Draw only the marks at `start:end` anew, after a segment there has changed."""
        if self._marks is None or self._segments is None or not self.height():
            return
        least = self._theme.px(_LEAST)
        scale = self.height() / self._length
        top, bottom = int(start * scale), max(int(end * scale), int(start * scale) + least) + 1
        rows = QRect(0, top, self.width(), bottom - top)
        painter = QPainter(self._marks)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_Clear)
        painter.fillRect(rows, Qt.GlobalColor.transparent)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceOver)
        reach = int((least + 1) / scale) + 1
        beside = self._segments.between(max(0, start - reach), int(bottom / scale) + 1)
        self._draw_marks(painter, beside, top, bottom)
        painter.end()
        self.update(rows)

    def set_sight(self, start: int, end: int) -> None:
        """Say what is in sight."""
        if self._sight != (start, end):
            self._sight = (start, end)
            self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.forget_marks()

    def sizeHint(self) -> QSize:
        """Return the width of the strip."""
        return QSize(self._theme.px(WIDTH), 0)

    def event(self, event: QEvent) -> bool:
        """Say in words which codes the marks under the mouse stand for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            QToolTip.showText(event.globalPos(), self.told_at(event.pos().y()), self)
            return True
        return super().event(event)

    def told_at(self, y: int) -> str:
        """Return what is coded around a height of the strip, one code on a line."""
        scale = self._length / max(1, self.height())
        reach = self._theme.px(_LEAST)
        start, end = int((y - reach) * scale), int((y + reach) * scale) + 1
        segments = self._segments
        if segments is None:
            return ""
        spans = segments.between(max(0, start), min(self._length, max(1, end)))
        found = (segments[span.id] for span in spans)
        titles = list(dict.fromkeys(one.title for one in found if not one.dimmed))
        if len(titles) > MOST_TOLD:
            titles[MOST_TOLD - 1 :] = [f"+ {len(titles) - MOST_TOLD + 1}"]
        return "\n".join(titles)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Jump."""
        self._jump(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Jump along with the mouse."""
        if event.buttons() & Qt.MouseButton.LeftButton:
            self._jump(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the release from the text below."""
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint ground, marks and the box of what is in sight."""
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.pane))
        painter.fillRect(0, 0, 1, self.height(), QColor(theme.line))
        ratio = self.devicePixelRatioF()
        size = self.size() * ratio
        if self._marks is None or self._marks.size() != size:
            self._marks = self._drawn_marks(size, ratio)
        painter.drawImage(0, 0, self._marks)
        for start, _ in self._hits:
            painter.fillRect(QRectF(1, self._y(start), self.width() - 1, 2), QColor(theme.accent))
        top = self._y(self._sight[0])
        height = max(float(theme.px(10)), self._y(self._sight[1]) - top)
        box = QRectF(1, min(top, self.height() - height), self.width() - 1, height)
        fill = QColor(theme.ink)
        fill.setAlpha(18)
        painter.fillRect(box, fill)
        stroke_rounded(painter, box, theme.muted, 2)

    def _drawn_marks(self, size: QSize, ratio: float) -> QImage:
        image = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(ratio)
        image.fill(Qt.GlobalColor.transparent)
        if self._segments is not None:
            painter = QPainter(image)
            self._draw_marks(painter, self._segments.spans(), 0, self.height())
            painter.end()
        return image

    def _draw_marks(self, painter: QPainter, spans: Iterable[Span], top: int, bottom: int) -> None:
        """Draw the pixel rows `top:bottom`; what begins last in the text lies on top."""
        segments, theme = self._segments, self._theme
        if segments is None or bottom <= top:
            return
        least, scale = theme.px(_LEAST), self.height() / self._length
        # Thousands of marks fall on the same few rows: of the short ones that begin on a row only
        # the last is seen, and colours are gathered row by row before anything is painted.
        short: dict[int, Span] = {}
        tall: list[Span] = []
        most = (least + 1) / scale
        for span in spans:
            if span[2] - span[1] < most:
                short[int(span[1] * scale)] = span
            else:
                tall.append(span)
        rows: list[Look | None] = [None] * (bottom - top)
        for span in sorted((*short.values(), *tall), key=_reading_order):
            first = int(span[1] * scale)
            last = max(first + least, first + int((span[2] - span[1]) * scale))
            first, last = max(0, first - top), min(bottom, last) - top
            if first < last:
                rows[first:last] = [segments.look(span)] * (last - first)
        left, width = theme.px(4), self.width() - theme.px(7)
        colors: dict[Look, QColor] = {}
        at = top
        for look, run in groupby(rows):
            height = sum(1 for _ in run)
            if look is not None:
                if look not in colors:
                    name = theme.line if look.dimmed else code_color(look.color, theme)
                    colors[look] = QColor(name)
                painter.fillRect(left, at, width, height, colors[look])
            at += height

    def _y(self, offset: int) -> float:
        return offset / self._length * self.height()

    def _jump(self, event: QMouseEvent) -> None:
        share = min(1.0, max(0.0, event.position().y() / max(1, self.height())))
        self.offset_chosen.emit(round(share * self._length))


def _reading_order(span: Span) -> tuple[int, int, int]:
    return (span[1], -span[2], span[0])
