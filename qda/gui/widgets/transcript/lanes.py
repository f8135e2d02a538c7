"""The right margin: one bar per coding, side by side where they overlap, with labels beside.

Placing is plain arithmetic, kept apart from painting.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from qda.gui import fonts
from qda.gui.colors import code_color
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, fill_rounded
from qda.gui.widgets.transcript.segments import SegmentStore
from qda.model.shades import mix

MOST_LANES = 12
_BETWEEN = 3.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A coding in sight: which lane, from where to where in pixels."""

    segment: int
    lane: int
    top: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Label:
    """A label: of which coding, at what height, right of how many lanes, for how many more."""

    segment: int
    top: float
    lanes: int
    more: tuple[int, ...] = field(default=())


def part_bars(bars: Sequence[Bar]) -> list[Bar]:
    """Return the bars with those that meet on one line in the same lane parted there."""
    parted: list[Bar] = []
    last: dict[int, int] = {}
    for bar in sorted(bars, key=lambda one: (one.top, one.bottom, one.segment)):
        place = last.get(bar.lane)
        shown = bar
        if place is not None and parted[place].bottom > bar.top - _BETWEEN:
            above = parted[place]
            middle = (min(above.bottom, bar.bottom) + bar.top) / 2
            parted[place] = replace(above, bottom=max(above.top + 2, middle - _BETWEEN / 2))
            shown = replace(bar, top=min(bar.bottom - 2, middle + _BETWEEN / 2))
        last[bar.lane] = len(parted)
        parted.append(shown)
    return parted


def place_labels(
    bars: Sequence[Bar], height: float, sight: float, first: float = 2.0
) -> list[Label]:
    """Return where the labels of `bars` go so that none covers another.

    A label stands at the top of its bar, or as far down as those above push it. One that would
    be pushed off its bar is counted in the label above. Labels clear all lanes of the bars that
    overlap theirs. `sight` is the height of the viewport; labels of bars that begin above it
    stick to its top, which is at `first`.
    """
    labels: list[Label] = []
    free = first
    ordered = sorted(bars, key=lambda bar: (max(bar.top, 0.0), bar.lane))
    for lanes, group in _groups(ordered):
        for bar in group:
            top = max(bar.top, free)
            # Half a line below its bar, a label still reads as the bar's.
            room = max(bar.bottom, max(bar.top, 0.0) + height) + height / 2
            if top + height > room + 1 and labels and labels[-1].top + height > bar.top:
                labels[-1] = replace(labels[-1], more=(*labels[-1].more, bar.segment))
                continue
            if top > sight:
                continue
            labels.append(Label(bar.segment, top, lanes))
            free = top + height
    return labels


def _groups(ordered: list[Bar]) -> list[tuple[int, list[Bar]]]:
    """Group bars that overlap in height, each with how many lanes the group takes."""
    groups: list[tuple[int, list[Bar]]] = []
    reach = float("-inf")
    for bar in ordered:
        if groups and bar.top < reach:
            lanes, members = groups[-1]
            members.append(bar)
            groups[-1] = (max(lanes, bar.lane + 1), members)
        else:
            groups.append((bar.lane + 1, [bar]))
        reach = max(reach, bar.bottom) if len(groups[-1][1]) > 1 else bar.bottom
    return groups


@dataclass(frozen=True, slots=True)
class Stroke:
    """A bar as it is painted: two that are equal give the same pixels."""

    segment: int
    left: float
    top: float
    width: float
    height: float
    step: float
    color: str
    dimmed: bool
    chosen: bool

    def bounds(self) -> QRectF:
        """Return all it may touch."""
        return QRectF(self.left - 3, self.top - 3, self.width + 6, self.height + 6)

    def sensitive(self) -> QRectF:
        """Return where the mouse means it."""
        return QRectF(self.left - 2, self.top, self.step, self.height)


@dataclass(frozen=True, slots=True)
class Words:
    """A label as it is painted, and for which codings it speaks: equal ones look the same."""

    segments: tuple[int, ...]
    left: float
    top: float
    room: float
    height: float
    name: str
    name_width: float
    tail: str
    tail_width: float
    chosen: bool

    def bounds(self) -> QRectF:
        """Return all it may touch."""
        return QRectF(self.left - 3, self.top - 2, self.room + 6, self.height + 5)

    def sensitive(self) -> QRectF:
        """Return where the mouse means it."""
        return QRectF(self.left, self.top, self.name_width + self.tail_width + 4, self.height)


