"""The offices workspace, used as a person uses it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from qda.gui import session_bridge
from qda.gui.cases import rows
from qda.gui.cases.bands_dialog import BandsDialog
from qda.gui.cases.case_model import FIRST, NAME, PSEUDONYM
from qda.gui.cases.values_dialog import ValuesDialog
from qda.gui.cases.workspace import CasesWorkspace
from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.operations import monthly_values
from qda.operations import variables as variable_operations
from qda.store import bands as band_rows
from qda.store import cases, variables

SHEET = """kontor;pseudonym;ansatte;andel;åpnet;samlokalisert
NAV Bjørkvik;Kontor A;48;0,5;01.11.2008;ja
NAV Havnes;Kontor B;112;12,25;15.03.2010;nei
NAV Ås;;9;;;
"""
MONTHS = """kontor;periode;indikator;verdi
NAV Bjørkvik;2012-01;planer;49
NAV Bjørkvik;2012-02;planer;51,5
NAV Bjørkvik;2012-04;planer;50
NAV Havnes;2012-01;planer;62
NAV Bjørkvik;2012-01;aktivitet;20
"""


@pytest.fixture
def workspace(qtbot: QtBot, study: Context) -> Iterator[CasesWorkspace]:
    """The workspace in a window on the study."""
    yield from open_window(qtbot, study)


@pytest.fixture
def fresh(qtbot: QtBot, context: Context) -> Iterator[CasesWorkspace]:
    """The workspace in a window on a project without offices."""
    yield from open_window(qtbot, context)


@pytest.fixture
def filled(qtbot: QtBot, workspace: CasesWorkspace, tmp_path: Path) -> CasesWorkspace:
    """The workspace with both sheets imported."""
    take_in(qtbot, workspace, tmp_path)
    return workspace


def open_window(qtbot: QtBot, context: Context) -> Iterator[CasesWorkspace]:
    made = CasesWorkspace(context)
    window = MainWindow(context, [made])
    qtbot.addWidget(window)
    window.resize(1200, 760)
    window.show()
    window.start("cases")
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    yield made
    # As the application does before it closes the project.
    window.save_state()


def take_in(qtbot: QtBot, workspace: CasesWorkspace, folder: Path) -> None:
    sheet, months = folder / "kontorer.csv", folder / "indikatorer.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    months.write_text(MONTHS, encoding="utf-8")
    before = steps(workspace)
    # The values come first in the list: their offices must be there already.
    workspace.files.import_paths([months, sheet])
    accept_values(qtbot, workspace)
    qtbot.waitUntil(lambda: steps(workspace) == before + 2)
    qtbot.waitUntil(lambda: not workspace.context.bridge.session.busy)
    workspace.window().activateWindow()
    qtbot.waitUntil(workspace.window().isActiveWindow)


def values_dialog(qtbot: QtBot, workspace: CasesWorkspace) -> ValuesDialog:
    """The dialog in front, when it has read its sheet."""

    def shown() -> list[ValuesDialog]:
        found = workspace.window().findChildren(ValuesDialog)
        return [one for one in found if one.isVisible()]

    def ready() -> None:
        assert any(one.import_button.isEnabled() or not one.trouble.isHidden() for one in shown())
        assert not workspace.context.jobs.busy

    qtbot.waitUntil(ready)
    return shown()[0]


def accept_values(qtbot: QtBot, workspace: CasesWorkspace) -> None:
    qtbot.mouseClick(values_dialog(qtbot, workspace).import_button, Qt.MouseButton.LeftButton)


def steps(workspace: CasesWorkspace) -> int:
    return len([step for step in workspace.context.bridge.session.steps() if not step.undone])


def names(workspace: CasesWorkspace) -> list[str]:
    return column(workspace, NAME)


def column(workspace: CasesWorkspace, number: int) -> list[str]:
    model = workspace.table.case_model()
    return [str(model.index(row, number).data()) for row in range(model.rowCount())]


def heading(workspace: CasesWorkspace, name: str) -> int:
    model = workspace.table.case_model()
    headings = [
        model.headerData(number, Qt.Orientation.Horizontal) for number in range(model.columnCount())
    ]
    return headings.index(name)


def stored(workspace: CasesWorkspace) -> list[tuple[str, str]]:
    found = cases.all_cases(workspace.context.bridge.project.connection)
    return [(case.name, case.pseudonym) for case in found]


def go_to(workspace: CasesWorkspace, row: int, number: int) -> None:
    workspace.table.setCurrentIndex(workspace.table.case_model().index(row, number))
    workspace.table.setFocus()


def line(workspace: CasesWorkspace) -> QLineEdit:
    """The line that is open in the table."""
    return workspace.table.viewport().findChildren(QLineEdit)[-1]


def write(qtbot: QtBot, workspace: CasesWorkspace, text: str) -> None:
    """Write in the cell at hand and press Enter."""
    qtbot.keyClick(workspace.table, Qt.Key.Key_F2)
    editor = line(workspace)
    editor.selectAll()
    qtbot.keyClicks(editor, text)
    finish(qtbot, workspace, editor)


def finish(qtbot: QtBot, workspace: CasesWorkspace, editor: QWidget) -> None:
    """Press Enter; what is written is kept a moment later, unless it is refused."""
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    said = workspace.table_pane.trouble
    qtbot.waitUntil(lambda: bool(said.text()) or not workspace.table.is_writing())


def test_sheets_become_typed_columns_and_monthly_indicators(filled: CasesWorkspace) -> None:
    assert names(filled) == ["NAV Bjørkvik", "NAV Havnes", "NAV Ås"]
    assert column(filled, PSEUDONYM) == ["Kontor A", "Kontor B", ""]
    assert column(filled, heading(filled, "andel")) == ["0.5", "12.25", ""]
    assert column(filled, heading(filled, "åpnet")) == ["1 November 2008", "15 March 2010", ""]
    assert column(filled, heading(filled, "samlokalisert")) == ["yes", "no", ""]
    assert column(filled, heading(filled, "planer")) == ["50", "62", ""]


def test_numbers_stand_at_the_right(filled: CasesWorkspace) -> None:
    model = filled.table.case_model()
    role = Qt.ItemDataRole.TextAlignmentRole
    right = Qt.AlignmentFlag.AlignRight
    assert model.index(0, heading(filled, "ansatte")).data(role) & right
    assert not model.index(0, NAME).data(role) & right


def test_a_cell_is_written_in_place(qtbot: QtBot, filled: CasesWorkspace) -> None:
    number = heading(filled, "andel")
    go_to(filled, 2, number)
    write(qtbot, filled, "1 234,5")
    assert column(filled, number)[2] == "1,234.5"
    filled.context.bridge.undo()
    assert column(filled, number)[2] == ""


def test_what_does_not_fit_is_said_and_not_kept(qtbot: QtBot, filled: CasesWorkspace) -> None:
    number, before = heading(filled, "ansatte"), steps(filled)
    go_to(filled, 0, number)
    write(qtbot, filled, "mange")
    assert filled.table_pane.trouble.text() == "This is not a number."
    editor = line(filled)
    assert editor.isVisible(), "the cell stays open, so that it can be mended"
    editor.selectAll()
    qtbot.keyClicks(editor, "50")
    qtbot.keyClick(editor, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not filled.table.is_writing())
    assert column(filled, number)[0] == "50"
    assert steps(filled) == before + 1


def test_a_cell_left_with_nonsense_keeps_its_value(qtbot: QtBot, filled: CasesWorkspace) -> None:
    number, before = heading(filled, "åpnet"), steps(filled)
    go_to(filled, 0, number)
    qtbot.keyClick(filled.table, Qt.Key.Key_F2)
    qtbot.keyClicks(line(filled), "i fjor")
    filled.filter.setFocus()
    qtbot.waitUntil(lambda: "not a date" in filled.table_pane.trouble.text())
    assert column(filled, number)[0] == "1 November 2008"
    assert steps(filled) == before


def test_yes_and_no_are_chosen(qtbot: QtBot, filled: CasesWorkspace) -> None:
    number = heading(filled, "samlokalisert")
    go_to(filled, 2, number)
    qtbot.keyClick(filled.table, Qt.Key.Key_F2)
    choice = filled.table.viewport().findChildren(QComboBox)[-1]
    choice.setCurrentText("yes")
    filled.table.setFocus()
    qtbot.waitUntil(lambda: column(filled, number)[2] == "yes")


def test_opening_a_cell_and_leaving_it_changes_nothing(
    qtbot: QtBot, filled: CasesWorkspace
) -> None:
    before = steps(filled)
    for number in range(filled.table.case_model().columnCount()):
        go_to(filled, 1, number)
        qtbot.keyClick(filled.table, Qt.Key.Key_F2)
        editors: list[QWidget] = [
            *filled.table.viewport().findChildren(QLineEdit),
            *filled.table.viewport().findChildren(QComboBox),
        ]
        if filled.table.is_writing():
            finish(qtbot, filled, editors[-1])
    assert steps(filled) == before


def test_names_and_pseudonyms_are_written_too(qtbot: QtBot, workspace: CasesWorkspace) -> None:
    go_to(workspace, 0, NAME)
    write(qtbot, workspace, "NAV Bjerkvik")
    go_to(workspace, 0, PSEUDONYM)
    write(qtbot, workspace, "Kontor X")
    assert stored(workspace)[0] == ("NAV Bjerkvik", "Kontor X")
    assert workspace.pane.name_text() == "NAV Bjerkvik"


def test_an_indicator_is_not_written_in_the_table(qtbot: QtBot, filled: CasesWorkspace) -> None:
    go_to(filled, 0, heading(filled, "planer"))
    qtbot.keyClick(filled.table, Qt.Key.Key_F2)
    assert not filled.table.viewport().findChildren(QLineEdit)


def test_delete_empties_the_cell(qtbot: QtBot, filled: CasesWorkspace) -> None:
    number = heading(filled, "ansatte")
    go_to(filled, 0, number)
    qtbot.keyClick(filled.table, Qt.Key.Key_Delete)
    assert column(filled, number)[0] == ""
    assert names(filled)[0] == "NAV Bjørkvik"
    filled.context.bridge.undo()
    assert column(filled, number)[0] == "48"


def test_columns_sort_by_their_type_with_empty_cells_last(filled: CasesWorkspace) -> None:
    header, up, down = (
        filled.table.horizontalHeader(), Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder,
    )  # fmt: skip
    header.setSortIndicator(heading(filled, "ansatte"), up)
    assert names(filled) == ["NAV Ås", "NAV Bjørkvik", "NAV Havnes"]
    header.setSortIndicator(heading(filled, "andel"), down)
    assert names(filled) == ["NAV Havnes", "NAV Bjørkvik", "NAV Ås"]
    header.setSortIndicator(heading(filled, "åpnet"), up)
    assert names(filled) == ["NAV Bjørkvik", "NAV Havnes", "NAV Ås"]
    assert not filled.can_move()
    filled.restore_order()
    assert names(filled) == ["NAV Bjørkvik", "NAV Havnes", "NAV Ås"]
    assert filled.can_move()


def test_the_office_at_hand_stays_when_sorting_and_undoing(filled: CasesWorkspace) -> None:
    filled.table.choose(filled.actions_on_cases.cases()[1].id)
    header = filled.table.horizontalHeader()
    header.setSortIndicator(heading(filled, "ansatte"), Qt.SortOrder.DescendingOrder)
    assert filled.pane.name_text() == "NAV Havnes"
    current = filled.table.current_case()
    assert current is not None
    assert current.name == "NAV Havnes"
    filled.context.bridge.undo()
    current = filled.table.current_case()
    assert current is not None
    assert current.name == "NAV Havnes"


def test_typing_in_the_field_narrows_the_table(qtbot: QtBot, filled: CasesWorkspace) -> None:
    filled.find_case()
    qtbot.keyClicks(filled.filter, "kontor b")
    assert names(filled) == ["NAV Havnes"]
    assert filled.pane.name_text() == "NAV Havnes"
    filled.show_place(Place("cases", case=filled.actions_on_cases.cases()[2].id))
    assert len(names(filled)) == 3
    assert filled.pane.name_text() == "NAV Ås"


def test_a_new_office_can_be_named_at_once(qtbot: QtBot, workspace: CasesWorkspace) -> None:
    qtbot.keyClick(workspace.table, Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    editor = line(workspace)
    editor.selectAll()
    qtbot.keyClicks(editor, "NAV Nes")
    finish(qtbot, workspace, editor)
    assert names(workspace) == ["NAV Bjørkvik", "NAV Havnes", "NAV Nes"]


def test_a_name_that_is_taken_is_refused_in_words(qtbot: QtBot, workspace: CasesWorkspace) -> None:
    window = workspace.window()
    assert isinstance(window, MainWindow)
    workspace.context.bridge.failed.disconnect(window._on_failed)  # noqa: SLF001 - its dialog
    go_to(workspace, 0, NAME)
    with qtbot.waitSignal(workspace.context.bridge.failed):
        write(qtbot, workspace, "NAV Havnes")
    assert stored(workspace)[0][0] == "NAV Bjørkvik"


def test_removing_an_office_offers_undo(qtbot: QtBot, filled: CasesWorkspace) -> None:
    go_to(filled, 0, NAME)
    with qtbot.waitSignal(filled.context.bridge.noticed) as said:
        qtbot.keyClick(filled.table, Qt.Key.Key_Delete, Qt.KeyboardModifier.ControlModifier)
    assert said.args == ["Removed NAV Bjørkvik with its values and links."]
    assert names(filled) == ["NAV Havnes", "NAV Ås"]
    assert filled.pane.name_text() == "NAV Havnes"
    filled.context.bridge.undo()
    assert names(filled) == ["NAV Bjørkvik", "NAV Havnes", "NAV Ås"]
    assert column(filled, heading(filled, "ansatte"))[0] == "48"


def test_offices_move_by_keys(qtbot: QtBot, filled: CasesWorkspace) -> None:
    both = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ShiftModifier
    go_to(filled, 0, NAME)
    qtbot.keyClick(filled.table, Qt.Key.Key_Down, both)
    assert names(filled) == ["NAV Havnes", "NAV Bjørkvik", "NAV Ås"]
    assert filled.pane.name_text() == "NAV Bjørkvik"
    qtbot.keyClick(filled.table, Qt.Key.Key_Up, both)
    assert names(filled)[0] == "NAV Bjørkvik"


def test_variables_are_added_renamed_and_removed(filled: CasesWorkspace) -> None:
    filled.add_variable("sykefravær", "number")
    variable = filled.table.current_variable()
    assert variable is not None
    assert (variable.name, variable.type) == ("sykefravær", "number")
    filled.rename_variable("fravær")
    assert heading(filled, "fravær") >= FIRST
    filled.remove_variable()
    with pytest.raises(ValueError, match="fravær"):
        heading(filled, "fravær")
    filled.context.bridge.undo()
    assert heading(filled, "fravær") >= FIRST


def test_offices_and_variables_with_many_values_go_beside_the_window(
    qtbot: QtBot, filled: CasesWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    jobs, bridge = filled.context.jobs, filled.context.bridge
    connection = bridge.project.connection
    before = steps(filled)
    kept = variables.values(connection, "case")
    known = {one.name: one for one in variables.of_subject(connection, "case")}
    titles: list[str] = []
    jobs.started.connect(titles.append)
    monkeypatch.setattr(session_bridge, "LARGE", 0)
    filled.actions_on_cases.remove_variable(known["planer"])
    assert jobs.busy
    qtbot.waitUntil(lambda: not jobs.busy)
    with pytest.raises(ValueError, match="planer"):
        heading(filled, "planer")
    case = filled.actions_on_cases.cases()[0]
    filled.actions_on_cases.remove(case)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert case.id not in [one.id for one in filled.table.case_model().everything().cases]
    assert titles == ["Removing planer", f"Removing {case.name}"]
    assert steps(filled) == before + 2
    for _ in range(2):
        with qtbot.waitSignal(bridge.step_taken):
            bridge.undo(jobs)
    assert variables.values(connection, "case") == kept


def test_the_dialog_asks_for_name_and_type(qtbot: QtBot, workspace: CasesWorkspace) -> None:
    from qda.gui.cases.variable_dialog import VariableDialog

    workspace.ask_variable()
    dialog = workspace.window().findChild(VariableDialog)
    assert dialog is not None
    qtbot.keyClicks(dialog.name, "åpnet")
    dialog.kind.setCurrentIndex(dialog.kind.findData("date"))
    qtbot.keyClick(dialog.name, Qt.Key.Key_Return)
    found = variables.of_subject(workspace.context.bridge.project.connection, "case")
    assert [(one.name, one.type) for one in found] == [("åpnet", "date")]


def test_the_pane_says_what_counts_for_the_office_and_why(workspace: CasesWorkspace) -> None:
    workspace.table.choose(workspace.actions_on_cases.cases()[1].id)
    assert workspace.pane.name_text() == "NAV Havnes"
    assert workspace.pane.segments_text() == ("1 segment counts for this office: 1 by the source.")
    assert "speaker" in workspace.pane.rule_text()


def test_sources_are_linked_and_unlinked_in_the_pane(
    qtbot: QtBot, workspace: CasesWorkspace
) -> None:
    go_to(workspace, 0, NAME)
    card = workspace.pane.documents
    linked = card.chips()
    workspace.choose_documents()
    field = card.list.focusProxy()
    assert field is not None
    qtbot.keyClicks(field, linked[0])
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert linked[0] not in card.chips()
    workspace.context.bridge.undo()
    assert card.chips() == linked


def test_participants_are_linked_in_the_pane(qtbot: QtBot, workspace: CasesWorkspace) -> None:
    go_to(workspace, 1, NAME)
    workspace.choose_participants()
    card = workspace.pane.participants
    field = card.list.focusProxy()
    assert field is not None
    assert not any("Intervjuer" in text for text in card.list.texts())
    qtbot.keyClicks(field, "Veileder")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert len(card.chips()) == 1
    assert workspace.pane.segments_text() == ("1 segment counts for this office: 1 by the speaker.")


def test_a_source_is_opened_from_its_chip(qtbot: QtBot, workspace: CasesWorkspace) -> None:
    go_to(workspace, 0, NAME)
    window = workspace.window()
    assert isinstance(window, MainWindow)
    workspace.context.navigator.place_wanted.disconnect(window.show_place)
    with qtbot.waitSignal(workspace.context.navigator.place_wanted) as wanted:
        workspace.pane.documents.opened.emit(1)
    assert wanted.args is not None
    assert wanted.args[0] == Place("coding", document=wanted.args[0].document)


def test_indicators_show_the_last_month_and_a_line(filled: CasesWorkspace) -> None:
    go_to(filled, 0, NAME)
    card = filled.pane.indicators
    assert card.words() == ("planer 50 April 2012", "aktivitet 20 January 2012")
    line = card.lines()[0]
    assert line.accessibleName() == "planer"
    assert line.words() == (
        "3 months: 49 in January 2012, 50 in April 2012, lowest 49, highest 51.5"
    )
    places = [place.x() for place, _ in line.points()]
    assert places == sorted(places)
    assert places[2] - places[1] == pytest.approx(2 * (places[1] - places[0]))


def test_months_are_written_in_their_table(qtbot: QtBot, filled: CasesWorkspace) -> None:
    go_to(filled, 0, NAME)
    filled.toggle_months()
    model = filled.pane.indicators.model
    assert model.months() == ("2012-04", "2012-02", "2012-01")
    assert model.index(0, 0).data() == "April 2012"
    index = model.index(1, 2)
    assert model.setData(index, "21,5")
    assert index.data() == "21.5"
    assert not model.setData(index, "mye")
    filled.context.bridge.undo()
    assert model.index(1, 2).data() == ""
    qtbot.waitUntil(filled.pane.indicators.table.isVisible)


def test_an_office_without_months_shows_none(filled: CasesWorkspace) -> None:
    go_to(filled, 2, NAME)
    assert filled.pane.indicators.words()[0] == "planer – no months"
    assert not filled.has_months()


def test_an_empty_project_says_what_goes_here(fresh: CasesWorkspace) -> None:
    assert fresh.empty.isVisible()
    fresh.empty.new_wanted.emit()
    assert names(fresh) == ["New office"]
    fresh.context.bridge.undo()
    assert fresh.empty.isVisible()


def test_dropped_sheets_are_imported(qtbot: QtBot, fresh: CasesWorkspace, tmp_path: Path) -> None:
    sheet = tmp_path / "kontorer.csv"
    sheet.write_text(SHEET, encoding="utf-8")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(sheet))])
    event = QDropEvent(
        QPointF(QPoint(5, 5)), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    with qtbot.waitSignal(fresh.context.bridge.noticed) as said:
        fresh.dropEvent(event)
    assert said.args == ["Imported 3 offices."]
    assert fresh.table.isVisible()


def test_values_are_shown_before_they_come_in(
    qtbot: QtBot, filled: CasesWorkspace, tmp_path: Path
) -> None:
    path = tmp_path / "verdier.csv"
    rows = ["NAV Intet;2012-01;planer;1.234", "NAV Intet;2012-02;planer;..", "NAV Intet;x;planer;5"]
    path.write_text("\n".join(["kontor;periode;indikator;verdi", *rows]), "utf-8")
    before = steps(filled)
    filled.files.import_paths([path])
    dialog = values_dialog(qtbot, filled)
    assert dialog.rows.rowCount() == dialog.left.rowCount() == 1
    options = dialog.options
    assert "NAV Intet" in options.unknown.text()
    assert "thousands" in options.doubt.text()
    assert [dialog.left.index(0, at).data() for at in range(3)] == ["4", "verdi", "5"]
    value = dialog.rows.index(0, 3)
    assert value.data() == "1.234"
    options.decimal.setFocus()
    qtbot.keyClick(options.decimal, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: dialog.rows.index(0, 3).data() == "1,234")
    assert options.doubt.isHidden()
    qtbot.waitUntil(dialog.import_button.isEnabled)
    options.add.click()
    with qtbot.waitSignal(filled.context.bridge.noticed) as said:
        dialog.import_button.click()
    assert said.args == ["Imported 1 monthly value."]
    assert steps(filled) == before + 1
    assert "NAV Intet" in names(filled)


def test_a_sheet_without_months_is_said_in_the_dialog(
    qtbot: QtBot, filled: CasesWorkspace, tmp_path: Path
) -> None:
    path = tmp_path / "verdier.csv"
    path.write_text("kontor;ansatte\nNAV Havnes;5\n", "utf-8")
    before = steps(filled)
    filled.files.import_paths([path], "values")
    dialog = values_dialog(qtbot, filled)
    assert not dialog.import_button.isEnabled()
    assert "no months" in dialog.trouble.accessibleName()
    qtbot.mouseClick(dialog.cancel_button, Qt.MouseButton.LeftButton)
    assert steps(filled) == before


def test_the_table_shows_the_last_or_a_chosen_month(qtbot: QtBot, filled: CasesWorkspace) -> None:
    plans, month = heading(filled, "planer"), filled.table_pane.month
    assert column(filled, plans) == ["50", "62", ""]
    assert [month.itemText(at) for at in range(month.count())] == [
        "Last month", "April 2012", "February 2012", "January 2012"
    ]  # fmt: skip
    filled.table.case_model().sort(plans, Qt.SortOrder.DescendingOrder)
    assert column(filled, plans) == ["62", "50", ""]
    month.setFocus()
    qtbot.keyClicks(month, "Feb")
    assert month.currentText() == "February 2012"
    assert column(filled, plans) == ["51.5", "", ""]
    tip = filled.table.case_model().headerData(
        plans, Qt.Orientation.Horizontal, Qt.ItemDataRole.ToolTipRole
    )
    assert tip == "planer: indicator, February 2012 is shown"
    qtbot.keyClick(month, Qt.Key.Key_Home)
    assert column(filled, plans) == ["62", "50", ""]


@pytest.mark.parametrize("many", [rows.MANY, 1])
def test_the_months_to_choose_follow_the_values(
    qtbot: QtBot, filled: CasesWorkspace, monkeypatch: pytest.MonkeyPatch, many: int
) -> None:
    monkeypatch.setattr(rows, "MANY", many)
    monkeypatch.setattr(rows, "MUCH", many)
    bridge, actions = filled.context.bridge, filled.actions_on_cases
    connection = bridge.project.connection
    known = {one.name: one for one in variables.of_subject(connection, "case")}
    case = actions.cases()[1]

    def follows(*wanted: str) -> bool:
        return (
            filled.table.case_model().everything().months == wanted == variables.months(connection)
        )

    usual = ("2012-01", "2012-02", "2012-04")
    assert follows(*usual)
    actions.write_month(case.id, known["planer"], "2013-05", 12.5)
    qtbot.waitUntil(lambda: follows(*usual, "2013-05"))
    actions.write_month(case.id, known["planer"], "2013-05", None)
    qtbot.waitUntil(lambda: follows(*usual))
    actions.remove_variable(known["planer"])
    qtbot.waitUntil(lambda: follows("2012-01"))
    bridge.undo()
    qtbot.waitUntil(lambda: follows(*usual))
    filled.show_month("2012-04")
    bridge.run(variable_operations.remove_variable, variable=known["planer"].id)
    qtbot.waitUntil(lambda: follows("2012-01"))


def test_an_import_of_values_can_be_cancelled(
    qtbot: QtBot, filled: CasesWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(monthly_values, "PART", 1)
    office = filled.actions_on_cases.cases()[0].name
    rows = [f"{office};{1700 + n // 12}-{n % 12 + 1:02d};ny;1" for n in range(4_000)]
    path = filled.context.bridge.project.path.with_name("lang.csv")
    path.write_text("\n".join(["kontor;måned;indikator;verdi", *rows]), "utf-8")
    before, jobs = steps(filled), filled.context.jobs
    filled.files.import_paths([path])
    accept_values(qtbot, filled)
    jobs.progressed.connect(jobs.cancel)
    qtbot.waitUntil(lambda: not jobs.busy)
    assert steps(filled) == before
    assert "ny" not in [one.name for one in filled.table.case_model().everything().variables]
    filled.add_case()
    assert steps(filled) == before + 1


def test_a_change_made_elsewhere_is_followed(filled: CasesWorkspace) -> None:
    session = filled.context.bridge.session
    variable = variables.of_subject(session.project.connection, "case")[0]
    case = filled.actions_on_cases.cases()[0]
    session.run(
        variable_operations.set_value, coder="Ingrid", variable=variable.id, subject_id=case.id,
        value=50.0,
    )  # fmt: skip
    assert column(filled, heading(filled, "ansatte"))[0] == "50"


def test_a_read_only_project_can_be_read(qtbot: QtBot, study: Context) -> None:
    from qda.app.session import Session
    from qda.gui.job_runner import JobRunner
    from qda.gui.session_bridge import SessionBridge

    session = Session.open(study.bridge.project.path)
    assert session.project.read_only
    bridge = SessionBridge(session)
    context = Context(bridge, JobRunner(), study.settings, study.theme, study.navigator)
    for made in open_window(qtbot, context):
        enabled = {command.id: command.enabled() for command in made.commands()}
        changing = ("cases.new", "cases.remove", "cases.import", "cases.new_variable", "cases.cell")
        assert not any(enabled[one] for one in changing)
        index = made.table.case_model().index(0, NAME)
        assert not index.flags() & Qt.ItemFlag.ItemIsEditable
        assert not made.pane.documents.choose.isEnabled()
    bridge.detach()
    session.close()


def test_cells_say_office_heading_and_value_to_a_screen_reader(filled: CasesWorkspace) -> None:
    index = filled.table.case_model().index(0, heading(filled, "ansatte"))
    said = index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert said == "NAV Bjørkvik, ansatte: 48"


# ------------------------------------------------------------------------------------- bands
def bands_dialog(workspace: CasesWorkspace) -> BandsDialog:
    return next(one for one in workspace.window().findChildren(BandsDialog) if one.isVisible())


def shown_bands(dialog: BandsDialog) -> list[tuple[str, str]]:
    model = dialog.model
    return [
        (str(model.index(row, 0).data()), str(model.index(row, 1).data()))
        for row in range(model.rowCount())
    ]


def test_bands_are_defined_with_live_counts_and_shown_as_a_column(
    qtbot: QtBot, filled: CasesWorkspace
) -> None:
    go_to(filled, 0, heading(filled, "ansatte"))
    filled.bands.define()
    dialog = bands_dialog(filled)
    ok = dialog.buttons.button(dialog.buttons.StandardButton.Ok)
    assert not ok.isEnabled()
    assert (dialog.variable.currentText(), dialog.name.text()) == ("ansatte", "ansatte bands")
    qtbot.keyClicks(dialog.points, "15")
    assert shown_bands(dialog) == [("< 15", "1"), ("≥ 15", "2")]
    qtbot.keyClicks(dialog.points, " 70")
    assert shown_bands(dialog) == [("< 15", "1"), ("15–69", "1"), ("≥ 70", "1")]
    qtbot.keyClicks(dialog.points, " mange")
    assert not ok.isEnabled()
    assert "is not a row of numbers" in dialog.trouble.text()
    dialog.points.setText("15 70")
    dialog.model.setData(dialog.model.index(0, 0), "små")
    dialog.name.selectAll()
    qtbot.keyClicks(dialog.name, "Størrelse")
    ok.click()
    assert column(filled, heading(filled, "Størrelse")) == ["15–69", "≥ 70", "små"]
    at_hand = filled.table.current_bands()
    assert at_hand is not None
    assert not filled.table.currentIndex().flags() & Qt.ItemFlag.ItemIsEditable
    filled.table.case_model().sort(heading(filled, "Størrelse"), Qt.SortOrder.AscendingOrder)
    assert column(filled, heading(filled, "Størrelse")) == ["små", "15–69", "≥ 70"]
    filled.context.bridge.undo()
    with pytest.raises(ValueError, match="Størrelse"):
        heading(filled, "Størrelse")


def test_bands_of_an_indicator_are_changed_and_removed(
    qtbot: QtBot, filled: CasesWorkspace
) -> None:
    go_to(filled, 0, heading(filled, "planer"))
    filled.bands.define()
    dialog = bands_dialog(filled)
    assert not dialog.first.isVisible()
    dialog.which.setFocus()
    qtbot.keyClick(dialog.which, Qt.Key.Key_Down)
    assert dialog.first.isVisible()
    dialog.method.set_value("quantiles")
    dialog.parts.setValue(2)
    assert shown_bands(dialog) == [("lower half", "1"), ("upper half", "1")] or shown_bands(
        dialog
    ) == [("nedre halvdel", "1"), ("øvre halvdel", "1")]
    assert dialog.without.text() == "1 office has no value and is in no band."
    dialog.buttons.button(dialog.buttons.StandardButton.Ok).click()
    name = "planer bands"
    assert filled.table.current_bands() is not None
    filled.bands.edit()
    dialog = bands_dialog(filled)
    assert not dialog.variable.isEnabled()
    assert (dialog.which.currentData(), dialog.first.currentData()) == ("month", "2012-01")
    qtbot.keyClick(dialog.which, Qt.Key.Key_Down)
    assert dialog.last.isVisible()
    dialog.method.set_value("width")
    dialog.method.value_changed.emit("width")
    dialog.parts.setValue(3)
    dialog.buttons.button(dialog.buttons.StandardButton.Ok).click()
    assert heading(filled, name)
    kept = band_rows.all_bandings(filled.context.bridge.project.connection)[0].definition
    assert (kept.method, kept.parts, kept.period) == ("width", 3, "2012-01/2012-04")
    with qtbot.waitSignal(filled.context.bridge.noticed):
        filled.bands.remove()
    assert band_rows.all_bandings(filled.context.bridge.project.connection) == ()
