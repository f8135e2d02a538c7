"""Packing an index and unpacking it; bytes of a stranger are refused, never followed."""

import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.language.indexing import Reader, Source
from qda.language.packing import PackedText, Unreadable, pack, unpack

TEXT = "Vi teller. Vi ringer folk, og så går vi hjem."


def packed(text: str = TEXT) -> tuple[PackedText, int]:
    reader = Reader()
    indexed = reader.read(Source(text, "nb"))
    return pack(indexed, indexed.forms), len(reader.vocabulary)


@given(st.text(alphabet="ab .\n-Å", max_size=80))
def test_a_text_comes_back_as_it_was(text: str) -> None:
    reader = Reader()
    indexed = reader.read(Source(text, "nb"))
    back = unpack(pack(indexed, indexed.forms), len(reader.vocabulary), len(text))
    for name in ("forms", "starts", "lengths", "sentences"):
        assert np.array_equal(getattr(back, name), getattr(indexed, name))


def numbers(*values: int) -> bytes:
    return zlib.compress(np.array(values, dtype="<i4").tobytes())


@pytest.mark.parametrize(
    "forged",
    [
        {"words": 3},
        {"words": 10**12},
        {"forms": b"nonsense"},
        {"forms": zlib.compress(b"\x00" * 12)},
        {"forms": numbers(*[99] * 10)},
        {"forms": numbers(*[-1] * 10)},
        {"places": zlib.compress(b"\x00" * 50)},
        {"places": zlib.compress(np.array([5] * 10, "<i4").tobytes() + b"\xff" * 10)},
        {"places": zlib.compress(np.array([2**30] * 10, "<i4").tobytes() + b"\x01" * 10)},
        {"sentences": numbers(4, -4)},
        {"sentences": numbers(2**30)},
        {"sentences": zlib.compress(b"\x00" * 3)},
        {"forms": zlib.compress(b"\x00" * 50_000_000)},
    ],
)
def test_what_is_no_index_is_refused(forged: dict[str, object]) -> None:
    sound, forms = packed()
    assert sound.words == 10
    with pytest.raises(Unreadable):
        unpack(replace(sound, **forged), forms, len(TEXT))  # pyright: ignore[reportArgumentType]


def test_an_index_of_a_longer_text_is_refused() -> None:
    sound, forms = packed()
    with pytest.raises(Unreadable):
        unpack(sound, forms, len(TEXT) - 10)
