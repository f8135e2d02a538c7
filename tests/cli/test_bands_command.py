from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_bands_are_set_shown_used_and_removed(run: Run, project: Path) -> None:
    done = run("bands", "set", project, "ansatte", "--name", "Størrelse", "--cuts", "15,70",
               "--labels", "små|midt|store", json=True)  # fmt: skip
    assert done.status == 0, done.err
    assert done.json[0]["bands"] == [
        {"band": "små", "n": 0, "range": None},
        {"band": "midt", "n": 1, "range": [15, 15]},
        {"band": "store", "n": 1, "range": [70, 70]},
    ]
    matrix = run("matrix", project, "--rows", "ansatte:band", json=True).json
    assert matrix["rows"] == ["små", "midt", "store", "No case"] or matrix["rows"][:3] == [
        "små", "midt", "store"
    ]  # fmt: skip
    run("bands", "set", project, "ansatte", "--name", "størrelse", "--quantiles", "2")
    shown = run("bands", "show", project)
    assert "2 groups of equally many" in shown.out
    assert [step["operation"] for step in run("history", project, json=True).json][-2:] == [
        "Define bands", "Change bands"
    ]  # fmt: skip
    run("bands", "set", project, "planer", "--cuts", "55", "--period", "2012-03")
    rows = run("bands", "show", project, json=True).json
    assert [(one["name"], one["period"]) for one in rows] == [
        ("størrelse", ""), ("planer bands", "2012-03")
    ]  # fmt: skip
    assert run("bands", "remove", project, "STØRRELSE", json=True).json[0]["name"] == "planer bands"
    assert run("bands", "remove", project, "borte").status == 1


@pytest.mark.parametrize(
    ("words", "status"),
    [
        (["ansatte"], 2),
        (["ansatte", "--cuts", "15", "--width", "3"], 2),
        (["ansatte", "--cuts", "mange"], 2),
        (["ansatte", "--cuts", "15,nan"], 2),
        (["ansatte", "--quantiles", "1"], 1),
        (["åpnet", "--cuts", "15"], 1),
        (["finnes ikke", "--cuts", "15"], 1),
        (["ansatte", "--cuts", "15", "--period", "2012-03"], 1),
        (["ansatte", "--cuts", "15", "--name", "planer"], 1),
    ],
)
def test_what_cannot_be_cut_is_said(run: Run, project: Path, words: list[str], status: int) -> None:
    result = run("bands", "set", project, *words)
    assert (result.status, result.out) == (status, "")
    assert run("bands", "show", project, json=True).json == []
