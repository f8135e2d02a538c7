"""A guide is taken in with a look, matched, corrected by key, and its answers are coded."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.context import Context, Place
from qda.gui.guide.answers_dialog import AnswersDialog
from qda.gui.guide.guide_dialog import GuideDialog
from qda.gui.guide.import_dialog import GuideImportDialog
from qda.gui.sources.workspace import SourcesWorkspace
from qda.store import codings, guides
from qda.store import turns as turn_rows
from tests.gui.guide.conftest import asked, choose_question


def choose_turn(dialog: GuideDialog, said: str) -> None:
    row = next(at for at, (words, _) in enumerate(asked(dialog)) if words == said)
    dialog.turns.table.selectRow(row)
    dialog.turns.table.setFocus()


def press(dialog: GuideDialog, key: Qt.Key) -> None:
    QTest.keyClick(dialog.turns.table, key)


def test_a_row_is_chosen_alone_whatever_keys_are_down(lines: GuideImportDialog) -> None:
    QTest.keyPress(lines.table, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    lines.table.selectRow(3)
    QTest.keyRelease(lines.table, Qt.Key.Key_Control)
    assert lines.table.chosen() == [3]
    assert lines.table.currentIndex().row() == 3


def test_lines_are_said_to_be_something_else_by_key(
    lines: GuideImportDialog, place: SourcesWorkspace
) -> None:
    assert "3 questions" in lines.summary()
    kinds = [one.kind for one in lines.model.lines()]
    assert kinds == [
        "note", "heading", "question", "probe", "question", "probe", "heading", "question", "note",
    ]  # fmt: skip
    lines.table.selectRow(3)
    QTest.keyClick(lines.table, Qt.Key.Key_Q)
    assert lines.model.lines()[3].kind == "question"
    # The next line is chosen, so that one goes down the guide.
    assert lines.table.chosen() == [4]
    QTest.keyClick(lines.table, Qt.Key.Key_Delete)
    lines.kinds["heading"].click()
    assert [one.kind for one in lines.model.lines()][3:6] == ["question", "note", "heading"]
    assert "3 questions" in lines.summary()
    for row in range(lines.model.rowCount()):
        lines.model.set_kind([row], "note")
    assert not lines.take.isEnabled()
    lines.reject()
    assert place.guide.importing is None
    assert guides.all_guides(place.context.bridge.project.connection) == ()


def test_a_name_that_is_taken_is_said_in_the_dialog(
    qtbot: QtBot, place: SourcesWorkspace, dialog: GuideDialog, path: Path
) -> None:
    place.guide.read(path)
    qtbot.waitUntil(lambda: place.guide.importing is not None)
    again = place.guide.importing
    assert again is not None
    again.take.click()
    assert "already" in again.trouble.text()
    again.name.setText("Veiledere")
    again.take.click()
    qtbot.waitUntil(lambda: place.guide.importing is None)
    assert [dialog.guide.itemText(at) for at in range(dialog.guide.count())] == [
        "guide", "Veiledere",
    ]  # fmt: skip


def test_turns_show_what_they_ask_and_why(dialog: GuideDialog) -> None:
    found = dict(asked(dialog))
    assert found["Hvordan er kontoret delt inn?"] == "1"
    assert found["Hva gjør dere på mandager?"] == "2"
    assert found["Hva ser dere etter når dere kommer?"] == "3"
    assert found["Hvem bestemte det?"] == "–"
    assert "3 of 5" in dialog.summary()
    choose_turn(dialog, "Hva gjør dere på mandager?")
    read = dialog.turns.reading.toPlainText()
    assert "Da står vi foran tavla" in read
    assert "mandager" in read.splitlines()[1]


def test_a_turn_is_corrected_by_key_and_taken_back(
    qtbot: QtBot, dialog: GuideDialog, study: Context
) -> None:
    choose_turn(dialog, "Hvem bestemte det?")
    press(dialog, Qt.Key.Key_Return)
    chooser = dialog.turns.chooser
    assert chooser is not None
    QTest.keyClicks(chooser.field, "mandager")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    assert dict(asked(dialog))["Hvem bestemte det?"] == "2"
    assert "1 by hand" in dialog.summary()
    qtbot.waitUntil(lambda: dialog.turns.chooser is None)
    choose_turn(dialog, "Hvordan er kontoret delt inn?")
    press(dialog, Qt.Key.Key_O)
    assert dict(asked(dialog))["Hvordan er kontoret delt inn?"] == "Outside the guide"
    choose_turn(dialog, "Hvordan er kontoret delt inn?")
    press(dialog, Qt.Key.Key_F)
    assert dict(asked(dialog))["Hvordan er kontoret delt inn?"] == "A follow-up"
    choose_turn(dialog, "Hvordan er kontoret delt inn?")
    press(dialog, Qt.Key.Key_A)
    qtbot.waitUntil(lambda: dict(asked(dialog))["Hvordan er kontoret delt inn?"] == "1")
    dialog.undo_wanted.emit()
    assert dict(asked(dialog))["Hvordan er kontoret delt inn?"] == "A follow-up"
    dialog.match_button.click()
    qtbot.waitUntil(lambda: not study.jobs.busy)
    assert dict(asked(dialog))["Hvem bestemte det?"] == "2"


def numbers(dialog: GuideDialog, said: str) -> list[str]:
    """The numbers of the questions that a turn asks, in their order."""
    model = dialog.turns.model
    row = next(at for at, (words, _) in enumerate(asked(dialog)) if words == said)
    turn = model.turn(row)
    assert turn is not None
    return [line.partition(".")[0] for line in model.asks(model.said_of(turn.turn)).splitlines()]


def pick(dialog: GuideDialog, words: str) -> None:
    chooser = dialog.turns.chooser
    assert chooser is not None
    QTest.keyClicks(chooser.field, words)
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)


def test_a_question_more_or_less_is_said_by_key(qtbot: QtBot, dialog: GuideDialog) -> None:
    said = "Hva gjør dere på mandager?"
    choose_turn(dialog, said)
    height = dialog.turns.table.rowHeight(dialog.turns.table.currentIndex().row())
    QTest.keyClick(dialog.turns.table, Qt.Key.Key_Plus, Qt.KeyboardModifier.ShiftModifier)
    chooser = dialog.turns.chooser
    assert chooser is not None
    assert not any("mandager" in chooser.list.item(at).text() for at in range(chooser.list.count()))
    pick(dialog, "delt inn")
    assert numbers(dialog, said) == ["2", "1"]
    # One stays at the turn, since there may be more to say of it.
    [turn] = dialog.turns.turns()
    assert turn.said.strip() == said
    assert dialog.turns.table.rowHeight(dialog.turns.table.currentIndex().row()) > height
    assert dialog.turns.reading.toPlainText().splitlines()[1:3] == [
        "2. Hva gjør dere på mandager?",
        "1. Hvordan er kontoret delt inn? (set by hand)",
    ]
    choose_question(dialog, "1.")
    assert said in dict(asked(dialog))
    dialog.questions.table.selectRow(0)
    choose_turn(dialog, said)
    qtbot.waitUntil(lambda: dialog.turns.chooser is None)
    press(dialog, Qt.Key.Key_Minus)
    pick(dialog, "mandager")
    assert numbers(dialog, said) == ["1"]
    qtbot.waitUntil(lambda: dialog.turns.chooser is None)
    press(dialog, Qt.Key.Key_Delete)
    assert numbers(dialog, said) == ["A follow-up"]
    assert not dialog.turns.take_button.isEnabled()


def test_what_a_turn_might_ask_is_offered_first(
    qtbot: QtBot, place: SourcesWorkspace, dialog: GuideDialog, study: Context
) -> None:
    dialog.reject()
    place.guide.start()
    qtbot.waitUntil(lambda: place.guide.dialog is not None and not study.jobs.busy, timeout=20_000)
    again = place.guide.dialog
    assert again is not None
    choose_turn(again, "Hva ser dere etter når dere kommer?")
    press(again, Qt.Key.Key_Return)
    chooser = again.turns.chooser
    assert chooser is not None
    first = chooser.list.item(0).text()
    assert first.startswith("3. Hva ser dere etter når dere kommer?  ·  0.")
    assert chooser.list.count() == 3
    chooser.close()


def test_after_a_correction_the_next_turn_is_at_hand(dialog: GuideDialog) -> None:
    dialog.turns.table.selectRow(0)
    second = asked(dialog)[1][0]
    press(dialog, Qt.Key.Key_F)
    [turn] = dialog.turns.turns()
    assert turn.said.strip() == second


def test_questions_are_read_whole_in_little_room(qtbot: QtBot, dialog: GuideDialog) -> None:
    guide = dialog.current_guide()
    assert guide is not None
    dialog.questions.reworded.emit(guide.questions[0].id, "Hvordan er kontoret delt inn? " * 4)
    dialog.resize(800, 640)
    table, line = dialog.questions.table, dialog.questions.table.fontMetrics().lineSpacing()
    qtbot.waitUntil(lambda: table.rowHeight(2) >= 4 * line)
    narrow = table.rowHeight(2)
    # Why a turn asks something is read below the list then.
    assert dialog.turns.table.isColumnHidden(4)
    assert not dialog.turns.table.horizontalScrollBar().isVisible()
    dialog.resize(1300, 700)
    qtbot.waitUntil(lambda: line < table.rowHeight(2) < narrow)
    assert not dialog.turns.table.isColumnHidden(4)


def test_questions_and_interviews_narrow_the_list(dialog: GuideDialog) -> None:
    choose_question(dialog, "2.")
    assert [said for said, _ in asked(dialog)] == ["Hva gjør dere på mandager?"]
    dialog.turns.interview.setCurrentIndex(dialog.turns.interview.findText("Bjørkvik leder"))
    assert asked(dialog) == []
    assert "No turn asks this" in dialog.turns.reading.toPlainText()
    assert not dialog.turns.set_button.isEnabled()
    dialog.questions.table.selectRow(0)
    assert len(asked(dialog)) == 2


def test_whether_a_question_was_asked_is_said_by_hand(dialog: GuideDialog, study: Context) -> None:
    choose_question(dialog, "2.")
    field = dialog.turns.asked
    assert not field.isEnabled()
    dialog.turns.interview.setCurrentIndex(dialog.turns.interview.findText("Bjørkvik leder"))
    assert field.isEnabled()
    assert "not asked" in field.currentText()
    field.setCurrentIndex(1)
    field.activated.emit(1)
    [said] = guides.asked_by_hand(study.bridge.project.connection)
    assert said.asked
    assert field.currentIndex() == 1
    model = dialog.questions.model
    row = dialog.questions.table.chosen()[0]
    assert model.data(model.index(row, 1)) == "2/3"
    field.activated.emit(0)
    assert guides.asked_by_hand(study.bridge.project.connection) == ()
    assert model.data(model.index(row, 1)) == "1/3"


def test_a_question_is_linked_with_a_code(dialog: GuideDialog, study: Context) -> None:
    choose_question(dialog, "2.")
    dialog.questions.code_button.click()
    chooser = dialog.questions.chooser
    assert chooser is not None
    QTest.keyClicks(chooser.field, "tavle")
    QTest.keyClick(chooser.field, Qt.Key.Key_Return)
    [link] = guides.code_links(study.bridge.project.connection)
    model = dialog.questions.model
    row = dialog.questions.table.chosen()[0]
    assert model.data(model.index(row, 2)) == "rutiner/tavlemøte"
    dialog.questions.code_toggled.emit([link.question], link.code)
    assert guides.code_links(study.bridge.project.connection) == ()


@pytest.fixture
def answers(qtbot: QtBot, place: SourcesWorkspace, dialog: GuideDialog) -> AnswersDialog:
    """The answers to the second question, for review."""
    choose_question(dialog, "2.")
    dialog.questions.answers_button.click()
    qtbot.waitUntil(lambda: place.guide.answers is not None)
    assert place.guide.answers is not None
    return place.guide.answers


def choose_code(answers: AnswersDialog, words: str) -> None:
    answers.code_button.click()
    assert answers.chooser is not None
    QTest.keyClicks(answers.chooser.field, words)
    QTest.keyClick(answers.chooser.field, Qt.Key.Key_Return)


def test_answers_are_coded_after_a_look(answers: AnswersDialog, study: Context) -> None:
    connection = study.bridge.project.connection
    before = len(codings.all_codings(connection))
    assert answers.model.rowCount() == 2
    assert not answers.run.isEnabled()
    choose_code(answers, "tavle")
    assert answers.run.text() == "Code 2 answers"
    answers.direct.click()
    assert answers.run.text() == "Code 1 answer"
    answers.direct.click()
    answers.table.selectRow(0)
    QTest.keyClick(answers.table, Qt.Key.Key_Space)
    assert [one.follow_ups for one in answers.model.chosen()] == [1]
    answers.run.click()
    made = codings.all_codings(connection)
    assert len(made) == before + 1
    assert made[-1].quote.startswith("Hvor mange som er godkjent.")
    study.bridge.undo()
    assert len(codings.all_codings(connection)) == before


def test_without_answers_there_is_nothing_to_review(
    qtbot: QtBot, place: SourcesWorkspace, dialog: GuideDialog, study: Context
) -> None:
    choose_turn(dialog, "Hva gjør dere på mandager?")
    press(dialog, Qt.Key.Key_O)
    choose_question(dialog, "2.")
    with qtbot.waitSignal(study.bridge.told):
        dialog.questions.answers_button.click()
    assert place.guide.answers is None


def test_a_turn_is_read_on_in_the_coding_room(
    qtbot: QtBot, dialog: GuideDialog, study: Context
) -> None:
    choose_turn(dialog, "Hva gjør dere på mandager?")
    with qtbot.waitSignal(study.navigator.place_wanted) as went:
        dialog.turns.open_button.click()
    assert went.args is not None
    place = went.args[0]
    assert isinstance(place, Place)
    spoken = turn_rows.of_document(study.bridge.project.connection, place.document)  # type: ignore[arg-type]
    assert (place.workspace, place.start) == ("coding", spoken[0].start)


def test_a_guide_is_removed_and_brought_back(
    qtbot: QtBot, place: SourcesWorkspace, dialog: GuideDialog, study: Context
) -> None:
    dialog.remove_button.click()
    qtbot.waitUntil(lambda: place.guide.dialog is None)
    assert guides.all_guides(study.bridge.project.connection) == ()
    study.bridge.undo()
    assert len(guides.all_guides(study.bridge.project.connection)) == 1


def test_the_command_opens_the_guide_again(
    qtbot: QtBot, place: SourcesWorkspace, dialog: GuideDialog
) -> None:
    dialog.reject()
    qtbot.waitUntil(lambda: place.guide.dialog is None)
    next(one for one in place.commands() if one.id == "sources.guide").run()
    qtbot.waitUntil(lambda: place.guide.dialog is not None)
