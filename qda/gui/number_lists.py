"""Rows of numbers as people type them."""

import re

_SEPARATED = re.compile(r"[\s;]")


def read_points(text: str) -> tuple[float, ...] | None:
    """Read cut points such as `15, 70`, `15 70` or `0,5; 0,7`; None where it is no such thing.

    A comma with a space behind it, or without any other mark between the numbers, parts them.
    """
    text = text.strip().replace("\u2212", "-").replace("\u00a0", "")
    text = re.sub(r",(?=\s|$)", " ", text)
    parts = re.split(r"[\s;]+", text) if _SEPARATED.search(text) else text.split(",")
    points: set[float] = set()
    for part in filter(None, (part.strip(",") for part in parts)):
        try:
            point = float(part.replace(",", "."))
        except ValueError:
            return None
        if not abs(point) < float("inf"):
            return None
        points.add(point)
    return tuple(sorted(points))
