"""Where Qt's part for sound is missing the rest works, and one sentence says what to install."""

from collections.abc import Callable, Iterator
from pathlib import Path

import PySide6
import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.player import media
from qda.model.entities import Document
from qda.operations import recordings as verbs
from qda.store import recordings

Make = Callable[..., Path]


@pytest.fixture
def not_installed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A machine without PySide6-Addons."""
    monkeypatch.setattr(media, "PART", "PySide6.QtNoSuchPart")
    media.load.cache_clear()
    yield
    media.load.cache_clear()


@pytest.fixture
def lacks_library(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[str], None]]:
    """A machine on which the part is installed and does not load."""

    def lack(sentence: str) -> None:
        def refuse(_name: str) -> None:
            raise ImportError(sentence)

        monkeypatch.setattr(media, "PART", "PySide6.QtCore")
        monkeypatch.setattr(media.importlib, "import_module", refuse)
        media.load.cache_clear()

    yield lack
    monkeypatch.undo()
    media.load.cache_clear()


@pytest.mark.usefixtures("not_installed")
def test_the_menu_has_one_entry_that_says_what_is_needed(
    study: Context, stamped: Document, linked: Path, qtbot: QtBot
) -> None:
    del linked
    window = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.start("coding")
    room = window.workspace
    assert isinstance(room, CodingWorkspace)
    room.open_document(stamped.id)
    actions = window.actions_by_command
    offered = [one.id for one in actions.commands() if one.menu == "sound"]
    assert offered == [
        "sound.play", "sound.fit_here", "sound.offset", "sound.link", "sound.find", "sound.unlink",
    ]  # fmt: skip
    wanted = f"pipx inject qda PySide6-Addons=={PySide6.__version__}"
    room.view.setFocus()
    with qtbot.waitSignal(study.bridge.told) as told:
        QTest.keySequence(room.view, actions.action("sound.play").shortcut())
    assert told.args is not None
    assert wanted in told.args[0]
    assert told.args[0].count(".") - PySide6.__version__.count(".") * 2 == 1, "one sentence"
    assert room.player_bar.isVisible()
    assert room.player_bar.sentence() == told.args[0]
    assert not room.player_bar.play_button.isVisible()
    room.view.set_selection(5, 9)
    assert room.view.selection() == (5, 9)


@pytest.mark.usefixtures("not_installed")
def test_recordings_are_linked_and_unlinked_all_the_same(
    study: Context, stamped: Document, tmp_path: Path, make_recording: Make
) -> None:
    file = make_recording(tmp_path / "a.wav")
    study.bridge.run(verbs.link_recording, document=stamped.id, file=file)
    assert recordings.of_document(study.bridge.project.connection, stamped.id) is not None
    study.bridge.undo()
    assert recordings.of_document(study.bridge.project.connection, stamped.id) is None


@pytest.mark.parametrize(
    ("error", "wanted"),
    [
        ("libpulse.so.0: cannot open shared object file", "sudo apt install libpulse0"),
        ("libfoo-2.so.1: cannot open shared object file", "library libfoo-2.so.1"),
        ("undefined symbol: x", "anew: it does not load here"),
    ],
)
def test_a_library_of_the_system_that_is_missing_is_named(
    lacks_library: Callable[[str], None], room: CodingWorkspace, linked: Path, study: Context,
    qtbot: QtBot, error: str, wanted: str,
) -> None:  # fmt: skip
    del linked
    lacks_library(error)
    assert media.why_not() == "", "nothing is known before it is loaded"
    with qtbot.waitSignal(study.bridge.told, timeout=15_000) as told:
        room.sound.listening.toggle()
    assert told.args is not None
    assert wanted in told.args[0]
    assert room.player_bar.sentence() == told.args[0]
    assert not room.player_bar.play_button.isVisible()
