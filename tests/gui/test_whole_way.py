"""The main job in the window: from an empty project to a matrix in Excel, and all the way back."""

from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from qda.app import paths
from qda.gui.cases.values_dialog import ValuesDialog
from qda.gui.cases.workspace import CasesWorkspace
from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.sources.workspace import SourcesWorkspace
from qda.gui.workspaces import make_workspaces
from qda.operations import cases as case_operations
from qda.store import cases, codings, documents, variables
from qda.store import codes as code_queries

STUDY = paths.shipped("projects/eksempelstudie")
INTERVIEWS = ("Elvebakken leder.docx", "Storlia leder.pdf", "Fjellhamna veileder 2.txt")


@pytest.fixture
def window(qtbot: QtBot, context: Context) -> MainWindow:
    """The whole window on an empty project."""
    made = MainWindow(context, make_workspaces(context))
    qtbot.addWidget(made)
    made.resize(1400, 880)
    with qtbot.waitExposed(made):
        made.show()
    made.start("sources")
    return made


def primary(dialog: QDialog) -> QPushButton:
    """Return the button that carries the dialog out."""
    found = [
        button
        for button in dialog.findChildren(QPushButton)
        if button.property("kind") == "primary" or button.isDefault()
    ]
    return found[0]


def test_from_files_to_a_matrix_in_excel_and_back(
    window: MainWindow, context: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    connection = context.bridge.project.connection
    import_interviews(window, qtbot)
    assert len(documents.all_documents(connection)) == 3
    use_the_shipped_codebook(window, qtbot)
    import_offices(window, context, qtbot)
    link_offices(context)
    code_by_keyboard(window, qtbot)
    made = codings.all_codings(connection)
    assert len(made) == 3
    assert all(one.quote for one in made)
    export_matrix(window, qtbot, tmp_path / "matrise.xlsx")
    sheet = openpyxl.load_workbook(tmp_path / "matrise.xlsx").worksheets[0]
    counted = [
        [cell.value for cell in row[1:6]]
        for row in sheet.iter_rows()
        if str(row[0].value).startswith("NAV ")
    ]
    assert counted == [[1, 0, 0, 0, 0], [0, 0, 1, 0, 0], [0, 1, 0, 0, 0]]
    while context.bridge.session.next_undo is not None:
        window.undo()
    assert documents.all_documents(connection) == ()
    assert code_queries.all_codes(connection) == ()
    assert cases.all_cases(connection) == ()
    while context.bridge.session.next_redo is not None:
        window.redo()
    assert codings.all_codings(connection) == made


def import_interviews(window: MainWindow, qtbot: QtBot) -> None:
    """Import through the preview."""
    window.show_workspace("sources")
    sources = window.workspace
    assert isinstance(sources, SourcesWorkspace)
    dialog = sources.import_paths([STUDY / "transkripsjoner" / name for name in INTERVIEWS])
    assert dialog is not None
    button = primary(dialog)
    qtbot.waitUntil(lambda: len(dialog.chosen()) == 3 and button.isEnabled(), timeout=20_000)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(
        lambda: len(documents.all_documents(window.context.bridge.project.connection)) == 3,
        timeout=20_000,
    )


def use_the_shipped_codebook(window: MainWindow, qtbot: QtBot) -> None:
    """Take the codebook that an empty project offers."""
    window.show_workspace("codebook")
    codebook = window.workspace
    assert isinstance(codebook, CodebookWorkspace)
    window.actions_by_command.action("codebook.shipped").trigger()
    connection = window.context.bridge.project.connection
    qtbot.waitUntil(lambda: len(code_queries.all_codes(connection)) == 45, timeout=20_000)


def import_offices(window: MainWindow, context: Context, qtbot: QtBot) -> None:
    """Import the sheet of offices."""
    window.show_workspace("cases")
    offices = window.workspace
    assert isinstance(offices, CasesWorkspace)
    offices.files.import_paths([STUDY / "kontorer.csv", STUDY / "indikatorer.csv"])
    qtbot.waitUntil(
        lambda: len(cases.all_cases(context.bridge.project.connection)) == 3, timeout=20_000
    )
    # The indicators are shown before they are taken in.
    qtbot.waitUntil(
        lambda: any(one.import_button.isEnabled() for one in window.findChildren(ValuesDialog)),
        timeout=20_000,
    )
    [shown] = window.findChildren(ValuesDialog)
    QTest.mouseClick(shown.import_button, Qt.MouseButton.LeftButton)
    connection = context.bridge.project.connection
    qtbot.waitUntil(
        lambda: any(one.period for one in variables.values(connection, "case")), timeout=20_000
    )
    qtbot.waitUntil(lambda: not context.bridge.session.busy, timeout=20_000)


def link_offices(context: Context) -> None:
    """Link each interview to its office."""
    connection = context.bridge.project.connection
    for document in documents.all_documents(connection):
        office = cases.find(connection, "NAV " + document.name.split()[0])[0].id
        context.bridge.run(case_operations.link_cases, case=office, documents=[document.id])


def code_by_keyboard(window: MainWindow, qtbot: QtBot) -> None:
    """Code an answer in each interview with the codes' own keys 1, 3 and 2."""
    window.show_workspace("coding")
    # The import's dialog was in front; without a window manager nobody brings the window back.
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    coding = window.workspace
    assert isinstance(coding, CodingWorkspace)
    for key in (Qt.Key.Key_1, Qt.Key.Key_3, Qt.Key.Key_2):
        coding.view.setFocus()
        coding.view.set_selection(0, 0)
        for _ in range(4):
            QTest.keySequence(window, "Ctrl+Down")
        QTest.keySequence(window, "Ctrl+T")
        QTest.keyClick(coding.view, key)
        QTest.keySequence(window, "Ctrl+PgDown")


def export_matrix(window: MainWindow, qtbot: QtBot, target: Path) -> None:
    """Export what the matrix shows."""
    window.show_workspace("matrix")
    matrix = window.workspace
    assert isinstance(matrix, MatrixWorkspace)
    QApplication.processEvents()
    matrix.export_to(target)
    qtbot.waitUntil(target.exists, timeout=20_000)
