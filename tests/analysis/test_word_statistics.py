"""Measures of words against published examples and the formulas written out."""

import math

import numpy as np
import pytest

from qda.analysis.word_statistics import (
    deviation_of_proportions,
    log_dice,
    log_likelihood,
    log_ratio,
)


def floats(*values: float) -> np.ndarray:
    return np.array(values, dtype=np.float64)


def test_dispersion_of_the_published_example() -> None:
    # Gries 2008: five parts of 9, 10, 10, 10 and 11 words hold the word 1 to 5 times.
    assert (
        round(deviation_of_proportions(floats(1, 2, 3, 4, 5), floats(9, 10, 10, 10, 11)), 2) == 0.18
    )
    assert deviation_of_proportions(floats(2, 2), floats(50, 50)) == 0
    assert deviation_of_proportions(floats(4, 0), floats(50, 50)) == 0.5
    assert deviation_of_proportions(floats(0, 0), floats(50, 50)) == 0


@pytest.mark.parametrize(
    ("a", "b", "c", "d"), [(10, 5, 1000, 2000), (0, 7, 500, 500), (7, 0, 500, 500), (3, 3, 10, 900)]
)
def test_log_likelihood_is_the_formula(a: int, b: int, c: int, d: int) -> None:
    expected = [c * (a + b) / (c + d), d * (a + b) / (c + d)]
    slow = 2 * sum(
        seen * math.log(seen / should)
        for seen, should in zip((a, b), expected, strict=True)
        if seen
    )
    assert log_likelihood(floats(a), floats(b), c, d)[0] == pytest.approx(slow)


def test_equal_shares_tell_nothing() -> None:
    assert log_likelihood(floats(10, 0), floats(20, 0), 1000, 2000).tolist() == [0, 0]
    assert log_ratio(floats(10), floats(20), 1000, 2000)[0] == 0


def test_log_ratio_counts_doublings() -> None:
    assert log_ratio(floats(40, 0), floats(10, 8), 1000, 1000).tolist() == [2, -4]


def test_log_dice_is_fourteen_for_two_that_never_part() -> None:
    assert log_dice(floats(5, 5), 5, floats(5, 75)).tolist() == [14, 11]
