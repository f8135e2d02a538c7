# pyright: reportArgumentType=false, reportOptionalMemberAccess=false

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import new_guid
from qda.operations import cases, codes, codings, memos
from qda.operations.codings import NewCoding
from qda.store import codes as rows
from qda.store import codings as coding_rows
from qda.store import memos as memo_rows
from qda.store.project_file import ProjectFile

Call = Callable[..., Any]

GONE: Any = 99
"""The id of nothing."""


def tree(project: ProjectFile) -> list[str]:
    return list(rows.path_texts(rows.all_codes(project.connection)).values())


def test_names_are_unique_under_one_parent_only(project: ProjectFile, code: Call) -> None:
    top = code("a")
    code("a", top)
    code("a/b\\c")
    assert tree(project) == ["a", "a/a", "a\\/b\\\\c"]
    for name in ("a", " a ", "", "  "):
        with pytest.raises(NotAllowed):
            code(name)
    with pytest.raises(NotFound):
        code("x", GONE)


@pytest.mark.parametrize("color", ["red", "#12345", "#1234567", "#gggggg", "#12345\n"])
def test_colours(project: ProjectFile, color: str) -> None:
    if color.endswith("\n"):
        color = "#12 456"
    with pytest.raises(NotAllowed, match="colour"):
        codes.add_code(project, coder="Kari", name="x", color=color)
    made = codes.add_code(project, coder="Kari", name="x", color=" #ABCDEF ").value
    assert made.color == "#abcdef"
    with pytest.raises(NotAllowed, match="colour"):
        codes.edit_code(project, coder="Kari", code=replace(made, color=color))


def test_editing(project: ProjectFile, code: Call) -> None:
    top = rows.by_id(project.connection, code("a"))
    code("b")
    codes.edit_code(project, coder="Kari", code=replace(top, definition="D 🙂", keywords=("x",)))
    assert rows.by_id(project.connection, top.id).keywords == ("x",)
    for name in ("b", "", " "):
        with pytest.raises(NotAllowed):
            codes.edit_code(project, coder="Kari", code=replace(top, name=name))
    with pytest.raises(NotFound):
        codes.edit_code(project, coder="Kari", code=replace(top, id=GONE, guid=new_guid()))


def test_moving(project: ProjectFile, code: Call) -> None:
    a, b = code("a"), code("b")
    below = code("c", a)
    codes.move_code(project, coder="Kari", code=b, parent=a, position=0)
    assert tree(project) == ["a", "a/b", "a/c"]
    codes.move_code(project, coder="Kari", code=b, parent=a, position=GONE)
    assert tree(project) == ["a", "a/c", "a/b"]
    for parent in (a, below):
        with pytest.raises(NotAllowed, match="below itself"):
            codes.move_code(project, coder="Kari", code=a, parent=parent)
    with pytest.raises(NotFound):
        codes.move_code(project, coder="Kari", code=a, parent=GONE)
    code("c")
    with pytest.raises(NotAllowed, match="already"):
        codes.move_code(project, coder="Kari", code=below, parent=None)


def test_merging_loses_nothing(
    project: ProjectFile, put: Call, code: Call, every_coding: Call
) -> None:
    document, keep, other = put("a"), code("a"), code("b")
    code("felles", keep)
    code("felles", other)
    code("eigen", other)
    gone = rows.by_id(project.connection, other)
    codes.edit_code(
        project, coder="Kari",
        code=replace(gone, definition="D", keywords=("x",), scale=("1", "2")),
    )  # fmt: skip
    case = cases.add_case(project, coder="Kari", name="K").value
    codings.add_codings(project, coder="Kari", new=[NewCoding(document, keep, 0, 5)])
    double, single = codings.add_codings(
        project, coder="Kari",
        new=[NewCoding(document, other, 0, 5, value="2", stance="for", memo="m", cases=(case,)),
             NewCoding(document, other, 3, 9, value="1")],
    ).value  # fmt: skip
    memos.add_memo(project, coder="Kari", on="code", target=other, text="om koden")
    memos.add_memo(project, coder="Kari", on="coding", target=double.id, text="om segmentet")
    assert codes.merge_codes(project, coder="Kari", keep=keep, other=other).value == 2
    assert tree(project) == ["a", "a/felles", "a/felles (2)", "a/eigen"]
    first, second = every_coding()
    assert (first.value, first.stance, first.memo, first.code) == ("2", "for", "m", keep)
    assert (second.id, second.value, second.code) == (single.id, "1", keep)
    assert coding_rows.own_cases(project.connection, first.id) == (case,)
    kept = rows.by_id(project.connection, keep)
    assert (kept.definition, kept.keywords, kept.scale) == ("D", ("x",), ("1", "2"))
    assert {(one.on, one.target) for one in memo_rows.all_memos(project.connection)} == {
        ("code", keep), ("coding", first.id),
    }  # fmt: skip
    project.undo("Kari")
    assert len(every_coding()) == 3


def test_merging_that_makes_no_sense(project: ProjectFile, code: Call) -> None:
    a = code("a")
    below = code("b", a)
    for keep, other in ((a, a), (below, a)):
        with pytest.raises(NotAllowed):
            codes.merge_codes(project, coder="Kari", keep=keep, other=other)
    with pytest.raises(NotFound):
        codes.merge_codes(project, coder="Kari", keep=a, other=GONE)
    codes.merge_codes(project, coder="Kari", keep=a, other=below)
    assert tree(project) == ["a"]


def test_removing_a_family(project: ProjectFile, put: Call, code: Call, every_coding: Call) -> None:
    document, top = put("a"), code("a")
    below = code("b", top)
    made = codings.add_codings(
        project, coder="Kari",
        new=[NewCoding(document, top, 0, 5), NewCoding(document, below, 0, 5)],
    ).value  # fmt: skip
    memos.add_memo(project, coder="Kari", on="coding", target=made[1].id, text="m")
    memos.add_memo(project, coder="Kari", on="code", target=below, text="m")
    said = codes.remove_code(project, coder="Kari", code=top).value
    assert str(said) == "Removed a with 1 subcode, 2 codings, 2 memos."
    assert every_coding() == ()
    project.undo("Kari")
    assert len(every_coding()) == 2
    assert len(memo_rows.all_memos(project.connection)) == 2


def test_codes_are_sorted_by_name_within_each_parent_in_one_step(
    project: ProjectFile, code: Call, steps: Call
) -> None:
    top = code("åpenhet")
    for name in ("ærlighet", "zoom", "rutiner"):
        code(name)
    for name in ("b", "a"):
        code(name, top)
    before = steps()
    codes.sort_codes(project, coder="Kari")
    assert tree(project) == ["rutiner", "zoom", "ærlighet", "åpenhet", "åpenhet/a", "åpenhet/b"]
    assert steps() == before + 1
    project.undo("Kari")
    assert tree(project)[0] == "åpenhet"
    codes.sort_codes(project, coder="Kari")
    codes.sort_codes(project, coder="Kari")
    assert steps() == before + 1
