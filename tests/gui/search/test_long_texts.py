"""The window on long texts as they come out of PDF: words divided, no turns, pages broken."""

from collections.abc import Callable
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from qda.formats.readers import read_file
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.search.asked import Asked
from qda.gui.search.workspace import SearchWorkspace
from qda.operations import documents
from qda.store import documents as document_rows

MADE = (
    "Forord \n\nVeilederne ved kontoret følger opp bruk-\n\nerne etter en plan, og må-\n\n"
    "lekortene henger på veggen. Rutinene er skrevet ned, og oppfølgings- og \n\n"
    "veiledningsarbeidet måles hver måned. \n\n\f\n\n"
)


@pytest.fixture
def long_texts(tmp_path: Path, request: pytest.FixtureRequest) -> list[Path]:
    """Two real reports where they are there, else one that is made like them."""
    made = tmp_path / "rapport.txt"
    made.write_text(MADE * 500, encoding="utf-8")
    try:
        folder: Path = request.getfixturevalue("shared")
    except pytest.skip.Exception:
        return [made]
    return [made, *sorted((folder / "real").glob("*.txt"))]


@pytest.fixture
def room(
    study: Context, long_texts: list[Path], window_of: Callable[[], MainWindow]
) -> SearchWorkspace:
    """The search workspace with the long texts in the project."""
    study.bridge.run(documents.import_documents, read=[read_file(path) for path in long_texts])
    found = window_of().workspace
    assert isinstance(found, SearchWorkspace)
    return found


@pytest.fixture
def window_of(qtbot: QtBot, study: Context) -> Callable[[], MainWindow]:
    """Open the window once all is imported."""

    def made() -> MainWindow:
        window = MainWindow(study, [SearchWorkspace(study)])
        qtbot.addWidget(window)
        window.show()
        window.start("search")
        return window

    return made


def test_words_are_found_as_they_stand_in_long_texts(
    qtbot: QtBot, room: SearchWorkspace, study: Context
) -> None:
    def found(query: str, mode: str = "lemma") -> int:
        room.ask(Asked(query, mode))  # pyright: ignore[reportArgumentType]
        qtbot.waitUntil(
            lambda: not room.runner.busy and study.words.state == "ready", timeout=120_000
        )
        return room.table.lines.rowCount()

    # A word that the end of a line divides is found as any other.
    assert found("målekort") >= 500
    assert found('"målekortene"') >= 500
    assert found("veileder AND bruker") >= 1000
    assert found("~rutine") >= 500
    # Å is never a.
    assert found("malekort") == 0
    expression = found(r"\bm[åa]le\w+", "regex")
    assert expression >= 500
    connection = study.bridge.project.connection
    assert found("bruker") >= 500
    for order in ("left", "right", "source"):
        room.sort(order)
        qtbot.waitUntil(lambda: not room.runner.busy, timeout=60_000)
        count = room.table.lines.rowCount()
        for row in {0, count // 3, count // 2, count - 1}:
            line = room.table.lines.line(row)
            assert line is not None
            text = document_rows.text(connection, line.hit.document)
            assert text[line.hit.start : line.hit.end] == line.hit.match
            room.table.choose(row)
            room.results.show_line()
            assert line.hit.match.split("-")[0] in room.turn.text.toPlainText()
    room.show_part("words")
    qtbot.waitUntil(lambda: room.words_view.table.words.rowCount() > 0, timeout=60_000)
    counted = {
        str(room.words_view.table.words.index(row, 0).data())
        for row in range(room.words_view.table.words.rowCount())
    }
    assert {"bruker", "rutine", "målekort"} <= counted
