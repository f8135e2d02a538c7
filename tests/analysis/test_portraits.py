"""Portraits and courses, against what was put in."""

import pytest

from qda.analysis.portraits import courses, portraits
from qda.analysis.snapshot import load
from qda.model.errors import NotAllowed, NotFound
from qda.model.matrix import MatrixSpec
from tests.analysis.conftest import Study

TEXT = "x" * 100


@pytest.fixture
def drawn(study: Study) -> Study:
    """Two documents and one without codings, a code with one below it, two coders."""
    with study.step():
        bo = study.coder("Bo")
        one = study.code("en")
        below = study.code("under", one)
        two = study.code("to", position=1)
        first, second = study.document("B", TEXT), study.document("A", TEXT[:50])
        study.document("C", TEXT)
        study.coding(first, one, (10, 20))
        study.coding(first, below, (15, 30), bo)
        study.coding(first, one, (60, 61))
        study.coding(second, two, (0, 50), bo)
    return study


def test_stretches_that_overlap_are_one_and_segments_are_counted_each(drawn: Study) -> None:
    found = portraits(drawn.connection, load(drawn.connection), MatrixSpec())
    assert [one.document for one in found] == ["A", "B"]
    lanes = found[1].lanes
    assert [(lane.code, lane.segments) for lane in lanes] == [("en", 3), ("to", 0)]
    assert lanes[0].spans == ((0.1, 0.3), (0.6, 0.61))
    assert found[0].lanes[1].spans == ((0.0, 1.0),)


def test_filters_and_folding(drawn: Study) -> None:
    snapshot = load(drawn.connection)
    by_bo = portraits(drawn.connection, snapshot, MatrixSpec(where=(("coder", "Bo"),)))
    assert by_bo[1].lanes[0].spans == ((0.15, 0.3),)
    unfolded = portraits(drawn.connection, snapshot, MatrixSpec(folded=False))
    assert [lane.code for lane in unfolded[1].lanes] == ["en", "en/under", "to"]
    with pytest.raises(NotFound):
        portraits(drawn.connection, snapshot, MatrixSpec(where=(("coder", "ukjent"),)))


def test_courses_are_the_months_of_each_case(study: Study) -> None:
    with study.step():
        north, south = study.case("Nord"), study.case("Sør", 1)
        months = study.variable("case", "planer", "number", periodic=True)
        staff = study.variable("case", "ansatte", "number")
        study.value(months, north, 62, "2012-03")
        study.value(months, north, 49.5, "2012-02")
        study.value(staff, south, 15)
    snapshot = load(study.connection)
    found = courses(study.connection, snapshot, "Planer")
    assert [(one.case, one.values) for one in found] == [
        ("Nord", (("2012-02", 49.5), ("2012-03", 62.0))),
        ("Sør", ()),
    ]
    with pytest.raises(NotAllowed, match="no months"):
        courses(study.connection, snapshot, "ansatte")
    with pytest.raises(NotFound):
        courses(study.connection, snapshot, "ukjent")
