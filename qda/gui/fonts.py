"""Type faces: one for the interface, one for reading, taken from what the system has."""

from dataclasses import dataclass
from functools import lru_cache
from math import ceil

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF

INTERFACE_FACES = ("Inter", "Noto Sans", "Segoe UI", "SF Pro Text", "Helvetica Neue", "DejaVu Sans")
TEXT_FACES = (
    "Noto Serif", "Source Serif 4", "Source Serif Pro", "Charter", "Georgia", "Cambria",
    "Liberation Serif", "DejaVu Serif", "Times New Roman",
)  # fmt: skip
INTERFACE_SIZE = 13
TEXT_SIZE = 17
LEADING = 160
"""Per cent of the size from one line to the next."""
LEADINGS = (140, 160, 190)
MEASURE = 60
"""Average characters of the face across the column: about 68 of running Norwegian text."""
MEASURES = (46, 60, 78)


@dataclass(frozen=True, slots=True)
class Reading:
    """How text is set where one reads it; an empty face is the first of `TEXT_FACES` there is."""

    face: str = ""
    leading: int = LEADING
    measure: int = MEASURE


class _Current:
    """How text is set now, in one place that can be exchanged."""

    reading = Reading()


def set_reading(reading: Reading) -> None:
    """Set text so from now on; what is shown already must be told by a change of theme."""
    _Current.reading = reading


def reading() -> Reading:
    """Return how text is set now."""
    return _Current.reading


@lru_cache(maxsize=1)
def interface_face() -> str:
    """Return the family of the interface face."""
    return _first_of(INTERFACE_FACES, QFontDatabase.SystemFont.GeneralFont)


@lru_cache(maxsize=1)
def default_text_face() -> str:
    """Return the family of the reading face where the user has chosen none."""
    return _first_of(TEXT_FACES, QFontDatabase.SystemFont.GeneralFont)


def text_face() -> str:
    """Return the family of the reading face; one that the system no longer has is not used."""
    chosen = _Current.reading.face
    return chosen if chosen and chosen in _families() else default_text_face()


@lru_cache(maxsize=1)
def _families() -> frozenset[str]:
    return frozenset(QFontDatabase.families())


def reading_faces() -> list[str]:
    """Return the families one can read Norwegian in: all that have its letters and can be sized."""
    latin = QFontDatabase.WritingSystem.Latin
    return [
        family
        for family in QFontDatabase.families(latin)
        if QFontDatabase.isSmoothlyScalable(family) and not QFontDatabase.isPrivateFamily(family)
    ]


def interface_font(
    scale: float = 1.0, size: float = INTERFACE_SIZE, *, bold: bool = False
) -> QFont:
    """Return the interface face at `size` pixels times `scale`; `bold` is semi-bold."""
    # A copy, since whoever gets it may change it.
    return QFont(_interface_font(max(1, round(size * scale)), bold=bold))


@dataclass(frozen=True, slots=True)
class Face:
    """A font with its measures, shared by all who paint with it: it must not be changed."""

    font: QFont
    metrics: QFontMetricsF

    def width_of(self, text: str) -> int:
        """Return the width of one line of `text` in whole pixels."""
        return ceil(self.metrics.horizontalAdvance(text))

    def elided(self, text: str, width: float) -> str:
        """Return `text` cut with an ellipsis to fit `width` pixels."""
        return self.metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width))


def face(
    scale: float = 1.0, size: float = INTERFACE_SIZE, *, bold: bool = False, figures: bool = False
) -> Face:
    """Return the interface face as `interface_font` does, its figures of one width if wanted."""
    return _face(max(1, round(size * scale)), bold=bold, figures=figures)


@lru_cache(maxsize=64)
def _face(pixels: int, *, bold: bool, figures: bool) -> Face:
    font = _interface_font(pixels, bold=bold)
    font = tabular(font) if figures else font
    return Face(font, QFontMetricsF(font))


@lru_cache(maxsize=64)
def _interface_font(pixels: int, *, bold: bool) -> QFont:
    font = QFont(interface_face())
    font.setPixelSize(pixels)
    if bold:
        font.setWeight(QFont.Weight.DemiBold)
    return font


def text_font(scale: float = 1.0, size: float = TEXT_SIZE) -> QFont:
    """Return the reading face at `size` pixels times `scale`."""
    font = QFont([text_face(), *TEXT_FACES])
    font.setStyleHint(QFont.StyleHint.Serif)
    font.setPixelSize(max(1, round(size * scale)))
    return font


def label_font(scale: float = 1.0, size: float = 11) -> QFont:
    """Return the face of small headings: upper case, spaced, semi-bold."""
    font = interface_font(scale, size, bold=True)
    font.setCapitalization(QFont.Capitalization.AllUppercase)
    font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 104)
    return font


def tabular(font: QFont) -> QFont:
    """Return the font with digits of one width, for numbers in columns."""
    figures = QFont(font)
    tag = QFont.Tag.fromString("tnum")
    if tag is not None:
        figures.setFeature(tag, 1)
    return figures


def measure_width(font: QFont) -> int:
    """Return the width in pixels of a column that is comfortable to read in `font`."""
    return round(QFontMetricsF(font).averageCharWidth() * _Current.reading.measure)


def line_pitch(pixel: float) -> int:
    """Return the pixels from one line of reading text to the next."""
    return round(pixel * _Current.reading.leading / 100)


def elided(text: str, font: QFont, width: float) -> str:
    """Return `text` cut with an ellipsis to fit `width` pixels."""
    return QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0.0, width))


def width_of(text: str, font: QFont) -> int:
    """Return the width of one line of `text` in whole pixels."""
    return ceil(QFontMetricsF(font).horizontalAdvance(text))


def _first_of(faces: tuple[str, ...], fallback: QFontDatabase.SystemFont) -> str:
    present = set(QFontDatabase.families())
    for face in faces:
        if face in present:
            return face
    return QFontDatabase.systemFont(fallback).family()
