"""A few muted words beside a speaker's name: what a turn asks, say."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.gui.widgets.paint import ALIGN_LEFT
from qda.gui.widgets.transcript.data import TurnView
from qda.gui.widgets.transcript.geometry import TextGeometry

_SIZE = 11
_GAP = 10


class TurnNotes:
    """Notes by the number of their turn; each has the room that its speaker's name leaves."""

    def __init__(self) -> None:
        """Begin without notes."""
        self._notes: Mapping[int, str] = {}
        self._fitted: dict[tuple[int, int, float], str] = {}

    def set(self, notes: Mapping[int, str]) -> bool:
        """Show other notes; tell whether they are others."""
        if notes == self._notes:
            return False
        self._notes = dict(notes)
        self._fitted.clear()
        return True

    def of(self, turn: TurnView | None) -> str:
        """Return the note of a turn, empty for none."""
        return self.of_number(turn.number) if turn is not None else ""

    def of_number(self, number: int) -> str:
        """Return the note of the turn with a number, empty for none."""
        return self._notes.get(number, "")

    def paint(
        self,
        painter: QPainter,
        geometry: TextGeometry,
        names: Mapping[int, TurnView],
        theme: Theme,
        factor: float,
        right: float,
    ) -> None:
        """Paint the notes in sight up to `right`; `names` are turns by where their name's line is.

        `factor` is the size of the text against 100 %.
        """
        if not self._notes:
            return
        font = fonts.interface_font(factor, _SIZE)
        painter.setFont(font)
        painter.setPen(QColor(theme.muted))
        height = theme.px(24) * max(1.0, factor / theme.scale)
        for box in geometry.lines:
            turn = names.get(box.block) if box.first else None
            note = self.of(turn)
            if turn is None or not note:
                continue
            left = round(box.left + box.line.naturalTextWidth() + theme.px(_GAP))
            room = right - left
            if room < theme.px(60):
                continue
            key = (turn.number, int(room), factor)
            if key not in self._fitted:
                self._fitted[key] = fonts.elided(note, font, room)
            # Letters of both stand on one line, whatever their sizes.
            top = round(box.baseline - height / 2 - font.pixelSize() * 0.36)
            painter.drawText(QRectF(left, top, room, height), ALIGN_LEFT, self._fitted[key])
