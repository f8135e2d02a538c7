"""Pictures in place of the table: chosen, walked by key, led back to quotes, written to files."""

import json
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from qda.gui.context import Context, Place
from qda.gui.matrix import commands
from qda.gui.matrix.beside_sheet import BesideSheet
from qda.gui.matrix.drawing import pictures_of
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.models.question import Question, read_question
from qda.gui.theme import load_theme
from qda.model.pictures import PRINT
from qda.operations.monthly_values import PeriodValue, import_period_values
from tests.gui.matrix.test_matrix_workspace import compared
from tests.gui.matrix.test_tables import pick, room

__all__ = ["compared", "room"]


def chosen_by_chip(qtbot: QtBot, room: MatrixWorkspace, word: str) -> None:
    qtbot.mouseClick(room.bar.picture, Qt.MouseButton.LeftButton)
    pick(QApplication.activePopupWidget(), word)


@pytest.fixture
def indicator(compared: Context) -> Context:
    """The study with two months of an indicator."""
    session = compared.bridge.session
    values = [
        PeriodValue(case, month, "planer", number)
        for case, number in (("NAV Bjørkvik", 62.0), ("NAV Havnes", 58.0))
        for month in ("2012-02", "2012-03")
    ]
    session.run(import_period_values, coder=session.coder, values=values)
    return compared


def test_a_heat_map_stands_in_place_of_the_table_and_leads_to_its_quotes(
    qtbot: QtBot, room: MatrixWorkspace
) -> None:
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    chosen_by_chip(qtbot, room, "Heat map")
    canvas = room.drawer.view.canvas
    assert canvas.isVisible()
    assert not room.table.isVisible()
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(canvas, Qt.Key.Key_Home)
    spot = canvas.current()
    assert spot is not None
    assert spot.about.endswith(f": {matrix.cells[0][0]}")
    listed = [one.id for one in room.evidence.quotes.quotes()]
    assert listed == list(matrix.evidence[0][0])
    qtbot.keyClick(canvas, Qt.Key.Key_Return)
    qtbot.waitUntil(room.evidence.quotes.hasFocus)
    chosen_by_chip(qtbot, room, "Table")
    assert room.table.isVisible()
    assert not canvas.isVisible()


def test_portraits_lead_to_their_documents(qtbot: QtBot, room: MatrixWorkspace) -> None:
    commands.show_picture(room, "portraits")
    canvas = room.drawer.view.canvas
    picture = canvas.picture()
    assert picture is not None
    assert not room.evidence.isVisible()
    document = next(
        one.id
        for one in room.context.bridge.session.snapshot().entities.documents
        if picture.spots[0].about.startswith(one.name)
    )
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    canvas.choose(0)
    with qtbot.waitSignal(room.context.navigator.place_wanted) as went:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert went.args == [Place("coding", document=document)]


def test_a_map_is_of_codes_that_occur_together(room: MatrixWorkspace) -> None:
    commands.show_picture(room, "network")
    assert room.question.table == "cooccurrence"
    picture = room.drawer.view.canvas.picture()
    assert picture is not None
    assert "rutiner" in picture.about or "rutiner" in str([one.about for one in picture.spots])


def test_a_timeline_for_every_indicator(
    qtbot: QtBot, indicator: Context, room: MatrixWorkspace
) -> None:
    chosen_by_chip(qtbot, room, "Timeline: planer")
    canvas = room.drawer.view.canvas
    picture = canvas.picture()
    assert picture is not None
    assert {one.about for one in picture.spots} == {"NAV Bjørkvik 62", "NAV Havnes 58"}
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    canvas.choose(0)
    # The window of this test has no offices to go to.
    indicator.navigator.place_wanted.disconnect()
    with qtbot.waitSignal(indicator.navigator.place_wanted) as went:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert went.args is not None
    assert went.args[0].case is not None


def test_points_open_their_office_and_show_its_quotes(
    qtbot: QtBot, compared: Context, room: MatrixWorkspace
) -> None:
    chosen_by_chip(qtbot, room, "Scatter plot: ansatte")
    canvas = room.drawer.view.canvas
    canvas.setFocus(Qt.FocusReason.TabFocusReason)
    canvas.choose(0)
    spot = canvas.current()
    assert spot is not None
    assert "ansatte: 90" in spot.about
    matrix = room.table.matrix_model.matrix
    assert matrix is not None
    listed = [one.id for one in room.evidence.quotes.quotes()]
    assert listed == list(matrix.evidence[spot.row][spot.column])
    compared.navigator.place_wanted.disconnect()
    with qtbot.waitSignal(compared.navigator.place_wanted) as went:
        qtbot.keyClick(canvas, Qt.Key.Key_Return)
    assert went.args is not None
    cases = {one.id: one.name for one in compared.bridge.session.snapshot().entities.cases}
    assert cases[went.args[0].case] == "NAV Bjørkvik"


def test_a_joint_display_has_values_beside_the_counts(room: MatrixWorkspace) -> None:
    commands.show_picture(room, "joint")
    picture = room.drawer.view.canvas.picture()
    assert picture is not None
    assert any("ansatte: 12.5" in one.about for one in picture.spots)


