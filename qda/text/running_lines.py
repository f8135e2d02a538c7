"""Running headers, footers and page numbers: lines that recur at the edges of pages."""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from qda.model.reading import Decision
from qda.text.speaker_words import is_typical, label_key

_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-–\s|]*(?:side|page|s\.)?\s*#(?:\s*(?:av|of|/)\s*#)?[-–\s|]*", re.IGNORECASE
)
_LABELLED = re.compile(r"(?P<label>[^\W\d_][^:\n]{0,30}):(?:\s|$)")
_EDGE = 2
_MIN_PAGES = 3
_MIN_SHARE = 0.3
_MAX_LENGTH = 100

Place = tuple[int, int]
"""Page and line within the page, both counted from 0."""


def find_running_lines(pages: Sequence[Sequence[str]]) -> dict[str, list[Place]]:
    """Return the recurring edge lines: their keys, each with its places, in order of appearance.

    Looks at the first and last two written lines of each page. A line is running when it stands,
    digits aside, on at least three pages and on three in ten, or on both of two pages.
    """
    running: dict[str, list[Place]] = {}
    for outward in (1, -1):
        # What stands further in is running only where what stands outside it is.
        outside: frozenset[Place] | None = None
        for depth in range(_EDGE):
            found = _running_at(pages, outward, depth, outside)
            for key, places in found.items():
                known = running.setdefault(f"header:{key}", [])
                known += [place for place in places if place not in known]
            outside = frozenset(place for places in found.values() for place in places)
    return running


def _running_at(
    pages: Sequence[Sequence[str]], outward: int, depth: int, outside: frozenset[Place] | None
) -> dict[str, list[Place]]:
    """Return the running lines that stand `depth` written lines from the top or the foot."""
    found: dict[str, list[Place]] = {}
    for number, lines in enumerate(pages):
        written = [at for at, line in enumerate(lines) if line.strip()][::outward]
        if len(written) <= depth or (
            outside is not None and (number, written[depth - 1]) not in outside
        ):
            continue
        key = _key(lines[written[depth]])
        if len(key) <= _MAX_LENGTH:
            found.setdefault(key, []).append((number, written[depth]))
    return {key: places for key, places in found.items() if _is_running(key, places, pages)}


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
        return rising and len(places) >= min(_MIN_PAGES, len(pages))
    if not any(character.isalpha() for character in key):
        return False
    label = _LABELLED.match(key)
    if label and (len(pages) < _MIN_PAGES or is_typical(label_key(label["label"]))):
        return False
    return len(places) >= min(_MIN_PAGES, len(pages))


def _first_number(line: str) -> int:
    match = _DIGITS.search(line)
    return int(match.group()[:9]) if match else 0
