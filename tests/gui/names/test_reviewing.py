"""Names are reviewed by key, replaced after a consent, told, and put back with the key."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.names.model import REPLACEMENT
from qda.gui.names.review_dialog import ReviewDialog
from qda.gui.sources.workspace import SourcesWorkspace
from qda.operations import documents
from qda.store import documents as document_rows

TALK = """\
Intervjuer: Hvem begynte du sammen med?

Leder: Med Solveig Nordmann. Solveig kom fra NAV Grünerløkka, og Nordmann kunne alt.

Intervjuer: Og Øyvind?

Leder: Et navn er et navn. Ring 912 34 567, så svarer Øyvind Moe. Solveigs liste var lang.
"""


@pytest.fixture
def talk(context: Context, tmp_path: Path) -> Context:
    """The context with one interview that names people."""
    from qda.formats.readers import read_file

    path = tmp_path / "samtale.txt"
    path.write_text(TALK, encoding="utf-8")
    session = context.bridge.session
    session.run(documents.import_documents, coder=session.coder, read=[read_file(path)])
    return context


@pytest.fixture
def place(qtbot: QtBot, talk: Context) -> SourcesWorkspace:
    made = SourcesWorkspace(talk)
    qtbot.addWidget(made)
    made.activate()
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def review(qtbot: QtBot, place: SourcesWorkspace) -> ReviewDialog:
    """The names of the interview, for review."""
    command = next(one for one in place.commands() if one.id == "sources.pseudonymise")
    assert command.enabled()
    command.run()
    qtbot.waitUntil(lambda: place.names.review is not None, timeout=20_000)
    assert place.names.review is not None
    return place.names.review


def names(review: ReviewDialog) -> list[str]:
    return [one.name for one in review.model.entities()]


def text(context: Context) -> str:
    connection = context.bridge.project.connection
    return document_rows.text(connection, document_rows.all_documents(connection)[0].id)


def test_names_are_decided_by_key(qtbot: QtBot, review: ReviewDialog, talk: Context) -> None:
    assert names(review) == ["Solveig Nordmann", "NAV Grünerløkka", "Øyvind Moe", "912 34 567"]
    assert review.summary() == "4 names to decide on, 0 to replace."
    shown = [getattr(row, "found", None) for row in review.places.rows()]
    assert shown == [None, "Solveig Nordmann", "Solveig", "Nordmann", "Solveigs"]
    qtbot.keyClick(review.table, Qt.Key.Key_A)
    assert review.table.currentIndex().row() == 1
    qtbot.keyClick(review.table, Qt.Key.Key_R)
    assert [one.decision for one in review.model.entities()][:3] == ["accepted", "rejected", "open"]
    assert review.summary() == "2 names to decide on, 1 to replace."
    review.model.setData(review.model.index(2, REPLACEMENT), "[Kollega]")
    # What was decided is kept: a new scan knows it, and undo takes it back.
    assert [step.operation for step in talk.bridge.session.steps()][-3:] == ["Decide on names"] * 3
    talk.bridge.undo()
    review.rest_button.click()
    assert review.summary() == "All is decided: 3 names to replace."


def test_a_place_may_stay_and_names_go_together(qtbot: QtBot, review: ReviewDialog) -> None:
    qtbot.keyClick(review.table, Qt.Key.Key_Right)
    assert review.places.currentIndex().row() == 1
    qtbot.keyClick(review.places, Qt.Key.Key_Down)
    qtbot.keyClick(review.places, Qt.Key.Key_Space)
    [left] = review.model.entities()[0].left
    assert left.text == "Solveig"
    assert review.model.index(0, 4).data() == "3/4"
    qtbot.keyClick(review.places, Qt.Key.Key_Left)
    review.table.selectRow(0)
    review.table.selectionModel().select(
        review.model.index(2, 0),
        review.table.selectionModel().SelectionFlag.Select
        | review.table.selectionModel().SelectionFlag.Rows,
    )
    qtbot.keyClick(review.table, Qt.Key.Key_M)
    assert names(review) == ["Solveig Nordmann", "NAV Grünerløkka", "912 34 567"]
    assert set(review.model.entities()[0].forms) >= {"Solveig Nordmann", "Øyvind Moe", "Øyvind"}


def test_a_name_that_was_not_found_is_added(
    place: SourcesWorkspace, review: ReviewDialog, talk: Context
) -> None:
    place.names.add_name("liste")
    added = review.model.entities()[-1]
    assert (added.name, added.replacement, added.decision) == ("liste", "[Person 3]", "accepted")
    assert [hit.text for hit in added.hits] == ["liste"]
    review.reject()
    place.names.start()
    from qda.operations import pseudonyms

    again = pseudonyms.scan(talk.bridge.project)
    assert [one.replacement for one in again.entities if one.name == "liste"] == ["[Person 3]"]


def test_names_are_replaced_after_a_consent_and_come_back(
    qtbot: QtBot, place: SourcesWorkspace, review: ReviewDialog, talk: Context, tmp_path: Path
) -> None:
    review.rest_button.click()
    review.replace.click()
    act = place.names.act
    assert act is not None
    assert not act.act.isEnabled()
    key = tmp_path / "nøkkel.qdakey"
    act.key.setText(str(key))
    act.passphrase.setText("blåbær")
    act.consent.setChecked(True)
    act.act.click()
    assert act.trouble.text() == "The two passphrases are not the same."
    act.again.setText("blåbær")
    act.act.click()
    qtbot.waitUntil(lambda: place.names.left is not None, timeout=20_000)
    left = place.names.left
    assert left is not None
    assert "Nothing is found that looks like a name." in left.lines()
    assert "Med [Person 1]. [Person 1] kom fra [kontor A], og [Person 1] kunne" in text(talk)
    assert "Et navn er et navn." in text(talk)
    assert talk.bridge.session.next_undo is None
    assert b"Solveig" not in talk.bridge.project.path.read_bytes()
    left.reject()
    place.names.put_back_with(key, "blåbær")
    qtbot.waitUntil(lambda: text(talk) == TALK, timeout=20_000)
    assert talk.bridge.session.next_undo is not None


def test_what_is_left_is_told_at_any_time(
    qtbot: QtBot, place: SourcesWorkspace, talk: Context
) -> None:
    place.names.check()
    qtbot.waitUntil(lambda: place.names.left is not None, timeout=20_000)
    assert place.names.left is not None
    lines = place.names.left.lines()
    assert lines[0] == "No names were replaced in this project yet."
    assert "Solveig Nordmann, Solveig, Nordmann looks like a name: 4 places." in lines
    place.names.left.step.click()
    assert place.names.review is not None
    assert len(place.names.review.model.entities()) == 4
    assert talk.bridge.session.next_undo is not None


def test_a_doubtful_name_is_not_replaced_with_all_the_others(
    qtbot: QtBot, place: SourcesWorkspace, talk: Context, tmp_path: Path
) -> None:
    from qda.formats.readers import read_file

    path = tmp_path / "tvil.txt"
    path.write_text("Leder: Vi har Mottak og Avklaring, Stein og Tiltak.", encoding="utf-8")
    session = talk.bridge.session
    session.run(documents.import_documents, coder=session.coder, read=[read_file(path)])
    place.names.start()
    qtbot.waitUntil(lambda: place.names.review is not None, timeout=20_000)
    review = place.names.review
    assert review is not None
    assert names(review)[-1] == "Stein"
    assert review.summary() == "5 names to decide on (1 doubtful), 0 to replace."
    row = review.model.rowCount() - 1
    assert review.model.index(row, 0).data() == "doubtful"
    review.rest_button.click()
    assert review.model.entities()[-1].decision == "open"
    assert review.summary() == "1 name to decide on (1 doubtful), 4 to replace."
    assert not review.rest_button.isEnabled()
    review.table.selectRow(row)
    qtbot.keyClick(review.table, Qt.Key.Key_A)
    assert review.model.entities()[-1].decision == "accepted"
    assert review.summary() == "All is decided: 5 names to replace."
