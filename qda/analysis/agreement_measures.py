"""Percent agreement, Cohen's kappa and Krippendorff's alpha, with their intervals.

Sources: Cohen 1960 (kappa); Fleiss, Cohen and Everitt 1969, equation 13 (its standard error);
Krippendorff 2011, "Computing Krippendorff's Alpha-Reliability" (alpha by coincidences); Zapf,
Castell, Morawietz and Karch 2016 (bootstrap of units for alpha's interval); Wilson 1927 (the
interval of a proportion, method 3 of Newcombe 1998); Davison and Hinkley 1997, section 3.8, and
Field and Welsh 2007 (bootstrap of whole clusters, where units within one depend on another).
"""

import math

import numpy as np
from numpy.typing import NDArray

from qda.analysis.statistics import NORMAL_95
from qda.analysis.vectors import Ints
from qda.model.agreement import Agreement, Interval, Table
from qda.model.messages import Message, message

Floats = NDArray[np.float64]

SEED = 1960
"""Every table is resampled from the same beginning, so the same data give the same interval."""
RESAMPLES = 2_000
FEWEST_CLUSTERS = 5
"""With fewer documents than this, drawing whole ones says too little of how they vary."""


def measured(table: Table, *, intervals: bool = True, drawn: Floats | None = None) -> Agreement:
    """Return all measures of a 2 x 2 table ((both, first only), (second only, neither)).

    `drawn` are the tables of resampled documents (draws x 4), as `drawn_sums` returns them; without
    them intervals take every unit by itself.
    """
    (a, b), (c, d) = table
    n = a + b + c + d
    kappa, alpha = cohen_kappa(table), nominal_alpha(table)
    return Agreement(
        table=table,
        percent=(a + d) / n if n else None,
        expected=((a + b) * (a + c) + (b + d) * (c + d)) / n**2 if n else None,
        kappa=kappa,
        kappa_interval=kappa_interval(table, drawn) if intervals else None,
        alpha=alpha,
        alpha_interval=alpha_interval(table, drawn) if intervals else None,
        percent_interval=percent_interval(table, drawn) if intervals else None,
        notes=_notes(table, intervals=intervals),
    )


def cohen_kappa(table: Table) -> float | None:
    """Return Cohen's kappa, None where both always say the same one thing.

    The expected agreement comes from both raters' both marginals; the fraction is kept whole until
    the last division, so that total disagreement with equal marginals is -1 exactly.
    """
    (a, b), (c, d) = table
    beside_chance = (a + b) * (b + d) + (a + c) * (c + d)
    return 2 * (a * d - b * c) / beside_chance if beside_chance else None


def kappa_of(table: Ints) -> float | None:
    """Return Cohen's kappa of a square table of any size, None where nothing varies.

    `table[i, j]` counts the units that the first gave value i and the second value j. Of two
    values it is `cohen_kappa`.
    """
    n = int(table.sum())
    by_chance = int(table.sum(axis=1) @ table.sum(axis=0))
    beside_chance = n * n - by_chance
    return (n * int(np.trace(table)) - by_chance) / beside_chance if beside_chance else None


def kappa_standard_error(table: Table) -> float | None:
    """Return kappa's large-sample standard error (Fleiss, Cohen and Everitt 1969, eq. 13)."""
    (a, b), (c, d) = table
    n = a + b + c + d
    if cohen_kappa(table) is None:
        return None
    p = ((a / n, b / n), (c / n, d / n))
    rows = ((a + b) / n, (c + d) / n)
    columns = ((a + c) / n, (b + d) / n)
    observed = p[0][0] + p[1][1]
    expected = rows[0] * columns[0] + rows[1] * columns[1]
    agreeing = sum(
        p[i][i] * ((1 - expected) - (rows[i] + columns[i]) * (1 - observed)) ** 2 for i in (0, 1)
    )
    differing = (1 - observed) ** 2 * sum(
        p[i][1 - i] * (columns[i] + rows[1 - i]) ** 2 for i in (0, 1)
    )
    correction = (observed * expected - 2 * expected + observed) ** 2
    variance = (agreeing + differing - correction) / (n * (1 - expected) ** 4)
    return math.sqrt(max(variance, 0.0))


def drawn_sums(tables: Ints) -> Floats:
    """Draw as many documents with replacement, again and again; return the sums of their tables.

    `tables` are documents x anything x 4; the answer is RESAMPLES x anything x 4.
    """
    count = len(tables)
    chances = np.full(count, 1 / count)
    weights = np.random.default_rng(SEED).multinomial(count, chances, RESAMPLES)
    flat = tables.reshape(count, -1).astype(np.float64)
    return (weights.astype(np.float64) @ flat).reshape(RESAMPLES, *tables.shape[1:])


def percent_interval(table: Table, drawn: Floats | None = None) -> Interval | None:
    """Return the 95 % interval of the agreement, 0..1: Wilson's, or that of drawn documents."""
    (a, b), (c, d) = table
    n = a + b + c + d
    if not n:
        return None
    if drawn is not None:
        units = drawn.sum(axis=1)
        return _middle((drawn[:, 0] + drawn[:, 3])[units > 0] / units[units > 0])
    share, z = (a + d) / n, NORMAL_95
    middle = share + z * z / (2 * n)
    spread = z * math.sqrt(share * (1 - share) / n + z * z / (4 * n * n))
    whole = 1 + z * z / n
    return max(0.0, (middle - spread) / whole), min(1.0, (middle + spread) / whole)


