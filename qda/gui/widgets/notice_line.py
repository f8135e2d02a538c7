"""A quiet line that says what was done, offers to undo it, and goes away by itself."""

from PySide6.QtCore import QEvent, QObject, QPropertyAnimation, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QGraphicsOpacityEffect,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QWidget,
)

from qda.gui.theme import Theme

_STAYS_MS = 9000
_FADES_MS = 400


class NoticeLine(QWidget):
    """One sentence with an undo link; hidden while there is nothing to say."""

    undo_wanted = Signal()
    """The user wants what the line tells of undone."""
    dismissed = Signal()
    """The line went away."""

    def __init__(
        self,
        theme: Theme,
        *,
        undo_text: str,
        stays_ms: int = _STAYS_MS,
        parent: QWidget | None = None,
    ) -> None:
        """Make a hidden line; `undo_text` is the word on the link."""
        super().__init__(parent)
        self._theme = theme
        self._text = QLabel(self)
        self._undo = QPushButton(undo_text, self)
        self._undo.setProperty("kind", "link")
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._text)
        self._layout.addWidget(self._undo)
        self._layout.addStretch(1)
        self._effect = QGraphicsOpacityEffect(self)
        self._effect.setEnabled(False)
        self.setGraphicsEffect(self._effect)
        self._fade = QPropertyAnimation(self._effect, b"opacity", self)
        self._fade.setDuration(_FADES_MS)
        self._fade.setStartValue(1.0)
        self._fade.setEndValue(0.0)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(stays_ms)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_theme(theme)
        self.hide()
        self._undo.installEventFilter(self)
        self._undo.clicked.connect(self._on_undo_clicked)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._fade.finished.connect(self.dismiss)

    def show_notice(self, text: str, *, undoable: bool = True) -> None:
        """Say `text`, with the undo link where that applies, for some seconds.

        The line stays as long as the mouse or the keyboard is on it.
        """
        self._stop_fading()
        self._text.setText(text)
        self.setAccessibleName(text)
        self._undo.setVisible(undoable)
        self.show()
        self._timer.start()

    def text(self) -> str:
        """Return what the line says."""
        return self._text.text()

    def dismiss(self) -> None:
        """Go away now."""
        was_shown = not self.isHidden()
        self._timer.stop()
        self._stop_fading()
        self.hide()
        if was_shown:
            self.dismissed.emit()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self._layout.setContentsMargins(theme.px(16), theme.px(4), theme.px(16), theme.px(4))
        self._layout.setSpacing(theme.px(8))
        self.update()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay for a keyboard that comes while the line is going."""
        if event.type() == QEvent.Type.FocusIn and watched is self._undo:
            self._stay()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Stay for a mouse that comes while the line is going."""
        self._stay()
        super().enterEvent(event)

    def _stay(self) -> None:
        if self._fade.state() == QPropertyAnimation.State.Running:
            self._stop_fading()
            self._timer.start()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the ground and the line above."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.selection))

    def _on_undo_clicked(self) -> None:
        self.dismiss()
        self.undo_wanted.emit()

    def _on_timer_timeout(self) -> None:
        if self._undo.hasFocus() or self.underMouse():
            self._timer.start()
        elif self._theme.reduced_motion or not self.isVisible():
            self.dismiss()
        else:
            self._effect.setEnabled(True)
            self._fade.start()

    def _stop_fading(self) -> None:
        self._fade.stop()
        self._effect.setEnabled(False)
        self._effect.setOpacity(1.0)
