"""The segments of a transcript: found, put in lanes, walked through. No Qt."""

from collections.abc import Iterable, Sequence
from itertools import count

from qda.gui.widgets.transcript.data import Look, SegmentSource, SegmentView
from qda.text.spans import Lanes, Span, SpanIndex


class SegmentStore:
    """Where the segments lie, which lane each has, and what is known of them.

    What a segment says is asked of its source when it comes in sight, and kept.
    """

    def __init__(self) -> None:
        self.index = SpanIndex()
        self._known: dict[int, SegmentView] = {}
        self._source: SegmentSource = _Given()
        self._lanes: dict[int, int] = {}
        self._columns: dict[str, Lanes] = {}
        self.version = 0
        """Another number after every change."""

    def reset(self, segments: Iterable[SegmentView], length: int) -> None:
        """Hold `segments` of a text of `length` code points; what lies outside it is left out."""
        by_id = {one.id: one for one in segments if 0 <= one.start < one.end <= length}
        self.reset_to(_Given(by_id), [_span(one) for one in by_id.values()], length)

    def reset_to(self, source: SegmentSource, spans: Sequence[Span], length: int) -> None:
        """Hold the segments at `spans`, which `source` tells of; the same left out."""
        self.version += 1
        held = [one for one in spans if 0 <= one[1] < one[2] <= length]
        self._source = source
        self._known = {}
        self.index = SpanIndex(held)
        self._lanes = {}
        columns = {"": self.index.spans()}
        if source.has_columns:
            columns = {}
            for span in self.index.spans():
                columns.setdefault(source.column(span), []).append(span)
        self._columns = {name: Lanes(members) for name, members in columns.items()}

    def __contains__(self, segment_id: object) -> bool:
        """Tell whether there is a segment of this identifier."""
        return segment_id in self.index

    def get(self, segment_id: int | None) -> SegmentView | None:
        """Return a segment, None where there is none of this identifier."""
        return self[segment_id] if segment_id is not None and segment_id in self.index else None

    def __getitem__(self, segment_id: int) -> SegmentView:
        """Return a segment that is there."""
        found = self._known.get(segment_id)
        if found is None:
            found = self._known[segment_id] = self._source.segment(segment_id)
        return found

    def look(self, span: Span) -> Look:
        """Return the colour of a segment and whether it is dimmed."""
        known = self._known.get(span.id)
        return self._source.look(span) if known is None else Look(known.color, known.dimmed)

    def column(self, span: Span) -> str:
        """Return the column of lanes that a segment stands in."""
        known = self._known.get(span.id)
        return self._source.column(span) if known is None else known.column

    def add(self, segment: SegmentView) -> None:
        """Take in one segment. Raises ValueError when it is there already or empty.

        It gets the lowest lane free beside it; no other segment changes its lane.
        """
        self.version += 1
        beside = self.index.overlapping(segment.start, segment.end)
        taken = {self.lane(one.id) for one in beside if self.column(one) == segment.column}
        self.index.add(_span(segment))
        self._known[segment.id] = segment
        self._lanes[segment.id] = next(lane for lane in count() if lane not in taken)

    def remove(self, segment_id: int) -> Span:
        """Take out one segment and return where it was. Raises KeyError when it is not there."""
        gone = self.index.remove(segment_id)
        self.version += 1
        self._lanes.pop(segment_id, None)
        self._known.pop(segment_id, None)
        return gone

    def lane(self, segment_id: int) -> int:
        """Return the lane of a segment; overlapping ones of a column never share one."""
        found = self._lanes.get(segment_id)
        if found is None:
            span = self.index.get(segment_id)
            if span is None:
                raise KeyError(segment_id)
            # What was taken in since has its lane already.
            self._lanes = self._columns[self.column(span)].around(span.start) | self._lanes
            found = self._lanes[segment_id]
        return found

    def spans(self) -> list[Span]:
        """Return where all segments are, in reading order."""
        return self.index.spans()

    def between(self, start: int, end: int) -> list[Span]:
        """Return where the segments are that share a code point with `start:end`."""
        return self.index.overlapping(start, end)

    def at(self, offset: int) -> list[SegmentView]:
        """Return the segments that cover a code point, in reading order."""
        return [self[span.id] for span in self.index.at(offset)]

    def choose_at(self, offset: int, selected: int | None) -> int | None:
        """Return the segment a click on a code point means: the shortest there.

        A further click on the same place goes on to the next longer one.
        """
        found = sorted(self.index.at(offset), key=lambda one: (one.end - one.start, one.id))
        ids = [span.id for span in found]
        if not ids:
            return None
        if selected in ids:
            return ids[(ids.index(selected) + 1) % len(ids)]
        return ids[0]

    def neighbour(self, selected: int | None, caret: int, step: int) -> int | None:
        """Return the next (`step` 1) or previous (-1) segment from the selected one or a place."""
        if selected is not None and selected in self.index:
            span = self.index.following(selected) if step > 0 else self.index.preceding(selected)
        elif step > 0:
            span = self.index.next_after(caret - 1)
        else:
            span = self.index.previous_before(caret)
        return span.id if span else None


class _Given:
    """A source of segments that were all given at once."""

    def __init__(self, segments: dict[int, SegmentView] | None = None) -> None:
        self._segments = segments or {}
        self.has_columns = any(one.column for one in self._segments.values())

    def segment(self, segment_id: int) -> SegmentView:
        """Return the segment that was given."""
        return self._segments[segment_id]

    def look(self, span: Span) -> Look:
        """Return the look of the segment that was given."""
        segment = self._segments[span.id]
        return Look(segment.color, segment.dimmed)

    def column(self, span: Span) -> str:
        """Return the column of the segment that was given."""
        return self._segments[span.id].column


def _span(segment: SegmentView) -> Span:
    return Span(segment.id, segment.start, segment.end, segment.code_id)
