"""The commands codeset list, set and delete, and tables by code set."""

import json
from pathlib import Path
from typing import Any

import pytest

from qda.cli.main import main


def said(capsys: pytest.CaptureFixture[str], *words: str) -> Any:  # noqa: ANN401 - JSON
    capsys.readouterr()
    assert main(["--json", *words]) == 0
    return json.loads(capsys.readouterr().out)


def codes_of(capsys: pytest.CaptureFixture[str], path: str) -> list[dict[str, Any]]:
    return said(capsys, "codebook", "show", path)


def test_a_set_is_made_changed_and_deleted(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = str(project)
    top = next(one for one in codes_of(capsys, path) if one["children"])
    other = next(one["code"] for one in codes_of(capsys, path) if one["parent"] is None
                 and one["code"] != top["code"])  # fmt: skip
    made = said(capsys, "codeset", "set", path, "Styring", "--code", top["code"], "--below")
    assert made["codes"] == [top["code"], *top["children"]]
    changed = said(
        capsys, "codeset", "set", path, "styring", "--code", other, top["code"],
        "--description", "Runde 2",
    )  # fmt: skip
    assert (changed["guid"], sorted(changed["codes"])) == (
        made["guid"], sorted([other, top["code"]]),
    )  # fmt: skip
    renamed = said(capsys, "codeset", "set", path, "Styring", "--rename", "To koder")
    assert (renamed["codeset"], renamed["codes"]) == ("To koder", changed["codes"])
    assert said(capsys, "codeset", "list", path) == [renamed]
    assert said(capsys, "codeset", path) == [renamed]
    assert main(["codeset", "list", path]) == 0
    assert "Runde 2" in capsys.readouterr().out
    said(capsys, "codeset", "delete", path, "to koder")
    assert said(capsys, "codeset", "list", path) == []
    assert main(["undo", path]) == 0
    assert said(capsys, "codeset", "list", path) == [renamed]


def test_tables_by_set(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(project)
    counted = {
        one["code"]: len(said(capsys, "codings", path, "--code", one["code"], "--unfolded"))
        for one in codes_of(capsys, path)
    }
    first, second, *others = sorted(counted, key=lambda one: counted[one], reverse=True)
    assert counted[second]
    said(capsys, "codeset", "set", path, "Alt", "--code", first, second)
    said(capsys, "codeset", "set", path, "Én", "--code", second)
    table = said(capsys, "matrix", path, "--rows", "codeset", "--columns", "document")
    sums = {row: sum(filter(None, cells))
            for row, cells in zip(table["rows"], table["cells"], strict=True)}  # fmt: skip
    assert sums == {"Alt": counted[first] + counted[second], "Én": counted[second]}
    only = said(
        capsys, "matrix", path, "--rows", "code", "--columns", "document", "--unfolded",
        "--where", "codeset=Én",
    )  # fmt: skip
    sums = {row: sum(filter(None, cells))
            for row, cells in zip(only["rows"], only["cells"], strict=True)}  # fmt: skip
    assert {row for row, total in sums.items() if total} == {second}
    assert sums[second] == counted[second]
    rest = said(
        capsys, "matrix", path, "--rows", "document", "--columns", "coder", "--where", "codeset=",
    )  # fmt: skip
    total = sum(sum(filter(None, cells)) for cells in rest["cells"])
    assert total == sum(counted[one] for one in others)


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (("codeset", "set", "{}", "Ny"), 1),
        (("codeset", "set", "{}", "Ny", "--code", "finnes ikke"), 1),
        (("codeset", "delete", "{}", "Ny"), 1),
        (("matrix", "{}", "--where", "codeset=Ny"), 1),
        (("matrix", "{}", "--rows", "codeset", "--columns", "query"), 1),
        (("codeset", "set", "{}"), 2),
    ],
)
def test_what_cannot_be(
    project: Path, capsys: pytest.CaptureFixture[str], words: tuple[str, ...], status: int
) -> None:
    assert main([word.format(project) for word in words]) == status
    assert capsys.readouterr().err.strip()
