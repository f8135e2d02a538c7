"""The rows of the list of sources, read from the project."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from qda.gui.language import tr
from qda.model.entities import Case, Document, DocumentKind
from qda.model.ids import CaseId, CoderId, DocumentId
from qda.store import by_coder, cases, codings, documents
from qda.store.project_file import ProjectFile


@dataclass(frozen=True, slots=True)
class SourceRow:
    """A document with what the list shows beside it; `share` is how much is coded, 0 to 1."""

    document: Document
    offices: tuple[Case, ...]
    codings: int
    share: float


def load_rows(project: ProjectFile, only: CoderId | None = None) -> tuple[SourceRow, ...]:
    """Read every document with its offices and how much of it is coded, by `only` one if given."""
    connection = project.connection
    offices = {case.id: case for case in cases.all_cases(connection)}
    links = cases.document_links(connection)
    everything = documents.all_documents(connection)
    ids = [one.id for one in everything]
    spans: Sequence[tuple[int, int, int]] = ()
    if ids and only is None:
        spans = codings.spans(connection, min(ids), max(ids))
    elif ids and only is not None:
        spans = by_coder.spans(connection, min(ids), max(ids), [only])
    counts = Counter(document for document, _start, _end in spans)
    covered = _covered(spans)
    return tuple(
        SourceRow(
            one,
            tuple(offices[case] for case in links.get(one.id, ())),
            counts.get(one.id, 0),
            covered.get(one.id, 0) / one.characters if one.characters else 0.0,
        )
        for one in everything
    )


def _covered(spans: Sequence[tuple[int, int, int]]) -> dict[int, int]:
    """Return how many characters of each document are coded; spans come sorted."""
    found: dict[int, int] = {}
    reached = current = 0
    for document, start, end in spans:
        if document != current:
            current, reached = document, 0
        if end > reached:
            found[document] = found.get(document, 0) + end - max(start, reached)
            reached = end
    return found


def kind_name(kind: DocumentKind) -> str:
    """Return the word for a kind of document."""
    names = {"interview": tr("Interview"), "document": tr("Document"), "survey": tr("Survey")}
    return names[kind]


def group_key(row: SourceRow) -> CaseId | str:
    """Return the group a source stands in: its one office, `several` or `none`."""
    if len(row.offices) == 1:
        return row.offices[0].id
    return "several" if row.offices else "none"


def by_document(rows: Sequence[SourceRow]) -> dict[DocumentId, SourceRow]:
    """Return the rows by their documents."""
    return {row.document.id: row for row in rows}
