"""A table as bars: a field for each column, a bar for each row, all on one scale."""

from math import ceil

from qda.formats.pictures import words
from qda.formats.pictures.cells import Numbers, numbers
from qda.formats.pictures.measuring import elided, widest, width_of
from qda.formats.pictures.sheet import MARGIN, SIZE, SMALL, Sheet, visible
from qda.model.matrix import MatrixExport
from qda.model.messages import Translator
from qda.model.pictures import Inks, Path, Picture, Spot

_BAR, _STEP = 14.0, 22.0
_LENGTH = 150.0
_LABEL = 170.0
_GAP = 36.0
_ACROSS = 3


def bars(export: MatrixExport, translator: Translator, inks: Inks) -> Picture:
    """Draw a table of numbers as bars. Raises NotAllowed where there are none."""
    found = numbers(export, translator)
    sheet = Sheet(inks, found.view.title, found.view.about)
    label = min(_LABEL, widest(list(found.rows), SMALL))
    value = widest([found.text(*place) for place in found.places()], SMALL)
    field = (label, label + 8 + _LENGTH + 6 + value)
    height = 26 + len(found.rows) * _STEP
    top = sheet.top
    for column in range(len(found.columns)):
        x = MARGIN + (column % _ACROSS) * (field[1] + _GAP)
        _field(sheet, found, column, (x, top + (column // _ACROSS) * (height + 20)), field)
    sheet.top = top + ceil(len(found.columns) / _ACROSS) * (height + 20) - 8
    sheet.notes(list(found.view.notes))
    return sheet.finished(
        found.view.say(words.bars_about(found.view.title, found.said(*found.places()[0])))
    )


def _field(
    sheet: Sheet, found: Numbers, column: int, corner: tuple[float, float],
    widths: tuple[float, float],
) -> None:  # fmt: skip
    (x, y), (label, whole) = corner, widths
    inks = sheet.inks
    sheet.words(x, y + 12, elided(found.columns[column], SIZE, whole, bold=True), bold=True)
    start = x + label + 8
    bottom = y + 24 + len(found.rows) * _STEP
    for row, name in enumerate(found.rows):
        middle = y + 26 + row * _STEP + _BAR / 2
        short = elided(name, SMALL, label)
        sheet.words(start - 8, middle + 4, short, size=SMALL, anchor="end")
        value = found.values[row][column]
        length = 0.0
        if value is not None:
            length = value / found.most * _LENGTH
            fill = visible(inks, found.colors[column])
            sheet.box(start, middle - _BAR / 2, max(length, 1.0), _BAR, fill=fill)
        text = found.text(row, column) or "–"
        sheet.words(start + length + 6, middle + 4, text, size=SMALL, muted=True)
        width = label + 8 + length + 6 + width_of(text, SMALL)
        spot = Spot(x, middle - _STEP / 2, width, _STEP, found.said(row, column), row, column)
        sheet.spots.append(spot)
    sheet.shapes.append(Path(((start, y + 22), (start, bottom)), inks.line))
