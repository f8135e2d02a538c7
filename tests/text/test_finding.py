"""Words are found whatever their case and line, and å is never a."""

from hypothesis import given
from hypothesis import strategies as st

from qda.text.finding import MOST, find_all


def test_case_is_ignored_and_letters_are_not_folded() -> None:
    assert find_all("Mål og mal, MÅL", "mål") == [(0, 3), (12, 15)]


def test_white_space_in_the_query_matches_a_line_break() -> None:
    assert find_all("tavla\n hver mandag", "tavla hver") == [(0, 11)]


def test_signs_of_patterns_are_only_signs() -> None:
    assert find_all("(ler) a.b", "(ler)") == [(0, 5)]
    assert find_all("axb", "a.b") == []


def test_nothing_is_found_for_nothing() -> None:
    assert find_all("tekst", "   ") == []


def test_the_number_of_places_is_bounded() -> None:
    assert len(find_all("a" * (MOST + 5), "a")) == MOST


@given(st.text(max_size=40), st.text(min_size=1, max_size=3))
def test_every_place_holds_the_words(text: str, query: str) -> None:
    for start, end in find_all(text, query):
        assert 0 <= start < end <= len(text)
        assert len(text[start:end].split()) == len(query.split())
