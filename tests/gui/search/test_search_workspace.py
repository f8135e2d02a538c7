"""Searching in the window: asked, limited, ordered, read, coded, saved, by keyboard alone."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from qda.gui import layers_kept
from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.models.question import Filter
from qda.gui.search.asked import Asked
from qda.gui.search.lines_model import AFTER, BEFORE, CODES, HIT, SOURCE
from qda.gui.search.workspace import SearchWorkspace
from qda.model.ids import CodeId
from qda.operations import codes, codings, corrections
from qda.store import codes as code_rows
from qda.store import codings as coding_rows
from qda.store import documents, project_info, saved_searches

Ask = Callable[[str], list[str]]


def row_texts(room: SearchWorkspace, column: int) -> list[str]:
    model = room.table.lines
    return [str(model.index(row, column).data()).strip() for row in range(model.rowCount())]


def settled(qtbot: QtBot, room: SearchWorkspace) -> None:
    qtbot.waitUntil(lambda: not room.runner.busy, timeout=60_000)


def code_id(study: Context, name: str) -> CodeId:
    everything = code_rows.all_codes(study.bridge.project.connection)
    return next(one.id for one in everything if one.name == name)


def edit(study: Context, code: CodeId, **fields: object) -> None:
    everything = code_rows.all_codes(study.bridge.project.connection)
    known = next(one for one in everything if one.id == code)
    study.bridge.run(codes.edit_code, code=replace(known, **fields))  # pyright: ignore[reportArgumentType]


def test_a_word_is_found_in_all_its_forms_and_read_in_its_turn(
    room: SearchWorkspace, ask: Ask, window: MainWindow
) -> None:
    assert window.focusWidget() is room.bar.field
    assert ask("telle") == ["teller"]
    assert window.focusWidget() is room.table
    assert room.counts.text() == "1 hit · 1 source"
    assert row_texts(room, BEFORE) == ["Da står vi foran tavla og"]
    assert row_texts(room, AFTER) == ["planer. Klokka ni, hver gang."]
    assert row_texts(room, SOURCE) == ["Havnes veileder, turn 2"]
    # What it is coded as is said in words.
    assert row_texts(room, CODES) == ["rutiner"]
    assert room.turn.codes.text() == "Coded as rutiner"
    said = room.turn.text.toPlainText()
    assert "Hva gjør dere på mandager?" in said
    assert "Da står vi foran tavla og teller planer. Klokka ni, hver gang." in said
    assert room.turn.title.text() == "Havnes veileder"
    assert room.summary.counts() == [("Havnes veileder", "1")]


def test_enter_opens_the_line_in_its_source(
    room: SearchWorkspace, ask: Ask, study: Context, window: MainWindow
) -> None:
    wanted: list[Place] = []
    study.navigator.place_wanted.disconnect(window.show_place)
    study.navigator.place_wanted.connect(wanted.append)
    ask("plan")
    QTest.keyClick(room.table, Qt.Key.Key_Return)
    [place] = wanted
    assert place.document is not None
    assert place.start is not None
    text = documents.text(study.bridge.project.connection, place.document)
    assert (place.workspace, text[place.start : place.end]) == ("coding", "planer")


def test_whose_words_where_and_in_what_order(
    qtbot: QtBot, room: SearchWorkspace, ask: Ask, window: MainWindow
) -> None:
    assert ask("vi") == ["Vi", "Vi", "Vi", "vi", "vi"]
    room.bar.with_filter(Filter("case", "NAV Havnes"))
    settled(qtbot, room)
    assert len(row_texts(room, HIT)) == 3
    room.bar.with_filter(Filter("document", "Fylket", without=True))
    settled(qtbot, room)
    assert row_texts(room, SOURCE) == ["Havnes veileder, turn 2"]
    chip = list(room.bar.filters.values())[1]
    QTest.keyClick(chip, Qt.Key.Key_Delete)
    settled(qtbot, room)
    assert len(row_texts(room, HIT)) == 3
    room.ask(Asked("dere", turns="interviewer"))
    settled(qtbot, room)
    assert len(row_texts(room, HIT)) == 4
    assert "interviewers" in room.bar.turns.text()
    room.ask(Asked("dere"))
    settled(qtbot, room)
    assert room.empty.isVisible()
    assert ask("vi")
    QTest.keySequence(window, "Alt+3")
    settled(qtbot, room)
    after = [text.split()[0].strip(".,") for text in row_texts(room, AFTER)]
    assert after == sorted(after, key=str.casefold)
    room.table.order_wanted.emit("source")
    settled(qtbot, room)
    assert room.order.value() == "source"


def test_the_line_at_hand_stays_at_hand_in_another_order(
    qtbot: QtBot, room: SearchWorkspace, ask: Ask
) -> None:
    ask("vi")
    room.table.choose(1)
    room.results.show_line()
    line = room.results.line()
    assert line is not None
    room.sort("left")
    settled(qtbot, room)
    again = room.results.line()
    assert again is not None
    assert (again.hit.document, again.hit.start) == (line.hit.document, line.hit.start)
    assert room.table.current_row() == 2


@pytest.mark.parametrize(
    ("query", "mode", "place"), [("telle (plan", "lemma", 6), ("a AND", "lemma", 5),
                                 ("[a", "regex", None)],
)  # fmt: skip
def test_what_cannot_be_read_is_said_where_it_is(
    room: SearchWorkspace, query: str, mode: str, place: int | None
) -> None:
    room.ask(Asked(query, mode))  # pyright: ignore[reportArgumentType]
    assert room.bar.trouble.isVisible()
    assert room.bar.trouble.text()
    if place is not None:
        assert room.bar.field.cursorPosition() >= place - 1
    room.ask(Asked("telle"))
    assert not room.bar.trouble.isVisible()


def test_a_search_before_the_words_are_read_waits_and_offers_the_letters(
    qtbot: QtBot, room: SearchWorkspace, study: Context, window: MainWindow
) -> None:
    wanted: list[Place] = []
    study.navigator.place_wanted.disconnect(window.show_place)
    study.navigator.place_wanted.connect(wanted.append)
    assert study.words.state != "ready"
    room.bar.write("telle")
    assert room.empty.isVisible()
    assert "being read" in room.empty.accessibleName()
    button = room.empty.findChild(QPushButton)
    assert button is not None
    button.click()
    assert (wanted[0].workspace, wanted[0].words) == ("coding", "telle")
    # Nothing more has to be done: the lines come when the words are read.
    qtbot.waitUntil(room.table.isVisible, timeout=60_000)
    assert row_texts(room, HIT) == ["teller"]


def test_stopped_reading_says_so_and_goes_on_when_asked(
    qtbot: QtBot, room: SearchWorkspace, study: Context
) -> None:
    room.bar.write("telle")
    study.jobs.cancel()
    qtbot.waitUntil(lambda: study.words.state in ("stopped", "ready"), timeout=60_000)
    if study.words.state == "stopped":
        assert "not been read" in room.empty.accessibleName()
        button = room.empty.findChild(QPushButton)
        assert button is not None
        button.click()
    qtbot.waitUntil(room.table.isVisible, timeout=60_000)


def test_lines_are_coded_by_key_and_by_palette_in_one_step_each(
    qtbot: QtBot, room: SearchWorkspace, ask: Ask, study: Context
) -> None:
    session, connection = study.bridge.session, study.bridge.project.connection
    board = code_id(study, "tavlemøte")
    edit(study, board, shortcut="7")
    ask("vi")
    before, steps = len(coding_rows.all_codings(connection)), len(session.steps())
    room.turn.set_spread("turn")
    with qtbot.waitSignal(study.bridge.changed, timeout=10_000):
        QTest.keyClick(room.table, Qt.Key.Key_7)
    assert len(coding_rows.all_codings(connection)) == before + 1
    assert "tavlemøte" in row_texts(room, CODES)[0]
    # The coding takes the turn, and so another line of it is coded too.
    room.table.selectAll()
    room.coding.offer()
    assert room.turn.code.text() == "Code 5 lines with …"
    room.turn.set_spread("words")
    with qtbot.waitSignal(study.bridge.changed, timeout=10_000):
        assert room.apply_code(code_rows.all_codes(connection)[0].id)
    assert len(coding_rows.all_codings(connection)) == before + 6
    assert all("rutiner" in text for text in row_texts(room, CODES))
    assert len(session.steps()) == steps + 2
    study.bridge.undo()
    study.bridge.undo()
    assert len(coding_rows.all_codings(connection)) == before


def test_who_codes_blind_is_not_told_what_others_coded(
    room: SearchWorkspace, ask: Ask, study: Context
) -> None:
    session = study.bridge.session
    guid = project_info.read(session.project.connection).guid
    study.settings.set(layers_kept.KEPT, {guid: json.dumps({"whose": "mine"})})
    session.run(
        codings.add_codings,
        coder="Ola",
        new=[
            codings.NewCoding(one.id, code_id(study, "tavlemøte"), 0, 100)
            for one in documents.all_documents(study.bridge.project.connection)
        ],
    )
    assert ask("telle") == ["teller"]
    assert row_texts(room, CODES) == ["rutiner"]


def test_lines_follow_a_correction_and_its_undoing(
    qtbot: QtBot, room: SearchWorkspace, ask: Ask, study: Context
) -> None:
    connection = study.bridge.project.connection
    assert ask("telle") == ["teller"]
    one = next(one for one in documents.all_documents(connection) if one.name == "Havnes veileder")
    text = documents.text(connection, one.id).replace("teller planer", "teller og teller planer")
    study.bridge.run(corrections.correct_text, document=one.id, edits=text)
    qtbot.waitUntil(lambda: row_texts(room, HIT) == ["teller", "teller"], timeout=60_000)
    study.bridge.undo()
    qtbot.waitUntil(lambda: row_texts(room, HIT) == ["teller"], timeout=60_000)


def test_searches_are_saved_asked_again_renamed_and_removed(
    qtbot: QtBot, room: SearchWorkspace, ask: Ask, study: Context
) -> None:
    def names() -> list[str]:
        return [one.name for one in saved_searches.all_searches(study.bridge.project.connection)]

    ask("telle")
    room.bar.with_filter(Filter("case", "NAV Havnes"))
    settled(qtbot, room)
    QTest.keySequence(room, "Ctrl+Shift+S")
    sheet = room.saving.sheet
    assert sheet is not None
    assert sheet.name.hasFocus() or sheet.name.isVisible()
    sheet.name.setText("Å telle")
    QTest.keyClick(sheet.name, Qt.Key.Key_Return)
    assert names() == ["Å telle"]
    sheet.list.setCurrentRow(0)
    sheet.list.item(0).setText("Tellinger")
    assert names() == ["Tellinger"]
    QTest.keyClick(sheet.list, Qt.Key.Key_Delete)
    assert names() == []
    study.bridge.undo()
    study.bridge.undo()
    assert names() == ["Å telle"]
    sheet.close()
    ask("vi")
    room.saving.ask(room.saving.saved()[0])
    settled(qtbot, room)
    assert row_texts(room, HIT) == ["teller"]
    assert room.bar.field.text() == "telle"
    assert list(room.bar.filters) == [Filter("case", "NAV Havnes")]


def test_the_words_of_a_code_are_searched(
    qtbot: QtBot, room: SearchWorkspace, study: Context, window: MainWindow
) -> None:
    wanted = code_id(study, "rutiner")
    edit(study, wanted, keywords=("plan", "målekort"))
    QTest.keySequence(window, "Ctrl+Shift+K")
    field = room.coding.chooser.findChild(QLineEdit)
    assert field is not None
    QTest.keyClicks(field, "rut")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert room.bar.field.text() == 'code:"rutiner"'
    settled(qtbot, room)
    assert row_texts(room, HIT) == ["planer", "målekortet"] or sorted(row_texts(room, HIT)) == [
        "målekortet", "planer",
    ]  # fmt: skip


def test_counts_narrow_the_search(qtbot: QtBot, room: SearchWorkspace, ask: Ask) -> None:
    ask("vi")
    room.summary.offer(room._known.dimensions(), "case")  # noqa: SLF001  # pyright: ignore[reportOptionalMemberAccess]
    room.summary.dimension_wanted.emit("case")
    settled(qtbot, room)
    # The county speaks of both offices.
    assert dict(room.summary.counts()) == {"NAV Bjørkvik": "4", "NAV Havnes": "3"}
    room.summary.list.setCurrentIndex(room.summary.rows.index(1, 0))
    QTest.keyClick(room.summary.list, Qt.Key.Key_Return)
    settled(qtbot, room)
    assert len(row_texts(room, HIT)) == 3
    assert list(room.bar.filters) == [Filter("case", "NAV Havnes")]


def test_examples_are_tried_by_a_click(qtbot: QtBot, room: SearchWorkspace, study: Context) -> None:
    assert room.examples.isVisible()
    assert all(one.accessibleName() for one in room.examples.buttons)
    room.examples.buttons[0].click()
    assert room.bar.field.text() == "measure"
    settled(qtbot, room)
    room.show_examples()
    assert room.examples.isVisible()
    assert study.words.state == "ready"


def test_a_place_with_words_is_searched(
    qtbot: QtBot, room: SearchWorkspace, window: MainWindow
) -> None:
    window.show_place(Place("search", words="telle"))
    settled(qtbot, room)
    assert row_texts(room, HIT) == ["teller"]


def test_the_model_keeps_the_rules_of_models(
    room: SearchWorkspace, ask: Ask, qtmodeltester: ModelTester
) -> None:
    ask("vi")
    qtmodeltester.check(room.table.lines)


def test_the_window_lives_while_it_searches(qtbot: QtBot, room: SearchWorkspace, ask: Ask) -> None:
    ask("vi")
    ticks: list[int] = []
    timer = QTimer()
    timer.timeout.connect(lambda: ticks.append(1))
    timer.start(0)
    room.ask(Asked(r"\w+", "regex"))
    loop = QEventLoop()
    room.runner.waiting_changed.connect(loop.quit)
    settled(qtbot, room)
    assert ticks
    assert len(row_texts(room, HIT)) > 50
