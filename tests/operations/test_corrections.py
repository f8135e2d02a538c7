"""Correcting a text after coding: everything follows, nothing goes in silence, undo is exact."""

import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.model.errors import NotAllowed, NotFound, UserError
from qda.model.ids import CodeId, CodingId, DocumentId, TurnId
from qda.model.reading import ReadDocument, ReadNote, ReadTurn
from qda.operations import codes, codings, memos
from qda.operations.corrections import correct_text, plan_correction
from qda.operations.documents import import_documents
from qda.operations.turns import give_turn, merge_turns, rename_speaker, split_turn
from qda.store import codings as coding_rows
from qda.store import documents, history, project_file
from qda.store import memos as memo_rows
from qda.store import turns as turn_rows
from qda.store.project_file import ProjectFile
from qda.store.schema import LOGGED
from qda.text.edits import Edit, apply
from qda.text.normalise import text_hash
from qda.text.words import count_words

KARI, PER = "Kari", "Per"
SAID = (
    ("Intervjuer", "Hvordan fordeler dere arbeidet?"),
    ("Leder", "Vi teller ukentlig 📊, og så teller vi igjen.\nDet blir mye telling."),
    ("Intervjuer", "Og brukerne?"),
    ("Leder", "De venter\u00a0på svar e\u0301n uke til. Det er ikke godt nok."),
    ("Intervjuer", "Takk."),
)


def interview() -> tuple[str, tuple[ReadTurn, ...]]:
    text = "Samtale\n\n"
    turns: list[ReadTurn] = []
    for label, said in SAID:
        start = len(text) + len(label) + 2
        turns.append(ReadTurn(len(text), start, start + len(said), label, label == "Intervjuer"))
        text += f"{label}: {said}\n\n"
    return text, tuple(turns)


TEXT, TURNS = interview()


def read(text: str, turns: tuple[ReadTurn, ...], notes: tuple[ReadNote, ...]) -> ReadDocument:
    return ReadDocument(
        "Kontor 1", "kontor1.txt", "txt", text, turns, notes, b"x", "utf-8", "nb", (), ()
    )


class Study:
    """A project with one interview, two codes and two coders."""

    def __init__(self, path: Path) -> None:
        self.project = project_file.create(path, coder=KARI)
        notes = (
            ReadNote("comment", TEXT.index("teller"), TEXT.index("teller") + 6, PER, "Hva da?"),
            ReadNote("footnote", TEXT.index(" Det er ikke"), TEXT.index(" Det er ikke"), "", "1"),
        )
        imported = import_documents(self.project, coder=KARI, read=[read(TEXT, TURNS, notes)])
        self.document: DocumentId = imported.value[0].document.id
        self.codes: list[CodeId] = [
            codes.add_code(self.project, coder=KARI, name=name).value.id
            for name in ("telling", "venting")
        ]

    @property
    def text(self) -> str:
        return documents.text(self.project.connection, self.document)

    def code(self, quote: str, code: int = 0, coder: str = KARI) -> CodingId:
        start = self.text.index(quote)
        return self.code_at(start, start + len(quote), code, coder)

    def code_at(self, start: int, end: int, code: int = 0, coder: str = KARI) -> CodingId:
        new = codings.NewCoding(self.document, self.codes[code], start, end)
        return codings.add_codings(self.project, coder=coder, new=[new]).value[0].id

    def quote(self, coding: CodingId) -> str | None:
        found = coding_rows.by_id(self.project.connection, coding)
        return None if found is None else found.quote

    def turns(self) -> list[tuple[int, str, str]]:
        text = self.text
        return [
            (turn.number, turn.label, text[turn.start : turn.end])
            for turn in turn_rows.of_document(self.project.connection, self.document)
        ]

    def turn(self, number: int) -> TurnId:
        return turn_rows.of_document(self.project.connection, self.document)[number - 1].id

    def edit(self, old: str, new: str) -> Edit:
        return Edit(self.text.index(old), len(old), new)

    def correct(self, *edits: Edit, drop_lost: bool = False):  # noqa: ANN201 - as the operation
        return correct_text(
            self.project, coder=KARI, document=self.document, edits=edits, drop_lost=drop_lost
        )

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        """Return every row that history logs, and the text."""
        connection = self.project.connection
        rows = {
            table: connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
            for table in LOGGED
        }
        rows["text"] = [(self.text,)]
        return rows

    def check(self) -> None:
        """Check all that must hold of the document, whatever was done to it."""
        connection, text = self.project.connection, self.text
        document = documents.by_id(connection, self.document)
        assert document is not None
        assert document.text_hash == text_hash(text)
        assert (document.characters, document.words) == (len(text), count_words(text))
        for coding in coding_rows.of_document(connection, self.document):
            assert text[coding.start : coding.end] == coding.quote
        for note in documents.notes(connection, self.document):
            assert 0 <= note.start <= note.end <= len(text)
        turns = turn_rows.of_document(connection, self.document)
        assert [turn.number for turn in turns] == list(range(1, len(turns) + 1))
        for turn in turns:
            assert text[turn.start : turn.end].strip()
            assert turn.end <= len(text)
        assert all(one.end <= other.label_start for one, other in pairwise(turns))
        assert not connection.execute("PRAGMA foreign_key_check").fetchall()


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    study = Study(tmp_path / "studie.qdaproj")
    yield study
    study.project.close()


