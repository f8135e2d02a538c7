"""A few muted words beside a speaker's name: what a turn asks, say."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QStaticText

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.gui.widgets.transcript.data import TurnView
from qda.gui.widgets.transcript.geometry import TextGeometry

_SIZE = 11
_GAP = 10
_BETWEEN = " · "
_LEAST = 60
"""Pixels at 100 % below which a note is left out."""


class TurnNotes:
    """Notes by the number of their turn; each has the room that its speaker's name leaves."""

    def __init__(self) -> None:
        """Begin without notes."""
        self._notes: Mapping[int, tuple[str, ...]] = {}
        self._fitted: dict[tuple[int, int, float], QStaticText] = {}

    def set(self, notes: Mapping[int, Sequence[str]]) -> bool:
        """Show other notes, each in its parts; tell whether they are others."""
        kept = {number: tuple(parts) for number, parts in notes.items()}
        if kept == self._notes:
            return False
        self._notes = kept
        self._fitted.clear()
        return True

    def of(self, turn: TurnView | None) -> str:
        """Return the note of a turn, empty for none."""
        return self.of_number(turn.number) if turn is not None else ""

    def of_number(self, number: int) -> str:
        """Return the note of the turn with a number, empty for none."""
        return _BETWEEN.join(self._notes.get(number, ()))

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
        painter.setFont(fonts.interface_font(factor, _SIZE))
        painter.setPen(QColor(theme.muted))
        middle = fonts.TEXT_SIZE * 0.2 * factor
        for box in geometry.lines:
            turn = names.get(box.block) if box.first else None
            note = self.of(turn)
            if turn is None or not note:
                continue
            left = round(box.left + box.line.naturalTextWidth() + theme.px(_GAP))
            room = int(right - left)
            if room < theme.px(_LEAST):
                continue
            fitted = self._fit(painter, (turn.number, room, factor))
            # The middle of its letters stands where that of the name's letters does.
            top = box.baseline - middle - fitted.size().height() / 2
            painter.drawStaticText(QPointF(left, round(top)), fitted)

    def _fit(self, painter: QPainter, place: tuple[int, int, float]) -> QStaticText:
        """Return a note as it is laid out for its place: that takes longer than painting it."""
        found = self._fitted.get(place)
        if found is None:
            font = painter.font()
            words = elided(self._notes[place[0]], font, place[1])
            found = self._fitted[place] = QStaticText(words)
            found.setTextFormat(Qt.TextFormat.PlainText)
            found.prepare(painter.transform(), font)
        return found


def elided(parts: Sequence[str], font: QFont, room: int) -> str:
    """Return the parts of a note in one line, so that something of each can be read."""
    measure = QFontMetricsF(font)
    left = room - measure.horizontalAdvance(_BETWEEN) * (len(parts) - 1)
    shown: dict[int, str] = {}
    # What a short part leaves goes to the longer ones.
    for at in sorted(range(len(parts)), key=lambda at: measure.horizontalAdvance(parts[at])):
        shown[at] = fonts.elided(parts[at], font, int(left / (len(parts) - len(shown))))
        left -= measure.horizontalAdvance(shown[at])
    return _BETWEEN.join(shown[at] for at in range(len(parts)))
