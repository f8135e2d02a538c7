"""Interview guides: kept, matched, corrected, linked with codes; answers coded in one step."""

from collections.abc import Callable

import pytest

from qda.model.errors import NotAllowed, NotFound
from qda.model.guides import Guide, GuideLine, ReadGuide
from qda.model.ids import CodeId, DocumentId, GuideId, QuestionId, TurnId
from qda.operations import codes, corrections, guide_codes, guide_lines, guides
from qda.operations.documents import remove_document
from qda.operations.turns import merge_turns, split_turn
from qda.store import codings
from qda.store import guides as rows
from qda.store import turns as turn_rows
from qda.store.project_file import ProjectFile
from qda.text.edits import Edit
from qda.text.guide_answers import answers

NORTH = """\
Intervjuer: Hvilke faste møter har dere?
Leder: Tavlemøte hver mandag.
Intervjuer: Kan du utdype?
Leder: Vi står ved tavla og teller planer.
Intervjuer: Hva heter hunden din?
Leder: Pelle.
Intervjuer: Hvilke mål måles dere på?
Leder: Planer.
"""
SOUTH = "Intervjuer: Hvordan lærte du jobben?\nVeileder: Av sidemannen.\n"
READ = ReadGuide(
    "Guide",
    "guide.txt",
    (
        GuideLine("note", "", "Husk samtykke."),
        GuideLine("heading", "", "Rutiner"),
        GuideLine("question", "1.", "Hvilke faste møter har dere?"),
        GuideLine("probe", "", "tavlemøte"),
        GuideLine("question", "2.", "Hvilke mål er det dere måles på?"),
        GuideLine("question", "3.", "Hvordan lærte du det du trenger i jobben?"),
    ),
)


@pytest.fixture
def guide(project: ProjectFile) -> Guide:
    return guides.import_guide(project, coder="Kari", guide=READ).value


@pytest.fixture
def north(put: Callable[..., int]) -> DocumentId:
    return DocumentId(put("Nord", NORTH))


def question(guide: Guide, number: str) -> QuestionId:
    return next(one.id for one in guide.questions if one.number == number + ".")


def asked(project: ProjectFile, document: DocumentId) -> dict[int, tuple[str, bool]]:
    """What interviewers' turns ask, by number of the turn: numbers of the questions or role."""
    numbers = {line.id: line.number for one in rows.all_guides(project.connection)
               for line in one.lines}  # fmt: skip
    said = rows.of_document(project.connection, document)
    return {
        turn.number: (
            " ".join(numbers[each].rstrip(".") for each in one.questions) or one.role,
            one.by_hand,
        )
        for turn in turn_rows.of_document(project.connection, document)
        if (one := said.get(turn.id)) is not None
    }


def turn(project: ProjectFile, document: DocumentId, number: int) -> TurnId:
    return turn_rows.of_document(project.connection, document)[number - 1].id


def match(project: ProjectFile, guide: Guide, *chosen: DocumentId) -> guides.MatchCount:
    return guides.match_guide(project, coder="Kari", guide=guide.id, chosen=chosen or None).value


def test_a_guide_is_kept_without_its_notes(project: ProjectFile, guide: Guide) -> None:
    assert rows.all_guides(project.connection) == (guide,)
    assert [one.kind for one in guide.lines] == [
        "heading", "question", "probe", "question", "question",
    ]  # fmt: skip
    assert guide.questions[0].label == "1. Hvilke faste møter har dere?"
    project.undo("Kari")
    assert rows.all_guides(project.connection) == ()
    project.redo("Kari")
    assert rows.all_guides(project.connection) == (guide,)


def test_a_guide_needs_a_question_and_a_name_of_its_own(project: ProjectFile, guide: Guide) -> None:
    with pytest.raises(NotAllowed):
        guides.import_guide(project, coder="Kari", guide=READ)
    nothing = ReadGuide("Tom", "t.txt", (GuideLine("heading", "", "Tema"),))
    with pytest.raises(NotAllowed):
        guides.import_guide(project, coder="Kari", guide=nothing)
    other = guides.import_guide(project, coder="Kari", guide=READ, name="Ny").value
    with pytest.raises(NotAllowed):
        guides.rename_guide(project, coder="Kari", guide=other.id, name="Guide")
    guides.rename_guide(project, coder="Kari", guide=other.id, name="Veiledere")
    assert [one.name for one in rows.all_guides(project.connection)] == [guide.name, "Veiledere"]


