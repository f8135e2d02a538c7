"""Files that are dragged onto the window."""

from pathlib import Path

from PySide6.QtCore import QEvent, QMimeData, QObject, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from qda.gui.project_drop import dropped_files, single_project


def dropped_paths(data: QMimeData) -> list[Path]:
    """Return the files and folders that are dragged, without what is not on this machine."""
    return dropped_files(data)


def _files(data: QMimeData) -> list[Path]:
    """Return what can be imported: a single project is opened instead, by the window."""
    paths = dropped_paths(data)
    return [] if single_project(paths) is not None else paths


class DropWatch(QObject):
    """Take files that are dropped anywhere on a window, where no view has a use for them."""

    dropped = Signal(list)
    """Files were dropped.

    Parameters: their paths.
    """

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        """Watch `window`."""
        super().__init__(parent)
        self._window = window
        self.enabled = True
        window.setAcceptDrops(True)
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Accept files, leave everything else."""
        if watched is not self._window or not self.enabled:
            return False
        # A drop event is no subclass of drag-enter, but both are drag moves or drops.
        if isinstance(event, QDragEnterEvent | QDragMoveEvent):
            if _files(event.mimeData()):
                event.acceptProposedAction()
                return True
        elif isinstance(event, QDropEvent):
            paths = _files(event.mimeData())
            if paths:
                event.acceptProposedAction()
                self.dropped.emit(paths)
                return True
        return False
