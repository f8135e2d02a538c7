"""Text in a few lines, the last one elided."""

from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPainter, QTextLayout, QTextOption

from qda.gui import fonts


@lru_cache(maxsize=4096)
def _broken(text: str, font_key: str, width: int, most: int) -> tuple[str, ...]:
    font = QFont()
    font.fromString(font_key)
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    lines: list[str] = []
    layout.beginLayout()
    while len(lines) < most:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(1, width))
        start, length = line.textStart(), line.textLength()
        if len(lines) == most - 1 and _rest(text, start + length):
            lines.append(fonts.elided(_from(text, start), font, width))
        else:
            lines.append(_between(text, start, length).rstrip())
    layout.endLayout()
    return tuple(lines) or ("",)


def _utf16(text: str) -> bytes:
    return text.encode("utf-16-le")


def _rest(text: str, start: int) -> bool:
    return bool(_utf16(text)[2 * start :].strip())


def _from(text: str, start: int) -> str:
    return _utf16(text)[2 * start :].decode("utf-16-le", "replace")


def _between(text: str, start: int, length: int) -> str:
    return _utf16(text)[2 * start : 2 * (start + length)].decode("utf-16-le", "replace")


def broken_lines(text: str, font: QFont, width: int, most: int) -> tuple[str, ...]:
    """Return `text` in at most `most` lines of `width` pixels, the last one elided."""
    if fonts.width_of(text, font) <= width:
        return (text,)
    return _broken(text, font.toString(), width, most)


def line_count(text: str, font: QFont, width: int, most: int) -> int:
    """Return how many lines `text` takes, `most` at most."""
    return len(broken_lines(text, font, width, most))


def paint_lines(
    painter: QPainter,
    rect: QRectF,
    text: str,
    font: QFont,
    line_height: int,
    most: int,
    align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
) -> int:
    """Paint `text` from the top of `rect`; return the width of the first line."""
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    lines = broken_lines(text, font, int(rect.width()), most)
    for place, line in enumerate(lines):
        width = metrics.horizontalAdvance(line)
        left = rect.right() - width if align & Qt.AlignmentFlag.AlignRight else rect.left()
        top = rect.top() + place * line_height + (line_height - metrics.height()) / 2
        painter.drawText(QPointF(left, top + metrics.ascent()), line)
    return fonts.width_of(lines[0], font)
