"""contrast, with every option."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pytest

from qda.formats.writeup_files import ENDINGS

Run = Callable[..., Any]


def _contrast(run: Run, project: Path, *words: object) -> Any:  # noqa: ANN401
    result = run("contrast", project, *words, json=True)
    assert result.status == 0, result.err
    return result.json


def test_both_voices_with_their_segments(run: Run, project: Path) -> None:
    found = _contrast(run, project, "case", "Sør", "Nord")
    assert (found["left"], found["right"]) == ("Sør", "Nord")
    assert [one["code"] for one in found["themes"]] == ["rutiner", "telling"]
    matrix = run("matrix", project, json=True).json
    for theme in found["themes"]:
        column = matrix["columns"].index(theme["code"])
        for side, name in (("left", "Sør"), ("right", "Nord")):
            row = matrix["rows"].index(name)
            assert theme[side]["segments"] == matrix["cells"][row][column]
            assert theme[side]["evidence"] == matrix["evidence"][row][column]
            assert 0 <= theme[side]["share_of_words"] <= 1
    assert found["all"]["right"]["segments"] == 5
    shown = run("contrast", project, "case", "Sør", "Nord")
    assert shown.out.splitlines()[0].split("\t")[1:3] == ["Sør: segments", "Nord: segments"]
    assert "who were heard" in shown.err


def test_options_and_refusals(run: Run, project: Path) -> None:
    words = ("case", "Nord", "Sør")
    assert len(_contrast(run, project, *words, "--unfolded")["themes"]) == 3
    assert len(_contrast(run, project, *words, "--code", "telling")["themes"]) == 1
    few = _contrast(run, project, *words, "--where", "coder=Kari")["all"]["left"]["segments"]
    assert few < _contrast(run, project, *words)["all"]["left"]["segments"]
    for wrong in (("case", "Nord", "Nord"), ("code", "rutiner", "telling"), ("case", "Nord", "X")):
        assert run("contrast", project, *wrong).status == 1
    assert run("contrast", project, *words, "-o", "a.pdf").status == 1


@pytest.mark.parametrize("ending", ENDINGS)
def test_every_kind_of_file(run: Run, project: Path, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"to stemmer{ending}"
    assert run("contrast", project, "case", "Nord", "Sør", "-o", file).status == 0
    first = file.read_bytes()
    assert len(first) > 100
    assert run("contrast", project, "case", "Nord", "Sør", "-o", file).status == 0
    assert file.read_bytes() == first


def test_quotes_stand_in_two_columns(run: Run, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "to.docx"
    run("contrast", project, "case", "Nord", "Sør", "-o", file)
    counts, rutiner, *_rest = docx.Document(str(file)).tables
    assert [cell.text for cell in counts.rows[0].cells][:3] == [
        "Theme", "Nord: segments", "Sør: segments",
    ]  # fmt: skip
    assert [cell.text for cell in rutiner.rows[0].cells] == ["", "Nord", "Sør"]
    assert len(rutiner.rows) == 3
    sheet = tmp_path / "to.xlsx"
    run("contrast", project, "case", "Nord", "Sør", "-o", sheet)
    book = openpyxl.load_workbook(sheet)
    assert book.sheetnames == ["Figures", "rutiner", "telling"]
    assert book["Figures"]["B2"].value == 2
