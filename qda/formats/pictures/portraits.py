"""Portraits of documents: what is coded where, from the beginning of each to its end."""

from collections.abc import Sequence

from qda.formats.pictures import words
from qda.formats.pictures.measuring import elided, widest, width_of
from qda.formats.pictures.sheet import MARGIN, SIZE, SMALL, Sheet, visible
from qda.model.errors import NothingToDraw
from qda.model.messages import Translator
from qda.model.pictures import Inks, Path, Picture, Portrait, Spot
from qda.model.shades import mix

MOST_DOCUMENTS = 400
_LANE, _GAP = 7.0, 14.0
_LENGTH = 620.0
_LABEL = 240.0
_THINNEST = 1.2


def portraits(
    project: str, found: Sequence[Portrait], translator: Translator, inks: Inks
) -> Picture:
    """Draw documents below one another. Raises NotAllowed where nothing is coded."""
    drawn = found[:MOST_DOCUMENTS]
    if not any(lane.segments for one in found for lane in one.lanes):
        raise NothingToDraw(words.NOTHING)
    sheet = Sheet(inks, words.KINDS["portraits"].say(translator), project)
    _codes(sheet, drawn)
    left = MARGIN + min(_LABEL, widest([one.document for one in drawn], SIZE)) + 16
    for row, one in enumerate(drawn):
        _document(sheet, row, one, left, translator)
    notes = [words.FROM_START_TO_END.say(translator)]
    if len(found) > len(drawn):
        notes.append(words.first_documents(len(drawn), len(found)).say(translator))
    sheet.top += 4
    sheet.notes(notes)
    codes = ", ".join(lane.code for lane in drawn[0].lanes)
    return sheet.finished(words.portraits_about(len(drawn), codes).say(translator))


def _codes(sheet: Sheet, found: Sequence[Portrait]) -> None:
    """List the codes in the order of their lines, with their colours."""
    x = MARGIN
    for lane in found[0].lanes:
        width = 18 + width_of(lane.code, SMALL) + 18
        if x > MARGIN and x + width > MARGIN + 900:
            x = MARGIN
            sheet.top += 20
        sheet.box(x, sheet.top + 2, 12, _LANE, fill=visible(sheet.inks, lane.color))
        sheet.words(x + 18, sheet.top + 9, lane.code, size=SMALL)
        x += width
    sheet.top += 30


def _document(
    sheet: Sheet, row: int, portrait: Portrait, left: float, translator: Translator
) -> None:
    inks, top = sheet.inks, sheet.top
    height = len(portrait.lanes) * _LANE
    name = elided(portrait.document, SIZE, left - MARGIN - 16)
    sheet.words(MARGIN, top + height / 2 + 4, name)
    ground = mix(inks.ink, inks.paper, 0.05)
    sheet.box(left, top, _LENGTH, height, fill=ground)
    for column, lane in enumerate(portrait.lanes):
        y = top + column * _LANE
        for start, end in lane.spans:
            width = max(_THINNEST, (end - start) * _LENGTH)
            x = left + min(start * _LENGTH, _LENGTH - width)
            sheet.box(x, y + 1, width, _LANE - 2, fill=visible(inks, lane.color))
        about = words.lane(portrait.document, lane.code, lane.segments).say(translator)
        sheet.spots.append(Spot(left, y, _LENGTH, _LANE, about, row, column))
    line = ((left, top + height), (left + _LENGTH, top + height))
    sheet.shapes.append(Path(line, inks.line))
    sheet.top += height + _GAP
