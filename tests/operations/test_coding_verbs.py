# pyright: reportArgumentType=false, reportOptionalMemberAccess=false

import time
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from qda.model.entities import Coding
from qda.model.errors import NotAllowed, NotFound
from qda.operations import cases, codes, codings, memos
from qda.operations.codings import NewCoding
from qda.store import codes as code_rows
from qda.store import codings as rows
from qda.store import memos as memo_rows
from qda.store.project_file import ProjectFile

Row = Any

Call = Callable[..., Any]

GONE: Any = 99
"""The id of nothing."""


@pytest.fixture
def made(project: ProjectFile, put: Call, code: Call) -> Coding:
    document = put("a")
    return codings.add_codings(
        project, coder="Kari", new=[NewCoding(document, code("k"), 33, 38)]
    ).value[0]


def test_the_quote_is_the_text_there(
    project: ProjectFile, put: Call, code: Call, maker: ModuleType
) -> None:
    start = maker.TEXT.index("🙂")
    new = [NewCoding(put("a"), code("k"), start, start + 3)]
    done = codings.add_codings(project, coder="Kari", new=new)
    assert done.value[0].quote == maker.TEXT[start : start + 3] == "🙂, "


@pytest.mark.parametrize(
    ("start", "end"), [(-1, 4), (4, 4), (5, 4), (0, 10**6), (10**6, 10**6 + 1), (0, 10**40)]
)
def test_spans_outside_the_text_are_refused_and_nothing_is_kept(
    project: ProjectFile, put: Call, code: Call, every_coding: Call, start: int, end: int
) -> None:
    document, one = put("a"), code("k")
    with pytest.raises(NotAllowed):
        codings.add_codings(
            project, coder="Kari",
            new=[NewCoding(document, one, 0, 4), NewCoding(document, one, start, end)],
        )  # fmt: skip
    assert every_coding() == ()


def test_what_is_gone_is_said(project: ProjectFile, made: Row) -> None:
    one = NewCoding(made.document, made.code, 0, 3)
    for new in (
        NewCoding(GONE, made.code, 0, 3), NewCoding(made.document, GONE, 0, 3),
        NewCoding(made.document, made.code, 0, 3, cases=(GONE,)),
    ):  # fmt: skip
        with pytest.raises(NotFound):
            codings.add_codings(project, coder="Kari", new=[one, new])
    for act in (
        lambda: codings.resize_coding(project, coder="Kari", coding=GONE, start=0, end=1),
        lambda: codings.recode(project, coder="Kari", coding_ids=[GONE], code=made.code),
        lambda: codings.recode(project, coder="Kari", coding_ids=[made.id], code=GONE),
        lambda: codings.set_stance(project, coder="Kari", coding=GONE, stance="for"),
        lambda: codings.set_value(project, coder="Kari", coding=GONE, value=""),
        lambda: codings.set_memo(project, coder="Kari", coding=GONE, memo=""),
    ):
        with pytest.raises(NotFound):
            act()
    assert codings.remove_codings(project, coder="Kari", coding_ids=[GONE]).value == 0


def test_somebody_must_code(project: ProjectFile, made: Row) -> None:
    with pytest.raises(NotAllowed, match="coder"):
        codings.add_codings(project, coder=" ", new=[NewCoding(made.document, made.code, 0, 3)])


def test_coding_the_same_twice_is_one_coding(
    project: ProjectFile, made: Row, every_coding: Call
) -> None:
    again = NewCoding(made.document, made.code, 33, 38, stance="for", memo="ny")
    done = codings.add_codings(project, coder="Kari", new=[again, again])
    assert {one.id for one in done.value} == {made.id}
    assert (every_coding()[0].stance, every_coding()[0].memo) == ("for", "ny")
    codings.add_codings(project, coder="Ola", new=[again])
    assert len(every_coding()) == 2


def test_values_and_stances(project: ProjectFile, made: Row) -> None:
    with pytest.raises(NotAllowed, match="no scale"):
        codings.set_value(project, coder="Kari", coding=made.id, value="høg")
    code = code_rows.by_id(project.connection, made.code)
    from dataclasses import replace

    codes.edit_code(project, coder="Kari", code=replace(code, scale=("låg", "høg")))
    codings.set_value(project, coder="Kari", coding=made.id, value="høg")
    with pytest.raises(NotAllowed, match="låg, høg"):
        codings.set_value(project, coder="Kari", coding=made.id, value="midt")
    with pytest.raises(NotAllowed, match="høg"):
        codes.edit_code(project, coder="Kari", code=replace(code, scale=("låg",)))
    assert codings.check_stance(" MOT ") == "mot"
    assert codings.check_stance(" ") is None
    with pytest.raises(NotAllowed):
        codings.check_stance("kanskje")


def test_resizing(project: ProjectFile, made: Row, every_coding: Call) -> None:
    done = codings.resize_coding(project, coder="Kari", coding=made.id, start=0, end=5)
    assert done.value.quote == "Inter"
    codings.resize_coding(project, coder="Kari", coding=made.id, start=0, end=5)
    other = NewCoding(made.document, made.code, 6, 9)
    codings.add_codings(project, coder="Kari", new=[other])
    for start, end in ((6, 9), (5, 5), (-2, 3), (0, 10**9)):
        with pytest.raises(NotAllowed):
            codings.resize_coding(project, coder="Kari", coding=made.id, start=start, end=end)
    assert len(every_coding()) == 2


def test_recoding_onto_a_coding_that_is_there_keeps_what_both_say(
    project: ProjectFile, made: Row, code: Call, every_coding: Call
) -> None:
    other = code("annan")
    case = cases.add_case(project, coder="Kari", name="K").value
    twin = codings.add_codings(
        project, coder="Kari",
        new=[NewCoding(made.document, other, 33, 38, stance="mot", memo="to", cases=(case,))],
    ).value[0]  # fmt: skip
    codings.set_memo(project, coder="Kari", coding=made.id, memo="ein")
    memos.add_memo(project, coder="Kari", on="coding", target=twin.id, text="Hugs")
    codings.recode(project, coder="Kari", coding_ids=[twin.id], code=made.code)
    (left,) = every_coding()
    assert (left.id, left.stance, left.memo) == (made.id, "mot", "ein\nto")
    assert rows.own_cases(project.connection, made.id) == (case,)
    assert [one.target for one in memo_rows.all_memos(project.connection)] == [made.id]
    project.undo("Kari")
    assert len(every_coding()) == 2


def test_finding_a_quote() -> None:
    assert codings.find_quote("aa b aa", "aa", 2) == (5, 7)
    assert codings.find_quote("x🙂y🙂", "🙂", 2) == (3, 4)
    for quote, occurrence in (("aa", 3), ("", 1), ("aa", 0), ("c", 1)):
        with pytest.raises(NotAllowed) as caught:
            codings.find_quote("aa b aa", quote, occurrence)
        assert "«aa»" not in str(caught.value)


@pytest.mark.slow
def test_many_codings_take_no_longer_each_than_few(
    project: ProjectFile, put: Call, code: Call
) -> None:
    """A trap shows as a cost that grows with what is there: compared, not timed against a clock."""
    document, one = put("a", "ord " * 50_000), code("k")

    def cost(start: int, count: int) -> float:
        new = [NewCoding(document, one, at, at + 3) for at in range(start, start + count)]
        began = time.perf_counter()
        codings.add_codings(project, coder="Kari", new=new)
        return (time.perf_counter() - began) / count

    few = min(cost(at * 500, 500) for at in range(4))
    cost(2_000, 60_000)
    many = min(cost(62_000 + at * 500, 500) for at in range(4))
    assert many < few * 5
