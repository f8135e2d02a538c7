"""What was done with names, what is left that may tell who somebody is, in sentences."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QDialog,
    QDialogButtonBox,
    QLabel,
    QListWidget,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui.theme import Theme


class LeftDialog(QDialog):
    """A heading, and a list of sentences, each of which one can walk to."""

    step_wanted = Signal()
    """The user takes the step that is offered."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        heading: str,
        lines: Sequence[str],
        step: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Show the sentences; `step` is the one thing that can be done about them."""
        super().__init__(parent)
        self.setWindowTitle(title)
        head = QLabel(heading, self)
        head.setProperty("kind", "heading")
        head.setWordWrap(True)
        head.setTextFormat(Qt.TextFormat.PlainText)
        self.list = QListWidget(self)
        self.list.setAccessibleName(heading)
        self.list.setWordWrap(True)
        self.list.setSpacing(theme.px(2))
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.list.addItems(list(lines))
        self.list.setCurrentRow(0)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close, self)
        buttons.rejected.connect(self.reject)
        buttons.button(QDialogButtonBox.StandardButton.Close).setAutoDefault(False)
        self.step = QPushButton(step, self)
        self.step.setAutoDefault(False)
        if step:
            buttons.addButton(self.step, QDialogButtonBox.ButtonRole.ActionRole)
        self.step.setVisible(bool(step))
        self.step.clicked.connect(self.step_wanted)
        layout = QVBoxLayout(self)
        side = theme.px(20)
        layout.setContentsMargins(side, side, side, side)
        layout.setSpacing(theme.px(10))
        layout.addWidget(head)
        layout.addWidget(self.list, 1)
        layout.addWidget(buttons)
        self.resize(theme.px(620), theme.px(420))
        self.list.setFocus()

    def lines(self) -> list[str]:
        """Return the sentences."""
        return [self.list.item(row).text() for row in range(self.list.count())]
