"""Bands against a slow oracle, the cuts of the studies, and bands in a matrix."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qda.analysis.bands import Bands, cut
from qda.analysis.matrix import answer
from qda.analysis.snapshot import load
from qda.model.bands import BandDefinition
from qda.model.errors import Ambiguous, NotFound, UserError
from qda.model.ids import VariableId
from qda.model.matrix import MatrixSpec
from qda.store import bands
from tests.analysis.conftest import Study

NUMBERS = st.lists(st.none() | st.integers(-50, 50).map(lambda one: one / 4), max_size=60)


def points(*cuts: float, labels: tuple[str, ...] = ()) -> BandDefinition:
    return BandDefinition("points", cuts, labels=labels)


def oracle(numbers: list[float | None], definition: BandDefinition) -> list[int]:
    """Say the band of each number by the rules as they are written, exactly and slowly."""
    present = [Fraction(one) for one in numbers if one is not None]
    found: list[int] = []
    for one in numbers:
        if one is None:
            found.append(-1)
            continue
        number = Fraction(one)
        if definition.method == "points":
            found.append(sum(number >= Fraction(point) for point in definition.points))
        elif definition.method == "quantiles":
            below = sum(other < number for other in present)
            found.append(int(Fraction(below, len(present)) * definition.parts))
        else:
            low, high = min(present), max(present)
            step = (high - low) / definition.parts
            edges = [low + step * at for at in range(1, definition.parts)]
            found.append(sum(number >= edge for edge in edges) if high > low else 0)
    return found


@given(NUMBERS, st.sets(st.integers(-50, 50).map(lambda one: one / 4), min_size=1, max_size=6))
def test_cut_points(numbers: list[float | None], cuts: set[float]) -> None:
    definition = points(*sorted(cuts))
    check(cut(numbers, definition, "nb"), numbers, oracle(numbers, definition))


@given(NUMBERS, st.integers(2, 10), st.sampled_from(["quantiles", "width"]))
def test_groups_and_even_bands(numbers: list[float | None], parts: int, method: str) -> None:
    definition = BandDefinition(method, parts=parts)  # type: ignore[arg-type]
    check(cut(numbers, definition, "nb"), numbers, oracle(numbers, definition))


def check(found: Bands, numbers: list[float | None], expected: list[int]) -> None:
    assert list(found.index) == expected
    assert len(set(found.labels)) == len(found.labels) == len(found.counts)
    for place, count in enumerate(found.counts):
        members = [
            one
            for one, at in zip(numbers, expected, strict=True)
            if at == place and one is not None
        ]
        assert count == len(members)
        assert found.ranges[place] == ((min(members), max(members)) if members else None)
    where: dict[float, int] = {}
    for one, place in zip(numbers, found.index, strict=True):
        if one is not None:
            assert where.setdefault(one, place) == place, "equal values stay together"


@given(st.sets(st.integers(), min_size=1, max_size=80), st.integers(2, 10))
def test_groups_of_different_numbers_differ_by_one_at_most(values: set[int], parts: int) -> None:
    found = cut(
        [float(one) for one in sorted(values)], BandDefinition("quantiles", parts=parts), "nb"
    )
    assert max(found.counts) - min(found.counts) <= 1
    assert list(found.index) == sorted(found.index)


def test_the_cuts_of_the_studies() -> None:
    staff: list[float | None] = [3, 14, 15, 16, 39, 40, 69, 70, 99, 100, 437, None]
    found = cut(staff, points(15, 70), "nb")
    assert found.labels == ("< 15", "15–69", "≥ 70")
    assert found.counts == (2, 5, 4)
    found = cut(staff, points(16, 40, 100), "nb")
    assert found.labels == ("< 16", "16–39", "40–99", "≥ 100")
    assert found.counts == (3, 2, 4, 2)
    found = cut([float(one) for one in range(437)], BandDefinition("quantiles", parts=5), "nb")
    assert found.labels == ("1. kvintil", "2. kvintil", "3. kvintil", "4. kvintil", "5. kvintil")
    assert found.counts == (88, 87, 88, 87, 87)
    assert found.ranges[0] == (0.0, 87.0)


def test_ties_stay_together_even_if_a_group_is_left_empty() -> None:
    found = cut([1.0, 1.0, 1.0, 1.0, 2.0], BandDefinition("quantiles", parts=5), "nb")
    assert found.index == (0, 0, 0, 0, 4)
    assert found.counts == (4, 0, 0, 0, 1)


@pytest.mark.parametrize(
    ("definition", "labels"),
    [
        (points(0.5, 0.75), ("< 0,5", "0,5–<0,75", "≥ 0,75")),
        (points(15, 70, labels=("små", "", "store")), ("små", "15–<70", "store")),
        (points(15, 70, labels=("små", "Små", "små")), ("små", "Små (2)", "små (3)")),
        (BandDefinition("width", parts=2), ("0,25–<35,12", "35,12–70")),
        (BandDefinition("quantiles", parts=2), ("nedre halvdel", "øvre halvdel")),
        (BandDefinition("quantiles", parts=3), ("1. tertil", "2. tertil", "3. tertil")),
        (BandDefinition("quantiles", parts=7, labels=("lavest",)),
         ("lavest", *(f"gruppe {at} av 7" for at in range(2, 8)))),
    ],
)  # fmt: skip
def test_names(definition: BandDefinition, labels: tuple[str, ...]) -> None:
    assert cut([0.25, 15.0, 70.0], definition, "nb").labels == labels


def test_nothing_to_cut() -> None:
    for definition in (
        points(1),
        BandDefinition("quantiles", parts=4),
        BandDefinition("width", parts=4),
    ):
        found = cut([None, None], definition, "en")
        assert found.index == (-1, -1)
        assert len(found.labels) == definition.count


# -------------------------------------------------------------------------------- in a matrix
@pytest.fixture
def offices(study: Study) -> Study:
    """Four offices, each with one document and one coding, staff and a monthly indicator."""
    staff, plan = study.variable("case", "stab", "number"), 0
    code = study.code("rutiner")
    plan = study.variable("case", "plan", "number", periodic=True)
    for number, (size, months) in enumerate(
        ((9, (10, 20)), (15, (30, None)), (48, (50, 70)), (None, (None, None)))
    ):
        case = study.case(f"Kontor {number}", number)
        document = study.document(f"d{number}", "ord og mer ord")
        study.link("document", document, case)
        study.coding(document, code, (0, 3))
        if size is not None:
            study.value(staff, case, size)
        for month, value in zip(("2012-01", "2012-02"), months, strict=True):
            if value is not None:
                study.value(plan, case, value, month)
    return study


def define(study: Study, variable: str, name: str, definition: BandDefinition) -> None:
    number = study.connection.execute("SELECT id FROM variable WHERE name = ?", (variable,))
    with study.step():
        bands.insert(study.connection, VariableId(number.fetchone()[0]), name, definition)


def counted(study: Study, **asked: object) -> dict[str, object]:
    matrix = answer(study.connection, load(study.connection), MatrixSpec(**asked))  # type: ignore[arg-type]
    return {
        row.label or "–": cells[0] for row, cells in zip(matrix.rows, matrix.cells, strict=True)
    }


def test_bands_head_rows_and_filter(offices: Study) -> None:
    define(offices, "stab", "Størrelse", points(15, 40))
    expected = {"< 15": 1, "15–39": 1, "≥ 40": 1, "–": 1}
    for name in ("Størrelse", "størrelse", "stab:band", "case:stab:band", "band:Størrelse"):
        assert counted(offices, rows=(name,)) == expected
    assert counted(offices, rows=("code",), where=(("Størrelse", "15–39"),)) == {"rutiner": 1}
    assert counted(offices, rows=("code",), where=(("Størrelse", "#3"),)) == {"rutiner": 1}
    assert counted(offices, rows=("code",), where=(("stab:band", ""),)) == {"rutiner": 1}
    with pytest.raises(NotFound, match="There are: < 15, 15–39, ≥ 40"):
        counted(offices, rows=("code",), where=(("Størrelse", "stor"),))


def test_bands_follow_the_values(offices: Study) -> None:
    define(offices, "stab", "Størrelse", BandDefinition("quantiles", parts=3))
    assert counted(offices, rows=("Størrelse",)) == {
        "1. tertil": 1, "2. tertil": 1, "3. tertil": 1, "–": 1
    }  # fmt: skip
    with offices.step():
        offices.connection.execute("UPDATE value SET number = 9 WHERE number IN (15, 48)")
    assert counted(offices, rows=("Størrelse",)) == {
        "1. tertil": 3, "2. tertil": None, "3. tertil": None, "–": 1
    }  # fmt: skip


def test_an_indicator_is_cut_at_a_month_or_by_a_mean(offices: Study) -> None:
    define(offices, "plan", "siste", points(40))
    define(offices, "plan", "januar", BandDefinition("points", (40,), period="2012-01"))
    define(offices, "plan", "snitt", BandDefinition("points", (20, 60), period="2012-01/2012-02"))
    assert counted(offices, rows=("siste",)) == {"< 40": 2, "≥ 40": 1, "–": 1}
    assert counted(offices, rows=("januar",)) == {"< 40": 2, "≥ 40": 1, "–": 1}
    assert counted(offices, rows=("snitt",)) == {"< 20": 1, "20–59": 1, "≥ 60": 1, "–": 1}
    assert counted(offices, rows=("plan@2012-02",)) == {"20": 1, "70": 1, "–": 2}
    assert counted(offices, rows=("plan@2012-01/2012-02",)) == {"15": 1, "30": 1, "60": 1, "–": 1}


def test_the_rows_are_ordered_by_bands_and_by_a_month(offices: Study) -> None:
    define(offices, "stab", "Størrelse", points(15, 40))
    matrix = answer(
        offices.connection,
        load(offices.connection),
        MatrixSpec(sort_by="plan@2012-01", descending=True),
    )
    assert [row.label for row in matrix.rows] == ["Kontor 2", "Kontor 1", "Kontor 0", "Kontor 3"]
    assert [row.sort_value for row in matrix.rows] == [50.0, 30.0, 10.0, None]
    matrix = answer(
        offices.connection,
        load(offices.connection),
        MatrixSpec(sort_by="Størrelse", descending=True),
    )
    assert [row.label for row in matrix.rows] == ["Kontor 2", "Kontor 1", "Kontor 0", "Kontor 3"]


def test_the_rule_is_said_under_the_table(offices: Study) -> None:
    define(offices, "stab", "Størrelse", points(15, 40))
    define(offices, "plan", "femdeler", BandDefinition("quantiles", parts=5, period="2012-01"))
    matrix = answer(
        offices.connection, load(offices.connection), MatrixSpec(("Størrelse",), ("femdeler",))
    )
    said = [str(note) for note in matrix.notes]
    assert "Of plan the values of 2012-01 count." in said
    assert (
        "Størrelse is stab cut at 15, 40; a value on a cut belongs to the band above: "
        "< 15 (9, n = 1); 15–39 (15, n = 1); ≥ 40 (48, n = 1)."
    ) in said
    assert any(
        "equal values stay together" in one and "2. kvintil (30, n = 1)" in one for one in said
    )


@pytest.mark.parametrize(
    ("name", "error"),
    [("stab@2012-01", "has no months"), ("plan@mars", "is no month"), ("plan:band", "no variable"),
     ("@2012-01", "no variable")],
)  # fmt: skip
def test_names_that_mean_nothing(offices: Study, name: str, error: str) -> None:
    with pytest.raises(UserError, match=error):
        counted(offices, rows=(name,))


def test_two_ways_to_cut_a_variable_must_be_told_apart(offices: Study) -> None:
    define(offices, "stab", "to", points(15))
    define(offices, "stab", "tre", points(15, 40))
    with pytest.raises(Ambiguous, match="to, tre"):
        counted(offices, rows=("stab:band",))


@pytest.mark.parametrize(
    ("column", "content"),
    [("points", "[]"), ("points", "{"), ("points", '["a", true, 1e999]'), ("labels", "7"),
     ("labels", "[1, null]")],
)  # fmt: skip
def test_a_strangers_bands_do_no_harm(offices: Study, column: str, content: str) -> None:
    define(offices, "stab", "Størrelse", points(15, 40))
    with offices.step():
        offices.connection.execute(f"UPDATE banding SET {column} = ?", (content,))
    known = bands.all_bandings(offices.connection)
    assert all(one.definition.count > 1 for one in known)
    if known:
        assert sum(one or 0 for one in counted(offices, rows=("Størrelse",)).values()) == 4  # type: ignore[misc]
