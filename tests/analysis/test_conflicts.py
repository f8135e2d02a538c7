"""What two coders have to settle: against joining by hand, and how it stands as codings change."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.analysis.agreement import disagreements
from qda.analysis.conflicts import conflicts, standings
from qda.model.agreement import AGREEMENT_UNITS, AgreementSpec, AgreementUnit, Conflict, Standing
from qda.model.ids import CodeId, CoderId, CodingId, DocumentId
from qda.operations.codes import remove_code
from qda.operations.codings import recode, remove_codings, resize_coding
from qda.operations.corrections import correct_text
from qda.operations.settling import discuss, reopen, settle, take_agreed
from qda.store import settlements
from qda.text.edits import Edit
from tests.analysis.conftest import Study
from tests.analysis.test_agreement import BOTH, Oracle, load, plans


def found(study: Study, **question: Any) -> tuple[Conflict, ...]:  # noqa: ANN401 - parts of a spec
    return conflicts(load(study), AgreementSpec(**{"coders": BOTH, **question}))


def standing(study: Study, **question: Any) -> list[Standing]:  # noqa: ANN401 - likewise
    spec = AgreementSpec(**{"coders": BOTH, **question})
    listed = conflicts(load(study), spec)
    known = settlements.of_pair(study.connection, spec.coders)
    told = standings(load(study), listed, known)
    return [told[one.id] for one in listed]


def states(study: Study, **question: Any) -> list[str]:  # noqa: ANN401 - likewise
    return [one.state for one in standing(study, **question)]


@pytest.fixture
def pair(study: Study) -> Study:
    """Two places where Ane (1) and Bo (2) differ on x, one where they do not, and one on y."""
    with study.step():
        study.coder("Bo")
        d = study.ids["d"] = study.document("D", "Vi teller planer. " * 30)
        x, y = study.ids["x"], study.ids["y"] = study.code("x"), study.code("y", position=1)
        study.ids["a"] = study.coding(d, x, (0, 100))
        study.ids["b"] = study.coding(d, x, (50, 200), 2)
        study.ids["c"] = study.coding(d, x, (300, 320))
        study.ids["e"] = study.coding(d, x, (330, 340))
        study.ids["f"] = study.coding(d, x, (330, 340), 2)
        study.ids["g"] = study.coding(d, y, (0, 100), 2)
    return study


def test_codings_that_overlap_are_one_thing_to_settle(pair: Study) -> None:
    one, two, three = found(pair)
    ids = pair.ids
    assert (one.start, one.end, one.sides) == (0, 200, ((ids["a"],), (ids["b"],)))
    assert one.places == ((0, 50, 1), (100, 200, 2))
    assert (two.code, two.sides) == (ids["y"], ((), (ids["g"],)))
    assert (three.start, three.end, three.sides) == (300, 320, ((ids["c"],), ()))
    (agreed,) = conflicts(load(pair), AgreementSpec(BOTH), agreed=True)
    assert (agreed.sides, agreed.places) == (((ids["e"],), (ids["f"],)), ())
    # Seen from the other, it is the same with the sides changed.
    turned = found(pair, coders=(BOTH[1], BOTH[0]))
    assert [each.id for each in turned] == [one.id, two.id, three.id]
    assert turned[0].sides == ((ids["b"],), (ids["a"],))


def test_what_is_settled_stays_so_until_its_codings_change(pair: Study) -> None:
    one, two, three = found(pair)
    settle(pair.project, coder="Ane", conflicts=[one], decision="both")
    settle(pair.project, coder="Ane", conflicts=[three], decision="neither")
    assert states(pair) == ["settled", "open", "settled"]
    # By another unit the document is one place: part of it is settled, nothing has changed.
    assert states(pair, unit="segment") == ["settled", "open", "settled"]
    assert states(pair, unit="document") == ["open"]
    assert two.id not in {each.id for each in found(pair, codes=frozenset({CodeId(1)}))}
    ids = pair.ids
    resize_coding(pair.project, coder="Bo", coding=CodingId(ids["b"]), start=50, end=190)
    assert states(pair) == ["changed", "open", "settled"]
    pair.project.undo("Bo")
    assert states(pair) == ["settled", "open", "settled"]
    with pair.step():
        pair.coding(ids["d"], ids["x"], (310, 330), 2)
    assert states(pair) == ["settled", "open", "changed"]
    pair.project.undo("Bo")
    recode(pair.project, coder="Bo", coding_ids=[CodingId(ids["b"])], code=CodeId(ids["y"]))
    assert states(pair)[0] == "changed"
    pair.project.undo("Bo")
    remove_codings(pair.project, coder="Bo", coding_ids=[CodingId(ids["b"])])
    assert states(pair) == ["changed", "open", "settled"]


def test_a_coding_made_anew_in_a_settled_place_is_told(pair: Study) -> None:
    one = found(pair)[0]
    settle(pair.project, coder="Ane", conflicts=[one], decision="first")
    ids = pair.ids
    remove_codings(pair.project, coder="Bo", coding_ids=[CodingId(ids[one]) for one in "ab"])
    assert states(pair) == ["open", "open"]
    with pair.step():
        pair.coding(ids["d"], ids["x"], (20, 60))
    assert states(pair) == ["open", "changed", "open"]


def test_a_correction_before_it_changes_nothing(pair: Study) -> None:
    settle(pair.project, coder="Ane", conflicts=found(pair)[2:], decision="first")
    edits = [Edit(0, 2, "Dere"), Edit(210, 0, "altså ")]
    correct_text(pair.project, coder="Ane", document=DocumentId(pair.ids["d"]), edits=edits)
    assert states(pair) == ["open", "open", "settled"]
    inside = [Edit(found(pair)[2].start + 3, 4, "")]
    correct_text(pair.project, coder="Ane", document=DocumentId(pair.ids["d"]), edits=inside)
    assert states(pair) == ["open", "open", "changed"]


def test_another_pair_is_another_matter(pair: Study) -> None:
    with pair.step():
        cato = CoderId(pair.coder("Cato"))
        pair.coding(pair.ids["d"], pair.ids["y"], (400, 410), cato)
    settle(pair.project, coder="Ane", conflicts=found(pair), decision="first")
    assert set(states(pair)) == {"settled"}
    assert set(states(pair, coders=(BOTH[0], cato))) == {"open"}


def test_folded_and_unfolded_settle_the_same(study: Study) -> None:
    with study.step():
        study.coder("Bo")
        d, x = study.document("D", "x" * 100), study.code("x")
        one, other = study.code("en", x), study.code("to", x, 1)
        study.coding(d, one, (0, 10))
        study.coding(d, other, (5, 20), 2)
    folded, unfolded = found(study), found(study, folded=False)
    assert [(each.code, each.places) for each in folded] == [(x, ((0, 5, 1), (10, 20, 2)))]
    assert [each.code for each in unfolded] == [one, other]
    settle(study.project, coder="Ane", conflicts=unfolded[:1], decision="first")
    assert states(study, folded=False) == ["settled", "open"]
    assert states(study) == ["open"]
    settle(study.project, coder="Ane", conflicts=folded, decision="second")
    assert states(study, folded=False) == ["settled", "settled"]
    assert states(study) == ["settled"]


def test_a_discussion_is_open_and_outlasts_settling(pair: Study) -> None:
    one = found(pair)[0]
    memo = discuss(pair.project, coder="Ane", conflict=one, text="Hvor begynner det?").value
    assert memo is not None
    (told, *_others) = standing(pair)
    assert (told.state, told.memo) == ("open", memo)
    settle(pair.project, coder="Ane", conflicts=[one], decision="first")
    assert standing(pair)[0].memo == memo
    reopen(pair.project, coder="Ane", conflicts=[one])
    assert (standing(pair)[0].state, standing(pair)[0].memo) == ("open", memo)


def test_what_was_agreed_is_told_when_it_changes(pair: Study) -> None:
    spec = AgreementSpec(BOTH)
    agreed = conflicts(load(pair), spec, agreed=True)
    take_agreed(pair.project, coder="Ane", conflicts=agreed)
    known = settlements.of_pair(pair.connection, BOTH)
    assert [one.state for one in standings(load(pair), agreed, known).values()] == ["settled"]
    resize_coding(pair.project, coder="Bo", coding=CodingId(pair.ids["f"]), start=332, end=340)
    assert states(pair) == ["open", "open", "open", "changed"]


def test_removing_a_code_takes_its_settlements(pair: Study) -> None:
    settle(pair.project, coder="Ane", conflicts=found(pair), decision="both")
    remove_code(pair.project, coder="Ane", code=CodeId(pair.ids["x"]))
    assert [one.code for one in settlements.all_settlements(pair.connection)] == [pair.ids["y"]]


# ----------------------------------------------------------------------------- the slow oracle
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100
)
@given(
    plan=plans(), unit=st.sampled_from(AGREEMENT_UNITS), folded=st.booleans(),
    threshold=st.sampled_from([0.25, 0.5, 1.0]),
)  # fmt: skip
def test_every_conflict_is_what_joining_by_hand_gives(
    shared_study: Study,
    plan: dict[str, list[Any]],
    unit: AgreementUnit,
    folded: bool,
    threshold: float,
) -> None:
    spec = AgreementSpec(BOTH, unit, folded, threshold=threshold)
    oracle = Oracle(shared_study, plan, spec)
    snapshot = load(shared_study)
    tops = [code for code in oracle.codes if not folded or code not in oracle.parent]
    differing = [one for one in disagreements(snapshot, spec) if one.code in tops]
    expected = set()
    for document in oracle.shared:
        for code in tops:
            expected |= joined_by_hand(oracle, differing, document, code)
    shown = [*conflicts(snapshot, spec), *conflicts(snapshot, spec, agreed=True)]
    assert {
        (one.document, one.code, frozenset(one.codings), frozenset(one.places)) for one in shown
    } == expected
    assert len({one.id for one in shown}) == len(shown)
    everything = [coding for one in shown for coding in one.codings]
    assert len(everything) == len(set(everything))
    assert all(one.places for one in conflicts(snapshot, spec))
    for one in shown:
        for coding in one.sides[0]:
            assert {who for (*_, who), number in oracle.numbers if number == coding} == {1}
    assert all(one.state == "open" for one in standings(snapshot, shown, ()).values())


def joined_by_hand(
    oracle: Oracle, differing: list[Any], document: int, code: int
) -> set[tuple[int, int, frozenset[int], frozenset[tuple[int, int, int]]]]:
    """Join whatever overlaps until nothing does."""
    groups: list[tuple[int, int, frozenset[Any], frozenset[Any]]] = [
        (start, end, frozenset({number}), frozenset())
        for (where, used, start, end, who), number in oracle.numbers
        if where == document and who in (1, 2) and code in oracle.counts_as(used)
    ]
    groups += [
        (one.start, one.end, frozenset(), frozenset({(one.start, one.end, one.coder)}))
        for one in differing
        if (one.document, one.code) == (document, code)
    ]
    joined = True
    while joined:
        joined = False
        for one in groups:
            near = next(
                (each for each in groups if each is not one and each[0] < one[1] > each[0]
                 and one[0] < each[1]), None,
            )  # fmt: skip
            if near is not None:
                groups = [each for each in groups if each not in (one, near)]
                groups.append(
                    (min(one[0], near[0]), max(one[1], near[1]), one[2] | near[2], one[3] | near[3])
                )
                joined = True
                break
    return {(document, code, codings, places) for _, _, codings, places in groups}


def test_a_conflict_with_other_codings_has_another_name(pair: Study) -> None:
    before = {one.id for one in found(pair)}
    with pair.step():
        pair.coding(pair.ids["d"], pair.ids["x"], (190, 210))
    after = found(pair)
    assert {one.id for one in after} & before == {after[1].id, after[2].id}
    assert replace(after[1]).codings == (pair.ids["g"],)
