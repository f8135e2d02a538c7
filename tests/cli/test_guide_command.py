"""The commands on interview guides, from the file to the coded answers and the matrix."""

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

GUIDE = """\
# Guide
## Uka
1. Hvordan starter uka?
   - tavlemøte
2. Hvilke måltall har dere?
## Faste ting
3. Hva er fast?
Husk å takke.
"""


@pytest.fixture
def guide(tmp_path: Path) -> Path:
    path = tmp_path / "guide.md"
    path.write_text(GUIDE, encoding="utf-8")
    return path


@pytest.fixture
def matched(run: Run, project: Path, guide: Path) -> Path:
    assert run("guide", "import", project, guide).status == 0
    assert run("guide", "match", project).status == 0
    return project


def test_a_guide_is_shown_before_it_is_taken(run: Run, guide: Path) -> None:
    shown = run("guide", "read", guide, json=True).json
    assert [(one["line"], one["kind"], one["number"]) for one in shown] == [
        (1, "heading", ""), (2, "question", "1."), (3, "probe", ""), (4, "question", "2."),
        (5, "heading", ""), (6, "question", "3."), (7, "note", ""),
    ]  # fmt: skip
    assert "1.\tHvordan starter uka?" in run("guide", "read", guide).out


def test_what_a_line_is_can_be_said(run: Run, project: Path, guide: Path) -> None:
    made = run(
        "guide", "import", project, guide, "--name", "Alle", "--as", "7=question", "--as",
        "5=note", json=True,
    ).json  # fmt: skip
    assert (made["guide"], made["questions"], made["headings"], made["probes"]) == ("Alle", 4, 1, 1)
    assert run("guide", "import", project, guide, "--as", "99=note").status == 1
    assert run("guide", "import", project, guide, "--as", "1=kapittel").status == 2
    again = run("guide", "import", project, guide, "--name", "Alle")
    assert again.status == 1
    assert "Alle" in again.err


def test_turns_are_matched_and_corrected(run: Run, matched: Path) -> None:
    rows = run("guide", "show", matched, "--document", "Nord", json=True).json
    assert [(one["turn"], numbers(one)) for one in rows] == [
        (1, "1."), (2, "1."), (3, "2."), (4, "2."), (5, "2."),
    ]  # fmt: skip
    assert (rows[0]["role"], rows[0]["by_hand"]) == ("question", False)
    [first] = rows[0]["questions"]
    assert 0.5 <= first["score"] <= 1
    assert set(first["words"]) == {"starter", "uka"}
    assert rows[1]["role"] is None
    [answered] = rows[1]["questions"]
    assert (answered["question"], answered["score"]) == ("1. Hvordan starter uka?", None)
    done = run("guide", "set", matched, "Nord", 3, "none", json=True).json
    assert (done["role"], done["by_hand"]) == ("follow-up", True)
    assert run("guide", "match", matched, json=True).json["by_hand"] == 1
    turns = run("turns", matched, "Nord", json=True).json
    assert {one["question"] for one in turns} == {"1. Hvordan starter uka?"}
    run("guide", "set", matched, "Nord", 3, "outside")
    turns = run("turns", matched, "Nord", json=True).json
    assert [one["question"] for one in turns][2:] == ["", "", ""]
    run("guide", "set", matched, "Nord", 3, "måltall")
    run("guide", "set", matched, "Nord", 1, "auto")
    rows = run("guide", "show", matched, "--document", "Nord", json=True).json
    assert [numbers(one) for one in rows] == ["1.", "1.", "2.", "2.", "2."]
    assert "by hand" in run("guide", "show", matched, "--document", "Nord").out


def numbers(turn: Any) -> str:  # noqa: ANN401 - what JSON holds
    return " ".join(one["number"] for one in turn["questions"])


