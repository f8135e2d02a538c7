"""Reading texts into numbers: every word as a form, a place and a length.

spaCy's tokeniser works on pieces between white space, each by itself. So every different piece
is given to it once, and the texts are put together from what it said: ten times as fast as
tokenising them whole, with the same tokens.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from qda.language.forms import LONGEST, core, form_of
from qda.language.pipeline import tokenised
from qda.model.entities import LANGUAGES, Language
from qda.text.language_guess import MARKERS
from qda.text.reading_text import ReadingText, reading_text
from qda.text.sentences import ends_for_good, sentences
from qda.text.words import chunk_starts

VERSION = 6
"""Raised whenever other words, keys or sentences come of the same text: indexes are made anew."""

FOR_GOOD, PARAGRAPH = 1, 2
FLAG_BITS = 2
_BLOCK = 1_500
_LEAST_MARKERS = 3
_MOST_LENGTH = 255

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Stretch:
    """A turn: where its label begins, and what was said. Half-open code points."""

    label_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Source:
    """A text to read, its language, and its turns in order."""

    text: str
    language: Language
    turns: tuple[Stretch, ...] = ()


@dataclass(frozen=True, slots=True)
class IndexedText:
    """The words of a text in order.

    `forms` are numbers of the reader's vocabulary; `starts` and `lengths` are code points of the
    canonical text. A sentence is `word << FLAG_BITS | flags`: the word it begins with, whether
    the one before it ended for good (FOR_GOOD), and whether a paragraph begins (PARAGRAPH).
    """

    forms: NDArray[np.int32]
    starts: NDArray[np.int32]
    lengths: NDArray[np.uint8]
    sentences: NDArray[np.int32]


class Reader:
    """Read texts. What it knows of pieces and forms grows with every text."""

    def __init__(self) -> None:
        """Begin with an empty vocabulary."""
        self.vocabulary: list[tuple[Language, str]] = []
        """Language and form by number."""
        self._form_numbers: dict[tuple[Language, str], int] = {}
        self._chunks: dict[str, int] = {}
        self._chunk_texts: list[str] = []
        self._markers = _Growing()
        self._tokens = {language: _Tokens() for language in LANGUAGES}

    def read(self, source: Source) -> IndexedText:
        """Return the words of a text."""
        reading = reading_text(source.text)
        chunks = self._numbers(reading.text.split())
        places = chunk_starts(reading.text)
        canonical = reading.to_canonical(places)
        languages = self._languages(source, chunks, canonical)
        found = [
            self._words(language, chunks[mask], places[mask], reading)
            for language in LANGUAGES
            if (mask := languages == LANGUAGES.index(language)).any()
        ]
        forms, starts, ends = (
            np.concatenate(parts) if parts else np.zeros(0, dtype=np.int64)
            for parts in zip(*found, strict=True)
        ) if found else (np.zeros(0, dtype=np.int64),) * 3  # fmt: skip
        if len(found) > 1:
            order = np.argsort(starts, kind="stable")
            forms, starts, ends = forms[order], starts[order], ends[order]
        return IndexedText(
            forms.astype(np.int32),
            starts.astype(np.int32),
            np.minimum(ends - starts, _MOST_LENGTH).astype(np.uint8),
            _sentences(source, starts),
        )

    # ------------------------------------------------------------------------------- pieces

    def _numbers(self, words: Sequence[str]) -> Ints:
        """Return the number of each piece, new ones added."""
        known = self._chunks
        numbers = [known.get(word, -1) for word in words]
        found = np.array(numbers, dtype=np.int64)
        for place in np.flatnonzero(found < 0).tolist():
            found[place] = self._number(words[place])
        return found

    def _number(self, word: str) -> int:
        number = self._chunks.get(word)
        if number is None:
            number = self._chunks[word] = len(self._chunk_texts)
            self._chunk_texts.append(word)
            form = form_of(word)
            bits = sum(1 << place for place, one in enumerate(LANGUAGES) if form in MARKERS[one])
            self._markers.append(bits)
        return number

    def _languages(self, source: Source, chunks: Ints, places: Ints) -> NDArray[np.int8]:
        """Return the language of every piece: its turn's, by the small words it is made of."""
        own = LANGUAGES.index(source.language)
        found = np.full(len(chunks), own, dtype=np.int8)
        blocks = _blocks(source)
        if not blocks or not len(chunks):
            return found
        starts = np.array([start for start, _ in blocks], dtype=np.int64)
        ends = np.array([end for _, end in blocks], dtype=np.int64)
        block = np.searchsorted(starts, places, side="right") - 1
        inside = (block >= 0) & (places < ends[np.maximum(block, 0)])
        bits = self._markers.array()[chunks[inside]]
        counts = np.stack(
            [
                np.bincount(block[inside][(bits >> place) & 1 == 1], minlength=len(starts))
                for place in range(len(LANGUAGES))
            ]
        )
        best = counts.argmax(axis=0)
        most = counts[best, np.arange(len(starts))]
        clear = (most >= _LEAST_MARKERS) & (most > 2 * counts[own])
        language = np.where(clear, best, own).astype(np.int8)
        found[inside] = language[block[inside]]
        return found

    # -------------------------------------------------------------------------------- words

    def _words(
        self, language: Language, chunks: Ints, places: Ints, reading: ReadingText
    ) -> tuple[Ints, Ints, Ints]:
        """Return forms, starts and ends (canonical) of the words of some pieces."""
        tokens = self._tokens[language]
        tokens.reserve(len(self._chunk_texts))
        unseen: list[int] = np.unique(chunks[tokens.first[chunks] < 0]).tolist()
        for chunk in unseen:
            tokens.add(chunk, self._tokenised(self._chunk_texts[chunk], language))
        counts = tokens.counts[chunks].astype(np.int64)
        owner = np.repeat(np.arange(len(chunks)), counts)
        within = np.arange(len(owner)) - np.repeat(np.cumsum(counts) - counts, counts)
        token = tokens.first[chunks][owner] + within
        starts = places[owner] + tokens.offsets.array()[token]
        ends = starts + tokens.lengths.array()[token]
        return (
            tokens.forms.array()[token].astype(np.int64),
            reading.to_canonical(starts),
            reading.to_canonical(ends - 1) + 1,
        )

    def _tokenised(self, chunk: str, language: Language) -> list[tuple[int, int, int]]:
        """Return form, offset and length of the words in a piece."""
        first, last = core(chunk)
        if language != "en" and chunk[first:last].isalpha():
            # Nothing in the Norwegian rules splits a word of letters alone.
            pieces = [(0, chunk)]
        else:
            pieces = [(token.idx, token.text) for token in tokenised(chunk, language)]
        found: list[tuple[int, int, int]] = []
        for offset, text in pieces:
            first, last = core(text)
            if first < last <= first + LONGEST:
                form = self._form(language, form_of(text))
                found.append((form, offset + first, last - first))
        return found

    def _form(self, language: Language, form: str) -> int:
        key = (language, form)
        number = self._form_numbers.get(key)
        if number is None:
            number = self._form_numbers[key] = len(self.vocabulary)
            self.vocabulary.append(key)
        return number


