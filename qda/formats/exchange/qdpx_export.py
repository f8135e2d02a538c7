"""What is known while a `.qdpx` is written, and what several parts of it are written with."""

from dataclasses import dataclass, field

from qda.formats.exchange.model import (
    ExchangedCoding,
    ExchangedDocument,
    ExchangedProject,
    ExchangedValue,
)
from qda.formats.exchange.qdpx_codes import moment
from qda.formats.exchange.qdpx_values import PlannedVariables, value_element
from qda.formats.exchange.report import ExchangeReport
from qda.formats.exchange.xml_nodes import Node
from qda.formats.exchange.xml_writer import XmlLines
from qda.model.entities import MemoTarget, Subject
from qda.model.ids import Guid
from qda.store.carried import PartKind


@dataclass(slots=True)
class Files:
    """The files beside the project, by their names in `sources`."""

    content: dict[str, bytes] = field(default_factory=dict[str, bytes])

    def add(self, name: str, content: bytes) -> str:
        """Keep a file; return its path as the project names it."""
        self.content[name] = content
        return f"internal://{name}"


@dataclass(slots=True)
class Export:
    """What is known while a project is written.

    `there` are the GUIDs of everything that is written, `selection_of` finds the segment that a
    coding is written in, and `parts` are the elements that were carried along, by where they stand.
    """

    project: ExchangedProject
    xml: XmlLines
    files: Files
    variables: PlannedVariables
    report: ExchangeReport
    notes: dict[tuple[MemoTarget, Guid], list[Guid]] = field(
        default_factory=dict[tuple[MemoTarget, Guid], list[Guid]]
    )
    links: list[tuple[Guid, Guid]] = field(default_factory=list[tuple[Guid, Guid]])
    document_notes: list[tuple[Guid, str]] = field(default_factory=list[tuple[Guid, str]])
    selections: dict[Guid, list[Guid]] = field(default_factory=dict[Guid, list[Guid]])
    selection_of: dict[Guid, Guid] = field(default_factory=dict[Guid, Guid])
    own_links: list[tuple[Guid, Guid, Guid]] = field(default_factory=list[tuple[Guid, Guid, Guid]])
    there: set[Guid] = field(default_factory=set[Guid])
    parts: dict[tuple[PartKind, Guid | None], list[Node]] = field(
        default_factory=dict[tuple[PartKind, "Guid | None"], list[Node]]
    )


@dataclass(slots=True)
class Selection:
    """Codings of one coder that say the same of the same segment, with different codes."""

    guid: Guid
    description: str
    codings: list[ExchangedCoding]


def original_kind(document: ExchangedDocument) -> str:
    """Return the type of the file beside a text, empty where there is none but the text itself."""
    if not document.source or document.source == document.text.encode("utf-8"):
        return ""
    return document.file_type.lower()


def time_of(text: str) -> str | None:
    """Return a time that the schema admits, None where it would not."""
    return moment(text) or None


def write_note_references(export: Export, on: MemoTarget, target: Guid) -> None:
    """Write what refers to the memos on a thing."""
    for guid in export.notes.get((on, target), ()):
        export.xml.reference("NoteRef", guid)


def write_values(export: Export, subject: Subject, guid: Guid) -> None:
    """Write the values of variables of a thing."""
    xml = export.xml
    for one in export.variables.of_subject(subject, guid):
        xml.open("VariableValue")
        xml.reference("VariableRef", export.variables.guid_of(one))
        xml.text(*_element(export, one))
        xml.close("VariableValue")


def _element(export: Export, one: ExchangedValue) -> tuple[str, str]:
    return value_element(one.value, export.variables.type_of(one))
