"""The coding room as a person uses it: select, code, describe, uncode, undo, find again."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolButton
from pytestqt.qtbot import QtBot

from qda.app.session import Session
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.session_bridge import SessionBridge
from qda.gui.theme import load_theme
from qda.gui.widgets.code_tree import code_mime
from qda.model.ids import CodeId, CodingId, DocumentId
from qda.operations import cases, codes, codings
from qda.operations.codings import NewCoding
from qda.store import cases as case_queries
from qda.store import codes as code_queries
from qda.store import codings as coding_queries
from qda.store import documents


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The window with the coding room, showing «Havnes veileder»."""
    made = MainWindow(study, [CodingWorkspace(study)])
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.start("coding")
    room(made).open_document(document(study, "Havnes veileder"))
    return made


def room(window: MainWindow) -> CodingWorkspace:
    """Return the coding room of a window."""
    found = window.workspace_called("coding")
    assert isinstance(found, CodingWorkspace)
    return found


def document(context: Context, name: str) -> DocumentId:
    """Return the id of a document."""
    return documents.find(context.bridge.project.connection, name)[0].id


def code(context: Context, name: str) -> CodeId:
    """Return the id of a code."""
    everything = code_queries.all_codes(context.bridge.project.connection)
    return next(one.id for one in everything if one.name == name)


def stored(context: Context, name: str = "Havnes veileder") -> list[tuple[str, str]]:
    """Return quote and code of every coding in a document, as the file has them."""
    connection = context.bridge.project.connection
    names = {one.id: one.name for one in code_queries.all_codes(connection)}
    found = coding_queries.of_document(connection, document(context, name))
    return [(one.quote, names[one.code]) for one in found]


def select(window: MainWindow, words: str) -> tuple[int, int]:
    """Select some words of the open transcript."""
    view = room(window).view
    start = view.canonical_text().index(words)
    view.set_selection(start, start + len(words))
    view.setFocus()
    return start, start + len(words)


def press(window: MainWindow, command: str) -> None:
    """Give a command by its shortcut, as the keyboard does."""
    action = window.actions_by_command.action(command)
    QTest.keySequence(window.focusWidget() or window, action.shortcut())


def test_a_selection_is_coded_with_the_code_at_hand_by_keyboard(
    window: MainWindow, study: Context
) -> None:
    room(window).code_pane.choose(code(study, "rutiner"))
    select(window, "Hvor mange som er godkjent.")
    press(window, "coding.code")
    assert ("Hvor mange som er godkjent.", "rutiner") in stored(study)
    assert any(one.label == "rutiner" for one in room(window).view.segments())


def test_white_space_at_the_edges_of_a_selection_stays_out(
    window: MainWindow, study: Context
) -> None:
    room(window).code_pane.choose(code(study, "rutiner"))
    start, end = select(window, "Hvor mange som er godkjent.")
    room(window).view.set_selection(start - 1, end + 1)
    press(window, "coding.code")
    assert ("Hvor mange som er godkjent.", "rutiner") in stored(study)


def test_a_codes_own_key_codes_with_it(window: MainWindow, study: Context) -> None:
    session = study.bridge.session
    known = code_queries.by_id(session.project.connection, code(study, "tavlemøte"))
    assert known is not None
    session.run(codes.edit_code, coder=session.coder, code=replace(known, shortcut="7"))
    select(window, "Klokka ni, hver gang.")
    QTest.keyClick(room(window).view, Qt.Key.Key_7)
    assert ("Klokka ni, hver gang.", "tavlemøte") in stored(study)


def test_a_double_click_on_a_code_codes_the_selection(window: MainWindow, study: Context) -> None:
    select(window, "Klokka ni, hver gang.")
    pane = room(window).code_pane
    index = pane.model.index_of(code(study, "tavlemøte"))
    pane.tree.scrollTo(index)
    place = pane.tree.visualRect(index).center()
    viewport = pane.tree.viewport()
    QTest.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    QTest.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=place)
    assert ("Klokka ni, hver gang.", "tavlemøte") in stored(study)


def test_a_code_dropped_on_the_selection_codes_it(window: MainWindow, study: Context) -> None:
    start, _ = select(window, "Hvor mange som er godkjent.")
    view = room(window).view
    view.reveal(start, start + 5)
    data = code_mime(code(study, "rutiner"))
    place = QPointF(view.cursorRect(view.textCursor()).center())
    actions = Qt.DropAction.CopyAction
    left, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(place.toPoint(), actions, data, left, held),
        QDropEvent(place, actions, data, left, held),
    ):
        QApplication.sendEvent(view.viewport(), event)
    assert ("Hvor mange som er godkjent.", "rutiner") in stored(study)


