"""The line above a transcript that shows its recording: play, go, how fast, what is missing."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QMenu,
    QPushButton,
    QSizePolicy,
    QSlider,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts, icons
from qda.gui.commands import Command
from qda.gui.language import current_catalogue, tr
from qda.gui.player.listening import SKIP, Listening, fitted
from qda.gui.player.player import RATES
from qda.gui.theme import Theme
from qda.text.time_stamps import clock

STEP = 5_000
PAGE = 60_000
"""How far the arrow keys and the page keys go in the recording, in milliseconds."""


class PlayerBar(QFrame):
    """Show the recording of the text at hand; hidden while it has none."""

    def __init__(self, theme: Theme, listening: Listening, parent: QWidget | None = None) -> None:
        """Follow `listening`."""
        super().__init__(parent)
        self._theme = theme
        self._listening = listening
        self._buttons: list[tuple[QToolButton, str]] = []
        self._more: Sequence[Command] = ()
        self._keys: Mapping[str, str] = {}
        self.setProperty("kind", "ground")
        self.setAccessibleName(tr("Recording"))
        self._line = QHBoxLayout()
        self.play_button = self._button("play", tr("Play"), listening.toggle)
        self.back_button = self._button(
            "skip-back", tr("3 seconds back"), partial(listening.skip, -SKIP)
        )
        self.forward_button = self._button(
            "skip-forward", tr("3 seconds forward"), partial(listening.skip, SKIP)
        )
        self._now = QLabel(self)
        self.slider = QSlider(Qt.Orientation.Horizontal, self)
        self.slider.setSingleStep(STEP)
        self.slider.setPageStep(PAGE)
        self.slider.setMinimumWidth(theme.px(60))
        self.slider.installEventFilter(self)
        self._whole = QLabel(self)
        self.rate_button = QToolButton(self)
        self.rate_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.rate_button.setMenu(self._rate_menu())
        for widget in (self._now, self.slider, self._whole, self.rate_button):
            self._line.addWidget(widget, 1 if widget is self.slider else 0)
        self.more_button = self._button("more", tr("More about the recording"), self._show_more)
        self._sentence = QLabel(self)
        self._sentence.setWordWrap(True)
        self._sentence.setTextFormat(Qt.TextFormat.PlainText)
        self._sentence.setProperty("kind", "muted")
        self._sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._sentence.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.find_button = QPushButton(tr("Find it …"), self)
        self.find_button.setProperty("kind", "link")
        self._below = QHBoxLayout()
        self._below.addWidget(self._sentence, 1)
        self._below.addWidget(self.find_button)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._line)
        self._column.addLayout(self._below)
        self.set_theme(theme)
        self.refresh()
        self.slider.valueChanged.connect(self._on_slider_value_changed)
        self.find_button.clicked.connect(listening.ask_place)
        listening.changed.connect(self.refresh)
        listening.moved.connect(self._on_listening_moved)

    def _button(self, icon: str, text: str, run: Callable[[], None]) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(text)
        button.setAccessibleName(text)
        button.clicked.connect(run)
        self._buttons.append((button, icon))
        self._line.addWidget(button)
        return button

    def _rate_menu(self) -> QMenu:
        menu = QMenu(self)
        for rate in RATES:
            action = menu.addAction(rate_text(rate))
            action.triggered.connect(partial(self._listening.set_rate, rate))
        return menu

    def set_commands(self, more: Sequence[Command], keys: Mapping[str, str]) -> None:
        """Take what stands behind the last button, and the keys of the others as people read them.

        The keys are those of `sound.play`, `sound.back` and `sound.forward`.
        """
        self._more = more
        self._keys = dict(keys)
        self.refresh()

    # ------------------------------------------------------------------------------ showing

    def refresh(self) -> None:
        """Show what there is now."""
        listening = self._listening
        recording = listening.recording
        self.setVisible(recording is not None)
        if recording is None:
            return
        playing = listening.is_playing
        self._name(self.play_button, tr("Pause") if playing else tr("Play"), "sound.play")
        self._name(self.back_button, tr("3 seconds back"), "sound.back")
        self._name(self.forward_button, tr("3 seconds forward"), "sound.forward")
        self._buttons[0] = (self.play_button, "pause" if playing else "play")
        self._dress(*self._buttons[0])
        text = rate_text(listening.rate)
        self.rate_button.setText(text)
        spoken = tr("Speed: {rate}", rate=text)
        self.rate_button.setAccessibleName(spoken)
        self.rate_button.setToolTip(spoken)
        self.slider.blockSignals(True)
        self.slider.setRange(0, max(1, listening.duration))
        self.slider.blockSignals(False)
        self._whole.setText(clock(listening.duration) if listening.duration else "")
        problem = listening.problem()
        usable = not problem or listening.is_usable
        for widget in self._players():
            widget.setVisible(usable)
        self.more_button.setVisible(bool(self._more))
        self._sentence.setText(problem)
        self._sentence.setVisible(bool(problem))
        self.find_button.setVisible(listening.is_missing)
        self._show_position(listening.position)
        about = self._about()
        self.setToolTip(about)
        self.setAccessibleDescription(f"{about}. {problem}" if problem else about)

    def _players(self) -> tuple[QWidget, ...]:
        return (
            self.play_button, self.back_button, self.forward_button, self._now, self.slider,
            self._whole, self.rate_button,
        )  # fmt: skip

    def _about(self) -> str:
        """Say which recording it is, which turn is heard, and how it is fitted."""
        listening = self._listening
        recording = listening.recording
        if recording is None:
            return ""
        parts = [recording.name]
        if listening.turn is not None:
            turn = listening.turn
            parts.append(
                tr("turn {n}, {label}", n=turn.number, label=turn.label)
                if turn.label
                else tr("turn {n}", n=turn.number)
            )
        if recording.offset_ms:
            parts.append(fitted(recording.offset_ms))
        return " · ".join(parts)

    def sentence(self) -> str:
        """Return what the line says below the buttons."""
        return self._sentence.text()

    def times(self) -> tuple[str, str]:
        """Return where the recording is and how long it lasts, as shown."""
        return self._now.text(), self._whole.text()

    def _name(self, button: QToolButton, text: str, command: str) -> None:
        keys = self._keys.get(command, "")
        button.setAccessibleName(text)
        button.setToolTip(f"{text} ({keys})" if keys else text)

    def _show_position(self, position: int) -> None:
        self.slider.blockSignals(True)
        self.slider.setValue(min(position, self.slider.maximum()))
        self.slider.blockSignals(False)
        said = clock(position)
        self._now.setText(said)
        # Named once and not at each step, which a screen reader would read out over the voice.
        self.slider.setAccessibleName(tr("Place in the recording"))
        self.slider.setAccessibleDescription(said)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        self._theme = theme
        for button, icon in self._buttons:
            self._dress(button, icon)
        numbers = fonts.tabular(fonts.interface_font(theme.scale))
        for label in (self._now, self._whole):
            label.setFont(numbers)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setMinimumWidth(fonts.width_of("0:00:00", numbers))
        self.rate_button.setFont(numbers)
        self.rate_button.setMinimumWidth(fonts.width_of("1,75×", numbers) + theme.px(16))
        side = theme.px(12)
        self._column.setContentsMargins(side, theme.px(4), side, theme.px(6))
        self._column.setSpacing(theme.px(2))
        self._line.setSpacing(theme.px(4))

    def _dress(self, button: QToolButton, icon: str) -> None:
        side = self._theme.px(18)
        button.setIcon(icons.icon(icon, self._theme.ink, side, self._theme.line))
        button.setIconSize(QSize(side, side))

    # --------------------------------------------------------------------------- what happens

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Play and pause with the space bar on the slider too."""
        if (
            watched is self.slider
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() == Qt.Key.Key_Space
        ):
            self._listening.toggle()
            return True
        return super().eventFilter(watched, event)

    def _on_slider_value_changed(self, position: int) -> None:
        self._now.setText(clock(position))
        self._listening.seek(position)

    def _on_listening_moved(self, position: int) -> None:
        if not self.slider.isSliderDown():
            self._show_position(position)

    def _show_more(self) -> None:
        menu = QMenu(self)
        menu.addSection(self._about())
        for command in self._more:
            if command.separator_before:
                menu.addSeparator()
            action = menu.addAction(command.title)
            action.setEnabled(command.enabled())
            action.triggered.connect(command.run)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self.more_button.mapToGlobal(QPoint(0, self.more_button.height())))


def rate_text(rate: float) -> str:
    """Return a speed as people read it, such as 0,8×."""
    return current_catalogue().format_number(rate) + "×"
