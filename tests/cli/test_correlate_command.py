"""correlate, from the sheets that a study has to the coefficient that it prints."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.analysis.test_statistics import OFFICES

Run = Callable[..., Any]


@pytest.fixture
def fifteen(run: Run, empty: Path, tmp_path: Path) -> Path:
    """Fifteen offices with two indicators in each of two months; the later one is the study's."""
    cases = tmp_path / "kontorer.csv"
    cases.write_text(
        "kontor,ansatte\n" + "".join(f"Kontor {at},{at}\n" for at in range(15)), encoding="utf-8"
    )
    values = tmp_path / "indikatorer.csv"
    rows = ["kontor,periode,variabel,verdi"]
    for at, (plans, activity) in enumerate(OFFICES):
        rows += [f"Kontor {at},2012-02,planer,{at}", f"Kontor {at},2012-02,aktivitet,{-at}"]
        rows += [f"Kontor {at},2012-03,planer,{plans}"]
        rows += [f"Kontor {at},2012-03,aktivitet,{activity}"]
    values.write_text("\n".join(rows) + "\n", encoding="utf-8")
    assert run("cases", "import", empty, cases).status == 0
    assert run("values", "import", empty, values).status == 0
    return empty


def test_the_figure_that_the_study_prints(run: Run, fifteen: Path) -> None:
    found = run("correlate", fifteen, "planer", "aktivitet", json=True).json
    assert (round(found["pearson"], 6), found["n"]) == (0.217026, 15)
    assert -1 < found["spearman"] < 1
    assert len(found["points"]) == 15
    assert found["points"][0] == {"case": "Kontor 0", "x": 49, "y": 20}
    low, high = found["interval"]
    assert low < found["pearson"] < high


def test_another_month(run: Run, fifteen: Path) -> None:
    found = run("correlate", fifteen, "planer", "aktivitet", "--period", "2012-02", json=True).json
    assert found["pearson"] == pytest.approx(-1)
    assert found["interval"] is None


def test_a_code_and_a_variable(run: Run, project: Path) -> None:
    found = run("correlate", project, "code:rutiner", "ansatte", json=True).json
    assert (found["pearson"], found["spearman"], found["n"]) == (None, None, 2)
    assert any("too few" in note for note in found["notes"])


def test_correlation_for_people(run: Run, fifteen: Path) -> None:
    result = run("correlate", fifteen, "planer", "aktivitet")
    assert "Pearson's r\t0.217026" in result.out
    assert "N cases\t15" in result.out
    assert "latest period" in result.err
    assert "uncertain" in result.err


@pytest.mark.parametrize(
    "words",
    [("farge", "ansatte"), ("code:farge", "ansatte"), ("planer", "ansatte", "--period", "x")],
)
def test_what_cannot_be_correlated_is_said(run: Run, project: Path, words: tuple[str, ...]) -> None:
    result = run("correlate", project, *words, json=True)
    assert (result.status, result.out) == (1, "")
    assert result.err.count("\n") == 1


def test_two_variables_are_needed(run: Run, project: Path) -> None:
    assert run("correlate", project, "planer").status == 2