def test_turns_are_matched_in_one_step(
    project: ProjectFile, guide: Guide, north: DocumentId, steps: Callable[[], int]
) -> None:
    before = steps()
    count = match(project, guide)
    assert (count.documents, count.turns, count.matched, count.by_hand) == (1, 4, 2, 0)
    assert asked(project, north) == {1: ("1", False), 7: ("2", False)}
    assert steps() == before + 1
    project.undo("Kari")
    assert asked(project, north) == {}
    assert rows.matched_documents(project.connection) == {}
    project.redo("Kari")
    assert asked(project, north) == {1: ("1", False), 7: ("2", False)}
    assert rows.matched_documents(project.connection) == {north: guide.id}


def test_a_match_keeps_its_score_and_words(
    project: ProjectFile, guide: Guide, north: DocumentId
) -> None:
    match(project, guide)
    [said] = rows.of_document(project.connection, north)[turn(project, north, 1)].asked
    assert 500 <= said.score <= 1000
    assert set(said.words) == {"faste", "møter"}


def test_what_is_set_by_hand_outlasts_matching(
    project: ProjectFile, guide: Guide, north: DocumentId
) -> None:
    match(project, guide)
    first, second, third, last = (turn(project, north, number) for number in (1, 3, 5, 7))
    guides.set_turns(project, coder="Kari", turns=[first], questions=[question(guide, "3")])
    guides.set_turns(project, coder="Kari", turns=[third], role="outside")
    guides.set_turns(project, coder="Kari", turns=[last], role="follow-up")
    by_hand = {1: ("3", True), 5: ("outside", True), 7: ("follow-up", True)}
    assert asked(project, north) == by_hand
    count = match(project, guide)
    assert (count.matched, count.by_hand) == (0, 3)
    assert asked(project, north) == by_hand
    guides.release_turns(project, coder="Kari", turns=[first])
    assert asked(project, north) == {**by_hand, 1: ("1", False)}
    project.undo("Kari")
    assert asked(project, north) == by_hand
    with pytest.raises(NotAllowed):
        guides.set_turns(project, coder="Kari", turns=[second])
    with pytest.raises(NotAllowed):
        guides.set_turns(
            project, coder="Kari", turns=[turn(project, north, 2)], questions=[question(guide, "1")]
        )
    with pytest.raises(NotFound):
        guides.set_turns(
            project, coder="Kari", turns=[TurnId(999)], questions=[question(guide, "1")]
        )


def test_a_turn_asks_several_questions_by_hand(
    project: ProjectFile, guide: Guide, north: DocumentId, steps: Callable[[], int]
) -> None:
    match(project, guide)
    first, hund = turn(project, north, 1), turn(project, north, 5)
    one, two, three = (question(guide, number) for number in "123")
    before = steps()
    guides.set_turns(project, coder="Kari", turns=[hund], questions=[three, one])
    guides.add_question_to_turns(project, coder="Kari", turns=[first, hund], question=two)
    both = {1: ("1 2", True), 5: ("3 1 2", True), 7: ("2", False)}
    assert asked(project, north) == both
    assert match(project, guide).by_hand == 2
    assert asked(project, north) == both
    guides.take_question_from_turns(project, coder="Kari", turns=[first, hund], question=one)
    assert asked(project, north) == {1: ("2", True), 5: ("3 2", True), 7: ("2", False)}
    guides.take_question_from_turns(project, coder="Kari", turns=[first, hund], question=two)
    fewer = {1: ("follow-up", True), 5: ("3", True), 7: ("2", False)}
    assert asked(project, north) == fewer
    for _ in range(4):
        project.undo("Kari")
    assert asked(project, north) == {1: ("1", False), 5: ("3 1", True), 7: ("2", False)}
    for _ in range(4):
        project.redo("Kari")
    assert asked(project, north) == fewer
    guides.set_turns(project, coder="Kari", turns=[hund], questions=[two, one])
    guides.release_turns(project, coder="Kari", turns=[first, hund])
    assert asked(project, north) == {1: ("1", False), 7: ("2", False)}
    assert steps() > before


