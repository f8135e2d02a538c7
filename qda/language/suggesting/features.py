"""What a stretch of words is compared by: dictionary forms, letters, and what stands around it.

Everything is hashed into a fixed number of columns (Weinberger et al. 2009), so that a project of
any size is learned from in the same room.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from qda.language.layout import Layout
from qda.language.suggesting.units import Places, Units
from qda.language.table import WordTable
from qda.text.ranges import expand

COLUMNS = 1_024
AT_ONCE = 1_000
"""Stretches whose features are made together."""
LETTERS = (3, 4, 5)
QUESTION, AROUND = 0.7, 0.5
"""How much the question and the neighbours say beside the words themselves, which say one."""

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class _Lists:
    """The features of every form: those of form f stand at `starts[f]:starts[f + 1]`."""

    starts: Places
    column: Places
    value: NDArray[np.float64]


class Features:
    """Rows of numbers for stretches of the words of one table. A row's length is 1 or 0 a part."""

    def __init__(self, table: WordTable, layout: Layout, tick: Callable[[], None]) -> None:
        """Take the forms apart; `tick` is called now and then, and may raise Cancelled."""
        self._table = table
        self._layout = layout
        vocabulary = table.vocabulary
        lemmas = ((one.partition(" ")[0],) if one else () for one in vocabulary.all_lemmas())
        self._lemmas = _hashed(lemmas, table.counts, tick)
        self._letters = _hashed(map(_pieces, vocabulary.all_forms()), table.counts, tick)
        # The same letters in the question, and around, are other features than in the words.
        shuffle = np.random.default_rng(1)
        self._question = shuffle.permutation(COLUMNS)
        self._around = shuffle.permutation(COLUMNS)

    def words(self, first: Places, stop: Places) -> Matrix:
        """Return rows for what is said in stretches of words alone; the parts weigh the same."""
        rows = np.arange(len(first), dtype=np.int64)
        return unit_rows(self._sum(self._lemmas, rows, first, stop, len(first))) + unit_rows(
            self._sum(self._letters, rows, first, stop, len(first))
        )

    def asked(self, units: Units, chosen: Places) -> Matrix:
        """Return rows for the questions that units answer."""
        bounds = self._layout.bounds
        known, place = np.unique(units.question[chosen], return_inverse=True)
        there = np.maximum(known, 0)
        stop = np.where(known >= 0, bounds[there + 1], bounds[there])
        rows = np.arange(len(known), dtype=np.int64)
        found = unit_rows(self._sum(self._letters, rows, bounds[there], stop, len(known)))
        return QUESTION * found[:, self._question][place]

    def around(self, units: Units, chosen: Places) -> Matrix:
        """Return rows for the sentences before and after, of the same turn."""
        last = len(units) - 1
        parts: list[tuple[Places, Places]] = []
        for other in (np.maximum(chosen - 1, 0), np.minimum(chosen + 1, last)):
            same = (units.region[other] == units.region[chosen]) & (other != chosen)
            rows = np.flatnonzero(same)
            parts.append((rows, other[rows]))
        rows = np.concatenate([one for one, _ in parts])
        unit = np.concatenate([one for _, one in parts])
        found = self._sum(self._letters, rows, units.first[unit], units.stop[unit], len(chosen))
        return AROUND * unit_rows(found)[:, self._around]

    def of(self, units: Units, chosen: Places) -> Matrix:
        """Return the rows of some units, with what is around them."""
        return (
            self.words(units.first[chosen], units.stop[chosen])
            + self.asked(units, chosen)
            + self.around(units, chosen)
        )

    def blocks(self, units: Units, chosen: Places) -> Iterator[tuple[slice, Matrix]]:
        """Yield the rows of units a thousand at a time, with where they stand in `chosen`."""
        for start in range(0, len(chosen), AT_ONCE):
            here = slice(start, min(start + AT_ONCE, len(chosen)))
            yield here, self.of(units, chosen[here])

    def _sum(self, lists: _Lists, rows: Places, first: Places, stop: Places, count: int) -> Matrix:
        """Return the sums of the features of all words; stretch s goes into row `rows[s]`."""
        stretch, word = expand(first, stop)
        forms = self._table.forms[word].astype(np.int64)
        owner, entry = expand(lists.starts[forms], lists.starts[forms + 1])
        flat = rows[stretch[owner]] * COLUMNS + lists.column[entry]
        sums = np.bincount(flat, lists.value[entry], minlength=count * COLUMNS)
        return sums.reshape(count, COLUMNS).astype(np.float32)


def _pieces(form: str) -> list[str]:
    """Return the runs of letters of a form, its ends marked."""
    marked = f" {form} " if form else ""
    return [
        marked[at : at + length] for length in LETTERS for at in range(len(marked) - length + 1)
    ]


def _hashed(forms: Iterable[Iterable[str]], counts: Places, tick: Callable[[], None]) -> _Lists:
    """Return columns and values for the features of every form; rare features weigh more."""
    numbers: dict[str, int] = {}
    feature: list[int] = []
    lengths: list[int] = []
    for at, pieces in enumerate(forms):
        before = len(feature)
        feature += [numbers.setdefault(piece, len(numbers)) for piece in pieces]
        lengths.append(len(feature) - before)
        if at % 4_096 == 0:
            tick()
    column, sign = np.zeros(len(numbers), np.int64), np.ones(len(numbers))
    for piece, number in numbers.items():
        mark = crc32(piece.encode())
        column[number] = mark % COLUMNS
        sign[number] = 1.0 if mark & 0x80000000 else -1.0
    starts = np.concatenate((np.zeros(1, np.int64), np.cumsum(lengths, dtype=np.int64)))
    entries = np.array(feature, dtype=np.int64)
    owner = np.repeat(np.arange(len(lengths)), lengths)
    often = np.bincount(entries, counts[owner], minlength=len(numbers))
    weight = sign * (np.log((1 + counts.sum()) / (1 + often)) + 1)
    return _Lists(starts, column[entries], weight[entries])


def unit_rows(rows: Matrix) -> Matrix:
    """Return rows of length 1, those of nothing as they are."""
    lengths = np.linalg.norm(rows, axis=1, keepdims=True)
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32)
