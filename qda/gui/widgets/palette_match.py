"""What the palette finds: items and their order for a query, without any Qt."""

from collections.abc import Sequence
from dataclasses import dataclass, field

_EXACT, _PREFIX, _WORD, _INSIDE, _KEYWORD, _SUBSEQUENCE = range(6)
_SPLIT = str.maketrans(dict.fromkeys("/-–·_.,:;()«»\"'", " "))


@dataclass(frozen=True, slots=True)
class PaletteItem:
    """One thing the palette offers.

    `detail` stands muted at the right, `hint` as a key cap after it. `group` tells what kind it
    is. `with_ctrl` marks what Ctrl+Enter does. `muted` shows the title in muted ink.
    Several that are `tickable` can be chosen together.
    """

    id: object
    title: str
    detail: str = ""
    hint: str = ""
    color: str = ""
    group: str = ""
    keywords: tuple[str, ...] = field(default=())
    with_ctrl: bool = False
    muted: bool = False
    tickable: bool = False


def rank(
    query: str, items: Sequence[PaletteItem], recent: Sequence[object] = (), limit: int = 50
) -> list[PaletteItem]:
    """Return the items that match `query`, best first: at most `limit`.

    A beginning of the title comes before a beginning of a word, then any place, a keyword, and
    letters in order. Within each kind the recent come first. Case is ignored; å is not a.
    """
    places = {identifier: place for place, identifier in enumerate(recent)}
    wanted = " ".join(query.casefold().split())
    scored: list[tuple[int, int, int, int, PaletteItem]] = []
    for order, item in enumerate(items):
        score = _score(wanted, item) if wanted else (_PREFIX, 0)
        if score is not None:
            used = places.get(item.id, len(places))
            scored.append((score[0], used, score[1], order, item))
    scored.sort(key=lambda entry: entry[:4])
    return [entry[4] for entry in scored[:limit]]


def _score(wanted: str, item: PaletteItem) -> tuple[int, int] | None:
    title = item.title.casefold()
    if title == wanted:
        return _EXACT, 0
    if title.startswith(wanted):
        return _PREFIX, len(title)
    words = title.translate(_SPLIT).split()
    if all(any(word.startswith(part) for word in words) for part in wanted.split()):
        return _WORD, len(title)
    place = title.find(wanted)
    if place >= 0:
        return _INSIDE, place
    if any(_in_keyword(wanted, keyword.casefold()) for keyword in item.keywords):
        return _KEYWORD, len(title)
    gaps = _gaps(wanted.replace(" ", ""), title)
    return None if gaps is None else (_SUBSEQUENCE, gaps)


def _in_keyword(wanted: str, keyword: str) -> bool:
    return any(word.startswith(wanted) for word in (keyword, *keyword.translate(_SPLIT).split()))


def _gaps(wanted: str, title: str) -> int | None:
    """Return how many letters lie between those of `wanted` in order, None if not all are there.

    More gap than letters is chance, not a match.
    """
    first = title.find(wanted[:1]) if wanted else -1
    if first < 0 or len(wanted) < 2:
        return None
    place, gaps = first, 0
    for letter in wanted[1:]:
        found = title.find(letter, place + 1)
        if found < 0:
            return None
        gaps += found - place - 1
        place = found
    return gaps if gaps <= 3 * len(wanted) else None
