"""Finding words in one text, as a person types them."""

import re
import unicodedata

from qda.text.composing import FORM, composed

MOST = 10_000
"""How many places are told at the most."""


def find_all(text: str, query: str) -> list[tuple[int, int]]:
    """Return where `query` stands in `text`, ignoring case; å is never a, however it is written.

    A letter with its mark as a character of its own (a, U+030A) is the same as one character.

    Any white space in the query matches any run of white space, so that words are found across
    a line break.
    """
    words = unicodedata.normalize(FORM, query).split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
    looked = composed(text)
    found: list[tuple[int, int]] = []
    for hit in pattern.finditer(looked.text):
        found.append(looked.place(*hit.span()))
        if len(found) == MOST:
            break
    return found
