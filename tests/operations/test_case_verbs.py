# pyright: reportArgumentType=false, reportOptionalMemberAccess=false

from collections.abc import Callable
from typing import Any

import pytest

from qda.model.errors import Ambiguous, NotAllowed, NotFound
from qda.operations import cases, codings, memos, variables
from qda.operations.codings import NewCoding
from qda.operations.variables import TypedTable
from qda.store import cases as rows
from qda.store import codings as coding_rows
from qda.store import lookup
from qda.store.project_file import ProjectFile

Call = Callable[..., Any]

GONE: Any = 99
"""The id of nothing."""


NONE = TypedTable((), ((), ()))


def names(project: ProjectFile) -> list[str]:
    return [one.name for one in rows.all_cases(project.connection)]


def add(project: ProjectFile, name: str, pseudonym: str = "") -> int:
    return cases.add_case(project, coder="Kari", name=name, pseudonym=pseudonym).value


def test_names(project: ProjectFile) -> None:
    first = add(project, " Fjordvik ")
    add(project, "Åsheim")
    for name in ("Fjordvik", "", " "):
        with pytest.raises(NotAllowed):
            add(project, name)
    cases.edit_case(project, coder="Kari", case=first, name="Fjordvik", pseudonym=" A ")
    with pytest.raises(NotAllowed):
        cases.edit_case(project, coder="Kari", case=first, name="Åsheim", pseudonym="")
    assert rows.by_id(project.connection, first).pseudonym == "A"


def test_cases_are_found_by_pseudonym_and_guid(project: ProjectFile) -> None:
    first = add(project, "Fjordvik", "Kontor A")
    add(project, "Åsheim", "Kontor B")
    add(project, "Elvdal", "Kontor B")
    assert lookup.case(project.connection, "Kontor A").id == first
    guid = rows.by_id(project.connection, first).guid
    assert lookup.case(project.connection, guid.upper()).id == first
    with pytest.raises(Ambiguous, match="Åsheim, Elvdal"):
        lookup.case(project.connection, "Kontor B")
    with pytest.raises(NotFound):
        lookup.case(project.connection, "Kontor C")


def test_import_finds_names_before_pseudonyms(project: ProjectFile) -> None:
    add(project, "Fjordvik", "Åsheim")
    second = add(project, "Åsheim", "B")
    add(project, "Elvdal", "B")
    table = TypedTable((("tal", "number"),), ((1.0,),))
    cases.import_cases(project, coder="Kari", names=["Åsheim"], pseudonyms=["Å"], table=table)
    assert rows.by_id(project.connection, second).pseudonym == "Å"
    cases.import_cases(project, coder="Kari", names=["B"], pseudonyms=[""], table=table)
    assert len(names(project)) == 3
    cases.edit_case(project, coder="Kari", case=second, name="Åsheim", pseudonym="B")
    with pytest.raises(Ambiguous):
        cases.import_cases(
            project, coder="Kari", names=["Ny", "B"], pseudonyms=["", ""], table=NONE
        )
    assert "Ny" not in names(project)
    with pytest.raises(NotAllowed):
        cases.import_cases(
            project, coder="Kari", names=["Ny", " "], pseudonyms=["", ""], table=NONE
        )
    assert "Ny" not in names(project)


def test_order(project: ProjectFile) -> None:
    first = add(project, "a")
    for name in "bcd":
        add(project, name)
    for place, wanted in ((2, "bcad"), (99, "bcda"), (-5, "abcd")):
        cases.move_case(project, coder="Kari", case=first, position=place)
        assert "".join(names(project)) == wanted


def test_links(project: ProjectFile, put: Call, code: Call) -> None:
    document, case = put("a"), add(project, "K")
    coding = codings.add_codings(
        project, coder="Kari", new=[NewCoding(document, code("k"), 0, 4)]
    ).value[0]
    done = cases.link_cases(
        project, coder="Kari", case=case, documents=[document, document], participants=[1],
        coding_ids=[coding.id],
    )  # fmt: skip
    assert done.value == 4
    assert rows.document_links(project.connection) == {document: (case,)}
    assert rows.participant_links(project.connection) == {1: (case,)}
    assert coding_rows.own_cases(project.connection, coding.id) == (case,)
    for gone in ({"documents": [GONE]}, {"participants": [GONE]}, {"coding_ids": [GONE]}):
        with pytest.raises(NotFound):
            cases.link_cases(project, coder="Kari", case=case, **gone)
    cases.link_cases(
        project, coder="Kari", case=case, documents=[document], participants=[1],
        coding_ids=[coding.id], linked=False,
    )  # fmt: skip
    assert rows.document_links(project.connection) == {}


def test_removing_leaves_documents_and_codings(
    project: ProjectFile, put: Call, code: Call, every_coding: Call
) -> None:
    document, case = put("a"), add(project, "K")
    codings.add_codings(
        project, coder="Kari", new=[NewCoding(document, code("k"), 0, 4, cases=(case,))]
    )
    memos.add_memo(project, coder="Kari", on="case", target=case, text="m")
    kind = variables.add_variable(project, coder="Kari", subject="case", name="v").value
    variables.set_value(project, coder="Kari", variable=kind, subject_id=case, value="x")
    cases.remove_case(project, coder="Kari", case=case)
    assert len(every_coding()) == 1
    for act in (
        lambda: cases.remove_case(project, coder="Kari", case=case),
        lambda: cases.move_case(project, coder="Kari", case=case, position=0),
        lambda: cases.edit_case(project, coder="Kari", case=case, name="x", pseudonym=""),
        lambda: cases.link_cases(project, coder="Kari", case=case),
    ):
        with pytest.raises(NotFound):
            act()
    project.undo("Kari")
    assert names(project) == ["K"]
