"""How well scores put what is right before what is wrong."""

from dataclasses import dataclass

import numpy as np

from qda.analysis.vectors import Flags, Floats, Ints

WEIGHT = 0.25
"""The square of the beta of F."""
MOST_RANKED = 50_000
"""Thresholds are looked for among so many of the best."""


@dataclass(frozen=True, slots=True)
class Counts:
    """What was proposed, how much of it was right, and how much there was to find."""

    proposed: int
    right: int
    positives: int

    @property
    def precision(self) -> float | None:
        """Return how much of what was proposed was right, None where nothing was."""
        return self.right / self.proposed if self.proposed else None

    @property
    def recall(self) -> float:
        """Return how much of what there was to find was proposed."""
        return self.right / self.positives if self.positives else 0.0


def average_precision(positive: Flags, scores: Floats) -> float:
    """Return the area under the curve of precision and recall, as a sum of steps.

    The sum over all thresholds of (recall - recall before) x precision, where what has the same
    score has the same threshold (Manning, Raghavan and Schütze 2008, section 8.4). 0 where nothing
    is positive.
    """
    total = int(positive.sum())
    if not total:
        return 0.0
    order = np.argsort(-scores, kind="stable")
    hits = np.cumsum(positive[order])
    ranked = scores[order]
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    found = hits[last]
    gained = np.diff(np.concatenate((np.zeros(1, dtype=found.dtype), found)))
    return float((gained / total * found / (last + 1)).sum())


def best_threshold(positive: Flags, scores: Floats) -> float:
    """Return the lowest score to propose for the best F0.5 (van Rijsbergen 1979), inf for none.

    It holds being right twice as dear as finding everything: every wrong proposal costs a reader.
    """
    total = int(positive.sum())
    if not total:
        return float("inf")
    if len(scores) > MOST_RANKED:
        best = np.argpartition(-scores, MOST_RANKED)[:MOST_RANKED]
        positive, scores = positive[best], scores[best]
    order = np.argsort(-scores, kind="stable")
    ranked = scores[order]
    last = np.append(np.flatnonzero(np.diff(ranked)), len(ranked) - 1)
    found = np.cumsum(positive[order])[last]
    quality = (1 + WEIGHT) * found / (last + 1 + WEIGHT * total)
    return float(ranked[last[int(np.argmax(quality))]]) if quality.any() else float("inf")


def held_out_counts(positive: Flags, scores: Floats, fold: Ints) -> Counts:
    """Count what is proposed in each fold at the threshold that is best in all the others."""
    proposed = right = 0
    for one in np.unique(fold).tolist():
        here = fold == one
        threshold = best_threshold(positive[~here], scores[~here])
        chosen = scores[here] >= threshold
        proposed += int(chosen.sum())
        right += int((chosen & positive[here]).sum())
    return Counts(proposed, right, int(positive.sum()))
