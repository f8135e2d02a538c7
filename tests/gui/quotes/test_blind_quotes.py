"""Who codes blind sees their own findings and their own quotes in the text, and no one else's."""

import json
from pathlib import Path

import docx
import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from qda.gui.context import Context
from qda.gui.layers_kept import KEPT
from qda.gui.main_window import MainWindow
from qda.gui.quotes.workspace import QuotesWorkspace
from qda.model.ids import CodingId
from qda.model.judgements import Evidence
from qda.operations import claims, codings, quotes
from qda.operations.codings import NewCoding
from qda.store import codes, documents, judgements, project_info
from qda.store import codings as coding_rows
from qda.store import quotes as quote_rows

OWN = "Vi har delt folk"


@pytest.fixture
def two(told: Context) -> list[CodingId]:
    """Findings and picked quotes of two coders, taking turns; Ola, who is at work, has the second.

    Return Ola's segments.
    """
    session = told.bridge.session
    run, connection = session.run, session.project.connection
    others = [one.id for one in coding_rows.all_codings(connection)]
    document = next(one for one in documents.all_documents(connection) if "leder" in one.name)
    at = documents.text(connection, document.id).index(OWN)
    code = codes.all_codes(connection)[-1].id
    new = [
        NewCoding(document.id, code, at, at + len(OWN)),
        NewCoding(document.id, code, at, at + 6),
    ]
    run(codings.add_codings, coder="Ola", new=new)
    own = [one.id for one in coding_rows.all_codings(connection) if one.id not in others]
    for who, text in (("Ingrid", "A1"), ("Ola", "B1"), ("Ingrid", "A2"), ("Ola", "B2")):
        evidence = [Evidence(others[0], "for"), Evidence(own[0], "against")]
        run(claims.add_claim, coder=who, text=text, evidence=evidence)
    order = [others[0], own[0], others[1], own[1]]
    run(quotes.pick_quotes, coder="Ingrid", coding_ids=order)
    session._coder = "Ola"  # noqa: SLF001 - as the name at the top is chosen
    return own


def look(told: Context, place: QuotesWorkspace, whose: str) -> None:
    """Choose whose codings are seen, as the coding room does, and come back."""
    settings, guid = told.settings, project_info.read(told.bridge.project.connection).guid
    settings.set(KEPT, {guid: json.dumps({"whose": whose})})
    place.activate()


def findings(place: QuotesWorkspace) -> list[str]:
    return [one.text for one in place.claims_page.list.quotes()]


def test_findings_and_their_evidence_are_ones_own(
    window: MainWindow, place: QuotesWorkspace, told: Context, two: list[CodingId]
) -> None:
    place.show_page("claims")
    assert findings(place) == ["A1", "B1", "A2", "B2"]
    look(told, place, "mine")
    assert findings(place) == ["B1", "B2"]
    assert [one.id for one in place.claims_page.evidence.quotes()] == two[:1]
    assert place.claims_page.count() == "2"
    assert "for 0 · against 1" in place.claims_page.list.quotes()[0].attribution
    # Moved among those that are seen; the others keep their places.
    QTest.keySequence(window, "Alt+Down")
    place.claims_page.move_by(1)
    assert findings(place) == ["B2", "B1"]
    kept = judgements.all_claims(told.bridge.project.connection)
    assert [one.text for one in kept] == ["A1", "A2", "B2", "B1"]
    assert all(len(one.evidence) == 2 for one in kept)
    place.show_page("list")
    place.claiming.ask("for", two)
    offered = [str(one.title) for one in place.claiming.chooser.shown_items()]
    assert not {"A1", "A2"} & set(offered)
    assert "B1" in offered
    place.claiming.chooser.dismiss()
    place.show_page("claims")
    look(told, place, "all")
    assert findings(place) == ["A1", "A2", "B2", "B1"]


def test_quotes_in_the_text_are_ones_own_also_in_files(
    place: QuotesWorkspace, told: Context, two: list[CodingId], tmp_path: Path, qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    place.show_page("picked")
    page = place.picked_page
    assert len(page.list.quotes()) == 4
    look(told, place, "mine")
    assert [one.id for one in page.list.quotes()] == two
    assert page.count() == "2"
    page.list.choose(two[0])
    page.move_by(1)
    assert [one.id for one in page.list.quotes()] == two[::-1]
    everything = [one.coding for one in quote_rows.picked(told.bridge.project.connection)]
    assert [one for one in everything if one in two] == two[::-1]
    assert len(everything) == 4
    for name, key in (("sitater.docx", "picked"), ("funn.docx", "claims")):
        path = tmp_path / name
        monkeypatch.setattr(
            QFileDialog, "getSaveFileName", lambda *_args, path=path: (str(path), "")
        )
        place.show_page(key)
        with qtbot.waitSignal(told.jobs.finished, timeout=30_000):
            place.page.ask_export()
    quoted = "\n".join(one.text for one in docx.Document(str(tmp_path / "sitater.docx")).paragraphs)
    assert OWN in quoted
    assert "planer" not in quoted
    ledger = docx.Document(str(tmp_path / "funn.docx")).tables[0]
    assert [row.cells[0].text for row in ledger.rows][1:] == ["B1", "B2"]
