"""Learning the codes of a project from its codings, and measuring how well that goes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from qda.analysis.ranking import (
    Counts,
    average_precision,
    best_threshold,
    held_out_counts,
)
from qda.language.suggesting import learning
from qda.language.suggesting.coded import meant, touched
from qda.language.suggesting.features import COLUMNS, Features, Matrix
from qda.language.suggesting.learning import PRIOR, Lesson, Model, smoothed
from qda.language.suggesting.rules import QUESTION, KeywordHits, keyword_hits, keyword_scores
from qda.model.suggestions import CodeMeasure, EngineMeasure

if TYPE_CHECKING:
    from qda.app.suggestion_ground import Flags, Ground, Target
    from qda.language.matching import Matcher
    from qda.language.suggesting.rules import Scores
    from qda.language.suggesting.units import Units

Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code with what its keywords say of its units."""

    target: Target
    hits: KeywordHits
    keywords: Scores

    @property
    def with_keyword(self) -> Flags:
        """Tell which units have a keyword in themselves: a question alone proposes nothing."""
        found = np.zeros(len(self.target.units), dtype=np.bool_)
        found[self.hits.unit[self.hits.kind != QUESTION]] = True
        return found


@dataclass(frozen=True, slots=True)
class Taught:
    """What was learned of one code: a score for every unit that was looked at, and from when on.

    Units of documents with codings have the score of weights that never saw their document; it is
    `doubtful` where the keywords alone did better on those.
    """

    scores: Scores
    known: Flags
    threshold: float
    doubtful: bool
    classroom: Classroom
    column: int

    def proposed(self) -> Flags:
        """Tell which units are like enough to what was coded."""
        return self.known & (self.scores >= self.threshold)


class Classroom:
    """The units of one kind, sentences or turns, and the model of all codes that have them."""

    def __init__(self, ground: Ground, units: Units, features: Features) -> None:
        """Deal the documents that somebody coded in out into folds."""
        self.units = units
        self.features = features
        self._ground = ground
        documents = np.flatnonzero(ground.read)
        self.fold_of = learning.folds_of(documents, len(ground.table.documents))
        self.read: Flags = ground.read[units.document]
        self._model: Model | None = None

    def positive(self, target: Target) -> Flags:
        """Tell which units are coded so."""
        return meant(self.units, target.coded)

    def left_out(self, target: Target) -> Flags:
        """Tell which units are coded with a code below alone: they say neither yes nor no."""
        below = self._ground.below(target.code)
        return touched(self.units, below.first, below.stop) & ~self.positive(target)

    def teach(self, candidates: Sequence[Candidate], asked: Flags, tick: Tick) -> dict[int, Taught]:
        """Learn codes at once; score the units that are read or `asked` for. Keyed by code."""
        positives = {one.target.code: self.positive(one.target) for one in candidates}
        anywhere = np.logical_or.reduce(list(positives.values()))
        looked = np.flatnonzero(self.read | self._ground.looked(self.units))
        rows = learning.sampled(looked, anywhere[looked])
        lessons = [
            Lesson(
                positives[one.target.code][rows], one.keywords[rows],
                self.left_out(one.target)[rows],
            )
            for one in candidates
        ]  # fmt: skip
        table: Matrix = np.empty((len(rows), COLUMNS), dtype=np.float32)
        for here, part in self.features.blocks(self.units, rows):
            tick()
            table[here] = part
        self._model = learning.learn(table, self.fold_of[self.units.document[rows]], lessons, tick)
        del table
        wanted = np.flatnonzero(self.read | asked)
        fold = self.fold_of[self.units.document[wanted]]
        found = learning.scored(self.features, self._model, self.units, wanted, fold, tick)
        known = np.zeros(len(self.units), dtype=np.bool_)
        known[wanted] = True
        return {
            one.target.code: self._taught(one, column, known, found[:, column])
            for column, one in enumerate(candidates)
        }

    def _taught(
        self, candidate: Candidate, column: int, known: Flags, found: NDArray[np.float32]
    ) -> Taught:
        scores = np.zeros(len(self.units))
        scores[known] = found + PRIOR * candidate.keywords[known]
        # Rounded, so that the last bits of a sum decide nothing.
        scores = np.round(np.clip(smoothed(self.units, scores), 0, 1), 4)
        told = self.read & ~self.left_out(candidate.target)
        positive = self.positive(candidate.target)
        threshold = max(best_threshold(positive[told], scores[told]), 1e-4)
        learned = average_precision(positive[told], scores[told])
        doubtful = learned <= average_precision(positive[told], candidate.keywords[told])
        return Taught(scores, known, threshold, doubtful, self, column)

    def asked_share(self, unit: int, column: int) -> float:
        """Return how much of a unit's score comes from the question, below 0 if it speaks against.

        The score is that of the words, the question and what stands around, without keywords.
        """
        assert self._model is not None  # noqa: S101 - taught before
        fold = int(self.fold_of[self.units.document[unit]])
        weights = self._model.whole if fold < 0 else self._model.without[fold]
        column_of = weights.weights[:, column]
        chosen = np.array([unit], dtype=np.int64)
        question = float((self.features.asked(self.units, chosen) @ column_of)[0])
        whole = float((self.features.of(self.units, chosen) @ column_of)[0])
        return question / whole if whole > 0 else 0.0


