# pyright: reportArgumentType=false, reportOptionalMemberAccess=false
# ruff: noqa: ARG001 - a fixture may be wanted for what it puts into the project
import math
from typing import Any

import pytest

from qda.model.errors import NotAllowed, NotFound
from qda.operations import cases, memos, monthly_values, projects, variables
from qda.operations.monthly_values import PeriodValue
from qda.operations.variables import TypedTable
from qda.store import coders, project_info
from qda.store import memos as memo_rows
from qda.store import variables as rows
from qda.store.project_file import ProjectFile

Row = Any

GONE: Any = 99
"""The id of nothing."""


@pytest.fixture
def case(project: ProjectFile) -> int:
    return cases.add_case(project, coder="Kari", name="K").value


def values(project: ProjectFile) -> list[object]:
    return [one.value for one in rows.values(project.connection, "case")]


def sheet(project: ProjectFile, kind: str, value: object, name: str = "v") -> None:
    cases.import_cases(
        project, coder="Kari", names=["K"], pseudonyms=[""],
        table=TypedTable(((name, kind),), ((value,),)),
    )  # fmt: skip


def test_another_type_makes_a_text_and_loses_nothing(project: ProjectFile, case: Row) -> None:
    sheet(project, "number", 1.5)
    cases.add_case(project, coder="Kari", name="L")
    sheet(project, "text", "mange")
    assert rows.all_variables(project.connection)[0].type == "text"
    assert values(project) == ["mange"]
    project.undo("Kari")
    assert values(project) == [1.5]
    sheet(project, "boolean", True, "V")
    assert values(project) == ["true"]


def test_an_empty_column_changes_no_type(project: ProjectFile, case: Row) -> None:
    sheet(project, "number", 1.5)
    sheet(project, "text", None)
    assert rows.all_variables(project.connection)[0].type == "number"
    assert values(project) == [1.5]


def test_months_and_no_months_do_not_mix(project: ProjectFile, case: Row) -> None:
    monthly_values.import_period_values(
        project, coder="Kari", values=[PeriodValue("K", "2012-03", "plan", 5.0)]
    )
    with pytest.raises(NotAllowed, match="each month"):
        sheet(project, "number", 1.0, "Plan")
    sheet(project, "number", 1.0)
    with pytest.raises(NotAllowed, match="without periods"):
        monthly_values.import_period_values(
            project, coder="Kari", values=[PeriodValue("K", "2012-03", "V", 5.0)]
        )
    for period, name in (("", "plan"), ("2012-13", "plan"), ("mars", "plan"), ("2012-03", "v")):
        one = next(x for x in rows.all_variables(project.connection) if x.name == name)
        with pytest.raises(NotAllowed):
            variables.set_value(
                project, coder="Kari", variable=one.id, subject_id=case, value=1.0, period=period
            )


def test_one_text_among_numbers_makes_all_of_them_texts(project: ProjectFile, case: Row) -> None:
    monthly_values.import_period_values(
        project, coder="Kari",
        values=[PeriodValue("K", "2012-01", "p", 1.0), PeriodValue("K", "2012-02", "p", "ukjent"),
                PeriodValue("K", "2012-03", "p", 2.5)],
    )  # fmt: skip
    assert values(project) == ["1", "ukjent", "2.5"]
    monthly_values.import_period_values(
        project, coder="Kari", values=[PeriodValue("K", "2012-04", "p", 4.0)]
    )
    assert values(project)[-1] == "4"


def test_a_bad_row_of_indicators_keeps_nothing(project: ProjectFile, case: Row) -> None:
    good = PeriodValue("K", "2012-01", "p", 1.0)
    for bad, error in (
        (PeriodValue("X", "2012-01", "p", 1.0), NotFound),
        (PeriodValue("K", "2012-00", "p", 1.0), NotAllowed),
        (PeriodValue("K", "2012-01", " ", 1.0), NotAllowed),
        (PeriodValue("K", "2012-01", "p", math.inf), NotAllowed),
        (PeriodValue("K", "2012-01", "p", math.nan), NotAllowed),
    ):
        with pytest.raises(error):
            monthly_values.import_period_values(project, coder="Kari", values=[good, bad])
    assert rows.all_variables(project.connection) == ()


