"""What differs between two texts, told in whole words with some words around it."""

from dataclasses import dataclass

from qda.text.differences import Change, changes_between

AROUND = 48
"""How many characters of what is the same are shown on either side, at the most."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A place where two texts differ: `old[old_start:old_end]` became `new[new_start:new_end]`.

    `before` and `after` are these words, of which one may be empty; `left` and `right` are what
    stands around them in the new text, within its paragraph. `cut_left` and `cut_right` tell that
    the paragraph goes on beyond.
    """

    old_start: int
    old_end: int
    new_start: int
    new_end: int
    before: str
    after: str
    left: str
    right: str
    cut_left: bool
    cut_right: bool


def differences(old: str, new: str) -> tuple[Difference, ...]:
    """Return where two texts differ, in order."""
    return tuple(_told(old, new, change) for change in word_changes(old, new))


def word_changes(old: str, new: str) -> tuple[Change, ...]:
    """Return the changes between two texts, each widened to the words that it cuts through.

    Those with only a space between them are one.
    """
    found: list[Change] = []
    for change in changes_between(old, new):
        i, k, j, m = _widened(old, new, change)
        if found and _belongs(old, found[-1], i, j):
            first = found.pop()
            i, j = min(i, first[0]), min(j, first[2])
        found.append((i, k, j, m))
    return tuple(found)


def _belongs(old: str, before: Change, i: int, j: int) -> bool:
    """Tell whether a change that begins at `i` and `j` is one with the change before it."""
    if i < before[1] or j < before[3]:
        return True
    between = old[before[1] : i]
    return not between or (between.isspace() and "\n" not in between)


def _widened(old: str, new: str, change: Change) -> Change:
    """Return a change that begins and ends where words do, as far as both texts have the same."""
    i, k, j, m = change
    if _inside_a_word(old, i) or _inside_a_word(new, j):
        while i and j and old[i - 1] == new[j - 1] and not old[i - 1].isspace():
            i, j = i - 1, j - 1
    if _inside_a_word(old, k) or _inside_a_word(new, m):
        while k < len(old) and m < len(new) and old[k] == new[m] and not old[k].isspace():
            k, m = k + 1, m + 1
    return i, k, j, m


def _inside_a_word(text: str, at: int) -> bool:
    return 0 < at < len(text) and not text[at - 1].isspace() and not text[at].isspace()


def _told(old: str, new: str, change: Change) -> Difference:
    i, k, j, m = change
    paragraph = new.rfind("\n", 0, j) + 1
    end = new.find("\n", m)
    ends = end if end >= 0 else len(new)
    start, stop = max(paragraph, j - AROUND), min(ends, m + AROUND)
    if start > paragraph:
        # Not in the middle of a word, unless there is only one.
        space = new.find(" ", start, j)
        start = space + 1 if space >= 0 else start
    if stop < ends:
        space = new.rfind(" ", m, stop)
        stop = space if space >= 0 else stop
    return Difference(
        i, k, j, m, old[i:k], new[j:m], new[start:j], new[m:stop],
        cut_left=start > paragraph, cut_right=stop < ends,
    )  # fmt: skip
