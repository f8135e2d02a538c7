"""Edits of a text as explicit operations: apply them, join them, find them between two texts.

An edit says what happens at which code point of the text as it was. Several edits of one text all
count in that same text, lie in order and never overlap, though they may touch.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from sys import maxsize

from qda.text.differences import changes_between, common_prefix, common_suffix
from qda.text.words import count_words

LARGE = 200
"""A replacement of as many characters is looked into."""
MANY = 200
"""With more edits than this, words are counted from the start."""
FAR = 500
"""How far the white space beside an edit is looked for."""
_SPACE = re.compile(r"\s")


@dataclass(frozen=True, slots=True)
class Edit:
    """Take `removed` code points out at `start` of the old text and put `inserted` there."""

    start: int
    removed: int
    inserted: str

    @property
    def end(self) -> int:
        """Return where the removed stretch ends in the old text."""
        return self.start + self.removed

    @property
    def growth(self) -> int:
        """Return how many code points longer the text becomes."""
        return len(self.inserted) - self.removed


def in_order(edits: Iterable[Edit], length: int | None = None) -> tuple[Edit, ...]:
    """Return the edits in text order, those that do nothing left out.

    Insertions at one place keep the order in which they are given. Raises ValueError where two
    overlap or one reaches outside a text of `length` code points.
    """
    ordered = sorted(
        (edit for edit in edits if edit.removed or edit.inserted),
        key=lambda edit: (edit.start, edit.end),
    )
    reach = 0
    for edit in ordered:
        if edit.start < reach or edit.removed < 0:
            raise ValueError("edits of one text must not overlap")
        reach = edit.end
    if length is not None and reach > length:
        raise ValueError("an edit reaches outside the text")
    return tuple(ordered)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """Return the text after the edits. Raises ValueError for edits that do not fit it."""
    parts: list[str] = []
    at = 0
    for edit in in_order(edits, len(text)):
        parts.append(text[at : edit.start])
        parts.append(edit.inserted)
        at = edit.end
    parts.append(text[at:])
    return "".join(parts)


@dataclass(frozen=True, slots=True)
class _Piece:
    """A stretch of the edited text: `start:end` of the old one, or `inserted` where that is set."""

    start: int
    end: int
    inserted: str | None = None

    def __len__(self) -> int:
        return self.end - self.start if self.inserted is None else len(self.inserted)

    def divided(self, at: int) -> "tuple[_Piece, _Piece]":
        """Return what stands before and from `at`, counted from the piece's own start."""
        if self.inserted is None:
            return _Piece(self.start, self.start + at), _Piece(self.start + at, self.end)
        return _Piece(0, 0, self.inserted[:at]), _Piece(0, 0, self.inserted[at:])


class _Pieces:
    """The pieces of an edited text, to be taken from its start."""

    def __init__(self, edits: Sequence[Edit]) -> None:
        """Cut the text at its edits; the last piece reaches as far as anybody asks."""
        pieces: list[_Piece] = []
        at = 0
        for edit in edits:
            pieces.append(_Piece(at, edit.start))
            if edit.inserted:
                pieces.append(_Piece(0, 0, edit.inserted))
            at = edit.end
        pieces.append(_Piece(at, maxsize))
        self._left = pieces[::-1]

    def take(self, length: int) -> list[_Piece]:
        """Take the next `length` code points."""
        taken: list[_Piece] = []
        while length > 0:
            piece = self._left.pop()
            if len(piece) > length:
                piece, rest = piece.divided(length)
                self._left.append(rest)
            length -= len(piece)
            taken.append(piece)
        return taken

    def rest(self) -> list[_Piece]:
        """Take all that is left."""
        return self._left[::-1]


