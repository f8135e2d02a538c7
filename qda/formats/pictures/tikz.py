r"""Write a picture as a `tikzpicture` for LaTeX: vectors, in the faces of the text around it."""

from collections.abc import Iterator

from qda.formats.latex_parts import escape
from qda.formats.pictures.strokes import hatching
from qda.model.pictures import Box, Disc, Path, Picture, Shape, Words

_POINT = 0.75
"""PostScript points for each point of a picture."""
_SIDES = {"start": "base west", "middle": "base", "end": "base east"}


def tikz_text(picture: Picture, room: float) -> str:
    """Return the picture, no wider than `room` millimetres."""
    scale = min(1.0, room / 25.4 * 96 / picture.width) * _POINT
    about = " ".join(picture.about.split())
    lines = [
        f"% {' '.join(picture.title.split())}",
        f"% {about}",
        *(
            rf"\definecolor{{{_color(one)}}}{{HTML}}{{{one.lstrip('#').upper()}}}%"
            for one in _colors(picture)
        ),
        rf"\begin{{tikzpicture}}[x={scale:.4f}bp,y=-{scale:.4f}bp,line cap=round,line join=round]",
        rf"\path[use as bounding box] (0,0) rectangle ({_n(picture.width)},{_n(picture.height)});",
    ]
    for shape in picture.shapes:
        lines += _shape(shape, scale)
    lines.append(r"\end{tikzpicture}")
    return "\n".join(lines) + "\n"


def _colors(picture: Picture) -> list[str]:
    found: set[str] = set()
    for one in picture.shapes:
        found.add(one.color if isinstance(one, Words) else one.stroke)
        found.add(one.fill if isinstance(one, Box | Disc) else "")
    return sorted(found - {""})


def _shape(shape: Shape, scale: float) -> Iterator[str]:
    if isinstance(shape, Box):
        yield from _box(shape, scale)
    elif isinstance(shape, Path):
        points = " -- ".join(f"({_n(x)},{_n(y)})" for x, y in shape.points)
        dashes = " ".join(
            f"{('on', 'off')[at % 2]} {_n(one * scale)}bp" for at, one in enumerate(shape.dashes)
        )
        look = f",line cap=butt,dash pattern={dashes}" if dashes else ""
        yield rf"\draw[{_pen(shape.stroke, shape.width, scale)}{look}] {points};"
    elif isinstance(shape, Disc):
        look = _look(shape.fill, shape.stroke, shape.stroke_width, scale)
        radius = f"radius={_n(shape.radius * scale)}bp"
        yield rf"\path[{look}] ({_n(shape.x)},{_n(shape.y)}) circle[{radius}];"
    else:
        yield _words(shape, scale)


def _box(box: Box, scale: float) -> Iterator[str]:
    if box.hatched:
        lines = " ".join(
            f"({_n(x1)},{_n(y1)}) -- ({_n(x2)},{_n(y2)})" for (x1, y1), (x2, y2) in hatching(box)
        )
        yield rf"\draw[{_pen(box.stroke, 1.0, scale)}] {lines};"
    look = _look("" if box.hatched else box.fill, box.stroke, box.stroke_width, scale)
    if box.radius:
        look += f",rounded corners={_n(box.radius * scale)}bp"
    corner = f"({_n(box.x + box.width)},{_n(box.y + box.height)})"
    yield rf"\path[{look}] ({_n(box.x)},{_n(box.y)}) rectangle {corner};"


def _words(words: Words, scale: float) -> str:
    size = words.size * scale
    font = rf"\fontsize{{{size:.2f}bp}}{{{size * 1.2:.2f}bp}}\selectfont"
    weight = r"\bfseries" if words.bold else ""
    turn = f",rotate={_n(-words.turn)}" if words.turn else ""
    look = f"anchor={_SIDES[words.anchor]},inner sep=0,text={_color(words.color)}{turn}"
    place = f"({_n(words.x)},{_n(words.y)})"
    return rf"\node[{look},font=\sffamily{weight}{font}] at {place} {{{escape(words.text)}}};"


def _look(fill: str, stroke: str, width: float, scale: float) -> str:
    parts = [f"fill={_color(fill)}"] if fill else []
    if stroke:
        parts.append(f"draw,{_pen(stroke, width, scale)}")
    return ",".join(parts)


def _pen(stroke: str, width: float, scale: float) -> str:
    return f"draw={_color(stroke)},line width={_n(width * scale)}bp"


def _color(color: str) -> str:
    return f"ink{color.lstrip('#').lower()}"


def _n(number: float) -> str:
    """Write a length with two decimals at most."""
    return f"{number + 0.0:.2f}".rstrip("0").rstrip(".")
