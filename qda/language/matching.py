"""Finding what a query asks among the words of a project, on whole arrays."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.language.layout import Layout
from qda.language.query import (
    CodeWords,
    Either,
    Near,
    Part,
    Query,
    Row,
    Without,
    Word,
    parse,
)
from qda.language.table import WordTable
from qda.model.errors import BadQuery
from qda.model.searching import Within

Places = NDArray[np.int64]
Flags = NDArray[np.bool_]
KeysOf = Callable[[str], frozenset[str]]
"""The keys of a form that no text of the project has."""
Keywords = Callable[[str], Sequence[str]]
"""The keywords of a code by its name. Raises NotFound or Ambiguous."""
_NOTHING: Places = np.zeros(0, dtype=np.int64)
_SIGNS = re.compile(r"[^\w\s*-]|\b(?:AND|OR|NOT|OG|ELLER|IKKE|NEAR|NÆR)\b")


@dataclass(frozen=True, slots=True)
class Matches:
    """What was found: first and last word of each place, in order, none twice."""

    first: Places
    last: Places

    def __len__(self) -> int:
        """Return how many places were found."""
        return len(self.first)


class Matcher:
    """Answer queries on one table and its layout."""

    def __init__(
        self,
        table: WordTable,
        layout: Layout,
        *,
        within: Within,
        keys_of: KeysOf,
        keywords: Keywords,
    ) -> None:
        """Ask `keys_of` for words the project does not have, `keywords` for those of codes."""
        self._table = table
        self._layout = layout
        self._within: Within = within
        self._keys_of = keys_of
        self._keywords = keywords
        self._known: dict[Query, Flags] = {}

    def find(self, query: Query) -> Matches:
        """Return every place that a query finds. Raises BadQuery, NotFound, Ambiguous."""
        if isinstance(query, Word | Part):
            found = self._table.words_of(np.flatnonzero(self._flags(query)))
            return Matches(found, found)
        if isinstance(query, Row):
            return self._row(query)
        if isinstance(query, Near):
            return self._near(self.find(query.left), self.find(query.right), query.words)
        if isinstance(query, CodeWords):
            return self._code(query)
        if isinstance(query, Either):
            return _together([self.find(one) for one in query.options])
        left, right = self.find(query.left), self.find(query.right)
        if isinstance(query, Without):
            kept = ~np.isin(self._units(left.first), self._units(right.first))
            return Matches(left.first[kept], left.last[kept])
        shared = np.intersect1d(self._units(left.first), self._units(right.first))
        return _together([_in_units(one, self._units(one.first), shared) for one in (left, right)])

    def forms(self, query: Query) -> dict[int, int]:
        """Return the forms that the query's words stand for, and how often each occurs."""
        flags = np.zeros(len(self._table.vocabulary), dtype=np.bool_)
        for one in self._leaves(query):
            flags |= self._flags(one)
        counts = self._table.counts
        numbers: list[int] = np.flatnonzero(flags & (counts > 0)).tolist()
        return {number: int(counts[number]) for number in numbers}

    # -------------------------------------------------------------------------------- words

    def _leaves(self, query: Query) -> list[Word | Part]:
        if isinstance(query, Word | Part):
            return [query]
        if isinstance(query, Row):
            inner: Sequence[Query] = query.items
        elif isinstance(query, Either):
            inner = query.options
        elif isinstance(query, CodeWords):
            inner = self._code_queries(query)
        elif isinstance(query, Without):
            inner = (query.left,)
        else:
            inner = (query.left, query.right)
        return [leaf for one in inner for leaf in self._leaves(one)]

    def _flags(self, item: Query) -> Flags:
        """Return which forms a single item stands for."""
        if item not in self._known:
            self._known[item] = self._flags_of(item)
        return self._known[item]

    def _flags_of(self, item: Query) -> Flags:
        flags = np.zeros(len(self._table.vocabulary), dtype=np.bool_)
        if isinstance(item, Either):
            for one in item.options:
                flags |= self._flags(one)
            return flags
        vocabulary = self._table.vocabulary
        if isinstance(item, Part):
            keys = self._keys(item.form)
            flags[vocabulary.with_keys(keys)] = True
            flags[vocabulary.with_parts(keys)] = True
        elif isinstance(item, Word) and item.pattern:
            flags[vocabulary.matching(item.form)] = True
        elif isinstance(item, Word) and item.exact:
            flags[list(vocabulary.numbers_of(item.form))] = True
        elif isinstance(item, Word):
            flags[vocabulary.with_keys(self._keys(item.form))] = True
        return flags

    def _keys(self, form: str) -> frozenset[str]:
        """Return the keys of a typed form: the project's own where it has the form."""
        known = self._table.vocabulary.numbers_of(form)
        if known:
            return frozenset[str]().union(*map(self._table.vocabulary.keys, known))
        return self._keys_of(form)

    def _code(self, item: CodeWords) -> Matches:
        found = [self.find(query) for query in self._code_queries(item)]
        return _together(found) if found else Matches(_NOTHING, _NOTHING)

    def _code_queries(self, item: CodeWords) -> list[Query]:
        asked = (keyword_query(keyword) for keyword in self._keywords(item.name))
        return [one for one in asked if one is not None]

    # ----------------------------------------------------------------------------- together

    def _row(self, row: Row) -> Matches:
        """Return where the items stand side by side, from the rarest one on."""
        items = _flat(row)
        if len(items) > len(self._table):
            return Matches(_NOTHING, _NOTHING)
        flags = [self._flags(item) for item in items]
        counts = [int(self._table.counts[one].sum()) for one in flags]
        rarest = min(range(len(items)), key=counts.__getitem__)
        first = self._table.words_of(np.flatnonzero(flags[rarest])) - rarest
        last = first + (len(items) - 1)
        inside = (first >= 0) & (last < len(self._table))
        first = first[inside]
        for place in sorted(range(len(items)), key=counts.__getitem__):
            if place != rarest:
                first = first[flags[place][self._table.forms[first + place]]]
        last = first + (len(items) - 1)
        hard = self._layout.hard
        whole = np.searchsorted(hard, first, "right") == np.searchsorted(hard, last, "right")
        return Matches(first[whole], last[whole])

    def _near(self, left: Matches, right: Matches, words: int) -> Matches:
        """Return each place of `left` with the nearest of `right`, both ways, in one region."""
        if not len(left) or not len(right):
            return Matches(_NOTHING, _NOTHING)
        found: list[Matches] = []
        after = np.searchsorted(right.first, left.last, side="right")
        has = after < len(right)
        other = np.minimum(after, len(right) - 1)
        close = has & (right.first[other] - left.last <= words)
        found.append(Matches(left.first[close], right.last[other[close]]))
        order = np.argsort(right.last, kind="stable")
        before = np.searchsorted(right.last[order], left.first, side="left") - 1
        has = before >= 0
        other = order[np.maximum(before, 0)]
        close = has & (left.first - right.last[other] <= words)
        found.append(Matches(right.first[other[close]], left.last[close]))
        both = _together(found)
        region = self._layout.region_of(both.first)
        inside = region == self._layout.region_of(both.last)
        return Matches(both.first[inside], both.last[inside])

    def _units(self, words: Places) -> Places:
        if self._within == "document":
            return self._table.document_at(words)
        if self._within == "sentence":
            return self._table.sentence_at(words)
        return self._layout.region_of(words)


def keyword_query(keyword: str) -> Query | None:
    """Return what asks for a keyword of the codebook, None where there is no word in it.

    What a person wrote as a keyword is words, whatever signs are among them.
    """
    try:
        return parse(_SIGNS.sub(" ", keyword))
    except BadQuery:
        return None


def _in_units(matches: Matches, units: Places, shared: Places) -> Matches:
    kept = np.isin(units, shared)
    return Matches(matches.first[kept], matches.last[kept])


def _together(found: Sequence[Matches]) -> Matches:
    """Return all places in order, none twice."""
    first = np.concatenate([one.first for one in found])
    last = np.concatenate([one.last for one in found])
    order = np.lexsort((last, first))
    first, last = first[order], last[order]
    new = np.ones(len(first), dtype=np.bool_)
    new[1:] = (first[1:] != first[:-1]) | (last[1:] != last[:-1])
    return Matches(first[new], last[new])


def _flat(row: Row) -> list[Query]:
    """Return the single items of a row; quoted words among them stand for themselves."""
    return [
        single
        for item in row.items
        for single in (_flat(item) if isinstance(item, Row) else [item])
    ]
