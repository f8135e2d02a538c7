"""In the coding room a segment shows what it is linked with, and is linked by key and by drag."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.memos.workspace import MemosWorkspace
from qda.gui.widgets.code_tree import code_mime
from qda.model.entities import Thing
from qda.operations import codings, memos
from qda.store import codes, documents, memo_links
from qda.store import codings as coding_queries


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The window with coding room and memos, the one segment of the study at hand."""
    made = MainWindow(study, [CodingWorkspace(study), MemosWorkspace(study)])
    qtbot.addWidget(made)
    made.resize(1400, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.start("coding")
    room(made).show_coding(coding_queries.all_codings(study.bridge.project.connection)[0].id)
    return made


def room(window: MainWindow) -> CodingWorkspace:
    found = window.workspace_called("coding")
    assert isinstance(found, CodingWorkspace)
    return found


def segment(study: Context) -> Thing:
    return Thing("coding", coding_queries.all_codings(study.bridge.project.connection)[0].id)


def links(study: Context) -> list[tuple[Thing, Thing]]:
    found = memo_links.all_links(study.bridge.project.connection)
    return [(one.origin, one.target) for one in found]


def test_a_segment_is_linked_by_key_and_the_link_is_followed(
    window: MainWindow, study: Context
) -> None:
    run = study.bridge.session.run
    memo = run(memos.add_memo, coder="Ola", on="project", target=0, text="Om tavla").value.id
    QTest.keySequence(window, "Ctrl+Alt+L")
    QTest.keyClicks(window.focusWidget(), "om tavla")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert links(study) == [(segment(study), Thing("memo", memo))]
    shown = room(window).segment_links.links
    assert [row.text for row in shown.rows()] == ["Om tavla"]
    place = shown.visualRect(shown.model().index(0, 0)).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    hub = window.workspace
    assert isinstance(hub, MemosWorkspace)
    at_hand = hub.editor.memo()
    assert at_hand is not None
    assert at_hand.memo == memo
    hub.editor.links.setFocus()
    QTest.keyClick(hub.editor.links, Qt.Key.Key_Home)
    QTest.keyClick(hub.editor.links, Qt.Key.Key_Return)
    assert window.workspace is room(window)
    assert room(window).view.selected_segment() == segment(study).id
    turn = room(window).view.current_turn()
    assert turn is not None
    assert turn.number == 2


def test_a_segment_of_the_list_dragged_on_the_card_is_linked(
    window: MainWindow, study: Context
) -> None:
    here = segment(study)
    connection = study.bridge.project.connection
    run = study.bridge.session.run
    code = codes.all_codes(connection)[0].id
    county = documents.find(connection, "Fylket")[0].id
    new = [codings.NewCoding(county, code, 0, 12)]
    other = Thing("coding", run(codings.add_codings, coder="Ingrid", new=new).value[0].id)
    QTest.keySequence(window, "Ctrl+Shift+L")
    rows = room(window).segment_list._list  # noqa: SLF001
    model = rows.model()
    at = [row.id for row in rows.quotes()].index(other.id)
    assert model.flags(model.index(at, 0)) & Qt.ItemFlag.ItemIsDragEnabled
    target = room(window).segment_links
    for data in (model.mimeData([model.index(at, 0)]), code_mime(code)):
        actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        held, spot = Qt.KeyboardModifier.NoModifier, QPoint(20, 5)
        enter = QDragEnterEvent(spot, actions, data, button, held)
        QApplication.sendEvent(target, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(target, QDropEvent(QPointF(spot), actions, data, button, held))
    assert links(study) == [(here, other), (here, Thing("code", code))]


def test_the_code_at_hand_tells_what_is_written_on_it(window: MainWindow, study: Context) -> None:
    code = codes.all_codes(study.bridge.project.connection)[0].id
    told = room(window).code_memos
    assert not told.isVisible()
    run = study.bridge.session.run
    run(memos.add_memo, coder="Ola", on="code", target=code, text="Stram inn")
    assert told.isVisible()
    assert [row.text for row in told.links.rows()] == ["Stram inn"]
    study.bridge.undo()
    assert not told.isVisible()


def test_writing_a_note_on_is_one_step(window: MainWindow, study: Context, qtbot: QtBot) -> None:
    steps = len(study.bridge.session.steps())
    QTest.keySequence(window, "Ctrl+M")
    note = window.focusWidget()
    for text in ("Først", ", så", ", til slutt"):
        with qtbot.waitSignal(study.bridge.changed, timeout=5000):
            QTest.keyClicks(note, text)
    assert len(study.bridge.session.steps()) == steps + 1
    found = coding_queries.by_id(study.bridge.project.connection, segment(study).id)  # pyright: ignore[reportArgumentType]
    assert found is not None
    assert found.memo == "Først, så, til slutt"


def test_a_place_of_a_segment_in_the_memos_begins_a_memo_on_it(
    window: MainWindow, study: Context
) -> None:
    coding = coding_queries.all_codings(study.bridge.project.connection)[0].id
    window.show_place(Place("memos", coding=coding))
    hub = window.workspace
    assert isinstance(hub, MemosWorkspace)
    at_hand = hub.editor.memo()
    assert at_hand is not None
    assert (at_hand.on, at_hand.target) == ("coding", coding)
