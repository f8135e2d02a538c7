"""A queue that is decided by single keys."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from qda.gui.theme import Theme
from qda.gui.widgets.queue_list import QueueHead, QueueList, QueueRow, Reach

ROWS = (
    QueueHead("rutiner", "2", "#228B4B"),
    QueueRow("a", "Da står vi foran tavla.", "«tavla»", "0,8", spoken="forslag 1 av 3"),
    QueueRow("b", "Hver mandag klokka ni.", "«mandag»", "0,5", spoken="forslag 2 av 3"),
    QueueHead("frister", "1"),
    QueueRow("c", "Fristen er fredag.", "«frist»", "0,4", spoken="forslag 3 av 3"),
)


@pytest.fixture
def queue(qtbot: QtBot, theme: Theme) -> QueueList:
    made = QueueList(theme, "Forslag")
    qtbot.addWidget(made)
    made.resize(320, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.set_rows(ROWS)
    made.setFocus()
    return made


def test_the_first_row_is_at_hand_and_not_its_head(queue: QueueList) -> None:
    assert (queue.current_id(), queue.place(), queue.count()) == ("a", 1, 3)
    assert queue.verticalScrollBar().value() == 0


def test_the_keyboard_passes_over_heads(queue: QueueList) -> None:
    came: list[object] = []
    queue.row_chosen.connect(came.append)
    for _ in range(3):
        QTest.keyClick(queue, Qt.Key.Key_Down)
    assert came == ["b", "c"]
    QTest.keyClick(queue, Qt.Key.Key_Up)
    assert came[-1] == "b"


@pytest.mark.parametrize(
    ("key", "signal"),
    [
        (Qt.Key.Key_Return, "accept_wanted"),
        (Qt.Key.Key_Enter, "accept_wanted"),
        (Qt.Key.Key_Delete, "reject_wanted"),
        (Qt.Key.Key_Backspace, "reject_wanted"),
        (Qt.Key.Key_Space, "later_wanted"),
        (Qt.Key.Key_Escape, "left"),
    ],
)
def test_single_keys_decide(qtbot: QtBot, queue: QueueList, key: Qt.Key, signal: str) -> None:
    with qtbot.waitSignal(getattr(queue, signal), timeout=500):
        QTest.keyClick(queue, key)
    assert queue.current_id() == "a"


@pytest.mark.parametrize(
    ("key", "held", "reach"),
    [
        (Qt.Key.Key_Right, "", Reach("end", "word", 1)),
        (Qt.Key.Key_Left, "", Reach("end", "word", -1)),
        (Qt.Key.Key_Right, "shift", Reach("end", "sentence", 1)),
        (Qt.Key.Key_Left, "ctrl", Reach("start", "word", -1)),
        (Qt.Key.Key_Right, "ctrl shift", Reach("start", "sentence", 1)),
    ],
)
def test_arrows_move_the_edges(
    qtbot: QtBot, queue: QueueList, key: Qt.Key, held: str, reach: Reach
) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    if "shift" in held:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    if "ctrl" in held:
        modifiers |= Qt.KeyboardModifier.ControlModifier
    with qtbot.waitSignal(queue.reach_wanted, timeout=500) as wish:
        QTest.keyClick(queue, key, modifiers)
    assert wish.args == [reach]
    assert queue.current_id() == "a"


def test_a_command_of_the_window_with_the_same_key_keeps_away(qtbot: QtBot, theme: Theme) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    queue = QueueList(theme, "Forslag")
    window.setCentralWidget(queue)
    given: list[str] = []
    action = QAction(window)
    action.setShortcut("Delete")
    action.triggered.connect(lambda: given.append("window"))
    window.addAction(action)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    queue.set_rows(ROWS)
    queue.setFocus()
    with qtbot.waitSignal(queue.reject_wanted, timeout=500):
        QTest.keyClick(queue, Qt.Key.Key_Delete)
    queue.set_rows(())
    QTest.keyClick(queue, Qt.Key.Key_Delete)
    assert given == ["window"]


def test_the_row_at_hand_stays_where_others_go(queue: QueueList) -> None:
    queue.choose("b")
    queue.set_rows([row for row in ROWS if not isinstance(row, QueueRow) or row.id != "a"])
    assert (queue.current_id(), queue.place()) == ("b", 1)


def test_the_next_row_is_at_hand_where_the_one_at_hand_goes(queue: QueueList) -> None:
    came: list[object] = []
    queue.row_chosen.connect(came.append)
    queue.choose("b")
    queue.set_rows([row for row in ROWS if not isinstance(row, QueueRow) or row.id != "b"])
    assert queue.current_id() == "c"
    queue.set_rows(ROWS[:2])
    assert queue.current_id() == "a"
    queue.set_rows(())
    assert (queue.current_id(), queue.place()) == (None, 0)
    assert came == []


def test_a_screen_reader_hears_what_each_row_is(queue: QueueList) -> None:
    model = queue.model()
    said = [
        model.index(row, 0).data(Qt.ItemDataRole.AccessibleTextRole)
        for row in range(model.rowCount())
    ]
    assert said == [
        "rutiner, 2", "forslag 1 av 3", "forslag 2 av 3", "frister, 1", "forslag 3 av 3",
    ]  # fmt: skip


def test_a_long_text_has_two_lines_and_a_short_one_one(queue: QueueList) -> None:
    text = "Da står vi 😀 foran tavla og teller planer. " * 20
    marks = tuple((at, at + 5) for at in range(20, 200, 45))
    long = QueueRow("lang", text, "«tavla»", "0,8", marks=marks)
    queue.set_rows([long, QueueRow("kort", "Da står vi.", "«tavla»", "0,8"), *ROWS[1:3]])

    def height(row: int) -> int:
        return queue.visualRect(queue.model().index(row, 0)).height()

    assert height(0) > height(1) == height(2)
    queue.resize(90, 400)
    queue.executeDelayedItemsLayout()
    assert height(1) == height(0)
