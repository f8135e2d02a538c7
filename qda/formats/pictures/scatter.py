"""Cases as points: how often each code against a variable, a field for each code."""

from math import ceil

from qda.formats.pictures import words
from qda.formats.pictures.cells import Numbers, numbers
from qda.formats.pictures.measuring import elided, width_of
from qda.formats.pictures.sheet import MARGIN, SIZE, SMALL, Sheet, visible
from qda.model.errors import NotAllowed, NothingToDraw
from qda.model.matrix import Beside, MatrixExport
from qda.model.messages import Translator
from qda.model.pictures import Disc, Inks, Path, Picture, Spot

_WIDE, _HIGH = 250.0, 180.0
_SIDE, _FOOT, _HEAD = 44.0, 44.0, 34.0
_ACROSS = 3
_POINT = 4.5
_NAMED = 12
"""Up to so many points have their names beside them."""

_LINE = 13.0

Point = tuple[int, float, float]
Place = tuple[float, float, float]
"""Where a name stands: its left and right end, and its base line."""


def scatter(export: MatrixExport, translator: Translator, inks: Inks) -> Picture:
    """Draw a field for each column: cases by the first variable beside the table.

    Raises NotAllowed where that is no number, or no case has both.
    """
    found = numbers(export, translator)
    beside = export.matrix.beside[0] if export.matrix.beside else None
    if beside is None or beside.months:
        raise NotAllowed(words.NO_VARIABLE)
    fields = [_points(found, beside, column) for column in range(len(found.columns))]
    if not any(fields):
        raise NothingToDraw(words.NOTHING)
    title = found.view.say(words.scatter_title(beside.name))
    sheet = Sheet(inks, title, found.view.about)
    top = sheet.top
    for column, points in enumerate(fields):
        x = MARGIN + (column % _ACROSS) * (_SIDE + _WIDE + 30)
        y = top + (column // _ACROSS) * (_HEAD + _HIGH + _FOOT)
        _field(sheet, found, beside, column, points, (x + _SIDE, y + _HEAD))
    sheet.top = top + ceil(len(fields) / _ACROSS) * (_HEAD + _HIGH + _FOOT)
    sheet.notes(list(found.view.notes))
    said = "; ".join(filter(None, (_tie(found, beside, at) for at in range(len(fields)))))
    return sheet.finished(found.view.say(words.scatter_about(beside.name, said or "–")))


def _points(found: Numbers, beside: Beside, column: int) -> list[Point]:
    """Return row, value and count of every case that has both."""
    points: list[Point] = []
    for row, line in enumerate(found.values):
        value, count = beside.values[row], line[column]
        if count is not None and not isinstance(value, str | None):
            points.append((row, float(value), count))
    return points


def _field(
    sheet: Sheet,
    found: Numbers,
    beside: Beside,
    column: int,
    points: list[Point],
    corner: tuple[float, float],
) -> None:
    (left, top), inks = corner, sheet.inks
    bottom = top + _HIGH
    label = elided(found.columns[column], SIZE, _WIDE, bold=True)
    sheet.words(left, top - 20, label, bold=True)
    sheet.words(left, top - 6, _numbers(found, beside, column), size=SMALL, muted=True)
    sheet.shapes.append(Path(((left, top), (left, bottom), (left + _WIDE, bottom)), inks.line))
    sheet.widen(left + _WIDE + 20)
    if not points:
        return
    low, high = min(one[1] for one in points), max(one[1] for one in points)
    most = max(one[2] for one in points) or 1.0
    spread = (high - low) or 1.0
    for at, text in ((0.0, found.view.number(low)), (1.0, found.view.number(high))):
        side = "start" if not at else "end"
        sheet.words(left + at * _WIDE, bottom + 16, text, size=SMALL, muted=True, anchor=side)
    sheet.words(left - 6, bottom + 4, "0", size=SMALL, muted=True, anchor="end")
    sheet.words(
        left - 6, top + 6, found.view.number(round(most, 3)), size=SMALL, muted=True, anchor="end"
    )
    color = visible(inks, found.colors[column])
    taken: list[Place] = []
    for row, value, count in points:
        x = left + 8 + (value - low) / spread * (_WIDE - 16)
        y = bottom - count / most * (_HIGH - 8)
        sheet.shapes.append(Disc(x, y, _POINT, fill=color, stroke=inks.paper))
        if len(points) <= _NAMED:
            name = elided(found.rows[row], SMALL, 130)
            _name(sheet, name, (x, y), (left, left + _WIDE + 20), taken)
        about = f"{found.said(row, column)}, {beside.name}: {found.view.number(value)}"
        reach = _POINT + 3
        sheet.spots.append(Spot(x - reach, y - reach, 2 * reach, 2 * reach, about, row, column))


def _name(
    sheet: Sheet,
    name: str,
    point: tuple[float, float],
    room: tuple[float, float],
    taken: list[Place],
) -> None:
    """Write a name at the right of a point, or where else it meets no other name."""
    x, y = point
    width = width_of(name, SMALL)
    tried = [
        (x + 8, y + 4), (x - 8 - width, y + 4), (x - width / 2, y - 9), (x - width / 2, y + 18),
    ]  # fmt: skip
    fitting = [one for one in tried if one[0] >= room[0] and one[0] + width <= room[1]]
    free = [
        one
        for one in fitting
        if not any(
            one[0] < right and one[0] + width > left and abs(one[1] - line) < _LINE
            for left, right, line in taken
        )
    ]
    at = (free or fitting or tried)[0]
    taken.append((at[0], at[0] + width, at[1]))
    sheet.words(*at, name, size=SMALL, muted=True)


def _numbers(found: Numbers, beside: Beside, column: int) -> str:
    tie = beside.ties[column] if column < len(beside.ties) else None
    if tie is None:
        return ""
    pearson, spearman = (found.view.number(round(one, 2)) for one in (tie.pearson, tie.spearman))
    return f"r = {pearson}, \u03c1 = {spearman}, n = {tie.n}".replace("-", "\u2212")


def _tie(found: Numbers, beside: Beside, column: int) -> str:
    said = _numbers(found, beside, column)
    return f"{found.columns[column]} {said}" if said else ""
