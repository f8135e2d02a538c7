"""The application: projects opened and closed, language and colours changed, nothing lost."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from qda.app.settings import Settings
from qda.app.translation import load_catalogue
from qda.gui.application import Application
from qda.gui.language import install_language
from qda.gui.theme import apply_theme, load_theme
from qda.operations import cases
from qda.store import cases as case_queries
from qda.store import lock


@pytest.fixture
def application(qapp: QApplication, tmp_path: Path) -> Iterator[Application]:
    """An application with settings of its own, closed afterwards."""
    settings = Settings(tmp_path / "settings.json")
    settings.set("language", "en")
    settings.set("theme", "light")
    made = Application(qapp, settings)
    yield made
    made.close_project()
    if made.welcome is not None:
        made.welcome.close()
        made.welcome.deleteLater()
    made.deleteLater()
    install_language(qapp, load_catalogue("en"))
    apply_theme(qapp, load_theme("light"), reduced_motion=True)


def test_a_new_project_opens_its_window_and_is_remembered(
    application: Application, tmp_path: Path
) -> None:
    application.show_welcome()
    assert application.create(tmp_path / "Tre kontorer")
    assert application.window is not None
    assert application.window.isVisible()
    assert application.welcome is None
    assert application.settings.recent_projects() == [tmp_path / "Tre kontorer.qdaproj"]


def test_closing_leaves_one_file_and_no_lock(application: Application, tmp_path: Path) -> None:
    path = tmp_path / "p.qdaproj"
    application.create(path)
    assert lock.lock_path(path).exists()
    application.close_project()
    left = {entry.name for entry in tmp_path.iterdir()}
    assert left == {"p.qdaproj", "p.qdaproj.backups", "settings.json"}


def test_the_language_changes_at_once_and_the_project_stays_open(
    application: Application, tmp_path: Path
) -> None:
    application.create(tmp_path / "p.qdaproj")
    assert application.session is not None
    session = application.session
    session.run(cases.add_case, coder=session.coder, name="NAV Havnes")
    application.change_language("nb")
    assert application.window is not None
    assert application.window.workspace_called("sources").title() == "Kilder"
    assert application.session is session
    assert session.undo() is not None
    application.change_language("en")
    assert application.window.workspace_called("sources").title() == "Sources"


def test_colours_and_size_change_at_once(application: Application, tmp_path: Path) -> None:
    application.create(tmp_path / "p.qdaproj")
    application.change_theme("dark")
    assert application.theme.dark
    application.change_scale(200)
    assert application.theme.scale == 2.0
    assert application.window is not None
    assert application.window.context.theme.scale == 2.0


def test_a_file_that_is_no_project_is_said_and_the_open_one_stays(
    application: Application, tmp_path: Path
) -> None:
    application.create(tmp_path / "p.qdaproj")
    window = application.window
    other = tmp_path / "notat.qdaproj"
    other.write_text("Ikke et prosjekt", encoding="utf-8")
    assert not application.open(other)
    assert application.window is window
    boxes = [box for box in QApplication.topLevelWidgets() if isinstance(box, QMessageBox)]
    assert any("notat.qdaproj is not a project" in box.text() for box in boxes)
    for box in boxes:
        box.close()
        box.deleteLater()


def test_opening_the_open_project_again_keeps_it_writable(
    application: Application, tmp_path: Path
) -> None:
    path = tmp_path / "p.qdaproj"
    application.create(path)
    window = application.window
    assert application.open(path)
    assert application.window is window
    assert application.session is not None
    assert not application.session.project.read_only


def test_work_is_there_after_the_program_was_ended_without_closing(
    application: Application, tmp_path: Path
) -> None:
    path = tmp_path / "p.qdaproj"
    application.create(path)
    assert application.session is not None
    session = application.session
    session.run(cases.add_case, coder=session.coder, name="NAV Havnes")
    # As a crash leaves it: the file with its log, copied while it is open.
    crashed = tmp_path / "crashed.qdaproj"
    for ending in ("", "-wal"):
        source = path.with_name(path.name + ending)
        crashed.with_name(crashed.name + ending).write_bytes(source.read_bytes())
    application.close_project()
    assert application.open(crashed)
    assert application.session is not None
    connection = application.session.project.connection
    assert case_queries.find(connection, "NAV Havnes")
    assert application.session.undo() is not None


def test_the_example_study_is_built_and_opened(
    application: Application, tmp_path: Path, qtbot: QtBot
) -> None:
    application.show_welcome()
    application.open_demo(tmp_path)
    qtbot.waitUntil(lambda: application.window is not None, timeout=30_000)
    assert application.session is not None
    assert len(case_queries.all_cases(application.session.project.connection)) == 3


def test_the_keyboard_stands_on_the_step_of_the_largest_empty_place(
    application: Application, tmp_path: Path
) -> None:
    application.settings.set("workspace", "coding")
    assert application.create(tmp_path / "tomt.qdaproj")
    window = application.window
    assert window is not None
    focused = window.focusWidget()
    assert isinstance(focused, QPushButton)
    assert focused.text() == "Go to the sources"
