"""What is learned from codings is suggested with the segments it is like, and measured first."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from qda.app.suggesting import Suggester
from qda.formats.readers import read_file
from qda.gui.coding.workspace import CodingWorkspace
from qda.gui.context import Context
from qda.gui.main_window import MainWindow
from qda.gui.widgets.queue_list import QueueRow
from qda.model.ids import CodeId, DocumentId
from qda.model.suggestions import SimilarReason, SuggestionSpec
from qda.operations import codings, documents
from qda.operations.codings import NewCoding
from qda.store import codings as coding_queries
from qda.store import documents as document_queries

DEADLINES = (
    "Fristen for vedtaket er fredag.",
    "Vi rekker ikke fristen på fredag.",
    "Fristen på vedtak er fjorten dager.",
    "Da går fristen ut før vedtaket er skrevet.",
    "Går fristen ut, får lederen en melding.",
    "Fristen henger over oss hver fredag.",
)
OTHERS = (
    "Brukeren kom til kontoret med kaffe.",
    "Lederen er ute og går med hunden.",
    "Kantina serverer suppe om vinteren.",
    "Rommet har to vinduer mot fjorden.",
    "Naboen flyttet til byen i fjor.",
    "Bilen sto parkert ved kirken.",
)
NEW = "Fristen for vedtaket går ut på fredag."


def told(*answers: str) -> str:
    """Return an interview of some answers."""
    turns = (f"Intervjuer: Hva mer?\nLeder: {one}\n" for one in answers)
    return "".join(turns)


@pytest.fixture
def learned_from(study: Context, tmp_path: Path, code_id: Callable[[str], CodeId]) -> CodeId:
    """A code of two coded interviews; a third holds what is like them, and is not coded."""
    run, coder = study.bridge.session.run, study.bridge.session.coder
    mixed = [one for pair in zip(DEADLINES, OTHERS, strict=True) for one in pair]
    texts = {"Første": told(*mixed), "Annet": told(*reversed(mixed)), "Nytt": told(OTHERS[0], NEW)}
    code = code_id("tavlemøte")
    for name, text in texts.items():
        path = tmp_path / f"{name}.txt"
        path.write_text(text, encoding="utf-8")
        run(documents.import_documents, coder=coder, read=[read_file(path)])
        if name == "Nytt":
            continue
        found = document_queries.find(study.bridge.project.connection, name)[0].id
        spans = [(text.index(one), len(one)) for one in DEADLINES]
        new = [NewCoding(found, code, start, start + length) for start, length in spans]
        run(codings.add_codings, coder=coder, new=new)
    return code


@pytest.fixture
def opened(
    qtbot: QtBot, coding_window: MainWindow, coding_room: CodingWorkspace, learned_from: CodeId
) -> CodingWorkspace:
    """The room with suggestions for the code made and measured."""
    coding_room.code_pane.choose(learned_from)
    coding_window.actions_by_command.action("coding.suggestions").trigger()
    qtbot.waitUntil(lambda: not coding_room.suggestions.making.busy, timeout=60_000)
    return coding_room


def test_what_it_is_worth_is_what_was_measured(
    opened: CodingWorkspace, study: Context, learned_from: CodeId
) -> None:
    (measure,) = Suggester(study.bridge.session).measure(SuggestionSpec(codes=(learned_from,)))
    assert measure.learned is not None
    assert measure.learned.right > 0
    (said,) = opened.suggestion_pane.start.standings()
    assert (
        f"Learned from other sources, {measure.learned.right} of {measure.learned.proposed} "
        f"suggestions were right, and they found {measure.learned.right} of the "
        f"{measure.positives} places coded with it."
    ) in said.sentences
    assert "It has no keywords in the codebook." in said.sentences


def test_the_segments_it_is_like_are_opened_and_one_comes_back(
    opened: CodingWorkspace, coding_window: MainWindow, study: Context
) -> None:
    opened.suggestions.begin()
    pane = opened.suggestion_pane
    rows = [row for row in pane.list.rows() if isinstance(row, QueueRow)]
    assert NEW in [row.text for row in rows]
    while rows[pane.list.place() - 1].text != NEW:
        QTest.keyClick(pane.list, Qt.Key.Key_Down)
    at = opened.suggestions.queue.find(pane.list.current_id())
    assert at is not None
    similar = [one for one in at.reasons if isinstance(one, SimilarReason)]
    assert len(similar) == 3
    assert "it is like 3 segments coded with tavlemøte" in pane.detail.why.text()
    evidence = pane.detail.evidence
    row = next(one for one in evidence.quotes() if one.id == ("coding", similar[0].coding))
    assert row.text.strip("«»") in DEADLINES
    evidence.setFocus()
    evidence.choose(row.id)
    QTest.keyClick(evidence, Qt.Key.Key_Return)
    coding = coding_queries.by_id(study.bridge.project.connection, similar[0].coding)
    assert coding is not None
    assert opened.open is not None
    assert opened.open.document.id == coding.document
    assert opened.view.selected_segment() == coding.id
    coding_window.actions_by_command.action("coding.suggestion_reset").trigger()
    selected = opened.view.selection()
    assert selected is not None
    assert opened.view.canonical_text()[slice(*selected)] == NEW
    assert opened.open.document.id == DocumentId(at.key.document)


def test_the_way_it_is_made_is_chosen_and_kept(
    qtbot: QtBot, opened: CodingWorkspace, study: Context
) -> None:
    start = opened.suggestion_pane.start
    assert start.begin.isVisible()
    start.engine.focus_value()
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Space):
        at = start.engine.focusWidget()
        assert at is not None
        QTest.keyClick(at, key)
    qtbot.waitUntil(lambda: not opened.suggestions.making.busy, timeout=60_000)
    assert start.engine.value() == "rules"
    assert not start.begin.isVisible()
    assert start.said.text() == "There is nothing to suggest."
    assert study.settings.text("coding.suggestions.engine") == "rules"


def test_measuring_that_is_stopped_is_said_and_can_be_done_after_all(
    qtbot: QtBot, opened: CodingWorkspace, study: Context, learned_from: CodeId
) -> None:
    start = opened.suggestion_pane.start
    # What is learned is measured as it is learned; keywords are measured afterwards.
    start.engine.set_value("rules")
    begun: list[str] = []

    def stop(title: str) -> None:
        begun.append(title)
        if begun.count("Making suggestions") == 2:
            # The first makes them, the second measures.
            study.jobs.cancel()

    study.jobs.started.connect(stop)
    opened.suggestions.making.ask_for([learned_from])
    qtbot.waitUntil(lambda: not opened.suggestions.making.busy, timeout=60_000)
    study.jobs.started.disconnect(stop)
    assert start.said.text() == "It was not measured how good they are."
    assert start.measure.isVisible()
    QTest.mouseClick(start.measure, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not opened.suggestions.making.busy, timeout=60_000)
    assert not start.measure.isVisible()
    assert start.standings()[0].sentences
