"""What a transcript view is given, and the text it shows for it. No Qt, all offsets code points.

The text shown is the canonical text with single characters exchanged for single characters, so
that offsets are the same in both: a speaker's label gets a line of its own because the separator
behind it becomes a line break, some spaces of a paragraph without end become line breaks too, and
what Qt would drop or join becomes invisible.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple, Protocol

from qda.text.spans import Span

INVISIBLE = "\u200b"
_SEPARATORS = " \t:;.–—-\u00a0\u202f\u2007\n\u2028\u2029"
_BEFORE_LABEL = re.compile(r"[\s\d\[\](){}<>:.,;#–—-]*")
_EXCHANGED = (
    ("\r", INVISIBLE), ("\0", INVISIBLE), ("\u2029", "\n"), ("\ufdd0", "\ufffd"),
    ("\ufdd1", "\ufffd"), ("\ufffc", "\ufffd"), ("\f", " "), ("\v", " "),
)  # fmt: skip


LONG_PARAGRAPH = 6000
"""Code points above which a paragraph is shown in parts: what Qt lays out and changes at once."""
PART = 1500
"""Code points of a part; it goes on to the end of a sentence, or else to a space."""
_SENTENCE_END = re.compile("[.!?…][\"'»”’)\\]]*( )")


class TurnView(NamedTuple):
    """A turn: `label_start` is where the speaker's name begins, `start:end` what is said."""

    number: int
    label_start: int
    start: int
    end: int
    label: str
    interviewer: bool = False
    time_ms: int | None = None


@dataclass(frozen=True, slots=True)
class TranscriptText:
    """A canonical text with its turns in order."""

    text: str
    turns: tuple[TurnView, ...] = ()


@dataclass(frozen=True, slots=True)
class SegmentView:
    """A coded segment to show.

    `label` is the code at hand or the top code, `sub_label` the subcode; `stance`, `memo`,
    `definition` and `coder` are worded for the user and may be empty. A dimmed segment has a thin
    grey bar and nothing else; `column` names the column of lanes it stands in, where there are
    several.
    """

    id: int
    start: int
    end: int
    code_id: int
    label: str
    sub_label: str = ""
    color: str = "#808080"
    stance: str = ""
    memo: str = ""
    definition: str = ""
    coder: str = ""
    dimmed: bool = False
    column: str = ""

    @property
    def title(self) -> str:
        """Return label and subcode as one text."""
        return f"{self.label} / {self.sub_label}" if self.sub_label else self.label


class Look(NamedTuple):
    """How a segment looks where only its colour is seen."""

    color: str
    dimmed: bool


class SegmentSource(Protocol):
    """Tells of the segments of a text, one by one, as they come in sight.

    A long text has thousands of segments, and most are never looked at. `has_columns` tells
    whether `column` need be asked.
    """

    has_columns: bool

    def segment(self, segment_id: int) -> SegmentView:
        """Return a segment as it is to be shown."""
        ...

    def look(self, span: Span) -> Look:
        """Return how a segment looks from afar."""
        ...

    def column(self, span: Span) -> str:
        """Return the column of lanes that a segment stands in."""
        ...


class LabelLine(NamedTuple):
    """A line of the shown text that holds a speaker's label and nothing else."""

    start: int
    end: int
    turn: TurnView


@dataclass(frozen=True, slots=True)
class ShownText:
    """The text as shown, its label lines, and which turn begins on the line at an offset."""

    text: str
    labels: tuple[LabelLine, ...]
    turn_at_line: dict[int, TurnView]


def shown_text(source: TranscriptText) -> ShownText:
    """Return the text to show for `source`, of exactly the same length."""
    base = source.text
    # One by one, since most are in no text: a table of them is looked up for every character.
    for one, other in _EXCHANGED:
        base = base.replace(one, other)
    pieces: list[str] = []
    labels: list[LabelLine] = []
    lines: dict[int, TurnView] = {}
    done = line = spoken = 0
    for turn in source.turns:
        before, spoken = spoken, max(spoken, turn.end)
        label_end = _label_end(base, turn)
        # From the line before on: in one paragraph of many turns each would look back to the start.
        line = line if turn.label_start >= line else 0
        line = max(line, base.rfind("\n", line, turn.label_start) + 1)
        # The label of another turn on the same line was given a line of its own.
        line_start = max(line, done)
        if turn.label_start < done or turn.start <= label_end or label_end == turn.label_start:
            lines.setdefault(line_start, turn)
            continue
        lead = base[line_start : turn.label_start]
        # What looks like the number before a label may be all that the turn before it says.
        said = line_start > line or before > line_start or not _BEFORE_LABEL.fullmatch(lead)
        if said and lead[-1:].isspace():
            # Another turn goes before it on the same line: the space between becomes the break.
            pieces += (base[done : turn.label_start - 1], "\n")
            done = line_start = turn.label_start
        separator = base[label_end : turn.start]
        pieces += (base[done:label_end], _broken(separator))
        done = turn.start
        labels.append(LabelLine(line_start, label_end, turn))
        lines[line_start] = turn
    pieces.append(base[done:])
    return ShownText(_parted("".join(pieces)), tuple(labels), lines)


def _parted(text: str) -> str:
    """Return the text with line breaks for some spaces of paragraphs that are too long."""
    breaks: list[int] = []
    start = 0
    while len(text) - start > LONG_PARAGRAPH:
        end = text.find("\n", start)
        end = len(text) if end < 0 else end
        if end - start > LONG_PARAGRAPH:
            breaks += _breaks(text, start, end)
        start = end + 1
    pieces: list[str] = []
    done = 0
    for place in breaks:
        pieces += (text[done:place], "\n")
        done = place + 1
    return "".join((*pieces, text[done:])) if breaks else text


def _breaks(text: str, start: int, end: int) -> Iterator[int]:
    """Yield the spaces at which a paragraph is parted."""
    while end - start > 2 * PART:
        low, high = start + PART, start + 2 * PART
        hit = _SENTENCE_END.search(text, low, high)
        place = hit.start(1) if hit is not None else text.rfind(" ", low, high)
        # Words without end: the next space, wherever it is.
        place = place if place >= 0 else text.find(" ", high, end - 1)
        if place < 0:
            return
        yield place
        start = place + 1


def _label_end(text: str, turn: TurnView) -> int:
    """Return where the label ends; a full stop that is part of the name is no separator."""
    head = text[turn.label_start : turn.start]
    named = len(turn.label) if head.startswith(turn.label) else 0
    return turn.label_start + max(named, len(head.rstrip(_SEPARATORS)))


def _broken(separator: str) -> str:
    """Return what stands behind a label with one line break in it, same length."""
    if "\n" not in separator:
        return INVISIBLE * (len(separator) - 1) + "\n"
    return "".join(one if one == "\n" else INVISIBLE for one in separator)


class TurnFinder:
    """Find the turn at an offset."""

    def __init__(self, turns: tuple[TurnView, ...]) -> None:
        self.turns = turns
        self._starts = [turn.label_start for turn in turns]

    def place_at(self, offset: int) -> int:
        """Return the place of the turn that `offset` is in or after, -1 before the first."""
        return bisect_right(self._starts, offset) - 1

    def at(self, offset: int) -> TurnView | None:
        """Return the turn that `offset` is in or after, None before the first."""
        place = self.place_at(offset)
        return self.turns[place] if place >= 0 else None
