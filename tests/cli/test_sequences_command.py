"""sequences, with every option."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from qda.formats.matrix_files import ENDINGS

Run = Callable[..., Any]


def _table(run: Run, project: Path, *words: object) -> Any:  # noqa: ANN401
    result = run("sequences", project, *words, json=True)
    assert result.status == 0, result.err
    return result.json


def test_every_step_leads_to_its_quotes(run: Run, project: Path) -> None:
    found = _table(run, project)
    assert found["rows"] == found["columns"] == ["rutiner", "telling"]
    by_guid = {one["guid"]: one for one in run("codings", project, json=True).json}
    steps = 0
    for row, line in zip(found["rows"], found["steps"], strict=True):
        for column, cell in zip(found["columns"], line, strict=True):
            place = found["rows"].index(row), found["columns"].index(column)
            assert len(cell) == found["cells"][place[0]][place[1]]
            for first, then in cell:
                steps += 1
                assert {by_guid[one]["code"].split("/")[0] for one in first} == {row}
                assert {by_guid[one]["code"].split("/")[0] for one in then} == {column}
                assert by_guid[first[0]]["start"] < by_guid[then[0]]["start"]
                assert by_guid[first[0]]["document"] == by_guid[then[0]]["document"]
    assert steps > 0
    assert "next coded turn" in found["notes"][0]


def test_options(run: Run, project: Path) -> None:
    every = sum(map(sum, _table(run, project)["cells"]))
    assert sum(map(sum, _table(run, project, "--within", 1)["cells"])) <= every
    assert _table(run, project, "--within", 1)["within"] == 1
    assert len(_table(run, project, "--unfolded")["rows"]) == 3
    assert len(_table(run, project, "--code", "telling")["rows"]) == 1
    assert _table(run, project, "--where", "case=Sør")["cells"] == [[0, 0], [0, 0]]
    assert run("sequences", project, "--within", "-1").status == 2
    assert run("sequences", project, "--code", "ukjent").status == 1


def test_every_kind_of_file_is_written(run: Run, project: Path, tmp_path: Path) -> None:
    files = [tmp_path / f"rekkefølge{ending}" for ending in ENDINGS]
    outputs = [word for file in files for word in ("-o", file)]
    assert run("sequences", project, *outputs).status == 0
    assert all(file.stat().st_size > 100 for file in files)
    page = (tmp_path / "rekkefølge.html").read_text(encoding="utf-8")
    assert "<blockquote>1. " in page
    assert "<blockquote>→" in page


def test_a_saved_query_limits_tables_of_codes(run: Run, project: Path) -> None:
    words = ("--code", "telling", "--same-document", "rutiner")
    assert run("query", "save", project, "Telling med rutiner", *words).status == 0
    limit = ("--where", "query=Telling med rutiner")
    found = run("query", "run", project, "Telling med rutiner", json=True).json
    for command in ("cooccurrence", "sequences"):
        table = run(command, project, *limit, json=True)
        assert table.status == 0, table.err
        evidence = {one for row in table.json["evidence"] for cell in row for one in cell}
        assert evidence <= {one["guid"] for one in found}
        assert "Telling med rutiner: Segments coded with telling" in " ".join(table.json["notes"])
    together = run("cooccurrence", project, *limit, json=True).json
    assert together["cells"] == [[0, 0], [0, len(found)]]
