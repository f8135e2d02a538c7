"""What is put in the place of names: a word for the kind with a number, or the case's pseudonym."""

import re
from collections import defaultdict
from collections.abc import Collection, Mapping
from typing import Literal

from qda.language.names import numbers, workplaces
from qda.model.entities import Language
from qda.model.pseudonyms import NameEntity, NameKind, Origin

_Word = NameKind | Origin | numbers.Sort | Literal["firm"]
_WORDS: Mapping[Language, Mapping[_Word, str]] = {
    "nb": {
        "person": "Person", "place": "Sted", "address": "adresse", "office": "kontor",
        "email": "e-post", "phone": "telefon", "identity": "fødselsnummer",
        "informant": "Informant", "interviewer": "Intervjuer", "firm": "virksomhet",
        "account": "kontonummer", "car": "bilnummer", "birthday": "fødselsdato",
        "case number": "saksnummer", "user": "brukernavn",
    },
    "nn": {
        "person": "Person", "place": "Stad", "address": "adresse", "office": "kontor",
        "email": "e-post", "phone": "telefon", "identity": "fødselsnummer",
        "informant": "Informant", "interviewer": "Intervjuar", "firm": "verksemd",
        "account": "kontonummer", "car": "bilnummer", "birthday": "fødselsdato",
        "case number": "saksnummer", "user": "brukarnamn",
    },
    "en": {
        "person": "Person", "place": "Place", "address": "address", "office": "office",
        "email": "e-mail", "phone": "telephone", "identity": "identity number",
        "informant": "Informant", "interviewer": "Interviewer", "firm": "workplace",
        "account": "account number", "car": "car number", "birthday": "date of birth",
        "case number": "case number", "user": "user name",
    },
}  # fmt: skip
_NUMBERED = re.compile(r"\[([^\[\]]+?) (\d+|[A-Z]{1,2})\]")


class Replacements:
    """Give out replacements that are not in use, each word counted by itself."""

    def __init__(self, language: Language, used: Collection[str]) -> None:
        """Go on behind the replacements that are in `used` already."""
        self._words = _WORDS[language]
        self._last: dict[str, int] = defaultdict(int)
        # Capitals do not tell two replacements apart for a reader.
        self._given: set[str] = {one.casefold() for one in used}
        for one in used:
            hit = _NUMBERED.fullmatch(one)
            if hit is not None:
                number = int(hit[2]) if hit[2].isdigit() else _of_letters(hit[2])
                word = hit[1].casefold()
                self._last[word] = max(self._last[word], number)

    def take(self, wanted: str) -> str | None:
        """Return a wanted replacement in brackets, None where it is in use."""
        shown = f"[{wanted.strip('[]')}]"
        if shown.casefold() in self._given:
            return None
        self._given.add(shown.casefold())
        return shown

    def next(self, entity: NameEntity) -> str:
        """Return the next free replacement for somebody or something of this kind."""
        word = self._word(entity)
        while True:
            self._last[word.casefold()] += 1
            number = self._last[word.casefold()]
            shown = _letters(number) if entity.kind == "office" else str(number)
            free = self.take(f"{word} {shown}")
            if free is not None:
                return free

    def _word(self, entity: NameEntity) -> str:
        """Return the word for what is named: for a school it is school rather than office."""
        if entity.kind == "identity":
            return self._words[numbers.sort(entity.name)]
        if entity.kind != "office":
            return self._words[entity.origin or entity.kind]
        if entity.origin != "case" and workplaces.is_firm(entity.name):
            return self._words["firm"]
        return workplaces.noun(entity.name) or self._words["office"]


def numbered(text: str) -> set[str]:
    """Return what looks like a replacement in a text."""
    return {hit.group() for hit in _NUMBERED.finditer(text)} if "[" in text else set()


def _letters(number: int) -> str:
    """Return 1 as A, 26 as Z, 27 as AA."""
    shown = ""
    while number:
        number, rest = divmod(number - 1, 26)
        shown = chr(65 + rest) + shown
    return shown


def _of_letters(shown: str) -> int:
    number = 0
    for one in shown:
        number = number * 26 + ord(one) - 64
    return number


def put_for(text: str, form: str, replacement: str) -> str:
    """Return what stands there afterwards: a genitive keeps its ending (Karis: [Person 1]s)."""
    if text == form or not text.casefold().startswith(form.casefold()):
        return replacement
    return replacement + ("'" if replacement[-1:] in "sxzSXZ" else "s")
