"""Merging a colleague's copy in the window, as a person does it."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QFileDialog
from pytestqt.qtbot import QtBot

from qda.app.session import Session
from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.merging.merge_dialog import CopyMergeDialog
from qda.gui.merging.merging import CopyMerging
from qda.gui.report_dialog import ReportDialog
from qda.gui.session_bridge import SessionBridge
from qda.gui.widgets.notice_line import NoticeLine
from qda.operations import codes, codings, memos
from qda.operations.corrections import correct_text
from qda.store import backups
from qda.store import codes as code_rows
from qda.store import codings as coding_rows
from qda.store import documents as document_rows
from qda.text.edits import Edit

BOARD = "Hva teller dere?"


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> Iterator[MainWindow]:
    made = MainWindow(study, [CodebookWorkspace(study)])
    qtbot.addWidget(made)
    made.resize(1024, 700)
    made.show()
    made.start("codebook")
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    yield made
    made.save_state()


@pytest.fixture
def theirs(study: Context, tmp_path: Path) -> Path:
    """The colleague's copy, as it is now."""
    path = tmp_path / "studien – Ola.qdaproj"
    shutil.copyfile(study.bridge.session.backup().path, path)
    return path


def define(session: Session, who: str, said: str) -> None:
    first = code_rows.all_codes(session.project.connection)[0]
    session.run(codes.edit_code, coder=who, code=replace(first, definition=said))


def code(session: Session, who: str, quote: str) -> None:
    (document,) = [
        one
        for one in document_rows.all_documents(session.project.connection)
        if one.name == "Havnes veileder"
    ]
    start = document_rows.text(session.project.connection, document.id).index(quote)
    first = code_rows.all_codes(session.project.connection)[0]
    wish = codings.NewCoding(document.id, first.id, start, start + len(quote))
    session.run(codings.add_codings, coder=who, new=[wish])


def in_copy(path: Path, *verbs: object) -> None:
    session = Session.open(path, coder="Ola")
    for verb in verbs:
        assert callable(verb)
        verb(session)
    session.close()


def look(qtbot: QtBot, window: MainWindow, path: Path) -> tuple[CopyMerging, CopyMergeDialog]:
    merging = CopyMerging(window.context, window)
    with qtbot.waitSignal(merging.planned, timeout=20_000):
        merging.look_at(path)
    dialog = merging.dialog
    assert dialog is not None
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    return merging, dialog


def merge(qtbot: QtBot, merging: CopyMerging, dialog: CopyMergeDialog) -> None:
    with qtbot.waitSignal(merging.ended, timeout=20_000):
        qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)


def quotes(window: MainWindow) -> set[str]:
    connection = window.context.bridge.project.connection
    return {one.quote for one in coding_rows.all_codings(connection)}


def definition(window: MainWindow) -> str:
    return code_rows.all_codes(window.context.bridge.project.connection)[0].definition


def test_the_command_asks_for_the_copy_and_shows_what_it_brings(
    qtbot: QtBot, window: MainWindow, theirs: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_copy(theirs, lambda session: code(session, "Ola", BOARD))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_args, **_wishes: (str(theirs), ""))
    command = window.actions_by_command.action("file.merge")
    assert command.isEnabled()
    command.trigger()
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), CopyMergeDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, CopyMergeDialog)
    assert dialog.summary() == "2 new."
    assert not dialog.table.isVisible()
    model = dialog.numbers.model()
    rows = [
        tuple(model.index(row, column).data() for column in range(4))
        for row in range(model.rowCount())
    ]
    assert rows == [("coders", "1", "", ""), ("codings", "1", "", "")]
    assert BOARD not in quotes(window)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert len(window.context.bridge.session.steps()) == len(
        [one for one in window.context.bridge.session.steps() if not one.undone]
    )
    assert BOARD not in quotes(window)


def test_a_merge_is_one_step_after_a_backup(qtbot: QtBot, window: MainWindow, theirs: Path) -> None:
    in_copy(theirs, lambda session: code(session, "Ola", BOARD))
    bridge = window.context.bridge
    before = len(backups.listed(bridge.project.path))
    merging, dialog = look(qtbot, window, theirs)
    with qtbot.waitSignal(bridge.noticed) as noticed:
        merge(qtbot, merging, dialog)
    assert noticed.args == [f"Merged {theirs.name}: 2 new."]
    assert BOARD in quotes(window)
    assert len(backups.listed(bridge.project.path)) == before + 1
    window.undo()
    assert BOARD not in quotes(window)


