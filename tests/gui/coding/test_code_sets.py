"""Code sets in the coding room: made of picked codes, shown alone, changed, deleted."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QMenu

from qda.gui.coding.code_set_dialog import CodeSetDialog
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.widgets import roles
from qda.model.ids import CodeId
from qda.operations import code_sets as verbs
from qda.operations import codes
from qda.store import code_sets
from qda.store import codes as code_rows

CodeIn = Callable[..., int]
FindCode = Callable[[str], CodeId]
OLAVS = "Hvor mange som er godkjent."


def press(window: MainWindow, command: str) -> None:
    action = window.actions_by_command.action(command)
    QTest.keySequence(window.focusWidget() or window, action.shortcut())


def save(context: Context, name: str, *members: CodeId) -> None:
    context.bridge.run(verbs.save_code_set, name=name, members=members)


def names(context: Context) -> dict[str, tuple[CodeId, ...]]:
    project = context.bridge.project
    return {one.name: one.codes for one in code_sets.all_sets(project.connection)}


def in_tree(room: CodingWorkspace) -> set[str]:
    """Return the names of the rows that the tree of codes shows."""
    tree, model = room.code_pane.tree, room.code_pane.model
    return {
        code.name
        for code in model.codes()
        if not tree.isRowHidden(model.index_of(code.id).row(), model.index_of(code.id).parent())
    }


def shown(room: CodingWorkspace) -> set[str]:
    return {one.sub_label or one.label for one in room.view.segments()}


def dialog_of(room: CodingWorkspace) -> CodeSetDialog:
    found = room.code_sets.dialog
    assert found is not None
    return found


def test_a_set_is_made_of_the_picked_codes_with_the_keyboard(
    coding_window: MainWindow, coding_room: CodingWorkspace, study: Context, code_id: FindCode
) -> None:
    below = study.bridge.run(codes.add_code, name="tavle", parent=code_id("rutiner"))
    assert below is not None
    tree = coding_room.code_pane.tree
    tree.setFocus()
    coding_room.code_pane.choose(code_id("rutiner"))
    press(coding_window, "coding.new_set")
    dialog = dialog_of(coding_room)
    assert dialog.focusWidget() is dialog.name
    assert set(dialog.members()) == {code_id("rutiner"), *_below(study, code_id("rutiner"))}
    QTest.keyClicks(dialog.name, "Styring")
    dialog.tree.setFocus()
    dialog.tree.setCurrentIndex(dialog.tree.model().index(0, 0))
    before = dialog.members()
    QTest.keyClick(dialog.tree, Qt.Key.Key_Down)
    QTest.keyClick(dialog.tree, Qt.Key.Key_Space)
    save_button = dialog.buttons.button(QDialogButtonBox.StandardButton.Save)
    members = dialog.members()
    assert members
    assert len(set(members) ^ set(before)) == 1
    QTest.keyClick(save_button, Qt.Key.Key_Space)
    assert names(study) == {"Styring": members}
    study.bridge.undo()
    assert names(study) == {}


def _below(study: Context, code: CodeId) -> set[CodeId]:
    return set(codes.descendants(code_rows.all_codes(study.bridge.project.connection), code)) - {
        code
    }


def test_a_tick_goes_down_and_can_be_taken_back_below(
    coding_room: CodingWorkspace, study: Context, code_id: FindCode
) -> None:
    made = study.bridge.run(codes.add_code, name="tavle", parent=code_id("rutiner"))
    assert made is not None
    coding_room.code_sets.ask_new()
    dialog = dialog_of(coding_room)
    for code in dialog.members():
        dialog.tick(code, ticked=False)
    assert dialog.members() == ()
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled()
    dialog.tick(code_id("rutiner"), ticked=True)
    assert made.value.id in dialog.members()
    dialog.tick(made.value.id, ticked=False)
    assert code_id("rutiner") in dialog.members()
    assert made.value.id not in dialog.members()
    dialog.reject()


def test_only_the_codes_of_a_set_are_shown_and_the_tree_is_narrowed(
    coding_window: MainWindow,
    coding_room: CodingWorkspace,
    study: Context,
    code_words: CodeIn,
    code_id: FindCode,
) -> None:
    code_words(OLAVS, "tavlemøte")
    study.bridge.run(codes.add_code, name="annet")
    everything, rows = shown(coding_room), in_tree(coding_room)
    save(study, "Møter", code_id("tavlemøte"))
    coding_room.view.setFocus()
    press(coding_window, "coding.only_set")
    assert shown(coding_room) == {"tavlemøte"}
    assert coding_room.layer_bar.texts() == ["Only: the set Møter"]
    assert "tavlemøte" in in_tree(coding_room) < rows
    coding_room.layers.toggle_dim()
    assert (shown(coding_room), in_tree(coding_room)) == (everything, rows)
    index = coding_room.code_pane.model.index_of(code_id("rutiner"))
    assert index.data(roles.FAINT_ROLE)
    assert "not in the set" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert not coding_room.code_pane.model.index_of(code_id("tavlemøte")).data(roles.FAINT_ROLE)
    press(coding_window, "coding.only_set")
    assert (shown(coding_room), in_tree(coding_room)) == (everything, rows)


def test_the_layers_follow_a_set_that_is_changed_renamed_and_deleted(
    coding_room: CodingWorkspace, study: Context, code_words: CodeIn, code_id: FindCode
) -> None:
    code_words(OLAVS, "tavlemøte")
    everything = shown(coding_room)
    save(study, "Møter", code_id("tavlemøte"))
    (only,) = coding_room.layers.sets()
    coding_room.layers.toggle_set(only)
    coding_room.code_sets.ask_change(only)
    dialog = dialog_of(coding_room)
    dialog.name.setText("Rutiner")
    dialog.tick(code_id("tavlemøte"), ticked=False)
    dialog.tick(code_id("rutiner"), ticked=True)
    dialog.buttons.accepted.emit()
    assert coding_room.layer_bar.texts() == ["Only: the set Rutiner"]
    assert "rutiner" in shown(coding_room)
    coding_room.code_sets.remove(only)
    assert (names(study), shown(coding_room)) == ({}, everything)
    assert not coding_room.layers.layers.filters
    study.bridge.undo()
    assert list(names(study)) == ["Rutiner"]


def test_which_set_is_asked_where_there_are_several(
    coding_window: MainWindow, coding_room: CodingWorkspace, study: Context, code_id: FindCode
) -> None:
    save(study, "Møter & slikt", code_id("tavlemøte"))
    save(study, "Rutiner", code_id("rutiner"))
    coding_room.view.setFocus()
    press(coding_window, "coding.only_set")
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [one.text() for one in menu.actions()]
    assert texts == ["Only the set Møter && slikt", "Only the set Rutiner"]
    menu.actions()[1].trigger()
    menu.close()
    assert coding_room.layer_bar.texts() == ["Only: the set Rutiner"]
    coding_room.layers.show_set_too(coding_room.layers.sets()[0])
    assert len(coding_room.layer_bar.texts()) == 2
    coding_room.layers.drop_code(str(coding_room.layers.sets()[1].guid))
    assert coding_room.layer_bar.texts() == ["Only: the set Møter & slikt"]


def test_a_name_that_another_set_has_is_told_before_it_is_saved(
    coding_room: CodingWorkspace, study: Context, code_id: FindCode
) -> None:
    save(study, "Møter", code_id("tavlemøte"))
    coding_room.code_sets.ask_new()
    dialog = dialog_of(coding_room)
    dialog.name.setText("møter")
    assert not dialog.buttons.button(QDialogButtonBox.StandardButton.Save).isEnabled()
    dialog.reject()
