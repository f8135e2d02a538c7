"""The line in which one looks for words in the editor and puts others in their place."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from qda.gui import icons
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.theme import Theme
from qda.text.finding import MOST
from qda.text.replacing import Search


class ReplaceBar(QFrame):
    """Two fields, how many places were found, and what to do with them."""

    search_changed = Signal()
    """The user typed, or wants it looked for otherwise."""
    step_wanted = Signal(int)
    """The user wants the next place (1) or the previous one (-1)."""
    replace_wanted = Signal()
    """The user wants the place at hand replaced, and to go to the next."""
    replace_all_wanted = Signal()
    """The user wants every place replaced."""
    closed = Signal()
    """The user closed the line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build a hidden line."""
        super().__init__(parent)
        self.setProperty("kind", "ground")
        self.field = QLineEdit(self)
        self.field.setPlaceholderText(tr("Find in the text"))
        self.field.setAccessibleName(tr("Find in the text"))
        self.other = QLineEdit(self)
        self.other.setPlaceholderText(tr("Replace with"))
        self.other.setAccessibleName(tr("Replace with"))
        self._count = QLabel(self)
        self._count.setProperty("kind", "muted")
        self.match_case = QCheckBox(tr("Capitals as typed"), self)
        self.whole_words = QCheckBox(tr("Whole words only"), self)
        self.replace_button = QPushButton(tr("Replace"), self)
        self.all_button = QPushButton(tr("Replace all"), self)
        for button in (self.replace_button, self.all_button):
            button.setAutoDefault(False)
        self._tools: list[tuple[QToolButton, str]] = []
        previous, following, close = self._lay_out()
        self.replace_button.setToolTip(tr("Replace this one and go to the next (Enter)"))
        self.all_button.setToolTip(tr("Replace every place that is listed (Ctrl+Enter)"))
        for field in (self.field, self.other):
            field.installEventFilter(self)
        self.set_theme(theme)
        self.hide()
        self.field.textChanged.connect(self.search_changed)
        self.other.textChanged.connect(self.search_changed)
        self.match_case.toggled.connect(self.search_changed)
        self.whole_words.toggled.connect(self.search_changed)
        self.replace_button.clicked.connect(self.replace_wanted)
        self.all_button.clicked.connect(self.replace_all_wanted)
        previous.clicked.connect(self._on_previous_clicked)
        following.clicked.connect(self._on_following_clicked)
        close.clicked.connect(self.closed)

    def _lay_out(self) -> tuple[QToolButton, QToolButton, QToolButton]:
        first, second = QHBoxLayout(), QHBoxLayout()
        first.addWidget(self.field, 1)
        first.addWidget(self._count)
        previous = self._tool(first, "chevron-up", tr("Previous place (Shift+Enter)"))
        following = self._tool(first, "chevron-down", tr("Next place (Enter)"))
        close = self._tool(first, "close", tr("Close (Esc)"))
        second.addWidget(self.other, 1)
        second.addWidget(self.replace_button)
        second.addWidget(self.all_button)
        third = QHBoxLayout()
        third.addWidget(self.match_case)
        third.addWidget(self.whole_words)
        third.addStretch(1)
        self._column = QVBoxLayout(self)
        for line in (first, second, third):
            self._column.addLayout(line)
        return previous, following, close

    def _tool(self, line: QHBoxLayout, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(text)
        button.setAccessibleName(text)
        line.addWidget(button)
        self._tools.append((button, icon))
        return button

    def open(self, words: str = "", *, replacing: bool = False) -> None:
        """Show the line with `words` in it; the keyboard goes to the second field to replace."""
        self.show()
        if words:
            self.field.setText(words)
        goal = self.other if replacing and self.field.text() else self.field
        goal.setFocus(Qt.FocusReason.ShortcutFocusReason)
        goal.selectAll()

    def search(self) -> Search:
        """Return what is looked for."""
        return Search(
            self.field.text(), self.match_case.isChecked(), self.whole_words.isChecked()
        )  # fmt: skip

    def replacement(self) -> str:
        """Return what is put in its place."""
        return self.other.text()

    def set_count(self, place: int, count: int) -> None:
        """Say which of how many places is at hand, 0 for none of them."""
        shown = current_catalogue().format_number(count)
        if not self.field.text():
            self._count.setText("")
        elif not count:
            self._count.setText(tr("Not found"))
        elif count >= MOST:
            self._count.setText(tr("{n} or more", n=shown))
        elif not place:
            self._count.setText(tr_n("{shown} place", "{shown} places", count, shown=shown))
        else:
            self._count.setText(tr("{n} of {all}", n=place, all=shown))
        self.replace_button.setEnabled(count > 0)
        self.all_button.setEnabled(count > 0)

    def count_text(self) -> str:
        """Return what is said of the number of places."""
        return self._count.text()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        side = theme.px(16)
        for button, icon in self._tools:
            button.setIcon(icons.icon(icon, theme.muted_tinted, side, theme.line))
        self._column.setContentsMargins(theme.px(16), theme.px(6), theme.px(12), theme.px(6))
        self._column.setSpacing(theme.px(4))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step or replace with Enter, close with Escape, before the dialog hears of it."""
        if isinstance(event, QKeyEvent) and watched in (self.field, self.other):
            own = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
            if own and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if own and event.type() == QEvent.Type.KeyPress:
                self._take(watched is self.other, event)
                return True
        return super().eventFilter(watched, event)

    def _take(self, replacing: bool, event: QKeyEvent) -> None:  # noqa: FBT001 - which field
        held = event.modifiers()
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif held & Qt.KeyboardModifier.ControlModifier:
            self.replace_all_wanted.emit()
        elif held & Qt.KeyboardModifier.ShiftModifier:
            self.step_wanted.emit(-1)
        elif replacing:
            self.replace_wanted.emit()
        else:
            self.step_wanted.emit(1)

    def _on_previous_clicked(self) -> None:
        self.step_wanted.emit(-1)

    def _on_following_clicked(self) -> None:
        self.step_wanted.emit(1)
