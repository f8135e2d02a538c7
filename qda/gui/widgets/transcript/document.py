"""The QTextDocument of a transcript: faces, line height, label lines.

Built in one go; where a text is corrected, only the paragraphs that differ are put in anew, since
laying out a long text again takes longer than reading what changed in it.
"""

from bisect import bisect_left
from collections.abc import Iterable
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
from qda.gui.widgets.transcript.data import LabelLine, ShownText, TranscriptText, shown_text
from qda.text.differences import common_prefix, common_suffix
from qda.text.offsets import Utf16Map

LEFT_MARGIN = 66
MOST_REPLACED = 60_000
"""Code points that are replaced within a document; with more, it is built anew."""
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


@dataclass(frozen=True, slots=True)
class Script:
    """A text as it was given, as it is shown, and how Qt counts in it."""

    source: TranscriptText
    shown: ShownText
    units: Utf16Map

    @classmethod
    def of(cls, source: TranscriptText) -> "Script":
        """Return the script of a text."""
        return cls(source, shown_text(source), Utf16Map(source.text))


def build_document(script: Script, theme: Theme, sizes: Sizes, parent: QObject) -> QTextDocument:
    """Return a document that shows a text; its length in UTF-16 units is the text's."""
    document = QTextDocument(parent)
    document.setUndoRedoEnabled(False)
    document.setDefaultFont(sizes.font)
    document.setDocumentMargin(0)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setTabStopDistance(sizes.pixel * 2)
    document.setDefaultTextOption(option)
    document.setPlainText(script.shown.text)
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    _Formats(script, theme, sizes).give(cursor, 0, len(script.shown.text))
    cursor.endEditBlock()
    frame = document.rootFrame().frameFormat()
    frame.setLeftMargin(sizes.left)
    frame.setTopMargin(theme.px(14))
    frame.setBottomMargin(theme.px(120))
    document.rootFrame().setFrameFormat(frame)
    return document


def update_document(
    document: QTextDocument, before: Script, script: Script, theme: Theme, sizes: Sizes
) -> bool:
    """Let a document that shows `before` show `script`, where that takes little; tell whether.

    It must be laid out to its end: else Qt takes it for shorter than it is from then on.
    """
    change = _change(before, script) if document.lastBlock().layout().lineCount() else None
    if change is None:
        return False
    low, old_end, end = change
    cursor = QTextCursor(document)
    cursor.beginEditBlock()
    cursor.setPosition(before.units.to_utf16(low))
    cursor.setPosition(before.units.to_utf16(old_end), _KEEP)
    cursor.insertText(script.shown.text[low:end], QTextCharFormat())
    _Formats(script, theme, sizes).give(cursor, low, end)
    cursor.endEditBlock()
    return True


def _change(before: Script, script: Script) -> tuple[int, int, int] | None:
    """Return where whole lines differ: start, end before, end now; None where that is too much."""
    old, new = before.shown.text, script.shown.text
    limit = min(len(old), len(new))
    head = common_prefix(old, 0, new, 0, limit)
    tail = common_suffix(old, len(old), new, len(new), limit - head)
    low = new.rfind("\n", 0, head) + 1
    # How an empty line looks depends on those beside it.
    while low > 0 and new[low - 2 : low - 1] in ("\n", ""):
        low -= 1
    end = new.find("\n", len(new) - tail)
    while 0 <= end < len(new) - 1 and new[end + 1] == "\n":
        end += 1
    end = len(new) if end < 0 else end
    old_end = end - len(new) + len(old)
    small = max(end, old_end) - low <= MOST_REPLACED
    if small and _looks(before, low, old_end) == _looks(script, low, end):
        return low, old_end, end
    return None


def _looks(script: Script, low: int, high: int) -> tuple[list[object], list[object]]:
    """Return what has a format of its own before `low`, and behind `high` as counted from there."""
    marks: list[tuple[int, int, bool]] = [
        (one.start, one.end, True) for one in script.source.turns if one.interviewer
    ]
    marks += [(one.start, one.end, one.turn.interviewer) for one in script.shown.labels]
    first: list[object] = [(start, min(end, low), how) for start, end, how in marks if start < low]
    last: list[object] = [
        (max(start, high) - high, end - high, how) for start, end, how in marks if end > high
    ]
    return first, last


class _Formats:
    """The formats of a text, given to all of it or to some of its lines."""

    def __init__(self, script: Script, theme: Theme, sizes: Sizes) -> None:
        self._script = script
        self._theme = theme
        self._sizes = sizes

    def give(self, cursor: QTextCursor, low: int, high: int) -> None:
        """Format the lines from `low` to `high`, which are where lines begin and end."""
        self._select(cursor, low, high)
        cursor.setBlockFormat(_line_format(self._sizes.pitch))
        cursor.setCharFormat(_ink(self._theme.ink))
        muted = _ink(self._theme.muted_tinted)
        for turn in self._script.source.turns:
            if turn.interviewer and turn.start < high and low < turn.end:
                self._select(cursor, max(low, turn.start), min(high, turn.end))
                cursor.mergeCharFormat(muted)
        labels = self._script.shown.labels
        first = bisect_left(labels, low, key=_start_of)
        self._format_labels(cursor, labels[first : bisect_left(labels, high, key=_start_of)])
        self._format_empty_lines(cursor, low, high)

    def _select(self, cursor: QTextCursor, start: int, end: int) -> None:
        units = self._script.units
        cursor.setPosition(units.to_utf16(start))
        cursor.setPosition(units.to_utf16(end), _KEEP)

    def _format_labels(self, cursor: QTextCursor, labels: Iterable[LabelLine]) -> None:
        theme = self._theme
        factor = self._sizes.pixel / fonts.TEXT_SIZE
        line = _line_format(round(20 * factor), round(16 * factor))
        first = _line_format(round(20 * factor), 0)
        speaker, interviewer = _ink(theme.muted_tinted), _ink(theme.muted)
        for kind in (speaker, interviewer):
            kind.setFont(fonts.label_font(factor, 11.5))
        for label in labels:
            self._select(cursor, label.start, label.end)
            cursor.setCharFormat(interviewer if label.turn.interviewer else speaker)
            cursor.setBlockFormat(line if label.start else first)

    def _format_empty_lines(self, cursor: QTextCursor, start: int, end: int) -> None:
        """Make empty lines low, and the last of them a gap unless a label follows."""
        text = self._script.shown.text
        before_label = {label.start for label in self._script.shown.labels}
        low, gap = _line_format(1), _line_format(round(self._sizes.pixel * 0.6))
        if start == 0 and text.startswith("\n"):
            self._select(cursor, 0, 0)
            cursor.setBlockFormat(low)
        # The empty line at `place + 1` ends at a line break behind the one at `place`.
        place = text.find("\n\n", max(0, start - 1), end + 1)
        while place >= 0:
            following = place + 2
            while following < len(text) and text[following] == "\n":
                following += 1
            for empty in range(place + 1, following):
                self._select(cursor, empty, empty)
                last = empty == following - 1 and following not in before_label
                cursor.setBlockFormat(gap if last else low)
            place = text.find("\n\n", following, end + 1)


def _start_of(label: LabelLine) -> int:
    return label.start


def _line_format(height: float, top: float = 0.0) -> QTextBlockFormat:
    line = QTextBlockFormat()
    line.setLineHeight(height, _FIXED)
    line.setTopMargin(top)
    return line


def _ink(color: str) -> QTextCharFormat:
    ink = QTextCharFormat()
    ink.setForeground(QColor(color))
    return ink
