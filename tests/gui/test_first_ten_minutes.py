"""A newcomer needs no manual: from nothing to a matrix by the steps that empty places offer."""

from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from qda.app import paths
from qda.app.translation import load_catalogue
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.language import install_language
from qda.gui.main_window import MainWindow
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.sources.workspace import SourcesWorkspace
from qda.gui.widgets.labels import EmptyPlace
from qda.gui.workspaces import make_workspaces
from qda.store import codes, codings, documents

STUDY = paths.shipped("projects/eksempelstudie")


@pytest.fixture(params=["nb", "en"])
def window(
    request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot, context: Context
) -> Iterator[MainWindow]:
    """The whole window on an empty project, in bokmål and in English."""
    install_language(qapp, load_catalogue(request.param))
    made = MainWindow(context, make_workspaces(context))
    qtbot.addWidget(made)
    made.resize(1024, 700)
    with qtbot.waitExposed(made):
        made.show()
    made.start("sources")
    yield made
    install_language(qapp, load_catalogue("en"))


def step_at_hand(window: MainWindow) -> QWidget:
    """Return the button that has the keyboard: it is that of the empty place in front."""
    focused = window.focusWidget()
    assert isinstance(focused, QPushButton), window.workspace.key
    assert focused.isVisible()
    place = focused.parent()
    assert isinstance(place, EmptyPlace)
    assert place.accessibleName()
    assert focused.text()
    return focused


@pytest.mark.parametrize(
    "key", ["sources", "coding", "codebook", "cases", "matrix", "search", "memos"]
)
def test_every_empty_workspace_offers_a_step_that_has_the_keyboard(
    window: MainWindow, key: str
) -> None:
    window.show_workspace(key)
    step_at_hand(window)


def test_enter_after_enter_leads_from_nothing_to_a_matrix(
    window: MainWindow, context: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    connection = context.bridge.project.connection
    # What the matrix lacks first are sources; in their empty place one imports.
    window.show_workspace("matrix")
    QTest.keyClick(step_at_hand(window), Qt.Key.Key_Return)
    assert window.workspace.key == "sources"
    step_at_hand(window)
    sources = window.workspace
    assert isinstance(sources, SourcesWorkspace)
    dialog = sources.import_paths([STUDY / "transkripsjoner" / "Fjellhamna veileder 2.txt"])
    assert dialog is not None
    button = next(one for one in dialog.findChildren(QPushButton) if one.isDefault())
    qtbot.waitUntil(button.isEnabled, timeout=20_000)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: len(documents.all_documents(connection)) == 1, timeout=20_000)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)

    # Now it lacks codes; in the codebook's empty place one takes the shipped one.
    window.show_workspace("matrix")
    QTest.keyClick(step_at_hand(window), Qt.Key.Key_Return)
    assert window.workspace.key == "codebook"
    QTest.keyClick(step_at_hand(window), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: len(codes.all_codes(connection)) == 45, timeout=20_000)

    # Now it lacks codings; the source is open and the keyboard is in it.
    window.show_workspace("matrix")
    QTest.keyClick(step_at_hand(window), Qt.Key.Key_Return)
    room = window.workspace
    assert isinstance(room, CodingWorkspace)
    assert window.focusWidget() is room.view
    assert room.open is not None
    QTest.keySequence(room.view, "Ctrl+Down")
    QTest.keySequence(room.view, "Ctrl+T")
    QTest.keyClick(room.view, Qt.Key.Key_2)
    assert len(codings.all_codings(connection)) == 1

    # Now there is a matrix, and it is exported.
    window.show_workspace("matrix")
    matrix = window.workspace
    assert isinstance(matrix, MatrixWorkspace)
    assert not matrix.empty.isVisible()
    target = tmp_path / "matrise.xlsx"
    matrix.export_to(target)
    qtbot.waitUntil(target.exists, timeout=20_000)
    cells = [cell.value for row in openpyxl.load_workbook(target).worksheets[0] for cell in row]
    assert 1 in cells


def test_the_coding_room_opens_what_was_imported_meanwhile_and_says_that_codes_are_missing(
    window: MainWindow, context: Context, tmp_path: Path
) -> None:
    from qda.formats.readers import read_file
    from qda.operations.documents import import_documents

    window.show_workspace("coding")
    path = tmp_path / "Ny.txt"
    path.write_text("Intervjuer: Hva nå?\nLeder: Nå begynner vi.\n", encoding="utf-8")
    window.show_workspace("sources")
    context.bridge.run(import_documents, read=[read_file(path)])
    window.show_workspace("coding")
    room = window.workspace
    assert isinstance(room, CodingWorkspace)
    assert room.open is not None
    assert window.focusWidget() is room.view
    place = room.code_pane.findChild(EmptyPlace)
    assert place is not None
    assert place.isVisible()
    QTest.mouseClick(place.button(), Qt.MouseButton.LeftButton)
    assert window.workspace.key == "codebook"
    room.view.set_selection(30, 34)
    window.show_workspace("coding")
    assert room.create_code("begynnelse")
    assert not place.isVisible()
    assert room.code_pane.tree.isVisible()
