"""Write a picture as an Enhanced Metafile ([MS-EMF] 2.3): the vectors that Word has always shown.

Lines that are broken or fill a box are written stroke by stroke, since readers draw them each in
their way. Widths of letters are those of Helvetica, which Arial and its like share.
"""

import struct
from collections.abc import Iterable, Sequence

from qda.formats.pictures.letter_widths import letter_width
from qda.formats.pictures.strokes import dashed, hatching
from qda.model.pictures import Box, Disc, Path, Picture, Shape, Words

FACE = "Arial"
_FINE = 20
"""Units of the file for each point of a picture."""
_HUNDREDTHS = 2540 / 96 / _FINE
"""Hundredths of a millimetre in each unit, which records of text repeat."""
_HEADER, _EOF = 1, 14
_POLYLINE, _ELLIPSE, _RECTANGLE, _ROUND_RECTANGLE = 4, 42, 43, 44
_MAP_MODE, _BACKGROUND, _ALIGN, _TEXT_COLOR = 17, 18, 22, 24
_WINDOW_SIZE, _WINDOW_CORNER, _VIEW_SIZE, _VIEW_CORNER = 9, 10, 11, 12
_SELECT, _BRUSH, _FONT, _TEXT, _PEN = 37, 39, 82, 84, 95
_ANISOTROPIC, _TRANSPARENT = 8, 1
_NO_BRUSH, _NO_PEN = 0x80000005, 0x80000008
_GEOMETRIC, _FLAT, _MITRED = 0x10000, 0x200, 0x2000
_ROUND = 0
_BASELINE = 24
_ALIGNS = {"start": _BASELINE, "middle": _BASELINE | 6, "end": _BASELINE | 2}
_BOLD, _REGULAR = 700, 400
_DEVICE = 960, 254
"""Dots and millimetres of the sides of the device meant: 96 to the inch."""
_TEXT_AT = 76
"""Where the letters begin in a record of text."""


def emf_bytes(picture: Picture) -> bytes:
    """Return the picture as an Enhanced Metafile; the same picture gives the same bytes."""
    file = _File()
    file.add(_MAP_MODE, "I", _ANISOTROPIC)
    file.add(_WINDOW_CORNER, "ii", 0, 0)
    file.add(_WINDOW_SIZE, "ii", _units(picture.width), _units(picture.height))
    file.add(_VIEW_CORNER, "ii", 0, 0)
    file.add(_VIEW_SIZE, "ii", round(picture.width), round(picture.height))
    file.add(_BACKGROUND, "I", _TRANSPARENT)
    _draw(file, Box(0, 0, picture.width, picture.height, fill=picture.paper))
    for shape in picture.shapes:
        _draw(file, shape)
    file.add(_EOF, "III", 0, 16, 20)
    return file.finished(picture)


class _File:
    """Records as they are added; pens, brushes and fonts are made once and selected by need."""

    def __init__(self) -> None:
        self._records: list[bytes] = []
        self._made: dict[tuple[int, bytes], int] = {}
        self._at_hand: dict[int, int] = {}
        self._aligned, self._inked = -1, -1

    def add(self, kind: int, layout: str, *values: float) -> None:
        """Add a record of numbers."""
        self.add_bytes(kind, struct.pack(f"<{layout}", *values))

    def add_bytes(self, kind: int, content: bytes) -> None:
        """Add a record, filled up to whole words of four bytes."""
        content += b"\0" * (-len(content) % 4)
        self._records.append(struct.pack("<II", kind, len(content) + 8) + content)

    def select(self, kind: int, content: bytes) -> None:
        """Draw on with this pen, brush or font."""
        key = kind, content
        if key not in self._made:
            self._made[key] = len(self._made) + 1
            self.add_bytes(kind, struct.pack("<I", self._made[key]) + content)
        self._take(kind, self._made[key])

    def leave_out(self, kind: int) -> None:
        """Draw on without a pen or a brush."""
        self._take(kind, _NO_PEN if kind == _PEN else _NO_BRUSH)

    def _take(self, kind: int, handle: int) -> None:
        if self._at_hand.get(kind) != handle:
            self._at_hand[kind] = handle
            self.add(_SELECT, "I", handle)

    def write_in(self, align: int, color: int) -> None:
        """Write on with this side at its place, in this colour."""
        if self._aligned != align:
            self._aligned = align
            self.add(_ALIGN, "I", align)
        if self._inked != color:
            self._inked = color
            self.add(_TEXT_COLOR, "I", color)

    def finished(self, picture: Picture) -> bytes:
        """Return the file, with what it shows in words in its header."""
        about = f"qda\0{picture.title}\0\0".encode("utf-16-le", "replace")
        letters = len(about) // 2
        about += b"\0" * (-len(about) % 4)
        size = 108 + len(about)
        body = b"".join(self._records)
        wide, high = (one * _FINE * _HUNDREDTHS for one in (picture.width, picture.height))
        dots, millimetres = _DEVICE
        header = struct.pack(
            "<II4i4iIIIIHHIII2i2iIII2i",
            _HEADER, size,
            0, 0, round(picture.width), round(picture.height),
            0, 0, round(wide), round(high),
            0x464D4520, 0x10000,
            size + len(body), len(self._records) + 1, len(self._made) + 1, 0,
            letters, 108, 0,
            dots, dots, millimetres, millimetres,
            0, 0, 0,
            millimetres * 1000, millimetres * 1000,
        )  # fmt: skip
        return header + about + body


