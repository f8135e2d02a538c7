"""matrix, with every option."""

import csv
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qda.formats.matrix_files import ENDINGS

Run = Callable[..., Any]


def _matrix(run: Run, project: Path, *words: object) -> Any:  # noqa: ANN401
    result = run("matrix", project, *words, json=True)
    assert result.status == 0, result.err
    return result.json


def _cell(matrix: Any, row: str, column: str) -> Any:  # noqa: ANN401
    return matrix["cells"][matrix["rows"].index(row)][matrix["columns"].index(column)]


def test_cases_by_codes(run: Run, project: Path) -> None:
    matrix = _matrix(run, project)
    assert matrix["columns"] == ["rutiner", "telling"]
    assert matrix["rows"][:2] == ["Nord", "Sør"]
    # One coding concerns no case: it stands in a last row of its own.
    assert len(matrix["rows"]) == 3
    assert matrix["cells"] == [[2, 3], [2, 0], [1, 0]]
    assert matrix["n"]["rows"][0] == {
        "documents": 2, "participants": 2, "cases": 1, "segments": 5,
    }  # fmt: skip


def test_evidence_is_the_codings_of_the_cell(run: Run, project: Path) -> None:
    matrix = _matrix(run, project)
    for row, line in zip(matrix["rows"][:2], matrix["evidence"], strict=False):
        for column, guids in zip(matrix["columns"], line, strict=True):
            rows = run("codings", project, "--case", row, "--code", column, json=True).json
            assert guids == [one["guid"] for one in rows]
            assert len(guids) == _cell(matrix, row, column)


def test_every_code_its_own_column(run: Run, project: Path) -> None:
    matrix = _matrix(run, project, "--unfolded")
    assert matrix["columns"] == ["rutiner", "rutiner/tavlemøte", "telling"]
    assert _cell(matrix, "Nord", "rutiner") == 0
    assert _cell(matrix, "Nord", "rutiner/tavlemøte") == 2


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("segments", 3),
        ("documents", 1),
        ("participants", 2),
        ("cases", 1),
        ("presence", 1),
        # The two coders' shared segment counts its words once.
        ("words", 9 + 3),
    ],
)
def test_kinds_of_cells(run: Run, project: Path, kind: str, expected: int) -> None:
    assert _cell(_matrix(run, project, "--cells", kind), "Nord", "telling") == expected


def test_share_lies_between_nothing_and_all(run: Run, project: Path) -> None:
    matrix = _matrix(run, project, "--cells", "share")
    shares = [cell for row in matrix["cells"][:2] for cell in row]
    assert all(0 <= share <= 1 for share in shares)
    assert _cell(matrix, "Sør", "telling") == 0
    assert 0 < _cell(matrix, "Nord", "telling") < 1


def test_quotes_are_the_words_themselves(run: Run, project: Path) -> None:
    quotes = _cell(_matrix(run, project, "--cells", "quotes"), "Nord", "rutiner")
    assert "Mandag er det tavlemøte." in quotes
    assert "«Mandag er det tavlemøte.»" in run("matrix", project, "--cells", "quotes").out


def test_rows_and_columns_are_anything(run: Run, project: Path) -> None:
    matrix = _matrix(run, project, "--rows", "rolle", "--columns", "stance")
    assert _cell(matrix, "veileder", "mot") == 1
    assert _cell(matrix, "leder", "for") == 1
    matrix = _matrix(run, project, "--rows", "case*coder", "--columns", "document")
    assert matrix["rows"][0] == "Nord · Kari"
    assert all(isinstance(label, str) for label in matrix["rows"] + matrix["columns"])


def test_filters_bands_and_order(run: Run, project: Path) -> None:
    matrix = _matrix(run, project, "--where", "coder=Ola")
    assert matrix["cells"][0] == [1, 1]
    matrix = _matrix(run, project, "--where", "rolle=leder", "--where", "rolle=veileder")
    assert _cell(matrix, "Nord", "telling") == 3
    matrix = _matrix(run, project, "--rows", "ansatte", "--band", "ansatte=16,70")
    assert matrix["rows"][:3] == ["< 16", "16–69", "≥ 70"]
    assert matrix["cells"][0] == [2, 3]
    ordered = _matrix(run, project, "--sort-by", "planer", "--descending")
    assert ordered["rows"][:2] == ["Nord", "Sør"]
    ordered = _matrix(run, project, "--sort-by", "planer")
    assert ordered["rows"][:2] == ["Sør", "Nord"]
    only = _matrix(run, project, "--code", "telling")
    assert sum(cell or 0 for row in only["cells"] for cell in row) == 3