def test_setting_one_value(project: ProjectFile, case: Row) -> None:
    add = variables.add_variable
    number = add(project, coder="Kari", subject="case", name="n", kind="number").value
    text = add(project, coder="Kari", subject="case", name="t").value
    variables.set_value(project, coder="Kari", variable=number, subject_id=case, value=5)
    variables.set_value(project, coder="Kari", variable=text, subject_id=case, value=3.0)
    assert values(project) == [5.0, "3"]
    for value in ("mange", math.nan, math.inf):
        with pytest.raises(NotAllowed):
            variables.set_value(
                project, coder="Kari", variable=number, subject_id=case, value=value
            )
    for variable, subject in ((GONE, case), (number, GONE)):
        with pytest.raises(NotFound):
            variables.set_value(
                project, coder="Kari", variable=variable, subject_id=subject, value=1.0
            )
    for value in (None, ""):
        variables.set_value(project, coder="Kari", variable=number, subject_id=case, value=value)
    assert values(project) == ["3"]


def test_variables_themselves(project: ProjectFile, case: Row) -> None:
    one = variables.add_variable(project, coder="Kari", subject="case", name="Æ").value
    variables.add_variable(project, coder="Kari", subject="document", name="æ")
    for name in ("æ", "", " "):
        with pytest.raises(NotAllowed):
            variables.add_variable(project, coder="Kari", subject="case", name=name)
        if name != "æ":
            with pytest.raises(NotAllowed):
                variables.rename_variable(project, coder="Kari", variable=one, name=name)
    variables.rename_variable(project, coder="Kari", variable=one, name="æ")
    for act in (
        lambda: variables.rename_variable(project, coder="Kari", variable=GONE, name="x"),
        lambda: variables.remove_variable(project, coder="Kari", variable=GONE),
    ):
        with pytest.raises(NotFound):
            act()
    variables.remove_variable(project, coder="Kari", variable=one)
    assert len(rows.all_variables(project.connection)) == 1


# ------------------------------------------------------------------------- memos and the project
def test_memos(project: ProjectFile, case: Row) -> None:
    one = memos.add_memo(project, coder="Ny koder", on="case", target=case, text="Hugs 🙂").value
    memos.edit_memo(project, coder="Kari", memo=one.id, text="Gløym")
    assert [x.text for x in memo_rows.of_target(project.connection, "case", case)] == ["Gløym"]
    for text in ("", " \n"):
        with pytest.raises(NotAllowed):
            memos.add_memo(project, coder="Kari", on="project", target=0, text=text)
        with pytest.raises(NotAllowed):
            memos.edit_memo(project, coder="Kari", memo=one.id, text=text)
    for on in ("project", "document", "case", "participant", "code", "coding"):
        with pytest.raises(NotFound):
            memos.add_memo(project, coder="Kari", on=on, target=GONE, text="x")
    memos.remove_memo(project, coder="Kari", memo=one.id)
    assert memo_rows.all_memos(project.connection) == ()


def test_a_text_with_half_a_character_is_refused_in_words(project: ProjectFile) -> None:
    with pytest.raises(NotAllowed, match="broken character"):
        memos.add_memo(project, coder="Kari", on="project", target=0, text="a\ud800")
    assert memo_rows.all_memos(project.connection) == ()


def test_the_project_and_its_coder(project: ProjectFile) -> None:
    projects.choose_coder(project, coder="Kari", name=" Ola ")
    projects.choose_coder(project, coder="Kari", name="Ola")
    assert [one.name for one in coders.all_coders(project.connection)] == ["Kari", "Ola"]
    projects.rename_project(project, coder="Kari", name="Nytt 🦊")
    assert project_info.read(project.connection).name == "Nytt 🦊"
    for act in (projects.choose_coder, projects.rename_project):
        with pytest.raises(NotAllowed):
            act(project, coder="Kari", name=" ")
