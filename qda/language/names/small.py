"""Names in talk that is written without capitals, and names in capitals throughout.

Only what means nothing else is found so: given names and places that no dictionary has as a word,
and what follows such a given name and is no word either.
"""

from collections.abc import Iterator
from functools import cache

import regex

from qda.language.names import lists
from qda.language.names.evidence import Evidence, SourceText
from qda.language.names.numbers import Found
from qda.language.names.wording import WORD, word_before, word_behind

_PART_OF_MORE = regex.compile(r"[@_/\d]|[.-]\p{L}")
_LAST_WORD = regex.compile(r"(?<![\p{L}\p{M}.@_'’-])([\p{L}\p{M}-]{3,20})[ \u00a0]$")
_LONGEST = 22
_SURNAME = ("sen", "son")
SHORTEST_CAPITALS = 4
"""Shorter words in capitals are abbreviations."""
CHARACTERS = 300
"""With fewer words with a capital than one to so many characters a text is written without."""


def small_names(source: SourceText, evidence: Evidence) -> Iterator[Found]:
    """Yield people and places in a text that are written without capitals, or in nothing else."""
    text, at = source.text, 0
    known = _known()
    for word in WORD.finditer(text):
        shown = word.group()
        form = shown.casefold()
        surname = form.endswith(_SURNAME)
        if not (surname or form in known or form[:-1] in known or "-" in form):
            continue  # most words are told to be no name here
        if word.start() < at or not _is_plain(text, word):
            continue
        if surname:
            first = _doubtful_given(text, word, at)
            if first is not None and evidence.is_surname(form):
                at = word.end()
                yield first, at, "person", "words around"
                continue
        if _is_given(shown, evidence):
            last = word
            before = _doubtful_given(text, word, at)
            while (behind := WORD.match(text, last.end() + 1)) is not None:
                if not (_is_plain(text, behind) and _goes_with(source, last, behind, evidence)):
                    break
                last = behind
            at = last.end()
            yield word.start() if before is None else before, at, "person", "given name"
        elif _is_place(text, word, evidence):
            yield *word.span(), "place", "list"
    if len(evidence.words(source)) * CHARACTERS < len(text):
        yield from _in_small_talk(text)


def _doubtful_given(text: str, word: regex.Match[str], at: int) -> int | None:
    """Return where a given name begins right before a word that shows it is one: kåre magne."""
    hit = _LAST_WORD.search(text, max(at, word.start() - _LONGEST), word.start())
    if hit is None or word.group().islower() != hit[1].islower():
        return None
    form = hit[1].casefold()
    return hit.start() if form in lists.given_names() - lists.stop_words() else None


@cache
def _known() -> frozenset[str]:
    return lists.sure_given_names() | lists.sure_places()


def _in_small_talk(text: str) -> Iterator[Found]:
    """Yield what may be a name, or a word, in a text that has no capitals at all.

    It is doubtful unless somebody is called so or says something.
    """
    people, places = lists.given_names() - lists.stop_words(), lists.place_names()
    acts = lists.cues("verbs") | lists.cues("says")
    for word in WORD.finditer(text):
        form = word.group()
        if len(form) < SHORTEST_CAPITALS or form in _known() or not _is_plain(text, word):
            continue
        before = word_before(text, word.start())
        if form in people:
            met = before in lists.cues("person_before") - lists.small_verbs()
            if before in lists.cues("called") | lists.cues("says"):
                yield *word.span(), "person", "words around"
            elif met or word_behind(text, word.end()) in acts:
                yield *word.span(), "person", "doubtful"
        elif form in places and before in ("til", "frå", "fra", "på", "i"):
            yield *word.span(), "place", "doubtful"


def _is_plain(text: str, hit: regex.Match[str]) -> bool:
    """Tell whether a word is in one case throughout and no part of an address or a code."""
    word = hit.group()
    capitals = word.isupper() and len(word) >= SHORTEST_CAPITALS
    if not (word.islower() or capitals):
        return False
    if hit.start() and text[hit.start() - 1] in "@_/.-&":
        return False
    return _PART_OF_MORE.match(text, hit.end()) is None


def _is_given(word: str, evidence: Evidence) -> bool:
    form = evidence.base(word.casefold())
    return all(one in lists.sure_given_names() for one in form.split("-"))


def _is_place(text: str, word: regex.Match[str], evidence: Evidence) -> bool:
    form = evidence.base(word.group().casefold())
    before = word_before(text, word.start())
    return form in lists.sure_places() and before in lists.cues("place_before")


def _goes_with(
    source: SourceText, last: regex.Match[str], word: regex.Match[str], evidence: Evidence
) -> bool:
    """Tell whether a word behind a given name is a further name of the same person."""
    form = evidence.base(word.group().casefold())
    if source.text[last.end() : word.start()] not in (" ", "\u00a0") or len(form) < 3:
        return False
    if last.group().islower() != word.group().islower():
        return False
    return _is_given(form, evidence) or not (
        form in lists.never() or evidence.is_word(form, source.language)
    )
