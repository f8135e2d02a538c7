"""The document that is open for coding: its text, turns and segments, kept in step."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from itertools import groupby
from operator import itemgetter

from qda.gui.language import tr
from qda.gui.transcripts.layers import Sight
from qda.gui.transcripts.stances import stance_word
from qda.gui.widgets.transcript.data import (
    Look,
    SegmentSource,
    SegmentView,
    TranscriptText,
    TurnView,
)
from qda.model.entities import Code, Coder, Coding, Document, Turn
from qda.model.ids import CodeId, CoderId, CodingId, DocumentId
from qda.store import by_coder, coders, codings, documents, guides, turns
from qda.store.held_codings import HeldCodings
from qda.store.project_file import ProjectFile
from qda.text.guide_answers import questions_by_turn
from qda.text.spans import Span, SpanIndex, covered, covered_in_order

EVERYTHING = Sight()


MANY = 200
"""Codings that changed at once above which all are read anew."""


@dataclass(frozen=True, slots=True)
class SegmentChange:
    """What happened to the open document's segments; with `all_anew`, so much that all are new."""

    removed: tuple[CodingId, ...] = ()
    added: tuple[Coding, ...] = ()
    altered: tuple[Coding, ...] = ()
    all_anew: bool = False
    codes: frozenset[CodeId] = frozenset()
    """The codes that these segments have now or had before."""


class OpenDocument:
    """A document with everything the transcript shows; reads the store, changes nothing."""

    def __init__(
        self, project: ProjectFile, document: Document, me: str = "", sight: Sight = EVERYTHING
    ) -> None:
        """Read text, turns and codings; `me` is who codes, `sight` what is to be seen."""
        connection = project.connection
        self._connection = connection
        self._me = me
        self._sight = sight
        self.document = document
        self.text = documents.text(connection, document.id)
        self.turns: tuple[Turn, ...] = turns.of_document(connection, document.id)
        self.coders: Mapping[CoderId, Coder] = {}
        self._questions: Mapping[int, tuple[str, ...]] | None = None
        self._asking: Mapping[int, tuple[str, ...]] = {}
        self.reload_codings()

    def questions_at(self, number: int) -> tuple[str, ...]:
        """Return the questions of an interview guide that a turn asks or answers."""
        return self._read_questions().get(number, ())

    def asking(self) -> Mapping[int, tuple[str, ...]]:
        """Return by number the turns that ask questions of an interview guide, with these."""
        self._read_questions()
        return self._asking

    def _read_questions(self) -> Mapping[int, tuple[str, ...]]:
        if self._questions is None:
            said = guides.of_document(self._connection, self.document.id)
            lines = guides.all_guides(self._connection) if said else ()
            labels = {line.id: line.label for guide in lines for line in guide.lines}
            asked = questions_by_turn(self.turns, said)
            self._questions = {
                one.number: tuple(labels[question] for question in asked[one.id])
                for one in self.turns
                if one.id in asked
            }
            self._asking = {
                one.number: self._questions[one.number]
                for one in self.turns
                if one.interviewer and one.id in said and said[one.id].role == "question"
            }
        return self._questions

    def forget_questions(self) -> None:
        """Read anew what turns ask when it is wanted: that was corrected."""
        self._questions = None

    def reload_codings(self) -> None:
        """Read all codings again."""
        places = codings.places(self._connection, self.document.id)
        if self._sight.coders is not None:
            places = [one for one in places if self._sight.of_coder(CoderId(one.owner))]
        self.codings = HeldCodings(self._connection, self.document.id, places)
        self._index: SpanIndex | None = None
        self._covered = covered_in_order([place[1:3] for place in places])
        self.coders = {one.id: one for one in coders.all_coders(self._connection)}

    def set_sight(self, sight: Sight, me: str) -> None:
        """Show other codings; those of coders out of sight are as if they were not there."""
        self._sight, self._me = sight, me
        self.reload_codings()

    def shows(self, coding: Coding) -> bool:
        """Tell whether a coding is drawn."""
        return self._sight.shows(coding)

    def reload_turns(self) -> None:
        """Read the turns again: speakers were corrected."""
        self.turns = turns.of_document(self._connection, self.document.id)
        self.forget_questions()

    def follow(self, changed: Collection[int]) -> SegmentChange:
        """Take in the codings of the given ids as they are now, and say what is different."""
        if len(changed) > MANY:
            self.reload_codings()
            return SegmentChange(all_anew=True)
        index = self._index
        if index is None:
            # Made when codings begin to change: opening a text does without.
            index = self._index = SpanIndex(self.codings.places.values())
        removed: list[CodingId] = []
        added: list[Coding] = []
        altered: list[Coding] = []
        codes: set[CodeId] = set()
        for number in changed:
            coding_id = CodingId(number)
            old = self.codings.places.get(coding_id)
            if old is not None:
                self._uncover(old, index)
                codes.add(CodeId(old.key))
            new = codings.by_id(self._connection, coding_id)
            here = (
                new is not None
                and new.document == self.document.id
                and self._sight.of_coder(new.coder)
            )
            if new is not None and here:
                self.codings.hold(new)
                self._cover(self.codings.places[coding_id], index)
                if new.coder not in self.coders:
                    self.coders = {one.id: one for one in coders.all_coders(self._connection)}
                (added if old is None else altered).append(new)
                codes.add(new.code)
            elif old is not None:
                self.codings.let_go(coding_id)
                removed.append(coding_id)
        return SegmentChange(tuple(removed), tuple(added), tuple(altered), codes=frozenset(codes))

    def transcript(self) -> TranscriptText:
        """Return text and turns for the view."""
        return TranscriptText(
            self.text,
            tuple(
                TurnView(
                    turn.number, turn.label_start, turn.start, turn.end, turn.label,
                    turn.interviewer, turn.time_ms,
                )
                for turn in self.turns
            ),
        )  # fmt: skip

    def spans(self) -> list[Span]:
        """Return where every segment lies that is drawn."""
        return self._sight.shown_of(self.codings.places.values())

    def source(self, codes: Mapping[CodeId, Code]) -> SegmentSource:
        """Return what tells the view of its segments."""
        return _Source(self, codes)

    def look(self, number: CodeId, codes: Mapping[CodeId, Code]) -> Look:
        """Return how the segments of a code look from afar."""
        code = codes[number]
        parent = codes.get(code.parent) if code.parent is not None else None
        return Look((parent or code).color, not self._sight.of_code(number))

    @property
    def has_columns(self) -> bool:
        """Tell whether coders stand side by side."""
        return bool(self._sight.columns)

    def column(self, coder: CoderId) -> str:
        """Return the column that a coder's codings stand in, where coders stand side by side."""
        return self.coders[coder].name if self.has_columns and coder in self.coders else ""

    def segments(self, codes: Mapping[CodeId, Code]) -> list[SegmentView]:
        """Return every segment that is drawn, for the view."""
        return [
            self.segment(coding, codes) for coding in self.codings.values() if self.shows(coding)
        ]

    def segment(self, coding: Coding, codes: Mapping[CodeId, Code]) -> SegmentView:
        """Return one segment for the view."""
        code = codes[coding.code]
        parent = codes.get(code.parent) if code.parent is not None else None
        coder = self.coders.get(coding.coder)
        # One's own codings need no name; those of others are told apart by theirs.
        other = coder.name if coder is not None and coder.name != self._me else ""
        said = (stance_word(coding.stance), "" if self._sight.columns else other)
        look = self.look(coding.code, codes)
        return SegmentView(
            id=coding.id,
            start=coding.start,
            end=coding.end,
            code_id=code.id,
            label=parent.name if parent is not None else code.name,
            sub_label=code.name if parent is not None else "",
            color=look.color,
            stance=" · ".join(part for part in said if part),
            memo=coding.memo,
            definition=code.definition,
            coder=coder.name if coder is not None else "",
            dimmed=look.dimmed,
            column=self.column(coding.coder),
        )

    def paper_segments(
        self, codes: Mapping[CodeId, Code], *, named: bool
    ) -> tuple[list[SegmentView], tuple[str, ...]]:
        """Return what is drawn, and what its columns are called: coders `named`, or by number."""
        columns = {
            name: name if named else tr("Coder {n}", n=n)
            for n, name in enumerate(self._sight.columns, start=1)
        }
        drawn: list[SegmentView] = []
        for coding in self.codings.values():
            if not self.shows(coding):
                continue
            name = self.coders[coding.coder].name
            said = (stance_word(coding.stance), name if named and not columns else "")
            drawn.append(
                replace(
                    self.segment(coding, codes),
                    stance=" · ".join(part for part in said if part),
                    coder="",
                    column=columns.get(name, ""),
                )
            )
        return drawn, tuple(columns.values())

    def turn_at(self, offset: int) -> Turn | None:
        """Return the turn that an offset lies in, label included."""
        for turn in self.turns:
            if turn.label_start <= offset < turn.end:
                return turn
        return None

    def coded_share(self) -> float:
        """Return how much of the text is coded, 0 to 1."""
        return self._covered / len(self.text) if self.text else 0.0

    def _cover(self, place: Span, index: SpanIndex) -> None:
        self._covered += _alone(place, index)
        index.add(place)

    def _uncover(self, place: Span, index: SpanIndex) -> None:
        index.remove(place.id)
        self._covered -= _alone(place, index)


