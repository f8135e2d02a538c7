"""What is typed is kept, what would be lost is jumped to, and earlier texts come back."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.correcting.dialog import CorrectionDialog, Proposal
from qda.gui.correcting.versions_dialog import TextVersionsDialog
from qda.gui.main_window import MainWindow
from qda.operations.corrections import correct_text
from qda.store import documents
from qda.text.edits import Edit

OpenEditor = Callable[..., CorrectionDialog]
CODED = "Da står vi foran tavla og teller planer."


def correct(study: Context, old: str, new: str, *, drop_lost: bool = False) -> None:
    """Correct some words of «Havnes veileder»."""
    connection = study.bridge.project.connection
    found = documents.find(connection, "Havnes veileder")[0].id
    edit = Edit(documents.text(connection, found).index(old), len(old), new)
    study.bridge.run(correct_text, document=found, edits=[edit], drop_lost=drop_lost)


def take_out(editor: CorrectionDialog, words: str) -> None:
    """Take some words out by the keyboard."""
    at = editor.editor.shown().index(words)
    editor.editor.select(at, at + len(words))
    QTest.keyClick(editor.editor, Qt.Key.Key_Delete)


def test_what_was_typed_and_not_saved_is_there_again(
    editor: CorrectionDialog, open_editor: OpenEditor, study: Context, qtbot: QtBot,
    text_now: Callable[[], str],
) -> None:  # fmt: skip
    before = text_now()
    editor.editor.go_to(before.index("mandager"))
    QTest.keyClicks(editor.editor, "tidlige ")
    with qtbot.waitSignal(study.bridge.told) as told:
        QTest.keyClick(editor, Qt.Key.Key_Escape)
    assert told.args is not None
    assert "is there again" in told.args[0]
    assert text_now() == before
    again = open_editor()
    assert "på tidlige mandager" in again.editor.shown()
    assert again.save_button.isEnabled()
    QTest.keyClick(again.editor, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert again.editor.shown() == before
    again.close()
    assert open_editor().editor.shown() == before, "nothing typed leaves nothing behind"


def test_what_was_typed_for_an_older_text_is_let_go(
    editor: CorrectionDialog, open_editor: OpenEditor, study: Context
) -> None:
    QTest.keyClicks(editor.editor, "Noe. ")
    editor.close()
    correct(study, "mandager", "tirsdager")
    assert "Noe." not in open_editor().editor.shown()


def test_each_coding_that_would_be_lost_or_changed_is_jumped_to(
    editor: CorrectionDialog, qtbot: QtBot
) -> None:
    take_out(editor, CODED)
    qtbot.waitUntil(editor.side.agree.isVisible)
    (lost,) = editor.side.list.quotes()
    editor.editor.go_to(0)
    editor.side.list.setFocus()
    editor.side.list.choose(lost.id)
    QTest.keyClick(editor.side.list, Qt.Key.Key_Return)
    start, end = editor.editor.selected()
    assert start == end
    assert editor.editor.shown()[:start].endswith("Veileder: ")


def test_a_turn_that_disappears_is_listed_with_its_place(
    editor: CorrectionDialog, qtbot: QtBot
) -> None:
    take_out(editor, "Intervjuer: Hva teller dere?\n")
    qtbot.waitUntil(editor.save_button.isEnabled)
    (gone,) = editor.side.list.quotes()
    assert gone.text == "Turn 3: Intervjuer"
    assert gone.attribution == "disappears"
    editor.side.list.quote_activated.emit(gone.id)
    start, _ = editor.editor.selected()
    assert editor.editor.shown()[start:].startswith("Veileder: Hvor mange")


def test_an_earlier_text_is_gone_back_to_with_what_it_costs_listed_first(
    open_editor: OpenEditor, study: Context, text_now: Callable[[], str],
    quotes_now: Callable[[], list[str]],
) -> None:  # fmt: skip
    before = text_now()
    correct(study, CODED, "Da står vi der. " + CODED)
    correct(study, "mandager", "tirsdager")
    editor = open_editor(Proposal(1, before))
    assert editor.editor.shown() == before
    assert editor.windowTitle() == "Go back to text 1 – Havnes veileder"
    assert "2 places are changed." in editor.side.text()
    editor.save()
    assert text_now() == before
    assert quotes_now() == [CODED]
    step = study.bridge.session.next_undo
    assert step is not None
    assert step.operation == "Go back to an earlier text"
    study.bridge.undo()
    assert "tirsdager" in text_now()


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The window with the coding room on «Havnes veileder»."""
    made = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.start("coding")
    room = made.workspace
    assert isinstance(room, CodingWorkspace)
    room.open_document(documents.find(study.bridge.project.connection, "Havnes veileder")[0].id)
    return made


def shown(window: MainWindow, kind: type[QDialog]) -> QDialog:
    (found,) = (one for one in window.findChildren(kind) if one.isVisible())
    return found


def test_earlier_texts_are_listed_compared_and_gone_back_to_from_the_room(
    window: MainWindow, study: Context, qtbot: QtBot, text_now: Callable[[], str]
) -> None:
    before = text_now()
    correct(study, "mandager", "tirsdager")
    correct(study, "Klokka ni", "Klokka ti")
    window.actions_by_command.action("coding.versions").trigger()
    dialog = shown(window, TextVersionsDialog)
    assert isinstance(dialog, TextVersionsDialog)
    listed = [dialog.list.item(row).text() for row in range(dialog.list.count())]
    assert [one.partition("\n")[0] for one in listed] == [
        "Text 3: Correct a text", "Text 2: Correct a text", "Text 1: Imported",
    ]  # fmt: skip
    assert "Ingrid · 1 place · the present text" in listed[0]
    assert dialog.heading() == "1 place differs."
    assert "Klokka ni" in dialog.text()
    assert "Klokka ti" in dialog.text()
    dialog.list.setFocus()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.heading() == "2 places differ."
    assert "tirsdager" in dialog.text()
    dialog.mode.value_changed.emit(dialog.mode.value())
    dialog.mode.set_value("whole")
    dialog.mode.value_changed.emit("whole")
    assert dialog.text() == before
    QTest.mouseClick(dialog.back, Qt.MouseButton.LeftButton)
    editor = shown(window, CorrectionDialog)
    assert isinstance(editor, CorrectionDialog)
    assert editor.editor.shown() == before
    editor.save()
    assert text_now() == before
    room = window.workspace
    assert isinstance(room, CodingWorkspace)
    assert room.view.canonical_text() == before
    qtbot.waitUntil(lambda: not editor.isVisible())


def test_a_text_that_was_never_corrected_has_nothing_to_go_back_to(
    window: MainWindow,
) -> None:
    window.actions_by_command.action("coding.versions").trigger()
    dialog = shown(window, TextVersionsDialog)
    assert isinstance(dialog, TextVersionsDialog)
    assert dialog.heading() == "This text has not been corrected."
    assert not dialog.back.isEnabled()
    dialog.close()
