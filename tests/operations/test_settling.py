"""Disagreements settled: a layer of its own, traceable, one undo step each."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from qda.analysis import snapshot as snapshots
from qda.analysis.conflicts import conflicts, standings
from qda.jobs.progress import Cancelled, Progress
from qda.model.agreement import AgreementSpec, Conflict, decided
from qda.model.agreement import Standing as Stands
from qda.model.entities import Coding, Thing
from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import CaseId, CodeId, CoderId, DocumentId
from qda.operations import cases, codes, codings, settling
from qda.operations import memos as memo_verbs
from qda.operations.codings import NewCoding
from qda.store import (
    coders,
    doctor,
    history,
    memo_links,
    memo_versions,
    memos,
    project_file,
    project_info,
    settlements,
)
from qda.store import codes as code_rows
from qda.store import codings as coding_rows
from qda.store.project_file import ProjectFile

Put = Callable[..., int]
Spans = list[tuple[int, int]]


class Two:
    """What Kari and Ola have coded in one document."""

    def __init__(self, project: ProjectFile, document: DocumentId, code: CodeId) -> None:
        self.project, self.document, self.code = project, document, code

    def add(self, coder: str, *spans: tuple[int, int], code: CodeId | None = None) -> None:
        new = [NewCoding(self.document, code or self.code, *span) for span in spans]
        codings.add_codings(self.project, coder=coder, new=new)

    def pair(self) -> tuple[CoderId, CoderId]:
        found = [coders.by_name(self.project.connection, name) for name in ("Kari", "Ola")]
        assert found[0] is not None
        assert found[1] is not None
        return found[0].id, found[1].id

    def conflicts(self, *, agreed: bool = False) -> tuple[Conflict, ...]:
        snapshot = snapshots.load(self.project.connection)
        return conflicts(snapshot, AgreementSpec(self.pair()), agreed=agreed)

    def layer(self, name: str = "Enighet") -> list[Coding]:
        who = coders.by_name(self.project.connection, name)
        everything = coding_rows.all_codings(self.project.connection)
        return [one for one in everything if who is not None and one.coder == who.id]

    def spans(self) -> Spans:
        return [(one.start, one.end) for one in self.layer()]


@pytest.fixture
def two(project: ProjectFile, put: Put, code: Put) -> Two:
    made = Two(
        project, DocumentId(put("leder", "Vi teller planer. " * 20)), CodeId(code("telling"))
    )
    made.add("Kari", (0, 40), (100, 110), (200, 220))
    made.add("Ola", (20, 60), (150, 170), (200, 220))
    return made


@pytest.mark.parametrize(
    ("decision", "expected"),
    [
        ("first", [(0, 40), (100, 110)]),
        ("second", [(20, 60), (150, 170)]),
        ("both", [(0, 60), (100, 110), (150, 170)]),
        ("neither", []),
    ],
)
def test_what_the_settled_layer_has(
    two: Two, steps: Callable[[], int], decision: str, expected: Spans
) -> None:
    before = coding_rows.all_codings(two.project.connection)
    count = steps()
    done = settling.settle(
        two.project, coder="Kari", conflicts=two.conflicts(), decision=decision  # pyright: ignore[reportArgumentType]
    )  # fmt: skip
    assert steps() == count + 1
    assert two.spans() == expected == [(one.start, one.end) for one in done.value]
    # The codings of the two are untouched.
    own = [one for one in coding_rows.all_codings(two.project.connection) if one in before]
    assert own == list(before)
    links = {
        one.id: {link.target for link in memo_links.leading_away(two.project.connection, target)}
        for one in done.value
        if (target := Thing("coding", one.id))
    }
    for one in two.conflicts():
        for made in done.value:
            if one.start <= made.start < one.end:
                assert links[made.id] == {Thing("coding", each) for each in one.codings}
    two.project.undo("Kari")
    assert two.layer() == []
    assert settlements.all_settlements(two.project.connection) == ()
    two.project.redo("Kari")
    assert two.spans() == expected


def test_settling_again_replaces_what_was_settled(two: Two) -> None:
    first, *others = two.conflicts()
    settling.settle(two.project, coder="Kari", conflicts=[first], decision="first", memo="Kort.")
    settling.settle(two.project, coder="Ola", conflicts=[first], decision="second", memo="Nei.")
    assert two.spans() == [(20, 60)]
    (one,) = settlements.all_settlements(two.project.connection)
    assert one.memo is not None
    memo = memos.by_id(two.project.connection, one.memo)
    assert memo is not None
    assert memo.text == "Kort.\n\nNei."
    assert (memo.on, memo.target) == ("document", two.document)
    earlier = memo_versions.of_thing(two.project.connection, Thing("memo", memo.id))
    assert [each.text for each in earlier][-1] == "Kort."
    gone = settling.reopen(two.project, coder="Kari", conflicts=[first, *others])
    assert gone.value == 1
    assert two.layer() == []
    (one,) = settlements.all_settlements(two.project.connection)
    assert (one.decision, one.memo) == ("open", memo.id)


def test_what_is_settled_on_again_keeps_what_rests_on_it(two: Two) -> None:
    first = two.conflicts()[0]
    (made,) = settling.settle(two.project, coder="Kari", conflicts=[first], decision="first").value
    add = memo_verbs.add_memo
    add(two.project, coder="Kari", on="coding", target=made.id, text="Godt sagt.")
    (again,) = settling.settle(two.project, coder="Kari", conflicts=[first], decision="first").value
    assert again == made
    assert [one.text for one in memos.all_memos(two.project.connection)] == ["Godt sagt."]
    (kept,) = settlements.all_settlements(two.project.connection)
    assert kept.made == (made.id,)
    # Once it goes, what was written on it goes too, as with any coding.
    settling.settle(two.project, coder="Kari", conflicts=[first], decision="neither")
    assert memos.all_memos(two.project.connection) == ()
    assert two.layer() == []
    two.project.undo("Kari")
    assert [one.text for one in memos.all_memos(two.project.connection)] == ["Godt sagt."]


def test_a_coding_that_two_settlements_come_to_stays_until_both_go(two: Two) -> None:
    codings.add_codings(two.project, coder="Per", new=[NewCoding(two.document, two.code, 300, 310)])
    per = coders.by_name(two.project.connection, "Per")
    assert per is not None
    kari, _ola = two.pair()
    snapshot = snapshots.load(two.project.connection)
    other = conflicts(snapshot, AgreementSpec((kari, per.id)))
    mine = [one for one in two.conflicts() if one.start == 100]
    theirs = [one for one in other if one.start == 100]
    for some in (mine, theirs):
        settling.settle(two.project, coder="Kari", conflicts=some, decision="first")
    assert two.spans() == [(100, 110)]
    settling.reopen(two.project, coder="Kari", conflicts=mine)
    assert two.spans() == [(100, 110)]
    settling.reopen(two.project, coder="Kari", conflicts=theirs)
    assert two.spans() == []


def test_what_somebody_coded_in_the_layer_by_hand_stays(two: Two) -> None:
    two.add("Enighet", (100, 110))
    mine = [one for one in two.conflicts() if one.start == 100]
    settling.settle(two.project, coder="Kari", conflicts=mine, decision="first")
    settling.reopen(two.project, coder="Kari", conflicts=mine)
    assert two.spans() == [(100, 110)]


def test_stance_value_and_offices_go_along_where_they_are_alike(
    project: ProjectFile, two: Two
) -> None:
    office = CaseId(cases.add_case(project, coder="Kari", name="Nord").value)
    scaled = next(iter(code_rows.all_codes(project.connection)))
    codes.edit_code(project, coder="Kari", code=replace(scaled, scale=("lav", "høy")))
    for coder, span, value in (("Kari", (0, 40), "lav"), ("Ola", (20, 60), "høy")):
        new = NewCoding(two.document, two.code, *span, "for", value, coder=coder, cases=(office,))
        codings.add_codings(project, coder="Kari", new=[new])
    (one, *_others) = two.conflicts()
    (made,) = settling.settle(project, coder="Kari", conflicts=[one], decision="both").value
    assert (made.stance, made.value) == ("for", "")
    assert coding_rows.own_cases(project.connection, made.id) == (office,)
    (made,) = settling.settle(project, coder="Kari", conflicts=[one], decision="second").value
    assert (made.stance, made.value, made.memo) == ("for", "høy", "")


def test_codes_below_one_code_are_settled_on_that_one(two: Two, code: Put) -> None:
    below = [CodeId(code(name, two.code)) for name in ("møter", "planer")]
    two.add("Kari", (300, 320), code=below[0])
    two.add("Ola", (310, 330), code=below[1])
    last = two.conflicts()[-1]
    (made,) = settling.settle(two.project, coder="Kari", conflicts=[last], decision="both").value
    assert (made.code, made.start, made.end) == (two.code, 300, 330)
    (made,) = settling.settle(two.project, coder="Kari", conflicts=[last], decision="first").value
    assert made.code == below[0]


def test_what_they_agree_on_is_taken_over(two: Two, steps: Callable[[], int], code: Put) -> None:
    below = [CodeId(code(name, two.code)) for name in ("møter", "planer")]
    two.add("Kari", (250, 260), code=below[0])
    two.add("Ola", (250, 260), code=below[1])
    count = steps()
    agreed = two.conflicts(agreed=True)
    settling.take_agreed(two.project, coder="Kari", conflicts=agreed)
    assert steps() == count + 1
    assert [(one.start, one.end, one.code) for one in two.layer()] == [
        (200, 220, two.code), (250, 260, two.code),
    ]  # fmt: skip
    cancelled = Progress()
    cancelled.cancel()
    with pytest.raises(Cancelled):
        settling.take_agreed(two.project, coder="Kari", conflicts=agreed, progress=cancelled)
    assert len(two.layer()) == 2


def test_a_discussion_is_one_memo_that_is_linked(two: Two, steps: Callable[[], int]) -> None:
    one = two.conflicts()[0]
    count = steps()
    memo = settling.discuss(
        two.project, coder="Kari", conflict=one, text="Hvor begynner det?"
    ).value
    settling.discuss(two.project, coder="Kari", conflict=one, text="Ved «vi».", joins=True)
    assert memo is not None
    assert steps() == count + 2
    (kept,) = memos.all_memos(two.project.connection)
    assert (kept.id, kept.text) == (memo, "Ved «vi».")
    linked = memo_links.leading_away(two.project.connection, Thing("memo", memo))
    assert {link.target.id for link in linked} == set(one.codings)
    (made,) = settling.settle(two.project, coder="Kari", conflicts=[one], decision="first").value
    linked = memo_links.leading_away(two.project.connection, Thing("memo", memo))
    assert Thing("coding", made.id) in {link.target for link in linked}
    assert settling.discuss(two.project, coder="Kari", conflict=one, text=" ").value is None
    assert memos.all_memos(two.project.connection) == ()
    (settled,) = settlements.all_settlements(two.project.connection)
    assert (settled.decision, settled.memo) == ("first", None)
    settling.reopen(two.project, coder="Kari", conflicts=[one])
    assert settlements.all_settlements(two.project.connection) == ()


def test_the_layer_is_called_as_the_language_of_the_project_has_it(two: Two) -> None:
    language = project_info.read(two.project.connection).language
    assert settling.default_layer(two.project) == {"nb": "Enighet"}[language]
    settling.settle(
        two.project, coder="Kari", conflicts=two.conflicts(), decision="first", layer=" Felles "
    )
    assert len(two.layer("Felles")) == 2
    assert two.layer() == []
    for name in ("Kari", "Ola"):
        with pytest.raises(NotAllowed, match="one of the two"):
            settling.settle(
                two.project, coder="Kari", conflicts=two.conflicts(), decision="first", layer=name
            )
    with pytest.raises(NotAllowed, match="Settle it as"):
        settling.settle(two.project, coder="Kari", conflicts=two.conflicts(), decision="open")


def test_codings_that_are_gone_are_told(two: Two) -> None:
    one = two.conflicts()[0]
    codings.remove_codings(two.project, coder="Kari", coding_ids=[one.sides[0][0]])
    before = len(history.steps(two.project.connection))
    for act in (
        lambda: settling.settle(two.project, coder="K", conflicts=[one], decision="both"),
        lambda: settling.reopen(two.project, coder="K", conflicts=[one]),
        lambda: settling.discuss(two.project, coder="K", conflict=one, text="x"),
    ):
        with pytest.raises(NotFound, match="look at the disagreement anew"):
            act()
    assert len(history.steps(two.project.connection)) == before


def test_a_decision_is_seen_from_either_side(two: Two) -> None:
    one = two.conflicts()[0]
    settling.settle(two.project, coder="Kari", conflicts=[one], decision="first")
    stands = Stands("settled", settlements.all_settlements(two.project.connection))
    turned = replace(one, coders=(one.coders[1], one.coders[0]), sides=(one.sides[1], one.sides[0]))
    assert (decided(one, stands), decided(turned, stands)) == ("first", "second")
    assert decided(one, Stands("open")) == "open"
    found = settlements.of_pair(two.project.connection, turned.coders)
    assert found == settlements.of_pair(two.project.connection, one.coders) != ()


def test_merging_codes_keeps_what_was_settled(two: Two, code: Put) -> None:
    other = CodeId(code("måltall"))
    settling.settle(two.project, coder="Kari", conflicts=two.conflicts(), decision="first")
    codes.merge_codes(two.project, coder="Kari", keep=other, other=two.code)
    settled = settlements.all_settlements(two.project.connection)
    assert {one.code for one in settled} == {other}
    assert {one.code for one in two.layer()} == {other}


def test_settlements_of_a_damaged_file_are_found_and_mended(tmp_path: Path, two: Two) -> None:
    settling.settle(two.project, coder="Kari", conflicts=two.conflicts(), decision="both", memo="x")
    two.project.connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    path = Path(shutil.copy(two.project.path, tmp_path / "skadd.qdaproj"))
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("PRAGMA foreign_keys = OFF")
        raw.execute("UPDATE settlement SET first_coder_id = 99, memo_id = 99, seen = 'tull'")
        raw.execute("UPDATE settlement SET code_id = 99 WHERE id = 1")
        raw.execute("UPDATE settlement_coding SET coding_id = 99")
        raw.commit()
    assert "orphan-rows" in {one.code for one in doctor.diagnose(path)}
    doctor.repair(path)
    assert doctor.diagnose(path) == ()
    with closing(project_file.open_project(path)) as mended:
        kept = settlements.all_settlements(mended.connection)
        assert len(kept) == 2
        assert {(one.memo, one.seen, one.made) for one in kept} == {(None, (), ())}
        # What the two have coded is open again.
        snapshot = snapshots.load(mended.connection)
        found = conflicts(snapshot, AgreementSpec(two.pair()))
        assert {one.state for one in standings(snapshot, found, kept).values()} == {"open"}
