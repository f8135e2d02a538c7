import re
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.text import collation
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


PLAIN = st.text(st.sampled_from("aAbzæØåÅ019 -./~`{_"), max_size=12)


@given(PLAIN)
def test_a_plain_name_has_the_key_that_its_pieces_make(name: str) -> None:
    primary, accents, case, text = sort_key(name, "nb")
    pieces = [
        collation._piece(piece, norwegian=True)  # noqa: SLF001 - the slow way, a piece at a time
        for piece in re.findall(r"[0-9]+|aa|.", name.casefold())
    ]
    assert primary == "".join(one for one, _accent in pieces)
    assert accents == "".join(accent for _one, accent in pieces)
    assert case == "".join("1" if one.isupper() else "0" for one in name)
    assert text == name


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


# ------------------------------------------------------------------ the rules, written out slowly
_OTHER, _DIGITS, _LETTER = 0, 1, 2
_NORWEGIAN = ("nb", "nn", "no")
_LAST = {"æ": 27, "ø": 28, "å": 29}
"""The letters after z; a to z are 1 to 26, letters of other scripts come after all of them."""
_NORWEGIAN_ALIKE = {"ä": "æ", "ö": "ø", "ő": "ø", "œ": "ø"}
_SPELLED_OUT = {"æ": "ae", "œ": "oe", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "þ": "th", "ı": "i"}


def slow_key(text: str, language: str) -> tuple[object, ...]:
    """Compare element by element, as the rules are written."""
    norwegian = language.lower()[:2] in _NORWEGIAN
    primary: list[tuple[int, int, str]] = []
    accents: list[str] = []
    position = 0
    folded = unicodedata.normalize("NFC", text).casefold()
    while position < len(folded):
        character = folded[position]
        if character.isdecimal():
            end = position
            while end < len(folded) and folded[end].isdecimal():
                end += 1
            # Compared by length and digits: `int` refuses very long numbers.
            digits = "".join(str(unicodedata.decimal(digit)) for digit in folded[position:end])
            value = digits.lstrip("0")
            primary.append((_DIGITS, len(value), value))
            accents.append("")
            position = end
        elif norwegian and folded.startswith("aa", position):
            primary.append((_LETTER, _LAST["å"], ""))
            accents.append("aa")
            position += 2
        else:
            for element, accent in _slow_elements(character, norwegian=norwegian):
                primary.append(element)
                accents.append(accent)
            position += 1
    case = tuple(character.isupper() for character in text)
    return tuple(primary), tuple(accents), case, text


def _slow_elements(character: str, *, norwegian: bool) -> list[tuple[tuple[int, int, str], str]]:
    """Return the sorting elements of one folded character, each with its accent."""
    if norwegian:
        plain = _NORWEGIAN_ALIKE.get(character, character)
        if plain in _LAST:
            accent = "" if plain == character else character
            return [((_LETTER, _LAST[plain], ""), accent)]
    if character in _SPELLED_OUT:
        return [((_LETTER, ord(base) - 96, ""), character) for base in _SPELLED_OUT[character]]
    base, *marks = unicodedata.normalize("NFD", character)
    accent = "".join(marks)
    if "a" <= base <= "z":
        return [((_LETTER, ord(base) - 96, ""), accent)]
    if base.isalpha():
        return [((_LETTER, 1000 + ord(base), ""), accent)]
    return [((_OTHER, ord(base), ""), accent)]


ALIKE = st.one_of(st.text(max_size=8), st.text("aAbÅåÄäæø0123٣éß -.œǅ\u0301", max_size=8))


@given(ALIKE, ALIKE, LANGUAGES)
def test_the_fast_key_orders_as_the_slow_one(one: str, other: str, language: str) -> None:
    slow = slow_key(one, language), slow_key(other, language)
    fast = sort_key(one, language), sort_key(other, language)
    assert (slow[0] < slow[1], slow[0] > slow[1]) == (fast[0] < fast[1], fast[0] > fast[1])
