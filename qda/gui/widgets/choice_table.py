"""The widgets of comparing: the table whose rows are decided by keys, and a side's text."""

from PySide6.QtCore import QAbstractItemModel, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QLabel,
    QPlainTextEdit,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from qda.gui.theme import Theme
from qda.gui.widgets.padded_delegate import PaddedDelegate

_MEASURED = 40


class ChoiceTable(QTableView):
    """A table whose rows are decided by the arrow keys and the space bar."""

    side_wanted = Signal(int, str)
    """The user wants a side of a row.

    Parameters: the row; `ours` or `theirs`.
    """
    toggle_wanted = Signal(int)
    """The user wants the other side of a row.

    Parameters: the row.
    """

    def __init__(
        self, theme: Theme, name: str, stretched: tuple[int, ...], parent: QWidget | None = None
    ) -> None:
        """Make an empty table that a screen reader calls `name`; some columns take the room."""
        super().__init__(parent)
        self._stretched = stretched
        self.setAccessibleName(name)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setWordWrap(False)
        self.setIconSize(QSize(theme.px(14), theme.px(14)))
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(theme.px(30))
        header = self.horizontalHeader()
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        header.setHighlightSections(False)
        header.setMinimumSectionSize(theme.px(90))
        # Of hundreds of differences, as many are measured as are in sight at first.
        header.setResizeContentsPrecision(_MEASURED)
        self.setItemDelegate(PaddedDelegate(theme.px(6), self))
        self.doubleClicked.connect(self._on_double_clicked)

    def setModel(self, model: QAbstractItemModel | None) -> None:
        """Show the differences of a model."""
        super().setModel(model)
        header = self.horizontalHeader()
        for column in range(model.columnCount() if model is not None else 0):
            stretch = column in self._stretched
            mode = QHeaderView.ResizeMode
            header.setSectionResizeMode(column, mode.Stretch if stretch else mode.ResizeToContents)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a side of the current row."""
        row = self.currentIndex().row()
        if row >= 0 and event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self.side_wanted.emit(row, "ours" if event.key() == Qt.Key.Key_Left else "theirs")
        elif row >= 0 and event.key() == Qt.Key.Key_Space:
            self.toggle_wanted.emit(row)
        else:
            super().keyPressEvent(event)

    def _on_double_clicked(self) -> None:
        self.toggle_wanted.emit(self.currentIndex().row())


class SideText(QWidget):
    """One side of a difference: a heading and its text."""

    def __init__(self, theme: Theme, title: str, parent: QWidget) -> None:
        super().__init__(parent)
        label = QLabel(title, self)
        label.setProperty("kind", "label")
        self._text = QPlainTextEdit(self)
        self._text.setReadOnly(True)
        self._text.setTabChangesFocus(True)
        self._text.setAccessibleName(title)
        label.setBuddy(self._text)
        self.setFocusProxy(self._text)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        layout.addWidget(label)
        layout.addWidget(self._text, 1)

    def show_text(self, text: str) -> None:
        """Show a text."""
        self._text.setPlainText(text)

    def text(self) -> str:
        """Return what is shown."""
        return self._text.toPlainText()
