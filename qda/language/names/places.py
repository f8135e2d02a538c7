"""Addresses and offices, found by how they are written."""

from collections.abc import Iterable, Iterator

import regex

from qda.language.names import lists
from qda.language.names.numbers import Found

_W = r"\p{Lu}[\p{L}\p{M}'’-]*"
_STREET_END = (
    r"(?:gata|gaten|gate|gt|veien|vegen|vei|veg|plassen|plass|torget|torvet|torg|allé|alléen|alleen|alle|bakken"
    r"|stien|svingen|brygge|brygga|bryggen|kroken|lia|tunet|stredet|smauet|leiret|løkka|faret|kleiva|terrasse|hagen"
    r"|ringen|jordet|haugen|kaia|toppen|åsen|myra|grenda|street|road|lane|avenue)"
)
_SURE_END = r"(?:gata|gaten|gate|veien|vegen|allé|alléen|stredet|smauet)"
_STREET_LIKE = regex.compile(rf"[\p{{L}}\p{{M}}-]{{3,}}{_SURE_END}")
_NUMBER = r"[ \u00a0]\d{1,3}(?:[ \u00a0]?[A-Za-z](?![\p{L}\p{M}]))?"
_POST = rf"(?:,?[ \u00a0]+(?:N-?)?\d{{4}}[ \u00a0]+{_W}(?:[ \u00a0](?:i[ \u00a0])?{_W})?)"
_STREETS = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}-])(?:"
    rf"(?:{_W}[ \u00a0]){{0,2}}"
    rf"(?:{_W}{_STREET_END}|{_W}s?[ \u00a0]{_STREET_END}|Torget|Torvet|Torggata)"
    rf"{_NUMBER}{_POST}?"
    rf"|(?:[Pp]ostboks|P\.?[Bb]\.)[ \u00a0]\d{{1,5}}(?:[ \u00a0]{_W})?{_POST}?"
    rf"|\p{{Lu}}[\p{{L}}\p{{M}}'’-]{{2,}}{_SURE_END}(?![\p{{L}}\p{{M}}])"
    rf"|(?<=[ \u00a0(])0\d{{3}}[ \u00a0]{_W})"
)
_HOME = r"(?i:\b(?:bor|bodde|bodd|bur|budde|budd|adressen?|flyttet|flytta|heim|hjem)\b)"
_AFTER_HOME = r"(?=[.,;:!?\n)]|$|[ \u00a0](?:og|men|i|på|med|da|då|nå|no|sammen|saman)\b)"
_LIVES = regex.compile(
    rf"{_HOME}[^.,;:!?\n\d]{{0,30}}?[ \u00a0]"
    rf"(?P<place>{_W}[ \u00a0]\d{{1,3}}(?:[ \u00a0]?[A-H](?![\p{{L}}\p{{M}}]))?{_POST}?)"
    rf"{_AFTER_HOME}"
)
_OFFICES = regex.compile(
    r"(?<![\p{L}\p{M}\d-])(?:NAV|Nav|nav)(?:"
    rf"[ \u00a0](?P<plain>{_W}(?:[ \u00a0]{_W}|[ \u00a0]i[ \u00a0]{_W})?)"
    rf"|(?:-|[ \u00a0])?(?:kontoret|kontor|office)[ \u00a0](?:(?:i|på|ved|in|at)[ \u00a0])?"
    rf"(?P<kontor>{_W}(?:[ \u00a0]{_W}|[ \u00a0]i[ \u00a0]{_W})?))"
)
_SMALL_OFFICES = regex.compile(
    r"(?<![\p{L}\p{M}\d-])nav(?:[ -]?kontoret)?[ \u00a0](?:(?:i|på|ved)[ \u00a0])?"
    r"(?P<place>\p{Ll}[\p{L}\p{M}-]+)"
)
_WORD = regex.compile(r"[\p{L}\p{M}'’-]+")


def is_street(form: str) -> bool:
    """Tell whether a word in lower case ends as the names of streets do."""
    return _STREET_LIKE.fullmatch(form) is not None


def streets(text: str) -> Iterator[Found]:
    """Yield addresses: street and number, with the postal code and place if they follow."""
    for hit in _STREETS.finditer(text):
        first = _WORD.match(text, hit.start())
        start = hit.start()
        # The first word of the sentence, and a preposition, stand before the street.
        while first is not None and first.end() < hit.end() and " " in text[start : hit.end()]:
            if first.group().casefold() not in lists.never() | lists.cues("place_before"):
                break
            start = first.end() + 1
            first = _WORD.match(text, start)
        if first is not None or text[start].isdigit():
            yield start, hit.end(), "address", "form"
    for hit in _LIVES.finditer(text):
        if hit["place"].split()[0].casefold() not in lists.never():
            yield *hit.span("place"), "address", "words around"


def offices(text: str) -> Iterator[Found]:
    """Yield offices: Nav with a name, or Nav's office in or at a place."""
    for hit in _OFFICES.finditer(text):
        group = "plain" if hit.group("plain") else "kontor"
        start, end = hit.span(group)
        words = [(one.start(), one.end(), one.group()) for one in _WORD.finditer(text, start, end)]
        words = words[: _length(words)]
        if words:
            yield hit.start(), words[-1][1], "office", "words around"


def small_offices(text: str) -> Iterator[Found]:
    """Yield offices in talk without capitals: nav with a place that we know."""
    for hit in _SMALL_OFFICES.finditer(text):
        if hit["place"] in lists.sure_places():
            yield *hit.span(), "office", "words around"


def _length(words: list[tuple[int, int, str]]) -> int:
    """Return how many of the words behind Nav belong to the name of the office."""
    first = words[0][2].casefold()
    usual = first in lists.never() and first not in lists.place_names()  # Nav-kontoret i Eid
    if usual or first in lists.cues("units") or len(first) < 2:
        return 0
    if len(words) == 1:
        return 1
    last = words[-1][2].casefold()
    if last in lists.never() or last in lists.cues("units"):
        return 1
    if len(words) == 3:  # Mo i Rana; and not: Nav Moss i Januar
        return 3
    # A name that follows by chance is no part of it, one that goes with a word such as Gamle is.
    return 2 if first in lists.cues("before_places") else 1


def listed(text: str, names: Iterable[str]) -> Iterator[tuple[int, int, str]]:
    """Yield where names of a list stand as whole words, a genitive s with them: start, end, name.

    Of two that begin at one place the longer is taken; Nav and NAV are the same.
    """
    by_form = {_folded(name): name for name in names if name.strip()}
    if not by_form:
        return
    longest_first = sorted(by_form, key=len, reverse=True)
    pattern = regex.compile(
        r"(?<![\p{L}\p{M}\d])(\L<names>)(?:s|'s?|’s?)?(?![\p{L}\p{M}\d])",
        names=longest_first,
        flags=regex.IGNORECASE,
    )
    for hit in pattern.finditer(text):
        if hit.group(1)[0].isupper() or hit.group(1)[:3].casefold() == "nav":
            yield hit.start(), hit.end(), by_form[_folded(hit.group(1))]


def _folded(name: str) -> str:
    return " ".join(name.split()).casefold()
