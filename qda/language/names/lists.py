"""Words that speak for or against a name, for Norwegian in both written standards and English."""

from functools import cache
from typing import Literal

from qda.language import word_lists
from qda.model.entities import LANGUAGES

Cue = Literal[
    "titles", "called", "place_before", "sure_place", "person_before", "verbs", "pronouns",
    "before_places", "units", "surname_ends", "place_ends", "job_ends",
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


@cache
def given_names() -> frozenset[str]:
    """Return the given names that the program knows."""
    return word_lists.words("given_names.txt")


@cache
def place_names() -> frozenset[str]:
    """Return the places that the program knows."""
    return word_lists.words("place_names.txt")


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
    return (word_lists.words("capitalised.txt") | stop_words()) - given_names()
