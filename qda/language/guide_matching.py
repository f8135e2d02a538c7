"""Which question of an interview guide an interviewer's turn asks, by the words they share.

A turn is compared with every question, sentence by sentence. Words that mean the same (their keys
meet) agree; each weighs as much as it is rare among the questions of the guide and among what
interviewers say, and words of interviewing (fortelle, eksempel) weigh little. Parts of compounds,
probes and headings count less than the question's own words; words that follow one another as in
the guide count besides, and a question that is asked as it is written is found whatever its words.
How far a turn stands from where its question would stand raises or lowers the score a little, since
guides are followed loosely. The same input gives the same scores.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from qda.jobs.progress import Progress
from qda.language import word_lists
from qda.language.forms import form_of
from qda.language.lemmas import Keys, Lemmatiser
from qda.language.lexicon import OTHER, shared_lexicon
from qda.model.entities import Language
from qda.model.guides import FULL_SCORE
from qda.text.sentences import sentences

THRESHOLD = 500
"""From this score on, in thousandths, a turn asks the question; below, it asks none."""

_EVEN = 0.4
"""The raw score that becomes half: found on half of the labelled interviews of the tests."""
_OF_PROBE, _OF_HEADING, _OF_PART, _LIGHT = 0.7, 0.4, 0.7, 0.25
_UNSHARED, _LEAST = 0.5, 0.8
"""How much the words count that a turn shares with no question, and what any turn weighs."""
_PAIR, _PAIRS_AT_MOST, _COMMON_PAIR = 0.3, 1.5, 0.5
_ORDER = 0.4
_STATED = 0.5
"""What is left of a score where the words are stated and not asked."""
_ALIKE = 0.6
"""From this share of common words on, small ones included, a question is asked as it is written."""
_SPAN = 2
"""The most sentences that are taken together."""

_WORD = re.compile(r"[^\W_]+(?:[-'\u2019][^\W_]+)*")
_ASKS = re.compile(
    r"\?|^\W*(?:fortell|fortel|beskriv|skildr|forklar|tell|describe|explain)\b|\bta meg\b"
    r"|\b(?:vil|ville) gjerne\b|\blyst til å\b|\b(?:like|want) to (?:hear|ask|know)\b",
    re.IGNORECASE,
)
_NAMED = re.compile(
    r"^\W*(?:spørsmål|spm\.?|question|q)\s*(?:nr\.?|nummer|number|no\.?)?\s*(\d+(?:\.\d+)*)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a guide with what belongs to it."""

    text: str
    number: str = ""
    heading: str = ""
    probes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SaidTurn:
    """What an interviewer says in one turn."""

    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class Match:
    """The question (its place in the guide) that fits a turn best, how well, and why."""

    question: int
    score: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    form: str
    keys: frozenset[str]
    parts: frozenset[str]
    light: bool


Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A sentence, or some that follow one another: words by form, pairs of words, asked or not."""

    words: dict[str, _Word]
    forms: frozenset[str]
    asks: bool


def match_interviews(
    questions: Sequence[AskedQuestion],
    language: Language,
    interviews: Sequence[Sequence[SaidTurn]],
    progress: Progress | None = None,
) -> list[list[Match | None]]:
    """Return for each turn of each interview the question that fits best, None where none does.

    `language` is that of the guide. Whoever asks compares the score with `THRESHOLD`. Raises
    Cancelled from `progress`.
    """
    progress = progress or Progress()
    progress.start(2 * len(interviews))
    read: list[list[_Turn]] = []
    for turns in interviews:
        read.append([_read(one) for one in turns])
        progress.step()
    guide = _Guide(questions, language, [turn for turns in read for turn in turns])
    found: list[list[Match | None]] = []
    for turns in read:
        last = max(1, len(turns) - 1)
        found.append([guide.best(turn, place / last) for place, turn in enumerate(turns)])
        progress.step()
    return found


@dataclass(frozen=True, slots=True)
class _Turn:
    stretches: tuple[_Stretch, ...]
    words: dict[str, _Word]
    pairs: frozenset[Pair]
    named: str


class _Guide:
    """The questions of a guide, by the keys of their words."""

    def __init__(
        self, questions: Sequence[AskedQuestion], language: Language, turns: Sequence[_Turn]
    ) -> None:
        """Read the questions, and how rare words are among them and among the turns."""
        self._count = len(questions)
        self._numbers = {one.number.rstrip(".)"): at for at, one in enumerate(questions)}
        self._exact: dict[str, dict[int, float]] = defaultdict(dict)
        self._parts: dict[str, dict[int, float]] = defaultdict(dict)
        self._pairs: dict[Pair, set[int]] = defaultdict(set)
        self._forms: list[frozenset[str]] = []
        self._among_questions: Counter[str] = Counter()
        for place, one in enumerate(questions):
            self._take(place, one, language)
        self._turns = len(turns)
        self._among_turns: Counter[str] = Counter()
        self._pairs_said: Counter[Pair] = Counter()
        for turn in turns:
            self._among_turns.update({key for one in turn.words.values() for key in one.keys})
            self._pairs_said.update(turn.pairs)
        self._known: dict[tuple[str, frozenset[str]], tuple[float, dict[int, float]]] = {}

    def _take(self, place: int, question: AskedQuestion, language: Language) -> None:
        own: set[str] = set()
        self._forms.append(_forms(question.text))
        for text, weight in (
            (question.heading, _OF_HEADING),
            *((probe, _OF_PROBE) for probe in question.probes),
            (question.text, 1.0),
        ):
            for word in _words(text, language).values():
                for key in word.keys:
                    _raise(self._exact[key], place, weight)
                for part in word.parts:
                    _raise(self._parts[part], place, weight)
                if weight > _OF_HEADING:
                    own |= word.keys
            if weight > _OF_HEADING:
                for pair in _pairs(text, language):
                    self._pairs[pair].add(place)
        self._among_questions.update(own)

    def best(self, turn: _Turn, at: float) -> Match | None:
        """Return what fits a turn best that stands `at` 0..1 of the way through its interview."""
        if turn.named in self._numbers and turn.named:
            return Match(self._numbers[turn.named], FULL_SCORE, (turn.named,))
        in_order = self._in_order(turn.pairs)
        best: tuple[float, int, tuple[str, ...]] | None = None
        for stretch in turn.stretches:
            mass, shared = self._shared(stretch)
            for place in sorted(shared.keys() | in_order.keys()):
                words = shared.get(place, [])
                raw = sum(weight for _, weight in words) + in_order.get(place, 0.0)
                raw = max(raw / (_UNSHARED * mass + _LEAST), self._alike(stretch, place))
                raw *= 1 + _ORDER * (1 - 2 * abs(at - place / max(1, self._count - 1)))
                raw *= 1 if stretch.asks else _STATED
                if best is None or raw > best[0] + 1e-9:
                    best = (raw, place, tuple(form for form, _ in words))
        if best is None:
            return None
        score = round(FULL_SCORE * best[0] / (best[0] + _EVEN))
        return Match(best[1], score, best[2] or _said(turn.pairs, self._pairs, best[1]))

    def _alike(self, stretch: _Stretch, place: int) -> float:
        """Return the share of words that a stretch and a question have in common, 0 for few."""
        asked = self._forms[place]
        common = len(stretch.forms & asked)
        share = common / len(stretch.forms | asked) if common else 0.0
        return share if share >= _ALIKE else 0.0

    def _shared(self, stretch: _Stretch) -> tuple[float, dict[int, list[tuple[str, float]]]]:
        """Return what the words weigh, and by question those that it shares with their weight."""
        mass = 0.0
        shared: dict[int, list[tuple[str, float]]] = {}
        for form, word in stretch.words.items():
            weight, agreed = self._of_word(word)
            mass += weight
            for place, share in agreed.items():
                shared.setdefault(place, []).append((form, weight * share))
        return mass, shared

    def _of_word(self, word: _Word) -> tuple[float, dict[int, float]]:
        """Return what a word weighs, and how far it agrees with each question that has it."""
        known = self._known.get((word.form, word.keys))
        if known is None:
            agreed: dict[int, float] = {}
            for key in word.keys:
                for place, weight in self._exact.get(key, {}).items():
                    _raise(agreed, place, weight)
                for place, weight in self._parts.get(key, {}).items():
                    _raise(agreed, place, weight * _OF_PART)
            for part in word.parts:
                for place, weight in self._exact.get(part, {}).items():
                    _raise(agreed, place, weight * _OF_PART)
                for place, weight in self._parts.get(part, {}).items():
                    _raise(agreed, place, weight * _OF_PART**2)
            known = (self._weight(word), agreed)
            self._known[word.form, word.keys] = known
        return known

    def _weight(self, word: _Word) -> float:
        """Return how rare a word is among questions, and (less so) among turns; 1 at the most."""
        questions = max(1, *(self._among_questions[key] for key in word.keys))
        turns = max(1, *(self._among_turns[key] for key in word.keys))
        rare = _rarity(questions, self._count) * math.sqrt(_rarity(turns, self._turns))
        return rare * (_LIGHT if word.light else 1.0)

    def _in_order(self, pairs: Iterable[Pair]) -> dict[int, float]:
        """Return by question what the pairs of words weigh that it has too."""
        found: dict[int, float] = {}
        for pair in sorted(pairs):
            places = self._pairs.get(pair)
            if places:
                weight = _rarity(1 + self._pairs_said[pair], self._turns) - _COMMON_PAIR
                for place in places:
                    found[place] = found.get(place, 0.0) + max(0.0, weight)
        return {place: _PAIR * min(weight, _PAIRS_AT_MOST) for place, weight in found.items()}


def _said(pairs: Iterable[Pair], known: dict[Pair, set[int]], place: int) -> tuple[str, ...]:
    """Return the words of the pairs that a question shares."""
    shared = [pair for pair in sorted(pairs) if place in known.get(pair, ())]
    return tuple(dict.fromkeys(word for pair in shared for word in pair))


def _rarity(count: int, of: int) -> float:
    """Return 1 for what is found once and 0 for what is found everywhere."""
    return max(0.0, math.log((of + 1) / count) / math.log(of + 1)) if of else 0.0


def _raise(weights: dict[int, float], place: int, weight: float) -> None:
    if weight > weights.get(place, 0.0):
        weights[place] = weight


# ------------------------------------------------------------------------------------ reading
def _read(turn: SaidTurn) -> _Turn:
    texts = [turn.text[start:end] for start, end in sentences(turn.text)]
    words = [_words(text, turn.language) for text in texts]
    stretches = [
        _Stretch(
            {form: word for some in words[first:last] for form, word in some.items()},
            frozenset[str]().union(*map(_forms, texts[first:last])),
            any(_ASKS.search(text) for text in texts[first:last]),
        )
        for first in range(len(texts))
        for last in range(first + 1, min(len(texts), first + _SPAN) + 1)
    ]
    named = _NAMED.match(turn.text)
    return _Turn(
        tuple(stretches),
        {form: word for some in words for form, word in some.items()},
        frozenset(pair for text in texts for pair in _pairs(text, turn.language)),
        named[1] if named else "",
    )


def _forms(text: str) -> frozenset[str]:
    """Return every word of a text, small ones too."""
    return frozenset(form for token in _WORD.findall(text) if (form := form_of(token)))


def _words(text: str, language: Language) -> dict[str, _Word]:
    """Return the words of a text that say what it is about, by form."""
    found: dict[str, _Word] = {}
    for token in _WORD.findall(text):
        form = form_of(token)
        if len(form) < 2 or form in found or form in _small_words(language):
            continue
        keys = _keys(form, language)
        found[form] = _Word(
            form,
            keys.all() | {form},
            frozenset(keys.parts),
            keys.lemmas[0] in _words_of_interviewing(language),
        )
    return found


def _pairs(text: str, language: Language) -> frozenset[Pair]:
    """Return words of a text that follow one another, or with one between: dictionary forms."""
    forms = [form for token in _WORD.findall(text) if (form := form_of(token))]
    lemmas = [_keys(form, language).lemmas[0] for form in forms]
    return frozenset((*pairwise(lemmas), *zip(lemmas, lemmas[2:], strict=False)))


def _keys(form: str, language: Language) -> Keys:
    return _known(language)(form)


@cache
def _known(language: Language) -> "_KnownKeys":
    return _KnownKeys(language)


class _KnownKeys:
    """The keys of forms that were asked for, as long as the program runs."""

    def __init__(self, language: Language) -> None:
        self._language: Language = language
        self._found: dict[str, Keys] = {}

    def __call__(self, form: str) -> Keys:
        """Return the keys of a form."""
        if form not in self._found:
            # Made anew each time, so that nothing holds on to word lists that were let go of.
            self._found[form] = Lemmatiser(shared_lexicon(), self._language).keys(form)
        return self._found[form]


def forget() -> None:
    """Let go of the keys of forms that were asked for."""
    _known.cache_clear()


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
