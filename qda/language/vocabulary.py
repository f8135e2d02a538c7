"""Every form of a project with its keys, held as a few long strings.

A hundred and fifty thousand forms as Python objects would take eighty megabytes; as lines of three
texts they take ten, and a key is found in them in a millisecond.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from qda.language.lemmas import Keys
from qda.model.entities import LANGUAGES, Language

Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Form:
    """A form in one language; keys as lists separated by spaces."""

    number: int
    language: Language
    form: str
    lemmas: str
    others: str
    parts: str

    @classmethod
    def of(cls, number: int, language: Language, form: str, keys: Keys) -> "Form":
        """Put the keys of a form as text."""
        lists = (" ".join(one) for one in (keys.lemmas, keys.others, keys.parts))
        return cls(number, language, form, *lists)


_MOST_GAPS = 1_000_000


def is_sound(forms: Sequence[Form]) -> bool:
    """Tell whether forms from a file can be held: numbers ascend, nothing breaks a line."""
    last = -1
    for one in forms:
        if one.number <= last or one.number > last + _MOST_GAPS:
            return False
        last = one.number
        if not one.form or any(map(str.isspace, one.form)) or not one.lemmas:
            return False
        if "\n" in f"{one.lemmas}{one.others}{one.parts}":
            return False
    return last < 2 * len(forms) + _MOST_GAPS


class Vocabulary:
    """Forms by number; numbers without a form are gaps. `add` makes it longer."""

    def __init__(self, forms: Iterable[Form] = ()) -> None:
        """Hold `forms`, whose numbers ascend."""
        self._languages: list[int] = []
        self._forms = _Lines()
        self._lemmas = _Lines()
        self._others = _Lines()
        self._parts = _Lines()
        self._numbers: dict[str, tuple[int, ...]] = {}
        self.add(forms)

    def __len__(self) -> int:
        """Return one more than the highest number."""
        return len(self._languages)

    def add(self, forms: Iterable[Form]) -> None:
        """Hold more forms, whose numbers go on ascending."""
        for one in forms:
            while len(self) < one.number:
                self._append(0, "", "", "", "")
            self._append(LANGUAGES.index(one.language), one.form, one.lemmas, one.others, one.parts)

    def _append(self, language: int, form: str, lemmas: str, others: str, parts: str) -> None:
        if form:
            # A new tuple each time: another thread may be reading the old one.
            self._numbers[form] = (*self._numbers.get(form, ()), len(self))
        self._languages.append(language)
        self._forms.append(form)
        self._lemmas.append(lemmas)
        self._others.append(others)
        self._parts.append(parts)

    # ------------------------------------------------------------------------------- asking

    def form(self, number: int) -> str:
        """Return a form, empty for a gap."""
        return self._forms.line(number)

    def lemmas(self, number: int) -> tuple[str, ...]:
        """Return the dictionary forms of a form, the likeliest first."""
        return tuple(self._lemmas.line(number).split())

    def keys(self, number: int) -> frozenset[str]:
        """Return all keys of a form."""
        return frozenset((*self.lemmas(number), *self._others.line(number).split()))

    def language(self, number: int) -> Language:
        """Return the language of a form."""
        return LANGUAGES[self._languages[number]]

    def languages(self) -> NDArray[np.int8]:
        """Return the language of every form as its place in `LANGUAGES`."""
        return np.array(self._languages, dtype=np.int8)

    def all_lemmas(self) -> list[str]:
        """Return the lemmas of every form as one text each."""
        return self._lemmas.lines()

    def all_forms(self) -> list[str]:
        """Return every form."""
        return self._forms.lines()

    def numbers_of(self, form: str) -> tuple[int, ...]:
        """Return the numbers of a form, one for each language it occurs in."""
        return self._numbers.get(form, ())

    def number(self, language: Language, form: str) -> int | None:
        """Return the number of a form in a language, None where it is not there."""
        wanted = LANGUAGES.index(language)
        return next((one for one in self.numbers_of(form) if self._languages[one] == wanted), None)

    def has(self, language: Language, form: str) -> bool:
        """Tell whether a form is there; may be asked from another thread."""
        return self.number(language, form) is not None

    def entry(self, number: int) -> Form:
        """Return all that is known of a form."""
        lines = (one.line(number) for one in (self._lemmas, self._others, self._parts))
        return Form(number, self.language(number), self.form(number), *lines)

    def with_keys(self, keys: Iterable[str]) -> Numbers:
        """Return the forms that any of `keys` finds."""
        return _together(
            lines.holding(key) for key in keys for lines in (self._lemmas, self._others)
        )

    def with_parts(self, keys: Iterable[str]) -> Numbers:
        """Return the forms that have a word of any of `keys` as a part."""
        return _together(self._parts.holding(key) for key in keys)

    def matching(self, pattern: str) -> Numbers:
        """Return the forms that a pattern with `*` (any letters) and `?` (one letter) fits."""
        pieces = re.split(r"([*?])", pattern)
        signs = {"*": r"[^\n ]*?", "?": r"[^\n ]"}
        return self._forms.matching(
            "".join(signs.get(piece, re.escape(piece)) for piece in pieces if piece)
        )


class _Lines:
    """Lines of text, one for each form, searched as a whole."""

    def __init__(self) -> None:
        self._pending: list[str] = []
        self._text = "\n"
        self._starts = np.zeros(0, dtype=np.int64)

    def append(self, line: str) -> None:
        self._pending.append(line)

    def _settle(self) -> None:
        if not self._pending:
            return
        # Blanks around every line, so that a whole word is looked for with its blanks.
        added = [f" {line} \n" for line in self._pending]
        lengths = np.fromiter(map(len, added), dtype=np.int64, count=len(added))
        starts = len(self._text) + np.cumsum(lengths) - lengths
        self._starts = np.concatenate((self._starts, starts))
        self._text += "".join(added)
        self._pending = []

    def line(self, number: int) -> str:
        self._settle()
        start = int(self._starts[number]) + 1
        return self._text[start : self._text.index(" \n", start - 1)].strip(" ")

    def lines(self) -> list[str]:
        self._settle()
        return [line.strip(" ") for line in self._text.split("\n")[1:-1]]

    def holding(self, word: str) -> Numbers:
        """Return the lines that hold `word` as a whole word."""
        self._settle()
        wanted = f" {word} "
        places: list[int] = []
        at = self._text.find(wanted)
        while at >= 0:
            places.append(at)
            # The blank after a word is the one before the next.
            at = self._text.find(wanted, at + len(wanted) - 1)
        return self._numbers(places)

    def matching(self, pattern: str) -> Numbers:
        """Return the lines that consist of what `pattern` fits."""
        self._settle()
        whole = re.compile(rf"\n {pattern} (?=\n)")
        return self._numbers([hit.start() + 1 for hit in whole.finditer(self._text)])

    def _numbers(self, places: Sequence[int]) -> Numbers:
        if not places:
            return np.zeros(0, dtype=np.int64)
        found = np.searchsorted(self._starts, np.array(places, dtype=np.int64), side="right") - 1
        return np.unique(found)


def _together(found: Iterable[Numbers]) -> Numbers:
    parts = list(found)
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)
