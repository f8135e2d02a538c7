"""What the list of sources shows, read from the project: rows at once, counts once seen."""

from collections.abc import Generator, Iterable, Mapping, Sequence
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
MANY_CODINGS = 50_000
"""Codings from which on counting them for each source is a piece of its own."""
GroupKey = CaseId | str
"""The one office that the sources of a group are linked to, `several`, `none`, or `all`."""
Links = Mapping[DocumentId, tuple[CaseId, ...]]


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A document with its offices, as the details show it."""

    document: Document
    offices: tuple[Case, ...]


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources in the order of import, with the cases in theirs and what is linked to which.

    `by_office` has all of them as they stand under headings.
    """

    rows: Sequence[Overview] = ()
    cases: Mapping[CaseId, Case] = field(default_factory=dict[CaseId, Case])
    links: Links = field(default_factory=dict[DocumentId, tuple[CaseId, ...]])
    counts: SourceCounts | None = None
    by_id: Mapping[DocumentId, Overview] = field(default_factory=dict[DocumentId, Overview])
    by_office: Mapping[GroupKey, list[Overview]] = field(
        default_factory=dict[GroupKey, list[Overview]]
    )

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
    offices = {case.id: case for case in cases.all_cases(connection)}
    links = project.once(cases.document_links)
    if len(links) >= PIECE:
        yield
    rows, by_id = list[Overview](), dict[DocumentId, Overview]()
    by_office: dict[GroupKey, list[Overview]] = {}
    last: DocumentId | None = None
    while page := documents.overview(connection, last, PIECE):
        rows += page
        by_id.update((one.id, one) for one in page)
        put_by_office(by_office, page, links)
        if len(page) < PIECE:
            break
        last = page[-1].id
        yield
    counts = SourceCounts(project, only)
    if counts.read_codings() > MANY_CODINGS or len(rows) >= PIECE:
        yield
    return Sources(rows, offices, links, counts, by_id, by_office)


def put_by_office(
    found: dict[GroupKey, list[Overview]], rows: Iterable[Overview], links: Links
) -> None:
    """Add sources to those of the one office that each is linked to, of `several` or of `none`."""
    for row in rows:
        linked = links.get(row.id)
        key = "none" if not linked else linked[0] if len(linked) == 1 else "several"
        members = found.get(key)
        if members is None:
            found[key] = [row]
        else:
            members.append(row)


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
