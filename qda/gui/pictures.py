"""Pictures on the screen and as files: the shapes of a picture painted by Qt."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QPen,
    QPolygonF,
)

from qda.gui import fonts
from qda.gui.theme import Theme
from qda.model import pictures
from qda.model.pictures import Box, Disc, Inks, Picture, Shape, Words

ENDINGS = (".svg", ".pdf", ".png")
_POINTS = 0.75
"""Points of a page for each point of a picture."""
_SHARP = 3
"""Dots for each point of a picture in a PNG: about 290 to the inch."""
_TITLE, _ABOUT = "Title", "Description"
"""Keywords of texts in a PNG (ISO/IEC 15948, section 11.3.4)."""
_DOTS_PER_METRE = round(96 * _SHARP / 0.0254)


def inks_of(theme: Theme) -> Inks:
    """Return the colours of a theme as a picture takes them."""
    return Inks(theme.paper, theme.ink, theme.muted_tinted, theme.line, theme.accent)


def paint(painter: QPainter, picture: Picture) -> None:
    """Paint a picture at its natural size; `painter` may scale it."""
    Painted(picture).paint(painter, 0.0, picture.height)


class Painted:
    """A picture of which only a part is painted: one that is scrolled may be very long."""

    def __init__(self, picture: Picture) -> None:
        """Find out how far up and down each shape reaches."""
        self.picture = picture
        self._shapes = [(*_heights(one), one) for one in picture.shapes]

    def paint(self, painter: QPainter, top: float, bottom: float) -> None:
        """Paint what lies between two heights, in points of the picture; `painter` may scale it."""
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(0, top, self.picture.width, bottom - top)
        painter.fillRect(ground, QColor(self.picture.paper))
        for high, low, shape in self._shapes:
            if low >= top and high <= bottom:
                _paint_shape(painter, shape)


def _heights(shape: Shape) -> tuple[float, float]:
    """Return how far up and down a shape reaches at most."""
    if isinstance(shape, Box):
        return shape.y - shape.stroke_width, shape.y + shape.height + shape.stroke_width
    if isinstance(shape, pictures.Path):
        heights = [y for _x, y in shape.points]
        return min(heights, default=0.0) - shape.width, max(heights, default=0.0) + shape.width
    if isinstance(shape, Disc):
        reach = shape.radius + shape.stroke_width
        return shape.y - reach, shape.y + reach
    if shape.turn:
        reach = shape.size * len(shape.text)
        return shape.y - reach, shape.y + reach
    return shape.y - 2 * shape.size, shape.y + shape.size


def _paint_shape(painter: QPainter, shape: Shape) -> None:
    if isinstance(shape, Box):
        _paint_box(painter, shape)
    elif isinstance(shape, pictures.Path):
        _paint_path(painter, shape)
    elif isinstance(shape, Disc):
        painter.setPen(_pen(shape.stroke, shape.stroke_width))
        painter.setBrush(QColor(shape.fill) if shape.fill else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(shape.x, shape.y), shape.radius, shape.radius)
    else:
        _paint_words(painter, shape)


def _paint_box(painter: QPainter, box: Box) -> None:
    painter.setPen(_pen(box.stroke, box.stroke_width))
    brush = QBrush(QColor(box.fill)) if box.fill else QBrush(Qt.BrushStyle.NoBrush)
    if box.hatched:
        brush = QBrush(QColor(box.stroke), Qt.BrushStyle.BDiagPattern)
    painter.setBrush(brush)
    place = QRectF(box.x, box.y, box.width, box.height)
    if box.radius:
        painter.drawRoundedRect(place, box.radius, box.radius)
    else:
        painter.drawRect(place)


def _paint_path(painter: QPainter, path: pictures.Path) -> None:
    pen = _pen(path.stroke, path.width)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    if path.dashes:
        # Qt measures dashes by the width of the line.
        pen.setDashPattern([one / path.width for one in path.dashes])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in path.points]))


def _paint_words(painter: QPainter, words: Words) -> None:
    font = QFont(fonts.interface_font(1.0))
    font.setPixelSize(round(words.size))
    font.setWeight(QFont.Weight.DemiBold if words.bold else QFont.Weight.Normal)
    painter.setFont(font)
    painter.setPen(QColor(words.color))
    width = QFontMetricsF(font).horizontalAdvance(words.text)
    back = {"start": 0.0, "middle": width / 2, "end": width}[words.anchor]
    painter.save()
    painter.translate(words.x, words.y)
    painter.rotate(words.turn)
    painter.drawText(QPointF(-back, 0), words.text)
    painter.restore()


def _pen(color: str, width: float) -> QPen:
    return QPen(QColor(color), width) if color else QPen(Qt.PenStyle.NoPen)


def picture_bytes(ending: str, *pages: Picture) -> bytes:
    """Return a picture as a file of that ending, one of ENDINGS; a PDF has a page for each."""
    if ending == ".pdf":
        return _pdf(pages)
    if ending == ".png":
        return _png(pages[0])
    from qda.formats.pictures.svg import svg_text  # lazy: start-up

    return svg_text(pages[0]).encode()


def save_picture(path: Path, picture: Picture) -> None:
    """Write the picture; the ending says of what kind. Raises UserError where it cannot be."""
    from qda.formats.atomic import atomic_write  # lazy: start-up

    atomic_write(path, picture_bytes(path.suffix.casefold(), picture))


def _pdf(pages: Sequence[Picture]) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setPageLayout(_page_layout(pages[0]))
    writer.setResolution(288)
    writer.setTitle(pages[0].title)
    writer.setCreator("qda")
    painter = QPainter(writer)
    painter.scale(288 / 96, 288 / 96)
    for number, picture in enumerate(pages):
        if number:
            writer.setPageLayout(_page_layout(picture))
            writer.newPage()
        paint(painter, picture)
    painter.end()
    buffer.close()
    return bytes(buffer.data().data())


def _page_layout(picture: Picture) -> QPageLayout:
    """Return a page of the size of a picture, without margins: it has its own."""
    size = QSizeF(picture.width * _POINTS, picture.height * _POINTS)
    page = QPageSize(size, QPageSize.Unit.Point, "", QPageSize.SizeMatchPolicy.ExactMatch)
    return QPageLayout(page, QPageLayout.Orientation.Portrait, QMarginsF())


def _png(picture: Picture) -> bytes:
    width, height = round(picture.width * _SHARP), round(picture.height * _SHARP)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(_DOTS_PER_METRE)
    image.setDotsPerMeterY(_DOTS_PER_METRE)
    image.setText(_TITLE, picture.title)
    image.setText(_ABOUT, picture.about)
    painter = QPainter(image)
    painter.scale(_SHARP, _SHARP)
    paint(painter, picture)
    painter.end()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    image.save(buffer, "PNG")  # pyright: ignore[reportArgumentType,reportCallIssue]
    buffer.close()
    return bytes(buffer.data().data())
