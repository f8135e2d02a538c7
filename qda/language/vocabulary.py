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
FormRow = tuple[int, Language, str, str, str, str]
"""Number, language, form, lemmas, other keys and parts; the last three separated by spaces."""

_MOST_GAPS = 1_000_000
_BREAK = ord("\n")
_REST = "/"
"""What stands between the lemmas of a form and its other keys; no key is a mark alone."""


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

    def row(self) -> FormRow:
        """Return it as the store keeps it."""
        return self.number, self.language, self.form, self.lemmas, self.others, self.parts


@dataclass(frozen=True, slots=True)
class Columns:
    """All forms as the store keeps them, column by column.

    Numbers and languages are separated by blanks; forms, keys and parts are a line each.
    """

    numbers: str
    languages: str
    forms: str
    keys: str
    parts: str


def is_sound(columns: Columns) -> bool:
    """Tell whether forms from a file can be held: numbers ascend, nothing breaks a line."""
    if not columns.numbers:
        return True
    places = np.array(columns.numbers.split(), dtype=np.float64)
    if places[0] < 0 or not (np.diff(places) > 0).all():
        return False
    count = len(places)
    if places[-1] > 2 * count + _MOST_GAPS:
        return False
    # A form that breaks is two pieces of the joined ones, one that is empty is none.
    forms = columns.forms.split("\n")
    if len(forms) != count or columns.forms.split() != forms:
        return False
    lines = (columns.keys, columns.parts)
    languages = columns.languages.split(" ")
    if len(languages) != count or any(one.count("\n") + 1 != count for one in lines):
        return False
    # Every form has a lemma, which stands first.
    keys = f"\n{columns.keys}\n"
    return set(languages) <= set(LANGUAGES) and "\n\n" not in keys and "\n " not in keys


class Vocabulary:
    """Forms by number; numbers without a form are gaps. `add` makes it longer."""

    def __init__(self, rows: Iterable[FormRow] = ()) -> None:
        """Hold forms whose numbers ascend."""
        self._languages: list[int] = []
        self._forms = _Lines()
        self._keys = _Lines()
        self._parts = _Lines()
        self._numbers: dict[str, int | tuple[int, ...]] = {}
        self.add(rows)

    @classmethod
    def of(cls, columns: Columns) -> "Vocabulary":
        """Hold all forms of a file, which are sound."""
        made = cls()
        if not columns.numbers:
            return made
        language_at = {language: place for place, language in enumerate(LANGUAGES)}
        numbers = list(map(int, columns.numbers.split()))
        places = [language_at[one] for one in columns.languages.split(" ")]  # pyright: ignore[reportArgumentType]
        forms = columns.forms.split("\n")
        texts = (columns.forms, columns.keys, columns.parts)
        if numbers[-1] + 1 == len(numbers):
            made._languages += places
            for lines, text in zip((made._forms, made._keys, made._parts), texts, strict=True):
                lines.whole = text
        else:
            made._add_with_gaps(numbers, places, [one.split("\n") for one in texts])
        made._know(numbers, forms)
        return made

    def __len__(self) -> int:
        """Return one more than the highest number."""
        return len(self._languages)

    def add(self, rows: Iterable[FormRow]) -> None:
        """Hold more forms, whose numbers go on ascending."""
        listed = list(rows)
        if not listed:
            return
        # Column by column, since that makes no objects that have to be collected again.
        language_at = {language: place for place, language in enumerate(LANGUAGES)}
        numbers = [row[0] for row in listed]
        places = [language_at[row[1]] for row in listed]
        forms = [row[2] for row in listed]
        keys = [f"{row[3]} {_REST} {row[4]}" if row[4] else row[3] for row in listed]
        halves = [row[5] for row in listed]
        first = len(self._languages)
        if numbers[-1] - first + 1 == len(numbers):
            self._languages += places
            for lines, added in ((self._forms, forms), (self._keys, keys), (self._parts, halves)):
                lines.pending += added
        else:
            self._add_with_gaps(numbers, places, (forms, keys, halves))
        self._know(numbers, forms)

    def _add_with_gaps(
        self, numbers: Sequence[int], places: Sequence[int], texts: Sequence[Sequence[str]]
    ) -> None:
        kept = (self._forms, self._keys, self._parts)
        for number, place, *row in zip(numbers, places, *texts, strict=True):
            gap = number - len(self._languages)
            self._languages += [0] * gap + [place]
            for lines, text in zip(kept, row, strict=True):
                lines.pending += [""] * gap + [text]

    def _know(self, numbers: Sequence[int], forms: Sequence[str]) -> None:
        """Note the numbers of forms; a form that occurs in several languages has several."""
        known = self._numbers
        fresh = dict(zip(forms, numbers, strict=True))
        if len(fresh) == len(forms) and known.keys().isdisjoint(fresh):
            known.update(fresh)
            return
        for number, form in zip(numbers, forms, strict=True):
            before = known.get(form)
            # A new tuple each time: another thread may be reading the old one.
            known[form] = number if before is None else (*_as_tuple(before), number)

    # ------------------------------------------------------------------------------- asking

    def form(self, number: int) -> str:
        """Return a form, empty for a gap."""
        return self._forms.line(number)

    def lemmas(self, number: int) -> tuple[str, ...]:
        """Return the dictionary forms of a form, the likeliest first."""
        return tuple(self._keys.line(number).partition(_SEPARATOR)[0].split())

    def keys(self, number: int) -> frozenset[str]:
        """Return all keys of a form."""
        return frozenset(self._keys.line(number).split()) - {_REST}

    def language(self, number: int) -> Language:
        """Return the language of a form."""
        return LANGUAGES[self._languages[number]]

    def languages(self) -> NDArray[np.int8]:
        """Return the language of every form as its place in `LANGUAGES`."""
        return np.array(self._languages, dtype=np.int8)

    def all_lemmas(self) -> list[str]:
        """Return the lemmas of every form as one text each."""
        return [line.partition(_SEPARATOR)[0] for line in self._keys.lines()]

    def all_forms(self) -> list[str]:
        """Return every form."""
        return self._forms.lines()

    def numbers_of(self, form: str) -> tuple[int, ...]:
        """Return the numbers of a form, one for each language it occurs in."""
        found = self._numbers.get(form)
        return () if found is None else _as_tuple(found)

    def number(self, language: Language, form: str) -> int | None:
        """Return the number of a form in a language, None where it is not there."""
        wanted = LANGUAGES.index(language)
        return next((one for one in self.numbers_of(form) if self._languages[one] == wanted), None)

    def has(self, language: Language, form: str) -> bool:
        """Tell whether a form is there; may be asked from another thread."""
        return self.number(language, form) is not None

    def entry(self, number: int) -> Form:
        """Return all that is known of a form."""
        lemmas, _, others = self._keys.line(number).partition(_SEPARATOR)
        parts = self._parts.line(number)
        return Form(number, self.language(number), self.form(number), lemmas, others, parts)

    def with_keys(self, keys: Iterable[str]) -> Numbers:
        """Return the forms that any of `keys` finds."""
        return _together(self._keys.holding(key) for key in keys if key != _REST)

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


