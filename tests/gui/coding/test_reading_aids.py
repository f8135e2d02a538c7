"""Reading aids: the place one was at and the done mark."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.formats.readers import read_file
from qda.gui.coding.reading import MOST_PLACES, PLACES
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.widgets import roles
from qda.model.ids import DocumentId
from qda.operations import documents
from qda.store import documents as queries


@pytest.fixture
def long_text(study: Context, tmp_path: Path) -> DocumentId:
    """A text of many screens."""
    path = tmp_path / "Langt notat.txt"
    path.write_text(
        "\n".join(f"Avsnitt {n} handler om hvordan vi teller planer." for n in range(400)),
        encoding="utf-8",
    )
    session = study.bridge.session
    read = [read_file(path)]
    made = session.run(documents.import_documents, coder=session.coder, read=read)
    return made.value[0].document.id


def press(window: MainWindow, command: str) -> None:
    """Give a command by its shortcut, as the keyboard does."""
    action = window.actions_by_command.action(command)
    QTest.keySequence(window.focusWidget() or window, action.shortcut())


def test_a_source_opens_where_one_left_it(
    coding_room: CodingWorkspace, study: Context, long_text: DocumentId, qtbot: QtBot
) -> None:
    number = long_text
    coding_room.open_document(number)
    start = coding_room.view.canonical_text().index("Avsnitt 217")
    coding_room.view.reveal(start, start + 5)
    coding_room.view.set_selection(start + 3, start + 3)
    top = coding_room.view.place()
    assert top > 0
    coding_room.step_document(-1)
    assert coding_room.view.place() < 100
    coding_room.open_document(number)
    assert coding_room.view.place() == top
    assert coding_room.view.caret() == start + 3
    coding_room.save_state()
    again = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(again)
    again.resize(1280, 800)
    with qtbot.waitExposed(again):
        again.show()
    again.start("coding")
    other = again.workspace_called("coding")
    assert isinstance(other, CodingWorkspace)
    assert other.open is not None
    assert other.open.document.id == number
    assert other.view.caret() == start + 3
    assert other.view.place() == top


def test_a_text_keeps_its_place_when_the_column_gets_narrower(
    coding_window: MainWindow, coding_room: CodingWorkspace, long_text: DocumentId, qtbot: QtBot
) -> None:
    coding_room.open_document(long_text)
    start = coding_room.view.canonical_text().index("Avsnitt 217")
    coding_room.view.set_place(start)
    width = coding_room.view.lineWrapColumnOrWidth()
    coding_window.resize(900, 800)
    qtbot.waitUntil(lambda: coding_room.view.lineWrapColumnOrWidth() != width)
    assert coding_room.view.place() == start


def test_places_that_are_no_numbers_and_too_many_are_no_matter(
    coding_room: CodingWorkspace, study: Context
) -> None:
    kept = {str(number): "1 2" for number in range(MOST_PLACES + 20)}
    found = queries.find(study.bridge.project.connection, "Fylket")[0]
    study.settings.set(PLACES, {**kept, str(found.guid): "x y"})
    coding_room.open_document(found.id)
    assert coding_room.view.caret() == 0
    coding_room.reading.keep_place()
    assert len(study.settings.mapping(PLACES)) == MOST_PLACES
    coding_room.step_document(-1)
    study.settings.set(PLACES, {str(found.guid): "999999 999999"})
    coding_room.open_document(found.id)
    assert coding_room.view.caret() == len(coding_room.view.canonical_text())


def test_a_source_is_marked_as_done_where_one_reads_it(
    coding_window: MainWindow, coding_room: CodingWorkspace
) -> None:
    coding_room.view.setFocus()
    coding_room.view.set_selection(60, 60)
    said: list[list[str]] = []
    coding_room.status_changed.connect(said.append)
    press(coding_window, "coding.done")
    assert coding_room.open is not None
    assert coding_room.open.document.done
    tree = coding_room.sources.tree
    assert tree.currentIndex().data(roles.DONE_ROLE) is True
    assert "done" in tree.currentIndex().data(int(Qt.ItemDataRole.AccessibleTextRole))
    assert "Done" in said[-1]
    assert coding_room.view.caret() == 60, "one stays where one is"
    tree.grab()
    coding_window.undo()
    assert not coding_room.open.document.done
    assert tree.currentIndex().data(roles.DONE_ROLE) is False
