"""Kappa and alpha against published worked examples and against slow definitions."""

import math
from fractions import Fraction
from itertools import permutations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qda.analysis.agreement_measures import (
    RESAMPLES,
    SEED,
    alpha_interval,
    alpha_of,
    cohen_kappa,
    coincidences,
    drawn_sums,
    kappa_interval,
    kappa_of,
    kappa_standard_error,
    measured,
    nominal_alpha,
    ordinal_alpha_of,
    percent_interval,
)
from qda.model.agreement import Table

# Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability", sections A, B and C.
MEG, OWEN = "0100000010", "1110010000"
BEN, GERRY = "aabbdcccedda", "babbbccceddd"
FOUR = ("123321412...", "1233224125.3", ".3332342251.", "12332441251.")


def alpha(*observers: str) -> float | None:
    values = sorted(set("".join(observers)) - {"."})
    ratings = np.array([[values.index(one) if one != "." else -1 for one in observer]
                        for observer in observers], dtype=np.int64)  # fmt: skip
    return alpha_of(coincidences(ratings, len(values)))


def slow_alpha(*observers: str) -> Fraction | None:
    """Compare every value with every other, inside units and among all of them."""
    units = [[one for one in unit if one != "."] for unit in zip(*observers, strict=True)]
    units = [unit for unit in units if len(unit) > 1]
    everything = [one for unit in units for one in unit]
    n = len(everything)
    observed = sum(
        Fraction(sum(one != other for one, other in permutations(unit, 2)), len(unit) - 1)
        for unit in units
    )
    expected = sum(one != other for one, other in permutations(everything, 2))
    return 1 - Fraction(n - 1) * observed / expected if expected else None


def test_krippendorff_binary_two_observers() -> None:
    assert round(alpha(MEG, OWEN) or 0, 3) == 0.095
    both = sum(one == other == "1" for one, other in zip(MEG, OWEN, strict=True))
    only_meg = MEG.count("1") - both
    only_owen = OWEN.count("1") - both
    table = ((both, only_meg), (only_owen, 10 - both - only_meg - only_owen))
    assert round(nominal_alpha(table) or 0, 3) == 0.095


def test_krippendorff_nominal_two_observers() -> None:
    assert round(alpha(BEN, GERRY) or 0, 3) == 0.692


def test_krippendorff_nominal_four_observers_with_gaps() -> None:
    found = alpha(*FOUR)
    assert round(found or 0, 3) == 0.743


def test_kappa_where_a_peer_is_wrong() -> None:
    # A codes 0-100 and B 50-200 of 1,000 characters; the peer prints 0.2131.
    assert round(cohen_kappa(((50, 50), (100, 800))) or 0, 4) == 0.3182


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        # Total disagreement with equal marginals.
        (((0, 500), (500, 0)), -1.0),
        # Viera and Garrett 2005, "Understanding interobserver agreement", table 2.
        (((15, 5), (10, 70)), 0.57),
        # The grant proposals of the English encyclopaedia's article on Cohen's kappa.
        (((20, 5), (10, 15)), 0.40),
        (((45, 15), (25, 15)), 0.1304),
        (((25, 35), (5, 35)), 0.2593),
        (((10, 0), (0, 10)), 1.0),
        (((0, 10), (0, 90)), 0.0),
    ],
)
def test_kappa_as_printed(table: Table, expected: float) -> None:
    digits = len(str(expected).split(".")[1])
    assert round(cohen_kappa(table) or 0, digits) == expected


def test_the_standard_error_as_stata_prints_it() -> None:
    # `kapci` on 1,932 patients (Statalist, December 2009, message 320).
    table = ((1395, 118), (261, 158))
    assert cohen_kappa(table) == pytest.approx(0.3411969207847029, abs=1e-14)
    assert kappa_standard_error(table) == pytest.approx(0.0262913719660408, abs=1e-14)
    assert kappa_interval(table) == (
        pytest.approx(0.2896667786271169, abs=1e-12),
        pytest.approx(0.3927270629422889, abs=1e-12),
    )


