"""A list of many sources: nothing is put in order or counted before it is looked at."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from benchmarks.generate import Size, build
from qda.app.session import Session
from qda.app.settings import Settings
from qda.gui import session_bridge
from qda.gui.context import Context, Navigator, Place
from qda.gui.job_runner import JobRunner
from qda.gui.session_bridge import SessionBridge
from qda.gui.sources import source_counts, source_model, source_rows
from qda.gui.sources.source_model import CODINGS, DONE, KIND, NAME, OFFICES, SHARE, TURNS, WORDS
from qda.gui.sources.source_rows import Sources, read_sources
from qda.gui.sources.workspace import SourcesWorkspace
from qda.gui.theme import Theme
from qda.gui.widgets import roles
from qda.model.entities import Document
from qda.model.ids import CoderId, DocumentId
from qda.operations import documents as operations
from qda.store import documents
from qda.store.project_file import ProjectFile
from qda.text.collation import sort_key
from qda.text.spans import covered_in_order

COUNT, OFFICE_COUNT = 60, 7
ENDLESS = """
WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000000)
SELECT count(*) FROM n"""


@pytest.fixture
def many(tmp_path: Path, theme: Theme) -> Iterator[Context]:
    """Sixty short sources in seven offices, one of them in two and one in none, all coded."""
    path = tmp_path / "many.qdaproj"
    size = Size(documents=COUNT, words=120, turns=4, codings=3, codes=5, cases=OFFICE_COUNT)
    project = build(path, size)
    ask = project.connection.execute
    ask("DELETE FROM document_case WHERE document_id = 9")
    ask("INSERT INTO document_case (document_id, case_id) VALUES (11, 1)")
    ask("UPDATE document SET name = 'Veileder ' || (id * 37 % 60) || ' på Å'")
    ask("DELETE FROM coding WHERE document_id % 3 = 0 AND id % 3 > 0")
    project.close()
    session = Session.open(path)
    bridge, jobs = SessionBridge(session), JobRunner()
    yield Context(bridge, jobs, Settings(tmp_path / "s.json"), theme, Navigator())
    jobs.stop()
    bridge.detach()
    session.close()


def load_sources(project: ProjectFile, only: CoderId | None = None) -> Sources:
    """Read all pieces one after the other."""
    pieces = read_sources(project, only)
    while True:
        try:
            next(pieces)
        except StopIteration as end:
            return end.value


@pytest.fixture
def workspace(many: Context, qtbot: QtBot) -> SourcesWorkspace:
    made = SourcesWorkspace(many)
    qtbot.addWidget(made)
    made.resize(1300, 400)
    with qtbot.waitExposed(made):
        made.show()
    made.activate()
    return made


def share(context: Context, document: DocumentId) -> float:
    ask = context.bridge.project.connection.execute
    spans = ask('SELECT start, "end" FROM coding WHERE document_id = ? ORDER BY start', (document,))
    length = ask("SELECT characters FROM document WHERE id = ?", (document,)).fetchone()[0]
    return covered_in_order(spans) / length


def expected(context: Context, column: int, *, down: bool, word: str = "") -> list[DocumentId]:
    """Return the order of the list worked out slowly, group by group."""
    connection = context.bridge.project.connection
    ask = connection.execute
    names = dict(ask('SELECT id, name FROM "case"'))
    offices: dict[int, list[int]] = {}
    for document, case in ask("SELECT document_id, case_id FROM document_case ORDER BY case_id"):
        offices.setdefault(document, []).append(case)
    groups: dict[int, list[tuple[Any, Document]]] = {}
    for one in documents.all_documents(connection):
        linked = offices.get(one.id, [])
        told = ", ".join(names[case] for case in linked)
        if word not in f"{one.name} {one.file_name} {told}".casefold():
            continue
        coded = ask("SELECT count(*) FROM coding WHERE document_id = ?", (one.id,)).fetchone()[0]
        key: Any = {
            NAME: 0, OFFICES: sort_key(told, "en"), KIND: one.kind, TURNS: one.turns,
            WORDS: one.words, CODINGS: coded, SHARE: share(context, one.id), DONE: one.done,
        }[column]  # fmt: skip
        place = linked[0] if len(linked) == 1 else 1000 if linked else 2000
        groups.setdefault(place, []).append((key, one))
    found: list[DocumentId] = []
    for place in sorted(groups):
        rows = sorted(groups[place], key=lambda pair: sort_key(pair[1].name, "en"))
        if column == NAME:
            rows = rows[::-1] if down else rows
        else:
            rows.sort(key=lambda pair: pair[0], reverse=down)
        found += [one.id for _key, one in rows]
    return found


@pytest.mark.parametrize("down", [False, True])
@pytest.mark.parametrize("column", range(DONE + 1))
def test_the_order_is_that_of_the_slow_way(
    workspace: SourcesWorkspace, qtbot: QtBot, column: int, *, down: bool
) -> None:
    model = workspace.list.table.source_model()
    order = Qt.SortOrder.DescendingOrder if down else Qt.SortOrder.AscendingOrder
    workspace.list.table.sortByColumn(column, order)
    wanted = expected(workspace.context, column, down=down)
    qtbot.waitUntil(lambda: list(model.shown()) == wanted)
    workspace.list.filter_field.setText("kontor 03")
    wanted = expected(workspace.context, column, down=down, word="kontor 03")
    assert 0 < len(wanted) < COUNT
    qtbot.waitUntil(lambda: list(model.shown()) == wanted)
    rows = [model.index_of(one).row() for one in wanted]
    assert rows == sorted(rows)
    assert [model.index(row, 0).data(roles.ID_ROLE) for row in rows] == wanted


def test_only_what_is_looked_at_is_put_in_order(
    workspace: SourcesWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def counted(name: str, language: str) -> object:
        asked.append(name)
        return sort_key(name, language)

    monkeypatch.setattr(source_model, "sort_key", counted)
    model = workspace.list.table.source_model()
    workspace.hide()
    model.set_sources(load_sources(workspace.context.bridge.project))
    asked.clear()
    model.set_filter("")
    assert model.rowCount() == COUNT + OFFICE_COUNT + 2
    # The current source is sought in its office, and nowhere else.
    assert 0 < len(asked) <= COUNT // OFFICE_COUNT + 1
    asked.clear()
    workspace.list.table.selectAll()
    assert len(workspace.list.table.marked()) == COUNT
    assert asked == []


def test_what_is_marked_stays_marked_however_the_list_is_arranged(
    workspace: SourcesWorkspace,
) -> None:
    table, field = workspace.list.table, workspace.list.filter_field
    table.selectAll()
    everything = table.marked()
    assert len(everything) == COUNT
    current = table.current_document()
    workspace.list.set_grouped(grouped=False)
    table.sortByColumn(WORDS, Qt.SortOrder.DescendingOrder)
    assert (table.marked(), table.current_document()) == (everything, current)
    field.setText("veileder 1")
    some = table.marked()
    assert some == frozenset(table.source_model().shown())
    assert 0 < len(some) < COUNT
    workspace.list.set_grouped(grouped=True)
    field.clear()
    assert table.marked() == some
    context = workspace.context
    gone = next(iter(some))
    context.bridge.run(operations.remove_document, document=gone)
    assert table.marked() == some - {gone}
    headings = table.source_model().headings()
    assert len(headings) > OFFICE_COUNT
    assert not any(
        table.selectionModel().isSelected(table.source_model().index(row, 0)) for row in headings
    )


def test_home_and_end_and_the_neighbour_pass_over_headings(
    workspace: SourcesWorkspace, qtbot: QtBot
) -> None:
    table = workspace.list.table
    shown = table.source_model().shown()
    qtbot.keyClick(table, Qt.Key.Key_End)
    assert table.current_document() == shown[-1]
    qtbot.keyClick(table, Qt.Key.Key_Home)
    assert table.current_document() == shown[0]
    model = table.source_model()
    assert [model.neighbour(one) for one in shown] == [*shown[1:], shown[-2]]


def test_much_coded_is_counted_a_little_at_a_time(
    workspace: SourcesWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(source_counts, "AT_ONCE", 2)
    monkeypatch.setattr(source_counts, "SLICE", 4)
    context = workspace.context
    sources = load_sources(context.bridge.project)
    counts, model = sources.counts, workspace.list.table.source_model()
    assert counts is not None
    told: list[bool] = []
    counts.counted.connect(told.append)
    row = next(one for one in sources.rows if counts.codings(one.id) == 3)
    assert counts.share(row) is None
    model.set_sources(sources)
    workspace.list.table.sortByColumn(SHARE, Qt.SortOrder.DescendingOrder)
    wanted = expected(context, SHARE, down=True)
    qtbot.waitUntil(lambda: list(model.shown()) == wanted)
    assert told.count(True) == 1
    assert len(told) > 10
    assert counts.share(row) == share(context, row.id)
    # Read again, the list keeps its order while all is counted anew.
    model.set_sources(load_sources(context.bridge.project))
    assert list(model.shown()) == wanted
    model.stop()
    assert list(model.shown()) == wanted


def test_of_one_coder_alone_only_theirs_is_counted(many: Context) -> None:
    ask = many.bridge.project.connection.execute
    ask("INSERT INTO coder (guid, name, color) VALUES ('g', 'Kari', '#000000')")
    kari = ask("SELECT id FROM coder WHERE name = 'Kari'").fetchone()[0]
    ask("UPDATE coding SET coder_id = ? WHERE id % 4 = 0", (kari,))
    sources = load_sources(many.bridge.project, CoderId(kari))
    counts = sources.counts
    assert counts is not None
    for row in sources.rows:
        spans = ask(
            'SELECT start, "end" FROM coding WHERE coder_id = ? AND document_id = ? ORDER BY start',
            (kari, row.id),
        ).fetchall()
        assert counts.codings(row.id) == len(spans)
        assert counts.share(row) == covered_in_order(spans) / row.characters
    counts.read_all_turns()
    assert {counts.turns(row.id) for row in sources.rows} == {4}


def test_after_it_was_stopped_the_project_is_asked_for_nothing(
    workspace: SourcesWorkspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    model = workspace.list.table.source_model()
    sources = load_sources(workspace.context.bridge.project)
    model.set_sources(sources)
    workspace.save_state()

    def refuse(*_: object) -> None:
        raise AssertionError

    for name in ("turns", "codings", "by_coder"):
        monkeypatch.setattr(source_counts, name, refuse)
    for column in range(DONE + 1):
        model.index(1, column).data()


def test_many_sources_are_read_in_pieces_and_chosen_once_they_are_there(
    workspace: SourcesWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    context, table = workspace.context, workspace.list.table
    context.bridge.run(operations.remove_document, document=DocumentId(5))
    monkeypatch.setattr(source_rows, "PIECE", 7)
    context.bridge.undo()
    # The list of before stays in sight meanwhile.
    assert DocumentId(5) not in table.source_model().shown()
    workspace.show_place(Place("sources", document=DocumentId(5)))
    assert table.current_document() != DocumentId(5)
    qtbot.waitUntil(lambda: table.current_document() == DocumentId(5))
    assert len(table.source_model().shown()) == COUNT
    assert workspace.detail.name_field.text() == documents_by_id(context, 5).name
    # A source that went meanwhile is not removed once more.
    context.bridge.run(operations.remove_document, document=DocumentId(6))
    workspace.remove(DocumentId(6))
    workspace.remove(DocumentId(7))
    qtbot.waitUntil(lambda: len(table.source_model().shown()) == COUNT - 2)
    context.bridge.undo()
    workspace.save_state()
    qtbot.wait(1)
    assert len(table.source_model().shown()) == COUNT - 2


def test_much_is_removed_beside_the_window(
    workspace: SourcesWorkspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session_bridge, "LARGE", 3)
    context, table = workspace.context, workspace.list.table
    before = list(context.bridge.project.connection.iterdump())
    shown = table.source_model().shown()
    workspace.list.choose(shown[3])
    begun, remove = Event(), documents.delete

    def remove_at_length(connection: sqlite3.Connection, document: DocumentId) -> None:
        remove(connection, document)
        begun.set()
        connection.execute(ENDLESS).fetchone()

    with monkeypatch.context() as patch:
        patch.setattr(documents, "delete", remove_at_length)
        workspace.remove(shown[3])
        assert begun.wait(30)
        with qtbot.waitSignal(context.jobs.finished, timeout=30_000):
            context.jobs.cancel()
    assert list(context.bridge.project.connection.iterdump()) == before
    with qtbot.waitSignal(context.bridge.noticed):
        workspace.remove(shown[3])
    assert table.current_document() == shown[4]
    assert shown[3] not in table.source_model().shown()
    context.bridge.undo()
    assert table.source_model().shown() == shown


def documents_by_id(context: Context, document: int) -> Document:
    found = documents.by_id(context.bridge.project.connection, DocumentId(document))
    assert found is not None
    return found
