"""The details of a source: name, offices, participants, turns."""

from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot
from pytestqt.wait_signal import SignalBlocker

from qda.app.session import Session
from qda.gui.context import Context
from qda.gui.session_bridge import SessionBridge
from qda.gui.sources import participants_model, turns_panel
from qda.gui.sources.workspace import SourcesWorkspace
from qda.gui.widgets.chooser import Chooser
from qda.model.ids import DocumentId
from qda.operations import variables as variable_operations
from qda.store import cases, documents, participants, turns, variables


@pytest.fixture
def workspace(study: Context, qtbot: QtBot) -> SourcesWorkspace:
    made = SourcesWorkspace(study)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activate()
    made.list.choose(document(study, "Havnes veileder"))
    return made


def document(context: Context, name: str) -> DocumentId:
    return documents.find(context.bridge.project.connection, name)[0].id


def emitted(blocker: SignalBlocker) -> list[Any]:
    assert blocker.args is not None
    return blocker.args


def table(workspace: SourcesWorkspace) -> list[list[str]]:
    model = workspace.detail.participants.model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def test_a_new_name_is_kept_and_undone(workspace: SourcesWorkspace, qtbot: QtBot) -> None:
    field = workspace.detail.name_field
    workspace.detail.edit_name()
    qtbot.keyClicks(field, "Havnes, veileder")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert documents.find(workspace.context.bridge.project.connection, "Havnes, veileder")
    workspace.context.bridge.undo()
    assert field.text() == "Havnes veileder"


def test_a_taken_name_is_refused_in_words(workspace: SourcesWorkspace, qtbot: QtBot) -> None:
    field = workspace.detail.name_field
    workspace.detail.edit_name()
    with qtbot.waitSignal(workspace.context.bridge.failed) as blocker:
        qtbot.keyClicks(field, "Fylket")
        qtbot.keyClick(field, Qt.Key.Key_Return)
    assert "already one called Fylket" in str(emitted(blocker)[0])
    assert field.text() == "Havnes veileder"


def test_offices_are_linked_by_a_chooser_and_unlinked_by_the_chip(
    workspace: SourcesWorkspace, qtbot: QtBot
) -> None:
    context = workspace.context
    chooser = workspace.detail.offices.open_chooser()
    assert chooser is not None
    qtbot.keyClicks(chooser.field, "bjørk")
    assert chooser.list.count() == 1
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    here = document(context, "Havnes veileder")
    links = cases.document_links(context.bridge.project.connection)
    assert len(links[here]) == 2
    chips = workspace.detail.offices.chips()
    assert [chip.text() for chip in chips] == ["NAV Bjørkvik", "NAV Havnes"]
    qtbot.keyClick(chips[0], Qt.Key.Key_Delete)
    assert [chip.text() for chip in workspace.detail.offices.chips()] == ["NAV Havnes"]
    context.bridge.undo()
    assert len(workspace.detail.offices.chips()) == 2


def test_the_table_lists_the_speakers(workspace: SourcesWorkspace) -> None:
    assert table(workspace) == [
        ["Intervjuer", "Interviewer", "", "Intervjuer"],
        ["Veileder", "Informant", "", "Veileder"],
    ]


def test_an_attribute_is_added_and_written_in_place(
    workspace: SourcesWorkspace, qtbot: QtBot
) -> None:
    panel = workspace.detail.participants
    workspace.detail.add_variable()
    qtbot.keyClicks(panel.ask_line.field, "rolle")
    qtbot.keyClick(panel.ask_line.field, Qt.Key.Key_Return)
    column = participants_model.FIXED
    index = panel.model.index(1, column)
    panel.table.setCurrentIndex(index)
    panel.table.edit(index)
    editor = panel.table.findChild(QLineEdit)
    assert editor is not None
    qtbot.keyClicks(editor, "veileder")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: table(workspace)[1][column] == "veileder")
    connection = workspace.context.bridge.project.connection
    assert [one.value for one in variables.values(connection, "participant")] == ["veileder"]
    workspace.context.bridge.undo()
    assert table(workspace)[1][column] == ""


def test_a_number_that_is_none_is_refused_in_words(
    workspace: SourcesWorkspace, qtbot: QtBot
) -> None:
    context = workspace.context
    context.bridge.run(
        variable_operations.add_variable, subject="participant", name="år", kind="number"
    )
    model = workspace.detail.participants.model
    index = model.index(1, participants_model.FIXED)
    with qtbot.waitSignal(context.bridge.failed) as blocker:
        model.setData(index, "mange")
    assert str(emitted(blocker)[0]) == "mange is not a number, as år needs."
    model.setData(index, "12,5")
    assert index.data() == "12.5"


def test_who_asks_is_changed_in_all_their_turns(workspace: SourcesWorkspace) -> None:
    model = workspace.detail.participants.model
    model.setData(model.index(1, participants_model.ROLE), True)
    connection = workspace.context.bridge.project.connection
    spoken = turns.of_document(connection, document(workspace.context, "Havnes veileder"))
    assert all(turn.interviewer for turn in spoken)
    assert table(workspace)[1][1] == "Interviewer"


