"""Sentences for selecting, on invented talk."""

import pytest

from qda.text.sentences import sentence_at, sentences


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Vi ringer. De svarer.", ["Vi ringer.", "De svarer."]),
        ("Det tar ca. 3 uker, dvs. altfor lenge.", ["Det tar ca. 3 uker, dvs. altfor lenge."]),
        ("Den 3. mars kom hun. Ja.", ["Den 3. mars kom hun.", "Ja."]),
        ("Ja, eller … litt. Nei!", ["Ja, eller … litt.", "Nei!"]),
        ("«Ring meg.» Så la hun på.", ["«Ring meg.»", "Så la hun på."]),
        ("Først\nSå 2.500 kr. til", ["Først", "Så 2.500 kr. til"]),
        ("Vi har f.eks. Kari. Og Per?", ["Vi har f.eks. Kari.", "Og Per?"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_sentences(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences(text)] == expected


def test_the_sentence_at_a_place_stays_within_its_bounds() -> None:
    text = "Ja da. Nei. Kanskje det."
    assert sentence_at(text, 8) == (7, 11)
    assert sentence_at(text, 6) == (0, 6)
    assert sentence_at(text, len(text)) == (12, len(text))
    assert sentence_at(text, 8, 8, 10) == (8, 10)
    assert sentence_at("", 0) == (0, 0)
