"""Found places with the words around them, and how far a coding of one reaches. No Qt, no SQL."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from qda.text.sentences import sentence_at

REACH = 90
"""Characters of the text on each side of a hit."""
Spread = Literal["words", "sentence", "turn"]
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Said:
    """A turn as far as searching needs it: `start:end` is what is said, the label stands before."""

    number: int
    label_start: int
    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class Hit:
    """Where something stands (`start:end`), what stands there and around it on one line.

    `turn` is the number of the turn it stands in, 0 before the first; `speaker` the turn's label.
    """

    start: int
    end: int
    before: str
    found: str
    after: str
    turn: int = 0
    speaker: str = ""


class Turns:
    """Find the turn of a place."""

    def __init__(self, turns: Sequence[Said]) -> None:
        """Take turns in text order."""
        self._turns = turns
        self._starts = [turn.label_start for turn in turns]

    def at(self, offset: int) -> Said | None:
        """Return the turn that `offset` is in or after, None before the first."""
        place = bisect_right(self._starts, offset) - 1
        return self._turns[place] if place >= 0 else None

    def in_label(self, start: int, end: int) -> bool:
        """Tell whether `start:end` touches a speaker's label."""
        turn = self.at(max(start, end - 1))
        return turn is not None and start < turn.start and end > turn.label_start


def hits_of(text: str, places: Iterable[tuple[int, int]], turns: Turns) -> tuple[Hit, ...]:
    """Return the places with their context, which is that of their turn.

    Those in a speaker's label are nothing said and left out.
    """
    found: list[Hit] = []
    for start, end in places:
        if turns.in_label(start, end):
            continue
        turn = turns.at(start)
        low, high = 0, len(text)
        if turn is not None:
            inside = start < turn.end
            low = turn.start if inside else turn.end
            high = turn.end if inside else len(text)
        found.append(
            Hit(
                start,
                end,
                _before(text, low, start),
                _one_line(text[start:end]),
                _after(text, end, max(end, high)),
                turn.number if turn is not None else 0,
                turn.label if turn is not None else "",
            )
        )
    return tuple(found)


def spread(text: str, start: int, end: int, how: Spread, turns: Turns) -> tuple[int, int]:
    """Return what a coding of a hit covers: its words, its sentences, or what the turn says.

    Without turns, a turn is the paragraph. White space at the edges is left out.
    """
    low, high = _bounds(text, start, end, turns)
    if how == "turn":
        return _trimmed(text, low, high)
    if how == "sentence":
        first = sentence_at(text, start, low, high)
        last = sentence_at(text, max(start, end - 1), low, high)
        start, end = min(start, first[0]), max(end, last[1])
    return _trimmed(text, start, end)


def _bounds(text: str, start: int, end: int, turns: Turns) -> tuple[int, int]:
    turn = turns.at(start)
    last = turns.at(max(start, end - 1))
    if turn is not None and last is not None and turn.start <= start and end <= last.end:
        return turn.start, last.end
    stop = text.find("\n", end)
    return text.rfind("\n", 0, start) + 1, len(text) if stop < 0 else stop


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while end > start and text[end - 1].isspace():
        end -= 1
    while start < end and text[start].isspace():
        start += 1
    return start, end


def _before(text: str, low: int, start: int) -> str:
    begin = max(low, start - REACH)
    piece = text[begin:start]
    if begin > low:
        piece = piece.partition(" ")[2] or piece
    return _one_line(piece).lstrip()


def _after(text: str, end: int, high: int) -> str:
    stop = min(high, end + REACH)
    piece = text[end:stop]
    if stop < high:
        piece = piece.rpartition(" ")[0] or piece
    return _one_line(piece).rstrip()


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text)
