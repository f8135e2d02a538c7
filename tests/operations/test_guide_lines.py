"""A guide is changed line by line: what turns ask stays, numbers follow, and each is one step."""

from collections.abc import Callable

import pytest

from qda.model.errors import NotAllowed, NotFound
from qda.model.guides import Guide, GuideLine, ReadGuide
from qda.model.ids import DocumentId, QuestionId
from qda.operations import guide_lines, guides
from qda.store import guides as rows
from qda.store import turns as turn_rows
from qda.store.project_file import ProjectFile

LINES = (
    GuideLine("heading", "", "Rutiner"),
    GuideLine("question", "1.", "Hvilke faste møter har dere?"),
    GuideLine("probe", "", "tavlemøte"),
    GuideLine("question", "2.", "Hvilke mål måles dere på?"),
    GuideLine("heading", "", "Til slutt"),
    GuideLine("question", "3.", "Er det noe du vil legge til?"),
)
BEFORE = [
    "Rutiner", "1. Hvilke faste møter har dere?", "tavlemøte", "2. Hvilke mål måles dere på?",
    "Til slutt", "3. Er det noe du vil legge til?",
]  # fmt: skip


@pytest.fixture
def guide(project: ProjectFile) -> Guide:
    read = ReadGuide("Guide", "guide.txt", LINES)
    return guides.import_guide(project, coder="Kari", guide=read).value


def number(guide: Guide, number: str) -> QuestionId:
    return next(one.id for one in guide.questions if one.number == number + ".")


def shown(project: ProjectFile) -> list[str]:
    """Every line of the guide, and that their places are without gap."""
    (guide,) = rows.all_guides(project.connection)
    assert [one.position for one in guide.lines] == sorted({one.position for one in guide.lines})
    return [one.label for one in guide.lines]


def test_other_words_keep_what_was_matched(
    project: ProjectFile, guide: Guide, put: Callable[..., int]
) -> None:
    north = DocumentId(put("Nord", "Intervjuer: Hvilke møter?\nLeder: Tavla.\n"))
    turn = turn_rows.of_document(project.connection, north)[0].id
    first = number(guide, "1")
    guides.set_turns(project, coder="Kari", turns=[turn], questions=[first])
    guide_lines.reword_question(project, coder="Kari", question=first, text=" Hvilke  møter? ")
    kept = guides.find_question(project, first)
    assert (kept.number, kept.text) == ("1.", "Hvilke møter?")
    assert rows.of_document(project.connection, north)[turn].questions == (first,)
    with pytest.raises(NotAllowed):
        guide_lines.reword_question(project, coder="Kari", question=first, text=" ")
    project.undo("Kari")
    assert shown(project) == BEFORE


def test_the_same_words_are_no_step(
    project: ProjectFile, guide: Guide, steps: Callable[[], int]
) -> None:
    before = steps()
    first = number(guide, "1")
    guide_lines.reword_question(project, coder="Kari", question=first, text=BEFORE[1][3:])
    assert steps() == before


def test_a_question_is_added_behind_another_and_its_probes(
    project: ProjectFile, guide: Guide
) -> None:
    made = guide_lines.add_question(
        project, coder="Kari", guide=guide.id, text="Hvem leder dem?", after=number(guide, "1")
    ).value
    assert made.number == "2."
    assert shown(project) == [
        *BEFORE[:3], "2. Hvem leder dem?", "3. Hvilke mål måles dere på?", "Til slutt",
        "4. Er det noe du vil legge til?",
    ]  # fmt: skip
    project.undo("Kari")
    assert shown(project) == BEFORE
    guide_lines.add_question(project, coder="Kari", guide=guide.id, text="Og ellers?")
    assert shown(project) == [*BEFORE, "4. Og ellers?"]
    with pytest.raises(NotAllowed):
        guide_lines.add_question(project, coder="Kari", guide=guide.id, text="  ")


def test_a_removed_question_takes_its_probes_and_matches_along(
    project: ProjectFile, guide: Guide, put: Callable[..., int]
) -> None:
    north = DocumentId(put("Nord", "Intervjuer: Hvilke møter?\nLeder: Tavla.\n"))
    turn = turn_rows.of_document(project.connection, north)[0].id
    first = number(guide, "1")
    guides.set_turns(project, coder="Kari", turns=[turn], questions=[first])
    guide_lines.remove_question(project, coder="Kari", question=first)
    assert shown(project) == [
        "Rutiner", "1. Hvilke mål måles dere på?", "Til slutt", "2. Er det noe du vil legge til?",
    ]  # fmt: skip
    assert not rows.of_document(project.connection, north)
    project.undo("Kari")
    assert shown(project) == BEFORE
    assert rows.of_document(project.connection, north)[turn].questions == (first,)


def test_the_only_question_stays(project: ProjectFile, guide: Guide) -> None:
    for one in guide.questions[1:]:
        guide_lines.remove_question(project, coder="Kari", question=one.id)
    with pytest.raises(NotAllowed):
        guide_lines.remove_question(project, coder="Kari", question=guide.questions[0].id)
    probe = guide.lines[2].id
    guide_lines.remove_question(project, coder="Kari", question=probe)
    assert "tavlemøte" not in shown(project)
    with pytest.raises(NotFound):
        guide_lines.remove_question(project, coder="Kari", question=probe)


def test_a_question_moves_with_its_probes_and_past_headings(
    project: ProjectFile, guide: Guide, steps: Callable[[], int]
) -> None:
    def move(question: QuestionId, *, down: bool) -> bool:
        return guide_lines.move_question(project, coder="Kari", question=question, down=down).value

    first, third = number(guide, "1"), number(guide, "3")
    assert move(first, down=True)
    assert shown(project) == [
        "Rutiner", "1. Hvilke mål måles dere på?", "2. Hvilke faste møter har dere?", "tavlemøte",
        "Til slutt", "3. Er det noe du vil legge til?",
    ]  # fmt: skip
    assert move(first, down=False)
    assert shown(project) == BEFORE
    assert move(third, down=False)
    assert shown(project)[-2:] == ["3. Er det noe du vil legge til?", "Til slutt"]
    before = steps()
    assert move(third, down=True)
    assert not move(third, down=True)
    assert steps() == before + 1
    for _ in range(4):
        project.undo("Kari")
    assert shown(project) == BEFORE


def test_numbers_that_are_not_counted_stay_as_they_are(project: ProjectFile) -> None:
    lines = (
        GuideLine("question", "1.1", "Hvem er du?"),
        GuideLine("question", "1.2", "Hva gjør du?"),
        GuideLine("question", "2.1", "Hva måles?"),
    )
    read = ReadGuide("Guide", "guide.txt", lines)
    made = guides.import_guide(project, coder="Kari", guide=read).value
    first = made.questions[0].id
    guide_lines.add_question(project, coder="Kari", guide=made.id, text="Hvor?", after=first)
    assert shown(project) == ["1.1. Hvem er du?", "Hvor?", "1.2. Hva gjør du?", "2.1. Hva måles?"]
