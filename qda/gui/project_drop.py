"""A project that is dropped on a window: it is opened, where other files are imported."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from qda.store.project_file import ENDING

PEER_ENDINGS = (".qdpx", ".qde", ".qda", ".sqlite3", ".rqda")
"""The endings of projects of other programs; a zip may be anything, so it is no sign of one."""


def dropped_files(data: QMimeData) -> list[Path]:
    """Return the files and folders that are dragged, without what is not on this machine."""
    if not data.hasUrls():
        return []
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]


def single_project(paths: Sequence[Path]) -> Path | None:
    """Return the one project among what is dragged, None where it is something else or more."""
    if len(paths) == 1 and paths[0].suffix.casefold() in (ENDING, *PEER_ENDINGS):
        return paths[0]
    return None


class ProjectDropWatch(QObject):
    """Take a single project that is dropped anywhere on a window; leave everything else."""

    dropped = Signal(object)
    """A project was dropped.

    Parameters: its path.
    """

    def __init__(self, window: QWidget) -> None:
        """Watch `window`."""
        super().__init__(window)
        self._window = window
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept a project, leave other files to those who import them."""
        if watched is not self._window:
            return False
        if isinstance(event, QDragEnterEvent | QDragMoveEvent | QDropEvent):
            path = single_project(dropped_files(event.mimeData()))
            if path is not None:
                event.acceptProposedAction()
                if event.type() == QEvent.Type.Drop:
                    self.dropped.emit(path)
                return True
        return False
