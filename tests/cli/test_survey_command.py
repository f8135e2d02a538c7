"""qda survey import: a sheet of answers from the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
SHEET = "id;kontor;alder;svar;mer\n1;Nord;40;Tavlemøtene er bra.;\n2;Sør;50;;Flere folk.\n"


@pytest.fixture
def answers(tmp_path: Path) -> Path:
    path = tmp_path / "svar.csv"
    path.write_text(SHEET, encoding="utf-8")
    return path


def test_a_sheet_comes_in_as_one_step(run: Run, empty: Path, answers: Path) -> None:
    result = run(
        "survey", "import", empty, answers, "--text", "svar", "--text", "mer", "--id", "id",
        "--case", "kontor", json=True,
    )  # fmt: skip
    assert result.status == 0
    assert [(one["document"], one["participants"]) for one in result.json["imported"]] == [
        ("svar 1 – svar", ["1"]), ("svar 2 – mer", ["2"])
    ]  # fmt: skip
    assert result.json["failed"] == []
    listed = run("documents", empty, json=True).json
    assert [(one["kind"], one["cases"]) for one in listed] == [
        ("survey", ["Nord"]), ("survey", ["Sør"])
    ]  # fmt: skip
    assert run("text", empty, "svar 1 – svar").out == "Tavlemøtene er bra."
    (turn,) = run("turns", empty, "svar 2 – mer", json=True).json
    assert (turn["participant"], turn["question"]) == ("2", "mer")
    people = run("participants", "show", empty, json=True).json
    assert [(one["participant"], one["values"]) for one in people] == [
        ("1", {"alder": 40}), ("2", {"alder": 50})
    ]  # fmt: skip
    (head,) = run("reports", empty, json=True).json
    assert (head["kind"], head["kept"], head["left_out"]) == ("survey", 2, 2)
    assert run("undo", empty).status == 0
    assert run("documents", empty, json=True).json == []


def test_joined_answers_and_other_types(run: Run, empty: Path, answers: Path) -> None:
    result = run(
        "survey", "import", empty, answers, "--text", "svar", "--text", "mer", "--join",
        "--type", "alder=text", "--without", "kontor",
    )  # fmt: skip
    assert result.status == 0
    assert "2 documents of 2 participants" in result.out
    assert "An empty cell is no document." in result.err
    assert run("text", empty, "svar 1").out == "svar\nTavlemøtene er bra."
    people = run("participants", "show", empty, json=True).json
    assert people[0]["values"] == {"alder": "40", "id": 1}


def test_a_column_that_is_not_there_is_said_and_nothing_done(
    run: Run, empty: Path, answers: Path
) -> None:
    result = run("survey", "import", empty, answers, "--text", "kommentar")
    assert result.status == 1
    assert "kommentar" in result.err
    assert "id, kontor, alder, svar, mer" in result.err
    assert run("history", empty, json=True).json == []
    assert run("survey", "import", empty, answers).status == 2
