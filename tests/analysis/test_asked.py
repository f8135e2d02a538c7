"""What guides say of cells: asked and nothing said, not asked, or nothing at all."""

from typing import Any

import pytest

from qda.analysis import snapshot as snapshots
from qda.analysis.matrix import answer
from qda.model.guides import GuideLine, ReadGuide
from qda.model.ids import CaseId, CodeId, DocumentId, QuestionId
from qda.model.matrix import Matrix, MatrixSpec
from qda.operations import documents, guide_codes, guides, judgements
from qda.operations.judgements import CellContent
from qda.store import guides as rows
from qda.store import turns as turn_rows
from tests.analysis.conftest import Study

TEXT = "Hvilke møter har dere? Tavlemøte. Hvilke mål har dere? Planer."


@pytest.fixture
def told(study: Study) -> Study:
    """Two offices with an interview each; in Ås somebody coded, and the meetings were asked of."""
    with study.step():
        ids = study.ids = {}
        asker = study.participant("Intervjuer", interviewer=True)
        for position, name in enumerate(("Ås", "Bø")):
            ids[name] = study.case(name, position)
        ids["rutiner"] = study.code("rutiner")
        ids["tavle"] = study.code("tavle", ids["rutiner"])
        ids["mål"] = study.code("mål", position=1)
        ids["annet"] = study.code("annet", position=2)
        for name, office in (("i1", "Ås"), ("i2", "Bø")):
            ids[name] = study.document(name, TEXT)
            study.link("document", ids[name], ids[office])
            leader = study.participant(f"Leder {office}")
            study.turn(ids[name], 1, (0, 0, 22), asker, interviewer=True)
            study.turn(ids[name], 2, (23, 23, 33), leader)
            study.turn(ids[name], 3, (34, 34, 54), asker, interviewer=True)
            study.turn(ids[name], 4, (55, 55, 62), leader)
        study.coding(ids["i1"], ids["annet"], (55, 62))
    lines = tuple(
        GuideLine("question", f"{place}.", text)
        for place, text in enumerate(("Hvilke møter har dere?", "Hvilke mål har dere?"), 1)
    )
    made = guides.import_guide(
        study.project, coder="Test", guide=ReadGuide("Guide", "g.txt", lines)
    ).value
    ids["møter?"], ids["mål?"] = (one.id for one in made.questions)
    for question, code in (("møter?", "tavle"), ("mål?", "mål")):
        guide_codes.link_codes(
            study.project, coder="Test", questions=[QuestionId(ids[question])],
            code_ids=[CodeId(ids[code])],
        )  # fmt: skip
    return study


def ask(study: Study, **question: Any) -> Matrix:  # noqa: ANN401 - any part of a spec
    return answer(study.connection, snapshots.load(study.connection), MatrixSpec(**question))


def set_turn(study: Study, document: str, number: int, *questions: str) -> None:
    of_document = turn_rows.of_document(study.connection, DocumentId(study.ids[document]))
    turn = next(one.id for one in of_document if one.number == number)
    guides.set_turns(
        study.project,
        coder="Test",
        turns=[turn],
        questions=[QuestionId(study.ids[one]) for one in questions],
    )


def statuses(matrix: Matrix, office: str) -> dict[str, tuple[str | None, str | None]]:
    row = next(at for at, one in enumerate(matrix.rows) if one.label == office)
    return {
        column.label: (matrix.statuses[row][at], matrix.status_origins[row][at])
        for at, column in enumerate(matrix.columns)
    }


def test_without_a_guide_gone_through_nothing_is_said_of_counts(told: Study) -> None:
    assert ask(told).statuses == ()
    summary = ask(told, cells="summary")
    assert statuses(summary, "Bø")["rutiner"] == ("not-read", "none")


def test_cells_say_what_was_asked_and_who_says_so(told: Study) -> None:
    set_turn(told, "i1", 1, "møter?")
    matrix = ask(told)
    assert statuses(matrix, "Ås") == {
        "rutiner": ("asked-nothing-said", "guide"),
        "mål": ("not-asked", "guide"),
        "annet": ("coded", "codings"),
    }
    # In Bø no guide was gone through, so nobody knows.
    assert statuses(matrix, "Bø")["rutiner"] == ("not-read", "none")
    assert matrix.cells[0] == (0, 0, 1)


