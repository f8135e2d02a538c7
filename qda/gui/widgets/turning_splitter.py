"""A splitter whose parts stand side by side, or above one another where there is no room."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from qda.gui.theme import Theme


class TurningSplitter(QSplitter):
    """Share the room out among two parts, and keep the share however the window is."""

    turned = Signal()
    """The parts stand otherwise now: side by side, or above one another."""

    def __init__(self, theme: Theme, least: int, parent: QWidget | None = None) -> None:
        """Let the parts stand side by side from `least` pixels (at 100 %) on."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._least = least
        self._share = 0.5
        self.setHandleWidth(1)
        self.setChildrenCollapsible(False)
        self.splitterMoved.connect(self._on_splitter_moved)

    def parts(self) -> list[QWidget]:
        """Return the parts in sight, in their order."""
        held = (self.widget(place) for place in range(self.count()))
        return [part for part in held if part is not None and not part.isHidden()]

    def share(self) -> float:
        """Return how much of the room the first part has, 0.1 to 0.9."""
        return self._share

    def set_share(self, share: float) -> None:
        """Give the first part so much of the room."""
        self._share = min(0.9, max(0.1, share))
        self.share_out()

    def set_theme(self, theme: Theme) -> None:
        """Measure by `theme` from now on."""
        self._theme = theme
        self.turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Turn the parts where the room asks for it, and share it out as before."""
        self.turn()
        super().resizeEvent(event)
        self.share_out()

    def turn(self) -> None:
        """Let the parts stand as there is room."""
        wide = self.width() >= self._theme.px(self._least)
        wanted = Qt.Orientation.Horizontal if wide else Qt.Orientation.Vertical
        if self.orientation() != wanted:
            self.setOrientation(wanted)
            self.turned.emit()

    def share_out(self) -> None:
        """Share the room out anew among two parts."""
        parts = self.parts()
        if len(parts) != 2:
            return
        wide = self.orientation() == Qt.Orientation.Horizontal
        room = (self.width() if wide else self.height()) - self.handleWidth()
        first = round(room * self._share)
        shares = {id(parts[0]): first, id(parts[1]): room - first}
        held = (self.widget(place) for place in range(self.count()))
        self.setSizes([shares.get(id(part), 0) for part in held])

    def _on_splitter_moved(self) -> None:
        sizes = [size for size in self.sizes() if size]
        if len(sizes) > 1:
            self._share = min(0.9, max(0.1, sizes[0] / sum(sizes)))
