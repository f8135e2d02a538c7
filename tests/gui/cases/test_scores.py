"""Score sheets in the offices workspace: the card, the files behind it, the preview, the tables."""

from pathlib import Path
from threading import Event, current_thread
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from qda.gui.cases import score_sheet_dialog
from qda.gui.cases.score_dialogs import FilesDialog
from qda.gui.cases.workspace import CasesWorkspace
from qda.jobs.progress import Progress
from qda.store import scores
from tests.gui.cases.test_belonging import at_hand
from tests.gui.cases.test_cases_workspace import (
    workspace as workspace,  # noqa: PLC0414 - a fixture
)

SHEET = """kontor;saksnr;skårer;mål;plan
NAV Bjørkvik;1;Kari;0;2
NAV Bjørkvik;2;Kari;1;5
NAV Bjørkvik;2;Ola;1;2
NAV Havnes;1;Kari;2;
NAV Nytt;1;Kari;2;1
"""


def take_in(qtbot: QtBot, workspace: CasesWorkspace, folder: Path) -> None:
    path = folder / "saker.csv"
    path.write_text(SHEET, encoding="utf-8")
    dialog = workspace.scores.show_sheet(path)
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert (dialog.rows.rowCount(), dialog.left.rowCount()) == (8, 3)
    dialog.high.setValue(5)
    dialog.high.editingFinished.emit()
    qtbot.waitUntil(lambda: dialog.rows.rowCount() == 9)
    dialog.high.setValue(2)
    dialog.high.editingFinished.emit()
    qtbot.waitUntil(lambda: dialog.rows.rowCount() == 8)
    dialog.name.setText(" ")
    dialog.name.editingFinished.emit()
    qtbot.waitUntil(lambda: "empty" in dialog.doubt.text())
    assert not dialog.import_button.isEnabled()
    dialog.name.setText("sakene")
    dialog.name.editingFinished.emit()
    qtbot.waitUntil(dialog.import_button.isEnabled)
    # A click that comes with the last choice counts once that was tried.
    dialog.name.setText("saker")
    dialog.name.editingFinished.emit()
    assert dialog.working
    dialog.import_button.click()
    assert dialog.isVisible()
    connection = workspace.context.bridge.project.connection
    qtbot.waitUntil(lambda: bool(scores.all_sheets(connection)))
    qtbot.waitUntil(lambda: not workspace.context.jobs.busy)


def test_a_newer_choice_overtakes_and_closing_ends_it(
    qtbot: QtBot, workspace: CasesWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "saker.csv"
    path.write_text(SHEET, encoding="utf-8")
    gate, threads, tried = Event(), [], []
    preview = score_sheet_dialog.preview_scores

    def held(*args: Any, progress: Progress, **wishes: Any) -> int:  # noqa: ANN401
        threads.append(current_thread())
        gate.wait(30)
        progress.step()
        tried.append(wishes["unknown"])
        return preview(*args, progress=progress, **wishes)

    monkeypatch.setattr(score_sheet_dialog, "preview_scores", held)
    dialog = workspace.scores.show_sheet(path)
    qtbot.waitUntil(lambda: len(threads) == 1)
    assert current_thread() not in threads
    dialog.add.setChecked(True)
    assert dialog.working
    gate.set()
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert tried == ["add"]
    assert dialog.left.rowCount() == 1
    gate.clear()
    dialog.leave.setChecked(True)
    qtbot.waitUntil(lambda: len(threads) == 3)
    jobs = workspace.context.jobs
    with qtbot.waitSignal(jobs.finished):
        qtbot.keyClick(dialog, Qt.Key.Key_Escape)
        gate.set()
    assert tried == ["add"]
    assert scores.all_sheets(workspace.context.bridge.project.connection) == ()


def test_scores_come_in_and_lead_to_their_files(
    qtbot: QtBot, workspace: CasesWorkspace, tmp_path: Path
) -> None:
    card = workspace.pane.scores
    at_hand(workspace, "NAV Bjørkvik")
    assert (card.isHidden(), workspace.scores.may_look()) == (True, False)
    take_in(qtbot, workspace, tmp_path)
    at_hand(workspace, "NAV Havnes")
    at_hand(workspace, "NAV Bjørkvik")
    assert card.list.texts() == ["mål: 0.5   (0: 1  1: 1  2: 0)", "plan: 2   (0: 0  1: 0  2: 2)"]
    card.list.setFocus()
    card.list.setCurrentRow(0)
    qtbot.keyClick(card.list, Qt.Key.Key_Return)
    (dialog,) = workspace.window().findChildren(FilesDialog)
    assert [
        [dialog.rows.data(dialog.rows.index(row, column)) for column in (0, 1, 3)]
        for row in range(dialog.rows.rowCount())
    ] == [["0", "1", "Kari"], ["1", "2", "Kari"], ["1", "2", "Ola"]]
    workspace.scores.remove_last()
    at_hand(workspace, "NAV Havnes")
    assert card.isHidden()
    assert workspace.context.bridge.undo() is not None
    assert workspace.scores.has_sheets()


def test_all_offices_and_two_raters_are_shown_and_written(
    qtbot: QtBot, workspace: CasesWorkspace, tmp_path: Path
) -> None:
    take_in(qtbot, workspace, tmp_path)
    dialog = workspace.scores.show_summary()
    assert dialog is not None
    names = [dialog.choice.itemText(at) for at in range(dialog.choice.count())]
    assert names == [
        "saker", "saker, Kari alone", "saker, Ola alone", "saker, Kari and Ola compared",
    ]  # fmt: skip
    assert dialog.rows.rowCount() == 6
    assert "scored by several raters" in dialog.notes.text()
    dialog.table.activated.emit(dialog.rows.index(0, 0))
    (files,) = workspace.window().findChildren(FilesDialog)
    assert files.windowTitle() == "NAV Bjørkvik: mål"
    files.close()
    dialog.table.activated.emit(dialog.rows.index(4, 0))
    titles = {one.windowTitle() for one in workspace.window().findChildren(FilesDialog)}
    assert "All offices: mål" in titles
    dialog.choice.setCurrentIndex(3)
    dialog.show_view(3)
    assert dialog.rows.data(dialog.rows.index(0, 2)) == "1"
    dialog.table.activated.emit(dialog.rows.index(1, 0))
    titles = {one.windowTitle() for one in workspace.window().findChildren(FilesDialog)}
    assert "All offices: plan" in titles
    written: list[object] = []
    dialog.export_wanted.disconnect()
    dialog.export_wanted.connect(written.append)
    dialog.export.click()
    workspace.scores.write(tmp_path / "ut", written[0])  # type: ignore[arg-type]
    assert (tmp_path / "ut.xlsx").stat().st_size > 100
