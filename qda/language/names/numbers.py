"""Addresses of mail, telephone numbers and what else of numbers tells who it is, by their form.

Identity numbers, numbers of accounts and of cars, and days of birth are one kind, `identity`.
"""

import re
from collections.abc import Iterator
from datetime import date
from typing import Literal

from qda.model.pseudonyms import NameKind, Why

Found = tuple[int, int, NameKind, Why]
"""Start, end, kind and reason."""

Sort = Literal["identity", "account", "car", "birthday", "case number", "user"]
_EMAIL = re.compile(r"[\w.+%-]{0,63}\w@\w(?:[\w-]{0,62}\w)?(?:\.\w[\w-]{0,62})+")
_SPELT_EMAIL = re.compile(
    r"(?i)[\w.+-]{1,64}[ ]?(?:\(at\)|\[at\]|(?<= )(?:krøllalfa|alfakrøll))[ ]?\w[\w-]{0,62}"
    r"(?:(?:\.| (?:punktum|punkt|dot) )\w[\w-]{0,62})+"
)
_ELEVEN = re.compile(
    r"(?<![\d.,/-])(\d{2})([ .]?)(\d{2})\2(\d{2})[ \u00a0-]?(\d{3})[ \u00a0]?(\d{2})(?![\d/])"
)
_PHONE = re.compile(
    r"(?<![\w.,/+-])(?:(?:\+|00)\d{2}[ \u00a0]?|47[ \u00a0]|\(\+?\d{2,4}\)[ \u00a0]?)?"
    r"(?:\d{3}([ \u00a0.-])\d{2}\1\d{3}|\d{2}([ \u00a0.-])\d{2}(?:\2\d{2}){2}|\d{8}"
    r"|\d{4}[ \u00a0]\d{4})(?![\w/-]|[.,]\d)"
)
_TWO_YEARS = re.compile(r"(?:19|20)\d{2}[ \u00a0](?:19|20)\d{2}")
_GROUPED = re.compile(r"(?<![\w.,/+-])\d(?:[ \u00a0]?\d){7}(?![\w/-]|[.,]\d| ?\d)")
_ABROAD = re.compile(r"(?<![\w+])(?:\+|00)(?!47)[1-9]\d{0,2}(?:[ \u00a0-]?\d{2,4}){2,5}(?!\w)")
_PHONE_CUE = re.compile(
    r"(?i)\b(?:tlf|tel|telefon\w*|mobil\w*|ring\w*|nummer\w*|sms|phone|call\w*|mobile)\b"
)
_ACCOUNT = re.compile(r"(?<![\d.,/-])(\d{4})([ .\u00a0]?)(\d{2})\2(\d{5})(?![\d/-]|[.,]\d)")
_ACCOUNT_CUE = re.compile(r"(?i)(?:konto|\bkto|\baccount)")
_PLATE = re.compile(r"(?<![\w-])([A-FHJ-LNPR-VX-Z]{2})[ \u00a0]?\d{4,5}(?![\w/-]|[.,]\d)")
_PLATE_CUE = re.compile(r"(?i)(?:skilt|\bbil|\bregist|\bregnr|moped|sykkel|henger|\bcar\b|\bplate)")
_NO_PLATES = frozenset(("KR", "NR", "NS", "EN", "TV", "EU", "RR"))
_MONTH = (
    r"(?:januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
    r"|january|february|march|may|june|july|october|december)"
)
_BORN = re.compile(
    r"(?i)(?:\b(?:født|fødd|fødselsda\w+|fødselsdato\w*|bursdag\w*|gebursdag\w*|born|birthday"
    r"|date of birth)|\bf\.)[^.,;!?\n\d]{0,30}?"
    r"(\b\d{1,2}([./-])[ ]?\d{1,2}\2[ ]?(?:19|20)?\d{2}(?!\d)|\b(?:19|20)\d{2}-\d{2}-\d{2}\b"
    rf"|\b\d{{1,2}}\.?[ ]{_MONTH}(?:[ ](?:19|20)\d{{2}})?\b|\b[0-3]\d[01]\d{{3}}\b)"
)
_ONES = "null|en|én|ein|ett|eitt|to|tre|fire|fem|seks|sju|syv|åtte|ni"
_TEENS = "ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten|atten|nitten"
_TENS = "tjue|tretti|tredve|førti|femti|seksti|sytti|søtti|åtti|nitti"
_SPELT_ONE = rf"(?:(?:{_TENS})(?:(?:og|-)?(?:{_ONES}))?|{_TEENS}|{_ONES})"
_SPELT = re.compile(rf"(?i)\b{_SPELT_ONE}(?:(?:, |,? og | |-){_SPELT_ONE}){{3,7}}\b")
_SINGLE = re.compile(rf"(?i)\b(?:{_ONES})\b")
_SPELT_PART = re.compile(rf"(?i)\b{_SPELT_ONE}\b")
_IDENTITY_CUE = re.compile(
    r"(?i)\b(?:fødselsn\w+|personn\w+|d-n\w+|dnr|fnr|f\.nr|id-n\w+|identity)\b"
)
_CASE = re.compile(
    r"(?i)\b(?:sak|saks|saka|saken|saksn\w*|arkiv\w*|journal\w*|ref|referanse\w*|case|file)\b"
    r"[^;!?\n\d/]{0,25}?[ \u00a0](\d{2,4}/\d{3,7}(?:-\d{1,4})?)(?![\d/]|[.,]\d)"
)
_CASE_NUMBER = re.compile(r"\d{2,4}/\d{3,7}(?:-\d{1,4})?")
_USER = re.compile(r"(?<![\w-])[A-Z]\d{6}(?![\w/-]|[.,]\d)")
_USER_CUE = re.compile(r"(?i)(?:\bident|bruker-?(?:navn|id)|brukarnamn|\blogin|\bpålogging|\buser)")
_NO_LETTERS = re.compile(r"[\d\s.,:;%()–-]*")
_NEAR = 60
_FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)


