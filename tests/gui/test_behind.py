"""Views behind the one in sight follow large changes a turn of the event loop later."""

from collections.abc import Callable, Generator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from qda.app.session import Session
from qda.gui.behind import FEW, Behind
from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.matrix.workspace import MatrixWorkspace
from qda.gui.memos.workspace import MemosWorkspace
from qda.gui.quotes.workspace import QuotesWorkspace
from qda.gui.turns import REST, Turns
from qda.gui.workspace import Workspace
from qda.model.changes import Changes
from qda.operations import codes as operations
from qda.operations.codings import NewCoding, add_codings
from qda.operations.memos import add_memo
from qda.store import codes, documents

FEW_ROWS = Changes({"coding": frozenset(range(FEW))})
MANY_ROWS = Changes({"coding": frozenset(range(FEW + 1))})


@pytest.fixture
def view(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


def test_what_is_in_sight_or_small_is_followed_at_once(qtbot: QtBot, view: QWidget) -> None:
    told: list[tuple[Changes, object]] = []
    behind = Behind(lambda *what: told.append(what), view, Turns(view))
    behind.follow(FEW_ROWS, "a")
    assert told == [(FEW_ROWS, "a")]
    with qtbot.waitExposed(view):
        view.show()
    behind.follow(MANY_ROWS, "b")
    assert told[1:] == [(MANY_ROWS, "b")]


def test_large_changes_come_later_and_in_their_order(qtbot: QtBot, view: QWidget) -> None:
    told: list[object] = []
    behind = Behind(lambda _changes, who: told.append(who), view, Turns(view))
    behind.follow(MANY_ROWS, "a")
    assert told == []
    qtbot.waitUntil(lambda: told == ["a"])
    behind.follow(MANY_ROWS, "b")
    behind.follow(FEW_ROWS, "c")
    assert told == ["a", "b", "c"]
    behind.follow(FEW_ROWS, "d", costly=True)
    assert told == ["a", "b", "c"]
    behind.catch_up()
    behind.follow(MANY_ROWS, "e")
    behind.stop()
    qtbot.wait(2 * REST)
    assert told == ["a", "b", "c", "d"]


def test_what_is_put_off_is_read_a_turn_before(qtbot: QtBot, view: QWidget) -> None:
    told: list[object] = []

    def read(changes: Changes) -> Generator[None]:
        told.append(changes.counts())
        yield
        told.append("piece")

    behind = Behind(
        lambda _changes, who: told.append(who),
        view,
        Turns(view),
        read,
    )
    behind.follow(MANY_ROWS, "a")
    behind.follow(Changes({"code": frozenset(range(FEW + 1))}), "b")
    assert told == []
    qtbot.waitUntil(lambda: len(told) == 4)
    assert told == [{"code": FEW + 1, "coding": FEW + 1}, "piece", "a", "b"]
    behind.follow(MANY_ROWS, "c")
    behind.catch_up()
    assert told[4:] == ["c"]


def test_a_workspace_is_up_to_date_when_it_is_shown(qtbot: QtBot, study: Context) -> None:
    workspace = CodebookWorkspace(study)
    qtbot.addWidget(workspace)
    workspace.activate()
    before = len(workspace.tree_pane.model.codes())
    session = study.bridge.session
    added = session.run_apart(operations.add_code, coder=session.coder, name="ny")
    many = Changes(dict(added.changes.rows) | dict(MANY_ROWS.rows))
    study.bridge.changed.emit(many, None)
    assert len(workspace.tree_pane.model.codes()) == before
    workspace.activate()
    assert len(workspace.tree_pane.model.codes()) == before + 1
    workspace.save_state()


def _code(session: Session) -> Changes:
    return session.run_apart(operations.add_code, coder=session.coder, name="ny").changes


def _coding(session: Session) -> Changes:
    document = documents.listed(session.project.connection)[0].id
    code = codes.all_codes(session.project.connection)[0].id
    new = [NewCoding(document, code, 0, 9)]
    return session.run_apart(add_codings, coder=session.coder, new=new).changes


def _memo(session: Session) -> Changes:
    on = documents.listed(session.project.connection)[0].id
    return session.run_apart(
        add_memo, coder=session.coder, on="document", target=on, text="Uventet."
    ).changes


def _listed(room: Workspace) -> int:
    if isinstance(room, MatrixWorkspace):
        model = room.table.matrix_model
        return model.rowCount() + model.columnCount()
    if isinstance(room, QuotesWorkspace):
        return room.list_page.list.count()
    assert isinstance(room, MemosWorkspace)
    return room.list.count()


@pytest.mark.parametrize(
    ("kind", "change"),
    [(MatrixWorkspace, _code), (QuotesWorkspace, _coding), (MemosWorkspace, _memo)],
)
def test_much_is_followed_in_sight_a_turn_later_and_out_of_sight_when_shown(
    qtbot: QtBot,
    study: Context,
    kind: Callable[[Context], Workspace],
    change: Callable[[Session], Changes],
) -> None:
    room, session = kind(study), study.bridge.session
    window = MainWindow(study, [room, CodebookWorkspace(study)])
    qtbot.addWidget(window)
    window.show()
    window.start(room.key)
    before = _listed(room)

    def much() -> None:
        session.begin_apart()
        rows = dict(change(session).rows)
        rows["coding"] = rows.get("coding", frozenset()) | MANY_ROWS.of("coding")
        session.end_apart(Changes(rows))

    much()
    assert _listed(room) == before
    qtbot.waitUntil(lambda: _listed(room) == before + 1)
    session.undo()
    assert _listed(room) == before
    window.show_workspace("codebook")
    much()
    qtbot.wait(3 * REST)
    assert _listed(room) == before
    window.show_workspace(room.key)
    qtbot.waitUntil(lambda: _listed(room) == before + 1)
    window.save_state()
