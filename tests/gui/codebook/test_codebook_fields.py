"""Lists of values on one line."""

from hypothesis import given
from hypothesis import strategies as st

from qda.gui.codebook.fields import list_text, list_values

blank = ("Zs", "Cc", "Zl", "Zp")
words = st.text(st.characters(exclude_characters=";", exclude_categories=blank), min_size=1)


@given(st.lists(words, unique=True, max_size=8))
def test_a_list_of_values_is_read_as_it_was_written(values: list[str]) -> None:
    wanted = tuple(value for value in values if value.strip())
    assert list_values(list_text(wanted)) == wanted


def test_blanks_doubles_and_empty_values_are_left_out() -> None:
    assert list_values(" lav,, middels ,lav,\nhøy  opp ") == ("lav", "middels", "høy opp")
    assert list_values("a, b; c") == ("a, b", "c")
