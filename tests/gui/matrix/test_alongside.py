"""The transcript alongside the cells of a framework: it follows, gives evidence, loses nothing."""

import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QWidget
from pytestqt.qtbot import QtBot

from qda.formats.readers import read_file
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context, Place
from qda.gui.layers_kept import KEPT
from qda.gui.main_window import MainWindow
from qda.gui.matrix.model import Target
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.widgets.thing_mime import thing_mime
from qda.gui.workspaces import entry_of
from qda.model.ids import CodingId
from qda.operations import cases as case_verbs
from qda.operations import codes, codings, documents, judgements
from qda.operations import framework as framework_verbs
from qda.operations.codings import NewCoding
from qda.store import cases as case_rows
from qda.store import codes as code_rows
from qda.store import codings as coding_rows
from qda.store import documents as document_rows
from qda.store import framework, project_info
from qda.store import judgements as judgement_rows

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def code_in(study: Context, document: str, code: str, quote: str, coder: str = "") -> CodingId:
    """Code a quote, and return the coding."""
    session = study.bridge.session
    connection = session.project.connection
    found = document_rows.find(connection, document)[0]
    start = document_rows.text(connection, found.id).index(quote)
    which = next(one.id for one in code_rows.all_codes(connection) if one.name == code)
    new = NewCoding(found.id, which, start, start + len(quote), coder=coder)
    return session.run(codings.add_codings, coder=session.coder, new=[new]).value[0].id


@pytest.fixture
def window(study: Context, qtbot: QtBot) -> Iterator[MainWindow]:
    """The matrix of two offices, one with two sources of its own, in its window."""
    session = study.bridge.session
    session.run(codes.add_code, coder=session.coder, name="måltall")
    code_in(study, "Bjørkvik leder", "rutiner", "Det går sånn passe.")
    code_in(study, "Bjørkvik leder", "tavlemøte", "Vi ble spurt, men svaret lå på bordet.")
    code_in(study, "Fylket", "måltall", "Vi ser på målekortet først.")
    code_in(study, "Havnes veileder", "måltall", "Hvor mange som er godkjent.")
    made = MainWindow(study, [entry_of(MatrixWorkspace(study)), entry_of(CodingWorkspace(study))])
    qtbot.addWidget(made)
    made.resize(1440, 900)
    made.show()
    qtbot.waitExposed(made)
    made.show_place(Place("matrix"))
    yield made
    study.jobs.stop()
    study.bridge.detach()


@pytest.fixture
def room(window: MainWindow) -> MatrixWorkspace:
    """The room with summaries in its cells."""
    found = window.workspace
    assert isinstance(found, MatrixWorkspace)
    found.set_cells("summary")
    return found


def cell(room: MatrixWorkspace, row: str, column: str) -> Target:
    """Return a cell by its headings."""
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    rows = [one.label for one in matrix.rows]
    columns = [one.label for one in matrix.columns]
    return Target(rows.index(row), columns.index(column))


def read(room: MatrixWorkspace) -> str:
    """Return the name of the source that is read."""
    number = room.alongside.document()
    assert number is not None
    found = document_rows.by_id(room.context.bridge.project.connection, number)
    assert found is not None
    return found.name


def at_hand(room: MatrixWorkspace) -> str:
    """Return the words of the selected segment."""
    view = room.alongside.pane.view
    chosen = view.selected_segment()
    one = next(one for one in view.segments() if one.id == chosen)
    return view.canonical_text()[one.start : one.end]


def drawn(room: MatrixWorkspace) -> dict[str, bool]:
    """Return the words that are marked, and whether they are dimmed."""
    view = room.alongside.pane.view
    text = view.canonical_text()
    return {text[one.start : one.end]: one.dimmed for one in view.segments()}


def select(room: MatrixWorkspace, words: str) -> None:
    """Select words in the transcript."""
    view = room.alongside.pane.view
    start = view.canonical_text().index(words)
    view.set_selection(start, start + len(words))


