"""Words of an open project counted by dictionary form: how often, whose, beside which others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import cast

import numpy as np
from numpy.typing import NDArray

from qda.analysis import speech
from qda.analysis.word_statistics import (
    deviation_of_proportions,
    log_dice,
    log_likelihood,
    log_ratio,
)
from qda.app.searching import Found, Searcher
from qda.language.word_lists import stop_words
from qda.model.entities import LANGUAGES
from qda.model.searching import Limits, Search

MOST_FORMS = 12
Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class WordCount:
    """A dictionary form: how often, in how many documents, how spread (DP), in which forms."""

    lemma: str
    count: int
    per_thousand: float
    documents: int
    dispersion: float
    forms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeyWord:
    """A dictionary form in two groups, with G2 and the log ratio (positive: more in the first)."""

    lemma: str
    count: int
    against: int
    per_thousand: float
    per_thousand_against: float
    g2: float
    log_ratio: float


@dataclass(frozen=True, slots=True)
class Companion:
    """A dictionary form that stands near another: how often there, how often at all, logDice."""

    lemma: str
    together: int
    count: int
    log_dice: float


@dataclass(frozen=True, slots=True)
class Group:
    """The words of one value of a dimension, such as one office: its name, and its words."""

    name: str
    words: int


@dataclass(frozen=True, slots=True)
class GroupedCounts:
    """Words with how often each group says them: `counts` by word and group."""

    groups: tuple[Group, ...]
    words: list[WordCount]
    counts: list[tuple[int, ...]]


class WordCounter:
    """Count the words of one session; made anew for every question.

    A form with several dictionary forms counts for the one that the project's unambiguous forms
    speak for most: `leder` for the noun where it says lederen and lederne, not ledet.
    """

    def __init__(self, searcher: Searcher, *, stop: bool = True) -> None:
        """Take the words of a searcher; with `stop`, words that say little are left out."""
        self.searcher = searcher
        self._table = searcher.table
        vocabulary = self._table.vocabulary
        self._forms = vocabulary.all_forms()
        shelf = searcher.spoken.shelf
        if "lemmas" not in shelf:
            languages: list[int] = vocabulary.languages().tolist()
            pairs = list(zip(self._forms, languages, strict=True))
            shelf["lemmas"] = _lemmas(vocabulary.all_lemmas(), self._table.counts)
            shelf["words"] = np.array(
                [any(map(str.isalpha, form)) for form in self._forms], dtype=np.bool_
            )
            shelf["stop"] = np.array(
                [form in stop_words(LANGUAGES[language]) for form, language in pairs],
                dtype=np.bool_,
            )
        self._shown = cast("Flags", shelf["words"])
        if stop:
            self._shown = self._shown & ~cast("Flags", shelf["stop"])
        self._names, self._lemma = cast("tuple[list[str], Counts]", shelf["lemmas"])

    def frequencies(self, limits: Limits, most: int) -> list[WordCount]:
        """Return the most frequent words. Raises NotFound or Ambiguous for a limit."""
        inside = self._inside(limits)
        counts = self._counted(inside)
        return self._words(_highest(counts, most), counts, inside)

    def frequencies_by(self, limits: Limits, by: str, most: int) -> GroupedCounts:
        """Return the most frequent words with their counts in the groups that `by` makes.

        `by` is a dimension of who speaks and where; groups without a word are left out. Raises
        NotFound, Ambiguous, NotAllowed.
        """
        inside = self._inside(limits)
        counts = self._counted(inside)
        best = _highest(counts, most)
        groups: list[Group] = []
        columns: list[Counts] = []
        for name, regions in self._groups(limits, by).items():
            words = self._spread(regions)
            size = int(words.sum())
            if size:
                groups.append(Group(name, size))
                columns.append(self._counted(words))
        rows = [tuple(int(column[one]) for column in columns) for one in best]
        return GroupedCounts(tuple(groups), self._words(best, counts, inside), rows)

    def lines(
        self,
        lemma: str,
        limits: Limits,
        *,
        but: Limits | None = None,
        group: tuple[str, str] = ("", ""),
    ) -> Found:
        """Return where a word stands that is counted: within `limits`, outside of `but`.

        `group` is a dimension and one of its values. As many lines as the count says.
        """
        inside = self._inside(limits)
        if group[0]:
            flags = self._groups(limits, group[0]).get(group[1])
            inside &= self._spread(flags) if flags is not None else False
        if but is not None:
            inside &= ~self._inside(but)
        return self._at(lemma, inside)

    def lines_beside(self, lemma: str, query: str, span: int, limits: Limits) -> Found:
        """Return where a word stands that is counted as a companion of what `query` finds."""
        found = self.searcher.find(Search(query, limits=limits))
        return self._at(lemma, self._near(found, span))

    def _at(self, lemma: str, inside: Flags) -> Found:
        number = self._names.index(lemma) if lemma in self._names else -1
        words = self._table.words_of(np.flatnonzero((self._lemma == number) & self._shown))
        return self.searcher.at_words(words[inside[words]])

    def _groups(self, limits: Limits, by: str) -> dict[str, Flags]:
        """Return which regions each group says that pass the limits."""
        searcher = self.searcher
        regions = searcher.regions()
        names, flags = speech.spoken_with(
            searcher.snapshot, regions.stretches, regions.pairs, limits.where, by
        )
        allowed = searcher.allowed_regions(limits)
        return {name: one & allowed for name, one in zip(names, flags, strict=True)}

    def _words(self, best: list[int], counts: Counts, inside: Flags) -> list[WordCount]:
        offsets = self._table.offsets
        whole = np.add.reduceat(np.append(inside, 0).astype(np.int64), offsets[:-1])
        whole[offsets[:-1] == offsets[1:]] = 0
        return [self._word(lemma, counts, inside, whole) for lemma in best]

    def compare(self, first: Limits, second: Limits | None, most: int) -> list[KeyWord]:
        """Return the words that set `first` apart from `second`, or from all other words.

        The strongest come first, on either side. Raises NotFound or Ambiguous for a limit.
        """
        here = self._inside(first)
        there = self._inside(second or Limits(first.turns)) & ~here
        sizes = float(here.sum()), float(there.sum())
        counts = [self._counted(one).astype(np.float64) for one in (here, there)]
        g2 = log_likelihood(counts[0], counts[1], *sizes)
        ratio = log_ratio(counts[0], counts[1], *sizes)
        g2[counts[0] + counts[1] == 0] = 0.0
        return [
            KeyWord(
                self._names[lemma],
                int(counts[0][lemma]),
                int(counts[1][lemma]),
                1000 * counts[0][lemma] / max(sizes[0], 1.0),
                1000 * counts[1][lemma] / max(sizes[1], 1.0),
                float(g2[lemma]),
                float(ratio[lemma]),
            )
            for lemma in _highest(g2, most)
        ]

    def companions(self, query: str, span: int, limits: Limits, most: int) -> list[Companion]:
        """Return the words within `span` words of what `query` finds, in the same turn.

        Raises BadQuery, NotFound, Ambiguous.
        """
        found = self.searcher.find(Search(query, limits=limits))
        together = self._counted(self._near(found, span)).astype(np.float64)
        counts = self._counted(self._inside(limits)).astype(np.float64)
        scores = log_dice(together, float(len(found)), counts)
        scores[together == 0] = -np.inf
        best = [one for one in _highest(scores, most) if together[one] > 0]
        return [
            Companion(self._names[one], int(together[one]), int(counts[one]), float(scores[one]))
            for one in best
        ]

    def _near(self, found: Found, span: int) -> Flags:
        """Tell which words stand within `span` words of a hit, in its region, and in no hit."""
        layout, words = self.searcher.spoken.layout, len(self._table)
        near = np.zeros(words, dtype=np.bool_)
        for step in range(1, span + 1):
            for places in (found.first - step, found.last + step):
                inside = (places >= 0) & (places < words)
                same = layout.region_of(places[inside]) == found.region[inside]
                near[places[inside][same]] = True
        # Where hits begin and end, added up, says which words lie in any.
        ends = np.zeros(words + 1, dtype=np.int32)
        np.add.at(ends, found.first, 1)
        np.add.at(ends, found.last + 1, -1)
        return near & (np.cumsum(ends[:-1]) == 0)

    def _inside(self, limits: Limits) -> Flags:
        """Tell which words of the table pass the limits."""
        return self._spread(self.searcher.allowed_regions(limits))

    def _spread(self, regions: Flags) -> Flags:
        """Tell which words stand in some regions."""
        return np.repeat(regions, self.searcher.spoken.layout.lengths())

    def _counted(self, inside: Flags) -> Counts:
        """Return how often each dictionary form occurs among some words."""
        forms = np.bincount(self._table.forms[inside], minlength=len(self._forms))
        forms[~self._shown] = 0
        return np.bincount(self._lemma, weights=forms, minlength=len(self._names)).astype(np.int64)

    def _word(self, lemma: int, counts: Counts, inside: Flags, whole: Counts) -> WordCount:
        numbers = np.flatnonzero((self._lemma == lemma) & self._shown)
        words = self._table.words_of(numbers)
        words = words[inside[words]]
        documents = len(self._table.documents)
        spread = np.bincount(self._table.document_at(words), minlength=documents)
        often = np.bincount(self._table.forms[words], minlength=len(self._forms))
        ranked = sorted(numbers.tolist(), key=lambda one: (-int(often[one]), self._forms[one]))
        forms = [self._forms[one] for one in ranked if often[one] > 0]
        return WordCount(
            self._names[lemma],
            int(counts[lemma]),
            1000 * int(counts[lemma]) / max(int(whole.sum()), 1),
            int((spread > 0).sum()),
            deviation_of_proportions(spread.astype(np.float64), whole.astype(np.float64)),
            tuple(dict.fromkeys(forms))[:MOST_FORMS],
        )


def _lemmas(lines: list[str], counts: Counts) -> tuple[list[str], Counts]:
    """Return the dictionary forms, and which of them each form counts for."""
    support: dict[str, int] = {}
    often: list[int] = counts.tolist()
    for number, line in enumerate(lines):
        if line and " " not in line:
            support[line] = support.get(line, 0) + often[number]
    numbers: dict[str, int] = {}
    chosen = np.zeros(len(lines), dtype=np.int64)
    for number, line in enumerate(lines):
        options = line.split(" ")
        # Of equals the likeliest, which stands first.
        best = (
            options[0] if len(options) == 1 else max(options, key=lambda one: support.get(one, 0))
        )
        chosen[number] = numbers.setdefault(best, len(numbers))
    return list(numbers), chosen


def _highest(values: NDArray[np.generic], most: int) -> list[int]:
    """Return where the highest values stand, those of nothing left out."""
    order: list[int] = np.argsort(-values.astype(np.float64), kind="stable")[:most].tolist()
    return [one for one in order if float(values[one]) != 0.0]
