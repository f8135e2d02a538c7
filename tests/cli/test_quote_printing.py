"""Commands on quotes in print: style, lists as files, picking and trimming, warnings."""

import csv
import io
import sqlite3
from contextlib import closing
from pathlib import Path

import docx
import openpyxl
import pytest

from tests.cli.conftest import Run


def guids(run: Run, project: Path) -> dict[str, str]:
    rows = run("quotes", project, json=True).json
    return {row["quote"]: row["guid"] for row in rows}


def test_the_style_is_shown_changed_and_used(run: Run, project: Path) -> None:
    usual = run("quotes", "style", project, json=True).json
    assert (usual["attribution"], usual["cut"], usual["threshold"]) == ("({rolle})", "[…]", 3)
    assert {"rolle", "kontor", "informant", "ansatte"} <= set(usual["fields"])
    assert run("quotes", "style", project, "--attribution", "– {rolle}, {ansatte} ansatte",
               "--cut", "(…)", "--threshold", "1").status == 0  # fmt: skip
    rows = run("quotes", project, json=True).json
    said = {row["quote"]: row["attribution"] for row in rows}
    assert said["Mandag er det tavlemøte."] == "– leder, 15 ansatte"
    assert said["Årsplan"] == ""
    assert all(not row["warning"] for row in rows)


def test_the_office_never_stands_beside_the_person_unless_asked(run: Run, project: Path) -> None:
    refused = run("quotes", "style", project, "--attribution", "({rolle}, {kontor})")
    assert refused.status == 1
    assert "office beside the person" in refused.err
    assert run("quotes", project, "--attribution", "({informant}, {kontor})").status == 1
    assert run("quotes", project, "--attribution", "({kontor})").status == 0
    assert run("quotes", "style", project, "--attribution", "({rolle}, {kontor})",
               "--with-office").status == 0  # fmt: skip
    rows = run("quotes", project, json=True).json
    said = {row["quote"]: row["attribution"] for row in rows}
    assert said["Mandag er det tavlemøte."] == "(leder, A)"


@pytest.mark.parametrize(
    ("template", "words"),
    [
        ("({rolle}", "never closed"),
        ("({lønn})", "Nobody has lønn"),
        ("leder", "names nothing"),
    ],
)
def test_a_bad_template_is_told_in_one_sentence(
    run: Run, project: Path, template: str, words: str
) -> None:
    found = run("quotes", project, "--attribution", template)
    assert (found.status, found.err.count("\n")) == (1, 1)
    assert words in found.err


def test_few_who_share_what_is_shown_are_told(run: Run, project: Path) -> None:
    rows = run("quotes", project, "--text", "tavlemøte", json=True).json
    [warned] = [row for row in rows if row["attribution"] == "(leder)"]
    assert warned["warning"].startswith("Bare 2 informanter vises som «leder»")
    assert run("quotes", project, "--where", "rolle=leder", json=True).json == [warned, *[
        row for row in run("quotes", project, json=True).json
        if row["attribution"] == "(leder)" and row != warned
    ]]  # fmt: skip


def test_lists_of_quotes_in_every_kind_of_file(run: Run, project: Path, tmp_path: Path) -> None:
    kinds = ("docx", "html", "md", "tex", "xlsx", "ods", "csv")
    files = [tmp_path / f"sitater.{one}" for one in kinds]
    words = [word for file in files for word in ("-o", file)]
    answer = run("quotes", project, *words, json=True).json
    assert answer["files"] == [str(one) for one in files]
    text = "Mandag er det tavlemøte."
    for file in files[:1]:
        paragraphs = [one.text for one in docx.Document(str(file)).paragraphs]
        assert f"«{text}» (leder)" in paragraphs
        assert any("vises som «leder»" in one for one in paragraphs)
    for file in files[1:4]:
        assert text in file.read_text(encoding="utf-8")
    sheet = openpyxl.load_workbook(files[4]).worksheets[0]
    rows = list(sheet.iter_rows(values_only=True))
    assert f"«{text}»" in [row[1] for row in rows]
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$1:$1", "landscape")
    table = list(csv.reader(io.StringIO(files[6].read_text("utf-8-sig")), delimiter=";"))
    assert [tuple(one or None for one in row) for row in table] == rows
    before = [one.read_bytes() for one in files]
    run("quotes", project, *words)
    assert [one.read_bytes() for one in files] == before
    assert run("quotes", project, "-o", tmp_path / "x.pdf").status == 1