@pytest.mark.parametrize("table", [((0, 0), (0, 9)), ((7, 0), (0, 0)), ((0, 0), (0, 0))])
def test_what_never_varies_has_no_coefficient(table: Table) -> None:
    found = measured(table)
    assert (found.kappa, found.alpha) == (None, None)
    assert (found.kappa_interval, found.alpha_interval) == (None, None)
    assert len(found.notes) == 1
    assert found.percent == (1.0 if found.n else None)


@pytest.mark.parametrize("table", [((3, 0), (0, 4)), ((0, 4), (3, 0))])
def test_what_always_agrees_or_differs_has_no_interval(table: Table) -> None:
    found = measured(table)
    assert found.kappa is not None
    assert (found.kappa_interval, found.alpha_interval) == (None, None)
    assert "no interval" in str(found.notes[0])


def test_one_who_always_says_the_same_leaves_kappa_at_nothing() -> None:
    found = measured(((11, 2), (0, 0)))
    assert (found.kappa, found.kappa_interval) == (0.0, None)
    assert found.alpha_interval is not None
    assert "kappa is 0" in str(found.notes[0])


COUNT = st.integers(0, 60)
TABLES = st.tuples(st.tuples(COUNT, COUNT), st.tuples(COUNT, COUNT))


@given(TABLES)
def test_kappa_is_agreement_beyond_chance(table: Table) -> None:
    (a, b), (c, d) = table
    n = a + b + c + d
    found = measured(table, intervals=False)
    if not n:
        assert found.percent is None
        return
    observed = Fraction(a + d, n)
    chance = Fraction(a + b, n) * Fraction(a + c, n) + Fraction(c + d, n) * Fraction(b + d, n)
    assert found.percent == pytest.approx(float(observed))
    assert found.expected == pytest.approx(float(chance))
    if chance == 1:
        assert found.kappa is None
    else:
        assert found.kappa == pytest.approx(float((observed - chance) / (1 - chance)), abs=1e-12)
    ones = "1" * (a + b) + "0" * (c + d)
    others = "1" * a + "0" * b + "1" * c + "0" * d
    expected = slow_alpha(ones, others)
    assert found.alpha == (None if expected is None else pytest.approx(float(expected), abs=1e-9))
    assert (found.kappa is None) == (found.alpha is None)


@given(
    st.lists(st.text("abc.", min_size=1, max_size=1), min_size=0, max_size=24), st.integers(2, 4)
)
def test_alpha_is_what_comparing_all_pairs_gives(values: list[str], observers: int) -> None:
    width = len(values) // observers
    rows = tuple("".join(values[at * width : (at + 1) * width]) for at in range(observers))
    expected = slow_alpha(*rows)
    assert alpha(*rows) == (None if expected is None else pytest.approx(float(expected), abs=1e-9))


@given(TABLES)
def test_intervals_hold_their_coefficient_and_never_change(table: Table) -> None:
    found = measured(table)
    assert found == measured(table)
    if found.kappa_interval is not None and found.kappa is not None:
        low, high = found.kappa_interval
        assert -1 <= low <= found.kappa <= high <= 1
    if found.alpha_interval is not None:
        low, high = found.alpha_interval
        assert low <= high <= 1
        assert all(map(math.isfinite, (low, high)))


def test_the_bootstrap_narrows_with_more_units() -> None:
    few, many = alpha_interval(((8, 3), (2, 20))), alpha_interval(((800, 300), (200, 2000)))
    assert few is not None
    assert many is not None
    assert few[0] < many[0] < (nominal_alpha(((8, 3), (2, 20))) or 0) < many[1] < few[1]


def test_large_counts_do_not_overflow() -> None:
    table = ((10**9, 10**8), (10**8, 4 * 10**9))
    assert cohen_kappa(table) == pytest.approx(cohen_kappa(((10, 1), (1, 40))), abs=1e-12)
    assert nominal_alpha(table) == pytest.approx(cohen_kappa(((10, 1), (1, 40))), abs=1e-6)
    assert kappa_interval(table) is not None


