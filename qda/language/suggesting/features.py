"""What a stretch of words is compared by: dictionary forms, letters, and what stands around it.

Everything is hashed into a fixed number of columns (Weinberger et al. 2009), so that a project of
any size is learned from in the same room.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from qda.language.layout import Layout
from qda.language.suggesting.units import Places, Units
from qda.language.table import WordTable
from qda.language.vocabulary import Vocabulary
from qda.text.ranges import expand

COLUMNS = 2_048
AT_ONCE = 1_000
"""Stretches whose features are made together."""
LETTERS = (3, 4, 5)
QUESTION, AROUND = 0.7, 0.5
"""How much the question and the neighbours say beside the words themselves, which say one."""

Matrix = NDArray[np.float32]
Marks = NDArray[np.uint64]
Tick = Callable[[], None]
_KINDS = 20
"""Bits by which features are told apart when it is counted how often each occurs."""


@dataclass(frozen=True, slots=True)
class _Lists:
    """The features of every form: those of form f stand at `starts[f]:starts[f + 1]`."""

    starts: Places
    column: Places
    value: NDArray[np.float64]


class Features:
    """Rows of numbers for stretches of the words of one table. A row's length is 1 or 0 a part."""

    def __init__(self, table: WordTable, layout: Layout, tick: Tick) -> None:
        """Take the forms apart; `tick` is called now and then, and may raise Cancelled."""
        self._table = table
        self._layout = layout
        self._lemmas = _lemmas(table.vocabulary, table.counts)
        self._letters = _runs(table.vocabulary, table.counts, tick)
        # The same letters in the question, and around, are other features than in the words.
        shuffle = np.random.default_rng(1)
        self._question = shuffle.permutation(COLUMNS)
        self._around = shuffle.permutation(COLUMNS)

    def words(self, first: Places, stop: Places) -> Matrix:
        """Return rows for what is said in stretches of words alone; the parts weigh the same."""
        both = (self._sums(lists, first, stop) for lists in (self._lemmas, self._letters))
        lemmas, letters = map(unit_rows, both)
        return lemmas + letters

    def asked(self, units: Units, chosen: Places) -> Matrix:
        """Return rows for the questions that units answer."""
        bounds = self._layout.bounds
        known, place = np.unique(units.question[chosen], return_inverse=True)
        there = np.maximum(known, 0)
        stop = np.where(known >= 0, bounds[there + 1], bounds[there])
        found = unit_rows(self._sums(self._letters, bounds[there], stop))
        return QUESTION * np.take(found, self._question, axis=1)[place]

    def of(self, units: Units, chosen: Places) -> Matrix:
        """Return the rows of some units, with what is around them.

        What stands around is the sentences before and after in the same turn. Their letters are
        added up once for all units that they stand in or beside.
        """
        last = len(units) - 1
        beside = (np.maximum(chosen - 1, 0), np.minimum(chosen + 1, last))
        needed = np.unique(np.concatenate((chosen, *beside)))
        letters = self._sums(self._letters, units.first[needed], units.stop[needed])
        nobody = np.zeros((1, COLUMNS), dtype=np.float32)
        letters = np.concatenate((letters, nobody))
        before, behind = (
            np.where(
                (units.region[other] == units.region[chosen]) & (other != chosen),
                np.searchsorted(needed, other),
                len(needed),
            )
            for other in beside
        )
        around = unit_rows(letters[before] + letters[behind])
        found = unit_rows(letters[np.searchsorted(needed, chosen)])
        found += unit_rows(self._sums(self._lemmas, units.first[chosen], units.stop[chosen]))
        found += self.asked(units, chosen)
        # `take` leaves rows in one piece, which an index for columns does not.
        found += np.float32(AROUND) * np.take(around, self._around, axis=1)
        return found

    def blocks(self, units: Units, chosen: Places) -> Iterator[tuple[slice, Matrix]]:
        """Yield the rows of units a thousand at a time, with where they stand in `chosen`."""
        for start in range(0, len(chosen), AT_ONCE):
            here = slice(start, min(start + AT_ONCE, len(chosen)))
            yield here, self.of(units, chosen[here])

    def _sums(self, lists: _Lists, first: Places, stop: Places) -> Matrix:
        """Return the sums of the features of all words, a row for each stretch."""
        stretch, word = expand(first, stop)
        forms = self._table.forms[word].astype(np.int64)
        owner, entry = expand(lists.starts[forms], lists.starts[forms + 1])
        flat = stretch[owner] * COLUMNS + lists.column[entry]
        sums = np.bincount(flat, lists.value[entry], minlength=len(first) * COLUMNS)
        return sums.reshape(len(first), COLUMNS).astype(np.float32)


def _lemmas(vocabulary: Vocabulary, counts: Places) -> _Lists:
    """Return the likeliest dictionary form of every form, which is a feature each."""
    lemmas = [one.partition(" ")[0] for one in vocabulary.all_lemmas()]
    marks = np.array([crc32(one.encode()) for one in lemmas], dtype=np.uint64)
    there = np.array([bool(one) for one in lemmas], dtype=np.bool_)
    return _lists(np.flatnonzero(there), marks[there], counts)


def _runs(vocabulary: Vocabulary, counts: Places, tick: Tick) -> _Lists:
    """Return the runs of letters of every form, its ends marked by blanks."""
    marked = [f" {form} " if form else "" for form in vocabulary.all_forms()]
    lengths = np.fromiter(map(len, marked), dtype=np.int64, count=len(marked))
    letters = np.frombuffer("".join(marked).encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    owner = np.repeat(np.arange(len(marked)), lengths)
    ends = np.cumsum(lengths)[owner]
    owners: list[Places] = []
    marks: list[Marks] = []
    for length in LETTERS:
        tick()
        starts = np.flatnonzero(np.arange(len(letters)) + length <= ends)
        mark = np.full(len(starts), length, dtype=np.uint64)
        for at in range(length):
            mark = _mixed(mark ^ letters[starts + at])
        owners.append(owner[starts])
        marks.append(mark)
    everyone, mark = np.concatenate(owners), np.concatenate(marks)
    order = np.argsort(everyone, kind="stable")
    return _lists(everyone[order], mark[order], counts)


def _mixed(marks: Marks) -> Marks:
    """Return marks whose every bit depends on all bits of the given ones (SplitMix64)."""
    marks = (marks ^ (marks >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    marks = (marks ^ (marks >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return marks ^ (marks >> np.uint64(31))


def _lists(owner: Places, marks: Marks, counts: Places) -> _Lists:
    """Return columns and values of features by their marks; rare ones weigh more.

    `owner` is the form of each feature, ascending; `counts` how often each form occurs.
    """
    mixed = _mixed(marks)
    kind = (mixed >> np.uint64(64 - _KINDS)).astype(np.int64)
    often = np.bincount(kind, counts[owner], minlength=1 << _KINDS)[kind]
    sign = np.where((mixed >> np.uint64(20)) & np.uint64(1), 1.0, -1.0)
    starts = np.searchsorted(owner, np.arange(len(counts) + 1)).astype(np.int64)
    column = (mixed % np.uint64(COLUMNS)).astype(np.int64)
    return _Lists(starts, column, sign * (np.log((1 + counts.sum()) / (1 + often)) + 1))


def unit_rows(rows: Matrix) -> Matrix:
    """Return rows of length 1, those of nothing as they are."""
    lengths = np.sqrt(np.einsum("rc,rc->r", rows, rows))[:, None]
    return (rows / np.where(lengths > 0, lengths, 1)).astype(np.float32, copy=False)