@dataclass(frozen=True, slots=True)
class Head:
    """The name of a column."""

    name: str
    left: float
    top: float
    width: float
    height: float

    def bounds(self) -> QRectF:
        """Return all it covers."""
        return QRectF(self.left - 5, self.top, self.width + 6, self.height)


Item = Stroke | Words | Head


class LanePainter:
    """Plan bars and labels, paint them, and remember where they are, for the mouse."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.columns: tuple[str, ...] = ()
        self.picked: Collection[int] = ()
        self._items: list[Item] = []
        self._hits: list[tuple[QRectF, tuple[int, ...]]] = []

    def clear(self) -> None:
        """Forget what was planned."""
        self._items = []
        self._hits = []

    def segment_at(self, x: float, y: float) -> int | None:
        """Return the coding whose bar or label is at a place."""
        return next(iter(self.segments_at(x, y)), None)

    def segments_at(self, x: float, y: float) -> tuple[int, ...]:
        """Return the coding whose bar is at a place, or those that the label there speaks for."""
        for rect, segments in self._hits:
            if rect.contains(x, y):
                return segments
        return ()

    def label_height(self) -> float:
        """Return the height of one label."""
        return self.theme.px(18)

    def head_height(self) -> float:
        """Return the height of the line that names a column."""
        return self.theme.px(24)

    def plan(
        self, area: QRectF, bars: Sequence[Bar], segments: SegmentStore, selected: int | None
    ) -> list[QRectF]:
        """Place what is in sight in `area`, side by side where there are columns.

        Return the rectangles in which other pixels are to be painted than those planned before.
        """
        before = frozenset(self._items)
        self._items = []
        if self.columns:
            wide = area.width() / len(self.columns)
            for place, name in enumerate(self.columns):
                column = QRectF(area.left() + place * wide, area.top(), wide, area.height())
                column.setRight(column.right() - self.theme.px(8))
                members = [bar for bar in bars if segments[bar.segment].column == name]
                self._plan_column(column, members, segments, selected, self.head_height())
                self._items.append(
                    Head(name, column.left(), column.top(), column.width(), self.head_height())
                )
        else:
            self._plan_column(area, bars, segments, selected)
        strokes = [one for one in self._items if isinstance(one, Stroke)]
        words = [one for one in self._items if isinstance(one, Words)]
        # Where they meet, a bar is meant rather than a label, and what is on top.
        self._hits = [
            *((one.sensitive(), (one.segment,)) for one in reversed(strokes)),
            *((one.sensitive(), one.segments) for one in words),
        ]
        return [one.bounds() for one in before.symmetric_difference(self._items)]

    def paint(self, painter: QPainter, clip: QRectF | None = None) -> None:
        """Paint what is planned, or only what is seen of it in `clip`."""
        for item in self._items:
            if clip is not None and not item.bounds().intersects(clip):
                continue
            if isinstance(item, Words):
                self._paint_words(painter, item)
            elif isinstance(item, Stroke):
                self._paint_stroke(painter, item)
            else:
                self._paint_head(painter, item)

    def _plan_column(
        self,
        area: QRectF,
        bars: Sequence[Bar],
        segments: SegmentStore,
        selected: int | None,
        first: float = 2.0,
    ) -> None:
        theme = self.theme
        deepest = max((bar.lane for bar in bars), default=0) + 1
        step = theme.px(10 if deepest <= 5 else 7)
        wide = theme.px(5 if deepest <= 5 else 4)
        kept = [bar for bar in bars if bar.lane < MOST_LANES]
        named = [bar for bar in kept if not segments[bar.segment].dimmed]
        chosen = {selected, *self.picked}
        for label in place_labels(named, self.label_height(), area.height(), first):
            # A dimmed bar has no label; those of others keep clear of it all the same.
            lanes = label.lanes if len(named) == len(kept) else deepest
            left = area.left() + min(lanes, MOST_LANES) * step + theme.px(2)
            self._items.append(self._words(left, area.right(), label, segments, chosen))
        pale = mix(theme.muted, theme.paper, 0.6)
        for bar in part_bars(kept):
            segment = segments[bar.segment]
            self._items.append(
                Stroke(
                    bar.segment,
                    area.left() + bar.lane * step,
                    bar.top,
                    wide,
                    bar.bottom - bar.top,
                    step,
                    pale if segment.dimmed else code_color(segment.color, theme),
                    segment.dimmed,
                    bar.segment in chosen,
                )
            )

    def _words(
        self,
        left: float,
        right: float,
        label: Label,
        segments: SegmentStore,
        chosen: Collection[int | None],
    ) -> Words:
        theme = self.theme
        segment = segments[label.segment]
        spoken_for = (label.segment, *label.more)
        sub = f" / {segment.sub_label}" if segment.sub_label else ""
        last = f"  +{len(label.more)}" if label.more else ""
        room = max(0.0, right - left)
        # What gives way first is the subcode, then the end of the name, then the stance; the
        # number of further codings never does.
        if segment.stance and room > theme.px(100):
            last = f" · {segment.stance}{last}"
        fitted = _fitted(segment.label, sub, last, room, theme.px(20), theme.scale)
        among = any(one in chosen for one in spoken_for)
        return Words(spoken_for, left, label.top, room, self.label_height(), *fitted, among)

    def _paint_stroke(self, painter: QPainter, item: Stroke) -> None:
        theme = self.theme
        rect = QRectF(item.left, item.top, item.width, item.height)
        if item.chosen:
            fill_rounded(painter, rect.adjusted(-2, -2, 2, 2), theme.accent, theme.px(4))
            fill_rounded(painter, rect.adjusted(-1, -1, 1, 1), theme.paper, theme.px(3))
        thin = rect.adjusted(0, 0, theme.px(2) - item.width, 0) if item.dimmed else rect
        fill_rounded(painter, thin, item.color, theme.px(2))

    def _paint_words(self, painter: QPainter, item: Words) -> None:
        theme = self.theme
        name_font, small = _label_fonts(theme.scale)
        box = QRectF(item.left, item.top, item.room, item.height)
        painter.setFont(name_font)
        painter.setPen(QColor(theme.accent if item.chosen else theme.ink))
        painter.drawText(box, ALIGN_LEFT, item.name)
        if item.tail:
            painter.setFont(small)
            painter.setPen(QColor(theme.muted_tinted))
            painter.drawText(box.adjusted(item.name_width, 1, 0, 0), ALIGN_LEFT, item.tail)

    def _paint_head(self, painter: QPainter, item: Head) -> None:
        theme = self.theme
        font = fonts.interface_font(theme.scale, 11, bold=True)
        head = QRectF(item.left - 4, item.top, item.width + 4, item.height)
        # Whole pixels, which are the same whether what was painted before had its edges smoothed.
        painter.fillRect(head.toRect(), QColor(theme.paper))
        painter.setFont(font)
        painter.setPen(QColor(theme.muted_tinted))
        shown = fonts.elided(item.name, font, item.width)
        painter.drawText(head.adjusted(4, 0, 0, 0), ALIGN_LEFT, shown)
        line = head.adjusted(4, head.height() - 1, 0, 0).toRect()
        painter.fillRect(line, QColor(theme.line))


@lru_cache(maxsize=8)
def _label_fonts(scale: float) -> tuple[QFont, QFont]:
    """Return the faces of a label: of the name, and of what stands behind it."""
    name = fonts.interface_font(scale, 12)
    name.setWeight(name.Weight.Medium)
    return name, fonts.interface_font(scale, 10.5)


@lru_cache(maxsize=4096)
def _fitted(
    label: str, sub: str, last: str, room: float, least: float, scale: float
) -> tuple[str, float, str, float]:
    """Return what of a label fits into `room`: name and its width, what follows and its width.

    The same few names stand beside every screen of a text, and measuring takes the longest.
    """
    name_font, small = _label_fonts(scale)
    name_metrics, small_metrics = QFontMetricsF(name_font), QFontMetricsF(small)
    spare = room - small_metrics.horizontalAdvance(last)
    name = fonts.elided(label, name_font, spare)
    width = name_metrics.horizontalAdvance(name)
    spare -= width
    tail = (fonts.elided(sub, small, spare) if spare > least else "") + last
    return name, width, tail, small_metrics.horizontalAdvance(tail)
