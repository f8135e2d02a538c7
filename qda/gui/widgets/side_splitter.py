"""A splitter of a main part and one side pane that keeps its width while there is room for both."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget


class SideSplitter(QSplitter):
    """Give the side pane the width the user wants, and the rest to the main part.

    In a narrow window the main part keeps `share` of the room, at most `least` pixels.
    """

    def __init__(
        self, side: int, width: int, least: int, share: float, parent: QWidget | None = None
    ) -> None:
        """Expect two widgets; the pane is at the place `side` (0 or 1) and begins `width` wide.

        The main part never gets fewer than the smaller of `least` pixels and `share` of the room.
        """
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._side = side
        self._width = width
        self._least = least
        self._share = share
        self.setHandleWidth(1)
        self.splitterMoved.connect(self._on_splitter_moved)

    def side_width(self) -> int:
        """Return the width that the user wants for the pane, in pixels."""
        return self._width

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the room out anew."""
        super().resizeEvent(event)
        room = self.width()
        main = min(self._least, round(room * self._share))
        pane = max(0, min(self._width, room - main))
        sizes = [room - pane, pane] if self._side else [pane, room - pane]
        self.setSizes(sizes)

    def _on_splitter_moved(self) -> None:
        self._width = self.sizes()[self._side]
