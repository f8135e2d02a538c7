"""Two transcripts in the coding room: two sources, or two places of one."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from qda.formats.readers import read_file
from qda.gui.coding.document_pane import DocumentPane
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.widgets import roles
from qda.model.ids import CodeId, DocumentId
from qda.operations import codes, documents
from qda.operations.corrections import correct_text
from qda.store import codes as code_queries
from qda.store import codings as coding_queries
from qda.store import documents as queries
from qda.text.edits import Edit

CodeIn = Callable[..., int]


def press(window: MainWindow, command: str) -> None:
    """Give a command by its shortcut, as the keyboard does."""
    action = window.actions_by_command.action(command)
    QTest.keySequence(window.focusWidget() or window, action.shortcut())


def number_of(study: Context, name: str) -> DocumentId:
    """Return the id of a source."""
    return queries.find(study.bridge.project.connection, name)[0].id


def names(room: CodingWorkspace) -> list[str]:
    """Return which source each pane shows."""
    return [pane.open.document.name if pane.open else "" for pane in room.split.panes()]


def select(pane: DocumentPane, words: str) -> None:
    """Select words in a pane that has the keyboard."""
    start = pane.view.canonical_text().index(words)
    pane.view.set_selection(start, start + len(words))


@pytest.fixture
def long_text(study: Context, tmp_path: Path) -> DocumentId:
    """A text of many screens."""
    path = tmp_path / "Langt notat.txt"
    lines = (f"Avsnitt {n} handler om hvordan vi teller planer." for n in range(400))
    path.write_text("\n".join(lines), encoding="utf-8")
    session = study.bridge.session
    made = session.run(documents.import_documents, coder=session.coder, read=[read_file(path)])
    return made.value[0].document.id


@pytest.fixture
def two(coding_window: MainWindow, coding_room: CodingWorkspace) -> tuple[DocumentPane, ...]:
    """The two panes: «Havnes veileder» and «Fylket», with the keyboard in the second."""
    coding_room.view.setFocus()
    press(coding_window, "coding.split")
    coding_room.sources.tree.setFocus()
    number = number_of(coding_room.context, "Fylket")
    coding_room.sources.tree.choose(number)
    coding_room.view.setFocus()
    assert names(coding_room) == ["Havnes veileder", "Fylket"]
    return coding_room.split.panes()


def test_splitting_shows_the_same_place_twice_and_works_in_the_second(
    coding_window: MainWindow, coding_room: CodingWorkspace, long_text: DocumentId
) -> None:
    coding_room.open_document(long_text)
    start = coding_room.view.canonical_text().index("Avsnitt 217")
    coding_room.view.set_selection(start, start)
    coding_room.view.set_place(start)
    coding_room.view.setFocus()
    press(coding_window, "coding.split")
    first, second = coding_room.split.panes()
    assert names(coding_room) == ["Langt notat", "Langt notat"]
    assert first.open is second.open, "one source is read once"
    assert second.view.hasFocus()
    assert coding_room.view is second.view
    assert second.view.caret() == start
    # The panes are narrower now and lower: the line in sight first is the same.
    assert abs(second.view.place() - start) < 60
    assert [pane.header.isVisible() for pane in (first, second)] == [True, True]
    assert [pane.header.current for pane in (first, second)] == [False, True]
    assert "Langt notat" in second.view.accessibleName()


def test_each_transcript_has_a_place_and_a_segment_of_its_own(
    coding_window: MainWindow, coding_room: CodingWorkspace, long_text: DocumentId,
    code_words: CodeIn,
) -> None:  # fmt: skip
    coding = code_words("Avsnitt 3 handler", "rutiner", document="Langt notat")
    coding_room.open_document(long_text)
    coding_room.view.setFocus()
    press(coding_window, "coding.split")
    first, second = coding_room.split.panes()
    far = first.view.canonical_text().index("Avsnitt 300")
    second.view.set_selection(far, far)
    second.view.set_place(far)
    assert first.view.place() < 200
    press(coding_window, "coding.other")
    assert first.view.hasFocus()
    press(coding_window, "coding.next_segment")
    assert first.view.selected_segment() == coding
    assert second.view.selected_segment() is None
    assert coding_room.segment_card.isVisible()
    press(coding_window, "coding.other")
    assert second.view.hasFocus()
    assert not coding_room.segment_card.isVisible(), "no segment is at hand in the second"
    assert second.view.place() >= far - 60


def test_a_coding_made_in_one_is_shown_in_the_other_at_once(
    coding_window: MainWindow, coding_room: CodingWorkspace, code_id: Callable[[str], CodeId],
) -> None:  # fmt: skip
    coding_room.view.setFocus()
    press(coding_window, "coding.split")
    first, second = coding_room.split.panes()
    coding_room.code_pane.choose(code_id("tavlemøte"))
    select(second, "Klokka ni, hver gang.")
    press(coding_window, "coding.code")
    made = [one.id for one in second.view.segments() if one.sub_label == "tavlemøte"]
    assert len(made) == 1
    assert [one.id for one in first.view.segments()] == [one.id for one in second.view.segments()]
    assert second.view.selected_segment() == made[0]
    assert first.header.texts()[1] == second.header.texts()[1]
    press(coding_window, "coding.uncode")
    assert made[0] not in {one.id for pane in (first, second) for one in pane.view.segments()}
    coding_window.undo()
    assert all(made[0] in {one.id for one in pane.view.segments()} for pane in (first, second))


def test_commands_work_where_the_keyboard_is(
    coding_window: MainWindow, coding_room: CodingWorkspace, two: tuple[DocumentPane, ...],
    study: Context, code_id: Callable[[str], CodeId],
) -> None:  # fmt: skip
    first, second = two
    trail: list[list[str]] = []
    coding_room.trail_changed.connect(lambda crumbs, _: trail.append(crumbs))
    coding_room.code_pane.choose(code_id("rutiner"))
    select(second, "Vi ser på målekortet først.")
    press(coding_window, "coding.code")
    press(coding_window, "coding.other")
    assert trail[-1][-1] == "Veileder"
    select(first, "Klokka ni, hver gang.")
    press(coding_window, "coding.repeat")
    press(coding_window, "coding.next_turn")
    connection = study.bridge.project.connection
    quotes = {
        name: [one.quote for one in coding_queries.of_document(connection, number_of(study, name))]
        for name in ("Havnes veileder", "Fylket")
    }
    assert quotes["Fylket"] == ["Vi ser på målekortet først."]
    assert "Klokka ni, hver gang." in quotes["Havnes veileder"]
    assert second.view.caret() != first.view.caret()


def test_a_codes_own_key_works_in_both(
    coding_window: MainWindow, two: tuple[DocumentPane, ...], study: Context,
    code_id: Callable[[str], CodeId],
) -> None:  # fmt: skip
    known = code_queries.by_id(study.bridge.project.connection, code_id("rutiner"))
    assert known is not None
    study.bridge.run(codes.edit_code, code=replace(known, shortcut="7"))
    for pane, words in zip(two, ("Klokka ni, hver gang.", "Så snakker vi om folk."), strict=True):
        pane.view.setFocus()
        select(pane, words)
        QTest.keyClick(pane.view, Qt.Key.Key_7)
    assert coding_window.isVisible()
    assert all(pane.view.selected_segment() is not None for pane in two)


def test_the_list_of_sources_says_where_one_opens(
    coding_window: MainWindow, coding_room: CodingWorkspace, two: tuple[DocumentPane, ...],
    study: Context,
) -> None:  # fmt: skip
    first, _ = two
    tree, pane = coding_room.sources.tree, coding_room.sources
    right = coding_room.split.side_of(two[1])
    assert right in ("right", "below")
    assert pane.opens().rstrip(".").endswith(right)
    assert tree.current_id() == number_of(study, "Fylket")
    marked = tree.index_of(number_of(study, "Fylket"))
    assert marked.data(roles.DETAIL_ROLE) == right
    assert right in marked.data(int(Qt.ItemDataRole.AccessibleTextRole))
    press(coding_window, "coding.other")
    assert first.view.hasFocus()
    assert not pane.opens().rstrip(".").endswith(right)
    assert tree.current_id() == number_of(study, "Havnes veileder")
    tree.setFocus()
    tree.choose(number_of(study, "Bjørkvik leder"))
    assert names(coding_room) == ["Bjørkvik leder", "Fylket"]
    QTest.keyClick(tree, Qt.Key.Key_Return)
    assert first.view.hasFocus()
    # Read anew, as after an import, the list still says it.
    coding_room.load_sources()
    again = tree.index_of(number_of(study, "Fylket"))
    assert again.data(roles.DETAIL_ROLE) == right
    press(coding_window, "coding.split")
    assert pane.opens() == ""
    assert tree.index_of(number_of(study, "Fylket")).data(roles.DETAIL_ROLE) is None


def test_a_source_opens_beside_by_mouse(coding_room: CodingWorkspace, study: Context) -> None:
    tree = coding_room.sources.tree
    place = tree.visualRect(tree.index_of(number_of(study, "Fylket"))).center()
    QTest.mouseClick(
        tree.viewport(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.ControlModifier, place
    )
    assert names(coding_room) == ["Havnes veileder", "Fylket"]
    place = tree.visualRect(tree.index_of(number_of(study, "Bjørkvik leder"))).center()
    QTest.mouseClick(tree.viewport(), Qt.MouseButton.RightButton, pos=place)
    assert names(coding_room) == ["Havnes veileder", "Fylket"], "asking opens nothing"
    tree.context_menu_wanted.emit(place, number_of(study, "Bjørkvik leder"))
    menus = [one for one in QApplication.topLevelWidgets() if isinstance(one, QMenu)]
    menu = next(one for one in menus if one.isVisible())
    menu.actions()[1].trigger()
    menu.close()
    assert names(coding_room) == ["Bjørkvik leder", "Fylket"]
    cross = coding_room.split.panes()[0].header
    button = cross.childAt(cross.close_place())
    assert button is not None
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert names(coding_room) == ["Fylket"]
    assert coding_room.view.hasFocus()
    assert not coding_room.split.panes()[0].header.isVisible()


def test_two_panes_keep_their_sizes_and_turn_in_a_narrow_window(
    coding_window: MainWindow, coding_room: CodingWorkspace, two: tuple[DocumentPane, ...],
    study: Context, qtbot: QtBot,
) -> None:  # fmt: skip
    coding_window.resize(2000, 900)
    split = coding_room.split
    qtbot.waitUntil(lambda: split.orientation() == Qt.Orientation.Horizontal)
    split.moveSplitter(round(split.width() * 0.7), 1)
    assert two[0].width() > 2 * two[1].width()
    coding_window.resize(1000, 900)
    qtbot.waitUntil(lambda: split.orientation() == Qt.Orientation.Vertical)
    qtbot.waitUntil(lambda: two[0].height() > 2 * two[1].height())
    assert split.side_of(two[0]) == "above"
    assert coding_room.sources.opens().rstrip(".").endswith("below")
    two[1].view.set_selection(30, 30)
    coding_room.save_state()

    again = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(again)
    again.resize(2000, 900)
    with qtbot.waitExposed(again):
        again.show()
    again.start("coding")
    room = again.workspace_called("coding")
    assert isinstance(room, CodingWorkspace)
    assert names(room) == ["Havnes veileder", "Fylket"]
    first, second = room.split.panes()
    assert second.view.caret() == 30
    qtbot.waitUntil(lambda: first.width() > 2 * second.width())
    assert room.view is first.view
    room.opening.close_pane(first)
    room.save_state()

    third = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(third)
    with qtbot.waitExposed(third):
        third.show()
    third.start("coding")
    room = third.workspace_called("coding")
    assert isinstance(room, CodingWorkspace)
    assert names(room) == ["Fylket"]


def test_panes_close_and_open_again(
    coding_window: MainWindow, coding_room: CodingWorkspace, two: tuple[DocumentPane, ...]
) -> None:
    first, second = two
    press(coding_window, "coding.split")
    assert names(coding_room) == ["Fylket"], "the one that is worked in stays"
    assert second.view.hasFocus()
    assert first.view.canonical_text() == "", "what is out of sight holds no text"
    press(coding_window, "coding.split")
    assert names(coding_room) == ["Fylket", "Fylket"]
    assert coding_room.split.panes() == (second, first)
    assert coding_room.split.widget(1) is first
    press(coding_window, "coding.beside")
    assert names(coding_room) == ["Fylket", "Fylket"]
    assert second.view.hasFocus()
    press(coding_window, "coding.next_pane")
    assert first.view.hasFocus()
    press(coding_window, "coding.next_pane")
    assert coding_room.code_pane.tree.hasFocus()
    press(coding_window, "coding.next_pane")
    assert coding_room.sources.tree.hasFocus()
    press(coding_window, "coding.next_pane")
    assert second.view.hasFocus()


def test_a_source_that_goes_closes_its_pane(
    coding_room: CodingWorkspace, two: tuple[DocumentPane, ...], study: Context
) -> None:
    gone = number_of(study, "Fylket")
    study.bridge.run(documents.remove_document, document=gone)
    assert names(coding_room) == ["Havnes veileder"]
    assert coding_room.view is two[0].view
    assert coding_room.open is not None
    study.bridge.undo()
    assert names(coding_room) == ["Havnes veileder"]


def test_a_corrected_source_is_shown_anew_in_both(
    coding_window: MainWindow, coding_room: CodingWorkspace, study: Context, long_text: DocumentId
) -> None:
    coding_room.open_document(long_text)
    coding_room.view.setFocus()
    press(coding_window, "coding.split")
    first, second = coding_room.split.panes()
    far = second.view.canonical_text().index("Avsnitt 300")
    second.view.set_selection(far, far)
    second.view.set_place(far)
    study.bridge.run(correct_text, document=long_text, edits=[Edit(0, 7, "Kapittel")])
    for pane in (first, second):
        assert pane.view.canonical_text().startswith("Kapittel 0")
    assert first.open is second.open
    assert abs(second.view.place() - far) < 60
    assert first.view.place() < 60


def test_a_note_is_saved_when_one_goes_to_the_other_transcript(
    coding_window: MainWindow, two: tuple[DocumentPane, ...], study: Context
) -> None:
    press(coding_window, "coding.other")
    press(coding_window, "coding.next_segment")
    press(coding_window, "coding.memo")
    QTest.keyClicks(coding_window.focusWidget() or coding_window, "Sjekk dette")
    two[1].view.setFocus()
    connection = study.bridge.project.connection
    found = coding_queries.of_document(connection, number_of(study, "Havnes veileder"))
    assert found[0].memo == "Sjekk dette"


def test_layers_and_size_of_text_are_those_of_both(
    coding_window: MainWindow, two: tuple[DocumentPane, ...], code_words: CodeIn, study: Context
) -> None:
    code_words("Vi ser på målekortet", "rutiner", "Olav", "Fylket")
    code_words("Klokka ni, hver gang.", "rutiner", "Olav")
    assert [len(pane.view.segments()) for pane in two] == [2, 1]
    press(coding_window, "coding.only_mine")
    assert [len(pane.view.segments()) for pane in two] == [1, 0]
    press(coding_window, "coding.zoom_in")
    assert [pane.view.zoom() for pane in two] == [110, 110]
    # The wheel zooms one transcript; the other goes with it, and it is kept.
    two[0].view.set_zoom(130)
    assert two[1].view.zoom() == 130
    assert study.settings.number("coding.zoom", 0) == 130


def test_words_are_found_in_both_and_walked_through_where_one_works(
    coding_window: MainWindow, coding_room: CodingWorkspace, two: tuple[DocumentPane, ...]
) -> None:
    press(coding_window, "coding.find")
    QTest.keyClicks(coding_window.focusWidget() or coding_window, "når")
    assert two[1].view.selection() is not None
    assert coding_room.find_bar.count_text() != ""
    assert two[0].view.selection() is None


def test_dropping_a_code_on_the_other_transcript_codes_there(
    coding_room: CodingWorkspace, two: tuple[DocumentPane, ...], study: Context,
    code_id: Callable[[str], CodeId],
) -> None:  # fmt: skip
    first, _ = two
    assert coding_room.view is not first.view
    start = first.view.canonical_text().index("Klokka ni")
    first.view.code_dropped.emit(code_id("rutiner"), start, start + 9)
    assert coding_room.view is first.view
    connection = study.bridge.project.connection
    found = coding_queries.of_document(connection, number_of(study, "Havnes veileder"))
    assert "Klokka ni" in [one.quote for one in found]
