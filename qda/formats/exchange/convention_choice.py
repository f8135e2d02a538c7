"""The convention of each source of a file, by what its segments would show and by what is known.

Each segment that begins and ends where words do speaks for a convention, the more so one that shows
the text it is named by. What the tool is known to do and what the other sources of the file say
counts with that: one segment that somebody drew carelessly outweighs neither.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qda.formats.exchange.offsets import (
    Convention,
    FoundConvention,
    Place,
    SourceText,
    shows_name,
    written_here,
)

CERTAIN = 0.7
"""The score below which a convention is only a guess."""

POOR = 0.5
"""The score below which no convention is certain, whatever the other sources say."""

MARGIN = 0.08
"""Conventions whose scores differ by less are hardly told apart by them."""

_SAMPLE = 80
_WEIGHT = 7.0
"""What a segment speaks for, as a logarithm of odds: both its edges at words, or both within.

A word's edge is met by chance one time in three, and missed by people one time in twenty.
"""

_CLEAR = 3.0
"""What has to speak for a convention more than for any other, so that it is clear: 20 to 1."""

_MOST = 6.0
"""The most that one source speaks against what all others say."""

_SHORT = 1.5
"""So many segments may be drawn carelessly before a convention that is known is doubted."""

_LIKE = 0.9
"""What a segment scores that shows its name but for white space."""

_CUT, _BLANK, _STOP = 0.0, 0.6, 0.95
"""What an edge scores inside a word, beside white space, before a full stop."""

_WITHOUT_SPACES = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
    "\U00020000-\U0003ffff]"
)
"""Letters of writings that set no space between words: Thai, Chinese, Japanese and the like."""

KNOWN: tuple[tuple[str, Convention], ...] = (
    ("nvivo", Convention("UTF-16", newline=2)),
    ("atlas", Convention("UTF-16", newline=1)),
    ("maxqda", Convention("UTF-16", newline=1)),
    ("qualcoder", Convention()),
)
"""What programs are known to do, by how their name begins in `origin`."""


@dataclass(frozen=True, slots=True)
class _Score:
    total: float
    named: float
    spans: tuple[tuple[int, int] | None, ...]


_Scores = Mapping[Convention, _Score]


def choose_conventions(
    sources: Sequence[tuple[str, SourceText, Sequence[Place]]],
    origin: str,
    given: Sequence[Convention | None] = (),
) -> list[FoundConvention]:
    """Find the convention of each source (name, text, places).

    Every source is judged by its own places, by what the origin is known to do and by the other
    sources, but for files of this program, which say how they count by what wrote them, and for
    the sources that one is `given` for.
    """
    if written_here(origin):
        return [_own(*source) for source in sources]
    known = next((one for name, one in KNOWN if origin.strip().casefold().startswith(name)), None)
    judged = [_Judged(text, _sample(places), len(places)) for _name, text, places in sources]
    file = _File(known)
    for one in judged:
        file.add(one)
    wishes = [*given, *(None for _ in range(len(sources) - len(given)))]
    return [
        _choose(name, places, one, file) if wish is None else _given(name, places, one, wish)
        for (name, _text, places), one, wish in zip(sources, judged, wishes, strict=True)
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


class _Judged:
    """What the places of one source say of each convention."""

    def __init__(self, text: SourceText, sample: Sequence[Place], places: int) -> None:
        self.text = text
        self.places = places
        self.scores = _scores(text, sample)
        self.best = max(one.total for one in self.scores.values())
        self._weight = _WEIGHT * sum(one.start != one.end for one in sample)

    def against(self, convention: Convention) -> float:
        """Return how much speaks against a convention, 0 for the best; see `_WEIGHT`."""
        return (self.best - self.scores[convention].total) * self._weight

    def like(self, convention: Convention, *, crlf: bool) -> list[Convention]:
        """Return which of the conventions here are one of another text, with CRLF or without."""
        unit = convention.unit
        if all(one.unit != unit for one in self.scores):
            unit = "code point"
        lines = convention.newline if crlf == self.text.crlf else None
        return [
            one
            for one in self.scores
            if one.unit == unit
            and one.inclusive == convention.inclusive
            and one.bom == (convention.bom and self.text.has_bom)
            and (lines is None or one.newline == lines or not self.text.has_lines)
        ]


class _File:
    """What all the sources of a file say together of each convention."""

    def __init__(self, known: Convention | None) -> None:
        self.known = known
        self._judged: list[_Judged] = []
        self._sums: dict[tuple[Convention, bool], float] = {}
        self._means: dict[tuple[Convention, bool], float] = {}

    def add(self, one: _Judged) -> None:
        if one.places:
            self._judged.append(one)

    def against(self, one: _Judged, convention: Convention) -> float:
        """Return how much the other sources speak against a convention of one."""
        key = (convention, one.text.crlf)
        if key not in self._sums:
            self._sums[key] = sum(self._said(each, *key) for each in self._judged)
        return self._sums[key] - self._said(one, *key) if one.places else self._sums[key]

    def _said(self, one: _Judged, convention: Convention, crlf: bool) -> float:  # noqa: FBT001 - of a key
        like = one.like(convention, crlf=crlf)
        return min(_MOST, *(one.against(each) for each in like)) if like else 0.0

    def mean(self, one: _Judged, convention: Convention) -> float:
        """Return how well a convention of one source fits the places of all."""
        key = (convention, one.text.crlf)
        if key not in self._means:
            places = total = 0.0
            for each in self._judged:
                like = each.like(convention, crlf=one.text.crlf)
                total += each.places * max((each.scores[c].total for c in like), default=0.0)
                places += each.places
            self._means[key] = total / max(1.0, places)
        return self._means[key]

    def unlikely(self, one: _Judged, convention: Convention) -> float:
        """Return how much speaks against a convention before any place is looked at."""
        usual = self.known or Convention(newline=2 if one.text.crlf else 1)
        if not one.text.crlf:
            # What counts two is the line break that a file has.
            usual = replace(usual, newline=1)
        sure = 4.0 if self.known is not None else 1.0
        return sure * (
            (convention.unit != usual.unit and len({c.unit for c in one.scores}) > 1)
            + (convention.newline != usual.newline) * (1 if one.text.crlf else 2)
            + (convention.bom != usual.bom)
            + 2 * (convention.inclusive != usual.inclusive)
            + 3 * (convention.unit == "UTF-8")
        )


def _choose(name: str, places: Sequence[Place], one: _Judged, file: _File) -> FoundConvention:
    against = {
        each: one.against(each) + file.against(one, each) + file.unlikely(one, each)
        for each in one.scores
    }
    chosen = min(against, key=lambda each: against[each])
    score = one.scores[chosen]
    rivals = [each for each in one.scores if one.scores[each].spans != score.spans]
    lead = min((against[each] - against[chosen] for each in rivals), default=_MOST)
    usual = file.known is not None and not file.unlikely(one, chosen)
    clear = lead >= _CLEAR or usual or score.named >= 0.5
    spoken = usual or file.mean(one, chosen) >= CERTAIN
    short = (CERTAIN - score.total) * one.places
    # A few segments that cut words say little where the file or its origin speaks clearly.
    fits = score.total >= CERTAIN or (
        spoken and (short <= _SHORT or (score.total >= POOR and lead >= _CLEAR))
    )
    sure = score.total >= CERTAIN or (score.total >= POOR and fits)
    return FoundConvention(
        name, chosen, round(score.total, 3), len(places), _named(one.text, places, chosen),
        certain=not places or (sure and clear), fits=not places or fits,
    )  # fmt: skip


def _given(name: str, places: Sequence[Place], one: _Judged, wish: Convention) -> FoundConvention:
    """Return a convention that was asked for."""
    score = one.scores.get(wish)
    named = _named(one.text, places, wish)
    total = score.total if score is not None else 0.0
    return FoundConvention(name, wish, round(total, 3), len(places), named, certain=True)


def _named(text: SourceText, places: Sequence[Place], convention: Convention) -> int:
    """Return how many places show the text that they are named by."""
    return sum(
        shows_name(text.text, span, place.name)
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


# ------------------------------------------------------------------------------------- scores
def _scores(text: SourceText, places: Sequence[Place]) -> _Scores:
    # An empty place has no text to be judged by, but an inclusive end makes one character of it.
    judged = [one for one in places if one.start != one.end]
    scores = _scored(text, judged, text.candidates())
    if judged and max(one.total for one in scores.values()) < CERTAIN:
        # No tool is known to count bytes, so that is thought of where nothing else fits.
        scores |= {
            convention: score
            for convention, score in _scored(text, judged, text.byte_candidates()).items()
            if score.total >= CERTAIN
        }
    return scores


def _scored(
    text: SourceText, judged: Sequence[Place], conventions: Sequence[Convention]
) -> dict[Convention, _Score]:
    names = sum(bool(one.name) for one in judged)
    found: dict[Convention, tuple[float, float, tuple[tuple[int, int] | None, ...]]] = {}
    for convention in conventions:
        spans = tuple(text.spans(judged, convention))
        edges = sum(_edges(text.text, span) for span in spans) / max(1, len(judged))
        shown = sum(
            _LIKE if text.text[span[0] : span[1]] != place.name else 1.0
            for span, place in zip(spans, judged, strict=True)
            if place.name and span is not None and shows_name(text.text, span, place.name)
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
    return _CUT if start and _in_one_word(text[start - 1], first) else 1.0


def _end_edge(text: str, end: int) -> float:
    last = text[end - 1]
    if last.isspace():
        return _BLANK
    following = text[end : end + 1]
    if not last.isalnum() or not following:
        return 1.0
    if _in_one_word(last, following):
        return _CUT
    return _STOP if following in ".!?" else 1.0


def _in_one_word(before: str, after: str) -> bool:
    """Tell whether two characters stand in one word, as far as is seen."""
    return (
        before.isalnum()
        and after.isalnum()
        and not _WITHOUT_SPACES.match(before)
        and not _WITHOUT_SPACES.match(after)
    )
