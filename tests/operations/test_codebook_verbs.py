# pyright: reportArgumentType=false, reportOptionalMemberAccess=false
# ruff: noqa: ARG001 - a fixture may be wanted for what it puts into the project
from collections.abc import Callable
from types import ModuleType
from typing import Any

import pytest

from qda.model.codebook import Codebook, CodebookCode, CodebookPlan, join_path
from qda.model.errors import NotAllowed
from qda.model.ids import Guid, new_guid
from qda.operations import codings
from qda.operations.codebook import apply_codebook, as_codebook, plan_codebook
from qda.operations.codings import NewCoding
from qda.store import codes as rows
from qda.store.project_file import ProjectFile

Call = Callable[..., Any]


def tree(project: ProjectFile) -> list[str]:
    return list(rows.path_texts(rows.all_codes(project.connection)).values())


def guid(project: ProjectFile, path: str) -> Guid:
    every = rows.all_codes(project.connection)
    return next(one.guid for one in every if rows.path_texts(every)[one.id] == path)


def apply(project: ProjectFile, *forest: CodebookCode) -> CodebookPlan:
    book = Codebook("b", forest)
    planned = plan_codebook(project, book)
    done = apply_codebook(project, coder="Kari", codebook=book)
    assert done.value == planned
    paths = tree(project)
    assert len(set(paths)) == len(paths)
    assert set(map(join_path, (path for path, _ in book.walk()))) <= set(paths)
    again = plan_codebook(project, book)
    assert (again.added, again.moved, again.changed) == ((), (), ())
    return planned


def test_into_an_empty_project_and_out_again(project: ProjectFile, maker: ModuleType) -> None:
    planned = apply(project, *maker.BOOK.codes)
    assert planned.added == ("styring", "styring/teljing\\/møte", "laget")
    out = as_codebook(project)
    assert [one.name for _, one in out.walk()] == ["styring", "teljing/møte", "laget"]
    assert out.codes[0].color == "#9a3c7a"
    assert apply_codebook(project, coder="Kari", codebook=out).step is None


def test_the_guid_goes_before_the_path(project: ProjectFile, code: Call) -> None:
    code("a")
    code("b")
    planned = apply(project, CodebookCode("ny", guid=guid(project, "b")), CodebookCode("a"))
    assert [(one.ours, one.theirs) for one in planned.changed] == [("b", "ny")]
    assert (planned.added, planned.removed) == ((), ())
    assert tree(project) == ["a", "ny"]


def test_names_may_be_swapped(project: ProjectFile, code: Call) -> None:
    code("a")
    code("b")
    first, second = guid(project, "a"), guid(project, "b")
    apply(project, CodebookCode("b", guid=first), CodebookCode("a", guid=second))
    assert (guid(project, "b"), guid(project, "a")) == (first, second)


def test_parent_and_child_may_change_places(project: ProjectFile, code: Call) -> None:
    top = code("a")
    code("c", code("b", top))
    first, second = guid(project, "a"), guid(project, "a/b")
    apply(project, CodebookCode("b", guid=second, children=(CodebookCode("a", guid=first),)))
    assert tree(project) == ["b", "b/c", "b/a"]


def test_codes_with_codings_are_never_dropped(
    project: ProjectFile, put: Call, code: Call, every_coding: Call
) -> None:
    document, old = put("d"), code("gammal")
    codings.add_codings(project, coder="Kari", new=[NewCoding(document, old, 0, 4)])
    planned = apply(project, CodebookCode("ny"))
    assert planned.removed == ("gammal",)
    assert tree(project) == ["gammal", "ny"]
    assert every_coding()[0].code == old


def test_a_path_that_goes_to_another_code_leaves_the_old_one_with_a_number(
    project: ProjectFile, code: Call
) -> None:
    code("a")
    code("b")
    planned = apply(project, CodebookCode("a", guid=guid(project, "b")))
    assert tree(project) == ["a (2)", "a"]
    assert [(one.code, one.theirs) for one in planned.changed] == [("b", "a"), ("a", "a (2)")]


def test_below_a_renamed_code_the_children_are_found(project: ProjectFile, code: Call) -> None:
    code("barn", code("far"))
    renamed = CodebookCode("mor", guid=guid(project, "far"), children=(CodebookCode("barn"),))
    planned = apply(project, renamed)
    assert planned.added == ()
    assert tree(project) == ["mor", "mor/barn"]


def test_a_guid_that_stands_twice_is_given_once(project: ProjectFile, code: Call) -> None:
    code("a")
    same = guid(project, "a")
    apply(project, CodebookCode("x", guid=same), CodebookCode("y", guid=same))
    assert tree(project) == ["x", "y"]
    assert guid(project, "x") == same
    fresh = new_guid()
    apply(project, CodebookCode("p", guid=fresh), CodebookCode("q", guid=fresh))


def test_empty_fields_say_nothing_and_scales_keep_used_values(
    project: ProjectFile, put: Call, code: Call
) -> None:
    document = put("d")
    apply(project, CodebookCode("a", definition="D", scale=("1", "2")))
    (one,) = rows.all_codes(project.connection)
    codings.add_codings(project, coder="Kari", new=[NewCoding(document, one.id, 0, 4, value="2")])
    book = Codebook("b", (CodebookCode("a", include="I", scale=("1", "3")),))
    apply_codebook(project, coder="Kari", codebook=book)
    (one,) = rows.all_codes(project.connection)
    assert (one.definition, one.include, one.scale) == ("D", "I", ("1", "3", "2"))


@pytest.mark.parametrize("bad", [CodebookCode(" "), CodebookCode("x", color="rosa")])
def test_a_codebook_that_cannot_be_kept_changes_nothing(
    project: ProjectFile, bad: CodebookCode
) -> None:
    book = Codebook("b", (CodebookCode("god"), bad))
    with pytest.raises(NotAllowed):
        apply_codebook(project, coder="Kari", codebook=book)
    assert tree(project) == []


def test_two_codes_of_one_path_both_come_in(project: ProjectFile) -> None:
    below = (CodebookCode("under"),)
    book = Codebook("b", (CodebookCode("god", children=below), CodebookCode("god", children=below)))
    plan = apply_codebook(project, coder="Kari", codebook=book, file_name="b.qdc").value
    assert plan.added == ("god", "god/under", "god (2)", "god (2)/under")
    assert plan_codebook(project, book).unchanged == 4


def test_undo_takes_all_of_it(project: ProjectFile, code: Call) -> None:
    code("a")
    before = rows.all_codes(project.connection)
    apply(project, CodebookCode("x", children=(CodebookCode("a", guid=guid(project, "a")),)))
    project.undo("Kari")
    assert rows.all_codes(project.connection) == before
