"""Correlation over the cases of a project: indicators, variables and counts of codes."""

import pytest

from qda.analysis import snapshot as snapshots
from qda.analysis.correlation import Correlation, correlate
from qda.analysis.statistics import pearson
from qda.model.errors import NotAllowed, NotFound, UserError
from tests.analysis.conftest import Study

PLANS = (10, 20, 40, 30)
STAFF = (1, 2, 3)
COUNTS = (2, 0, 1)


@pytest.fixture
def offices(study: Study) -> Study:
    """Four offices: plans in two months, staff of three, interviews in three."""
    with study.step():
        ids = study.ids
        plans = study.variable("case", "Planer", "number", periodic=True)
        staff = study.variable("case", "ansatte", "number")
        county = study.variable("case", "fylke")
        study.variable("participant", "ansatte", "number")
        study.variable("participant", "alder", "number")
        same = study.variable("case", "samme", "number")
        shared = study.variable("case", "delt", "boolean")
        rutiner = study.code("rutiner")
        tavle = study.code("tavle", rutiner)
        for at in range(4):
            office = ids[f"k{at}"] = study.case(f"Kontor {at}", at)
            study.value(plans, office, PLANS[at] / 2, "2012-02")
            if at != 3:
                study.value(plans, office, PLANS[at], "2012-03")
                study.value(staff, office, STAFF[at])
                document = study.document(f"I{at}", "Vi har faste møter her, sier de.")
                study.link("document", document, office)
                for number in range(COUNTS[at]):
                    study.coding(document, tavle if number else rutiner, (number, number + 5))
            study.value(county, office, "Oslo")
            study.value(same, office, 7)
            study.value(shared, office, int(at > 1))
    return study


def ask(study: Study, x: str, y: str, period: str = "") -> Correlation:
    return correlate(study.connection, snapshots.load(study.connection), x, y, period=period)


def said(found: Correlation) -> str:
    return " ".join(str(note) for note in found.notes)


def test_the_latest_period_of_each_case(offices: Study) -> None:
    found = ask(offices, "planer", "ANSATTE")
    assert (found.x, found.y, found.n) == ("Planer", "ansatte", 3)
    assert [(one.name, one.x, one.y) for one in found.points] == [
        ("Kontor 0", 10, 1), ("Kontor 1", 20, 2), ("Kontor 2", 40, 3),
    ]  # fmt: skip
    assert found.pearson == pytest.approx(pearson((10, 20, 40), STAFF))
    assert found.spearman == pytest.approx(1)
    assert "Of Planer the latest period counts." in said(found)
    assert "1 case lacks Planer or ansatte and is left out." in said(found)
    assert "Over 3 cases a correlation is uncertain" in said(found)


def test_what_is_of_no_case_is_refused_with_what_there_is(offices: Study) -> None:
    with pytest.raises(NotAllowed, match="one of these: Planer, ansatte, samme, delt, or write"):
        ask(offices, "alder", "planer")
    with pytest.raises(NotAllowed, match="Planer, ansatte"):
        ask(offices, "case", "planer")


def test_where_no_case_has_numbers_none_are_listed(study: Study) -> None:
    with study.step():
        study.variable("participant", "alder", "number")
        study.variable("case", "fylke")
    with pytest.raises(NotAllowed, match="no case has numbers"):
        ask(study, "alder", "code:rutiner")


def test_a_period_of_one_s_own(offices: Study) -> None:
    found = ask(offices, "planer", "delt", "02.2012")
    assert [(one.x, one.y) for one in found.points] == [(5, 0), (10, 0), (20, 1), (15, 1)]
    assert "Of Planer the values of 2012-02 count." in said(found)
    with pytest.raises(NotFound):
        ask(offices, "planer", "ansatte", "2019-01")
    for period in ("våren", "2012-13"):
        with pytest.raises(NotAllowed):
            ask(offices, "planer", "ansatte", period)
    with pytest.raises(NotAllowed):
        ask(offices, "samme", "ansatte", "2012-02")


def test_the_count_of_a_code_is_folded_and_needs_material(offices: Study) -> None:
    found = ask(offices, "code:rutiner", "ansatte")
    assert found.x == "code:rutiner"
    assert [(one.x, one.y) for one in found.points] == [(2, 1), (0, 2), (1, 3)]
    assert "Subcodes are counted in" in said(found)
    assert "chosen code" not in said(found)
    assert [one.x for one in ask(offices, "Code: rutiner/tavle", "ansatte").points] == [1, 0, 0]
    # The fourth office has nothing that could be coded: that is not zero.
    assert ask(offices, "code:rutiner", "delt").n == 3


def test_with_itself_it_is_one(offices: Study) -> None:
    found = ask(offices, "planer", "planer")
    assert found.pearson == pytest.approx(1)
    assert said(found).count("latest period") == 1


def test_what_never_varies_has_no_coefficient(offices: Study) -> None:
    found = ask(offices, "samme", "planer")
    assert (found.pearson, found.spearman, found.interval) == (None, None, None)
    assert "samme is the same in all these cases" in said(found)
    assert said(ask(offices, "samme", "samme")).count("is the same") == 1


def test_too_few_cases(offices: Study) -> None:
    with offices.step():
        offices.remove("case", [offices.ids["k0"]])
    found = ask(offices, "planer", "ansatte")
    assert (found.pearson, found.spearman, found.n) == (None, None, 2)
    assert "Only 2 cases have both" in said(found)


@pytest.mark.parametrize(
    "name", ["fylke", "alder", "case", "farge", "code:farge", "code:", "", "participant:alder"]
)
def test_what_has_no_numbers_is_said(offices: Study, name: str) -> None:
    with pytest.raises(UserError):
        ask(offices, name, "ansatte")
