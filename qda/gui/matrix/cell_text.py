"""A source as it is read for a cell: which of its codings are marked, and how."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from qda.gui.transcripts.open_document import OpenDocument
from qda.gui.widgets.transcript.data import Look, SegmentSource, SegmentView
from qda.model.entities import Code
from qda.model.ids import CodeId, CodingId
from qda.text.spans import Span


@dataclass(frozen=True, slots=True)
class CellReading:
    """What of a source counts for a cell.

    `codes` are the cell's code and those below it, empty for a proposition. `counted` are the
    codings that stand in the cell, `marks` the words on those that are its evidence.
    """

    codes: frozenset[CodeId] = frozenset()
    counted: frozenset[CodingId] = frozenset()
    marks: Mapping[CodingId, str] = field(default_factory=dict[CodingId, str])

    def shows(self, span: Span) -> bool:
        """Tell whether a coding is drawn: as the cell's, or dimmed as another cell's."""
        return span.id in self.counted or span.key in self.codes

    def spans_of(self, opened: OpenDocument) -> list[Span]:
        """Return where the codings of a source lie that are drawn."""
        return [one for one in opened.spans() if self.shows(one)]

    def passages_of(self, opened: OpenDocument) -> list[Span]:
        """Return the passages of the cell in a source, in reading order."""
        found = (one for one in opened.spans() if one.id in self.counted)
        return sorted(found, key=lambda one: (one.start, one.end, one.id))


class CellMarks:
    """Tell the view of the segments of a source as they look for a cell."""

    has_columns = False

    def __init__(
        self, opened: OpenDocument, codes: Mapping[CodeId, Code], reading: CellReading
    ) -> None:
        """Look at `opened` with the eyes of `reading`."""
        self._source: SegmentSource = opened.source(codes)
        self._reading = reading

    def segment(self, segment_id: int) -> SegmentView:
        """Return a segment as it is to be shown; other cells' are dimmed.

        All are of one code, so that the subcode names them; what is evidence says that first.
        """
        one = self._source.segment(segment_id)
        coding = CodingId(segment_id)
        mark = self._reading.marks.get(coding, "")
        name = one.sub_label or one.label
        return replace(
            one,
            label=mark or name,
            sub_label=name if mark else "",
            dimmed=coding not in self._reading.counted,
        )

    def look(self, span: Span) -> Look:
        """Return the colour of a segment's code, and whether it is dimmed."""
        return Look(self._source.look(span).color, span.id not in self._reading.counted)

    def column(self, span: Span) -> str:
        """Return the one column there is."""
        return self._source.column(span)


def covering(spans: Collection[Span], start: int, end: int) -> Span | None:
    """Return the shortest of `spans` that `start:end` lies within."""
    around = [one for one in spans if one.start <= start and end <= one.end]
    return min(around, key=lambda one: (one.end - one.start, one.id), default=None)
