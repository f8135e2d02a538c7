"""Every text that a document had can be seen, compared and gone back to, far beyond undo."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.model.errors import NotAllowed, NotFound
from qda.model.ids import DocumentId
from qda.model.reading import ReadDocument, ReadTurn
from qda.operations import codes, codings, text_versions
from qda.operations.corrections import correct_text
from qda.operations.documents import import_documents
from qda.operations.turns import merge_turns, rename_speaker, split_turn
from qda.store import codings as coding_rows
from qda.store import documents, history, project_file
from qda.store import text_versions as version_rows
from qda.store import turns as turn_rows
from qda.store.project_file import ProjectFile
from qda.text.edits import Edit
from qda.text.normalise import text_hash

FIRST = "Leder: Vi teller planer hver uke 📊.\nRådgiver: Ja, og så teller vi igjen.\n"


class Study:
    """A project with one short interview and a coding in it."""

    def __init__(self, path: Path) -> None:
        self.project: ProjectFile = project_file.create(path, coder="Kari")
        second = FIRST.index("Rådgiver")
        turns = (
            ReadTurn(0, 7, second - 1, "Leder", interviewer=False),
            ReadTurn(second, second + 10, len(FIRST) - 1, "Rådgiver", interviewer=False),
        )
        read = ReadDocument("K", "k.txt", "txt", FIRST, turns, (), b"x", "utf-8", "nb", (), ())
        made = import_documents(self.project, coder="Kari", read=[read])
        self.document: DocumentId = made.value[0].document.id
        self.code = codes.add_code(self.project, coder="Kari", name="telling").value.id
        start = FIRST.index("teller planer")
        new = codings.NewCoding(self.document, self.code, start, start + 13)
        codings.add_codings(self.project, coder="Kari", new=[new])

    @property
    def text(self) -> str:
        return documents.text(self.project.connection, self.document)

    def correct(self, old: str, new: str, coder: str = "Kari", *, drop_lost: bool = False) -> None:
        edit = Edit(self.text.index(old), len(old), new)
        correct_text(
            self.project, coder=coder, document=self.document, edits=[edit], drop_lost=drop_lost
        )

    def quotes(self) -> list[str]:
        found = coding_rows.of_document(self.project.connection, self.document)
        assert all(self.text[one.start : one.end] == one.quote for one in found)
        return [one.quote for one in found]

    def states(self):  # noqa: ANN201 - as the operation
        return text_versions.versions(self.project, document=self.document)

    def version(self, number: int) -> str:
        return text_versions.version_text(self.project, document=self.document, number=number)

    def forget_undo(self) -> None:
        """Take every step away, and the texts that only those needed."""
        self.project.connection.execute("DELETE FROM history_step")
        history.drop_orphans(self.project.connection)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = Study(tmp_path / "p.qdaproj")
    yield made
    made.project.close()


def test_a_text_that_was_never_corrected_is_the_only_one(study: Study) -> None:
    (only,) = study.states()
    assert (only.number, only.current, only.operation, only.places) == (1, True, "", 0)
    assert study.version(1) == FIRST


def test_each_correction_tells_when_by_whom_and_how_much(study: Study) -> None:
    study.correct("planer", "planene")
    second = study.text
    edits = [Edit(0, 5, "Sjefen"), Edit(second.index("igjen"), 5, "på nytt")]
    correct_text(study.project, coder="Per", document=study.document, edits=edits)
    first, middle, last = study.states()
    assert [one.number for one in (first, middle, last)] == [1, 2, 3]
    assert [one.current for one in (first, middle, last)] == [False, False, True]
    assert (middle.coder, middle.operation, middle.places) == ("Kari", "Correct a text", 1)
    assert (last.coder, last.places) == ("Per", 2)
    assert first.made <= middle.made <= last.made
    steps = history.steps(study.project.connection)
    assert last.made == steps[-1].when
    assert study.version(1) == FIRST
    assert study.version(2) == second
    assert study.version(3) == study.text


def test_earlier_texts_outlast_undo(study: Study) -> None:
    texts = [study.text]
    for old, new in (("planer", "planene"), ("uke", "måned"), ("📊", "😀😀"), ("Ja", "Nei")):
        study.correct(old, new)
        texts.append(study.text)
    study.forget_undo()
    bodies = study.project.connection.execute("SELECT count(*) FROM text_body").fetchone()[0]
    assert bodies == 1, "only the present text is kept whole"
    assert [study.version(number) for number in range(1, 6)] == texts
    assert all(one.kept for one in study.states())
    path = study.project.path
    study.project.close()
    study.project = project_file.open_project(path)
    assert [study.version(number) for number in range(1, 6)] == texts


def test_split_merged_and_renamed_turns_keep_their_texts_too(study: Study) -> None:
    connection = study.project.connection
    turns = turn_rows.of_document(connection, study.document)
    at = study.text.index("hver uke")
    split_turn(study.project, coder="Kari", turn=turns[0].id, at=at, label="Intervjuer")
    split = study.text
    rename_speaker(
        study.project, coder="Kari", document=study.document, label="Leder", new_label="Sjef"
    )
    renamed = study.text
    turns = turn_rows.of_document(connection, study.document)
    merge_turns(study.project, coder="Kari", turns=[turns[0].id, turns[1].id])
    assert [one.operation for one in study.states()] == [
        "", "Split a turn", "Rename a speaker", "Merge turns",
    ]  # fmt: skip
    study.forget_undo()
    assert [study.version(number) for number in (1, 2, 3)] == [FIRST, split, renamed]


def test_undo_takes_the_version_back_and_redo_makes_it_again(study: Study) -> None:
    study.correct("planer", "planene")
    (kept, _now) = study.states()
    study.project.undo("Kari")
    assert len(study.states()) == 1
    study.project.redo("Kari")
    assert study.states()[0] == kept


def test_a_correction_that_changes_nothing_makes_no_version(study: Study) -> None:
    study.correct("planer", "planer")
    assert len(study.states()) == 1


def test_going_back_carries_codings_and_can_be_undone(study: Study) -> None:
    study.correct("planer", "planene")
    study.correct("Ja, og så", "Og så")
    assert study.quotes() == ["teller planene"]
    corrected = study.text
    plan = text_versions.plan_restore(study.project, document=study.document, number=1)
    assert [(one.before, one.after) for one in plan.altered] == [
        ("teller planene", "teller planer")
    ]
    assert not plan.lost
    text_versions.restore_text(study.project, coder="Per", document=study.document, number=1)
    assert study.text == FIRST
    assert study.quotes() == ["teller planer"]
    assert study.states()[-1].operation == "Go back to an earlier text"
    assert study.version(3) == corrected
    study.project.undo("Kari")
    assert study.text == corrected
    assert study.quotes() == ["teller planene"]


def test_going_back_lists_what_would_be_lost_and_asks_first(study: Study) -> None:
    study.correct("igjen.", "igjen. Det er dumt.")
    start = study.text.index("Det er dumt.")
    new = codings.NewCoding(study.document, study.code, start, start + 12)
    codings.add_codings(study.project, coder="Kari", new=[new])
    plan = text_versions.plan_restore(study.project, document=study.document, number=1)
    assert [one.before for one in plan.lost] == ["Det er dumt."]
    with pytest.raises(NotAllowed):
        text_versions.restore_text(study.project, coder="Kari", document=study.document, number=1)
    assert "dumt" in study.text
    text_versions.restore_text(
        study.project, coder="Kari", document=study.document, number=1, drop_lost=True
    )
    assert study.quotes() == ["teller planer"]


def test_two_texts_are_compared_word_by_word(study: Study) -> None:
    study.correct("planer", "planene")
    study.correct("uke", "måned")
    found = text_versions.compare(study.project, document=study.document, number=1)
    assert [(one.before, one.after) for one in found] == [("planer", "planene"), ("uke", "måned")]
    found = text_versions.compare(study.project, document=study.document, number=2, other=1)
    assert [(one.before, one.after) for one in found] == [("planene", "planer")]


def test_a_text_that_never_was_is_said_to_be_unknown(study: Study) -> None:
    with pytest.raises(NotFound, match="1 to 1"):
        study.version(7)


def test_cleared_texts_leave_only_that_there_were_some(study: Study) -> None:
    study.correct("Leder", "Berit Åsgård")
    study.correct("Berit Åsgård", "Sjefen")
    names = [text for _, text in version_rows.texts(study.project.connection, study.document)]
    assert any("Berit" in (text or "") for text in names)
    with study.project.step(text_versions.RESTORE, "Kari"):
        assert version_rows.clear(study.project.connection, [study.document]) == 2
    study.forget_undo()
    kept = study.project.connection.execute("SELECT text FROM text_body").fetchall()
    rows = study.project.connection.execute("SELECT * FROM text_version").fetchall()
    assert "Berit" not in repr(kept) + repr(rows)
    assert [one.kept for one in study.states()] == [False, False, True]
    with pytest.raises(NotAllowed, match="not kept any longer"):
        study.version(2)
    study.correct("uke", "måned")
    assert study.version(3) != study.text, "what is corrected from now on is kept again"


def test_texts_of_all_documents_are_cleared_at_once(study: Study) -> None:
    study.correct("planer", "planene")
    assert version_rows.with_versions(study.project.connection) == (study.document,)
    assert version_rows.clear(study.project.connection) == 1
    assert version_rows.clear(study.project.connection) == 0


def test_a_text_that_something_else_changed_is_found_by_its_own(study: Study) -> None:
    study.correct("planer", "planene")
    kept = study.text
    connection = study.project.connection
    connection.execute("DELETE FROM history_step")
    other = "En annen tekst om noe helt annet enn det."
    connection.execute(documents.KEEP_TEXT, (text_hash(other), other))
    connection.execute("DELETE FROM coding")
    connection.execute("DELETE FROM turn")
    connection.execute("UPDATE document SET text_hash = ?", (text_hash(other),))
    history.drop_orphans(connection)
    assert study.version(1) == FIRST
    study.correct("En", "Ei")
    study.forget_undo()
    assert study.version(1) == FIRST
    assert study.version(2) == other
    assert kept not in [study.version(2), study.version(3)]


@pytest.mark.parametrize("edits", ["", "{", "[[1]]", "[[0, -1, \"x\"]]", "[[9999, 1, \"x\"]]", "[]",
                                   "null", "[[0, 0, 5]]", "[" * 100_000])  # fmt: skip
def test_edits_from_a_stranger_that_lead_nowhere_are_no_text(study: Study, edits: str) -> None:
    study.correct("planer", "planene")
    study.project.connection.execute("UPDATE text_version SET edits = ?", (edits,))
    study.forget_undo()
    with pytest.raises(NotAllowed):
        study.version(1)
    assert version_rows.unreadable(study.project.connection) == [(study.document, 1)]


WORDS = st.text(st.sampled_from("ab \n📊é\u0301\u00a0"), max_size=6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_any_corrections_and_undos_leave_every_text_in_reach(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    study = Study(tmp_path_factory.mktemp("v") / "p.qdaproj")
    known = [FIRST]
    try:
        for _ in range(data.draw(st.integers(1, 5))):
            if len(known) > 1 and data.draw(st.booleans()):
                study.project.undo("Kari")
                known.pop()
                continue
            length = len(study.text)
            starts = sorted(data.draw(st.sets(st.integers(0, length), min_size=1, max_size=3)))
            ends = [*starts[1:], length]
            edits = [
                Edit(start, data.draw(st.integers(0, min(end - start, 5))), data.draw(WORDS))
                for start, end in zip(starts, ends, strict=True)
            ]
            before = study.text
            correct_text(
                study.project, coder="Kari", document=study.document, edits=edits, drop_lost=True
            )
            if study.text != before:
                known.append(study.text)
            else:
                # Codings may have been touched though the text came out the same.
                study.project.connection.execute("DELETE FROM history_step")
        if data.draw(st.booleans()):
            study.forget_undo()
        assert [study.version(n) for n in range(1, len(known) + 1)] == known
    finally:
        study.project.close()
