"""Which questions of an interview guide an interviewer's turn asks, by the words they share.

A turn is compared with every question, sentence by sentence. Words that mean the same, or nearly,
agree (`guide_words.py`); each weighs as much as it is rare among the questions of the guide and
among what interviewers say, and words of interviewing (fortelle, eksempel) weigh little. Probes and
headings count less than a question's own words; words that follow one another as in the guide count
besides. How a sentence is said (`guide_frames.py`) tells a new question from one that goes on about
an answer. A question that is asked as it is written, or as it was in a turn that somebody set by
hand, is found whatever its words, and so is one that opens or ends an interview.
A turn whose parts ask different things is taken part by part. What turns and parts ask is then
decided together (`guide_order.py`), since guides are mostly followed in order. The same input gives
the same scores.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from qda.jobs.progress import Progress
from qda.language.guide_frames import SAME, Frame, asks, clauses, frames_of, instructs
from qda.language.guide_order import Floats, evidence
from qda.language.guide_weighing import Fit, features, log_odds
from qda.language.guide_words import (
    Pair,
    Part,
    ReadTurn,
    SaidTurn,
    Stretch,
    Word,
    forms_in,
    pairs_of,
    read_turn,
    words_of,
)
from qda.model.entities import Language
from qda.model.guides import FULL_SCORE
from qda.text.sentences import sentences

__all__ = [
    "THRESHOLD", "AskedQuestion", "Match", "Matched", "SaidTurn", "examples", "match_interviews",
]  # fmt: skip

THRESHOLD = 500
"""From this score on, in thousandths, a turn asks the question; below, it asks none."""

_OF_PROBE, _OF_HEADING, _LIGHT = 0.8, 0.25, 0.33
_UNSHARED, _LEAST = 0.3, 1.08
"""How much the words count that a turn shares with no question, and what any turn weighs."""
_RARE = 1.5
"""How sharply a word is less that several questions have."""
_PAIR, _PAIRS_AT_MOST, _COMMON_PAIR = 0.42, 1.5, 0.5
_STATED = 0.39
"""What is left of a score where the words are stated and not asked."""
_ONLY_LIGHT = 0.7
"""What is left of it where only words of interviewing agree."""
_MANNERS: dict[Frame, float] = {
    "past": 0.5, "follows": 0.68, "if": 0.8, "why": 0.84, "that": 0.85, "how": 1.1, "turns": 1.35,
}  # fmt: skip
"""What is left of it by how a sentence is said, unless the question is said so too."""
_ALIKE = 0.6
"""From this share of common words on, small ones included, a question is asked as it is written."""
_FRAMED = 0.8
"""The raw score of a turn that opens or ends the interview as a question of the guide does."""
_BY_HAND = 9.0
_NONE = -1
_WORTH_A_LOOK = 20
"""The least score, in thousandths, of what is offered besides."""
_APART = 0.33
"""The raw score from which on a part of a turn may ask something else than the rest of it."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of a guide with what belongs to it; `asked` is how it was put elsewhere."""

    text: str
    number: str = ""
    heading: str = ""
    probes: tuple[str, ...] = ()
    asked: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Match:
    """A question (its place in the guide) that fits a turn, how well, and why."""

    question: int
    score: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Matched:
    """What a turn asks: `asked` in that order, `others` that it might ask, the likeliest first."""

    asked: tuple[Match, ...] = ()
    others: tuple[Match, ...] = ()


def match_interviews(
    questions: Sequence[AskedQuestion],
    language: Language,
    interviews: Sequence[Sequence[SaidTurn]],
    progress: Progress | None = None,
) -> list[list[Matched]]:
    """Return for each turn of each interview what it asks: questions whose score is `THRESHOLD`.

    `language` is that of the guide. What a person said of a turn stands for the turns around it;
    nothing that is found for such a turn is of use. Raises Cancelled from `progress`.
    """
    progress = progress or Progress()
    progress.start(2 * len(interviews))
    questions = _with_what_was_asked(questions, interviews)
    read: list[list[ReadTurn]] = []
    for turns in interviews:
        read.append([read_turn(one) for one in turns])
        progress.step()
    guide = _Guide(questions, language, [turn for turns in read for turn in turns])
    found: list[list[Matched]] = []
    for turns in read:
        found.append(guide.through(turns))
        progress.step()
    return found


