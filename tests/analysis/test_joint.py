"""Joint displays, against the matrix, the variables and plain Pearson."""

import statistics

import pytest

from qda.analysis.joint import JointSpec, joint_display
from qda.analysis.matrix import answer
from qda.analysis.snapshot import load
from qda.model.errors import NotAllowed, NotFound
from qda.model.matrix import Matrix, MatrixSpec
from tests.analysis.conftest import Study

TEXT = "x" * 100
STAFF = (15.0, 70.0, 40.0, 100.0)
CODED = (1, 3, 2, 6)
"""How many segments each office has."""


@pytest.fixture
def offices(study: Study) -> Study:
    """Four offices with staff and a monthly indicator, and segments of one code."""
    with study.step():
        code = study.code("telling")
        staff = study.variable("case", "ansatte", "number")
        name = study.variable("case", "fylke")
        plans = study.variable("case", "planer", "number", periodic=True)
        for at, (size, count) in enumerate(zip(STAFF, CODED, strict=True)):
            case = study.case(f"Kontor {at}", at)
            document = study.document(f"Intervju {at}", TEXT)
            study.link("document", document, case)
            study.value(staff, case, size)
            study.value(name, case, "Viken")
            for month in range(1, 4):
                study.value(plans, case, at * 10 + month, f"2012-0{month}")
            for number in range(count):
                study.coding(document, code, (number * 10, number * 10 + 5))
    return study


def ask(study: Study, **question: object) -> Matrix:
    matrix = question.pop("matrix", MatrixSpec())
    spec = JointSpec(matrix, **question)  # pyright: ignore[reportArgumentType]
    return joint_display(study.connection, load(study.connection), spec)


def test_the_table_is_the_matrix_and_beside_it_stand_the_values(offices: Study) -> None:
    found = ask(offices, values=("ansatte", "fylke"), courses=("planer",))
    base = answer(offices.connection, load(offices.connection), MatrixSpec())
    assert (found.cells, found.evidence) == (base.cells, base.evidence)
    assert [one.name for one in found.beside] == ["ansatte", "fylke", "planer"]
    assert found.beside[0].values == STAFF
    assert found.beside[1].values == ("Viken",) * 4
    assert found.beside[2].months[1] == (("2012-01", 11.0), ("2012-02", 12.0), ("2012-03", 13.0))


def test_rows_keep_their_values_when_they_are_ordered(offices: Study) -> None:
    spec = MatrixSpec(sort_by="ansatte", descending=True)
    found = ask(offices, matrix=spec, values=("ansatte",))
    assert [row.label for row in found.rows] == ["Kontor 3", "Kontor 1", "Kontor 2", "Kontor 0"]
    assert found.beside[0].values == (100.0, 70.0, 40.0, 15.0)
    assert [row[0] for row in found.cells] == [6, 3, 2, 1]


def test_a_month_and_the_mean_of_months(offices: Study) -> None:
    found = ask(offices, values=("planer", "planer@2012-01", "planer@2012-01/2012-02"))
    assert found.beside[0].values[1] == 13.0
    assert found.beside[1].values[1] == 11.0
    assert found.beside[2].values[1] == 11.5
    notes = " ".join(map(str, found.notes))
    assert "the latest period counts" in notes


def test_correlations_are_those_of_the_numbers_shown(offices: Study) -> None:
    found = ask(offices, values=("ansatte", "fylke"))
    r = statistics.correlation(CODED, STAFF)
    ranks = [[sorted(one).index(value) for value in one] for one in (CODED, STAFF)]
    rho = statistics.correlation(*ranks)
    said = [str(note) for note in found.notes if "Pearson" in str(note)]
    expected = f"telling r = {r:.2f}, ρ = {rho:.2f}, n = 4".replace(".", ",")
    assert len(said) == 1
    assert expected in said[0]
    assert any("Few cases (n = 4)" in str(note) for note in found.notes)
    assert not any("Pearson" in str(note) for note in ask(
        offices, values=("ansatte",), correlate=False
    ).notes)  # fmt: skip


def test_what_cannot_be_joined_is_said(offices: Study) -> None:
    with pytest.raises(NotAllowed, match="end with case"):
        ask(offices, matrix=MatrixSpec(rows=("document",)), values=("ansatte",))
    with pytest.raises(NotAllowed, match="beside the codes"):
        ask(offices)
    with pytest.raises(NotFound):
        ask(offices, values=("ukjent",))
    with pytest.raises(NotAllowed, match="no months"):
        ask(offices, courses=("ansatte",))
