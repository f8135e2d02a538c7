"""The pane with the transcript that stands alongside the cells one writes in."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qda.gui.language import tr
from qda.gui.matrix.judging_pane import step_of
from qda.gui.theme import Theme
from qda.gui.widgets.labels import PaneHeader
from qda.gui.widgets.transcript import TranscriptView

_PINS = 120
"""Pixels at 100 % that the button for evidence may be narrowed to."""


class AlongsidePane(QFrame):
    """Read in one of the sources of a cell, and take evidence from it."""

    source_chosen = Signal(int)
    """The user chose another source.

    Parameters: its place in the list.
    """
    step_wanted = Signal(int)
    """The user wants to the next passage (1) or the one before (-1)."""
    pin_wanted = Signal()
    """The user wants what is selected as evidence, or no longer."""
    close_wanted = Signal()
    """The user wants the pane away."""
    move_wanted = Signal(int, int)
    """The user wants to read for another cell.

    Parameters: rows down; columns to the right.
    """
    left = Signal()
    """The user wants back to the table."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show no source yet."""
        super().__init__(parent)
        self.setProperty("kind", "paper")
        self._header = PaneHeader(theme, tr("Transcript"), "", self)
        self.previous = self._header.add_button(
            "chevron-up", tr("Previous segment of the cell (Shift+F3)")
        )
        self.next = self._header.add_button("chevron-down", tr("Next segment of the cell (F3)"))
        self.close_button = self._header.add_button("close", tr("Close the transcript alongside"))
        self.sources = QComboBox(self)
        self.sources.setAccessibleName(tr("Sources of the cell"))
        self.sources.setSizeAdjustPolicy(
            QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
        )
        self.sources.setMinimumContentsLength(8)
        self.view = TranscriptView(theme, tr("Transcript"), self)
        self.view.borders_move = False
        self.said = QLabel(self)
        self.said.setProperty("kind", "muted")
        self.said.setWordWrap(True)
        self.said.setTextFormat(Qt.TextFormat.PlainText)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.pin = QPushButton(self)
        self.pin.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._top = QHBoxLayout()
        self._top.addWidget(self.sources, 1)
        self._top.addWidget(self.pin)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._header)
        layout.addLayout(self._top)
        layout.addWidget(self.said, 1)
        layout.addWidget(self.view, 1)
        self._dress(theme)
        self.show_nothing(tr("Choose a cell to read what was said."))
        self.view.installEventFilter(self)
        self.previous.clicked.connect(self._on_previous_clicked)
        self.next.clicked.connect(self._on_next_clicked)
        self.close_button.clicked.connect(self.close_wanted)
        self.sources.activated.connect(self.source_chosen)
        self.pin.clicked.connect(self.pin_wanted)

    def show_nothing(self, said: str) -> None:
        """Say why no source is shown."""
        self.said.setText(said)
        self.said.show()
        for part in (self.view, self.sources, self.pin, self.previous, self.next):
            part.hide()
        self._header.set_right("")

    def show_sources(self, names: Sequence[str], place: int) -> None:
        """Offer the sources of the cell; the one at `place` is read."""
        self.said.hide()
        for part in (self.view, self.sources, self.pin, self.previous, self.next):
            part.show()
        if [self.sources.itemText(at) for at in range(self.sources.count())] != list(names):
            self.sources.clear()
            self.sources.addItems(list(names))
        self.sources.setCurrentIndex(place)
        self.sources.setToolTip(names[place])

    def name_source(self, name: str) -> None:
        """Let a screen reader say what is read."""
        spoken = tr("Transcript: {name}", name=name)
        if self.view.accessibleName() != spoken:
            self.view.setAccessibleName(spoken)

    def show_standing(self, standing: str, *, steps: bool) -> None:
        """Say which of the passages is at hand, and whether there are any to go to."""
        self._header.set_right(standing)
        self.previous.setEnabled(steps)
        self.next.setEnabled(steps)

    def standing(self) -> str:
        """Return what is said of the passage at hand."""
        return self._header.right()

    def show_pin(self, text: str, *, enabled: bool) -> None:
        """Say what the button for evidence does now."""
        self.pin.setText(text)
        self.pin.setEnabled(enabled)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        self._header.set_theme(theme)
        self.view.set_theme(theme)
        self._dress(theme)

    def _dress(self, theme: Theme) -> None:
        side = theme.px(12)
        self._top.setContentsMargins(side, 0, side, theme.px(6))
        self._top.setSpacing(theme.px(8))
        self.said.setContentsMargins(side, theme.px(4), side, side)
        self.pin.setMinimumWidth(theme.px(_PINS))
        self.view.setMinimumHeight(theme.px(60))
        self.setMinimumSize(theme.px(280), theme.px(120))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go on to another cell with Ctrl, Alt and an arrow, back to the table with Escape."""
        if watched is self.view and event.type() == QEvent.Type.KeyPress:
            assert isinstance(event, QKeyEvent)  # noqa: S101 - by its type
            step = step_of(event)
            if step is not None:
                self.move_wanted.emit(*step)
                return True
            if event.key() == Qt.Key.Key_Escape and self._holds_nothing():
                self.left.emit()
                return True
        return super().eventFilter(watched, event)

    def _holds_nothing(self) -> bool:
        return self.view.selection() is None and self.view.selected_segment() is None

    def _on_previous_clicked(self) -> None:
        self.step_wanted.emit(-1)

    def _on_next_clicked(self) -> None:
        self.step_wanted.emit(1)
