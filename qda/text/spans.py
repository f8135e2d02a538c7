"""Overlapping stretches of a text: index, flattening, lanes. Offsets are half-open code points."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from heapq import heappop, heappush
from itertools import accumulate, pairwise
from typing import NamedTuple

LONG = 65_536
"""Code points above which a span is looked at every time."""


class Span(NamedTuple):
    """A stretch `start:end` with an identifier, a key (what it is coded with) and an owner.

    A tuple, since a long text has thousands of them and they come out of the database as such.
    """

    id: int
    start: int
    end: int
    key: int
    owner: int = 0


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch over which the same spans lie; `ids` are ordered by start, long first, then id."""

    start: int
    end: int
    ids: tuple[int, ...]


def _reading_order(span: Span) -> tuple[int, int, int]:
    return (span[1], -span[2], span[0])


def flatten(spans: Iterable[Span]) -> list[Run]:
    """Cut overlapping spans into runs that do not overlap and cover exactly their union."""
    ordered = sorted((span for span in spans if span.start < span.end), key=_reading_order)
    edges = sorted({edge for span in ordered for edge in (span.start, span.end)})
    runs: list[Run] = []
    active: list[Span] = []
    following = 0
    for start, end in pairwise(edges):
        active = [span for span in active if span.end > start]
        while following < len(ordered) and ordered[following].start == start:
            active.append(ordered[following])
            following += 1
        if active:
            runs.append(Run(start, end, tuple(span.id for span in active)))
    return runs


def assign_lanes(spans: Iterable[Span]) -> dict[int, int]:
    """Give every span the lowest lane, from 0, that no span overlapping it has.

    Spans are taken in reading order, the longest first where several start together, so that the
    same spans always get the same lanes.
    """
    lanes: dict[int, int] = {}
    busy: list[tuple[int, int]] = []
    free: list[int] = []
    opened = 0
    for span in sorted(spans, key=_reading_order):
        while busy and busy[0][0] <= span.start:
            heappush(free, heappop(busy)[1])
        if free:
            lane = heappop(free)
        else:
            lane, opened = opened, opened + 1
        lanes[span.id] = lane
        heappush(busy, (span.end, lane))
    return lanes


class Lanes:
    """The lanes that `assign_lanes` gives, worked out where they are asked for.

    Where no span crosses an offset, the lanes behind it do not depend on those before it.
    """

    def __init__(self, spans: Sequence[Span]) -> None:
        """Take `spans` in reading order."""
        self._spans = spans
        reach = accumulate([span[2] for span in spans], max, initial=0)
        self._firsts = [
            place
            for place, (before, span) in enumerate(zip(reach, spans, strict=False))
            if before <= span[1]
        ]
        self._starts = [spans[place][1] for place in self._firsts]

    def around(self, offset: int) -> dict[int, int]:
        """Return the lanes of all spans that hang together with those at `offset`."""
        place = bisect_right(self._starts, offset)
        if not place:
            return {}
        last = self._firsts[place] if place < len(self._firsts) else len(self._spans)
        return assign_lanes(self._spans[self._firsts[place - 1] : last])


def trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """Return `start:end` without the white space at its edges."""
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def covered(spans: Iterable[Span]) -> int:
    """Return how many code points lie under at least one span."""
    return covered_in_order(sorted((span.start, span.end) for span in spans))


def covered_in_order(stretches: Iterable[tuple[int, int]]) -> int:
    """Return how many code points lie under stretches that are sorted by their starts."""
    total = 0
    reach = 0
    for start, end in stretches:
        if end > reach:
            # Comparing here is quicker than calling `max`, for thousands of them.
            total += end - (start if start > reach else reach)
            reach = end
    return total


