import pytest

from qda.analysis import snapshot as snapshots
from qda.analysis.case_table import case_table, export_bundle
from qda.analysis.matrix import answer
from qda.analysis.quotes import quotes_for, role_in_label
from qda.model.ids import CodingId
from qda.model.matrix import MatrixSpec, Quote
from tests.analysis.conftest import Study

TEXT = "I: Hva gjør dere? Veileder 2: Vi møtes. Kari: Hver uke, ja."


@pytest.fixture
def told(study: Study) -> Study:
    with study.step():
        document = study.document("Intervju", TEXT)
        asker = study.participant("Intervjuer", interviewer=True)
        adviser, leader = study.participant("Veileder 2"), study.participant("Kari")
        study.turn(document, 1, (0, 3, 17), asker, interviewer=True, label="I")
        study.turn(document, 2, (18, 30, 39), adviser, label="Veileder 2")
        study.turn(document, 3, (40, 46, len(TEXT)), leader, label="Kari")
        rutiner = study.code("rutiner", study.code("arbeid"))
        office = study.case("Ås")
        study.link("participant", leader, office)
        study.ids = {"document": document, "code": rutiner, "leader": leader, "office": office}
    return study


def quote(study: Study, start: int, end: int) -> Quote:
    with study.step():
        coding = study.coding(
            study.ids["document"], study.ids["code"], (start, end), stance="mot", memo="Obs"
        )
    snapshot = snapshots.load(study.connection)
    return quotes_for(study.connection, snapshot, [CodingId(coding)])[CodingId(coding)]


def test_a_quote_knows_its_place_and_who_said_it(told: Study) -> None:
    one = quote(told, 31, len(TEXT))
    assert one.text == TEXT[31:]
    assert (one.code, one.document, one.turn) == ("arbeid/rutiner", "Intervju", 2)
    assert one.participants == ("Kari", "Veileder 2")
    assert (one.cases, one.stance, one.memo) == (("Ås",), "mot", "Obs")


def test_the_turn_is_the_first_of_an_informant(told: Study) -> None:
    assert quote(told, 5, 35).turn == 2
    assert quote(told, 5, 10).turn == 1


def test_the_role_comes_from_the_variable_else_from_a_label_that_is_no_name(told: Study) -> None:
    assert quote(told, 30, 38).role == "veileder"
    assert quote(told, 47, 50).role == ""
    with told.step():
        told.value(told.variable("participant", "Rolle"), told.ids["leader"], "leder")
    assert quote(told, 47, 51).role == "leder"
    assert quote(told, 31, 51).role == "leder"


@pytest.mark.parametrize(
    ("label", "role"),
    [
        ("Veileder 2", "veileder"), ("Leder:", "leder"), ("NAV-leder nr. 1", "nav-leder"),
        ("Kari", ""), ("V", ""), ("", ""), ("Kari Nordmann", ""), ("Veileder (Kari)", "veileder"),
    ],
)  # fmt: skip
def test_a_name_is_never_a_role(label: str, role: str) -> None:
    assert role_in_label(label) == role


def test_quotes_of_codings_that_are_gone_are_left_out(told: Study) -> None:
    assert quotes_for(told.connection, snapshots.load(told.connection), [CodingId(9)]) == {}


def test_the_case_table_has_the_latest_of_each_indicator(told: Study) -> None:
    with told.step():
        plans = told.variable("case", "planer", "number", periodic=True)
        for period, value in (("2012-02", 70), ("2012-11", 74.5), ("2011-12", 60)):
            told.value(plans, told.ids["office"], value, period)
        told.case("Bø", 1)
    table = case_table(snapshots.load(told.connection))
    assert table.variables == ("planer",)
    assert [case.name for case in table.cases] == ["Ås", "Bø"]
    assert table.values == ((74.5,), (None,))


def test_the_bundle_holds_every_quote_of_the_evidence_and_the_codes_below_each_other(
    told: Study,
) -> None:
    one = quote(told, 31, len(TEXT))
    snapshot = snapshots.load(told.connection)
    matrix = answer(told.connection, snapshot, MatrixSpec())
    bundle = export_bundle(told.connection, snapshot, matrix, created="2026-01-01T12:00:00Z")
    assert list(bundle.quotes) == [one.id]
    assert bundle.codebook.codes[0].children[0].name == "rutiner"
    assert (bundle.project, bundle.created) == ("Study", "2026-01-01T12:00:00Z")
