"""Average precision and thresholds against definitions that are slow and plain."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.analysis.ranking import (
    Counts,
    average_precision,
    best_threshold,
    held_out_counts,
)

ranked = st.lists(st.tuples(st.booleans(), st.integers(0, 6)), min_size=1, max_size=30)


def slow_average_precision(rows: list[tuple[bool, int]]) -> float:
    """The sum over thresholds of the recall that is gained times the precision there."""
    total = sum(positive for positive, _ in rows)
    area = before = 0.0
    for threshold in sorted({score for _, score in rows}, reverse=True):
        chosen = [positive for positive, score in rows if score >= threshold]
        recall = sum(chosen) / total if total else 0.0
        area += (recall - before) * sum(chosen) / len(chosen)
        before = recall
    return area


def slow_quality(rows: list[tuple[bool, int]], threshold: float) -> float:
    chosen = [positive for positive, score in rows if score >= threshold]
    if not sum(chosen):
        return 0.0
    precision, recall = sum(chosen) / len(chosen), sum(chosen) / sum(one for one, _ in rows)
    return 1.25 * precision * recall / (0.25 * precision + recall)


def arrays(rows: list[tuple[bool, int]]) -> tuple[np.ndarray, np.ndarray]:
    return (
        np.array([positive for positive, _ in rows], dtype=np.bool_),
        np.array([score for _, score in rows], dtype=np.float64),
    )


@given(ranked)
def test_average_precision_is_what_its_definition_says(rows: list[tuple[bool, int]]) -> None:
    assert average_precision(*arrays(rows)) == pytest.approx(slow_average_precision(rows))


@given(ranked)
def test_no_threshold_is_better_than_the_best(rows: list[tuple[bool, int]]) -> None:
    best = best_threshold(*arrays(rows))
    reached = slow_quality(rows, best)
    assert all(slow_quality(rows, score) <= reached + 1e-12 for _, score in rows)


@pytest.mark.parametrize(
    ("positive", "scores", "expected"),
    [
        ([True, True, False, False], [4, 3, 2, 1], 1.0),
        ([False, False, True], [3, 2, 1], 1 / 3),
        # The worked example of precision at ranks 1, 3 and 5, over three to be found.
        ([True, False, True, False, True], [5, 4, 3, 2, 1], (1 + 2 / 3 + 3 / 5) / 3),
        ([True, False], [1, 1], 0.5),
        ([False, False], [2, 1], 0.0),
    ],
)
def test_average_precision_of_known_rankings(
    positive: list[bool], scores: list[int], expected: float
) -> None:
    found = average_precision(np.array(positive), np.array(scores, dtype=np.float64))
    assert found == pytest.approx(expected)


def test_each_fold_is_judged_at_the_threshold_of_the_others() -> None:
    positive = np.array([True, False, True, False])
    scores = np.array([0.9, 0.8, 0.3, 0.2])
    # Fold 0 is judged at 0.3, which lets its wrong one in; fold 1 at 0.9, which nothing reaches.
    counts = held_out_counts(positive, scores, np.array([0, 0, 1, 1]))
    assert counts == Counts(proposed=2, right=1, positives=2)
    assert (counts.precision, counts.recall) == (0.5, 0.5)
    assert Counts(0, 0, 0).precision is None
    assert Counts(0, 0, 0).recall == 0
