"""The command search, from the words on the line to the files it writes."""

import csv
import io
import sqlite3
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.cli.conftest import Run


def test_hits_stand_in_their_texts(run: Run, project: Path) -> None:
    hits = run("search", project, "telle", json=True).json
    assert [hit["match"] for hit in hits] == ["teller", "teller", "teller"]
    text = run("text", project, "Nord").out
    for hit in hits:
        assert text[hit["start"] : hit["end"]] == hit["match"]
        assert hit["left"] + hit["match"] + hit["right"] in text
        assert hit["document"] == "Nord"
    assert [hit["participant"] for hit in hits] == ["Leder", "Leder", "Veileder 1"]
    assert [hit["turn"] for hit in hits] == [4, 4, 5]
    assert hits[0]["cases"] == ["Nord"]


def test_modes(run: Run, project: Path) -> None:
    def found(query: str, *more: str) -> list[str]:
        return [hit["match"] for hit in run("search", project, query, *more, json=True).json]

    assert found("tavlemøte") == ["tavlemøte", "Tavlemøter"]
    assert found("tavlemøte", "--mode", "exact") == ["tavlemøte"]
    assert found("tavle.*? ", "--mode", "regex") == ["tavlemøte. ", "Tavlemøter "]
    assert found("TAVLEMØTENE") == ["tavlemøte", "Tavlemøter"]
    assert found("tavlemote") == []
    assert found("måltall", "--turns", "interviewer") == ["måltallene"]
    assert found("telle", "--document", "Sør") == []
    assert found("veilede", "--turns", "all") == []


def test_limits(run: Run, project: Path) -> None:
    def found(query: str, *more: str) -> list[str]:
        return [hit["match"] for hit in run("search", project, query, *more, json=True).json]

    assert found("telle", "--where", "rolle=veileder") == ["teller"]
    assert found("telle", "--case", "Nord", "--code", "telling") == ["teller", "teller", "teller"]
    assert found("jeg", "--uncoded") == ["Jeg", "jeg", "jeg"]
    assert (
        found("jeg", "--uncoded", "--code", "rutiner")
        == ["Jeg", "Jeg", "jeg", "jeg"][: len(found("jeg"))]
    )
    assert found("telle AND plan", "--within", "sentence") == [
        "teller",
        "planer",
        "teller",
        "planer",
    ]
    assert found("code:rutiner/tavlemøte") == []
    assert found("code:telling", "--turns", "all") == ["måltallene"]


def test_a_person_gets_a_table_and_the_forms(run: Run, project: Path) -> None:
    done = run("search", project, "tavlemøte", "--forms")
    assert done.status == 0
    assert done.out.splitlines()[0].split("\t") == [
        "Document", "Turn", "Participant", "Before", "Hit", "After",
    ]  # fmt: skip
    assert done.out.splitlines()[-1] == "2 hits."
    assert "Forms in all sources: tavlemøte 1, tavlemøter 1." in done.err


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["(telle"], "A parenthesis is not closed."),
        (["telle OG"], "A word must follow OG. (At character 9 of the query.)"),
        (
            ["(", "--mode", "regex"],
            "The regular expression cannot be read",
        ),
        (["telle", "--document", "Øst"], "There is no document Øst"),
        (["telle", "--where", "rolle=konge"], "konge"),
        (["code:ukjent"], "There is no code ukjent"),
        (["telle", "-o", "x.pdf"], "x.pdf: choose a file name that ends in"),
        (["telle", "--context", "-1"], "The context may have 0 to 5000 characters."),
    ],
)
def test_what_cannot_be_done_is_one_sentence(
    run: Run, project: Path, words: list[str], sentence: str
) -> None:
    done = run("search", project, *words)
    assert done.status == 1
    assert sentence in done.err
    assert "Traceback" not in done.err
    assert done.out == ""


def test_the_concordance_is_written(run: Run, project: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"k.{ending}" for ending in ("csv", "xlsx", "docx")]
    more = [word for file in files for word in ("-o", file)]
    assert run("search", project, "telle", *more).status == 0
    rows = list(csv.reader(io.StringIO(files[0].read_text(encoding="utf-8-sig")), delimiter=","))
    assert rows[0][:6] == ["Document", "Turn", "Role", "Office", "Before", "Hit"]
    assert [row[5] for row in rows[1:]] == ["teller", "teller", "teller"]
    sheet = openpyxl.load_workbook(files[1]).active
    assert sheet is not None
    assert [sheet.cell(row, 6).value for row in range(1, 5)] == [
        "Hit",
        "teller",
        "teller",
        "teller",
    ]
    (table,) = docx.Document(str(files[2])).tables
    assert [row.cells[5].text for row in table.rows] == ["Hit", "teller", "teller", "teller"]
    assert "Concordance of «telle»" in docx.Document(str(files[2])).paragraphs[0].text


def test_the_index_is_kept_and_nothing_else_changes(run: Run, project: Path) -> None:
    history = run("history", project, json=True).json
    backups = run("backup", project, "--list", json=True).json
    assert run("search", project, "telle").status == 0
    with sqlite3.connect(project) as connection:
        assert connection.execute("SELECT count(*) FROM word_index").fetchone()[0] == 3
    connection.close()
    assert run("history", project, json=True).json == history
    assert run("backup", project, "--list", json=True).json == backups


def test_a_project_that_is_not_there(run: Run, tmp_path: Path) -> None:
    done = run("search", tmp_path / "x.qdaproj", "a")
    assert done.status == 1
    assert "There is no project" in done.err


def test_a_search_is_saved_and_asked_again(run: Run, project: Path) -> None:
    first = run("search", project, "telle", "--where", "rolle=veileder", "--save", "Tellinger",
                json=True).json  # fmt: skip
    assert [hit["match"] for hit in first] == ["teller"]
    [saved] = run("searches", project, json=True).json
    assert (saved["name"], saved["query"], saved["turns"]) == ("Tellinger", "telle", "informant")
    assert saved["where"] == [["rolle", "veileder"]]
    assert run("search", project, "--saved", "tellinger", json=True).json == first
    assert run("searches", "rename", project, "Tellinger", "Å telle").status == 0
    assert "Å telle" in run("searches", project).out
    assert run("search", project, "--saved", "Tellinger").status == 1
    assert run("searches", "remove", project, "Å telle", json=True).json == {"guid": saved["guid"]}
    assert run("searches", project, json=True).json == []
    assert run("undo", project).status == 0
    assert len(run("searches", project, json=True).json) == 1
    assert run("search", project).status == 2
    assert run("search", project, "telle", "--saved", "Å telle").status == 2