def numbers(text: str) -> Iterator[Found]:
    """Yield addresses of mail, identity numbers and telephone numbers, each by itself in order."""
    taken: list[tuple[int, int]] = []
    for kind, hits in (
        ("email", _emails(text)),
        ("identity", _identities(text)),
        ("identity", _accounts(text)),
        ("identity", _plates(text)),
        ("identity", _birthdays(text)),
        ("identity", _users(text)),
        ("phone", _phones(text)),
    ):
        for start, end, why in hits:
            if all(end <= first or last <= start for first, last in taken):
                taken.append((start, end))
                yield start, end, kind, why  # pyright: ignore[reportReturnType]


def doubtful_numbers(text: str) -> Iterator[Found]:
    """Yield numbers of cases, and what may be how somebody logs in: by these people are found."""
    if "/" in text:
        for hit in _CASE.finditer(text):
            yield *hit.span(1), "identity", "doubtful"
    for hit in _USER.finditer(text):
        yield *hit.span(), "identity", "doubtful"


def sort(shown: str) -> Sort:
    """Return of what sort a number of the kind `identity` is, by how it is written."""
    digits = "".join(one for one in shown if one.isdigit())
    if _CASE_NUMBER.fullmatch(shown):
        return "case number"
    if _USER.fullmatch(shown):
        return "user"
    if len(digits) < 11:
        return "car" if _PLATE.fullmatch(shown) else "birthday"
    born = has_a_birthday(digits) if shown.isdigit() else is_identity_number(digits)
    if _ACCOUNT.fullmatch(shown) and not born:
        return "account"
    return "identity"


def _emails(text: str) -> Iterator[tuple[int, int, Why]]:
    if "@" in text:
        for hit in _EMAIL.finditer(text):
            yield hit.start(), hit.end(), "form"
    written = ("(at)", "[at]", "krøllalfa", "alfakrøll")
    some = any(one in text for one in written)
    for hit in _SPELT_EMAIL.finditer(text) if some else ():
        yield hit.start(), hit.end(), "form"


def _is_near(cue: re.Pattern[str], text: str, start: int) -> bool:
    """Tell whether a cue stands shortly before a place."""
    return cue.search(text, max(0, start - _NEAR), start) is not None


