"""One field that appears where something new needs a name."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from qda.gui.language import tr


class AskLine(QWidget):
    """Ask for a name without leaving the pane; hidden while nothing is asked."""

    answered = Signal(str)
    """The user wrote a name and pressed Enter."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Build the hidden field."""
        super().__init__(parent)
        self._label = QLabel(self)
        self.field = QLineEdit(self)
        self._label.setBuddy(self.field)
        self._add = QPushButton(tr("Add"), self)
        self._cancel = QPushButton(tr("Cancel"), self)
        self._cancel.setProperty("kind", "quiet")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._label)
        layout.addWidget(self.field, 1)
        layout.addWidget(self._add)
        layout.addWidget(self._cancel)
        self.hide()
        self.field.returnPressed.connect(self._on_answer)
        self._add.clicked.connect(self._on_answer)
        self._cancel.clicked.connect(self.hide)

    def ask(self, question: str) -> None:
        """Show the field with a question before it."""
        self._label.setText(question)
        self.field.setAccessibleName(question)
        self.field.clear()
        self.show()
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go away with Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _on_answer(self) -> None:
        text = self.field.text().strip()
        if text:
            self.hide()
            self.answered.emit(text)
