"""The hub finds, marks, narrows and orders memos; what is being written is never taken away."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListWidget
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.memos.hub import excerpt, hits
from qda.gui.memos.versions_dialog import MemoVersionsDialog, compared
from qda.gui.memos.workspace import MemosWorkspace
from qda.model.entities import MemoTarget
from qda.model.ids import MemoId
from qda.operations import codings, memos
from qda.store import codings as coding_queries
from qda.store import history
from qda.store import memos as memo_queries


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A clock that stands still until it is moved on."""
    now = [datetime(2025, 3, 3, 9, 0, tzinfo=UTC)]

    def told() -> str:
        return now[0].isoformat(timespec="milliseconds").replace("+00:00", "Z")

    monkeypatch.setattr(history, "now", told)

    def pass_time(**time: float) -> None:
        now[0] += timedelta(**time)

    return pass_time


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


def texts(window: MainWindow) -> list[str]:
    return [row.text for row in hub(window).list.quotes()]


def test_search_marks_every_word_in_the_list_and_in_the_text(
    window: MainWindow, study: Context
) -> None:
    written(study, "Målet er midlene, og midlene er målet.")
    written(study, "Noe helt annet")
    QTest.keySequence(window, "Ctrl+F")
    QTest.keyClicks(window.focusWidget(), "MÅLET midlene")
    assert texts(window) == ["Målet er midlene, og midlene er målet."]
    [row] = hub(window).list.quotes()
    assert [row.text[a:b] for a, b in row.marks] == ["Målet", "midlene", "midlene", "målet"]
    assert hub(window).editor.marked() == ["Målet", "midlene", "midlene", "målet"]
    assert hub(window)._header.right() == "1 of 2"  # noqa: SLF001
    hub(window).filters.field.clear()
    assert hub(window).editor.marked() == []
    assert hub(window)._header.right() == "2"  # noqa: SLF001


def test_a_hit_far_down_is_what_the_list_shows() -> None:
    text, marks = excerpt("og så " * 200 + "kommer målet 🙂 til slutt", "målet")
    assert text.startswith("… ")
    assert len(text) < 140
    assert [text[a:b] for a, b in marks] == ["målet"]


def test_hits_do_not_overlap() -> None:
    assert hits("tavlemøte", "tavlemø møte tavle") == [(0, 9)]
    assert hits("tavle", "") == []


def test_memos_are_narrowed_by_writer_tag_and_kind(window: MainWindow, study: Context) -> None:
    written(study, "Ingrids #Metode og #mål")
    written(study, "Olas #mål, ikke https://x.no/#anker", coder="Ola")
    filters = hub(window).filters
    assert filters.coder.isVisible()
    tags = [filters.tag.itemText(row) for row in range(filters.tag.count())]
    assert tags == ["All tags", "#metode", "#mål"]
    filters.coder.setCurrentIndex(filters.coder.findData("Ola"))
    assert texts(window) == ["Olas #mål, ikke https://x.no/#anker"]
    filters.coder.setCurrentIndex(0)
    filters.tag.setCurrentIndex(filters.tag.findData("metode"))
    assert texts(window) == ["Ingrids #Metode og #mål"]
    filters.kind.setCurrentIndex(filters.kind.findData("code"))
    assert texts(window) == []
    filters.clear()
    assert len(texts(window)) == 2


def test_the_order_is_chosen(
    window: MainWindow, study: Context, clock: Callable[..., None]
) -> None:
    for text in ("b", "c", "a"):
        written(study, text)
        clock(days=1)
    order = hub(window).filters.order
    assert texts(window) == ["a", "c", "b"]
    order.setCurrentIndex(order.findData("earliest"))
    assert texts(window) == ["b", "c", "a"]
    order.setCurrentIndex(order.findData("text"))
    assert texts(window) == ["a", "b", "c"]


def test_a_note_is_dated_by_when_it_was_written(
    window: MainWindow, study: Context, clock: Callable[..., None]
) -> None:
    clock(days=900)
    written(study, "Et notat")
    clock(days=1)
    session = study.bridge.session
    coding = coding_queries.all_codings(study.bridge.project.connection)[0].id
    session.run(codings.set_memo, coder=session.coder, coding=coding, memo="På sitatet")
    assert texts(window) == ["På sitatet", "Et notat"]