# --------------------------------------------------------------------------------- correcting
def test_codings_of_all_coders_turns_and_notes_follow(study: Study) -> None:
    first, second = study.code("mye telling"), study.code("ikke godt nok", 1, PER)
    study.correct(study.edit("ukentlig", "hver eneste uke"), study.edit("Samtale", "Intervju 1"))
    study.check()
    assert (study.quote(first), study.quote(second)) == ("mye telling", "ikke godt nok")
    assert study.turns()[1][2].startswith("Vi teller hver eneste uke 📊, og")
    comment, mark = documents.notes(study.project.connection, study.document)
    assert study.text[comment.start : comment.end] == "teller"
    assert study.text[: mark.start].endswith("e\u0301n uke til.")


def test_what_starts_or_ends_right_at_an_edit_moves_once(study: Study) -> None:
    before, behind = study.code("Vi teller ukentlig 📊"), study.code(", og så")
    label = study.code("Intervjuer: Og", 1)
    study.correct(study.edit(", og", " nå, og"), Edit(study.text.index(", og"), 0, " jo"))
    study.check()
    study.correct(Edit(study.text.index(", og"), 0, " da"))
    study.correct(Edit(study.text.index("Intervjuer: Og"), 0, "Mer.\n\n"))
    study.check()
    assert study.quote(before) == "Vi teller ukentlig 📊"
    assert study.quote(behind) == ", og så"
    assert study.quote(label) == "Intervjuer: Og"
    assert study.turns()[1][2].endswith("telling.\n\nMer.")


def test_the_plan_says_what_the_correction_does(study: Study) -> None:
    altered, lost, kept = study.code("blir mye"), study.code("igjen"), study.code("Takk")
    edits = [study.edit("mye", "altfor mye"), study.edit(", og så teller vi igjen", "")]
    before = study.dump()
    plan = plan_correction(study.project, document=study.document, edits=edits)
    assert study.dump() == before
    assert [(one.coding, one.before, one.after) for one in plan.altered] == [
        (altered, "blir mye", "blir altfor mye")
    ]
    assert [(one.coding, one.before, one.after) for one in plan.lost] == [(lost, "igjen", "")]
    assert plan.text == apply(study.text, edits)
    assert plan.text[plan.lost[0].start :].startswith(".\nDet blir")
    done = study.correct(*edits, drop_lost=True)
    assert done.value == plan
    assert done.changes.of("coding") == {altered, lost, kept}
    assert study.text == plan.text
    study.check()


def test_codings_are_lost_only_when_that_is_said(study: Study) -> None:
    coding = study.code("igjen")
    memos.add_memo(study.project, coder=KARI, on="coding", target=coding, text="Se også side 4")
    before = study.dump()
    with pytest.raises(NotAllowed, match="1 coding would lose its text"):
        study.correct(study.edit("igjen", ""))
    assert study.dump() == before
    study.correct(study.edit("igjen", ""), drop_lost=True)
    assert study.quote(coding) is None
    assert not memo_rows.of_target(study.project.connection, "coding", coding)
    study.project.undo(KARI)
    assert study.dump() == before


