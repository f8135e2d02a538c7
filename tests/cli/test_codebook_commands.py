"""codebook import, export, show, diff."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from qda.model.ids import parse_guid

Run = Callable[..., Any]
Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]


def test_show_lists_every_code_by_its_path(run: Run, project: Path) -> None:
    rows = run("codebook", "show", project, json=True).json
    assert [row["code"] for row in rows] == ["rutiner", "rutiner/tavlemøte", "telling"]
    top, below, _other = rows
    assert (top["parent"], top["children"]) == (None, ["rutiner/tavlemøte"])
    assert (below["parent"], below["children"]) == ("rutiner", [])
    assert top["scale"] == ["lav", "middels", "høy"]
    assert top["keywords"] == ["rutine", "fast"]
    assert top["definition"] == "Faste måter å arbeide på"
    assert top["color"] == "#228b4b"
    assert all(parse_guid(row["guid"]) == row["guid"] for row in rows)
    assert {"include", "exclude", "example"} <= top.keys()


def test_a_slash_in_a_name_is_written_with_a_backslash(
    run: Run, project: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "skråstrek.csv"
    sheet.write_text("path\nstat\\/kommune\n", encoding="utf-8")
    run("codebook", "import", project, sheet)
    codes = [row["code"] for row in run("codebook", "show", project, json=True).json]
    assert "stat\\/kommune" in codes
    words = ("--document", "Nord", "--code", "stat\\/kommune", "--quote", "Alle")
    assert run("code", project, *words).status == 0


@pytest.mark.parametrize("ending", ["toml", "csv", "xlsx", "qdc"])
def test_a_codebook_survives_the_way_out_and_in(
    run: Run, project: Path, empty: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"ut.{ending}"
    assert run("codebook", "export", project, path, json=True).status == 0
    imported = run("codebook", "import", empty, path, json=True)
    assert imported.status == 0
    keys = ("code", "guid", "parent", "color", "definition", "children")
    old = run("codebook", "show", project, json=True).json
    new = run("codebook", "show", empty, json=True).json
    assert [[row[key] for key in keys] for row in new] == [
        [row[key] for key in keys] for row in old
    ]


@pytest.mark.parametrize("ending", ["docx", "md", "html"])
def test_a_codebook_is_written_for_readers(
    run: Run, project: Path, tmp_path: Path, ending: str
) -> None:
    path = tmp_path / f"ut.{ending}"
    assert run("codebook", "export", project, path).status == 0
    assert path.stat().st_size > 100


def test_formulas_do_not_run_in_an_exported_codebook(run: Run, empty: Path, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    sheet = tmp_path / "inn.csv"
    sheet.write_text('path,definition\nfelle,"=HYPERLINK(""x"")"\n', encoding="utf-8")
    run("codebook", "import", empty, sheet)
    run("codebook", "export", empty, tmp_path / "ut.xlsx")
    cells = [cell for row in load_workbook(tmp_path / "ut.xlsx").worksheets[0] for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_unknown_endings_are_refused(run: Run, project: Path, tmp_path: Path) -> None:
    result = run("codebook", "export", project, tmp_path / "ut.exe")
    assert result.status == 1
    assert not (tmp_path / "ut.exe").exists()
    (tmp_path / "inn.exe").write_bytes(b"MZ")
    assert run("codebook", "import", project, tmp_path / "inn.exe").status == 1
    assert run("codebook", "import", project, tmp_path / "nei.toml").status == 1
    assert run("codebook", "export", project, tmp_path / "nei" / "ut.toml").status == 1


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"[[code", b"codes = 3", b""])
def test_broken_codebooks_change_nothing(
    run: Run, project: Path, dump: Dump, tmp_path: Path, content: bytes
) -> None:
    before = dump(project)
    path = tmp_path / "feil.toml"
    path.write_bytes(content)
    result = run("codebook", "import", project, path)
    assert dump(project) == before
    assert result.status in (0, 1)
    assert "Traceback" not in result.err


def test_importing_drops_no_code(run: Run, project: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "ny.csv"
    sheet.write_text("path,definition\nrutiner,Nye ord\nannet,\n", encoding="utf-8")
    codes = run("codebook", "import", project, sheet, json=True).json
    assert [row["code"] for row in codes] == ["rutiner", "rutiner/tavlemøte", "telling", "annet"]
    assert codes[0]["definition"] == "Nye ord"
    assert len(run("codings", project, json=True).json) == 7


def test_diff_tells_and_changes_nothing(
    run: Run, project: Path, dump: Dump, tmp_path: Path
) -> None:
    before = dump(project)
    sheet = tmp_path / "ny.csv"
    sheet.write_text("path,definition\nrutiner,Nye ord\nannet,\n", encoding="utf-8")
    difference = run("codebook", "diff", project, sheet, json=True).json
    assert difference["added"] == ["annet"]
    assert difference["changed"] == [
        {
            "code": "rutiner",
            "field": "definition",
            "ours": "Faste måter å arbeide på",
            "theirs": "Nye ord",
        }
    ]
    assert difference["removed"] == ["rutiner/tavlemøte", "telling"]
    assert (difference["moved"], difference["conflicts"]) == ([], [])
    assert "annet" in run("codebook", "diff", project, sheet).out
    assert dump(project) == before


def test_the_shipped_codebook_can_be_imported(run: Run, empty: Path) -> None:
    from qda.app.paths import shipped

    rows = run("codebook", "import", empty, shipped("codebooks/nav-styring.toml"), json=True).json
    tops = [row["code"] for row in rows if row["parent"] is None]
    assert tops == [
        "spesialisering",
        "rutiner",
        "kompetansestrategi",
        "målforskyvning",
        "styringsdialog",
    ]
    assert all(row["definition"] for row in rows)