def _alone(place: Span, index: SpanIndex) -> int:
    """Return how many characters of a coding no segment of the index covers."""
    start, end = place.start, place.end
    others = [
        Span(one.id, max(start, one.start), min(end, one.end), one.key)
        for one in index.overlapping(start, end)
    ]
    return end - start - covered(others)


class _Source:
    """Tells a view of the segments of a document as they come in sight."""

    def __init__(self, opened: OpenDocument, codes: Mapping[CodeId, Code]) -> None:
        self._opened = opened
        self._codes = codes
        self._looks: dict[int, Look] = {}
        self.has_columns = opened.has_columns

    def segment(self, segment_id: int) -> SegmentView:
        """Return a segment as it is to be shown."""
        return self._opened.segment(self._opened.codings[CodingId(segment_id)], self._codes)

    def look(self, span: Span) -> Look:
        """Return the colour of a segment's code, and whether it is dimmed."""
        found = self._looks.get(span[3])
        if found is None:
            found = self._looks[span[3]] = self._opened.look(CodeId(span[3]), self._codes)
        return found

    def column(self, span: Span) -> str:
        """Return the coder's name where coders stand side by side."""
        return self._opened.column(CoderId(span.owner))


def coded_shares(
    project: ProjectFile,
    lengths: Mapping[DocumentId, int],
    by: Collection[CoderId] | None = None,
) -> dict[DocumentId, float]:
    """Return how much of each document is coded, 0 to 1, by one sweep over their spans.

    `lengths` are their code points. With `by`, only what those coders coded counts.
    """
    if not lengths:
        return {}
    found: dict[int, int] = {}
    first, last = min(lengths), max(lengths)
    if by is None:
        spans = codings.spans(project.connection, first, last)
    else:
        spans = by_coder.spans(project.connection, first, last, by)
    for document, members in groupby(spans, key=itemgetter(0)):
        found[document] = covered_in_order(span[1:] for span in members)
    return {one: found.get(one, 0) / length for one, length in lengths.items() if length}