def examples(
    questions: Sequence[AskedQuestion], language: Language, interviews: Sequence[Sequence[SaidTurn]]
) -> list[list[tuple[int, dict[int, Floats]]]]:
    """Return what is known of the parts of interviews, to fit weights by (`guide_weighing.py`).

    Each part is the place of its turn with the features by the place of the question.
    """
    read = [[read_turn(one) for one in turns] for turns in interviews]
    guide = _Guide(questions, language, [turn for turns in read for turn in turns])
    return [guide.examples(turns) for turns in read]


def _with_what_was_asked(
    questions: Sequence[AskedQuestion], interviews: Sequence[Sequence[SaidTurn]]
) -> list[AskedQuestion]:
    """Return the questions with the words in which they were put where somebody says so."""
    put: list[dict[str, None]] = [{} for _ in questions]
    for turn in (one for turns in interviews for one in turns):
        places = [place for place in turn.by_hand or () if place in range(len(put))]
        texts = [turn.text[start:end] for start, end in sentences(turn.text)]
        texts = [text for text in texts if asks(text)]
        if len(places) == 1:
            put[places[0]].update(dict.fromkeys(texts))
        elif len(places) == len(parts := [part for text in texts for part in clauses(text)]):
            # Of several questions one knows how each was put where each has a part of its own.
            for place, part in zip(places, parts, strict=True):
                put[place][part] = None
    return [
        replace(one, asked=(*one.asked, *texts)) if texts else one
        for one, texts in zip(questions, put, strict=True)
    ]


Agreed = dict[int, float]


@dataclass(frozen=True, slots=True)
class _Unit:
    """A turn or a part of it that asks one question or none, and how it fits them.

    `by_hand` is the place of the question where a person said it, `_NONE` for none.
    """

    turn: int
    part: Part
    fits: dict[int, Fit]
    by_hand: int | None = None


def _clearly(fits: dict[int, Fit]) -> int | None:
    """Return the question that fits best, None where that says too little."""
    best = max(fits, key=lambda place: (fits[place].raw, -place), default=None)
    return best if best is not None and fits[best].raw >= _APART else None


