"""Where in the text one is at a time of the recording, and when something in the text is said.

Times are those of the transcript, in milliseconds; offsets are code points of its text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil

from qda.text.time_stamps import stamps_in

_NOTHING = 1e-6
USUAL_PACE = 15 / 1000
"""Code points a millisecond of ordinary speech, where a text does not tell."""


@dataclass(frozen=True, slots=True)
class TimePoint:
    """The text at `offset` is said at `time_ms`."""

    offset: int
    time_ms: int


@dataclass(frozen=True, slots=True)
class Moment:
    """When something is said; `exact` where the transcript says so itself, else reckoned."""

    time_ms: int
    exact: bool


class Timeline:
    """The times of one transcript. Between two that are known, time passes evenly."""

    def __init__(
        self, text: str, turns: Iterable[TimePoint], duration_ms: int | None = None
    ) -> None:
        """Take a text, what is known of its turns, and until when it lasts.

        The stamps in the text count as well. Times that go backwards are left out, so that as
        many as possible remain: a stamp that was mistyped, or a clock that began anew.
        """
        stamped = (TimePoint(one.start, one.time_ms) for one in stamps_in(text))
        self.points = increasing((*turns, *stamped))
        self._offsets = [point.offset for point in self.points]
        self._times = [point.time_ms for point in self.points]
        self._frame = _framed(self.points, len(text), duration_ms)
        self._frame_offsets = [point.offset for point in self._frame]
        self._frame_times = [point.time_ms for point in self._frame]

    def __bool__(self) -> bool:
        """Tell whether the transcript has times at all."""
        return bool(self.points)

    def at(self, offset: int) -> Moment | None:
        """Return when the text at `offset` is said; None where the transcript has no times."""
        if not self.points:
            return None
        index = bisect_left(self._offsets, offset)
        if index < len(self.points) and self._offsets[index] == offset:
            return Moment(self._times[index], exact=True)
        # Rounded up, so that what is heard from then on is not said before this place.
        return Moment(ceil(self._between(offset) - _NOTHING), exact=False)

    def _between(self, offset: int) -> float:
        index = min(max(1, bisect_right(self._frame_offsets, offset)), len(self._frame) - 1)
        before, after = self._frame[index - 1], self._frame[index]
        if after.offset == before.offset:
            return before.time_ms
        share = (offset - before.offset) / (after.offset - before.offset)
        return before.time_ms + min(1.0, max(0.0, share)) * (after.time_ms - before.time_ms)

    def start_for(self, caret: int, turn_start: int, speech_start: int) -> Moment | None:
        """Return from when to play for a caret in a turn.

        That is the last time that the transcript gives between the turn's beginning and the caret
        or, where the caret stands before the speech, the turn's own. None without any times.
        """
        first = bisect_left(self._offsets, turn_start)
        last = bisect_right(self._offsets, max(caret, speech_start)) - 1
        if first <= last:
            return Moment(self._times[last], exact=True)
        return self.at(turn_start)

    def offset_at(self, time_ms: int) -> int | None:
        """Return what is said at a time; None where the transcript has no times."""
        if not self.points:
            return None
        index = bisect_right(self._frame_times, time_ms)
        if index == 0:
            return self._frame[0].offset
        before = self._frame[index - 1]
        if index == len(self._frame):
            return before.offset
        after = self._frame[index]
        share = (time_ms - before.time_ms) / (after.time_ms - before.time_ms)
        reached = before.offset + int(share * (after.offset - before.offset) + _NOTHING)
        # What begins at the next time is not said before it.
        return max(before.offset, min(reached, after.offset - 1))


def increasing(points: Iterable[TimePoint]) -> tuple[TimePoint, ...]:
    """Return as many points as possible whose times do not go backwards, in the order of the text.

    The longest such run is found by patience sorting (Fredman 1975).
    """
    ordered = sorted(set(points), key=lambda point: (point.offset, point.time_ms))
    tails: list[int] = []
    ends: list[int] = []
    previous: list[int] = []
    for index, point in enumerate(ordered):
        place = bisect_right(tails, point.time_ms)
        previous.append(ends[place - 1] if place else -1)
        if place == len(tails):
            tails.append(point.time_ms)
            ends.append(index)
        else:
            tails[place] = point.time_ms
            ends[place] = index
    chain: list[TimePoint] = []
    at = ends[-1] if ends else -1
    while at >= 0:
        chain.append(ordered[at])
        at = previous[at]
    return tuple(reversed(chain))


def _framed(
    points: Sequence[TimePoint], length: int, duration_ms: int | None
) -> tuple[TimePoint, ...]:
    """Return the points with a beginning and an end, reckoned where they are not known."""
    if not points:
        return ()
    first, last = points[0], points[-1]
    spoken, passed = last.offset - first.offset, last.time_ms - first.time_ms
    pace = spoken / passed if spoken and passed else USUAL_PACE
    begins = max(0, round(first.time_ms - first.offset / pace))
    ends = round(last.time_ms + (length - last.offset) / pace)
    if duration_ms is not None and duration_ms > last.time_ms:
        ends = duration_ms
    return (
        *([TimePoint(0, begins)] if first.offset > 0 else ()),
        *points,
        *([TimePoint(length, max(ends, last.time_ms))] if last.offset < length else ()),
    )
