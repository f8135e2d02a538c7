"""How another tool counted the characters of a text, found by what the counting would show.

The standard (REFI-QDA 1.5, section 10.2) says code points from 0 and leaves the end open. Tools
differ: in the unit, in whether CRLF is one character or two, in whether a byte order mark counts,
and in whether the end is the last character or the one behind it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from qda.text.normalise import normalise

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.int64]

Unit = Literal["code point", "UTF-16", "UTF-8"]
_OURS = re.compile(r"qda \d")
_BOM = "\ufeff"
_ELLIPSES = ("…", "...")


@dataclass(frozen=True, slots=True)
class Convention:
    """A way to count: the unit, what a line break of the file counts, the mark, the end."""

    unit: Unit = "code point"
    newline: int = 1
    bom: bool = False
    inclusive: bool = False


@dataclass(frozen=True, slots=True)
class Place:
    """A selection as the file has it: two offsets and the text that the other tool showed."""

    start: int
    end: int
    name: str = ""


@dataclass(frozen=True, slots=True)
class FoundConvention:
    """The convention chosen for one source.

    `score` goes from 0 to 1; `named` says how many of the places show the text they are named by,
    `fits` whether the score is high enough, and `certain` whether no other convention is as good
    besides. `own` says that this program wrote the file, and every place is in its text.
    """

    source: str
    convention: Convention
    score: float
    places: int
    named: int
    certain: bool
    fits: bool = True
    own: bool = False


class SourceText:
    """The text of a source as the file has it, and the maps from its offsets to canonical ones."""

    def __init__(self, raw: str) -> None:
        """Make the canonical text of `raw`, which keeps its line ends and byte order mark."""
        self.raw = raw
        self.text, self.dropped = normalise(raw)
        self.has_bom = raw.startswith(_BOM)
        self.crlf = "\r\n" in raw
        self.has_lines = "\n" in raw
        self._maps: dict[tuple[Unit, int, bool], Numbers] = {}
        self._canonical: Numbers | None = None

    def candidates(self) -> tuple[Convention, ...]:
        """Return the conventions that differ for this text, the likeliest by the standard first."""
        units: tuple[Unit, ...] = ("code point",)
        if not self.raw.isascii() and max(self.raw, default="") > "\uffff":
            units = ("code point", "UTF-16")
        return self._ways(units)

    def byte_candidates(self) -> tuple[Convention, ...]:
        """Return the ways to count bytes that differ for this text from all others."""
        return () if self.raw.isascii() else self._ways(("UTF-8",))

    def _ways(self, units: tuple[Unit, ...]) -> tuple[Convention, ...]:
        newlines = (2, 1) if self.crlf else (1, 2) if self.has_lines else (1,)
        marks = (False, True) if self.has_bom else (False,)
        return tuple(
            Convention(unit, newline, bom, inclusive)
            for inclusive in (False, True)
            for newline in newlines
            for bom in marks
            for unit in units
        )

    def spans(
        self, places: Sequence[Place], convention: Convention
    ) -> list[tuple[int, int] | None]:
        """Return the canonical span of each place, None where it is empty or out of range."""
        import numpy as np  # lazy: start-up

        offsets = self._map(convention.unit, convention.newline, bom=convention.bom)
        canonical = self._canonical
        assert canonical is not None  # noqa: S101 - made with the first map
        last = int(offsets[-1])
        # A number that no text reaches would overflow the array.
        low, high = -1, last + 1
        starts = np.array([min(max(one.start, low), high) for one in places], dtype=np.int64)
        ends = np.array([min(max(one.end, low), high) for one in places], dtype=np.int64)
        if convention.inclusive:
            ends += 1
        valid = (starts >= 0) & (ends <= last) & (starts < ends)
        first = canonical[np.searchsorted(offsets, np.where(valid, starts, 0), "right") - 1]
        after = canonical[np.searchsorted(offsets, np.where(valid, ends, 0), "right") - 1]
        return [
            (start, end) if good and start < end else None
            for start, end, good in zip(first.tolist(), after.tolist(), valid.tolist(), strict=True)
        ]

    def _map(self, unit: Unit, newline: int, *, bom: bool) -> "Numbers":
        """Return the offset of every character of the raw text, and of its end."""
        import numpy as np  # lazy: start-up

        known = self._maps.get((unit, newline, bom))
        if known is not None:
            return known
        points = np.frombuffer(self.raw.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        feeds = points == 10
        returns = np.zeros(len(points), dtype=bool)
        returns[:-1] = (points[:-1] == 13) & feeds[1:]
        if self._canonical is None:
            gone = [ord(one) for one in set(self.raw) if one != "\r" and not normalise(one)[0]]
            kept = ~np.isin(points, np.array(gone, dtype=np.uint32)) & ~returns
            self._canonical = np.concatenate(([0], np.cumsum(kept, dtype=np.int64)))
        weights = np.ones(len(points), dtype=np.int64)
        if unit == "UTF-16":
            weights[points > 0xFFFF] = 2
        elif unit == "UTF-8":
            weights += (points > 0x7F).astype(np.int64) + (points > 0x7FF) + (points > 0xFFFF)
        if newline == 1:
            weights[returns] = 0
        elif not self.crlf:
            weights[feeds] = 2
        if self.has_bom and not bom:
            weights[0] = 0
        found = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(weights)))
        self._maps[unit, newline, bom] = found
        return found


def written_here(origin: str) -> bool:
    """Tell whether a file says that this program wrote it."""
    return _OURS.match(origin) is not None


def shows_name(text: str, span: tuple[int, int] | None, name: str) -> bool:
    """Tell whether a span is the text that it is named by, white space aside."""
    return span is not None and shows(text[span[0] : span[1]], name)


def shows(quote: str, name: str) -> bool:
    """Tell whether `name` is `quote` or, ending in dots, its beginning; white space aside."""
    if quote == name:
        return True
    wanted = "".join(name.split())
    for dots in _ELLIPSES:
        if wanted.endswith(dots) and len(wanted) > len(dots):
            beginning = wanted.removesuffix(dots)
            if "".join(quote[: 4 * len(name) + 100].split()).startswith(beginning):
                return True
    return "".join(quote.split()) == wanted
