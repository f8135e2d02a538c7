"""An editor that tells what was changed in a canonical text, never what a widget makes of it."""

from PySide6.QtGui import QFont, QTextCursor, QTextOption
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QWidget

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.text.edits import Edit, edits_between
from qda.text.offsets import Utf16Map

SHOWN_FOR = str.maketrans({"\r": "\ufffd", "\0": "\ufffd", "\u2029": "\n", "\ufdd0": "\ufffd",
                           "\ufdd1": "\ufffd"})  # fmt: skip
"""Characters that a text document would drop or split at, each shown as one other character."""


class TextEditor(QPlainTextEdit):
    """Edit a text; `edits` are the differences, in code points of the text as it was given.

    Qt changes some characters on the way in and out (a no-break space, a paragraph separator).
    So what is shown has exactly one character for each of the text's, what was changed is told by
    comparing what is shown with what was shown at first, and only that is carried over.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Build an empty editor; `name` is what a screen reader calls it."""
        super().__init__(parent)
        self._first = ""
        self.setAccessibleName(name)
        self.setTabChangesFocus(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "transcript")
        self.document().setDocumentMargin(theme.px(24))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        font: QFont = fonts.text_font(theme.scale, 15)
        self.setFont(font)

    def set_text(self, text: str) -> None:
        """Show a text from which the edits count."""
        self._first = text.translate(SHOWN_FOR)
        self.setPlainText(self._first)
        self.document().clearUndoRedoStacks()

    def shown(self) -> str:
        """Return the text as it stands, character for character."""
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        return cursor.selectedText().replace("\u2029", "\n")

    def edits(self) -> tuple[Edit, ...]:
        """Return what was changed since `set_text`."""
        return tuple(edits_between(self._first, self.shown()))

    def go_to(self, offset: int) -> None:
        """Put the caret at a code point of the text as it was given, in the middle of the view."""
        cursor = self.textCursor()
        cursor.setPosition(Utf16Map(self._first).to_utf16(min(offset, len(self._first))))
        self.setTextCursor(cursor)
        self.centerCursor()
