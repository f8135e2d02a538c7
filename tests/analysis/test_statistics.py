"""Correlation against published figures and against slow sums in exact fractions."""

import math
from collections.abc import Sequence
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.analysis.statistics import fisher_interval, pearson, ranks, spearman

OFFICES = (
    (49, 20), (62, 25), (63, 19), (65, 22), (69, 28), (70, 27), (71, 27), (74, 24), (76, 28),
    (77, 21), (79, 34), (80, 25), (81, 21), (83, 27), (94, 21),
)  # fmt: skip
"""Fifteen offices, share of approved plans and share in activity: the study prints 0.217026."""


def slow_pearson(xs: Sequence[float], ys: Sequence[float]) -> float | None:
    """Follow the definition in fractions, so that nothing is rounded before the last root."""
    a, b = [Fraction(x) for x in xs], [Fraction(y) for y in ys]
    if len(a) < 3 or len(set(a)) == 1 or len(set(b)) == 1:
        return None
    mean_a, mean_b = sum(a) / len(a), sum(b) / len(b)
    shared = sum((x - mean_a) * (y - mean_b) for x, y in zip(a, b, strict=True))
    spread = sum((x - mean_a) ** 2 for x in a) * sum((y - mean_b) ** 2 for y in b)
    squared = shared**2 / spread
    return math.copysign(math.sqrt(squared), shared)


def slow_ranks(values: Sequence[float]) -> list[float]:
    return [
        sum(other < one for other in values) + (1 + sum(other == one for other in values)) / 2
        for one in values
    ]


def test_the_fifteen_offices_of_the_study() -> None:
    xs, ys = zip(*OFFICES, strict=True)
    found = pearson(xs, ys)
    assert found is not None
    assert round(found, 6) == 0.217026


def test_a_published_rank_correlation() -> None:
    # The example of the English encyclopaedia's article on Spearman's coefficient: -29 / 165.
    iq = (106, 100, 86, 101, 99, 103, 97, 113, 112, 110)
    hours = (7, 27, 2, 50, 28, 29, 20, 12, 6, 17)
    assert spearman(iq, hours) == pytest.approx(-29 / 165, abs=1e-12)


def test_equal_values_share_their_rank() -> None:
    assert ranks([5, 1, 5, 3, 5]).tolist() == [4, 1, 4, 2, 4]
    assert ranks([]).tolist() == []
    assert ranks([7, 7]).tolist() == [1.5, 1.5]


@pytest.mark.parametrize(
    ("xs", "ys"),
    [((), ()), ((1,), (2,)), ((1, 2), (3, 5)), ((1, 1, 1), (1, 2, 3)), ((1, 2, 3), (4, 4, 4))],
)
def test_what_has_no_value_is_none(xs: Sequence[float], ys: Sequence[float]) -> None:
    assert pearson(xs, ys) is None
    assert spearman(xs, ys) is None


def test_very_large_and_very_small_numbers() -> None:
    assert pearson([1e308, -1e308, 0], [2, -2, 0]) == pytest.approx(1)
    assert pearson([1e-300, 2e-300, 3e-300], [3, 2, 1]) == pytest.approx(-1)
    assert pearson([1e15, 1e15 + 1, 1e15 + 2], [1, 2, 3]) == pytest.approx(1)


SMALL = st.integers(-50, 50)


@given(st.lists(st.tuples(SMALL, SMALL), max_size=30))
def test_pearson_is_what_the_definition_says(pairs: list[tuple[int, int]]) -> None:
    xs, ys = [one for one, _ in pairs], [other for _, other in pairs]
    expected = slow_pearson(xs, ys)
    assert pearson(xs, ys) == (None if expected is None else pytest.approx(expected, abs=1e-12))


@given(st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), max_size=30))
def test_spearman_is_pearson_of_slow_ranks(pairs: list[tuple[int, int]]) -> None:
    xs, ys = [one for one, _ in pairs], [other for _, other in pairs]
    assert ranks(xs).tolist() == slow_ranks(xs)
    expected = slow_pearson(slow_ranks(xs), slow_ranks(ys))
    assert spearman(xs, ys) == (None if expected is None else pytest.approx(expected, abs=1e-12))


FINITE = st.floats(allow_nan=False, allow_infinity=False)


@given(st.lists(st.tuples(FINITE, FINITE), max_size=12))
def test_any_numbers_stay_between_minus_one_and_one(pairs: list[tuple[float, float]]) -> None:
    for found in (
        pearson([one for one, _ in pairs], [other for _, other in pairs]),
        spearman([one for one, _ in pairs], [other for _, other in pairs]),
    ):
        assert found is None or -1 <= found <= 1


def test_the_interval_of_the_fifteen_offices() -> None:
    interval = fisher_interval(0.217026, 15)
    assert interval == (pytest.approx(-0.3321, abs=5e-4), pytest.approx(0.6563, abs=5e-4))


def test_an_interval_that_is_not_there() -> None:
    assert fisher_interval(None, 15) is None
    assert fisher_interval(0.5, 3) is None
    assert fisher_interval(-1.0, 15) is None
