"""The recording goes on while its text is corrected, and its time is put in as a stamp."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.correcting.dialog import CorrectionDialog
from qda.gui.main_window import MainWindow
from qda.model.entities import Document
from qda.store import documents
from qda.store import turns as turn_rows

SHIFT_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


def opened(room: CodingWorkspace, command: str = "coding.correct") -> CorrectionDialog:
    """Open the editor by a command of the room."""
    window = room.window()
    assert isinstance(window, MainWindow)
    window.actions_by_command.action(command).trigger()
    (found,) = (one for one in window.findChildren(CorrectionDialog) if one.isVisible())
    return found


@pytest.mark.usefixtures("multimedia", "linked")
def test_the_time_that_is_heard_is_put_in_as_the_text_writes_times(
    room: CodingWorkspace, study: Context, stamped: Document, qtbot: QtBot
) -> None:
    at = room.view.canonical_text().index("Hva teller dere?")
    room.view.set_selection(at, at)
    editor = opened(room)
    qtbot.waitUntil(editor.isActiveWindow)
    assert editor.player_bar is not None
    assert editor.player_bar.isVisible()
    QTest.keyClick(editor.editor, Qt.Key.Key_F8)
    listening = room.sound.listening
    qtbot.waitUntil(lambda: listening.is_playing and listening.position > 3_000, timeout=15_000)
    qtbot.waitUntil(lambda: editor.editor.playing() is not None)
    QTest.keyClick(editor.editor, Qt.Key.Key_F8)
    assert editor.editor.playing() is None
    listening.seek(5_400)
    before = editor.editor.shown()
    start = before.index("Intervjuer: Hva teller")
    editor.editor.select(start, start)
    QTest.keyClick(editor.editor, Qt.Key.Key_F8, SHIFT_CTRL)
    assert editor.editor.shown() == before[:start] + "[00:00:05] " + before[start:]
    qtbot.waitUntil(editor.save_button.isEnabled)
    editor.save()
    connection = study.bridge.project.connection
    assert "[00:00:05] Intervjuer: Hva teller" in documents.text(connection, stamped.id)
    times = [turn.time_ms for turn in turn_rows.of_document(connection, stamped.id)]
    assert times == [0, 2_000, 5_000, 6_000, 9_000]
    study.bridge.undo()
    times = [turn.time_ms for turn in turn_rows.of_document(connection, stamped.id)]
    assert times == [0, 2_000, None, 6_000, 9_000]


@pytest.mark.usefixtures("multimedia", "linked")
def test_the_room_opens_the_editor_with_the_time_put_in(
    room: CodingWorkspace, qtbot: QtBot
) -> None:
    listening = room.sound.listening
    listening.seek(7_100)
    qtbot.waitUntil(lambda: listening.position == 7_100, timeout=15_000)
    at = room.view.canonical_text().index("Ikke hvor mange")
    room.view.set_selection(at, at)
    editor = opened(room, "sound.insert_time")
    assert "[00:00:07] Ikke hvor mange" in editor.editor.shown()
    editor.close()


def test_without_anything_played_the_editor_says_what_to_do_first(
    room: CodingWorkspace, linked: Path
) -> None:
    del linked
    editor = opened(room)
    before = editor.editor.shown()
    editor.insert_time()
    assert editor.editor.shown() == before
    assert editor.told().startswith("Play the recording first")
    editor.close()
