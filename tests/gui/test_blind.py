"""Who codes blind is told nowhere of another coder's memos, notes and counts."""

import pytest
from pytestqt.qtbot import QtBot

from qda.gui import palette_source
from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.memos.workspace import MemosWorkspace
from qda.model.entities import Thing
from qda.operations import codings, memos
from qda.store import codes
from qda.store import codings as coding_queries


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """Ola codes blind where Ingrid has coded and written; each has written one memo on a code."""
    run, connection = study.bridge.session.run, study.bridge.project.connection
    code = codes.all_codes(connection)[0].id
    coding = coding_queries.all_codings(connection)[0].id
    run(codings.set_memo, coder="Ingrid", coding=coding, memo="Ingrids note")
    for who in ("Ingrid", "Ola"):
        run(memos.add_memo, coder=who, on="code", target=code, text=f"{who}s memo")
    run(memos.link_memo, coder="Ingrid", origin=Thing("coding", coding), target=Thing("memo", 2))
    study.bridge.session._coder = "Ola"  # noqa: SLF001
    made = MainWindow(
        study, [CodingWorkspace(study), CodebookWorkspace(study), MemosWorkspace(study)]
    )
    qtbot.addWidget(made)
    made.resize(1200, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.start("coding")
    return made


def told(window: MainWindow, study: Context) -> dict[str, object]:
    """Return what each place tells."""
    code = codes.all_codes(study.bridge.project.connection)[0].id
    window.show_workspace("codebook")
    book = window.workspace
    assert isinstance(book, CodebookWorkspace)
    book.apply_code(code)
    book.memos.refresh()
    seen: dict[str, object] = {
        "use": book.editor.usage_text(),
        "beside the code": sorted(row.text for row in book.memos.links.rows()),
    }
    window.show_workspace("memos")
    hub = window.workspace
    assert isinstance(hub, MemosWorkspace)
    hub.show_memo("memo 2")
    seen["memos"] = sorted(row.text for row in hub.list.quotes())
    seen["links"] = len(hub.editor.links.rows())
    items = palette_source.palette_items(study, window.actions_by_command, coding=False)
    seen["palette"] = sorted(
        item.title for item in items if isinstance(item.id, tuple) and item.id[0] == "memo"
    )
    return seen


def test_a_blind_coder_is_told_of_nothing_that_others_wrote(
    window: MainWindow, study: Context
) -> None:
    everything = told(window, study)
    assert everything["memos"] == ["Ingrids memo", "Ingrids note", "Olas memo"]
    assert everything["beside the code"] == ["Ingrids memo", "Olas memo"]
    assert everything["links"] == 1
    assert "Ingrid 1" in str(everything["use"])
    window.show_workspace("coding")
    window.actions_by_command.action("coding.only_mine").trigger()
    blind = told(window, study)
    assert blind == {
        "use": "Not used yet.",
        "beside the code": ["Olas memo"],
        "memos": ["Olas memo"],
        "links": 0,
        "palette": ["Olas memo"],
    }
    window.show_workspace("coding")
    window.actions_by_command.action("coding.only_mine").trigger()
    assert told(window, study) == everything
