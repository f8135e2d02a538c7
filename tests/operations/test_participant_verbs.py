# pyright: reportArgumentType=false, reportOptionalMemberAccess=false
# ruff: noqa: ARG001 - a fixture may be wanted for what it puts into the project
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from qda.model.errors import Ambiguous, NotAllowed, NotFound
from qda.operations import cases, memos, participants, variables
from qda.operations.participants import ParticipantRow
from qda.operations.variables import TypedTable
from qda.store import memos as memo_rows
from qda.store import participants as rows
from qda.store import turns
from qda.store import variables as variable_rows
from qda.store.project_file import ProjectFile

Call = Callable[..., Any]

GONE: Any = 99
"""The id of nothing."""


def names(project: ProjectFile) -> list[str]:
    return [one.name for one in rows.all_participants(project.connection)]


def values(project: ProjectFile) -> dict[str, object]:
    people = {one.id: one.name for one in rows.all_participants(project.connection)}
    return {
        people[one.subject]: one.value
        for one in variable_rows.values(project.connection, "participant")
    }


def imported(project: ProjectFile, *given: tuple[str, str, str]) -> None:
    participants.import_participants(
        project,
        coder="Kari",
        rows=[ParticipantRow(document, name) for document, name, _ in given],
        attributes=TypedTable((("rolle", "text"),), tuple((role,) for *_, role in given)),
    )


def test_a_row_with_a_document_is_its_speaker_and_nobody_elses(
    project: ProjectFile, put: Call
) -> None:
    put("ein")
    put("to")
    imported(project, ("to", "Leder", "B"), ("ein", "Leder", "A"))
    assert values(project) == {"Leder": "A", "Leder (to)": "B"}


def test_a_row_for_a_document_where_nobody_is_called_so_adds_a_person(
    project: ProjectFile, put: Call, maker: ModuleType
) -> None:
    put("ein")
    put("stille", "Ingen talar her.")
    imported(project, ("stille", "Leder", "C"))
    assert values(project) == {"Leder (stille)": "C"}
    assert "Leder" in names(project)


def test_rows_without_a_document(project: ProjectFile, put: Call) -> None:
    put("ein")
    imported(project, ("", "Leder", "A"), ("", "Ny", "N"))
    assert values(project) == {"Leder": "A", "Ny": "N"}


@pytest.mark.parametrize(("document", "name", "error"), [
    ("finst ikkje", "Leder", NotFound), ("", " ", NotAllowed),
])  # fmt: skip
def test_a_bad_row_stops_all(
    project: ProjectFile, put: Call, document: str, name: str, error: type[Exception]
) -> None:
    put("ein")
    with pytest.raises(error):
        imported(project, ("", "Ny", "N"), (document, name, "x"))
    assert "Ny" not in names(project)


def test_two_speakers_of_one_label_must_be_told_apart(project: ProjectFile, put: Call) -> None:
    document = put("ein")
    other = participants.add_participant(project, coder="Kari", name="Annan").value
    second = turns.of_document(project.connection, document)[3].id
    participants.assign_turns(project, coder="Kari", turn_ids=[second], participant=other)
    with pytest.raises(Ambiguous):
        imported(project, ("ein", "Leder", "A"))


def test_names(project: ProjectFile, put: Call) -> None:
    put("ein")
    leader = rows.find(project.connection, "Leder")[0].id
    participants.rename_participant(project, coder="Kari", participant=leader, name=" Sjef ")
    assert names(project) == ["Intervjuer", "Sjef"]
    for name in ("", "Intervjuer"):
        with pytest.raises(NotAllowed):
            participants.rename_participant(project, coder="Kari", participant=leader, name=name)
    for name in ("", "Sjef"):
        with pytest.raises(NotAllowed):
            participants.add_participant(project, coder="Kari", name=name)


def test_who_is_gone_is_said(project: ProjectFile, put: Call) -> None:
    put("ein")
    case = cases.add_case(project, coder="Kari", name="K").value
    leader = rows.find(project.connection, "Leder")[0].id
    for act in (
        lambda: participants.rename_participant(project, coder="K", participant=GONE, name="x"),
        lambda: participants.set_interviewer(
            project, coder="K", participant=GONE, interviewer=True
        ),
        lambda: participants.remove_participant(project, coder="K", participant=GONE),
        lambda: participants.link_participant(project, coder="K", participant=GONE, case=case),
        lambda: participants.link_participant(project, coder="K", participant=leader, case=GONE),
        lambda: participants.join_participants(project, coder="K", keep=leader, other=GONE),
        lambda: participants.assign_turns(project, coder="K", turn_ids=[1], participant=GONE),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_interviewer_can_be_corrected(project: ProjectFile, put: Call) -> None:
    document = put("ein")
    leader = rows.find(project.connection, "Leder")[0].id
    participants.set_interviewer(project, coder="Kari", participant=leader, interviewer=True)
    assert all(one.interviewer for one in turns.of_document(project.connection, document))


def test_joining_keeps_what_both_have(project: ProjectFile, put: Call) -> None:
    put("ein")
    put("to")
    keep, other = (rows.find(project.connection, one)[0].id for one in ("Leder", "Leder (to)"))
    table = TypedTable((("rolle", "text"), ("alder", "number")), ((None, 50.0), ("sjef", 40.0)))
    participants.import_participants(
        project, coder="Kari",
        rows=[ParticipantRow("", "Leder"), ParticipantRow("", "Leder (to)")], attributes=table,
    )  # fmt: skip
    case = cases.add_case(project, coder="Kari", name="K").value
    participants.link_participant(project, coder="Kari", participant=other, case=case)
    memos.add_memo(project, coder="Kari", on="participant", target=other, text="Same person?")
    participants.join_participants(project, coder="Kari", keep=keep, other=other)
    assert names(project) == ["Intervjuer", "Leder"]
    kept = {one.value for one in variable_rows.values(project.connection, "participant")}
    assert kept == {"sjef", 50.0}
    assert [one.target for one in memo_rows.all_memos(project.connection)] == [keep]
    assert rows.documents_of(project.connection, keep) == (1, 2)
    with pytest.raises(NotAllowed):
        participants.join_participants(project, coder="Kari", keep=keep, other=keep)
    project.undo("Kari")
    assert len(names(project)) == 3


def test_removing_leaves_the_turns(project: ProjectFile, put: Call) -> None:
    document = put("ein")
    leader = rows.find(project.connection, "Leder")[0].id
    role = variables.add_variable(project, coder="Kari", subject="participant", name="r").value
    variables.set_value(project, coder="Kari", variable=role, subject_id=leader, value="x")
    participants.remove_participant(project, coder="Kari", participant=leader)
    assert [one.participant for one in turns.of_document(project.connection, document)][1] is None
