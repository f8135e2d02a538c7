"""Packing an index and unpacking it; bytes of a stranger are refused, never followed."""

import zlib
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.jobs.progress import Progress
from qda.language.indexing import Reader, Source
from qda.language.packing import PackedText, Unreadable, pack, unpack, unpack_all

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


def planes(low: int, high: int) -> bytes:
    return np.array([low] * 10, "<u2").tobytes() + bytes([high] * 10)


def far(*values: int) -> bytes:
    return np.array(values, "<i4").tobytes()


@pytest.mark.parametrize(
    "forged",
    [
        {"words": 3},
        {"words": -1},
        {"words": 10**12},
        {"forms": b"nonsense"},
        {"forms": planes(99, 0)},
        {"forms": planes(0, 1)},
        {"forms": b"\x00" * 50_000},
        {"places": b"\x00" * 20},
        {"places": b"\x05" * 10 + b"\x00" * 10},
        {"places": b"\x05" * 10 + b"\xff" * 10},
        {"places": b"\x05" * 20},
        {"places": b"\x01" * 9},
        {"places": b"\x01" * 21},
        {"places": b"\xff" * 10 + b"\x01" * 10},
        {"places": b"\x01" * 20 + far(300)},
        {"places": b"\x01" * 9 + b"\xff" + b"\x01" * 10 + far(4)},
        {"places": b"\x01" * 9 + b"\xff" + b"\x01" * 10 + far(-300)},
        {"places": b"\x01" * 9 + b"\xff" + b"\x01" * 10 + far(2**31 - 12)},
        {"sentences": b"nonsense"},
        {"sentences": numbers(4, -4)},
        {"sentences": numbers(2**30)},
        {"sentences": zlib.compress(b"\x00" * 3)},
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


def test_texts_come_back_at_once_and_a_forged_one_is_left_out() -> None:
    reader = Reader()
    texts = ["", TEXT, " " * 400 + "Langt" + "\n" * 70_000 + "borte. Der.", "", "Så."]
    read = [reader.read(Source(one, "nb")) for one in texts]
    packed = {place: pack(one, one.forms) for place, one in enumerate(read)}
    limits = {place: len(one) for place, one in enumerate(texts)}
    line = unpack_all(packed, len(reader.vocabulary), limits, Progress())
    assert line.offsets.tolist() == [0, 0, 10, 13, 13, 14]
    for place, one in enumerate(read):
        here = slice(*line.offsets[place : place + 2].tolist())
        for name in ("forms", "starts", "lengths"):
            assert np.array_equal(getattr(line, name)[here], getattr(one, name))
        assert np.array_equal(line.sentences[place], one.sentences)
    packed[1] = replace(packed[1], places=packed[1].places + far(300))
    line = unpack_all(packed, len(reader.vocabulary), limits, Progress())
    assert (line.documents, line.offsets.tolist()) == ((0, 2, 3, 4), [0, 0, 3, 3, 4])
    assert line.starts.tolist() == [*read[2].starts.tolist(), *read[4].starts.tolist()]
