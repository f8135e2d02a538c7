"""The index of a text as bytes, and back; bytes from a stranger's file are checked."""

import zlib
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.language.indexing import FLAG_BITS, IndexedText

_LEVEL = 1
_MOST = 400_000_000
"""Bytes that one packed array may unfold to: a text of a hundred million words."""


class Unreadable(ValueError):
    """What is packed is no index of a text of that many words."""


@dataclass(frozen=True, slots=True)
class PackedText:
    """The arrays of an `IndexedText`, each compressed."""

    words: int
    forms: bytes
    places: bytes
    sentences: bytes


def pack(indexed: IndexedText, forms: NDArray[np.int32]) -> PackedText:
    """Pack a text with the project's numbers for its forms."""
    gaps = np.diff(indexed.starts, prepend=np.int32(0)).astype(np.int32)
    places = gaps.tobytes() + indexed.lengths.tobytes()
    sentences = np.diff(indexed.sentences, prepend=np.int32(0)).astype(np.int32)
    return PackedText(
        len(forms),
        zlib.compress(forms.astype("<i4").tobytes(), _LEVEL),
        zlib.compress(places, _LEVEL),
        zlib.compress(sentences.tobytes(), _LEVEL),
    )


def unpack(packed: PackedText, known_forms: int, characters: int) -> IndexedText:
    """Unpack a text. Raises Unreadable for what cannot be of a text of that length."""
    words = packed.words
    forms = np.frombuffer(_unfold(packed.forms, 4 * words), dtype="<i4").astype(np.int32)
    places = _unfold(packed.places, 5 * words)
    gaps = np.frombuffer(places[: 4 * words], dtype="<i4")
    lengths = np.frombuffer(places[4 * words :], dtype=np.uint8)
    sentences = np.cumsum(np.frombuffer(_unfold(packed.sentences, None), dtype="<i4"))
    starts = np.cumsum(gaps, dtype=np.int64)
    sound = (
        not words
        or (
            int(forms.min()) >= 0
            and int(forms.max()) < known_forms
            and int(gaps[1:].min(initial=1)) > 0
            and int(starts[0]) >= 0
            and int((starts + lengths).max()) <= characters
            and int(lengths.min()) > 0
        )
    ) and (
        not len(sentences)
        or (
            int(np.diff(sentences).min(initial=1)) > 0
            and int(sentences[0]) >= 0
            and int(sentences[-1] >> FLAG_BITS) < words
        )
    )
    if not sound:
        raise Unreadable
    return IndexedText(forms, starts.astype(np.int32), lengths, sentences.astype(np.int32))


def _unfold(packed: bytes, size: int | None) -> bytes:
    """Decompress bytes that must come to `size`; without one, to a number of whole numbers."""
    limit = _MOST if size is None else size
    if limit > _MOST:
        raise Unreadable
    reader = zlib.decompressobj()
    try:
        unfolded = reader.decompress(packed, limit + 1)
    except zlib.error as error:
        raise Unreadable from error
    right = len(unfolded) % 4 == 0 if size is None else len(unfolded) == size
    if not right or not reader.eof or len(unfolded) > limit:
        raise Unreadable
    return unfolded