def test_a_turn_that_asks_several_questions_asks_about_each_of_their_codes(told: Study) -> None:
    set_turn(told, "i1", 1, "møter?", "mål?")
    assert statuses(ask(told), "Ås") == {
        "rutiner": ("asked-nothing-said", "guide"),
        "mål": ("asked-nothing-said", "guide"),
        "annet": ("coded", "codings"),
    }


def test_an_interview_that_nobody_has_read_says_nothing(told: Study) -> None:
    set_turn(told, "i2", 1, "møter?")
    assert statuses(ask(told), "Bø")["rutiner"] == ("not-read", "none")
    documents.mark_done(told.project, coder="Test", document=DocumentId(told.ids["i2"]), done=True)
    assert statuses(ask(told), "Bø")["rutiner"] == ("asked-nothing-said", "guide")


def test_what_somebody_says_of_a_cell_wins(told: Study) -> None:
    set_turn(told, "i1", 1, "møter?")
    judgements.write_cell(
        told.project, coder="Kari", case=CaseId(told.ids["Ås"]), code=CodeId(told.ids["rutiner"]),
        content=CellContent(status="not-asked"),
    )  # fmt: skip
    assert statuses(ask(told), "Ås")["rutiner"] == ("not-asked", "hand")


def test_a_question_that_is_said_to_be_asked_counts(told: Study) -> None:
    set_turn(told, "i1", 1, "møter?")
    for document, question, asked in (("i1", "mål?", True), ("i1", "møter?", False)):
        guides.set_asked(
            told.project, coder="Test", question=QuestionId(told.ids[question]),
            document=DocumentId(told.ids[document]), asked=asked,
        )  # fmt: skip
    found = statuses(ask(told), "Ås")
    assert found["mål"] == ("asked-nothing-said", "guide")
    assert found["rutiner"] == ("not-asked", "guide")


def test_not_asked_needs_every_interview_of_the_case(told: Study) -> None:
    set_turn(told, "i1", 1, "møter?")
    with told.step():
        told.link("document", told.ids["i2"], told.ids["Ås"])
    assert statuses(ask(told), "Ås")["mål"] == ("not-read", "none")


def test_codes_by_themselves_do_not_ask_for_those_above(told: Study) -> None:
    set_turn(told, "i1", 1, "møter?")
    found = statuses(ask(told, folded=False), "Ås")
    assert found["rutiner"] == ("not-read", "none")
    assert found["rutiner/tavle"] == ("asked-nothing-said", "guide")


def test_what_a_subcode_says_was_said_of_the_code_above(told: Study) -> None:
    guide_codes.link_codes(
        told.project, coder="Test", questions=[QuestionId(told.ids["møter?"])],
        code_ids=[CodeId(told.ids["rutiner"])],
    )  # fmt: skip
    set_turn(told, "i1", 1, "møter?")
    assert statuses(ask(told, folded=False), "Ås")["rutiner"] == ("asked-nothing-said", "guide")
    with told.step():
        told.coding(told.ids["i1"], told.ids["tavle"], (23, 33))
    assert statuses(ask(told, folded=False), "Ås")["rutiner"] == ("not-read", "none")
    assert statuses(ask(told), "Ås")["rutiner"] == ("coded", "codings")


def test_participants_are_told_apart(told: Study) -> None:
    set_turn(told, "i1", 1, "møter?")
    matrix = ask(told, rows=("participant",), cells="summary")
    assert statuses(matrix, "Leder Ås")["rutiner"] == ("asked-nothing-said", "guide")
    assert statuses(matrix, "Leder Bø")["rutiner"] == ("not-read", "none")


def test_an_older_snapshot_knows_of_new_matches(told: Study) -> None:
    loaded = snapshots.load(told.connection)
    set_turn(told, "i1", 1, "møter?")
    matrix = answer(told.connection, loaded, MatrixSpec())
    assert statuses(matrix, "Ås")["rutiner"] == ("asked-nothing-said", "guide")
    assert rows.interviews(told.connection) == (told.ids["i1"], told.ids["i2"])
