"""Small fields that several panes here use."""

from collections.abc import Sequence

from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QLabel, QSizePolicy, QWidget


class CalmComboBox(QComboBox):
    """A choice that the wheel does not change by accident while the pane is scrolled."""

    def __init__(
        self, name: str, options: Sequence[tuple[object, str]] = (), parent: QWidget | None = None
    ) -> None:
        """Offer `options`, pairs of a value and its words; `name` is for screen readers."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.set_options(options)

    def set_options(self, options: Sequence[tuple[object, str]]) -> None:
        """Offer other options; no signal."""
        blocked = self.blockSignals(True)
        self.clear()
        for value, text in options:
            self.addItem(text, value)
        self.blockSignals(blocked)

    def value(self) -> object:
        """Return the value that is chosen."""
        return self.currentData()

    def set_value(self, value: object) -> None:
        """Choose a value without a signal; one not on offer chooses the first."""
        blocked = self.blockSignals(True)
        places = (at for at in range(self.count()) if self.itemData(at) == value)
        self.setCurrentIndex(next(places, 0))
        self.blockSignals(blocked)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the pane."""
        event.ignore()


def sentence(text: str = "", parent: QWidget | None = None, *, kind: str = "muted") -> QLabel:
    """Return a label for a sentence that may take several lines."""
    label = QLabel(text, parent)
    label.setProperty("kind", kind)
    label.setWordWrap(True)
    label.setTextFormat(label.textFormat().PlainText)
    return label
