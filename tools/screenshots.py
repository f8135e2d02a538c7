"""Take one picture of every workspace, in both languages and in light and dark.

Run as `python -m tools.screenshots [FOLDER]`; the pictures go to `build/screenshots`.
"""

import sys
import tempfile
from pathlib import Path

from PySide6.QtCore import QEventLoop, QTimer
from PySide6.QtWidgets import QApplication

from qda.app import demo
from qda.app.settings import Settings
from qda.gui.application import Application
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Place
from qda.model.ids import CodingId

SIZE = (1440, 900)
SETTLE = 400
"""Milliseconds for what loads after the first paint."""


def main() -> int:
    """Build the example study, open it, and photograph every workspace."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else Path("build/screenshots")
    target.mkdir(parents=True, exist_ok=True)
    app = QApplication(["qda"])
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        project = folder / demo.PROJECT
        demo.build_project(demo.example_study(), project).close()
        settings = Settings(folder / "settings.json")
        application = Application(app, settings)
        for language in ("nb", "en"):
            settings.set("language", language)
            application.change_language(language)
            for theme in ("light", "dark"):
                application.change_theme(theme)
                application.open(project)
                _photograph(application, target, f"{language}-{theme}")
        application.close_project()
    return 0


def _photograph(application: Application, target: Path, suffix: str) -> None:
    window = application.window
    assert window is not None
    window.resize(*SIZE)
    for key in window.workspace_keys():
        window.show_place(Place(key))
        workspace = window.workspace
        if isinstance(workspace, CodingWorkspace):
            workspace.step_document(1)
            for _ in range(3):
                workspace.view.next_segment()
            chosen = workspace.view.selected_segment()
            if chosen is not None:
                workspace.show_coding(CodingId(chosen))
        _settle()
        window.grab().save(str(target / f"{key}-{suffix}.png"))
    window.show_workspace("coding")
    window.open_palette()
    _settle()
    window.grab().save(str(target / f"palette-{suffix}.png"))
    window.palette_sheet.dismiss()


def _settle() -> None:
    loop = QEventLoop()
    QTimer.singleShot(SETTLE, loop.quit)
    loop.exec()


if __name__ == "__main__":
    sys.exit(main())
