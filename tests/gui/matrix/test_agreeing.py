"""Two coders compared in the matrix: the measures, the disagreements, and the way to them."""

import json
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from qda.analysis.agreement import agreement, comparable, disagreements
from qda.gui.context import Context, Place
from qda.gui.language import current_catalogue
from qda.gui.layers_kept import KEPT
from qda.gui.main_window import MainWindow
from qda.gui.matrix import agreeing, commands
from qda.gui.matrix.model import Target
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.models.question import Filter, Question, read_question
from qda.model.agreement import AGREEMENT_UNITS, AgreementSpec
from qda.model.ids import DocumentId
from qda.operations.codings import NewCoding, add_codings
from qda.store import codes as code_queries
from qda.store import documents as document_queries
from qda.store import project_info
from tests.gui.matrix.test_matrix_workspace import Reading, compared
from tests.gui.matrix.test_tables import pick, texts

__all__ = ["compared"]


def code_as(
    context: Context, coder: str, code: str, quote: str, document: str = "Bjørkvik leder"
) -> None:
    """Code a quote of a document in somebody's name."""
    session = context.bridge.session
    connection = session.project.connection
    found = document_queries.find(connection, document)[0]
    start = document_queries.text(connection, found.id).index(quote)
    which = next(one.id for one in code_queries.all_codes(connection) if one.name == code)
    new = NewCoding(found.id, which, start, start + len(quote))
    session.run(add_codings, coder=coder, new=[new])


