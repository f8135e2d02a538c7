"""joint, with every option."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qda.formats.matrix_files import ENDINGS

Run = Callable[..., Any]


def test_codes_beside_what_is_known(run: Run, project: Path) -> None:
    words = ("--value", "ansatte", "--course", "planer", "--sort-by", "ansatte", "--descending")
    found = run("joint", project, *words, json=True)
    assert found.status == 0, found.err
    matrix = run("matrix", project, *words[4:], json=True).json
    assert found.json["cells"] == matrix["cells"]
    assert found.json["rows"][:2] == ["Sør", "Nord"]
    staff, plans = found.json["beside"]
    assert staff["values"][:2] == [70, 15]
    assert plans["months"][1] == [["2012-02", 49.5], ["2012-03", 62.0]]


def test_every_kind_of_file_is_written(run: Run, project: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"samlet{ending}" for ending in ENDINGS]
    options = [option for file in files for option in ("-o", file)]
    words = ("--value", "ansatte", "--value", "åpnet", "--course", "planer", "--cells", "quotes")
    found = run("joint", project, *words, *options)
    assert found.status == 0, found.err
    again = tmp_path / "igjen.docx"
    assert run("joint", project, *words, "-o", again).status == 0
    assert again.read_bytes() == (tmp_path / "samlet.docx").read_bytes()
    html = (tmp_path / "samlet.html").read_text(encoding="utf-8")
    assert "<svg" in html
    assert "ansatte" in (tmp_path / "samlet.csv").read_text(encoding="utf-8")


def test_mistakes_are_one_sentence(run: Run, project: Path) -> None:
    for words in ((), ("--rows", "document", "--value", "ansatte"), ("--value", "ukjent")):
        failed = run("joint", project, *words)
        assert failed.status == 1
        assert len(failed.err.strip().splitlines()) == 1
    assert run("joint", project, "--value", "ansatte", "--cells", "nonsense").status == 2


def test_bands_and_correlations(run: Run, project: Path) -> None:
    assert run("joint", project, "--value", "ansatte", "--no-correlations").status == 0
    words = (
        "--rows",
        "samlokalisert*case",
        "--value",
        "ansatte",
        "--unfolded",
        "--code",
        "rutiner",
    )
    found = run("joint", project, *words, "--where", "coder=Kari", "--columns", "code", json=True)
    assert found.status == 0, found.err
    assert {70, 15} <= set(found.json["beside"][0]["values"])
