"""While a text is corrected, typed labels begin turns, said by those whose labels they are."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from qda.model.ids import DocumentId
from qda.model.reading import ReadDocument
from qda.operations.corrections import CorrectionPlan, correct_text, plan_correction
from qda.operations.documents import import_documents
from qda.store import documents, participants, project_file
from qda.store import turns as turn_rows
from qda.store.project_file import ProjectFile
from qda.store.schema import LOGGED
from qda.text.edits import Edit
from qda.text.turn_finding import find_turns

TEXT = (
    "Samtale\n\nIntervjuer: Hvordan går det?\n\nLeder: Vi teller. Så teller vi igjen.\n\n"
    "Intervjuer: Og så?\n\nRådgiver: Mer telling. Og mer.\n\nLeder: Ja."
)


class Study:
    """A project with one conversation of three."""

    def __init__(self, path: Path) -> None:
        self.project: ProjectFile = project_file.create(path, coder="Kari")
        read = ReadDocument(
            "K", "k.txt", "txt", TEXT, find_turns(TEXT), (), b"x", "utf-8", "nb", (), ()
        )
        made = import_documents(self.project, coder="Kari", read=[read])
        self.document: DocumentId = made.value[0].document.id

    @property
    def text(self) -> str:
        return documents.text(self.project.connection, self.document)

    def edit(self, old: str, new: str) -> Edit:
        return Edit(self.text.index(old), len(old), new)

    def correct(self, *edits: Edit) -> CorrectionPlan:
        planned = plan_correction(self.project, document=self.document, edits=edits)
        done = correct_text(self.project, coder="Kari", document=self.document, edits=edits)
        assert done.value == planned
        self.check()
        return planned

    def turns(self) -> list[tuple[str, str, str, bool]]:
        """Return label, who that is, what is said and whether it asks, turn by turn."""
        names = {one.id: one.name for one in participants.all_participants(self.project.connection)}
        return [
            (
                one.label,
                names[one.participant] if one.participant is not None else "",
                self.text[one.start : one.end],
                one.interviewer,
            )
            for one in turn_rows.of_document(self.project.connection, self.document)
        ]

    def dump(self) -> dict[str, list[tuple[object, ...]]]:
        connection = self.project.connection
        rows = {
            table: connection.execute(f'SELECT * FROM "{table}" ORDER BY id').fetchall()
            for table in LOGGED
        }
        rows["text"] = [(self.text,)]
        return rows

    def check(self) -> None:
        turns = turn_rows.of_document(self.project.connection, self.document)
        assert [turn.number for turn in turns] == list(range(1, len(turns) + 1))
        assert all(self.text[turn.start : turn.end].strip() for turn in turns)
        assert all(one.end <= other.label_start for one, other in pairwise(turns))
        assert not turns or turns[-1].end <= len(self.text)


@pytest.fixture
def study(tmp_path: Path) -> Iterator[Study]:
    made = Study(tmp_path / "p.qdaproj")
    yield made
    made.project.close()


def test_a_typed_turn_is_numbered_and_said_by_whoever_has_the_label(study: Study) -> None:
    before = study.dump()
    plan = study.correct(study.edit(" Så teller", "\n\nIntervjuer: Så teller"))
    assert plan.turns_new == ((3, "Intervjuer"),)
    assert study.turns()[1:4] == [
        ("Leder", "Leder", "Vi teller.", False),
        ("Intervjuer", "Intervjuer", "Så teller vi igjen.", True),
        ("Intervjuer", "Intervjuer", "Og så?", True),
    ]
    assert len(study.turns()) == 6
    after = study.dump()
    study.project.undo("Kari")
    assert study.dump() == before
    study.project.redo("Kari")
    assert study.dump() == after


def test_several_typed_turns_and_one_that_goes_are_numbered_in_order(study: Study) -> None:
    study.correct(
        study.edit("Så teller vi igjen.", "\n\nRådgiver: Ja.\n\nLeder: Så teller vi igjen."),
        study.edit("Intervjuer: Og så?\n\n", ""),
    )
    assert [turn[0] for turn in study.turns()] == [
        "Intervjuer", "Leder", "Rådgiver", "Leder", "Rådgiver", "Leder",
    ]  # fmt: skip


def test_a_turn_whose_label_goes_is_said_by_the_one_before(study: Study) -> None:
    before = study.dump()
    plan = study.correct(study.edit("\n\nRådgiver: Mer", " Mer"))
    assert [(number, label) for _, number, label in plan.turns_joined] == [(4, "Rådgiver")]
    assert study.turns()[2] == (
        "Intervjuer", "Intervjuer", "Og så? Mer telling. Og mer.", True,
    )  # fmt: skip
    study.project.undo("Kari")
    assert study.dump() == before


def test_a_turn_that_gets_the_label_of_another_is_that_speakers(study: Study) -> None:
    before = study.dump()
    plan = study.correct(study.edit("Rådgiver: Mer", "Leder: Mer"))
    assert [(number, label) for _, number, label in plan.turns_respoken] == [(4, "Leder")]
    assert study.turns()[3][:2] == ("Leder", "Leder")
    study.project.undo("Kari")
    assert study.dump() == before
    plan = study.correct(study.edit("Rådgiver: Mer", "Rådgivar: Mer"))
    assert plan.turns_respoken == ()
    assert study.turns()[3][:2] == ("Rådgivar", "Rådgiver"), "a corrected label is no other person"


def test_the_time_that_is_typed_is_the_turns_and_one_that_goes_is_not(study: Study) -> None:
    study.correct(
        study.edit("Så teller", "\n\n[00:01:02] Leder: Så teller"),
        study.edit("Rådgiver: Mer", "[00:01:09] Rådgiver: Mer"),
    )

    def times() -> list[int | None]:
        rows = turn_rows.of_document(study.project.connection, study.document)
        return [one.time_ms for one in rows]

    assert times() == [None, None, 62_000, None, 69_000, None]
    study.correct(study.edit("00:01:09", "00:01:10"))
    assert times() == [None, None, 62_000, None, 70_000, None]
    study.correct(study.edit("[00:01:10] ", ""))
    assert times() == [None, None, 62_000, None, None, None]


PIECES = st.lists(
    st.sampled_from(["Leder: ", "Rådgiver: ", "\n", "\n\n", "ja", " ", "📊", "[0:09] ", "Tolk: "]),
    max_size=5,
).map("".join)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_is_typed_turns_stay_whole_and_undo_is_exact(
    data: st.DataObject, tmp_path_factory: pytest.TempPathFactory
) -> None:
    study = Study(tmp_path_factory.mktemp("t") / "p.qdaproj")
    try:
        states = [study.dump()]
        for _ in range(data.draw(st.integers(1, 4))):
            length = len(study.text)
            start = data.draw(st.integers(0, length))
            removed = data.draw(st.integers(0, min(40, length - start)))
            edits = [Edit(start, removed, data.draw(PIECES))]
            done = correct_text(study.project, coder="Kari", document=study.document, edits=edits)
            study.check()
            if done.step is not None:
                states.append(study.dump())
        for state in reversed(states[:-1]):
            study.project.undo("Kari")
            assert study.dump() == state
    finally:
        study.project.close()
