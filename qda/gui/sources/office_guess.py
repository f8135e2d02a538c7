"""Guess from the name of a file which office it speaks of."""

import re
from collections.abc import Sequence
from pathlib import Path

from qda.model.entities import Case
from qda.model.ids import CaseId

_AGENCY = re.compile(r"^nav[\s-]+", re.IGNORECASE)
DEEP = 3
"""Folders above a file whose names are looked at."""
_BREAKS = re.compile(r"[\W_]+")


def guess_office(path: Path, cases: Sequence[Case]) -> CaseId | None:
    """Return the one office whose name stands in the file's name, else in its folders' names.

    A leading «NAV» is no part of the name, and a pseudonym is as good as a name. None where no
    office is named, or several are.
    """
    for text in (path.stem, *(folder.name for folder in list(path.parents)[:DEEP])):
        words = f" {_plain(text)} "
        named = {case.id for case in cases if any(f" {one} " in words for one in _names(case))}
        if len(named) == 1:
            return named.pop()
        if named:
            return None
    return None


def _names(case: Case) -> list[str]:
    names = (_plain(_AGENCY.sub("", case.name)), _plain(case.pseudonym))
    return [name for name in names if name]


def _plain(text: str) -> str:
    return _BREAKS.sub(" ", text.casefold()).strip()