def test_the_selection_dropped_on_a_code_is_coded(window: MainWindow, study: Context) -> None:
    select(window, "Hvor mange som er godkjent.")
    tree = room(window).code_pane.tree
    data = room(window).view.createMimeDataFromSelection()
    place = QPointF(
        tree.visualRect(room(window).code_pane.model.index_of(code(study, "tavlemøte"))).center()
    )
    left, held = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for event in (
        QDragEnterEvent(place.toPoint(), Qt.DropAction.CopyAction, data, left, held),
        QDragMoveEvent(place.toPoint(), Qt.DropAction.CopyAction, data, left, held),
        QDropEvent(place, Qt.DropAction.CopyAction, data, left, held),
    ):
        QApplication.sendEvent(tree.viewport(), event)
        assert event.isAccepted()
    assert ("Hvor mange som er godkjent.", "tavlemøte") in stored(study)


def test_undo_and_redo_bring_the_view_along(window: MainWindow, study: Context) -> None:
    before = len(room(window).view.segments())
    room(window).code_pane.choose(code(study, "rutiner"))
    select(window, "Hvor mange som er godkjent.")
    press(window, "coding.code")
    assert len(room(window).view.segments()) == before + 1
    press(window, "edit.undo")
    assert len(room(window).view.segments()) == before
    assert ("Hvor mange som er godkjent.", "rutiner") not in stored(study)
    press(window, "edit.redo")
    assert len(room(window).view.segments()) == before + 1


def test_delete_removes_the_coding_at_hand_and_offers_undo(
    window: MainWindow, study: Context
) -> None:
    view = room(window).view
    view.set_selection(0, 0)
    view.setFocus()
    press(window, "coding.next_segment")
    assert view.selected_segment() is not None
    count = len(stored(study))
    press(window, "coding.uncode")
    assert len(stored(study)) == count - 1
    window.undo()
    assert len(stored(study)) == count


def at_hand(window: MainWindow) -> CodingId:
    """Select the first segment by keyboard and return it."""
    view = room(window).view
    view.set_selection(0, 0)
    view.setFocus()
    press(window, "coding.next_segment")
    chosen = view.selected_segment()
    assert chosen is not None
    return CodingId(chosen)


def test_the_card_tells_whom_the_segment_concerns_and_why(window: MainWindow) -> None:
    at_hand(window)
    card = room(window).segment_card
    assert card.isVisible()
    texts = [label.text() for label in card.findChildren(type(card.add_heading("")).__mro__[1])]
    assert any("from the document" in text for text in texts)
    assert "This segment · turn 2" in texts


def test_stance_note_and_office_of_a_segment(window: MainWindow, study: Context) -> None:
    chosen = at_hand(window)
    connection = study.bridge.project.connection
    press(window, "coding.stance.mot")
    coding = coding_queries.by_id(connection, chosen)
    assert coding is not None
    assert coding.stance == "mot"
    press(window, "coding.memo")
    QTest.keyClicks(window.focusWidget(), "Uten tavla?")
    assert room(window).segment_card.memo_text() == "Uten tavla?"
    room(window).view.setFocus()
    coding = coding_queries.by_id(connection, chosen)
    assert coding is not None
    assert coding.memo == "Uten tavla?"
    office = case_queries.find(connection, "NAV Bjørkvik")[0].id
    room(window).actions_on_text.link(office, linked=True)
    assert coding_queries.own_cases(connection, chosen) == (office,)
    for _ in range(3):
        window.undo()
    coding = coding_queries.by_id(connection, chosen)
    assert coding is not None
    assert (coding.stance, coding.memo) == (None, "")


def test_a_note_being_written_is_saved_when_another_document_opens(
    window: MainWindow, study: Context
) -> None:
    chosen = at_hand(window)
    press(window, "coding.memo")
    QTest.keyClicks(window.focusWidget(), "Husk denne")
    room(window).step_document(-1)
    coding = coding_queries.by_id(study.bridge.project.connection, chosen)
    assert coding is not None
    assert coding.memo == "Husk denne"


def test_the_borders_of_a_segment_move_by_keyboard(window: MainWindow, study: Context) -> None:
    chosen = at_hand(window)
    connection = study.bridge.project.connection
    before = coding_queries.by_id(connection, chosen)
    press(window, "coding.grow_end")
    after = coding_queries.by_id(connection, chosen)
    assert before is not None
    assert after is not None
    assert after.end > before.end
    assert after.quote == room(window).view.canonical_text()[after.start : after.end]
    press(window, "coding.shrink_end")
    again = coding_queries.by_id(connection, chosen)
    assert again is not None
    assert again.end <= before.end


def test_recoding_gives_the_segment_the_code_at_hand(window: MainWindow, study: Context) -> None:
    chosen = at_hand(window)
    room(window).code_pane.choose(code(study, "rutiner"))
    room(window).view.setFocus()
    press(window, "coding.recode")
    coding = coding_queries.by_id(study.bridge.project.connection, chosen)
    assert coding is not None
    assert coding.code == code(study, "rutiner")


def test_the_palette_codes_and_creates(window: MainWindow, study: Context) -> None:
    select(window, "Hvor mange som er godkjent.")
    press(window, "edit.palette")
    field = window.focusWidget()
    QTest.keyClicks(field, "rutin")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert ("Hvor mange som er godkjent.", "rutiner") in stored(study)
    select(window, "Ikke hvor mange som kom i jobb.")
    press(window, "edit.palette")
    field = window.focusWidget()
    QTest.keyClicks(field, "telling")
    QTest.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert ("Ikke hvor mange som kom i jobb.", "telling") in stored(study)


