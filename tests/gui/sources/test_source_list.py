"""The list of sources: groups, sorting, filter, opening, undo."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from qda.app.translation import is_interface_language, load_catalogue
from qda.gui.context import Context, Place
from qda.gui.language import current_catalogue, install_language
from qda.gui.sources import source_model
from qda.gui.sources.workspace import SourcesWorkspace
from qda.gui.theme import apply_theme, load_theme
from qda.gui.widgets import roles
from qda.model.ids import DocumentId
from qda.operations import documents as operations
from qda.operations.cases import link_cases
from qda.store import cases, documents


@pytest.fixture
def workspace(study: Context, qtbot: QtBot) -> SourcesWorkspace:
    return shown(study, qtbot)


def shown(context: Context, qtbot: QtBot) -> SourcesWorkspace:
    made = SourcesWorkspace(context)
    qtbot.addWidget(made)
    made.resize(1300, 800)
    with qtbot.waitExposed(made):
        made.show()
    made.activate()
    return made


def document(context: Context, name: str) -> DocumentId:
    return documents.find(context.bridge.project.connection, name)[0].id


def listed(workspace: SourcesWorkspace) -> list[tuple[str, list[str]]]:
    model = workspace.list.table.source_model()
    found: list[tuple[str, list[str]]] = []
    for row in range(model.rowCount()):
        index = model.index(row, 0)
        if index.data(roles.HEADING_ROLE):
            found.append((str(index.data()), []))
        elif found:
            found[-1][1].append(str(index.data()))
        else:
            found.append((str(index.data()), []))
    return found


def cell(workspace: SourcesWorkspace, name: str, column: int) -> str:
    model = workspace.list.table.source_model()
    index = model.index_of(document(workspace.context, name))
    return str(index.siblingAtColumn(column).data())


@pytest.mark.parametrize("language", ["nb", "en"])
@pytest.mark.parametrize("width", [1294, 1700])
def test_nothing_in_the_bar_overlaps_at_twice_the_size(
    study: Context, qtbot: QtBot, qapp: QApplication, width: int, language: str
) -> None:
    assert is_interface_language(language)
    before = current_catalogue()
    install_language(qapp, load_catalogue(language))
    try:
        theme = apply_theme(qapp, load_theme("light"), 2.0, reduced_motion=True)
        made = shown(replace(study, theme=theme), qtbot)
    finally:
        install_language(qapp, before)
    made.resize(width, 800)
    bar = made.list
    button = next(one for one in bar.findChildren(QPushButton) if one.property("kind") == "primary")
    folded = width == 1294
    qtbot.waitUntil(
        lambda: (bar.grouping.geometry().top() > bar.filter_field.geometry().bottom()) == folded
    )
    places = [one.geometry() for one in (bar.filter_field, bar.grouping, button, bar.table)]
    assert all(bar.rect().contains(place) for place in places)
    assert not any(one.intersects(other) for one, other in combinations(places, 2))


def test_sources_stand_below_their_office(workspace: SourcesWorkspace) -> None:
    assert listed(workspace) == [
        ("NAV Bjørkvik", ["Bjørkvik leder"]),
        ("NAV Havnes", ["Havnes veileder"]),
        ("Several offices", ["Fylket"]),
    ]


def test_columns_tell_what_there_is(workspace: SourcesWorkspace) -> None:
    assert cell(workspace, "Fylket", source_model.OFFICES) == "NAV Bjørkvik, NAV Havnes"
    assert cell(workspace, "Havnes veileder", source_model.TURNS) == "4"
    assert cell(workspace, "Havnes veileder", source_model.CODINGS) == "1"
    length = documents.by_id(
        workspace.context.bridge.project.connection,
        document(workspace.context, "Havnes veileder"),
    )
    assert length is not None
    coded = round(100 * len("Da står vi foran tavla og teller planer.") / length.characters)
    assert cell(workspace, "Havnes veileder", source_model.SHARE) == f"{coded}%"
    assert cell(workspace, "Fylket", source_model.SHARE) == ""


def test_one_list_sorts_by_any_column(workspace: SourcesWorkspace, qtbot: QtBot) -> None:
    workspace.list.set_grouped(grouped=False)
    model = workspace.list.table.source_model()
    names = [str(model.index(row, 0).data()) for row in range(model.rowCount())]
    assert names == ["Bjørkvik leder", "Fylket", "Havnes veileder"]
    header = workspace.list.table.horizontalHeader()
    place = header.sectionViewportPosition(source_model.CODINGS) + 20
    orders: list[list[str]] = []
    for _ in range(2):
        qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place, 10))
        rows = range(model.rowCount())
        orders.append([str(model.index(row, source_model.CODINGS).data()) for row in rows])
    assert sorted(orders) == [["0", "0", "1"], ["1", "0", "0"]]


def test_typing_filters_and_the_chosen_source_stays(
    workspace: SourcesWorkspace, qtbot: QtBot
) -> None:
    workspace.list.choose(document(workspace.context, "Havnes veileder"))
    qtbot.keyClicks(workspace.list.filter_field, "havnes")
    assert [name for _, names in listed(workspace) for name in names] == [
        "Havnes veileder",
        "Fylket",
    ]
    assert workspace.list.table.current_document() == document(workspace.context, "Havnes veileder")
    qtbot.keyClick(workspace.list.filter_field, Qt.Key.Key_Escape)
    assert len(workspace.list.table.source_model().shown()) == 3


def test_going_to_a_hidden_source_takes_the_filter_away(
    workspace: SourcesWorkspace, qtbot: QtBot
) -> None:
    qtbot.keyClicks(workspace.list.filter_field, "fylket")
    wanted = document(workspace.context, "Bjørkvik leder")
    workspace.show_place(Place("sources", document=wanted))
    assert workspace.list.table.current_document() == wanted
    assert workspace.detail.document == wanted


@pytest.mark.parametrize("how", ["enter", "mouse"])
def test_a_source_opens_in_coding(workspace: SourcesWorkspace, qtbot: QtBot, how: str) -> None:
    wanted = document(workspace.context, "Fylket")
    workspace.list.choose(wanted)
    table = workspace.list.table
    with qtbot.waitSignal(workspace.context.navigator.place_wanted) as blocker:
        if how == "enter":
            qtbot.keyClick(table, Qt.Key.Key_Return)
        else:
            middle = table.visualRect(table.currentIndex()).center()
            qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
            qtbot.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=middle)
    assert blocker.args == [Place("coding", document=wanted)]


def test_removing_can_be_undone_at_once(workspace: SourcesWorkspace, qtbot: QtBot) -> None:
    context = workspace.context
    gone = document(context, "Havnes veileder")
    workspace.list.choose(gone)
    with qtbot.waitSignal(context.bridge.noticed) as blocker:
        command(workspace, "sources.remove")()
    assert blocker.args == ["Removed Havnes veileder and 1 coding."]
    assert [title for title, _ in listed(workspace)] == ["NAV Bjørkvik", "Several offices"]
    assert workspace.detail.document == document(context, "Fylket")
    context.bridge.undo()
    assert listed(workspace)[1] == ("NAV Havnes", ["Havnes veileder"])
    assert cell(workspace, "Havnes veileder", source_model.CODINGS) == "1"


def test_done_is_marked_and_shown(workspace: SourcesWorkspace) -> None:
    workspace.list.choose(document(workspace.context, "Fylket"))
    command(workspace, "sources.done")()
    assert cell(workspace, "Fylket", source_model.DONE) == "Done"
    assert workspace.detail.done_box.isChecked()
    workspace.context.bridge.undo()
    assert cell(workspace, "Fylket", source_model.DONE) == ""
    assert not workspace.detail.done_box.isChecked()


def test_a_source_moves_to_another_group_when_it_is_linked(workspace: SourcesWorkspace) -> None:
    context = workspace.context
    office = cases.find(context.bridge.project.connection, "NAV Havnes")[0]
    context.bridge.run(link_cases, case=office.id, documents=[document(context, "Bjørkvik leder")])
    assert listed(workspace)[-1] == ("Several offices", ["Bjørkvik leder", "Fylket"])


def test_an_empty_project_offers_the_one_next_step(context: Context, qtbot: QtBot) -> None:
    workspace = shown(context, qtbot)
    assert not workspace.list.isVisible()
    assert not workspace.detail.isVisible()


def test_changes_behind_its_back_are_seen_when_it_comes_forward(
    workspace: SourcesWorkspace,
) -> None:
    workspace.hide()
    context = workspace.context
    context.bridge.run(
        operations.rename_document, document=document(context, "Fylket"), name="Fylkeskontoret"
    )
    assert listed(workspace)[-1][1] == ["Fylket"]
    workspace.show()
    workspace.activate()
    assert listed(workspace)[-1][1] == ["Fylkeskontoret"]


def command(workspace: SourcesWorkspace, name: str) -> Callable[[], None]:
    return next(one.run for one in workspace.commands() if one.id == name)
