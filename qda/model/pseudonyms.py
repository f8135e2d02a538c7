"""What is found of people, places and offices in the sources, and what is put in its place."""

from dataclasses import dataclass
from typing import Literal

from qda.model.ids import DocumentId

NameKind = Literal["person", "place", "address", "office", "email", "phone", "identity"]
NAME_KINDS: tuple[NameKind, ...] = (
    "person", "office", "place", "address", "email", "phone", "identity",
)  # fmt: skip
Why = Literal["list", "given name", "words around", "capital", "form", "check digits", "chosen"]
"""What speaks for a hit: a list of the project, a given name, the words around it, a capital that
stands in the middle of sentences, the form (an address, a number), or that the user named it."""


@dataclass(frozen=True, slots=True)
class NameHit:
    """One place where a name stands: `text` as it is there, `form` without its genitive.

    `start:end` are half-open code points of the document's text.
    """

    document: DocumentId
    start: int
    end: int
    text: str
    form: str
    kind: NameKind
    why: Why
