"""The study with a few more segments, and a window that shows the quotes only."""

import pytest
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.quotes.workspace import QuotesWorkspace
from qda.operations import codings
from qda.operations.codings import NewCoding
from qda.store import codes, documents


@pytest.fixture
def told(study: Context) -> Context:
    """The study with more segments."""
    session = study.bridge.session
    connection = session.project.connection
    by_name = {one.name: one for one in documents.all_documents(connection)}
    [code, *_rest] = codes.all_codes(connection)
    wanted = (
        ("Bjørkvik leder", "Vi har delt folk etter hva slags ytelse brukeren har."),
        ("Bjørkvik leder", "Vi ble spurt, men svaret lå på bordet."),
        ("Havnes veileder", "Hvor mange som er godkjent."),
    )
    new: list[NewCoding] = []
    for name, quote in wanted:
        at = documents.text(connection, by_name[name].id).index(quote)
        new.append(NewCoding(by_name[name].id, code.id, at, at + len(quote)))
    session.run(codings.add_codings, coder=session.coder, new=new)
    return study


@pytest.fixture
def window(qtbot: QtBot, told: Context) -> MainWindow:
    """The window with the quotes only."""
    made = MainWindow(told, [QuotesWorkspace(told)])
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.start("quotes")
    return made


@pytest.fixture
def place(window: MainWindow) -> QuotesWorkspace:
    """The workspace."""
    found = window.workspace_called("quotes")
    assert isinstance(found, QuotesWorkspace)
    return found
