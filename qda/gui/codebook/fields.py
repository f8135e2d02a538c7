"""Fields of the editor: a label, what is written, a hint, and what is wrong with it."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.gui.widgets.trouble import Trouble

PAUSE = 900
"""Milliseconds of not typing after which a field is saved."""
_FEWEST, _MOST = 2, 14


class GrowingText(QPlainTextEdit):
    """A text field as tall as its text, between two lines and fourteen."""

    def __init__(self, theme: Theme, lines: int = _FEWEST, parent: QWidget | None = None) -> None:
        """Make an empty field of at least `lines` lines."""
        super().__init__(parent)
        self._theme = theme
        self._lines = lines
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = self.document().documentLayout()
        layout.documentSizeChanged.connect(self._on_document_size_changed)

    def set_theme(self, theme: Theme) -> None:
        """Take another size."""
        self._theme = theme
        self.setFont(fonts.interface_font(theme.scale))
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Return room for the text."""
        lines = round(self.document().size().height())
        rows = max(self._lines, min(lines, _MOST))
        edges = round(2 * self.document().documentMargin()) + self._theme.px(8) + 4
        return QSize(self._theme.px(200), rows * self.fontMetrics().lineSpacing() + edges)

    def minimumSizeHint(self) -> QSize:
        """Return the same height; the width may shrink."""
        return QSize(self._theme.px(80), self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the lines that another width makes."""
        super().resizeEvent(event)
        self.updateGeometry()

    def _on_document_size_changed(self) -> None:
        self.updateGeometry()


class Field(QWidget):
    """One field; it settles when the keyboard leaves it or rests for a moment."""

    settled = Signal(str)
    """What is written differs from what was shown, and the user paused or left.

    Parameters: the field's key.
    """

    def __init__(
        self,
        theme: Theme,
        key: str,
        title: str,
        editor: QLineEdit | QPlainTextEdit,
        hint: str = "",
        meaning: Callable[[str], object] = str.strip,
        parent: QWidget | None = None,
    ) -> None:
        """Put `editor` under a label; `title` has the mnemonic, `hint` stands below.

        Texts of the same `meaning` say the same, so what is being typed need not be replaced.
        """
        super().__init__(parent)
        self.key = key
        self.editor = editor
        self._shown = ""
        self._tried = ""
        self._meaning = meaning
        self._label = QLabel(title, self)
        self._label.setProperty("kind", "label")
        self._label.setBuddy(editor)
        self._hint = QLabel(hint, self)
        self._hint.setProperty("kind", "small")
        self._hint.setWordWrap(True)
        self._hint.setVisible(bool(hint))
        self._error = Trouble(theme, self)
        editor.setAccessibleName(title.replace("&", ""))
        editor.setAccessibleDescription(hint)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(theme.px(4))
        for widget in (self._label, editor, self._error, self._hint):
            layout.addWidget(widget)
        layout.addStretch(1)
        self._timer = QTimer(self, singleShot=True, interval=PAUSE)
        editor.installEventFilter(self)
        editor.textChanged.connect(self._on_editor_text_changed)
        self._timer.timeout.connect(self.settle)

    def text(self) -> str:
        """Return what is written."""
        if isinstance(self.editor, QPlainTextEdit):
            return self.editor.toPlainText()
        return self.editor.text()

    @property
    def edited(self) -> bool:
        """Tell whether what is written is not what was shown."""
        return self.text() != self._shown

    def show_text(self, text: str, *, keep_typing: bool = False) -> None:
        """Show what is kept; with `keep_typing`, what is being written stays."""
        if keep_typing and self._meaning(self.text()) == self._meaning(text):
            self._shown = self.text()
            self.set_error("")
            return
        if keep_typing and self.edited:
            return
        self._shown = text
        self._tried = ""
        self.set_error("")
        if self.text() == text:
            return
        self._timer.stop()
        self.editor.blockSignals(True)
        if isinstance(self.editor, QPlainTextEdit):
            self.editor.setPlainText(text)
        else:
            place = self.editor.cursorPosition()
            self.editor.setText(text)
            self.editor.setCursorPosition(min(place, len(text)))
        self.editor.blockSignals(False)
        self.editor.updateGeometry()

    def set_error(self, text: str) -> None:
        """Say what is wrong with what is written, or nothing."""
        self._error.say(text)

    def error(self) -> str:
        """Return what is said to be wrong."""
        return self._error.text()

    def set_writable(self, writable: bool) -> None:  # noqa: FBT001 - a plain setter
        """Let the field be written in, or only read."""
        self.editor.setReadOnly(not writable)

    def settle(self) -> None:
        """Say at once that the field has settled, if it was edited and not just refused."""
        self._timer.stop()
        if self.edited and self.text() != self._tried:
            self._tried = self.text()
            self.settled.emit(self.key)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Settle when the keyboard leaves."""
        if watched is self.editor and event.type() == QEvent.Type.FocusOut:
            self.settle()
        return super().eventFilter(watched, event)

    def _on_editor_text_changed(self) -> None:
        self._timer.start()


def list_text(values: Sequence[str]) -> str:
    """Write values on one line: by commas, or by semicolons where a value has a comma."""
    if any("," in value or ";" in value for value in values):
        return "; ".join(values) + (";" if len(values) == 1 else "")
    return ", ".join(values)


def list_values(text: str) -> tuple[str, ...]:
    """Read values from a line of `list_text`, each once, without empty ones."""
    separator = ";" if ";" in text else ","
    parts = (" ".join(part.split()) for part in text.replace("\n", separator).split(separator))
    return tuple(dict.fromkeys(part for part in parts if part))
