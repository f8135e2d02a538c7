"""A project on its way between tools: what every exchange format is read into and written from.

All references are GUIDs. Offsets are half-open code points of the canonical text, whatever the
file counted in.
"""

from dataclasses import dataclass

from qda.model.entities import (
    DocumentKind,
    Language,
    MemoTarget,
    NoteKind,
    Stance,
    Subject,
    Value,
    VariableType,
)
from qda.model.ids import Guid
from qda.store.carried import PartKind
from qda.store.row_exchange import TableRows


@dataclass(frozen=True, slots=True)
class ExchangedCoder:
    """A person who coded; an empty colour is chosen on import."""

    guid: Guid
    name: str
    color: str = ""


@dataclass(frozen=True, slots=True)
class ExchangedCode:
    """A code; parents stand before their children. An empty colour is chosen on import.

    One that is not `codable` is a folder, though it may have codings all the same. `written` is
    the colour as the file has it, empty for none, where that is another than `color`.
    """

    guid: Guid
    parent: Guid | None
    name: str
    color: str = ""
    definition: str = ""
    include: str = ""
    exclude: str = ""
    example: str = ""
    keywords: tuple[str, ...] = ()
    scale: tuple[str, ...] = ()
    shortcut: str = ""
    codable: bool = True
    written: str | None = None


@dataclass(frozen=True, slots=True)
class ExchangedCodeSet:
    """A named set of codes, each a member by itself."""

    guid: Guid
    name: str
    codes: tuple[Guid, ...]
    description: str = ""


@dataclass(frozen=True, slots=True)
class ExchangedCase:
    """A case; `documents` are linked to it."""

    guid: Guid
    name: str
    pseudonym: str = ""
    documents: tuple[Guid, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangedParticipant:
    """Somebody who speaks, with the cases they belong to."""

    guid: Guid
    name: str
    interviewer: bool = False
    cases: tuple[Guid, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangedVariable:
    """A variable of cases, participants or documents."""

    guid: Guid
    subject: Subject
    name: str
    type: VariableType
    periodic: bool = False


@dataclass(frozen=True, slots=True)
class ExchangedValue:
    """The value of a variable for one case, participant or document; `period` may be empty."""

    variable: Guid
    subject: Guid
    value: Value
    period: str = ""


@dataclass(frozen=True, slots=True)
class ExchangedTurn:
    """A speaker's turn; see `qda.model.entities.Turn`."""

    number: int
    label_start: int
    start: int
    end: int
    label: str
    participant: Guid | None = None
    interviewer: bool = False
    time_ms: int | None = None
    question: str = ""


@dataclass(frozen=True, slots=True)
class ExchangedSourceNote:
    """A comment or footnote that stood beside the text of the imported file."""

    kind: NoteKind
    start: int
    end: int
    author: str
    text: str


@dataclass(frozen=True, slots=True)
class ExchangedDocument:
    """A document with its canonical text and, where there are any, the bytes it came from.

    An empty `created` is the time of the import.
    """

    guid: Guid
    name: str
    text: str
    source: bytes = b""
    kind: DocumentKind = "document"
    language: Language = "nb"
    file_name: str = ""
    file_type: str = "txt"
    encoding: str = ""
    done: bool = False
    created: str = ""
    turns: tuple[ExchangedTurn, ...] = ()
    notes: tuple[ExchangedSourceNote, ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangedCoding:
    """A coded segment; `coder` None is whoever imports, an empty `created` the time of that.

    `selection` is the GUID that the segment itself has in files of other programs, where it is
    another than the one that would be made for it.
    """

    guid: Guid
    document: Guid
    code: Guid
    coder: Guid | None
    start: int
    end: int
    stance: Stance | None = None
    value: str = ""
    memo: str = ""
    created: str = ""
    cases: tuple[Guid, ...] = ()
    selection: Guid | None = None


@dataclass(frozen=True, slots=True)
class ExchangedMemo:
    """A memo; `target` is None for one on the project."""

    guid: Guid
    on: MemoTarget
    target: Guid | None
    text: str
    coder: Guid | None = None
    created: str = ""
    modified: str = ""


@dataclass(frozen=True, slots=True)
class ExchangedPart:
    """An element of the standard that has no place here, kept for the way back.

    It stands in the project or in what `owner` names, a document or case; `text` is the hash of
    the text that its offsets are of. `files` are the files of the package that it names.
    """

    guid: Guid
    kind: PartKind
    owner: Guid | None
    name: str
    xml: str
    text: str = ""
    files: tuple[tuple[str, bytes], ...] = ()


@dataclass(frozen=True, slots=True)
class ExchangedProject:
    """A whole project, parents before children and everything in its order.

    `tables` are the rows of this version's own tables. `guid`, `language` and `coder` (who codes
    from now on) are None where the file does not say.
    """

    name: str
    guid: Guid | None = None
    language: Language | None = None
    created: str = ""
    coder: Guid | None = None
    coders: tuple[ExchangedCoder, ...] = ()
    codes: tuple[ExchangedCode, ...] = ()
    cases: tuple[ExchangedCase, ...] = ()
    participants: tuple[ExchangedParticipant, ...] = ()
    variables: tuple[ExchangedVariable, ...] = ()
    values: tuple[ExchangedValue, ...] = ()
    documents: tuple[ExchangedDocument, ...] = ()
    codings: tuple[ExchangedCoding, ...] = ()
    memos: tuple[ExchangedMemo, ...] = ()
    parts: tuple[ExchangedPart, ...] = ()
    tables: tuple[TableRows, ...] = ()
    code_sets: tuple[ExchangedCodeSet, ...] = ()

    def counts(self) -> dict[str, int]:
        """Return how many there are of each kind, as a report names the kinds."""
        return {
            "coders": len(self.coders),
            "codes": len(self.codes),
            "code sets": len(self.code_sets),
            "cases": len(self.cases),
            "participants": len(self.participants),
            "variables": len(self.variables),
            "values": len(self.values),
            "documents": len(self.documents),
            "turns": sum(len(one.turns) for one in self.documents),
            "source notes": sum(len(one.notes) for one in self.documents),
            "codings": len(self.codings),
            "memos": len(self.memos),
        }
