"""How a word is written when words are compared: in lower case, composed, without its marks."""

import unicodedata

_SAME = str.maketrans({"\u2019": "'", "\u2018": "'", "\u2010": "-", "\u2011": "-"})
LONGEST = 120
"""Longer tokens are addresses or noise; they are not indexed."""


def form_of(token: str) -> str:
    """Return the form that a token is compared by, empty for one without letter or digit."""
    first, last = core(token)
    if first == last:
        return ""
    text = token[first:last]
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_SAME)
    return text.casefold()


def core(token: str) -> tuple[int, int]:
    """Return where a token's first letter or digit stands and where its last one ends."""
    first, last = 0, len(token)
    while first < last and not token[first].isalnum():
        first += 1
    while last > first and not _belongs(token[last - 1]):
        last -= 1
    return first, last


def _belongs(character: str) -> bool:
    # The ring of a decomposed å is a mark, not a letter.
    return character.isalnum() or unicodedata.combining(character) != 0
