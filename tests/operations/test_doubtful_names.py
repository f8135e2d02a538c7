"""What is doubtful stays, in the window and in a list, unless a person says otherwise."""

from collections.abc import Callable

from qda.operations import name_lists, pseudonyms
from qda.store.project_file import ProjectFile

Put = Callable[..., int]
TALK = "Da sa Stein ja. Steinen er tung, Stein er tungt. Rosen er fin, og Rosa er fin."


def test_a_doubtful_place_of_a_name_stays(project: ProjectFile, put: Put) -> None:
    put("Samtale", TALK + " Det er stein på stein.")
    found = pseudonyms.scan(project)
    named = {one.name: one for one in found.entities}
    stein = named["Stein"]
    assert [one.is_doubtful for one in stein.hits] == [False, True]
    assert stein.left == {stein.hits[1]}
    assert not stein.is_doubtful
    # What is doubtful at every place comes last, and all its places go if it is accepted.
    assert found.entities[-1].name == "Rosa"
    assert found.entities[-1].is_doubtful
    assert not found.entities[-1].left


def test_a_list_proposes_to_leave_what_is_doubtful(project: ProjectFile, put: Put) -> None:
    put("Samtale", TALK + " Det er stein på stein.")
    found = pseudonyms.scan(project)
    rows = {one.name: one for one in name_lists.listed(project, found)}
    assert (rows["Rosa"].decision, rows["Rosa"].why) == ("rejected", "doubtful")
    assert rows["Stein"].decision == "accepted"
    assert [one.accept for one in rows["Stein"].hits] == [True, False]


def test_what_is_never_in_lower_case_goes_at_all_its_places(project: ProjectFile, put: Put) -> None:
    put("Samtale", TALK)
    stein = next(one for one in pseudonyms.scan(project).entities if one.name == "Stein")
    assert [one.why for one in stein.hits] == ["given name", "capital"]
