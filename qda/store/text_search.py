"""Looking for words in every text, in a thread of its own."""

import sqlite3
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from qda.jobs.progress import Progress
from qda.model.ids import DocumentId
from qda.model.messages import message
from qda.store import connecting, documents, problems
from qda.text.finding import find_all
from qda.text.hits import Hit, Said, Turns, hits_of

MOST = 20_000
"""Hits that are told at the most, over all texts."""
NAMES = "SELECT id, name FROM document"
TURNS = (
    'SELECT number, label_start, start, "end", label FROM turn WHERE document_id = ?'
    " ORDER BY number"
)


@dataclass(frozen=True, slots=True)
class FoundIn:
    """What was found in one document, in text order."""

    document: DocumentId
    name: str
    hits: tuple[Hit, ...]


@contextmanager
def reading(path: Path) -> Generator[sqlite3.Connection]:
    """Connect to a project that is open already, to read it in the thread that asks."""
    with problems.said(path), closing(connecting.connect(path, "ro")) as connection:
        yield connection


@contextmanager
def reading_one_state(path: Path) -> Generator[sqlite3.Connection]:
    """Connect as `reading` does; what is changed meanwhile is not seen."""
    with reading(path) as connection:
        connection.execute("BEGIN")
        yield connection


def turns_of(connection: sqlite3.Connection, document: DocumentId) -> Turns:
    """Return the turns of a document as far as searching needs them."""
    return Turns([Said(*row) for row in connection.execute(TURNS, (document,))])


def search(
    path: Path,
    query: str,
    order: Sequence[DocumentId],
    tell: Callable[[FoundIn], None],
    progress: Progress,
) -> bool:
    """Look for words in the texts of `order` and `tell` of each document that has some.

    Returns whether all is told; beyond `MOST` hits the rest is left out. For a worker: it reads by
    a connection of its own. Raises Cancelled.
    """
    left = MOST
    with reading(path) as connection:
        names = {DocumentId(row[0]): str(row[1]) for row in connection.execute(NAMES)}
        progress.start(len(order), message("Looking through the sources"))
        for document in order:
            text = documents.text(connection, document)
            places = find_all(text, query)
            if places:
                hits = hits_of(text, places, turns_of(connection, document))
                if len(hits) > left:
                    tell(FoundIn(document, names[document], hits[:left]))
                    return False
                left -= len(hits)
                if hits:
                    tell(FoundIn(document, names[document], hits))
            progress.step()
    return True


def texts(
    path: Path, wanted: Iterable[DocumentId], progress: Progress
) -> Generator[tuple[DocumentId, str, Turns]]:
    """Yield documents with text and turns, by a connection of its own; for a worker."""
    with reading(path) as connection:
        for document in wanted:
            yield document, documents.text(connection, document), turns_of(connection, document)
            progress.step()
