"""Turns that say when they end: f4transkript puts a stamp behind what was said."""

import re
from dataclasses import replace

from qda.model.reading import ReadTurn
from qda.text.time_stamps import CLOCK, parse_time

_CLOSING = re.compile(rf"#\s*{CLOCK}(?:-\d+)?\s*#\s*$")
_LONGEST = 40
_MOST = 0.5


def with_closing_times(text: str, turns: tuple[ReadTurn, ...]) -> tuple[ReadTurn, ...]:
    """Let turns begin where the ones before them end, where most say when they end.

    The first begins with the recording. Turns that say themselves when they begin are left alone.
    """
    if not turns or any(one.time_ms is not None for one in turns):
        return turns
    ends = [_closing(text[max(one.start, one.end - _LONGEST) : one.end]) for one in turns]
    if sum(end is not None for end in ends) <= _MOST * len(turns):
        return turns
    return tuple(
        replace(one, time_ms=start) for one, start in zip(turns, (0, *ends[:-1]), strict=True)
    )


def _closing(tail: str) -> int | None:
    found = _CLOSING.search(tail)
    return parse_time(found.group()) if found else None
