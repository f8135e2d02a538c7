"""Start the window."""

import logging
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from qda.app import paths
from qda.app.settings import Settings
from qda.gui.application import Application


def run(path: Path | None = None) -> int:
    """Open a project, the last one, or the welcome page; return the exit status."""
    _log_to_file()
    existing = QApplication.instance()
    app = existing if isinstance(existing, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("qda")
    app.setApplicationDisplayName("qda")
    app.setQuitOnLastWindowClosed(False)
    application = Application(app, Settings())
    wanted = path or next(iter(application.settings.recent_projects()), None)
    if wanted is None or not application.open(wanted):
        application.show_welcome()
    return app.exec()


def _log_to_file() -> None:
    """Keep a log of places in the program, never of texts or names from a project."""
    folder = paths.log_dir()
    try:
        folder.mkdir(parents=True, exist_ok=True)
        logging.basicConfig(
            filename=folder / "qda.log",
            level=logging.WARNING,
            format="%(asctime)s %(name)s %(levelname)s %(message)s",
        )
    except OSError:
        logging.basicConfig(level=logging.WARNING)
