"""Sessions on real projects, and transcripts put into them."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from qda.app.session import Session
from qda.model.entities import Language
from qda.model.ids import DocumentId
from qda.model.reading import ReadDocument, ReadTurn
from qda.operations import documents

INTERVIEWER = "Intervjuer"


def read(name: str, text: str, language: Language = "nb") -> ReadDocument:
    """Return a transcript as a reader hands it over: a turn begins with a label and a colon."""
    turns: list[ReadTurn] = []
    at = 0
    for line in text.splitlines(keepends=True):
        label, colon, _ = line.partition(": ")
        end = at + len(line.rstrip())
        if colon:
            turns.append(ReadTurn(at, at + len(colon + label), end, label, label == INTERVIEWER))
        elif turns and line.strip():
            turns[-1] = replace(turns[-1], end=end)
        at += len(line)
    return ReadDocument(
        name, f"{name}.txt", "txt", text, tuple(turns), (), text.encode(), "utf-8", language, (), ()
    )


@pytest.fixture
def session(tmp_path: Path) -> Iterator[Session]:
    made = Session.create(tmp_path / "p.qdaproj", coder="Kari")
    yield made
    made.close()


@pytest.fixture
def put(session: Session) -> Callable[..., DocumentId]:
    """Import a transcript of that name and text; return its id."""

    def put_in(name: str, text: str, language: Language = "nb") -> DocumentId:
        found = read(name, text, language)
        return (
            session.run(documents.import_documents, coder="Kari", read=[found]).value[0].document.id
        )

    return put_in