def test_conflicts_are_decided_by_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, theirs: Path
) -> None:
    in_copy(theirs, lambda session: define(session, "Ola", "deres"))
    define(window.context.bridge.session, "Ingrid", "vår")
    merging, dialog = look(qtbot, window, theirs)
    assert dialog.summary() == "1 difference to decide."
    assert not dialog.merge.isEnabled()
    assert dialog.table.hasFocus()
    assert (dialog.texts["ours"].text(), dialog.texts["theirs"].text()) == ("vår", "deres")
    qtbot.keyClick(dialog.table, Qt.Key.Key_Right)
    assert set(dialog.choices().values()) == {"theirs"}
    assert dialog.side.value() == "theirs"
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert set(dialog.choices().values()) == {"ours"}
    qtbot.keyClick(dialog.table, Qt.Key.Key_Space)
    assert dialog.merge.isEnabled()
    box = dialog.findChild(QDialogButtonBox)
    assert box is not None
    dialog.merge.setFocus()
    with qtbot.waitSignal(merging.ended, timeout=20_000):
        qtbot.keyClick(dialog.merge, Qt.Key.Key_Space)
    assert definition(window) == "deres"


def test_the_numbers_follow_the_choices(qtbot: QtBot, window: MainWindow, theirs: Path) -> None:
    in_copy(theirs, lambda session: define(session, "Ola", "deres"))
    define(window.context.bridge.session, "Ingrid", "vår")
    merging, dialog = look(qtbot, window, theirs)
    with qtbot.waitSignal(merging.counted, timeout=20_000):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Right)
    assert dialog.summary() == "1 changed, 1 difference to decide."
    assert dialog.numbers.model().index(0, 0).data() == "codes"
    with qtbot.waitSignal(merging.counted, timeout=20_000):
        qtbot.keyClick(dialog.table, Qt.Key.Key_Left)
    assert dialog.summary() == "1 difference to decide."
    assert not dialog.merge.isEnabled()
    dialog.reject()
    assert definition(window) == "vår"


def test_what_is_left_out_opens_the_report(qtbot: QtBot, window: MainWindow, theirs: Path) -> None:
    in_copy(theirs, lambda session: code(session, "Ola", BOARD))
    session = window.context.bridge.session
    connection = session.project.connection
    (document,) = [
        one for one in document_rows.all_documents(connection) if one.name == "Havnes veileder"
    ]
    start = document_rows.text(connection, document.id).index(BOARD)
    session.run(
        correct_text, coder="Ingrid", document=document.id,
        edits=[Edit(start, len(BOARD), "")],
    )  # fmt: skip
    in_copy(
        theirs,
        lambda theirs: theirs.run(
            memos.add_memo, coder="Ola", on="project", target=0, text="Se her"
        ),
    )
    merging, dialog = look(qtbot, window, theirs)
    assert BOARD in dialog.notes.item(0).text()
    merge(qtbot, merging, dialog)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), ReportDialog))
    report = QApplication.activeModalWidget()
    assert report is not None
    report.close()


def test_a_copy_with_nothing_new_says_so(qtbot: QtBot, window: MainWindow, theirs: Path) -> None:
    _merging, dialog = look(qtbot, window, theirs)
    assert dialog.summary() == "The copy has nothing that the project has not."
    assert not dialog.merge.isEnabled()
    dialog.reject()


def test_a_file_that_is_no_copy_is_told(qtbot: QtBot, window: MainWindow, tmp_path: Path) -> None:
    letter = tmp_path / "brev.qdaproj"
    letter.write_text("Hei", encoding="utf-8")
    merging = CopyMerging(window.context, window)
    with qtbot.waitSignal(window.context.jobs.failed, timeout=20_000) as failed:
        merging.look_at(letter)
    assert "not a project" in str(failed.args and failed.args[0])
    shown = QApplication.activeModalWidget()
    if shown is not None:
        shown.close()


# ----------------------------------------------------------------------------------- the copy
def test_a_copy_for_a_colleague_is_written_and_told(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "for Ola"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_wishes: (str(target), ""))
    with qtbot.waitSignal(window.context.bridge.told, timeout=20_000) as told:
        window.actions_by_command.action("file.copy").trigger()
    assert "for Ola.qdaproj" in str(told.args and told.args[0])
    copy = Session.open(tmp_path / "for Ola.qdaproj")
    assert len(code_rows.all_codes(copy.project.connection)) == 2
    copy.close()


def test_whoever_can_only_read_is_offered_a_copy_and_gets_it_opened(
    qtbot: QtBot, study: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    second = Session.open(study.bridge.project.path)
    assert second.project.read_only
    bridge = SessionBridge(second)
    context = replace(study, bridge=bridge)
    made = MainWindow(context, [CodebookWorkspace(context)])
    qtbot.addWidget(made)
    made.show()
    made.start("codebook")
    notice = made.findChild(NoticeLine)
    assert notice is not None
    assert "merge it later" in notice.text()
    (merge_command,) = [one for one in made.actions_by_command.commands() if one.id == "file.merge"]
    assert not merge_command.enabled()
    target = tmp_path / "min kopi.qdaproj"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_args, **_wishes: (str(target), ""))
    with qtbot.waitSignal(made.application_wanted, timeout=20_000) as wanted:
        made.actions_by_command.action("file.copy").trigger()
    assert wanted.args == ["open", target]
    made.save_state()
    bridge.detach()
    second.close()