class School:
    """Candidates and what was learned of them, for all codes that are asked for."""

    def __init__(self, ground: Ground, matcher: Matcher, tick: Tick) -> None:
        """Learn nothing yet."""
        self.ground = ground
        self._matcher = matcher
        self._tick = tick
        self._features: Features | None = None

    def features(self) -> Features:
        """Return the features of the words, made when first wanted."""
        if self._features is None:
            self._features = Features(self.ground.table, self.ground.layout, self._tick)
        return self._features

    def candidate(self, code: int) -> Candidate:
        """Return a code with what its keywords say."""
        target = self.ground.target(code)
        keywords = self.ground.codes[code].keywords
        hits = keyword_hits(
            self._matcher, self.ground.layout, target.units, keywords, self.ground.guided(code)
        )
        return Candidate(target, hits, keyword_scores(hits, len(target.units)))

    def teach(self, candidates: Sequence[Candidate], asked: NDArray[np.bool_]) -> dict[int, Taught]:
        """Learn the codes that have enough examples; `asked` are documents to score besides."""
        found: dict[int, Taught] = {}
        for turns in (False, True):
            some = [
                one
                for one in candidates
                if one.target.examples.enough and one.target.units.turns == turns
            ]
            if some:
                units = some[0].target.units
                room = Classroom(self.ground, units, self.features())
                found |= room.teach(some, asked[units.document], self._tick)
        return found

    def measure(self, candidate: Candidate, taught: Taught | None) -> CodeMeasure:
        """Say how both engines do for one code on documents that were held out."""
        target = candidate.target
        units = target.units
        read = self.ground.read[units.document]
        below = self.ground.below(target.code)
        positive = meant(units, target.coded)
        told = read & (positive | ~touched(units, below.first, below.stop))
        if not positive[told].any():
            return CodeMeasure(target.examples, int(told.sum()), 0, None, None)
        chosen = candidate.with_keyword[told]
        right = int((chosen & positive[told]).sum())
        counts = Counts(int(chosen.sum()), right, int(positive[told].sum()))
        rules = _measure(counts, average_precision(positive[told], candidate.keywords[told]))
        learned = None
        if taught is not None:
            scores = taught.scores[told]
            fold = taught.classroom.fold_of[units.document[told]]
            learned = _measure(
                held_out_counts(positive[told], scores, fold),
                average_precision(positive[told], scores),
            )
        return CodeMeasure(
            target.examples, int(told.sum()), int(positive[told].sum()), rules, learned
        )


def _measure(counts: Counts, average: float) -> EngineMeasure:
    return EngineMeasure(counts.proposed, counts.right, counts.precision, counts.recall, average)
