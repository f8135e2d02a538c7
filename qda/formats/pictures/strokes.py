"""Lines that not every format draws by itself: slanted ones that fill a box, and broken ones."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import dist

from qda.model.pictures import Box

Point = tuple[float, float]
_STEP = 8.5
"""How far apart slanted lines meet the sides of a box."""


def hatching(box: Box) -> Iterator[tuple[Point, Point]]:
    """Yield the slanted lines that fill a box, each from its lower left to its upper right."""
    left, top = box.x, box.y
    right, bottom = box.x + box.width, box.y + box.height
    reach = left + top + _STEP / 2
    while reach < right + bottom:
        start = max(left, reach - bottom), min(bottom, reach - left)
        end = min(right, reach - top), max(top, reach - right)
        yield start, end
        reach += _STEP


def dashed(points: Sequence[Point], dashes: Sequence[float]) -> Iterator[tuple[Point, ...]]:
    """Yield the strokes of a line through `points`, whose strokes and gaps take turns.

    A stroke goes around the corners of the line.
    """
    turn, left = 0, dashes[0]
    stroke: list[Point] = [points[0]]
    for (x1, y1), (x2, y2) in pairwise(points):
        length = dist((x1, y1), (x2, y2))
        at = 0.0
        while length - at > left:
            at += left
            there = x1 + (x2 - x1) * at / length, y1 + (y2 - y1) * at / length
            if turn % 2 == 0:
                yield (*stroke, there)
            stroke = [there]
            turn += 1
            left = dashes[turn % len(dashes)]
        left -= length - at
        stroke.append((x2, y2))
    if turn % 2 == 0:
        yield tuple(stroke)