def test_a_turn_asks_several_questions(run: Run, matched: Path) -> None:
    done = run("guide", "set", matched, "Nord", 3, "2", "1", "2", json=True).json
    assert (done["role"], done["by_hand"], numbers(done)) == ("question", True, "2. 1.")
    rows = run("guide", "show", matched, "--document", "Nord", json=True).json
    assert [numbers(one) for one in rows] == ["1.", "1.", "2. 1.", "2. 1.", "2. 1."]
    shown = run("guide", "show", matched, "--document", "Nord").out
    assert "\t\t\t1. Hvordan starter uka?\tby hand" in shown
    turns = run("turns", matched, "Nord", json=True).json
    assert turns[3]["question"] == "2. Hvilke måltall har dere? · 1. Hvordan starter uka?"
    # What answers both questions is listed under each of them.
    for number, answered in (("1", [2, 4, 5]), ("2", [4, 5])):
        listed = run("guide", "answers", matched, number, json=True).json
        assert [one["turn"] for one in listed] == answered
    assert run("guide", "set", matched, "Nord", 3, "2", "none").status == 1


def test_what_turns_might_ask_too_is_listed(run: Run, matched: Path) -> None:
    run("guide", "reword", matched, "3", "Hvilke måltall er faste i uka?")
    rows = run("guide", "show", matched, "--document", "Nord", "--others", json=True).json
    others = [one["others"] for one in rows if one["interviewer"]]
    assert any(others)
    for some in others:
        scores = [one["score"] for one in some]
        assert scores == sorted(scores, reverse=True)
    told = run("guide", "show", matched, "--document", "Nord", "--others").out
    assert "perhaps: " in told
    plain = run("guide", "show", matched, "--document", "Nord", json=True).json
    assert not any(one["others"] for one in plain)


def test_questions_are_listed_with_where_they_were_asked(run: Run, matched: Path) -> None:
    shown = {one["number"]: one for one in run("guide", "show", matched, json=True).json
             if one["kind"] == "question"}  # fmt: skip
    assert shown["1."]["asked"] == ["Nord"]
    assert shown["1."]["not_asked"] == ["Sør"]
    said = run("guide", "asked", matched, "1", "Sør", "yes", json=True).json
    assert said == {"question": "1. Hvordan starter uka?", "document": "Sør", "asked": True}
    run("guide", "asked", matched, "3", "Sør", "no")
    shown = {one["number"]: one for one in run("guide", "show", matched, json=True).json
             if one["kind"] == "question"}  # fmt: skip
    assert shown["1."]["asked"] == ["Nord", "Sør"]
    assert shown["3."]["asked"] == []
    run("guide", "asked", matched, "3", "Sør", "auto")
    assert "1.\tHvordan starter uka?\t2\t0" in run("guide", "show", matched).out


def test_answers_are_coded_and_taken_back(run: Run, matched: Path) -> None:
    listed = run("guide", "answers", matched, "2", json=True).json
    assert [(one["document"], one["turn"], one["participant"]) for one in listed] == [
        ("Nord", 4, "Leder"), ("Nord", 5, "Veileder 1"),
    ]  # fmt: skip
    assert [one["follow_ups"] for one in listed] == [0, 0]
    run("guide", "set", matched, "Nord", 3, "none")
    direct = run("guide", "answers", matched, "1", "--direct", json=True).json
    assert [one["turn"] for one in direct] == [2]
    run("undo", matched)
    before = len(run("codings", matched, json=True).json)
    done = run("guide", "code", matched, "2", "telling", json=True).json
    assert (done["codings"], done["before"]) == (2, 0)
    assert [one["text"] for one in done["answers"]] == [one["text"] for one in listed]
    assert len(run("codings", matched, json=True).json) == before + 2
    run("undo", matched)
    assert len(run("codings", matched, json=True).json) == before
    assert run("guide", "code", matched, "2", "telling", "--document", "Sør").status == 1


