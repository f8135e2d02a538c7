"""E-mail addresses, telephone numbers and national identity numbers, found by their form."""

import re
from collections.abc import Iterator
from datetime import date

from qda.model.pseudonyms import NameKind, Why

Found = tuple[int, int, NameKind, Why]
"""Start, end, kind and reason."""

_EMAIL = re.compile(r"[\w.+%-]{0,63}\w@\w(?:[\w-]{0,62}\w)?(?:\.\w[\w-]{0,62})+")
_ELEVEN = re.compile(
    r"(?<![\d.,/-])(\d{2})([ .]?)(\d{2})\2(\d{2})[ \u00a0-]?(\d{3})[ \u00a0]?(\d{2})(?![\d/])"
)
_PHONE = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+|00)\d{2}[ \u00a0]?|\(\+?\d{2,4}\)[ \u00a0]?)?"
    r"(?:\d{3}[ \u00a0]\d{2}[ \u00a0]\d{3}|\d{2}(?:[ \u00a0]\d{2}){3}|\d{8}|\d{4}[ \u00a0]\d{4})"
    r"(?![\w/-]|[.,]\d)"
)
_ABROAD = re.compile(r"(?<![\w+])(?:\+|00)(?!47)[1-9]\d{0,2}(?:[ \u00a0-]?\d{2,4}){2,5}(?!\w)")
_PHONE_CUE = re.compile(
    r"(?i)\b(?:tlf|tel|telefon\w*|mobil\w*|ring\w*|nummer\w*|sms|phone|call\w*|mobile)\b"
)
_IDENTITY_CUE = re.compile(
    r"(?i)\b(?:fødselsn\w+|personn\w+|d-n\w+|dnr|fnr|f\.nr|id-n\w+|identity)\b"
)
_NEAR = 60
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def numbers(text: str) -> Iterator[Found]:
    """Yield addresses of mail, identity numbers and telephone numbers, each by itself in order."""
    taken: list[tuple[int, int]] = []
    for kind, hits in (
        ("email", _emails(text)),
        ("identity", _identities(text)),
        ("phone", _phones(text)),
    ):
        for start, end, why in hits:
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                yield start, end, kind, why  # pyright: ignore[reportReturnType]


def _emails(text: str) -> Iterator[tuple[int, int, Why]]:
    if "@" in text:
        for hit in _EMAIL.finditer(text):
            yield hit.start(), hit.end(), "form"


def _identities(text: str) -> Iterator[tuple[int, int, Why]]:
    for hit in _ELEVEN.finditer(text):
        digits = "".join(one for one in hit.group() if one.isdigit())
        if is_identity_number(digits):
            yield hit.start(), hit.end(), "check digits"
        elif has_a_birthday(digits) and _IDENTITY_CUE.search(
            text, max(0, hit.start() - _NEAR), hit.start()
        ):
            yield hit.start(), hit.end(), "words around"


def is_identity_number(digits: str) -> bool:
    """Tell whether eleven digits are a national identity number, a D-number or a made-up one.

    The day, with 40 added in D-numbers, the month, with 40 or 80 added in numbers made for
    testing, and both check digits by modulus 11 must fit (Skatteetaten, «Fødselsnummer»).
    """
    return (
        has_a_birthday(digits)
        and sum(int(one) * by for one, by in zip(digits, _FIRST, strict=False)) % 11 == 0
        and sum(int(one) * by for one, by in zip(digits, _SECOND, strict=False)) % 11 == 0
    )


def has_a_birthday(digits: str) -> bool:
    """Tell whether the first four digits are the day and month of such a number."""
    day, month = int(digits[:2]), int(digits[2:4])
    day -= 40 if day > 40 else 0
    month -= 80 if month > 80 else 40 if month > 40 else 0
    try:
        date(2000, month, day)
    except ValueError:
        return False
    return True


def _phones(text: str) -> Iterator[tuple[int, int, Why]]:
    for hit in _PHONE.finditer(text):
        shown = hit.group()
        cued = _PHONE_CUE.search(text, max(0, hit.start() - _NEAR), hit.start()) is not None
        digits = "".join(one for one in shown if one.isdigit())[-8:]
        together = shown.isdigit() or " " not in shown.replace("\u00a0", " ").strip()
        if digits[0] in "01" or (_is_date(digits) and not cued):
            continue
        if not cued and together and digits[0] not in "49" and not shown.startswith(("+", "00")):
            continue
        yield hit.start(), hit.end(), "words around" if cued else "form"
    for hit in _ABROAD.finditer(text):
        yield hit.start(), hit.end(), "form"


def _is_date(digits: str) -> bool:
    """Tell whether eight digits may be a date: 20120315 or 15032012."""
    for year, month, day in (
        (digits[:4], digits[4:6], digits[6:]),
        (digits[4:], digits[2:4], digits[:2]),
    ):
        if year[:2] in ("19", "20") and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return True
    return False
