"""The coding room plays the recording of its transcript, with the real player and by keyboard."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QInputDialog, QPushButton
from pytestqt.qtbot import QtBot

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.player.listening import Listening
from qda.gui.player.player import Player
from qda.model.entities import Document
from qda.operations import recordings as verbs
from qda.store import recordings

Make = Callable[..., Path]
pytestmark = pytest.mark.usefixtures("multimedia")


def window_of(room: CodingWorkspace) -> MainWindow:
    found = room.window()
    assert isinstance(found, MainWindow)
    return found


def press(room: CodingWorkspace, command: str) -> None:
    """Give a command by its keys."""
    window = window_of(room)
    keys = window.actions_by_command.action(command).shortcut()
    QTest.keySequence(window.focusWidget() or window, keys)


def put_caret(room: CodingWorkspace, words: str) -> None:
    at = room.view.canonical_text().index(words)
    room.view.set_selection(at, at)


def heard(room: CodingWorkspace, qtbot: QtBot, low: int, high: int) -> Player:
    """Wait until the recording plays between two places; return the player."""
    listening = room.sound.listening
    qtbot.waitUntil(
        lambda: listening.is_playing and low < listening.position < high, timeout=15_000
    )
    player = listening.player()
    assert player is not None
    return player


def dialog_answers(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """Answer the questions for a file one after the other; return the titles that were asked."""
    asked: list[str] = []
    waiting = list(answers)

    def ask(_parent: object, title: str, *_rest: object) -> tuple[str, str]:
        asked.append(title)
        return (waiting.pop(0) if waiting else "", "")

    monkeypatch.setattr(QFileDialog, "getOpenFileName", ask)
    return asked


# -------------------------------------------------------------------------------- playing
@pytest.mark.usefixtures("linked")
def test_it_plays_the_turn_in_which_one_is_and_goes_on_where_it_paused(
    room: CodingWorkspace, qtbot: QtBot
) -> None:
    put_caret(room, "Hvor mange som er godkjent")
    press(room, "sound.play")
    heard(room, qtbot, 6_000, 8_000)
    press(room, "sound.play")
    listening = room.sound.listening
    assert not listening.is_playing
    left = listening.position
    press(room, "sound.play")
    heard(room, qtbot, left - 1, left + 2_000)
    press(room, "sound.play")
    put_caret(room, "Da står vi")
    press(room, "sound.play")
    heard(room, qtbot, 2_000, 4_000)
    press(room, "sound.play_here")
    heard(room, qtbot, 1_999, 3_000)
    press(room, "sound.play")


@pytest.mark.usefixtures("linked")
def test_a_turn_without_a_time_is_reckoned_between_its_neighbours(
    room: CodingWorkspace, qtbot: QtBot
) -> None:
    put_caret(room, "Hva teller dere?")
    press(room, "sound.play")
    heard(room, qtbot, 3_000, 6_000)
    qtbot.waitUntil(lambda: room.view.playing() is not None)
    turn = room.view.playing()
    assert turn is not None
    assert turn.number == 3
    press(room, "sound.play")


@pytest.mark.usefixtures("linked")
def test_the_turn_that_is_heard_is_marked_and_told(room: CodingWorkspace, qtbot: QtBot) -> None:
    said: list[list[str]] = []
    room.status_changed.connect(said.append)
    before = room.view.grab().toImage()
    put_caret(room, "Hvor mange som er godkjent")
    press(room, "sound.play")
    heard(room, qtbot, 6_000, 9_000)
    qtbot.waitUntil(lambda: room.view.playing() is not None)
    turn = room.view.playing()
    assert turn is not None
    assert turn.number == 4
    assert room.view.grab().toImage() != before
    assert said[-1][-1] == "Playing turn 4"
    assert "turn 4, Veileder" in room.player_bar.accessibleDescription()
    press(room, "sound.forward")
    qtbot.waitUntil(
        lambda: (now := room.view.playing()) is not None and now.number == 5, timeout=15_000
    )
    assert said[-1][-1] == "Playing turn 5"
    press(room, "sound.play")
    assert room.view.playing() is None
    assert said[-1][-1].startswith("Paused at 0:")
    assert room.view.grab().toImage() == before or room.view.caret() != 0


@pytest.mark.usefixtures("linked")
def test_one_goes_back_and_forward_and_slower_by_keys(room: CodingWorkspace, qtbot: QtBot) -> None:
    put_caret(room, "Hvor mange som er godkjent")
    press(room, "sound.play")
    player = heard(room, qtbot, 6_000, 8_000)
    press(room, "sound.play")
    at = player.position
    press(room, "sound.back")
    assert player.position == pytest.approx(at - 3_000, abs=5)
    press(room, "sound.forward")
    assert player.position == pytest.approx(at, abs=5)
    press(room, "sound.slower")
    press(room, "sound.slower")
    assert player.rate == 0.8
    assert room.player_bar.rate_button.text() == "0.8×"
    press(room, "sound.faster")
    assert player.rate == 0.9
    press(room, "sound.normal")
    assert player.rate == 1.0


@pytest.mark.usefixtures("linked")
def test_the_bar_plays_seeks_and_says_what_it_is(room: CodingWorkspace, qtbot: QtBot) -> None:
    bar = room.player_bar
    assert bar.isVisible()
    assert bar.times() == ("0:00", "0:12")
    put_caret(room, "Da står vi")
    QTest.mouseClick(bar.play_button, Qt.MouseButton.LeftButton)
    heard(room, qtbot, 2_000, 5_000)
    assert bar.play_button.accessibleName() == "Pause"
    QTest.mouseClick(bar.play_button, Qt.MouseButton.LeftButton)
    assert bar.play_button.accessibleName() == "Play"
    bar.slider.setFocus()
    QTest.keyClick(bar.slider, Qt.Key.Key_End)
    assert room.sound.listening.position == pytest.approx(12_000, abs=60)
    QTest.keyClick(bar.slider, Qt.Key.Key_Home)
    assert room.sound.listening.position == 0
    QTest.keyClick(bar.slider, Qt.Key.Key_Space)
    heard(room, qtbot, 0, 6_000)
    QTest.keyClick(bar.slider, Qt.Key.Key_Space)
    for widget in [*bar.findChildren(QPushButton), bar.slider, bar.rate_button, bar.more_button]:
        assert widget.accessibleName() or widget.text()
    assert "med tid.wav" in bar.toolTip()


def test_playing_from_the_slider_begins_with_nothing_played_before(
    room: CodingWorkspace, linked: Path, qtbot: QtBot
) -> None:
    room.player_bar.slider.setValue(5_000)
    qtbot.waitUntil(lambda: room.sound.listening.position == 5_000, timeout=15_000)
    player = room.sound.listening.player()
    assert player is not None
    assert player.path == linked
    assert not player.is_playing


@pytest.mark.usefixtures("linked")
def test_a_machine_without_a_device_for_sound_says_so(room: CodingWorkspace, qtbot: QtBot) -> None:
    put_caret(room, "Da står vi")
    press(room, "sound.play")
    player = heard(room, qtbot, 2_000, 6_000)
    if not player.is_silent:
        pytest.skip("this machine has a device for sound")
    assert room.player_bar.sentence().startswith("This machine has no device for sound")
    assert room.player_bar.play_button.isVisible()
    press(room, "sound.play")


# --------------------------------------------------------------------------------- fitting
@pytest.mark.usefixtures("linked")
def test_a_recording_that_begins_earlier_is_fitted_by_ear_and_by_number(
    room: CodingWorkspace, study: Context, stamped: Document, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    listening = room.sound.listening
    listening.seek(4_500)
    qtbot.waitUntil(lambda: listening.position == 4_500, timeout=15_000)
    put_caret(room, "Da står vi")
    window_of(room).actions_by_command.action("sound.fit_here").trigger()
    found = recordings.of_document(study.bridge.project.connection, stamped.id)
    assert found is not None
    assert found.offset_ms == 2_500
    put_caret(room, "Hvor mange som")
    press(room, "sound.play")
    heard(room, qtbot, 8_500, 10_000)
    qtbot.waitUntil(lambda: room.view.playing() is not None)
    turn = room.view.playing()
    assert turn is not None
    assert turn.number == 4
    press(room, "sound.play")
    monkeypatch.setattr(QInputDialog, "getDouble", lambda *_: (-1.5, True))
    window_of(room).actions_by_command.action("sound.offset").trigger()
    assert listening.offset == -1_500
    window_of(room).undo()
    assert listening.offset == 2_500
    window_of(room).undo()
    assert listening.offset == 0


# ----------------------------------------------------------------------------- where it is
def test_a_recording_is_linked_from_the_room_and_unlinked_again(
    room: CodingWorkspace, study: Context, tmp_path: Path, make_recording: Make,
    monkeypatch: pytest.MonkeyPatch, qtbot: QtBot,
) -> None:  # fmt: skip
    file = make_recording(tmp_path / "lyd" / "a.wav", 12.0)
    assert not room.player_bar.isVisible()
    asked = dialog_answers(monkeypatch, "", str(file))
    press(room, "sound.play")
    assert asked == ["Link a recording"]
    assert not room.player_bar.isVisible()
    press(room, "sound.play")
    assert room.player_bar.isVisible()
    put_caret(room, "Da står vi")
    press(room, "sound.play")
    heard(room, qtbot, 2_000, 6_000)
    window_of(room).actions_by_command.action("sound.unlink").trigger()
    assert not room.sound.listening.is_playing
    assert not room.player_bar.isVisible()
    assert file.exists()
    window_of(room).undo()
    assert room.player_bar.isVisible()
    window_of(room).undo()
    assert not room.player_bar.isVisible()
    assert recordings.all_recordings(study.bridge.project.connection) == ()


def test_a_recording_that_moved_beside_the_project_is_found_by_itself(
    room: CodingWorkspace, study: Context, stamped: Document, linked: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    asked = dialog_answers(monkeypatch)
    moved = linked.rename(study.bridge.project.path.parent / "flyttet.wav")
    put_caret(room, "Da står vi")
    with qtbot.waitSignal(study.bridge.noticed, timeout=15_000) as noticed:
        press(room, "sound.play")
    assert noticed.args is not None
    assert noticed.args[0].startswith("Found flyttet.wav in ")
    player = heard(room, qtbot, 2_000, 6_000)
    assert player.path == moved
    assert asked == []
    found = recordings.of_document(study.bridge.project.connection, stamped.id)
    assert found is not None
    assert found.path == "flyttet.wav"
    press(room, "sound.play")


def test_a_recording_that_is_not_found_is_asked_for_once_and_then_remembered(
    room: CodingWorkspace, study: Context, stamped: Document, linked: Path, tmp_path: Path,
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    away = tmp_path / "langt" / "unna" / "x.wav"
    away.parent.mkdir(parents=True)
    linked.rename(away)
    asked = dialog_answers(monkeypatch, "", str(away))
    put_caret(room, "Da står vi")
    press(room, "sound.play")
    qtbot.waitUntil(lambda: len(asked) == 1, timeout=15_000)
    assert asked == ["Where is med tid.wav now?"]
    assert room.player_bar.sentence() == "med tid.wav is not where it was."
    assert not room.player_bar.play_button.isVisible()
    with qtbot.waitSignal(study.bridge.told) as told:
        press(room, "sound.play")
    assert told.args == ["med tid.wav is not where it was."]
    assert len(asked) == 1, "asked for once"
    QTest.mouseClick(room.player_bar.find_button, Qt.MouseButton.LeftButton)
    assert len(asked) == 2
    press(room, "sound.play")
    heard(room, qtbot, 2_000, 6_000)
    press(room, "sound.play")
    found = recordings.of_document(study.bridge.project.connection, stamped.id)
    assert found is not None
    assert found.name == "x.wav"
    assert verbs.find_file(study.bridge.project, found) == away


def test_another_file_in_its_place_is_told(
    room: CodingWorkspace, study: Context, linked: Path, tmp_path: Path, make_recording: Make,
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    linked.unlink()
    other = make_recording(tmp_path / "annen" / "b.wav", 11.0)
    dialog_answers(monkeypatch, str(other))
    told: list[str] = []
    study.bridge.told.connect(told.append)
    put_caret(room, "Da står vi")
    press(room, "sound.play")
    heard(room, qtbot, 2_000, 6_000)
    assert any("another file" in sentence for sentence in told)
    press(room, "sound.play")


def test_what_cannot_be_played_is_said(
    room: CodingWorkspace, study: Context, stamped: Document, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "b.wav"
    bad.write_bytes(b"RIFF\x00\x00\x00\x00WAVE" + bytes(500))
    study.bridge.run(verbs.link_recording, document=stamped.id, file=bad)
    with qtbot.waitSignal(study.bridge.told, timeout=15_000) as told:
        press(room, "sound.play")
    assert told.args is not None
    assert told.args[0].startswith("b.wav cannot be played here; ")
    assert room.player_bar.sentence() == told.args[0]


# ------------------------------------------------------------------------- several sources
@pytest.mark.usefixtures("linked")
def test_it_plays_on_while_one_works_in_another_transcript_beside_it(
    room: CodingWorkspace, qtbot: QtBot
) -> None:
    put_caret(room, "Da står vi")
    press(room, "sound.play")
    heard(room, qtbot, 2_000, 6_000)
    beside = next(
        number for number in (1, 2, 3) if room.open is not None and room.open.document.id != number
    )
    room.opening.open_beside(beside)  # pyright: ignore[reportArgumentType]
    listening = room.sound.listening
    assert listening.is_playing
    assert listening.document is not None
    assert listening.document.name == "Med tid"
    press(room, "sound.play")
    assert not listening.is_playing
    room.split.take(room.split.panes()[0])
    room.split.take(room.split.panes()[1])
    assert listening.document.name != "Med tid"
    assert not room.player_bar.isVisible()


@pytest.mark.usefixtures("linked")
def test_it_stops_when_its_transcript_is_closed(room: CodingWorkspace, qtbot: QtBot) -> None:
    put_caret(room, "Da står vi")
    press(room, "sound.play")
    player = heard(room, qtbot, 2_000, 6_000)
    room.step_document(-1)
    assert not player.is_playing
    assert player.path is None
    room.step_document(1)
    assert room.player_bar.isVisible()
    assert not room.sound.listening.is_playing


@pytest.mark.usefixtures("linked")
def test_a_corrected_text_is_followed_on(room: CodingWorkspace, qtbot: QtBot) -> None:
    from qda.operations.corrections import correct_text
    from qda.text.edits import Edit

    put_caret(room, "Hvor mange som")
    press(room, "sound.play")
    heard(room, qtbot, 6_000, 8_900)
    assert room.open is not None
    edits = [Edit(0, 0, "Et tillegg som er langt nok. " * 20)]
    room.context.bridge.run(correct_text, document=room.open.document.id, edits=edits)
    listening = room.sound.listening
    assert listening.is_playing
    qtbot.waitUntil(lambda: room.view.playing() is not None)
    turn = room.view.playing()
    assert turn is not None
    assert room.view.canonical_text()[turn.start :].startswith("Hvor mange som")
    press(room, "sound.play")


def test_the_player_is_made_when_it_is_first_wanted(
    room: CodingWorkspace, linked: Path, multimedia: ModuleType
) -> None:
    del linked, multimedia
    listening: Listening = room.sound.listening
    assert listening.player() is None
    assert QApplication.instance() is not None
    press(room, "sound.back")
    press(room, "sound.slower")
    assert listening.player() is None, "there is nothing to go back in yet"
