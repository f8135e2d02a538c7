"""Words that speak for or against a name, for Norwegian in both written standards and English."""

from collections.abc import Mapping
from functools import cache
from typing import Literal

from qda.language import word_lists
from qda.language.lexicon import shared_lexicon
from qda.model.entities import LANGUAGES, Language
from qda.text.sentence_words import ABBREVIATIONS

Cue = Literal[
    "titles", "called", "place_before", "place_before_en", "sure_place", "person_before", "verbs",
    "pronouns",
    "before_places", "units", "surname_ends", "place_ends", "job_ends", "title_ends",
    "institutions", "no_small", "small_too", "subjects",
    "says", "with_surname", "persons", "norse_first", "norse_last", "owned", "around_all", "second",
]  # fmt: skip
_NOT_BEHIND_A_NAME = ("mann", "ing", "inger", "ent", "plan", "ist", "tid")


@cache
def cues(which: Cue) -> frozenset[str]:
    """Return the words of one list of `name_cues.txt`, where each is said what it is for."""
    return frozenset(word_lists.sections("name_cues.txt").get(which, ()))


@cache
def endings(which: Cue) -> tuple[str, ...]:
    """Return the endings of one list."""
    return tuple(sorted(cues(which)))


def looks_like_a_job(form: str, *, named: bool = False) -> bool:
    """Tell whether an ordinary word is a job or an idea rather than what people are called.

    Behind a given name (`named`), a word such as Nordmann may well be the surname.
    """
    if named and form.endswith(_NOT_BEHIND_A_NAME):
        return False
    return len(form) > 4 and form.endswith(endings("job_ends"))


def is_role(form: str) -> bool:
    """Tell whether a word behind a given name says what somebody does: Kari Saksbehandler.

    Short ones such as Hammer are what people are called.
    """
    if is_title(form):
        return True
    return looks_like_a_job(form, named=True) and (len(form) > 7 or not form.endswith("er"))


def is_owner(form: str) -> bool:
    """Tell whether a word is the genitive of what is written with a capital: Navs, Kommunens."""
    short = form.removesuffix("s")
    if short == form or len(short) < 3 or form in given_names():
        return False
    return short in never() - stop_words() - cues("with_surname") and short != "may"


def small_verbs() -> frozenset[str]:
    """Return which of the words around names stand around everything else as often."""
    return cues("around_all")


@cache
def is_norse(form: str) -> bool:
    """Tell whether a word is a given name by the two halves that Nordic names are made of.

    No list has them all: Leidulv, Hallfrid, Torgunn. Words that a dictionary has are none.
    """
    if len(form) < 5 or not form.endswith(endings("norse_last")):
        return False
    first = cues("norse_first")
    halves = (
        form[: -len(end)].removesuffix("s") in first or form[: -len(end)] in first
        for end in endings("norse_last")
        if form.endswith(end)
    )
    return any(halves) and not _means_something(form)


def before_places(language: Language) -> frozenset[str]:
    """Return the prepositions that a place may follow: «at» is one in English alone."""
    return cues("place_before_en" if language == "en" else "place_before")


def is_title(word: str) -> bool:
    """Tell whether the name of a person may follow a word: kommunalsjef, fru."""
    return word in cues("titles") or (len(word) > 3 and word.endswith(endings("title_ends")))


@cache
def given_names() -> frozenset[str]:
    """Return the given names that the program knows."""
    return word_lists.words("given_names.txt")


@cache
def place_names() -> frozenset[str]:
    """Return the places that the program knows."""
    return word_lists.words("place_names.txt")


@cache
def surnames() -> frozenset[str]:
    """Return surnames that are ordinary words as well."""
    return word_lists.words("surnames.txt")


@cache
def sure_places() -> frozenset[str]:
    """Return the places whose names mean nothing else: they are known in lower case too."""
    return frozenset(one for one in place_names() if len(one) > 3 and not _means_something(one))


@cache
def sure_given_names() -> frozenset[str]:
    """Return the given names that mean nothing else: they are known in lower case too."""
    small = cues("no_small")
    return frozenset(
        one
        for one in given_names()
        if len(one) > 2 and one not in small and not _means_something(one)
    ) | cues("small_too")


def _means_something(form: str) -> bool:
    lexicon = shared_lexicon()
    return any(
        not one[:1].isupper() for language in LANGUAGES for one in lexicon.readings(form, language)
    )


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """Return by its first word what begins like a name and names nobody: Per definisjon."""
    found: dict[str, tuple[str, ...]] = {}
    for line in sorted(word_lists.lines("not_names.txt"), key=len, reverse=True):
        first = line.replace("-", " ").split()[0]
        found[first] = (*found.get(first, ()), line)
    return found


@cache
def stop_words() -> frozenset[str]:
    """Return the small words of all languages."""
    found: set[str] = set()
    for language in LANGUAGES:
        found |= word_lists.stop_words(language)
    return frozenset(found)


@cache
def never() -> frozenset[str]:
    """Return words that are no names, however they are written."""
    usual = word_lists.words("capitalised.txt") | stop_words() | ABBREVIATIONS
    return usual - given_names()
