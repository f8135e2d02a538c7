"""The words of guides and of interviewers' turns, and what each of them can agree by.

A word agrees by keys: its dictionary forms and itself, what is left of it without the ending that
made it (styre, styring), the parts it is put together from, and the line of `related.*.txt` that it
stands on. The further a key is from the word, the less it counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from qda.language import word_lists
from qda.language.forms import form_of
from qda.language.guide_frames import Frame, asks, clauses, frames_of, named_number
from qda.language.lemmas import Keys, Lemmatiser
from qda.language.lexicon import OTHER, shared_lexicon
from qda.model.entities import Language
from qda.text.sentences import sentences

Pair = tuple[str, str]

_OF_PART, _OF_MAKE, _OF_RELATED = 0.76, 0.78, 0.9
"""How near a word is to its parts, to what it is made of, and to words that mean about the same."""
_SPAN = 2
"""The most sentences that are taken together."""
_LEFT = 4
"""Letters that are left of a word when an ending is taken off."""

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
_MADE_WITH = (
    "isering", "iserer", "isere", "asjon", "isasjon", "ering", "else", "ning", "ing", "het", "heit",
    "skap", "ere", "ert", "elig", "eleg", "lig", "leg", "sjon", "er", "ar", "e", "t",
)  # fmt: skip
_ENDINGS = tuple(sorted(set(_MADE_WITH), key=lambda one: (-len(one), one)))


@dataclass(frozen=True, slots=True)
class SaidTurn:
    """What an interviewer says in one turn."""

    text: str
    language: Language
    by_hand: tuple[int, ...] | None = None
    """Where a person said what it asks: the places of the questions, none for no question."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its keys, the nearest one 1.0; `own` are those that are nothing but itself."""

    form: str
    own: frozenset[str]
    keys: tuple[tuple[str, float], ...]
    light: bool


@dataclass(frozen=True, slots=True)
class Stretch:
    """A sentence, or some that follow one another: words by form, all forms, asked or not."""

    words: dict[str, Word]
    forms: frozenset[str]
    frames: frozenset[Frame]
    asks: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A turn or a part of it that may ask a question by itself; `length` is in words."""

    stretches: tuple[Stretch, ...]
    pairs: frozenset[Pair]
    length: int


@dataclass(frozen=True, slots=True)
class ReadTurn:
    """A turn as it is compared: as a whole, and in parts where several of them ask.

    `named` is the number of a question that it names, or empty.
    """

    whole: Part
    parts: tuple[Part, ...]
    words: dict[str, Word]
    named: str
    by_hand: tuple[int, ...] | None


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence, or a clause of one, as it was read."""

    stretch: Stretch
    forms: list[str]


def read_turn(turn: SaidTurn) -> ReadTurn:
    """Return the words of a turn, sentence by sentence and part by part."""
    texts = [turn.text[start:end] for start, end in sentences(turn.text)]
    said = [_said(text, turn.language, asking=asks(text)) for text in texts]
    whole = _part(said, turn.language)
    words = {form: word for one in said for form, word in one.stretch.words.items()}
    parts = tuple(_part(some, turn.language) for some in _parts(texts, said, turn.language))
    return ReadTurn(whole, parts, words, named_number(turn.text), turn.by_hand)


def _said(text: str, language: Language, *, asking: bool) -> _Said:
    forms = forms_in(text)
    stretch = Stretch(words_of(forms, language), frozenset(forms), frames_of(text), asking)
    return _Said(stretch, forms)


def _parts(texts: Sequence[str], said: Sequence[_Said], language: Language) -> list[list[_Said]]:
    """Return the parts that ask, each with what is stated before it; none where one alone asks."""
    found: list[list[_Said]] = []
    stated: list[_Said] = []
    for text, sentence in zip(texts, said, strict=True):
        if not sentence.stretch.asks:
            # What is stated says what is asked about, until something else is stated.
            stated = [sentence]
            continue
        some = clauses(text)
        found += [
            [*stated, sentence if len(some) == 1 else _said(clause, language, asking=True)]
            for clause in some
        ]
    return found if len(found) > 1 else []


def _part(said: Sequence[_Said], language: Language) -> Part:
    read = [one.stretch for one in said]
    return Part(
        tuple(
            _together(read[first:last])
            for first in range(len(read))
            for last in range(first + 1, min(len(read), first + _SPAN) + 1)
        ),
        frozenset(pair for one in said for pair in pairs_of(one.forms, language)),
        sum(len(one.forms) for one in said),
    )


