"""A joint display as a picture: counts shaded, values, and courses drawn, row by row."""

import itertools
from dataclasses import dataclass
from math import ceil, inf

from qda.formats.pictures import words
from qda.formats.pictures.cells import Numbers, numbers
from qda.formats.pictures.measuring import elided, widest, wrapped
from qda.formats.pictures.sheet import MARGIN, SIZE, SMALL, Sheet, ink_on, shade_of
from qda.model.matrix import MatrixExport
from qda.model.messages import Translator
from qda.model.pictures import Disc, Inks, Path, Picture, Pinned, Spot

_HEIGHT = 32.0
_LABEL = 240.0
_NARROW, _BROAD = 58.0, 150.0
_COURSE = 120.0
_HEAD = 14.0
_GAP = 18.0
_BETWEEN = 12.0
_TRIES = 50
_TITLE = 100.0
"""What title and margins of a page take."""
_LEAST_ROWS = 5
_CROWDED = 1.4
"""How much more than fits may stand on a page: it is still read when it is made smaller."""


def joint_display(
    export: MatrixExport, translator: Translator, inks: Inks, room: float = inf
) -> Picture:
    """Draw a table with what stands beside it. Raises NotAllowed where it has no number.

    Where that is wider than `room`, what is known stands below what was counted, and columns that
    have no room below those before them.
    """
    table = _Table.of(numbers(export, translator), room)
    return _page(table, inks, range(len(table.found.rows)))


def joint_pages(
    export: MatrixExport, translator: Translator, inks: Inks, room: float, height: float
) -> tuple[Picture, ...]:
    """Draw the same in pages of `height` at most, each with the headings, alike in rows.

    What is only a little too high for one page stays on it. The notes stand on the last one.
    """
    found = numbers(export, translator)
    table, rows = _Table.of(found, room), len(found.rows)
    fitting = table.fitting(height)
    if rows <= fitting * _CROWDED:
        return (_page(table, inks, range(rows)),)
    closer = _Table.of(found, room * _CROWDED)
    if len(closer.parts) < len(table.parts):
        # A little smaller, a long table need not be parted: half as many pages.
        table, fitting = closer, closer.fitting(height * _CROWDED)
    pages = ceil(rows / fitting)
    borders = [round(at * rows / pages) for at in range(pages + 1)]
    return tuple(
        _page(table, inks, range(first, last)) for first, last in itertools.pairwise(borders)
    )


@dataclass(frozen=True, slots=True)
class _Table:
    """What is drawn, measured over all rows: pages of it have columns alike."""

    found: Numbers
    widths: list[float]
    parts: list[list[int]]
    left: float
    head: float
    """How high the headings of the columns are at most."""

    @classmethod
    def of(cls, found: Numbers, room: float) -> "_Table":
        left = MARGIN + min(_LABEL, widest(list(found.rows), SIZE)) + 12
        widths = [_width(found, column) for column in range(len(found.view.columns))]
        lines = (
            len(wrapped(one.label, SMALL, width - 8))
            for one, width in zip(found.view.columns, widths, strict=True)
        )
        parts = _parts(found, widths, room - left - MARGIN)
        return cls(found, widths, parts, left, max(lines, default=1) * _HEAD + 8)

    def fitting(self, height: float) -> float:
        """Return how many rows fit on a page of that height."""
        if height == inf:
            return inf
        heads = len(self.parts) * (self.head + _BETWEEN)
        return max(_LEAST_ROWS, int((height - _TITLE - heads) / (len(self.parts) * _HEIGHT)))


def _page(table: _Table, inks: Inks, rows: range) -> Picture:
    found = table.found
    whole = len(rows) == len(found.rows)
    about = found.view.about
    if not whole:
        said = words.rows_of(rows.start + 1, rows.stop, len(found.rows))
        about = f"{about} · {found.view.say(said)}"
    sheet = Sheet(inks, found.view.title, about)
    for number, part in enumerate(table.parts):
        sheet.top += _BETWEEN if number else 0
        _part(sheet, table, part, rows)
    if len(table.parts) > 1:
        sheet.pinned = None
    if rows.stop == len(found.rows):
        sheet.notes(list(found.view.notes))
    return sheet.finished(_about(found))


def _parts(found: Numbers, widths: list[float], room: float) -> list[list[int]]:
    """Return the columns that stand side by side, part by part."""
    if sum(widths) + _GAP <= room:
        return [list(range(len(widths)))]
    counted = len(found.columns)
    groups = (list(range(counted)), list(range(counted, len(widths))))
    return [part for group in groups for part in _evenly(group, widths, room)]


