"""Which codes occur together, as a map: codes on a ring, ties between them."""

from dataclasses import dataclass
from math import cos, degrees, dist, pi, sin, sqrt

from qda.formats.pictures import words
from qda.formats.pictures.cells import Numbers, numbers
from qda.formats.pictures.measuring import elided, widest, width_of
from qda.formats.pictures.sheet import MARGIN, SIZE, SMALL, Sheet, visible
from qda.model.errors import NothingToDraw
from qda.model.matrix import MatrixExport
from qda.model.messages import Translator
from qda.model.pictures import Box, Disc, Inks, Path, Picture, Spot, Words
from qda.model.shades import mix

MOST_TIES = 200
_NUMBERED = 10
_SAID = 5
_ROOM = 60.0
"""How far apart two codes stand at least for a number between them."""
_LARGEST, _SMALLEST = 17.0, 4.0
_THICKEST = 9.0
_LABEL = 190.0
_CROWD = 10
"""From more codes on, their names are written outwards."""
_APART = 22.0
"""How far apart on the ring two codes stand at least."""


@dataclass(frozen=True, slots=True)
class Tie:
    """Two codes, by their places in the table, and how often they occur together."""

    one: int
    other: int
    count: float


@dataclass(frozen=True, slots=True)
class _Ring:
    x: float
    y: float
    radius: float
    order: tuple[int, ...]

    def angle(self, code: int) -> float:
        return 2 * pi * self.order.index(code) / len(self.order) - pi / 2

    def apart(self, tie: Tie) -> float:
        return dist(self.place(tie.one), self.place(tie.other))

    def place(self, code: int, further: float = 0.0) -> tuple[float, float]:
        angle, reach = self.angle(code), self.radius + further
        return self.x + reach * cos(angle), self.y + reach * sin(angle)


def network(export: MatrixExport, translator: Translator, inks: Inks) -> Picture:
    """Draw a symmetric table of co-occurrences. Raises NotAllowed where it has no number."""
    found = numbers(export, translator)
    if found.rows != found.columns:
        raise NothingToDraw(words.NOTHING)
    all_ties = _ties(found)
    ties = all_ties[:MOST_TIES]
    sheet = Sheet(inks, found.view.title, found.view.about)
    label = min(_LABEL, widest(list(found.rows), SIZE))
    radius = max(130.0, len(found.rows) * _APART / (2 * pi))
    above = label + _LARGEST if len(found.rows) > _CROWD else 44
    middle = (MARGIN + label + _LARGEST + 14 + radius, sheet.top + radius + above)
    ring = _Ring(*middle, radius, ring_order(len(found.rows), all_ties))
    strongest = ties[0].count if ties else 1.0
    for tie in reversed(ties):
        _draw_tie(sheet, ring, tie, tie.count / strongest)
    numbered = [tie for tie in ties if ring.apart(tie) >= _ROOM][:_NUMBERED]
    for tie in reversed(numbered):
        _number_tie(sheet, found, ring, tie)
    for code in ring.order:
        _draw_code(sheet, found, ring, code, label)
    sheet.widen(ring.x + radius + label + _LARGEST + 14)
    sheet.top = ring.y + radius + above + 20
    notes = [found.view.say(words.AREA)]
    if len(ties) > len(numbered):
        notes.append(found.view.say(words.AROUND))
    if len(all_ties) > len(ties):
        notes.append(found.view.say(words.strongest(len(ties), len(all_ties))))
    sheet.notes([*notes, *found.view.notes])
    said = "; ".join(_said(found, tie) for tie in ties[:_SAID]) or "–"
    return sheet.finished(found.view.say(words.network_about(len(found.rows), said)))


def _ties(found: Numbers) -> list[Tie]:
    """Return the pairs that occur together, the strongest first."""
    size = len(found.rows)
    ties = [
        Tie(one, other, found.values[one][other] or 0.0)
        for one in range(size)
        for other in range(one + 1, size)
        if found.values[one][other]
    ]
    return sorted(ties, key=lambda tie: (-tie.count, tie.one, tie.other))


