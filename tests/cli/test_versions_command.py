"""versions."""

import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qda.app.session import Session
from qda.operations.corrections import correct_text
from qda.store import documents
from qda.text.edits import Edit

Run = Callable[..., Any]


def correct(project: Path, old: str, new: str, coder: str = "Kari") -> str:
    """Correct some words of «Nord»; return the text as it was before."""
    session = Session.open(project, coder=coder)
    found = documents.find(session.project.connection, "Nord")[0].id
    before = documents.text(session.project.connection, found)
    edit = Edit(before.index(old), len(old), new)
    session.run(correct_text, coder=coder, document=found, edits=[edit])
    session.close()
    return before


@pytest.fixture
def corrected(project: Path) -> Path:
    """The small study, with «Nord» corrected twice."""
    correct(project, "starter", "begynner")
    correct(project, "Mandag er det", "Mandager har vi", "Ola")
    return project


def test_the_texts_are_listed_first_to_last(run: Run, corrected: Path) -> None:
    first, second, third = run("versions", corrected, "Nord", json=True).json
    assert (first["version"], first["operation"], first["places"]) == (1, None, 0)
    assert (second["coder"], second["operation"], second["places"]) == ("Kari", "Correct a text", 1)
    assert (third["coder"], third["current"], third["kept"]) == ("Ola", True, True)
    assert third["guid"] is None
    assert first["guid"] != second["guid"]
    said = run("versions", corrected, "Nord").out
    assert "Correct a text" in said
    assert "the present text" in said
    assert len(run("versions", corrected, "Sør", json=True).json) == 1


def test_an_earlier_text_is_printed_byte_for_byte(run: Run, project: Path) -> None:
    before = correct(project, "starter", "begynner")
    assert run("versions", project, "Nord", "--text", "1").out == before
    answer = run("versions", project, "Nord", "--text", "1", json=True).json
    assert answer["text"] == before
    assert run("versions", project, "Nord", "--text", "2").out == run("text", project, "Nord").out


def test_two_texts_are_compared(run: Run, corrected: Path) -> None:
    answer = run("versions", corrected, "Nord", "--compare", "1", json=True).json
    assert answer["with"] == 3
    assert [(one["before"], one["after"]) for one in answer["differences"]] == [
        ("starter", "begynner"), ("Mandag er det", "Mandager har vi"),
    ]  # fmt: skip
    text = run("text", corrected, "Nord").out
    for one in answer["differences"]:
        assert text[one["start"] : one["end"]] == one["after"]
    said = run("versions", corrected, "Nord", "--compare", "1", "--with", "2").out
    assert "[-starter-]{+begynner+}" in said
    assert "Mandager" not in said
    same = run("versions", corrected, "Nord", "--compare", "2", "--with", "2").out
    assert same == "The texts are the same.\n"


def test_going_back_is_one_step_and_lists_what_would_be_lost(run: Run, corrected: Path) -> None:
    session = Session.open(corrected)
    found = documents.find(session.project.connection, "Nord")[0]
    session.close()
    run("code", corrected, "--document", "Nord", "--code", "telling", "--quote", "Mandager har vi")
    correct(corrected, "Mandager har vi", "Mandager har vi alltid")
    steps = len(run("history", corrected, json=True).json)
    answer = run("versions", corrected, "Nord", "--back-to", "1", json=True)
    assert answer.status == 0
    assert answer.json["codings"]["lost"] == 0
    assert len(run("history", corrected, json=True).json) == steps + 1
    assert "Mandag er det" in run("text", corrected, "Nord").out
    assert len(run("versions", corrected, found.guid, json=True).json) == 5
    run("undo", corrected)
    assert "Mandager har vi alltid" in run("text", corrected, "Nord").out


def test_codings_that_would_be_lost_stop_it_until_they_may_go(run: Run, project: Path) -> None:
    correct(project, "Jeg teller ikke.", "Jeg teller ikke. Det sier jeg rett ut.")
    words = "Det sier jeg rett ut."
    run("code", project, "--document", "Nord", "--code", "telling", "--quote", words)
    refused = run("versions", project, "Nord", "--back-to", "1")
    assert refused.status == 1
    assert words in refused.err
    assert words in run("text", project, "Nord").out
    assert run("versions", project, "Nord", "--back-to", "1", "--drop-lost").status == 0
    assert words not in run("text", project, "Nord").out


def test_wrong_wishes_are_said(run: Run, corrected: Path) -> None:
    assert run("versions", corrected, "Nord", "--text", "9").status == 1
    assert "1 to 3" in run("versions", corrected, "Nord", "--text", "9").err
    assert run("versions", corrected, "Nord", "--text", "1", "--compare", "1").status == 2
    assert run("versions", corrected, "Nord", "--with", "1").status == 2
    assert run("versions", corrected, "Nord", "--text", "x").status == 2
    assert run("versions", corrected, "Ingen").status == 1


def test_a_text_that_is_not_kept_is_said(run: Run, corrected: Path) -> None:
    with sqlite3.connect(corrected) as connection:
        connection.execute("UPDATE text_version SET edits = NULL")
        connection.execute("DELETE FROM history_row")
        connection.execute("DELETE FROM history_step")
        connection.execute(
            "DELETE FROM text_body WHERE hash NOT IN (SELECT text_hash FROM document)"
        )
    connection.close()
    assert [one["kept"] for one in run("versions", corrected, "Nord", json=True).json] == [
        False, False, True,
    ]  # fmt: skip
    refused = run("versions", corrected, "Nord", "--text", "1")
    assert refused.status == 1
    assert "not kept" in refused.err
    assert "no longer kept" in run("versions", corrected, "Nord").out
