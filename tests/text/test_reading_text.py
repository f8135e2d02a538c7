"""Words made whole for finding, each character at its place in the canonical text."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.reading_text import reading_text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("vanlig tekst", "vanlig tekst"),
        ("opp-\nfølging", "oppfølging"),
        ("opp- \n \n følging", "oppfølging"),
        ("Nav-\nkontor", "Nav-kontor"),
        ("mål-\nog resultatstyring", "mål-\nog resultatstyring"),
        ("mål\u00adkort, mål\u00ad\n kort", "målkort, målkort"),
        ("linje -\nny", "linje -\nny"),
        ("2012-\n2014", "2012-\n2014"),
    ],
)
def test_reading(text: str, expected: str) -> None:
    assert reading_text(text).text == expected


def test_the_text_itself_says_what_a_hyphen_is() -> None:
    assert reading_text("super-bruker, super-\nbruker").text == "super-bruker, super-bruker"
    assert reading_text("superbruker, super-\nbruker").text == "superbruker, superbruker"


@given(st.text(alphabet="abÅ-\n \u00ad\u200b1.", max_size=80))
def test_every_character_leads_back(text: str) -> None:
    reading = reading_text(text)
    places = reading.to_canonical(np.arange(len(reading.text), dtype=np.int64))
    assert [text[place] for place in places.tolist()] == list(reading.text)
    assert (np.diff(places) > 0).all()
