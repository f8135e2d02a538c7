"""Rows of a long list that are made when they come into sight."""

from collections.abc import Callable, Sequence
from typing import TypeVar, overload

T = TypeVar("T")
CHUNK = 100


class LazyRows(Sequence[T]):
    """As many rows as there are identifiers; each hundred is made when one of them is asked for."""

    def __init__(
        self, identifiers: Sequence[object], make: Callable[[Sequence[object]], Sequence[T]]
    ) -> None:
        """Make rows by `make`, which returns one for each identifier it gets."""
        self._identifiers = identifiers
        self._make = make
        self._made: dict[int, Sequence[T]] = {}

    def __len__(self) -> int:
        """Return how many rows there are."""
        return len(self._identifiers)

    @overload
    def __getitem__(self, place: int) -> T: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[T]: ...
    def __getitem__(self, place: int | slice) -> T | Sequence[T]:
        """Return a row, or some."""
        if isinstance(place, slice):
            return [self[one] for one in range(*place.indices(len(self)))]
        if not 0 <= place < len(self):
            raise IndexError(place)
        chunk = place // CHUNK
        if chunk not in self._made:
            first = chunk * CHUNK
            self._made[chunk] = self._make(self._identifiers[first : first + CHUNK])
        return self._made[chunk][place % CHUNK]

    def place_of(self, identifier: object) -> int | None:
        """Return where a row is, without making it; None where there is none."""
        try:
            # A look through a long list takes less than a table of its places.
            return self._identifiers.index(identifier)
        except ValueError:
            return None
