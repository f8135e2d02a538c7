"""What is found of people, places and offices in the sources, and what is put in its place."""

from dataclasses import dataclass
from typing import Literal

NameKind = Literal["person", "place", "address", "office", "email", "phone", "identity"]
NAME_KINDS: tuple[NameKind, ...] = (
    "person", "office", "place", "address", "email", "phone", "identity",
)  # fmt: skip
Why = Literal[
    "list", "given name", "words around", "capital", "form", "check digits", "chosen", "pipeline",
    "doubtful",
]  # fmt: skip
"""What speaks for a hit: a list of the project, a given name, the words around it, a capital that
stands in the middle of sentences, the form (an address, a number), that the user named it, or a
trained pipeline; "doubtful" where something speaks against it too, or too little for it."""
Decision = Literal["open", "accepted", "rejected"]
Origin = Literal["", "informant", "interviewer", "case"]
"""What of the project an entity is, where it is listed there."""


@dataclass(frozen=True, slots=True, order=True)
class TextPlace:
    """A text of the project: a column of a row; that of a document is ("document", id, "text")."""

    table: str
    row: int
    column: str

    @property
    def is_document(self) -> bool:
        """Tell whether it is the text of a document."""
        return (self.table, self.column) == ("document", "text")


@dataclass(frozen=True, slots=True)
class NameHit:
    """One place where a name stands: `text` as it is there, `form` without its genitive.

    `start:end` are half-open code points of the text.
    """

    place: TextPlace
    start: int
    end: int
    text: str
    form: str
    kind: NameKind
    why: Why

    @property
    def is_doubtful(self) -> bool:
        """Tell whether it is shown for a person to look at, and stays unless they say otherwise."""
        return self.why == "doubtful"


@dataclass(frozen=True, slots=True)
class NameEntity:
    """Somebody or something that is named: all its forms, where they stand, what is put there.

    `left` are those of the hits that stay as they are.
    """

    kind: NameKind
    name: str
    forms: tuple[str, ...]
    hits: tuple[NameHit, ...]
    replacement: str
    decision: Decision = "open"
    origin: Origin = ""
    left: frozenset[NameHit] = frozenset()

    @property
    def is_doubtful(self) -> bool:
        """Tell whether none of its places is certain."""
        return bool(self.hits) and all(one.is_doubtful for one in self.hits)


@dataclass(frozen=True, slots=True)
class KeyHit:
    """One replaced place: what was put, what stood there, and a little of what is around it now."""

    put: str
    text: str
    left: str
    right: str


@dataclass(frozen=True, slots=True)
class KeyField:
    """The replaced places of one text, in order."""

    place: TextPlace
    hits: tuple[KeyHit, ...]


@dataclass(frozen=True, slots=True)
class PseudonymKey:
    """What leads back from the pseudonyms to the names; `run` is which pseudonymising it was.

    `names` are kind, replacement and forms, for people to read.
    """

    project: str
    run: str
    made: str
    names: tuple[tuple[str, str, tuple[str, ...]], ...]
    fields: tuple[KeyField, ...]