def test_in_vivo_names_the_code_by_the_words(window: MainWindow, study: Context) -> None:
    select(window, "teller planer")
    press(window, "coding.in_vivo")
    assert ("teller planer", "teller planer") in stored(study)
    press(window, "edit.undo")
    names = {one.name for one in code_queries.all_codes(study.bridge.project.connection)}
    assert "teller planer" not in names, "code and coding are one step"
    assert ("teller planer", "teller planer") not in stored(study)


def test_several_codes_on_one_segment_keep_lanes_apart(window: MainWindow, study: Context) -> None:
    span = select(window, "Hvor mange som er godkjent.")
    wanted = [code(study, "rutiner"), code(study, "tavlemøte")]
    room(window).actions_on_text.code_with(wanted, span)
    found = [name for quote, name in stored(study) if quote == "Hvor mange som er godkjent."]
    assert sorted(found) == ["rutiner", "tavlemøte"]


def test_the_segments_of_a_code_are_listed_and_lead_to_their_place(
    window: MainWindow, study: Context, qtbot: QtBot
) -> None:
    session = study.bridge.session
    other = document(study, "Bjørkvik leder")
    session.run(
        codings.add_codings,
        coder=session.coder,
        new=[NewCoding(other, code(study, "tavlemøte"), 50, 70)],
    )
    room(window).code_pane.choose(code(study, "tavlemøte"))
    press(window, "coding.segments")
    listed = room(window).segment_list
    assert listed.isVisible()
    with qtbot.waitSignal(listed.segment_activated):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Home)
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    opened = room(window).open
    assert opened is not None
    assert opened.document.name == "Bjørkvik leder"


def test_next_answer_without_a_coding_is_selected(window: MainWindow) -> None:
    view = room(window).view
    view.set_selection(0, 0)
    view.setFocus()
    press(window, "coding.next_uncoded")
    start, end = view.selection() or (0, 0)
    assert view.canonical_text()[start:end].startswith("Hvor mange som er godkjent")


def test_undoing_the_import_of_the_open_document_leaves_an_empty_place(
    window: MainWindow, study: Context
) -> None:
    session = study.bridge.session
    while session.next_undo is not None:
        window.undo()
    assert room(window).open is None
    assert room(window).view.segments() == []
    while session.next_redo is not None:
        window.redo()
    assert stored(study)


def test_a_place_is_shown(window: MainWindow, study: Context) -> None:
    study.navigator.go(Place("coding", document=document(study, "Fylket"), start=5, end=12))
    assert room(window).view.selection() == (5, 12)


def test_a_project_open_elsewhere_can_be_read_but_not_coded(qtbot: QtBot, study: Context) -> None:
    second = Session.open(study.bridge.project.path)
    assert second.project.read_only
    reading = replace(study, bridge=SessionBridge(second))
    window = MainWindow(reading, [CodingWorkspace(reading)])
    qtbot.addWidget(window)
    window.show()
    window.start("coding")
    before = stored(study, "Bjørkvik leder")
    room(window).open_document(document(study, "Bjørkvik leder"))
    room(window).code_pane.choose(code(study, "rutiner"))
    select(window, "Det går sånn passe.")
    press(window, "coding.code")
    assert stored(study, "Bjørkvik leder") == before
    reading.bridge.detach()
    second.close()


def test_a_new_office_shows_in_the_sources_at_once(window: MainWindow, study: Context) -> None:
    session = study.bridge.session
    office = session.run(cases.add_case, coder=session.coder, name="NAV Fjordgløtt").value
    session.run(
        cases.link_cases,
        coder=session.coder,
        case=office,
        documents=[document(study, "Havnes veileder")],
    )
    pane = room(window).sources
    assert document(study, "Havnes veileder") == pane.tree.current_id()


def test_words_are_found_marked_and_stepped_through(window: MainWindow) -> None:
    view = room(window).view
    view.set_selection(0, 0)
    view.setFocus()
    press(window, "coding.find")
    bar = room(window).find_bar
    assert bar.isVisible()
    QTest.keyClicks(window.focusWidget(), "hvor mange")
    assert bar.count_text() == "1 of 2"
    first = view.selection()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert bar.count_text() == "2 of 2"
    assert view.selection() != first
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert view.selection() == first
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    assert not bar.isVisible()
    assert view.hasFocus()


def test_the_button_for_offices_keeps_its_words_when_colours_change(window: MainWindow) -> None:
    at_hand(window)
    card = room(window).segment_card
    (button,) = (one for one in card.findChildren(QToolButton) if one.text().startswith("Choose"))
    before = button.sizeHint().width()
    window.set_theme(load_theme("dark"))
    assert button.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonTextBesideIcon
    assert button.sizeHint().width() >= before
