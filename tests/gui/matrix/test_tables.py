"""Percentages, totals, and the other kinds of tables, as a person comes to them and reads them."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.matrix import commands
from qda.gui.matrix.choosers import GroupSheet
from qda.gui.matrix.export import file_kinds
from qda.gui.matrix.model import Target
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.models.question import Filter, Question, read_question
from qda.model.matrix import CELL_KINDS
from tests.gui.matrix.test_matrix_workspace import Reading, compared

__all__ = ["compared"]


@pytest.fixture
def room(qtbot: QtBot, compared: Context) -> MatrixWorkspace:
    """The matrix of the compared study, in its window."""
    made = MatrixWorkspace(compared)
    window = MainWindow(compared, [Reading(compared), made])
    qtbot.addWidget(window)
    window.resize(1400, 900)
    with qtbot.waitExposed(window):
        window.show()
    window.start("matrix")
    return made


def texts(room: MatrixWorkspace) -> list[list[str]]:
    """Return the table as it is read."""
    model = room.table.matrix_model
    return [
        [str(model.index(row, column).data()) for column in range(model.columnCount())]
        for row in range(model.rowCount())
    ]


def pick(menu: object, word: str) -> None:
    """Choose a line of a menu that is open."""
    assert isinstance(menu, QMenu)
    next(action for action in menu.actions() if action.text() == word).trigger()
    menu.close()


def test_percentages_are_chosen_by_mouse_and_stand_beside_their_counts(
    qtbot: QtBot, room: MatrixWorkspace
) -> None:
    counts = room.table.matrix_model.matrix
    assert counts is not None
    qtbot.mouseClick(room.bar.percent, Qt.MouseButton.LeftButton)
    pick(QApplication.activePopupWidget(), "of the row")
    model = room.table.matrix_model
    matrix = model.matrix
    assert matrix is not None
    assert matrix.percentages is not None
    assert matrix.cells == counts.cells
    row = next(at for at, one in enumerate(matrix.rows) if one.n.segments)
    for column, count in enumerate(matrix.cells[row]):
        share = float(str(count)) / matrix.rows[row].n.segments
        assert model.data(model.index(row, column)) == f"{share * 100:.1f}%"
    total = model.target(row, len(matrix.columns))
    assert total == Target(row, None, total=True)
    assert model.data(model.index(row, len(matrix.columns))) == "100.0%"
    assert model.heading(Qt.Orientation.Horizontal, len(matrix.columns)) is not None
    assert "In all" in texts_of_headings(room)
    assert "the base is all segments of the row" in room.notes.text()
    assert "segment" in model.spoken(Target(row, 0))
    assert "%" in model.spoken(Target(row, 0))


def texts_of_headings(room: MatrixWorkspace) -> list[str]:
    """Return the headings of the columns."""
    model = room.table.matrix_model
    return [
        str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(model.columnCount())
    ]


def test_a_total_leads_to_the_quotes_of_its_line(room: MatrixWorkspace) -> None:
    room.ask(replace(room.question, totals=True))
    model = room.table.matrix_model
    matrix = model.matrix
    assert matrix is not None
    assert matrix.totals is not None
    index = model.index(len(matrix.rows), 0)
    room.table.setCurrentIndex(index)
    assert model.target(index.row(), index.column()) == Target(None, 0, total=True)
    assert len(room.evidence.quotes.quotes()) == matrix.columns[0].n.segments
    assert model.place(Target(None, 0, total=True)) == (len(matrix.rows), 0)
    assert model.place(Target(None, 0)) == (len(matrix.rows) + 1, 0)
    copied = room.table.copied_text(everything=True).splitlines()
    assert len(copied) == len(matrix.rows) + 3


def test_what_has_no_percentages_changes_the_cells_or_the_percentages() -> None:
    question = Question(cells="quotes").with_percent("row")
    assert (question.cells, question.percent) == ("segments", "row")
    assert Question().with_percent("material").cells == "participants"
    assert Question(percent="row").with_cells("share").percent is None
    for kind in CELL_KINDS:
        assert read_question(Question(cells=kind).to_text()) == Question(cells=kind)
    kept = Question(
        table="sequences", within=2, by="turn", totals=True, percent="row", groups=("a", "b", "c")
    )
    assert read_question(kept.to_text()) == kept
    assert read_question('{"rows": ["case"], "columns": ["code"]}') is None


def test_codes_together_by_every_unit(qtbot: QtBot, room: MatrixWorkspace) -> None:
    qtbot.mouseClick(room.bar.table, Qt.MouseButton.LeftButton)
    pick(QApplication.activePopupWidget(), "Codes together")
    assert not room.bar.rows.isVisible()
    assert room.bar.by.isVisible()
    for by in ("overlap", "turn", "document"):
        room.ask(replace(room.question, by=by))
        model = room.table.matrix_model
        matrix = model.matrix
        assert matrix is not None
        assert [one.names for one in matrix.rows] == [one.names for one in matrix.columns]
        for row, line in enumerate(matrix.cells):
            for column, value in enumerate(line):
                assert value == matrix.cells[column][row]
                behind = model.evidence(Target(row, column))
                assert bool(behind) == bool(value)
        room.choose(Target(0, 0))
        quotes = room.evidence.quotes.quotes()
        assert {one.id for one in quotes} == set(model.evidence(Target(0, 0)))
    commands.fold(room)
    assert room.table.matrix_model.rowCount() > len(matrix.rows) + 1


def test_codes_in_sequence_lead_to_pairs_of_quotes(room: MatrixWorkspace) -> None:
    commands.show_table(room, "sequences")
    model = room.table.matrix_model
    matrix = model.matrix
    assert matrix is not None
    places = [
        (row, column)
        for row, line in enumerate(matrix.cells)
        for column, value in enumerate(line)
        if value
    ]
    assert places
    row, column = places[0]
    room.choose(Target(row, column))
    steps = model.steps(Target(row, column))
    assert steps is not None
    assert len(steps) == matrix.cells[row][column]
    said = [one.text for one in room.evidence.quotes.quotes()]
    assert any(text.startswith("→ ") for text in said)
    assert "→" in room.evidence.title.text()
    room.ask(replace(room.question, within=1))
    assert "at most 1 turn count" in room.notes.text()


def test_two_groups_stand_side_by_side(qtbot: QtBot, room: MatrixWorkspace) -> None:
    commands.show_table(room, "contrast")
    assert room.voices.isVisible()
    assert not room.evidence.isVisible()
    assert room.question.groups[0]
    model = room.table.matrix_model
    matrix = model.matrix
    assert matrix is not None
    assert not model.shows_counts()
    assert model.rowCount() == len(matrix.rows)
    sheet = open_groups(room)
    sheet.dimension.setCurrentIndex(sheet.dimension.findData("case"))
    sheet.dimension.activated.emit(sheet.dimension.currentIndex())
    assert room.question.groups[0] == "case"
    names = [side.name.text() for side in room.voices.sides]
    assert names == list(room.question.groups[1:])
    room.choose(Target(len(matrix.rows) - 1, 0))
    for side, figure in zip(room.voices.sides, (0, 1), strict=True):
        shown = room.table.matrix_model.matrix
        assert shown is not None
        assert len(side.quotes.quotes()) == shown.cells[-1][figure]
    with qtbot.waitSignal(room.voices.quote_wanted):
        room.open_quote()


def open_groups(room: MatrixWorkspace) -> GroupSheet:
    """Open the choice of two groups."""
    room.bar.open_groups()
    sheet = room.bar.sheet()
    assert isinstance(sheet, GroupSheet)
    return sheet


@pytest.mark.parametrize("kind", ["cooccurrence", "sequences", "contrast"])
def test_every_table_is_written_in_every_kind_of_file(
    qtbot: QtBot, room: MatrixWorkspace, tmp_path: Path, kind: str
) -> None:
    room.ask(replace(room.question, table=kind))
    for ending, _word in file_kinds(contrast=kind == "contrast"):
        path = tmp_path / f"{kind}{ending}"
        with qtbot.waitSignal(room.files.written):
            room.export_to(path)
        assert path.stat().st_size > 60


def test_filters_hold_in_every_table(room: MatrixWorkspace) -> None:
    for kind in ("cooccurrence", "sequences", "contrast"):
        room.ask(Question(table=kind, groups=room.question.groups))
        before = room.notes.text()
        room.ask(room.question.with_filter(Filter("document", "Fylket")))
        assert room.notes.text() != before
