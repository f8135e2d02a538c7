"""Cut a quote for print and put words into it: select, cut, see what comes of it."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from qda.gui import fonts
from qda.gui.language import tr
from qda.gui.theme import Theme
from qda.gui.widgets.labels import SmallCaps
from qda.model.quotes import Trim
from qda.text.offsets import Utf16Map
from qda.text.printing import whole_words

_KEEP = QTextCursor.MoveMode.KeepAnchor


class TrimEditor(QWidget):
    """The whole segment; what is cut is struck through, what is put in stands in the field."""

    trims_wanted = Signal(object)
    """The user wants the quote trimmed otherwise.

    Parameters: a list of `Trim`.
    """

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Show nothing yet."""
        super().__init__(parent)
        self._theme = theme
        self._quote = ""
        self._trims: tuple[Trim, ...] = ()
        self._units = Utf16Map("")
        self._heading = SmallCaps(theme, tr("The whole segment"), self)
        self.text = QPlainTextEdit(self)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(tr("The segment; select words to cut them"))
        self.text.setTabChangesFocus(True)
        self.text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.cut = QPushButton(tr("Cut"), self)
        self.cut.setToolTip(tr("Leave the selected words out (Delete)"))
        self.back = QPushButton(tr("Put back"), self)
        self.back.setToolTip(tr("Print what was cut here again (Backspace)"))
        self.words = QLineEdit(self)
        self.words.setPlaceholderText(tr("[words] instead of what is selected"))
        self.words.setAccessibleName(tr("Words in square brackets instead of what is selected"))
        buttons = QHBoxLayout()
        for button in (self.cut, self.back):
            buttons.addWidget(button)
        buttons.addWidget(self.words, 1)
        self._layout = QVBoxLayout(self)
        self._layout.addWidget(self._heading)
        self._layout.addWidget(self.text, 1)
        self._layout.addLayout(buttons)
        self.set_theme(theme)
        self.text.installEventFilter(self)
        self.text.selectionChanged.connect(self._show_buttons)
        self.text.cursorPositionChanged.connect(self._show_buttons)
        self.cut.clicked.connect(self.cut_selected)
        self.back.clicked.connect(self.put_back)
        self.words.returnPressed.connect(self.put_words)

    def show_quote(self, quote: str, trims: tuple[Trim, ...], *, writable: bool) -> None:
        """Show a segment with what is cut of it."""
        if quote != self._quote:
            self._quote, self._units = quote, Utf16Map(quote)
            self.text.setPlainText(quote)
        self._trims = trims
        self.words.setEnabled(writable)
        self._writable = writable
        self._mark()
        self._show_buttons()

    def selection(self) -> tuple[int, int]:
        """Return the selected code points of the segment, grown to whole words."""
        cursor = self.text.textCursor()
        start = self._units.to_points(cursor.selectionStart())
        end = self._units.to_points(cursor.selectionEnd())
        if start == end:
            # Words are put in between words, never into one.
            while 0 < end < len(self._quote) and self._quote[end - 1 : end + 1].isalnum():
                end += 1
            return end, end
        return whole_words(self._quote, start, end)

    def cut_selected(self) -> None:
        """Leave the selected words out."""
        start, end = self.selection()
        if start < end:
            self._want([*self._outside(start, end), Trim(start, end)])

    def put_words(self) -> None:
        """Let the words of the field stand in square brackets where the selection is."""
        start, end = self.selection()
        words = self.words.text().strip().strip("[]").strip()
        if words:
            self.words.clear()
            self._want([*self._outside(start, end), Trim(start, end, words)])
            self.text.setFocus()

    def put_back(self) -> None:
        """Print again what was cut where the selection or the caret is."""
        start, end = self.selection()
        kept = [one for one in self._trims if one.end < start or one.start > end]
        if len(kept) < len(self._trims):
            self._want(kept)

    def _outside(self, start: int, end: int) -> list[Trim]:
        """Return the trims that the selection leaves alone; those it reaches into are replaced."""
        return [one for one in self._trims if one.end <= start or one.start >= end]

    def _want(self, trims: list[Trim]) -> None:
        self.trims_wanted.emit(trims)

    def _mark(self) -> None:
        marks: list[QTextEdit.ExtraSelection] = []
        for one in self._trims:
            look = QTextCharFormat()
            look.setFontStrikeOut(True)
            look.setForeground(QColor(self._theme.muted))
            if one.words:
                look.setBackground(QColor(self._theme.selection))
                look.setToolTip(f"[{one.words}]")
            end = one.end if one.end > one.start else min(one.end + 1, len(self._quote))
            cursor = QTextCursor(self.text.document())
            cursor.setPosition(self._units.to_utf16(one.start))
            cursor.setPosition(self._units.to_utf16(end), _KEEP)
            if one.start == one.end:
                look.setFontStrikeOut(False)
            mark = QTextEdit.ExtraSelection()
            mark.cursor = cursor  # pyright: ignore[reportAttributeAccessIssue]
            mark.format = look  # pyright: ignore[reportAttributeAccessIssue]
            marks.append(mark)
        self.text.setExtraSelections(marks)

    def _show_buttons(self) -> None:
        start, end = self.selection()
        self.cut.setEnabled(start < end and self._writable)
        touched = any(one.start <= end and start <= one.end for one in self._trims)
        self.back.setEnabled(touched and self._writable)

    _writable = False

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cut with Delete, put back with Backspace, go on to the words with Enter."""
        if watched is self.text and isinstance(event, QKeyEvent):
            actions = {
                Qt.Key.Key_Delete: self.cut_selected, Qt.Key.Key_Backspace: self.put_back,
                Qt.Key.Key_Return: self.words.setFocus, Qt.Key.Key_Enter: self.words.setFocus,
            }  # fmt: skip
            action = actions.get(Qt.Key(event.key()))
            plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            if action is not None and plain:
                if event.type() == QEvent.Type.ShortcutOverride:
                    event.accept()
                    return True
                if event.type() == QEvent.Type.KeyPress:
                    action()
                    return True
        return super().eventFilter(watched, event)

    def set_theme(self, theme: Theme) -> None:
        """Take other colours and sizes."""
        self._theme = theme
        side = theme.px(16)
        self._layout.setContentsMargins(side, theme.px(8), side, theme.px(8))
        self._layout.setSpacing(theme.px(6))
        self.text.setFont(fonts.text_font(theme.scale, 14.5))
        self._mark()