def united(stretches: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the stretches in order, those that overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(stretches):
        if found and start < found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        else:
            found.append((start, end))
    return found


def common(
    one: Iterable[tuple[int, int]], other: Iterable[tuple[int, int]]
) -> list[tuple[int, int]]:
    """Return where stretches of both lie."""
    found: list[tuple[int, int]] = []
    left, right = united(one), united(other)
    at = there = 0
    while at < len(left) and there < len(right):
        start = max(left[at][0], right[there][0])
        end = min(left[at][1], right[there][1])
        if start < end:
            found.append((start, end))
        if left[at][1] <= right[there][1]:
            at += 1
        else:
            there += 1
    return found


class SpanIndex:
    """Answer which spans lie where, and take single spans in and out cheaply.

    The spans stand in reading order, and beside each how far those up to it reach: what overlaps
    a stretch lies between the first that reaches into it and the last that begins before its end.
    """

    def __init__(self, spans: Iterable[Span] = ()) -> None:
        """Index `spans`; their identifiers must differ."""
        self._order = sorted(spans, key=_reading_order)
        self._spans: dict[int, Span] = {span[0]: span for span in self._order}
        if len(self._spans) < len(self._order):
            raise ValueError("spans must have identifiers of their own")
        # Comprehensions and few calls: a long text with thousands of spans is indexed while one
        # waits for it.
        lengths = [span[2] - span[1] for span in self._order]
        if min(lengths, default=1) <= 0:
            raise ValueError("a span holds at least one code point")
        self._starts = [span[1] for span in self._order]
        # A span without end would make all behind it look as if they were reached.
        long = max(lengths, default=0) > LONG
        self._long = [span for span in self._order if _reach_of(span) < 0] if long else []
        reach = map(_reach_of, self._order) if long else [span[2] for span in self._order]
        self._reach = list(accumulate(reach, max))

    def __len__(self) -> int:
        """Return how many spans there are."""
        return len(self._spans)

    def __contains__(self, span_id: object) -> bool:
        """Tell whether a span has this identifier."""
        return span_id in self._spans

    def get(self, span_id: int) -> Span | None:
        """Return the span with this identifier, if there is one."""
        return self._spans.get(span_id)

    def spans(self) -> list[Span]:
        """Return all spans in reading order."""
        return list(self._order)

    def add(self, span: Span) -> None:
        """Take in one span. Raises ValueError when it is empty or its identifier is taken."""
        if span.start >= span.end:
            raise ValueError("a span holds at least one code point")
        if span.id in self._spans:
            raise ValueError("a span with this identifier is there already")
        self._spans[span.id] = span
        place = self._place(span)
        self._order.insert(place, span)
        self._starts.insert(place, span.start)
        self._reach.insert(place, -1)
        if span.end - span.start > LONG:
            insort(self._long, span, key=_reading_order)
        self._reach_anew(place, 1)

    def remove(self, span_id: int) -> Span:
        """Take out and return one span. Raises KeyError when there is none with the identifier."""
        span = self._spans.pop(span_id)
        place = self._place(span)
        for column in (self._order, self._starts, self._reach):
            del column[place]
        if span.end - span.start > LONG:
            self._long.remove(span)
        self._reach_anew(place, 0)
        return span

    def overlapping(self, start: int, end: int) -> list[Span]:
        """Return the spans that share a code point with `start:end`, in reading order."""
        if end <= start:
            return []
        last = bisect_left(self._starts, end)
        first = bisect_right(self._reach, start, 0, last)
        found = [span for span in self._order[first:last] if span[2] > start]
        if self._long and first:
            edge = _reading_order(self._order[first]) if first < len(self._order) else (end,)
            before = self._long[: bisect_left(self._long, edge, key=_reading_order)]
            found[:0] = [span for span in before if span[1] < end and span[2] > start]
        return found

    def at(self, offset: int) -> list[Span]:
        """Return the spans that cover the code point at `offset`, in reading order."""
        return self.overlapping(offset, offset + 1)

    def next_after(self, offset: int) -> Span | None:
        """Return the first span that starts after `offset`."""
        place = bisect_right(self._starts, offset)
        return self._order[place] if place < len(self._order) else None

    def previous_before(self, offset: int) -> Span | None:
        """Return the last span that starts before `offset`."""
        place = bisect_left(self._starts, offset)
        return self._order[place - 1] if place else None

    def following(self, span_id: int) -> Span | None:
        """Return the span after this one in reading order."""
        return self._beside(span_id, 1)

    def preceding(self, span_id: int) -> Span | None:
        """Return the span before this one in reading order."""
        return self._beside(span_id, -1)

    def _beside(self, span_id: int, step: int) -> Span | None:
        place = self._place(self._spans[span_id]) + step
        return self._order[place] if 0 <= place < len(self._order) else None

    def _place(self, span: Span) -> int:
        return bisect_left(self._order, _reading_order(span), key=_reading_order)

    def _reach_anew(self, place: int, fresh: int) -> None:
        """Say from `place` on how far spans reach, until nothing differs behind `fresh` places."""
        reach = self._reach[place - 1] if place else -1
        for at in range(place, len(self._order)):
            reach = max(reach, _reach_of(self._order[at]))
            if at >= place + fresh and self._reach[at] == reach:
                return
            self._reach[at] = reach


def _reach_of(span: Span) -> int:
    """Return how far a span reaches, -1 for one that is looked at every time."""
    return span[2] if span[2] - span[1] <= LONG else -1
