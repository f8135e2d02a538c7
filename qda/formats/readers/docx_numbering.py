"""Automatic numbering of paragraphs, as Word shows it (ECMA-376 part 1, section 17.9)."""

import re
from dataclasses import dataclass, field

from qda.formats.readers.docx_elements import Element, child, number, switch, value, word_name

_LEVELS = 9
_PLACE = re.compile(r"%([1-9])")
_DASHES = frozenset("-–—*")
_BULLET = "•"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"),
    (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Level:
    start: int
    form: str
    text: str
    decimal: bool
    restarts: bool
    style: str


@dataclass(slots=True)
class _List:
    """An instance of a list: its levels, and the counters it shares with its like."""

    levels: dict[int, _Level]
    starts: dict[int, int]
    counters: dict[int, int]
    begun: bool = field(default=False)


class Numbering:
    """Counts the paragraphs of the lists of a document, in document order."""

    def __init__(self, root: Element | None) -> None:
        """Read the lists from numbering.xml, or from nothing."""
        abstract: dict[str, dict[int, _Level]] = {}
        counters: dict[str, dict[int, int]] = {}
        self._lists: dict[str, _List] = {}
        for element in root if root is not None else ():
            if word_name(element) == "abstractNum":
                abstract[value(element, "abstractNumId")] = _levels(element)
        for element in root if root is not None else ():
            if word_name(element) == "num":
                base = value(child(element, "abstractNumId"))
                levels, starts = _overridden(element, abstract.get(base, {}))
                shared = counters.setdefault(base, {})
                self._lists[value(element, "numId")] = _List(levels, starts, shared)

    def label(self, list_id: str, level_text: str, style: str) -> str:
        """Count a paragraph of the list and return its number as text, empty without one."""
        one = self._lists.get(list_id)
        if one is None:
            return ""
        at = number(level_text, -1) if level_text else _level_of_style(one, style)
        level = one.levels.get(at)
        if level is None:
            return ""
        self._count(one, at, level)
        if level.form == "bullet":
            return level.text if level.text in _DASHES else _BULLET
        if level.form == "none":
            return _PLACE.sub("", level.text).strip()
        return _PLACE.sub(lambda place: _figure(one, int(place[1]) - 1, level), level.text).strip()

    @staticmethod
    def _count(one: _List, at: int, level: _Level) -> None:
        if not one.begun:
            one.begun = True
            for changed in one.starts:
                one.counters.pop(changed, None)
        start = one.starts.get(at, level.start)
        one.counters[at] = one.counters[at] + 1 if at in one.counters else start
        for deeper in range(at + 1, _LEVELS):
            below = one.levels.get(deeper)
            if below is None or below.restarts:
                one.counters.pop(deeper, None)


def _levels(element: Element) -> dict[int, _Level]:
    return {
        number(value(one, "ilvl"), 0): _level(one) for one in element if word_name(one) == "lvl"
    }


def _level(element: Element) -> _Level:
    return _Level(
        start=number(value(child(element, "start")), 1),
        form=value(child(element, "numFmt")) or "decimal",
        text=value(child(element, "lvlText")),
        decimal=bool(switch(child(element, "isLgl"))),
        restarts=value(child(element, "lvlRestart")) != "0",
        style=value(child(element, "pStyle")),
    )


def _overridden(
    element: Element, levels: dict[int, _Level]
) -> tuple[dict[int, _Level], dict[int, int]]:
    """Return the levels of a list and the starts that it sets anew."""
    levels = dict(levels)
    starts: dict[int, int] = {}
    for override in element:
        if word_name(override) != "lvlOverride":
            continue
        at = number(value(override, "ilvl"), 0)
        replaced = child(override, "lvl")
        if replaced is not None:
            levels[at] = _level(replaced)
        start = child(override, "startOverride")
        if start is not None:
            starts[at] = number(value(start), 1)
    return levels, starts


def _level_of_style(one: _List, style: str) -> int:
    return next((at for at, level in one.levels.items() if level.style and level.style == style), 0)


def _figure(one: _List, at: int, level: _Level) -> str:
    """Return the counter of level `at` in that level's own form."""
    shown = one.levels.get(at)
    count = one.counters.get(at, shown.start if shown else 1)
    return format_number(count, "decimal" if level.decimal or shown is None else shown.form)


def format_number(count: int, form: str) -> str:
    """Write a counter in one of Word's number formats, in figures where the format is unknown."""
    if form in {"lowerLetter", "upperLetter"} and 0 < count <= 780:
        letter = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letter.upper() if form == "upperLetter" else letter
    if form in {"lowerRoman", "upperRoman"} and 0 < count < 4000:
        text = ""
        for worth, letters in _ROMAN:
            text += letters * (count // worth)
            count %= worth
        return text.upper() if form == "upperRoman" else text
    if form == "decimalZero":
        return f"{count:02d}"
    return "" if form == "none" else str(count)
