"""Memos are written in sittings, linked both ways, gone back to, and never lost in silence."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from qda.model.entities import Memo, Thing
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CodeId, CodingId, MemoId, MemoVersionId
from qda.operations import cases, codes, codings, documents, memos, participants
from qda.store import codings as coding_rows
from qda.store import history, memo_links, memo_versions, row_checks
from qda.store import memos as memo_rows
from qda.store import participants as participant_rows
from qda.store.project_file import ProjectFile

KARI, OLA = "Kari", "Ola"


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A clock that stands still until it is moved on."""
    now = [datetime(2025, 3, 3, 9, 0, tzinfo=UTC)]

    def told() -> str:
        return now[0].isoformat(timespec="milliseconds").replace("+00:00", "Z")

    monkeypatch.setattr(history, "now", told)

    def pass_time(**time: float) -> None:
        now[0] += timedelta(**time)

    return pass_time


def written(project: ProjectFile, text: str = "Første tanke", coder: str = KARI) -> Memo:
    return memos.add_memo(project, coder=coder, on="project", target=0, text=text).value


def edit(project: ProjectFile, memo: Memo, text: str, coder: str = KARI) -> None:
    memos.edit_memo(project, coder=coder, memo=memo.id, text=text, joins=True)


def texts(project: ProjectFile, of: Thing) -> list[str]:
    return [one.text for one in memo_versions.of_thing(project.connection, of)]


def now_says(project: ProjectFile, memo: Memo) -> str:
    found = memo_rows.by_id(project.connection, memo.id)
    assert found is not None
    return found.text


def coded(project: ProjectFile, document: int, code: int, start: int = 0, end: int = 9) -> int:
    new = [codings.NewCoding(document, CodeId(code), start, end)]  # pyright: ignore[reportArgumentType]
    return codings.add_codings(project, coder=KARI, new=new).value[0].id


# --------------------------------------------------------------------------------- sittings
def test_what_is_saved_while_one_writes_is_one_version_and_one_step(
    project: ProjectFile, clock: Callable[..., None], steps: Callable[[], int]
) -> None:
    memo = written(project)
    before = steps()
    for length in range(1, 8):
        clock(seconds=3)
        edit(project, memo, "Første tanke, " + "og mer " * length)
    assert texts(project, Thing("memo", memo.id)) == ["Første tanke, " + "og mer " * 7]
    assert steps() == before + 1
    assert len(history.audit_entries(project.connection)) == 2
    project.undo(KARI)
    assert now_says(project, memo) == "Første tanke"
    assert texts(project, Thing("memo", memo.id)) == []
    project.redo(KARI)
    assert now_says(project, memo).endswith("og mer ")


def test_a_long_sitting_is_a_step_for_every_few_minutes(
    project: ProjectFile, clock: Callable[..., None], steps: Callable[[], int]
) -> None:
    memo = written(project)
    before = steps()
    for minute in range(12):
        clock(minutes=1)
        edit(project, memo, f"Minutt {minute}")
    assert steps() == before + 2
    assert texts(project, Thing("memo", memo.id)) == ["Minutt 11"]
    project.undo(KARI)
    assert now_says(project, memo) == "Minutt 5"


def test_each_sitting_leaves_a_version(project: ProjectFile, clock: Callable[..., None]) -> None:
    memo = written(project, "Mandag")
    for day in ("Tirsdag", "Onsdag"):
        clock(days=1)
        edit(project, memo, f"{day}, halvveis")
        clock(minutes=2)
        edit(project, memo, day)
    assert texts(project, Thing("memo", memo.id)) == ["Onsdag", "Tirsdag", "Mandag"]
    first = memo_versions.of_thing(project.connection, Thing("memo", memo.id))[-1]
    assert (first.begun, first.saved) == (memo.created, memo.created)


def test_another_writer_begins_another_version(
    project: ProjectFile, clock: Callable[..., None]
) -> None:
    memo = written(project, "Karis tekst")
    clock(minutes=1)
    edit(project, memo, "Olas tekst", OLA)
    clock(minutes=1)
    edit(project, memo, "Karis igjen")
    found = memo_versions.of_thing(project.connection, Thing("memo", memo.id))
    assert [one.text for one in found] == ["Karis igjen", "Olas tekst", "Karis tekst"]
    assert found[0].coder == found[2].coder != found[1].coder


