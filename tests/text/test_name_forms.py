"""Forms of names are found as whole words, with genitives, between whatever parts their pieces."""

import pytest

from qda.text import json_strings
from qda.text.name_forms import NameForms


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Kari Nordmann kom, og Karis mor.", ["Kari Nordmann", "Karis"]),
        ("Intervju_kari-nordmann_2012.docx", []),
        ("Karianne og karikatur", []),
        ("Kari's, Lars' og Lars’", ["Kari's", "Lars'", "Lars’"]),
        ("Kari\nNordmann", ["Kari", "Nordmann"]),
        ("Kari\x00Nordmann", ["Kari", "Nordmann"]),
        ("912 34 567, 91234567", ["912 34 567"]),
    ],
)
def test_whole_words(text: str, found: list[str]) -> None:
    forms = NameForms(["Kari", "Nordmann", "Kari Nordmann", "Lars", "912 34 567"])
    assert [text[one.start : one.end] for one in forms.places(text)] == found


def test_any_case_in_titles() -> None:
    text = "Intervju_kari-nordmann_2012.docx"
    [one] = NameForms(["Kari Nordmann"]).places(text, any_case=True)
    assert text[one.start : one.end] == "kari-nordmann"


@pytest.mark.parametrize("raw", ['["a", {"b": "c", "d": [1, null, "e"]}]', '["a","b"]'])
def test_strings_in_json_are_put_back_in_order(raw: str) -> None:
    joined = json_strings.joined(raw)
    assert joined is not None
    assert json_strings.rejoined(raw, joined) == raw
    assert json_strings.rejoined(raw, joined.replace("a", "å")) == raw.replace("a", "å")
    with pytest.raises(ValueError, match="strings than places"):
        json_strings.rejoined(raw, joined + "\x00x\x00y")


@pytest.mark.parametrize("raw", ["", "[]", "tekst", "[Person 1]", '"a"', "[" * 100_000])
def test_other_texts_are_no_lists(raw: str) -> None:
    assert json_strings.joined(raw) is None
