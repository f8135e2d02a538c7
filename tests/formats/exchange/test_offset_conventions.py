"""How other tools count characters, found by what the counting shows."""

import re
from itertools import product

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from qda.formats.exchange.convention_choice import choose_conventions
from qda.formats.exchange.offsets import Convention, Place, SourceText, shows

TEXT = (
    "Intervjuer: Hvordan går det 🙂 på kontoret?\n"
    "Leder: Vi teller planer 📋📋, og så teller vi dem igjen.\n"
    "\n"
    "Veileder: Jeg gjør det jeg må, og ringer folk etterpå 😀.\n"
    "Leder: Til slutt blir det en rapport av alt sammen 📈 likevel.\n"
)
CONVENTIONS = [
    Convention(unit, newline, bom, inclusive)
    for unit, newline, bom, inclusive in product(
        ("code point", "UTF-16"), (1, 2), (False, True), (False, True)
    )
]


def raw_text(text: str) -> str:
    """Return the text as a file has it in which every convention is another."""
    return "\ufeff" + text.replace("\n", "\r\n")


def counted(raw: str, point: int, convention: Convention) -> int:
    """Count the slow way: the offset of the `point`-th code point of the canonical text."""
    offset = canonical = 0
    for at, character in enumerate(raw):
        is_return = raw[at : at + 2] == "\r\n"
        skipped = is_return or character == "\ufeff"
        if canonical == point and not skipped:
            break
        if canonical == point and is_return:
            break
        if character == "\ufeff":
            offset += convention.bom
        elif is_return:
            offset += convention.newline - 1
        else:
            offset += 2 if convention.unit == "UTF-16" and character > "\uffff" else 1
            canonical += 1
    return offset


def words(text: str) -> list[tuple[int, int]]:
    """Return spans of one to four words."""
    spans = [match.span() for match in re.finditer(r"\w+", text)]
    return [
        (spans[at][0], spans[min(at + number, len(spans) - 1)][1])
        for at in range(0, len(spans), 3)
        for number in (0, 3)
    ]


def places(text: str, convention: Convention, *, named: bool) -> list[Place]:
    raw = raw_text(text)
    return [
        Place(
            counted(raw, start, convention),
            counted(raw, end, convention) - convention.inclusive,
            text[start:end] if named else "",
        )
        for start, end in words(text)
    ]


@pytest.mark.parametrize("convention", CONVENTIONS, ids=str)
@pytest.mark.parametrize("named", [True, False])
def test_every_convention_is_found_and_converted(convention: Convention, *, named: bool) -> None:
    source = SourceText(raw_text(TEXT))
    assert source.text == TEXT
    given_places = places(TEXT, convention, named=named)
    (found,) = choose_conventions([("Intervju", source, given_places)], "")
    assert found.certain
    spans = source.spans(given_places, found.convention)
    assert [TEXT[span[0] : span[1]] for span in spans if span] == [
        TEXT[start:end] for start, end in words(TEXT)
    ]


@pytest.mark.parametrize("convention", CONVENTIONS, ids=str)
def test_the_maps_agree_with_counting_one_by_one(convention: Convention) -> None:
    raw = raw_text(TEXT)
    source = SourceText(raw)
    for start in range(len(TEXT)):
        end = start + 1
        place = Place(
            counted(raw, start, convention), counted(raw, end, convention) - convention.inclusive
        )
        assert source.spans([place], convention) == [(start, end)]


def test_a_tool_that_counts_line_ends_of_another_system_is_understood() -> None:
    text = "\n".join(f"linje nummer {n} av mange" for n in range(40))
    given_places = []
    for match in re.finditer("nummer", text):
        shift = text.count("\n", 0, match.start())
        given_places.append(Place(match.start() + shift, match.end() + shift))
    source = SourceText(text)
    (found,) = choose_conventions([("x", source, given_places)], "")
    assert found.convention.newline == 2
    assert all(
        text[span[0] : span[1]] == "nummer"
        for span in source.spans(given_places, found.convention)
        if span
    )


def test_what_origin_is_known_to_do_breaks_ties() -> None:
    text = "Før 🙂🙂🙂🙂🙂 etter"
    source = SourceText(text)
    tied = [Place(4, 6)]
    (nvivo,) = choose_conventions([("x", source, tied)], "NVivo 12.6 for Windows")
    (qualcoder,) = choose_conventions([("x", source, tied)], "QualCoder 3.5")
    assert nvivo.convention.unit == "UTF-16"
    assert qualcoder.convention.unit == "code point"


def test_offsets_that_fit_nowhere_are_uncertain() -> None:
    text = "spesialisering " * 50
    cut = [Place(15 * at + 3, 15 * at + 9) for at in range(20)]
    (found,) = choose_conventions([("x", SourceText(text), cut)], "Ukjent verktøy")
    assert not found.certain
    assert found.score < 0.7


def test_places_outside_the_text_and_empty_ones_have_no_span() -> None:
    source = SourceText("kort tekst")
    outside = [Place(0, 99), Place(-1, 3), Place(5, 5), Place(7, 4), Place(10**30, 10**31)]
    assert source.spans(outside, Convention()) == [None] * 5
    assert source.spans([Place(0, 10)], Convention()) == [(0, 10)]


def test_an_empty_text_has_no_places() -> None:
    for raw in ("", "\ufeff", "\x00"):
        source = SourceText(raw)
        (found,) = choose_conventions([("tom", source, [])], "")
        assert found.certain
        (found,) = choose_conventions([("tom", source, [Place(0, 1)])], "")
        assert source.spans([Place(0, 1)], found.convention) == [None]


@given(
    st.text(st.sampled_from("aå \n\r\x00\ufeff😀.,"), max_size=60),
    st.sampled_from(CONVENTIONS),
    st.lists(st.tuples(st.integers(-5, 200), st.integers(-5, 200)), max_size=8),
)
def test_spans_never_leave_the_canonical_text(
    raw: str, convention: Convention, offsets: list[tuple[int, int]]
) -> None:
    source = SourceText(raw)
    for span in source.spans([Place(*one) for one in offsets], convention):
        assert span is None or 0 <= span[0] < span[1] <= len(source.text)


@given(st.text(max_size=40), st.integers(0, 40), st.integers(1, 40))
def test_a_name_shows_its_quote_whatever_its_white_space(
    text: str, start: int, length: int
) -> None:
    quote = text[start : start + length]
    assume(quote.strip())
    assert shows(quote, " ".join(quote.split()))
    assert shows(quote + " og mer", " ".join(quote.split()) + "…")