def test_alpha_of_values_in_order() -> None:
    """Krippendorff 2011, section 5: four observers, twelve units, nominal .743, ordinal .815."""
    observers = (
        "1 2 3 3 2 1 4 1 2 . . .", "1 2 3 3 2 2 4 1 2 5 . 3",
        ". 3 3 3 2 3 4 2 2 5 1 .", "1 2 3 3 2 4 4 1 2 5 1 .",
    )  # fmt: skip
    ratings = np.array(
        [[-1 if one == "." else int(one) - 1 for one in row.split()] for row in observers]
    )
    matrix = coincidences(ratings, 5)
    assert alpha_of(matrix) == pytest.approx(0.743, abs=0.0005)
    assert ordinal_alpha_of(matrix) == pytest.approx(0.815, abs=0.0005)
    assert ordinal_alpha_of(np.zeros((3, 3))) is None


@given(st.lists(st.integers(0, 30), min_size=4, max_size=4))
def test_kappa_of_any_size_is_that_of_two_values(cells: list[int]) -> None:
    a, b, c, d = cells
    both = cohen_kappa(((a, b), (c, d)))
    assert kappa_of(np.array([[a, b], [c, d]])) == pytest.approx(both)


# ------------------------------------------------------------------------------ intervals
@pytest.mark.parametrize(
    ("agreeing", "n", "low", "high"),
    [
        # Newcombe 1998, "Two-sided confidence intervals for the single proportion", table I,
        # method 3.
        (81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)  # fmt: skip
def test_the_interval_of_percent_as_printed(agreeing: int, n: int, low: float, high: float) -> None:
    found = percent_interval(((agreeing, n - agreeing), (0, 0)))
    assert found == (pytest.approx(low, abs=5e-5), pytest.approx(high, abs=5e-5))
    # Which of the two ways they agree or differ is all the same.
    assert percent_interval(((0, 0), (n - agreeing, agreeing))) == found
    assert percent_interval(((0, 0), (0, 0))) is None


@settings(max_examples=15, deadline=None)
@given(st.lists(st.tuples(COUNT, COUNT, COUNT, COUNT), min_size=5, max_size=8))
def test_drawn_documents_are_what_drawing_one_by_one_gives(
    documents: list[tuple[int, int, int, int]],
) -> None:
    tables = np.array(documents, dtype=np.int64)
    a, b, c, d = tables.sum(axis=0).tolist()
    table = ((a, b), (c, d))
    found = measured(table, drawn=drawn_sums(tables))
    count = len(documents)
    weights = np.random.default_rng(SEED).multinomial(count, [1 / count] * count, RESAMPLES)
    percents: list[float] = []
    kappas: list[float] = []
    alphas: list[float] = []
    for row in weights.tolist():
        one, two, three, four = (
            sum(times * cells[at] for times, cells in zip(row, documents, strict=True))
            for at in range(4)
        )
        if one + two + three + four:
            percents.append((one + four) / (one + two + three + four))
        kappa, alpha = (
            cohen_kappa(((one, two), (three, four))),
            nominal_alpha(((one, two), (three, four))),
        )
        if kappa is not None:
            kappas.append(kappa)
        if alpha is not None:
            alphas.append(alpha)
    for interval, values in (
        (found.percent_interval, percents), (found.kappa_interval, kappas),
        (found.alpha_interval, alphas),
    ):  # fmt: skip
        if interval is not None:
            expected = np.percentile(values, (2.5, 97.5)).tolist()
            assert list(interval) == pytest.approx(expected, abs=1e-9)
    without = measured(table)
    assert (found.kappa_interval is None) == (without.kappa_interval is None)
    assert (found.alpha_interval is None) == (without.alpha_interval is None)


def test_documents_that_differ_widen_the_interval() -> None:
    # Each document is all agreement or all not, so there are eight units and not 800.
    tables = np.array([[50, 0, 0, 50]] * 5 + [[0, 50, 50, 0]] * 3, dtype=np.int64)
    table = ((250, 150), (150, 250))
    apart, whole = measured(table), measured(table, drawn=drawn_sums(tables))
    for one, other in (
        (apart.percent_interval, whole.percent_interval),
        (apart.kappa_interval, whole.kappa_interval),
        (apart.alpha_interval, whole.alpha_interval),
    ):
        assert one is not None
        assert other is not None
        assert other[1] - other[0] > 5 * (one[1] - one[0])
