"""qda convert: projects to exchange files and back, with a report."""

import json
import sqlite3
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.formats.exchange import test_qualcoder, test_rqda
from tests.formats.exchange.peers import build

Run = Callable[..., Any]
BY_GUID = {
    "coding": (
        'SELECT c.guid, d.guid, k.guid, p.guid, c.start, c."end", c.quote, c.stance, c.value,'
        " c.memo, c.created FROM coding c JOIN document d ON d.id = c.document_id"
        " JOIN code k ON k.id = c.code_id JOIN coder p ON p.id = c.coder_id"
    ),
    "code": (
        "SELECT c.guid, p.guid, c.name, c.color, c.definition, c.keywords, c.scale FROM code c"
        " LEFT JOIN code p ON p.id = c.parent_id"
    ),
    "document": "SELECT guid, name, kind, language, text_hash, file_hash, characters FROM document",
    "turn": (
        'SELECT d.guid, t.number, t.start, t."end", t.label, p.guid FROM turn t'
        " JOIN document d ON d.id = t.document_id LEFT JOIN participant p"
        " ON p.id = t.participant_id"
    ),
    "case": 'SELECT guid, name, pseudonym FROM "case"',
    "document_case": (
        'SELECT d.guid, c.guid FROM document_case l JOIN "case" c ON c.id = l.case_id'
        " JOIN document d ON d.id = l.document_id"
    ),
    "coding_case": (
        'SELECT d.guid, c.guid FROM coding_case l JOIN "case" c ON c.id = l.case_id'
        " JOIN coding d ON d.id = l.coding_id"
    ),
    "value": (
        "SELECT v.guid, v.subject, v.type, v.periodic, x.period, x.text, x.number FROM value x"
        " JOIN variable v ON v.id = x.variable_id"
    ),
    "project": "SELECT guid, name, language, created FROM project",
    "coder": "SELECT guid, name, color FROM coder",
}


