"""The commands query save, show, run and remove."""

import json
from pathlib import Path
from typing import Any

import pytest

from qda.cli.main import main


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401 - JSON
    capsys.readouterr()
    assert main(["--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def test_a_query_is_kept_run_and_used(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(project)
    made = said(
        capsys, "query", "save", path, "ikke tavle", "--code", "telling",
        "--not-same-turn", "rutiner", "--near", "telling:200words", "--where", "stance=mot",
    )  # fmt: skip
    assert "share no turn with segments coded with rutiner" in made["sentence"]
    rows = said(capsys, "query", "run", path, "ikke tavle")
    assert {row["code"] for row in rows} == {"telling"}
    matrix = said(capsys, "matrix", path, "--rows", "query", "--columns", "document")
    assert matrix["rows"] == ["ikke tavle"]
    assert sum(matrix["cells"][0]) == len(rows)
    said(capsys, "query", "save", path, "Ikke tavle", "--code", "rutiner")
    assert [one["query"] for one in said(capsys, "query", "show", path)] == ["Ikke tavle"]
    said(capsys, "query", "remove", path, "ikke tavle")
    assert said(capsys, "query", "show", path) == []
    assert main(["undo", path]) == 0
    assert len(said(capsys, "query", "show", path)) == 1


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("run", "{}", "finnes ikke"), 1),
        (("save", "{}", "q", "--code", "ukjent"), 1),
        (("save", "{}", "q", "--where", "rolle=paven"), 1),
        (("save", "{}", "q", "--near", "telling:mange"), 2),
    ],
)
def test_what_cannot_be_asked(project: Path, words: tuple[str, ...], status: int) -> None:
    assert main(["query", *(word.format(project) for word in words)]) == status
