"""Names in talk that is written without capitals, and names in capitals throughout.

Only what means nothing else is found so: given names and places that no dictionary has as a word,
and what follows such a given name and is no word either.
"""

from collections.abc import Iterator
from functools import cache

import regex

from qda.language.names import lists
from qda.language.names.evidence import Evidence, SourceText
from qda.language.names.numbers import Found
from qda.language.names.wording import WORD, word_before

_PART_OF_MORE = regex.compile(r"[@_/\d]|[.-]\p{L}")
SHORTEST_CAPITALS = 4
"""Shorter words in capitals are abbreviations."""


def small_names(source: SourceText, evidence: Evidence) -> Iterator[Found]:
    """Yield people and places in a text that are written without capitals, or in nothing else."""
    text, at = source.text, 0
    for word in WORD.finditer(text):
        if word.start() < at or not (_is_known(word.group()) and _is_plain(text, word)):
            continue
        if _is_given(word.group(), evidence):
            last = word
            while (behind := WORD.match(text, last.end() + 1)) is not None:
                if not (_is_plain(text, behind) and _goes_with(source, last, behind, evidence)):
                    break
                last = behind
            at = last.end()
            yield word.start(), at, "person", "given name"
        elif _is_place(text, word, evidence):
            yield *word.span(), "place", "list"


def _is_known(word: str) -> bool:
    """Tell early of most words that they are no name."""
    form = word.casefold()
    return "-" in form or form in _known() or form[:-1] in _known()


@cache
def _known() -> frozenset[str]:
    return lists.sure_given_names() | lists.sure_places()


def _is_plain(text: str, hit: regex.Match[str]) -> bool:
    """Tell whether a word is in one case throughout and no part of an address or a code."""
    word = hit.group()
    capitals = word.isupper() and len(word) >= SHORTEST_CAPITALS
    if not (word.islower() or capitals):
        return False
    if hit.start() and text[hit.start() - 1] in "@_/.-&":
        return False
    return _PART_OF_MORE.match(text, hit.end()) is None


def _is_given(word: str, evidence: Evidence) -> bool:
    form = evidence.base(word.casefold())
    return all(one in lists.sure_given_names() for one in form.split("-"))


def _is_place(text: str, word: regex.Match[str], evidence: Evidence) -> bool:
    form = evidence.base(word.group().casefold())
    before = word_before(text, word.start())
    return form in lists.sure_places() and before in lists.cues("place_before")


def _goes_with(
    source: SourceText, last: regex.Match[str], word: regex.Match[str], evidence: Evidence
) -> bool:
    """Tell whether a word behind a given name is a further name of the same person."""
    form = evidence.base(word.group().casefold())
    if source.text[last.end() : word.start()] not in (" ", "\u00a0") or len(form) < 3:
        return False
    if last.group().islower() != word.group().islower():
        return False
    return _is_given(form, evidence) or not (
        form in lists.never() or evidence.is_word(form, source.language)
    )
