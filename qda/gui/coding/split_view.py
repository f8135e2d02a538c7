"""One transcript, or two: side by side, above one another where there is no room for that."""

from collections.abc import Collection, Mapping
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from qda.app.settings import Settings
from qda.gui.coding.document_pane import DocumentPane
from qda.gui.coding.open_document import OpenDocument
from qda.gui.theme import Theme

Side = Literal["left", "right", "above", "below"]
KEPT = "coding.split"
SIDE_BY_SIDE = 760
"""Pixels at 100 % from which two transcripts stand side by side."""


class SplitView(QSplitter):
    """Hold the panes; the second is made when it is first wanted."""

    pane_made = Signal(object)
    """A pane was made.

    Parameters: the `DocumentPane`.
    """
    pane_taken = Signal()
    """The user works in another pane from now on."""
    close_wanted = Signal(object)
    """The user wants a pane away.

    Parameters: the `DocumentPane`.
    """
    turned = Signal()
    """The panes stand otherwise now: side by side, or above one another."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin with one pane."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._share = 0.5
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self._panes: list[DocumentPane] = []
        self._spare: DocumentPane | None = None
        self.current = self._make()
        self.splitterMoved.connect(self._on_splitter_moved)

    def _make(self) -> DocumentPane:
        pane = DocumentPane(self._theme, self)
        pane.setMinimumSize(self._theme.px(160), self._theme.px(96))
        self._panes.append(pane)
        self.addWidget(pane)
        pane.taken.connect(self._on_pane_taken)
        pane.close_wanted.connect(self._on_pane_close_wanted)
        return pane

    def panes(self) -> tuple[DocumentPane, ...]:
        """Return the panes in sight, in their order."""
        return tuple(self._panes)

    @property
    def is_split(self) -> bool:
        """Tell whether two transcripts are in sight."""
        return len(self._panes) > 1

    def other(self) -> DocumentPane | None:
        """Return the pane that the user does not work in."""
        return next((pane for pane in self._panes if pane is not self.current), None)

    def open_second(self) -> DocumentPane:
        """Return the other pane; a second one is put behind the first where there is none."""
        found = self.other()
        if found is not None:
            return found
        pane, self._spare = self._spare, None
        if pane is None:
            pane = self._make()
            self.pane_made.emit(pane)
        else:
            self._panes.append(pane)
            self.addWidget(pane)
        pane.view.set_zoom(self.current.view.zoom())
        pane.view.set_columns(self.current.view.columns())
        pane.show()
        self._turn()
        self._share_out()
        return pane

    def close_pane(self, pane: DocumentPane) -> None:
        """Take a pane away and work in the one that is left; the last one stays."""
        if not self.is_split:
            return
        self._panes.remove(pane)
        pane.hide()
        pane.open = None
        self._spare = pane
        if self.current is pane:
            self.take(self._panes[0])

    def take(self, pane: DocumentPane) -> None:
        """Work in a pane from now on."""
        if pane is not self.current and pane in self._panes:
            self.current = pane
            self.pane_taken.emit()

    def documents(self) -> Mapping[OpenDocument, Collection[DocumentPane]]:
        """Return what is open and in which panes: twice the same source is read once."""
        found: dict[OpenDocument, list[DocumentPane]] = {}
        for pane in self._panes:
            if pane.open is not None:
                found.setdefault(pane.open, []).append(pane)
        return found

    def side_of(self, pane: DocumentPane) -> Side | None:
        """Return where a pane stands, None where it is alone."""
        if not self.is_split:
            return None
        first = pane is self._panes[0]
        if self.orientation() == Qt.Orientation.Horizontal:
            return "left" if first else "right"
        return "above" if first else "below"

    def set_theme(self, theme: Theme) -> None:
        """Measure by `theme` from now on."""
        self._theme = theme
        self._turn()

    def restore(self, settings: Settings) -> None:
        """Share the room out as the last time."""
        self._share = min(0.9, max(0.1, settings.number(KEPT, 0.5)))

    def keep(self, settings: Settings) -> None:
        """Keep how the room is shared out."""
        settings.set(KEPT, round(self._share, 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the panes where the room asks for it, and share it out as before."""
        self._turn()
        super().resizeEvent(event)
        self._share_out()

    def _turn(self) -> None:
        wide = self.width() >= self._theme.px(SIDE_BY_SIDE)
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.orientation() != wanted:
            self.setOrientation(wanted)
            self.turned.emit()

    def _share_out(self) -> None:
        if not self.is_split:
            return
        wide = self.orientation() == Qt.Orientation.Horizontal
        room = (self.width() if wide else self.height()) - self.handleWidth()
        first = round(room * self._share)
        self.setSizes([first if pane is self._panes[0] else room - first for pane in self._shown()])

    def _shown(self) -> list[DocumentPane]:
        held = [self.widget(place) for place in range(self.count())]
        return [pane for pane in held if isinstance(pane, DocumentPane) and pane in self._panes]

    def _on_splitter_moved(self) -> None:
        sizes = [size for size in self.sizes() if size]
        if len(sizes) > 1:
            self._share = sizes[0] / sum(sizes)

    def _on_pane_taken(self) -> None:
        pane = self.sender()
        if isinstance(pane, DocumentPane):
            self.take(pane)

    def _on_pane_close_wanted(self) -> None:
        pane = self.sender()
        if isinstance(pane, DocumentPane):
            self.close_wanted.emit(pane)
