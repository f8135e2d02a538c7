"""The table of offices takes in of values what changed, and says what reading all of it says."""

from collections.abc import Generator
from typing import TypeVar

import pytest
from pytestqt.qtbot import QtBot

from qda.gui.cases import rows
from qda.gui.cases.case_model import FIRST
from qda.gui.cases.rows import CaseRows, load_rows, rows_after
from qda.gui.cases.workspace import CasesWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.model.bands import BandDefinition
from qda.model.changes import Changes
from qda.model.entities import Variable
from qda.model.ids import VariableId
from qda.model.messages import message
from qda.operations import bands
from qda.operations import cases as case_operations
from qda.operations import variables as operations
from qda.store import cases, variables

T = TypeVar("T")
MONTHS = ("2012-01", "2012-02", "2012-04")


def whole(work: Generator[None, None, T]) -> T:
    """Run work in pieces to its end."""
    while True:
        try:
            next(work)
        except StopIteration as done:
            return done.value


@pytest.fixture
def room(qtbot: QtBot, study: Context) -> CasesWorkspace:
    """Ten offices with an indicator of three months, a number of each, and bands of both."""
    session = study.bridge.session
    for number in range(8):
        session.run(case_operations.add_case, coder=session.coder, name=f"Kontor {number}")
    project = session.project
    with project.step(message("Add variables"), session.coder):
        known = [
            variables.insert(project.connection, "case", name, "number", periodic=periodic)
            for name, periodic in (("planer", True), ("ansatte", False))
        ]
    for case in cases.all_cases(session.project.connection):
        for month in MONTHS[: case.id % 4]:
            write(study, known[0], case.id, month, case.id + int(month[-1]))
        write(study, known[1], case.id, "", case.id * 3)
    for one in known:
        session.run(
            bands.add_banding, coder=session.coder, variable=one, name=f"Bånd {one}",
            definition=BandDefinition("quantiles", parts=3),
        )  # fmt: skip
    made = CasesWorkspace(study)
    window = MainWindow(study, [made])
    qtbot.addWidget(window)
    window.show()
    window.start("cases")
    return made


def write(
    context: Context, variable: VariableId, case: int, month: str, number: float | None
) -> Changes:
    session = context.bridge.session
    return session.run(
        operations.set_value, coder=session.coder, variable=variable, subject_id=case,
        period=month, value=number,
    ).changes  # fmt: skip


def shown(room: CasesWorkspace) -> CaseRows:
    return room.table.case_model().everything()


def known(room: CasesWorkspace) -> dict[str, Variable]:
    connection = room.context.bridge.project.connection
    return {one.name: one for one in variables.of_subject(connection, "case")}


@pytest.mark.parametrize("much", [rows.MUCH, 1])
@pytest.mark.parametrize("month", ["", "2012-02"])
def test_it_says_what_reading_everything_says(
    qtbot: QtBot,
    room: CasesWorkspace,
    month: str,
    much: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(rows, "MUCH", much)
    room.show_month(month)
    bridge = room.context.bridge
    everybody = cases.all_cases(bridge.project.connection)

    def follows() -> None:
        qtbot.waitUntil(lambda: not room._reading.busy)  # noqa: SLF001
        months = variables.months_among(bridge.project.connection, {*MONTHS, "2013-05"})
        assert shown(room) == whole(load_rows(bridge.project, month, months))

    follows()
    for step, case in enumerate(everybody):
        name, at = ("planer", ("2012-02", "2013-05")[step % 2]) if step % 3 else ("ansatte", "")
        write(room.context, known(room)[name].id, case.id, at, 100 - step * 7)
        follows()
    for back in (True, True, True, False, False):
        (bridge.undo if back else bridge.redo)()
        follows()
    write(room.context, known(room)["planer"].id, everybody[1].id, "2013-05", None)
    follows()


def test_only_what_changed_is_read(room: CasesWorkspace) -> None:
    project, variable = room.context.bridge.project, known(room)["ansatte"]
    case, before = cases.all_cases(project.connection)[2], shown(room)
    with_it = write(room.context, variable.id, case.id, "", 7)
    after = rows_after(project, before, "", before.months, with_it)
    assert after is not None
    assert after.values[variable.id, case.id] == (7, "")
    untouched = [one for one in after.bands if one.variable.id != variable.id]
    assert untouched
    assert all(any(one is other for other in before.bands) for one in untouched)
    without = write(room.context, variable.id, case.id, "", None)
    assert rows_after(project, after, "", before.months, without) is None


def test_columns_that_were_there_keep_their_widths(room: CasesWorkspace, qtbot: QtBot) -> None:
    bridge, table = room.context.bridge, room.table
    model = table.case_model()
    ours = model.column_of(known(room)["ansatte"].id)
    table.setColumnWidth(ours, 123)
    session = bridge.session
    bridge.run(operations.remove_variable, variable=known(room)["planer"].id)
    qtbot.waitUntil(lambda: model.columnCount() == FIRST + 2)
    assert table.columnWidth(model.column_of(known(room)["ansatte"].id)) == 123
    session.undo()
    qtbot.waitUntil(lambda: model.columnCount() == FIRST + 4)
    assert table.columnWidth(model.column_of(known(room)["ansatte"].id)) == 123
    assert all(table.columnWidth(at) > 0 for at in range(model.columnCount()))
