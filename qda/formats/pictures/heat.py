"""A table as a heat map: the more in a cell, the darker it is, and its number stands in it."""

from qda.formats.pictures import words
from qda.formats.pictures.cells import Numbers, numbers
from qda.formats.pictures.measuring import elided, widest
from qda.formats.pictures.sheet import MARGIN, SIZE, SMALL, Sheet, ink_on, shade_of
from qda.model.matrix import MatrixExport
from qda.model.messages import Translator
from qda.model.pictures import Inks, Picture, Pinned, Spot

_HEIGHT = 32.0
_NARROW, _BROAD = 52.0, 168.0
_LABEL = 260.0
_STEPS = 5


def heat_map(export: MatrixExport, translator: Translator, inks: Inks) -> Picture:
    """Draw a table of numbers as a heat map. Raises NotAllowed where there are none."""
    found = numbers(export, translator)
    sheet = Sheet(inks, found.view.title, found.view.about)
    left = MARGIN + min(_LABEL, widest(list(found.rows), SIZE)) + 12
    width, upright = _column_width(found)
    top = sheet.top
    _column_labels(sheet, found, left, width, upright=upright)
    sheet.pinned = Pinned(left, top, sheet.top, sheet.top + len(found.rows) * _HEIGHT)
    for row, label in enumerate(found.rows):
        y = sheet.top + row * _HEIGHT
        sheet.words(MARGIN, y + 20, elided(label, SIZE, left - MARGIN - 12))
        for column in range(len(found.columns)):
            _cell(sheet, found, (row, column), (left + column * width, y, width))
    sheet.top += len(found.rows) * _HEIGHT
    _legend(sheet, found, left)
    sheet.notes(_notes(found))
    return sheet.finished(_about(found))


def _column_width(found: Numbers) -> tuple[float, bool]:
    """Return the width of a column, and whether its label fits above it."""
    broadest = widest(list(found.columns), SIZE, bold=True) + 12
    cells = [
        found.text(row, column)
        for row in range(len(found.rows))
        for column in range(len(found.columns))
    ]
    needed = max(_NARROW, widest(cells, SIZE) + 12)
    if broadest <= _BROAD and len(found.columns) * max(needed, broadest) <= 1100:
        return max(needed, broadest), True
    return min(needed, _BROAD), False


def _column_labels(
    sheet: Sheet, found: Numbers, left: float, width: float, *, upright: bool
) -> None:
    if upright:
        sheet.top += 12
        for column, label in enumerate(found.columns):
            middle = left + (column + 0.5) * width
            sheet.words(middle, sheet.top, label, bold=True, anchor="middle")
        sheet.top += 10
        return
    height = min(_LABEL, widest(list(found.columns), SIZE))
    sheet.top += height
    for column, label in enumerate(found.columns):
        middle = left + (column + 0.5) * width + 4
        sheet.words(middle, sheet.top, elided(label, SIZE, height), turn=-90)
    sheet.top += 10


def _cell(
    sheet: Sheet, found: Numbers, place: tuple[int, int], where: tuple[float, float, float]
) -> None:
    (row, column), (x, y, width) = place, where
    inks, value = sheet.inks, found.values[row][column]
    text = elided(found.text(row, column), SIZE, width - 6)
    ink = inks.ink
    if value is None:
        sheet.box(x + 1, y + 1, width - 2, _HEIGHT - 2, stroke=inks.line, hatched=True)
        ink = inks.muted
    else:
        fill = shade_of(inks, value / found.most)
        ink = ink_on(inks, fill)
        sheet.box(x + 1, y + 1, width - 2, _HEIGHT - 2, fill=fill)
    if text:
        sheet.words(x + width / 2, y + 20, text, color=ink, anchor="middle")
    sheet.spots.append(Spot(x, y, width, _HEIGHT, found.said(row, column), row, column))


def _legend(sheet: Sheet, found: Numbers, left: float) -> None:
    """Draw the shades with the least and the most that they stand for."""
    y = sheet.top + 14
    most = found.places()[0]
    for step in range(_STEPS):
        fill = shade_of(sheet.inks, step / (_STEPS - 1))
        sheet.box(left + step * 28, y, 28, 12, fill=fill, stroke=sheet.inks.line)
    sheet.words(left - 8, y + 10, "0", size=SMALL, muted=True, anchor="end")
    sheet.words(left + _STEPS * 28 + 8, y + 10, found.text(*most), size=SMALL, muted=True)
    sheet.top = y + 16


def _notes(found: Numbers) -> list[str]:
    without = [
        found.text(row, column)
        for row, line in enumerate(found.values)
        for column, value in enumerate(line)
        if value is None
    ]
    notes = list(found.view.notes)
    if any(not text for text in without):
        notes.insert(0, found.view.say(words.NO_MATERIAL))
    if any(without):
        notes.insert(0, found.view.say(words.IN_WORDS))
    return notes


def _about(found: Numbers) -> str:
    places = found.places()
    title = found.view.title
    return found.view.say(words.heat_about(title, found.said(*places[0]), found.said(*places[-1])))
