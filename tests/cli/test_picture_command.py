"""picture, with every kind and option."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from lxml import etree

Run = Callable[..., Any]


@pytest.mark.parametrize("kind", ["heat", "bars", "network", "portraits"])
def test_every_kind(run: Run, project: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / f"{kind}.svg"
    found = run("picture", project, kind, "-o", file, json=True)
    assert found.status == 0, found.err
    assert found.json["about"]
    root = etree.fromstring(file.read_bytes())
    assert root.findtext("{http://www.w3.org/2000/svg}desc") == found.json["about"]
    again = tmp_path / "again.svg"
    run("picture", project, kind, "-o", again)
    assert again.read_bytes() == file.read_bytes()


def test_a_heat_map_shows_the_numbers_of_the_matrix(
    run: Run, project: Path, tmp_path: Path
) -> None:
    file = tmp_path / "a.svg"
    words = ("--rows", "case", "--columns", "code", "--unfolded", "--where", "coder=Kari")
    assert run("picture", project, "heat", *words, "-o", file).status == 0
    matrix = run("matrix", project, *words, json=True).json
    texts = [one.text or "" for one in etree.fromstring(file.read_bytes()).iter("{*}text")]
    numbers = [str(value) for row in matrix["cells"] for value in row if value is not None]
    assert [text for text in texts if text.isdigit()][: len(numbers)] == numbers


@pytest.mark.parametrize("kind", ["joint", "scatter"])
def test_codes_beside_what_is_known(run: Run, project: Path, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "a.svg"
    words = ("--value", "ansatte", "--sort-by", "ansatte")
    words += ("--course", "planer") if kind == "joint" else ()
    assert run("picture", project, kind, *words, "-o", file).status == 0
    assert "ansatte" in file.read_text(encoding="utf-8")
    failed = run("picture", project, kind, "-o", file)
    assert failed.status == 1
    assert len(failed.err.strip().splitlines()) == 1


def test_a_timeline_wants_an_indicator(run: Run, project: Path, tmp_path: Path) -> None:
    file = tmp_path / "a.svg"
    for words in ((), ("--indicator", "ansatte"), ("--indicator", "finnes ikke")):
        failed = run("picture", project, "timeline", *words, "-o", file)
        assert failed.status == 1
        assert len(failed.err.strip().splitlines()) == 1
    assert not file.exists()
    name = run("cases", "show", project, json=True)
    assert name.status == 0
    assert run("picture", project, "timeline", "--indicator", "planer", "-o", file).status == 0
    assert "Nord" in file.read_text(encoding="utf-8")


def test_other_endings_and_kinds_are_refused(run: Run, project: Path, tmp_path: Path) -> None:
    failed = run("picture", project, "heat", "-o", tmp_path / "a.bmp")
    assert failed.status == 1
    assert ".svg" in failed.err
    assert run("picture", project, "pie", "-o", tmp_path / "a.svg").status == 2
    assert (
        run("picture", project, "heat", "--cells", "quotes", "-o", tmp_path / "a.svg").status == 1
    )
