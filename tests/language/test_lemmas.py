"""Keys of single words: what each rule is for."""

import pytest

from qda.language.lemmas import Lemmatiser
from qda.model.entities import Language


@pytest.mark.parametrize(
    ("language", "form", "lemmas"),
    [
        ("nb", "arbeidet", ("arbeid", "arbeide")),
        ("nb", "bruker", ("bruker", "bruke")),
        ("nb", "målet", ("mål",)),
        ("nb", "målekortet", ("målekort", "målekorte")),
        ("nb", "nav-kontorets", ("nav-kontor",)),
        ("nb", "coachene", ("coach",)),
        ("nb", "hansen", ("hansen",)),
        ("nb", "hansens", ("hansen",)),
        ("nb", "bergen", ("bergen",)),
        ("nb", "kurs", ("kurs",)),
        ("nb", "2011", ("2011",)),
        ("nb", "rettleiarane", ("rettleiar",)),
        ("nn", "kompetansestrategiane", ("kompetansestrategi",)),
        ("nn", "sakshandsamarane", ("sakshandsamar",)),
        ("nn", "gjekk", ("gå", "gjekk")),
        ("en", "offices", ("office",)),
        ("en", "leader's", ("leader",)),
    ],
)
def test_dictionary_forms(
    lemmatisers: dict[Language, Lemmatiser],
    language: Language,
    form: str,
    lemmas: tuple[str, ...],
) -> None:
    assert lemmatisers[language].keys(form).lemmas == lemmas


def test_every_form_is_a_key_of_itself(lemmatisers: dict[Language, Lemmatiser]) -> None:
    for form in ("ledernes", "å", "xyz", "nav-kontor", "2000-tallet", "’kke"):
        keys = lemmatisers["nb"].keys(form)
        assert form.replace("\u2019", "'") in keys.all()
        assert keys.lemmas


def test_a_hyphen_hides_no_word(lemmatisers: dict[Language, Lemmatiser]) -> None:
    keys = lemmatisers["nb"].keys
    assert keys("nav-kontoret").all() & keys("navkontorene").all()
    assert keys("mål-forskyvning").all() & keys("målforskyvningen").all()


def test_parts_are_found_at_every_level(lemmatisers: dict[Language, Lemmatiser]) -> None:
    parts = set(lemmatisers["nb"].keys("arbeidsevnevurderingene").parts)
    assert {"arbeid", "evne", "arbeidsevne", "vurdering"} <= parts
    assert set(lemmatisers["nb"].keys("e-postsystemet").parts) == {"post", "system", "systemet"}


@pytest.mark.parametrize("word", ["s" * 5_000, "mål" * 40, "arbeidsevne" * 300, "-" * 2_000 + "a"])
def test_no_word_takes_long(lemmatisers: dict[Language, Lemmatiser], word: str) -> None:
    assert lemmatisers["nb"].keys(word).lemmas
