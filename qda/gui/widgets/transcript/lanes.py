"""The right margin: one bar per coding, side by side where they overlap, with labels beside.

Placing is plain arithmetic, kept apart from painting.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from qda.gui import fonts
from qda.gui.colors import code_color, mix
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, fill_rounded
from qda.gui.widgets.transcript.segments import SegmentStore

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


class LanePainter:
    """Paint bars and labels and remember where, for the mouse."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.columns: tuple[str, ...] = ()
        self.picked: Collection[int] = ()
        self._hits: list[tuple[QRectF, tuple[int, ...]]] = []

    def clear(self) -> None:
        """Forget what was painted."""
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

    def paint(
        self,
        painter: QPainter,
        area: QRectF,
        bars: Sequence[Bar],
        segments: SegmentStore,
        selected: int | None,
    ) -> None:
        """Paint what is in sight into `area`, side by side where there are columns."""
        self._hits = []
        if not self.columns:
            self._paint_column(painter, area, bars, segments, selected)
            return
        wide = area.width() / len(self.columns)
        for place, name in enumerate(self.columns):
            column = QRectF(area.left() + place * wide, area.top(), wide, area.height())
            column.setRight(column.right() - self.theme.px(8))
            members = [bar for bar in bars if segments[bar.segment].column == name]
            self._paint_column(painter, column, members, segments, selected, self.head_height())
            self._paint_head(painter, column, name)

    def head_height(self) -> float:
        """Return the height of the line that names a column."""
        return self.theme.px(24)

    def _paint_head(self, painter: QPainter, column: QRectF, name: str) -> None:
        theme = self.theme
        font = fonts.interface_font(theme.scale, 11, bold=True)
        head = QRectF(column.left() - 4, column.top(), column.width() + 4, self.head_height())
        painter.fillRect(head, QColor(theme.paper))
        painter.setFont(font)
        painter.setPen(QColor(theme.muted_tinted))
        shown = fonts.elided(name, font, column.width())
        painter.drawText(head.adjusted(4, 0, 0, 0), ALIGN_LEFT, shown)
        painter.fillRect(head.adjusted(4, head.height() - 1, 0, 0), QColor(theme.line))

    def _paint_column(
        self,
        painter: QPainter,
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
        shown = part_bars(kept)
        named = [bar for bar in kept if not segments[bar.segment].dimmed]
        for label in place_labels(named, self.label_height(), area.height(), first):
            # A dimmed bar has no label; those of others keep clear of it all the same.
            lanes = label.lanes if len(named) == len(kept) else deepest
            left = area.left() + min(lanes, MOST_LANES) * step + theme.px(2)
            self._paint_label(painter, left, area.right(), label, segments, selected)
        for bar in shown:
            rect = QRectF(area.left() + bar.lane * step, bar.top, wide, bar.bottom - bar.top)
            dimmed = segments[bar.segment].dimmed
            pale = mix(theme.muted, theme.paper, 0.6)
            color = pale if dimmed else code_color(segments[bar.segment].color, theme)
            if bar.segment == selected or bar.segment in self.picked:
                grown = rect.adjusted(-2, -2, 2, 2)
                fill_rounded(painter, grown, theme.accent, theme.px(4))
                fill_rounded(painter, rect.adjusted(-1, -1, 1, 1), theme.paper, theme.px(3))
            thin = rect.adjusted(0, 0, theme.px(2) - wide, 0) if dimmed else rect
            fill_rounded(painter, thin, color, theme.px(2))
            self._hits.insert(0, (rect.adjusted(-2, 0, step - wide - 2, 0), (bar.segment,)))

    def _paint_label(
        self,
        painter: QPainter,
        left: float,
        right: float,
        label: Label,
        segments: SegmentStore,
        selected: int | None,
    ) -> None:
        theme = self.theme
        segment = segments[label.segment]
        spoken_for = (label.segment, *label.more)
        chosen = any(one == selected or one in self.picked for one in spoken_for)
        name_font = fonts.interface_font(theme.scale, 12)
        name_font.setWeight(name_font.Weight.Medium)
        small = fonts.interface_font(theme.scale, 10.5)
        sub = f" / {segment.sub_label}" if segment.sub_label else ""
        last = f"  +{len(label.more)}" if label.more else ""
        name_metrics, small_metrics = QFontMetricsF(name_font), QFontMetricsF(small)
        room = max(0.0, right - left)
        # What gives way first is the subcode, then the end of the name, then the stance; the
        # number of further codings never does.
        if segment.stance and room > theme.px(100):
            last = f" · {segment.stance}{last}"
        spare = room - small_metrics.horizontalAdvance(last)
        name = fonts.elided(segment.label, name_font, spare)
        spare -= name_metrics.horizontalAdvance(name)
        shown_sub = fonts.elided(sub, small, spare) if spare > theme.px(20) else ""
        box = QRectF(left, label.top, room, self.label_height())
        painter.setFont(name_font)
        painter.setPen(QColor(theme.accent if chosen else theme.ink))
        painter.drawText(box, ALIGN_LEFT, name)
        width = name_metrics.horizontalAdvance(name)
        painter.setFont(small)
        painter.setPen(QColor(theme.muted_tinted))
        tail = shown_sub + last
        painter.drawText(box.adjusted(width, 1, 0, 0), ALIGN_LEFT, tail)
        width += small_metrics.horizontalAdvance(tail)
        self._hits.append((QRectF(left, label.top, width + 4, box.height()), spoken_for))
