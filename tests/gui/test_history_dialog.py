"""The list of steps, as the window shows it."""

from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QTableWidget, QWidget
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.history_dialog import HistoryDialog
from qda.gui.language import current_catalogue
from qda.gui.session_bridge import LARGE
from qda.operations.cases import add_case
from qda.operations.codes import add_code
from qda.operations.monthly_values import PeriodValue, import_period_values
from qda.store import replaying


def many_values() -> list[PeriodValue]:
    """Return so many values that their import is a large step."""
    return [
        PeriodValue("NAV Nord", f"{2000 + at % 90}-{1 + at // 90 % 12:02}", f"i{at // 1080}", 1.0)
        for at in range(LARGE + 1)
    ]


def button(dialog: HistoryDialog, text: str) -> QPushButton:
    return next(one for one in dialog.findChildren(QPushButton) if one.text() == text)


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
    session.run(import_period_values, coder=session.coder, values=many_values())
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = HistoryDialog(context.bridge, context.jobs, context.theme, parent)
    undo, redo = (button(dialog, name) for name in ("Undo", "Redo"))
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


def test_a_large_step_can_be_cancelled_and_undone_later(
    qtbot: QtBot, context: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = context.bridge.session
    session.run(add_case, coder=session.coder, name="NAV Nord")
    session.run(import_period_values, coder=session.coder, values=many_values())
    before = list(session.project.connection.iterdump())
    parent = QWidget()
    qtbot.addWidget(parent)
    dialog = HistoryDialog(context.bridge, context.jobs, context.theme, parent)
    dialog.show()
    undo, cancel = (button(dialog, name) for name in ("Undo", "Cancel"))
    assert not cancel.isVisible()
    gate, waiting = Event(), Event()
    put_all = replaying._put_all  # noqa: SLF001 - the worker has to wait for the test there

    def held(*args: Any) -> None:  # noqa: ANN401
        waiting.set()
        gate.wait()
        put_all(*args)

    monkeypatch.setattr(replaying, "_put_all", held)
    undo.click()
    assert waiting.wait(30)
    assert cancel.isVisible()
    assert dialog.focusWidget() is cancel
    assert not undo.isEnabled()
    with qtbot.waitSignals([context.bridge.step_left, context.jobs.finished], timeout=30_000):
        qtbot.keyClick(cancel, Qt.Key.Key_Space)
        gate.set()
    assert list(session.project.connection.iterdump()) == before
    assert undo.isEnabled()
    assert not cancel.isVisible()
    assert not session.busy
    with qtbot.waitSignal(context.bridge.step_taken, timeout=30_000):
        undo.click()
    assert session.project.connection.execute("SELECT count(*) FROM value").fetchone() == (0,)


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