def test_a_participant_is_linked_to_an_office(workspace: SourcesWorkspace, qtbot: QtBot) -> None:
    panel = workspace.detail.participants
    panel.table.setCurrentIndex(panel.model.index(1, participants_model.OFFICES))
    qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    chooser = panel.findChild(Chooser)
    assert chooser is not None
    qtbot.keyClicks(chooser.field, "havnes")
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    assert table(workspace)[1][participants_model.OFFICES] == "NAV Havnes"


def test_the_same_person_in_two_sources_becomes_one(
    workspace: SourcesWorkspace, qtbot: QtBot
) -> None:
    panel = workspace.detail.participants
    panel.table.setCurrentIndex(panel.model.index(1, 0))
    chooser = panel.join()
    assert chooser is not None
    qtbot.keyClicks(chooser.field, "direktør")
    with qtbot.waitSignal(workspace.context.bridge.noticed):
        qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    connection = workspace.context.bridge.project.connection
    names = [one.name for one in participants.all_participants(connection)]
    assert sorted(names) == ["Intervjuer", "Leder", "Veileder"]
    workspace.context.bridge.undo()
    assert len(participants.all_participants(connection)) == 4


def test_marked_turns_get_another_speaker(workspace: SourcesWorkspace, qtbot: QtBot) -> None:
    workspace.detail.tabs.setCurrentIndex(1)
    panel = workspace.detail.turns
    flags = QItemSelectionModel.SelectionFlag
    for row in (1, 3):
        panel.table.selectionModel().select(panel.model.index(row, 0), flags.Select | flags.Rows)
    assert panel.speaker_button.isEnabled()
    chooser = panel.choose_speaker()
    assert chooser is not None
    qtbot.keyClicks(chooser.field, "leder bjørkvik")
    assert chooser.list.count() == 1
    qtbot.keyClick(chooser.field, Qt.Key.Key_Return)
    speakers = [
        panel.model.index(row, turns_panel.SPEAKER).data() for row in range(panel.model.rowCount())
    ]
    assert speakers == ["Intervjuer", "Leder", "Intervjuer", "Leder"]
    assert len(panel.marked()) == 2
    workspace.context.bridge.undo()
    assert panel.model.index(1, turns_panel.SPEAKER).data() == "Veileder"


def test_enter_on_a_turn_opens_it_in_coding(workspace: SourcesWorkspace, qtbot: QtBot) -> None:
    workspace.detail.tabs.setCurrentIndex(1)
    panel = workspace.detail.turns
    panel.table.setCurrentIndex(panel.model.index(1, 0))
    with qtbot.waitSignal(workspace.context.navigator.place_wanted) as blocker:
        qtbot.keyClick(panel.table, Qt.Key.Key_Return)
    turn = panel.model.turn(1)
    assert (emitted(blocker)[0].document, emitted(blocker)[0].start) == (turn.document, turn.start)


def test_a_new_participant_is_shown_among_all(workspace: SourcesWorkspace, qtbot: QtBot) -> None:
    panel = workspace.detail.participants
    workspace.detail.add_participant()
    qtbot.keyClicks(panel.ask_line.field, "Nestleder")
    qtbot.keyClick(panel.ask_line.field, Qt.Key.Key_Return)
    assert panel.scope.value() is True
    current = panel.table.currentIndex()
    assert panel.model.line(current.row()).participant.name == "Nestleder"


def test_a_sheet_of_participants_comes_in_as_one_step(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "deltakere.csv"
    path.write_text(
        "dokument,deltaker,rolle,nivå\nHavnes veileder,Veileder,veileder,veileder\n",
        encoding="utf-8",
    )
    with qtbot.waitSignal(workspace.context.bridge.noticed):
        workspace.import_participants(path)
    assert table(workspace)[1][participants_model.FIXED :] == ["veileder", "veileder"]
    workspace.context.bridge.undo()
    assert len(table(workspace)[1]) == participants_model.FIXED


def test_a_sheet_that_is_none_is_refused_in_words(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "tull.xlsx"
    path.write_bytes(b"ikke et ark")
    with qtbot.waitSignal(workspace.context.jobs.failed) as blocker:
        workspace.import_participants(path)
    assert "tull.xlsx" in str(emitted(blocker)[0])


def test_a_project_that_is_open_elsewhere_is_only_read(
    study: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    session = Session.open(tmp_path / "study.qdaproj", write=False)
    bridge = SessionBridge(session)
    reading = Context(bridge, study.jobs, study.settings, study.theme, study.navigator)
    workspace = SourcesWorkspace(reading)
    qtbot.addWidget(workspace)
    workspace.show()
    workspace.activate()
    possible = {one.id for one in workspace.commands() if one.enabled()}
    assert possible == {"sources.open", "sources.filter", "sources.group"}
    assert workspace.import_paths([tmp_path]) is None
    assert workspace.detail.name_field.isReadOnly()
    model = workspace.detail.participants.model
    assert not model.flags(model.index(0, 0)) & Qt.ItemFlag.ItemIsEditable
    assert not workspace.detail.offices.add_button.isVisible()
    bridge.detach()
    session.close()
