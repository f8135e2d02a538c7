"""All words of a project on one line, document after document: what searching and counting ask."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from qda.language.indexing import FLAG_BITS, FOR_GOOD, PARAGRAPH, IndexedText
from qda.language.packing import Line
from qda.language.vocabulary import Vocabulary

Places = NDArray[np.int64]
Kind = TypeVar("Kind", bound=np.generic)
_AT_ONCE = 1 << 16
"""Numbers that are turned at once, so that what is made on the way stays small."""


@dataclass(frozen=True)
class WordTable:
    """The words of a project at one moment.

    `documents` are identifiers in order; the words of the document at place d stand at
    `offsets[d]:offsets[d + 1]`. `forms` are numbers of the vocabulary, `starts` and `lengths`
    code points of the canonical text of the word's document. `sentences` are the words that
    begin sentences, `flags` what is said of each (FOR_GOOD, PARAGRAPH).
    """

    vocabulary: Vocabulary
    documents: tuple[int, ...]
    offsets: Places
    forms: NDArray[np.int32]
    starts: NDArray[np.int32]
    lengths: NDArray[np.uint8]
    sentences: Places
    flags: NDArray[np.uint8]
    place_of: Mapping[int, int] = field(default_factory=dict[int, int])

    def __len__(self) -> int:
        """Return how many words there are."""
        return len(self.forms)

    def document_at(self, words: Places) -> Places:
        """Return the places of the documents that words stand in."""
        return np.searchsorted(self.offsets, words, side="right") - 1

    def ends(self, words: Places) -> Places:
        """Return where words end in their texts."""
        return self.starts[words].astype(np.int64) + self.lengths[words]

    def sentence_at(self, words: Places) -> Places:
        """Return the places in `sentences` of the sentences that words stand in."""
        return np.searchsorted(self.sentences, words, side="right") - 1

    @cached_property
    def counts(self) -> Places:
        """How often each form occurs."""
        return np.bincount(self.forms, minlength=len(self.vocabulary))

    @cached_property
    def _by_form(self) -> tuple[NDArray[np.int32], Places]:
        """The words sorted by their forms, and where those of each form begin."""
        order = _ordered(self.forms)
        ends = np.cumsum(self.counts)
        return order, np.concatenate((np.zeros(1, dtype=np.int64), ends))

    def words_of(self, forms: Places) -> Places:
        """Return every word of some forms, in order."""
        order, starts = self._by_form
        parts = [order[starts[one] : starts[one + 1]] for one in forms.tolist()]
        if not parts:
            return np.zeros(0, dtype=np.int64)
        return np.sort(np.concatenate(parts)).astype(np.int64)

    def prepare(self) -> None:
        """Sort the words by form, which the first search would wait for."""
        assert self._by_form is not None  # noqa: S101 - computed by asking

    @cached_property
    def sentence_ends(self) -> Places:
        """Words that begin a sentence after one that ended for good."""
        return self.sentences[(self.flags & FOR_GOOD) > 0]

    @cached_property
    def paragraphs(self) -> Places:
        """Words that begin a paragraph."""
        return self.sentences[(self.flags & PARAGRAPH) > 0]


def assemble(vocabulary: Vocabulary, texts: Mapping[int, IndexedText]) -> WordTable:
    """Put the words of documents, by identifier, on one line."""
    documents = tuple(sorted(texts))
    counts = [len(texts[one].forms) for one in documents]
    offsets = np.concatenate((np.zeros(1, dtype=np.int64), np.cumsum(counts, dtype=np.int64)))
    sentences = [
        (texts[one].sentences.astype(np.int64) >> FLAG_BITS) + offset
        for one, offset in zip(documents, offsets.tolist(), strict=False)
    ]
    flags = [texts[one].sentences & ((1 << FLAG_BITS) - 1) for one in documents]
    return WordTable(
        vocabulary,
        documents,
        offsets,
        _joined([texts[one].forms for one in documents], np.int32),
        _joined([texts[one].starts for one in documents], np.int32),
        _joined([texts[one].lengths for one in documents], np.uint8),
        _joined(sentences, np.int64),
        _joined(flags, np.uint8),
        {one: place for place, one in enumerate(documents)},
    )


def in_line(vocabulary: Vocabulary, line: Line) -> WordTable:
    """Return the words of documents, in the order of their identifiers, that stand on a line."""
    coded = _joined(line.sentences, np.int32)
    counts = np.fromiter(map(len, line.sentences), dtype=np.int64, count=len(line.documents))
    sentences = (coded >> FLAG_BITS) + np.repeat(line.offsets[:-1], counts)
    flags = (coded & ((1 << FLAG_BITS) - 1)).astype(np.uint8)
    places = {one: place for place, one in enumerate(line.documents)}
    return WordTable(
        vocabulary, line.documents, line.offsets, line.forms, line.starts, line.lengths,
        sentences, flags, places,
    )  # fmt: skip


def taken_apart(table: WordTable) -> dict[int, IndexedText]:
    """Return the words of each document as views of the line."""
    borders = np.searchsorted(table.sentences, table.offsets)
    found: dict[int, IndexedText] = {}
    for place, one in enumerate(table.documents):
        low, high = int(table.offsets[place]), int(table.offsets[place + 1])
        here = slice(int(borders[place]), int(borders[place + 1]))
        sentences = (table.sentences[here] - low) << FLAG_BITS | table.flags[here]
        found[one] = IndexedText(
            table.forms[low:high],
            table.starts[low:high],
            table.lengths[low:high],
            sentences.astype(np.int32),
        )
    return found


def _ordered(numbers: NDArray[np.int32]) -> NDArray[np.int32]:
    """Return what puts numbers that are not below 0 in order, equals as they stand.

    numpy sorts whole numbers many at a time, but not what puts them in order: so the place of
    each stands in its low bits.
    """
    count = len(numbers)
    bits = max(1, (count - 1).bit_length())
    placed = np.arange(count, dtype=np.int64)
    for low in range(0, count, _AT_ONCE):
        placed[low : low + _AT_ONCE] |= numbers[low : low + _AT_ONCE].astype(np.int64) << bits
    placed.sort()
    placed &= (1 << bits) - 1
    return placed.astype(np.int32)


def _joined(parts: Sequence[NDArray[Any]], kind: type[Kind]) -> NDArray[Kind]:
    return np.concatenate(parts).astype(kind, copy=False) if parts else np.zeros(0, dtype=kind)
