"""The counting rules below the table: as high as they need, but never in its way."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QSizePolicy, QWidget

from qda.gui.language import tr

SHARE = 0.25
"""How much of the height they take at most."""


class NotesArea(QScrollArea):
    """One muted paragraph that scrolls where it is too long."""

    def __init__(self, parent: QWidget) -> None:
        """Show nothing yet; `parent` is what gives the room."""
        super().__init__(parent)
        self._room = parent
        self.label = QLabel(self)
        self.label.setProperty("kind", "muted")
        self.label.setWordWrap(True)
        self.label.setTextFormat(Qt.TextFormat.PlainText)
        self.label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.label.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.setWidget(self.label)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "paper")
        self.label.setProperty("kind", "muted")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("Counting rules"))

    def text(self) -> str:
        """Return the paragraph."""
        return self.label.text()

    def set_text(self, text: str) -> None:
        """Show another paragraph, or nothing."""
        self.label.setText(text)
        self.setVisible(bool(text))
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        """Tell that the height follows the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the paragraph, a share of the room at most."""
        return min(self.label.heightForWidth(width), max(24, round(self._room.height() * SHARE)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for another height where another width breaks the lines elsewhere."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return the size that fits the width there is."""
        return QSize(self.width(), self.heightForWidth(max(1, self.width())))

    def minimumSizeHint(self) -> QSize:
        """Return room for a line."""
        return QSize(40, min(24, self.sizeHint().height()))
