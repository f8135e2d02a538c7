"""Line-end hyphens: which of them break a word, told from the evidence in the text itself."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping
from typing import Literal

from qda.model.reading import Decision, Hyphens

HyphenKind = Literal["soft", "hard", "suspended"]

HYPHENS = "-\u2010"
SOFT_HYPHEN = "\u00ad"

_LETTERS = r"[^\W\d_]+"
_TOKEN = re.compile(rf"{_LETTERS}(?:-{_LETTERS})*")
# Both fragments at a line-end hyphen; possessive, so that hostile text costs only its length.
_SPLIT = re.compile(
    r"(?<![\w-])(?:[^\W\d_]++[-\u2010])++[^\S\n]*+\n\s*+(?:[^\W\d_]++-)*+[^\W\d_]*+"
)
_LEFT = re.compile(rf"(?P<word>[\w.]*?(?:{_LETTERS}-)*[^\W_]+)[-\u2010]$")
_RIGHT = re.compile(r"[^\W_]+(?:-[^\W_]+)*")
# "mål- og resultatstyring": the hyphen stands for the end of the second word.
_JOINING = frozenset(["og", "eller", "samt", "til", "and", "or", "og/eller", "versus", "kontra"])
# Norwegian writes these with a hyphen that stays.
_HYPHENATED = frozenset(["ikke", "ikkje", "eks", "ex", "non", "self", "well", "vise", "e", "nav"])


class WordEvidence:
    """How the words of a text are written where no line end splits them."""

    def __init__(self, text: str) -> None:
        """Count the words of `text`, those at its line-end hyphens left out."""
        self._exact: Counter[str] = Counter(_TOKEN.findall(_SPLIT.sub(" ", text)))
        self._lower: Counter[str] = Counter()
        self._first: Counter[str] = Counter()
        for word, count in self._exact.items():
            self._lower[word.lower()] += count
            first, hyphen, _ = word.partition("-")
            if hyphen:
                self._first[first.lower()] += count
        self._sorted = sorted(self._lower)

    def count(self, word: str) -> int:
        """Return how often `word` occurs, upper and lower case alike."""
        return self._lower[word.lower()]

    def is_name(self, word: str) -> bool:
        """Tell whether `word` is capitalised and never occurs without the capital."""
        return word[0].isupper() and self._exact[word] > 0 and not self._exact[word.lower()]

    def hyphenates(self, word: str) -> bool:
        """Tell whether words that begin with `word` mostly have a hyphen after it."""
        key = word.lower()
        return self._first[key] > 0 and self._first[key] > 2 * self._compounds(key)

    def _compounds(self, key: str) -> int:
        """Count the different words that begin with `key` and go on without a hyphen."""
        at, count = bisect_left(self._sorted, key), 0
        while at < len(self._sorted) and self._sorted[at].startswith(key):
            word = self._sorted[at]
            count += len(word) > len(key) + 2 and word[len(key)] != "-"
            at += 1
        return count


def classify(left: str, right: str, evidence: WordEvidence) -> HyphenKind:
    """Tell what the hyphen between the fragments `left` and `right` is."""
    last = left.rpartition("-")[2]
    if right.lower() in _JOINING:
        # "fort-eller" is one word where the text has "forteller" and no "fort".
        broken = evidence.count(left + right) > 0 and not evidence.count(left)
        return "soft" if broken else "suspended"
    if not right[0].isalpha() or right[0].isupper() or not last.isalpha():
        return "hard"
    if len(last) == 1 or last[-1].isupper():
        return "hard"
    if "-" in right and not evidence.count(left + right):
        return "hard"
    joined, hyphenated = evidence.count(left + right), evidence.count(f"{left}-{right}")
    if joined != hyphenated:
        return "soft" if joined > hyphenated else "hard"
    if evidence.is_name(last) or last.lower() in _HYPHENATED or evidence.hyphenates(last):
        return "hard"
    return "soft"


class HyphenJoiner:
    """Join lines over their hyphens by the rule and the user's choices, and keep account of it."""

    def __init__(self, text: str, mode: Hyphens, choices: Mapping[str, bool]) -> None:
        """Take the evidence from `text`; `choices` are keyed as the decisions are."""
        self._evidence = WordEvidence(text)
        self._mode = mode
        self._choices = choices
        self._places: dict[str, tuple[str, str, int, bool]] = {}

    def seam(self, left: str, right: str, *, certain: bool = False) -> tuple[int, str]:
        """Say how two lines are joined.

        `left` is stripped at its end, `right` at its beginning. Returns how many characters go
        from the end of `left`, and what comes between. `certain` marks a hyphen of which the file
        itself says that it only breaks a word.
        """
        if left.endswith(SOFT_HYPHEN):
            return 1, ""
        if left[-1:] not in HYPHENS:
            return 0, " "
        found, following = split_word(left, right)
        if found is None or following is None:
            return 0, " "
        kind = "soft" if certain else classify(found, following, self._evidence)
        if kind == "suspended":
            return 0, " "
        if not (found[-1].isalpha() and following[0].isalpha()):
            return 0, ""
        return (1, "") if self._record(found, following, kind) else (0, "")

    def proven(self, left: str, right: str) -> bool:
        """Tell whether the text has the joined word elsewhere, and not the hyphenated one."""
        found, following = split_word(left, right)
        if found is None or following is None:
            return False
        evidence = self._evidence
        return (
            classify(found, following, evidence) == "soft"
            and evidence.count(found + following) > 0
            and evidence.count(f"{found}-{following}") == 0
        )

    def chosen(self, left: str, right: str) -> bool | None:
        """Return the user's answer for this place, None where there is none."""
        found, following = split_word(left, right)
        return self._choices.get(f"hyphen:{found}|{following}")

    def offer(self, left: str, right: str) -> None:
        """List a place that stays as it is, so that the user can have it joined."""
        found, following = split_word(left, right)
        if found is None or following is None:
            return
        letters = found[-1].isalpha() and following[0].isalpha()
        if letters and classify(found, following, self._evidence) != "suspended":
            self._count(found, following, applied=False)

    def decisions(self) -> tuple[Decision, ...]:
        """Return the places in order of appearance, equal ones together."""
        return tuple(
            Decision(key, "hyphen", f"{left}-{right}", f"{left}{right}", count, applied)
            for key, (left, right, count, applied) in self._places.items()
        )

    def _record(self, left: str, right: str, kind: HyphenKind) -> bool:
        proposed = {"keep": False, "join": True, "auto": kind == "soft"}[self._mode]
        applied = self._choices.get(f"hyphen:{left}|{right}", proposed)
        self._count(left, right, applied=applied)
        return applied

    def _count(self, left: str, right: str, *, applied: bool) -> None:
        key = f"hyphen:{left}|{right}"
        count = self._places[key][2] if key in self._places else 0
        self._places[key] = (left, right, count + 1, applied)


def split_word(left: str, right: str) -> tuple[str | None, str | None]:
    """Return the fragments before and after a line-end hyphen, None where there is no such."""
    before = _LEFT.search(left[-80:])
    after = _RIGHT.match(right)
    if before is None or after is None:
        return None, None
    return before["word"], after.group()