@pytest.mark.parametrize(
    "words",
    [
        ["--rows", "farge"],
        ["--columns", ""],
        ["--sort-by", "farge"],
        ["--where", "farge=rød"],
        ["--where", "case=Vest"],
        ["--code", "farge"],
        ["--rows", "rolle", "--band", "rolle=1,2"],
        ["--band", "ansatte=16,70"],
        ["-o", "ut.exe"],
        ["-o", "ut"],
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_said(run: Run, project: Path, words: list[str]) -> None:
    result = run("matrix", project, *words, json=True)
    assert (result.status, result.out) == (1, "")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize(
    "words",
    [
        ["--cells", "smiles"],
        ["--where", "case"],
        ["--where", "=x"],
        ["--band", "ansatte"],
        ["--band", "ansatte=mange"],
        ["--band", "ansatte=nan"],
        ["-o"],
        ["extra"],
    ],
    ids=" ".join,
)
def test_wrong_usage_of_matrix(run: Run, project: Path, words: list[str]) -> None:
    assert run("matrix", project, *words).status == 2


def test_an_empty_project_has_an_empty_matrix(run: Run, empty: Path) -> None:
    matrix = _matrix(run, empty)
    assert (matrix["rows"], matrix["columns"], matrix["cells"]) == ([], [], [])


def test_the_matrix_follows_undo(run: Run, project: Path) -> None:
    run("undo", project)
    assert _matrix(run, project)["cells"] == [[0, 0], [0, 0]]


# -------------------------------------------------------------------------------- files
def test_all_files_are_written_in_one_go(run: Run, project: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"ut{ending}" for ending in ENDINGS]
    words = [word for file in files for word in ("-o", str(file))]
    matrix = _matrix(run, project, *words)
    assert matrix["columns"] == ["rutiner", "telling"]
    assert all(file.stat().st_size > 100 for file in files)


@pytest.mark.parametrize("bad", ["ut.exe", "nei/ut.csv", "."])
def test_a_bad_file_among_good_ones_writes_nothing(
    run: Run, project: Path, tmp_path: Path, bad: str
) -> None:
    words = ("-o", tmp_path / "ut.csv", "-o", tmp_path / bad)
    assert run("matrix", project, *words).status == 1
    assert not (tmp_path / "ut.csv").exists()


def test_a_folder_that_is_not_there_is_said(run: Run, project: Path, tmp_path: Path) -> None:
    assert run("matrix", project, "-o", tmp_path / "nei" / "ut.csv").status == 1
    assert run("matrix", project, "-o", tmp_path / "nei" / "ut.xlsx").status == 1


def test_texts_never_become_formulas(run: Run, project: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    sheet = tmp_path / "felle.csv"
    sheet.write_text("kontor,notat\n=1+1,@SUM(A1)\n+47,-3 prosent\n", encoding="utf-8")
    assert run("cases", "import", project, sheet).status == 0
    run("link", project, "--case", "=1+1", "--document", "Nord")
    file, table = tmp_path / "ut.xlsx", tmp_path / "ut.csv"
    _matrix(run, project, "-o", file, "-o", table)
    book = load_workbook(file)
    cells = [cell for page in book.worksheets for row in page.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)
    assert any(isinstance(cell.value, str) and "=1+1" in cell.value for cell in cells)
    for line in table.read_text(encoding="utf-8-sig").splitlines():
        assert not line.startswith(("=", "+", "@"))


def test_the_matrix_for_people(run: Run, project: Path) -> None:
    result = run("matrix", project)
    lines = [line.split("\t") for line in result.out.splitlines()]
    assert lines[0] == ["", "rutiner", "telling", "N segments"]
    assert lines[1] == ["Nord", "2", "3", "5"]
    assert run("matrix", project, "--cells", "share", language="nb").out.count("%") > 1


def test_percentages_with_their_counts_bases_and_totals(run: Run, project: Path) -> None:
    matrix = _matrix(run, project, "--percent", "row")
    assert matrix["cells"] == [[2, 3], [2, 0], [1, 0]]
    assert matrix["totals"] == {"rows": [5, 2, 1], "columns": [4, 3], "all": 7}
    percent = matrix["percent"]
    assert percent["of"] == "row"
    assert percent["cells"] == [[2 / 5, 3 / 5], [1, 0], [1, 0]]
    assert percent["bases"] == [[5, 5], [2, 2], [1, 1]]
    assert any("the base is all segments of the row" in note for note in matrix["notes"])
    # One segment concerns both offices: it is one of seven, and stands in two rows.
    assert any("counts a segment once" in note for note in matrix["notes"])
    shown = run("matrix", project, "--percent", "column").out.splitlines()
    assert shown[0].split("\t")[-2:] == ["In all", "N segments"]
    assert shown[1].split("\t")[1:] == ["50.0% (2)", "100.0% (3)", "71.4% (5)", "5"]
    assert shown[-1].split("\t") == ["In all", "100.0% (4)", "100.0% (3)", "100.0% (7)", "7"]


def test_percentages_of_the_material_count_who_said_nothing(
    run: Run, project: Path, tmp_path: Path
) -> None:
    words = ("--cells", "participants", "--percent", "material", "--where", "code=telling")
    matrix = _matrix(run, project, *words)
    row = matrix["rows"].index("Nord")
    everyone = _matrix(run, project, "--cells", "participants")["n"]["rows"][row]["participants"]
    assert (matrix["cells"][row][0], everyone) == (2, 2)
    assert matrix["percent"]["bases"][row][0] == 2
    south = matrix["rows"].index("Sør")
    assert (matrix["cells"][south][0], matrix["percent"]["cells"][south][0]) == (0, 0)
    assert matrix["percent"]["bases"][south][0] >= 1
    assert matrix["percent"]["row_bases"] == [base[0] for base in matrix["percent"]["bases"]]
    path = tmp_path / "andeler.csv"
    assert run("matrix", project, *words, "-o", path).status == 0
    text = path.read_text("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text), delimiter=";" if ";" in text else ","))
    of = [int(line[3]) for line in lines[1:] if line[0] in matrix["rows"]]
    assert of == [one[0] for one in matrix["percent"]["bases"]]
    refused = run("matrix", project, "--percent", "material")
    assert refused.status == 1
    assert "documents, participants or cases" in refused.err
    assert run("matrix", project, "--cells", "quotes", "--percent", "row").status == 1


def test_totals_that_do_not_add_up_say_so(run: Run, project: Path) -> None:
    matrix = _matrix(run, project, "--cells", "participants", "--totals")
    assert "percent" not in matrix
    assert sum(matrix["cells"][0]) >= matrix["totals"]["rows"][0]
    assert any("counts a participant once" in note for note in matrix["notes"])
