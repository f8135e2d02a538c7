"""Comparing with a colleague's codebook and keeping versions, as a person does it."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from qda.gui import session_bridge
from qda.gui.codebook.merge_dialog import MergeDialog
from qda.gui.codebook.versions_dialog import VersionsDialog
from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.model.codebook import Codebook
from qda.operations import codes as operations
from qda.operations.codebook import as_codebook
from qda.store import codes

THEIRS = """name = "Fra Ola"

[[codes]]
name = "rutiner"
definition = "Deres ord."
include = "tavle"

[[codes]]
name = "tillit"
definition = "Å stole på noen."
"""


@pytest.fixture
def workspace(qtbot: QtBot, study: Context) -> Iterator[CodebookWorkspace]:
    """The codebook in a window on the study."""
    made = CodebookWorkspace(study)
    window = MainWindow(study, [made])
    qtbot.addWidget(window)
    window.resize(1100, 760)
    window.show()
    window.start("codebook")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    window.save_state()


def names(workspace: CodebookWorkspace) -> list[str]:
    every = codes.all_codes(workspace.context.bridge.project.connection)
    return list(codes.path_texts(every).values())


def definition(workspace: CodebookWorkspace, name: str) -> str:
    every = codes.all_codes(workspace.context.bridge.project.connection)
    return next(one.definition for one in every if one.name == name)


def steps(workspace: CodebookWorkspace) -> int:
    return len([step for step in workspace.context.bridge.session.steps() if not step.undone])


def define(workspace: CodebookWorkspace, text: str) -> None:
    session = workspace.context.bridge.session
    code = codes.all_codes(session.project.connection)[0]
    from dataclasses import replace

    session.run(operations.edit_code, coder="Ingrid", code=replace(code, definition=text))


def compared(qtbot: QtBot, workspace: CodebookWorkspace, path: Path) -> MergeDialog:
    path.write_text(THEIRS, encoding="utf-8")
    workspace.exchange.compare_path(path)
    qtbot.waitUntil(lambda: workspace.exchange.merging is not None)
    dialog = workspace.exchange.merging
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def rows(dialog: MergeDialog) -> list[tuple[str, ...]]:
    model = dialog.model
    return [
        tuple(str(model.index(row, column).data()) for column in range(model.columnCount()))
        for row in range(model.rowCount())
    ]


def choose_row(dialog: MergeDialog, words: str) -> None:
    row = next(number for number, texts in enumerate(rows(dialog)) if words in texts)
    dialog.table.selectRow(row)
    dialog.table.setFocus()


def shared_before(workspace: CodebookWorkspace) -> None:
    """Let the project know what both had: its codebook as it is now, sent to a colleague."""
    workspace.actions_on_codes.remember_export(
        as_codebook(workspace.context.bridge.project), "til ola.toml"
    )


def test_every_difference_is_decided_by_keys(
    qtbot: QtBot, workspace: CodebookWorkspace, tmp_path: Path
) -> None:
    define(workspace, "Før.")
    shared_before(workspace)
    define(workspace, "Våre ord.")
    before = steps(workspace)
    dialog = compared(qtbot, workspace, tmp_path / "ola.toml")
    assert rows(dialog) == [
        ("Decide", "rutiner", "Definition", "both"),
        ("Theirs", "rutiner", "Include", "the file"),
        ("Remove", "rutiner / tavlemøte", "No longer in the file", "the file"),
        ("Add", "tillit", "Only in the file", "the file"),
    ]
    assert dialog.summary() == "4 differences, 1 for you to decide."
    assert not dialog.merge.isEnabled()
    assert {key: text.text() for key, text in dialog.texts.items()} == {
        "base": "Før.",
        "ours": "Våre ord.",
        "theirs": "Deres ord.",
    }
    table = dialog.table
    table.setFocus()
    qtbot.keyClick(table, Qt.Key.Key_Right)
    assert dialog.merge.isEnabled()
    assert dialog.side.value() == "theirs"
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Left)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    qtbot.keyClick(table, Qt.Key.Key_Space)
    assert [texts[0] for texts in rows(dialog)] == ["Theirs", "Ours", "Keep", "Add"]
    with qtbot.waitSignal(workspace.context.bridge.noticed) as said:
        qtbot.keyClick(dialog, Qt.Key.Key_Return)
    assert said.args == ["Merged ola.toml: 1 code added, 1 field changed."]
    assert names(workspace) == ["rutiner", "rutiner/tavlemøte", "tillit"]
    assert definition(workspace, "rutiner") == "Deres ord."
    assert steps(workspace) == before + 1
    workspace.context.bridge.undo()
    assert names(workspace) == ["rutiner", "rutiner/tavlemøte"]
    assert definition(workspace, "rutiner") == "Våre ord."


def test_all_at_once_and_back_to_what_is_suggested(
    qtbot: QtBot, workspace: CodebookWorkspace, tmp_path: Path
) -> None:
    define(workspace, "Før.")
    shared_before(workspace)
    define(workspace, "Våre ord.")
    dialog = compared(qtbot, workspace, tmp_path / "ola.toml")
    qtbot.mouseClick(dialog.all_ours, Qt.MouseButton.LeftButton)
    assert [texts[0] for texts in rows(dialog)] == ["Ours", "Ours", "Keep", "Leave out"]
    qtbot.mouseClick(dialog.all_theirs, Qt.MouseButton.LeftButton)
    assert [texts[0] for texts in rows(dialog)] == ["Theirs", "Theirs", "Remove", "Add"]
    qtbot.mouseClick(dialog.suggested, Qt.MouseButton.LeftButton)
    assert dialog.model.undecided() == 1
    dialog.reject()
    assert names(workspace) == ["rutiner", "rutiner/tavlemøte"]


def test_a_code_in_use_can_only_be_kept(qtbot: QtBot, workspace: CodebookWorkspace) -> None:
    shared_before(workspace)
    below = as_codebook(workspace.context.bridge.project).codes[0].children[0]
    dialog = workspace.exchange.show_merge("ola.csv", Codebook("Ola", (below,)))
    choose_row(dialog, "rutiner")
    assert not dialog.side.isEnabled()
    qtbot.keyClick(dialog.table, Qt.Key.Key_Right)
    dialog.model.take_all("theirs")
    assert ("Keep", "rutiner", "No longer in the file", "the file, but it is in use") in rows(
        dialog
    )
    qtbot.mouseClick(dialog.merge, Qt.MouseButton.LeftButton)
    assert names(workspace) == ["tavlemøte", "rutiner"]


def test_without_a_common_version_what_differs_is_asked(
    qtbot: QtBot, workspace: CodebookWorkspace, tmp_path: Path
) -> None:
    define(workspace, "Våre ord.")
    dialog = compared(qtbot, workspace, tmp_path / "ola.toml")
    assert [texts[:3] for texts in rows(dialog)] == [
        ("Decide", "rutiner", "Definition"),
        ("Theirs", "rutiner", "Include"),
        ("Add", "tillit", "Only in the file"),
    ]
    choose_row(dialog, "Only in the file")
    assert dialog.texts["ours"].text() == "not there"
    dialog.reject()


def test_the_same_codebook_has_nothing_to_merge(workspace: CodebookWorkspace) -> None:
    same = as_codebook(workspace.context.bridge.project)
    dialog = workspace.exchange.show_merge("samme.toml", same)
    assert "already" in dialog.summary()
    assert not dialog.merge.isEnabled()
    dialog.reject()


def opened(qtbot: QtBot, workspace: CodebookWorkspace) -> VersionsDialog:
    workspace.exchange.save_version()
    dialog = workspace.exchange.versions
    assert dialog is not None
    qtbot.waitUntil(dialog.isVisible)
    return dialog


def save(qtbot: QtBot, dialog: VersionsDialog, name: str) -> None:
    dialog.focus_name()
    qtbot.keyClicks(dialog.name, name)
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)


def test_a_version_is_named_compared_and_gone_back_to(
    qtbot: QtBot, workspace: CodebookWorkspace
) -> None:
    define(workspace, "Før.")
    dialog = opened(qtbot, workspace)
    assert "No version" in dialog.heading()
    qtbot.waitUntil(dialog.name.hasFocus)
    save(qtbot, dialog, "runde en")
    assert dialog.isVisible(), "Enter names the version and leaves the dialog open"
    assert dialog.list.currentItem().text().startswith("runde en\n")
    assert dialog.heading() == "The same."
    assert not dialog.back.isEnabled()
    define(workspace, "Etter.")
    workspace.actions_on_codes.add(None, "tillit")
    assert dialog.heading() == "2 changes since this version."
    for words in ("Etter.", "Før.", "tillit"):
        assert words in dialog.text()
    save(qtbot, dialog, "runde to")
    dialog.list.setCurrentRow(1)
    dialog.until.setCurrentIndex(1)
    assert dialog.heading() == "2 changes since this version."
    before = steps(workspace)
    with qtbot.waitSignal(workspace.context.bridge.noticed) as said:
        qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert said.args == ["The codebook is as in runde en."]
    assert definition(workspace, "rutiner") == "Før."
    assert names(workspace) == ["rutiner", "rutiner/tavlemøte"]
    assert steps(workspace) == before + 1
    workspace.context.bridge.undo()
    assert definition(workspace, "rutiner") == "Etter."
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: workspace.exchange.versions is None)


def test_what_is_large_is_merged_and_gone_back_to_beside_the_window(
    qtbot: QtBot, workspace: CodebookWorkspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, bridge = workspace.context.jobs, workspace.context.bridge
    titles: list[str] = []
    jobs.started.connect(titles.append)
    dialog = opened(qtbot, workspace)
    save(qtbot, dialog, "runde en")
    define(workspace, "Etter.")
    before, kept = steps(workspace), names(workspace)
    monkeypatch.setattr(session_bridge, "LARGE", 0)
    with qtbot.waitSignal(bridge.noticed) as said:
        qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
        # Closed meanwhile, it is told all the same.
        dialog.reject()
    assert said.args == ["The codebook is as in runde en."]
    assert definition(workspace, "rutiner") != "Etter."
    merging = compared(qtbot, workspace, tmp_path / "ola.toml")
    merging.all_theirs.click()
    with qtbot.waitSignal(bridge.noticed) as said:
        merging.merge.click()
    assert said.args is not None
    assert said.args[0].startswith("Merged ola.toml: ")
    assert titles == ["Going back to a version", "Reading the codebook", "Merging the codebook"]
    assert steps(workspace) == before + 2
    for _ in range(2):
        with qtbot.waitSignal(bridge.step_taken):
            bridge.undo(jobs)
    assert (names(workspace), definition(workspace, "rutiner")) == (kept, "Etter.")


def test_a_name_that_is_taken_is_said_beside_the_field(
    qtbot: QtBot, workspace: CodebookWorkspace
) -> None:
    dialog = opened(qtbot, workspace)
    save(qtbot, dialog, "en")
    save(qtbot, dialog, "en")
    assert "en" in dialog.trouble.text()
    dialog.name.clear()
    save(qtbot, dialog, "to")
    assert dialog.trouble.text() == ""
    assert dialog.list.count() == 2
    dialog.reject()


def test_what_is_kept_is_told_when_going_back(qtbot: QtBot, workspace: CodebookWorkspace) -> None:
    from qda.operations import memos

    dialog = opened(qtbot, workspace)
    save(qtbot, dialog, "en")
    made = workspace.actions_on_codes.add(None, "tillit")
    assert made is not None
    session = workspace.context.bridge.session
    session.run(memos.add_memo, coder="Ingrid", on="code", target=made, text="Se her.")
    with qtbot.waitSignal(workspace.context.bridge.noticed) as said:
        # Nothing else differs, so the button has nothing to do and is off.
        assert not dialog.back.isEnabled()
        define(workspace, "Nytt.")
        qtbot.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    assert said.args == ["The codebook is as in en; kept, since in use: tillit."]
    assert "tillit" in names(workspace)
    dialog.reject()


def test_an_export_is_kept_as_a_version(
    qtbot: QtBot, workspace: CodebookWorkspace, tmp_path: Path
) -> None:
    before = steps(workspace)
    for ending in ("toml", "docx"):
        with qtbot.waitSignal(workspace.files.written):
            workspace.files.export_path(tmp_path / f"ut.{ending}")
    assert steps(workspace) == before
    dialog = opened(qtbot, workspace)
    assert dialog.list.count() == 1
    assert dialog.list.item(0).text().startswith("Exported to ut.toml\n")
    dialog.reject()


def test_a_read_only_project_shows_its_versions(qtbot: QtBot, study: Context) -> None:
    from qda.app.session import Session
    from qda.gui.session_bridge import SessionBridge

    session = Session.open(study.bridge.project.path)
    assert session.project.read_only
    bridge = SessionBridge(session)
    dialog = VersionsDialog(replace(study, bridge=bridge))
    qtbot.addWidget(dialog)
    assert not dialog.save.isEnabled()
    assert not dialog.back.isEnabled()
    dialog.reject()
    bridge.detach()
    session.close()


def test_every_command_of_sharing_is_there(workspace: CodebookWorkspace) -> None:
    by_id = {command.id: command for command in workspace.commands()}
    wanted = ("codebook.compare", "codebook.save_version", "codebook.versions")
    assert all(by_id[one].enabled() for one in wanted)
    shortcuts = [one.shortcut for one in workspace.commands() if one.shortcut]
    assert len(set(shortcuts)) == len(shortcuts)


def test_everything_has_a_name_for_a_screen_reader(
    qtbot: QtBot, workspace: CodebookWorkspace, tmp_path: Path
) -> None:
    define(workspace, "Våre ord.")
    dialog = compared(qtbot, workspace, tmp_path / "ola.toml")
    assert dialog.table.accessibleName()
    cell = dialog.model.index(0, 0)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "rutiner, Definition, both, Decide"
    assert not cell.data(Qt.ItemDataRole.DecorationRole).isNull()
    focused: set[object] = set()
    dialog.table.setFocus()
    for _ in range(12):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        focused.add(QApplication.focusWidget())
    assert {dialog.table, dialog.all_theirs, dialog.all_ours, dialog.suggested} <= focused
    dialog.reject()
