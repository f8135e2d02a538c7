# pyright: reportArgumentType=false, reportOptionalMemberAccess=false
# ruff: noqa: ARG001 - a fixture may be wanted for what it puts into the project
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from qda.model.errors import NotAllowed, NotFound
from qda.operations import cases, codings, documents, memos, participants, variables
from qda.store import documents as rows
from qda.store import participants as people
from qda.store import turns
from qda.store.project_file import ProjectFile

Call = Callable[..., Any]

GONE: Any = 99
"""The id of nothing."""


def test_import_is_one_step_and_names_are_made_free(
    project: ProjectFile, maker: ModuleType, steps: Call
) -> None:
    done = documents.import_documents(
        project, coder="Kari", read=[maker.read("a"), maker.read("a"), maker.read("  ")]
    )
    assert [one.document.name for one in done.value] == ["a", "a (2)", "  .txt".strip()]
    assert "same as that of a" in str(done.value[1].warnings[0])
    assert steps() == 1
    assert done.changes.counts()["document"] == 3
    kept = done.value[0].document
    assert rows.text(project.connection, kept.id) == maker.TEXT
    assert rows.source_bytes(project.connection, kept.id) == maker.TEXT.encode()
    assert [one.text for one in rows.notes(project.connection, kept.id)] == ["Sjå opp 🙂"]
    project.undo("Kari")
    assert rows.all_documents(project.connection) == ()
    assert people.all_participants(project.connection) == ()


def test_an_import_into_a_case_that_is_gone_keeps_nothing(
    project: ProjectFile, maker: ModuleType
) -> None:
    with pytest.raises(NotFound):
        documents.import_documents(project, coder="Kari", read=[maker.read("a")], linked_to=[GONE])
    assert rows.all_documents(project.connection) == ()


def test_the_interviewer_is_shared_and_leaders_are_not(project: ProjectFile, put: Call) -> None:
    put("ein")
    put("to")
    names = [one.name for one in people.all_participants(project.connection)]
    assert names == ["Intervjuer", "Leder", "Leder (to)"]


def test_announced_people_are_recognised(project: ProjectFile, put: Call) -> None:
    participants.add_participant(project, coder="Kari", name="Leder")
    participants.add_participant(project, coder="Kari", name="Intervjuer")
    put("ein")
    put("to")
    everybody = people.all_participants(project.connection)
    assert [(one.name, one.interviewer) for one in everybody] == [
        ("Leder", False), ("Intervjuer", True), ("Leder (to)", False),
    ]  # fmt: skip


def test_a_turn_without_a_label_has_no_speaker(
    project: ProjectFile, maker: ModuleType, put: Call
) -> None:
    document = put("a", ": utan namn\nLeder: med\n")
    spoken = turns.of_document(project.connection, document)
    assert [one.participant is None for one in spoken] == [True, False]


def test_renaming(project: ProjectFile, put: Call) -> None:
    first = put("a")
    put("b")
    documents.rename_document(project, coder="Kari", document=first, name=" a ")
    documents.rename_document(project, coder="Kari", document=first, name="c")
    for name in ("b", "", "  "):
        with pytest.raises(NotAllowed):
            documents.rename_document(project, coder="Kari", document=first, name=name)
    with pytest.raises(NotFound):
        documents.rename_document(project, coder="Kari", document=GONE, name="d")
    with pytest.raises(NotAllowed, match="broken character"):
        documents.rename_document(project, coder="Kari", document=first, name="\udcff")


def test_marking_as_done(project: ProjectFile, put: Call) -> None:
    document = put("a")
    documents.mark_done(project, coder="Kari", document=document, done=True)
    assert rows.by_id(project.connection, document).done
    with pytest.raises(NotFound):
        documents.mark_done(project, coder="Kari", document=GONE, done=True)


def test_removing_takes_what_hangs_on_it_and_undo_brings_it_back(
    project: ProjectFile, put: Call, code: Call, every_coding: Call
) -> None:
    document, other = put("a"), put("b")
    made = codings.add_codings(
        project, coder="Kari", new=[codings.NewCoding(document, code("k"), 0, 9)]
    ).value[0]
    leader = people.find(project.connection, "Leder")[0].id
    role = variables.add_variable(project, coder="Kari", subject="participant", name="r").value
    variables.set_value(project, coder="Kari", variable=role, subject_id=leader, value="x")
    memos.add_memo(project, coder="Kari", on="coding", target=made.id, text="m")
    memos.add_memo(project, coder="Kari", on="participant", target=leader, text="m")
    case = cases.add_case(project, coder="Kari", name="K").value
    cases.link_cases(project, coder="Kari", case=case, documents=[document], participants=[leader])
    assert "1 coding" in str(documents.describe_removal(project, document))
    done = documents.remove_document(project, coder="Kari", document=document)
    assert done.value == 1
    assert every_coding() == ()
    names = [one.name for one in people.all_participants(project.connection)]
    assert names == ["Intervjuer", "Leder (b)"]
    project.undo("Kari")
    assert len(every_coding()) == 1
    assert people.by_id(project.connection, leader) is not None
    for act in (documents.remove_document,):
        with pytest.raises(NotFound):
            act(project, coder="Kari", document=GONE)
    documents.remove_document(project, coder="Kari", document=other)
