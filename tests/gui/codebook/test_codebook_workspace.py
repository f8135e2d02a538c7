"""The codebook workspace, used as a person uses it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QColor, QDropEvent
from PySide6.QtWidgets import QColorDialog, QDialogButtonBox, QPlainTextEdit
from pytestqt.qtbot import QtBot

from qda.gui.codebook.usage import usage_of
from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.widgets.code_tree import code_mime
from qda.model.entities import Code
from qda.operations import codes as operations
from qda.operations.codings import NewCoding, add_codings
from qda.store import codes, documents

TOML = """name = "Annen"

[[codes]]
name = "rutiner"
definition = "Det som gjøres likt hver gang."

[[codes]]
name = "tillit"
color = "#102030"
"""


@pytest.fixture
def workspace(qtbot: QtBot, study: Context) -> Iterator[CodebookWorkspace]:
    """The workspace in a window on the study."""
    yield from open_window(qtbot, study)


@pytest.fixture
def fresh(qtbot: QtBot, context: Context) -> Iterator[CodebookWorkspace]:
    """The workspace in a window on a project without codes."""
    yield from open_window(qtbot, context)


def open_window(qtbot: QtBot, context: Context) -> Iterator[CodebookWorkspace]:
    made = CodebookWorkspace(context)
    window = MainWindow(context, [made])
    qtbot.addWidget(window)
    window.resize(1100, 760)
    window.show()
    window.start("codebook")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    # As the application does before it closes the project.
    window.save_state()


def all_codes(workspace: CodebookWorkspace) -> dict[str, Code]:
    found = codes.all_codes(workspace.context.bridge.project.connection)
    return {code.name: code for code in found}


def choose(workspace: CodebookWorkspace, name: str) -> None:
    assert workspace.tree_pane.choose(all_codes(workspace)[name].id)


def write(qtbot: QtBot, workspace: CodebookWorkspace, key: str, text: str) -> None:
    """Replace what stands in a field and leave it by Tab."""
    editor = workspace.editor.fields[key].editor
    editor.setFocus()
    qtbot.waitUntil(editor.hasFocus)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    qtbot.keyClick(editor, Qt.Key.Key_Tab)


def steps(workspace: CodebookWorkspace) -> int:
    return len([step for step in workspace.context.bridge.session.steps() if not step.undone])


def names_in_order(workspace: CodebookWorkspace) -> list[str]:
    return [code.name for code in workspace.tree_pane.model.codes()]


def test_shows_the_fields_and_the_use_of_the_code_at_hand(workspace: CodebookWorkspace) -> None:
    choose(workspace, "rutiner")
    assert workspace.editor.fields["name"].text() == "rutiner"
    assert workspace.editor.usage_text() == "1 segment in 1 source (Ingrid 1)."
    choose(workspace, "tavlemøte")
    assert workspace.editor.usage_text() == "Not used yet."


def test_a_parent_tells_the_use_of_its_subcodes(workspace: CodebookWorkspace) -> None:
    session = workspace.context.bridge.session
    above = session.run(operations.add_code, coder="Ingrid", name="alt").value.id
    moved = all_codes(workspace)["rutiner"].id
    session.run(operations.move_code, coder="Ingrid", code=moved, parent=above)
    choose(workspace, "alt")
    assert workspace.editor.usage_text() == "Not used itself; its subcodes have 1 segment."


@pytest.mark.parametrize(
    ("key", "text", "kept"),
    [
        ("name", "faste rutiner", "faste rutiner"),
        ("definition", "Det som gjøres likt.", "Det som gjøres likt."),
        ("include", "tavle", "tavle"),
        ("exclude", "mål", "mål"),
        ("example", "«Hver mandag.»", "«Hver mandag.»"),
        ("keywords", "tavle, frist , tavle", ("tavle", "frist")),
        ("scale", "lav, middels, høy", ("lav", "middels", "høy")),
        ("shortcut", "7", "7"),
    ],
)
def test_a_field_is_saved_in_one_step_when_it_is_left(
    qtbot: QtBot, workspace: CodebookWorkspace, key: str, text: str, kept: object
) -> None:
    choose(workspace, "rutiner")
    code, before = all_codes(workspace)["rutiner"], steps(workspace)
    write(qtbot, workspace, key, text)
    project = workspace.context.bridge.project
    assert getattr(codes.by_id(project.connection, code.id), key) == kept
    assert steps(workspace) == before + 1
    workspace.context.bridge.undo()
    assert codes.by_id(project.connection, code.id) == code
    assert workspace.editor.code == code


def test_a_field_is_saved_after_a_pause(qtbot: QtBot, workspace: CodebookWorkspace) -> None:
    choose(workspace, "rutiner")
    editor = workspace.editor.fields["definition"].editor
    editor.setFocus()
    with qtbot.waitSignal(workspace.context.bridge.changed):
        qtbot.keyClicks(editor, "Likt hver gang ")
    assert all_codes(workspace)["rutiner"].definition == "Likt hver gang"
    # What is being typed is not touched by the echo: the blank stays.
    assert workspace.editor.fields["definition"].text() == "Likt hver gang "
    assert editor.hasFocus()


def test_undo_brings_the_old_text_back_into_the_field(
    qtbot: QtBot, workspace: CodebookWorkspace
) -> None:
    choose(workspace, "rutiner")
    write(qtbot, workspace, "definition", "Ny tekst")
    workspace.context.bridge.undo()
    assert workspace.editor.fields["definition"].text() == ""
    workspace.context.bridge.redo()
    assert workspace.editor.fields["definition"].text() == "Ny tekst"


def test_a_name_that_is_taken_is_said_beside_the_field(
    qtbot: QtBot, workspace: CodebookWorkspace
) -> None:
    workspace.add_top()
    write(qtbot, workspace, "name", "rutiner")
    assert "rutiner" in workspace.editor.fields["name"].error()
    assert "New code" in all_codes(workspace)
    write(qtbot, workspace, "name", "tillit")
    assert workspace.editor.fields["name"].error() == ""
    assert "tillit" in all_codes(workspace)


def test_a_refused_name_stays_while_another_field_is_saved(
    qtbot: QtBot, workspace: CodebookWorkspace
) -> None:
    workspace.add_top()
    write(qtbot, workspace, "name", "rutiner")
    write(qtbot, workspace, "definition", "Noe annet")
    assert all_codes(workspace)["New code"].definition == "Noe annet"
    assert workspace.editor.fields["name"].text() == "rutiner"
    assert workspace.editor.fields["name"].error()


def test_a_key_that_is_taken_is_said_while_typing(
    qtbot: QtBot, workspace: CodebookWorkspace
) -> None:
    choose(workspace, "rutiner")
    write(qtbot, workspace, "shortcut", "2")
    choose(workspace, "tavlemøte")
    editor = workspace.editor.fields["shortcut"].editor
    editor.setFocus()
    qtbot.keyClicks(editor, "2")
    assert "rutiner" in workspace.editor.fields["shortcut"].error()
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert all_codes(workspace)["tavlemøte"].shortcut == ""


def test_a_key_is_one_character(qtbot: QtBot, workspace: CodebookWorkspace) -> None:
    choose(workspace, "rutiner")
    write(qtbot, workspace, "shortcut", "abc")
    assert all_codes(workspace)["rutiner"].shortcut == "a"


def test_a_scale_keeps_values_in_use(qtbot: QtBot, workspace: CodebookWorkspace) -> None:
    from qda.operations import codings

    choose(workspace, "rutiner")
    write(qtbot, workspace, "scale", "lav, høy")
    session = workspace.context.bridge.session
    coding = session.project.connection.execute("SELECT id FROM coding").fetchone()[0]
    session.run(codings.set_value, coder="Ingrid", coding=coding, value="høy")
    write(qtbot, workspace, "scale", "lav")
    assert "høy" in workspace.editor.fields["scale"].error()
    assert all_codes(workspace)["rutiner"].scale == ("lav", "høy")


def test_a_new_code_can_be_named_at_once(qtbot: QtBot, workspace: CodebookWorkspace) -> None:
    qtbot.keyClick(workspace.tree_pane.tree, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    editor = workspace.editor.fields["name"].editor
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClicks(editor, "tillit")
    qtbot.keyClick(editor, Qt.Key.Key_Tab)
    assert all_codes(workspace)["tillit"].parent is None
    choose(workspace, "tillit")
    workspace.add_below()
    assert all_codes(workspace)["New code"].parent == all_codes(workspace)["tillit"].id


def test_two_new_codes_get_different_names(workspace: CodebookWorkspace) -> None:
    workspace.add_top()
    workspace.add_top()
    assert len([name for name in all_codes(workspace) if name.startswith("New code")]) == 2


def test_delete_removes_with_a_notice_and_undo_brings_it_back(
    qtbot: QtBot, workspace: CodebookWorkspace
) -> None:
    choose(workspace, "rutiner")
    workspace.tree_pane.tree.setFocus()
    with qtbot.waitSignal(workspace.context.bridge.noticed) as said:
        qtbot.keyClick(workspace.tree_pane.tree, Qt.Key.Key_Delete)
    assert said.args == ["Removed rutiner with 1 subcode, 1 coding."]
    assert not all_codes(workspace)
    assert workspace.empty.isVisible()
    workspace.context.bridge.undo()
    assert set(all_codes(workspace)) == {"rutiner", "tavlemøte"}
    assert workspace.tree_pane.isVisible()


def test_delete_in_a_field_deletes_a_letter(qtbot: QtBot, workspace: CodebookWorkspace) -> None:
    choose(workspace, "rutiner")
    editor = workspace.editor.fields["name"].editor
    qtbot.keyClick(workspace.tree_pane.tree, Qt.Key.Key_F2)
    qtbot.waitUntil(editor.hasFocus)
    qtbot.keyClick(editor, Qt.Key.Key_Home)
    qtbot.keyClick(editor, Qt.Key.Key_Delete)
    assert workspace.editor.fields["name"].text() == "utiner"
    assert "rutiner" in all_codes(workspace)


def test_codes_move_by_keys(qtbot: QtBot, workspace: CodebookWorkspace) -> None:
    keys, tree = Qt.KeyboardModifier, workspace.tree_pane.tree
    both = keys.AltModifier | keys.ShiftModifier
    choose(workspace, "tavlemøte")
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_Left, both)
    assert names_in_order(workspace) == ["rutiner", "tavlemøte"]
    assert all_codes(workspace)["tavlemøte"].parent is None
    qtbot.keyClick(tree, Qt.Key.Key_Up, both)
    assert names_in_order(workspace) == ["tavlemøte", "rutiner"]
    qtbot.keyClick(tree, Qt.Key.Key_Down, both)
    assert names_in_order(workspace) == ["rutiner", "tavlemøte"]
    qtbot.keyClick(tree, Qt.Key.Key_Right, both)
    assert all_codes(workspace)["tavlemøte"].parent == all_codes(workspace)["rutiner"].id
    before = steps(workspace)
    qtbot.keyClick(tree, Qt.Key.Key_Up, both)
    qtbot.keyClick(tree, Qt.Key.Key_Right, both)
    assert steps(workspace) == before, "nowhere to go changes nothing"


def test_a_dropped_code_moves(workspace: CodebookWorkspace) -> None:
    model = workspace.tree_pane.model
    data = code_mime(all_codes(workspace)["tavlemøte"].id)
    assert model.dropMimeData(data, Qt.DropAction.MoveAction, 0, 0, model.index(-1, -1))
    assert names_in_order(workspace) == ["tavlemøte", "rutiner"]


def test_a_code_merges_into_another(qtbot: QtBot, workspace: CodebookWorkspace) -> None:
    choose(workspace, "tavlemøte")
    workspace.ask_merge()
    assert workspace.chooser is not None
    assert [item.title for item in workspace.chooser.shown_items()] == ["rutiner"]
    field = workspace.chooser.focusWidget()
    assert field is not None
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert set(all_codes(workspace)) == {"rutiner"}
    workspace.context.bridge.undo()
    assert set(all_codes(workspace)) == {"rutiner", "tavlemøte"}


def test_a_code_is_not_offered_what_stands_below_it(workspace: CodebookWorkspace) -> None:
    choose(workspace, "rutiner")
    workspace.ask_merge()
    assert workspace.chooser is not None
    assert workspace.chooser.shown_items() == []
    workspace.chooser.dismiss()


def test_a_swatch_recolours(qtbot: QtBot, workspace: CodebookWorkspace) -> None:
    choose(workspace, "rutiner")
    row = workspace.editor.colors
    workspace.focus_color()
    swatch = row.focusWidget()
    assert swatch is not None
    qtbot.keyClick(swatch, Qt.Key.Key_Right)
    following = row.focusWidget()
    assert following is not None
    assert following is not swatch
    qtbot.keyClick(following, Qt.Key.Key_Space)
    assert all_codes(workspace)["rutiner"].color == "#228b4b"
    workspace.context.bridge.undo()
    assert row.color() == "#3f6fa8"


def test_any_colour_can_be_chosen(workspace: CodebookWorkspace) -> None:
    choose(workspace, "rutiner")
    workspace.editor.colors.ask_color()
    dialog = workspace.editor.colors.findChild(QColorDialog)
    assert dialog is not None
    dialog.setCurrentColor(QColor("#AA5500"))
    dialog.accept()
    assert all_codes(workspace)["rutiner"].color == "#aa5500"


def test_the_segments_are_listed_where_one_codes(
    qtbot: QtBot, workspace: CodebookWorkspace
) -> None:
    choose(workspace, "rutiner")
    code = all_codes(workspace)["rutiner"].id
    # The window would look for the coding workspace, which this one does not have.
    window = workspace.window()
    assert isinstance(window, MainWindow)
    workspace.context.navigator.place_wanted.disconnect(window.show_place)
    with qtbot.waitSignal(workspace.context.navigator.place_wanted) as wanted:
        workspace.list_segments()
    assert wanted.args == [Place("coding", code=code)]


def test_an_empty_project_takes_the_shipped_codebook(
    qtbot: QtBot, fresh: CodebookWorkspace
) -> None:
    assert fresh.empty.isVisible()
    with qtbot.waitSignal(fresh.context.bridge.noticed):
        fresh.empty.button_clicked.emit()
    assert sum(code.parent is None for code in all_codes(fresh).values()) == 5
    assert steps(fresh) == 1
    fresh.context.bridge.undo()
    assert fresh.empty.isVisible()


def test_an_imported_codebook_is_shown_before_it_changes_anything(
    qtbot: QtBot, workspace: CodebookWorkspace, tmp_path: Path
) -> None:
    path = tmp_path / "annen.toml"
    path.write_text(TOML, encoding="utf-8")
    before = steps(workspace)
    with qtbot.waitSignal(workspace.context.jobs.finished):
        workspace.files.import_path(path)
    qtbot.waitUntil(lambda: workspace.files.dialog is not None)
    dialog = workspace.files.dialog
    assert dialog is not None
    said = dialog.text()
    for words in ("tillit", "Det som gjøres likt hver gang.", "nothing", "rutiner/tavlemøte"):
        assert words in said
    assert dialog.summary() == "1 code is new, 1 is changed."
    assert steps(workspace) == before
    apply = [
        one for one in dialog.buttons.buttons()
        if dialog.buttons.buttonRole(one) == QDialogButtonBox.ButtonRole.AcceptRole
    ]  # fmt: skip
    qtbot.mouseClick(apply[0], Qt.MouseButton.LeftButton)
    assert set(all_codes(workspace)) == {"rutiner", "tavlemøte", "tillit"}
    assert all_codes(workspace)["rutiner"].definition == "Det som gjøres likt hver gang."
    assert steps(workspace) == before + 1


def test_a_codebook_that_says_nothing_new_offers_nothing(workspace: CodebookWorkspace) -> None:
    dialog = workspace.files.show_plan("samme.toml", workspace.actions_on_codes.as_codebook())
    assert "already" in dialog.summary()
    assert len(dialog.buttons.buttons()) == 1
    dialog.reject()


def test_a_broken_codebook_is_said_in_words(
    qtbot: QtBot, workspace: CodebookWorkspace, tmp_path: Path
) -> None:
    path = tmp_path / "ødelagt.toml"
    path.write_text("[[codes", encoding="utf-8")
    window = workspace.window()
    assert isinstance(window, MainWindow)
    workspace.context.jobs.failed.disconnect(window._on_failed)  # noqa: SLF001 - its dialog
    with qtbot.waitSignal(workspace.context.jobs.failed) as failed:
        workspace.files.import_path(path)
    assert failed.args is not None
    assert "ødelagt.toml" in str(failed.args[0])
    assert set(all_codes(workspace)) == {"rutiner", "tavlemøte"}


def test_a_dropped_file_is_imported(
    qtbot: QtBot, workspace: CodebookWorkspace, tmp_path: Path
) -> None:
    path = tmp_path / "annen.toml"
    path.write_text(TOML, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    workspace.dropEvent(event)
    qtbot.waitUntil(lambda: workspace.files.dialog is not None)
    dialog = workspace.files.dialog
    assert dialog is not None
    dialog.reject()
    assert "tillit" not in all_codes(workspace)


@pytest.mark.parametrize("ending", [".toml", ".csv", ".xlsx", ".docx", ".md", ".html", ".qdc"])
def test_the_codebook_is_exported(
    qtbot: QtBot, workspace: CodebookWorkspace, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"kodebok{ending}"
    with qtbot.waitSignal(workspace.context.bridge.told) as told:
        workspace.files.export_path(path)
    assert path.stat().st_size > 0
    assert told.args == [f"The codebook is in kodebok{ending}."]


def test_a_read_only_project_can_be_read(qtbot: QtBot, study: Context) -> None:
    from qda.app.session import Session
    from qda.gui.job_runner import JobRunner
    from qda.gui.session_bridge import SessionBridge

    session = Session.open(study.bridge.project.path)
    assert session.project.read_only
    bridge = SessionBridge(session)
    jobs = JobRunner()
    context = Context(bridge, jobs, study.settings, study.theme, study.navigator)
    for made in open_window(qtbot, context):
        choose(made, "rutiner")
        enabled = {command.id: command.enabled() for command in made.commands()}
        changing = ("codebook.new", "codebook.remove", "codebook.merge", "codebook.import")
        assert not any(enabled[one] for one in changing)
        assert enabled["codebook.export"]
        editor = made.editor.fields["name"].editor
        assert editor.isReadOnly()
    bridge.detach()
    session.close()


def test_every_widget_has_a_name_for_a_screen_reader(workspace: CodebookWorkspace) -> None:
    for field in workspace.editor.fields.values():
        assert field.editor.accessibleName()
        if isinstance(field.editor, QPlainTextEdit):
            assert field.editor.tabChangesFocus()
    assert workspace.tree_pane.tree.accessibleName()
    assert workspace.tree_pane.add.accessibleName()


def test_use_by_one_coder_is_what_asking_for_each_coder_says(study: Context) -> None:
    project, session = study.bridge.project, study.bridge.session
    everything = codes.all_codes(project.connection)

    def said() -> list[tuple[int, int, int]]:
        found: list[tuple[int, int, int]] = []
        for one in everything:
            usage = usage_of(project, one.id)
            asked = codes.usage(project.connection, one.id)
            assert usage.by_coder == tuple((who, own) for who, own, _ in asked if own)
            assert usage.family == sum(count for _, _, count in asked)
            found.append((usage.own, usage.documents, usage.family))
        return found

    alone = said()
    assert (1, 1, 1) in alone
    document = documents.listed(project.connection)[0].id
    new = [NewCoding(document, everything[1].id, 0, 5)]
    session.run(add_codings, coder=session.coder, new=new)
    more = said()
    assert more != alone
    session.undo()
    assert said() == alone
    session.redo()
    session.run(add_codings, coder="Per", new=[NewCoding(document, everything[0].id, 0, 9)])
    assert said() != more
    assert usage_of(project, everything[0].id, "Per").own == 1
