import hashlib
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.normalise import dropped_warning, normalise, text_hash


def test_only_newlines_change_in_ordinary_text() -> None:
    assert normalise("a\r\nb\rc\nd\n\r\ne") == ("a\nb\nc\nd\n\ne", 0)


@pytest.mark.parametrize(
    "kept",
    [
        "\u00a0",
        "\u2028",
        "\u2029",
        "\u00ad",
        "\u0085",
        "\t",
        "e\u0301",
        "\U0001f642",
        "\u200b",
        "ﬁ",
    ],
)
def test_what_is_text_stays(kept: str) -> None:
    assert normalise(f"a{kept}b") == (f"a{kept}b", 0)


@pytest.mark.parametrize(
    "point", [0x0, 0x7, 0xB, 0xC, 0x1B, 0x7F, 0x80, 0x9F, 0xD800, 0xDFFF, 0xFFFE, 0xFFFF]
)
def test_what_is_never_text_goes_and_is_counted(point: int) -> None:
    assert normalise(f"a{chr(point)}b{chr(point)}") == ("ab", 2)


def test_a_mark_at_the_beginning_is_not_counted() -> None:
    assert normalise("\ufeffHei") == ("Hei", 0)
    assert normalise("Hei\ufeff") == ("Hei", 1)


def test_no_unicode_normalisation() -> None:
    text = unicodedata.normalize("NFD", "på øya")
    assert normalise(text) == (text, 0)


def test_hash_is_that_of_the_utf8_bytes() -> None:
    assert text_hash("mål") == hashlib.sha256("mål".encode()).hexdigest()


def test_warning_counts() -> None:
    assert str(dropped_warning(1)).startswith("1 control character that")
    assert str(dropped_warning(3)).startswith("3 control characters that")


@given(st.text())
def test_normalising_twice_is_normalising_once(text: str) -> None:
    once, _ = normalise(text)
    assert normalise(once) == (once, 0)
    assert "\r" not in once
    text_hash(once)
