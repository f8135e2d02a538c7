"""Write a picture as SVG 1.1: vectors, real text, and what it shows in words for who cannot see.

A picture without a date or an address in it: the same picture gives the same bytes. Slanted lines
are drawn one by one, so that nothing in it is found by a name but its title and description.
"""

from collections.abc import Iterator, Sequence
from html import escape

from qda.formats.pictures.strokes import hatching
from qda.model.pictures import Box, Disc, Path, Picture, Shape, Spot, Words

FACES = "Inter, 'Noto Sans', 'Segoe UI', Helvetica, Arial, sans-serif"
OFFICE_FACES = "Arial, Helvetica, sans-serif"
"""For programs that know the first face alone."""
_NAMESPACE = ' xmlns="http://www.w3.org/2000/svg"'


def svg_text(picture: Picture, faces: str = FACES) -> str:
    """Return the picture as one SVG document that needs nothing else."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', *_element(picture, _NAMESPACE, "", faces)]
    return "\n".join(lines) + "\n"


def svg_element(picture: Picture, key: str, links: Sequence[str] = ()) -> str:
    """Return the picture as an element of an HTML page, in which `key` sets it apart.

    `links` are where its spots lead, in their order, empty for those that lead nowhere.
    """
    # What is an image as a whole has no parts that one could go to.
    role = "group" if any(links) else "img"
    lines = list(_element(picture, "", f"-{key}", FACES, role))
    places = zip(picture.spots, links, strict=False)
    lines[-1:-1] = [_linked(spot, link) for spot, link in places if link]
    return "\n".join(lines)


def _element(
    picture: Picture, namespace: str, key: str, faces: str, role: str = "img"
) -> Iterator[str]:
    size = f'width="{_n(picture.width)}" height="{_n(picture.height)}"'
    box = f'viewBox="0 0 {_n(picture.width)} {_n(picture.height)}"'
    yield (
        f'<svg{namespace} {size} {box} role="{role}"'
        f' aria-labelledby="title{key} about{key}" font-family="{faces}">'
    )
    yield f'<title id="title{key}">{escape(picture.title)}</title>'
    yield f'<desc id="about{key}">{escape(picture.about)}</desc>'
    yield f'<rect {size} fill="{picture.paper}"/>'
    yield from map(_shape, picture.shapes)
    yield "</svg>"


def _linked(spot: Spot, link: str) -> str:
    place = f'x="{_n(spot.x)}" y="{_n(spot.y)}" width="{_n(spot.width)}" height="{_n(spot.height)}"'
    about = escape(spot.about)
    return (
        f'<a href="{escape(link)}" aria-label="{about}"><title>{about}</title>'
        f'<rect {place} fill-opacity="0"/></a>'
    )


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
    if box.hatched:
        lines = " ".join(
            f"M{_n(x1)},{_n(y1)} L{_n(x2)},{_n(y2)}" for (x1, y1), (x2, y2) in hatching(box)
        )
        outline = f'<rect {place} fill="none" {_stroke(box.stroke, box.stroke_width)}/>'
        return f'{outline}<path d="{lines}" fill="none" {_stroke(box.stroke, 1.0)}/>'
    fill = box.fill or "none"
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
