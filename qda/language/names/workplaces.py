"""Schools, hospitals, firms, shops and parts of towns, found by what their names are made of."""

from collections.abc import Callable, Iterator
from functools import cache

import regex

from qda.language import word_lists
from qda.language.names import lists
from qda.language.names.numbers import Found

IsName = Callable[[int, str], bool]
"""Tells whether the word that begins somewhere may be what a workplace is called by."""
_S = "[ \u00a0]"
_W = r"\p{Lu}[\p{L}\p{M}'’-]*"
_FIRMS = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}-])(?P<name>{_W}(?:{_S}(?:&{_S}|og{_S})?{_W}){{0,3}}){_S}"
    r"(?:AS|ASA|A/S|ANS|DA|HF|KF|IKS)(?![\p{L}\p{M}\d-])"
)
_SHORT = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}\d-])(?P<short>\p{{Lu}}{{2,5}}){_S}(?P<place>{_W})(?![\p{{L}}\p{{M}}\d-])"
)
"""An organisation that is called by its letters, at a place: AOF Haugesund."""
_INSTITUTIONS = regex.compile(
    rf"(?<![\p{{L}}\p{{M}}-])(?P<name>{_W}(?:{_S}{_W}){{0,2}}){_S}"
    rf"(?:(?:kommunale|private?|nye){_S})?"
    rf"(?:(?:videregående|vidaregåande)(?:{_S}sk[ou]len?|{_S}sku?le)?|(?P<what>\p{{Ll}}[\p{{L}}\p{{M}}-]+))"
)
_WORD = regex.compile(r"[\p{L}\p{M}'’-]+")


def workplaces(text: str, is_name: IsName) -> Iterator[Found]:
    """Yield schools, hospitals, firms and shops that are called by a name."""
    for hit in _chains().finditer(text):
        words = list(_WORD.finditer(text, *hit.span("place")))
        if is_name(words[0].start(), words[0].group()):
            both = len(words) > 1 and is_name(words[1].start(), words[1].group())
            yield hit.start(), words[1 if both else 0].end(), "office", "words around"
    for hit in _SHORT.finditer(text):
        if hit["short"].casefold() not in lists.never() and (
            hit["place"].casefold() in lists.place_names()
        ):
            yield *hit.span(), "office", "words around"
    for hit in _FIRMS.finditer(text):
        start = _first_name(text, hit, is_name)
        if start is not None:
            yield start, hit.end(), "office", "form"
    for hit in _INSTITUTIONS.finditer(text):
        what = (hit["what"] or "skole").casefold()
        if what.endswith(lists.endings("institutions")):
            *_, last = _WORD.finditer(text, *hit.span("name"))
            start = _first_name(text, hit, is_name)
            owned = what in lists.endings("owned") and _is_owner(last.group())  # Karis kontor
            cut = last.group().endswith("-")
            if start is not None and not (owned or cut) and is_name(last.start(), last.group()):
                yield start, hit.end(), "office", "words around"


def noun(name: str) -> str:
    """Return what sort of workplace has a name that ends with it: skole, sykehus; else nothing."""
    last = name.rpartition(" ")[2]
    is_one = last.islower() and last != name and last.endswith(lists.endings("institutions"))
    return last if is_one else ""


def is_firm(name: str) -> bool:
    """Tell whether a name is that of a firm or a shop."""
    return any(one.fullmatch(name) for one in (_FIRMS, _chains()))


def _is_owner(shown: str) -> bool:
    """Tell whether a word is the genitive of somebody's name rather than a place: Romsås."""
    form = shown.casefold()
    if not form.endswith("s") or form in lists.place_names():
        return False
    short = form[:-1]
    return short in lists.given_names() or short in lists.surnames() or lists.is_norse(short)


def _first_name(text: str, hit: regex.Match[str], is_name: IsName) -> int | None:
    """Return where a name begins behind words that begin a sentence, None where none is left."""
    for word in _WORD.finditer(text, *hit.span("name")):
        if is_name(word.start(), word.group()):
            return word.start()
    return None


@cache
def _chains() -> regex.Pattern[str]:
    """Return what finds shops and services that have the name of their place behind."""
    names = list(word_lists.lines("chains.txt"))
    return regex.compile(
        rf"(?<![\p{{L}}\p{{M}}\d-])\L<names>{_S}(?P<place>{_W}(?:{_S}{_W})?)", names=names
    )
