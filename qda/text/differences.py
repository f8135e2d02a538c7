"""What was edited between two texts, found in time that grows with the edits and not the text.

Lines that both texts have once are put side by side. Where the texts part between those, a few
characters of one are looked for in the other, near first, until they run together again; what
lies between is compared by words, and then by characters. The work is bounded: texts with next to
nothing in common come out as one large replacement.
"""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from itertools import pairwise

PROBE = 24
"""How many characters must agree for two texts to run together again."""
REACHES = (64, 512, 4_096, 32_768)
"""How far that is looked for, one after the other; at last everywhere."""
PROBES = 16
SEARCHED = 40_000_000
"""How many characters may be looked through for one comparison."""
PAIRS = 20_000
"""How many pairs of equal words or characters of one stretch are weighed."""
COMPARED = 200_000
"""How many such pairs of all stretches together."""
READ = 100_000
"""A stretch of more characters than this is not compared by words,"""
SPELLED = 2_000
"""and one of more than this not by characters."""
ALIKE = 0.6
"""How alike two stretches must be for their characters to be matched (difflib's ratio)."""
SLIDE = 200

_WORDS = re.compile(r"\S+|\s+")
_CLOSING = "\"'”’»)]"
Change = tuple[int, int, int, int]
"""Where the old text and where the new one differ: `old[i:k]` became `new[j:m]` as (i, k, j, m)."""


class _Work:
    """What may still be spent on one comparison."""

    def __init__(self) -> None:
        """Begin with everything."""
        self.searched = SEARCHED
        self.pairs = COMPARED

    def may_compare(self, a: Sequence[str], b: Sequence[str]) -> bool:
        """Tell whether the pairs of equal elements are few enough, and count them."""
        counts = Counter(b)
        pairs = sum(counts[element] for element in a if not element.isspace())
        self.pairs -= pairs
        return pairs <= PAIRS and self.pairs > 0


def changes_between(old: str, new: str) -> tuple[Change, ...]:
    """Return where two texts differ, in order, as closely as it is found within the bounds.

    What was inserted into or taken out of repeated text could have stood in several places; it is
    put where a line, a sentence or a word begins.
    """
    work = _Work()
    changes = [
        smaller
        for change in _stretches(old, new, work)
        for smaller in _by_words(old, new, change, work)
    ]
    return tuple(_slid(old, new, changes))


def common_prefix(a: str, i: int, b: str, j: int, limit: int) -> int:
    """Return how many code points, at most `limit`, are the same from `a[i]` and `b[j]` on.

    Stretches are compared as wholes, so that a long text costs little more than a short one.
    """
    same, step = 0, 32
    while same + step <= limit and a.startswith(b[j + same : j + same + step], i + same):
        same += step
        step *= 2
    while step:
        part = min(step, limit - same)
        if part and a.startswith(b[j + same : j + same + part], i + same):
            same += part
        step //= 2
    return same


def common_suffix(a: str, i: int, b: str, j: int, limit: int) -> int:
    """Return how many code points, at most `limit`, are the same before `a[i]` and `b[j]`."""
    same, step = 0, 32
    while same + step <= limit and a.endswith(b[j - same - step : j - same], 0, i - same):
        same += step
        step *= 2
    while step:
        part = min(step, limit - same)
        if part and a.endswith(b[j - same - part : j - same], 0, i - same):
            same += part
        step //= 2
    return same


# ------------------------------------------------------------------------- where the texts differ
def _stretches(old: str, new: str, work: _Work) -> Iterator[Change]:
    """Yield the stretches that differ, in order: around the lines both texts have, then nearer."""
    limit = min(len(old), len(new))
    i = j = common_prefix(old, 0, new, 0, limit)
    tail = common_suffix(old, len(old), new, len(new), limit - i)
    old_end, new_end = len(old) - tail, len(new) - tail
    for k, m in _same_lines(old, new, (i, old_end, j, new_end)):
        if k < i or m < j:
            continue
        yield from _between(old, new, (i, k, j, m), work)
        same = common_prefix(old, k, new, m, min(old_end - k, new_end - m))
        i, j = k + same, m + same
    yield from _between(old, new, (i, old_end, j, new_end), work)


def _same_lines(old: str, new: str, within: Change) -> list[tuple[int, int]]:
    """Return where lines start that both texts have just once, the most that keep their order.

    (Patience difference, Cohen 2003.) Without them, text that repeats its phrases would be taken
    for altered where a paragraph was moved.
    """
    i, old_end, j, new_end = within
    there = _single_lines(new, j, new_end)
    pairs = [
        (at, there[line]) for line, at in _single_lines(old, i, old_end).items() if line in there
    ]
    ends: list[int] = []
    chosen: list[int] = []
    before: list[int] = []
    for index, (_, at) in enumerate(pairs):
        length = bisect_left(ends, at)
        before.append(chosen[length - 1] if length else -1)
        # Replaces what stood there; past the end, a slice of nothing appends.
        ends[length : length + 1] = [at]
        chosen[length : length + 1] = [index]
    lines: list[tuple[int, int]] = []
    index = chosen[-1] if chosen else -1
    while index >= 0:
        lines.append(pairs[index])
        index = before[index]
    return lines[::-1]


def _single_lines(text: str, start: int, end: int) -> dict[str, int]:
    """Return the lines that stand once in `text[start:end]`, each with where it starts."""
    places: dict[str, int] = {}
    at = start
    for line in text[start:end].split("\n"):
        if len(line) >= PROBE:
            places[line] = -1 if line in places else at
        at += len(line) + 1
    return {line: at for line, at in places.items() if at >= 0}


