"""The words are read while the window is worked in: quietly, in pieces, never as a step."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qda.app import word_index
from qda.app.session import Session
from qda.app.settings import Settings
from qda.gui import word_indexing
from qda.gui.application import Application
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.memos.workspace import MemosWorkspace
from qda.operations import corrections, documents
from qda.store import documents as document_queries
from qda.store import words


@pytest.fixture
def window(qtbot: QtBot, study: Context, monkeypatch: pytest.MonkeyPatch) -> MainWindow:
    """A window on three interviews, each of which is a piece of work."""
    monkeypatch.setattr(word_index, "BATCH", 1)
    made = MainWindow(study, [MemosWorkspace(study)])
    qtbot.addWidget(made)
    made.show()
    made.start("memos")
    return made


def ready(qtbot: QtBot, study: Context) -> None:
    qtbot.waitUntil(lambda: study.words.state == "ready", timeout=60_000)


def test_reading_is_no_step_and_is_kept(qtbot: QtBot, window: MainWindow, study: Context) -> None:
    session = study.bridge.session
    steps = session.steps()
    assert study.words.state == "asleep"
    told: list[tuple[int, int]] = []
    study.words.progressed.connect(lambda done, total: told.append((done, total)))
    study.words.want()
    assert study.words.state == "working"
    ready(qtbot, study)
    assert session.steps() == steps
    assert session.words.stale() == []
    assert len(words.made_of(session.project.connection)) == 3
    assert told
    assert not window._status.in_progress()  # noqa: SLF001


def test_what_changes_is_read_again_after_a_pause(
    qtbot: QtBot, window: MainWindow, study: Context, monkeypatch: pytest.MonkeyPatch
) -> None:
    del window
    monkeypatch.setattr(word_indexing, "AFTER_CHANGES", 10)
    session = study.bridge.session
    study.words.want()
    ready(qtbot, study)
    first = document_queries.all_documents(session.project.connection)[0]
    text = document_queries.text(session.project.connection, first.id)
    study.bridge.run(corrections.correct_text, document=first.id, edits=text.replace("kontor", "x"))
    assert study.words.state == "asleep"
    ready(qtbot, study)
    assert session.words.stale() == []
    study.bridge.run(documents.rename_document, document=first.id, name="Nytt navn")
    ready(qtbot, study)
    study.bridge.undo()
    study.bridge.undo()
    ready(qtbot, study)
    assert session.words.stale() == []
    study.bridge.run(documents.remove_document, document=first.id)
    ready(qtbot, study)
    assert int(first.id) not in session.words.table().documents


def test_the_line_below_shows_it_and_cancels_it(
    qtbot: QtBot, window: MainWindow, study: Context
) -> None:
    status = window._status  # noqa: SLF001
    seen: list[bool] = []
    window._shown_job.setInterval(0)  # noqa: SLF001
    study.words.progressed.connect(lambda *_: seen.append(status.in_progress()))
    study.words.want()
    qtbot.waitUntil(lambda: bool(seen), timeout=60_000)
    assert any(seen)
    status.cancel_wanted.emit()
    qtbot.waitUntil(lambda: study.words.state in ("stopped", "ready"), timeout=60_000)
    assert not status.in_progress()
    # Asked for again, it goes on from what was kept.
    study.words.want()
    ready(qtbot, study)


def test_other_jobs_come_between_two_pieces(
    qtbot: QtBot, window: MainWindow, study: Context
) -> None:
    del window
    order: list[str] = []
    study.jobs.started.connect(order.append)
    study.words.want()
    study.jobs.start("mine", lambda _: None, lambda _: None)
    ready(qtbot, study)
    assert order[1] == "mine"
    assert len(order) > 4


@pytest.fixture
def application(qapp: QApplication, tmp_path: Path) -> Iterator[Application]:
    """An application of its own, closed afterwards."""
    del qapp
    settings = Settings(tmp_path / "settings.json")
    settings.set("language", "en")
    made = Application(QApplication.instance(), settings)  # pyright: ignore[reportArgumentType]
    yield made
    made.close_project()
    made.deleteLater()


def test_the_words_of_an_opened_project_are_read_without_being_asked_for(
    qtbot: QtBot, study: Context, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_indexing, "AFTER_OPENING", 10)
    path = study.bridge.project.path
    study.bridge.session.close()
    assert application.open(path)
    assert application.window is not None
    context = application.window.context
    qtbot.waitUntil(lambda: context.words.state == "ready", timeout=60_000)
    application.change_language("en")
    assert context.words.state == "stopped"
    again = application.window.context
    qtbot.waitUntil(lambda: again.words.state == "ready", timeout=60_000)


def test_closing_in_the_middle_leaves_one_file(
    qtbot: QtBot, study: Context, application: Application, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(word_indexing, "AFTER_OPENING", 0)
    monkeypatch.setattr(word_index, "BATCH", 1)
    path = study.bridge.project.path
    study.bridge.session.close()
    assert application.open(path)
    assert application.window is not None
    context = application.window.context
    qtbot.waitUntil(lambda: context.words.state == "working", timeout=10_000)
    application.close_project()
    assert not path.with_name(path.name + "-wal").exists()
    again = Session.open(path)
    assert not again.project.read_only
    assert len(again.words.build()) > 0
    again.close()
