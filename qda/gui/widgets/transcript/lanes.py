"""The right margin: one bar per coding, side by side where they overlap, with labels beside.

Placing is plain arithmetic, kept apart from painting.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter

from qda.gui import fonts
from qda.gui.colors import code_color
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT, fill_rounded
from qda.gui.widgets.transcript.data import SegmentView

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


def place_labels(bars: Sequence[Bar], height: float, sight: float) -> list[Label]:
    """Return where the labels of `bars` go so that none covers another.

    A label stands at the top of its bar, or as far down as those above push it. One that would
    be pushed off its bar is counted in the label above. Labels clear all lanes of the bars that
    overlap theirs. `sight` is the height of the viewport; labels of bars that begin above it
    stick to its top.
    """
    labels: list[Label] = []
    free = 2.0
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
        self._hits: list[tuple[QRectF, int]] = []

    def clear(self) -> None:
        """Forget what was painted."""
        self._hits = []

    def segment_at(self, x: float, y: float) -> int | None:
        """Return the coding whose bar or label is at a place."""
        for rect, segment in self._hits:
            if rect.contains(x, y):
                return segment
        return None

    def label_height(self) -> float:
        """Return the height of one label."""
        return self.theme.px(18)

    def paint(
        self,
        painter: QPainter,
        area: QRectF,
        bars: Sequence[Bar],
        segments: dict[int, SegmentView],
        selected: int | None,
    ) -> None:
        """Paint what is in sight into `area`."""
        self._hits = []
        theme = self.theme
        deepest = max((bar.lane for bar in bars), default=0) + 1
        step = theme.px(10 if deepest <= 5 else 7)
        wide = theme.px(5 if deepest <= 5 else 4)
        kept = [bar for bar in bars if bar.lane < MOST_LANES]
        shown = part_bars(kept)
        for label in place_labels(kept, self.label_height(), area.height()):
            left = area.left() + min(label.lanes, MOST_LANES) * step + theme.px(2)
            self._paint_label(painter, left, area.right(), label, segments, selected)
        for bar in shown:
            rect = QRectF(area.left() + bar.lane * step, bar.top, wide, bar.bottom - bar.top)
            color = code_color(segments[bar.segment].color, theme)
            if bar.segment == selected:
                grown = rect.adjusted(-2, -2, 2, 2)
                fill_rounded(painter, grown, theme.accent, theme.px(4))
                fill_rounded(painter, rect.adjusted(-1, -1, 1, 1), theme.paper, theme.px(3))
            fill_rounded(painter, rect, color, theme.px(2))
            self._hits.insert(0, (rect.adjusted(-2, 0, step - wide - 2, 0), bar.segment))

    def _paint_label(
        self,
        painter: QPainter,
        left: float,
        right: float,
        label: Label,
        segments: dict[int, SegmentView],
        selected: int | None,
    ) -> None:
        theme = self.theme
        segment = segments[label.segment]
        chosen = selected is not None and selected in (label.segment, *label.more)
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
        self._hits.append((QRectF(left, label.top, width + 4, box.height()), label.segment))
