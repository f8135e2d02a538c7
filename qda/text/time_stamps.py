"""Time stamps in transcripts: how they are written, which a text has, and one more like them."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?"
"""A time as it is written: minutes and seconds, with or without hours and parts of a second."""
STAMP = (
    rf"(?:\[\s*{CLOCK}(?:\s*[-–]\s*{CLOCK})?\s*\]|\(\s*{CLOCK}(?:\s*[-–]\s*{CLOCK})?\s*\)"
    rf"|<\s*{CLOCK}\s*>|#\s*{CLOCK}(?:-\d+)?\s*#|{CLOCK})"
)
"""A time as a stamp: in brackets, between signs, or bare."""
BRACKETS = {"[": "]", "(": ")", "<": ">", "#": "#"}
CERTAIN = "[<#"
"""Brackets in which a time in the middle of a text is a stamp; (12:30) may be when they met."""

_PARTS = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:([.,])(\d{1,3}))?")
# Between these signs a hyphen sets off tenths: #00:12:31-5#.
_SIGNED_PARTS = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:([.,-])(\d{1,3}))?")
_INSIDE = re.compile(rf"(?:(?<!\S)|(?=[\[(<#])){STAMP}(?!\w)")
_HOUR = 3_600_000


@dataclass(frozen=True, slots=True)
class StampForm:
    """How stamps are written: the opening bracket ("" for none), hours, parts of a second.

    `digits` counts the digits after `point`; `wide` tells that the first number has two digits.
    """

    bracket: str = "["
    hours: bool = True
    wide: bool = True
    point: str = "."
    digits: int = 0


@dataclass(frozen=True, slots=True)
class TimeStamp:
    """A stamp in a text: `start:end`, its time, how it is written, whether it begins a line."""

    start: int
    end: int
    time_ms: int
    form: StampForm
    at_line_start: bool


def parse_time(stamp: str) -> int | None:
    """Return the milliseconds of a time stamp such as `[00:12:31]`, `12:31.5`, `#00:12:31-5#`."""
    match = _parts_of(stamp)
    if match is None:
        return None
    first, second, third, _point, fraction = match.groups()
    if int(second) > 59 or int(third or 0) > 59:
        return None
    if third is None:
        seconds = int(first) * 60 + int(second)
    else:
        seconds = int(first) * 3600 + int(second) * 60 + int(third)
    return seconds * 1000 + int((fraction or "0").ljust(3, "0"))


def _parts_of(stamp: str) -> re.Match[str] | None:
    return (_SIGNED_PARTS if stamp.startswith("#") else _PARTS).search(stamp)


def stamps_in(text: str) -> tuple[TimeStamp, ...]:
    """Return the stamps of a text in order.

    A bare time counts only where a line begins with it, and one in round brackets only there or
    where the text begins several lines with such.
    """
    found = list(_all_stamps(text))
    heads = Counter(one.form.bracket for one in found if one.at_line_start)
    trusted = CERTAIN + ("(" if heads["("] > 1 else "")
    return tuple(one for one in found if one.at_line_start or one.form.bracket in tuple(trusted))


def _all_stamps(text: str) -> Iterator[TimeStamp]:
    for hit in _INSIDE.finditer(text):
        time = parse_time(hit.group())
        if time is None:
            continue
        line_start = text.rfind("\n", 0, hit.start()) + 1
        at_line_start = not text[line_start : hit.start()].strip()
        yield TimeStamp(hit.start(), hit.end(), time, _form(hit.group()), at_line_start)


def _form(stamp: str) -> StampForm:
    bracket = stamp[0] if stamp[0] in BRACKETS else ""
    match = _parts_of(stamp)
    assert match is not None  # noqa: S101 - it has been parsed
    first, _second, third, point, fraction = match.groups()
    return StampForm(
        bracket, third is not None, len(first) == 2, point or ".", len(fraction or "")
    )  # fmt: skip


def form_of(text: str) -> StampForm:
    """Return how most stamps of a text are written; `[00:12:31]` where it has none."""
    forms = Counter(one.form for one in stamps_in(text))
    # Of two that are as frequent, the one that comes first.
    return max(forms, key=lambda form: forms[form], default=StampForm())


def written(time_ms: int, form: StampForm | None = None) -> str:
    """Return a time as a stamp. Parts of a second that the form does not show are cut off."""
    form = form or StampForm()
    time_ms = max(0, time_ms)
    hours, rest = divmod(time_ms, _HOUR)
    minutes, rest = divmod(rest, 60_000)
    seconds, thousandths = divmod(rest, 1000)
    if form.hours or hours:
        first = f"{hours:02d}" if form.wide and form.hours else str(hours)
        text = f"{first}:{minutes:02d}:{seconds:02d}"
    else:
        text = f"{minutes:02d}:{seconds:02d}" if form.wide else f"{minutes}:{seconds:02d}"
    if form.digits:
        text += form.point + f"{thousandths:03d}"[: form.digits]
    return form.bracket + text + BRACKETS.get(form.bracket, "")


def to_insert(text: str, at: int, time_ms: int) -> str:
    """Return what to insert at `at` for a stamp that readers find again, with spaces around it.

    It is written as the stamps of the text are; a bare one in the middle of a line gets brackets.
    """
    form = form_of(text)
    line_start = text.rfind("\n", 0, at) + 1
    if not form.bracket and text[line_start:at].strip():
        form = StampForm("[", form.hours, form.wide, form.point, form.digits)
    stamp = written(time_ms, form)
    before = "" if at == 0 or text[at - 1].isspace() else " "
    behind = "" if at < len(text) and text[at].isspace() and text[at] != "\n" else " "
    return before + stamp + behind


def clock(time_ms: int) -> str:
    """Return a time as people read it: `12:31`, `1:02:03`."""
    return written(time_ms, StampForm("", hours=False, wide=False))
