"""Start-up: the first window pays for nothing that is wanted later."""

import builtins
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.sources.detail_pane import NOTES, PARTICIPANTS, TURNS
from qda.gui.sources.turns_panel import TurnsPanel
from qda.gui.sources.workspace import SourcesWorkspace
from qda.gui.workspaces import make_workspaces

HEAVY = (
    "pandas", "numpy", "sqlite_utils", "openpyxl", "docx", "lxml", "pypdfium2", "xlsxwriter",
    "spacy", "simplemma", "rich", "tomlkit", "babel", "socket", "ssl",
)  # fmt: skip
SCRIPT = """
import sys
from pathlib import Path
from PySide6.QtWidgets import QApplication
from qda.app.settings import Settings
from qda.gui.application import Application
app = QApplication(["qda"])
application = Application(app, Settings(Path(sys.argv[1]) / "settings.json"))
application.open(Path(sys.argv[1]) / "p.qdaproj")
assert application.window is not None and application.window.isVisible()
print(",".join(name for name in sys.argv[2].split(",") if name in sys.modules))
application.close_project()
"""


@pytest.mark.parametrize("workspace", ["sources", "coding"])
def test_the_first_window_loads_no_heavy_library(
    context: Context, tmp_path: Path, workspace: str
) -> None:
    session = context.bridge.session
    path = tmp_path / "p.qdaproj"
    path.write_bytes(session.project.path.read_bytes())
    wal = session.project.path.with_name(session.project.path.name + "-wal")
    path.with_name(path.name + "-wal").write_bytes(wal.read_bytes())
    (tmp_path / "settings.json").write_text(f'{{"workspace": "{workspace}"}}', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT, str(tmp_path), ",".join(HEAVY)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == ""


def test_other_workspaces_are_built_when_there_is_time(qtbot: QtBot, study: Context) -> None:
    window = MainWindow(study, make_workspaces(study))
    qtbot.addWidget(window)
    window.show()
    window.start("coding")
    built = window._workspaces  # noqa: SLF001
    assert list(built) == ["coding"]
    assert not window._idle.isActive()  # noqa: SLF001 - the window is painted first
    qtbot.waitUntil(lambda: len(built) == len(window.workspace_keys()), timeout=20_000)
    assert window.workspace.key == "coding"


def test_qt_does_not_read_the_source_of_every_module() -> None:
    # Should Qt call it otherwise one day, this no longer says anything: then look at it again.
    assert hasattr(builtins, "__feature_import__")
    assert builtins.__import__ is not vars(builtins)["__feature_import__"]


def test_panels_that_are_not_in_front_wait_until_they_are_wanted(
    qtbot: QtBot, study: Context
) -> None:
    window = MainWindow(study, make_workspaces(study))
    qtbot.addWidget(window)
    window.show()
    window.start("sources")
    workspace = window.workspace
    assert isinstance(workspace, SourcesWorkspace)
    detail = workspace.detail
    assert not detail.findChildren(TurnsPanel)
    detail.tabs.setCurrentIndex(TURNS)
    assert detail.turns.isVisible()
    detail.tabs.setCurrentIndex(NOTES)
    assert detail.notes.isVisible()
    assert not detail.turns.isVisible()
    detail.tabs.setCurrentIndex(PARTICIPANTS)
    assert detail.participants.isVisible()
