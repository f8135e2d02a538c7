"""Survey answers in the window: columns are shown as what they seem to be, and can be others."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.sources import survey_dialog
from qda.gui.sources.survey_dialog import SurveyDialog
from qda.gui.sources.survey_model import ROLE
from qda.gui.sources.workspace import SourcesWorkspace
from qda.operations.survey import AT_ONCE
from qda.store import cases, documents, participants, variables

LONG = "Dette svaret er langt nok til at det må være skrevet for hånd av noen, nummer"


@pytest.fixture
def workspace(study: Context, qtbot: QtBot) -> SourcesWorkspace:
    made = SourcesWorkspace(study)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activate()
    return made


def sheet(tmp_path: Path, rows: int = 6) -> Path:
    path = tmp_path / "Svar 2014.csv"
    lines = ["Svar-id;Kontor;Alder;Sier;Mer"]
    for number in range(1, rows + 1):
        office = "Havnes" if number % 2 else "Nytt kontor"
        said = f"{LONG} {number}." if number != 2 else ""
        lines.append(f"{number};{office};{30 + number};{said};")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def opened(workspace: SourcesWorkspace, qtbot: QtBot, path: Path) -> SurveyDialog:
    workspace.import_survey(path)
    qtbot.waitUntil(lambda: workspace.importer.survey is not None, timeout=20_000)
    dialog = workspace.importer.survey
    assert dialog is not None
    return dialog


def roles(dialog: SurveyDialog) -> list[str]:
    model = dialog.columns
    return [str(model.index(row, ROLE).data()) for row in range(model.rowCount())]


def choose(dialog: SurveyDialog, qtbot: QtBot, column: int, role: str) -> None:
    dialog.table.selectRow(column)
    dialog.role.setCurrentIndex(dialog.role.findText(role))
    qtbot.waitUntil(lambda: roles(dialog)[column] == role)


def imported(workspace: SourcesWorkspace, dialog: SurveyDialog, qtbot: QtBot) -> None:
    with qtbot.waitSignal(workspace.context.bridge.reported, timeout=30_000):
        qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)


def test_columns_are_shown_as_what_they_seem_to_be(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(workspace, qtbot, sheet(tmp_path))
    assert roles(dialog) == [
        "Name of the respondent", "Name of the office", "Attribute: number",
        "Answers (documents)", "Left out",
    ]  # fmt: skip
    assert dialog.told == "6 respondents · 5 answers · 1 empty one is left out"
    assert dialog.import_button.text() == "&Import 6 respondents"
    shown = dialog.preview.toPlainText()
    assert "1 · Havnes" in shown
    assert "Alder: 31" in shown
    assert f"{LONG} 1." in shown
    assert "wrote nothing" in shown
    assert f"{LONG} 4." not in shown
    dialog.reject()


def test_a_sheet_comes_in_as_one_step(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    context = workspace.context
    connection = context.bridge.project.connection
    before = len(documents.all_documents(connection))
    dialog = opened(workspace, qtbot, sheet(tmp_path))
    imported(workspace, dialog, qtbot)
    assert workspace.importer.survey is None
    assert len(documents.all_documents(connection)) == before + 5
    assert [one.name for one in cases.all_cases(connection)] == [
        "NAV Bjørkvik", "NAV Havnes", "Nytt kontor"
    ]  # fmt: skip
    (three,) = participants.find(connection, "3")
    (age,) = variables.of_one(connection, "participant", three.id)
    assert age.value == 33
    assert workspace.list.table.current_document() is not None
    context.bridge.undo()
    assert len(documents.all_documents(connection)) == before
    assert participants.find(connection, "3") == ()


def test_what_a_column_is_can_be_changed(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(workspace, qtbot, sheet(tmp_path))
    choose(dialog, qtbot, 2, "Name of the respondent")
    assert roles(dialog)[0] == "Attribute: number"
    choose(dialog, qtbot, 1, "Left out")
    choose(dialog, qtbot, 0, "Attribute: text")
    choose(dialog, qtbot, 3, "Attribute: text")
    qtbot.waitUntil(lambda: not dialog.import_button.isEnabled())
    assert "Say which columns hold the answers" in dialog.told
    choose(dialog, qtbot, 3, "Answers (documents)")
    qtbot.waitUntil(dialog.import_button.isEnabled)
    choices = dialog.choices()
    assert (choices.text, choices.identifier, choices.case) == ((3,), 2, None)
    assert choices.types == {0: "text"}
    imported(workspace, dialog, qtbot)
    connection = workspace.context.bridge.project.connection
    (person,) = participants.find(connection, "33")
    (value,) = variables.of_one(connection, "participant", person.id)
    assert value.value == "3"


def test_several_columns_are_left_out_at_once_by_the_keyboard(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    dialog = opened(workspace, qtbot, sheet(tmp_path))
    dialog.table.setFocus()
    dialog.table.selectRow(0)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(dialog.table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    dialog.role.setFocus()
    qtbot.keyClick(dialog.role, Qt.Key.Key_End)
    assert roles(dialog)[:3] == ["Left out"] * 3
    dialog.reject()


def test_a_document_can_be_a_respondent(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "s.csv"
    path.write_text(f"id;Bra;Dårlig\n1;{LONG} a.;{LONG} b.\n2;{LONG} c.;{LONG} d.\n", "utf-8")
    dialog = opened(workspace, qtbot, path)
    each, respondent = dialog.joined.findChildren(QAbstractButton)
    assert each.isChecked()
    qtbot.mouseClick(respondent, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: f"Bra\n{LONG} a." in dialog.preview.toPlainText())
    imported(workspace, dialog, qtbot)
    connection = workspace.context.bridge.project.connection
    text = documents.text(connection, documents.find(connection, "s 1")[0].id)
    assert text == f"Bra\n{LONG} a.\n\nDårlig\n{LONG} b."


def test_cancelling_leaves_the_project_as_it_was(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    context = workspace.context
    before = documents.names(context.bridge.project.connection)
    dialog = opened(workspace, qtbot, sheet(tmp_path, AT_ONCE * 3))
    context.jobs.progressed.connect(lambda done, *_: done and dialog.cancel_button.click())
    qtbot.mouseClick(dialog.import_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(dialog.import_button.isEnabled, timeout=20_000)
    assert documents.names(context.bridge.project.connection) == before
    assert dialog.told == "Nothing has come in; the project is as it was."
    dialog.reject()
    assert workspace.importer.survey is None


def test_a_sheet_that_cannot_be_read_is_said(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(workspace.context.jobs.failed, timeout=20_000) as told:
        workspace.import_survey(tmp_path / "borte.csv")
    assert told.args is not None
    assert "borte.csv" in str(told.args[0])
    assert workspace.importer.survey is None


def test_a_long_sheet_is_gone_through_beside_the_window(
    workspace: SourcesWorkspace, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(survey_dialog, "AT_ONCE", 3)
    jobs = workspace.context.jobs
    titles: list[str] = []
    jobs.started.connect(titles.append)
    dialog = opened(workspace, qtbot, sheet(tmp_path))
    qtbot.waitUntil(lambda: dialog.told.startswith("6 respondents · 5 answers"))
    assert titles[-1] == "Reading the sheet"
    assert f"{LONG} 1." in dialog.preview.toPlainText()
    # A newer choice overtakes the one that is looked at still.
    for role in ("Left out", "Attribute: text", "Left out"):
        choose(dialog, qtbot, 2, role)
    qtbot.waitUntil(lambda: "Alder" not in dialog.preview.toPlainText())
    qtbot.waitUntil(lambda: not jobs.busy)
    assert "Alder" not in dialog.preview.toPlainText()
    # The next look at it is closed as soon as it has begun.
    jobs.started.connect(lambda: QTimer.singleShot(0, dialog.reject))
    choose(dialog, qtbot, 2, "Attribute: text")
    qtbot.waitUntil(lambda: workspace.importer.survey is None)
    qtbot.waitUntil(lambda: not jobs.busy)
