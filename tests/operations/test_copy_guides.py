"""Merging copies in which people said what turns ask: a turn asks what one of them says."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from types import ModuleType

import pytest

from qda.model.codebook_merge import Side
from qda.model.guides import GuideLine, ReadGuide, TurnRole
from qda.model.ids import DocumentId, QuestionId, TurnId
from qda.operations import documents, guide_lines, guides
from qda.operations.copy_merge import merge_copy
from qda.store import guides as rows
from qda.store import project_file, row_checks
from qda.store import turns as turn_rows
from qda.store.project_file import ProjectFile

TEXT = "Intervjuer: Hva gjør du?\nLeder: Møter.\nIntervjuer: Og ellers?\nLeder: Planer.\n"
GUIDE = ReadGuide(
    "Guide",
    "guide.txt",
    tuple(GuideLine("question", f"{one}.", f"Spørsmål {one}?") for one in range(1, 6)),
)

Say = Callable[[ProjectFile], None]


@pytest.fixture
def copies(maker: ModuleType, tmp_path: Path) -> tuple[Path, Path]:
    """Two copies of a project whose first turn asks the first two questions."""
    ours, theirs = tmp_path / "ours.qdaproj", tmp_path / "theirs.qdaproj"
    with closing(project_file.create(ours, coder="Kari")) as project:
        documents.import_documents(project, coder="Kari", read=[maker.read("Nord", TEXT)])
        guides.import_guide(project, coder="Kari", guide=GUIDE)
        says(1, 2)(project)
    shutil.copyfile(ours, theirs)
    return ours, theirs


def first_turn(project: ProjectFile) -> TurnId:
    return turn_rows.of_document(project.connection, DocumentId(1))[0].id


def question(project: ProjectFile, number: int) -> QuestionId:
    [guide] = rows.all_guides(project.connection)
    return next(one.id for one in guide.questions if one.number == f"{number}.")


def says(*numbers: int, role: TurnRole = "question") -> Say:
    """Say that the first turn asks these questions."""

    def say(project: ProjectFile) -> None:
        guides.set_turns(
            project,
            coder="Kari",
            turns=[first_turn(project)],
            questions=[question(project, one) for one in numbers],
            role=role,
        )

    return say


def drops(number: int) -> Say:
    """Remove a question from the guide."""

    def say(project: ProjectFile) -> None:
        guide_lines.remove_question(project, coder="Kari", question=question(project, number))

    return say


def nothing(project: ProjectFile) -> None:
    assert rows.all_guides(project.connection)


@pytest.mark.parametrize(
    ("ours", "theirs", "take", "asked"),
    [
        (nothing, says(1, 2, 3), "ours", ["1", "2", "3"]),
        (nothing, says(3), "ours", ["3"]),
        (nothing, says(role="outside"), "ours", "outside"),
        (says(2, 1, 4), nothing, "theirs", ["2", "1", "4"]),
        (says(role="follow-up"), nothing, "theirs", "follow-up"),
        # Both said something else: what one of them says, and not a mixture.
        (says(3), says(4, 5), "ours", ["3"]),
        (says(3), says(4, 5), "theirs", ["4", "5"]),
        (says(3, 4), says(5), "theirs", ["5"]),
        (says(role="follow-up"), says(1, 4), "ours", "follow-up"),
        (says(1, 2, 3), says(1, 2, 4), "ours", ["1", "2", "3"]),
        (says(3), says(1, 2, 4), "ours", ["3"]),
        (says(1, 2, 3), says(5), "ours", ["5"]),
        (says(role="outside"), says(1, 2, 4), "ours", "outside"),
        # What is asked of a question that is gone, goes with it.
        (drops(1), nothing, "ours", ["2"]),
    ],
)
def test_a_turn_asks_what_one_of_the_copies_says(
    copies: tuple[Path, Path], ours: Say, theirs: Say, take: Side, asked: list[str] | str
) -> None:
    for path, say in zip(copies, (ours, theirs), strict=True):
        with closing(project_file.open_project(path)) as project:
            say(project)
    with closing(project_file.open_project(copies[0])) as project:
        by_number = {
            line.id: line.text.removeprefix("Spørsmål ").rstrip("?")
            for line in rows.all_guides(project.connection)[0].lines
        }
        merge_copy(project, coder="Kari", path=copies[1], take=take)
        said = rows.of_all_turns(project.connection)[first_turn(project)]
        assert ([by_number[one] for one in said.questions] or said.role) == asked
        assert said.by_hand
        assert [one.code for one in row_checks.CHECKS if one.count(project.connection)] == []
