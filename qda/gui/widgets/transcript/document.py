"""The QTextDocument of a transcript: faces, line height, label lines. Built in one go."""

from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextOption,
)

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.gui.widgets.transcript.data import ShownText, TranscriptText
from qda.text.offsets import Utf16Map

LEFT_MARGIN = 66
_FIXED = QTextBlockFormat.LineHeightTypes.FixedHeight.value
_KEEP = QTextCursor.MoveMode.KeepAnchor


@dataclass(frozen=True, slots=True)
class Sizes:
    """Sizes in pixels at a theme's scale and a zoom."""

    font: QFont
    pixel: float
    pitch: float
    left: int
    measure: int

    @classmethod
    def of(cls, theme: Theme, zoom: int) -> "Sizes":
        """Return the sizes at `zoom` percent."""
        factor = theme.scale * zoom / 100
        font = fonts.text_font(factor)
        pixel = font.pixelSize()
        return cls(
            font,
            pixel,
            fonts.line_pitch(pixel),
            theme.px(LEFT_MARGIN),
            fonts.measure_width(font),
        )


def build_document(
    source: TranscriptText,
    shown: ShownText,
    units: Utf16Map,
    theme: Theme,
    sizes: Sizes,
    parent: QObject,
) -> QTextDocument:
    """Return a document that shows a text; its length in UTF-16 units is the text's."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(sizes.font)
    document.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(sizes.pixel * 2)
    document.setDefaultTextOption(option)
    document.setPlainText(shown.text)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _format_all(cursor, theme, sizes)
    _format_interviewer(cursor, source, units, theme)
    _format_labels(cursor, shown, units, theme, sizes)
    _format_empty_lines(cursor, shown, units, sizes)
    cursor.endEditBlock()
    frame = document.rootFrame().frameFormat()
    frame.setLeftMargin(sizes.left)
    frame.setTopMargin(theme.px(14))
    frame.setBottomMargin(theme.px(120))
    document.rootFrame().setFrameFormat(frame)
    return document


def _line_format(height: float, top: float = 0.0) -> QTextBlockFormat:
    line = QTextBlockFormat()
    line.setLineHeight(height, _FIXED)
    line.setTopMargin(top)
    return line


def _format_all(cursor: QTextCursor, theme: Theme, sizes: Sizes) -> None:
    cursor.select(QTextCursor.SelectionType.Document)
    cursor.mergeBlockFormat(_line_format(sizes.pitch))
    ink = QTextCharFormat()
    ink.setForeground(QColor(theme.ink))
    cursor.mergeCharFormat(ink)


def _format_interviewer(
    cursor: QTextCursor, source: TranscriptText, units: Utf16Map, theme: Theme
) -> None:
    muted = QTextCharFormat()
    muted.setForeground(QColor(theme.muted_tinted))
    for turn in source.turns:
        if turn.interviewer:
            cursor.setPosition(units.to_utf16(turn.start))
            cursor.setPosition(units.to_utf16(turn.end), _KEEP)
            cursor.mergeCharFormat(muted)


def _format_labels(
    cursor: QTextCursor, shown: ShownText, units: Utf16Map, theme: Theme, sizes: Sizes
) -> None:
    factor = sizes.pixel / fonts.TEXT_SIZE
    line = _line_format(round(20 * factor), round(16 * factor))
    first = _line_format(round(20 * factor), 0)
    speaker, interviewer = QTextCharFormat(), QTextCharFormat()
    for kind, color in ((speaker, theme.muted_tinted), (interviewer, theme.muted)):
        kind.setFont(fonts.label_font(factor, 11.5))
        kind.setForeground(QColor(color))
    for label in shown.labels:
        cursor.setPosition(units.to_utf16(label.start))
        cursor.setPosition(units.to_utf16(label.end), _KEEP)
        cursor.setCharFormat(interviewer if label.turn.interviewer else speaker)
        cursor.setBlockFormat(line if label.start else first)


def _format_empty_lines(
    cursor: QTextCursor, shown: ShownText, units: Utf16Map, sizes: Sizes
) -> None:
    before_label = {label.start for label in shown.labels}
    low, gap = _line_format(1), _line_format(round(sizes.pixel * 0.6))
    text = shown.text
    place = text.find("\n\n")
    if text.startswith("\n"):
        cursor.setPosition(0)
        cursor.setBlockFormat(low)
    while place >= 0:
        following = place + 2
        while following < len(text) and text[following] == "\n":
            following += 1
        for empty in range(place + 1, following):
            cursor.setPosition(units.to_utf16(empty))
            last = empty == following - 1 and following not in before_label
            cursor.setBlockFormat(gap if last else low)
        place = text.find("\n\n", following)
