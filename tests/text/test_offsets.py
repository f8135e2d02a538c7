"""Offsets between code points and UTF-16 units."""

from hypothesis import given
from hypothesis import strategies as st

from qda.text.offsets import Utf16Map

TEXTS = st.text(
    alphabet=st.sampled_from("aå \n\u00a0e\u0301\u2028😀𝔘👩‍👩‍👧"), max_size=60
) | st.text(alphabet=st.characters(exclude_categories=("Cs",)), max_size=60)


def units(text: str) -> int:
    """Count UTF-16 units the slow way."""
    return len(text.encode("utf-16-le")) // 2


@given(TEXTS)
def test_every_offset_agrees_with_the_encoding(text: str) -> None:
    mapping = Utf16Map(text)
    for offset in range(len(text) + 1):
        assert mapping.to_utf16(offset) == units(text[:offset])
        assert mapping.to_points(mapping.to_utf16(offset)) == offset
    assert mapping.units == units(text)
    assert mapping.points == len(text)


@given(TEXTS)
def test_unit_offsets_are_monotone_and_never_leave_the_text(text: str) -> None:
    mapping = Utf16Map(text)
    points = [mapping.to_points(unit) for unit in range(mapping.units + 1)]
    assert points == sorted(points)
    assert points[0] == 0
    assert points[-1] == len(text)


def test_between_two_units_counts_as_the_start_of_the_character() -> None:
    mapping = Utf16Map("a😀b")
    assert [mapping.to_points(unit) for unit in range(5)] == [0, 1, 1, 2, 3]


def test_text_without_astral_characters_is_its_own_map() -> None:
    assert Utf16Map("blåbærsyltetøy\u00a0").identity
    assert not Utf16Map("blå 😀").identity
