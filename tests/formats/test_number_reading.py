from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.formats.number_reading import Decimal, find_reading, is_missing, read_number


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["49,5", "1.234", "7"], [49.5, 1234.0, 7.0]),
        (["49.5", "1,234", "7"], [49.5, 1234.0, 7.0]),
        (["1.234,5", "1.234"], [1234.5, 1234.0]),
        (["1.234.567", "1.234"], [1234567.0, 1234.0]),
        (["1 234", "12,5"], [1234.0, 12.5]),
        (["63 %", "7,5%"], [63.0, 7.5]),
        (["0,123", "1.234"], [0.123, 1234.0]),
        (["\u22124,5"], [-4.5]),
    ],
)
def test_a_sheet_is_read_in_one_way(texts: list[str], numbers: list[float]) -> None:
    reading = find_reading(texts)
    assert [read_number(text, reading) for text in texts] == numbers
    assert not reading.unsure
    assert not reading.mixed


def test_what_could_be_thousands_is_said() -> None:
    reading = find_reading(["1.234", "5"])
    assert (reading.unsure, read_number("1.234", reading)) == ("1.234", 1.234)
    chosen = find_reading(["1.234", "5"], ",")
    assert (chosen.unsure, read_number("1.234", chosen)) == ("", 1234.0)


def test_two_decimal_signs_are_said() -> None:
    reading = find_reading(["1,5", "2.5"])
    assert reading.mixed
    assert [read_number(text, reading) for text in ("1,5", "2.5")] == [1.5, 2.5]


def test_what_a_reading_tells_of() -> None:
    reading = find_reading(["12,5 %", "1 000", "ikke et tall"])
    assert (reading.decimal, reading.percent, reading.thousands) == (",", True, True)
    assert find_reading([]) == find_reading(["tekst", "12"])


@pytest.mark.parametrize("cell", [None, "", " ", "..", ".", "-", "–", ":", "*", "N/A", "nan"])
def test_what_says_that_there_is_no_value(cell: str | None) -> None:
    assert is_missing(cell)


@pytest.mark.parametrize("cell", ["0", 0.0, False, "x", "-1"])
def test_what_is_a_value(cell: str | float | bool) -> None:
    assert not is_missing(cell)


def written(number: float, decimal: str, *, grouped: bool) -> str:
    whole, _, part = f"{number:,.2f}".partition(".")
    thousands = {",": ".", ".": ","}[decimal] if grouped else ""
    return whole.replace(",", thousands) + decimal + part


@given(
    st.lists(st.integers(-10_000_000, 10_000_000).map(lambda n: n / 100), min_size=1),
    st.sampled_from([",", "."]),
    st.booleans(),
)
def test_numbers_with_two_decimals_read_back(
    numbers: Sequence[float], decimal: Decimal, grouped: bool
) -> None:
    texts = [written(one, decimal, grouped=grouped) for one in numbers]
    reading = find_reading(texts)
    assert reading.decimal == decimal
    assert [read_number(text, reading) for text in texts] == pytest.approx(numbers)