def logical(project: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything in a project by GUID, whatever the numbers of its rows."""
    connection = sqlite3.connect(project)
    try:
        return {
            name: sorted(connection.execute(sql).fetchall(), key=repr)
            for name, sql in BY_GUID.items()
        }
    finally:
        connection.close()


def test_a_project_goes_out_and_comes_in_as_it_was(run: Run, project: Path, tmp_path: Path) -> None:
    exchange, back = tmp_path / "ut.qdpx", tmp_path / "inn.qdaproj"
    out = run("convert", project, exchange, json=True)
    assert out.status == 0
    assert out.json["out"]["codings"] == 7
    stays = {"codebook versions", "import_report"}
    assert {line["item"] for line in out.json["discarded"]} <= stays
    into = run("convert", exchange, back, json=True)
    assert into.status == 0
    assert into.json["out"]["codings"] == into.json["in"]["codings"] == 7
    assert into.json["discarded"] == into.json["uncertain"] == []
    # The months of an indicator, each a variable in between, are one again.
    assert [line["item"] for line in into.json["decided"]] == ["variables"]
    assert into.json["in"] == into.json["out"]
    assert logical(back) == logical(project)
    assert run("doctor", back, json=True).json["problems"] == []
    for command in (("documents",), ("codings",), ("cases", "show"), ("matrix",)):
        ours, theirs = (run(*command, one, json=True).json for one in (project, back))
        assert json.dumps(ours, sort_keys=True) == json.dumps(theirs, sort_keys=True)


def test_the_import_is_one_step(run: Run, project: Path, tmp_path: Path) -> None:
    run("convert", project, tmp_path / "ut.qdpx")
    run("convert", tmp_path / "ut.qdpx", tmp_path / "inn.qdaproj")
    (step,) = run("history", tmp_path / "inn.qdaproj", json=True).json
    assert step["operation"] == "Import a project"
    assert run("undo", tmp_path / "inn.qdaproj").status == 0
    assert run("documents", tmp_path / "inn.qdaproj", json=True).json == []


@pytest.fixture
def foreign(tmp_path: Path) -> Path:
    """A file of another tool with something to tell of."""
    path = tmp_path / "fremmed.qdpx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "Project.qde",
            '<Project xmlns="urn:QDA-XML:project:1.0" name="Fremmed" origin="Et verktøy">'
            '<CodeBook><Codes><Code guid="00000000-0000-4000-8000-000000000001" name="a" '
            'isCodable="true"/></Codes></CodeBook><Sources><PictureSource name="Tavle.jpg" '
            'guid="00000000-0000-4000-8000-000000000002"/><TextSource name="Notat" '
            'guid="00000000-0000-4000-8000-000000000003"><PlainTextContent>Vi teller.'
            '</PlainTextContent><PlainTextSelection guid="00000000-0000-4000-8000-000000000004" '
            'startPosition="3" endPosition="9"><Coding guid="00000000-0000-4000-8000-000000000005">'
            '<CodeRef targetGUID="00000000-0000-4000-8000-000000000001"/></Coding>'
            "</PlainTextSelection></TextSource></Sources></Project>",
        )
    return path


def test_the_report_is_on_screen_in_the_project_and_a_file(
    run: Run, foreign: Path, tmp_path: Path
) -> None:
    target = tmp_path / "inn.qdaproj"
    result = run("convert", foreign, target, "--report", tmp_path / "rapport.json", json=True)
    assert result.status == 0
    (line,) = result.json["discarded"]
    assert "Tavle.jpg" in line["what"]
    assert line["where"]
    assert line["why"]
    assert result.json["conventions"][0]["unit"] == "code point"
    assert json.loads((tmp_path / "rapport.json").read_text("utf-8")) == result.json
    (head,) = run("reports", target, json=True).json
    assert (head["kind"], head["source"], head["left_out"]) == ("project", "fremmed.qdpx", 1)
    kept = run("reports", target, "--show", head["guid"], json=True).json
    assert kept["discarded"] == [line]
    assert kept["out"] == result.json["out"]


def test_what_came_over_is_counted_in_words(run: Run, project: Path, tmp_path: Path) -> None:
    result = run("convert", project, tmp_path / "ut.qdpx", language="nb")
    lines = [line.split("\t") for line in result.out.splitlines()]
    assert lines[1] == ["Hva", "I kilden", "Tatt med"]
    counted = {line[0]: line[1:] for line in lines[2:]}
    assert counted["dokumenter"] == ["3", "3"]
    assert counted["kodinger"] == ["7", "7"]
    assert not counted.keys() & {"documents", "codings", "coders", "cases", "source notes"}


def test_people_get_sentences(run: Run, foreign: Path, tmp_path: Path) -> None:
    result = run("convert", foreign, tmp_path / "inn.qdaproj", "--report", tmp_path / "rapport.txt")
    assert "Tavle.jpg" in result.err
    assert "inn.qdaproj" in result.out
    text = (tmp_path / "rapport.txt").read_text("utf-8")
    assert "Left out" in text
    assert "codings: 1 in, 1 out" in text


def test_what_cannot_be_converted_is_said_and_leaves_nothing(
    run: Run, project: Path, foreign: Path, tmp_path: Path
) -> None:
    broken = tmp_path / "brutt.qdpx"
    broken.write_bytes(b"PK\x03\x04 nei")
    before = {one.name for one in tmp_path.iterdir()}
    for words in (
        (broken, tmp_path / "x.qdaproj"),
        (tmp_path / "borte.qdpx", tmp_path / "x.qdaproj"),
        (tmp_path / "borte.qdaproj", tmp_path / "x.qdpx"),
        (project, tmp_path / "x.docx"),
        (foreign, tmp_path / "x.qdpx"),
        (foreign, project),
        (foreign, tmp_path / "nei" / "x.qdaproj"),
        (project, tmp_path / "nei" / "x.qdpx"),
        (project, tmp_path / "x.qdpx", "--report", tmp_path / "nei" / "rapport.json"),
        (foreign, tmp_path / "x.qdaproj", "--report", tmp_path),
    ):
        result = run("convert", *words)
        assert result.status == 1, words
        assert result.err.count("\n") == 1
    assert {one.name for one in tmp_path.iterdir()} == before


def test_a_peers_project_comes_in_whole(run: Run, shared: Path, tmp_path: Path) -> None:
    source, target = shared / "refi" / "peers" / "gen_sample.qdpx", tmp_path / "inn.qdaproj"
    assert run("convert", source, target, json=True).json["discarded"] == []
    codings = run("codings", target, json=True).json
    assert len(codings) == 7
    assert {one["quote"] for one in codings} >= {"fordele sakene likt", "short meeting"}
    assert len(run("cases", "show", target, json=True).json) == 3


# -------------------------------------------------------------------- projects of other programs
PEERS = Path(__file__).parents[1] / "data" / "exchange"


def qualcoder(folder: Path) -> Path:
    folder.mkdir()
    build(folder / "data.qda", "qualcoder_v17", test_qualcoder.study())
    return folder


def test_projects_of_qualcoder_taguette_and_rqda_come_in(run: Run, tmp_path: Path) -> None:
    sources = {
        qualcoder(tmp_path / "en.qda"): 5,
        build(tmp_path / "to.rqda", "rqda_0_2_2", test_rqda.study()): 4,
        PEERS / "taguette.sqlite3": 10,
    }
    for number, (source, count) in enumerate(sources.items()):
        target = tmp_path / f"{number}.qdaproj"
        result = run("convert", source, target, "--project", "Tavlemøter", json=True)
        assert result.status == 0, result.err
        assert result.json["out"]["codings"] == count
        quotes = {one["quote"] for one in run("codings", target, json=True).json}
        assert any("😀" in one or "🦊" in one for one in quotes)
        assert run("doctor", target, json=True).json["problems"] == []
        out = run("convert", target, tmp_path / f"{number}.qdpx", json=True)
        assert out.json["out"]["codings"] == count
        back = tmp_path / f"{number}b.qdaproj"
        assert run("convert", tmp_path / f"{number}.qdpx", back).status == 0
        assert logical(back) == logical(target)


def test_every_count_in_is_a_count_out_or_a_line(run: Run, tmp_path: Path) -> None:
    for number, source in enumerate(
        (
            qualcoder(tmp_path / "en.qda"),
            build(tmp_path / "to.rqda", "rqda_0_2_2", test_rqda.study()),
        )
    ):
        target = tmp_path / f"{number}.qdaproj"
        data = run("convert", source, target, json=True).json
        for item, count in data["in"].items():
            told = sum(one["count"] for one in data["discarded"] if one["item"] == item)
            assert data["out"].get(item, 0) + told == count, item
        assert not [one for one in data["discarded"] if "No line says" in one["why"]]
        assert not [one for one in data["discarded"] if not one["why"]]


def test_which_project_of_a_file_is_asked_and_can_be_every_one(run: Run, tmp_path: Path) -> None:
    source = PEERS / "taguette.sqlite3"
    asked = run("convert", source, tmp_path / "x.qdaproj")
    assert asked.status == 1
    assert "«Tavlemøter»" in asked.err
    assert "«Prøve»" in asked.err
    assert not (tmp_path / "x.qdaproj").exists()
    whole = run("convert", source, tmp_path / "x.qdaproj", "--project", "*", json=True)
    assert whole.json["out"]["codes"] == 13


def unclear(path: Path) -> Path:
    text = "Leder: Vi teller planer hver dag, og Saksbehandler spør ikke om 😀 måltallene."
    selections = "".join(
        f'<PlainTextSelection guid="0000000{n}-0000-4000-8000-000000000004" startPosition="{at}" '
        f'endPosition="{at + 4}"><Coding guid="0000000{n}-0000-4000-8000-000000000005"><CodeRef '
        'targetGUID="00000000-0000-4000-8000-000000000001"/></Coding></PlainTextSelection>'
        for n, at in enumerate((1, 12, 18, 38, 42, 70))
    )
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "project.qde",
            '<Project name="Uklar"><CodeBook><Codes><Code name="a" isCodable="true" '
            'guid="00000000-0000-4000-8000-000000000001"/></Codes></CodeBook><Sources>'
            '<TextSource name="Notat" guid="00000000-0000-4000-8000-000000000003">'
            f"<PlainTextContent>{text}</PlainTextContent>{selections}</TextSource></Sources>"
            "</Project>",
        )
    return path


def test_offsets_that_fit_nothing_are_asked_about(run: Run, tmp_path: Path) -> None:
    source, target = unclear(tmp_path / "uklar.qdpx"), tmp_path / "x.qdaproj"
    asked = run("convert", source, target)
    assert (asked.status, target.exists()) == (1, False)
    assert asked.err.count("\n") == 1
    for words in ("«Notat»", "--offsets likeliest", "code-points", "utf-16"):
        assert words in asked.err
    likeliest = run("convert", source, target, "--offsets", "likeliest", json=True)
    assert likeliest.status == 0
    assert likeliest.json["uncertain"]
    for number, how in enumerate(("utf-16,inclusive", "Notat:utf-16,inclusive")):
        path = tmp_path / f"{number}.qdaproj"
        data = run("convert", source, path, "--offsets", how, json=True).json
        assert data["uncertain"] == []
        assert data["conventions"][0]["unit"] == "UTF-16"
        assert {len(one["quote"]) for one in run("codings", path, json=True).json} == {5}


@pytest.mark.parametrize("how", ["tegn", "utf-16,lf", "Ukjent:utf-16", "code-points;crlf"])
def test_ways_of_counting_that_there_are_not_are_said(run: Run, tmp_path: Path, how: str) -> None:
    source = unclear(tmp_path / "uklar.qdpx")
    result = run("convert", source, tmp_path / "x.qdaproj", "--offsets", how)
    assert (result.status, result.err.count("\n")) == (1, 1)
    assert not (tmp_path / "x.qdaproj").exists()


def test_codebooks_go_out_and_come_in(run: Run, project: Path, tmp_path: Path) -> None:
    book, back = tmp_path / "koder.qdc", tmp_path / "koder.qdaproj"
    assert run("convert", project, book, json=True).json["out"] == {"codes": 3}
    assert run("convert", book, back, json=True).json["out"] == {"codes": 3}
    assert logical(back)["code"] == logical(project)["code"]


def test_a_codebook_with_odd_codes_comes_in_with_a_report(run: Run, tmp_path: Path) -> None:
    book, file = tmp_path / "rar.qdc", tmp_path / "rapport.json"
    book.write_text(
        "<CodeBook><Codes><Code name='a' color='rød'/><Code name='a' guid='B27E'/></Codes>"
        "</CodeBook>",
        encoding="utf-8",
    )
    found = run("convert", book, tmp_path / "rar.qdaproj", "--report", file, json=True).json
    assert (found["out"], found["discarded"]) == ({"codes": 2}, [])
    assert [one["what"] for one in found["decided"]] == ["a", "a", "a (2)"]
    assert json.loads(file.read_text(encoding="utf-8")) == found
    again = run("codebook", "import", tmp_path / "rar.qdaproj", book)
    assert (again.status, again.err.count("\n")) == (0, 3)


def test_what_is_no_conversion_is_said_with_what_to_do(
    run: Run, project: Path, foreign: Path, tmp_path: Path
) -> None:
    copied = run("convert", project, tmp_path / "kopi.qdaproj")
    assert copied.status == 1
    assert "copy the file" in copied.err
    across = run("convert", foreign, tmp_path / "x.qda")
    assert across.status == 1
    assert ".qdaproj first" in across.err
    assert [one.name for one in tmp_path.iterdir() if one.suffix == ".qda"] == []


def test_folders_of_codes_go_out_and_come_in_both_ways(run: Run, tmp_path: Path) -> None:
    run("convert", qualcoder(tmp_path / "en.qda"), tmp_path / "en.qdaproj")
    for number, ending in enumerate((".qdc", ".qdpx")):
        out, back = tmp_path / f"ut{ending}", tmp_path / f"inn{number}.qdaproj"
        assert run("convert", tmp_path / "en.qdaproj", out).status == 0
        assert run("convert", out, back).status == 0
        again = tmp_path / f"igjen{ending}"
        run("convert", back, again)
        whole = again.read_bytes()
        if ending == ".qdpx":
            with zipfile.ZipFile(again) as file:
                whole = file.read("project.qde")
        assert whole.count(b'isCodable="false"') == 2
