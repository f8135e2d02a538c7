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
CERTAIN = 0.7
"""The score below which a convention is only a guess."""

POOR = 0.5
"""The score below which no convention is certain, whatever the other sources say."""

MARGIN = 0.08
"""Conventions whose scores differ by less are told apart by what the origin is known to do."""

_OURS = re.compile(r"qda \d")
_BOM = "\ufeff"
_SAMPLE = 80
_ELLIPSES = ("…", "...")
_LIKE = 0.9
"""What a segment scores that shows its name but for white space."""

_CUT, _BLANK, _STOP = 0.0, 0.6, 0.95
"""What an edge scores inside a word, beside white space, before a full stop."""


@dataclass(frozen=True, slots=True)
class Convention:
    """A way to count: the unit, what a line break of the file counts, the mark, the end."""

    unit: Unit = "code point"
    newline: int = 1
    bom: bool = False
    inclusive: bool = False


KNOWN: tuple[tuple[str, Convention], ...] = (
    ("nvivo", Convention("UTF-16", newline=2)),
    ("atlas", Convention("UTF-16", newline=1)),
    ("maxqda", Convention("UTF-16", newline=1)),
    ("qualcoder", Convention()),
)
"""What programs are known to do, by how their name begins in `origin`."""


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
        self._has_bom = raw.startswith(_BOM)
        self._crlf = "\r\n" in raw
        self._maps: dict[tuple[Unit, int, bool], Numbers] = {}
        self._canonical: Numbers | None = None

    def candidates(self) -> tuple[Convention, ...]:
        """Return the conventions that differ for this text, the likeliest by the standard first."""
        units: tuple[Unit, ...] = ("code point",)
        if not self.raw.isascii() and max(self.raw, default="") > "\uffff":
            units = ("code point", "UTF-16")
        newlines = (2, 1) if self._crlf else (1, 2) if "\n" in self.raw else (1,)
        marks = (False, True) if self._has_bom else (False,)
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
        if newline == 1:
            weights[returns] = 0
        elif not self._crlf:
            weights[feeds] = 2
        if self._has_bom and not bom:
            weights[0] = 0
        found = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(weights)))
        self._maps[unit, newline, bom] = found
        return found


@dataclass(frozen=True, slots=True)
class _Score:
    total: float
    named: float
    spans: tuple[tuple[int, int] | None, ...]


def written_here(origin: str) -> bool:
    """Tell whether a file says that this program wrote it."""
    return _OURS.match(origin) is not None


def choose_conventions(
    sources: Sequence[tuple[str, SourceText, Sequence[Place]]],
    origin: str,
    given: Sequence[Convention | None] = (),
) -> list[FoundConvention]:
    """Find the convention of each source (name, text, places).

    Every source is judged by its own places, but for files of this program, which say how they
    count by what wrote them, and for the sources that one is `given` for. Where several conventions
    are as good, what the origin is known to do decides, then what fits all the sources of the file
    best.
    """
    if written_here(origin):
        return [_own(*source) for source in sources]
    known = next((one for name, one in KNOWN if origin.strip().casefold().startswith(name)), None)
    scored = [_scores(text, _sample(places)) for _name, text, places in sources]
    pool = _Pool(known)
    for (_name, _text, places), scores in zip(sources, scored, strict=True):
        pool.add(scores, len(places))
    wishes = [*given, *(None for _ in range(len(sources) - len(given)))]
    return [
        _choose(name, text, places, scores, pool)
        if wish is None
        else _given(name, text, places, scores, wish)
        for (name, text, places), scores, wish in zip(sources, scored, wishes, strict=True)
    ]


def likely_readings(
    text: SourceText, places: Sequence[Place], limit: int
) -> list[tuple[Convention, float]]:
    """Return the conventions that read the places differently, with their scores, best first."""
    scores = _scores(text, _sample(places))
    found: list[tuple[Convention, float]] = []
    seen: set[tuple[tuple[int, int] | None, ...]] = set()
    for convention, score in sorted(scores.items(), key=lambda one: -one[1].total):
        if score.spans not in seen and len(found) < limit:
            seen.add(score.spans)
            found.append((convention, round(score.total, 3)))
    return found


class _Pool:
    """What all the sources of a file say together of each convention."""

    def __init__(self, known: Convention | None) -> None:
        self.known = known
        self._sums: dict[Convention, float] = {}
        self._places = 0

    def add(self, scores: "dict[Convention, _Score]", places: int) -> None:
        self._places += places
        for convention, score in scores.items():
            self._sums[convention] = self._sums.get(convention, 0.0) + score.total * places

    def total(self, convention: Convention) -> float:
        return self._sums[convention]

    def mean(self, convention: Convention) -> float:
        """Return how well a convention fits the file, 0 where it is not the best for it."""
        if self._sums[convention] < max(self._sums.values()):
            return 0.0
        return self._sums[convention] / max(1, self._places)

    def tells_apart(self, chosen: Convention, others: Sequence[Convention]) -> bool:
        """Tell whether the file as a whole fits `chosen` clearly better than the others."""
        margin = MARGIN * self._places
        return all(self._sums[chosen] > self._sums[one] + margin for one in others)


