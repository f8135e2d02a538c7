"""Projects of other programs in the window: opened, asked about, dropped, and the way out."""

import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QFileDialog, QMessageBox, QRadioButton, QWidget
from pytestqt.qtbot import QtBot

from qda.app.settings import Settings
from qda.app.translation import load_catalogue
from qda.formats.exchange.qdpx_reader import read_qdpx
from qda.gui.application import Application
from qda.gui.exchange_questions import OffsetsQuestion, ProjectQuestion
from qda.gui.language import install_language
from qda.gui.peer_projects import write_exchange
from qda.gui.project_drop import single_project
from qda.gui.report_dialog import ReportDialog
from qda.gui.theme import apply_theme, load_theme
from qda.store import codings, documents
from tests.cli.test_convert import unclear
from tests.formats.exchange import test_qualcoder
from tests.formats.exchange.peers import build

TAGUETTE = Path(__file__).parents[1] / "data" / "exchange" / "taguette.sqlite3"


@pytest.fixture
def application(qapp: QApplication, tmp_path: Path) -> Iterator[Application]:
    settings = Settings(tmp_path / "settings.json")
    settings.set("language", "en")
    settings.set("theme", "light")
    made = Application(qapp, settings)
    made.show_welcome()
    yield made
    for one in QApplication.topLevelWidgets():
        if isinstance(one, ReportDialog | QMessageBox):
            one.close()
    made.close_project()
    if made.welcome is not None:
        made.welcome.close()
        made.welcome.deleteLater()
    made.deleteLater()
    install_language(qapp, load_catalogue("en"))
    apply_theme(qapp, load_theme("light"), reduced_motion=True)


@pytest.fixture
def qualcoder(tmp_path: Path) -> Path:
    folder = tmp_path / "Studie.qda"
    folder.mkdir()
    build(folder / "data.qda", "qualcoder_v17", test_qualcoder.study())
    return folder


def choose(monkeypatch: pytest.MonkeyPatch, source: Path | None, target: Path | None) -> None:
    """Answer the system's dialogs for files."""
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(source or ""), ""))
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_a, **_k: (str(target or ""), ""))


def report_dialog(qtbot: QtBot) -> ReportDialog:
    def shown() -> ReportDialog | None:
        found = [one for one in QApplication.topLevelWidgets() if isinstance(one, ReportDialog)]
        return found[0] if found else None

    qtbot.waitUntil(lambda: shown() is not None, timeout=20_000)
    dialog = shown()
    assert dialog is not None
    return dialog


def count(application: Application) -> tuple[int, int]:
    assert application.session is not None
    connection = application.session.project.connection
    return len(documents.all_documents(connection)), len(codings.all_codings(connection))


