"""Writing in the cells of the matrix by keyboard: summaries, grades, verdicts, evidence, undo."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from qda.app.session import Session
from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.matrix.model import Target
from qda.gui.matrix.proposition_dialog import PropositionDialog
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.models.question import Question, read_question
from qda.gui.widgets.thing_mime import thing_mime, thing_of
from qda.gui.workspaces import entry_of
from qda.operations import codes, codings, judgements
from qda.operations.codings import NewCoding
from qda.store import codes as code_rows
from qda.store import documents as document_rows
from qda.store import framework, memos
from qda.store import judgements as judgement_rows

CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def code_in(session: Session, document: str, code: str, quote: str) -> None:
    connection = session.project.connection
    found = document_rows.find(connection, document)[0]
    start = document_rows.text(connection, found.id).index(quote)
    which = next(one.id for one in code_rows.all_codes(connection) if one.name == code)
    new = NewCoding(found.id, which, start, start + len(quote))
    session.run(codings.add_codings, coder=session.coder, new=[new])


@pytest.fixture
def room(study: Context, qtbot: QtBot) -> Iterator[MatrixWorkspace]:
    """The matrix of a study with two codes and three codings, in its window."""
    session = study.bridge.session
    session.run(codes.add_code, coder=session.coder, name="måltall")
    code_in(session, "Bjørkvik leder", "rutiner", "Det går sånn passe.")
    code_in(session, "Bjørkvik leder", "tavlemøte", "Vi ble spurt, men svaret lå på bordet.")
    code_in(session, "Fylket", "måltall", "Vi ser på målekortet først.")
    workspace = MatrixWorkspace(study)
    window = MainWindow(study, [entry_of(workspace)])
    qtbot.addWidget(window)
    window.resize(1440, 900)
    window.show()
    qtbot.waitExposed(window)
    window.show_place(Place("matrix"))
    yield workspace
    study.jobs.stop()
    study.bridge.detach()


def keys(text: str) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClicks(focused, text)


def key(which: Qt.Key, modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, which, modifiers)


def column(room: MatrixWorkspace, label: str) -> int:
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    return next(at for at, one in enumerate(matrix.columns) if one.label == label)


def test_a_framework_is_filled_in_by_keyboard(room: MatrixWorkspace, qtbot: QtBot) -> None:
    session = room.context.bridge.session
    room.set_cells("summary")
    room.choose(Target(0, column(room, "rutiner")))
    room.table.setFocus()
    key(Qt.Key.Key_Return)
    assert isinstance(QApplication.focusWidget(), QPlainTextEdit)
    keys("Faste møter.")
    key(Qt.Key.Key_Down, CTRL_ALT)
    keys("Ikke noe fast.")
    key(Qt.Key.Key_Escape)
    assert room.table.hasFocus()
    cells = framework.all_cells(session.project.connection)
    assert [one.summary for one in cells] == ["Faste møter.", "Ikke noe fast."]
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    place = column(room, "rutiner")
    assert [row[place] for row in matrix.cells[:2]] == ["Faste møter.", "Ikke noe fast."]
    assert "Faste møter." in room.table.matrix_model.spoken(Target(0, place))
    room.context.bridge.undo()
    room.context.bridge.undo()
    assert framework.all_cells(session.project.connection) == ()
    qtbot.waitUntil(lambda: not room.writer.pane.text.toPlainText())


def test_what_is_typed_is_saved_while_one_types(room: MatrixWorkspace, qtbot: QtBot) -> None:
    room.set_cells("summary")
    room.choose(Target(0, 0))
    room.writer.write()
    keys("Uten å gå noe sted")
    connection = room.context.bridge.project.connection
    qtbot.waitUntil(lambda: bool(framework.all_cells(connection)), timeout=10_000)
    assert framework.all_cells(connection)[0].summary == "Uten å gå noe sted"
    assert room.writer.pane.text.toPlainText() == "Uten å gå noe sted"


def test_evidence_is_pinned_and_its_change_is_told(room: MatrixWorkspace) -> None:
    session = room.context.bridge.session
    room.set_cells("summary")
    place = column(room, "rutiner")
    room.choose(Target(0, place))
    room.writer.write()
    keys("Faste møter.")
    room.writer.pane.save()
    first = room.evidence.quotes.quotes()[-1]
    room.evidence.quotes.choose(first.id)
    assert room.writer.can_pin()
    room.writer.toggle_evidence()
    [cell] = framework.all_cells(session.project.connection)
    assert list(cell.evidence) == [first.id]
    assert room.evidence.quotes.quotes()[0].id == first.id
    assert "evidence" in room.evidence.quotes.quotes()[0].attribution
    assert not room.writer.pane.changed.isVisible()
    code_in(session, "Bjørkvik leder", "rutiner", "svaret lå på bordet")
    assert "1 new" in room.writer.pane.changed.text()
    assert room.writer.pane.changed.isVisible()
    room.writer.pane.stands.click()
    assert not room.writer.pane.changed.isVisible()
    room.writer.toggle_evidence()
    assert framework.all_cells(session.project.connection)[0].evidence == ()


def test_not_asked_is_neither_zero_nor_nothing_said(room: MatrixWorkspace) -> None:
    room.context.bridge.run(codes.add_code, name="tillit")
    row, place = 0, column(room, "tillit")
    room.set_cells("summary")
    room.choose(Target(row, place))
    pane = room.writer.pane
    pane.status.setFocus()
    status = pane.status.findData("not-asked")
    pane.status.setCurrentIndex(status)
    pane.status.activated.emit(status)
    room.set_cells("segments")
    model = room.table.matrix_model
    assert model.data(model.index(row, place)) == "not asked"
    assert room.writer.pane.isHidden()


def test_raters_grade_apart_and_settle(room: MatrixWorkspace) -> None:
    session = room.context.bridge.session
    connection = session.project.connection
    room.set_cells("grade")
    room.choose(Target(0, column(room, "rutiner")))
    key_now = room.writer.pane.key()
    assert key_now is not None
    assert key_now.code is not None
    session.run(
        judgements.grade_case, coder="Ola", case=key_now.case, code=key_now.code, value="lav"
    )
    pane = room.writer.pane
    assert pane.scale is not None
    room.writer.write()
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Right)
    key(Qt.Key.Key_Space)
    values = {one.value for one in judgement_rows.all_judgements(connection)}
    assert values == {"lav", "høy"}
    room.writer.write()
    keys("Alle sier det.")
    pane.save()
    own = [one for one in judgement_rows.all_judgements(connection) if one.value == "høy"]
    assert own[0].reason == "Alle sier det."
    room.context.bridge.run(judgements.settle, judgement=own[0].id)
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    assert matrix.cells[0][column(room, "rutiner")] == "høy"


def test_cells_in_which_raters_differ_are_stepped_through_and_settled_by_key(
    room: MatrixWorkspace,
) -> None:
    session = room.context.bridge.session
    room.set_cells("grade")
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    place = column(room, "rutiner")
    offices = [one.id for one in session.snapshot().entities.cases]
    rows = [at for at, one in enumerate(matrix.rows) if not one.missing]
    assert len(rows) == len(offices) >= 2
    room.choose(Target(rows[0], place))
    key_now = room.writer.pane.key()
    assert key_now is not None
    assert key_now.code is not None
    for case in offices:
        for coder, value in ((session.coder, "høy"), ("Ola", "lav"), ("Kim", "lav")):
            session.run(
                judgements.grade_case, coder=coder, case=case, code=key_now.code, value=value
            )
    found = {one.id: one for one in room.commands()}
    assert found["matrix.settle.first"].enabled()
    assert not found["matrix.settle.neither"].enabled()
    places = room.writer.open_cells()
    assert [one[1] for one in places] == [place] * len(offices)
    room.table.choose(Target(rows[0], place))
    assert room.writer.pane.standing.text() == f"1 of {len(places)} where raters differ"
    found["matrix.settle.next"].run()
    assert room.table.target() == Target(places[1][0], place)
    found["matrix.settle.previous"].run()
    found["matrix.settle.first"].run()
    settled = [
        one for one in judgement_rows.all_judgements(session.project.connection) if one.settled
    ]
    assert [one.value for one in settled] == ["lav"]
    assert len(room.writer.open_cells()) == len(places) - 1
    assert room.table.target() == Target(places[1][0], place)
    room.choose(Target(*places[0]))
    assert not found["matrix.settle.first"].enabled()
    assert room.writer.pane.standing.isHidden()
    session.undo()
    assert len(room.writer.open_cells()) == len(places)
    room.set_cells("segments")
    assert room.writer.open_cells() == []
    assert not found["matrix.settle.next"].enabled()


def test_propositions_are_made_where_they_lack_and_judged(
    room: MatrixWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = ("Tavla styrer", "Møtet ved tavla styrer arbeidet.", ())

    def ask(*_arguments: object) -> object:
        return answer

    monkeypatch.setattr(PropositionDialog, "ask", ask)
    room.set_cells("verdict")
    assert room.empty.isVisible()
    room.empty.button_clicked.emit()
    assert not room.empty.isVisible()
    room.choose(Target(0, 0))
    pane = room.writer.pane
    key_now = pane.key()
    assert key_now is not None
    pane.value_chosen.emit(key_now, "støttes delvis")
    assert len(room.evidence.quotes.quotes()) >= 2
    first, second = [one.id for one in room.evidence.quotes.quotes()][:2]
    room.evidence.quotes.choose(first)
    room.writer.toggle_evidence("for")
    room.evidence.quotes.choose(second)
    room.writer.toggle_evidence("against")
    [verdict] = judgement_rows.all_judgements(room.context.bridge.project.connection)
    assert [(one.coding, one.side) for one in verdict.evidence] == [
        (first, "for"), (second, "against"),
    ]  # fmt: skip
    marks = [one.attribution.split(" · ")[0] for one in room.evidence.quotes.quotes()[:2]]
    assert marks == ["speaks for", "speaks against"]
    room.writer.remove_proposition()
    assert room.empty.isVisible()
    room.context.bridge.undo()
    assert judgement_rows.all_judgements(room.context.bridge.project.connection) == (verdict,)


def test_the_dialog_takes_what_is_filled_in(room: MatrixWorkspace) -> None:
    dialog = PropositionDialog(room.context.theme, None, room)
    QTest.keyClicks(dialog.name, " H1 ")
    dialog.scale.setPlainText("ja\n\n nei ")
    assert dialog.answer() == ("H1", "", ("ja", "nei"))
    dialog.deleteLater()


def test_questions_about_what_is_written_fit_and_are_remembered() -> None:
    asked = Question(rows=("document",), columns=("rolle",), sort_by="x")
    summary = asked.with_cells("summary")
    assert (summary.rows, summary.columns, summary.sort_by) == (("case",), ("code",), "")
    turned = Question(rows=("code",), columns=("case",)).with_cells("grade")
    assert (turned.rows, turned.columns) == (("code",), ("case",))
    verdict = turned.with_cells("verdict")
    assert (verdict.rows, verdict.columns) == (("case",), ("proposition",))
    assert verdict.with_cells("segments").columns == ("code",)
    people = Question(rows=("participant",)).with_cells("summary")
    assert people.rows == ("participant",)
    assert read_question(verdict.to_text()) == verdict


def test_nothing_is_written_where_nothing_was_typed(room: MatrixWorkspace) -> None:
    room.set_cells("summary")
    room.choose(Target(0, 0))
    room.writer.write()
    key(Qt.Key.Key_Down, CTRL_ALT)
    key(Qt.Key.Key_Escape)
    connection = room.context.bridge.project.connection
    assert framework.all_cells(connection) == ()
    assert memos.all_memos(connection) == ()


def drop_quote(place: QWidget, at: QPoint, coding: int) -> bool:
    """Drag a quote to a place and let it go; tell whether it was taken."""
    data = thing_mime("coding", coding)
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    enter = QDragEnterEvent(at, copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(place, enter)
    if not enter.isAccepted():
        return False
    drop = QDropEvent(QPointF(at), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(place, drop)
    return drop.isAccepted()


def test_a_quote_is_dropped_on_the_pane_and_on_another_cell(room: MatrixWorkspace) -> None:
    connection = room.context.bridge.project.connection
    room.set_cells("summary")
    place = column(room, "rutiner")
    room.choose(Target(0, place))
    quotes = room.evidence.quotes
    first = quotes.quotes()[-1]
    dragged = quotes.model().mimeData([quotes.model().index(len(quotes.quotes()) - 1, 0)])
    assert thing_of(dragged) == ("coding", first.id)
    assert isinstance(first.id, int)
    assert drop_quote(room.writer.pane, QPoint(5, 5), first.id)
    [cell] = framework.all_cells(connection)
    assert list(cell.evidence) == [first.id]
    assert drop_quote(room.writer.pane.text.viewport(), QPoint(5, 5), first.id)
    assert list(framework.all_cells(connection)[0].evidence) == [first.id]
    other = column(room, "måltall")
    table = room.table
    index = table.matrix_model.index(0, other)
    table.scrollTo(index)
    assert drop_quote(table.viewport(), table.visualRect(index).center(), first.id)
    assert [list(one.evidence) for one in framework.all_cells(connection)] == [[first.id]] * 2
    room.context.bridge.undo()
    room.context.bridge.undo()
    assert not any(one.evidence for one in framework.all_cells(connection))


def test_a_quote_dropped_where_nothing_is_written_is_not_taken(
    room: MatrixWorkspace, qtbot: QtBot
) -> None:
    room.set_cells("segments")
    table = room.table
    centre = table.visualRect(table.matrix_model.index(0, 0)).center()
    assert not drop_quote(table.viewport(), centre, 1)
    room.set_cells("grade")
    room.choose(Target(0, column(room, "rutiner")))
    quote = room.evidence.quotes.quotes()[0].id
    assert isinstance(quote, int)
    with qtbot.waitSignal(room.context.bridge.failed) as told:
        drop_quote(room.writer.pane, QPoint(5, 5), quote)
    assert "grade" in str(told.args)
