"""An editor that tells what was changed in a canonical text, never what a widget makes of it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QResizeEvent,
    QTextCharFormat,
    QTextCursor,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit, QWidget

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.text.edits import Edit, edits_between
from qda.text.offsets import Utf16Map

SHOWN_FOR = str.maketrans({"\r": "\ufffd", "\0": "\ufffd", "\u2029": "\n", "\ufdd0": "\ufffd",
                           "\ufdd1": "\ufffd"})  # fmt: skip
"""Characters that a text document would drop or split at, each shown as one other character."""
MOST_MARKED = 500
"""Places that are marked at once; more are counted and not marked."""
_KEEP = QTextCursor.MoveMode.KeepAnchor


class TextEditor(QPlainTextEdit):
    """Edit a text; `edits` are the differences, in code points of the text as it was given.

    Qt changes some characters on the way in and out (a no-break space, a paragraph separator).
    So what is shown has exactly one character for each of the text's, what was changed is told by
    comparing what is shown with what was shown at first, and only that is carried over.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        """Build an empty editor; `name` is what a screen reader calls it."""
        super().__init__(parent)
        self._theme = theme
        self._first = ""
        self._now: str | None = None
        self._map: Utf16Map | None = None
        self._places: Sequence[tuple[int, int]] = ()
        self._playing: tuple[int, int] | None = None
        self.setAccessibleName(name)
        # Tab goes on, as everywhere; with Ctrl it is typed.
        self.setTabChangesFocus(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("kind", "transcript")
        self.document().setDocumentMargin(theme.px(24))
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        font: QFont = fonts.text_font(theme.scale, 15)
        self.setFont(font)
        self.document().contentsChanged.connect(self._on_document_contents_changed)

    def set_text(self, text: str) -> None:
        """Show a text from which the edits count."""
        self._first = text.translate(SHOWN_FOR)
        self.setPlainText(self._first)
        self.document().clearUndoRedoStacks()

    def propose(self, text: str) -> None:
        """Show another text in place of the one given, as something typed that can be undone."""
        edits = edits_between(self.shown(), text.translate(SHOWN_FOR))
        self.change([(edit.start, edit.end, edit.inserted) for edit in edits])

    def shown(self) -> str:
        """Return the text as it stands, character for character."""
        if self._now is None:
            cursor = QTextCursor(self.document())
            cursor.select(QTextCursor.SelectionType.Document)
            self._now = cursor.selectedText().replace("\u2029", "\n")
        return self._now

    def edits(self) -> tuple[Edit, ...]:
        """Return what was changed since `set_text`."""
        return tuple(edits_between(self._first, self.shown()))

    # ------------------------------------------------------------------- places as they are now

    def caret(self) -> int:
        """Return where the caret is, in code points of what is shown."""
        return self._units().to_points(self.textCursor().position())

    def selected(self) -> tuple[int, int]:
        """Return what is selected, both ends the caret's where nothing is."""
        cursor, units = self.textCursor(), self._units()
        return units.to_points(cursor.selectionStart()), units.to_points(cursor.selectionEnd())

    def go_to(self, offset: int) -> None:
        """Put the caret at a code point of the text as it was given, in the middle of the view."""
        cursor = self.textCursor()
        cursor.setPosition(Utf16Map(self._first).to_utf16(min(offset, len(self._first))))
        self.setTextCursor(cursor)
        self.centerCursor()

    def select(self, start: int, end: int) -> None:
        """Select a stretch of what is shown, and bring it in sight."""
        self.setTextCursor(self._cursor(start, end))
        self.centerCursor()

    def change(self, places: Sequence[tuple[int, int, str]]) -> None:
        """Put other texts in some places of what is shown (in order), as one step of the editor."""
        units = self._units()
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        # From the end, so that the places before stay where they are.
        for start, end, text in reversed(places):
            cursor.setPosition(units.to_utf16(start))
            cursor.setPosition(units.to_utf16(end), _KEEP)
            cursor.insertText(text)
        cursor.endEditBlock()

    def insert_here(self, text: str) -> None:
        """Put a text at the caret."""
        cursor = self.textCursor()
        cursor.clearSelection()
        cursor.insertText(text)
        self.setTextCursor(cursor)
        self.ensureCursorVisible()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Type a tab with Ctrl+Tab."""
        control = event.modifiers() == Qt.KeyboardModifier.ControlModifier
        if event.key() == Qt.Key.Key_Tab and control:
            self.insert_here("\t")
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the lines short enough to be read, in the middle of a wide view."""
        super().resizeEvent(event)
        bar = self.verticalScrollBar().sizeHint().width()
        room = self.contentsRect().width() - bar - 2 * self._theme.px(24)
        side = max(0, (room - fonts.measure_width(self.font())) // 2)
        if self.viewportMargins().left() != side:
            self.setViewportMargins(side, 0, side, 0)
            # Qt broke the lines for the width before that.
            super().resizeEvent(QResizeEvent(self.viewport().size(), QSize()))

    def _units(self) -> Utf16Map:
        if self._map is None:
            self._map = Utf16Map(self.shown())
        return self._map

    def _cursor(self, start: int, end: int) -> QTextCursor:
        units, length = self._units(), len(self.shown())
        cursor = self.textCursor()
        cursor.setPosition(units.to_utf16(min(length, max(0, start))))
        cursor.setPosition(units.to_utf16(min(length, max(0, end))), _KEEP)
        return cursor

    def _on_document_contents_changed(self) -> None:
        self._now = self._map = None

    # -------------------------------------------------------------------------------- marks

    def mark_places(self, places: Sequence[tuple[int, int]]) -> None:
        """Mark what was found."""
        self._places = places
        self._mark()

    def mark_playing(self, place: tuple[int, int] | None) -> None:
        """Mark the turn that is heard; it stays in sight where the one before was."""
        before, self._playing = self._playing, place
        if before == place:
            return
        self._mark()
        if before is not None and place is not None and self._is_in_sight(before[0]):
            bar = self.verticalScrollBar()
            block = self._cursor(place[0], place[0]).block()
            if not self._is_in_sight(place[0]):
                bar.setValue(block.firstLineNumber() - self._lines_in_sight() // 3)

    def playing(self) -> tuple[int, int] | None:
        """Return the stretch that is marked as heard."""
        return self._playing

    def _lines_in_sight(self) -> int:
        return max(1, self.viewport().height() // max(1, self.fontMetrics().lineSpacing()))

    def _is_in_sight(self, offset: int) -> bool:
        return (
            self.viewport().rect().contains(self.cursorRect(self._cursor(offset, offset)).center())
        )

    def _mark(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        if self._playing is not None:
            marks.append(self._selection(*self._playing, self._theme.hover))
        for start, end in self._places[:MOST_MARKED]:
            mark = self._selection(start, end, self._theme.selection)
            mark.format.setFontUnderline(True)  # pyright: ignore[reportAttributeAccessIssue]
            marks.append(mark)
        self.setExtraSelections(marks)

    def _selection(self, start: int, end: int, color: str) -> QTextEdit.ExtraSelection:
        mark = QTextEdit.ExtraSelection()
        look = QTextCharFormat()
        look.setBackground(QColor(color))
        mark.format = look  # pyright: ignore[reportAttributeAccessIssue]
        mark.cursor = self._cursor(start, end)  # pyright: ignore[reportAttributeAccessIssue]
        return mark
