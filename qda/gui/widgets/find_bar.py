"""The line in which one looks for words, in the open text or in all."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QLineEdit, QPushButton, QToolButton, QWidget

from qda.gui import icons
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.clear_button import add_clear_button


class FindBar(QWidget):
    """A field, how many places were found, and buttons for the next and the previous one."""

    query_changed = Signal(str)
    """The user typed.

    Parameters: what is typed.
    """
    step_wanted = Signal(int)
    """The user wants the next place (1) or the previous one (-1)."""
    everywhere_wanted = Signal(bool)
    """The user wants to look in all texts (True) or in the open one (False)."""
    closed = Signal()
    """The user closed the line."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Build a hidden line."""
        super().__init__(parent)
        self.setProperty("kind", "ground")
        self._field = QLineEdit(self)
        self._field.setPlaceholderText(tr("Find in this source"))
        self._field.setAccessibleName(tr("Find in this source"))
        add_clear_button(self._field)
        self._count = QLabel(self)
        self._count.setProperty("kind", "muted")
        self._everywhere = QPushButton(tr("All sources"), self)
        self._everywhere.setProperty("kind", "quiet")
        self._everywhere.setCheckable(True)
        self._everywhere.setToolTip(tr("List what is found in all sources"))
        self._buttons: list[tuple[QToolButton, str]] = []
        layout = QHBoxLayout(self)
        layout.addWidget(self._field, 1)
        layout.addWidget(self._count)
        layout.addWidget(self._everywhere)
        previous = self._button("chevron-up", tr("Previous place (Shift+F3)"))
        following = self._button("chevron-down", tr("Next place (F3)"))
        close = self._button("close", tr("Close (Esc)"))
        self.set_theme(theme)
        self.hide()
        self._field.installEventFilter(self)
        self._field.textChanged.connect(self.query_changed)
        self._everywhere.clicked.connect(self.everywhere_wanted)
        previous.clicked.connect(self._on_previous_clicked)
        following.clicked.connect(self._on_following_clicked)
        close.clicked.connect(self.closed)

    def _button(self, icon: str, text: str) -> QToolButton:
        button = QToolButton(self)
        button.setToolTip(text)
        button.setAccessibleName(text)
        layout = self.layout()
        if layout is not None:
            layout.addWidget(button)
        self._buttons.append((button, icon))
        return button

    def open(self, query: str = "") -> None:
        """Show the line with `query` in it, all selected; empty keeps what was there."""
        self.show()
        if query:
            self._field.setText(query)
        self._field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self._field.selectAll()

    def set_everywhere(self, *, on: bool) -> None:
        """Say whether it is looked for in all texts, without a signal."""
        self._everywhere.setChecked(on)
        words = tr("Find in all sources") if on else tr("Find in this source")
        self._field.setPlaceholderText(words)
        self._field.setAccessibleName(words)

    def everywhere_button(self) -> QPushButton:
        """Return the button that turns looking in all texts on and off."""
        return self._everywhere

    def query(self) -> str:
        """Return what is typed."""
        return self._field.text()

    def set_count(self, place: int, count: int) -> None:
        """Say which of how many places is shown; 0 of 0 when nothing was found."""
        if not self._field.text().strip():
            self._count.setText("")
        elif count:
            self._count.setText(tr("{n} of {all}", n=place, all=count))
        else:
            self._count.setText(tr("Not found"))

    def count_text(self) -> str:
        """Return what is said of the number of places."""
        return self._count.text()

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        side = theme.px(16)
        for button, icon in self._buttons:
            button.setIcon(icons.icon(icon, theme.muted_tinted, side, theme.line))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(theme.px(12), theme.px(6), theme.px(12), theme.px(6))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Step with Enter, close with Escape; both before the window's own shortcuts."""
        if watched is self._field and isinstance(event, QKeyEvent):
            own = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape)
            if own and event.type() == QEvent.Type.ShortcutOverride:
                event.accept()
                return True
            if own and event.type() == QEvent.Type.KeyPress:
                back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
                if event.key() == Qt.Key.Key_Escape:
                    self.closed.emit()
                else:
                    self.step_wanted.emit(-1 if back else 1)
                return True
        return super().eventFilter(watched, event)

    def _on_previous_clicked(self) -> None:
        self.step_wanted.emit(-1)

    def _on_following_clicked(self) -> None:
        self.step_wanted.emit(1)