def test_striking_out_most_of_a_memo_keeps_what_it_said(
    project: ProjectFile, clock: Callable[..., None]
) -> None:
    memo = written(project)
    long = "En lang tanke om mål og midler. " * 20
    clock(seconds=30)
    edit(project, memo, long)
    clock(seconds=30)
    edit(project, memo, "En kort.")
    assert texts(project, Thing("memo", memo.id)) == ["En kort.", long]


def test_saving_the_same_again_changes_nothing(
    project: ProjectFile, steps: Callable[[], int]
) -> None:
    memo = written(project)
    before = steps()
    edit(project, memo, "Første tanke")
    assert steps() == before
    assert texts(project, Thing("memo", memo.id)) == []


def test_edits_that_are_not_saved_while_writing_are_steps_of_their_own(
    project: ProjectFile, steps: Callable[[], int]
) -> None:
    memo = written(project)
    before = steps()
    for text in ("En", "To"):
        memos.edit_memo(project, coder=KARI, memo=memo.id, text=text)
    assert steps() == before + 2


def test_an_empty_memo_is_refused(project: ProjectFile) -> None:
    memo = written(project)
    with pytest.raises(NotAllowed):
        edit(project, memo, " \n")
    assert now_says(project, memo) == "Første tanke"


def test_another_step_between_parts_what_is_written(
    project: ProjectFile, clock: Callable[..., None], code: Callable[..., int]
) -> None:
    memo = written(project)
    edit(project, memo, "Første tanke, så")
    code("rutiner")
    clock(seconds=5)
    edit(project, memo, "Første tanke, så en til")
    project.undo(KARI)
    assert now_says(project, memo) == "Første tanke, så"
    project.undo(KARI)
    project.undo(KARI)
    assert now_says(project, memo) == "Første tanke"


# --------------------------------------------------------------------------------- going back
def test_going_back_keeps_what_it_said_and_is_undone(
    project: ProjectFile, clock: Callable[..., None]
) -> None:
    memo = written(project, "Mandag")
    clock(days=1)
    edit(project, memo, "Tirsdag")
    monday = memo_versions.of_thing(project.connection, Thing("memo", memo.id))[-1]
    memos.restore_memo(project, coder=KARI, version=monday.id)
    assert now_says(project, memo) == "Mandag"
    assert texts(project, Thing("memo", memo.id)) == ["Mandag", "Tirsdag", "Mandag"]
    clock(minutes=1)
    edit(project, memo, "Mandag, og litt til")
    assert texts(project, Thing("memo", memo.id)) == ["Mandag, og litt til", "Tirsdag", "Mandag"]
    project.undo(KARI)
    project.undo(KARI)
    assert now_says(project, memo) == "Tirsdag"


def test_going_back_right_after_the_first_words_keeps_them(
    project: ProjectFile, clock: Callable[..., None]
) -> None:
    """The first words have no version of their own while their writer still sits there."""
    memo = written(project, "Først")
    clock(days=1)
    edit(project, memo, "Andre dag")
    memos.restore_memo(
        project,
        coder=KARI,
        version=memo_versions.of_thing(project.connection, Thing("memo", memo.id))[-1].id,
    )
    assert set(texts(project, Thing("memo", memo.id))) == {"Først", "Andre dag"}


def test_the_note_on_a_segment_has_versions_too(
    project: ProjectFile,
    clock: Callable[..., None],
    put: Callable[..., int],
    code: Callable[..., int],
) -> None:
    coding = CodingId(coded(project, put("leiar"), code("mål")))
    codings.set_memo(project, coder=KARI, coding=coding, memo="Først")
    clock(hours=2)
    codings.set_memo(project, coder=KARI, coding=coding, memo="Sia")
    clock(hours=2)
    codings.set_memo(project, coder=KARI, coding=coding, memo="")
    of = Thing("coding", coding)
    assert texts(project, of) == ["", "Sia", "Først"]
    first = memo_versions.of_thing(project.connection, of)[-1]
    assert memos.restore_memo(project, coder=KARI, version=first.id).value == "Først"
    found = coding_rows.by_id(project.connection, coding)
    assert found is not None
    assert found.memo == "Først"
    assert memo_versions.notes_saved(project.connection)[coding] == history.now()


