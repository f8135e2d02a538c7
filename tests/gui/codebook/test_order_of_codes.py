"""Codes are shown in their own order, by name or by use; in both places where they stand."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.models.code_model import CodeModel
from qda.gui.widgets.code_tree import code_mime
from qda.operations import codes, codings
from qda.store import codes as code_queries
from qda.store import documents


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """Codebook and coding room over five codes, of which the ones last added are used most."""
    run, connection = study.bridge.session.run, study.bridge.project.connection
    made = {
        name: run(codes.add_code, coder="Ingrid", name=name).value.id
        for name in ("åpenhet", "frister", "ærlighet")
    }
    document = documents.find(connection, "Fylket")[0].id
    spans = (("ærlighet", 0), ("ærlighet", 3), ("åpenhet", 6))
    new = [codings.NewCoding(document, made[name], at, at + 9) for name, at in spans]
    run(codings.add_codings, coder="Ingrid", new=new)
    window = MainWindow(study, [CodebookWorkspace(study), CodingWorkspace(study)])
    qtbot.addWidget(window)
    window.resize(1200, 800)
    with qtbot.waitExposed(window):
        window.show()
    window.start("codebook")
    return window


def shown(model: CodeModel, below: QModelIndex | None = None) -> list[str]:
    parent = below or QModelIndex()
    return [str(model.index(row, 0, parent).data()) for row in range(model.rowCount(parent))]


def book(window: MainWindow) -> CodebookWorkspace:
    found = window.workspace_called("codebook")
    assert isinstance(found, CodebookWorkspace)
    return found


def room(window: MainWindow) -> CodingWorkspace:
    found = window.workspace_called("coding")
    assert isinstance(found, CodingWorkspace)
    return found


OWN = ["rutiner", "åpenhet", "frister", "ærlighet"]
BY_NAME = ["frister", "rutiner", "ærlighet", "åpenhet"]
BY_USE = ["ærlighet", "rutiner", "åpenhet", "frister"]


def test_the_order_is_chosen_in_one_place_and_holds_in_both(
    window: MainWindow, study: Context
) -> None:
    assert shown(book(window).tree_pane.model) == OWN
    window.actions_by_command.action("codebook.order.name").trigger()
    assert shown(book(window).tree_pane.model) == BY_NAME
    window.show_workspace("coding")
    assert shown(room(window).code_pane.model) == BY_NAME
    window.actions_by_command.action("coding.order.count").trigger()
    assert shown(room(window).code_pane.model) == BY_USE
    window.show_workspace("codebook")
    assert shown(book(window).tree_pane.model) == BY_USE
    window.actions_by_command.action("codebook.order.own").trigger()
    assert shown(book(window).tree_pane.model) == OWN
    names = [one.name for one in code_queries.all_codes(study.bridge.project.connection)]
    assert [name for name in names if name != "tavlemøte"] == OWN


def test_subcodes_stay_below_their_code(window: MainWindow) -> None:
    window.actions_by_command.action("codebook.order.count").trigger()
    model = book(window).tree_pane.model
    rutiner = model.index(BY_USE.index("rutiner"), 0)
    assert shown(model, rutiner) == ["tavlemøte"]


def test_in_another_order_a_dropped_code_goes_last_and_keys_move_none(
    window: MainWindow,
) -> None:
    window.actions_by_command.action("codebook.order.name").trigger()
    model = book(window).tree_pane.model
    by_name = {code.name: code.id for code in model.codes()}
    board = code_mime(by_name["tavlemøte"])
    assert model.dropMimeData(board, Qt.DropAction.MoveAction, 1, 0, QModelIndex())
    own = code_queries.all_codes(window.context.bridge.project.connection)
    assert [one.name for one in own] == [*OWN, "tavlemøte"]
    book(window).tree_pane.choose(by_name["ærlighet"])
    QTest.keySequence(window, "Alt+Shift+Up")
    again = code_queries.all_codes(window.context.bridge.project.connection)
    assert [one.name for one in again] == [*OWN, "tavlemøte"]


def test_a_code_is_moved_below_another_that_is_typed(window: MainWindow) -> None:
    by_name = {code.name: code.id for code in book(window).tree_pane.model.codes()}
    book(window).tree_pane.choose(by_name["tavlemøte"])
    QTest.keySequence(window, "Ctrl+Shift+L")
    QTest.keyClicks(window.focusWidget(), "åpen")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    found = {
        one.name: one for one in code_queries.all_codes(window.context.bridge.project.connection)
    }
    assert found["tavlemøte"].parent == by_name["åpenhet"]
    QTest.keySequence(window, "Ctrl+Shift+L")
    QTest.keyClicks(window.focusWidget(), "the top")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    found = {
        one.name: one for one in code_queries.all_codes(window.context.bridge.project.connection)
    }
    assert found["tavlemøte"].parent is None


def test_the_order_of_names_is_made_the_codes_own(window: MainWindow) -> None:
    window.actions_by_command.action("codebook.sort").trigger()
    assert shown(book(window).tree_pane.model) == BY_NAME
    QTest.keySequence(window, "Ctrl+Z")
    assert shown(book(window).tree_pane.model) == OWN