def press(window: MainWindow, command: str) -> None:
    """Give a command by its shortcut, as the keyboard does."""
    action = window.actions_by_command.action(command)
    QTest.keySequence(window.focusWidget() or window, action.shortcut())


def key(which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, which, modifiers)


def test_it_follows_from_cell_to_cell_and_begins_where_the_code_is(room: MatrixWorkspace) -> None:
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    assert room.alongside.pane.isVisible()
    assert read(room) == "Bjørkvik leder"
    assert at_hand(room) == "Det går sånn passe."
    assert room.alongside.pane.standing() == "1 of 2"
    assert "Bjørkvik leder" in room.alongside.pane.view.accessibleName()
    # The code of the next column is in another source of the same office.
    room.choose(cell(room, "NAV Bjørkvik", "måltall"))
    assert read(room) == "Fylket"
    assert at_hand(room) == "Vi ser på målekortet først."
    texts = [
        room.alongside.pane.sources.itemText(at)
        for at in range(room.alongside.pane.sources.count())
    ]
    assert texts == ["Fylket – 1 segment", "Bjørkvik leder"]
    room.choose(cell(room, "NAV Havnes", "rutiner"))
    assert read(room) == "Havnes veileder"
    assert drawn(room) == {"Da står vi foran tavla og teller planer.": False}


def test_writing_goes_on_while_it_follows(room: MatrixWorkspace) -> None:
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    room.writer.write()
    QTest.keyClicks(room.writer.pane.text, "Faste møter.")
    key(Qt.Key.Key_Down, CTRL_ALT)
    assert read(room) == "Havnes veileder"
    assert room.writer.pane.text.hasFocus()
    QTest.keyClicks(room.writer.pane.text, "Tavla.")
    room.alongside.enter()
    assert room.alongside.has_keyboard()
    key(Qt.Key.Key_Up, CTRL_ALT)
    assert read(room) == "Bjørkvik leder"
    assert room.alongside.has_keyboard()
    assert room.writer.pane.text.toPlainText() == "Faste møter."
    cells = framework.all_cells(room.context.bridge.project.connection)
    assert sorted(one.summary for one in cells) == ["Faste møter.", "Tavla."]


def test_steps_go_through_all_sources_and_the_quotes_follow(
    window: MainWindow, room: MatrixWorkspace, study: Context
) -> None:
    code_in(study, "Fylket", "rutiner", "Så snakker vi om folk.")
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    room.table.setFocus()
    seen = [at_hand(room)]
    for _ in range(3):
        press(window, "matrix.passage.next")
        seen.append(at_hand(room))
    assert seen == [
        "Det går sånn passe.", "Vi ble spurt, men svaret lå på bordet.", "Så snakker vi om folk.",
        "Det går sånn passe.",
    ]  # fmt: skip
    press(window, "matrix.passage.previous")
    assert at_hand(room) == "Så snakker vi om folk."
    chosen = room.alongside.pane.view.selected_segment()
    assert room.evidence.quotes.current_id() == chosen
    assert room.table.hasFocus()


def test_a_chosen_quote_is_shown_here_and_not_elsewhere(
    window: MainWindow, room: MatrixWorkspace
) -> None:
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    last = room.evidence.quotes.quotes()[-1]
    room.evidence.quotes.setFocus()
    room.evidence.quotes.choose(last.id)
    assert room.alongside.pane.view.selected_segment() == last.id
    key(Qt.Key.Key_Return)
    assert window.workspace is room
    room.evidence.open.click()
    assert isinstance(window.workspace, CodingWorkspace)


def test_saving_does_not_scroll_what_one_reads(room: MatrixWorkspace) -> None:
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    room.evidence.quotes.choose(room.evidence.quotes.quotes()[0].id)
    view = room.alongside.pane.view
    select(room, "Det var fylket, egentlig.")
    before = view.selection()
    room.writer.write()
    QTest.keyClicks(room.writer.pane.text, "Fylket bestemte.")
    room.writer.pane.save()
    assert view.selection() == before
    assert view.selected_segment() is None


