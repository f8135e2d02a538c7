"""A coded text is corrected by hand: codings follow, losses are listed first, undo is whole."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.correcting import turns as turn_corrections
from qda.gui.correcting.dialog import CorrectionDialog
from qda.gui.correcting.text_editor import TextEditor
from qda.gui.main_window import MainWindow
from qda.gui.theme import Theme, load_theme
from qda.model.entities import Document
from qda.store import codings, documents
from qda.store import turns as turn_queries
from qda.text.edits import apply


def opened(study: Context, name: str = "Havnes veileder") -> Document:
    """Return a document of the small study."""
    return documents.find(study.bridge.project.connection, name)[0]


def text(study: Context, name: str = "Havnes veileder") -> str:
    """Return its text as it is in the file."""
    return documents.text(study.bridge.project.connection, opened(study, name).id)


def quotes(study: Context) -> list[str]:
    """Return the quotes of all its codings."""
    found = codings.of_document(study.bridge.project.connection, opened(study).id)
    for one in found:
        assert text(study)[one.start : one.end] == one.quote
    return [one.quote for one in found]


@pytest.fixture
def dialog(qtbot: QtBot, study: Context) -> CorrectionDialog:
    """The dialog on «Havnes veileder», whose first answer is coded."""
    made = CorrectionDialog(study, opened(study), 0)
    made.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(made)
    with qtbot.waitExposed(made):
        made.show()
    return made


def put_caret(dialog: CorrectionDialog, study: Context, words: str, *, after: bool) -> None:
    """Put the caret before or after some words."""
    at = text(study).index(words) + (len(words) if after else 0)
    dialog.editor.go_to(at)
    dialog.editor.setFocus()


def test_a_word_typed_inside_a_segment_belongs_to_it(
    dialog: CorrectionDialog, study: Context, qtbot: QtBot
) -> None:
    put_caret(dialog, study, "foran tavla", after=True)
    QTest.keyClicks(dialog.editor, " igjen")
    qtbot.waitUntil(dialog.save_button.isEnabled)
    (row,) = dialog.side.list.quotes()
    old, new = row.text.split(" → ")
    assert old == "«Da står vi foran tavla og teller planer.»"
    assert new == "«Da står vi foran tavla igjen og teller planer.»"
    QTest.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    assert quotes(study) == ["Da står vi foran tavla igjen og teller planer."]
    study.bridge.undo()
    assert quotes(study) == ["Da står vi foran tavla og teller planer."]
    study.bridge.redo()
    assert quotes(study) == ["Da står vi foran tavla igjen og teller planer."]


def test_text_before_a_segment_moves_it_along(
    dialog: CorrectionDialog, study: Context, qtbot: QtBot
) -> None:
    put_caret(dialog, study, "Hva gjør dere", after=False)
    QTest.keyClicks(dialog.editor, "Si meg: ")
    qtbot.waitUntil(dialog.save_button.isEnabled)
    QTest.keyClick(dialog.editor, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert quotes(study) == ["Da står vi foran tavla og teller planer."]
    assert "Si meg: Hva gjør dere" in text(study)


def test_a_coding_that_would_be_lost_is_listed_and_must_be_let_go(
    dialog: CorrectionDialog, study: Context, qtbot: QtBot
) -> None:
    words = "Da står vi foran tavla og teller planer."
    put_caret(dialog, study, words, after=False)
    for _ in words:
        QTest.keyClick(dialog.editor, Qt.Key.Key_Delete)
    qtbot.waitUntil(dialog.side.agree.isVisible)
    assert not dialog.save_button.isEnabled()
    dialog.save()
    assert quotes(study) == [words]
    dialog.side.agree.setChecked(True)
    assert dialog.save_button.isEnabled()
    dialog.save()
    assert quotes(study) == []
    study.bridge.undo()
    assert quotes(study) == [words]


def test_nothing_is_saved_by_cancelling(
    dialog: CorrectionDialog, study: Context, qtbot: QtBot
) -> None:
    before = text(study)
    put_caret(dialog, study, "mandager", after=True)
    QTest.keyClicks(dialog.editor, " og tirsdager")
    qtbot.waitUntil(dialog.save_button.isEnabled)
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert text(study) == before


def test_a_turn_is_split_joined_and_its_speaker_renamed(study: Context) -> None:
    connection = study.bridge.project.connection
    number = opened(study).id
    at = text(study).index("Klokka ni")
    turn = turn_corrections.turn_at(study, number, at)
    assert turn is not None
    turn_corrections.split_at(study, turn, at, "Intervjuer")
    assert len(turn_queries.of_document(connection, number)) == 5
    assert quotes(study) == ["Da står vi foran tavla og teller planer."]
    study.bridge.undo()
    assert len(turn_queries.of_document(connection, number)) == 4
    turn_corrections.give_turn(study, turn, "Nestleder")
    assert "Nestleder: Da står vi" in text(study)
    assert quotes(study) == ["Da står vi foran tavla og teller planer."]
    study.bridge.undo()
    turn_corrections.rename_label(study, number, "Veileder", "Veileder på Havnes")
    assert "Veileder på Havnes: Da står vi" in text(study)
    assert quotes(study) == ["Da står vi foran tavla og teller planer."]
    turn_corrections.join_with_next(study, number, text(study).index("Da står vi"))
    assert len(turn_queries.of_document(connection, number)) == 3
    study.bridge.undo()
    study.bridge.undo()
    assert len(turn_queries.of_document(connection, number)) == 4


HARD = st.text(st.sampled_from("ab\n \u00a0\u2028\u2029\t😀é\u0301å«»"), max_size=30)
TYPED = st.text(st.sampled_from("xy\n😀"), min_size=1, max_size=4)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    source=HARD, typed=st.text(st.sampled_from("xy\n😀"), min_size=1, max_size=4), data=st.data()
)
@pytest.mark.usefixtures("qapp")
def test_only_what_is_typed_changes_whatever_stands_around_it(
    source: str, typed: str, data: st.DataObject
) -> None:
    editor = TextEditor(theme(), "tekst")
    editor.set_text(source)
    assert editor.edits() == ()
    at = data.draw(st.integers(0, len(source)))
    editor.go_to(at)
    editor.insertPlainText(typed)
    made, wanted = apply(source, editor.edits()), source[:at] + typed + source[at:]
    # A line break typed beside a paragraph separator cannot be told from it by its place.
    assert made.replace("\u2029", "\n") == wanted.replace("\u2029", "\n")
    assert made.count("\u2029") == source.count("\u2029")
    editor.deleteLater()


def theme() -> Theme:
    """Return a theme without applying it."""
    return load_theme("light")


def test_the_coding_room_opens_the_dialog_and_shows_the_corrected_text(
    qtbot: QtBot, study: Context
) -> None:
    window = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(window)
    window.resize(1200, 760)
    with qtbot.waitExposed(window):
        window.show()
    window.start("coding")
    room = window.workspace
    assert isinstance(room, CodingWorkspace)
    room.open_document(opened(study).id)
    room.view.set_selection(60, 60)
    window.actions_by_command.action("coding.correct").trigger()
    (shown,) = (one for one in window.findChildren(CorrectionDialog) if one.isVisible())
    shown.editor.go_to(text(study).index("mandager"))
    shown.editor.insertPlainText("tidlige ")
    qtbot.waitUntil(shown.save_button.isEnabled)
    shown.save()
    assert "på tidlige mandager" in room.view.canonical_text()
    marked = [room.view.canonical_text()[one.start : one.end] for one in room.view.segments()]
    assert marked == ["Da står vi foran tavla og teller planer."]
    window.undo()
    assert "på mandager" in room.view.canonical_text()