def test_questions_of_a_turn_are_of_one_guide(
    project: ProjectFile, guide: Guide, north: DocumentId
) -> None:
    other = guides.import_guide(project, coder="Kari", guide=READ, name="Ledere").value
    mixed = [question(guide, "1"), question(other, "2")]
    with pytest.raises(NotAllowed):
        guides.set_turns(project, coder="Kari", turns=[turn(project, north, 1)], questions=mixed)


def test_what_is_left_of_a_turn_when_one_of_its_questions_goes(
    project: ProjectFile, guide: Guide, north: DocumentId
) -> None:
    first = turn(project, north, 1)
    one, two = question(guide, "1"), question(guide, "2")
    guides.set_turns(project, coder="Kari", turns=[first], questions=[one, two])
    guide_lines.remove_question(project, coder="Kari", question=one)
    assert rows.of_document(project.connection, north)[first].questions == (two,)
    project.undo("Kari")
    assert rows.of_document(project.connection, north)[first].questions == (one, two)


def test_several_questions_are_found_in_a_turn(
    project: ProjectFile, guide: Guide, put: Callable[..., int]
) -> None:
    said = "Intervjuer: Hvilke mål måles dere på, og hvordan lærte du jobben?\nLeder: Vi teller.\n"
    south = DocumentId(put("Sør", said))
    assert match(project, guide).matched == 1
    assert asked(project, south) == {1: ("2 3", False)}
    spoken = turn_rows.of_document(project.connection, south)
    found = answers(spoken, rows.of_document(project.connection, south))
    assert [(one.number, one.question) for one in found] == [
        (2, question(guide, "2")), (2, question(guide, "3")),
    ]  # fmt: skip
    assert rows.asked(project.connection) == {
        (question(guide, "2"), south), (question(guide, "3"), south),
    }  # fmt: skip


def test_one_document_is_matched_as_all_are(
    project: ProjectFile, guide: Guide, north: DocumentId, put: Callable[..., int]
) -> None:
    south = DocumentId(put("Sør", SOUTH))
    match(project, guide)
    whole = rows.of_all_turns(project.connection)
    match(project, guide, south)
    match(project, guide, north)
    assert rows.of_all_turns(project.connection) == whole


def test_a_document_is_gone_through_by_one_guide(
    project: ProjectFile, guide: Guide, north: DocumentId
) -> None:
    other = guides.import_guide(project, coder="Kari", guide=READ, name="Ledere").value
    match(project, guide)
    guides.set_turns(
        project, coder="Kari", turns=[turn(project, north, 5)], questions=[question(guide, "3")]
    )
    with pytest.raises(NotAllowed):
        match(project, other)
    match(project, other, north)
    assert rows.matched_documents(project.connection) == {north: other.id}
    assert asked(project, north) == {1: ("1", False), 7: ("2", False)}
    said = rows.of_document(project.connection, north).values()
    assert {each for one in said for each in one.questions} <= {one.id for one in other.questions}
    guides.remove_guide(project, coder="Kari", guide=other.id)
    assert asked(project, north) == {}


def test_answers_go_on_until_the_next_question(
    project: ProjectFile, guide: Guide, north: DocumentId
) -> None:
    match(project, guide)

    def found() -> dict[int, str]:
        numbers = {one.id: one.number for one in guide.questions}
        spoken = turn_rows.of_document(project.connection, north)
        said = rows.of_document(project.connection, north)
        return {one.number: numbers[one.question] for one in answers(spoken, said)}

    assert found() == {2: "1.", 4: "1.", 6: "1.", 8: "2."}
    hund = turn(project, north, 5)
    guides.set_turns(project, coder="Kari", turns=[hund], role="outside")
    assert found() == {2: "1.", 4: "1.", 8: "2."}