def test_a_note_that_came_otherwise_is_kept_before_it_is_written_over(
    project: ProjectFile, put: Callable[..., int], code: Callable[..., int]
) -> None:
    new = [codings.NewCoding(put("leiar"), CodeId(code("mål")), 0, 5, memo="Fra regnearket")]  # pyright: ignore[reportArgumentType]
    coding = codings.add_codings(project, coder=OLA, new=new).value[0]
    codings.set_memo(project, coder=KARI, coding=coding.id, memo="Min")
    assert texts(project, Thing("coding", coding.id)) == ["Min", "Fra regnearket"]


def test_a_version_that_is_gone_is_said_to_be(project: ProjectFile) -> None:
    with pytest.raises(NotFound):
        memos.restore_memo(project, coder=KARI, version=MemoVersionId(7))
    with pytest.raises(NotFound):
        memos.edit_memo(project, coder=KARI, memo=MemoId(7), text="x")


# -------------------------------------------------------------------------------------- links
@pytest.fixture
def things(
    project: ProjectFile, put: Callable[..., int], code: Callable[..., int]
) -> dict[str, Thing]:
    """One thing of each kind that a memo can be linked with, and two memos."""
    document, rule = put("leiar"), code("mål")
    people = participant_rows.all_participants(project.connection)
    office = cases.add_case(project, coder=KARI, name="Fjordvik").value
    return {
        "document": Thing("document", document),
        "code": Thing("code", rule),
        "case": Thing("case", office),
        "participant": Thing("participant", people[0].id),
        "coding": Thing("coding", coded(project, document, rule)),
        "memo": Thing("memo", written(project).id),
        "other": Thing("memo", written(project, "En annen").id),
    }


@pytest.mark.parametrize("kind", ["document", "code", "case", "participant", "coding", "other"])
def test_a_memo_is_linked_with_anything_and_seen_from_both_ends(
    project: ProjectFile, things: dict[str, Thing], kind: str
) -> None:
    connection = project.connection
    link = memos.link_memo(project, coder=KARI, origin=things["memo"], target=things[kind]).value
    assert memo_links.leading_away(connection, things["memo"]) == (link,)
    assert memo_links.leading_here(connection, things[kind]) == (link,)
    assert (
        memo_links.by_guid(connection, link.guid) == link == memo_links.by_id(connection, link.id)
    )
    again = memos.link_memo(project, coder=OLA, origin=things["memo"], target=things[kind])
    assert again.value == link
    assert again.step is None
    project.undo(KARI)
    assert memo_links.all_links(connection) == ()
    project.redo(KARI)
    assert memo_links.all_links(connection) == (link,)
    memos.unlink_memo(project, coder=KARI, link=link.id)
    assert memo_links.of_thing(connection, things[kind]) == ()


def test_a_segment_is_linked_with_a_segment_and_a_memo(
    project: ProjectFile, things: dict[str, Thing]
) -> None:
    other = Thing("coding", coded(project, things["document"].id, things["code"].id, 3, 8))
    for target in (other, things["memo"]):
        memos.link_memo(project, coder=KARI, origin=things["coding"], target=target)
    assert [one.target for one in memo_links.of_thing(project.connection, things["coding"])] == [
        other, things["memo"],
    ]  # fmt: skip


def test_links_that_make_no_sense_are_refused(
    project: ProjectFile, things: dict[str, Thing], steps: Callable[[], int]
) -> None:
    before = steps()
    with pytest.raises(NotAllowed):
        memos.link_memo(project, coder=KARI, origin=things["memo"], target=things["memo"])
    with pytest.raises(NotAllowed):
        memos.link_memo(project, coder=KARI, origin=things["code"], target=things["memo"])
    for gone in (Thing("memo", 99), Thing("coding", 99), Thing("case", 99)):
        with pytest.raises(NotFound):
            memos.link_memo(project, coder=KARI, origin=things["memo"], target=gone)
    assert steps() == before


