"""Several texts in one description."""

from hypothesis import given
from hypothesis import strategies as st

from qda.formats.exchange.sections import join_sections, split_sections

NAMES = ("Stance", "Value")
LINES = st.lists(
    st.sampled_from(["", "tekst", "[Stance]", "\\[Value]", "\\\\[Stance]", " [Value]"]), max_size=6
).map("\n".join)


@given(LINES, LINES, LINES)
def test_what_is_joined_is_split_to_the_character(memo: str, stance: str, value: str) -> None:
    joined = join_sections(memo, {"Stance": stance, "Value": value}, NAMES)
    text, sections = split_sections(joined, NAMES)
    assert text == memo
    assert sections.get("Stance", "") == stance
    assert sections.get("Value", "") == value


def test_it_reads_well_in_other_tools() -> None:
    assert join_sections("Se side 3", {"Stance": "mot"}, NAMES) == "Se side 3\n\n[Stance]\nmot"
