"""Regular expressions over whole texts, stopped when they take too long."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from qda.model.errors import BadQuery
from qda.model.messages import message

SECONDS = 2.0
"""How long one text may take."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """A regular expression that was understood; it ignores case unless it says `(?-i:…)`."""

    compiled: Any

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the places that fit, empty ones left out. Raises BadQuery where it takes long."""
        # The lock is let go of while it matches, so that a window stays live.
        hits = self.compiled.finditer(text, timeout=SECONDS, concurrent=True)
        try:
            for hit in hits:
                if hit.end() > hit.start():
                    yield hit.span()
        except TimeoutError as error:
            raise BadQuery(
                message("This regular expression takes too long; make it simpler.")
            ) from error


def compile_pattern(text: str) -> Pattern:
    """Return the expression that `text` is. Raises BadQuery."""
    import regex  # lazy: few searches need it

    if not text.strip():
        raise BadQuery(message("Write a regular expression to look for."))
    try:
        compiled = regex.compile(text, regex.IGNORECASE | regex.FULLCASE | regex.MULTILINE)
    except regex.error as error:
        place = int(getattr(error, "pos", None) or 0)
        raise BadQuery(
            message(
                "The regular expression cannot be read from character {place} on.", place=place + 1
            ),
            place,
        ) from error
    except (OverflowError, RecursionError, MemoryError) as error:
        raise BadQuery(message("This regular expression is too large.")) from error
    return Pattern(compiled)
