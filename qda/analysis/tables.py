"""The whole project as arrays, which counting works on.

Things are named by their position in the order in which tables show them (cases and codes as the
user ordered them, documents, participants and coders by name); -1 stands for none.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from qda.analysis.vectors import Ints
from qda.model.bands import Banding
from qda.model.code_sets import CodeSet
from qda.model.entities import (
    Case,
    Code,
    Coder,
    Document,
    Language,
    Participant,
    Project,
    Value,
    Variable,
)
from qda.model.groups import CaseGroup, GroupKind, Membership, Succession
from qda.model.judgements import Proposition
from qda.model.queries import SavedQuery


@dataclass(frozen=True, slots=True)
class Entities:
    """What can head a row or a column, each kind in its order of display."""

    project: Project
    documents: tuple[Document, ...]
    participants: tuple[Participant, ...]
    cases: tuple[Case, ...]
    codes: tuple[Code, ...]
    coders: tuple[Coder, ...]
    variables: tuple[Variable, ...]
    propositions: tuple[Proposition, ...]
    queries: tuple[SavedQuery, ...]
    values: Mapping[int, Mapping[int, Value]]
    """Value by variable id and subject id; of indicators the latest period."""
    bandings: tuple[Banding, ...] = ()
    code_sets: tuple[CodeSet, ...] = ()
    kinds: tuple[GroupKind, ...] = ()
    groups: tuple[CaseGroup, ...] = ()
    memberships: tuple[Membership, ...] = ()
    """By case and first day."""
    successions: tuple[Succession, ...] = ()
    readings: dict[tuple[int, str], Mapping[int, Value]] = field(
        default_factory=dict[tuple[int, str], Mapping[int, Value]], compare=False, repr=False
    )
    """Value by subject id of indicators at other periods (variable id, period), as far as read."""

    @property
    def language(self) -> Language:
        """Return the language that sorts and writes numbers."""
        return self.project.language


@dataclass(frozen=True, slots=True)
class Codings:
    """The codings by document, start and id. Offsets are code points."""

    ids: Ints
    document: Ints
    code: Ints
    coder: Ints
    start: Ints
    end: Ints
    stance: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class Turns:
    """The turns by document and place. Offsets are code points."""

    ids: Ints
    document: Ints
    number: Ints
    label_start: Ints
    start: Ints
    end: Ints
    participant: Ints
    interviewer: Ints

    def __len__(self) -> int:
        return len(self.ids)


@dataclass(frozen=True, slots=True)
class CaseLinks:
    """Links of documents or participants: the cases of subject i are `targets` between offsets."""

    offsets: Ints
    targets: Ints


@dataclass(frozen=True, slots=True)
class OwnLinks:
    """Codings' own links to cases, sorted by coding id."""

    ids: Ints
    coding_ids: Ints
    case: Ints


@dataclass(frozen=True, slots=True)
class Pairs:
    """Whom units (codings or stretches of text) belong to: sorted by unit, distinct."""

    unit: Ints
    participant: Ints
    case: Ints


@dataclass(frozen=True, slots=True)
class Resolution:
    """The participants and cases of every coding; `origin` says where the cases come from."""

    pairs: Pairs
    origin: Ints


@dataclass(frozen=True, slots=True)
class Material:
    """What could be coded: informants' turns, documents without turns, and linked documents.

    `start:end` is the text that was said (empty for a document that is only linked to a case).
    """

    document: Ints
    start: Ints
    end: Ints
    pairs: Pairs


@dataclass(frozen=True, slots=True)
class Memberships:
    """What codings belong to, several at once: propositions they are cited for, queries, sets.

    `place` is the position of the proposition, query or code set. `case` is the position of the
    case that a coding is cited for, whatever case it resolves to; without it, those it resolves to.
    """

    axis: Literal["proposition", "query", "codeset"]
    coding_ids: Ints
    place: Ints
    case: Ints | None = None


Words = tuple[NDArray[np.int32], NDArray[np.int32]]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The project at one moment. `words` is filled on demand, by text hash, and shared."""

    entities: Entities
    codings: Codings
    turns: Turns
    document_cases: CaseLinks
    participant_cases: CaseLinks
    own_links: OwnLinks
    resolution: Resolution
    material: Material
    words: dict[str, Words] = field(default_factory=dict[str, Words], compare=False, repr=False)
    word_ranges: list[tuple[Codings, Ints, Ints]] = field(
        default_factory=list[tuple[Codings, Ints, Ints]], compare=False, repr=False
    )
    """The words of every coding, once they were asked for, with the codings that they are of."""
