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
    tick()
    ridge = _Ridge.of(rows)
    tasks = [(group, _Task.of(ridge, [lessons[at] for at in group])) for group in groups]
    for one in range(count + 1):
        tick()
        held = ridge.removed(np.flatnonzero(fold == one))
        for group, task in tasks:
            tick()
            others = task.out.chosen(fold[task.out.places] != one)
            removed = held.and_others(others) if len(others.places) else held
            weights, constant = task.without(ridge, removed)
            found[one].weights[:, group] = weights
            found[one].constant[group] = constant
    return Model(found[-1], tuple(found[:-1]))


@dataclass(frozen=True, slots=True)
class _Removed:
    """Rows that are not learned from: their places, themselves, and the inverse times them.

    Of very many the last is left out.
    """

    places: Places
    rows: Matrix
    solved: Matrix | None

    def chosen(self, kept: Flags) -> "_Removed":
        solved = None if self.solved is None else self.solved[:, kept]
        return _Removed(self.places[kept], self.rows[kept], solved)

    def and_others(self, more: "_Removed") -> "_Removed":
        places = np.concatenate((self.places, more.places))
        rows = np.concatenate((self.rows, more.rows))
        if self.solved is None or more.solved is None or len(places) > COLUMNS:
            return _Removed(places, rows, None)
        return _Removed(places, rows, np.concatenate((self.solved, more.solved), axis=1))


@dataclass(frozen=True, slots=True)
class _Ridge:
    """Least squares with a price over all rows, from which rows can be removed again."""

    rows: Matrix
    products: Numbers
    inverse: Numbers
    rough: Matrix
    """The inverse in half the room."""

    @classmethod
    def of(cls, rows: Matrix) -> "_Ridge":
        products = (rows.T @ rows).astype(np.float64)
        products.flat[:: len(products) + 1] += PRICE
        inverse = np.linalg.inv(products).astype(np.float64, copy=False)
        return cls(rows, products, inverse, inverse.astype(np.float32))

    def removed(self, places: Places) -> _Removed:
        some = self.rows[places]
        if len(places) > COLUMNS:
            return _Removed(places, some, None)
        return _Removed(places, some, self.rough @ some.T)

    def without(self, removed: _Removed, told: Numbers, whole: Numbers, theirs: Numbers) -> Numbers:
        """Return the weights that never saw some rows.

        `told` are the products of all rows with what is to be learned, `whole` the weights that
        come of them, `theirs` what is to be learned of the removed rows. Removing few rows is a
        small correction (Woodbury 1950); for many it is as quick to begin anew.
        """
        if not len(removed.places):
            return whole
        if removed.solved is None:
            products = self.products - (removed.rows.T @ removed.rows)
            return _solved(products, told - removed.rows.T @ theirs)
        own = np.eye(len(removed.places)) - removed.rows @ removed.solved
        return whole + removed.solved @ _solved(own, removed.rows @ whole - theirs)


@dataclass(frozen=True, slots=True)
class _Task:
    """What some codes are to be learned from, with a column of ones behind them."""

    wanted: Numbers
    out: _Removed
    told: Numbers
    whole: Numbers

    @classmethod
    def of(cls, ridge: _Ridge, lessons: Sequence[Lesson]) -> "_Task":
        rest = [one.positive - PRIOR * one.keywords for one in lessons]
        wanted = np.stack([*rest, np.ones(len(ridge.rows))], axis=1)
        told = (ridge.rows.T @ wanted.astype(np.float32)).astype(np.float64)
        out = ridge.removed(np.flatnonzero(lessons[0].left_out))
        return cls(wanted, out, told, ridge.inverse @ told)

    def without(self, ridge: _Ridge, removed: _Removed) -> tuple[Numbers, Numbers]:
        """Return the weights that never saw some rows, and what is usual in the others.

        What is usual is taken off before anything is learned: the column of ones says how much.
        """
        theirs = self.wanted[removed.places]
        count = len(self.wanted) - len(removed.places)
        usual = (self.wanted.sum(axis=0) - theirs.sum(axis=0))[:-1] / max(count, 1)
        weights = ridge.without(removed, self.told, self.whole, theirs)
        return weights[:, :-1] - weights[:, -1:] * usual, usual


def _solved(products: Numbers, told: Numbers) -> Numbers:
    return np.linalg.solve(products, told).astype(np.float64, copy=False)


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
