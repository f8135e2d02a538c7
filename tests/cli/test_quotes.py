"""The commands quotes, quotes check and quotes used, with manuscripts of every type."""

import json
import subprocess
from pathlib import Path
from typing import Any

import docx
import pytest

from qda.cli.main import main

PLAIN = (
    "Lederen sier det slik: «Vi teller planer fordi noen over oss teller planer.» (leder).\n\n"
    "Eller: «Mandag er det tavlemøte. (..) ingen får lov å sette seg.»\n\n"
    "En annen: «Vi har en plan på veggen, den følger vi når vi husker det.»\n\n"
    "Og: «Dette sa aldri noen av dem til oss.» Igjen: «teller planer fordi noen over oss».\n"
)
STATUSES = ["verbatim", "cut", "altered", "not-found", "verbatim"]


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401 - JSON
    capsys.readouterr()
    assert main(["--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def as_docx(path: Path) -> None:
    document = docx.Document()
    for paragraph in PLAIN.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(str(path))


@pytest.mark.parametrize("ending", [".md", ".txt", ".docx", ".tex"])
def test_a_manuscript_is_checked(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], ending: str
) -> None:
    path = tmp_path / f"rapport{ending}"
    if ending == ".docx":
        as_docx(path)
    else:
        path.write_text(PLAIN, encoding="utf-8")
    rows = said(capsys, "quotes", "check", str(project), str(path))
    assert [row["status"] for row in rows] == STATUSES
    assert rows[0]["document"] == "Nord"
    assert rows[2]["differences"] == [{"quote": "plan", "source": "liste"}]
    assert [use["place"] for use in rows[4]["used_before"]] == [1]
    text = subprocess_text(project, rows[0]["document"], capsys)
    assert text[rows[0]["start"] : rows[0]["end"]] == rows[0]["source"]


def subprocess_text(project: Path, name: str, capsys: pytest.CaptureFixture[str]) -> str:
    capsys.readouterr()
    assert main(["text", str(project), name]) == 0
    return capsys.readouterr().out


def test_paragraphs_in_a_style_for_quotations_count(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "rapport.docx"
    document = docx.Document()
    document.add_paragraph("Lederen sier det slik:")
    document.add_paragraph("Vi teller planer fordi noen over oss teller planer.", style="Quote")
    document.save(str(path))
    [row] = said(capsys, "quotes", "check", str(project), str(path))
    assert row["status"] == "verbatim"


def test_uses_are_remembered_across_manuscripts(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first, second = tmp_path / "rapport.md", tmp_path / "artikkel.md"
    first.write_text(PLAIN, encoding="utf-8")
    second.write_text("«fordi noen over oss teller planer»", encoding="utf-8")
    said(capsys, "quotes", "check", str(project), str(first), "--remember")
    assert len(said(capsys, "quotes", "used", str(project))) == 4
    [row] = said(capsys, "quotes", "check", str(project), str(second))
    assert {use["manuscript"] for use in row["used_before"]} == {"rapport.md"}
    said(capsys, "quotes", "used", str(project), "--forget", "rapport.md")
    assert said(capsys, "quotes", "used", str(project)) == []
    assert main(["undo", str(project)]) == 0
    assert len(said(capsys, "quotes", "used", str(project))) == 4


def test_quotes_are_listed_with_roles_never_names(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = said(capsys, "quotes", str(project), "--code", "telling", "--case", "Nord")
    assert {row["role"] for row in rows} == {"leder", "veileder"}
    assert {row["code"] for row in rows} == {"telling"}


def test_what_is_no_manuscript_is_said(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "bilde.png"
    path.write_bytes(b"x")
    assert main(["quotes", "check", str(project), str(path)]) == 1
    assert "choose a file that ends in" in capsys.readouterr().err
    assert main(["quotes", "check", str(project), str(tmp_path / "borte.md")]) == 1


def test_an_odt_is_read(project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    import shutil

    office = shutil.which("soffice")
    if office is None:
        pytest.skip("LibreOffice is not installed, and the sample has to be made by it")
    source = tmp_path / "rapport.docx"
    as_docx(source)
    subprocess.run(
        [office, "--headless", "--convert-to", "odt", "--outdir", str(tmp_path), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    rows = said(capsys, "quotes", "check", str(project), str(tmp_path / "rapport.odt"))
    assert [row["status"] for row in rows] == STATUSES
