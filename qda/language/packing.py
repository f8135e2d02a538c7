"""The index of texts as bytes, and back; bytes from a stranger's file are checked.

A word takes five bytes: its form in two planes, the low sixteen bits and the high eight, the gap
to the word before and its length in a byte each. They are not compressed, since unfolding took
longer than all else that loading does, and saved a fifth.
"""

import zlib
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.jobs.progress import Progress
from qda.language.indexing import FLAG_BITS, IndexedText

_LEVEL = 1
_MOST = 400_000_000
"""Bytes that one packed array may unfold to: a text of a hundred million words."""
_FURTHEST = (1 << 31) - 256
_FAR = 255
"""A gap that is as long or longer stands among the far ones, behind the lengths."""


class Unreadable(ValueError):
    """What is packed is no index of a text of that many words."""


@dataclass(frozen=True, slots=True)
class PackedText:
    """The arrays of an `IndexedText` as bytes."""

    words: int
    forms: bytes
    places: bytes
    sentences: bytes


@dataclass(frozen=True, slots=True)
class Line:
    """Texts one behind the other; that of `documents[p]` is at `offsets[p]:offsets[p + 1]`.

    `sentences` are those of each text by itself, as an `IndexedText` has them.
    """

    documents: tuple[int, ...]
    offsets: NDArray[np.int64]
    forms: NDArray[np.int32]
    starts: NDArray[np.int32]
    lengths: NDArray[np.uint8]
    sentences: tuple[NDArray[np.int32], ...]


def pack(indexed: IndexedText, forms: NDArray[np.int32]) -> PackedText:
    """Pack a text with the project's numbers for its forms."""
    gaps = np.diff(indexed.starts, prepend=np.int32(0)).astype("<i4")
    near = np.minimum(gaps, _FAR).astype(np.uint8)
    places = near.tobytes() + indexed.lengths.tobytes() + gaps[gaps >= _FAR].tobytes()
    planes = (forms & 0xFFFF).astype("<u2").tobytes() + (forms >> 16).astype(np.uint8).tobytes()
    sentences = np.diff(indexed.sentences, prepend=np.int32(0)).astype("<i4")
    return PackedText(len(forms), planes, places, zlib.compress(sentences.tobytes(), _LEVEL))


def unpack(packed: PackedText, known_forms: int, characters: int) -> IndexedText:
    """Unpack a text. Raises Unreadable for what cannot be of a text of that length."""
    words = packed.words
    _check_sizes(packed)
    forms, starts = np.empty(words, dtype=np.int32), np.empty(words, dtype=np.int32)
    lengths = np.empty(words, dtype=np.uint8)
    _unpack_into(packed, known_forms, characters, (forms, starts, lengths))
    return IndexedText(forms, starts, lengths, _sentences(packed))


def unpack_all(
    packed: Mapping[int, PackedText], known_forms: int, characters: Mapping[int, int],
    progress: Progress,
) -> Line:  # fmt: skip
    """Unpack the texts of documents on one line; those that cannot be read are left out.

    Each is put where it belongs at once: arrays of all words are slow to make again and again.
    Raises Cancelled.
    """
    room = sum(len(one.forms) for one in packed.values()) // 3
    forms, starts = np.empty(room, dtype=np.int32), np.empty(room, dtype=np.int32)
    lengths = np.empty(room, dtype=np.uint8)
    kept: list[int] = []
    borders = [0]
    sentences: list[NDArray[np.int32]] = []
    for document, one in packed.items():
        progress.step(0)
        try:
            _check_sizes(one)
            here = slice(borders[-1], borders[-1] + one.words)
            _unpack_into(
                one, known_forms, characters[document], (forms[here], starts[here], lengths[here])
            )
            sentences.append(_sentences(one))
        except (Unreadable, KeyError):
            continue
        kept.append(document)
        borders.append(here.stop)
    end = borders[-1]
    offsets = np.array(borders, dtype=np.int64)
    return Line(tuple(kept), offsets, forms[:end], starts[:end], lengths[:end], tuple(sentences))


def _check_sizes(packed: PackedText) -> None:
    """Check that there are as many bytes as so many words take. Raises Unreadable."""
    words = packed.words
    far = len(packed.places) - 2 * words
    if not 0 <= words <= _MOST // 5 or len(packed.forms) != 3 * words or far < 0 or far % 4:
        raise Unreadable


def _unpack_into(
    packed: PackedText,
    known_forms: int,
    characters: int,
    to: tuple[NDArray[np.int32], NDArray[np.int32], NDArray[np.uint8]],
) -> None:
    """Put forms, starts and lengths where they belong. Raises Unreadable."""
    words, (forms, starts, lengths) = packed.words, to
    if not words:
        if packed.places:
            raise Unreadable
        return
    forms[:] = np.frombuffer(packed.forms, dtype="<u2", count=words)
    forms |= np.frombuffer(packed.forms, dtype="u1", offset=2 * words).astype(np.int32) << 16
    gaps = np.frombuffer(packed.places, dtype="u1", count=words)
    lengths[:] = np.frombuffer(packed.places, dtype="u1", offset=words, count=words)
    far = np.frombuffer(packed.places, dtype="<i4", offset=2 * words)
    at = np.flatnonzero(gaps == _FAR)
    sound = (
        int(forms.max()) < known_forms
        and len(at) == len(far)
        and int(far.min(initial=_FAR)) >= _FAR
        and int(gaps[1:].min(initial=1)) > 0
        and int(lengths.min()) > 0
        and int(gaps.sum(dtype=np.int64)) + int(far.sum(dtype=np.int64)) < _FURTHEST
    )
    if not sound:
        raise Unreadable
    starts[:] = gaps
    starts[at] = far
    np.cumsum(starts, out=starts)
    if int((starts + lengths).max()) > characters:
        raise Unreadable


def _sentences(packed: PackedText) -> NDArray[np.int32]:
    """Return the sentences of a text. Raises Unreadable."""
    gaps = np.frombuffer(_unfold(packed.sentences), dtype="<i4")
    sentences = np.cumsum(gaps, dtype=np.int64)
    if len(sentences) and not (
        int(gaps[1:].min(initial=1)) > 0
        and int(gaps[0]) >= 0
        and int(sentences[-1] >> FLAG_BITS) < packed.words
    ):
        raise Unreadable
    return sentences.astype(np.int32)


def _unfold(packed: bytes) -> bytes:
    """Decompress bytes that must come to a number of whole numbers. Raises Unreadable."""
    reader = zlib.decompressobj()
    try:
        unfolded = reader.decompress(packed, _MOST + 1)
    except zlib.error as error:
        raise Unreadable from error
    if len(unfolded) % 4 or not reader.eof or len(unfolded) > _MOST:
        raise Unreadable
    return unfolded
