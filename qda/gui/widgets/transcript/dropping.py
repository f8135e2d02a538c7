"""Codes dropped on a transcript."""

from PySide6.QtCore import QPointF, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QWidget

from qda.gui.theme import Theme
from qda.gui.widgets.code_tree import code_of
from qda.gui.widgets.transcript.selecting import turn_bounds
from qda.gui.widgets.transcript.view import TranscriptPane


class DropPane(TranscriptPane):
    """A transcript that codes can be dropped on."""

    code_dropped = Signal(int, int, int)
    """The user dropped a code on the text.

    Parameters: the code's identifier, start and end: the selection, else what the turn says.
    """

    def __init__(self, theme: Theme, name: str = "", parent: QWidget | None = None) -> None:
        """Show no text yet; `name` is what a screen reader calls the view."""
        super().__init__(theme, name, parent)
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take in codes and nothing else."""
        self._consider_drop(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show what would be coded."""
        self._consider_drop(event)

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show nothing any more."""
        self._drop_range = None
        self.viewport().update()
        event.accept()

    def dropEvent(self, event: QDropEvent) -> None:
        """Say what is to be coded."""
        code = code_of(event.mimeData())
        reached = self._reached_by_drop(event.position())
        self._drop_range = None
        self.viewport().update()
        if code is None or reached is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        self.code_dropped.emit(code, *reached)

    def _consider_drop(self, event: QDragMoveEvent) -> None:
        reached = self._reached_by_drop(event.position())
        if code_of(event.mimeData()) is None or reached is None:
            event.ignore()
            return
        event.setDropAction(Qt.DropAction.CopyAction)
        event.accept()
        if reached != self._drop_range:
            self._drop_range = reached
            self.viewport().update()

    def _reached_by_drop(self, place: QPointF) -> tuple[int, int] | None:
        chosen = self.selection()
        if chosen is not None:
            return chosen
        start, end = turn_bounds(self._source.text, self._turns, self._offset_near(place))
        return (start, end) if start < end else None
