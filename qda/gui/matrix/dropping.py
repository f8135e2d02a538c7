"""Quotes and selected words dropped on a cell, or on the pane that shows one, as its evidence."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt, Signal
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QRubberBand

from qda.gui.matrix.judging_pane import JudgingPane
from qda.gui.matrix.model import Target
from qda.gui.matrix.table import MatrixTable
from qda.gui.widgets.roles import SELECTION_MIME
from qda.gui.widgets.thing_mime import thing_of
from qda.model.matrix import JUDGED_KINDS

_MOVED = (QEvent.Type.DragEnter, QEvent.Type.DragMove)


class QuoteDrops(QObject):
    """Take in quotes that are dragged to where cells are written in."""

    quote_dropped = Signal(object, int)
    """A quote was dropped.

    Parameters: the cell's `Target`, None for the one that the pane shows; the coding's id.
    """
    passage_dropped = Signal(object)
    """Words were dropped that are selected in the transcript alongside.

    Parameters: the cell's `Target`, None for the one that the pane shows.
    """

    def __init__(self, table: MatrixTable, pane: JudgingPane, parent: QObject) -> None:
        """Watch the cells of `table`, and `pane`."""
        super().__init__(parent)
        self._table = table
        self._pane = pane
        self._frame = QRubberBand(QRubberBand.Shape.Rectangle, table.viewport())
        self.writable = False
        """Whether anything may be changed."""
        for place in (table.viewport(), pane, pane.text.viewport()):
            place.setAcceptDrops(True)
            place.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Show where a quote would fall, and tell where it fell."""
        kind = event.type()
        if kind == QEvent.Type.DragLeave:
            self._frame.hide()
            return False
        if kind not in (*_MOVED, QEvent.Type.Drop) or not isinstance(event, QDropEvent):
            return False
        thing = thing_of(event.mimeData())
        words = event.mimeData().hasFormat(SELECTION_MIME)
        if not words and (thing is None or thing[0] != "coding"):
            return self._pass_on(watched, event)
        target = self._target(watched, event)
        taken = self.writable and (target is not None or watched is not self._table.viewport())
        if taken:
            event.setDropAction(Qt.DropAction.CopyAction)
            event.accept()
        else:
            event.ignore()
        self._show_frame(target if taken and kind in _MOVED else None)
        if taken and kind == QEvent.Type.Drop:
            if thing is None:
                self.passage_dropped.emit(target)
            else:
                self.quote_dropped.emit(target, thing[1])
        return True

    def _pass_on(self, watched: QObject, event: QDropEvent) -> bool:
        """Let the window have what else is dropped, such as files, which it takes everywhere."""
        if watched is self._pane.text.viewport():
            return False
        QCoreApplication.sendEvent(self._table.window(), event)
        return True

    def _target(self, watched: QObject, event: QDropEvent) -> Target | None:
        """Return the cell under the mouse that can be written in."""
        model = self._table.matrix_model
        if watched is not self._table.viewport() or model.matrix is None:
            return None
        index = self._table.indexAt(event.position().toPoint())
        if not index.isValid() or model.matrix.spec.cells not in JUDGED_KINDS:
            return None
        target = model.target(index.row(), index.column())
        return None if target.row is None or target.column is None else target

    def _show_frame(self, target: Target | None) -> None:
        if target is None:
            self._frame.hide()
            return
        model = self._table.matrix_model
        index = model.index(*model.place(target))
        self._frame.setGeometry(self._table.visualRect(index))
        self._frame.show()
