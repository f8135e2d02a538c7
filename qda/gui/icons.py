"""One-colour icons, drawn as SVG and tinted when they are shown."""

from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QIcon, QImage, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
_RATIOS = (1.0, 2.0, 3.0)


@lru_cache(maxsize=1)
def names() -> frozenset[str]:
    """Return the names of all icons."""
    return frozenset(path.stem for path in _FOLDER.glob("*.svg"))


def icon(name: str, color: str, size: int = 20, disabled: str = "") -> QIcon:
    """Return an icon in `color`, sharp at every device pixel ratio.

    `size` is in logical pixels; `disabled` is the colour while nothing can be done with it.
    Raises FileNotFoundError for a name that no icon has.
    """
    made = QIcon()
    for ratio in _RATIOS:
        made.addPixmap(pixmap(name, color, size, ratio))
        if disabled:
            made.addPixmap(pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
    return made


def pixmap(name: str, color: str, size: int = 20, ratio: float = 1.0) -> QPixmap:
    """Return an icon as a pixmap of `size` logical pixels for a device pixel ratio."""
    drawn = QPixmap.fromImage(_image(name, color, round(size * ratio)))
    drawn.setDevicePixelRatio(ratio)
    return drawn


def paint(painter: QPainter, name: str, color: str, rect: QRectF) -> None:
    """Paint an icon into `rect`, sharp on the device of `painter`."""
    _renderer(name, color).render(painter, rect)


@lru_cache(maxsize=512)
def _image(name: str, color: str, pixels: int) -> QImage:
    renderer = _renderer(name, color)
    image = QImage(pixels, pixels, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    renderer.render(painter, QRectF(0, 0, pixels, pixels))
    painter.end()
    return image


@lru_cache(maxsize=256)
def _renderer(name: str, color: str) -> QSvgRenderer:
    drawing = (_FOLDER / f"{name}.svg").read_text(encoding="utf-8")
    return QSvgRenderer(QByteArray(drawing.replace("currentColor", color).encode()))
