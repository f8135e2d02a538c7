"""Correlation of two series of numbers, without a library of statistics.

Coefficients are None where they have no value: fewer than three pairs, or a series that never
varies. Checked in the tests against published figures.
"""

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

FEWEST = 3
"""With two pairs every correlation is 1 or -1, so three are the least that says anything."""
NORMAL_95 = 1.959963984540054
"""The 97.5th percentile of the standard normal distribution."""


def pearson(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Pearson's product-moment correlation of two series of the same length."""
    one, other = _deviations(first), _deviations(second)
    if one is None or other is None:
        return None
    product = float(np.dot(one, other))
    return _within(product / math.sqrt(float(np.dot(one, one)) * float(np.dot(other, other))))


def spearman(first: Sequence[float], second: Sequence[float]) -> float | None:
    """Return Spearman's rank correlation: Pearson's of the ranks, ties sharing their average."""
    return pearson(ranks(first).tolist(), ranks(second).tolist())


def ranks(values: Sequence[float]) -> Floats:
    """Return the ranks from 1, equal values having the average of the ranks that they take up."""
    _, place, counts = np.unique(
        np.asarray(values, dtype=np.float64), return_inverse=True, return_counts=True
    )
    last = np.cumsum(counts)
    return (last - (counts - 1) / 2)[place].astype(np.float64)


def fisher_interval(r: float | None, n: int) -> tuple[float, float] | None:
    """Return the 95 % confidence interval of Pearson's r by Fisher's z (Fisher 1921).

    None where it has none: fewer than four pairs, or points that all lie on one line.
    """
    if r is None or n <= FEWEST or abs(r) >= 1:
        return None
    middle, reach = math.atanh(r), NORMAL_95 / math.sqrt(n - 3)
    return math.tanh(middle - reach), math.tanh(middle + reach)


def _deviations(values: Sequence[float]) -> Floats | None:
    """Return the deviations from the mean, in a scale where nothing overflows or vanishes."""
    series = np.asarray(values, dtype=np.float64)
    if len(series) < FEWEST or bool((series == series[0]).all()):
        return None
    series = series / float(np.abs(series).max())
    shifted = series - series[0]
    widest = float(np.abs(shifted).max())
    if not widest:
        return None
    shifted = shifted / widest
    return shifted - shifted.mean()


def _within(r: float) -> float:
    return max(-1.0, min(1.0, r))