def test_what_is_being_written_stays_though_it_is_no_longer_searched_for(
    window: MainWindow, study: Context, qtbot: QtBot
) -> None:
    memo = written(study, "Om målet")
    written(study, "Mer om målet")
    hub(window).filters.field.setText("målet")
    hub(window).show_memo(f"memo {memo}")
    hub(window).editor.setFocus()
    editor = window.focusWidget()
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    with qtbot.waitSignal(study.bridge.changed, timeout=5000):
        QTest.keyClicks(editor, "Om veien")
    assert sorted(texts(window)) == ["Mer om målet", "Om veien"]
    now = hub(window).editor.memo()
    assert now is not None
    assert now.text == "Om veien"
    assert window.focusWidget() is editor


def test_an_emptied_memo_is_not_saved_and_says_so(
    window: MainWindow, study: Context, qtbot: QtBot
) -> None:
    memo = written(study, "Om målet")
    hub(window).show_memo(f"memo {memo}")
    hub(window).editor.setFocus()
    editor = window.focusWidget()
    QTest.keyClick(editor, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(editor, Qt.Key.Key_Delete)
    trouble = hub(window).editor._trouble  # noqa: SLF001
    qtbot.waitUntil(trouble.isVisible, timeout=5000)
    found = memo_queries.by_id(study.bridge.project.connection, memo)
    assert found is not None
    assert found.text == "Om målet"
    with qtbot.waitSignal(study.bridge.changed, timeout=5000):
        QTest.keyClicks(editor, "Ny")
    assert not trouble.isVisible()


def test_writing_on_is_one_step_to_undo(window: MainWindow, study: Context, qtbot: QtBot) -> None:
    memo = written(study, "Først")
    steps = len(study.bridge.session.steps())
    hub(window).show_memo(f"memo {memo}")
    hub(window).editor.setFocus()
    editor = window.focusWidget()
    QTest.keyClick(editor, Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    for text in (" så", " dette", " også"):
        with qtbot.waitSignal(study.bridge.changed, timeout=5000):
            QTest.keyClicks(editor, text)
    assert len(study.bridge.session.steps()) == steps + 1
    hub(window).list.setFocus()
    QTest.keySequence(window, "Ctrl+Z")
    assert texts(window) == ["Først"]
    now = hub(window).editor.memo()
    assert now is not None
    assert now.text == "Først"


def test_earlier_versions_are_shown_compared_and_gone_back_to(
    window: MainWindow, study: Context, clock: Callable[..., None]
) -> None:
    memo = written(study, "Målet er planene.")
    for text in ("Målet er brukerne.", "Målet er folk i jobb."):
        clock(days=1)
        study.bridge.run(memos.edit_memo, memo=memo, text=text)
    hub(window).show_memo(f"memo {memo}")
    QTest.keySequence(window, "Ctrl+Shift+H")
    dialog = window.findChild(MemoVersionsDialog)
    assert dialog is not None
    listed = dialog.findChild(QListWidget)
    assert listed is not None
    assert listed.count() == 2
    QTest.keyClick(listed, Qt.Key.Key_Down)
    assert "planene" in dialog.text()
    assert dialog.said().startswith("Struck out")
    QTest.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    found = memo_queries.by_id(study.bridge.project.connection, memo)
    assert found is not None
    assert found.text == "Målet er planene."
    assert listed.count() == 3
    dialog.reject()
    QTest.keySequence(window, "Ctrl+Z")
    assert texts(window) == ["Målet er folk i jobb."]


def test_a_memo_without_versions_says_when_there_will_be_some(
    window: MainWindow, study: Context
) -> None:
    memo = written(study, "Først")
    hub(window).show_memo(f"memo {memo}")
    hub(window).show_versions()
    dialog = window.findChild(MemoVersionsDialog)
    assert dialog is not None
    assert dialog.said().startswith("There is no earlier version.")
    assert not dialog.back.isEnabled()
    dialog.reject()


def test_a_comparison_strikes_out_and_underlines() -> None:
    html = compared("a <b> c", "a d c")
    assert "&lt;b&gt;" in html
    assert "<s>" in html
    assert "<u>" in html
    assert compared("like", "like").count("<u>") == 0