def then(edits: Iterable[Edit], more: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that do at once what `edits` and after them `more` do.

    `more` counts in the text that `edits` make. Raises ValueError where either overlap.
    """
    left = _Pieces(in_order(edits))
    result: list[_Piece] = []
    at = 0
    for edit in in_order(more):
        result += left.take(edit.start - at)
        left.take(edit.removed)
        if edit.inserted:
            result.append(_Piece(0, 0, edit.inserted))
        at = edit.end
    result += left.rest()
    return _joined(result)


def _joined(pieces: Iterable[_Piece]) -> tuple[Edit, ...]:
    """Turn pieces back into edits: whatever lies between two kept ones is one edit."""
    found: list[Edit] = []
    at = 0
    inserted: list[str] = []
    for piece in pieces:
        if piece.inserted is not None:
            inserted.append(piece.inserted)
            continue
        if piece.start > at or inserted:
            found.append(Edit(at, piece.start - at, "".join(inserted)))
        at = piece.end
        inserted = []
    return tuple(found)


def inverse(text: str, edits: Iterable[Edit]) -> tuple[Edit, ...]:
    """Return the edits that lead from the edited text back to `text`."""
    back: list[Edit] = []
    shift = 0
    for edit in in_order(edits, len(text)):
        back.append(Edit(edit.start + shift, len(edit.inserted), text[edit.start : edit.end]))
        shift += edit.growth
    return tuple(back)


def trimmed(text: str, edit: Edit) -> Edit:
    """Return the edit without what it takes out and puts back unchanged at its ends."""
    if not (edit.removed and edit.inserted):
        return edit
    limit = min(edit.removed, len(edit.inserted))
    head = common_prefix(text, edit.start, edit.inserted, 0, limit)
    tail = common_suffix(text, edit.end, edit.inserted, len(edit.inserted), limit - head)
    return Edit(
        edit.start + head,
        edit.removed - head - tail,
        edit.inserted[head : len(edit.inserted) - tail],
    )


def edits_between(old: str, new: str) -> tuple[Edit, ...]:
    """Return edits that make `new` of `old`, as small as they are found in bounded time."""
    return tuple(Edit(i, k - i, new[j:m]) for i, k, j, m in changes_between(old, new))


def refined(text: str, edits: Sequence[Edit]) -> tuple[Edit, ...]:
    """Return edits that do the same and leave more of the text untouched.

    What an edit takes out and puts back at its ends is left out, and large replacements are
    compared with what they replace.
    """
    smaller: list[Edit] = []
    for edit in in_order(edits, len(text)):
        if edit.removed >= LARGE and edit.inserted:
            smaller += [
                Edit(edit.start + part.start, part.removed, part.inserted)
                for part in edits_between(text[edit.start : edit.end], edit.inserted)
            ]
        else:
            smaller.append(trimmed(text, edit))
    return in_order(smaller)


def recount_words(old: str, new: str, edits: Sequence[Edit], words: int) -> int:
    """Return how many words `new` has, where `old` had `words` and the `edits` made the one other.

    Only the stretches between white space around the edits are counted, unless those are many.
    """
    if len(edits) > MANY:
        return count_words(new)
    windows: list[tuple[int, int, int]] = []
    for edit in edits:
        start, end = _white_space_around(old, edit)
        if start < 0 or end < 0:
            return count_words(new)
        growth = edit.growth
        if windows and start <= windows[-1][1]:
            start, reach, before = windows.pop()
            end, growth = max(end, reach), growth + before
        windows.append((start, end, growth))
    shift = 0
    for start, end, growth in windows:
        words -= count_words(old[start:end])
        words += count_words(new[start + shift : end + shift + growth])
        shift += growth
    return words


def _white_space_around(text: str, edit: Edit) -> tuple[int, int]:
    """Return where the words that an edit touches start and end; negative where out of reach."""
    low = max(0, edit.start - FAR)
    start = 0 if low == 0 else -1
    for hit in _SPACE.finditer(text, low, edit.start):
        start = hit.end()
    behind = _SPACE.search(text, edit.end, edit.end + FAR)
    if behind is not None:
        return start, behind.start()
    return start, len(text) if edit.end + FAR >= len(text) else -1