# ------------------------------------------------------------------------------------- the way in
def test_a_project_of_another_program_opens_with_its_report(
    application: Application, qualcoder: Path, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    choose(monkeypatch, qualcoder / "data.qda", tmp_path / "Ny")
    assert application.welcome is not None
    application.welcome.application_wanted.emit("peer", None)
    dialog = report_dialog(qtbot)
    assert count(application) == (3, 5)
    assert application.session is not None
    assert application.session.project.path == tmp_path / "Ny.qdaproj"
    assert dialog.tree.model().rowCount() > 0


def test_which_of_several_projects_is_asked_and_answered(
    application: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    opening = application.peer_opening()
    opening.convert(TAGUETTE, tmp_path / "ny.qdaproj")
    qtbot.waitUntil(lambda: isinstance(opening.question, ProjectQuestion), timeout=20_000)
    question = opening.question
    assert isinstance(question, ProjectQuestion)
    shown = [question.list.item(row).text() for row in range(question.list.count())]
    assert shown[0] == "Tavlemøter (2 documents)"
    qtbot.keyClick(question.list, Qt.Key.Key_Return)
    report_dialog(qtbot)
    assert count(application) == (2, 10)


def test_offsets_that_fit_nothing_are_shown_and_chosen(
    application: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    opening = application.peer_opening()
    opening.convert(unclear(tmp_path / "uklar.qdpx"), tmp_path / "ny.qdaproj")
    qtbot.waitUntil(lambda: isinstance(opening.question, OffsetsQuestion), timeout=20_000)
    question = opening.question
    assert isinstance(question, OffsetsQuestion)
    readings = question.findChildren(QRadioButton)
    assert len(readings) > 1
    assert readings[0].isChecked()
    assert all("«" in one.accessibleDescription() for one in readings)
    assert not (tmp_path / "ny.qdaproj").exists()
    qtbot.mouseClick(
        readings[1], Qt.MouseButton.LeftButton, pos=QPoint(8, readings[1].height() // 2)
    )
    wanted = next(iter(question.answer().values()))
    question.accept()
    report_dialog(qtbot)
    assert application.session is not None
    lengths = {
        one.end - one.start for one in codings.all_codings(application.session.project.connection)
    }
    assert lengths == ({5} if wanted.inclusive else {4})


def test_who_cancels_a_question_has_no_project(
    application: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    opening = application.peer_opening()
    opening.convert(TAGUETTE, tmp_path / "ny.qdaproj")
    qtbot.waitUntil(lambda: opening.question is not None, timeout=20_000)
    question = opening.question
    assert isinstance(question, ProjectQuestion)
    with qtbot.waitSignal(opening.destroyed):
        question.reject()
    assert not (tmp_path / "ny.qdaproj").exists()
    assert application.session is None


def test_a_file_that_is_none_is_said_and_leaves_nothing(
    application: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    source = tmp_path / "brutt.qdpx"
    source.write_bytes(b"PK\x03\x04 nei")
    opening = application.peer_opening()
    with qtbot.waitSignal(opening.destroyed, timeout=20_000):
        opening.convert(source, tmp_path / "ny.qdaproj")
    boxes = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMessageBox)]
    assert any("brutt.qdpx is damaged" in one.text() for one in boxes)
    assert not (tmp_path / "ny.qdaproj").exists()


def test_a_place_that_is_taken_is_said_and_kept(
    application: Application, qualcoder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    taken = tmp_path / "ny.qdaproj"
    taken.write_text("noe annet")
    opening = application.peer_opening()
    with qtbot.waitSignal(opening.destroyed, timeout=20_000):
        opening.convert(qualcoder, taken)
    assert taken.read_text() == "noe annet"


# -------------------------------------------------------------------------------------- dropping
def test_only_one_project_at_a_time_is_a_project() -> None:
    assert single_project([Path("a.qdpx")]) == Path("a.qdpx")
    assert single_project([Path("a.QDA")]) == Path("a.QDA")
    assert single_project([Path("a.qdaproj")]) == Path("a.qdaproj")
    for some in ([], [Path("a.docx")], [Path("a.qdpx"), Path("b.qdpx")], [Path("a.zip")]):
        assert single_project(some) is None


def drop(widget: QWidget, path: Path) -> bool:
    """Drop a file on a widget; tell whether it was taken."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(widget, enter)
    if not enter.isAccepted():
        return False
    event = QDropEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, buttons, keys)
    QApplication.sendEvent(widget, event)
    return True


def test_a_project_dropped_on_the_first_page_is_opened(
    application: Application, qualcoder: Path, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    choose(monkeypatch, None, tmp_path / "ny.qdaproj")
    assert application.welcome is not None
    assert not drop(application.welcome, tmp_path / "notat.docx")
    assert drop(application.welcome, qualcoder)
    report_dialog(qtbot)
    assert count(application) == (3, 5)


def test_a_project_dropped_on_the_window_is_opened_and_no_source(
    application: Application, qualcoder: Path, tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    application.create(tmp_path / "foer.qdaproj")
    choose(monkeypatch, None, tmp_path / "ny.qdaproj")
    assert application.window is not None
    application.window.build_all()
    assert drop(application.window, qualcoder)
    report_dialog(qtbot)
    assert count(application) == (3, 5)


# ------------------------------------------------------------------------------------ the way out
def test_a_project_is_saved_as_refi_qda_while_it_is_open(
    application: Application, qualcoder: Path, tmp_path: Path, qtbot: QtBot
) -> None:
    opening = application.peer_opening()
    opening.convert(qualcoder, tmp_path / "ny.qdaproj")
    report_dialog(qtbot).close()
    assert application.window is not None
    write_exchange(application.window, tmp_path / "ut.qdpx")
    qtbot.waitUntil((tmp_path / "ut.qdpx").exists, timeout=20_000)
    qtbot.waitUntil(
        lambda: application.window is not None and not application.window.context.jobs.busy
    )
    assert len(read_qdpx(tmp_path / "ut.qdpx")[0].codings) == 5
    with zipfile.ZipFile(tmp_path / "ut.qdpx") as file:
        assert file.namelist()[0] == "project.qde"
    assert application.session is not None
    assert not application.session.project.read_only


@pytest.mark.parametrize("command", ["file.peer", "file.save_exchange"])
def test_both_ways_stand_among_the_commands(
    application: Application, tmp_path: Path, command: str
) -> None:
    application.create(tmp_path / "p.qdaproj")
    assert application.window is not None
    found = {one.id: one for one in application.window.window_commands()}
    assert found[command].menu == "file"
