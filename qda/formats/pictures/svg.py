"""Write a picture as SVG 1.1: vectors, real text, and what it shows in words for who cannot see.

A picture without a date or an address in it: the same picture gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from html import escape

from qda.model.pictures import Box, Disc, Path, Picture, Shape, Words

FACES = "Inter, 'Noto Sans', 'Segoe UI', Helvetica, Arial, sans-serif"


def svg_text(picture: Picture) -> str:
    """Return the picture as one SVG document that needs nothing else."""
    size = f'width="{_n(picture.width)}" height="{_n(picture.height)}"'
    box = f'viewBox="0 0 {_n(picture.width)} {_n(picture.height)}"'
    root = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {box} role="img"'
        f' aria-labelledby="title about" font-family="{FACES}">'
    )
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        root,
        f'<title id="title">{escape(picture.title)}</title>',
        f'<desc id="about">{escape(picture.about)}</desc>',
        *_hatches(picture.shapes),
        f'<rect {size} fill="{picture.paper}"/>',
        *(_shape(one) for one in picture.shapes),
        "</svg>",
    ]
    return "\n".join(lines) + "\n"


def _hatches(shapes: Iterable[Shape]) -> Iterator[str]:
    for color in sorted({one.stroke for one in shapes if isinstance(one, Box) and one.hatched}):
        yield (
            f'<pattern id="{_hatch(color)}" width="6" height="6" patternUnits="userSpaceOnUse"'
            f' patternTransform="rotate(45)"><line x1="0" y1="0" x2="0" y2="6"'
            f' stroke="{color}" stroke-width="1"/></pattern>'
        )


def _hatch(color: str) -> str:
    return f"hatch-{color.lstrip('#')}"


def _shape(shape: Shape) -> str:
    if isinstance(shape, Box):
        return _box(shape)
    if isinstance(shape, Path):
        points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
        dashes = f' stroke-dasharray="{" ".join(map(_n, shape.dashes))}"' if shape.dashes else ""
        return (
            f'<polyline points="{points}" fill="none" {_stroke(shape.stroke, shape.width)}{dashes}'
            ' stroke-linejoin="round" stroke-linecap="round"/>'
        )
    if isinstance(shape, Disc):
        place = f'cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
        return (
            f'<circle {place} fill="{shape.fill or "none"}"'
            f" {_stroke(shape.stroke, shape.stroke_width)}/>"
        )
    return _words(shape)


def _box(box: Box) -> str:
    place = f'x="{_n(box.x)}" y="{_n(box.y)}" width="{_n(box.width)}" height="{_n(box.height)}"'
    fill = f"url(#{_hatch(box.stroke)})" if box.hatched else box.fill or "none"
    rounded = f' rx="{_n(box.radius)}"' if box.radius else ""
    return f'<rect {place}{rounded} fill="{fill}" {_stroke(box.stroke, box.stroke_width)}/>'


def _words(words: Words) -> str:
    place = f'x="{_n(words.x)}" y="{_n(words.y)}"'
    turned = (
        f' transform="rotate({_n(words.turn)} {_n(words.x)} {_n(words.y)})"' if words.turn else ""
    )
    weight = ' font-weight="600"' if words.bold else ""
    return (
        f'<text {place}{turned} font-size="{_n(words.size)}" fill="{words.color}"'
        f' text-anchor="{words.anchor}"{weight}>{escape(words.text)}</text>'
    )


def _stroke(color: str, width: float) -> str:
    return f'stroke="{color}" stroke-width="{_n(width)}"' if color else 'stroke="none"'


def _n(number: float) -> str:
    """Write a length with two decimals at most."""
    return f"{number:.2f}".rstrip("0").rstrip(".")
