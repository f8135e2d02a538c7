"""The segments of a transcript: found, put in lanes, walked through. No Qt."""

from collections.abc import Iterable
from itertools import count

from qda.gui.widgets.transcript.data import SegmentView
from qda.text.spans import Span, SpanIndex, assign_lanes


class SegmentStore:
    """The segments by identifier, where they lie, and which lane each has."""

    def __init__(self) -> None:
        self.by_id: dict[int, SegmentView] = {}
        self.index = SpanIndex()
        self._lanes: dict[int, int] = {}

    def reset(self, segments: Iterable[SegmentView], length: int) -> None:
        """Hold `segments` of a text of `length` code points; what lies outside it is left out."""
        held = [one for one in segments if 0 <= one.start < one.end <= length]
        self.by_id = {segment.id: segment for segment in held}
        kept = list(self.by_id.values())
        self.index = SpanIndex([_span(segment) for segment in kept])
        columns: dict[str, list[Span]] = {}
        for segment in kept:
            columns.setdefault(segment.column, []).append(_span(segment))
        self._lanes = {}
        for spans in columns.values():
            self._lanes |= assign_lanes(spans)

    def add(self, segment: SegmentView) -> None:
        """Take in one segment. Raises ValueError when it is there already or empty.

        It gets the lowest lane free beside it; no other segment changes its lane.
        """
        beside = self.index.overlapping(segment.start, segment.end)
        taken = {
            self._lanes[span.id] for span in beside if self.by_id[span.id].column == segment.column
        }
        self.index.add(_span(segment))
        self.by_id[segment.id] = segment
        self._lanes[segment.id] = next(lane for lane in count() if lane not in taken)

    def remove(self, segment_id: int) -> SegmentView:
        """Take out and return one segment. Raises KeyError when it is not there."""
        self.index.remove(segment_id)
        del self._lanes[segment_id]
        return self.by_id.pop(segment_id)

    def lane(self, segment_id: int) -> int:
        """Return the lane of a segment; overlapping ones of a column never share one."""
        return self._lanes[segment_id]

    def between(self, start: int, end: int) -> list[SegmentView]:
        """Return the segments that share a code point with `start:end`, in reading order."""
        return [self.by_id[span.id] for span in self.index.overlapping(start, end)]

    def at(self, offset: int) -> list[SegmentView]:
        """Return the segments that cover a code point, in reading order."""
        return [self.by_id[span.id] for span in self.index.at(offset)]

    def choose_at(self, offset: int, selected: int | None) -> int | None:
        """Return the segment a click on a code point means: the shortest there.

        A further click on the same place goes on to the next longer one.
        """
        found = sorted(self.at(offset), key=lambda one: (one.end - one.start, one.id))
        ids = [segment.id for segment in found]
        if not ids:
            return None
        if selected in ids:
            return ids[(ids.index(selected) + 1) % len(ids)]
        return ids[0]

    def neighbour(self, selected: int | None, caret: int, step: int) -> int | None:
        """Return the next (`step` 1) or previous (-1) segment from the selected one or a place."""
        if selected is not None and selected in self.by_id:
            span = self.index.following(selected) if step > 0 else self.index.preceding(selected)
        elif step > 0:
            span = self.index.next_after(caret - 1)
        else:
            span = self.index.previous_before(caret)
        return span.id if span else None


def _span(segment: SegmentView) -> Span:
    return Span(segment.id, segment.start, segment.end, segment.code_id)
