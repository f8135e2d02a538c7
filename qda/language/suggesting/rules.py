"""Segments in which the keywords of a code stand: in any form, and as parts of compounds."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.language.layout import Layout
from qda.language.matching import Matcher, keyword_query
from qda.language.query import Part, Word
from qda.language.suggesting.units import Places, Units
from qda.text.ranges import expand

WORD, INSIDE, QUESTION = 0, 1, 2
"""A keyword by itself, as part of a longer word, and in the question that was asked."""
_WEIGHT = (0.6, 0.45, 0.2)
"""How much each says. A keyword that stands everywhere says half as much as one that is rare."""

Scores = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class KeywordHits:
    """Where the keywords of a code stand: hit h is the words `first[h]` to `last[h]`, inclusive.

    `unit` is what it speaks for (of a question, each unit that answers it), `keyword` a place in
    the list of keywords, `kind` WORD, INSIDE or QUESTION. In the order of units.
    """

    unit: Places
    keyword: Places
    kind: Places
    first: Places
    last: Places

    def __len__(self) -> int:
        """Return how many there are."""
        return len(self.unit)

    def of(self, unit: int) -> range:
        """Return the hits of a unit."""
        low, high = np.searchsorted(self.unit, (unit, unit + 1))
        return range(int(low), int(high))


def keyword_hits(
    matcher: Matcher, layout: Layout, units: Units, keywords: Sequence[str], asked: Places
) -> KeywordHits:
    """Find the keywords of a code; one that holds no word finds nothing.

    `asked` are the regions of questions that the interview guide has for this code: each is a hit
    of one keyword more than there are.
    """
    parts = _placed(
        layout, units, (len(keywords), QUESTION), layout.bounds[asked], layout.bounds[asked + 1] - 1
    )
    for number, keyword in enumerate(keywords):
        query = keyword_query(keyword)
        if query is None:
            continue
        whole = matcher.find(query)
        parts += _placed(layout, units, (number, WORD), whole.first, whole.last)
        if isinstance(query, Word) and not query.pattern:
            inside = matcher.find(Part(query.form))
            new = ~np.isin(inside.first, whole.first)
            parts += _placed(layout, units, (number, INSIDE), inside.first[new], inside.last[new])
    rows = _once(np.concatenate(parts))
    return KeywordHits(*(rows[:, column].copy() for column in range(5)))


def _once(rows: Places) -> Places:
    """Return the rows with one for each place: the strongest, then the longest keyword there.

    `spesialisert` is no second witness where `spesialisere` has found the same word.
    """
    unit, keyword, kind, first, last = rows.T
    rows = rows[np.lexsort((keyword, first - last, kind, first, unit))]
    new = np.ones(len(rows), dtype=np.bool_)
    new[1:] = (np.diff(rows[:, 0]) != 0) | (np.diff(rows[:, 3]) != 0)
    rows = rows[new]
    return rows[np.lexsort((rows[:, 3], rows[:, 2], rows[:, 1], rows[:, 0]))]


def _placed(
    layout: Layout, units: Units, what: tuple[int, int], first: Places, last: Places
) -> list[Places]:
    """Return rows of unit, keyword, kind, first and last word: of answers, and of questions."""
    unit = units.at(first)
    here = unit >= 0
    keyword, kind = what
    found = [_rows(unit[here], keyword, kind, first[here], last[here])]
    elsewhere = np.flatnonzero(~here)
    asked = layout.region_of(first[elsewhere])
    # Every unit that answers the question, once for each hit in it.
    order = np.argsort(units.question, kind="stable")
    ranked = units.question[order]
    low, high = np.searchsorted(ranked, asked), np.searchsorted(ranked, asked, side="right")
    hit, at = expand(low, high)
    place, answers = elsewhere[hit], order[at]
    found.append(_rows(answers, keyword, QUESTION, first[place], last[place]))
    return found


def _rows(unit: Places, keyword: int, kind: int, first: Places, last: Places) -> Places:
    constant = np.full((2, len(unit)), ((keyword,), (kind,)), dtype=np.int64)
    return np.stack((unit, *constant, first, last), axis=1)


def keyword_scores(hits: KeywordHits, units: int) -> Scores:
    """Return how much the keywords say for each of so many units, in 0..1.

    Each keyword counts once in a unit, by its strongest hit, as if it were a witness of its own:
    1 - (1 - a)(1 - b).
    """
    missed = np.ones(units, dtype=np.float64)
    if not len(hits):
        return np.zeros(units, dtype=np.float64)
    pair = hits.unit * (int(hits.keyword.max()) + 1) + hits.keyword
    # Kinds ascend within a pair, so that the first is the strongest.
    _, first = np.unique(pair, return_index=True)
    keyword, kind, unit = hits.keyword[first], hits.kind[first], hits.unit[first]
    common = np.bincount(keyword[kind != QUESTION], minlength=int(keyword.max()) + 1)
    rare = 1 - np.log1p(common) / np.log1p(max(units, 1))
    weight = np.array(_WEIGHT)[kind] * (0.5 + 0.5 * rare[keyword])
    np.multiply.at(missed, unit, 1 - weight)
    return 1 - missed