def _draw(file: _File, shape: Shape) -> None:
    if isinstance(shape, Box):
        _box(file, shape)
    elif isinstance(shape, Path):
        lines = dashed(shape.points, shape.dashes) if shape.dashes else [shape.points]
        _lines(file, lines, shape.stroke, shape.width, _FLAT if shape.dashes else _ROUND)
    elif isinstance(shape, Disc):
        _fill(file, shape.fill)
        _outline(file, shape.stroke, shape.stroke_width)
        left, top = shape.x - shape.radius, shape.y - shape.radius
        file.add(_ELLIPSE, "4i", *_corners(left, top, shape.radius * 2, shape.radius * 2))
    else:
        _words(file, shape)


def _box(file: _File, box: Box) -> None:
    if box.hatched:
        _lines(file, hatching(box), box.stroke, 1.0, _FLAT)
    _fill(file, "" if box.hatched else box.fill)
    _outline(file, box.stroke, box.stroke_width)
    corners = _corners(box.x, box.y, box.width, box.height)
    if box.radius:
        round_by = _units(box.radius * 2)
        file.add(_ROUND_RECTANGLE, "6i", *corners, round_by, round_by)
    else:
        file.add(_RECTANGLE, "4i", *corners)


def _lines(
    file: _File, lines: Iterable[Sequence[tuple[float, float]]], color: str, width: float, cap: int
) -> None:
    if not color:
        return
    _pen(file, color, width, cap)
    for points in lines:
        places = [_units(one) for point in points for one in point]
        edges = min(places[::2]), min(places[1::2]), max(places[::2]), max(places[1::2])
        file.add(_POLYLINE, f"4iI{len(places)}i", *edges, len(points), *places)


def _words(file: _File, words: Words) -> None:
    size = words.size * _FINE
    turn = round(-words.turn * 10) % 3600
    font = struct.pack(
        "<5i8B", -round(size), 0, turn, turn, _BOLD if words.bold else _REGULAR,
        0, 0, 0, 1, 0, 0, 4, 0,
    ) + FACE.encode("utf-16-le").ljust(64, b"\0")  # fmt: skip
    file.select(_FONT, font.ljust(320, b"\0"))
    file.write_in(_ALIGNS[words.anchor], _color(words.color))
    letters = words.text.encode("utf-16-le", "replace")
    units = struct.unpack(f"<{len(letters) // 2}H", letters)
    apart = [round(letter_width(one, bold=words.bold) * size / 1000) for one in units]
    padded = letters + b"\0" * (-len(letters) % 4)
    place = _units(words.x), _units(words.y)
    head = struct.pack(
        "<4iIff2iIII4iI",
        0, 0, -1, -1, 1, _HUNDREDTHS, _HUNDREDTHS, *place,
        len(units), _TEXT_AT, 0, 0, 0, -1, -1, _TEXT_AT + len(padded),
    )  # fmt: skip
    file.add_bytes(_TEXT, head + padded + struct.pack(f"<{len(apart)}I", *apart))


def _fill(file: _File, color: str) -> None:
    if color:
        file.select(_BRUSH, struct.pack("<III", 0, _color(color), 0))
    else:
        file.leave_out(_BRUSH)


def _outline(file: _File, color: str, width: float) -> None:
    if color:
        _pen(file, color, width, _MITRED)
    else:
        file.leave_out(_PEN)


def _pen(file: _File, color: str, width: float, style: int) -> None:
    wide = max(1, _units(width))
    content = struct.pack("<4I6I", 0, 0, 0, 0, _GEOMETRIC | style, wide, 0, _color(color), 0, 0)
    file.select(_PEN, content)


def _corners(x: float, y: float, width: float, height: float) -> tuple[int, int, int, int]:
    return _units(x), _units(y), _units(x + width), _units(y + height)


def _units(length: float) -> int:
    return round(length * _FINE)


def _color(color: str) -> int:
    """Return `#rrggbb` as a number with blue in its highest byte."""
    red, green, blue = (int(color[at : at + 2], 16) for at in (1, 3, 5))
    return red | green << 8 | blue << 16
