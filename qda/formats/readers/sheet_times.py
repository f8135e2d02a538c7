"""Times as the cells of sheets write them, and what plain numbers count."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from qda.formats.cell_values import SheetCell, parse_number
from qda.formats.readers.cues import milliseconds

_CLOCK = r"(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})(?:[.,](\d{1,6})|[:;]\d{1,3}|-(\d))?"
_TIME = re.compile(rf"\s*[\[(<#]?\s*(?:(\d{{1,3}}) days?, )?{_CLOCK}\s*[\])>#]?\s*")
_SPAN = re.compile(r"\s*(?:-{1,2}>|[-–—])\s*")
_SECONDS = re.compile(r"\s*(\d{1,6}(?:[.,]\d{1,6})?)\s*(?:s|sek|sec)\.?\s*", re.IGNORECASE)
_ENOUGH = 0.8
_SLOWEST = 0.5
"""Fewer characters a second than this nobody speaks: such numbers count milliseconds."""


@dataclass(frozen=True, slots=True)
class Clock:
    """What the plain numbers of a column count: `factor` makes them seconds."""

    factor: float = 1.0

    def read(self, cell: SheetCell) -> tuple[int | None, int | None]:
        """Return from when and until when a cell says, in milliseconds; None for what is none."""
        if isinstance(cell, str):
            both = _SPAN.split(cell, maxsplit=1)
            if len(both) == 2 and all(_is_clock(one) for one in both):
                return self._one(both[0]), self._one(both[1])
        return self._one(cell), None

    def _one(self, cell: SheetCell) -> int | None:
        if isinstance(cell, str):
            if (found := _TIME.fullmatch(cell)) is not None:
                return _of_clock(found)
            if (found := _SECONDS.fullmatch(cell)) is not None:
                return milliseconds(float(found[1].replace(",", ".")))
        number = parse_number(cell)
        return None if number is None else milliseconds(number * self.factor)


def is_clock_column(cells: Sequence[SheetCell]) -> bool:
    """Tell whether nearly all filled cells are times of day or of a recording."""
    filled = [cell for cell in cells if cell is not None]
    clocks = sum(isinstance(cell, str) and _is_time(cell) for cell in filled)
    return bool(filled) and clocks >= _ENOUGH * len(filled)


def is_time_column(cells: Sequence[SheetCell]) -> bool:
    """Tell whether the filled cells are times, or numbers that nearly always grow."""
    if is_clock_column(cells):
        return True
    filled = [cell for cell in cells if cell is not None]
    numbers = [one for cell in filled if (one := parse_number(cell)) is not None and one >= 0]
    if not filled or len(numbers) < _ENOUGH * len(filled):
        return False
    growing = sum(a <= b for a, b in pairwise(numbers))
    return growing >= _ENOUGH * (len(numbers) - 1)


def is_clock(cell: SheetCell) -> bool:
    """Tell whether a cell holds a time such as `00:01:02`, or two of them."""
    return isinstance(cell, str) and _is_time(cell)


def clock_of(heading: str, starts: Sequence[SheetCell], texts: Sequence[str]) -> Clock:
    """Return what the numbers of a column count: as its heading says, else as people speak."""
    words = set(re.findall(r"[a-zæøå]+", heading.casefold()))
    if words & {"ms", "millisecond", "milliseconds", "millisekund", "millisekunder", "msec"}:
        return Clock(0.001)
    if words & {"s", "sec", "secs", "second", "seconds", "sek", "sekund", "sekunder"}:
        return Clock()
    numbers = [one for cell in starts if (one := parse_number(cell)) is not None]
    if len(numbers) < 2 or not all(one.is_integer() for one in numbers):
        return Clock()
    lasted = max(numbers) - min(numbers)
    return Clock(0.001) if sum(map(len, texts)) < _SLOWEST * lasted else Clock()


def _is_time(text: str) -> bool:
    both = _SPAN.split(text, maxsplit=1)
    return all(_is_clock(one) for one in both) or _is_clock(text)


def _is_clock(text: str) -> bool:
    return _TIME.fullmatch(text) is not None


def _of_clock(found: re.Match[str]) -> int | None:
    days, hours, minutes, seconds, fraction, tenth = found.groups()
    whole = ((int(days or 0) * 24 + int(hours or 0)) * 60 + int(minutes)) * 60 + int(seconds)
    part = int((fraction or tenth or "0")[:3].ljust(3, "0"))
    return milliseconds(whole + part / 1000)
