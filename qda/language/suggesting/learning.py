"""What is learned of codes: weights of features that say which units are coded so.

Ridge regression (Hoerl and Kennard 1970), one against the rest: least squares on 1 for the units
that are coded so and 0 for the others, with a price on large weights. It begins from what the
keywords say and learns what to add to it, so that few examples do little harm. All codes are
learned at once, and each set of documents is held out in turn at the price of one more solution.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.language.suggesting.features import COLUMNS, Features, Matrix
from qda.language.suggesting.rules import Scores
from qda.language.suggesting.units import Places, Units

PRICE = 8.0
"""What weights cost: the higher, the more examples it takes to leave the keywords."""
PRIOR = 0.3
"""How much the score of the keywords counts before anything is learned."""
NEIGHBOURS = 0.5
"""How much a sentence before or after counts beside one's own: segments go over sentences."""
FOLDS = 10
MOST_ROWS = 16_000
"""Units that are learned from at the most: they take 130 megabytes while it is done."""

Flags = NDArray[np.bool_]
Numbers = NDArray[np.float64]
Tick = Callable[[], None]


@dataclass(frozen=True, slots=True)
class Lesson:
    """What one code is learned from: of every row, whether it is coded so, what keywords say.

    Rows `left_out` say neither yes nor no.
    """

    positive: Flags
    keywords: Scores
    left_out: Flags


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of all codes: columns by codes, and one constant for each code."""

    weights: Numbers
    constant: Numbers

    def scores(self, rows: Matrix) -> Numbers:
        """Return rows by codes, without what the keywords say."""
        return rows.astype(np.float64) @ self.weights + self.constant


@dataclass(frozen=True, slots=True)
class Model:
    """Weights that know all documents, and for each fold those that never saw it."""

    whole: Weights
    without: tuple[Weights, ...]


def folds_of(documents: Places, count: int) -> Places:
    """Deal documents out into folds by turns; -1 for the `count` documents that are not named.

    The documents of a unit are all in one fold: no sentence vouches for its neighbour.
    """
    found = np.full(count, -1, dtype=np.int64)
    found[documents] = np.arange(len(documents)) % min(FOLDS, max(len(documents), 1))
    return found


def sampled(candidates: Places, positive: Flags) -> Places:
    """Return the units to learn from: all, or of too many the positives first, then any.

    The same project gives the same ones.
    """
    if len(candidates) <= MOST_ROWS:
        return candidates
    draw = np.random.default_rng(0)
    first = candidates[positive]
    if len(first) > MOST_ROWS // 2:
        first = draw.choice(first, MOST_ROWS // 2, replace=False)
    rest = np.setdiff1d(candidates, first)
    return np.sort(
        np.concatenate((first, draw.choice(rest, MOST_ROWS - len(first), replace=False)))
    )


def learn(rows: Matrix, fold: Places, lessons: Sequence[Lesson], tick: Tick) -> Model:
    """Learn all codes from rows; those of fold -1 are never held out. `tick` may raise Cancelled.

    Codes that leave rows out are learned one by one, all others together.
    """
    count = int(fold.max(initial=-1)) + 1
    plain = [at for at, one in enumerate(lessons) if not one.left_out.any()]
    groups = [plain] if plain else []
    groups += [[at] for at, one in enumerate(lessons) if one.left_out.any()]
    empty = np.zeros((COLUMNS, len(lessons)))
    found = [Weights(empty.copy(), np.zeros(len(lessons))) for _ in range(count + 1)]
    whole = _Squares.of(rows, fold < 0)
    apart: list[_Squares] = []
    for one in range(count):
        tick()
        apart.append(_Squares.of(rows, fold == one))
        whole = whole.more(apart[one])
    for group in groups:
        out = lessons[group[0]].left_out
        rest = np.stack(
            [lessons[at].positive - PRIOR * lessons[at].keywords for at in group], axis=1
        )
        everything = whole.less(_Squares.of(rows, out)) if out.any() else whole
        for one in range(count + 1):
            tick()
            here = (fold == one) & ~out
            squares = everything
            if one < count:
                held = apart[one]
                if out.any():
                    held = held.less(_Squares.of(rows, (fold == one) & out))
                squares = squares.less(held)
            weights, constant = squares.solved(rows, rest, ~out & ~here)
            found[one].weights[:, group] = weights
            found[one].constant[group] = constant
    return Model(found[-1], tuple(found[:-1]))


@dataclass(frozen=True, slots=True)
class _Squares:
    """The products of all columns with one another, summed over rows."""

    products: Numbers

    @classmethod
    def of(cls, rows: Matrix, kept: Flags) -> "_Squares":
        some = rows[kept]
        return cls((some.T @ some).astype(np.float64))

    def more(self, other: "_Squares") -> "_Squares":
        return _Squares(self.products + other.products)

    def less(self, other: "_Squares") -> "_Squares":
        return _Squares(self.products - other.products)

    def solved(self, rows: Matrix, rest: Numbers, kept: Flags) -> tuple[Numbers, Numbers]:
        """Return the weights for what is to be learned in the kept rows, and what is usual."""
        usual = rest[kept].mean(axis=0) if kept.any() else np.zeros(rest.shape[1])
        priced = self.products.copy()
        priced.flat[:: len(priced) + 1] += PRICE
        # Zero for the others, so that the rows need not be copied.
        wanted = np.where(kept[:, None], rest - usual, 0).astype(np.float32)
        told = rows.T @ wanted
        solved = np.linalg.solve(priced, told.astype(np.float64))
        return solved.astype(np.float64), usual


def smoothed(units: Units, scores: Scores) -> Scores:
    """Return scores that lean on those of the sentences before and after in the same turn."""
    if len(scores) < 2:
        return scores
    same = units.region[1:] == units.region[:-1]
    before, after = scores.copy(), scores.copy()
    before[1:][same] = scores[:-1][same]
    after[:-1][same] = scores[1:][same]
    return (scores + NEIGHBOURS * (before + after)) / (1 + 2 * NEIGHBOURS)


def scored(
    features: Features, model: Model, units: Units, chosen: Places, fold: Places, tick: Tick
) -> Matrix:
    """Return chosen units by codes, each by the weights that never saw its document.

    `fold` is of each chosen unit, -1 for those that no fold holds.
    """
    codes = model.whole.weights.shape[1]
    found = np.zeros((len(chosen), codes), dtype=np.float32)
    for here, rows in features.blocks(units, chosen):
        tick()
        folds = fold[here]
        part = np.zeros((len(rows), codes))
        held: list[int] = np.unique(folds).tolist()
        for one in held:
            weights = model.whole if one < 0 else model.without[one]
            part[folds == one] = weights.scores(rows[folds == one])
        found[here] = part
    return found
