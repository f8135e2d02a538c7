"""Memos are linked by keyboard and by dragging, both ends show it, and every link is followed."""

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.memos.workspace import MemosWorkspace
from qda.gui.widgets.code_tree import code_mime
from qda.gui.widgets.link_list import LinkList
from qda.gui.widgets.quote_list import QuoteList
from qda.model.entities import MemoTarget, Thing
from qda.model.ids import CodingId, MemoId
from qda.operations import codings, memos
from qda.store import codes, memo_links
from qda.store import codings as coding_queries


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The window with the memos only."""
    made = MainWindow(study, [MemosWorkspace(study)])
    qtbot.addWidget(made)
    made.resize(1200, 760)
    with qtbot.waitExposed(made):
        made.show()
    made.start("memos")
    return made


def hub(window: MainWindow) -> MemosWorkspace:
    found = window.workspace_called("memos")
    assert isinstance(found, MemosWorkspace)
    return found


def written(
    study: Context, text: str, on: MemoTarget = "project", target: int = 0, coder: str = "Ingrid"
) -> MemoId:
    run = study.bridge.session.run
    return run(memos.add_memo, coder=coder, on=on, target=target, text=text).value.id


def links(study: Context) -> list[tuple[Thing, Thing]]:
    found = memo_links.all_links(study.bridge.project.connection)
    return [(one.origin, one.target) for one in found]


def shown(window: MainWindow) -> list[str]:
    model = hub(window).editor.links.model()
    return [str(model.index(row, 0).data()) for row in range(model.rowCount())]


def spoken(window: MainWindow) -> list[str]:
    model = hub(window).editor.links.model()
    role = Qt.ItemDataRole.AccessibleTextRole
    return [str(model.index(row, 0).data(role)) for row in range(model.rowCount())]


def choose(window: MainWindow, typed: str) -> None:
    """Ask for a link by its keys, type, and take what comes first."""
    QTest.keySequence(window, "Ctrl+L")
    field = window.focusWidget()
    QTest.keyClicks(field, typed)
    QTest.keyClick(field, Qt.Key.Key_Return)


def drop(target: LinkList | QuoteList, place: QPointF, data: object) -> None:
    """Drop something, as a mouse would."""
    view = target.viewport()
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction
    button, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    point = place.toPoint()
    for event in (
        QDragEnterEvent(point, actions, data, button, held),  # pyright: ignore[reportArgumentType]
        QDragMoveEvent(point, actions, data, button, held),  # pyright: ignore[reportArgumentType]
        QDropEvent(place, actions, data, button, held),  # pyright: ignore[reportArgumentType]
    ):
        QApplication.sendEvent(view, event)


def test_a_link_is_chosen_by_typing_and_shown_at_both_ends(
    window: MainWindow, study: Context
) -> None:
    first, second = written(study, "Om fylket\nog mer"), written(study, "Om tavla")
    hub(window).show_memo(f"memo {second}")
    choose(window, "om fylket")
    assert links(study) == [(Thing("memo", second), Thing("memo", first))]
    assert shown(window) == ["→ Memo · Om fylket"]
    assert spoken(window) == ["Links to Memo: Om fylket"]
    hub(window).show_memo(f"memo {first}")
    assert shown(window) == ["← Memo · Om tavla"]
    assert spoken(window) == ["Linked from Memo: Om tavla"]
    QTest.keySequence(window, "Ctrl+Z")
    assert shown(window) == []


def test_a_segment_is_found_by_its_words(window: MainWindow, study: Context) -> None:
    memo = written(study, "Om tavla")
    hub(window).show_memo(f"memo {memo}")
    choose(window, "FORAN teller")
    [(_, target)] = links(study)
    assert target.kind == "coding"
    assert shown(window) == [
        "→ Segment · Havnes veileder: «Da står vi foran tavla og teller planer.» · rutiner"
    ]


def test_enter_and_click_follow_a_link_and_there_is_a_way_back(
    window: MainWindow, study: Context, qtbot: QtBot
) -> None:
    first, second = written(study, "Om fylket"), written(study, "Om tavla")
    study.bridge.run(memos.link_memo, origin=Thing("memo", first), target=Thing("memo", second))
    hub(window).show_memo(f"memo {first}")
    ends = hub(window).editor.links
    ends.setFocus()
    QTest.keyClick(ends, Qt.Key.Key_Down)
    QTest.keyClick(ends, Qt.Key.Key_Return)
    now = hub(window).editor.memo()
    assert now is not None
    assert now.text == "Om tavla"
    QTest.keySequence(window, "Alt+Left")
    now = hub(window).editor.memo()
    assert now is not None
    assert now.text == "Om fylket"
    place = ends.visualRect(ends.model().index(0, 0)).center()
    QTest.mouseClick(ends.viewport(), Qt.MouseButton.LeftButton, pos=place)
    now = hub(window).editor.memo()
    assert now is not None
    assert now.text == "Om tavla"
    code = codes.all_codes(study.bridge.project.connection)[0]
    study.bridge.run(memos.link_memo, origin=Thing("memo", second), target=Thing("code", code.id))
    study.navigator.place_wanted.disconnect()
    with qtbot.waitSignal(study.navigator.place_wanted) as wanted:
        ends.setFocus()
        QTest.keyClick(ends, Qt.Key.Key_Home)
        QTest.keyClick(ends, Qt.Key.Key_Return)
    assert wanted.args == [Place("codebook", code=code.id)]


def test_delete_takes_a_link_away_and_undo_brings_it_back(
    window: MainWindow, study: Context
) -> None:
    first, second = written(study, "Om fylket"), written(study, "Om tavla")
    study.bridge.run(memos.link_memo, origin=Thing("memo", first), target=Thing("memo", second))
    hub(window).show_memo(f"memo {second}")
    ends = hub(window).editor.links
    ends.setFocus()
    QTest.keyClick(ends, Qt.Key.Key_Down)
    QTest.keyClick(ends, Qt.Key.Key_Delete)
    assert links(study) == []
    QTest.keySequence(window, "Ctrl+Z")
    assert shown(window) == ["← Memo · Om fylket"]


def test_a_memo_dragged_on_another_is_linked_with_it(window: MainWindow, study: Context) -> None:
    first, second = written(study, "Om fylket"), written(study, "Om tavla")
    rows = hub(window).list
    model = rows.model()
    keys = [row.id for row in rows.quotes()]
    dragged = model.index(keys.index(f"memo {first}"), 0)
    assert model.flags(dragged) & Qt.ItemFlag.ItemIsDragEnabled
    data = model.mimeData([dragged])
    under = rows.visualRect(model.index(keys.index(f"memo {second}"), 0)).center()
    drop(rows, QPointF(under), data)
    assert links(study) == [(Thing("memo", first), Thing("memo", second))]


def test_a_code_dropped_on_the_links_is_linked(window: MainWindow, study: Context) -> None:
    first, second = written(study, "Om fylket"), written(study, "Om tavla")
    study.bridge.run(memos.link_memo, origin=Thing("memo", first), target=Thing("memo", second))
    hub(window).show_memo(f"memo {first}")
    code = codes.all_codes(study.bridge.project.connection)[0]
    drop(hub(window).editor.links, QPointF(10, 10), code_mime(code.id))
    assert (Thing("memo", first), Thing("code", code.id)) in links(study)


def test_a_note_on_a_segment_is_linked_as_its_segment(window: MainWindow, study: Context) -> None:
    session = study.bridge.session
    coding = coding_queries.all_codings(study.bridge.project.connection)[0].id
    session.run(codings.set_memo, coder=session.coder, coding=coding, memo="Min tanke")
    memo = written(study, "Om tavla")
    hub(window).show_memo(f"coding {coding}")
    choose(window, "Om tavla")
    assert links(study) == [(Thing("coding", CodingId(coding)), Thing("memo", memo))]
    attributions = {row.id: row.attribution for row in hub(window).list.quotes()}
    assert attributions[f"memo {memo}"].endswith(" · 1 link")


def test_a_read_only_memo_cannot_be_linked(window: MainWindow, study: Context) -> None:
    written(study, "Om fylket")
    study.bridge.project._lock, kept = None, study.bridge.project._lock  # noqa: SLF001
    try:
        hub(window).show_memo("memo 1")
        QTest.keySequence(window, "Ctrl+L")
        assert not hub(window).linking.chooser.isVisible()
    finally:
        study.bridge.project._lock = kept  # noqa: SLF001


def focused(window: MainWindow) -> QWidget:
    found = window.focusWidget()
    assert found is not None
    return found


def test_enter_goes_from_the_list_into_the_text(window: MainWindow, study: Context) -> None:
    written(study, "Om fylket")
    hub(window).list.setFocus()
    QTest.keyClick(hub(window).list, Qt.Key.Key_Return)
    QTest.keyClick(focused(window), Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClicks(focused(window), " igjen")
    hub(window).filters.focus_field()
    now = hub(window).editor.memo()
    assert now is not None
    assert now.text == "Om fylket igjen"
