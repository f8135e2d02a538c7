from dataclasses import replace

import pytest

from qda.model.bands import BandDefinition
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import BandingId, VariableId
from qda.operations import variables
from qda.operations.bands import add_banding, edit_banding, remove_banding
from qda.store import bands
from qda.store.project_file import ProjectFile

CUT = BandDefinition("points", (70, 15, 15), labels=(" små ", "", "store", "for mye", ""))


@pytest.fixture
def staff(project: ProjectFile) -> VariableId:
    return variables.add_variable(
        project, coder="Kari", subject="case", name="Ansatte", kind="number"
    ).value


def known(project: ProjectFile) -> list[tuple[str, BandDefinition]]:
    return [(one.name, one.definition) for one in bands.all_bandings(project.connection)]


def test_bands_are_defined_changed_and_removed(project: ProjectFile, staff: VariableId) -> None:
    made = add_banding(project, coder="Kari", variable=staff, name=" Størrelse ", definition=CUT)
    kept = BandDefinition("points", (15.0, 70.0), labels=("små", "", "store"))
    assert known(project) == [("Størrelse", kept)]
    fifths = BandDefinition("quantiles", parts=5)
    edit_banding(
        project, coder="Kari", banding=made.value, name="størrelse",
        definition=replace(fifths, points=(3.0,)),
    )  # fmt: skip
    assert known(project) == [("størrelse", fifths)]
    remove_banding(project, coder="Kari", banding=made.value)
    assert known(project) == []
    for expected in ([("størrelse", fifths)], [("Størrelse", kept)], []):
        project.undo("Kari")
        assert known(project) == expected
    project.redo("Kari")
    assert known(project) == [("Størrelse", kept)]


@pytest.mark.parametrize("name", ["", "  ", "ansatte", "CASE", "størrelse"])
def test_a_name_means_one_thing(project: ProjectFile, staff: VariableId, name: str) -> None:
    add_banding(project, coder="Kari", variable=staff, name="Størrelse", definition=CUT)
    with pytest.raises(NotAllowed):
        add_banding(project, coder="Kari", variable=staff, name=name, definition=CUT)


@pytest.mark.parametrize(
    "definition",
    [
        BandDefinition("points"),
        BandDefinition("points", (float("nan"),)),
        BandDefinition("points", tuple(map(float, range(20)))),
        BandDefinition("quantiles", parts=1),
        BandDefinition("width", parts=21),
        BandDefinition("points", (1,), period="2012-01"),
    ],
)
def test_what_makes_no_bands_is_refused(
    project: ProjectFile, staff: VariableId, definition: BandDefinition
) -> None:
    with pytest.raises(NotAllowed):
        add_banding(project, coder="Kari", variable=staff, name="b", definition=definition)
    assert known(project) == []


def test_only_numbers_are_cut_and_bands_go_with_their_variable(
    project: ProjectFile, staff: VariableId
) -> None:
    text = variables.add_variable(project, coder="Kari", subject="case", name="fylke").value
    with pytest.raises(NotAllowed, match="no numbers"):
        add_banding(project, coder="Kari", variable=text, name="b", definition=CUT)
    made = add_banding(project, coder="Kari", variable=staff, name="b", definition=CUT).value
    variables.remove_variable(project, coder="Kari", variable=staff)
    assert known(project) == []
    project.undo("Kari")
    assert len(known(project)) == 1
    project.redo("Kari")
    for call in (
        lambda: add_banding(project, coder="K", variable=staff, name="b", definition=CUT),
        lambda: edit_banding(project, coder="K", banding=made, name="b", definition=CUT),
        lambda: remove_banding(project, coder="K", banding=BandingId(99)),
    ):
        with pytest.raises(NotFound):
            call()
