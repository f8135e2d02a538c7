"""Capitalised words of a text with what stands around them, and how the project writes words."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import regex

from qda.text.sentences import sentences

WORD = regex.compile(r"\p{L}[\p{L}\p{M}]*(?:[-'’]\p{L}[\p{L}\p{M}]*)*")
_TITLE = regex.compile(
    r"\p{Lu}\p{M}*+(?:['’]\p{Lu})?[\p{Ll}\p{M}]++"
    r"(?:(?:[-'’]\p{Lu}?|\p{Lu})[\p{Ll}\p{M}]++)*+['’]?"
)
_ADDRESS = regex.compile(r"\S{1,64}@\S{1,200}|\bwww\.\S+|https?://\S+")
_OPENS = "«\"“„”‘':–—-•*(["
_INITIAL = regex.compile(r"\p{Lu}\.")
_MAILBOX = re.compile(r"[\w.+%-]{1,64}(?=@\w)")
_MAILED = regex.compile(r"\p{L}{4,}")
_CLAUSE = regex.compile(r"[.,;:!?\n]")
_SUBJECTS = frozenset((
    "jeg", "eg", "du", "han", "hun", "ho", "vi", "me", "de", "dei", "dere", "dykk", "man", "en",
    "ein", "i", "you", "he", "she", "we", "they",
))  # fmt: skip
_SPEECH = frozenset(
    ("sa", "sier", "seier", "sei", "svarte", "svara", "ropte", "ropa", "said", "says")
)
LONGEST_INITIALS = 8
NEAR = 40
_SPACES = " \u00a0"


@dataclass(frozen=True, slots=True)
class Word:
    """A word that is written with a capital: where, and whether any word would be there."""

    start: int
    end: int
    text: str
    initial: bool

    @property
    def form(self) -> str:
        """Return it in lower case."""
        return self.text.casefold()


@dataclass(slots=True)
class Capitals:
    """How often words of the project stand in lower case, and with a capital inside a sentence."""

    lower: Counter[str] = field(default_factory=Counter[str])
    inside: Counter[str] = field(default_factory=Counter[str])
    mailed: set[str] = field(default_factory=set[str])
    """What stands before the sign in addresses of mail, in pieces: these are people's names."""

    def add(self, text: str, words: Iterable[Word]) -> None:
        """Count the words of a text, of which `words` have a capital."""
        # Addresses of mail are people's names in lower case.
        plain = _ADDRESS.sub(" ", text) if "@" in text or "www." in text else text
        self.lower.update(word for word in WORD.findall(plain) if word.islower())
        self.inside.update(word.form for word in words if not word.initial)
        for box in _MAILBOX.findall(text) if "@" in text else ():
            self.mailed.update(_MAILED.findall(box.casefold()))


def capitalised(text: str, begins: Iterable[int] = ()) -> Iterator[Word]:
    """Yield the words of a text that begin with a capital and go on in lower case.

    `begins` are further places where a sentence begins, such as the starts of turns.
    """
    starts = sorted({*(start for start, _ in sentences(text)), *begins})
    for hit in _TITLE.finditer(text):
        start, end = hit.span()
        if start and (text[start - 1].isalnum() or text[start - 1] in "-@/_"):
            continue
        if end < len(text) and (text[end].isalnum() or text[end] in "@_"):
            continue
        word = hit.group()
        if word[-1] in "'’" and word[-2] not in "sxzSXZ":
            end -= 1
            word = word[:-1]
        yield Word(start, end, word, _is_initial(text, start, starts))


def _is_initial(text: str, start: int, starts: list[int]) -> bool:
    at = bisect_right(starts, start)
    begin = starts[at - 1] if at else 0
    before = text[begin:start]
    if not any(one.isalnum() for one in before):
        return True
    left = before.rstrip(_SPACES)
    return left[-1] in _OPENS if left else True


def word_before(text: str, start: int) -> str:
    """Return the word before a place in lower case, empty where a mark stands between."""
    stop = start
    while stop and text[stop - 1] in _SPACES:
        stop -= 1
    begin = stop
    while begin and (text[begin - 1].isalpha() or text[begin - 1] in "-."):
        begin -= 1
    return text[begin:stop].casefold().strip("-") if stop < start else ""


def word_behind(text: str, end: int) -> str:
    """Return the word behind a place in lower case, empty where a mark stands between."""
    begin = end
    while begin < len(text) and text[begin] in _SPACES:
        begin += 1
    hit = WORD.match(text, begin) if begin > end else None
    return hit.group().casefold() if hit is not None else ""


def clause_behind(text: str, end: int) -> str:
    """Return the word behind a comma that follows a place, in lower case."""
    if text[end : end + 1] != ",":
        return ""
    return word_behind(text, end + 1)


def is_half(text: str, word: Word) -> bool:
    """Tell whether a word is the first half of one: Integrerings- og mangfoldsdirektoratet."""
    return text[word.end : word.end + 1] == "-" and not text[word.end + 1 : word.end + 2].isalpha()


def is_said(text: str, start: int) -> bool:
    """Tell whether the verb before a place has its subject before it: hun sa Takk."""
    verb = text.rfind(" ", 0, max(0, start - 1)) + 1
    return word_before(text, start) in _SPEECH and word_before(text, verb) in _SUBJECTS


def goes_on(text: str, last: Word, word: Word) -> bool:
    """Tell whether a word stands right behind another, at most initials between them."""
    if word.initial:
        return False
    between = text[last.end : word.start]
    return (
        between[:1] in _SPACES
        and len(between) <= LONGEST_INITIALS
        and all(_INITIAL.fullmatch(one) for one in between.split())
        and "\n" not in between
    )


def called_by(text: str, start: int, called: frozenset[str]) -> list[str] | None:
    """Return the other words of the clause if somebody is said to be called what stands there.

    The word that says so stands right before, or up to three words before if it is a verb.
    """
    before = text[max(0, start - NEAR) : start].replace("«", " ").casefold()
    clause = _CLAUSE.split(before)[-1].split()
    verb = any(
        one in called and one.startswith(("kall", "kalt", "heit", "het")) for one in clause[-4:]
    )
    if verb or any(one in called for one in clause[-1:]):
        return [one for one in clause if one not in called]
    return None