def test_the_new_text_may_be_given_as_a_whole(study: Study) -> None:
    coding = study.code("ikke godt nok")
    new = study.text.replace("Vi teller", "Vi måler").replace("\n\n", "\r\n\r\n") + "\x00Slutt"
    done = correct_text(study.project, coder=KARI, document=study.document, edits=new)
    assert study.text == TEXT.replace("Vi teller", "Vi måler") + "Slutt"
    assert done.value.dropped == 1
    assert study.quote(coding) == "ikke godt nok"
    assert len(done.value.edits) == 2
    study.check()


def test_inserted_text_is_made_canonical(study: Study) -> None:
    done = study.correct(Edit(0, 0, "\ufeffEn\r\nto\rtre\x07\ud800"))
    assert study.text == "En\nto\ntre" + TEXT
    assert done.value.dropped == 2
    study.check()


def test_pasted_text_takes_its_codings_along(study: Study) -> None:
    coding = study.code("De venter\u00a0på svar", 1)
    said = "De venter\u00a0på svar e\u0301n uke til. "
    done = study.correct(study.edit(said, ""), Edit(study.text.index("Vi teller"), 0, said))
    assert [one.coding for one in done.value.moved] == [coding]
    assert study.turns()[1][2].startswith("De venter")
    study.check()


def test_codings_that_come_to_say_the_same_are_folded(study: Study) -> None:
    keep, other = study.code("mye"), study.code("mye telling")
    study.code("mye telling", 0, PER)
    codings.set_memo(study.project, coder=KARI, coding=other, memo="Om telling")
    before = study.dump()
    done = study.correct(study.edit(" telling", ""))
    assert done.value.folded == ((keep, other),)
    there = coding_rows.of_document(study.project.connection, study.document)
    assert [(one.quote, one.memo) for one in there] == [("mye", "Om telling"), ("mye", "")]
    study.check()
    study.project.undo(KARI)
    assert study.dump() == before


def test_a_correction_of_nothing_leaves_no_step(study: Study) -> None:
    assert study.correct().step is None
    assert study.correct(study.edit("teller", "teller")).step is None
    same = correct_text(study.project, coder=KARI, document=study.document, edits=study.text)
    assert same.step is None


def test_only_rows_that_change_are_logged(study: Study) -> None:
    study.code("Hvordan")
    last = study.code("Takk")
    changes = study.correct(study.edit("ikke godt", "aldri godt")).changes
    assert changes.of("coding") == {last}
    assert changes.of("turn") == {study.turn(4), study.turn(5)}


def test_all_of_a_text_may_go(study: Study) -> None:
    study.code("Takk")
    before = study.dump()
    study.correct(Edit(0, len(TEXT), ""), drop_lost=True)
    assert (study.text, study.turns()) == ("", [])
    study.check()
    study.project.undo(KARI)
    assert study.dump() == before


def test_a_turn_of_which_nothing_is_left_goes_and_is_named(study: Study) -> None:
    before = study.dump()
    done = study.correct(study.edit("Intervjuer: Og brukerne?\n\n", ""))
    assert [(number, label) for _, number, label in done.value.turns_gone] == [(3, "Intervjuer")]
    assert [turn[:2] for turn in study.turns()] == [
        (1, "Intervjuer"), (2, "Leder"), (3, "Leder"), (4, "Intervjuer"),
    ]  # fmt: skip
    study.check()
    study.project.undo(KARI)
    assert study.dump() == before


def test_wrong_corrections_are_refused(study: Study) -> None:
    before = study.dump()
    for edits in ([Edit(0, 10**6, "")], [Edit(-1, 1, "")], [Edit(0, 5, ""), Edit(2, 5, "")]):
        with pytest.raises(NotAllowed, match="do not fit"):
            study.correct(*edits)
    with pytest.raises(NotFound):
        correct_text(study.project, coder=KARI, document=DocumentId(99), edits="x")
    with pytest.raises(NotAllowed, match="changed since"):
        correct_text(
            study.project, coder=KARI, document=study.document, edits="x", made_for=text_hash("y")
        )
    assert study.dump() == before


def test_corrections_are_undone_after_opening_anew(tmp_path: Path) -> None:
    path = tmp_path / "studie.qdaproj"
    study = Study(path)
    study.code("mye telling")
    before = study.dump()
    study.correct(study.edit("mye ", ""), drop_lost=True)
    study.correct(study.edit("Samtale", "Ny samtale"))
    after = study.dump()
    study.project.close()
    study.project = project_file.open_project(path)
    study.project.undo(KARI)
    study.project.undo(KARI)
    assert study.dump() == before
    study.project.redo(KARI)
    study.project.redo(KARI)
    assert study.dump() == after
    study.project.close()


