"""Words as the matrix counts them: runs of non-white-space that hold a letter or a digit."""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CORE = re.compile(r"[^\W_](?:\S*[^\W_])?")
_OTHER, _ALPHANUMERIC, _SPACE = 0, 1, 2
_TABLE_SIZE = 0x10000


def count_words(text: str) -> int:
    """Return how many words `text` has."""
    return len(_CORE.findall(text))


def word_spans(text: str) -> "tuple[NDArray[np.int32], NDArray[np.int32]]":
    """Return where the words' cores start and end, in text order.

    A core reaches from a word's first to its last letter or digit, so that quotation marks and
    commas belong to no core. Half-open code points. Done on whole arrays: 30 million
    characters are counted for one table.
    """
    import numpy as np  # lazy: start-up

    kinds = _kinds(text)
    places = np.flatnonzero(kinds == _ALPHANUMERIC).astype(np.int32)
    if not len(places):
        return places, places
    run = np.cumsum(kinds == _SPACE, dtype=np.int32)[places]
    border = run[1:] != run[:-1]
    starts = places[np.concatenate(([True], border))]
    ends = places[np.concatenate((border, [True]))] + np.int32(1)
    return starts, ends


def chunk_starts(text: str) -> "NDArray[np.int64]":
    """Return where the runs of non-white-space begin: the pieces of `text.split()`, in order."""
    import numpy as np  # lazy: start-up

    inked = _kinds(text) != _SPACE
    before = np.concatenate((np.zeros(1, dtype=np.bool_), inked[:-1])) if len(inked) else inked
    return np.flatnonzero(inked & ~before)


def _kinds(text: str) -> "NDArray[np.uint8]":
    """Return the kind of every character."""
    import numpy as np  # lazy: start-up

    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    kinds = _kinds_table()[np.minimum(points, _TABLE_SIZE - 1)]
    for place in np.flatnonzero(points >= _TABLE_SIZE).tolist():
        kinds[place] = _kind(text[place])
    return kinds


@cache
def _kinds_table() -> "NDArray[np.uint8]":
    """Return the kind of every code point of the basic plane."""
    import numpy as np  # lazy: start-up

    kinds = (_kind(chr(point)) for point in range(_TABLE_SIZE))
    return np.fromiter(kinds, dtype=np.uint8, count=_TABLE_SIZE)


def _kind(character: str) -> int:
    if character.isalnum():
        return _ALPHANUMERIC
    return _SPACE if character.isspace() else _OTHER
