"""The project's own lists of words, read from `qda/resources/language`."""

from functools import cache
from pathlib import Path

from qda.model.entities import Language

_FOLDER = Path(__file__).resolve().parent.parent / "resources" / "language"
FIRST = "!"


@cache
def irregular(language: Language) -> dict[str, tuple[str, ...]]:
    """Return the dictionary forms of each irregular form, the one that comes first before."""
    first: dict[str, list[str]] = {}
    others: dict[str, list[str]] = {}
    for line in lines(f"irregular.{language}.txt"):
        lemma, _, forms = line.partition(":")
        for form in forms.split():
            found = first if form.startswith(FIRST) else others
            found.setdefault(form.removeprefix(FIRST), []).append(lemma)
    together = {form: (*first.get(form, ()), *others.get(form, ())) for form in (*first, *others)}
    return {form: tuple(dict.fromkeys(lemmas)) for form, lemmas in together.items()}


@cache
def stop_words(language: Language) -> frozenset[str]:
    """Return the words that say little of what is talked about."""
    return words(f"stop.{language}.txt")


@cache
def interview_words(language: Language) -> frozenset[str]:
    """Return dictionary forms that say how interviewers ask, and little of what about."""
    return words(f"interview.{language}.txt")


@cache
def short_parts() -> frozenset[str]:
    """Return the words of two and three letters that may be parts of compounds."""
    return words("short_parts.txt")


@cache
def atoms() -> frozenset[str]:
    """Return words that look like compounds and are not taken apart."""
    return words("atoms.txt")


@cache
def not_first() -> frozenset[str]:
    """Return words that no compound is taken to begin with."""
    return words("not_first.txt")


@cache
def not_last() -> frozenset[str]:
    """Return forms that no compound is taken to end with."""
    return words("not_last.txt")


@cache
def sections(name: str) -> dict[str, tuple[str, ...]]:
    """Return the words of a list whose lines each begin with the name of a part and a colon."""
    found: dict[str, tuple[str, ...]] = {}
    for line in lines(name):
        part, _, listed = line.partition(":")
        found[part] = (*found.get(part, ()), *listed.split())
    return found


def words(name: str) -> frozenset[str]:
    """Return all words of a list of ours."""
    return frozenset(word for line in lines(name) for word in line.split())


def lines(name: str) -> list[str]:
    """Return the lines of a list of ours, without those that say what is in it."""
    path = _FOLDER / name
    if not path.is_file():
        return []
    read = path.read_text(encoding="utf-8").splitlines()
    return [line for line in read if line and not line.startswith("#")]
