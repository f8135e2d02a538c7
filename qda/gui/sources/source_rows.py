"""What the list of sources shows, read from the project: rows at once, counts once seen."""

from collections.abc import Generator, Mapping, Sequence
from dataclasses import dataclass, field

from qda.gui.language import tr
from qda.gui.sources.source_counts import SourceCounts
from qda.model.entities import Case, Document, DocumentKind
from qda.model.ids import CaseId, CoderId, DocumentId
from qda.store import cases, documents
from qda.store.documents import Overview
from qda.store.project_file import ProjectFile

PIECE = 5_000
"""Sources that are read at a time."""


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A document with its offices, as the details show it."""

    document: Document
    offices: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources in the order of import, with the cases in theirs and what is linked to which."""

    rows: Sequence[Overview] = ()
    cases: Mapping[CaseId, Case] = field(default_factory=dict[CaseId, Case])
    links: Mapping[DocumentId, tuple[CaseId, ...]] = field(
        default_factory=dict[DocumentId, tuple[CaseId, ...]]
    )
    counts: SourceCounts | None = None

    def offices(self, document: DocumentId) -> list[Case]:
        """Return the cases that a source is linked to."""
        return [self.cases[case] for case in self.links.get(document, ())]


def read_sources(
    project: ProjectFile, only: CoderId | None = None
) -> Generator[None, None, Sources]:
    """Read every source with its links; codings are counted by `only` one coder if given.

    It is read in pieces, between which the caller may leave the thread to others; few sources are
    one piece.
    """
    connection = project.connection
    rows = page = documents.overview(connection, None, PIECE)
    while len(page) == PIECE:
        yield
        page = documents.overview(connection, page[-1].id, PIECE)
        rows = [*rows, *page]
    if len(rows) >= PIECE:
        yield
    offices = {case.id: case for case in cases.all_cases(connection)}
    links = cases.document_links(connection)
    if len(rows) >= PIECE:
        yield
    return Sources(rows, offices, links, SourceCounts(project, only))


def load_row(project: ProjectFile, document: DocumentId) -> SourceRow | None:
    """Read one source for its details, None where it is gone."""
    found = documents.by_id(project.connection, document)
    if found is None:
        return None
    linked = cases.of_document(project.connection, document)
    offices = {case.id: case for case in cases.all_cases(project.connection)}
    return SourceRow(found, tuple(offices[one] for one in linked))


def kind_name(kind: DocumentKind) -> str:
    """Return the word for a kind of document."""
    names = {"interview": tr("Interview"), "document": tr("Document"), "survey": tr("Survey")}
    return names[kind]