_SEPARATOR = f" {_REST} "


class _Lines:
    """Lines of text, one for each form, searched as a whole."""

    def __init__(self) -> None:
        self.whole: str | None = None
        """Lines as they came from a file; taken in when first asked for, as are the pending."""
        self.pending: list[str] = []
        self._text = "\n"
        self._starts = np.zeros(0, dtype=np.int64)

    def _settle(self) -> None:
        if self.whole is not None:
            whole, self.whole = self.whole, None
            ends = np.flatnonzero(np.frombuffer(whole.encode("utf-32-le"), dtype="<u4") == _BREAK)
            begins = np.concatenate((np.zeros(1, dtype=np.int64), ends + 1))
            self._starts = begins + 2 * np.arange(len(begins)) + 1
            self._text = "\n " + whole.replace("\n", " \n ") + " \n"
        if not self.pending:
            return
        # Blanks around every line, so that a whole word is looked for with its blanks.
        added, self.pending[:] = self.pending[:], []
        lengths = np.fromiter(map(len, added), dtype=np.int64, count=len(added)) + 3
        starts = len(self._text) + np.cumsum(lengths) - lengths
        self._starts = np.concatenate((self._starts, starts))
        self._text += " " + " \n ".join(added) + " \n"

    def line(self, number: int) -> str:
        self._settle()
        start = int(self._starts[number]) + 1
        return self._text[start : self._text.index(" \n", start - 1)].strip(" ")

    def lines(self) -> list[str]:
        self._settle()
        return [line[1:-1] for line in self._text.split("\n")[1:-1]]

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


def _as_tuple(numbers: int | tuple[int, ...]) -> tuple[int, ...]:
    return (numbers,) if isinstance(numbers, int) else numbers


def _together(found: Iterable[Numbers]) -> Numbers:
    parts = list(found)
    return np.unique(np.concatenate(parts)) if parts else np.zeros(0, dtype=np.int64)
