"""Fitting the weights of `qda.language.guide_weighing` on labelled turns."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.language.guide_matching import AskedQuestion, SaidTurn, examples
from qda.model.entities import Language

RIDGE = 10.0
STEPS = 30

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """Interviews by one guide with what their turns ask; `fitted` says which to fit on."""

    questions: Sequence[AskedQuestion]
    language: Language
    turns: Sequence[Sequence[SaidTurn]]
    labels: Sequence[Sequence[str]]
    fitted: Sequence[bool]


def numbers_in(label: str) -> frozenset[str]:
    """Return the numbers of the questions that a turn asks or may ask."""
    return frozenset(label.replace("+", " ").split())


def fit(studies: Iterable[Labelled]) -> tuple[Floats, float]:
    """Return the weights of the features and the bias."""
    rows: list[Floats] = []
    asked: list[bool] = []
    for one in studies:
        numbers = [question.number.rstrip(".") for question in one.questions]
        known = examples(one.questions, one.language, one.turns)
        for units, labels, fitted in zip(known, one.labels, one.fitted, strict=True):
            for turn, by_question in units:
                if fitted and labels[turn] != "?":
                    right = numbers_in(labels[turn])
                    rows += by_question.values()
                    asked += [numbers[place] in right for place in by_question]
    return _logistic(np.array(rows), np.array(asked, dtype=np.float64))


def _logistic(rows: Floats, asked: Floats) -> tuple[Floats, float]:
    """Fit a ridge logistic regression by Newton's method; the bias is not held down."""
    mean, spread = rows.mean(axis=0), rows.std(axis=0)
    known = np.hstack([(rows - mean) / spread, np.ones((len(rows), 1))])
    ridge = np.diag([RIDGE] * rows.shape[1] + [0.0])
    weights = np.zeros(known.shape[1])
    for _ in range(STEPS):
        likely = 1 / (1 + np.exp(-known @ weights))
        slope = known.T @ (likely - asked) + ridge @ weights
        curve = (known.T * (likely * (1 - likely))) @ known + ridge
        weights -= np.linalg.solve(curve, slope)
    scaled = weights[:-1] / spread
    return scaled, float(weights[-1] - mean @ scaled)
