"""cooccurrence, with every option."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qda.formats.matrix_files import ENDINGS

Run = Callable[..., Any]


def _table(run: Run, project: Path, *words: object) -> Any:  # noqa: ANN401
    result = run("cooccurrence", project, *words, json=True)
    assert result.status == 0, result.err
    return result.json


@pytest.fixture
def together(run: Run, project: Path) -> Path:
    """The small study with one segment across two turns that already have codes."""
    quote = "Vi teller planer fordi"
    words = ("--document", "Nord", "--code", "rutiner", "--quote", quote, "--coder", "Ola")
    assert run("code", project, *words).status == 0
    return project


def test_overlaps(run: Run, together: Path) -> None:
    found = _table(run, together)
    assert found["rows"] == found["columns"] == ["rutiner", "telling"]
    assert found["cells"] == [[5, 1], [1, 3]]
    assert found["by"] == "overlap"
    rows = run("codings", together, json=True).json
    by_guid = {one["guid"]: one for one in rows}
    pair = [by_guid[guid] for guid in found["evidence"][0][1]]
    assert {one["code"] for one in pair} == {"rutiner", "telling"}
    assert max(one["start"] for one in pair) < min(one["end"] for one in pair)
    assert found["n"]["rows"][0]["segments"] == 5
    assert "share at least one character" in found["notes"][0]


def test_by_document_and_turn(run: Run, together: Path) -> None:
    assert _table(run, together, "--by", "document")["cells"] == [[3, 1], [1, 1]]
    # The plan has no turns and is one by itself.
    assert _table(run, together, "--by", "turn")["cells"] == [[4, 1], [1, 2]]


def test_filters_and_folding(run: Run, together: Path) -> None:
    assert _table(run, together, "--coder", "Kari")["cells"] == [[2, 0], [0, 2]]
    assert _table(run, together, "--where", "case=Sør")["cells"] == [[2, 0], [0, 0]]
    unfolded = _table(run, together, "--unfolded")
    assert unfolded["rows"] == ["rutiner", "rutiner/tavlemøte", "telling"]
    assert unfolded["cells"] == [[3, 0, 1], [0, 2, 0], [1, 0, 3]]
    assert _table(run, together, "--code", "telling")["cells"] == [[3]]


def test_every_kind_of_file_is_written(run: Run, together: Path, tmp_path: Path) -> None:
    for by in ("overlap", "document", "turn"):
        files = [tmp_path / f"{by}{ending}" for ending in ENDINGS]
        words = [word for file in files for word in ("-o", str(file))]
        _table(run, together, "--by", by, *words)
        assert all(file.stat().st_size > 100 for file in files)
    for by, said in (
        ("overlap", "Pairs of overlapping segments"), ("document", "Documents"), ("turn", "Turns"),
    ):  # fmt: skip
        assert said in (tmp_path / f"{by}.md").read_text(encoding="utf-8").splitlines()[2]
    assert "rutiner,5,1" in (tmp_path / "overlap.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize(
    "words",
    [
        ["--coder", "Ukjent"],
        ["--where", "farge=rød"],
        ["--code", "farge"],
        ["-o", "ut.exe"],
    ],
    ids=" ".join,
)
def test_what_is_not_there_is_said(run: Run, project: Path, words: list[str]) -> None:
    result = run("cooccurrence", project, *words, json=True)
    assert (result.status, result.out) == (1, "")
    assert result.err.count("\n") == 1


@pytest.mark.parametrize("words", [["--by", "page"], ["--where", "case"], ["extra"]], ids=" ".join)
def test_wrong_usage_of_cooccurrence(run: Run, project: Path, words: list[str]) -> None:
    assert run("cooccurrence", project, *words).status == 2


def test_an_empty_project(run: Run, empty: Path) -> None:
    found = _table(run, empty)
    assert (found["rows"], found["cells"]) == ([], [])


def test_co_occurrence_for_people(run: Run, together: Path) -> None:
    result = run("cooccurrence", together)
    assert [line.split("\t") for line in result.out.splitlines()] == [
        ["", "rutiner", "telling"], ["rutiner", "5", "1"], ["telling", "1", "3"],
    ]  # fmt: skip
    assert "On the diagonal" in result.err
