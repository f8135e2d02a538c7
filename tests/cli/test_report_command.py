"""qda reports: every kind of import leaves one, and undoing takes it along."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

Run = Callable[..., Any]


def test_every_kind_of_import_leaves_a_report(run: Run, project: Path) -> None:
    heads = run("reports", project, json=True).json
    assert {one["kind"] for one in heads} >= {
        "documents", "codebook", "cases", "values", "participants", "codings"
    }  # fmt: skip
    by_kind = {one["kind"]: one for one in heads}
    assert (by_kind["cases"]["source"], by_kind["cases"]["kept"]) == ("kontorer.csv", 2)
    assert (by_kind["participants"]["kept"], by_kind["codings"]["kept"]) == (3, 7)
    for head in heads:
        report = run("reports", project, "--show", head["guid"], json=True).json
        assert report["kind"] == head["kind"]
        for item, found in report["in"].items():
            left = sum(one["count"] for one in report["discarded"] if one["item"] == item)
            assert found <= report["out"].get(item, 0) + left, (head["kind"], item)
        assert not any("No line says" in one["why"] for one in report["discarded"])


def test_a_report_is_shown_and_written(run: Run, project: Path, tmp_path: Path) -> None:
    shown = run("reports", project, "--show", "1", language="nb")
    assert shown.status == 0
    assert "Kom inn" in shown.out
    assert "Nord.txt" in shown.out
    path = tmp_path / "rapport.json"
    assert run("reports", project, "-o", path).status == 0
    assert json.loads(path.read_text("utf-8"))["kind"] == "codings"
    assert run("reports", project, "--show", "99").status == 1
    assert run("reports", project, "-o", tmp_path / "x.docx").status == 1
    listed = run("reports", project, language="nb").out.splitlines()
    assert len(listed) == 1 + len(run("reports", project, json=True).json)


def test_rows_that_fail_stand_in_the_report(run: Run, project: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "flere.csv"
    sheet.write_text(
        "document,code,quote\nNord,telling,finnes ikke\nNord,telling,Jeg gjør\n", "utf-8"
    )
    assert run("codings", "import", project, sheet).status == 1
    (head, *_others) = run("reports", project, json=True).json
    assert (head["kind"], head["kept"], head["left_out"]) == ("codings", 1, 1)
    run("undo", project)
    assert run("reports", project, json=True).json[0]["source"] != "flere.csv"


def test_a_project_without_imports_has_no_reports(run: Run, empty: Path, tmp_path: Path) -> None:
    assert run("reports", empty, json=True).json == []
    assert run("reports", empty, "-o", tmp_path / "x.txt").status == 1
