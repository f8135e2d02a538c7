"""The line at the bottom: what is where, what runs, that all is saved."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QSizePolicy, QToolButton, QWidget

from qda.gui import fonts, icons
from qda.gui.theme import Theme
from qda.gui.widgets.progress import show_progress

_HEIGHT = 28
_WHOLE = 120
"""Pixels up to which words are never cut."""


class _Words(QLabel):
    """A few words, with an ellipsis where there is no room for all of them."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self.theme = theme
        self.setProperty("kind", "muted")
        self.setTextFormat(Qt.TextFormat.PlainText)

    def minimumSizeHint(self) -> QSize:
        """Return room for some of the words, or for all where they are few."""
        wanted = super().minimumSizeHint()
        return QSize(min(wanted.width(), self.theme.px(_WHOLE)), wanted.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tell all of it to the mouse where it is cut."""
        super().resizeEvent(event)
        self._tell()

    def say(self, text: str) -> None:
        """Show a text."""
        self.setText(text)
        self._tell()

    def _tell(self) -> None:
        cut = fonts.width_of(self.text(), self.font()) > self.width()
        self.setToolTip(self.text() if cut else "")

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint what fits."""
        painter = QPainter(self)
        painter.setPen(QColor(self.theme.muted_tinted))
        words = fonts.elided(self.text(), self.font(), self.width())
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignVCenter, words)


class StatusLine(QWidget):
    """Texts at the left, a progress line while something runs, a word at the right."""

    cancel_wanted = Signal()
    """The user wants what runs to stop."""

    def __init__(self, theme: Theme, *, cancel_text: str, parent: QWidget | None = None) -> None:
        """Make an empty line; `cancel_text` names the cancel button."""
        super().__init__(parent)
        self._theme = theme
        self._labels: list[_Words] = []
        self._last = (0, 0, "")
        self._left = QHBoxLayout()
        self._what = QLabel(self)
        self._bar = QProgressBar(self)
        self._bar.setTextVisible(False)
        self._cancel = QToolButton(self)
        self._cancel.setAccessibleName(cancel_text)
        self._cancel.setToolTip(cancel_text)
        self._saved = QLabel(self)
        self._layout = QHBoxLayout(self)
        self._layout.addLayout(self._left)
        self._layout.addStretch(1)
        for widget in (self._what, self._bar, self._cancel, self._saved):
            widget.setProperty("kind", "muted")
            self._layout.addWidget(widget)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_theme(theme)
        self.end_progress()
        self._cancel.clicked.connect(self.cancel_wanted)

    def set_texts(self, texts: Sequence[str]) -> None:
        """Show `texts` from the left."""
        while len(self._labels) < len(texts):
            label = _Words(self._theme, self)
            self._labels.append(label)
            self._left.addWidget(label)
        for place, label in enumerate(self._labels):
            label.say(texts[place] if place < len(texts) else "")
            label.setVisible(place < len(texts))

    def texts(self) -> tuple[str, ...]:
        """Return the texts at the left as shown."""
        return tuple(label.text() for label in self._labels if label.text())

    def set_saved(self, text: str) -> None:
        """Show the word at the right."""
        self._saved.setText(text)

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """Show how far something is: `done` of `total` steps, or just that it runs when 0."""
        self._last = (done, total, text)
        for widget in (self._what, self._bar, self._cancel):
            widget.setVisible(True)
        self._what.setText(text)
        # Else the words have the room of those before them until Qt gets round to it.
        self._layout.activate()
        self._bar.setAccessibleName(text)
        if total <= 0 and self._theme.reduced_motion:
            done, total = 0, 1
        show_progress(self._bar, done, total)

    def end_progress(self) -> None:
        """Show that nothing runs."""
        for widget in (self._what, self._bar, self._cancel):
            widget.setVisible(False)
        # A hidden busy bar would go on moving.
        self._bar.setRange(0, 1)

    def resume_progress(self) -> None:
        """Show again what was shown last: the same work goes on."""
        self.set_progress(*self._last)

    def in_progress(self) -> bool:
        """Tell whether something is shown as running."""
        return not self._bar.isHidden()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        for label in self._labels:
            label.theme = theme
        self._layout.setContentsMargins(theme.px(16), 1, theme.px(16), 0)
        self._layout.setSpacing(theme.px(12))
        self._left.setSpacing(theme.px(20))
        self._bar.setFixedWidth(theme.px(160))
        side = theme.px(12)
        self._cancel.setIcon(icons.icon("close", theme.muted_tinted, side))
        self._cancel.setIconSize(QSize(side, side))
        self._cancel.setFixedHeight(theme.px(22))
        self.setFixedHeight(theme.px(_HEIGHT))
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the ground and the line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.ground))
        painter.fillRect(0, 0, self.width(), 1, QColor(self._theme.line))