def test_selected_words_are_coded_and_pinned_in_one_step(
    window: MainWindow, room: MatrixWorkspace
) -> None:
    connection = room.context.bridge.project.connection
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    room.writer.write()
    QTest.keyClicks(room.writer.pane.text, "Fylket bestemte.")
    room.alongside.enter()
    select(room, " Det var fylket, egentlig. ")
    assert room.alongside.pane.pin.text() == "Code and pin as evidence"
    press(window, "matrix.evidence")
    [written] = framework.all_cells(connection)
    assert written.summary == "Fylket bestemte."
    [pinned] = written.evidence
    made = coding_rows.by_id(connection, pinned)
    assert made is not None
    assert made.quote == "Det var fylket, egentlig."
    assert room.alongside.pane.view.selected_segment() == pinned
    assert room.evidence.quotes.quotes()[0].id == pinned
    # Who pins has seen it: nothing changed behind the summary.
    assert not room.writer.pane.changed.isVisible()
    marked = next(one for one in room.alongside.pane.view.segments() if one.id == pinned)
    assert marked.label == "evidence"
    assert room.alongside.pane.pin.text() == "No longer evidence"
    room.alongside.pane.pin.click()
    assert framework.all_cells(connection)[0].evidence == ()
    room.context.bridge.undo()
    room.context.bridge.undo()
    assert coding_rows.by_id(connection, pinned) is None
    assert framework.all_cells(connection)[0].evidence == ()


def test_words_that_are_coded_already_are_pinned_as_they_are(
    window: MainWindow, room: MatrixWorkspace
) -> None:
    connection = room.context.bridge.project.connection
    before = coding_rows.all_codings(connection)
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    room.alongside.enter()
    select(room, "svaret lå på bordet")
    assert room.alongside.pane.pin.text() == "Pin as evidence"
    press(window, "matrix.evidence")
    assert coding_rows.all_codings(connection) == before
    [written] = framework.all_cells(connection)
    [pinned] = written.evidence
    made = coding_rows.by_id(connection, pinned)
    assert made is not None
    assert made.quote == "Vi ble spurt, men svaret lå på bordet."


def test_what_others_than_the_office_of_the_row_said_is_linked_to_it(
    room: MatrixWorkspace, study: Context
) -> None:
    """The county speaks of both offices: a passage that is one office's own belongs to that."""
    connection, session = study.bridge.project.connection, study.bridge.session
    offices = {one.name: one.id for one in case_rows.all_cases(connection)}
    first = code_in(study, "Fylket", "rutiner", "Så snakker vi om folk.")
    session.run(
        case_verbs.link_cases, coder="Ingrid", case=offices["NAV Havnes"], coding_ids=[first]
    )
    room.choose(cell(room, "NAV Bjørkvik", "måltall"))
    assert drawn(room) == {"Vi ser på målekortet først.": False}
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    place = room.alongside.pane.sources.findText("Fylket")
    room.alongside.pane.sources.activated.emit(place)
    assert drawn(room) == {"Så snakker vi om folk.": True}


def drop(room: MatrixWorkspace, target: Target | QWidget, *, selection: bool) -> bool:
    """Drop what is selected in the transcript, or a coding, on a cell or a widget."""
    if selection:
        data = room.alongside.pane.view.createMimeDataFromSelection()
    else:
        chosen = room.alongside.pane.view.selected_segment()
        assert chosen is not None
        data = thing_mime("coding", chosen)
    if isinstance(target, Target):
        model = room.table.matrix_model
        place = room.table.visualRect(model.index(*model.place(target))).center()
        widget: QWidget = room.table.viewport()
    else:
        widget, place = target, QPoint(5, 5)
    both = (Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton)
    none = Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, *both, none)
    QApplication.sendEvent(widget, enter)
    event = QDropEvent(QPointF(place), *both, none)
    QApplication.sendEvent(widget, event)
    return enter.isAccepted() and event.isAccepted()


