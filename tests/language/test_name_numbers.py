"""Numbers and addresses that tell who somebody is, in the ways in which people write them."""

import pytest

from qda.language.names.numbers import Sort, numbers, sort


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("Ring meg på 915 27 384 i dag.", "phone", "915 27 384"),
        ("Ring 915-27-384.", "phone", "915-27-384"),
        ("Tlf. 91.52.73.84 eller mail", "phone", "91.52.73.84"),
        ("nummeret er 915 273 84", "phone", "915 273 84"),
        ("Det var 47 91 52 73 84 han sa", "phone", "47 91 52 73 84"),
        ("Det er (+47) 57 82 16 30.", "phone", "(+47) 57 82 16 30"),
        ("ring nittien femtito sytti åttifire", "phone", "nittien femtito sytti åttifire"),
        ("mobilen er ni en fem to sju tre åtte fire", "phone", "ni en fem to sju tre åtte fire"),
        ("Kontoen er 9943.23.19489 nå.", "identity", "9943.23.19489"),
        ("Kontonummer 12345678901.", "identity", "12345678901"),
        ("Bilen, EK 12345, sto der.", "identity", "EK 12345"),
        ("Han er født 14.03.1987 i byen.", "identity", "14.03.1987"),
        ("Ho er fødd den 3. mai 1991.", "identity", "3. mai 1991"),
        ("Skriv til kari.moe@example.no.", "email", "kari.moe@example.no"),
        ("Skriv til kari.moe (at) example.no.", "email", "kari.moe (at) example.no"),
        ("kari krøllalfa example punktum no", "email", "kari krøllalfa example punktum no"),
    ],
)  # fmt: skip
def test_numbers_are_found(text: str, kind: str, found: str) -> None:
    assert [(one[2], text[one[0] : one[1]]) for one in numbers(text)] == [(kind, found)]


@pytest.mark.parametrize(
    "text",
    [
        "Det kostet 8 650 kroner og 12 000 til.",
        "Mellom 2015 2016 og 2017 2018 gikk det ned.",
        "Sak 2014/33871 og sak 17/4532.",
        "Han er født i 1987, og 3. mai 2011 begynte han.",
        "Vi ringte en to tre fire ganger.",
        "KR 12345 i året, etter NS 51001.",
        "Møtet er 14.03.2019 kl. 12.30.",
        "1234.56.78901 er ikke noe nummer.",
    ],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not list(numbers(text))


@pytest.mark.parametrize(
    ("shown", "which"),
    [
        ("03076351715", "identity"), ("030763 51715", "identity"), ("9943.23.19489", "account"),
        ("EK 12345", "car"), ("14.03.1987", "birthday"), ("3. mai 1991", "birthday"),
    ],
)  # fmt: skip
def test_the_sort_of_a_number_is_told(shown: str, which: Sort) -> None:
    assert sort(shown) == which
