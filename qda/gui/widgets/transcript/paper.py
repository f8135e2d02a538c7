"""A transcript on paper: page by page with turn numbers, speakers, bands and labelled lanes.

Everything is laid out in fine dots and painted by the painters of the view. Nothing here needs a
window: it may run in a worker.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QPagedPaintDevice,
    QPainter,
    QTextDocument,
)

from qda.gui import fonts
from qda.gui.theme import load_theme
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT
from qda.gui.widgets.transcript.data import SegmentView, TranscriptText
from qda.gui.widgets.transcript.document import Script, Sizes, build_document
from qda.gui.widgets.transcript.geometry import TextGeometry
from qda.gui.widgets.transcript.lanes import LanePainter
from qda.gui.widgets.transcript.painting import TextPainter
from qda.gui.widgets.transcript.segments import SegmentStore
from qda.jobs.progress import Progress

DOTS = 384
"""To the inch: so fine that rounding to whole dots does not draw letters apart."""
SCALE = 3.2
"""Size of everything against the window's, in those dots: letters of 10 points."""
LANES = 190
HEAD = 30


@dataclass(frozen=True, slots=True)
class PaperWords:
    """What stands at the head of each page: at the left, and the page as a pattern `{n} {all}`."""

    head: str
    page: str


class PaperTranscript:
    """Lay a transcript out on the pages of a device and paint them."""

    def __init__(
        self,
        source: TranscriptText,
        segments: Sequence[SegmentView],
        columns: Sequence[str],
        device: QPagedPaintDevice,
    ) -> None:
        """Lay the text out for the page layout of `device`."""
        self._device = device
        paper = device.pageLayout().paintRectPoints().size()
        self.width, height = paper.width() * DOTS / 72, paper.height() * DOTS / 72
        self._theme = replace(load_theme("light"), scale=SCALE)
        self._head = self._theme.px(HEAD)
        self.height = height - self._head
        self._sizes = Sizes.of(self._theme, 100)
        script = Script.of(source)
        units, shown = script.units, script.shown
        self._owner = QObject()
        self._document: QTextDocument = build_document(
            script, self._theme, self._sizes, self._owner
        )
        self._measure = self.width - self._theme.px(LANES + 60 * max(0, len(columns) - 1))
        self._document.setTextWidth(self._measure)
        self._geometry = TextGeometry(self._document, units, self._sizes.pixel)
        self._store = SegmentStore()
        self._store.reset(segments, len(source.text))
        self._painter = TextPainter(self._theme, shown, self._store)
        self._lanes = LanePainter(self._theme)
        self._lanes.columns = tuple(columns)
        self._labels = frozenset(units.to_utf16(label.start) for label in shown.labels)
        self.pages = self._break()

    def _break(self) -> list[tuple[float, float]]:
        """Return where each page begins and ends; no line is cut, no speaker left alone below."""
        layout = self._document.documentLayout()
        room = self.height - (self._lanes.head_height() if self._lanes.columns else 0)
        pages: list[tuple[float, float]] = []
        top, bottom = 0.0, 0.0
        pending: float | None = None
        block = self._document.begin()
        while block.isValid():
            origin = layout.blockBoundingRect(block).topLeft().y()
            lines = block.layout()
            for number in range(lines.lineCount()):
                line = lines.lineAt(number)
                high, low = origin + line.y(), origin + line.y() + line.height()
                if low - top > room and bottom > top:
                    end = pending if pending is not None and pending > top else high
                    pages.append((top, end))
                    top = end
                bottom = low
                # A speaker's line goes to the next page with what is said.
                pending = high if block.position() in self._labels else None
            block = block.next()
        pages.append((top, max(bottom, top + 1)))
        return pages

    def paint(self, words: PaperWords, progress: Progress) -> None:
        """Paint every page. Raises Cancelled when the user asked for it."""
        progress.start(len(self.pages))
        painter = QPainter(self._device)
        for number, (top, bottom) in enumerate(self.pages, start=1):
            if number > 1:
                self._device.newPage()
            factor = self._device.logicalDpiX() / DOTS
            painter.save()
            painter.scale(factor, factor)
            page = words.page.format(n=number, all=len(self.pages))
            self._paint_head(painter, words.head, page)
            painter.translate(0, self._head)
            self._paint_page(painter, top, bottom)
            painter.restore()
            progress.step()
        painter.end()

    def _paint_head(self, painter: QPainter, head: str, page: str) -> None:
        theme = self._theme
        font = fonts.interface_font(theme.scale, 11)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        line = QRectF(0, 0, self.width, theme.px(18))
        painter.drawText(line, ALIGN_RIGHT, page)
        room = self.width - fonts.width_of(page, font) - theme.px(16)
        painter.drawText(line, ALIGN_LEFT, fonts.elided(head, font, room))
        painter.fillRect(QRectF(0, theme.px(20), self.width, theme.px(1)), QColor(theme.line))

    def _paint_page(self, painter: QPainter, top: float, bottom: float) -> None:
        # Columns have their names above the first line.
        down = self._lanes.head_height() if self._lanes.columns else 0.0
        height = bottom - top
        geometry = self._geometry
        geometry.scan(top - down, down, down + height - 2)
        # The band of a line is higher than the line: that of the next page's first reaches here.
        geometry.keep_between(down, down + height)
        painter.save()
        painter.setClipRect(QRectF(0, down - 1, self.width, height + 1))
        self._painter.paint_bands(painter, geometry)
        context = QAbstractTextDocumentLayout.PaintContext()
        # Lines that only touch the edge belong to the other page.
        context.clip = QRectF(0, top + 4, self.width, height - 8)  # pyright: ignore[reportAttributeAccessIssue]
        painter.save()
        painter.translate(0, down - top)
        self._document.documentLayout().draw(painter, context)
        painter.restore()
        self._painter.paint_numbers(painter, geometry)
        painter.restore()
        bars = [
            replace(bar, top=max(bar.top, down), bottom=min(bar.bottom, down + height))
            for bar in self._painter.bars(geometry, down + height)
        ]
        left = self._measure + self._theme.px(16)
        area = QRectF(left, 0, self.width - left, down + height)
        self._lanes.plan(area, bars, self._store, None)
        self._lanes.paint(painter)
