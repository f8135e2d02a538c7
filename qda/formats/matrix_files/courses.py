"""The months of an indicator small enough for a cell: as letters, as SVG, as PNG."""

import zlib
from collections.abc import Sequence
from html import escape
from itertools import pairwise

_LEVELS = "▁▂▃▄▅▆▇█"
_LETTERS = 16
WIDTH, HEIGHT = 96, 22
"""The size of the line, in points of 1/96 inch."""
_SHARP = 3
_GREY = 0x22

Months = Sequence[tuple[str, float]]


def as_letters(months: Months) -> str:
    """Return block letters that rise and fall with the numbers, on a scale of their own.

    Many months are drawn together into 16 letters, each the mean of its part.
    """
    numbers = _parts([number for _month, number in months])
    if not numbers:
        return ""
    low, spread = min(numbers), max(numbers) - min(numbers)
    if not spread:
        return _LEVELS[len(_LEVELS) // 2] * len(numbers)
    steps = len(_LEVELS) - 1
    return "".join(_LEVELS[round((one - low) / spread * steps)] for one in numbers)


def _parts(numbers: list[float]) -> list[float]:
    if len(numbers) <= _LETTERS:
        return numbers
    edges = [round(at * len(numbers) / _LETTERS) for at in range(_LETTERS + 1)]
    parts = [numbers[edges[at] : edges[at + 1]] for at in range(_LETTERS)]
    return [sum(part) / len(part) for part in parts]


def _points(months: Months, width: float, height: float) -> list[tuple[float, float]]:
    """Return where the numbers stand in a cell of that size, with a margin for the dot."""
    numbers = [number for _month, number in months]
    low, spread = min(numbers), (max(numbers) - min(numbers)) or 1.0
    across = max(len(numbers) - 1, 1)
    return [
        (3 + at / across * (width - 6), 3 + (1 - (one - low) / spread) * (height - 6))
        for at, one in enumerate(numbers)
    ]


def as_svg(months: Months, about: str) -> str:
    """Return a line with a dot at its end, in the colour of the text around it."""
    if not months:
        return ""
    points = _points(months, WIDTH, HEIGHT)
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    x, y = points[-1]
    return (
        f'<svg width="{WIDTH}" height="{HEIGHT}" viewBox="0 0 {WIDTH} {HEIGHT}" role="img"'
        f' aria-label="{escape(about)}"><polyline points="{line}" fill="none"'
        f' stroke="currentColor" stroke-width="1.5"/><circle cx="{x:.1f}" cy="{y:.1f}" r="2"'
        ' fill="currentColor"/></svg>'
    )


def as_png(months: Months) -> bytes:
    """Return the same line as a grey picture, three dots to a point: for files without vectors.

    How dark a dot is follows from how far it is from the line, so that edges are smooth.
    """
    import numpy as np  # lazy: start-up

    width, height = WIDTH * _SHARP, HEIGHT * _SHARP
    points = np.array(_points(months, WIDTH, HEIGHT)) * _SHARP
    y, x = np.mgrid[0:height, 0:width] + 0.5
    distance = np.hypot(x - points[-1, 0], y - points[-1, 1]) - 2.2 * _SHARP
    for (x1, y1), (x2, y2) in pairwise(points.tolist()):
        length = (x2 - x1) ** 2 + (y2 - y1) ** 2 or 1.0
        along = np.clip(((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length, 0, 1)
        off = np.hypot(x - x1 - along * (x2 - x1), y - y1 - along * (y2 - y1))
        np.minimum(distance, off - 0.75 * _SHARP, out=distance)
    ink = np.clip(0.5 - distance, 0, 1)
    grey = np.rint(255 - ink * (255 - _GREY)).astype(np.uint8)
    lines = b"".join(b"\0" + line.tobytes() for line in grey)
    size = width.to_bytes(4, "big") + height.to_bytes(4, "big")
    parts = (
        (b"IHDR", size + bytes((8, 0, 0, 0, 0))),
        (b"IDAT", zlib.compress(lines, 9)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunk(kind: bytes, data: bytes) -> bytes:
    """Return a chunk of a PNG file (ISO/IEC 15948, section 5.3)."""
    check = zlib.crc32(kind + data).to_bytes(4, "big")
    return len(data).to_bytes(4, "big") + kind + data + check
