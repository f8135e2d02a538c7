"""Cut numbers into bands: the one place that does.

Every band is closed below and open above: a value on a point belongs to the band that the point
opens. Equal values are always in the same band.
"""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qda.analysis.labels import band_labels, number_text, part_label
from qda.model.bands import BandDefinition
from qda.model.entities import Language


@dataclass(frozen=True, slots=True)
class Bands:
    """What a definition makes of some numbers.

    `index` gives the band of each number, -1 where there is none. `counts` says how many numbers
    each band has, `ranges` its lowest and highest one.
    """

    labels: tuple[str, ...]
    index: tuple[int, ...]
    counts: tuple[int, ...]
    ranges: tuple[tuple[float, float] | None, ...]
    points: tuple[float, ...]
    """Where the bands are cut; none for quantiles, which are cut by rank."""


def cut(numbers: Sequence[float | None], definition: BandDefinition, language: Language) -> Bands:
    """Cut `numbers` as `definition` says; None is in no band."""
    present = sorted(one for one in numbers if one is not None)
    points: tuple[float, ...] = ()
    if definition.method == "quantiles":
        index = _by_rank(numbers, present, definition.parts)
    else:
        points = definition.points
        if definition.method == "width":
            points = _even_points(present, definition.parts)
        index = tuple(-1 if one is None else bisect_right(points, one) for one in numbers)
        if definition.method == "width" and len(set(present)) == 1:
            index = tuple(min(one, 0) for one in index)
    members: list[list[float]] = [[] for _ in range(definition.count)]
    for place, number in zip(index, numbers, strict=True):
        if number is not None:
            members[place].append(number)
    return Bands(
        labels=_labels(definition, points, present, language),
        index=index,
        counts=tuple(len(one) for one in members),
        ranges=tuple((min(one), max(one)) if one else None for one in members),
        points=points,
    )


def _by_rank(
    numbers: Sequence[float | None], present: Sequence[float], parts: int
) -> tuple[int, ...]:
    """Give each number the share of the numbers below it, times `parts`, rounded down."""
    group: dict[float, int] = {}
    for below, number in enumerate(present):
        if number not in group:
            group[number] = below * parts // len(present)
    return tuple(-1 if one is None else group[one] for one in numbers)


def _even_points(present: Sequence[float], parts: int) -> tuple[float, ...]:
    if not present:
        return ()
    low, high = present[0], present[-1]
    # Weighted ends rather than a step added up: the points are then as exact as can be.
    return tuple((low * (parts - at) + high * at) / parts for at in range(1, parts))


def _labels(
    definition: BandDefinition,
    points: tuple[float, ...],
    present: Sequence[float],
    language: Language,
) -> tuple[str, ...]:
    count = definition.count
    if definition.method == "quantiles":
        made = tuple(part_label(at, count, language) for at in range(count))
    elif definition.method == "width":
        made = _width_labels(points, present, count, language)
    else:
        whole = all(float(one).is_integer() for one in (*present, *points))
        made = band_labels(points, language, whole=whole)
    given = (*definition.labels, *("" for _ in range(count)))
    named = [own.strip() or label for own, label in zip(given, made, strict=False)]
    return _told_apart(named)


def _width_labels(
    points: tuple[float, ...], present: Sequence[float], count: int, language: Language
) -> tuple[str, ...]:
    if not present:
        return tuple(str(at + 1) for at in range(count))
    edges = [_short(one, language) for one in (present[0], *points, present[-1])]
    last = f"{edges[-2]}–{edges[-1]}"
    return (*(f"{low}–<{high}" for low, high in pairwise(edges[:-1])), last)


def _short(number: float, language: Language) -> str:
    """Write a computed point without digits that say nothing."""
    return number_text(float(f"{number:.4g}") if abs(number) < 1e4 else round(number), language)


def _told_apart(labels: Sequence[str]) -> tuple[str, ...]:
    """Give labels that stand twice a number, so that each names one band."""
    taken: set[str] = set()
    found: list[str] = []
    for label in labels:
        number, named = 2, label
        while named.casefold() in taken:
            named = f"{label} ({number})"
            number += 1
        taken.add(named.casefold())
        found.append(named)
    return tuple(found)
