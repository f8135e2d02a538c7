"""One transcript, or two: side by side, above one another where there is no room for that."""

from collections.abc import Collection, Mapping
from typing import Literal

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from qda.app.settings import Settings
from qda.gui.coding.document_pane import DocumentPane
from qda.gui.theme import Theme
from qda.gui.transcripts.open_document import OpenDocument
from qda.gui.widgets.turning_splitter import TurningSplitter

Side = Literal["left", "right", "above", "below"]
KEPT = "coding.split"
SIDE_BY_SIDE = 760
"""Pixels at 100 % from which two transcripts stand side by side."""


class SplitView(TurningSplitter):
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

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Begin with one pane."""
        super().__init__(theme, SIDE_BY_SIDE, parent)
        self._panes: list[DocumentPane] = []
        self._spare: DocumentPane | None = None
        self.current = self._make()

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
        self.turn()
        self.share_out()
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

    def restore(self, settings: Settings) -> None:
        """Share the room out as the last time."""
        self.set_share(settings.number(KEPT, 0.5))

    def keep(self, settings: Settings) -> None:
        """Keep how the room is shared out."""
        settings.set(KEPT, round(self.share(), 3))

    def _on_pane_taken(self) -> None:
        pane = self.sender()
        if isinstance(pane, DocumentPane):
            self.take(pane)

    def _on_pane_close_wanted(self) -> None:
        pane = self.sender()
        if isinstance(pane, DocumentPane):
            self.close_wanted.emit(pane)
