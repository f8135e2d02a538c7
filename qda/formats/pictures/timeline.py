"""Monthly values as lines, each named at its end."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from statistics import median

from qda.formats.pictures import words
from qda.formats.pictures.measuring import elided, width_of
from qda.formats.pictures.sheet import MARGIN, SIZE, SMALL, Sheet
from qda.model.errors import NothingToDraw
from qda.model.messages import Translator
from qda.model.pictures import Course, Inks, Path, Picture, Spot
from qda.model.shades import mix
from qda.text.periods import month_number

FEW = 12
"""Up to so many cases each has a name; of more, the median is drawn over them all."""
_WIDTH, _HEIGHT = 640.0, 300.0
_DASHES = ((), (7.0, 3.0), (2.0, 3.0), (9.0, 3.0, 2.0, 3.0))
_APART = 15.0
_NAME = 200.0

Say = Callable[[float], str]


@dataclass(frozen=True, slots=True)
class Writing:
    """How a number and a month (`yyyy-mm`) are written in the user's language."""

    number: Say
    month: Callable[[str], str]


def timeline(
    project: str,
    name: str,
    courses: Sequence[Course],
    translator: Translator,
    inks: Inks,
    writing: Writing,
) -> Picture:
    """Draw the months of an indicator. Raises NotAllowed where no case has a value."""
    drawn = [one for one in courses if one.values]
    if not drawn:
        raise NothingToDraw(words.NOTHING)
    months = sorted({month for one in drawn for month, _value in one.values})
    values = [value for one in drawn for _month, value in one.values]
    sheet = Sheet(inks, name, project)
    scale = _Scale(months, min(values), max(values), sheet.top + 12)
    number, month = writing.number, writing.month
    _grid(sheet, scale, months, writing)
    if len(drawn) <= FEW:
        lines = [(one.case, one.values, at) for at, one in enumerate(drawn)]
    else:
        for one in drawn:
            _line(sheet, scale, one.values, mix(inks.ink, inks.paper, 0.25), 0.7, ())
        lines = [(words.MEDIAN.say(translator), _medians(drawn), -1)]
    _named(sheet, scale, lines, number)
    sheet.top = scale.top + _HEIGHT + 30
    if len(drawn) > FEW:
        sheet.notes([words.MEDIAN_NOTE.say(translator)])
    ends = "; ".join(f"{one} {number(found[-1][1])}" for one, found, _at in lines)
    about = words.timeline_about(name, month(months[0]), month(months[-1]), ends)
    return sheet.finished(about.say(translator))


class _Scale:
    """Where a month and a value stand on the paper."""

    def __init__(self, months: Sequence[str], low: float, high: float, top: float) -> None:
        self.top = top
        self.first = month_number(months[0])
        self.length = max(month_number(months[-1]) - self.first, 1)
        self.step = _round_step((high - low) or abs(high) or 1.0)
        self.low = floor(low / self.step) * self.step
        self.high = max(ceil(high / self.step) * self.step, self.low + self.step)
        self.left = MARGIN + 44

    def x(self, month: str) -> float:
        return self.left + (month_number(month) - self.first) / self.length * _WIDTH

    def y(self, value: float) -> float:
        return self.top + _HEIGHT - (value - self.low) / (self.high - self.low) * _HEIGHT


def _round_step(spread: float) -> float:
    """Return 1, 2 or 5 times a power of ten so that about five steps span `spread`."""
    rough = spread / 5
    power = 10.0 ** floor(log10(rough))
    return next(power * step for step in (1, 2, 5, 10) if power * step >= rough)


def _grid(sheet: Sheet, scale: _Scale, months: Sequence[str], writing: Writing) -> None:
    inks = sheet.inks
    steps = round((scale.high - scale.low) / scale.step)
    for at in range(steps + 1):
        value = scale.low + at * scale.step
        y = scale.y(value)
        line = ((scale.left, y), (scale.left + _WIDTH, y))
        sheet.shapes.append(Path(line, inks.line))
        text = writing.number(round(value, 6))
        sheet.words(scale.left - 8, y + 4, text, size=SMALL, muted=True, anchor="end")
    every = max(1, ceil(len(months) / 7))
    for month in months[::every]:
        y = scale.top + _HEIGHT + 18
        sheet.words(
            scale.x(month), y, writing.month(month), size=SMALL, muted=True, anchor="middle"
        )


def _line(
    sheet: Sheet,
    scale: _Scale,
    values: Sequence[tuple[str, float]],
    color: str,
    width: float,
    dashes: tuple[float, ...],
) -> None:
    points = tuple((scale.x(month), scale.y(value)) for month, value in values)
    if len(points) == 1:
        ((x, y),) = points
        points = ((x - 2, y), (x + 2, y))
    sheet.shapes.append(Path(points, color, width, dashes))


def _named(
    sheet: Sheet,
    scale: _Scale,
    lines: Sequence[tuple[str, Sequence[tuple[str, float]], int]],
    number: Say,
) -> None:
    """Draw lines told apart by their strokes, with name and last value where they end."""
    inks = sheet.inks
    ends = sorted((scale.y(values[-1][1]), at) for at, (_n, values, _c) in enumerate(lines))
    free = scale.top - _APART
    for y, at in ends:
        name, values, course = lines[at]
        shade = 1.0 - 0.45 * ((at // len(_DASHES)) % 3) / 2
        color = mix(inks.accent, inks.paper, shade) if course >= 0 else inks.ink
        _line(sheet, scale, values, color, 2.0, _DASHES[at % len(_DASHES)])
        free = max(y, free + _APART)
        text = f"{elided(name, SIZE, _NAME)} {number(values[-1][1])}"
        x = scale.left + _WIDTH + 12
        elbow = ((scale.x(values[-1][0]) + 2, y), (x - 8, free), (x - 3, free))
        sheet.shapes.append(Path(elbow, inks.line))
        sheet.words(x, free + 4, text)
        spot = Spot(x - 2, free - 8, width_of(text, SIZE) + 4, _APART, text, course)
        sheet.spots.append(spot)


def _medians(courses: Sequence[Course]) -> tuple[tuple[str, float], ...]:
    by_month: dict[str, list[float]] = {}
    for one in courses:
        for month, value in one.values:
            by_month.setdefault(month, []).append(value)
    return tuple((month, median(found)) for month, found in sorted(by_month.items()))
