"""How much speaks for a question being asked: what is known of turn and question, weighed.

The weights are those of a logistic regression on labelled turns (`tests/language/guide_fitting.py`,
where a test fits them anew); it is ridge regularised, with every feature at unit variance.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.language.guide_frames import Frame

_USUAL_LENGTH = 6
"""Words of a usual question; shorter ones go on about an answer."""
_OFF, _MANY_TURNS = 0.33, 10
"""How far off a turn is by chance; where it stands says less in an interview of fewer turns."""
_LITTLE = 0.05
"""The raw score below which another question is no rival."""


@dataclass(frozen=True, slots=True)
class Fit:
    """How well a part of a turn fits a question.

    `raw` is how much of it agrees, by the manner in which it is said; `in_order` what words weigh
    that follow one another as in the guide; `words` those that agreed; `framed` whether both open
    or end an interview. `frames` are those of the part that the question has not.
    """

    raw: float
    in_order: float
    words: tuple[str, ...]
    count: int
    framed: bool
    asks: bool
    frames: frozenset[Frame]


FEATURES = (
    "raw", "ahead", "best", "words", "in order", "framed", "asks", "past", "how", "length", "off",
)  # fmt: skip
"""Log of the raw score; of its ratio to that of the best other question; whether it is the best;
how many words agree; what is in order; opens or ends; is asked; said in the past; asks how; log of
the length; how far off the turn is from the place of the question."""

WEIGHTS = np.array([0.67, 0.47, 0.79, 1.02, 4.16, 1.9, 0.6, -1.11, -0.6, 0.32, -3.29])
BIAS = -1.49
LEAN = 0.75
"""Added to the fitted bias, since interviewers' turns are decided together: not asking one question
makes room for another. It was chosen so that 85 % of what is found is right, each interview judged
by weights that were fitted on the others."""


def features(
    fits: Mapping[int, Fit], length: int, at: tuple[int, int], count: int
) -> dict[int, NDArray[np.float64]]:
    """Return the features of a part for each question that it fits at all.

    `length` is in words; `at` says which turn of the interviewer it is of, and of how many; `count`
    is how many questions the guide has.
    """
    turn, turns = at
    place, trust = turn / max(1, turns - 1), min(1.0, turns / _MANY_TURNS)
    longer = max(-1.0, min(1.0, math.log(max(1, length) / _USUAL_LENGTH)))
    by_raw = sorted(fits, key=lambda one: (-fits[one].raw, one))
    found: dict[int, NDArray[np.float64]] = {}
    for question, fit in fits.items():
        best = by_raw[0] == question
        rival = by_raw[0] if not best else by_raw[1] if len(by_raw) > 1 else None
        other = max(_LITTLE, fits[rival].raw) if rival is not None else _LITTLE
        found[question] = np.array(
            (
                math.log(fit.raw), math.log(fit.raw / other), best, fit.count, fit.in_order,
                fit.framed, fit.asks, "past" in fit.frames, "how" in fit.frames, longer,
                _OFF + trust * (abs(place - question / max(1, count - 1)) - _OFF),
            )
        )  # fmt: skip
    return found


def log_odds(known: NDArray[np.float64]) -> float:
    """Return what speaks for a question, from its features."""
    return float(known @ WEIGHTS) + BIAS + LEAN
