"""Checking a manuscript against the sources of a project, in two halves.

What is read from the project is gathered first; the check itself needs no project and can run in a
worker.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from qda.app.session import Session
from qda.jobs.progress import Progress
from qda.model.ids import DocumentId
from qda.model.quote_check import CheckedQuote, QuoteUse
from qda.store import arrays, documents, quote_uses


@dataclass(frozen=True, slots=True)
class Sources:
    """The texts of a project and what other manuscripts quote of them."""

    texts: tuple[tuple[DocumentId, str], ...]
    known: tuple[QuoteUse, ...]


def gather(session: Session) -> Sources:
    """Read what a check needs."""
    connection = session.project.connection
    everything = documents.all_documents(connection)
    bodies = dict(arrays.texts(connection, {one.text_hash for one in everything}))
    texts = tuple((one.id, bodies[one.text_hash]) for one in everything)
    return Sources(texts, quote_uses.all_uses(connection))


def check(sources: Sources, path: Path, progress: Progress) -> tuple[CheckedQuote, ...]:
    """Check every quoted passage of a manuscript.

    Raises FileProblem for a file that cannot be read, Cancelled from `progress`.
    """
    from qda.analysis import quote_check  # lazy: it brings numpy
    from qda.formats.manuscripts import read_passages

    passages = read_passages(path, progress)
    progress.start(len(sources.texts))
    index = quote_check.index_sources(_stepped(sources, progress), progress)
    return quote_check.check_passages(
        index, passages, manuscript=path.name, known=sources.known, progress=progress
    )


def _stepped(sources: Sources, progress: Progress) -> Iterator[tuple[DocumentId, str]]:
    for one in sources.texts:
        progress.step(0)
        yield one