class _Guide:
    """The questions of a guide, by the keys of their words."""

    def __init__(
        self,
        questions: Sequence[AskedQuestion],
        language: Language,
        turns: Sequence[ReadTurn],
    ) -> None:
        """Read the questions, and how rare words are among them and among the turns."""
        self._count = len(questions)
        self._numbers = {one.number.rstrip(".)"): at for at, one in enumerate(questions)}
        self._keys: dict[str, Agreed] = defaultdict(dict)
        self._pairs: dict[Pair, set[int]] = defaultdict(set)
        self._forms: list[tuple[frozenset[str], ...]] = []
        self._frames: dict[Frame, set[int]] = defaultdict(set)
        self._put = {place for place, one in enumerate(questions) if one.asked}
        self._among_questions: Counter[str] = Counter()
        for place, one in enumerate(questions):
            self._take(place, one, language)
        self._turns = len(turns)
        self._among_turns: Counter[str] = Counter()
        self._pairs_said: Counter[Pair] = Counter()
        for turn in turns:
            self._among_turns.update({key for one in turn.words.values() for key in one.own})
            self._pairs_said.update(turn.whole.pairs)
        self._known: dict[int, tuple[float, Agreed]] = {}

    def _take(self, place: int, question: AskedQuestion, language: Language) -> None:
        own: set[str] = set()
        guide = (question.text, *question.probes)
        self._forms.append(
            tuple(frozenset(forms_in(text)) for text in (question.text, *question.asked))
        )
        for frame in frames_of(question.text):
            self._frames[frame].add(place)
        for text, weight in (
            (question.text, 1.0),
            *((probe, _OF_PROBE) for probe in question.probes if not instructs(probe)),
            (question.heading, _OF_HEADING),
        ):
            forms = forms_in(text)
            for word in words_of(forms, language).values():
                for key, near in word.keys:
                    _raise(self._keys[key], place, weight * near)
                    if text in guide:
                        own.add(key)
            if text in guide:
                for pair in pairs_of(forms, language):
                    self._pairs[pair].add(place)
        self._among_questions.update(own)

    def through(self, turns: Sequence[ReadTurn]) -> list[Matched]:
        """Return what each turn of an interview asks."""
        if not self._count:
            return [Matched()] * len(turns)
        units = [unit for at, turn in enumerate(turns) for unit in self._units(at, turn)]
        found = evidence(self._odds(len(turns), units))
        rows: list[list[tuple[_Unit, Floats]]] = [[] for _ in turns]
        for unit, row in zip(units, found, strict=True):
            rows[unit.turn].append((unit, row))
        return [self._matched(turn, some) for turn, some in zip(turns, rows, strict=True)]

    def _units(self, at: int, turn: ReadTurn) -> list[_Unit]:
        """Return a turn as what is decided of it: as a whole, or part by part."""
        if turn.by_hand is not None:
            return [_Unit(at, turn.whole, {}, place) for place in turn.by_hand or (_NONE,)]
        if turn.parts and not turn.named:
            units = [_Unit(at, part, self._fits(part)) for part in turn.parts]
            best = {place for unit in units if (place := _clearly(unit.fits)) is not None}
            if len(best) > 1:
                return units
        return [_Unit(at, turn.whole, self._fits(turn.whole))]

    def _odds(self, turns: int, units: Sequence[_Unit]) -> Floats:
        """Return the log odds of each unit and question."""
        odds = np.full((len(units), self._count), -np.inf)
        for row, unit in zip(odds, units, strict=True):
            if unit.by_hand is not None:
                if unit.by_hand in range(self._count):
                    row[unit.by_hand] = _BY_HAND
                continue
            for question, known in self._known_of(unit, turns).items():
                row[question] = log_odds(known)
        return odds

    def _known_of(self, unit: _Unit, turns: int) -> dict[int, Floats]:
        return features(unit.fits, unit.part.length, (unit.turn, turns), self._count)

    def examples(self, turns: Sequence[ReadTurn]) -> list[tuple[int, dict[int, Floats]]]:
        """Return what is known of each unit, with its turn, by question: to fit the weights by."""
        units = [unit for at, turn in enumerate(turns) for unit in self._units(at, turn)]
        return [(unit.turn, self._known_of(unit, len(turns))) for unit in units]

    def _matched(self, turn: ReadTurn, rows: Sequence[tuple[_Unit, Floats]]) -> Matched:
        """Return what a turn asks, from what its units do; a question is asked once."""
        if turn.named and turn.named in self._numbers:
            return Matched((Match(self._numbers[turn.named], FULL_SCORE, (turn.named,)),))
        asked: dict[int, Match] = {}
        others: dict[int, Match] = {}
        for unit, row in rows:
            best = int(row.argmax())
            for place in unit.fits:
                match = self._match(unit, place, float(row[place]))
                into = asked if place == best and match.score >= THRESHOLD else others
                if place not in into or into[place].score < match.score:
                    into[place] = match
        likely = sorted(others.values(), key=lambda one: (-one.score, one.question))
        return Matched(
            tuple(asked.values()),
            tuple(
                one for one in likely if one.question not in asked and one.score >= _WORTH_A_LOOK
            ),
        )

    def _match(self, unit: _Unit, place: int, margin: float) -> Match:
        score = round(FULL_SCORE / (1 + math.exp(min(99.0, -margin))))
        words = unit.fits[place].words
        return Match(place, score, words or _pair_words(unit.part.pairs, self._pairs, place))

    def _fits(self, part: Part) -> dict[int, Fit]:
        """Return by question how well a part fits it, for those that it fits at all."""
        in_order = self._in_order(part.pairs)
        best: dict[int, Fit] = {}
        for stretch in part.stretches:
            mass, shared = self._shared(stretch)
            framed = {at for frame in stretch.frames & SAME for at in self._frames.get(frame, ())}
            for place in sorted(shared.keys() | in_order.keys() | framed | self._put):
                words = shared.get(place, [])
                raw = sum(weight for _, weight in words) + in_order.get(place, 0.0)
                raw = max(raw / (_UNSHARED * mass + _LEAST), self._alike(stretch, place))
                raw = max(raw, _FRAMED if place in framed else 0.0)
                raw *= self._manner(place, stretch, words)
                if raw > 0 and (place not in best or raw > best[place].raw + 1e-9):
                    best[place] = Fit(
                        raw, in_order.get(place, 0.0), _separate(words), len(words),
                        place in framed, stretch.asks, self._other_frames(place, stretch),
                    )  # fmt: skip
        return best

    def _other_frames(self, place: int, stretch: Stretch) -> frozenset[Frame]:
        """Return the frames of a stretch that a question has not."""
        return frozenset(
            frame for frame in stretch.frames if place not in self._frames.get(frame, ())
        )

    def _manner(self, place: int, stretch: Stretch, words: list[tuple[str, float]]) -> float:
        """Return how much words that agree count by how they are said."""
        manner = 1.0 if stretch.asks else _STATED
        if words and all(stretch.words[form].light for form, _ in words):
            manner *= _ONLY_LIGHT
        for frame in sorted(stretch.frames & _MANNERS.keys()):
            factor = _MANNERS[frame]
            if factor > 1 or place not in self._frames.get(frame, ()):
                manner *= factor
        return manner

    def _alike(self, stretch: Stretch, place: int) -> float:
        """Return the share of words that a stretch and a question have in common, 0 for few."""
        share = max(
            len(stretch.forms & asked) / len(stretch.forms | asked) for asked in self._forms[place]
        )
        return share if share >= _ALIKE else 0.0

    def _shared(self, stretch: Stretch) -> tuple[float, dict[int, list[tuple[str, float]]]]:
        """Return what the words weigh, and by question those that it shares with their weight."""
        mass = 0.0
        shared: dict[int, list[tuple[str, float]]] = {}
        for form, word in stretch.words.items():
            weight, agreed = self._of_word(word)
            mass += weight
            for place, share in agreed.items():
                shared.setdefault(place, []).append((form, share))
        return mass, shared

    def _of_word(self, word: Word) -> tuple[float, Agreed]:
        """Return what a word weighs, and how much of it agrees with each question that has it."""
        known = self._known.get(id(word))
        if known is None:
            said = max(1, *(self._among_turns[key] for key in word.own))
            weight = math.sqrt(_rarity(said, self._turns)) * (_LIGHT if word.light else 1.0)
            agreed: Agreed = {}
            for key, near in word.keys:
                rare = _rarity(max(1, self._among_questions[key]), self._count) ** _RARE
                for place, share in self._keys.get(key, {}).items():
                    _raise(agreed, place, weight * near * share * rare)
            asked = max(1, *(self._among_questions[key] for key in word.own))
            known = (weight * _rarity(asked, self._count) ** _RARE, agreed)
            self._known[id(word)] = known
        return known

    def _in_order(self, pairs: Iterable[Pair]) -> Agreed:
        """Return by question what the pairs of words weigh that it has too."""
        found: Agreed = {}
        for pair in sorted(pairs):
            places = self._pairs.get(pair)
            if places:
                weight = _rarity(1 + self._pairs_said[pair], self._turns) - _COMMON_PAIR
                for place in places:
                    found[place] = found.get(place, 0.0) + max(0.0, weight)
        return {place: _PAIR * min(weight, _PAIRS_AT_MOST) for place, weight in found.items()}


def _separate(words: list[tuple[str, float]]) -> tuple[str, ...]:
    """Return the words that agreed, one by one where two stand for one thing."""
    return tuple(dict.fromkeys(word for form, _ in words for word in form.split("_")))


def _pair_words(pairs: Iterable[Pair], known: dict[Pair, set[int]], place: int) -> tuple[str, ...]:
    """Return the words of the pairs that a question shares."""
    shared = [pair for pair in sorted(pairs) if place in known.get(pair, ())]
    return tuple(dict.fromkeys(word for pair in shared for word in pair))


def _rarity(count: int, of: int) -> float:
    """Return 1 for what is found once and 0 for what is found everywhere."""
    return max(0.0, math.log((of + 1) / count) / math.log(of + 1)) if of else 0.0


def _raise(weights: dict[int, float], place: int, weight: float) -> None:
    if weight > weights.get(place, 0.0):
        weights[place] = weight
