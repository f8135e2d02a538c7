"""Months, the periods of indicators."""

import re

MONTH = re.compile(r"(\d{4})[-./]?(0[1-9]|1[0-2])(?:[-./]\d{2})?")
MONTH_FIRST = re.compile(r"(0?[1-9]|1[0-2])[-./](\d{4})")


def parse_period(text: str) -> str | None:
    """Return a month as `2012-03`; also reads 201203, 2012/03, 2012-03-01 and 03.2012."""
    text = text.strip()
    found = MONTH.fullmatch(text)
    if found is not None:
        return f"{found[1]}-{found[2]}"
    found = MONTH_FIRST.fullmatch(text)
    if found is not None:
        return f"{found[2]}-{int(found[1]):02d}"
    return None
