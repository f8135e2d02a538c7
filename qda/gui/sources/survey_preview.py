"""The first respondents of a sheet as they will come in."""

from collections.abc import Sequence

from PySide6.QtGui import QColor, QFont, QTextBlockFormat, QTextCharFormat, QTextCursor
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from qda.gui import fonts
from qda.gui.language import current_catalogue, tr, tr_n
from qda.gui.theme import Theme
from qda.model.entities import Value, VariableType
from qda.model.survey import Respondent

SHOWN = 1500
"""Characters of an answer that are shown."""


class SurveyPreview(QTextEdit):
    """Read some respondents before they are imported: name, office, attributes, documents."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[Sequence[Respondent], Sequence[tuple[str, VariableType]], str] | None
        self._shown = None
        self.setReadOnly(True)
        self.setUndoRedoEnabled(False)
        self.setTabChangesFocus(True)
        self.setProperty("kind", "transcript")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setAccessibleName(tr("The first respondents as they come in"))
        self.set_theme(theme)

    def show_respondents(
        self,
        respondents: Sequence[Respondent],
        attributes: Sequence[tuple[str, VariableType]],
        title: str,
    ) -> None:
        """Show respondents; `title` is what the sheet is called."""
        self._shown = (respondents, attributes, title)
        self._fill()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.document().setDocumentMargin(theme.px(20))
        self.document().setDefaultFont(fonts.text_font(theme.scale, 15))
        self._fill()

    def _fill(self) -> None:
        self.clear()
        if self._shown is None:
            return
        respondents, attributes, title = self._shown
        cursor = QTextCursor(self.document())
        cursor.beginEditBlock()
        for place, one in enumerate(respondents):
            self._write(cursor, one, attributes, title, first=place == 0)
        cursor.endEditBlock()
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def _write(
        self,
        cursor: QTextCursor,
        one: Respondent,
        attributes: Sequence[tuple[str, VariableType]],
        title: str,
        *,
        first: bool,
    ) -> None:
        plain, name, small = self._formats()
        self._paragraph(cursor, above=0 if first else 28, first=first)
        who = one.name or f"{title} {one.number}"
        cursor.insertText(f"{who} · {one.case}" if one.case else who, name)
        known = [
            f"{column}: {_said(value, kind)}"
            for (column, kind), value in zip(attributes, one.values, strict=True)
            if value is not None
        ]
        if known:
            self._paragraph(cursor, above=2)
            cursor.insertText(" · ".join(known), small)
        if not one.documents:
            self._paragraph(cursor, above=8)
            cursor.insertText(
                tr("wrote nothing; comes in as a participant without documents"), small
            )
        for document in one.documents:
            self._paragraph(cursor, above=10)
            suffix = f" – {document.suffix}" if document.suffix else ""
            words = tr_n("{n} word", "{n} words", document.words)
            cursor.insertText(f"{title} {one.name or one.number}{suffix} · {words}", small)
            self._paragraph(cursor, above=2)
            text = document.text[:SHOWN] + ("…" if len(document.text) > SHOWN else "")
            cursor.insertText(text, plain)

    def _paragraph(self, cursor: QTextCursor, *, above: int, first: bool = False) -> None:
        block = QTextBlockFormat()
        block.setLineHeight(145, QTextBlockFormat.LineHeightTypes.ProportionalHeight.value)
        block.setTopMargin(self._theme.px(above))
        if first:
            cursor.setBlockFormat(block)
        else:
            cursor.insertBlock(block)

    def _formats(self) -> tuple[QTextCharFormat, QTextCharFormat, QTextCharFormat]:
        plain, name, small = QTextCharFormat(), QTextCharFormat(), QTextCharFormat()
        plain.setForeground(QColor(self._theme.ink))
        name.setForeground(QColor(self._theme.ink))
        name.setFontWeight(QFont.Weight.DemiBold)
        small.setForeground(QColor(self._theme.muted))
        for one, size in ((name, 15), (small, 12)):
            one.setFontFamilies([fonts.interface_face()])
            one.setProperty(QTextCharFormat.Property.FontPixelSize, self._theme.px(size))
        return plain, name, small


def _said(value: Value, kind: VariableType) -> str:
    catalogue = current_catalogue()
    if isinstance(value, bool):
        return tr("yes") if value else tr("no")
    if isinstance(value, str):
        return catalogue.format_date(value) if kind == "date" else value
    return catalogue.format_number(value)