def _blocks(source: Source) -> list[tuple[int, int]]:
    """Return the stretches that may be of different languages: turns, else some paragraphs."""
    if source.turns:
        return [(turn.start, turn.end) for turn in source.turns]
    cuts = [0]
    while (at := source.text.find("\n", cuts[-1] + _BLOCK)) >= 0:
        cuts.append(at + 1)
    return list(pairwise((*cuts, len(source.text))))


def _regions(source: Source) -> list[tuple[int, int]]:
    """Return the stretches that no sentence goes beyond: turns, labels, and what is between."""
    found: list[tuple[int, int]] = []
    at = 0
    for turn in source.turns:
        if turn.label_start > at:
            found.append((at, turn.label_start))
        if turn.start > max(at, turn.label_start):
            found.append((max(at, turn.label_start), turn.start))
        found.append((max(at, turn.start), turn.end))
        at = max(at, turn.end)
    if at < len(source.text):
        found.append((at, len(source.text)))
    return found


def _sentences(source: Source, starts: Ints) -> NDArray[np.int32]:
    """Return the sentences as words and flags; those without a word are left out."""
    places: list[int] = []
    flags: list[int] = []
    text = source.text
    for low, high in _regions(source):
        before = -1
        for start, end in sentences(text, low, high):
            places.append(start)
            flag = FOR_GOOD | PARAGRAPH if before < 0 else 0
            if before > 0:
                flag = FOR_GOOD if ends_for_good(text, before) else 0
                if "\n" in text[before:start]:
                    flag |= PARAGRAPH
            flags.append(flag)
            before = end
    words = np.searchsorted(starts, np.array(places, dtype=np.int64), side="left")
    bits = np.array(flags, dtype=np.int64)
    # A sentence without a word hands its flags on to the next one that has any.
    kept, first = np.unique(words, return_index=True)
    if not len(kept):
        return np.zeros(0, dtype=np.int32)
    merged = np.bitwise_or.reduceat(bits, first)
    inside = kept < len(starts)
    return (kept[inside] << FLAG_BITS | merged[inside]).astype(np.int32)


class _Growing:
    """An array of numbers that grows at its end."""

    def __init__(self) -> None:
        self._room: NDArray[np.int32] = np.zeros(1_024, dtype=np.int32)
        self._count = 0

    def append(self, value: int) -> None:
        if self._count == len(self._room):
            self._room = np.concatenate((self._room, np.zeros_like(self._room)))
        self._room[self._count] = value
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def array(self) -> NDArray[np.int32]:
        return self._room[: self._count]


class _Tokens:
    """The words of every piece in one language, one after the other."""

    def __init__(self) -> None:
        self.first = np.full(1_024, -1, dtype=np.int64)
        self.counts = np.zeros(1_024, dtype=np.int32)
        self.forms = _Growing()
        self.offsets = _Growing()
        self.lengths = _Growing()

    def reserve(self, chunks: int) -> None:
        """Make room for pieces up to that number."""
        while len(self.first) < chunks:
            self.first = np.concatenate((self.first, np.full_like(self.first, -1)))
            self.counts = np.concatenate((self.counts, np.zeros_like(self.counts)))

    def add(self, chunk: int, words: list[tuple[int, int, int]]) -> None:
        """Keep the words of a piece: form, offset, length."""
        self.first[chunk] = len(self.forms)
        self.counts[chunk] = len(words)
        for form, offset, length in words:
            self.forms.append(form)
            self.offsets.append(offset)
            self.lengths.append(length)