def _together(sentences_read: list[Stretch]) -> Stretch:
    if len(sentences_read) == 1:
        return sentences_read[0]
    return Stretch(
        {form: word for one in sentences_read for form, word in one.words.items()},
        frozenset[str]().union(*(one.forms for one in sentences_read)),
        frozenset[Frame]().union(*(one.frames for one in sentences_read)),
        any(one.asks for one in sentences_read),
    )


def forms_in(text: str) -> list[str]:
    """Return every word of a text in its order, small ones too."""
    return [form for token in _WORD.findall(text) if (form := form_of(token))]


def words_of(forms: Sequence[str], language: Language) -> dict[str, Word]:
    """Return the words that say what a text is about, by form, from all its forms in order."""
    known = _known(language)
    small = _small_words(language)
    phrases = _related(language)
    found: dict[str, Word] = {}
    before = ""
    for form in forms:
        if len(form) >= 2 and form not in found and form not in small:
            found[form] = known.word(form)
        phrase = f"{before}_{form}"
        if phrase in phrases:
            found[phrase] = known.word(phrase)
        before = form
    return found


def pairs_of(forms: Sequence[str], language: Language) -> frozenset[Pair]:
    """Return words that follow one another, or with one between: dictionary forms."""
    known = _known(language)
    lemmas = [known.keys(form).lemmas[0] for form in forms]
    return frozenset((*pairwise(lemmas), *zip(lemmas, lemmas[2:], strict=False)))


class _KnownWords:
    """The keys of forms that were asked for, as long as the program runs.

    Two words that stand together on a line of related ones (hvor_mange) are a form too.
    """

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._keys: dict[str, Keys] = {}
        self._words: dict[str, Word] = {}

    def keys(self, form: str) -> Keys:
        """Return the keys of a form."""
        if form not in self._keys:
            # Made anew each time, so that nothing holds on to word lists that were let go of.
            self._keys[form] = Lemmatiser(shared_lexicon(), self._language).keys(form)
        return self._keys[form]

    def word(self, form: str) -> Word:
        """Return a form with all that it can agree by."""
        if form not in self._words:
            self._words[form] = self._read(form)
        return self._words[form]

    def _read(self, form: str) -> Word:
        keys = self.keys(form)
        own = keys.all() | {form}
        near = dict.fromkeys(own, 1.0)
        related = _related(self._language)
        for lemma in keys.lemmas:
            near.setdefault(f"{_made_of(lemma)}-", _OF_MAKE)
        for key in own:
            for line in related.get(key, ()):
                near.setdefault(line, _OF_RELATED)
        for part in keys.parts:
            near.setdefault(part, _OF_PART)
            for line in related.get(part, ()):
                near.setdefault(line, _OF_RELATED * _OF_PART)
        light = keys.lemmas[0] in _words_of_interviewing(self._language)
        return Word(form, own, tuple(sorted(near.items())), light)


def _made_of(lemma: str) -> str:
    """Return what is left of a word without the endings that made it: styring and styre alike."""
    for ending in _ENDINGS:
        if lemma.endswith(ending) and len(lemma) - len(ending) >= _LEFT:
            return lemma[: -len(ending)]
    return lemma


@cache
def _known(language: Language) -> _KnownWords:
    return _KnownWords(language)


@cache
def _related(language: Language) -> dict[str, tuple[str, ...]]:
    """Return by dictionary form the lines of related words that it stands on."""
    name = "related.en.txt" if language == "en" else "related.no.txt"
    light = _words_of_interviewing(language)
    found: dict[str, tuple[str, ...]] = {}
    for place, line in enumerate(word_lists.lines(name)):
        # A word that says many things (føre, skrive) leads nowhere.
        for word in (one for one in line.split() if one not in light):
            found[word] = (*found.get(word, ()), f"{place}#")
    return found


@cache
def _small_words(language: Language) -> frozenset[str]:
    """Return the words that are passed over, in Norwegian of both written standards."""
    other = OTHER.get(language)
    own = word_lists.stop_words(language)
    return own | word_lists.stop_words(other) if other is not None else own


@cache
def _words_of_interviewing(language: Language) -> frozenset[str]:
    other = OTHER.get(language)
    own = word_lists.interview_words(language)
    return own | word_lists.interview_words(other) if other is not None else own
