"""The commands cell, proposition, verdict and claim, and matrices of what they wrote."""

from pathlib import Path
from typing import Any

import pytest

from qda.cli.main import main

Run = Any


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401 - JSON
    import json

    capsys.readouterr()
    assert main(["--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_framework_matrix_from_the_command_line(
    project: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = str(project)
    guids = [one["guid"] for one in said(capsys, "codings", path, "--code", "telling")][:2]
    where = ("--case", "Nord", "--code", "rutiner")
    made = said(capsys, "cell", "set", path, *where, "--summary", "Stående møter.",
                "--grade", "høy", "--reason", "alle sier det", "--evidence", *guids)  # fmt: skip
    assert set(made) == {"guid", "grade_guid"}
    said(capsys, "cell", "set", path, "--case", "Sør", "--code", "telling", "--status", "not-asked")
    out = tmp_path / "ramme.docx"
    matrix = said(capsys, "matrix", path, "--cells", "summary", "-o", str(out))
    row = matrix["rows"].index("Nord")
    column = matrix["columns"].index("rutiner")
    assert matrix["cells"][row][column] == "Stående møter."
    assert matrix["cells"][1 - row][column] is None
    assert matrix["evidence"][row][column] == guids
    assert matrix["statuses"][1 - row][1 - column] == "not-asked"
    assert out.stat().st_size > 1000
    grades = said(capsys, "matrix", path, "--cells", "grade")
    assert grades["cells"][row][column] == "høy"
    steps = said(capsys, "history", path)
    assert main(["undo", path]) == 0
    assert main(["undo", path]) == 0
    assert said(capsys, "matrix", path, "--cells", "summary")["cells"][row][column] is None
    assert [one["operation"] for one in steps][-2:] == ["Write a cell of the framework matrix"] * 2


def test_verdicts_and_claims_from_the_command_line(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(project)
    guids = [one["guid"] for one in said(capsys, "codings", path)]
    said(capsys, "proposition", "add", path, "H1", "--text", "Det som telles, blir gjort")
    said(capsys, "verdict", "set", path, "--case", "Nord", "--proposition", "H1", "--verdict",
         "støttes delvis", "--for", guids[0], guids[1], "--against", guids[2])  # fmt: skip
    matrix = said(capsys, "matrix", path, "--columns", "proposition", "--cells", "verdict")
    assert matrix["columns"] == ["H1"]
    assert matrix["cells"][matrix["rows"].index("Nord")] == ["støttes delvis"]
    assert said(capsys, "matrix", path, "--cells", "verdict") == matrix
    [shown] = said(capsys, "proposition", "show", path)
    assert shown["scale"] == ["støttes", "støttes delvis", "støttes ikke"]
    said(capsys, "claim", "add", path, "Tellingen styrer", "--for", guids[0])
    [claim] = said(capsys, "claim", "show", path)
    assert (claim["for"], claim["against"]) == ([guids[0]], [])


@pytest.mark.parametrize(
    "words",
    [
        ("cell", "set", "{}", "--case", "Nord", "--code", "rutiner", "--grade", "enorm"),
        ("cell", "set", "{}", "--case", "Nord", "--code", "rutiner", "--status", "kanskje"),
        ("cell", "set", "{}", "--case", "Nord", "--code", "rutiner", "--reason", "uten grad"),
        ("verdict", "set", "{}", "--case", "Nord", "--proposition", "H9", "--verdict", "støttes"),
        ("matrix", "{}", "--cells", "verdict", "--columns", "code"),
    ],
)
def test_what_cannot_be_written_is_said(
    project: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...]
) -> None:
    assert main([word.format(project) for word in words]) == 1
    error = capsys.readouterr().err.strip()
    assert error.count("\n") == 0
    assert error


def test_a_cell_set_with_nothing_is_wrong_usage(project: Path) -> None:
    assert main(["cell", "set", str(project), "--case", "Nord", "--code", "rutiner"]) == 2


def test_claims_are_changed_removed_and_written(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(project)
    guids = [one["guid"] for one in said(capsys, "codings", path)][:3]
    guid = said(capsys, "claim", "add", path, "Tellingen styrer", "--for", guids[0])["guid"]
    said(capsys, "claim", "edit", path, guid, "--status", "holds", "--note", "Alle sier det.",
         "--for", guids[1], "--against", guids[2], "--without", guids[0])  # fmt: skip
    [claim] = said(capsys, "claim", "show", path)
    assert (claim["for"], claim["against"]) == ([guids[1]], [guids[2]])
    assert (claim["status"], claim["note"]) == ("holds", "Alle sier det.")
    files = [tmp_path / "funn.docx", tmp_path / "funn.xlsx", tmp_path / "funn.md"]
    said(capsys, "claim", "show", path, *(word for one in files for word in ("-o", str(one))))
    text = files[2].read_text(encoding="utf-8")
    assert "Tellingen styrer" in text
    assert "intervju 1" in text
    assert all(one.stat().st_size for one in files)
    said(capsys, "claim", "remove", path, guid)
    assert said(capsys, "claim", "show", path) == []
    assert main(["claim", "edit", path, guid, "--text", "x"]) == 1
