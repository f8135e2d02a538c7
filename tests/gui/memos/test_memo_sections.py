"""Wherever a thing is shown, so are the memos on it and the links that lead to it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.gui.cases.workspace import CasesWorkspace
from qda.gui.codebook.workspace import CodebookWorkspace
from qda.gui.context import Context, Place
from qda.gui.main_window import MainWindow
from qda.gui.memo_section import MemoSection
from qda.gui.memos.workspace import MemosWorkspace
from qda.gui.models.things import place_of
from qda.gui.sources.workspace import SourcesWorkspace
from qda.model.entities import MemoTarget, Thing
from qda.model.ids import MemoId
from qda.operations import memos
from qda.store import cases, codes, documents, participants


@pytest.fixture
def window(qtbot: QtBot, study: Context) -> MainWindow:
    """The window with every place but the coding room."""
    made = MainWindow(
        study,
        [
            SourcesWorkspace(study), CodebookWorkspace(study), CasesWorkspace(study),
            MemosWorkspace(study),
        ],
    )  # fmt: skip
    qtbot.addWidget(made)
    made.resize(1300, 900)
    with qtbot.waitExposed(made):
        made.show()
    made.start("sources")
    return made


def thing(study: Context, kind: str) -> Thing:
    connection = study.bridge.project.connection
    if kind == "code":
        return Thing("code", codes.all_codes(connection)[0].id)
    if kind == "case":
        return Thing("case", cases.all_cases(connection)[0].id)
    if kind == "participant":
        return Thing("participant", participants.find(connection, "Leder")[0].id)
    return Thing("document", documents.find(connection, "Fylket")[0].id)


def section(window: MainWindow, of: Thing) -> MemoSection:
    """Go to a thing and return the section beside it."""
    if of.kind == "document":
        window.show_place(Place("sources", document=of.id))  # pyright: ignore[reportArgumentType]
        room = window.workspace
        assert isinstance(room, SourcesWorkspace)
        room.detail.tabs.setCurrentIndex(2)
        return room.detail.notes.memos
    window.show_place(place_of(of))
    room = window.workspace
    if isinstance(room, SourcesWorkspace):
        return room.detail.participants.memos
    assert isinstance(room, (CodebookWorkspace, CasesWorkspace))
    return room.memos


@pytest.mark.parametrize("kind", ["code", "case", "participant", "document"])
def test_a_thing_shows_its_memos_and_who_links_to_it(
    window: MainWindow, study: Context, kind: MemoTarget
) -> None:
    of = thing(study, kind)
    run = study.bridge.session.run
    on = run(memos.add_memo, coder="Ingrid", on=kind, target=of.id, text="Om dette").value
    other = run(memos.add_memo, coder="Ingrid", on="project", target=0, text="Om alt").value
    shown = section(window, of)
    assert [row.text for row in shown.links.rows()] == ["Om dette"]
    run(memos.link_memo, coder="Ingrid", origin=Thing("memo", other.id), target=of)
    assert [(row.text, row.away) for row in shown.links.rows()] == [
        ("Om dette", False), ("Om alt", False),
    ]  # fmt: skip
    shown.links.setFocus()
    QTest.keyClick(shown.links, Qt.Key.Key_End)
    QTest.keyClick(shown.links, Qt.Key.Key_Return)
    room = window.workspace
    assert isinstance(room, MemosWorkspace)
    at_hand = room.editor.memo()
    assert at_hand is not None
    assert at_hand.memo == other.id
    assert on.id != other.id


@pytest.mark.parametrize("kind", ["code", "case", "participant", "document"])
def test_a_memo_on_a_thing_is_begun_beside_it(
    window: MainWindow, study: Context, kind: MemoTarget
) -> None:
    of = thing(study, kind)
    shown = section(window, of)
    assert shown.links.rows() == []
    QTest.mouseClick(shown.write, Qt.MouseButton.LeftButton)
    room = window.workspace
    assert isinstance(room, MemosWorkspace)
    at_hand = room.editor.memo()
    assert at_hand is not None
    assert (at_hand.on, at_hand.target) == (kind, of.id)
    QTest.keyClicks(window.focusWidget(), "hei")
    room.editor.save()
    assert section(window, of).links.rows()[0].text.endswith("hei")


def test_a_removed_link_goes_from_the_section_and_a_memo_on_the_thing_stays(
    window: MainWindow, study: Context
) -> None:
    of = thing(study, "code")
    run = study.bridge.session.run
    run(memos.add_memo, coder="Ingrid", on="code", target=of.id, text="Om dette")
    other = run(memos.add_memo, coder="Ingrid", on="project", target=0, text="Om alt").value.id
    run(memos.link_memo, coder="Ingrid", origin=Thing("memo", MemoId(other)), target=of)
    shown = section(window, of)
    shown.links.setFocus()
    QTest.keyClick(shown.links, Qt.Key.Key_Home)
    QTest.keyClick(shown.links, Qt.Key.Key_Delete)
    assert len(shown.links.rows()) == 2
    QTest.keyClick(shown.links, Qt.Key.Key_End)
    QTest.keyClick(shown.links, Qt.Key.Key_Delete)
    assert [row.text for row in shown.links.rows()] == ["Om dette"]
