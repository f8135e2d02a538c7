"""How selections and segments grow and shrink by words, sentences and turns. No Qt."""

import re
from typing import Literal

from qda.gui.widgets.transcript.data import TurnFinder
from qda.text.sentences import sentence_at, sentences

Edge = Literal["start", "end"]
Unit = Literal["character", "word", "sentence"]
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_REACH = 4000


def word_at(text: str, offset: int) -> tuple[int, int]:
    """Return the word at or just before `offset`, or an empty stretch there."""
    begin = max(0, offset - 200)
    for hit in _WORD.finditer(text, begin, min(len(text), offset + 200)):
        if hit.start() <= offset <= hit.end():
            return hit.span()
    return offset, offset


def turn_bounds(text: str, turns: TurnFinder, offset: int) -> tuple[int, int]:
    """Return what is said in the turn at `offset`; without turns, the paragraph."""
    turn = turns.at(offset)
    if turn is not None and turn.label_start <= offset <= turn.end:
        return turn.start, turn.end
    start = text.rfind("\n", 0, offset) + 1
    end = text.find("\n", offset)
    return start, len(text) if end < 0 else end


def wider(text: str, turns: TurnFinder, start: int, end: int) -> tuple[int, int]:
    """Return the next wider selection: the word, the sentences, the turn, the whole text."""
    turn = turn_bounds(text, turns, start)
    last = turn_bounds(text, turns, max(start, end - 1))
    first_sentence = sentence_at(text, start, *turn)
    last_sentence = sentence_at(text, max(start, end - 1), *last)
    candidates = (
        (word_at(text, start)[0], word_at(text, end)[1]),
        (first_sentence[0], last_sentence[1]),
        (turn[0], last[1]),
    )
    for low, high in candidates:
        if low <= start and end <= high and (low, high) != (start, end):
            return low, high
    return 0, len(text)


def moved_edge(text: str, offset: int, edge: Edge, unit: Unit, step: int) -> int:
    """Return where an edge at `offset` goes by one `unit`, forward (1) or back (-1).

    A start edge stops where units begin, an end edge where they end.
    """
    if unit == "character":
        return min(len(text), max(0, offset + step))
    low, high = max(0, offset - _REACH), min(len(text), offset + _REACH)
    if unit == "word":
        pieces = [hit.span() for hit in _WORD.finditer(text, low, high)]
    else:
        pieces = sentences(text, low, high)
    stops = [piece[0 if edge == "start" else 1] for piece in pieces]
    if step > 0:
        return next((stop for stop in stops if stop > offset), offset)
    return next((stop for stop in reversed(stops) if stop < offset), offset)
