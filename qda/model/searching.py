"""What can be asked of the words of a project, and what is answered."""

from dataclasses import dataclass
from typing import Literal

from qda.model.ids import DocumentId, Guid

SearchMode = Literal["lemma", "exact", "regex"]
SEARCH_MODES: tuple[SearchMode, ...] = ("lemma", "exact", "regex")
TurnKind = Literal["informant", "interviewer", "all"]
TURN_KINDS: tuple[TurnKind, ...] = ("informant", "interviewer", "all")
Within = Literal["turn", "sentence", "document"]
WITHIN: tuple[Within, ...] = ("turn", "sentence", "document")
Coded = Literal["any", "coded", "uncoded"]
CODED: tuple[Coded, ...] = ("any", "coded", "uncoded")


@dataclass(frozen=True, slots=True)
class Limits:
    """Whose words are asked.

    `turns` says who speaks. `where` holds names and values as a matrix's filters do: several
    values of one name let all of them through. `coded` asks for words inside or outside
    segments, of the codes that `where` names or of any.
    """

    turns: TurnKind = "informant"
    where: tuple[tuple[str, str], ...] = ()
    coded: Coded = "any"


@dataclass(frozen=True, slots=True)
class Search:
    """A query, how its words are taken, within what its conditions hold, and its limits."""

    query: str
    mode: SearchMode = "lemma"
    within: Within = "turn"
    limits: Limits = Limits()


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search kept under a name."""

    id: int
    guid: Guid
    name: str
    search: Search


@dataclass(frozen=True, slots=True)
class Hit:
    """A place that was found, with its context. Half-open code points of the canonical text."""

    document: DocumentId
    document_name: str
    document_guid: Guid
    start: int
    end: int
    match: str
    left: str
    right: str
    turn: int | None
    """The number of the turn that a citation names, None outside of turns."""
    interviewer: bool
    participants: tuple[str, ...]
    cases: tuple[str, ...]
    roles: tuple[str, ...] = ()
    """How it is attributed where others read it: by role, never by name."""