def test_texts_that_nothing_can_go_back_to_are_dropped(study: Study) -> None:
    connection = study.project.connection
    study.correct(study.edit("Takk", "Mange takk"))
    history.drop_orphans(connection)
    assert connection.execute("SELECT count(*) FROM text_body").fetchone() == (2,)
    connection.execute("DELETE FROM history_step")
    history.drop_orphans(connection)
    assert connection.execute("SELECT text FROM text_body").fetchall() == [(study.text,)]


# -------------------------------------------------------------------------------------- turns
def test_a_turn_is_split_with_a_speaker_of_its_own(study: Study) -> None:
    coding = study.code("telling.", 1)
    before = study.dump()
    at = study.text.index("Det blir mye")
    made = split_turn(study.project, coder=KARI, turn=study.turn(2), at=at, label="Nestleder")
    assert "igjen.\n\nNestleder: Det blir mye telling.\n\nIntervjuer" in study.text
    assert study.turns()[1:4] == [
        (2, "Leder", "Vi teller ukentlig 📊, og så teller vi igjen."),
        (3, "Nestleder", "Det blir mye telling."),
        (4, "Intervjuer", "Og brukerne?"),
    ]
    assert study.quote(coding) == "telling."
    assert made.value.turn == study.turn(3)
    names = study.project.connection.execute("SELECT name FROM participant ORDER BY id").fetchall()
    assert ("Nestleder",) in names
    study.check()
    study.project.undo(KARI)
    assert study.dump() == before


def test_a_split_off_turn_of_a_known_speaker_is_theirs(study: Study) -> None:
    at = study.text.index("Det er ikke godt")
    split_turn(study.project, coder=KARI, turn=study.turn(4), at=at, label="Intervjuer")
    turns = turn_rows.of_document(study.project.connection, study.document)
    assert turns[4].participant == turns[0].participant
    assert turns[4].interviewer
    study.check()


def test_a_turn_is_split_and_merged_again_without_a_word_changed(study: Study) -> None:
    before = study.dump()
    at = study.text.index("Det blir mye")
    split_turn(study.project, coder=KARI, turn=study.turn(2), at=at)
    assert study.text == TEXT
    assert [turn[1] for turn in study.turns()[1:3]] == ["Leder", "Leder"]
    study.check()
    merge_turns(study.project, coder=KARI, turns=[study.turn(2), study.turn(3)])
    assert study.dump() == before


@pytest.mark.parametrize("where", ["Leder: Vi", "Vi teller", "\n\nIntervjuer: Og", "Og brukerne"])
def test_a_split_that_leaves_a_part_empty_is_refused(study: Study, where: str) -> None:
    with pytest.raises(NotAllowed, match="say something"):
        split_turn(study.project, coder=KARI, turn=study.turn(2), at=study.text.index(where))


@pytest.mark.parametrize("label", ["", "  \n", "a: b", "x" * 61, "\x00"])
def test_what_cannot_be_a_label_is_refused(study: Study, label: str) -> None:
    at = study.text.index("Det blir")
    with pytest.raises(NotAllowed, match="label"):
        split_turn(study.project, coder=KARI, turn=study.turn(2), at=at, label=label)
    with pytest.raises(NotAllowed, match="label"):
        rename_speaker(
            study.project, coder=KARI, document=study.document, label="Leder", new_label=label
        )


def test_turns_are_merged_under_the_first_speaker(study: Study) -> None:
    coding = study.code("mye telling.\n\nIntervjuer: Og brukerne")
    before = study.dump()
    merge_turns(study.project, coder=KARI, turns=[study.turn(4), study.turn(2), study.turn(3)])
    assert study.turns() == [
        (1, "Intervjuer", SAID[0][1]),
        (2, "Leder", f"{SAID[1][1]} {SAID[2][1]} {SAID[3][1]}"),
        (3, "Intervjuer", "Takk."),
    ]
    assert study.quote(coding) == "mye telling. Og brukerne"
    study.check()
    study.project.undo(KARI)
    assert study.dump() == before