def test_picking_trimming_and_placing(run: Run, project: Path, tmp_path: Path) -> None:
    known = guids(run, project)
    long = known["Vi har en liste på veggen, den følger vi når vi husker det."]
    first = known["Mandag er det tavlemøte."]
    assert run("quotes", "pick", project, first, long, json=True).json == {"picked": 2}
    assert run("quotes", "pick", project, long, json=True).json == {"picked": 0}
    trimmed = run(
        "quotes", "trim", project, long, "--cut", "på veggen, ", "--put", "den", "lista", json=True
    ).json
    assert trimmed["printed"] == "«Vi har en liste […] [lista] følger vi når vi husker det.»"
    assert run("quotes", "place", project, long, "--to", "1", json=True).json["place"] == 1
    assert run("quotes", "place", project, long, "--note", "innledning").status == 0
    rows = run("quotes", "picked", project, json=True).json
    assert [(one["guid"], one["note"]) for one in rows] == [(long, "innledning"), (first, "")]
    out = tmp_path / "i teksten.md"
    assert run("quotes", "picked", project, "-o", out).status == 0
    text = out.read_text(encoding="utf-8")
    assert "\\[lista\\] følger" in text
    assert text.index("lista") < text.index("Mandag")
    assert run("quotes", "trim", project, long, "--cut", "finnes ikke").status == 1
    assert run("quotes", "trim", project, long).status == 2
    assert run("quotes", "place", project, long).status == 2
    whole = run("quotes", "trim", project, long, "--whole", json=True).json
    assert whole["printed"] == f"«{whole['quote']}»"
    assert run("quotes", "drop", project, long, json=True).json == {"dropped": 1}
    assert run("quotes", "drop", project, long).status == 1


def test_files_of_a_matrix_say_who_said_it_as_the_project_does(
    run: Run, project: Path, tmp_path: Path
) -> None:
    assert run("quotes", "style", project, "--attribution", "– {rolle}, {ansatte} ansatte",
               "--marks", "“”").status == 0  # fmt: skip
    files = {one: tmp_path / f"m.{one}" for one in ("html", "docx", "md", "tex", "xlsx")}
    for cells in ("segments", "quotes"):
        words = [word for file in files.values() for word in ("-o", file)]
        assert run("matrix", project, "--cells", cells, *words).status == 0
        wanted = "“Mandag er det tavlemøte.”", "– leder, 15 ansatte"
        document = docx.Document(str(files["docx"]))
        cell_texts = [cell.text for table in document.tables for cell in table._cells]  # noqa: SLF001
        texts = {
            "html": files["html"].read_text(encoding="utf-8"),
            "md": files["md"].read_text(encoding="utf-8"),
            "tex": files["tex"].read_text(encoding="utf-8"),
            "docx": "\n".join([*(one.text for one in document.paragraphs), *cell_texts]),
        }
        if cells == "quotes":
            book = openpyxl.load_workbook(files["xlsx"])
            texts["xlsx"] = str([cell.value for row in book.worksheets[0] for cell in row])
        for kind, text in texts.items():
            assert all(one in text for one in wanted), (cells, kind)
            assert "(leder)" not in text, (cells, kind)


def test_a_template_that_names_what_is_gone_shows_nobody_and_says_so(
    run: Run, project: Path, tmp_path: Path
) -> None:
    assert run("quotes", "style", project, "--attribution", "({ansatte} ansatte)").status == 0
    with closing(sqlite3.connect(project)) as connection, connection:
        connection.execute("UPDATE variable SET name = 'bemanning' WHERE name = 'ansatte'")
    file = tmp_path / "m.html"
    found = run("matrix", project, "-o", file, json=True)
    assert found.status == 0, found.err
    assert any("Nobody has ansatte" in one for one in found.json["notes"])
    assert 'class="who"' not in file.read_text(encoding="utf-8")
