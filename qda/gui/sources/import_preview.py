"""The text of a file as it will be kept, with the speakers set off."""

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from qda.gui import fonts
from qda.gui.language import current_catalogue, tr
from qda.gui.theme import Theme
from qda.model.reading import ReadDocument

SHOWN = 60_000
"""Characters that the preview shows; the text itself is kept whole."""


class ImportPreview(QTextEdit):
    """Read a file's text before it is imported."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._read: ReadDocument | None = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setProperty("kind", "transcript")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("The text as it will be kept"))
        self.set_theme(theme)

    def show_document(self, read: ReadDocument | None) -> None:
        """Show a file's text; the same file read anew keeps its place."""
        if read is self._read:
            return
        same = self._read is not None and read is not None and read.source == self._read.source
        place = self.verticalScrollBar().value() if same else 0
        self._read = read
        self._fill()
        self.verticalScrollBar().setValue(place)

    def show_place(self, words: str) -> None:
        """Bring the first place with these words in sight and mark it."""
        wanted = words.strip("…").strip()
        if not wanted:
            return
        cursor = self.document().find(wanted)
        if not cursor.isNull():
            self.setTextCursor(cursor)
            self.ensureCursorVisible()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.document().setDocumentMargin(theme.px(20))
        self.document().setDefaultFont(fonts.text_font(theme.scale, 15))
        self._fill()

    def _fill(self) -> None:
        self.clear()
        read = self._read
        if read is None:
            return
        cursor = QTextCursor(self.document())
        block = QTextBlockFormat()
        block.setLineHeight(150, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setBottomMargin(self._theme.px(6))
        cursor.setBlockFormat(block)
        plain, label, asked = self._formats()
        cursor.beginEditBlock()
        at = 0
        for turn in read.turns:
            if turn.label_start >= SHOWN:
                break
            cursor.insertText(read.text[at : turn.label_start], plain)
            cursor.insertText(read.text[turn.label_start : turn.start], label)
            end = min(turn.end, SHOWN)
            cursor.insertText(read.text[turn.start : end], asked if turn.interviewer else plain)
            at = end
        cursor.insertText(read.text[at:SHOWN], plain)
        left = len(read.text) - SHOWN
        if left > 0:
            number = current_catalogue().format_number(left)
            cursor.insertBlock()
            cursor.insertText(tr("… and {number} characters more", number=number), asked)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _formats(self) -> tuple[QTextCharFormat, QTextCharFormat, QTextCharFormat]:
        plain, label, asked = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(self._theme.ink))
        label.setForeground(QColor(self._theme.ink))
        label.setFontWeight(QFont.Weight.DemiBold)
        label.setFontFamilies([fonts.interface_face()])
        label.setProperty(QTextCharFormat.Property.FontPixelSize, self._theme.px(13))
        asked.setForeground(QColor(self._theme.muted))
        return plain, label, asked
