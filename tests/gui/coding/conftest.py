"""A window with the coding room and helpers that act in it as a person does."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.model.ids import CodeId
from qda.operations import codings
from qda.operations.codings import NewCoding
from qda.store import codes as code_queries
from qda.store import documents

CodeIn = Callable[..., int]


@pytest.fixture
def coding_window(qtbot: QtBot, study: Context) -> MainWindow:
    """The window with the coding room, showing «Havnes veileder»."""
    made = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.start("coding")
    found = documents.find(study.bridge.project.connection, "Havnes veileder")[0]
    workspace = made.workspace_called("coding")
    assert isinstance(workspace, CodingWorkspace)
    workspace.open_document(found.id)
    return made


@pytest.fixture
def coding_room(coding_window: MainWindow) -> CodingWorkspace:
    """The coding room of the window."""
    found = coding_window.workspace_called("coding")
    assert isinstance(found, CodingWorkspace)
    return found


@pytest.fixture
def code_id(study: Context) -> Callable[[str], CodeId]:
    """Find a code by its name."""

    def find(name: str) -> CodeId:
        everything = code_queries.all_codes(study.bridge.project.connection)
        return next(one.id for one in everything if one.name == name)

    return find


@pytest.fixture
def code_words(study: Context, code_id: Callable[[str], CodeId]) -> CodeIn:
    """Code some words of a document with a code, as a coder."""

    def run(words: str, code: str, coder: str = "Ingrid", document: str = "Havnes veileder") -> int:
        connection = study.bridge.project.connection
        found = documents.find(connection, document)[0].id
        start = documents.text(connection, found).index(words)
        new = NewCoding(found, code_id(code), start, start + len(words))
        made = study.bridge.session.run(codings.add_codings, coder=coder, new=[new])
        return made.value[0].id

    return run