@pytest.fixture
def room(qtbot: QtBot, compared: Context) -> MatrixWorkspace:
    """The matrix of a study that a second coder has read a part of."""
    code_as(compared, "Berit", "rutiner", "Det går sånn passe.")
    code_as(compared, "Berit", "måltall", "Det går sånn")
    made = MatrixWorkspace(compared)
    window = MainWindow(compared, [Reading(compared), made])
    qtbot.addWidget(window)
    window.resize(1400, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.start("matrix")
    return made


def said_instead(room: MatrixWorkspace) -> str:
    """Return what stands where no table can be shown."""
    assert room.empty.isVisible()
    assert not room.evidence.isVisible()
    return " ".join(one.text() for one in room.empty.findChildren(QLabel))


def spec_of(room: MatrixWorkspace) -> AgreementSpec:
    """Return what is asked, as the engine takes it."""
    snapshot = room.context.bridge.session.snapshot()
    return AgreementSpec(comparable(snapshot)[0], room.question.unit, folded=room.question.folded)


def test_the_figures_are_those_of_the_engine_by_every_unit(
    qtbot: QtBot, room: MatrixWorkspace
) -> None:
    qtbot.mouseClick(room.bar.table, Qt.MouseButton.LeftButton)
    pick(QApplication.activePopupWidget(), "Agreement")
    assert room.bar.unit.isVisible()
    assert room.bar.coders.isVisible()
    assert room.bar.add_filter.isVisible()
    assert room.bar.export.isVisible()
    write = current_catalogue().format_number
    entities = room.context.bridge.session.snapshot().entities
    roots = {one.id for one in entities.codes if one.parent is None}
    for unit in AGREEMENT_UNITS:
        room.bar.unit.value_changed.emit(unit)
        assert room.question.unit == unit
        report = agreement(room.context.bridge.session.snapshot(), spec_of(room))
        shown = texts(room)
        used = [
            one
            for one in report.codes
            if one.code in roots and (any(one.agreement.table[0]) or one.agreement.table[1][0])
        ]
        assert len(shown) == len(used) + 1
        for line, found in zip(
            shown, [*(one.agreement for one in used), report.overall], strict=True
        ):
            (both, first), (second, neither) = found.table
            assert line[0] == write(found.n)
            assert line[2] == ("–" if found.kappa is None else write(found.kappa, 3))
            assert line[4:8] == [write(one) for one in (both, first, second, neither)]
    assert "beyond chance" in room.notes.text()


def test_a_row_lists_its_disagreements_and_a_column_of_one_coder_only_theirs(
    room: MatrixWorkspace,
) -> None:
    commands.show_table(room, "agreement")
    differing = disagreements(room.context.bridge.session.snapshot(), spec_of(room))
    last = room.table.matrix_model.rowCount() - 1
    room.choose(Target(last, 2))
    listed = {one.id for one in room.evidence.quotes.quotes()}
    assert listed == {coding for one in differing for coding in one.codings}
    assert listed
    entities = room.context.bridge.session.snapshot().entities
    names = {one.id: one.name for one in entities.coders}
    for column, coder in zip((5, 6), spec_of(room).coders, strict=True):
        room.choose(Target(last, column))
        assert {one.id for one in room.evidence.quotes.quotes()} == {
            coding for one in differing if one.coder == coder for coding in one.codings
        }
        assert all(
            f"only {names[coder]}" in one.attribution for one in room.evidence.quotes.quotes()
        )
    commands.fold(room)
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    row = next(at for at, one in enumerate(matrix.rows) if one.label == "rutiner")
    room.choose(Target(row, 0))
    assert not room.evidence.quotes.quotes()
    assert "They agree everywhere." in room.evidence.counts.text()


def test_a_disagreement_opens_with_both_coders_side_by_side(
    qtbot: QtBot, room: MatrixWorkspace
) -> None:
    commands.show_table(room, "agreement")
    room.choose(Target(room.table.matrix_model.rowCount() - 1, 0))
    with qtbot.waitSignal(room.context.navigator.place_wanted) as told:
        room.open_quote()
    assert told.args is not None
    place = told.args[0]
    assert isinstance(place, Place)
    assert place.compared == spec_of(room).coders
    commands.show_table(room, "matrix")
    room.choose(Target(0, 0))
    with qtbot.waitSignal(room.context.navigator.place_wanted) as told:
        room.open_quote()
    assert told.args is not None
    assert told.args[0].compared is None


def test_many_codings_are_compared_in_a_worker(
    qtbot: QtBot, room: MatrixWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    commands.show_table(room, "agreement")
    at_once = texts(room)
    commands.show_table(room, "matrix")
    monkeypatch.setattr(agreeing, "AT_ONCE", 0)
    code_as(room.context, "Berit", "tavlemøte", "Vi ble spurt")
    with qtbot.waitSignal(room.context.jobs.started):
        commands.show_table(room, "agreement")
    qtbot.waitUntil(lambda: len(texts(room)[0]) == len(at_once[0]))
    room.choose(Target(0, 0))
    report = agreement(room.context.bridge.session.snapshot(), spec_of(room))
    assert texts(room)[-1][0] == current_catalogue().format_number(report.overall.n)


def test_who_codes_blind_is_told_why_nothing_is_shown(room: MatrixWorkspace) -> None:
    commands.show_table(room, "agreement")
    assert room.table.isVisible()
    guid = project_info.read(room.context.bridge.project.connection).guid
    room.context.settings.set(KEPT, {guid: '{"whose": "mine"}'})
    room.activate()
    assert "only your own codings" in said_instead(room)


def test_one_coder_alone_cannot_be_compared(qtbot: QtBot, compared: Context) -> None:
    made = MatrixWorkspace(compared)
    window = MainWindow(compared, [Reading(compared), made])
    qtbot.addWidget(window)
    window.show()
    window.start("matrix")
    commands.show_table(made, "agreement")
    assert "No two coders" in said_instead(made)


def test_rows_are_offices_or_documents_each_with_its_disagreements(
    qtbot: QtBot, room: MatrixWorkspace
) -> None:
    code_as(room.context, "Berit", "måltall", "Vi ser på målekortet først.", "Fylket")
    code_as(room.context, "Berit", "rutiner", "Så snakker vi om folk.", "Fylket")
    commands.show_table(room, "agreement")
    assert room.bar.parts.isVisible()
    together = texts(room)[-1]
    write = current_catalogue().format_number
    for word, kind in (("Documents", "documents"), ("Offices", "cases")):
        qtbot.mouseClick(room.bar.parts, Qt.MouseButton.LeftButton)
        pick(QApplication.activePopupWidget(), word)
        report = agreement(room.context.bridge.session.snapshot(), spec_of(room))
        parts = getattr(report, kind)
        matrix = room.table.matrix_model.matrix
        assert matrix is not None
        assert [one.label for one in matrix.rows] == [*(one.name for one in parts), "All together"]
        for line, one in zip(texts(room), parts, strict=False):
            assert line[0] == write(one.agreement.n)
            assert line[4] == write(one.agreement.table[0][0])
        assert texts(room)[-1] == together
    commands.show_table(room, "agreement")
    qtbot.mouseClick(room.bar.parts, Qt.MouseButton.LeftButton)
    pick(QApplication.activePopupWidget(), "Documents")
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    row = next(at for at, one in enumerate(matrix.rows) if one.label == "Fylket")
    room.choose(Target(row, 0))
    differing = disagreements(room.context.bridge.session.snapshot(), spec_of(room))
    here = [one for one in differing if one.document == document_of(room, "Fylket")]
    assert {one.id for one in room.evidence.quotes.quotes()} == {
        coding for one in here for coding in one.codings
    }
    assert room.evidence.title.text() == "Fylket"
    assert room.evidence.counts.text().startswith("Percent agreement")
    assert room.agreeing.settler.pane.where.text().startswith("Fylket")


def test_filters_say_which_documents_are_compared(room: MatrixWorkspace) -> None:
    code_as(room.context, "Berit", "måltall", "Vi ser på målekortet først.", "Fylket")
    commands.show_table(room, "agreement")
    both = int(texts(room)[-1][0].replace(",", ""))
    room.ask(room.question.with_filter(Filter("document", "Fylket", without=True)))
    assert "Left out" in room.notes.text()
    assert next(iter(room.bar.filters.values())).isVisible()
    assert room.bar.add_filter.isVisible()
    without = int(texts(room)[-1][0].replace(",", ""))
    report = agreement(
        room.context.bridge.session.snapshot(),
        replace(spec_of(room), documents=frozenset({document_of(room, "Bjørkvik leder")})),
    )
    assert without == report.overall.n < both
    room.ask(replace(room.question, filters=(Filter("document", "Fylket"),)))
    assert len(texts(room)) == 2
    # Whose words they are says nothing of documents.
    room.ask(room.question.with_filter(Filter("participant:rolle", "leder")))
    assert "Filters on" in room.notes.text()
    shown = {one.name: chip.isVisible() for one, chip in room.bar.filters.items()}
    assert shown == {"document": True, "participant:rolle": False}
    commands.show_table(room, "matrix")
    assert "Filters on" not in room.notes.text()
    assert all(chip.isVisible() for chip in room.bar.filters.values())


def test_filters_that_leave_nothing_over_are_told(room: MatrixWorkspace) -> None:
    commands.show_table(room, "agreement")
    room.ask(replace(room.question, filters=(Filter("document", "Fylket"),)))
    # Nobody but the one has coded that one.
    assert "no document that both have coded" in room.notes.text()
    nothing = (Filter("document", "Bjørkvik leder"), Filter("case", "NAV Havnes"))
    room.ask(replace(room.question, filters=nothing))
    assert "leave no document over" in said_instead(room)


def document_of(room: MatrixWorkspace, name: str) -> DocumentId:
    """Return a document by its name."""
    connection = room.context.bridge.project.connection
    return document_queries.find(connection, name)[0].id


def test_the_question_is_kept() -> None:
    kept = Question(table="agreement", coders=("a", "b"), unit="turn")
    assert read_question(kept.to_text()) == kept
    assert read_question(replace(kept, unit="character").to_text()) != kept
    by_office = replace(kept, parts="case")
    assert read_question(by_office.to_text()) == by_office


@pytest.mark.parametrize("ending", [".docx", ".xlsx", ".json", ".md"])
def test_the_table_is_written_to_a_file(
    qtbot: QtBot, room: MatrixWorkspace, tmp_path: Path, ending: str
) -> None:
    commands.show_table(room, "agreement")
    path = tmp_path / f"samsvar{ending}"
    assert f"matrix.export{ending}" in {one.id for one in room.commands() if one.enabled()}
    with qtbot.waitSignal(room.files.written):
        room.export_to(path)
    report = agreement(room.context.bridge.session.snapshot(), spec_of(room))
    if ending == ".json":
        found = json.loads(path.read_text(encoding="utf-8"))
        assert found["overall"]["table"] == [list(row) for row in report.overall.table]
    elif ending == ".md":
        written = path.read_text(encoding="utf-8")
        assert f"| {report.overall.table[0][0]} | {report.overall.table[0][1]} |" in written
    else:
        assert zipfile.is_zipfile(path)
