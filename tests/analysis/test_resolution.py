"""The vectorised resolution against a slow one, written separately after the rules in words."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.analysis import snapshot as snapshots
from qda.analysis.resolution import resolve_one
from qda.analysis.tables import Snapshot
from qda.model.errors import NotFound
from qda.model.ids import CodingId
from tests.analysis.conftest import Study

LENGTH = 30
Plan = dict[str, list[Any]]


def fast_pairs(snapshot: Snapshot) -> dict[int, set[tuple[int | None, int | None]]]:
    entities, pairs = snapshot.entities, snapshot.resolution.pairs
    found: dict[int, set[tuple[int | None, int | None]]] = {}
    rows = list(
        zip(pairs.unit.tolist(), pairs.participant.tolist(), pairs.case.tolist(), strict=True)
    )
    assert rows == sorted(set(rows))
    for unit, participant, case in rows:
        found.setdefault(int(snapshot.codings.ids[unit]), set()).add(
            (
                entities.participants[participant].id if participant >= 0 else None,
                entities.cases[case].id if case >= 0 else None,
            )
        )
    return found


@st.composite
def span(draw: st.DrawFn) -> tuple[int, int]:
    start = draw(st.integers(0, LENGTH - 1))
    return start, draw(st.integers(start + 1, LENGTH))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    some = st.integers(0, 3)
    return {
        "turns": draw(
            st.lists(
                st.tuples(st.integers(0, 2), span(), st.integers(-1, 4), st.booleans()), max_size=12
            )
        ),
        "codings": draw(st.lists(st.tuples(st.integers(0, 2), span()), min_size=1, max_size=8)),
        "document": draw(st.lists(st.tuples(st.integers(0, 2), some), max_size=4)),
        "participant": draw(st.lists(st.tuples(st.integers(0, 4), some), max_size=6)),
        "coding": draw(st.lists(st.tuples(st.integers(0, 7), some), max_size=4)),
    }


def fill(study: Study, plan: Plan) -> dict[str, list[int]]:
    documents = [study.document(name, "abc " * 7 + "de") for name in ("b", "å", "aa")]
    people = [study.participant(f"P{number}") for number in range(5)]
    cases = [study.case(f"C{number}", position=-number) for number in range(4)]
    code = study.code("k")
    for number, (document, (start, end), person, interviewer) in enumerate(plan["turns"], 1):
        study.turn(
            documents[document],
            number,
            (start, min(start + 1, end - 1), end),
            people[person] if person >= 0 else None,
            interviewer=interviewer,
        )
    codings = [
        study.coding(documents[document], code, place) for document, place in plan["codings"]
    ]
    subjects = {"document": documents, "participant": people, "coding": codings}
    for table, things in subjects.items():
        for subject, case in plan[table]:
            if subject < len(things):
                study.link(table, things[subject], cases[case])
    return {"coding": codings, "document": documents, "participant": people, "case": cases}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(plan=plans())
def test_every_coding_resolves_as_the_rules_say(shared_study: Study, plan: Plan) -> None:
    shared_study.clear()
    with shared_study.step():
        ids = fill(shared_study, plan)
    snapshot = snapshots.load(shared_study.connection)
    found = fast_pairs(snapshot)
    assert set(found) == set(ids["coding"])
    for coding in ids["coding"]:
        pairs, origin = shared_study.slow_pairs(coding)
        assert found[coding] == pairs
        one = resolve_one(snapshot, CodingId(coding))
        assert set(one.participants) == {person for person, _ in pairs} - {None}
        assert set(one.cases) == {case for _, case in pairs} - {None}
        assert one.origin == origin


@pytest.fixture
def office(study: Study) -> Study:
    """One interview with interviewer, adviser and leader; only the leader has an own office."""
    with study.step():
        document = study.document("Intervju", "I: Hva gjør dere? V: Vi møtes. L: Hver uke, ja.")
        people = [
            study.participant("Intervjuer", interviewer=True),
            study.participant("Veileder"),
            study.participant("Leder"),
        ]
        study.turn(document, 1, (0, 3, 17), people[0], interviewer=True)
        study.turn(document, 2, (18, 21, 30), people[1])
        study.turn(document, 3, (31, 34, 47), people[2])
        offices = [study.case("Elvebakken"), study.case("Storlia", 1)]
        study.link("document", document, offices[0])
        study.link("participant", people[2], offices[1])
        study.ids = {"document": document, "rutiner": study.code("rutiner")}
        study.ids |= {f"person {at}": one for at, one in enumerate(people)}
        study.ids |= {f"office {at}": one for at, one in enumerate(offices)}
    return study


@pytest.mark.parametrize(
    ("place", "people", "cases", "origin"),
    [
        ((4, 10), [0], [0], "document"),
        ((4, 25), [1], [0], "document"),
        ((18, 19), [1], [0], "document"),
        ((30, 31), [], [0], "document"),
        ((17, 31), [1], [0], "document"),
        ((22, 40), [1, 2], [1], "speaker"),
        ((35, 40), [2], [1], "speaker"),
    ],
)
def test_speaker_and_office_of_a_segment(
    office: Study, place: tuple[int, int], people: list[int], cases: list[int], origin: str
) -> None:
    with office.step():
        coding = office.coding(office.ids["document"], office.ids["rutiner"], place)
    one = resolve_one(snapshots.load(office.connection), CodingId(coding))
    assert set(one.participants) == {office.ids[f"person {index}"] for index in people}
    assert one.cases == tuple(office.ids[f"office {index}"] for index in cases)
    assert one.origin == origin


def test_own_link_goes_before_speaker_and_document(office: Study) -> None:
    with office.step():
        coding = office.coding(office.ids["document"], office.ids["rutiner"], (35, 40))
        office.link("coding", coding, office.ids["office 0"])
    one = resolve_one(snapshots.load(office.connection), CodingId(coding))
    assert (one.cases, one.origin) == ((office.ids["office 0"],), "coding")


def test_a_segment_that_is_gone_is_not_found(office: Study) -> None:
    with pytest.raises(NotFound):
        resolve_one(snapshots.load(office.connection), CodingId(99))


def test_a_case_that_is_nobodys_own_is_kept_with_everybody(office: Study) -> None:
    with office.step():
        third = office.case("Fjellhamna", 2)
        office.link("participant", office.ids["person 1"], office.ids["office 0"])
        coding = office.coding(office.ids["document"], office.ids["rutiner"], (22, 40))
        for case in (office.ids["office 0"], office.ids["office 1"], third):
            office.link("coding", coding, case)
    adviser, leader = office.ids["person 1"], office.ids["person 2"]
    assert fast_pairs(snapshots.load(office.connection))[coding] == {
        (adviser, office.ids["office 0"]),
        (leader, office.ids["office 1"]),
        (adviser, third),
        (leader, third),
    }
