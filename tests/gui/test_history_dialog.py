"""The list of steps, as the window shows it."""

from PySide6.QtWidgets import QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.history_dialog import HistoryDialog
from qda.gui.language import current_catalogue
from qda.operations.codes import add_code


def test_a_step_is_dated_in_local_time(qtbot: QtBot, context: Context) -> None:
    session = context.bridge.session
    session.run(add_code, coder=session.coder, name="telling")
    parent = QWidget()
    qtbot.addWidget(parent)
    table = HistoryDialog(context.bridge, context.theme, parent).findChild(QTableWidget)
    assert table is not None
    item = table.item(0, 0)
    assert item is not None
    step = session.steps()[-1]
    assert item.text() == current_catalogue().format_moment(step.when)
    assert step.when[:10] not in item.text()
