"""Sentences are walked, passages without codings found, and either edge moved by any unit."""

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.coding.actions import passages_of, uncoded
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.operations import codings
from qda.store import codings as coding_queries
from qda.store import documents


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The coding room with the adviser's interview in front, the caret at its beginning."""
    made = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(made)
    made.resize(1400, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.start("coding")
    adviser = documents.find(study.bridge.project.connection, "Havnes veileder")[0].id
    room(made).open_document(adviser)
    room(made).view.setFocus()
    room(made).view.set_selection(0, 0)
    return made


def room(window: MainWindow) -> CodingWorkspace:
    found = window.workspace
    assert isinstance(found, CodingWorkspace)
    return found


def chosen(window: MainWindow) -> str:
    view = room(window).view
    start, end = view.selection() or (0, 0)
    return view.canonical_text()[start:end]


def press(window: MainWindow, *keys: str) -> str:
    for one in keys:
        QTest.keySequence(window, one)
    return chosen(window)


def test_sentences_are_walked_forth_and_back_across_turns(window: MainWindow) -> None:
    assert press(window, "Alt+Right") == "Hva gjør dere på mandager?"
    assert press(window, "Alt+Right") == "Da står vi foran tavla og teller planer."
    assert press(window, "Alt+Right") == "Klokka ni, hver gang."
    assert press(window, "Alt+Right") == "Hva teller dere?"
    assert press(window, "Alt+Left") == "Klokka ni, hver gang."
    assert press(window, "Alt+Left", "Alt+Left") == "Hva gjør dere på mandager?"
    assert press(window, "Alt+Left") == "Hva gjør dere på mandager?"


def test_both_edges_of_the_selection_move_by_word_sentence_and_turn(window: MainWindow) -> None:
    press(window, "Alt+Right", "Alt+Right", "Alt+Right")
    assert press(window, "Ctrl+Alt+Left", "Ctrl+Alt+Left") == "Klokka ni, hver"
    assert press(window, "Ctrl+Alt+Shift+Right") == "ni, hver"
    assert press(window, "Ctrl+Alt+Shift+Left", "Ctrl+Alt+Right") == "Klokka ni, hver gang"
    assert press(window, "Ctrl+Shift+Down") == "Klokka ni, hver gang."
    assert press(window, "Alt+Shift+Up") == (
        "Da står vi foran tavla og teller planer. Klokka ni, hver gang."
    )
    assert press(window, "Ctrl+Shift+Up") == "Da står vi foran tavla og teller planer."
    assert press(window, "Ctrl+Shift+Up") == "Da står vi foran tavla og teller planer."
    whole = press(window, "Ctrl+Shift+PgDown", "Ctrl+Shift+PgDown")
    assert whole.startswith("Da står vi")
    assert whole.endswith("Hva teller dere?")
    assert press(window, "Alt+Shift+PgDown") == "Hva teller dere?"
    assert press(window, "Alt+Shift+PgUp", "Alt+Shift+PgUp").startswith("Hva gjør dere")
    assert press(window, "Ctrl+Shift+PgUp").endswith("Klokka ni, hver gang.")
    assert press(window, "Alt+Shift+Down").startswith("Da står vi")


def test_a_segment_at_hand_is_moved_by_the_same_keys(window: MainWindow, study: Context) -> None:
    press(window, "Alt+Down", "Ctrl+Shift+Down")
    [coding] = coding_queries.all_codings(study.bridge.project.connection)
    assert coding.quote == "Da står vi foran tavla og teller planer. Klokka ni, hver gang."
    press(window, "Alt+Shift+PgUp")
    [coding] = coding_queries.all_codings(study.bridge.project.connection)
    assert coding.quote.startswith("Hva gjør dere")
    assert "Veileder: Da står" in coding.quote


def test_the_selection_is_widened_and_narrowed_again(window: MainWindow) -> None:
    room(window).view.set_selection(56, 56)
    seen = [press(window, "Ctrl+E") for _ in range(4)]
    assert len({*seen}) == 4
    for expected in reversed(seen[:-1]):
        assert press(window, "Ctrl+Alt+E") == expected
    room(window).view.set_selection(0, len(room(window).view.canonical_text()))
    assert press(window, "Ctrl+Alt+E") == "Hva gjør dere på mandager?"
    assert press(window, "Ctrl+Alt+E") == "Hva"


def test_passages_without_a_coding_are_found_both_ways(window: MainWindow, study: Context) -> None:
    text = room(window).view.canonical_text()
    assert press(window, "Ctrl+U") == "Hvor mange som er godkjent. Ikke hvor mange som kom i jobb."
    assert press(window, "Ctrl+U") == chosen(window)
    assert press(window, "Ctrl+Alt+U") == chosen(window)
    first = coding_queries.all_codings(study.bridge.project.connection)[0]
    study.bridge.run(codings.remove_codings, coding_ids=[first.id])
    assert press(window, "Ctrl+Alt+U").startswith("Da står vi")
    assert text


def test_a_text_without_turns_has_its_paragraphs_as_passages() -> None:
    text = "  Første avsnitt.\n\n \nAndre.\n\nx"
    found = passages_of(text, ())
    assert [text[a:b] for a, b in found] == ["Første avsnitt.", "Andre.", "x"]
    assert uncoded(found, [(0, 3), (4, 8)]) == found[1:]
    assert uncoded(found, [(0, len(text))]) == []
    assert uncoded(found, []) == found
    assert uncoded(found, [found[1]]) == [found[0], found[2]]


def test_the_palette_offers_the_code_used_last_first_and_remembers_it(
    window: MainWindow, study: Context, qtbot: QtBot
) -> None:
    tree = room(window).code_pane
    board = next(one for one in tree.model.codes() if one.name == "tavlemøte")
    press(window, "Alt+Right")
    tree.choose(board.id)
    press(window, "Ctrl+Return", "Ctrl+K")
    assert window.palette_sheet.shown_items()[0].id == ("code", board.id)
    window.palette_sheet.dismiss()
    window.save_state()
    again = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(again)
    again.show()
    again.start("coding")
    again.open_palette()
    assert again.palette_sheet.shown_items()[0].id == ("code", board.id)
