"""How selections and segments grow and shrink by words, sentences and turns. No Qt."""

import re
from typing import Literal

from qda.gui.widgets.transcript.data import TurnFinder
from qda.text.sentences import sentence_at, sentences

Edge = Literal["start", "end"]
Unit = Literal["character", "word", "sentence", "turn"]
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")
_REACH = 4000
_TURNS_BACK, _TURNS_AHEAD = 20, 40
"""Turns that are looked at around a place: some hold no word or sentence."""


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


def narrower(text: str, turns: TurnFinder, start: int, end: int) -> tuple[int, int]:
    """Return the next narrower selection at its beginning: the turn, the sentence, the word."""
    turn = turn_bounds(text, turns, start)
    candidates = (turn, sentence_at(text, start, *turn), word_at(text, start))
    for low, high in candidates:
        if start <= low < high <= end and (low, high) != (start, end):
            return low, high
    return start, start


def moved_edge(text: str, turns: TurnFinder, offset: int, edge: Edge, unit: Unit, step: int) -> int:
    """Return where an edge at `offset` goes by one `unit`, forward (1) or back (-1).

    A start edge stops where units begin, an end edge where they end; in a text with turns, only
    within what is said, never within the name of a speaker.
    """
    if unit == "character":
        return min(len(text), max(0, offset + step))
    stops = [piece[0 if edge == "start" else 1] for piece in _pieces(text, turns, offset, unit)]
    if step > 0:
        return next((stop for stop in stops if stop > offset), offset)
    return next((stop for stop in reversed(stops) if stop < offset), offset)


def next_sentence(
    text: str, turns: TurnFinder, start: int, end: int, step: int
) -> tuple[int, int] | None:
    """Return the sentence after `start:end` (`step` 1) or before it (-1), None past the last.

    With nothing selected, a sentence that begins just there is the next one.
    """
    place = end if step > 0 else start
    found = _pieces(text, turns, place, "sentence")
    if step > 0:
        return next((one for one in found if one[0] >= place), None)
    return next((one for one in reversed(found) if one[1] <= place), None)


def _pieces(text: str, turns: TurnFinder, offset: int, unit: Unit) -> list[tuple[int, int]]:
    """Return the words, sentences or turns around an offset, in order."""
    found: list[tuple[int, int]] = []
    for low, high in _said_around(text, turns, offset):
        if unit == "turn":
            found.append((low, high))
            continue
        start, end = max(low, offset - _REACH), min(high, offset + _REACH)
        if start >= end:
            continue
        if unit == "word":
            within = [hit.span() for hit in _WORD.finditer(text, start, end)]
        else:
            within = sentences(text, start, end)
        # What the reach cuts through is no whole unit.
        found += [
            piece
            for piece in within
            if (piece[0] > start or start == low) and (piece[1] < end or end == high)
        ]
    return found


def _said_around(text: str, turns: TurnFinder, offset: int) -> list[tuple[int, int]]:
    """Return what is said in the turns around an offset; without turns, the paragraphs."""
    if turns.turns:
        place = turns.place_at(offset)
        near = turns.turns[max(0, place - _TURNS_BACK) : place + _TURNS_AHEAD]
        return [(turn.start, turn.end) for turn in near if turn.start < turn.end]
    first = max(0, text.rfind("\n", 0, max(0, offset - _REACH)) + 1)
    found: list[tuple[int, int]] = []
    while first < len(text) and first <= offset + _REACH:
        stop = text.find("\n", first)
        stop = len(text) if stop < 0 else stop
        if text[first:stop].strip():
            found.append((first, stop))
        first = stop + 1
    return found