def test_cells_follow_the_questions_on_their_code(run: Run, matched: Path) -> None:
    assert run("guide", "link", matched, "1", "rutiner/tavlemøte", json=True).json["codes"] == [
        "rutiner/tavlemøte"
    ]
    matrix = run("matrix", matched, "--unfolded", json=True).json
    row, column = matrix["rows"].index("Sør"), matrix["columns"].index("rutiner/tavlemøte")
    assert matrix["statuses"][row][column] in ("coded", "not-asked")
    run("codings", matched)
    other = matrix["columns"].index("telling")
    assert matrix["status_origins"][row][other] == "none"
    run("guide", "link", matched, "1", "telling")
    matrix = run("matrix", matched, json=True).json
    column = matrix["columns"].index("telling")
    assert matrix["statuses"][row][column] == "not-asked"
    assert matrix["status_origins"][row][column] == "guide"
    assert run("guide", "unlink", matched, "1", "telling", json=True).json["codes"] == [
        "rutiner/tavlemøte"
    ]


@pytest.mark.parametrize(
    "words",
    [
        ("guide", "match", "{}", "--guide", "Finnes ikke"),
        ("guide", "set", "{}", "Nord", "99", "1"),
        ("guide", "set", "{}", "Nord", "2", "1"),
        ("guide", "set", "{}", "Nord", "1", "finnes ikke"),
        ("guide", "set", "{}", "Nord", "1", "uka?x"),
        ("guide", "match", "{}", "--document", "Plan"),
        ("guide", "link", "{}", "1", "finnes ikke"),
    ],
)
def test_what_is_not_there_is_said(run: Run, matched: Path, words: tuple[str, ...]) -> None:
    told = run(*(word.format(matched) for word in words))
    assert told.status == 1
    assert told.err.count("\n") == 1


def test_with_several_guides_one_says_which(run: Run, matched: Path, guide: Path) -> None:
    run("guide", "import", matched, guide, "--name", "Ledere")
    refused = run("guide", "match", matched)
    assert refused.status == 1
    assert "Ledere" in refused.err
    assert run("guide", "match", matched, "--guide", "guide").status == 0
    # What a document was gone through by says which guide a number is of.
    assert run("guide", "set", matched, "Nord", 3, "3").status == 0
    assert run("guide", "remove", matched, "--guide", "Ledere").status == 0
    assert run("guide", "remove", matched).status == 0
    assert run("guide", "match", matched).status == 1
    assert run("guide", "show", matched, json=True).json == []


def question_of_first(run: Run, project: Path) -> Any:  # noqa: ANN401 - what JSON holds
    [only] = run("guide", "show", project, "--document", "Nord", json=True).json[0]["questions"]
    return only


def questions(run: Run, project: Path) -> list[str]:
    shown = run("guide", "show", project, json=True).json
    return [f"{one['number']} {one['text']}" for one in shown if one["kind"] == "question"]


def test_a_guide_is_changed_question_by_question(run: Run, matched: Path) -> None:
    before = questions(run, matched)
    asked = question_of_first(run, matched)
    done = run("guide", "reword", matched, "1", "Hva skjer på mandager?", json=True).json
    assert (done["question"], done["guid"]) == ("1. Hva skjer på mandager?", asked["guid"])
    now = question_of_first(run, matched)
    assert (now["guid"], now["score"]) == (asked["guid"], asked["score"])
    assert run("guide", "add", matched, "Hvem er med?", "--after", "1").out.strip() == (
        "2. Hvem er med?"
    )
    assert questions(run, matched)[1:] == ["2. Hvem er med?", "3. Hvilke måltall har dere?",
                                           "4. Hva er fast?"]  # fmt: skip
    assert run("guide", "move", matched, "4", "up").status == 0
    assert run("guide", "move", matched, "2", "up", json=True).json["question"] == "1. Hvem er med?"
    run("guide", "move", matched, "1", "up")
    stuck = run("guide", "move", matched, "Hvem er med", "up")
    assert stuck.status == 1
    assert "Hvem er med?" in stuck.err
    for _ in range(4):
        assert run("undo", matched).status == 0
    assert questions(run, matched)[0] == "1. Hva skjer på mandager?"
    assert run("guide", "drop", matched, "1").status == 0
    now = run("guide", "show", matched, "--document", "Nord", json=True).json[0]
    assert (now["role"], now["questions"]) == (None, [])
    run("undo", matched)
    run("undo", matched)
    assert questions(run, matched) == before
