import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text.collation import sort_key

LANGUAGES = st.sampled_from(["nb", "nn", "en"])


def in_order(words: list[str], language: str) -> list[str]:
    return sorted(words, key=lambda word: sort_key(word, language))


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_norwegian_letters_come_last(language: str) -> None:
    words = ["åpning", "ære", "øving", "zoom", "arbeid", "Yrke"]
    assert in_order(words, language) == ["arbeid", "Yrke", "zoom", "ære", "øving", "åpning"]


def test_names_of_other_languages_stand_with_their_norwegian_letter() -> None:
    words = ["Åse", "Aasta", "Öberg", "Ærlig", "Älv", "Zeta", "Øyer", "Adam"]
    ordered = in_order(words, "nb")
    assert ordered == ["Adam", "Zeta", "Älv", "Ærlig", "Öberg", "Øyer", "Åse", "Aasta"]


def test_english_puts_norwegian_letters_by_their_base() -> None:
    words = ["zoom", "ære", "adviser", "afar", "øre", "oral", "order", "år", "as", "ar"]
    expected = ["adviser", "ære", "afar", "ar", "år", "as", "oral", "order", "øre", "zoom"]
    assert in_order(words, "en") == expected


@pytest.mark.parametrize("language", ["nb", "en"])
def test_numbers_sort_by_value(language: str) -> None:
    words = ["Veileder 10", "veileder 2", "Veileder 2", "Veileder 02", "Veileder"]
    expected = ["Veileder", "veileder 2", "Veileder 2", "Veileder 02", "Veileder 10"]
    assert in_order(words, language) == expected


def test_case_decides_only_between_equal_words() -> None:
    assert in_order(["Bo", "bo", "Ar", "ås"], "nb") == ["Ar", "bo", "Bo", "ås"]


def test_accents_stay_beside_the_letter() -> None:
    assert in_order(["idf", "idé", "ide", "idea"], "nb") == ["ide", "idé", "idea", "idf"]


def test_a_number_too_long_for_an_integer() -> None:
    long = "9" * 10_000
    assert in_order(["a" + long, "a1"], "nb") == ["a1", "a" + long]


@given(st.lists(st.text(), max_size=8), LANGUAGES)
def test_keys_are_comparable_and_tell_texts_apart(words: list[str], language: str) -> None:
    keys = {sort_key(word, language) for word in words}
    assert len(keys) == len(set(words))
    assert in_order(words, language) == in_order(list(reversed(words)), language)


@given(st.text(max_size=6), st.text(max_size=6), LANGUAGES)
def test_case_never_outweighs_letters(one: str, other: str, language: str) -> None:
    first = (sort_key(one, language)[0], sort_key(other, language)[0])
    if first[0] < first[1]:
        assert sort_key(one, language) < sort_key(other, language)
