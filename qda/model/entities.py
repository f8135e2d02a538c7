"""The things a project holds. Offsets are half-open Unicode code points of the canonical text."""

from dataclasses import dataclass
from typing import Literal

from qda.model.ids import (
    CaseId,
    CodeId,
    CoderId,
    CodingId,
    DocumentId,
    Guid,
    MemoId,
    MemoLinkId,
    MemoVersionId,
    ParticipantId,
    TurnId,
    VariableId,
)

Stance = Literal["for", "mot", "ambivalent"]
STANCES: tuple[Stance, ...] = ("for", "mot", "ambivalent")
Language = Literal["nb", "nn", "en"]
LANGUAGES: tuple[Language, ...] = ("nb", "nn", "en")
DocumentKind = Literal["interview", "document", "survey"]
Subject = Literal["case", "participant", "document"]
VariableType = Literal["text", "number", "date", "boolean"]
MemoTarget = Literal["project", "document", "case", "participant", "code", "coding"]
ThingKind = Literal["memo", "coding", "document", "case", "participant", "code"]
THING_KINDS: tuple[ThingKind, ...] = (
    "memo", "coding", "document", "case", "participant", "code",
)  # fmt: skip
NoteKind = Literal["comment", "footnote", "endnote"]
Value = str | float | bool
"""A value of a variable: dates are ISO texts (`2008-11-01`)."""


@dataclass(frozen=True, slots=True)
class Project:
    """What a project says of itself."""

    guid: Guid
    name: str
    language: Language
    created: str
    coder: CoderId


@dataclass(frozen=True, slots=True)
class Coder:
    """A person who codes."""

    id: CoderId
    guid: Guid
    name: str
    color: str


@dataclass(frozen=True, slots=True)
class Document:
    """An imported source, without its text."""

    id: DocumentId
    guid: Guid
    name: str
    kind: DocumentKind
    language: Language
    file_name: str
    file_type: str
    encoding: str
    text_hash: str
    characters: int
    words: int
    turns: int
    done: bool
    created: str


@dataclass(frozen=True, slots=True)
class Participant:
    """A person who speaks in one or more documents."""

    id: ParticipantId
    guid: Guid
    name: str
    interviewer: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """One speaker's turn.

    `label_start` is where the speaker's name begins, `start:end` what was said. `number` counts
    from 1 and is what a citation names. `time_ms` is the time stamp in the recording.
    """

    id: TurnId
    document: DocumentId
    number: int
    label_start: int
    start: int
    end: int
    label: str
    participant: ParticipantId | None
    interviewer: bool
    time_ms: int | None
    question: str


@dataclass(frozen=True, slots=True)
class SourceNote:
    """A comment, footnote or endnote that stood beside the text of the imported file."""

    document: DocumentId
    kind: NoteKind
    start: int
    end: int
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class Code:
    """A code of the codebook; `scale` lists its values from low to high, if it has one."""

    id: CodeId
    guid: Guid
    parent: CodeId | None
    name: str
    position: int
    color: str
    definition: str
    include: str
    exclude: str
    example: str
    keywords: tuple[str, ...]
    scale: tuple[str, ...]
    shortcut: str


@dataclass(frozen=True, slots=True)
class Coding:
    """A segment coded by one coder with one code; `quote` is the text at `start:end`."""

    id: CodingId
    guid: Guid
    document: DocumentId
    code: CodeId
    coder: CoderId
    start: int
    end: int
    quote: str
    stance: Stance | None
    value: str
    memo: str
    created: str


@dataclass(frozen=True, slots=True)
class Case:
    """A unit of comparison, here an office."""

    id: CaseId
    guid: Guid
    name: str
    pseudonym: str
    position: int


@dataclass(frozen=True, slots=True)
class Variable:
    """A typed property of cases, participants or documents.

    `periodic` variables are indicators: their values carry a month (`2012-03`).
    """

    id: VariableId
    guid: Guid
    subject: Subject
    name: str
    type: VariableType
    periodic: bool
    position: int


@dataclass(frozen=True, slots=True)
class VariableValue:
    """The value of a variable for one subject, in one period where the variable has them."""

    variable: VariableId
    subject: int
    period: str
    value: Value


@dataclass(frozen=True, slots=True)
class Memo:
    """A free note on the project or on one thing in it (`target` is 0 for the project)."""

    id: MemoId
    guid: Guid
    on: MemoTarget
    target: int
    text: str
    coder: CoderId
    created: str
    modified: str


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing of a project that memos are linked with; a `coding` stands for its own note too."""

    kind: ThingKind
    id: int


@dataclass(frozen=True, slots=True)
class MemoLink:
    """A link from a memo, or from a segment and its note, to anything; it is shown at both ends."""

    id: MemoLinkId
    guid: Guid
    origin: Thing
    target: Thing
    coder: CoderId
    created: str


@dataclass(frozen=True, slots=True)
class MemoVersion:
    """What a memo, or the note on a segment, said when its writer last left it.

    `of` is a memo or a coding. One sitting makes one version: `begun` is its first save, `saved`
    its last.
    """

    id: MemoVersionId
    guid: Guid
    of: Thing
    text: str
    coder: CoderId
    begun: str
    saved: str
