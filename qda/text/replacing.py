"""Finding words in a text to put others in their place."""

import re
from dataclasses import dataclass

from qda.text.finding import MOST

AROUND = 32


@dataclass(frozen=True, slots=True)
class Search:
    """What is looked for, and how closely it must be the same."""

    words: str
    match_case: bool = False
    whole_words: bool = False


def places(text: str, search: Search) -> list[tuple[int, int]]:
    """Return where the words stand: at most `finding.MOST` places, in order.

    Without `match_case` capitals are all the same; å is never a. With `whole_words` no letter or
    digit stands right before or behind.
    """
    if not search.words:
        return []
    pattern = re.escape(search.words)
    if search.whole_words:
        pattern = rf"(?<!\w){pattern}(?!\w)"
    flags = re.RegexFlag(0) if search.match_case else re.IGNORECASE
    found: list[tuple[int, int]] = []
    for hit in re.compile(pattern, flags).finditer(text):
        found.append(hit.span())
        if len(found) == MOST:
            break
    return found


def around(text: str, start: int, end: int) -> tuple[str, str]:
    """Return what stands before and behind a place, on one line each, cut at words."""
    before = text[max(0, start - AROUND) : start]
    if start > AROUND:
        before = "… " + before.partition(" ")[2] if " " in before else "…" + before
    behind = text[end : end + AROUND]
    if end + AROUND < len(text):
        behind = behind.rpartition(" ")[0] + " …" if " " in behind else behind + "…"
    return before.replace("\n", " "), behind.replace("\n", " ")