def test_a_coded_label_does_not_go_unasked_when_turns_are_merged(study: Study) -> None:
    coding = study.code("Intervjuer: ")
    turns = [study.turn(1), study.turn(2), study.turn(3)]
    assert merge_turns(study.project, coder=KARI, turns=turns[1:]).value.lost == ()
    study.project.undo(KARI)
    study.code_at(TURNS[2].label_start, TURNS[2].start)
    with pytest.raises(NotAllowed, match="lose"):
        merge_turns(study.project, coder=KARI, turns=turns[1:])
    merge_turns(study.project, coder=KARI, turns=turns[1:], drop_lost=True)
    assert study.quote(coding) == "Intervjuer: "
    study.check()


@pytest.mark.parametrize("numbers", [(), (2,), (2, 2), (1, 3), (1, 2, 4)])
def test_turns_that_do_not_follow_one_another_are_not_merged(
    study: Study, numbers: tuple[int, ...]
) -> None:
    with pytest.raises(NotAllowed, match="follow one another"):
        merge_turns(study.project, coder=KARI, turns=[study.turn(number) for number in numbers])


def test_a_speaker_is_renamed_in_labels_only(study: Study) -> None:
    study.correct(study.edit("Takk.", "Takk, sa Leder: alt."))
    label, said = study.code("Leder: Vi teller"), study.code("sa Leder")
    before = study.dump()
    rename_speaker(
        study.project, coder=KARI, document=study.document, label="Leder", new_label="Kontorleder"
    )
    assert study.text.count("Kontorleder: ") == 2
    assert "sa Leder: alt." in study.text
    assert [turn[1] for turn in study.turns()].count("Kontorleder") == 2
    assert study.quote(label) == "Kontorleder: Vi teller"
    assert study.quote(said) == "sa Leder"
    study.check()
    study.project.undo(KARI)
    assert study.dump() == before


def test_a_speaker_renamed_to_another_is_that_one(study: Study) -> None:
    rename_speaker(
        study.project, coder=KARI, document=study.document, label="Leder", new_label="Intervjuer"
    )
    turns = turn_rows.of_document(study.project.connection, study.document)
    assert len({turn.participant for turn in turns}) == 1
    assert all(turn.interviewer for turn in turns)
    study.check()


def test_one_turn_is_given_to_another_speaker(study: Study) -> None:
    label = study.code("Leder: Vi teller")
    before, said = study.dump(), study.turns()
    place = next(at for at, turn in enumerate(said) if turn[1] == "Leder")
    turns = turn_rows.of_document(study.project.connection, study.document)
    give_turn(study.project, coder=KARI, turn=turns[place].id, label="Intervjuer")
    now = turn_rows.of_document(study.project.connection, study.document)
    asking = next(one for one in turns if one.label == "Intervjuer")
    assert [one.label for one in now[:place]] == [one.label for one in turns[:place]]
    assert now[place].label == "Intervjuer"
    assert now[place].participant == asking.participant
    assert now[place].interviewer
    assert [one.label for one in now[place + 1 :]] == [one.label for one in turns[place + 1 :]]
    assert study.quote(label) == "Intervjuer: Vi teller"
    study.check()
    study.project.undo(KARI)
    assert study.dump() == before


def test_a_turn_given_to_somebody_new_makes_a_speaker(study: Study) -> None:
    turns = turn_rows.of_document(study.project.connection, study.document)
    people = {one.participant for one in turns}
    give_turn(study.project, coder=KARI, turn=turns[-1].id, label="Nestleder")
    now = turn_rows.of_document(study.project.connection, study.document)
    assert now[-1].participant not in people
    assert not now[-1].interviewer
    assert study.text[now[-1].label_start :].startswith("Nestleder: ")
    study.check()
    with pytest.raises(NotAllowed, match="colon"):
        give_turn(study.project, coder=KARI, turn=turns[0].id, label="A: B")


def test_a_label_nobody_has_is_not_renamed(study: Study) -> None:
    with pytest.raises(NotFound, match="label"):
        rename_speaker(
            study.project, coder=KARI, document=study.document, label="Led", new_label="X"
        )
    with pytest.raises(NotFound, match="turn"):
        split_turn(study.project, coder=KARI, turn=TurnId(99), at=30)


# ------------------------------------------------------------------------------------ sequences
PARTS = st.sampled_from(
    ["x", " ", "\n\n", "Ola: Nei.\n\n", "📊", "\u2028", "\u00a0", "e\u0301", "\r\n", "Leder: ", ""]
)


