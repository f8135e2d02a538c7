"""Finding given names again, wherever they stand: in texts, titles, file names, raw bytes.

A form is taken as its pieces of letters and digits. Between two pieces anything short may stand
that is neither, so that `Kari Nordmann` is found in `kari_nordmann.docx` too.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

_PIECE = re.compile(r"[^\W_]+")
_GENITIVE = re.compile(r"['’]s?(?![^\W_])")
WIDEST = 3
_PARTING = frozenset("\n\x00")


@dataclass(frozen=True, slots=True)
class FormPlace:
    """Where a form stands, the ending of its genitive included."""

    start: int
    end: int
    form: str


class NameForms:
    """Some forms to look for."""

    def __init__(self, forms: Iterable[str]) -> None:
        """Take the forms; those without letter or digit are never found."""
        self._by_first: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for form in dict.fromkeys(forms):
            pieces = tuple(one.casefold() for one in _PIECE.findall(form))
            if pieces:
                self._by_first.setdefault(pieces[0], []).append((pieces, form))
        for some in self._by_first.values():
            some.sort(key=lambda one: (-len(one[0]), -len(one[1])))

    def __bool__(self) -> bool:
        """Tell whether there is anything to look for."""
        return bool(self._by_first)

    def places(self, text: str, *, any_case: bool = False) -> Iterator[FormPlace]:
        """Yield where forms stand as whole words, none over another, of several the longest.

        Without `any_case` a form that begins with a capital is found with a capital alone.
        """
        pieces = [(hit.start(), hit.end()) for hit in _PIECE.finditer(text)]
        reach = 0
        for index, (start, end) in enumerate(pieces):
            if start < reach:
                continue
            for first in _readings(text[start:end].casefold()):
                found = self._match(text, pieces, index, first, any_case=any_case)
                if found is not None:
                    reach = found.end
                    yield found
                    break

    def _match(
        self, text: str, pieces: list[tuple[int, int]], index: int, first: str, *, any_case: bool
    ) -> FormPlace | None:
        start = pieces[index][0]
        for wanted, form in self._by_first.get(first, ()):
            last = index + len(wanted) - 1
            if last >= len(pieces):
                continue
            if form[0].isupper() and not any_case and not text[start].isupper():
                continue
            if not _follows(text, pieces[index : last + 1], wanted):
                continue
            end = pieces[last][1]
            genitive = _GENITIVE.match(text, end)
            return FormPlace(start, genitive.end() if genitive else end, form)
        return None


def _readings(word: str) -> tuple[str, ...]:
    """Return a word, and what it is the genitive of."""
    return (word, word[:-1]) if len(word) > 2 and word.endswith("s") else (word,)


def _follows(text: str, pieces: list[tuple[int, int]], wanted: tuple[str, ...]) -> bool:
    at = pieces[0][0]
    for number, ((start, end), piece) in enumerate(zip(pieces, wanted, strict=True)):
        between = text[at:start]
        if number and (len(between) > WIDEST or not _PARTING.isdisjoint(between)):
            return False
        word = text[start:end].casefold()
        genitive = number == len(wanted) - 1 and word == piece + "s"
        if word != piece and not genitive:
            return False
        at = end
    return True
