"""The codings behind the cells of a table.

A table over a large project has hundreds of thousands of them, of which a few are looked at: made
into tuples all at once, they took longer than the counting.
"""

from array import array
from collections.abc import Sequence
from typing import cast, overload

from qda.model.ids import CodingId

Evidence = Sequence[Sequence[tuple[CodingId, ...]]]
"""Ids by row and column."""


class CellEvidence(Sequence[Sequence[tuple[CodingId, ...]]]):
    """The codings behind the cells of a table, kept packed and unpacked where they are looked at.

    It reads as a tuple of rows of tuples of ids, and equals one.
    """

    __slots__ = ("_ends", "_height", "_ids", "_width")

    def __init__(self, ids: "array[int]", ends: Sequence[int], shape: tuple[int, int]) -> None:
        """Keep `ids` of all cells, row by row; a cell's end at `ends`, one more than the cells."""
        self._ids = ids
        self._ends = ends
        self._height, self._width = shape

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._height

    @overload
    def __getitem__(self, index: int) -> "EvidenceRow": ...
    @overload
    def __getitem__(self, index: slice) -> "tuple[EvidenceRow, ...]": ...
    def __getitem__(self, index: int | slice) -> "EvidenceRow | tuple[EvidenceRow, ...]":
        """Return a row, or several."""
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(self._height)))
        first = range(self._height)[index] * self._width
        return EvidenceRow(self._ids, self._ends[first : first + self._width + 1])

    def __eq__(self, other: object) -> bool:
        """Tell whether the same codings stand in the same cells."""
        if not isinstance(other, Sequence):
            return NotImplemented
        rows = cast("Sequence[object]", other)
        return len(self) == len(rows) and all(
            one == another for one, another in zip(self, rows, strict=True)
        )

    def __hash__(self) -> int:
        """Return the hash of the same as tuples."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Show it as the tuples that it stands for."""
        return repr(tuple(self))


def has_codings(evidence: Evidence, row: int, column: int) -> bool:
    """Tell whether codings stand behind a cell, without unpacking them."""
    cells = evidence[row]
    return cells.is_filled(column) if isinstance(cells, EvidenceRow) else bool(cells[column])


class EvidenceRow(Sequence[tuple[CodingId, ...]]):
    """The codings behind the cells of one row; see `CellEvidence`."""

    __slots__ = ("_ends", "_ids")

    def __init__(self, ids: "array[int]", ends: Sequence[int]) -> None:
        """Show of `ids` what stands between each two of `ends`."""
        self._ids = ids
        self._ends = ends

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self._ends) - 1

    def is_filled(self, at: int) -> bool:
        """Tell whether a cell has codings."""
        return self._ends[at] < self._ends[at + 1]

    @overload
    def __getitem__(self, index: int) -> tuple[CodingId, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[CodingId, ...], ...]: ...
    def __getitem__(
        self, index: int | slice
    ) -> tuple[CodingId, ...] | tuple[tuple[CodingId, ...], ...]:
        """Return the ids of a cell, or of several."""
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        at = range(len(self))[index]
        return tuple(map(CodingId, self._ids[self._ends[at] : self._ends[at + 1]]))

    def __eq__(self, other: object) -> bool:
        """Tell whether the same codings stand in the same cells."""
        return isinstance(other, Sequence) and tuple(self) == tuple(cast("Sequence[object]", other))

    def __hash__(self) -> int:
        """Return the hash of the same as tuples."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Show it as the tuples that it stands for."""
        return repr(tuple(self))