@pytest.fixture(scope="module")
def lasting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Study]:
    """One study for all sequences: undoing each of them must leave it as it was."""
    study = Study(tmp_path_factory.mktemp("sequences") / "studie.qdaproj")
    study.code("mye telling")
    study.code("mye", 0)
    study.code("Leder: Vi", 1, PER)
    study.code("📊, og så teller vi igjen.\nDet", 0, PER)
    study.code("e\u0301n uke", 1)
    yield study
    study.project.close()


def random_edits(data: st.DataObject, text: str) -> list[Edit]:
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=6)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    pasted = PARTS | st.sampled_from([text[start:end] for start, end in spans] or [""])
    return [Edit(start, end - start, data.draw(pasted)) for start, end in spans]


def random_step(data: st.DataObject, study: Study) -> None:
    """Do something to the study, or be refused with a sentence."""
    project, text = study.project, study.text
    turns = turn_rows.of_document(project.connection, study.document)
    what = data.draw(st.sampled_from(["correct", "write", "code", "split", "merge", "rename"]))
    offset = st.integers(0, len(text))
    drop = data.draw(st.booleans())
    if what == "correct":
        study.correct(*random_edits(data, text), drop_lost=drop)
    elif what == "write":
        new = apply(text, random_edits(data, text))
        correct_text(project, coder=KARI, document=study.document, edits=new, drop_lost=drop)
    elif what == "code":
        who = data.draw(st.sampled_from([KARI, PER]))
        study.code_at(data.draw(offset), data.draw(offset), data.draw(st.integers(0, 1)), who)
    elif turns and what == "split":
        turn = data.draw(st.sampled_from(turns))
        label = data.draw(st.sampled_from([None, "Leder", "Nestleder"]))
        split_turn(project, coder=KARI, turn=turn.id, at=data.draw(offset), label=label)
    elif turns and what == "merge":
        chosen = data.draw(st.lists(st.sampled_from([turn.id for turn in turns]), max_size=3))
        merge_turns(project, coder=KARI, turns=chosen, drop_lost=drop)
    elif turns:
        label = data.draw(st.sampled_from([turn.label for turn in turns]))
        new_label = data.draw(st.sampled_from(["Leder", "Ås", "Intervjuer"]))
        rename_speaker(
            project, coder=KARI, document=study.document, label=label, new_label=new_label,
            drop_lost=drop,
        )  # fmt: skip


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_any_sequence_holds_and_is_undone_exactly(lasting: Study, data: st.DataObject) -> None:
    study = lasting
    states = [study.dump()]
    try:
        for _ in range(data.draw(st.integers(1, 6))):
            try:
                random_step(data, study)
            except UserError:
                assert study.dump() == states[-1]
            if study.dump() != states[-1]:
                states.append(study.dump())
            study.check()
    finally:
        for state in reversed(states[:-1]):
            study.project.undo(KARI)
            assert study.dump() == state
    for state in states[1:]:
        study.project.redo(KARI)
        assert study.dump() == state
    for _ in states[1:]:
        study.project.undo(KARI)


# ---------------------------------------------------------------------------------------- speed
def test_a_long_transcript_is_corrected_and_saved_at_once(tmp_path: Path) -> None:
    text = ""
    turns: list[ReadTurn] = []
    parts: list[str] = []
    at = 0
    said = "Vi teller ukentlig, og så teller vi igjen, og det blir mye telling av det. " * 6
    while at < 500_000:
        parts.append(f"Leder: {said.strip()}\n\n")
        turns.append(ReadTurn(at, at + 7, at + len(parts[-1]) - 2, "Leder", False))
        at += len(parts[-1])
    text = "".join(parts)
    project: ProjectFile = project_file.create(tmp_path / "lang.qdaproj", coder=KARI)
    imported = import_documents(project, coder=KARI, read=[read(text, tuple(turns), ())])
    document = imported.value[0].document.id
    code = codes.add_code(project, coder=KARI, name="telling").value.id
    codings.add_codings(
        project,
        coder=KARI,
        new=[
            codings.NewCoding(document, code, start, start + 120) for start in range(0, 499_000, 99)
        ],
    )
    taken: list[float] = []
    for place in (8, 250_000, 499_990):
        started = time.process_time()
        correct_text(project, coder=KARI, document=document, edits=[Edit(place, 1, "xy")])
        taken.append(time.process_time() - started)
    project.close()
    # The budget is 100 ms on a quiet machine; only a blow-up fails.
    assert max(taken) < 0.5