@pytest.mark.usefixtures("indicator")
def test_what_stands_beside_the_codes_is_chosen_by_key_and_kept(
    qtbot: QtBot, room: MatrixWorkspace
) -> None:
    assert not room.bar.beside.isVisible()
    commands.show_picture(room, "joint")
    assert room.bar.beside.isVisible()
    assert room.bar.beside.text() == "all numbers"
    canvas = room.drawer.view.canvas

    def shown() -> set[str]:
        picture = canvas.picture()
        assert picture is not None
        return {one.about.partition(", ")[2].partition(":")[0] for one in picture.spots}

    assert {"ansatte", "planer"} <= shown()
    room.bar.beside.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.keyClick(room.bar.beside, Qt.Key.Key_Space)
    sheet = room.bar.sheet()
    assert isinstance(sheet, BesideSheet)
    assert sheet.numbers.hasFocus()
    assert sheet.numbers.isChecked()
    offered = sheet.variables.texts()
    assert "planer (month by month)" in offered
    field = sheet.variables.focusProxy()
    assert field is not None
    qtbot.keyClicks(field, "planer")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert not sheet.numbers.isChecked()
    assert room.question.beside == ("ansatte",)
    assert "planer" not in shown()
    assert room.bar.beside.text() == "ansatte"
    sheet.order.setFocus(Qt.FocusReason.TabFocusReason)
    sheet.order.setCurrentIndex(sheet.order.findData("ansatte"))
    sheet.order.activated.emit(sheet.order.currentIndex())
    qtbot.keyClick(sheet.descending, Qt.Key.Key_Space)
    asked = room.question
    assert (asked.sort_by, asked.descending) == ("ansatte", True)
    picture = canvas.picture()
    assert picture is not None
    staff = [
        float(one.about.rpartition(" ")[2]) for one in picture.spots
        if ", ansatte: " in one.about and not one.about.endswith("–")
    ]  # fmt: skip
    assert staff == sorted(staff, reverse=True)
    assert len(staff) > 1
    assert read_question(asked.to_text()) == asked
    qtbot.keyClick(sheet.numbers, Qt.Key.Key_Space)
    assert room.question.beside is None
    assert {"ansatte", "planer"} <= shown()
    sheet.close()


def test_what_is_gone_stands_beside_no_more_and_old_questions_show_all_numbers() -> None:
    asked = Question(picture="joint", beside=("ansatte", "borte"))
    assert read_question(asked.to_text()) == asked
    kept = json.loads(asked.to_text())
    del kept["beside"]
    old = read_question(json.dumps(kept))
    assert old is not None
    assert old.beside is None


def test_a_file_of_a_joint_display_has_the_values_too(
    qtbot: QtBot, room: MatrixWorkspace, tmp_path: Path
) -> None:
    commands.show_picture(room, "joint")
    path = tmp_path / "samlet.csv"
    with qtbot.waitSignal(room.files.written):
        room.export_to(path)
    assert "ansatte" in path.read_text(encoding="utf-8").splitlines()[0]


def test_where_nothing_can_be_drawn_the_table_stays_and_it_is_said_why(
    room: MatrixWorkspace,
) -> None:
    commands.show_picture(room, "heat")
    room.set_cells("quotes")
    assert room.table.isVisible()
    assert "needs numbers" in room.notice.text()


@pytest.mark.parametrize("ending", ["svg", "pdf", "png"])
def test_pictures_are_written_in_the_colours_of_paper(
    qtbot: QtBot, room: MatrixWorkspace, tmp_path: Path, ending: str
) -> None:
    room.set_theme(load_theme("dark"))
    commands.show_picture(room, "heat")
    shown = room.drawer.view.canvas.picture()
    assert shown is not None
    assert shown.paper == load_theme("dark").paper
    path = tmp_path / f"kart.{ending}"
    with qtbot.waitSignal(room.files.written):
        room.export_to(path)
    if ending == "png":
        image = QImage(str(path))
        assert image.pixelColor(0, 0).name().upper() == PRINT.paper
        assert image.text("Description").startswith("Heat map")
    elif ending == "svg":
        assert PRINT.accent in path.read_text(encoding="utf-8")
    else:
        assert path.read_bytes().startswith(b"%PDF")


def test_the_kinds_of_files_for_pictures_are_offered_first(
    qtbot: QtBot, room: MatrixWorkspace
) -> None:
    commands.show_picture(room, "bars")
    qtbot.mouseClick(room.bar.export, Qt.MouseButton.LeftButton)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert [action.data() for action in menu.actions()][:3] == [".svg", ".pdf", ".png"]
    menu.close()


def test_the_picture_is_kept_with_the_question(room: MatrixWorkspace) -> None:
    asked = Question(picture="heat")
    assert read_question(asked.to_text()) == asked
    known = room._choices  # noqa: SLF001 - what the bar was given
    assert known is not None
    kinds = dict(pictures_of(Question(table="contrast"), known))
    assert list(kinds) == [""]
