"""The list of steps, as the window shows it."""

from PySide6.QtWidgets import QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.history_dialog import HistoryDialog
from qda.gui.language import current_catalogue
from qda.gui.session_bridge import LARGE
from qda.operations.cases import add_case
from qda.operations.codes import add_code
from qda.operations.monthly_values import PeriodValue, import_period_values


def test_a_step_is_dated_in_local_time(qtbot: QtBot, context: Context) -> None:
    session = context.bridge.session
    session.run(add_code, coder=session.coder, name="telling")
    parent = QWidget()
    qtbot.addWidget(parent)
    table = HistoryDialog(context.bridge, context.jobs, context.theme, parent).findChild(
        QTableWidget
    )
    assert table is not None
    item = table.item(0, 0)
    assert item is not None
    step = session.steps()[-1]
    assert item.text() == current_catalogue().format_moment(step.when)
    assert step.when[:10] not in item.text()


def test_a_large_step_is_undone_beside_the_window(qtbot: QtBot, context: Context) -> None:
    session = context.bridge.session
    session.run(add_case, coder=session.coder, name="NAV Nord")
    values = [
        PeriodValue("NAV Nord", f"{2000 + at % 90}-{1 + at // 90 % 12:02}", f"i{at // 1080}", 1.0)
        for at in range(LARGE + 1)
    ]
    session.run(import_period_values, coder=session.coder, values=values)
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = HistoryDialog(context.bridge, context.jobs, context.theme, parent)
    undo, redo = (
        button for button in dialog.findChildren(QPushButton) if button.text() in ("Undo", "Redo")
    )
    titles: list[str] = []
    context.jobs.started.connect(titles.append)

    def kept() -> int:
        return session.project.connection.execute("SELECT count(*) FROM value").fetchone()[0]

    with qtbot.waitSignal(context.bridge.step_taken, timeout=30_000):
        undo.click()
        assert titles == ["Undoing"]
        assert not undo.isEnabled()
    assert kept() == 0
    assert undo.isEnabled()
    with qtbot.waitSignal(context.bridge.step_taken, timeout=30_000):
        redo.click()
    assert (titles, kept()) == (["Undoing", "Redoing"], LARGE + 1)


def test_a_small_step_is_undone_at_once(qtbot: QtBot, context: Context) -> None:
    session = context.bridge.session
    session.run(add_code, coder=session.coder, name="telling")
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = HistoryDialog(context.bridge, context.jobs, context.theme, parent)
    undo = next(one for one in dialog.findChildren(QPushButton) if one.text() == "Undo")
    undo.click()
    assert not context.jobs.busy
    assert session.next_undo is None
    assert not undo.isEnabled()