def test_links_and_versions_go_with_what_they_belong_to_and_come_back(
    project: ProjectFile, things: dict[str, Thing], clock: Callable[..., None]
) -> None:
    for kind in ("document", "code", "case", "participant", "coding", "other"):
        memos.link_memo(project, coder=KARI, origin=things["memo"], target=things[kind])
    memos.link_memo(project, coder=KARI, origin=things["coding"], target=things["other"])
    clock(days=1)
    memos.edit_memo(project, coder=KARI, memo=MemoId(things["memo"].id), text="Ny")
    codings.set_memo(project, coder=KARI, coding=CodingId(things["coding"].id), memo="Note")
    links = memo_links.all_links(project.connection)
    versions = memo_versions.all_versions(project.connection)
    assert (len(links), len(versions)) == (7, 3)
    documents.remove_document(
        project,
        coder=KARI,
        document=things["document"].id,  # pyright: ignore[reportArgumentType]
    )
    left = {one.target.kind for one in memo_links.all_links(project.connection)}
    assert left == {"code", "case", "memo"}
    assert len(memo_versions.all_versions(project.connection)) == 2
    project.undo(KARI)
    assert memo_links.all_links(project.connection) == links
    assert memo_versions.all_versions(project.connection) == versions
    memos.remove_memo(project, coder=KARI, memo=MemoId(things["memo"].id))
    assert [one.origin.kind for one in memo_links.all_links(project.connection)] == ["coding"]
    project.undo(KARI)
    assert memo_links.all_links(project.connection) == links
    assert memo_versions.all_versions(project.connection) == versions


def test_merging_codes_moves_links_and_doubles_none(
    project: ProjectFile, things: dict[str, Thing], code: Callable[..., int]
) -> None:
    other = Thing("code", code("måltal"))
    memos.link_memo(project, coder=KARI, origin=things["memo"], target=things["code"])
    memos.link_memo(project, coder=KARI, origin=things["memo"], target=other)
    memos.link_memo(project, coder=KARI, origin=things["other"], target=other)
    codes.merge_codes(project, coder=KARI, keep=CodeId(things["code"].id), other=CodeId(other.id))
    here = memo_links.leading_here(project.connection, things["code"])
    assert [one.origin for one in here] == [things["memo"], things["other"]]
    assert len(memo_links.all_links(project.connection)) == 2
    project.undo(KARI)
    assert len(memo_links.all_links(project.connection)) == 3


def test_merging_participants_moves_links(project: ProjectFile, things: dict[str, Thing]) -> None:
    first, second = participant_rows.all_participants(project.connection)[:2]
    memos.link_memo(
        project, coder=KARI, origin=things["memo"], target=Thing("participant", second.id)
    )
    participants.join_participants(project, coder=KARI, keep=first.id, other=second.id)
    assert memo_links.leading_here(project.connection, Thing("participant", first.id))


def test_folding_a_coding_moves_its_links_and_versions(
    project: ProjectFile, things: dict[str, Thing], code: Callable[..., int]
) -> None:
    kept = things["coding"]
    twin = Thing("coding", coded(project, things["document"].id, code("måltal")))
    codings.set_memo(project, coder=KARI, coding=CodingId(twin.id), memo="Tvillingens")
    memos.link_memo(project, coder=KARI, origin=twin, target=things["memo"])
    memos.link_memo(project, coder=KARI, origin=things["other"], target=twin)
    memos.link_memo(project, coder=KARI, origin=twin, target=kept)
    codings.recode(
        project, coder=KARI, coding_ids=[CodingId(twin.id)], code=CodeId(things["code"].id)
    )
    away = memo_links.leading_away(project.connection, kept)
    assert [one.target for one in away] == [things["memo"]]
    here = memo_links.leading_here(project.connection, kept)
    assert [one.origin for one in here] == [things["other"]]
    assert texts(project, kept) == ["Tvillingens"]


def test_a_coding_outside_its_text_keeps_links_and_versions_as_a_memo(
    project: ProjectFile, things: dict[str, Thing]
) -> None:
    coding = things["coding"]
    codings.set_memo(project, coder=KARI, coding=CodingId(coding.id), memo="Viktig")
    memos.link_memo(project, coder=KARI, origin=coding, target=things["memo"])
    memos.link_memo(project, coder=KARI, origin=things["other"], target=coding)
    connection = project.connection
    connection.execute('UPDATE coding SET start = start + 9000, "end" = "end" + 9000')
    check = next(one for one in row_checks.CHECKS if one.code == "coding-outside")
    assert check.mend is not None
    check.mend(connection)
    kept = memo_rows.of_target(connection, "document", things["document"].id)
    assert [one.text.splitlines()[-1] for one in kept] == ["Viktig"]
    of = Thing("memo", kept[0].id)
    assert [one.target for one in memo_links.leading_away(connection, of)] == [things["memo"]]
    assert [one.origin for one in memo_links.leading_here(connection, of)] == [things["other"]]
    assert texts(project, of) == ["Viktig"]
