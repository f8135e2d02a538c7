"""Running headers, footers and page numbers: lines that recur at the edges of pages."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from qda.model.reading import Decision

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–\s|]*(?:side|page|s\.)?\s*#(?:\s*(?:av|of|/)\s*#)?[-–\s|]*", re.IGNORECASE
)
_LABELLED = re.compile(r"[^\W\d_][^:\n]{0,30}:\s")
_EDGE = 2
_MIN_SHARE = 0.3
_MAX_LENGTH = 150

Place = tuple[int, int]
"""Page and line within the page, both counted from 0."""


def find_running_lines(pages: Sequence[Sequence[str]]) -> dict[str, list[Place]]:
    """Return the recurring edge lines: their keys, each with its places, in order of appearance.

    Looks at the first and last two written lines of each page. A line is running when it stands,
    digits aside, on at least three pages and on three in ten, or on both of two pages.
    """
    found: dict[str, list[Place]] = {}
    for number, lines in enumerate(pages):
        written = [at for at, line in enumerate(lines) if line.strip()]
        edges = dict.fromkeys(written[:_EDGE] + written[-_EDGE:])
        seen: set[str] = set()
        for at in edges:
            key = _key(lines[at])
            if key and key not in seen and len(key) <= _MAX_LENGTH:
                seen.add(key)
                found.setdefault(key, []).append((number, at))
    return {
        f"header:{key}": places for key, places in found.items() if _is_running(key, places, pages)
    }


def header_decisions(
    running: Mapping[str, Sequence[Place]],
    pages: Sequence[Sequence[str]],
    choices: Mapping[str, bool],
) -> tuple[tuple[Decision, ...], frozenset[Place]]:
    """Propose to drop each running line; also return the places that are to be dropped."""
    decisions: list[Decision] = []
    dropped: set[Place] = set()
    for key, places in running.items():
        applied = choices.get(key, True)
        first = pages[places[0][0]][places[0][1]].strip()
        decisions.append(Decision(key, "header", first, "", len(places), applied))
        if applied:
            dropped.update(places)
    return tuple(decisions), frozenset(dropped)


def _key(line: str) -> str:
    return _DIGITS.sub("#", " ".join(line.split()))


def _is_running(key: str, places: Sequence[Place], pages: Sequence[Sequence[str]]) -> bool:
    if len(places) < 2 or len(places) < _MIN_SHARE * len(pages):
        return False
    if _PAGE_NUMBER.fullmatch(key):
        numbers = [_first_number(pages[page][at]) for page, at in places]
        rising = all(one < two for one, two in pairwise(numbers))
        return rising and len(places) >= min(3, len(pages))
    if not any(character.isalpha() for character in key):
        return False
    if len(pages) == 2:
        return not _LABELLED.match(key)
    return len(places) >= 3 and not (_LABELLED.match(key) and _varied(places, pages))


def _varied(places: Sequence[Place], pages: Sequence[Sequence[str]]) -> bool:
    """Tell whether more than the page number differs between the places of a labelled line."""
    return len({pages[page][at].strip() for page, at in places}) > 1


def _first_number(line: str) -> int:
    match = _DIGITS.search(line)
    return int(match.group()[:9]) if match else 0