def ring_order(size: int, ties: list[Tie]) -> tuple[int, ...]:
    """Return the codes as they stand on the ring: what is tied strongly stands close.

    Begins with the code of the most ties and goes on to the one that is tied most strongly to the
    last three; of several alike the one that comes first in the table. No chance is in it.
    """
    weight = {(tie.one, tie.other): tie.count for tie in ties}
    weight |= {(tie.other, tie.one): tie.count for tie in ties}
    left = set(range(size))
    of_all = [sum(weight.get((one, other), 0.0) for other in range(size)) for one in range(size)]
    order = [max(left, key=lambda one: (of_all[one], -one))]
    left.discard(order[0])
    while left:
        near = order[-3:]

        def pull(one: int, near: list[int] = near) -> tuple[float, int]:
            return sum(weight.get((one, other), 0.0) for other in near), -one

        order.append(max(left, key=pull))
        left.discard(order[-1])
    return tuple(order)


def _draw_tie(sheet: Sheet, ring: _Ring, tie: Tie, share: float) -> None:
    inks = sheet.inks
    color = mix(inks.ink, inks.paper, 0.18 + 0.42 * share)
    points = (ring.place(tie.one), ring.place(tie.other))
    sheet.shapes.append(Path(points, color, max(1.0, share * _THICKEST)))


def _number_tie(sheet: Sheet, found: Numbers, ring: _Ring, tie: Tie) -> None:
    (x1, y1), (x2, y2) = ring.place(tie.one), ring.place(tie.other)
    # Not in the middle, where lines through the centre of the ring cross.
    x, y = x1 + (x2 - x1) * 0.42, y1 + (y2 - y1) * 0.42
    text = found.text(tie.one, tie.other)
    width = width_of(text, SMALL) + 8
    sheet.shapes.append(Box(x - width / 2, y - 8, width, 16, fill=sheet.inks.paper, radius=4))
    sheet.shapes.append(Words(x, y + 4, text, sheet.inks.ink, SMALL, "middle"))
    spot = Spot(x - width / 2, y - 8, width, 16, _said(found, tie), tie.one, tie.other)
    sheet.spots.append(spot)


def _draw_code(sheet: Sheet, found: Numbers, ring: _Ring, code: int, label: float) -> None:
    inks = sheet.inks
    count = found.values[code][code] or 0.0
    most = max((found.values[one][one] or 0.0 for one in range(len(found.rows))), default=1.0)
    radius = max(_SMALLEST, _LARGEST * sqrt(count / (most or 1.0)))
    x, y = ring.place(code)
    color = visible(inks, found.colors[code])
    sheet.shapes.append(Disc(x, y, radius, fill=color, stroke=inks.paper, stroke_width=2))
    text = elided(found.rows[code], SIZE, label)
    if len(ring.order) > _CROWD:
        _radial(sheet, ring, code, text)
    else:
        at_x, at_y = ring.place(code, _LARGEST + 8)
        sideways = cos(ring.angle(code))
        anchor = "middle" if abs(sideways) < 0.2 else "start" if sideways > 0 else "end"
        shift = 4 if abs(sideways) >= 0.2 else 10 if at_y > ring.y else -2
        sheet.words(at_x, at_y + shift, text, anchor=anchor)
    spot = Spot(
        x - _LARGEST, y - _LARGEST, 2 * _LARGEST, 2 * _LARGEST, found.said(code, code), code, code
    )
    sheet.spots.append(spot)


def _radial(sheet: Sheet, ring: _Ring, code: int, text: str) -> None:
    """Write a name outwards from the middle of the ring, so that many have room."""
    angle = ring.angle(code)
    turned = cos(angle) < 0
    x, y = ring.place(code, _LARGEST + 8)
    # The base line lies below the middle of the letters by about a third of their size.
    across = angle + (-pi / 2 if turned else pi / 2)
    x, y = x + 4 * cos(across), y + 4 * sin(across)
    turn = degrees(angle) + (180 if turned else 0)
    sheet.words(x, y, text, anchor="end" if turned else "start", turn=turn)


def _said(found: Numbers, tie: Tie) -> str:
    names = found.rows[tie.one], found.rows[tie.other]
    return found.view.say(words.tie(*names, found.text(tie.one, tie.other)))
