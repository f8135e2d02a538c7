"""What offices belong to and what became of them, in the pane, the dialogs and from sheets."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialogButtonBox
from pytestqt.qtbot import QtBot

from qda.gui.cases.group_dialogs import MembershipDialog, SuccessionDialog
from qda.gui.cases.group_sheet_dialog import GroupSheetDialog
from qda.gui.cases.workspace import CasesWorkspace
from qda.store import groups
from tests.gui.cases.test_cases_workspace import (
    workspace as workspace,  # noqa: PLC0414 - a fixture
)

SHEET = """kontor;fylke;fra;til
NAV Bjørkvik;Viken;2020;2023
NAV Bjørkvik;Akershus;2024;
NAV Havnes;Viken;2020;2023
NAV Havnes;Oslo;2021;2022
NAV Nytt;Oslo;;
"""


def at_hand(workspace: CasesWorkspace, name: str) -> None:
    office = next(one for one in workspace.actions_on_cases.cases() if one.name == name)
    assert workspace.table.choose(office.id)


def ok(dialog: MembershipDialog | SuccessionDialog) -> None:
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    box.button(QDialogButtonBox.StandardButton.Ok).click()


def ready(dialog: MembershipDialog | SuccessionDialog) -> bool:
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    return box.button(QDialogButtonBox.StandardButton.Ok).isEnabled()


def membership_dialog(workspace: CasesWorkspace) -> MembershipDialog:
    return next(one for one in workspace.window().findChildren(MembershipDialog) if one.isVisible())


def shown(workspace: CasesWorkspace) -> list[str]:
    return workspace.pane.belonging.memberships.texts()


def test_a_membership_is_set_changed_and_removed_by_keyboard(
    qtbot: QtBot, workspace: CasesWorkspace
) -> None:
    at_hand(workspace, "NAV Bjørkvik")
    card = workspace.pane.belonging
    assert card.memberships.isHidden()
    workspace.ask_membership()
    dialog = membership_dialog(workspace)
    assert not ready(dialog)
    dialog.kind.setEditText("fylke")
    dialog.group.setEditText("Viken")
    dialog.since.setText("2020")
    dialog.until.setText("2019")
    assert (ready(dialog), "before" in dialog.trouble.text()) == (False, True)
    dialog.until.setText("2023-12")
    assert (ready(dialog), dialog.trouble.text()) == (True, "")
    ok(dialog)
    assert shown(workspace) == ["fylke: Viken, 2020-01 to 2023-12"]
    # What cannot be keeps the dialog open, with what was written in it.
    workspace.ask_membership()
    dialog = membership_dialog(workspace)
    assert dialog.group.findText("Viken") >= 0
    dialog.group.setEditText("Oslo")
    dialog.since.setText("2021")
    ok(dialog)
    assert dialog.isVisible()
    dialog.since.setText("2024-01")
    ok(dialog)
    assert shown(workspace)[1] == "fylke: Oslo, from 2024-01"
    card.memberships.setFocus()
    card.memberships.setCurrentRow(1)
    qtbot.keyClick(card.memberships, Qt.Key.Key_Return)
    dialog = membership_dialog(workspace)
    assert (dialog.kind.currentText(), dialog.group.currentText(), dialog.since.text()) == (
        "fylke", "Oslo", "2024-01",
    )  # fmt: skip
    dialog.group.setEditText("Akershus")
    ok(dialog)
    assert shown(workspace)[1] == "fylke: Akershus, from 2024-01"
    card.memberships.setCurrentRow(0)
    qtbot.keyClick(card.memberships, Qt.Key.Key_Delete)
    assert shown(workspace) == ["fylke: Akershus, from 2024-01"]
    assert workspace.context.bridge.undo() is not None
    assert len(shown(workspace)) == 2


def test_a_merger_is_recorded_followed_and_removed(qtbot: QtBot, workspace: CasesWorkspace) -> None:
    at_hand(workspace, "NAV Bjørkvik")
    workspace.ask_succession()
    (dialog,) = workspace.window().findChildren(SuccessionDialog)
    assert dialog.offices.texts() == ("NAV Havnes",)
    dialog.offices.ticked.emit(int(workspace.actions_on_cases.cases()[1].id), True)
    dialog.day.setText("snart")
    assert (ready(dialog), "is no day" in dialog.trouble.text()) == (False, True)
    dialog.day.setText("2021-06")
    dialog.kind.setCurrentIndex(dialog.kind.findData("merger"))
    ok(dialog)
    card = workspace.pane.belonging
    assert card.successions.texts() == ["← NAV Havnes, merger 2021-06"]
    card.successions.setFocus()
    card.successions.setCurrentRow(0)
    qtbot.keyClick(card.successions, Qt.Key.Key_Return)
    assert workspace.pane.name_text() == "NAV Havnes"
    assert card.successions.texts() == ["→ NAV Bjørkvik, merger 2021-06"]
    card.successions.setCurrentRow(0)
    qtbot.keyClick(card.successions, Qt.Key.Key_Delete)
    assert card.successions.isHidden()


@pytest.mark.parametrize("make", [False, True])
def test_a_sheet_is_shown_before_it_comes_in(
    qtbot: QtBot, workspace: CasesWorkspace, tmp_path: Path, make: bool
) -> None:  # fmt: skip
    path = tmp_path / "fylker.csv"
    path.write_text(SHEET, encoding="utf-8")
    dialog = workspace.groups.show_sheet(path, "memberships")
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert (dialog.rows.rowCount(), dialog.left.rowCount()) == (5, 2)
    assert "already belongs" in str(dialog.left.data(dialog.left.index(0, 1)))
    if make:
        dialog.add.setChecked(True)
        qtbot.waitUntil(lambda: not dialog.working)
        assert dialog.left.rowCount() == 1
    assert "4" in dialog.import_button.text() if make else "3" in dialog.import_button.text()
    connection = workspace.context.bridge.project.connection
    assert groups.all_kinds(connection) == ()
    dialog.import_button.click()
    qtbot.waitUntil(lambda: len(groups.all_memberships(connection)) == (4 if make else 3))
    at_hand(workspace, "NAV Bjørkvik")
    qtbot.waitUntil(lambda: len(shown(workspace)) == 2)
    file = tmp_path / "ut.csv"
    workspace.groups.write(file, "memberships")
    assert "Akershus" in file.read_text(encoding="utf-8-sig")


def test_a_kind_that_is_called_like_a_variable_is_renamed_beside_it(
    qtbot: QtBot, workspace: CasesWorkspace, tmp_path: Path
) -> None:
    workspace.add_variable("fylke", "text")
    path = tmp_path / "fylker.csv"
    path.write_text(SHEET, encoding="utf-8")
    dialog = workspace.groups.show_sheet(path, "memberships")
    qtbot.waitUntil(lambda: "already a variable" in dialog.doubt.text())
    assert not dialog.import_button.isEnabled()
    dialog.group_kind.setFocus()
    qtbot.keyClicks(dialog.group_kind, "fylke og år")
    dialog.table.setFocus()
    qtbot.waitUntil(dialog.import_button.isEnabled)
    assert dialog.doubt.text() == ""
    dialog.import_button.click()
    connection = workspace.context.bridge.project.connection
    qtbot.waitUntil(lambda: len(groups.all_kinds(connection)) == 1)
    assert groups.all_kinds(connection)[0].name == "fylke og år"


def test_a_sheet_that_is_none_says_so(
    qtbot: QtBot, workspace: CasesWorkspace, tmp_path: Path
) -> None:
    path = tmp_path / "tomt.csv"
    path.write_text("farge;tall\nrød;1\n", encoding="utf-8")
    workspace.groups.show_sheet(path, "successions")
    (dialog,) = workspace.window().findChildren(GroupSheetDialog)
    qtbot.waitUntil(lambda: dialog.trouble.isVisible() and not workspace.context.jobs.busy)
    assert not dialog.import_button.isEnabled()
