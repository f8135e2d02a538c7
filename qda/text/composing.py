"""Texts with their letters composed, for looking something up in them: å is one way to write å.

A text is never changed: what is found in its composed form is told in the offsets of the text.
"""

import unicodedata
from array import array
from dataclasses import dataclass
from functools import lru_cache

FORM = "NFC"


@dataclass(frozen=True, slots=True)
class Composed:
    """A text in normal form C (Unicode Standard Annex 15), and where its characters come from.

    `starts` and `ends` give, for each character of `text`, the half-open stretch of code points
    that it was made of; both are empty where the text is as it was given.
    """

    text: str
    starts: "array[int]"
    ends: "array[int]"

    def place(self, start: int, end: int) -> tuple[int, int]:
        """Return the place in the text as given of a place in the composed one, not empty."""
        if not self.starts:
            return start, end
        return self.starts[start], self.ends[end - 1]


def composed(text: str) -> Composed:
    """Return a text with its letters composed. Most texts are so already, and cost one look."""
    if unicodedata.is_normalized(FORM, text):
        return Composed(text, array("i"), array("i"))
    return _composed(text)


@lru_cache(maxsize=2)
def _composed(text: str) -> Composed:
    parts: list[str] = []
    starts, ends = array("i"), array("i")
    at = 0
    for line in text.splitlines(keepends=True):
        if unicodedata.is_normalized(FORM, line):
            parts.append(line)
            starts.extend(range(at, at + len(line)))
            ends.extend(range(at + 1, at + len(line) + 1))
        else:
            _compose_line(line, at, parts, starts, ends)
        at += len(line)
    return Composed("".join(parts), starts, ends)


def _compose_line(
    line: str, at: int, parts: list[str], starts: "array[int]", ends: "array[int]"
) -> None:
    """Compose a line letter by letter: a letter is what normalises by itself."""
    begin = 0
    for end in range(1, len(line) + 1):
        if end < len(line) and _goes_on(line[begin:end], line[end]):
            continue
        piece = line[begin:end]
        made = unicodedata.normalize(FORM, piece)
        parts.append(made)
        if made == piece:
            starts.extend(range(at + begin, at + end))
            ends.extend(range(at + begin + 1, at + end + 1))
        else:
            starts.extend([at + begin] * len(made))
            ends.extend([at + end] * len(made))
        begin = end


def _goes_on(piece: str, following: str) -> bool:
    """Tell whether a character belongs to the letter before it."""
    if following.isascii():
        return False
    if unicodedata.combining(following):
        return True
    whole = unicodedata.normalize(FORM, piece + following)
    return whole != unicodedata.normalize(FORM, piece) + unicodedata.normalize(FORM, following)