def _evenly(columns: list[int], widths: list[float], room: float) -> list[list[int]]:
    """Part columns so that none is wider than `room`, in as few parts as can be, alike in width."""
    parts = _filled(columns, widths, room)
    for step in range(1, _TRIES):
        narrower = _filled(columns, widths, room * (1 - step / _TRIES))
        if len(narrower) > len(parts):
            break
        parts = narrower
    return parts


def _filled(columns: list[int], widths: list[float], room: float) -> list[list[int]]:
    parts: list[list[int]] = []
    taken = inf
    for column in columns:
        if taken + widths[column] > room:
            parts.append([])
            taken = 0.0
        parts[-1].append(column)
        taken += widths[column]
    return parts


def _part(sheet: Sheet, table: _Table, columns: list[int], rows: range) -> None:
    found, widths, left = table.found, table.widths, table.left
    starts: dict[int, float] = {}
    x = left
    for column in columns:
        # A gap between what was counted and what is known beside it.
        x += _GAP if column == len(found.columns) and column != columns[0] else 0
        starts[column] = x
        x += widths[column]
    top = sheet.top
    _headings(sheet, found, starts, widths)
    sheet.pinned = Pinned(left, top, sheet.top, sheet.top + len(rows) * _HEIGHT)
    for at, row in enumerate(rows):
        y = sheet.top + at * _HEIGHT
        sheet.words(MARGIN, y + 20, elided(found.rows[row], SIZE, left - MARGIN - 12))
        for column in columns:
            _cell(sheet, found, (row, column), (starts[column], y, widths[column]))
    sheet.top += len(rows) * _HEIGHT + 4
    sheet.widen(x)


def _width(found: Numbers, column: int) -> float:
    beside = found.view.columns[column].beside
    if beside is not None and beside.months:
        return _COURSE
    cells = [found.view.text(row, column) for row in range(len(found.rows))]
    longest = max(found.view.columns[column].label.split() or [""], key=len)
    return min(_BROAD, max(_NARROW, widest([*cells, longest], SMALL, bold=True) + 12))


def _headings(sheet: Sheet, found: Numbers, starts: dict[int, float], widths: list[float]) -> None:
    lines = {
        column: wrapped(found.view.columns[column].label, SMALL, widths[column] - 8)
        for column in starts
    }
    height = max(map(len, lines.values()), default=1) * _HEAD
    for column, words_here in lines.items():
        middle = starts[column] + widths[column] / 2
        for place, text in enumerate(words_here):
            y = sheet.top + height - (len(words_here) - 1 - place) * _HEAD
            short = elided(text, SMALL, widths[column] - 2, bold=True)
            sheet.words(middle, y, short, size=SMALL, bold=True, anchor="middle")
    sheet.top += height + 8


def _cell(
    sheet: Sheet, found: Numbers, place: tuple[int, int], where: tuple[float, float, float]
) -> None:
    (row, column), (x, y, width) = place, where
    inks, view = sheet.inks, found.view
    line = view.columns[column]
    text = view.text(row, column)
    ink = inks.ink
    if line.beside is None:
        value = found.values[row][column]
        if value is None:
            sheet.box(x + 1, y + 1, width - 2, _HEIGHT - 2, stroke=inks.line, hatched=True)
        else:
            fill = shade_of(inks, value / found.most * 0.75)
            ink = ink_on(inks, fill)
            sheet.box(x + 1, y + 1, width - 2, _HEIGHT - 2, fill=fill)
    elif months := view.months(row, column):
        _course(sheet, [number for _month, number in months], x + 6, y + 6)
        text = view.number(months[-1][1])
        sheet.words(x + width - 4, y + 20, text, size=SMALL, anchor="end")
        text = ""
    if text:
        sheet.words(
            x + width / 2, y + 20, elided(text, SIZE, width - 4), color=ink, anchor="middle"
        )
    said = view.say(words.cell(found.rows[row], line.label, view.text(row, column) or "–"))
    known = line.beside is not None
    sheet.spots.append(Spot(x, y, width, _HEIGHT, said, row, -1 if known else column))


def _course(sheet: Sheet, values: list[float], x: float, y: float) -> None:
    """Draw the months of one case on a scale of its own."""
    width, height = _COURSE - 52, _HEIGHT - 12
    low, spread = min(values), (max(values) - min(values)) or 1.0
    across = max(len(values) - 1, 1)
    points = tuple(
        (x + at / across * width, y + (1 - (one - low) / spread) * height)
        for at, one in enumerate(values)
    )
    sheet.shapes.append(Path(points, sheet.inks.accent, 1.5))
    sheet.shapes.append(Disc(*points[-1], 2.4, fill=sheet.inks.accent))


def _about(found: Numbers) -> str:
    beside = [line.label for line in found.view.columns if line.beside is not None]
    most = found.said(*found.places()[0])
    return found.view.say(words.joint_about(found.view.title, ", ".join(beside), most))