def test_selected_words_are_dragged_to_a_cell(room: MatrixWorkspace) -> None:
    connection = room.context.bridge.project.connection
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    select(room, "Det var fylket, egentlig.")
    assert drop(room, cell(room, "NAV Bjørkvik", "måltall"), selection=True)
    [written] = framework.all_cells(connection)
    names = {one.id: one.name for one in code_rows.all_codes(connection)}
    assert names[written.code] == "måltall"
    made = coding_rows.by_id(connection, written.evidence[0])
    assert made is not None
    assert (made.quote, names[made.code]) == ("Det var fylket, egentlig.", "måltall")
    # On the pane where one writes they are evidence, and no text of the summary.
    select(room, "Det går sånn passe.")
    assert drop(room, room.writer.pane.text.viewport(), selection=True)
    assert room.writer.pane.text.toPlainText() == ""
    assert len(framework.all_cells(connection)) == 2


def test_words_dropped_on_a_row_they_do_not_concern_are_linked_with_it(
    room: MatrixWorkspace,
) -> None:
    connection = room.context.bridge.project.connection
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    select(room, "Det var fylket, egentlig.")
    assert drop(room, cell(room, "NAV Havnes", "rutiner"), selection=True)
    [written] = framework.all_cells(connection)
    offices = {one.id: one.name for one in case_rows.all_cases(connection)}
    linked = coding_rows.own_cases(connection, written.evidence[0])
    assert {offices[one] for one in linked} == {"NAV Bjørkvik", "NAV Havnes"}


def test_a_grade_comes_first_and_then_its_evidence(room: MatrixWorkspace) -> None:
    connection, session = room.context.bridge.project.connection, room.context.bridge.session
    room.set_cells("grade")
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    room.alongside.enter()
    select(room, "Det var fylket, egentlig.")
    assert not room.alongside.pane.pin.isEnabled()
    key_at_hand = room.writer.pane.key()
    assert key_at_hand is not None
    assert key_at_hand.code is not None
    session.run(
        judgements.grade_case, coder=session.coder, case=key_at_hand.case, code=key_at_hand.code,
        value="høy",
    )  # fmt: skip
    assert room.alongside.pane.pin.isEnabled()
    room.alongside.pane.pin.click()
    [given] = judgement_rows.all_judgements(connection)
    made = coding_rows.by_id(connection, given.evidence[0].coding)
    assert made is not None
    assert made.quote == "Det var fylket, egentlig."


def test_it_is_hidden_and_shown_by_key_and_that_is_remembered(
    window: MainWindow, room: MatrixWorkspace
) -> None:
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    room.alongside.enter()
    press(window, "matrix.alongside")
    assert not room.alongside.pane.isVisible()
    assert room.table.hasFocus()
    assert not room.context.settings.flag("matrix.alongside", default=True)
    assert room.evidence.beside.isVisible()
    room.choose(cell(room, "NAV Havnes", "rutiner"))
    press(window, "matrix.alongside.read")
    assert room.alongside.has_keyboard()
    assert read(room) == "Havnes veileder"
    room.set_cells("segments")
    assert not room.alongside.pane.isVisible()
    assert not room.evidence.beside.isVisible()


def test_every_pane_is_reached_by_one_key(window: MainWindow, room: MatrixWorkspace) -> None:
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    room.table.setFocus()
    seen: list[QWidget | None] = []
    for _ in range(4):
        press(window, "matrix.next_pane")
        seen.append(window.focusWidget())
    pane = room.alongside.pane
    assert seen == [pane.view, room.writer.pane.text, room.evidence.quotes, room.table]
    room.alongside.enter()
    pane.view.select_segment(None)
    key(Qt.Key.Key_Escape)
    assert room.table.hasFocus()


