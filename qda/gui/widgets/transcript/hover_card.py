"""A card that tells of the coding under the mouse."""

from html import escape

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QFrame, QLabel, QVBoxLayout, QWidget

from qda.gui.colors import code_color
from qda.gui.theme import Theme
from qda.gui.widgets.transcript.data import SegmentView


class HoverCard(QFrame):
    """Code, definition, stance, memo and coder of one or more codings."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Lie hidden over `parent`."""
        super().__init__(parent)
        self._over = parent
        self._theme = theme
        self.setProperty("kind", "card")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._label = QLabel(self)
        self._label.setTextFormat(Qt.TextFormat.RichText)
        self._label.setWordWrap(True)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._label)
        self.set_theme(theme)
        self.hide()

    def show_segments(self, segments: list[SegmentView], place: QPoint) -> None:
        """Tell of `segments` near `place` (in the parent's coordinates), kept inside it."""
        self._label.setText("<hr>".join(self._told(segment) for segment in segments[:4]))
        width = min(self._theme.px(320), self._over.width() - 16)
        margins = self._layout.contentsMargins()
        inner = width - margins.left() - margins.right() - 2 * self.frameWidth() - 2
        self._label.setFixedWidth(inner)
        height = self._label.heightForWidth(inner) + margins.top() + margins.bottom() + 6
        box = QRect(place.x() + 12, place.y() + 18, width, height)
        inside = self._over.rect().adjusted(4, 4, -4, -4)
        if box.bottom() > inside.bottom():
            box.moveBottom(place.y() - 12)
        box.moveRight(min(box.right(), inside.right()))
        box.moveTop(max(box.top(), inside.top()))
        self.setGeometry(box)
        self.show()
        self.raise_()

    def text(self) -> str:
        """Return what the card tells, as rich text."""
        return self._label.text()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(12)
        self._layout.setContentsMargins(side, theme.px(8), side, theme.px(8))

    def _told(self, segment: SegmentView) -> str:
        theme = self._theme
        quiet = f'<span style="color:{theme.muted_tinted}">'
        square = f'<span style="color:{code_color(segment.color, theme)}">■</span>'
        parts = [f'<p style="margin:2px 0">{square} <b>{escape(segment.title)}</b></p>']
        if segment.definition:
            parts.append(f'<p style="margin:2px 0">{escape(segment.definition)}</p>')
        if segment.memo:
            parts.append(f'<p style="margin:2px 0"><i>{escape(segment.memo)}</i></p>')
        small = " · ".join(escape(part) for part in (segment.stance, segment.coder) if part)
        if small:
            parts.append(f'<p style="margin:2px 0">{quiet}{small}</span></p>')
        return "".join(parts)
