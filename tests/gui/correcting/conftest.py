"""The editor on one source of the small study, and helpers that act in it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.correcting.dialog import CorrectionDialog, Proposal
from qda.gui.correcting.drafts import Drafts
from qda.store import codings, documents

OpenEditor = Callable[..., CorrectionDialog]


@pytest.fixture
def drafts() -> Drafts:
    """Where the editor keeps what was not saved."""
    return Drafts()


@pytest.fixture
def open_editor(qtbot: QtBot, study: Context, drafts: Drafts) -> OpenEditor:
    """Open the editor on «Havnes veileder», whose first answer is coded."""

    def open_it(proposal: Proposal | None = None) -> CorrectionDialog:
        document = documents.find(study.bridge.project.connection, "Havnes veileder")[0]
        made = CorrectionDialog(study, document, 0, drafts=drafts, proposal=proposal)
        made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(made)
        with qtbot.waitExposed(made):
            made.show()
        return made

    return open_it


@pytest.fixture
def editor(open_editor: OpenEditor) -> CorrectionDialog:
    """The editor, opened."""
    return open_editor()


@pytest.fixture
def text_now(study: Context) -> Callable[[], str]:
    """The text as the project has it."""

    def read() -> str:
        connection = study.bridge.project.connection
        return documents.text(connection, documents.find(connection, "Havnes veileder")[0].id)

    return read


@pytest.fixture
def quotes_now(study: Context, text_now: Callable[[], str]) -> Callable[[], list[str]]:
    """The quotes of its codings, each checked against the text."""

    def read() -> list[str]:
        connection = study.bridge.project.connection
        document = documents.find(connection, "Havnes veileder")[0].id
        found = codings.of_document(connection, document)
        for one in found:
            assert text_now()[one.start : one.end] == one.quote
        return [one.quote for one in found]

    return read