def test_it_stands_below_where_there_is_no_room_beside(
    window: MainWindow, room: MatrixWorkspace, qtbot: QtBot
) -> None:
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    pane = room.alongside.pane

    def left(widget: QWidget) -> int:
        return widget.mapTo(window, QPoint(0, 0)).x()

    assert left(pane) > left(room.table) + room.table.width() - 1
    window.resize(1024, 700)
    qtbot.waitUntil(lambda: left(pane) < left(room.table) + 40)
    assert pane.mapTo(window, QPoint(0, 0)).y() > room.table.mapTo(window, QPoint(0, 0)).y()
    assert room.table.viewport().height() >= 60
    assert pane.view.viewport().height() >= 100


def test_borders_are_not_moved_where_one_only_reads(room: MatrixWorkspace) -> None:
    connection = room.context.bridge.project.connection
    before = coding_rows.all_codings(connection)
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    room.alongside.enter()
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    key(Qt.Key.Key_Right, both)
    view = room.alongside.pane.view
    rect = view.viewport().rect()
    assert all(
        view.edge_at(QPointF(x, y)) is None
        for x in range(0, rect.width(), 4)
        for y in range(0, min(200, rect.height()), 4)
    )
    assert coding_rows.all_codings(connection) == before


def test_who_codes_blind_reads_only_their_own(
    window: MainWindow, room: MatrixWorkspace, study: Context
) -> None:
    code_in(study, "Bjørkvik leder", "rutiner", "Det var fylket, egentlig.", coder="Ola")
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    assert "Det var fylket, egentlig." in drawn(room)
    guid = project_info.read(study.bridge.project.connection).guid
    study.settings.set(KEPT, {guid: '{"whose": "mine"}'})
    window.show_workspace("coding")
    window.show_place(Place("matrix"))
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    assert "Det var fylket, egentlig." not in drawn(room)
    assert "Det går sånn passe." in drawn(room)


def test_what_others_pinned_is_not_shown_to_who_codes_blind(
    window: MainWindow, room: MatrixWorkspace, study: Context
) -> None:
    session = study.bridge.session
    other = code_in(study, "Bjørkvik leder", "rutiner", "Det var fylket, egentlig.", coder="Ola")
    target = cell(room, "NAV Bjørkvik", "rutiner")
    room.choose(target)
    key_at_hand = room.writer.pane.key()
    assert key_at_hand is not None
    assert key_at_hand.code is not None
    session.run(
        framework_verbs.pin_evidence, coder="Ola", subject="case",
        subject_id=key_at_hand.subject_id, code=key_at_hand.code, coding_ids=[other],
    )  # fmt: skip
    assert other in {one.id for one in room.evidence.quotes.quotes()}
    guid = project_info.read(study.bridge.project.connection).guid
    study.settings.set(KEPT, {guid: '{"whose": "mine"}'})
    window.show_workspace("coding")
    window.show_place(Place("matrix"))
    room.choose(target)
    assert other not in {one.id for one in room.evidence.quotes.quotes()}
    assert "Det var fylket, egentlig." not in drawn(room)


def test_a_participant_is_read_in_their_own_transcript(room: MatrixWorkspace) -> None:
    room.ask(replace(room.question, rows=("participant",)))
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    adviser = next(at for at, one in enumerate(matrix.rows) if "Veileder" in one.label)
    columns = [one.label for one in matrix.columns]
    room.choose(Target(adviser, columns.index("rutiner")))
    assert read(room) == "Havnes veileder"
    assert at_hand(room) == "Da står vi foran tavla og teller planer."
    select(room, "Klokka ni, hver gang.")
    room.alongside.pane.pin.click()
    [written] = framework.all_cells(room.context.bridge.project.connection)
    assert (written.subject, len(written.evidence)) == ("participant", 1)


