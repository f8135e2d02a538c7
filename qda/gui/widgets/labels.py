"""Headings and cards: pane headers, cards, places where nothing is yet."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts, icons
from qda.gui.theme import Theme


class SmallCaps(QLabel):
    """A short heading in spaced capitals."""

    def __init__(self, theme: Theme, text: str = "", parent: QWidget | None = None) -> None:
        """Show `text`."""
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.set_theme(theme)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.setFont(fonts.label_font(theme.scale))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Return room for the text in capitals."""
        width = self._metrics_width()
        return QSize(width, self._theme.px(18))

    def minimumSizeHint(self) -> QSize:
        """Return room for a few letters; the rest is elided."""
        return QSize(min(self._metrics_width(), self._theme.px(40)), self._theme.px(18))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the text, elided where it must be."""
        painter = QPainter(self)
        font = fonts.label_font(self._theme.scale)
        painter.setFont(font)
        painter.setPen(QColor(self._theme.muted_tinted))
        text = fonts.elided(self.text().upper(), font, self.width() + 1)
        painter.drawText(self.rect(), self.alignment(), text)

    def _metrics_width(self) -> int:
        return fonts.width_of(self.text().upper(), fonts.label_font(self._theme.scale)) + 2


class PaneHeader(QWidget):
    """The line at the top of a pane: its name, and a word or buttons at the right."""

    def __init__(
        self, theme: Theme, title: str, right: str = "", parent: QWidget | None = None
    ) -> None:
        """Show `title` and `right`."""
        super().__init__(parent)
        self._theme = theme
        self._title = SmallCaps(theme, title, self)
        self._right = SmallCaps(theme, right, self)
        self._right.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._buttons: list[tuple[QToolButton, str]] = []
        self._layout = QHBoxLayout(self)
        self._layout.addWidget(self._title)
        self._layout.addStretch(1)
        self._layout.addWidget(self._right)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_theme(theme)

    def set_title(self, title: str) -> None:
        """Show another name."""
        self._title.setText(title)

    def set_right(self, text: str) -> None:
        """Show another word at the right."""
        self._right.setText(text)
        self._right.updateGeometry()

    def title(self) -> str:
        """Return the name as given."""
        return self._title.text()

    def right(self) -> str:
        """Return the word at the right as given."""
        return self._right.text()

    def add_button(self, icon: str, text: str) -> QToolButton:
        """Add and return a small button at the right; `text` is its tip and accessible name."""
        button = QToolButton(self)
        button.setToolTip(text)
        button.setAccessibleName(text)
        self._buttons.append((button, icon))
        self._layout.addWidget(button)
        self._dress(button, icon)
        return button

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(12)
        self._layout.setContentsMargins(side, theme.px(8), side, theme.px(4))
        self._layout.setSpacing(theme.px(4))
        self.setFixedHeight(theme.px(40))
        for button, icon in self._buttons:
            self._dress(button, icon)

    def _dress(self, button: QToolButton, icon: str) -> None:
        side = self._theme.px(16)
        button.setIcon(icons.icon(icon, self._theme.muted_tinted, side, self._theme.line))
        button.setIconSize(QSize(side, side))


class Card(QFrame):
    """A rounded sheet on a pane; put widgets into `body`."""

    def __init__(self, theme: Theme, title: str = "", parent: QWidget | None = None) -> None:
        """Make an empty card under a small heading, if `title` is given."""
        super().__init__(parent)
        self.setProperty("kind", "card")
        self.body = QVBoxLayout(self)
        self._title = SmallCaps(theme, title, self)
        self.body.addWidget(self._title)
        self._title.setVisible(bool(title))
        self.set_theme(theme)

    def set_title(self, title: str) -> None:
        """Show another heading, or none when empty."""
        self._title.setText(title)
        self._title.setVisible(bool(title))

    def add_heading(self, text: str) -> SmallCaps:
        """Add and return a small heading inside the card."""
        heading = SmallCaps(self._theme, text, self)
        self.body.addWidget(heading)
        return heading

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        side = theme.px(12)
        self.body.setContentsMargins(side, side, side, side)
        self.body.setSpacing(theme.px(6))


class EmptyPlace(QWidget):
    """What stands where nothing is yet: what goes there, and the one next step."""

    button_clicked = Signal()
    """The user took the next step."""

    def __init__(
        self,
        theme: Theme,
        icon: str,
        title: str,
        text: str = "",
        button: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show `title` and `text` below an icon, and a button unless `button` is empty."""
        super().__init__(parent)
        self._icon_name = icon
        self._icon = QLabel(self)
        self._title = QLabel(title, self)
        self._title.setProperty("kind", "heading")
        self._text = QLabel(text, self)
        self._text.setProperty("kind", "muted")
        self._button = QPushButton(button, self)
        self._button.setProperty("kind", "primary")
        self._layout = QVBoxLayout(self)
        self._layout.addStretch(2)
        for label in (self._icon, self._title, self._text):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setWordWrap(label is not self._icon)
            self._layout.addWidget(label)
        self._layout.addWidget(self._button, 0, Qt.AlignmentFlag.AlignHCenter)
        self._layout.addStretch(3)
        self.set_texts(title, text, button)
        self.set_theme(theme)
        self.setFocusProxy(self._button)
        self._button.installEventFilter(self)
        self._button.clicked.connect(self.button_clicked)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the next step with Enter too: outside of dialogs Qt leaves it to the space bar."""
        if (
            watched is self._button
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._button.click()
            return True
        return super().eventFilter(watched, event)

    def button(self) -> QPushButton:
        """Return the button that takes the next step."""
        return self._button

    def text(self) -> str:
        """Return what is said below the title."""
        return self._text.text()

    def set_texts(self, title: str, text: str = "", button: str = "") -> None:
        """Say something else."""
        self._title.setText(title)
        self._text.setText(text)
        self._text.setVisible(bool(text))
        self._button.setText(button)
        self._button.setVisible(bool(button))
        self.setAccessibleName(f"{title} {text}".strip())

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        side = theme.px(32)
        self._icon.setPixmap(
            icons.pixmap(self._icon_name, theme.muted, side, self.devicePixelRatioF())
        )
        self._least, self._widest = theme.px(24), theme.px(460)
        self._layout.setSpacing(theme.px(8))
        self._keep_narrow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines as short as one reads well."""
        super().resizeEvent(event)
        self._keep_narrow()

    def _keep_narrow(self) -> None:
        side, top = max(self._least, (self.width() - self._widest) // 2), self._least
        if self._layout.contentsMargins().left() != side:
            self._layout.setContentsMargins(side, top, side, top)
