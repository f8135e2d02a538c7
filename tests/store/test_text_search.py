"""Words are found in every text, in order, by a connection of its own."""

import threading
from pathlib import Path

import pytest

from qda.formats.readers import read_file
from qda.jobs.progress import Cancelled, Progress
from qda.model.errors import ProjectProblem
from qda.model.ids import DocumentId
from qda.operations.documents import import_documents
from qda.store import text_search
from qda.store.project_file import ProjectFile, create
from qda.store.text_search import FoundIn

TEXTS = {
    "En": "Intervjuer: Hva er en plan?\nLeder: En plan er et mål. Planen er grønn.\n",
    "To": "Et notat uten turer om mål og mal.\n",
    "Tre": "Ingenting her.\n",
}


@pytest.fixture
def project(tmp_path: Path) -> ProjectFile:
    """A project with three texts, open as in the window."""
    made = create(tmp_path / "søk.qdaproj", coder="Ingrid")
    for name, text in TEXTS.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        import_documents(made, coder="Ingrid", read=[read_file(path)])
    return made


def search(project: ProjectFile, query: str, order: list[int]) -> list[FoundIn]:
    """Search in a thread of its own, as a worker does."""
    found: list[FoundIn] = []
    wrong: list[BaseException] = []

    def work() -> None:
        try:
            wanted = [DocumentId(one) for one in order]
            text_search.search(project.path, query, wanted, found.append, Progress())
        except BaseException as error:  # noqa: BLE001 - handed to the test
            wrong.append(error)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert not wrong
    return found


def test_each_text_tells_its_hits_in_the_order_asked_for(project: ProjectFile) -> None:
    found = search(project, "plan", [2, 1, 3])
    assert [(one.name, len(one.hits)) for one in found] == [("En", 3)]
    assert [hit.turn for hit in found[0].hits] == [1, 2, 2]
    both = search(project, "MÅL", [2, 1, 3])
    assert [one.name for one in both] == ["To", "En"]
    assert [hit.found for one in both for hit in one.hits] == ["mål", "mål"], "never mal"
    project.close()


def test_what_was_just_imported_is_found(project: ProjectFile, tmp_path: Path) -> None:
    path = tmp_path / "Fire.txt"
    path.write_text("En ny plan.", encoding="utf-8")
    import_documents(project, coder="Ingrid", read=[read_file(path)])
    assert [one.name for one in search(project, "ny plan", [1, 2, 3, 4])] == ["Fire"]
    project.close()
    assert not list(tmp_path.glob("*-wal")), "no connection is left open"


def test_a_source_that_went_meanwhile_is_passed_over(project: ProjectFile) -> None:
    assert [one.name for one in search(project, "plan", [1, 99])] == ["En"]
    project.close()


def test_the_number_of_hits_is_bounded(
    project: ProjectFile, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(text_search, "MOST", 2)
    found: list[FoundIn] = []
    order = [DocumentId(1), DocumentId(2)]
    assert not text_search.search(project.path, "plan", order, found.append, Progress())
    assert [len(one.hits) for one in found] == [2]
    project.close()


def test_a_search_stops_when_it_is_told_to(project: ProjectFile) -> None:
    progress = Progress()
    found: list[FoundIn] = []

    def tell(one: FoundIn) -> None:
        found.append(one)
        progress.cancel()

    order = [DocumentId(1), DocumentId(2), DocumentId(3)]
    with pytest.raises(Cancelled):
        text_search.search(project.path, "mål", order, tell, progress)
    assert [one.name for one in found] == ["En"]
    project.close()


def test_a_file_that_is_gone_is_said(project: ProjectFile, tmp_path: Path) -> None:
    with pytest.raises(ProjectProblem):
        text_search.search(tmp_path / "borte.qdaproj", "x", [], lambda _: None, Progress())
    project.close()
