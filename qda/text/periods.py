"""Months, the periods of indicators, and days."""

import re
from calendar import monthrange
from datetime import date

_MONTH = re.compile(r"(\d{4})[-./Mm]?(0[1-9]|1[0-2])(?:[-./]\d{2}(?: 00:00:00)?)?", re.ASCII)
_MONTH_FIRST = re.compile(r"(?:\d{1,2}\.)?(0?[1-9]|1[0-2])[-./](\d{4})", re.ASCII)
_NAMED = re.compile(r"(?:([a-z]+)\.?[ -]?(\d{4})|(\d{4})[ -]?([a-z]+)\.?)", re.ASCII)
_NAMES = (
    ("januar", "january"), ("februar", "february"), ("mars", "march"), ("april",), ("mai", "may"),
    ("juni", "june"), ("juli", "july"), ("august",), ("september",), ("oktober", "october"),
    ("november",), ("desember", "december"),
)  # fmt: skip
_ISO_DAY = re.compile(r"(\d{4})[-./](\d{1,2})[-./](\d{1,2})(?:[ T]00:00(?::00)?)?", re.ASCII)
_DAY_FIRST = re.compile(r"(\d{1,2})[./](\d{1,2})[./](\d{4})", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_SHORT = 3
_BY_NAME = {
    short: number
    for number, names in enumerate(_NAMES, start=1)
    for name in names
    for short in (name, name[:_SHORT], name[: _SHORT + 1])
}


def parse_period(text: str) -> str | None:
    """Return a month as `2012-03`.

    Also reads 201203, 2012/03, 2012M03, 2012-03-01, 03.2012, 01.03.2012, mars 2012 and Mar 2012.
    """
    text = text.strip()
    found = _MONTH.fullmatch(text)
    if found is not None:
        return f"{found[1]}-{found[2]}"
    found = _MONTH_FIRST.fullmatch(text)
    if found is not None:
        return f"{found[2]}-{int(found[1]):02d}"
    found = _NAMED.fullmatch(text.casefold())
    if found is not None:
        number = _BY_NAME.get(found[1] or found[4])
        return None if number is None else f"{found[2] or found[3]}-{number:02d}"
    return None


def split_heading(heading: str) -> tuple[str, str] | None:
    """Return what a heading such as `godkjent 2012-03` names, and its month; None without one.

    The month stands at the end or at the beginning; what it names is empty where it stands alone.
    """
    words = re.split(r"[\s_:|]+", heading.strip())
    for count in (1, 2):
        if len(words) < count:
            break
        for month_words, name_words in (
            (words[-count:], words[:-count]),
            (words[:count], words[count:]),
        ):
            month = parse_period(" ".join(month_words).strip("()[],;"))
            if month is not None:
                return " ".join(name_words).strip(" -,;("), month
    return None


def month_number(month: str) -> int:
    """Return the months since year 0, for distances between months."""
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def parse_span(text: str) -> str | None:
    """Return a month, or a span of two months as `2012-01/2012-12`; None for neither."""
    first, slash, last = (part.strip() for part in text.partition("/"))
    if not slash or parse_period(text) is not None:
        return parse_period(text)
    start, end = parse_period(first), parse_period(last)
    if start is None or end is None:
        return None
    return f"{start}/{end}" if start < end else start if start == end else f"{end}/{start}"


def parse_days(text: str) -> tuple[str, str] | None:
    """Return the first and the last day of a day, a month or a year, as `2020-01-01`.

    A day is written 2020-01-31 or 31.01.2020, a month as `parse_period` reads it. None for
    anything else, and for a day that there never was.
    """
    text = text.strip()
    found = _ISO_DAY.fullmatch(text)
    year, month, day = found.groups() if found is not None else ("", "", "")
    if found is None and (found := _DAY_FIRST.fullmatch(text)) is not None:
        day, month, year = found.groups()
    if found is not None:
        try:
            one = date(int(year), int(month), int(day)).isoformat()
        except ValueError:
            return None
        return one, one
    if _YEAR.fullmatch(text) is not None:
        return (f"{text}-01-01", f"{text}-12-31") if text != "0000" else None
    period = parse_period(text)
    if period is None or period.startswith("0000"):
        return None
    return f"{period}-01", f"{period}-{monthrange(int(period[:4]), int(period[5:]))[1]:02d}"