def _identities(text: str) -> Iterator[tuple[int, int, Why]]:
    for hit in _ELEVEN.finditer(text):
        digits = "".join(one for one in hit.group() if one.isdigit())
        if is_identity_number(digits):
            yield hit.start(), hit.end(), "check digits"
        elif has_a_birthday(digits) and _is_near(_IDENTITY_CUE, text, hit.start()):
            yield hit.start(), hit.end(), "words around"


def _accounts(text: str) -> Iterator[tuple[int, int, Why]]:
    for hit in _ACCOUNT.finditer(text):
        digits = hit[1] + hit[3] + hit[4]
        fits = sum(int(one) * by for one, by in zip(digits, _SECOND, strict=True)) % 11 == 0
        if _is_near(_ACCOUNT_CUE, text, hit.start()):
            yield hit.start(), hit.end(), "words around"
        elif fits and hit[2]:
            yield hit.start(), hit.end(), "check digits"


def _plates(text: str) -> Iterator[tuple[int, int, Why]]:
    for hit in _PLATE.finditer(text):
        if _is_near(_PLATE_CUE, text, hit.start()):
            yield hit.start(), hit.end(), "words around"
        elif hit[1] not in _NO_PLATES and hit.group()[-5:].isdigit():
            yield hit.start(), hit.end(), "form"


def _birthdays(text: str) -> Iterator[tuple[int, int, Why]]:
    for hit in _BORN.finditer(text):
        yield *hit.span(1), "words around"


def _users(text: str) -> Iterator[tuple[int, int, Why]]:
    for hit in _USER.finditer(text):
        if _is_near(_USER_CUE, text, hit.start()):
            yield *hit.span(), "words around"


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
        cued = _is_near(_PHONE_CUE, text, hit.start())
        digits = "".join(one for one in shown if one.isdigit())[-8:]
        together = shown.isdigit() or " " not in shown.replace("\u00a0", " ").strip()
        if digits[0] in "01" or (not cued and (_is_date(digits) or _TWO_YEARS.fullmatch(shown))):
            continue
        if not cued and together and digits[0] not in "49" and not shown.startswith(("+", "00")):
            continue
        # A row of a table may hold eight digits in pairs as well.
        alone = not cued and _stands_in_a_row(text, hit)
        yield hit.start(), hit.end(), "words around" if cued else "doubtful" if alone else "form"
    for hit in _ABROAD.finditer(text):
        yield hit.start(), hit.end(), "form"
    for cue in _PHONE_CUE.finditer(text):
        near = min(len(text), cue.end() + _NEAR)
        for hit in (
            *_GROUPED.finditer(text, cue.end(), near),
            *_SPELT.finditer(text, cue.end(), near + _NEAR),
        ):
            if hit.start() < near and hit.group()[0] not in "01" and _has_eight(hit):
                yield hit.start(), hit.end(), "words around"


def _stands_in_a_row(text: str, hit: re.Match[str]) -> bool:
    """Tell whether a line has numbers alone, as the rows of tables have."""
    start = text.rfind("\n", 0, hit.start()) + 1
    end = text.find("\n", hit.end())
    end = len(text) if end < 0 else end
    if hit.group().startswith(("+", "00")) or end - start > 200:
        return False
    return _NO_LETTERS.fullmatch(text, start, end) is not None


def _has_eight(hit: re.Match[str]) -> bool:
    """Tell whether numbers, in words too, come to the eight digits of a telephone."""
    if hit.group()[0].isdigit():
        return True
    words: list[str] = _SPELT_PART.findall(hit.group())
    return sum(1 if _SINGLE.fullmatch(one) else 2 for one in words) == 8


def _is_date(digits: str) -> bool:
    """Tell whether eight digits may be a date: 20120315 or 15032012."""
    for year, month, day in (
        (digits[:4], digits[4:6], digits[6:]),
        (digits[4:], digits[2:4], digits[:2]),
    ):
        if year[:2] in ("19", "20") and 1 <= int(month) <= 12 and 1 <= int(day) <= 31:
            return True
    return False