def _given(
    name: str,
    text: SourceText,
    places: Sequence[Place],
    scores: "dict[Convention, _Score]",
    wish: Convention,
) -> FoundConvention:
    """Return a convention that was asked for."""
    score = scores.get(wish)
    named = _named(text, places, wish)
    total = score.total if score is not None else 0.0
    return FoundConvention(name, wish, round(total, 3), len(places), named, certain=True)


def _named(text: SourceText, places: Sequence[Place], convention: Convention) -> int:
    """Return how many places show the text that they are named by."""
    return sum(
        _shows(text.text, span, place.name)
        for span, place in zip(text.spans(places, convention), places, strict=True)
        if place.name
    )


def _own(name: str, text: SourceText, places: Sequence[Place]) -> FoundConvention:
    """Return how this program writes offsets, if all places are in the text."""
    spans = text.spans(places, Convention())
    share = sum(span is not None for span in spans) / len(places) if places else 1.0
    named = _named(text, places, Convention())
    certain = share == 1.0 and text.raw == text.text
    return FoundConvention(
        name, Convention(), round(share, 3), len(places), named, certain=certain, own=certain
    )


def _sample(places: Sequence[Place]) -> Sequence[Place]:
    return places[:: max(1, len(places) // _SAMPLE)]


def _choose(
    name: str,
    text: SourceText,
    places: Sequence[Place],
    scores: "dict[Convention, _Score]",
    pool: _Pool,
) -> FoundConvention:
    candidates = list(scores)
    best = max(score.total for score in scores.values())
    close = [one for one in candidates if scores[one].total > best - MARGIN]

    def rank(one: Convention) -> tuple[int, float, float, int]:
        return (
            _alike(one, pool.known) if pool.known is not None else 0,
            pool.total(one),
            scores[one].total,
            -candidates.index(one),
        )

    chosen = max(close, key=rank)
    score = scores[chosen]
    rivals = [one for one in close if scores[one].spans != score.spans]
    clear = (
        not rivals
        or pool.known is not None
        or score.named >= 0.5
        or pool.tells_apart(chosen, rivals)
    )
    # A few segments that cut words say little where the rest of the file speaks clearly.
    fits = score.total >= CERTAIN or (score.total >= POOR and pool.mean(chosen) >= CERTAIN)
    return FoundConvention(
        name, chosen, round(score.total, 3), len(places), _named(text, places, chosen),
        certain=not places or (fits and clear), fits=not places or fits,
    )  # fmt: skip


def _alike(one: Convention, other: Convention) -> int:
    return (
        (one.unit == other.unit)
        + (one.newline == other.newline)
        + (one.bom == other.bom)
        + 2 * (one.inclusive == other.inclusive)
    )


def _scores(text: SourceText, places: Sequence[Place]) -> dict[Convention, _Score]:
    # An empty place has no text to be judged by, but an inclusive end makes one character of it.
    judged = [one for one in places if one.start != one.end]
    names = sum(bool(one.name) for one in judged)
    found: dict[Convention, tuple[float, float, tuple[tuple[int, int] | None, ...]]] = {}
    for convention in text.candidates():
        spans = tuple(text.spans(judged, convention))
        edges = sum(_edges(text.text, span) for span in spans) / max(1, len(judged))
        shown = sum(
            _LIKE if text.text[span[0] : span[1]] != place.name else 1.0
            for span, place in zip(spans, judged, strict=True)
            if place.name and span is not None and _shows(text.text, span, place.name)
        )
        found[convention] = (edges, shown / names if names else 0.0, spans)
    # Names that never are the text (titles, numbers) say nothing; those that are outweigh edges.
    weight = 3.0 if any(one[1] >= 0.3 for one in found.values()) else 0.0
    return {
        convention: _Score((edges + weight * named) / (1 + weight) if judged else 1.0, named, spans)
        for convention, (edges, named, spans) in found.items()
    }


def _edges(text: str, span: tuple[int, int] | None) -> float:
    """Return from 0 to 1 how well a span begins and ends where words do."""
    if span is None:
        return 0.0
    start, end = span
    return (_start_edge(text, start) + _end_edge(text, end)) / 2


def _start_edge(text: str, start: int) -> float:
    first = text[start]
    if first.isspace():
        return _BLANK
    return _CUT if start and first.isalnum() and text[start - 1].isalnum() else 1.0


def _end_edge(text: str, end: int) -> float:
    last = text[end - 1]
    if last.isspace():
        return _BLANK
    following = text[end : end + 1]
    if not last.isalnum() or not following:
        return 1.0
    if following.isalnum():
        return _CUT
    return _STOP if following in ".!?" else 1.0


def _shows(text: str, span: tuple[int, int] | None, name: str) -> bool:
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
