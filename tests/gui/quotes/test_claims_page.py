"""Findings in the window: written, cited from quotes, judged, put in order, exported, undone."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.quotes.workspace import QuotesWorkspace
from qda.model.judgements import Claim
from qda.store import judgements


def claims(told: Context) -> tuple[Claim, ...]:
    return judgements.all_claims(told.bridge.project.connection)


def write(window: MainWindow, place: QuotesWorkspace, text: str) -> None:
    QTest.keySequence(window, "Ctrl+N")
    box = place.claims_page.text
    assert box.hasFocus()
    QTest.keyClicks(box, text)
    place.claims_page.list.setFocus()


def test_a_finding_is_written_and_cited_by_keyboard(
    window: MainWindow, place: QuotesWorkspace, told: Context
) -> None:
    write(window, place, "Tellingen styrer")
    assert [one.text for one in claims(told)] == ["Tellingen styrer"]
    place.show_page("list")
    page = place.list_page.list
    page.select_ids([one.id for one in page.quotes()[:2]])
    QTest.keySequence(window, "Ctrl+B")
    QTest.keyClicks(window.focusWidget(), "telling")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    page.select_ids([page.quotes()[2].id])
    QTest.keySequence(window, "Ctrl+Shift+B")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert [one.side for one in claims(told)[0].evidence] == ["for", "for", "against"]
    place.show_page("claims")
    shown = place.claims_page
    assert "for 2 · against 1 · interview 3 · still open" in shown.list.quotes()[0].attribution
    assert [one.attribution.split(" · ")[0] for one in shown.evidence.quotes()] == [
        "supports", "supports", "contradicts",
    ]  # fmt: skip
    told.bridge.undo()
    assert len(claims(told)[0].evidence) == 2


def test_quotes_begin_a_new_finding(
    window: MainWindow, place: QuotesWorkspace, told: Context
) -> None:
    QTest.keySequence(window, "Ctrl+B")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert place.claims_page.text.hasFocus()
    QTest.keyClicks(place.claims_page.text, "Alle er spurt")
    place.claims_page.list.setFocus()
    [claim] = claims(told)
    assert (claim.text, len(claim.evidence)) == ("Alle er spurt", 1)


def test_reason_status_and_evidence_are_changed(
    window: MainWindow, place: QuotesWorkspace, told: Context
) -> None:
    place.list_page.cite("for")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    page = place.claims_page
    page.note.setFocus()
    QTest.keyClicks(page.note, "To sier det.")
    page.state._parts[1].click()  # noqa: SLF001 - the words are buttons of their own
    [claim] = claims(told)
    assert (claim.note, claim.status) == ("To sier det.", "holds")
    page.evidence.choose(claim.evidence[0].coding)
    page.turn.click()
    assert claims(told)[0].evidence[0].side == "against"
    page.evidence.setFocus()
    QTest.keyClick(page.evidence, Qt.Key.Key_Delete)
    assert claims(told)[0].evidence == ()
    assert page.kinds.text() == "Nothing speaks for or against it yet"
    page.text.setFocus()
    page.text.selectAll()
    QTest.keyClick(page.text, Qt.Key.Key_Delete)
    page.list.setFocus()
    assert "needs words" in page.trouble.text()
    assert claims(told)[0].text == "New finding"
    told.bridge.undo()
    assert len(claims(told)[0].evidence) == 1


def test_words_that_were_written_are_undone(
    window: MainWindow, place: QuotesWorkspace, told: Context
) -> None:
    write(window, place, "Ett")
    page = place.claims_page
    told.bridge.undo()
    assert [one.text for one in claims(told)] == ["New finding"]
    assert page.text.toPlainText() == "New finding"
    told.bridge.redo()
    assert page.text.toPlainText() == "Ett"


def test_order_export_and_removal(
    window: MainWindow, place: QuotesWorkspace, told: Context, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    for text in ("Ett", "To"):
        write(window, place, text)
    page = place.claims_page
    page.up.click()
    assert [one.text for one in claims(told)] == ["To", "Ett"]
    target = tmp_path / "funn.md"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    with qtbot.waitSignal(told.jobs.finished, timeout=20_000):
        page.export.click()
    assert target.read_text(encoding="utf-8").index("To") < target.read_text("utf-8").index("Ett")
    page.remove.click()
    page.remove.click()
    assert claims(told) == ()
    assert page._empty.isVisible()  # noqa: SLF001 - what stands there instead
    told.bridge.undo()
    assert len(claims(told)) == 1
