"""Who said a quote: from whom a field comes, several people, and what few share."""

import pytest

from qda.analysis import snapshot as snapshots
from qda.analysis.attribution import Attributor, known_fields, rare_words
from qda.analysis.quotes import quotes_for
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodingId
from qda.model.matrix import Quote
from qda.model.quotes import QuoteStyle
from tests.analysis.conftest import Study

TEXT = "I: Hva gjør dere? Veileder 2: Vi møtes. Kari: Hver uke, ja."


@pytest.fixture
def told(study: Study) -> Study:
    """One interview with an adviser and a leader, who alone belongs to an office."""
    with study.step():
        document = study.document("Intervju", TEXT)
        asker = study.participant("Intervjuer", interviewer=True)
        adviser, leader = study.participant("Veileder 2"), study.participant("Kari")
        study.turn(document, 1, (0, 3, 17), asker, interviewer=True, label="I")
        study.turn(document, 2, (18, 30, 39), adviser, label="Veileder 2")
        study.turn(document, 3, (40, 46, len(TEXT)), leader, label="Kari")
        code = study.code("rutiner")
        office = study.case("Ås")
        study.link("participant", leader, office)
        employer = study.variable("participant", "arbeidsgiver")
        study.value(employer, leader, "stat")
        size = study.variable("case", "ansatte", "number")
        study.value(size, office, 15.0)
        study.ids = {"document": document, "code": code}
    return study


def asked(
    study: Study, style: str, start: int, end: int, **more: object
) -> tuple[Attributor, Quote]:
    with study.step():
        coding = CodingId(study.coding(study.ids["document"], study.ids["code"], (start, end)))
    snapshot = snapshots.load(study.connection)
    quote = quotes_for(study.connection, snapshot, [coding])[coding]
    return Attributor(snapshot, QuoteStyle(style, **more)), quote  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("({role}, {arbeidsgiver})", "(stat; veileder)"),
        ("({Rolle})", "(veileder)"),
        ("({arbeidsgiver}, {ansatte} ansatte)", "(stat, 15 ansatte)"),
        ("{kontor}", "Ås"),
        ("{informant}", "Kari; Veileder 2"),
    ],
)
def test_fields_come_from_the_people_of_the_quote(told: Study, template: str, said: str) -> None:
    who, quote = asked(told, template, 31, len(TEXT))
    assert who.of(quote) == said


def test_the_interviewer_is_nobody_to_attribute_to(told: Study) -> None:
    who, quote = asked(told, "({informant})", 5, 10)
    assert (who.of(quote), who.fewest(quote)) == ("", None)


def test_what_few_share_is_told_once_the_threshold_is_above(told: Study) -> None:
    who, quote = asked(told, "({arbeidsgiver})", 46, len(TEXT))
    rare = who.fewest(quote)
    assert rare is not None
    assert (rare.shown, rare.people) == ("stat", 1)
    assert "Only 1 informant is shown as «stat»" in str(rare_words(rare))
    assert who.rare() == (rare,)
    who, quote = asked(told, "({arbeidsgiver})", 46, len(TEXT), threshold=1)
    assert (who.fewest(quote), who.rare()) == (None, ())


def test_the_office_stands_beside_the_person_only_when_asked(told: Study) -> None:
    with pytest.raises(NotAllowed, match="office beside the person"):
        asked(told, "({role}, {kontor})", 31, 35)
    who, quote = asked(told, "({informant}, {kontor})", 46, 50, office=True)
    assert who.of(quote) == "(Kari, Ås)"


def test_a_field_that_nobody_has(told: Study) -> None:
    with pytest.raises(NotFound, match=r"Nobody has lønn.*arbeidsgiver"):
        asked(told, "({lønn})", 31, 35)
    entities = snapshots.load(told.connection).entities
    assert known_fields(entities) == ("rolle", "kontor", "informant", "ansatte", "arbeidsgiver")