def test_a_verdict_rests_on_what_is_coded_and_codes_nothing(room: MatrixWorkspace) -> None:
    session = room.context.bridge.session
    made = session.run(judgements.add_proposition, coder="Ingrid", name="H1", text="Tall styrer.")
    room.set_cells("verdict")
    room.choose(Target(0, 0))
    assert room.alongside.pane.isVisible()
    select(room, "Det var fylket, egentlig.")
    assert not room.alongside.pane.pin.isEnabled()
    key_at_hand = room.writer.pane.key()
    assert key_at_hand is not None
    session.run(
        judgements.give_verdict, coder="Ingrid", case=key_at_hand.case,
        proposition=made.value.id, value="støttes",
    )  # fmt: skip
    assert not room.alongside.pane.pin.isEnabled()
    select(room, "Det går sånn passe.")
    room.alongside.pane.pin.click()
    [given] = judgement_rows.all_judgements(room.context.bridge.project.connection)
    assert [one.side for one in given.evidence] == ["for"]
    marked = {one.label for one in room.alongside.pane.view.segments()}
    assert "speaks for" in marked


def test_one_goes_on_in_the_coding_room_where_one_read(
    window: MainWindow, room: MatrixWorkspace
) -> None:
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    room.alongside.enter()
    select(room, "Det var fylket, egentlig.")
    view = room.alongside.pane.view
    selected = view.selection()
    view.context_menu_wanted.emit(view.mapToGlobal(QPoint(5, 5)))
    menu = room.alongside.pane.findChild(QMenu)
    assert isinstance(menu, QMenu)
    assert [one.text() for one in menu.actions()] == [
        "Code and pin as evidence", "Open in the coding room", "Copy",
    ]  # fmt: skip
    menu.actions()[2].trigger()
    assert QApplication.clipboard().text() == "Det var fylket, egentlig."
    menu.close()
    press(window, "matrix.open")
    coding = window.workspace
    assert isinstance(coding, CodingWorkspace)
    assert coding.open is not None
    assert coding.open.document.name == "Bjørkvik leder"
    assert coding.view.selection() == selected


def test_it_keeps_step_with_what_changes_elsewhere(room: MatrixWorkspace, study: Context) -> None:
    from qda.operations import corrections
    from qda.text.edits import Edit

    session = study.bridge.session
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    code_in(study, "Bjørkvik leder", "rutiner", "Det var fylket, egentlig.")
    assert "Det var fylket, egentlig." in drawn(room)
    number = room.alongside.document()
    assert number is not None
    session.run(
        corrections.correct_text, coder="Ingrid", document=number, edits=[Edit(0, 0, "Åpning. ")]
    )
    assert room.alongside.pane.view.canonical_text().startswith("Åpning. ")
    assert "Det var fylket, egentlig." in drawn(room)
    session.undo()
    session.run(documents.remove_document, coder="Ingrid", document=number)
    assert read(room) == "Fylket"


def test_a_long_text_with_thousands_of_codings_is_there_at_once(
    room: MatrixWorkspace, study: Context, tmp_path: Path
) -> None:
    session = study.bridge.session
    connection = session.project.connection
    path = tmp_path / "Langt.txt"
    line = "Leder: Vi teller planer og måler det vi kan, uke etter uke, og så begynner vi igjen.\n"
    path.write_text(line * (500_000 // len(line) + 1), encoding="utf-8")
    office = session.run(case_verbs.add_case, coder="Ingrid", name="NAV Langt").value
    made = session.run(
        documents.import_documents, coder="Ingrid", read=[read_file(path)], linked_to=[office]
    ).value[0]
    code = next(one.id for one in code_rows.all_codes(connection) if one.name == "rutiner")
    new = [
        NewCoding(made.document.id, code, at * 97, at * 97 + 60 + at % 200) for at in range(5_000)
    ]
    session.run(codings.add_codings, coder="Ingrid", new=new)
    room.choose(cell(room, "NAV Bjørkvik", "rutiner"))
    before = time.process_time()
    room.choose(cell(room, "NAV Langt", "rutiner"))
    spent = time.process_time() - before
    assert len(room.alongside.pane.view.segments()) == 5_000
    # The budget is 0.3 s; a machine at work for others may take longer.
    assert spent < 1.2
