"""Recordings, and the real player where Qt's part for it is installed."""

from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest
from pytestqt.qtbot import QtBot

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.player import media
from qda.gui.player.player import Player
from qda.model.entities import Document
from qda.operations import recordings

STAMPED = """\
[00:00:00] Intervjuer: Hva gjør dere på mandager?
[00:00:02] Veileder: Da står vi foran tavla og teller planer. Klokka ni, hver gang.
Intervjuer: Hva teller dere?
[00:00:06] Veileder: Hvor mange som er godkjent. Ikke hvor mange som kom i jobb.
[00:00:09] Intervjuer: Takk for det.
"""


@pytest.fixture(scope="session")
def multimedia() -> ModuleType:
    """Qt's part for sound, which only some machines have."""
    loaded = media.load()
    if isinstance(loaded, ImportError):
        pytest.skip(f"recordings cannot be played here: {loaded}")
    return loaded


@pytest.fixture
def player(multimedia: ModuleType, qtbot: QtBot) -> Iterator[Player]:
    """A player without a recording."""
    made = Player(multimedia)
    yield made
    made.unload()
    made.deleteLater()
    qtbot.wait(0)


@pytest.fixture
def stamped(study: Context, tmp_path: Path) -> Document:
    """A source whose turns have times, all but the third."""
    from qda.formats.readers import read_file
    from qda.operations import documents as document_verbs

    path = tmp_path / "Med tid.txt"
    path.write_text(STAMPED, encoding="utf-8")
    session = study.bridge.session
    made = session.run(document_verbs.import_documents, coder=session.coder, read=[read_file(path)])
    return made.value[0].document


@pytest.fixture
def linked(
    study: Context, stamped: Document, tmp_path: Path, make_recording: Callable[..., Path]
) -> Path:
    """The recording that is linked to that source: twelve seconds."""
    file = make_recording(tmp_path / "lyd" / "med tid.wav", 12.0)
    session = study.bridge.session
    session.run(recordings.link_recording, coder=session.coder, document=stamped.id, file=file)
    return file


@pytest.fixture
def room(study: Context, stamped: Document, qtbot: QtBot) -> CodingWorkspace:
    """The coding room in a window, with that source open."""
    window = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(window)
    window.resize(1280, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.start("coding")
    found = window.workspace_called("coding")
    assert isinstance(found, CodingWorkspace)
    found.open_document(stamped.id)
    found.view.setFocus()
    return found
