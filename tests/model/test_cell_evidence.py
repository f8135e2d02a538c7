"""Evidence of cells kept packed: it reads as tuples of tuples of ids would."""

from array import array

from hypothesis import given
from hypothesis import strategies as st

from qda.model.cell_evidence import CellEvidence, has_codings
from qda.model.ids import CodingId

Plain = tuple[tuple[tuple[CodingId, ...], ...], ...]


@st.composite
def tables(draw: st.DrawFn) -> Plain:
    """Make cells with the ids behind them, all rows of one width."""
    width = draw(st.integers(1, 4))
    cell = st.lists(st.integers(1, 2**62).map(CodingId), max_size=4).map(tuple)
    row = st.lists(cell, min_size=width, max_size=width).map(tuple)
    return tuple(draw(st.lists(row, max_size=4)))


def packed(table: Plain) -> CellEvidence:
    """Return the same, packed."""
    ids, ends = array("q"), [0]
    for row in table:
        for cell in row:
            ids.extend(cell)
            ends.append(len(ids))
    return CellEvidence(ids, ends, (len(table), len(table[0]) if table else 0))


@given(tables())
def test_it_reads_as_tuples(table: Plain) -> None:
    evidence = packed(table)
    assert evidence == table
    assert table == evidence
    assert tuple(tuple(row) for row in evidence) == table
    assert hash(evidence) == hash(packed(table))
    assert repr(evidence) == repr(table)
    assert evidence[1:] == table[1:]
    for row, cells in zip(evidence, table, strict=True):
        assert row[-1] == cells[-1]
        assert row[::2] == cells[::2]
        assert len(row) == len(cells)


@given(tables(), tables())
def test_others_differ(one: Plain, other: Plain) -> None:
    assert (packed(one) == other) == (one == other)
    assert packed(one) != 1


def test_whether_a_cell_has_codings_is_told_without_unpacking_it() -> None:
    table = (((CodingId(1),), ()), ((), (CodingId(2), CodingId(3))))
    for one in (table, packed(table)):
        filled = [[has_codings(one, row, column) for column in (0, 1)] for row in (0, 1)]
        assert filled == [[True, False], [False, True]]
