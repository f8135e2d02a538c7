"""cases, participants, values, memo, memos."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Run = Callable[..., Any]
Dump = Callable[[Path], dict[str, list[tuple[object, ...]]]]


def test_cases_are_shown_with_typed_values(run: Run, project: Path) -> None:
    rows = run("cases", "show", project, json=True).json
    assert [row["case"] for row in rows] == ["Nord", "Sør"]
    assert rows[0]["pseudonym"] == "A"
    assert rows[0]["values"] == {
        "ansatte": 15,
        "åpnet": "2008-11-01",
        "samlokalisert": True,
        "planer": {"2012-02": 49.5, "2012-03": 62},
    }
    assert rows[1]["values"]["planer"] == {"2012-03": 58}


def test_cases_for_people_show_the_latest_month(run: Run, project: Path) -> None:
    lines = run("cases", "show", project).out.splitlines()
    assert lines[1].split("\t")[0] == "Nord"
    assert "62" in lines[1]
    assert "49" not in lines[1]


def test_importing_cases_again_brings_them_up_to_date(
    run: Run, project: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "mer.csv"
    sheet.write_text("kontor,ansatte\nNord,16\nVest,9\n", encoding="utf-8")
    rows = run("cases", "import", project, sheet, json=True).json
    assert [row["case"] for row in rows] == ["Nord", "Sør", "Vest"]
    assert [row["values"]["ansatte"] for row in rows] == [16, 70, 9]
    assert rows[0]["values"]["samlokalisert"] is True


@pytest.mark.parametrize(
    ("command", "text"),
    [
        ("cases", "kontor,ansatte\n,5\n"),
        ("cases", "kontor,ansatte\nNord,1\nNord,2\n"),
        ("participants", "navn,rolle\nx,y\n"),
        ("participants", "dokument,deltaker,rolle\nVest,Leder,leder\n"),
        ("participants", "deltaker,rolle\n,leder\n"),
        ("values", "kontor,periode,variabel,verdi\nVest,2012-03,planer,5\n"),
        ("values", "kontor,periode,variabel,verdi\nNord,mars,planer,5\n"),
        ("values", "kontor,periode,variabel,verdi\nNord,2012-03,ansatte,5\n"),
        ("values", "kontor,verdi\nNord,5\n"),
    ],
)
def test_sheets_that_do_not_fit_change_nothing(
    run: Run, project: Path, dump: Dump, tmp_path: Path, command: str, text: str
) -> None:
    before = dump(project)
    sheet = tmp_path / "feil.csv"
    sheet.write_text(text, encoding="utf-8")
    result = run(command, "import", project, sheet, json=True)
    assert (result.status, result.out) == (1, "")
    assert result.err.count("\n") == 1
    assert dump(project) == before


@pytest.mark.parametrize("command", ["cases", "participants", "values"])
def test_sheets_that_are_not_there_are_said(run: Run, project: Path, command: str) -> None:
    result = run(command, "import", project, "nei.csv")
    assert result.status == 1
    assert "nei.csv" in result.err


def test_values_are_counted(run: Run, project: Path, material: Path) -> None:
    found = run("values", "import", project, material / "indikatorer.csv", json=True).json
    assert (found["values"], found["months"]) == (3, ["2012-02", "2012-03"])


def test_participants_are_shown_with_attributes(run: Run, project: Path) -> None:
    rows = {row["participant"]: row for row in run("participants", "show", project, json=True).json}
    assert rows["Veileder 1"]["values"] == {"rolle": "veileder"}
    assert rows["Veileder 1"]["documents"] == ["Nord"]
    assert rows["Intervjuer"]["interviewer"] is True
    assert rows["Intervjuer"]["documents"] == ["Nord", "Sør"]
    assert rows["Intervjuer"]["values"] == {}
    # Two leaders in two interviews are two people.
    assert len([name for name in rows if name.startswith("Leder")]) == 2


def test_participants_need_no_document_where_the_name_is_enough(
    run: Run, project: Path, tmp_path: Path
) -> None:
    sheet = tmp_path / "mer.csv"
    sheet.write_text("participant,ansiennitet\nVeileder 1,21\n", encoding="utf-8")
    rows = run("participants", "import", project, sheet, json=True).json
    [one] = [row for row in rows if row["participant"] == "Veileder 1"]
    assert one["values"] == {"rolle": "veileder", "ansiennitet": 21}


# -------------------------------------------------------------------------------- memos
def _targets(run: Run, project: Path) -> dict[str, tuple[str, str, str]]:
    [coding] = run("codings", project, "--document", "Sør", json=True).json
    return {
        "document": ("--document", "Nord", "Nord"),
        "case": ("--case", "Sør", "Sør"),
        "participant": ("--participant", "Veileder 1", "Veileder 1"),
        "code": ("--code", "tavlemøte", "rutiner/tavlemøte"),
        "coding": ("--coding", coding["guid"], coding["guid"]),
    }


def test_memos_are_written_on_everything(run: Run, project: Path) -> None:
    for kind, (option, name, _target) in _targets(run, project).items():
        words = (option, name, "--text", f"om {kind} 😀", "--coder", "Ola")
        assert run("memo", "add", project, *words, json=True).status == 0
    assert run("memo", "add", project, "--project", "--text", "om alt").status == 0
    memos = run("memos", project, json=True).json
    expected = {kind: target for kind, (_o, _n, target) in _targets(run, project).items()}
    assert {memo["on"]: memo["target"] for memo in memos} == {**expected, "project": "studie"}
    assert memos[0]["text"] == "om document 😀"
    assert memos[0]["coder"] == "Ola"
    assert {"guid", "when"} <= memos[0].keys()
    assert len(run("memos", project).out.splitlines()) == 7


def test_a_memo_is_on_one_thing(run: Run, project: Path) -> None:
    assert run("memo", "add", project, "--text", "x").status == 2
    both = ("--document", "Nord", "--case", "Sør")
    assert run("memo", "add", project, *both, "--text", "x").status == 2
    assert run("memo", "add", project, "--document", "Nord").status == 2


@pytest.mark.parametrize("option", ["--document", "--case", "--participant", "--code", "--coding"])
def test_memos_on_what_is_not_there_are_refused(
    run: Run, project: Path, dump: Dump, option: str
) -> None:
    before = dump(project)
    assert run("memo", "add", project, option, "Vest", "--text", "x").status == 1
    assert dump(project) == before


def test_an_empty_memo_is_refused(run: Run, project: Path) -> None:
    assert run("memo", "add", project, "--document", "Nord", "--text", " ").status == 1
