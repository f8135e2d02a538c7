"""Finding words in one text, as a person types them."""

import re

MOST = 10_000
"""How many places are told at the most."""


def find_all(text: str, query: str) -> list[tuple[int, int]]:
    """Return where `query` stands in `text`, ignoring case; å is never a.

    Any white space in the query matches any run of white space, so that words are found across
    a line break.
    """
    words = query.split()
    if not words:
        return []
    pattern = re.compile(r"\s+".join(re.escape(word) for word in words), re.IGNORECASE)
    found: list[tuple[int, int]] = []
    for hit in pattern.finditer(text):
        found.append(hit.span())
        if len(found) == MOST:
            break
    return found
