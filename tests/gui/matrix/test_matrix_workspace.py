"""The matrix as a person uses it: ask, look, go to the words, export, undo."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from qda.app.session import Session
from qda.gui.context import Context, Place
from qda.gui.filter_sheet import FilterSheet
from qda.gui.fonts import interface_font
from qda.gui.main_window import MainWindow
from qda.gui.matrix import commands, engine, tables, words
from qda.gui.matrix.choosers import SideSheet
from qda.gui.matrix.model import Target
from qda.gui.matrix.painting import broken_lines
from qda.gui.matrix.table import MatrixTable, shared_widths
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.models.question import Filter, Question, read_question
from qda.gui.theme import Theme, apply_theme, load_theme, retheme
from qda.gui.workspace import Workspace
from qda.model.bands import BandDefinition
from qda.model.errors import FileProblem, UserError
from qda.model.ids import CodeId, CodingId
from qda.model.matrix import Matrix
from qda.operations import bands, cases, codes, codings, memberships, successions, variables
from qda.operations.codings import NewCoding
from qda.store import bands as band_queries
from qda.store import cases as case_queries
from qda.store import codes as code_queries
from qda.store import documents as document_queries
from qda.store import participants as participant_queries
from qda.store import variables as variable_queries


class Elsewhere(Workspace):
    """A place to be while the matrix is out of sight."""

    key = "sources"
    icon = "sources"

    def title(self) -> str:
        """Return its name."""
        return self.key


class Reading(Elsewhere):
    """Where quotes lead to."""

    key = "coding"
    icon = "coding"


def code_in(session: Session, document: str, code: str, quote: str) -> None:
    """Code a quote."""
    connection = session.project.connection
    found = document_queries.find(connection, document)[0]
    start = document_queries.text(connection, found.id).index(quote)
    which = next(one.id for one in code_queries.all_codes(connection) if one.name == code)
    new = NewCoding(found.id, which, start, start + len(quote))
    session.run(codings.add_codings, coder=session.coder, new=[new])


@pytest.fixture
def compared(study: Context) -> Context:
    """The study with two top codes, four codings, staff by office and roles."""
    session = study.bridge.session
    coder = session.coder
    connection = session.project.connection
    session.run(codes.add_code, coder=coder, name="måltall")
    code_in(session, "Bjørkvik leder", "rutiner", "Det går sånn passe.")
    code_in(session, "Bjørkvik leder", "tavlemøte", "Vi ble spurt, men svaret lå på bordet.")
    code_in(session, "Fylket", "måltall", "Vi ser på målekortet først.")
    staff = session.run(
        variables.add_variable, coder=coder, subject="case", name="ansatte", kind="number"
    ).value
    for name, number in (("NAV Bjørkvik", 90.0), ("NAV Havnes", 12.5)):
        case = case_queries.find(connection, name)[0].id
        session.run(variables.set_value, coder=coder, variable=staff, subject_id=case, value=number)
    role = session.run(
        variables.add_variable, coder=coder, subject="participant", name="rolle", kind="text"
    ).value
    for one in participant_queries.all_participants(connection):
        if not one.interviewer:
            session.run(
                variables.set_value,
                coder=coder,
                variable=role,
                subject_id=one.id,
                value=one.name.lower(),
            )
    return study


@pytest.fixture
def window(qtbot: QtBot, compared: Context) -> MainWindow:
    """The window with the matrix in front."""
    return shown(qtbot, compared)


def shown(qtbot: QtBot, context: Context) -> MainWindow:
    """Return a window that shows the matrix of the project."""
    made = MainWindow(context, [Elsewhere(context), Reading(context), MatrixWorkspace(context)])
    qtbot.addWidget(made)
    made.resize(1280, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.start("matrix")
    return made


def room(window: MainWindow) -> MatrixWorkspace:
    """Return the matrix workspace of a window."""
    found = window.workspace_called("matrix")
    assert isinstance(found, MatrixWorkspace)
    return found


def matrix(window: MainWindow) -> Matrix:
    """Return what is shown."""
    found = room(window).table.matrix_model.matrix
    assert found is not None
    return found


def texts(window: MainWindow) -> list[list[str]]:
    """Return the cells as they are painted, N row and N column included."""
    model = room(window).table.matrix_model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def click_cell(window: MainWindow, row: int, column: int) -> None:
    """Click a cell."""
    table = room(window).table
    place = table.visualRect(table.matrix_model.index(row, column)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=place)


def listed(window: MainWindow) -> list[str]:
    """Return the quotes in the evidence."""
    return [one.text for one in room(window).evidence.quotes.quotes()]


def press(widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier | None = None) -> None:
    """Press a key in a widget."""
    QTest.keyClick(widget, key, modifier or Qt.KeyboardModifier.NoModifier)


# ------------------------------------------------------------------------------- what is shown


def test_offices_by_codes_are_counted_with_an_n_for_each(window: MainWindow) -> None:
    assert texts(window) == [
        ["2", "1", "3 segments · 2 informants"],
        ["1", "1", "2 segments · 2 informants"],
        [
            "3 segments · 2 informants · 2 offices",
            "1 segment · 1 informant · 2 offices",
            "4 segments · 3 informants · 2 offices",
        ],
    ]
    model = room(window).table.matrix_model
    vertical, horizontal = Qt.Orientation.Vertical, Qt.Orientation.Horizontal
    assert [model.headerData(row, vertical) for row in range(3)] == [
        "NAV Bjørkvik", "NAV Havnes", "N",
    ]  # fmt: skip
    assert [model.headerData(one, horizontal) for one in range(3)] == ["rutiner", "måltall", "N"]
    assert "counted in each of them (1 segment)" in room(window).notes.text()


def test_a_screen_reader_is_told_the_whole_cell(window: MainWindow) -> None:
    index = room(window).table.matrix_model.index(0, 0)
    role = Qt.ItemDataRole.AccessibleTextRole
    assert index.data(role) == "NAV Bjørkvik, rutiner: 2 segments"
    assert room(window).table.accessibleName()
    assert room(window).table.matrix_model.headerData(0, Qt.Orientation.Vertical, role)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("documents", "1"), ("participants", "1"), ("cases", "1"), ("presence", "yes"),
        ("words", "12"), ("share", "33.3%"), ("segments", "2"),
    ],
)  # fmt: skip
def test_cells_show_what_is_chosen_above(
    qtbot: QtBot, window: MainWindow, kind: str, expected: str
) -> None:
    parts = room(window).bar.cells.children()
    part = next(one for one in parts if getattr(one, "value", None) == kind)
    assert isinstance(part, QWidget)
    qtbot.mouseClick(part, Qt.MouseButton.LeftButton)
    assert room(window).question.cells == kind
    assert texts(window)[0][0] == expected


def test_quotes_come_into_the_cells_when_they_are_seen(qtbot: QtBot, window: MainWindow) -> None:
    room(window).set_cells("quotes")
    model = room(window).table.matrix_model
    qtbot.waitUntil(lambda: len(model.index(0, 0).data(_cell_role()).quotes) == 2)
    view = model.index(0, 0).data(_cell_role())
    assert view.quotes == ("«Det går sånn passe.»", "«Vi ble spurt, men svaret lå på bordet.»")
    assert view.more == 0


def _cell_role() -> int:
    from qda.gui.matrix.model import CELL_ROLE

    return CELL_ROLE


def test_nothing_to_code_is_told_apart_from_nothing_coded(window: MainWindow) -> None:
    session = room(window).context.bridge.session
    session.run(cases.add_case, coder=session.coder, name="NAV Tomvik")
    assert matrix(window).cells[2] == (None, None)
    assert texts(window)[2][:2] == ["", ""]
    model = room(window).table.matrix_model
    assert "nothing there to code" in str(model.index(2, 0).data(Qt.ItemDataRole.ToolTipRole))
    assert "A blank cell" in room(window).notes.text()
    found = document_queries.find(session.project.connection, "Havnes veileder")[0].id
    tom = case_queries.find(session.project.connection, "NAV Tomvik")[0].id
    session.run(cases.link_cases, coder=session.coder, case=tom, documents=[found])
    assert texts(window)[2][:2] == ["1", "0"]


def test_many_words_are_said_as_one_writes_numbers() -> None:
    assert words.cell_words(1, "words") == "1 word"
    assert words.cell_words(12345, "words") == "12,345 words"


def test_facts_below_a_name_and_the_trail_are_written_out(qtbot: QtBot, window: MainWindow) -> None:
    model = room(window).table.matrix_model
    heads = [model.heading(Qt.Orientation.Vertical, row) for row in range(2)]
    assert [one.below for one in heads if one is not None] == ["ansatte: 90", "ansatte: 12.5"]
    with qtbot.waitSignal(room(window).trail_changed) as told:
        room(window).ask(Question(rows=("participant",)))
    assert told.args is not None
    assert told.args[0] == ["Code by informant"]


def test_codings_without_office_stand_last(window: MainWindow) -> None:
    session = room(window).context.bridge.session
    for one in case_queries.all_cases(session.project.connection):
        found = document_queries.find(session.project.connection, "Fylket")[0].id
        session.run(
            cases.link_cases, coder=session.coder, case=one.id, documents=[found], linked=False
        )
    model = room(window).table.matrix_model
    assert model.headerData(2, Qt.Orientation.Vertical) == "Without office"
    assert texts(window)[2][:2] == ["0", "1"]


# ------------------------------------------------------------------------------- evidence


def test_a_cell_lists_its_quotes_and_a_quote_leads_to_its_place(
    qtbot: QtBot, window: MainWindow
) -> None:
    click_cell(window, 0, 0)
    pane = room(window).evidence
    assert pane.title.text() == "NAV Bjørkvik × rutiner"
    assert pane.counts.text() == "1 informant · 1 document"
    assert listed(window) == ["«Det går sånn passe.»", "«Vi ble spurt, men svaret lå på bordet.»"]
    assert pane.quotes.quotes()[0].attribution == "(leder) · turn 2 · rutiner"
    tip = pane.quotes.model().index(0, 0).data(Qt.ItemDataRole.ToolTipRole)
    assert tip == "Bjørkvik leder · rutiner · Ingrid"
    with qtbot.waitSignal(room(window).context.navigator.place_wanted) as wanted:
        pane.quotes.setCurrentIndex(pane.quotes.model().index(1, 0))
        press(pane.quotes, Qt.Key.Key_Return)
    assert wanted.args == [Place("coding", coding=CodingId(3))]
    window.show_workspace("matrix")
    with qtbot.waitSignal(room(window).context.navigator.place_wanted) as wanted:
        qtbot.mouseClick(pane.open, Qt.MouseButton.LeftButton)
    assert wanted.args == [Place("coding", coding=CodingId(3))]


def test_of_very_many_quotes_the_first_are_listed(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("qda.gui.matrix.workspace.MOST", 1)
    click_cell(window, 0, 2)
    assert listed(window) == ["«Det går sånn passe.»"]
    assert room(window).evidence.counts.text() == "The first 1 are listed."


def test_headings_list_their_row_and_column(window: MainWindow) -> None:
    table = room(window).table
    click_cell(window, 0, 0)
    at = table.row_header.sectionViewportPosition(1) + 10
    QTest.mouseClick(table.row_header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, at))
    assert room(window).evidence.title.text() == "NAV Havnes"
    assert len(listed(window)) == 2
    at = table.column_header.sectionViewportPosition(0) + 20
    QTest.mouseClick(table.column_header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(at, 20))
    assert room(window).evidence.title.text() == "rutiner"
    assert len(listed(window)) == 3
    click_cell(window, 2, 2)
    assert room(window).evidence.title.text() == "Everything"
    assert len(listed(window)) == 4


def test_the_keyboard_walks_the_cells_and_enters_the_quotes(window: MainWindow) -> None:
    table = room(window).table
    assert table.hasFocus()
    press(table, Qt.Key.Key_Down)
    press(table, Qt.Key.Key_Right)
    assert room(window).evidence.title.text() == "NAV Havnes × måltall"
    press(table, Qt.Key.Key_Return)
    assert room(window).evidence.quotes.hasFocus()
    assert room(window).evidence.quotes.current_id() == CodingId(4)


def test_selected_cells_are_copied_for_a_spreadsheet(window: MainWindow) -> None:
    table = room(window).table
    press(table, Qt.Key.Key_Right, Qt.KeyboardModifier.ShiftModifier)
    press(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    press(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().text() == "2\t1\n1\t1"
    commands.copy_all(room(window))
    lines = QGuiApplication.clipboard().text().split("\n")
    assert lines[0] == "Office\trutiner\tmåltall\tN"
    assert lines[1] == "NAV Bjørkvik\t2\t1\t3 segments · 2 informants"


# ------------------------------------------------------------------------------ live


def test_coding_and_undo_show_at_once_and_the_chosen_cell_stays(window: MainWindow) -> None:
    session = room(window).context.bridge.session
    click_cell(window, 1, 0)
    code_in(session, "Havnes veileder", "rutiner", "Hvor mange som er godkjent.")
    assert texts(window)[1][0] == "2"
    assert room(window).evidence.title.text() == "NAV Havnes × rutiner"
    assert "«Hvor mange som er godkjent.»" in listed(window)
    session.undo()
    assert texts(window)[1][0] == "1"
    assert len(listed(window)) == 1
    session.run(codes.add_code, coder=session.coder, name="ansvar")
    first = case_queries.find(session.project.connection, "NAV Havnes")[0].id
    session.run(cases.move_case, coder=session.coder, case=first, position=0)
    assert room(window).table.target() == Target(0, 0)
    assert room(window).evidence.title.text() == "NAV Havnes × rutiner"


def test_a_chosen_heading_stays_chosen(window: MainWindow) -> None:
    table = room(window).table
    at = table.row_header.sectionViewportPosition(0) + 10
    QTest.mouseClick(table.row_header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(20, at))
    session = room(window).context.bridge.session
    code_in(session, "Bjørkvik leder", "måltall", "Det var fylket, egentlig.")
    assert table.row_header.chosen == 0
    assert room(window).evidence.title.text() == "NAV Bjørkvik"
    assert len(listed(window)) == 4
    click_cell(window, 0, 2)
    assert table.row_header.chosen is None


def test_out_of_sight_nothing_is_counted_until_it_is_looked_at(window: MainWindow) -> None:
    session = room(window).context.bridge.session
    window.show_workspace("sources")
    before = matrix(window)
    code_in(session, "Havnes veileder", "rutiner", "Hvor mange som er godkjent.")
    assert matrix(window) is before
    window.show_workspace("matrix")
    assert texts(window)[1][0] == "2"


def test_notes_and_names_that_change_are_followed(window: MainWindow) -> None:
    session = room(window).context.bridge.session
    case = case_queries.find(session.project.connection, "NAV Havnes")[0].id
    session.run(cases.edit_case, coder=session.coder, case=case, name="NAV Skaret", pseudonym="")
    model = room(window).table.matrix_model
    assert model.headerData(1, Qt.Orientation.Vertical) == "NAV Skaret"


# ---------------------------------------------------------------------------- asking


@pytest.fixture
def rows_sheet(qtbot: QtBot, window: MainWindow) -> Iterator[SideSheet]:
    """The sheet for the rows, opened from its chip."""
    bar = room(window).bar
    qtbot.mouseClick(bar.rows, Qt.MouseButton.LeftButton)
    sheet = bar.sheet()
    assert isinstance(sheet, SideSheet)
    yield sheet
    sheet.close()


def pick(sheet: QWidget, combo: QWidget, word: str) -> None:
    """Choose a word in a combo box by typing its beginning."""
    combo.setFocus()
    QTest.keyClicks(combo, word)
    QApplication.sendPostedEvents()
    combo.activated.emit(combo.currentIndex())  # type: ignore[attr-defined]
    assert sheet.isVisible()


def test_rows_are_chosen_nested_and_ordered(window: MainWindow, rows_sheet: SideSheet) -> None:
    pick(rows_sheet, rows_sheet.order, "ansatte")
    model = room(window).table.matrix_model
    assert model.headerData(0, Qt.Orientation.Vertical) == "NAV Havnes"
    rows_sheet.descending.click()
    assert model.headerData(0, Qt.Orientation.Vertical) == "NAV Bjørkvik"
    assert room(window).table.corner.texts() == ("Office", "in the order of ansatte")
    pick(rows_sheet, rows_sheet.second, "rolle")
    assert room(window).question.rows == ("case", "rolle")
    names = [model.headerData(row, Qt.Orientation.Vertical) for row in range(model.rowCount())]
    assert "NAV Bjørkvik, leder" in names
    pick(rows_sheet, rows_sheet.first, "rolle")
    assert room(window).question.rows == ("rolle",)
    assert room(window).bar.rows.text() == "rolle"


def test_numbers_are_cut_into_bands(window: MainWindow, rows_sheet: SideSheet) -> None:
    pick(rows_sheet, rows_sheet.first, "ansatte")
    field = rows_sheet.bands["ansatte"]
    assert isinstance(field, QLineEdit)
    field.setFocus()
    QTest.keyClicks(field, "femten")
    press(field, Qt.Key.Key_Return)
    assert "femten" in rows_sheet.problem.text()
    field.clear()
    QTest.keyClicks(field, "15, 70")
    press(field, Qt.Key.Key_Return)
    assert not rows_sheet.problem.text()
    model = room(window).table.matrix_model
    names = [model.headerData(row, Qt.Orientation.Vertical) for row in range(3)]
    assert [str(one).replace(" ", "") for one in names] == ["<15", "15–<70", "≥70"]
    assert room(window).question.bands == {"ansatte": (15.0, 70.0)}
    room(window).reset()
    assert matrix(window).spec.bands == {}


def test_columns_are_unfolded_to_every_code(qtbot: QtBot, window: MainWindow) -> None:
    bar = room(window).bar
    qtbot.mouseClick(bar.columns, Qt.MouseButton.LeftButton)
    sheet = bar.sheet()
    assert isinstance(sheet, SideSheet)
    sheet.each_code.click()
    heading = room(window).table.matrix_model.heading(Qt.Orientation.Horizontal, 1)
    assert heading is not None
    assert (heading.above, heading.name) == ("rutiner", "tavlemøte")
    assert texts(window)[0][:3] == ["1", "1", "1"]
    sheet.close()
    commands.fold(room(window))
    assert len(matrix(window).columns) == 2


def test_filters_are_added_and_taken_away(qtbot: QtBot, window: MainWindow) -> None:
    bar = room(window).bar
    qtbot.mouseClick(bar.add_filter, Qt.MouseButton.LeftButton)
    sheet = bar.sheet()
    assert isinstance(sheet, FilterSheet)
    parts = [one for one in sheet.mode.children() if getattr(one, "value", None) is True]
    assert isinstance(parts[0], QWidget)
    qtbot.mouseClick(parts[0], Qt.MouseButton.LeftButton)
    pick(sheet, sheet.dimension, "rolle")
    item = next(
        sheet.values.item(row)
        for row in range(sheet.values.count())
        if sheet.values.item(row).text() == "direktør"
    )
    place = sheet.values.visualItemRect(item).center()
    qtbot.mouseClick(sheet.values.viewport(), Qt.MouseButton.LeftButton, pos=place)
    out = Filter("rolle", "direktør", without=True)
    assert room(window).question.filters == (out,)
    assert bar.filters[out].text() == "rolle = direktør"
    assert [line[1] for line in texts(window)[:2]] == ["0", "0"]
    assert room(window).notes.text().startswith("Left out: rolle = direktør.")
    press(bar.filters[out], Qt.Key.Key_Delete)
    assert room(window).question.filters == ()
    assert [line[1] for line in texts(window)[:2]] == ["1", "1"]


def test_only_and_without_work_together(window: MainWindow) -> None:
    ask = room(window).ask
    ask(Question(filters=(Filter("rolle", "leder"), Filter("rolle", "veileder"))))
    assert matrix(window).total.segments == 3
    ask(Question(filters=(Filter("code", "rutiner"), Filter("case", "NAV Havnes", without=True))))
    assert matrix(window).total.segments == 2
    ask(Question(filters=(Filter("document", "Fylket", without=True),)))
    assert matrix(window).total.segments == 3
    commands.clear_filters(room(window))
    assert matrix(window).total.segments == 4


def test_informants_are_shown_with_where_they_speak(window: MainWindow) -> None:
    room(window).ask(Question(rows=("participant",)))
    model = room(window).table.matrix_model
    shown_rows = [model.heading(Qt.Orientation.Vertical, row) for row in range(3)]
    assert [(one.name, one.below) for one in shown_rows if one is not None] == [
        ("Direktør", "Fylket"), ("Leder", "Bjørkvik leder"), ("Veileder", "Havnes veileder"),
    ]  # fmt: skip


def test_what_is_asked_is_remembered_for_the_project(
    qtbot: QtBot, window: MainWindow, compared: Context
) -> None:
    asked = Question(
        rows=("rolle",), columns=("code", "stance"), cells="participants",
        filters=(Filter("case", "NAV Havnes"),), folded=False,
    )  # fmt: skip
    room(window).ask(asked)
    window.save_state()
    again = shown(qtbot, compared)
    assert room(again).question == asked
    assert matrix(again).spec.rows == ("rolle",)


def test_what_is_gone_is_said_and_one_starts_over(qtbot: QtBot, window: MainWindow) -> None:
    room(window).ask(Question(rows=("skonummer",)))
    empty = room(window).empty
    assert empty.isVisible()
    assert "skonummer" in empty.accessibleName()
    with qtbot.waitSignal(empty.button_clicked):
        empty.button_clicked.emit()
    assert room(window).question == Question()
    assert room(window).table.isVisible()
    everything = ("leder", "veileder", "direktør", "")
    filters = tuple(Filter("rolle", one, without=True) for one in everything)
    room(window).ask(Question(filters=filters))
    assert "leave nothing over" in empty.accessibleName()


def test_rows_and_columns_change_places(window: MainWindow) -> None:
    commands.swap(room(window))
    assert [row.label for row in matrix(window).rows] == ["rutiner", "måltall"]
    assert room(window).bar.rows.text() == "code, top level"


def test_a_place_is_shown(window: MainWindow, compared: Context) -> None:
    havnes = case_queries.find(compared.bridge.project.connection, "NAV Havnes")[0].id
    window.show_place(Place("matrix", case=havnes))
    assert room(window).evidence.title.text() == "NAV Havnes"
    window.show_place(Place("matrix", case=havnes, code=CodeId(1)))
    assert room(window).evidence.title.text() == "NAV Havnes × rutiner"


# ------------------------------------------------------------------------------ nothing yet


def test_an_empty_project_says_what_is_missing(qtbot: QtBot, context: Context) -> None:
    window = shown(qtbot, context)
    empty = room(window).empty
    assert "Import them first" in empty.accessibleName()
    with qtbot.waitSignal(context.navigator.place_wanted) as wanted:
        empty.button_clicked.emit()
    assert wanted.args == [Place("sources")]
    assert room(window).table.matrix_model.rowCount() == 0
    window.show_workspace("matrix")
    commands.copy(room(window))
    commands.copy_all(room(window))
    room(window).export_to(Path("nowhere.xlsx"))


def test_sources_without_codings_lead_to_the_coding(qtbot: QtBot, study: Context) -> None:
    study.bridge.session.run(codings.remove_codings, coder="Ingrid", coding_ids=[CodingId(1)])
    window = shown(qtbot, study)
    assert "Every segment that you code" in room(window).empty.accessibleName()
    study.bridge.session.undo()
    assert room(window).table.isVisible()


# ------------------------------------------------------------------------------- export


@pytest.mark.parametrize("ending", ["xlsx", "docx", "html", "csv", "md", "tex", "json"])
def test_the_matrix_is_written_to_a_file(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"matrise.{ending}"
    with qtbot.waitSignal(room(window).files.written):
        room(window).export_to(path)
    assert path.stat().st_size > 100
    assert room(window).notice.text() == f"Written: matrise.{ending}"
    assert room(window).notice.isVisible()


def test_a_file_that_cannot_be_written_is_explained(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    room(window).context.jobs.failed.disconnect()
    with qtbot.waitSignal(room(window).context.jobs.failed) as failed:
        room(window).export_to(tmp_path / "matrise.odp")
    assert isinstance((failed.args or [None])[0], FileProblem)
    with qtbot.waitSignal(room(window).context.jobs.failed) as failed:
        room(window).export_to(tmp_path / "mangler" / "matrise.csv")
    assert isinstance((failed.args or [None])[0], UserError)
    assert not (tmp_path / "mangler").exists()


def test_the_kinds_of_files_are_offered(qtbot: QtBot, window: MainWindow) -> None:
    qtbot.mouseClick(room(window).bar.export, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert len(menu.actions()) == 8
    menu.close()


# -------------------------------------------------------------------------------- looks


def test_other_colours_and_sizes_are_taken(
    window: MainWindow, theme: Theme, qapp: QApplication
) -> None:
    for name, scale in (("dark", 2.0), ("contrast-light", 1.0), ("light", 3.0)):
        fresh = apply_theme(qapp, load_theme(name), scale, reduced_motion=True)  # type: ignore[arg-type]
        retheme(window, fresh)
        for kind in ("segments", "quotes"):
            room(window).ask(replace(room(window).question, cells=kind))
            assert not window.grab().isNull()
    apply_theme(qapp, theme, reduced_motion=True)


def test_in_a_narrow_window_the_words_for_the_cells_fold_into_one(
    qtbot: QtBot, window: MainWindow
) -> None:
    bar = room(window).bar
    assert bar.cells.isVisible()
    assert not bar.kind.isVisible()
    window.resize(900, 600)
    qtbot.waitUntil(lambda: not bar.cells.isVisible())
    qtbot.mouseClick(bar.kind, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    action = next(one for one in menu.actions() if one.text() == "Documents")
    qtbot.mouseClick(menu, Qt.MouseButton.LeftButton, pos=menu.actionGeometry(action).center())
    assert room(window).question.cells == "documents"
    assert bar.kind.text() == "Documents"


def test_the_words_of_many_texts_are_found_beside_the_work(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "AT_ONCE", 10)
    room(window).set_cells("words")
    assert room(window).context.jobs.busy
    assert matrix(window).spec.cells == "segments"
    qtbot.waitUntil(lambda: matrix(window).spec.cells == "words")
    assert texts(window)[0][0] == "12"


def test_columns_keep_the_width_that_they_were_given(window: MainWindow) -> None:
    table = room(window).table
    table.setColumnWidth(1, 170)
    code_in(room(window).context.bridge.session, "Fylket", "rutiner", "Så snakker vi om folk.")
    assert table.columnWidth(1) == 170
    room(window).set_cells("presence")
    assert table.columnWidth(1) == 170


def test_where_room_is_scarce_the_legends_of_n_are_broken_and_all_is_seen(
    qtbot: QtBot, window: MainWindow
) -> None:
    session = room(window).context.bridge.session
    known, asked = engine.choices(session), Question(folded=False)
    counted = tables.build(session, known, asked)
    table = MatrixTable(load_theme("light"))
    qtbot.addWidget(table)
    table.matrix_model.set_matrix(counted.matrix, known, engine.facts(session, asked), counted)
    columns = table.matrix_model.columnCount()
    last = table.matrix_model.rowCount() - 1
    small = interface_font(1.0, 11)

    def laid_out(width: int) -> int:
        table.resize(width, 400)
        table.fit()
        return table.row_header.width() + sum(map(table.columnWidth, range(columns)))

    broad = laid_out(2000)
    legend = table.column_header.heading(columns - 1)
    assert legend is not None
    heights, spare = table.rowHeight(last), table.columnWidth(columns - 1)
    narrowest = laid_out(300)
    assert narrowest < broad
    for width in (broad, (broad + narrowest) // 2, narrowest):
        assert laid_out(width) <= width
        inner = table.columnWidth(columns - 1) - 20
        lines = broken_lines(legend.below, small, inner, 3)
        assert not any("…" in one for one in lines)
        assert not any(one.startswith("·") for one in lines)
        assert "".join(lines).replace(" ", "") == legend.below.replace(" ", "")
    assert table.columnWidth(columns - 1) < spare
    assert table.rowHeight(last) > heights


def test_columns_share_the_room_by_what_they_need() -> None:
    assert shared_widths([90, 90, 90], 400, 190) == [133, 133, 133]
    assert shared_widths([90, 200, 90], 400, 190) == [100, 200, 100]
    assert shared_widths([90, 90], 1000, 190) == [190, 190]
    assert shared_widths([300, 300], 400, 190) == [300, 300]
    assert shared_widths([], 400, 190) == []


def test_text_is_broken_into_lines_and_the_last_is_elided(theme: Theme) -> None:
    font = interface_font(theme.scale)
    assert broken_lines("kort", font, 200, 2) == ("kort",)
    lines = broken_lines("🙂🙂 mange lange ord som ikke får plass på to korte linjer", font, 120, 2)
    assert len(lines) == 2
    assert lines[0].startswith("🙂🙂 mange")
    assert lines[1].endswith("…")
    assert broken_lines("", font, 120, 2) == ("",)


def test_nothing_is_without_a_name(window: MainWindow) -> None:
    bar = room(window).bar
    for widget in (bar.rows, bar.columns, bar.cells, bar.add_filter, room(window).table):
        assert widget.accessibleName()
    assert room(window).evidence.quotes.accessibleName()
    ids = [command.id for command in room(window).commands()]
    assert len(ids) == len(set(ids))


def test_bands_are_chosen_like_variables_and_follow_their_values(
    qtbot: QtBot, window: MainWindow, compared: Context
) -> None:
    session = compared.bridge.session
    connection = session.project.connection
    staff = variable_queries.of_subject(connection, "case")[0].id
    session.run(
        bands.add_banding, coder="Ingrid", variable=staff, name="størrelse",
        definition=BandDefinition("points", (15, 70), labels=("små",)),
    )  # fmt: skip
    bar = room(window).bar
    qtbot.mouseClick(bar.rows, Qt.MouseButton.LeftButton)
    sheet = bar.sheet()
    assert isinstance(sheet, SideSheet)
    pick(sheet, sheet.first, "størrelse (bands)")
    assert [row.label for row in matrix(window).rows] == ["små", "15–<70", "≥ 70"]
    assert any("størrelse is ansatte cut at 15, 70" in str(one) for one in matrix(window).notes)
    sheet.close()
    room(window).ask(Question(filters=(Filter("størrelse", "#1"),)))
    assert room(window).question.filters == (Filter("størrelse", "#1"),)
    assert bar.filters[Filter("størrelse", "#1")].text() == "størrelse = små"
    assert matrix(window).spec.where == (("størrelse", "små"),)
    assert matrix(window).total.segments == 2
    banding = band_queries.all_bandings(connection)[0]
    session.run(
        bands.edit_banding, coder="Ingrid", banding=banding.id, name="størrelse",
        definition=BandDefinition("points", (95,)),
    )  # fmt: skip
    assert bar.filters[Filter("størrelse", "#1")].text() == "størrelse = < 95"
    room(window).ask(Question(filters=(Filter("størrelse", "#1", without=True),)))
    assert matrix(window).spec.where == (("størrelse", "≥ 95"), ("størrelse", ""))


def test_counties_of_a_day_and_offices_that_followed(
    qtbot: QtBot, window: MainWindow, compared: Context
) -> None:
    session = compared.bridge.session
    first, second = (one.id for one in case_queries.all_cases(session.project.connection)[:2])
    for case, county, since, until in (
        (first, "Viken", "2020", "2023"), (first, "Akershus", "2024", ""), (second, "Oslo", "", ""),
    ):  # fmt: skip
        session.run(
            memberships.set_membership, coder="Ingrid", case=case, kind="fylke", group=county,
            since=since, until=until,
        )  # fmt: skip
    session.run(
        successions.add_succession, coder="Ingrid", old=[first], new=[second], at="2024",
        kind="merger",
    )  # fmt: skip
    bar = room(window).bar
    qtbot.mouseClick(bar.rows, Qt.MouseButton.LeftButton)
    sheet = bar.sheet()
    assert isinstance(sheet, SideSheet)
    assert sheet.as_of.isHidden()
    assert not sheet.successors.isHidden()
    pick(sheet, sheet.first, "fylke (by date)")
    assert [row.label for row in matrix(window).rows][:3] == ["Akershus", "Oslo", "Viken"]
    assert any("ever belonged to" in str(one) for one in matrix(window).notes)
    undated = matrix(window).rows[-1].n.segments
    assert matrix(window).rows[-1].missing
    sheet.as_of.setText("snart")
    sheet.as_of.editingFinished.emit()
    assert "is no day" in sheet.problem.text()
    sheet.as_of.setText("today")
    sheet.as_of.editingFinished.emit()
    assert sheet.problem.text() == ""
    counts = {row.label: row.n.segments for row in matrix(window).rows}
    assert counts["Akershus"] == undated > 0
    assert len(matrix(window).spec.as_of) == len("2026-01-01")
    sheet.as_of.clear()
    sheet.as_of.editingFinished.emit()
    sheet.first.setCurrentIndex(sheet.first.findData("case"))
    sheet.first.activated.emit(sheet.first.currentIndex())
    before = len(matrix(window).rows)
    sheet.successors.setText("2024-01")
    sheet.successors.editingFinished.emit()
    assert len(matrix(window).rows) == before - 1
    assert any("count as those that followed them" in str(one) for one in matrix(window).notes)
    kept = read_question(room(window).question.to_text())
    assert kept is not None
    assert (kept.as_of, kept.successors) == ("", "2024-01")
