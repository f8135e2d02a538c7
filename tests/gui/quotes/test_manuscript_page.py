"""A manuscript checked in the window: what the sources say to it, kept, undone, checked again."""

import os
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.quotes.manuscript_page import ManuscriptPage, compared
from qda.gui.quotes.workspace import QuotesWorkspace
from qda.model.quote_check import CheckedQuote
from qda.store import quote_uses

TEXT = (
    "# Funn\n\nLederen sier: «Vi ble spurt, men svaret lå på bordet.» En annen «teller planer».\n\n"
    "Det heter «Vi har delt folk etter hva slags stønad brukeren har.» og «Dette sa ingen av dem»."
    "\n\nOg igjen: «men svaret lå på bordet».\n"
)


@pytest.fixture
def manuscript(tmp_path: Path) -> Path:
    path = tmp_path / "rapport.md"
    path.write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture
def page(
    window: MainWindow, place: QuotesWorkspace, told: Context, manuscript: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> ManuscriptPage:  # fmt: skip
    """The page after the manuscript was chosen from another page, by its key."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(manuscript), ""))
    with qtbot.waitSignal(told.jobs.finished, timeout=20_000):
        QTest.keySequence(window, "Ctrl+M")
    qtbot.waitUntil(lambda: bool(place.manuscript_page.count()))
    return place.manuscript_page


def abouts(page: ManuscriptPage) -> list[str]:
    return [one.attribution for one in page.list.quotes()]


def test_every_passage_with_what_the_sources_say(page: ManuscriptPage) -> None:
    assert abouts(page) == [
        "1 · verbatim · Bjørkvik leder",
        "2 · verbatim · Havnes veileder",
        "3 · altered · Bjørkvik leder",
        "4 · not found",
        "5 · verbatim · Bjørkvik leder · used before",
    ]
    page.list.choose(3)
    assert "<b><u>stønad</u></b>" in page.ours.text()
    assert "<b><u>ytelse</u></b>" in page.theirs.text()
    assert page.ours.text().count("<u>") == 1
    page.list.choose(4)
    assert not page.theirs.isVisible()
    page.list.choose(5)
    assert "rapport.md, quote 1" in page.facts.text()
    page.shown._parts[1].click()  # noqa: SLF001 - the words are buttons of their own
    assert [one.id for one in page.list.quotes()] == [3, 4]
    page.shown._parts[2].click()  # noqa: SLF001 - likewise
    assert [one.id for one in page.list.quotes()] == [5]


def test_enter_leads_to_the_source(page: ManuscriptPage, told: Context, qtbot: QtBot) -> None:
    told.navigator.place_wanted.disconnect()
    page.list.choose(1)
    with qtbot.waitSignal(told.navigator.place_wanted) as wanted:
        QTest.keyClick(page.list, Qt.Key.Key_Return)
    assert wanted.args is not None
    found = wanted.args[0]
    assert isinstance(found, Place)
    assert (found.workspace, found.document is None, found.start is None) == (
        "coding",
        False,
        False,
    )


def test_what_it_quotes_is_kept_once_undone_and_forgotten(
    page: ManuscriptPage, place: QuotesWorkspace, told: Context, qtbot: QtBot
) -> None:
    connection = told.bridge.project.connection
    steps = len(told.bridge.session.steps())
    assert [one.place for one in quote_uses.all_uses(connection)] == [1, 2, 3, 5]
    quote = next(one for one in place.list_page.list.quotes() if "svaret lå" in one.text)
    place.show_page("list")
    place.list_page.list.choose(quote.id)
    assert "rapport.md, quote 1" in place.list_page.pane.used.text()
    with qtbot.waitSignal(told.jobs.finished, timeout=20_000):
        page.check_again()
    qtbot.wait(1)
    assert len(told.bridge.session.steps()) == steps
    page.forget()
    assert quote_uses.all_uses(connection) == ()
    told.bridge.undo()
    told.bridge.undo()
    assert quote_uses.all_uses(connection) == ()


def test_a_changed_manuscript_is_told_and_checked_again(
    page: ManuscriptPage, place: QuotesWorkspace, manuscript: Path, qtbot: QtBot, told: Context
) -> None:
    manuscript.write_text(TEXT.replace("stønad", "ytelse"), encoding="utf-8")
    later = manuscript.stat().st_mtime + 5
    os.utime(manuscript, (later, later))
    place.show_page("list")
    place.show_page("manuscript")
    assert "changed since" in page.trouble.text()
    with qtbot.waitSignal(told.jobs.finished, timeout=20_000):
        page.again.click()
    qtbot.waitUntil(lambda: abouts(page)[2] == "3 · verbatim · Bjørkvik leder")
    assert page.trouble.text() == ""


def test_a_file_that_is_none_is_told(
    page: ManuscriptPage, told: Context, tmp_path: Path, qtbot: QtBot
) -> None:
    bad = tmp_path / "bilde.docx"
    bad.write_bytes(b"x")
    with qtbot.waitSignal(told.jobs.failed, timeout=20_000):
        page.check(bad)
    assert page.name.text() == "rapport.md"


def test_words_that_differ_are_marked_and_nothing_is_taken_for_markup() -> None:
    one = CheckedQuote("a <b> c d", 1, "altered", source="a <b> x d.")
    assert compared(one) == (
        "a &lt;b&gt; <b><u>c</u></b> d", "a &lt;b&gt; <b><u>x</u></b> d",
    )  # fmt: skip
