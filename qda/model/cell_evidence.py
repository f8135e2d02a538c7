"""The codings behind the cells of a table.

A table over a large project has hundreds of thousands of them, of which a few are looked at: made
into tuples all at once, they took longer than the counting.
"""

from array import array
from collections.abc import Callable, Sequence
from typing import Generic, TypeVar, cast, overload

from qda.model.ids import CodingId

T = TypeVar("T")
Unpack = Callable[["array[int]"], tuple[T, ...]]
"""Makes of the numbers of a cell what is read there."""
Evidence = Sequence[Sequence[tuple[CodingId, ...]]]
"""Ids by row and column."""


class PackedCells(Sequence["PackedRow[T]"], Generic[T]):
    """What stands behind the cells of a table, kept packed and unpacked where it is looked at.

    It reads as a tuple of rows of tuples, and equals one.
    """

    __slots__ = ("_ends", "_height", "_packed", "_unpack", "_width")

    def __init__(
        self,
        packed: "array[int]",
        ends: Sequence[int],
        shape: tuple[int, int],
        unpack: "Unpack[T]",
    ) -> None:
        """Keep what is `packed` of all cells, row by row; a cell's end at `ends`.

        There is one end more than there are cells, the first of them 0. `unpack` makes of the
        numbers of one cell what is read there: nothing of none, something of some.
        """
        self._packed = packed
        self._ends = ends
        self._height, self._width = shape
        self._unpack = unpack

    def __len__(self) -> int:
        """Return the number of rows."""
        return self._height

    @overload
    def __getitem__(self, index: int) -> "PackedRow[T]": ...
    @overload
    def __getitem__(self, index: slice) -> "tuple[PackedRow[T], ...]": ...
    def __getitem__(self, index: int | slice) -> "PackedRow[T] | tuple[PackedRow[T], ...]":
        """Return a row, or several."""
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(self._height)))
        first = range(self._height)[index] * self._width
        return PackedRow(self._packed, self._ends[first : first + self._width + 1], self._unpack)

    def __eq__(self, other: object) -> bool:
        """Tell whether the same stands in the same cells."""
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


class CellEvidence(PackedCells[CodingId]):
    """The codings behind the cells of a table: the ids themselves are what is packed."""

    __slots__ = ()

    def __init__(self, ids: "array[int]", ends: Sequence[int], shape: tuple[int, int]) -> None:
        """Keep `ids` of all cells, row by row; a cell's end at `ends`, one more than the cells."""
        super().__init__(ids, ends, shape, _ids)


def has_codings(evidence: Evidence, row: int, column: int) -> bool:
    """Tell whether codings stand behind a cell, without unpacking them."""
    cells = evidence[row]
    return cells.is_filled(column) if isinstance(cells, PackedRow) else bool(cells[column])


class PackedRow(Sequence[tuple[T, ...]], Generic[T]):
    """What stands behind the cells of one row; see `PackedCells`."""

    __slots__ = ("_ends", "_packed", "_unpack")

    def __init__(self, packed: "array[int]", ends: Sequence[int], unpack: "Unpack[T]") -> None:
        """Show of what is `packed` what stands between each two of `ends`."""
        self._packed = packed
        self._ends = ends
        self._unpack = unpack

    def __len__(self) -> int:
        """Return the number of cells."""
        return len(self._ends) - 1

    def is_filled(self, at: int) -> bool:
        """Tell whether anything stands behind a cell."""
        return self._ends[at] < self._ends[at + 1]

    @overload
    def __getitem__(self, index: int) -> tuple[T, ...]: ...
    @overload
    def __getitem__(self, index: slice) -> tuple[tuple[T, ...], ...]: ...
    def __getitem__(self, index: int | slice) -> tuple[T, ...] | tuple[tuple[T, ...], ...]:
        """Return what stands behind a cell, or behind several."""
        if isinstance(index, slice):
            return tuple(self[at] for at in range(*index.indices(len(self))))
        at = range(len(self))[index]
        return self._unpack(self._packed[self._ends[at] : self._ends[at + 1]])

    def __eq__(self, other: object) -> bool:
        """Tell whether the same stands in the same cells."""
        return isinstance(other, Sequence) and tuple(self) == tuple(cast("Sequence[object]", other))

    def __hash__(self) -> int:
        """Return the hash of the same as tuples."""
        return hash(tuple(self))

    def __repr__(self) -> str:
        """Show it as the tuples that it stands for."""
        return repr(tuple(self))


def _ids(packed: "array[int]") -> tuple[CodingId, ...]:
    return tuple(map(CodingId, packed))
