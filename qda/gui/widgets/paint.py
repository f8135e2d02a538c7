"""Small things that several widgets paint alike."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from qda.gui import fonts
from qda.gui.theme import Theme

ALIGN_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
ALIGN_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
ALIGN_CENTER = Qt.AlignmentFlag.AlignCenter


def fill_rounded(painter: QPainter, rect: QRectF, color: str, radius: float) -> None:
    """Fill a rounded rectangle without a border."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawRoundedRect(rect, radius, radius)
    painter.restore()


def stroke_rounded(
    painter: QPainter, rect: QRectF, color: str, radius: float, width: float = 1.0
) -> None:
    """Draw the border of a rounded rectangle just inside `rect`."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.setPen(QPen(QColor(color), width))
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
    painter.restore()


def focus_ring(painter: QPainter, rect: QRectF, theme: Theme, radius: float = 6) -> None:
    """Draw the ring that shows where the keyboard is."""
    stroke_rounded(painter, rect, theme.accent, radius * theme.scale, theme.px(2))


def key_cap(painter: QPainter, right: float, middle: float, text: str, theme: Theme) -> float:
    """Draw a key's cap that ends at `right`, centred on `middle`; return where it begins."""
    font = fonts.interface_font(theme.scale, 11)
    width = max(QFontMetricsF(font).horizontalAdvance(text) + theme.px(10), theme.px(17))
    height = theme.px(17)
    rect = QRectF(right - width, round(middle - height / 2), width, height)
    fill_rounded(painter, rect, theme.ground, theme.px(4))
    stroke_rounded(painter, rect, theme.line, theme.px(4))
    painter.save()
    painter.setFont(font)
    painter.setPen(QColor(theme.muted_tinted))
    painter.drawText(rect, ALIGN_CENTER, text)
    painter.restore()
    return rect.left()


def color_square(painter: QPainter, left: float, middle: float, size: float, color: str) -> None:
    """Draw the square that stands for a code, centred on `middle`."""
    rect = QRectF(left, round(middle - size / 2), size, size)
    fill_rounded(painter, rect, color, size * 0.28)


def dot(painter: QPainter, center: QPointF, radius: float, color: str) -> None:
    """Draw a filled dot."""
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(color))
    painter.drawEllipse(center, radius, radius)
    painter.restore()


def share_bar(
    painter: QPainter, rect: QRectF, share: float, theme: Theme, place: float | None = None
) -> None:
    """Draw how much of something is done, 0 to 1, as a thin bar in the middle of `rect`.

    A tick at `place`, 0 to 1, says where in it one was the last time.
    """
    thick = max(2, theme.px(3))
    track = QRectF(rect.left(), round(rect.center().y() - thick / 2), rect.width(), thick)
    fill_rounded(painter, track, theme.hover if theme.high_contrast else theme.line, thick / 2)
    if share > 0:
        done = QRectF(track)
        done.setWidth(max(thick, track.width() * min(1.0, share)))
        fill_rounded(painter, done, theme.accent, thick / 2)
    if place is not None:
        wide, high = max(1, round(theme.px(1.6))), theme.px(9)
        left = track.left() + (track.width() - wide) * min(1.0, max(0.0, place))
        tick = QRectF(round(left), round(rect.center().y() - high / 2), wide, high)
        painter.fillRect(tick, QColor(theme.ink))
