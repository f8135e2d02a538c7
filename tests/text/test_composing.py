"""Letters written in two ways are the same to a search, and what is found stands in the text."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.composing import composed
from qda.text.finding import find_all

RING = "a\u030a"


@pytest.mark.parametrize(
    ("text", "query", "found"),
    [
        (f"M{RING}let er n{RING}dd", "målet", [f"M{RING}let"]),
        (f"M{RING}let er n{RING}dd", f"n{RING}dd", [f"n{RING}dd"]),
        ("Målet er nådd", f"m{RING}let", ["Målet"]),
        (f"{RING} nei, a!", "a", ["a"]),
        (f"{RING} nei, a!", "å", [RING]),
        ("\u212b og Å", "å", ["\u212b", "Å"]),
        ("q\u0307 og q", "q", ["q", "q"]),
        (f"første linje\nm{RING}l\r\nog m{RING}l", "mål", [f"m{RING}l", f"m{RING}l"]),
        (f"m{RING}l\n  og {RING}r", "mål og år", [f"m{RING}l\n  og {RING}r"]),
        ("e\u0323\u0302 og e\u0302\u0323", "ệ", ["e\u0323\u0302", "e\u0302\u0323"]),
        ("😀 m" + RING + "l 😀", "mål", [f"m{RING}l"]),
    ],
)
def test_what_is_found_is_a_stretch_of_the_text(text: str, query: str, found: list[str]) -> None:
    assert [text[start:end] for start, end in find_all(text, query)] == found


def test_a_text_that_is_composed_is_looked_through_as_it_is() -> None:
    made = composed("Målet")
    assert (made.text, len(made.starts)) == ("Målet", 0)
    assert made.place(1, 3) == (1, 3)


LETTERS = st.text(st.sampled_from("aåeo\u030a\u0308\u0301\u0323\u212b q\n\u1100\u1161\u11a8É😀"))


@given(LETTERS)
def test_the_composed_text_is_normal_and_every_character_has_its_place(text: str) -> None:
    made = composed(text)
    assert made.text == unicodedata.normalize("NFC", text)
    if made.starts:
        assert len(made.starts) == len(made.ends) == len(made.text)
        for at in range(len(made.text)):
            start, end = made.place(at, at + 1)
            assert 0 <= start < end <= len(text)
            assert made.text[at] in unicodedata.normalize("NFC", text[start:end])
        assert made.place(0, len(made.text)) == (0, len(text))


@given(LETTERS, st.text(st.sampled_from("aåq \u212bé"), min_size=1))
def test_both_ways_of_writing_find_the_same(text: str, query: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    together = unicodedata.normalize("NFC", text)

    def words(where: str) -> list[str]:
        return [unicodedata.normalize("NFC", where[a:b]) for a, b in find_all(where, query)]

    assert len(words(apart)) == len(words(together))
