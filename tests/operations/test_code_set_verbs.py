"""Code sets: named, changed, removed, undone, and what becomes of them when codes go."""

from collections.abc import Callable
from pathlib import Path

import pytest

from qda.formats.codebooks import read_codebook, write_codebook
from qda.model.code_sets import CodeSet
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId, CodeSetId
from qda.operations import codes as code_verbs
from qda.operations.code_sets import find_code_set, remove_code_set, save_code_set
from qda.operations.codebook import apply_codebook, as_codebook, plan_codebook
from qda.store import code_sets, project_file
from qda.store.project_file import ProjectFile

AddCode = Callable[..., CodeId]


def save(project: ProjectFile, name: str, *members: CodeId) -> CodeSet:
    return save_code_set(project, coder="Kari", name=name, members=members).value


def names(project: ProjectFile) -> dict[str, tuple[CodeId, ...]]:
    return {one.name: one.codes for one in code_sets.all_sets(project.connection)}


def test_a_set_is_made_changed_removed_and_each_is_one_step(
    project: ProjectFile, code: AddCode, steps: Callable[[], int]
) -> None:
    top, below, other = code("styring"), 0, code("laget")
    below = code("telling", top)
    before = steps()
    made = save(project, " Styring ", below, top, below)
    assert (made.name, made.codes) == ("Styring", (top, below))
    changed = save_code_set(
        project, coder="Kari", name="Runde 2", members=[other], description="Nye", set_id=made.id
    ).value
    assert (changed.guid, changed.codes, changed.description) == (made.guid, (other,), "Nye")
    said = remove_code_set(project, coder="Kari", set_id=made.id).value
    assert "Runde 2" in str(said)
    assert names(project) == {}
    assert steps() == before + 3
    project.undo("Kari")
    assert names(project) == {"Runde 2": (other,)}
    project.undo("Kari")
    assert names(project) == {"Styring": (top, below)}
    project.undo("Kari")
    assert names(project) == {}


def test_a_code_is_a_member_by_itself_and_the_order_is_the_codebooks(
    project: ProjectFile, code: AddCode
) -> None:
    top, other = code("styring"), code("laget")
    code("telling", top)
    save(project, "Begge", other, top)
    assert names(project) == {"Begge": (top, other)}
    code_verbs.move_code(project, coder="Kari", code=other, parent=None, position=0)
    assert names(project) == {"Begge": (other, top)}


def test_what_cannot_be(project: ProjectFile, code: AddCode) -> None:
    top = code("styring")
    made = save(project, "Styring", top)
    with pytest.raises(NotAllowed):
        save(project, "styring", top)
    with pytest.raises(NotAllowed):
        save(project, "  ", top)
    with pytest.raises(NotAllowed):
        save(project, "Tom")
    with pytest.raises(NotFound):
        save(project, "Borte", CodeId(999))
    with pytest.raises(NotFound):
        save_code_set(project, coder="Kari", name="x", members=[top], set_id=CodeSetId(made.id + 1))
    with pytest.raises(NotFound):
        remove_code_set(project, coder="Kari", set_id=CodeSetId(made.id + 1))
    with pytest.raises(NotFound):
        find_code_set(project, "Runde 2")
    assert find_code_set(project, made.guid.upper()) == find_code_set(project, "STYRING") == made


def test_a_removed_code_leaves_its_sets_and_comes_back_into_them(
    project: ProjectFile, code: AddCode
) -> None:
    top, other = code("styring"), code("laget")
    save(project, "Begge", top, other)
    code_verbs.remove_code(project, coder="Kari", code=top)
    assert names(project) == {"Begge": (other,)}
    project.undo("Kari")
    assert names(project) == {"Begge": (top, other)}


def test_a_merged_code_gives_its_places_in_sets_to_the_one_that_is_kept(
    project: ProjectFile, code: AddCode
) -> None:
    kept, gone = code("styring"), code("kontroll")
    save(project, "Begge", kept, gone)
    save(project, "Bare den ene", gone)
    code_verbs.merge_codes(project, coder="Kari", keep=kept, other=gone)
    assert names(project) == {"Begge": (kept,), "Bare den ene": (kept,)}


def test_sets_go_out_and_come_in_with_a_qdc(
    project: ProjectFile, code: AddCode, tmp_path: Path
) -> None:
    top = code("styring")
    below = code("telling", top)
    save_code_set(
        project, coder="Kari", name="Styring & mål", members=[below], description="Runde <2>"
    )
    file = tmp_path / "bok.qdc"
    write_codebook(file, as_codebook(project))
    book = read_codebook(file)
    assert book.sets == as_codebook(project).sets
    assert plan_codebook(project, book).sets == ()
    other = project_file.create(tmp_path / "annen.qdaproj", coder="Ola")
    plan = plan_codebook(other, book)
    assert plan.sets == ("Styring & mål",)
    assert apply_codebook(other, coder="Ola", codebook=book).value == plan
    (taken,) = code_sets.all_sets(other.connection)
    assert (taken.name, taken.description, len(taken.codes)) == ("Styring & mål", "Runde <2>", 1)
    assert taken.guid == find_code_set(project, "Styring & mål").guid
    other.undo("Ola")
    assert code_sets.all_sets(other.connection) == ()
    other.close()


def test_a_set_of_a_file_adds_codes_and_takes_none(
    project: ProjectFile, code: AddCode, tmp_path: Path
) -> None:
    one, two = code("en"), code("to")
    made = save(project, "Begge", one)
    file = tmp_path / "bok.qdc"
    write_codebook(file, as_codebook(project))
    save_code_set(project, coder="Kari", name="Døpt om", members=[two], set_id=made.id)
    book = read_codebook(file)
    assert plan_codebook(project, book).sets == ("Døpt om",)
    apply_codebook(project, coder="Kari", codebook=book)
    assert names(project) == {"Døpt om": (one, two)}