def test_answers_are_coded_in_one_step(
    project: ProjectFile, guide: Guide, north: DocumentId, code: Callable[..., int]
) -> None:
    match(project, guide)
    rutiner = CodeId(code("rutiner"))
    spoken = turn_rows.of_document(project.connection, north)
    said = rows.of_document(project.connection, north)
    chosen = [one for one in answers(spoken, said) if one.question == question(guide, "1")]
    done = guide_codes.code_answers(project, coder="Kari", code=rutiner, answers=chosen).value
    assert (done.coded, done.before) == (3, 0)
    assert [one.quote for one in codings.of_document(project.connection, north)] == [
        "Tavlemøte hver mandag.", "Vi står ved tavla og teller planer.", "Pelle.",
    ]  # fmt: skip
    again = guide_codes.code_answers(project, coder="Kari", code=rutiner, answers=chosen).value
    assert (again.coded, again.before) == (0, 3)
    project.undo("Kari")
    assert codings.of_document(project.connection, north) == ()


def test_matches_follow_corrections_of_the_text(
    project: ProjectFile, guide: Guide, north: DocumentId
) -> None:
    match(project, guide)
    corrections.correct_text(
        project, coder="Kari", document=north, edits=(Edit(0, 0, "Opptak 1\n"),)
    )
    assert asked(project, north) == {1: ("1", False), 7: ("2", False)}
    split_turn(project, coder="Kari", turn=turn(project, north, 2), at=len("Opptak 1\n") + 59)
    assert asked(project, north) == {1: ("1", False), 8: ("2", False)}
    merge_turns(
        project, coder="Kari",
        turns=[turn(project, north, number) for number in (7, 8)],
    )  # fmt: skip
    assert asked(project, north) == {1: ("1", False)}
    project.undo("Kari")
    assert asked(project, north) == {1: ("1", False), 8: ("2", False)}


def test_whether_a_question_was_asked_can_be_said_by_hand(
    project: ProjectFile, guide: Guide, north: DocumentId
) -> None:
    match(project, guide)
    first, third = question(guide, "1"), question(guide, "3")
    assert (first, north) in rows.asked(project.connection)
    assert (third, north) not in rows.asked(project.connection)
    for one, was in ((first, False), (third, True)):
        guides.set_asked(project, coder="Kari", question=one, document=north, asked=was)
    assert (first, north) not in rows.asked(project.connection)
    assert (third, north) in rows.asked(project.connection)
    match(project, guide)
    assert (third, north) in rows.asked(project.connection)
    guides.set_asked(project, coder="Kari", question=first, document=north, asked=None)
    assert (first, north) in rows.asked(project.connection)


def test_questions_follow_codes_that_are_merged_or_removed(
    project: ProjectFile, guide: Guide, code: Callable[..., int]
) -> None:
    keep, other = CodeId(code("rutiner")), CodeId(code("møter"))
    first = question(guide, "1")
    guide_codes.link_codes(project, coder="Kari", questions=[first], code_ids=[other])
    codes.merge_codes(project, coder="Kari", keep=keep, other=other)
    assert [one.code for one in rows.code_links(project.connection)] == [keep]
    guide_codes.link_codes(project, coder="Kari", questions=[first], code_ids=[keep], linked=False)
    assert rows.code_links(project.connection) == ()
    with pytest.raises(NotFound):
        guide_codes.link_codes(project, coder="Kari", questions=[first], code_ids=[CodeId(99)])


def test_matches_go_with_their_document(
    project: ProjectFile, guide: Guide, north: DocumentId
) -> None:
    match(project, guide)
    remove_document(project, coder="Kari", document=north)
    assert rows.of_all_turns(project.connection) == {}
    project.undo("Kari")
    assert len(rows.of_all_turns(project.connection)) == 2


def test_turns_that_are_gone_meanwhile_are_passed_over(
    project: ProjectFile, guide: Guide, north: DocumentId
) -> None:
    found = guides.work_out(guides.gather(project, guide.id))
    remove_document(project, coder="Kari", document=north)
    count = guides.keep_matches(project, coder="Kari", matches=found).value
    assert count.matched == 0
    assert rows.matched_documents(project.connection) == {}


def test_what_is_gone_is_said(project: ProjectFile, guide: Guide) -> None:
    with pytest.raises(NotAllowed):
        match(project, guide)
    with pytest.raises(NotFound):
        guides.find_guide(project, GuideId(99))
    with pytest.raises(NotFound):
        guides.find_question(project, QuestionId(99))
