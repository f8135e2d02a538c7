"""Measures of words: what sets two groups apart, how even a word is spread, what goes together."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def log_likelihood(first: Floats, second: Floats, first_size: float, second_size: float) -> Floats:
    """Return G2 of counts in two bodies of text (Dunning 1993; Rayson and Garside 2000).

    3.84 is the 5 % level of one comparison, 15.13 the 0.01 % level that lists of many words ask.
    """
    together = (first + second) / max(first_size + second_size, 1.0)
    found = np.zeros(len(first), dtype=np.float64)
    for counts, size in ((first, first_size), (second, second_size)):
        expected = np.maximum(together * size, 1e-300)
        found += counts * np.log(np.maximum(counts, 1e-300) / expected)
    return np.maximum(2.0 * found, 0.0)


def log_ratio(first: Floats, second: Floats, first_size: float, second_size: float) -> Floats:
    """Return the binary logarithm of how many times as frequent words are in the first body.

    A count of nothing is taken for a half (Hardie 2014).
    """
    per_first = np.where(first > 0, first, 0.5) / max(first_size, 1.0)
    per_second = np.where(second > 0, second, 0.5) / max(second_size, 1.0)
    return np.log2(per_first / per_second)


def deviation_of_proportions(counts: Floats, sizes: Floats) -> float:
    """Return DP (Gries 2008): 0 for a word spread as the texts are long, near 1 for one place."""
    total, size = counts.sum(), sizes.sum()
    if total <= 0 or size <= 0:
        return 0.0
    return float(np.abs(counts / total - sizes / size).sum() / 2)


def log_dice(together: Floats, first: float, second: Floats) -> Floats:
    """Return logDice (Rychlý 2008): at most 14, where two words never stand without each other."""
    return 14.0 + np.log2(np.maximum(2.0 * together, 1e-300) / np.maximum(first + second, 1.0))
