"""Comparing and merging codebooks, and the versions that a project keeps of its own."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from qda.model.changes import OpResult
from qda.model.codebook import CODE_FIELDS, Codebook, CodebookCode
from qda.model.codebook_merge import MergeOutcome, MergePlan, Side
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodebookVersionId, Guid
from qda.operations import codings, memos
from qda.operations.codebook import apply_codebook, as_codebook
from qda.operations.codebook_comparing import distance, plan_merge
from qda.operations.codebook_merge import apply_merge, in_use, plan_file
from qda.operations.codebook_record import last_common
from qda.operations.codebook_versions import (
    compare,
    plan_restore,
    record_export,
    restore_version,
    save_version,
    versions,
)  # fmt: skip
from qda.operations.codes import edit_code, remove_code
from qda.operations.codings import NewCoding
from qda.store import codebook_versions, codes, project_file, row_checks
from qda.store import codings as coding_rows
from qda.store.project_file import ProjectFile
from qda.store.schema import LOGGED

NAMES = ("mål", "møte 🙂", "a/b", "lag", "tid", "kø")
TEXTS = ("", "Det som telles.", "Noe annet\npå to linjer", "Æ")


def tree(project: ProjectFile) -> list[str]:
    return list(codes.path_texts(codes.all_codes(project.connection)).values())


def guid(number: int) -> Guid:
    return Guid(str(UUID(int=number)))


@dataclass(frozen=True)
class Row:
    name: str
    parent: int | None = None
    texts: dict[str, object] = field(default_factory=dict)


Table = dict[int, Row]
Make = Callable[..., Any]


def book(table: Table) -> Codebook:
    """Return the codebook of a table; numbers are GUIDs."""

    def forest(parent: int | None) -> tuple[CodebookCode, ...]:
        return tuple(
            CodebookCode(
                row.name,
                guid=guid(number),
                children=forest(number),
                **({"color": "#102030"} | row.texts),  # pyright: ignore[reportArgumentType]
            )
            for number, row in table.items()
            if row.parent == parent
        )

    return Codebook("b", forest(None))


def flat(codebook: Codebook) -> dict[tuple[str, ...], CodebookCode]:
    """Return what a codebook says at each path; two codes may be one by their path alone."""
    return {path: replace(code, children=(), guid=None) for path, code in codebook.walk()}


def family(table: Table, number: int) -> set[int]:
    below = {number}
    while True:
        more = {one for one, row in table.items() if row.parent in below} - below
        if not more:
            return below
        below |= more


def some_table(draw: random.Random, size: int, first: int = 1) -> Table:
    table: Table = {}
    for number in range(first, first + size):
        add(draw, table, number)
    return table


def add(draw: random.Random, table: Table, number: int) -> None:
    parent = draw.choice([None, *table])
    name = draw.choice(NAMES)
    if is_free(table, parent, name):
        texts = {"definition": draw.choice(TEXTS), "scale": draw.choice([(), ("lav", "høy")])}
        table[number] = Row(name, parent, texts)


def is_free(table: Table, parent: int | None, name: str) -> bool:
    return not any((row.parent, row.name) == (parent, name) for row in table.values())


def changed(draw: random.Random, table: Table, times: int, first: int) -> Table:
    """Return a table after some changes that a person made; new codes count from `first`."""
    table = dict(table)
    for number in range(first, first + times):
        what = draw.choice(("add", "text", "text", "rename", "move", "remove"))
        if what == "add" or not table:
            add(draw, table, number)
            continue
        one = draw.choice(list(table))
        row = table[one]
        if what == "text":
            key = draw.choice(("definition", "include", "example"))
            table[one] = replace(row, texts=row.texts | {key: draw.choice(TEXTS)})
        elif what == "rename":
            name = draw.choice(NAMES)
            if is_free(table, row.parent, name):
                table[one] = replace(row, name=name)
        elif what == "move":
            parent = draw.choice([None, *table])
            if parent not in family(table, one) and is_free(table, parent, row.name):
                table[one] = replace(row, parent=parent)
        else:
            for gone in family(table, one):
                del table[gone]
    return table


BASE = {1: Row("a", None, {"definition": "D"}), 2: Row("b", 1), 3: Row("c")}
draws = st.integers(0, 10**9).map(random.Random)


def plan(base: Table | None, ours: Table, theirs: Table, **more: Any) -> MergePlan:  # noqa: ANN401
    return plan_merge(book(base) if base else None, book(ours), book(theirs), **more)


def told(made: MergePlan) -> list[tuple[object, ...]]:
    return [(one.kind, one.code, one.field, one.default) for one in made.choices]


def text(table: Table, number: int, **texts: str) -> Table:
    return table | {number: replace(table[number], texts=table[number].texts | texts)}


@pytest.mark.parametrize(
    ("ours", "theirs", "default"),
    [("D", "T", "theirs"), ("O", "D", "ours"), ("O", "T", None), ("D", "", "theirs")],
)
def test_a_field_is_whose_changed_it(ours: str, theirs: str, default: str | None) -> None:
    made = plan(
        BASE, text(BASE, 1, definition=ours), text(BASE, 1, definition=theirs), said=CODE_FIELDS
    )
    assert told(made) == [("changed", "a", "definition", default)]
    (one,) = made.choices
    assert (one.base, one.ours, one.theirs) == ("D", ours, theirs)
    assert made.unchanged == 2


def test_both_changed_it_alike() -> None:
    both = text(BASE, 1, definition="N")
    assert plan(BASE, both, both).choices == ()


def test_without_a_common_version_all_that_differs_is_to_be_decided() -> None:
    ours = text(BASE, 1, definition="O")
    assert told(plan(None, ours, BASE)) == [("changed", "a", "definition", None)]
    # What only one of them says is no contradiction.
    assert told(plan(None, text(BASE, 1, definition=""), BASE)) == [
        ("changed", "a", "definition", "theirs")
    ]
    assert plan(None, BASE, text(BASE, 1, definition="")).choices == ()


def test_a_format_without_a_field_says_nothing_of_it() -> None:
    path_only = Codebook("b", (CodebookCode("a", children=(CodebookCode("b"),)), CodebookCode("c")))
    assert plan_merge(book(BASE), book(BASE), path_only).choices == ()


def test_moved_renamed_added_removed() -> None:
    theirs = {1: BASE[1], 2: Row("b"), 3: Row("x"), 4: Row("ny", 1)}
    assert told(plan(BASE, BASE, theirs)) == [
        ("moved", "a/b", "parent", "theirs"),
        ("renamed", "c", "name", "theirs"),
        ("added", "a/ny", "", "theirs"),
    ]
    assert told(plan(BASE, BASE, {1: BASE[1], 3: BASE[3]})) == [
        ("removed", "a/b", "", "theirs"),
    ]


def test_what_one_removed_and_the_other_changed_is_a_conflict() -> None:
    without = {1: BASE[1], 2: BASE[2]}
    assert told(plan(BASE, text(BASE, 3, include="I"), without)) == [("removed", "c", "", None)]
    assert told(plan(BASE, without, text(BASE, 3, include="I"))) == [("added", "c", "", None)]
    assert told(plan(BASE, without, BASE)) == [("added", "c", "", "ours")]
    # A code below which we have put one of ours is not theirs to remove.
    assert told(plan(BASE, BASE | {9: Row("ny", 3)}, without)) == [("removed", "c", "", None)]


def test_a_code_in_use_is_kept_and_so_are_those_above() -> None:
    made = plan(BASE, BASE, {3: BASE[3]}, used=[guid(2)])
    assert [(one.code, one.used, one.default) for one in made.choices] == [
        ("a", True, "ours"),
        ("a/b", True, "ours"),
    ]


def test_both_moved_it_elsewhere() -> None:
    made = plan(
        BASE | {4: Row("d")},
        BASE | {4: Row("d"), 2: Row("b", 3)},
        BASE | {4: Row("d"), 2: Row("b", 4)},
    )
    (one,) = made.conflicts
    assert (one.kind, one.base, one.ours, one.theirs) == ("moved", "a", "c", "d")


def test_the_guid_goes_before_the_path_and_the_place_before_nothing() -> None:
    renamed = Codebook(
        "b",
        (CodebookCode("ny", guid=guid(1), children=(CodebookCode("b", include="I"),)),),
    )
    assert [one.key.split(":")[0] for one in plan_merge(None, book(BASE), renamed).choices] == [
        "name",
        "include",
    ]


def test_one_guid_at_two_codes_gives_two_keys() -> None:
    twins = Codebook("b", (CodebookCode("x", guid=guid(9)), CodebookCode("y", guid=guid(9))))
    keys = [one.key for one in plan_merge(None, Codebook("b", ()), twins).choices]
    assert len(set(keys)) == 2


def test_order_is_told_apart() -> None:
    made = plan(BASE, BASE, {3: BASE[3], 1: BASE[1], 2: BASE[2]})
    assert (made.choices, made.reordered) == ((), 1)


def test_distance() -> None:
    assert distance(book(BASE), book(BASE)) == 0
    assert distance(book(BASE), book(text(BASE, 1, definition="X"))) == 1
    assert distance(book(BASE), Codebook("b", (CodebookCode("q"),))) is None


@given(draws)
def test_the_same_codebook_differs_in_nothing(draw: random.Random) -> None:
    base = some_table(draw, 8)
    ours = changed(draw, base, 6, 100)
    for before in (base, {}, ours):
        made = plan_merge(book(before), book(ours), book(ours))
        assert (made.choices, made.only_ours, made.reordered) == ((), (), 0)
        assert made.unchanged == len(ours)


@given(draws)
def test_only_one_side_changed_so_nothing_is_to_be_decided(draw: random.Random) -> None:
    base = some_table(draw, 8)
    other = changed(draw, base, 8, 100)
    assert all(one.default == "theirs" for one in plan(base, base, other).choices)
    assert all(one.default == "ours" for one in plan(base, other, base).choices)


@settings(suppress_health_check=[HealthCheck.filter_too_much])
@given(draws)
def test_conflicts_have_two_sides_and_look_the_same_from_the_other(draw: random.Random) -> None:
    base = some_table(draw, 8)
    ours, theirs = changed(draw, base, 8, 100), changed(draw, base, 8, 200)
    made, turned = plan(base, ours, theirs, said=CODE_FIELDS), plan(
        base, theirs, ours, said=CODE_FIELDS
    )  # fmt: skip
    assert len({one.key for one in made.choices}) == len(made.choices)
    assert made == plan(base, ours, theirs, said=CODE_FIELDS), "keys are stable"
    tables = (base, ours, theirs)
    paths = {(path, code.guid) for table in tables for path, code in book(table).walk()}
    alike = len(paths) != len({path for path, _ in paths})
    for one in made.conflicts:
        if one.kind in ("added", "removed"):
            continue
        # Two codes may go by one path, and a code be moved below either.
        assert one.ours != one.theirs or (alike and one.kind == "moved")
        assert one.base is None or one.base not in (one.ours, one.theirs) or one.kind == "moved"
    # Where a place is one code here and another there, it counts which side is asked first.
    places = {(row.parent, row.name, number) for table in tables for number, row in table.items()}
    assume(len(places) == len({place[:2] for place in places}))
    assume(not alike)
    fields = ("changed", "renamed", "moved")
    here = [(one.field, one.ours, one.theirs) for one in made.conflicts if one.kind in fields]
    there = [(one.field, one.theirs, one.ours) for one in turned.conflicts if one.kind in fields]
    assert sorted(here) == sorted(there)


# ------------------------------------------------------------------------- in a real project
@contextmanager
def a_project(table: Table) -> Iterator[ProjectFile]:
    """A project with the codes of a table, that is sound when it is left."""
    with TemporaryDirectory() as folder:
        project = project_file.create(Path(folder) / "p.qdaproj", coder="Kari")
        apply_codebook(project, coder="Kari", codebook=book(table))
        try:
            yield project
        except BaseException:
            project.close()
            raise
        assert project.connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert [one.code for one in row_checks.CHECKS if one.count(project.connection)] == []
        paths = list(codes.path_texts(codes.all_codes(project.connection)).values())
        assert len(set(paths)) == len(paths)
        project.close()


def dump(project: ProjectFile) -> list[tuple[object, ...]]:
    return [
        (table, *row)
        for table in LOGGED
        for row in project.connection.execute(f'SELECT * FROM "{table}" ORDER BY id')
    ]


def merge(
    project: ProjectFile,
    base: Table | None,
    theirs: Table,
    side: Side | None = None,
    draw: random.Random | None = None,
) -> OpResult[MergeOutcome]:
    before = book(base) if base is not None else None
    made = plan_file(project, book(theirs), base=before)
    made = plan_merge(before, made.ours, book(theirs), used=in_use(project), said=CODE_FIELDS)
    sides: dict[str, Side] = made.decided(side) if side else {}
    if draw is not None:
        for one in made.choices:
            sides[one.key] = "ours" if draw.random() < 0.5 else "theirs"
    return apply_merge(project, coder="Kari", plan=made, choices=sides)


@settings(max_examples=25, deadline=None)
@given(draws)
def test_what_only_they_changed_makes_the_project_theirs(draw: random.Random) -> None:
    base = some_table(draw, 8)
    theirs = changed(draw, base, 8, 100)
    with a_project(base) as project:
        merge(project, base, theirs)
        assert flat(as_codebook(project)) == flat(book(theirs))
        assert plan_merge(None, as_codebook(project), book(theirs)).choices == ()


@settings(max_examples=15, deadline=None)
@given(draws)
def test_what_only_we_changed_stays(draw: random.Random) -> None:
    base = some_table(draw, 8)
    ours = changed(draw, base, 8, 100)
    with a_project(ours) as project:
        before = as_codebook(project)
        merge(project, base, base)
        assert as_codebook(project) == before


@settings(max_examples=15, deadline=None)
@given(draws)
def test_changes_of_different_codes_commute(draw: random.Random) -> None:
    base = some_table(draw, 10)
    mine, yours = dict(base), dict(base)
    for number, row in base.items():
        table = draw.choice((mine, yours))
        name = f"{row.name} {number}" if draw.random() < 0.5 else row.name
        table[number] = replace(row, name=name, texts=row.texts | {"example": "E"})
    mine[100], yours[200] = Row("min"), Row("din", draw.choice([None, *base]))
    results: list[object] = []
    for ours, theirs in ((mine, yours), (yours, mine)):
        with a_project(ours) as project:
            assert not merge(project, base, theirs).value.kept
            results.append(flat(as_codebook(project)))
    assert results[0] == results[1]


@settings(max_examples=40, deadline=None)
@given(draws)
def test_whatever_is_chosen_costs_no_coding_and_can_be_undone(draw: random.Random) -> None:
    base = some_table(draw, 8)
    ours, theirs = changed(draw, base, 8, 100), changed(draw, base, 8, 200)
    with a_project(ours) as project:
        memos.add_memo(project, coder="Kari", on="project", target=0, text="x")
        for code in codes.all_codes(project.connection):
            if draw.random() < 0.3:
                memos.add_memo(project, coder="Kari", on="code", target=code.id, text="m")
        used = in_use(project)
        before = dump(project)
        done = merge(project, draw.choice((base, None)), theirs, draw=draw)
        assert used <= {code.guid for code in codes.all_codes(project.connection)}
        after = dump(project)
        if done.step is not None:
            project.undo("Kari")
            assert dump(project) == before
            project.redo("Kari")
            assert dump(project) == after


@settings(max_examples=25, deadline=None)
@given(draws)
def test_going_back_to_a_version_makes_it_what_it_was(draw: random.Random) -> None:
    base = some_table(draw, 8)
    later = changed(draw, base, 10, 100)
    with a_project(base) as project:
        then = as_codebook(project)
        version = save_version(project, coder="Kari", name="før").value
        merge(project, base, later)
        now = dump(project)
        done = restore_version(project, coder="Kari", version=version)
        assert as_codebook(project) == then
        if done.step is not None:
            project.undo("Kari")
        assert dump(project) == now


def test_a_coding_keeps_its_code_and_those_above(
    project: ProjectFile, put: Make, code: Make
) -> None:
    top = code("a")
    below = code("b", top)
    codings.add_codings(project, coder="Kari", new=[NewCoding(put("d"), below, 0, 4)])
    theirs = Codebook("b", (CodebookCode("c"),))
    made = plan_merge(as_codebook(project), as_codebook(project), theirs, used=in_use(project))
    done = apply_merge(
        project, coder="Kari", plan=made, choices={one.key: "theirs" for one in made.choices}
    ).value
    assert (done.added, done.removed, set(done.kept)) == (("c",), (), {"a", "a/b"})
    assert len(coding_rows.all_codings(project.connection)) == 1


def test_a_coding_made_after_the_comparison_is_not_lost(
    project: ProjectFile, put: Make, code: Make
) -> None:
    one = code("a")
    theirs = Codebook("b", (CodebookCode("c"),))
    made = plan_merge(as_codebook(project), as_codebook(project), theirs, used=in_use(project))
    codings.add_codings(project, coder="Kari", new=[NewCoding(put("d"), one, 0, 4)])
    assert apply_merge(project, coder="Kari", plan=made).value.kept == ("a",)


def test_a_codebook_that_changed_since_is_compared_again(project: ProjectFile, code: Make) -> None:
    made = plan_file(project, Codebook("b", (CodebookCode("c"),)))
    code("ny")
    with pytest.raises(NotAllowed, match="compare them again"):
        apply_merge(project, coder="Kari", plan=made)


def test_conflicts_have_to_be_decided() -> None:
    with a_project(text(BASE, 1, definition="O")) as project:
        before = dump(project)
        with pytest.raises(NotAllowed, match=r"a \(definition\)"):
            merge(project, BASE, text(BASE, 1, definition="T"))
        assert dump(project) == before
        merge(project, BASE, text(BASE, 1, definition="T"), side="theirs")
        assert codes.all_codes(project.connection)[0].definition == "T"


def test_codes_that_would_stand_below_themselves_stay_where_they_are() -> None:
    base = {1: Row("a"), 2: Row("b")}
    with a_project({1: Row("a", 2), 2: Row("b")}) as project:
        done = merge(project, base, {1: Row("a"), 2: Row("b", 1)})
        assert done.value.left == ("b",)
        assert tree(project) == ["b", "b/a"]


def test_a_name_that_is_taken_gets_a_number() -> None:
    with a_project(BASE | {9: Row("x")}) as project:
        done = merge(project, BASE, BASE | {3: Row("x")}).value
        assert tree(project) == ["a", "a/b", "x (2)", "x"]
        assert [(one.code, one.theirs) for one in done.changed] == [("c", "x (2)")]


def test_a_code_brings_those_above_it_that_we_removed() -> None:
    with a_project({3: Row("c")}) as project:
        done = merge(project, BASE, BASE | {4: Row("ny", 1)}).value
        assert tree(project) == ["c", "a", "a/ny"] or tree(project) == ["a", "a/ny", "c"]
        assert set(done.added) == {"a", "a/ny"}


def test_new_codes_come_after_those_they_follow() -> None:
    with a_project(BASE) as project:
        merge(project, BASE, {1: BASE[1], 4: Row("ny"), 2: BASE[2], 3: BASE[3]})
        assert tree(project) == ["a", "a/b", "ny", "c"]


def test_a_scale_keeps_values_in_use(project: ProjectFile, put: Make) -> None:
    start = Codebook("b", (CodebookCode("a", guid=guid(1), scale=("lav", "høy")),))
    apply_codebook(project, coder="Kari", codebook=start)
    (one,) = codes.all_codes(project.connection)
    document = put("d")
    codings.add_codings(project, coder="Kari", new=[NewCoding(document, one.id, 0, 4, value="høy")])
    theirs = Codebook("b", (CodebookCode("a", guid=guid(1), scale=("ja",)),))
    apply_merge(project, coder="Kari", plan=plan_file(project, theirs))
    assert codes.all_codes(project.connection)[0].scale == ("ja", "høy")


@pytest.mark.parametrize("bad", [CodebookCode(" "), CodebookCode("x", color="rosa")])
def test_a_code_that_cannot_be_kept_changes_nothing(
    project: ProjectFile, code: Make, bad: CodebookCode
) -> None:
    code("a")
    before = dump(project)
    made = plan_file(project, Codebook("b", (CodebookCode("ny"), bad)))
    with pytest.raises(NotAllowed):
        apply_merge(project, coder="Kari", plan=made)
    assert dump(project) == before


# ------------------------------------------------------------------- versions and what is common
def origins(project: ProjectFile) -> list[tuple[str, str, str]]:
    return [(one.origin, one.name, one.file_name) for one in versions(project)]


def test_a_version_is_named_once(project: ProjectFile, code: Make) -> None:
    code("a")
    save_version(project, coder="Kari", name="  første \n utkast ")
    assert origins(project) == [("saved", "første utkast", "")]
    assert versions(project)[0].codes == 1
    for name in ("første utkast", " "):
        with pytest.raises(NotAllowed):
            save_version(project, coder="Kari", name=name)
    project.undo("Kari")
    assert versions(project) == ()


def test_two_versions_are_compared_and_one_with_now(project: ProjectFile, code: Make) -> None:
    code("a")
    first = save_version(project, coder="Kari", name="1").value
    code("b")
    second = save_version(project, coder="Kari", name="2").value
    (one,) = codes.all_codes(project.connection)[:1]
    edit_code(project, coder="Kari", code=replace(one, definition="D"))
    assert told(compare(project, version=first, other=second)) == [("added", "b", "", "theirs")]
    now = compare(project, version=second)
    assert told(now) == [("changed", "a", "definition", "theirs")]
    assert told(compare(project, version=first))[0][:3] == ("changed", "a", "definition")
    assert told(plan_restore(project, second))[0][:3] == ("changed", "a", "definition")
    with pytest.raises(NotFound):
        compare(project, version=CodebookVersionId(99))


def test_going_back_keeps_what_is_in_use_and_says_so(
    project: ProjectFile, put: Make, code: Make
) -> None:
    first = save_version(project, coder="Kari", name="1").value
    kept, gone = code("i bruk"), code("ubrukt")
    codings.add_codings(project, coder="Kari", new=[NewCoding(put("d"), kept, 0, 4)])
    done = restore_version(project, coder="Kari", version=first).value
    assert (done.removed, done.kept) == (("ubrukt",), ("i bruk",))
    assert tree(project) == ["i bruk"]
    assert gone


def test_a_code_that_went_comes_back_with_its_guid(project: ProjectFile, code: Make) -> None:
    top = code("a")
    code("b", top)
    guids = {one.guid for one in codes.all_codes(project.connection)}
    first = save_version(project, coder="Kari", name="1").value
    remove_code(project, coder="Kari", code=top)
    assert restore_version(project, coder="Kari", version=first).value.added == ("a", "a/b")
    assert {one.guid for one in codes.all_codes(project.connection)} == guids


def test_an_export_is_remembered_without_a_step(project: ProjectFile, code: Make) -> None:
    code("a")
    project.undo("Kari")
    record_export(project, coder="Kari", codebook=as_codebook(project), file_name="k.toml")
    again = record_export(project, coder="Kari", codebook=as_codebook(project), file_name="k.toml")
    assert (again.value, bool(again.changes)) == (None, False)
    assert origins(project) == [("exported", "", "k.toml")]
    assert project.redo("Kari") is not None, "what was undone can still be done again"
    assert tree(project) == ["a"]


def test_exported_then_changed_by_both(project: ProjectFile, code: Make) -> None:
    code("a")
    code("b")
    shared = as_codebook(project)
    record_export(project, coder="Kari", codebook=shared, file_name="k.toml")
    first, second = codes.all_codes(project.connection)
    edit_code(project, coder="Kari", code=replace(first, definition="vår"))
    save_version(project, coder="Kari", name="vår egen")
    theirs = replace(shared, codes=(shared.codes[0], replace(shared.codes[1], definition="deres")))
    made = plan_file(project, theirs, file_name="k.toml")
    assert [(one.code, one.default) for one in made.choices] == [("a", "ours"), ("b", "theirs")]
    apply_merge(project, coder="Kari", plan=made, file_name="k.toml")
    assert [one.definition for one in codes.all_codes(project.connection)] == ["vår", "deres"]
    assert second
    # What they sent is now what both know: sent again, it asks for nothing.
    found = last_common(project, theirs, "k.toml")
    assert found is not None
    assert [(one.code, one.default) for one in plan_file(project, theirs).choices] == [
        ("a", "ours")
    ]


def test_among_equals_the_file_of_that_name_is_common_else_the_oldest(
    project: ProjectFile, code: Make
) -> None:
    code("a")
    (one,) = as_codebook(project).codes
    for name, said in (("1.toml", "x"), ("2.toml", "y"), ("3.toml", "z")):
        content = Codebook("b", (replace(one, definition=said),))
        record_export(project, coder="Kari", codebook=content, file_name=name)
    theirs = Codebook("b", (replace(one, definition="q"),))
    for name, wanted in (("2.toml", "y"), ("9.toml", "x"), ("", "x")):
        found = last_common(project, theirs, name)
        assert found is not None
        assert found[1].codes[0].definition == wanted
    assert last_common(project, Codebook("b", (CodebookCode("helt annet"),))) is None


def test_a_file_applied_twice_is_remembered_once(project: ProjectFile) -> None:
    content = Codebook("b", (CodebookCode("a", definition="D"),))
    apply_codebook(project, coder="Kari", codebook=content, file_name="a.csv")
    again = apply_codebook(project, coder="Kari", codebook=content, file_name="a.csv")
    assert again.step is None
    assert origins(project) == [("received", "", "a.csv")]
    known = codebook_versions.codebook(project.connection, versions(project)[0].id)
    assert known is not None
    assert known.codes == as_codebook(project).codes


@pytest.mark.parametrize(
    "hostile",
    ["", "[]", "{", '{"codes": 3}', '{"codes": [3]}', '{"codes": [{"name": ""}]}',
     '{"codes": [{"name": "a", "keywords": [3]}]}', '{"codes": [{"name": 3}]}', "[" * 100_000],
)  # fmt: skip
def test_a_version_that_is_no_codebook_is_left_out_and_mended(
    project: ProjectFile, hostile: str
) -> None:
    version = save_version(project, coder="Kari", name="1").value
    project.connection.execute("UPDATE codebook_version SET codebook = ?", (hostile,))
    versions(project)
    assert last_common(project, Codebook("b", (CodebookCode("a"),))) is None
    with pytest.raises(NotFound):
        restore_version(project, coder="Kari", version=version)
    (check,) = [one for one in row_checks.CHECKS if one.count(project.connection)]
    assert check.mend is not None
    check.mend(project.connection)
    assert versions(project) == ()


@given(draws)
def test_a_codebook_is_kept_as_it_is(draw: random.Random) -> None:
    content = replace(book(some_table(draw, 8)), version="2", language="nn", description="Om «alt»")
    assert codebook_versions.codebook_of(codebook_versions.text_of(content)) == content
