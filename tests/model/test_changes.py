"""What changed, as one and as several."""

from hypothesis import given
from hypothesis import strategies as st

from qda.model.changes import Changes

ROWS = st.dictionaries(
    st.sampled_from(("coding", "code", "turn")), st.frozensets(st.integers(1, 9)), max_size=3
)


@given(st.lists(ROWS, max_size=5))
def test_several_are_one_that_names_every_row(
    several: list[dict[str, frozenset[int]]],
) -> None:
    together = Changes.of_all(Changes(rows) for rows in several)
    for table in ("coding", "code", "turn"):
        assert together.of(table) == frozenset().union(*(one.get(table, ()) for one in several))
    assert bool(together) == any(bool(Changes(rows)) for rows in several)