def _between(old: str, new: str, within: Change, work: _Work) -> Iterator[Change]:
    """Yield the stretches that differ within two stretches, found by running on and looking."""
    i, old_end, j, new_end = within
    tail = common_suffix(old, old_end, new, new_end, min(old_end - i, new_end - j))
    old_end, new_end = old_end - tail, new_end - tail
    while i < old_end or j < new_end:
        found = _resync(old, new, (i, old_end, j, new_end), work)
        if found is None:
            yield i, old_end, j, new_end
            return
        k, m = found
        back = common_suffix(old, k, new, m, min(k - i, m - j))
        yield i, k - back, j, m - back
        same = common_prefix(old, k, new, m, min(old_end - k, new_end - m))
        i, j = k + same, m + same


def _resync(old: str, new: str, within: Change, work: _Work) -> tuple[int, int] | None:
    """Return the nearest place at which both texts go on alike, None where none is found."""
    i, old_end, j, new_end = within
    longest = max(old_end - i, new_end - j)
    for reach in (*REACHES, longest):
        forward = _nearest(old, i, old_end, (new, j, new_end), reach, work)
        backward = _nearest(new, j, new_end, (old, i, old_end), reach, work)
        if backward is not None and (forward is None or sum(backward) < sum(forward)):
            return i + backward[1], j + backward[0]
        if forward is not None:
            return i + forward[0], j + forward[1]
        if reach >= longest or work.searched < 0:
            return None
    return None


def _nearest(
    a: str, at: int, end: int, other: tuple[str, int, int], reach: int, work: _Work
) -> tuple[int, int] | None:
    """Look for pieces of `a[at:end]` in the other text; return how far on in each they stand."""
    b, start, stop = other
    best: tuple[int, int] | None = None
    for ahead in range(0, min(reach, end - at - PROBE + 1), max(8, reach // PROBES)):
        # Nothing farther on than what is found already could be nearer.
        limit = reach if best is None else min(reach, sum(best) - ahead)
        if limit <= 0 or work.searched < 0:
            break
        upto = min(stop, start + limit + PROBE)
        found = b.find(a[at + ahead : at + ahead + PROBE], start, upto)
        work.searched -= (found if found >= 0 else upto) - start
        if found >= 0 and (best is None or ahead + found - start < sum(best)):
            best = ahead, found - start
    return best


# --------------------------------------------------------------------------- words and characters
def _by_words(old: str, new: str, change: Change, work: _Work) -> Iterator[Change]:
    i, k, j, m = change
    if i == k or j == m or k - i + m - j > READ:
        yield change
        return
    before, after = _WORDS.findall(old, i, k), _WORDS.findall(new, j, m)
    if not work.may_compare(before, after):
        yield from _by_characters(old, new, change, work)
        return
    old_at, new_at = _offsets(i, before), _offsets(j, after)
    matcher = SequenceMatcher(str.isspace, before, after, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        if tag != "equal":
            smaller = old_at[a], old_at[b], new_at[c], new_at[d]
            yield from _by_characters(old, new, smaller, work)


def _offsets(at: int, words: Sequence[str]) -> list[int]:
    """Return where each word starts, and where the last one ends."""
    offsets = [at]
    for word in words:
        at += len(word)
        offsets.append(at)
    return offsets


def _by_characters(old: str, new: str, change: Change, work: _Work) -> Iterator[Change]:
    """Yield what differs inside a replacement, as one unless both sides are much alike."""
    i, k, j, m = change
    head = common_prefix(old, i, new, j, min(k - i, m - j))
    i, j = i + head, j + head
    tail = common_suffix(old, k, new, m, min(k - i, m - j))
    k, m = k - tail, m - tail
    before, after = old[i:k], new[j:m]
    if max(len(before), len(after)) > SPELLED:
        yield i, k, j, m
        return
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    # The quick ratio first: it is cheap, and never lower than the true one.
    if (
        matcher.real_quick_ratio() < ALIKE
        or not work.may_compare(before, after)
        or matcher.ratio() < ALIKE
    ):
        yield i, k, j, m
        return
    kept = [block for block in matcher.get_matching_blocks() if block.size >= 3 or not block.size]
    a = b = 0
    for block in kept:
        yield i + a, i + block.a, j + b, j + block.b
        a, b = block.a + block.size, block.b + block.size


# ---------------------------------------------------------------------------------------- sliding
def _slid(old: str, new: str, changes: Sequence[Change]) -> Iterator[Change]:
    """Move what is only inserted or only taken out to where a reader would see it."""
    ordered = [change for change in changes if change[0] < change[1] or change[2] < change[3]]
    reach = 0
    for (i, k, j, m), following in pairwise([*ordered, (len(old), len(old), 0, 0)]):
        by = 0
        if (i == k) != (j == m):
            text, start, end = (new, j, m) if i == k else (old, i, k)
            by = _slide(text, start, end, i - reach, following[0] - k)
        reach = k + by
        yield i + by, k + by, j + by, m + by


def _slide(text: str, start: int, end: int, left: int, right: int) -> int:
    """Return by how much `text[start:end]` is best moved, at most so far to either side."""
    low = high = 0
    while -low < min(left, SLIDE) and text[start + low - 1] == text[end + low - 1]:
        low -= 1
    while high < min(right, SLIDE) and text[start + high] == text[end + high]:
        high += 1
    return max(range(low, high + 1), key=lambda by: (_beginning(text, start + by), by))


def _beginning(text: str, at: int) -> int:
    """Weigh whether a line, a sentence or a word begins at `at`."""
    before = text[at - 1 : at]
    inside = at < len(text) and not text[at].isspace()
    if at == 0 or before == "\n":
        return 5 if inside else 4
    if before.isspace():
        ends = text[max(0, at - 4) : at].rstrip().rstrip(_CLOSING)[-1:] in (".", "!", "?", "…")
        return 3 if ends and inside else 2
    return 0 if inside else 1
