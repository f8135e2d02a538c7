"""A sentence that says what is wrong, where it is wrong."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from qda.gui import icons
from qda.gui.theme import Theme


class Trouble(QWidget):
    """A sentence that says what is wrong, behind a mark; hidden while nothing is."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Make a hidden line."""
        super().__init__(parent)
        self._icon = QLabel(self)
        self._text = QLabel(self)
        self._text.setWordWrap(True)
        self._text.setTextFormat(Qt.TextFormat.PlainText)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(6))
        layout.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._text, 1)
        self.set_theme(theme)
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        ratio = self.devicePixelRatioF()
        self._icon.setPixmap(icons.pixmap("warning", theme.warning, theme.px(14), ratio))

    def say(self, text: str) -> None:
        """Say `text`, or go away when it is empty."""
        self._text.setText(text)
        self.setAccessibleName(text)
        self.setVisible(bool(text))

    def text(self) -> str:
        """Return what is said."""
        return self._text.text()