def _middle(values: Floats) -> Interval | None:
    """Return what the middle 95 % of drawn values lie between, None where there are none."""
    if not len(values):
        return None
    low, high = np.percentile(values, (2.5, 97.5)).tolist()
    return low, high


def kappa_interval(table: Table, drawn: Floats | None = None) -> Interval | None:
    """Return kappa's 95 % interval, held within -1..1; None where it cannot be estimated.

    That of drawn documents leaves out draws in which nothing varies.
    """
    kappa, error = cohen_kappa(table), kappa_standard_error(table)
    if kappa is None or error is None or _one_sided(table) or _one_constant(table):
        return None
    if drawn is not None:
        a, b, c, d = drawn.T
        beside_chance = (a + b) * (b + d) + (a + c) * (c + d)
        varied = beside_chance > 0
        return _middle((2 * (a * d - b * c))[varied] / beside_chance[varied])
    return max(-1.0, kappa - NORMAL_95 * error), min(1.0, kappa + NORMAL_95 * error)


def coincidences(ratings: Ints, values: int) -> Floats:
    """Return the coincidence matrix (values x values) of ratings (observers x units).

    Ratings are 0..values-1, or -1 where an observer gave none. Every unit adds the ordered pairs of
    its ratings, weighted by 1 / (ratings - 1); a unit with one rating adds nothing.
    """
    marks = ratings[:, :, None] == np.arange(values)
    counts = marks.sum(axis=0).astype(np.float64)
    given = counts.sum(axis=1)
    counts, given = counts[given > 1], given[given > 1]
    weights = 1 / (given - 1)
    pairs = (counts * weights[:, None]).T @ counts
    return pairs - np.diag((counts * weights[:, None]).sum(axis=0))


def alpha_of(matrix: Floats) -> float | None:
    """Return Krippendorff's nominal alpha of a coincidence matrix, None where nothing varies."""
    marginals = matrix.sum(axis=1)
    total = float(marginals.sum())
    by_chance = total**2 - float((marginals**2).sum())
    if by_chance <= 0:
        return None
    differing = total - float(np.trace(matrix))
    return 1 - (total - 1) * differing / by_chance


def ordinal_alpha_of(matrix: Floats) -> float | None:
    """Return Krippendorff's ordinal alpha of a coincidence matrix whose values are in order.

    Two values differ by the ratings that lie from one to the other, each end counted half, squared
    (Krippendorff 2011, section 5). None where nothing varies.
    """
    marginals = matrix.sum(axis=1)
    ranks = np.cumsum(marginals) - marginals / 2
    distance = (ranks[:, None] - ranks[None, :]) ** 2
    by_chance = float((np.outer(marginals, marginals) * distance).sum())
    if by_chance <= 0:
        return None
    total = float(marginals.sum())
    return 1 - (total - 1) * float((matrix * distance).sum()) / by_chance


def nominal_alpha(table: Table) -> float | None:
    """Return alpha of two observers who gave each unit one of two values."""
    (a, b), (c, d) = table
    matrix = np.array([[2 * a, b + c], [b + c, 2 * d]], dtype=np.float64)
    return alpha_of(matrix)


def alpha_interval(table: Table, drawn: Floats | None = None) -> Interval | None:
    """Return alpha's 95 % interval by resampling the units; None where it cannot be estimated.

    Percentiles of RESAMPLES draws of as many units, or of the documents that were `drawn`; draws in
    which nothing varies have no alpha and are left out.
    """
    (a, b), (c, d) = table
    n = a + b + c + d
    if nominal_alpha(table) is None or _one_sided(table):
        return None
    if drawn is None:
        chances = (a / n, (b + c) / n, d / n)
        units = np.random.default_rng(SEED).multinomial(n, chances, RESAMPLES)
        both, differing, neither = units.astype(np.float64).T
    else:
        both, differing, neither = drawn[:, 0], drawn[:, 1] + drawn[:, 2], drawn[:, 3]
    ones, zeros = 2 * both + differing, 2 * neither + differing
    varied = (ones > 0) & (zeros > 0)
    differing, ones, zeros = differing[varied], ones[varied], zeros[varied]
    return _middle(1 - (ones + zeros - 1) * differing / (ones * zeros))


def _one_sided(table: Table) -> bool:
    """Tell that the two never or always differ: what never varies shows no uncertainty."""
    (a, b), (c, d) = table
    return b + c == 0 or a + d == 0


def _one_constant(table: Table) -> bool:
    """Tell that one of them says the same of every unit: kappa is then 0 by its making."""
    (a, b), (c, d) = table
    return 0 in (a + b, c + d, a + c, b + d)


def _notes(table: Table, *, intervals: bool) -> tuple[Message, ...]:
    (a, b), (c, d) = table
    if not a + b + c + d:
        return (message("There is nothing to compare."),)
    if cohen_kappa(table) is not None:
        if intervals and _one_sided(table):
            return (message("Nothing varies in how they agree, so there is no interval."),)
        if _one_constant(table):
            return (message("One of them coded everything or nothing, so kappa is 0 in any case."),)
        return ()
    if a:
        return (message("Both coded everything, so kappa and alpha have no value."),)
    return (message("Neither coded anything, so kappa and alpha have no value."),)
