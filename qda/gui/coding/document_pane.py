"""A transcript with the source it shows: the coding room has one, or two beside one another."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QToolButton, QVBoxLayout, QWidget

from qda.gui import fonts, icons
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.transcripts.open_document import OpenDocument
from qda.gui.widgets.paint import ALIGN_LEFT, ALIGN_RIGHT
from qda.gui.widgets.transcript import TranscriptView


class DocumentPane(QFrame):
    """Show one source, with caret, place and selected segment of its own."""

    taken = Signal()
    """The user works in this pane from now on."""
    close_wanted = Signal()
    """The user wants this pane away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet, and no header: while the pane is alone the window names its source."""
        super().__init__(parent)
        self.setProperty("kind", "paper")
        self.open: OpenDocument | None = None
        self.header = DocumentHeader(theme, self)
        self.view = TranscriptView(theme, tr("Transcript"), self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.view, 1)
        self.header.hide()
        self.view.installEventFilter(self)
        self.header.clicked.connect(self._on_header_clicked)
        self.header.close_wanted.connect(self.close_wanted)
        # Before anybody else hears of it: what is done is done in this pane.
        for used in (
            self.view.segment_selected, self.view.segment_activated, self.view.segment_resized,
            self.view.code_dropped, self.view.context_menu_wanted,
        ):  # fmt: skip
            used.connect(self.taken)

    def show_header(self, name: str, right: str, *, shown: bool, current: bool) -> None:
        """Name the source above the text and for a screen reader, and say how much is coded."""
        self.header.set_texts(name, right, current=current)
        self.header.setVisible(shown)
        spoken = tr("Transcript: {name}", name=name) if name else tr("Transcript")
        if self.view.accessibleName() != spoken:
            self.view.setAccessibleName(spoken)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the lead when the keyboard comes into the text."""
        if watched is self.view and event.type() == QEvent.Type.FocusIn:
            self.taken.emit()
        return super().eventFilter(watched, event)

    def _on_header_clicked(self) -> None:
        self.view.setFocus(Qt.FocusReason.MouseFocusReason)


class DocumentHeader(QWidget):
    """The line above a transcript: which source, how much of it is coded, and a cross."""

    clicked = Signal()
    """The user clicked beside the cross."""
    close_wanted = Signal()
    """The user clicked the cross."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Name nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._name = ""
        self._right = ""
        self._current = False
        self._close = QToolButton(self)
        self._close.setToolTip(tr("Close this transcript"))
        layout = QHBoxLayout(self)
        layout.setSpacing(0)
        layout.addStretch(1)
        layout.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_theme(theme)
        self._close.clicked.connect(self.close_wanted)

    def set_texts(self, name: str, right: str, *, current: bool) -> None:
        """Show a name, a word at the right, and whether the keyboard works here."""
        self._name, self._right, self._current = name, right, current
        self.setAccessibleName(f"{name}, {right}" if right else name)
        self._close.setAccessibleName(tr("Close {name}", name=name))
        self.update()

    def texts(self) -> tuple[str, str]:
        """Return the name and the word at the right."""
        return self._name, self._right

    @property
    def current(self) -> bool:
        """Tell whether the header is marked as the one the keyboard works under."""
        return self._current

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(16)
        self._close.setIcon(icons.icon("close", theme.muted_tinted, side, theme.line))
        self._close.setIconSize(QSize(side, side))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(theme.px(12), 0, theme.px(8), 0)
        self.setFixedHeight(theme.px(34))
        self.update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Give the keyboard to the transcript below."""
        event.accept()
        self.clicked.emit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the words; bold and with a bar above where the keyboard works here."""
        theme = self._theme
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(theme.ground))
        painter.fillRect(QRect(0, self.height() - 1, self.width(), 1), QColor(theme.line))
        if self._current:
            painter.fillRect(QRect(0, 0, self.width(), theme.px(3)), QColor(theme.accent))
        room = QRectF(self.rect()).adjusted(theme.px(12), theme.px(2), 0, 0)
        room.setRight(self._close.geometry().left() - theme.px(8))
        small = fonts.tabular(fonts.interface_font(theme.scale, 11))
        right = fonts.width_of(self._right, small)
        if right > room.width() / 2:
            right = 0
        if right:
            painter.setFont(small)
            painter.setPen(QColor(theme.muted_tinted))
            painter.drawText(room, ALIGN_RIGHT, self._right)
            room.setRight(room.right() - right - theme.px(8))
        font = fonts.interface_font(theme.scale, bold=self._current)
        painter.setFont(font)
        painter.setPen(QColor(theme.ink if self._current else theme.muted_tinted))
        painter.drawText(room, ALIGN_LEFT, fonts.elided(self._name, font, room.width()))

    def close_place(self) -> QPoint:
        """Return the middle of the cross in the header's coordinates."""
        return self._close.geometry().center()
