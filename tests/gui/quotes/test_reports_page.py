"""Recipes in the window: written with a check, kept, run into a folder twice alike, in and out."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from qda.cli.main import main
from qda.gui.context import Context
from qda.gui.layers_kept import KEPT
from qda.gui.main_window import MainWindow
from qda.gui.quotes.reports_page import ReportsPage
from qda.gui.quotes.workspace import QuotesWorkspace
from qda.operations import codings
from qda.store import coders, project_info, recipes
from qda.store import codings as coding_rows

SMALL = (
    'language = "nb"\n[[file]]\nname = "kapittel.html"\nkind = "chapter"\n'
    '[[file]]\nname = "sitater.csv"\nkind = "quotes"\n[[file]]\nname = "sporing.html"\n'
    'kind = "trace"\n'
)


@pytest.fixture
def page(place: QuotesWorkspace) -> ReportsPage:
    """The page with the usual recipe in it."""
    place.show_page("reports")
    place.reports_page._empty.button().click()  # noqa: SLF001 - the one next step
    return place.reports_page


def kept(told: Context) -> dict[str, str]:
    return dict(recipes.all_recipes(told.bridge.project.connection))


def write(page: ReportsPage, text: str) -> None:
    page.text.setFocus()
    page.text.setPlainText(text)
    page.list.setFocus()


def test_a_recipe_is_checked_while_one_writes_and_saved_when_it_is_right(
    page: ReportsPage, told: Context
) -> None:
    assert list(kept(told)) == ["Report"]
    write(page, SMALL + "x = [")
    assert "no recipe that can be read" in page.trouble.text()
    assert not page.run.isEnabled()
    assert kept(told)["Report"] != SMALL
    write(page, SMALL)
    assert (page.trouble.text(), page.run.isEnabled()) == ("", True)
    assert kept(told)["Report"] == SMALL
    told.bridge.undo()
    assert "results chapter.docx" in kept(told)["Report"]


def test_run_by_key_twice_gives_the_same_bytes_and_those_of_the_command_line(
    page: ReportsPage, window: MainWindow, told: Context, qtbot: QtBot, tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    write(page, SMALL)
    out = tmp_path / "ut"
    out.mkdir()
    asked: list[int] = []
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *_args: (asked.append(1), str(out))[1]
    )
    found: list[dict[str, bytes]] = []
    for _ in range(2):
        page.files.clear()
        with qtbot.waitSignal(told.jobs.finished, timeout=30_000):
            QTest.keySequence(window, "Ctrl+Shift+W")
        qtbot.waitUntil(lambda: page.files.count() == 3)
        found.append({one.name: one.read_bytes() for one in out.iterdir()})
    assert found[0] == found[1]
    assert len(asked) == 1
    other = tmp_path / "fra kommandolinjen"
    path = str(told.bridge.project.path)
    assert main(["--language", "nb", "report", path, "Report", "-o", str(other)]) == 0
    assert {one.name: one.read_bytes() for one in other.iterdir()} == found[0]
    opened: list[QUrl] = []
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url) or True)
    page.files.setFocus()
    QTest.keyClick(page.files, Qt.Key.Key_Return)
    assert [Path(one.toLocalFile()).name for one in opened] == ["kapittel.html"]


def test_figures_are_checked_while_one_writes_and_their_files_listed(
    page: ReportsPage, told: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    shown = page.text.toPlainText()
    assert "[[figure]]" in shown
    assert 'figures = ["heat map", "joint display"]' in shown
    chapter = '[[file]]\nname = "kapittel.md"\nkind = "chapter"\nfigures = ["varme"]\n'
    write(page, chapter)
    assert "no [[figure]]" in page.trouble.text()
    assert not page.run.isEnabled()
    write(page, '[[figure]]\nname = "varme"\n' + chapter)
    assert page.trouble.text() == ""
    out = tmp_path / "ut"
    out.mkdir()
    with qtbot.waitSignal(told.jobs.finished, timeout=30_000):
        page.write_into(out)
    qtbot.waitUntil(lambda: page.files.count() == 2)
    listed = [page.files.item(row).text() for row in range(page.files.count())]
    assert listed == ["kapittel.md", "kapittel-fig-1.svg"]
    assert sorted(one.name for one in out.iterdir()) == sorted(listed)


def test_a_recipe_is_renamed_taken_out_and_in_again_and_removed(
    page: ReportsPage, told: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(page, SMALL)
    page.name.setFocus()
    page.name.selectAll()
    QTest.keyClicks(page.name, "Kapittel 5")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    assert list(kept(told)) == ["Kapittel 5"]
    target = tmp_path / "min.toml"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args: (str(target), ""))
    page.give_out.click()
    assert target.read_text(encoding="utf-8") == SMALL
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(target), ""))
    page.take_in.click()
    assert kept(told) == {"Kapittel 5": SMALL, "min": SMALL}
    assert page.name.text() == "min"
    page.name.setFocus()
    page.name.selectAll()
    QTest.keyClicks(page.name, "Kapittel 5")
    QTest.keyClick(page.name, Qt.Key.Key_Return)
    assert page.name.text() == "min"
    page.remove.click()
    assert list(kept(told)) == ["Kapittel 5"]
    told.bridge.undo()
    assert list(kept(told)) == ["Kapittel 5", "min"]


def test_a_bad_file_is_told_and_kept_out(
    page: ReportsPage, told: Context, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    bad = tmp_path / "feil.toml"
    bad.write_text("x = [", encoding="utf-8")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args: (str(bad), ""))
    with qtbot.waitSignal(told.bridge.failed):
        page.take_in.click()
    assert list(kept(told)) == ["Report"]
    write(page, '[[file]]\nname = "a.csv"\nkind = "matrix"\nrows = "ukjent"\n')
    with qtbot.waitSignal(told.jobs.failed, timeout=20_000):
        page.write_into(tmp_path)
    assert not (tmp_path / "a.csv").exists()


def test_who_codes_blind_writes_up_their_own_codings(
    page: ReportsPage, told: Context, qtbot: QtBot, tmp_path: Path
) -> None:
    write(page, SMALL)
    project = told.bridge.project
    first = coding_rows.all_codings(project.connection)[0]
    new = codings.NewCoding(first.document, first.code, first.start, first.end - 1)
    told.bridge.session.run(codings.add_codings, coder="Ola", new=[new])
    guid = project_info.read(project.connection).guid
    assert not page.blind.isVisible()
    told.settings.set(KEPT, {guid: '{"whose": "mine"}'})
    page.activate()
    assert page.blind.isVisible()
    with qtbot.waitSignal(told.jobs.finished, timeout=30_000):
        page.write_into(tmp_path)
    qtbot.waitUntil(lambda: page.files.count() == 3)
    quotes = (tmp_path / "sitater.csv").read_text(encoding="utf-8-sig")
    me = told.bridge.session.coder
    own = coding_rows.all_codings(project.connection)
    mine = coders.by_name(project.connection, me)
    assert mine is not None
    assert len(quotes.splitlines()) - 1 == sum(one.coder == mine.id for one in own) < len(own)
    chapter = (tmp_path / "kapittel.html").read_text(encoding="utf-8")
    assert f"bare det {me} har kodet" in chapter
