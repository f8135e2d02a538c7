"""Carry stretches of a text across its edits, or say that they cannot be placed.

The rules, for a stretch `start:end`:

* What is edited outside it moves it and leaves its text alone. So does what is inserted exactly at
  its start or at its end: that stays outside.
* What is inserted, taken out or replaced inside it, its first and last characters included, makes
  it grow or shrink.
* An edit that reaches across one of its ends cuts it there: what was put in instead stays outside.
* One that is replaced as a whole, by an edit of exactly this stretch, becomes the replacement.
* One of which next to nothing is left is looked for in what was inserted, by its text and the
  characters around it: text that was cut and pasted takes its codings along. In two places that
  are equally likely, or with nothing but white space left of it, it is lost.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from qda.text.edits import Edit, in_order, refined

Fate = Literal["kept", "moved", "altered", "lost"]

CONTEXT = 32
"""How many characters on either side tell which of several equal places is meant."""
CERTAIN_LENGTH = 12
"""A text as long as this is itself where it stands in one place only; a shorter one needs"""
CERTAIN_CONTEXT = 8
"""as many characters around it that are the same as before."""
REMNANT = 4
"""A stretch of which less than this part is left may have been moved."""
MOST_PLACES = 64
SEARCHED = 100_000_000
"""How many characters are looked through for moved text; what is then not found is lost."""
_PER_SEARCH = 100


@dataclass(frozen=True, slots=True)
class Carried:
    """What became of a stretch, and where it is in the new text.

    `kept` has its text still, maybe farther on; `moved` was found where it was pasted; `altered`
    has another text; `lost` cannot be placed: `start` and `end` are then the place at which it
    stood, and `places` in how many it might be meant (0 where its text is gone).
    """

    fate: Fate
    start: int
    end: int
    places: int = 0


class EditMap:
    """Where the offsets of a text are after edits of it."""

    def __init__(self, edits: Iterable[Edit]) -> None:
        """Take the edits of one text. Raises ValueError where they overlap."""
        self.edits = in_order(edits)
        self.starts = [edit.start for edit in self.edits]
        self.ends = [edit.end for edit in self.edits]
        self.shifts = [0]
        """By how much the text before each edit has moved, and at last that behind all."""
        for edit in self.edits:
            self.shifts.append(self.shifts[-1] + edit.growth)

    def before(self, offset: int) -> int:
        """Return the new offset, which stays before what is inserted there.

        One inside of what is taken out stands behind what was put in instead.
        """
        return self._place(offset, bisect_left(self.starts, offset))

    def after(self, offset: int) -> int:
        """Return the new offset, which goes behind what is inserted there."""
        index = bisect_right(self.ends, offset)
        inside = index < len(self.edits) and self.starts[index] < offset
        return self._place(offset, index + inside)

    def _place(self, offset: int, passed: int) -> int:
        """Return the new offset where the first `passed` edits lie before the old one."""
        if passed and self.ends[passed - 1] > offset:
            offset = self.ends[passed - 1]
        return offset + self.shifts[passed]

    def inserted(self, index: int) -> tuple[int, int]:
        """Return where what an edit put in is in the new text."""
        start = self.starts[index] + self.shifts[index]
        return start, start + len(self.edits[index].inserted)

    def surviving(self, start: int, end: int) -> int:
        """Return how many characters of `start:end` are still there."""
        first = bisect_right(self.ends, start)
        last = bisect_left(self.starts, end)
        return (
            end
            - start
            - sum(
                min(end, edit.end) - max(start, edit.start)
                for edit in self.edits[first:last]
                if edit.removed
            )
        )


class Anchors:
    """Carry stretches of one text across one set of edits."""

    def __init__(self, old: str, new: str, edits: Sequence[Edit]) -> None:
        """Take both texts and the edits between them. Raises ValueError where they do not fit."""
        self.old = old
        self.new = new
        self.given = EditMap(edits)
        self.map = EditMap(refined(old, edits))
        # Refining may leave of a replaced word just the letters that differ.
        self._whole = {
            (edit.start, edit.end): self.given.inserted(index)
            for index, edit in enumerate(self.given.edits)
            if edit.removed and edit.inserted and not edit.inserted.isspace()
        }
        self._pasted: list[tuple[int, int]] | None = None
        self._searched = 0

    def replaced(self, start: int, end: int) -> tuple[int, int] | None:
        """Return where the text is that one edit put in for just this stretch, None without it."""
        return self._whole.get((start, end))

    def carry(self, start: int, end: int) -> Carried:
        """Return what became of `start:end`, which must not be empty."""
        ends, starts, shifts = self.map.ends, self.map.starts, self.map.shifts
        first = bisect_right(ends, start)
        last = bisect_left(starts, end, first)
        whole = self._whole.get((start, end))
        if first == last and whole is None:
            shift = shifts[first]
            return Carried("kept", start + shift, end + shift)
        return self._edited(start, end, first, last, whole)

    def _edited(
        self, start: int, end: int, first: int, last: int, whole: tuple[int, int] | None
    ) -> Carried:
        """Carry a stretch that the edits `first:last` touch, or one replaced as a `whole`."""
        quote = self.old[start:end]
        begins, stops = whole or self._remnant(start, end, first, last)
        text = self.new[begins:stops]
        if text == quote:
            return Carried("kept", begins, stops)
        places = 0
        if whole or self.map.surviving(start, end) * REMNANT < end - start:
            place, places = self.find(start, end, apart_from=whole)
            if place >= 0:
                return Carried("moved", place, place + len(quote))
        if not text or (text.isspace() and not quote.isspace()):
            at = min(begins, stops)
            return Carried("lost", at, at, places)
        return Carried("altered", begins, stops)

    def _remnant(self, start: int, end: int, first: int, last: int) -> tuple[int, int]:
        """Return where what is left of a stretch is; the end is not behind the start if nothing."""
        edits, shifts = self.map.edits, self.map.shifts
        begins = start + shifts[first]
        if edits[first].start < start:
            begins = self.map.inserted(first)[1]
        stops = end + shifts[last]
        if edits[last - 1].end > end:
            stops = self.map.inserted(last - 1)[0]
        return begins, stops

    def find(
        self, start: int, end: int, *, apart_from: tuple[int, int] | None = None
    ) -> tuple[int, int]:
        """Look for the text of `start:end` in what was inserted.

        Returns its new start, -1 where that is not certain, and in how many places it stands.
        """
        quote = self.old[start:end]
        if quote.isspace():
            return -1, 0
        places = self._places(quote, apart_from)
        if not places:
            return -1, 0
        likely = sorted((self._likeness(start, end, place), place) for place in places)
        best, place = likely[-1]
        if len(likely) > 1:
            certain = best >= CERTAIN_CONTEXT and best > likely[-2][0]
        else:
            certain = len(quote) >= CERTAIN_LENGTH or best >= CERTAIN_CONTEXT
        return (place if certain else -1), len(places)

    def _places(self, quote: str, apart_from: tuple[int, int] | None) -> set[int]:
        """Return where `quote` stands such that at least half of it was inserted there."""
        if self._pasted is None:
            pasted = (self.map.inserted(index) for index in range(len(self.map.edits)))
            self._pasted = sorted(
                (span for span in pasted if span[0] < span[1]),
                key=lambda span: span[0] - span[1],
            )
        half = len(quote) // 2
        found: set[int] = set()
        for start, end in self._pasted:
            if (end - start) * 2 < len(quote) or len(found) > MOST_PLACES:
                break
            self._searched += end - start + _PER_SEARCH
            if self._searched > SEARCHED:
                break
            at = self.new.find(quote, max(0, start - half), end + half)
            while at >= 0 and len(found) <= MOST_PLACES:
                if apart_from is None or not apart_from[0] <= at < apart_from[1]:
                    found.add(at)
                at = self.new.find(quote, at + 1, end + half)
        return found

    def _likeness(self, start: int, end: int, place: int) -> int:
        """Return how many characters around a place are those around `start:end` before."""
        stop = place + end - start
        before = zip(
            reversed(self.old[max(0, start - CONTEXT) : start]),
            reversed(self.new[max(0, place - CONTEXT) : place]),
            strict=False,
        )
        behind = zip(self.old[end : end + CONTEXT], self.new[stop : stop + CONTEXT], strict=False)
        return sum(_until_different(side) for side in (before, behind))

    def carry_note(self, start: int, end: int) -> tuple[int, int]:
        """Return where a note is anchored: never lost, at worst at the place where it stood.

        A note at one place, such as a footnote's mark, stays behind what it stood behind.
        """
        if start < end:
            carried = self.carry(start, end)
            return carried.start, carried.end
        at = self.map.before(start)
        return at, at


def _until_different(pairs: Iterable[tuple[str, str]]) -> int:
    """Return how many pairs are alike before the first that is not."""
    count = 0
    for one, other in pairs:
        if one != other:
            break
        count += 1
    return count
