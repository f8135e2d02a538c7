"""The command suggest: proposes, measures, accepts, rejects, puts off and forgets."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import Run


def test_it_proposes_and_changes_nothing(
    project: Path, run: Run, dump: Callable[..., object]
) -> None:
    before = dump(project)
    found = run("suggest", project, "--code", "rutiner", json=True)
    assert found.status == 0
    assert dump(project) == before
    (one,) = found.json
    assert one["document"] == "Øst"
    assert one["code"] == "rutiner"
    assert one["engine"] == "rules"
    assert run("text", project, "Øst").out[one["start"] : one["end"]] == one["quote"]
    assert one["quote"] == "Vi har faste rutiner."
    assert one["why"] == (
        "«rutiner» is the keyword «rutine»; «faste» is the keyword «fast»; "
        "the question has the keyword «fast»"
    )
    assert 0 < one["score"] <= 1
    assert "rutiner" in found.err


EAST = """\
Intervjuer: Hva er fast hos dere?
Leder: Vi har faste rutiner. Måltallene henger på veggen. Tavla er full av måltall.
"""


@pytest.fixture
def project(project: Path, run: Run) -> Path:
    """The small study with an interview that nobody has coded."""
    file = project.parent / "Øst.txt"
    file.write_text(EAST, encoding="utf-8")
    assert run("import", project, file).status == 0
    return project


def ids(run: Run, project: Path, *words: object) -> list[str]:
    return [one["id"] for one in run("suggest", project, *words, json=True).json]


def test_ids_are_the_same_over_calls_and_lead_to_codings(project: Path, run: Run) -> None:
    first = run("suggest", project, "--code", "telling", json=True).json
    assert ids(run, project, "--code", "telling") == [one["id"] for one in first]
    one = first[0]
    done = run("suggest", "accept", project, one["id"], json=True)
    (coded,) = done.json
    assert (coded["start"], coded["end"], coded["quote"]) == (
        one["start"], one["end"], one["quote"],
    )  # fmt: skip
    listed = run("codings", project, "--code", "telling", json=True).json
    assert coded["guid"] in {coding["guid"] for coding in listed}
    assert one["id"] not in ids(run, project, "--code", "telling")
    assert run("audit", project, json=True).json[-1]["operation"] == "Accept a suggestion"
    assert run("undo", project).status == 0
    assert ids(run, project, "--code", "telling") == [one["id"] for one in first]


def test_one_is_adjusted_before_it_is_accepted(project: Path, run: Run) -> None:
    (one,) = run("suggest", project, "--code", "rutiner", json=True).json
    done = run(
        "suggest", "accept", project, one["id"], "--end", one["end"] - 1, "--coder", "Ola",
        json=True,
    )  # fmt: skip
    assert done.json[0]["end"] == one["end"] - 1
    assert done.json[0]["quote"] == one["quote"][:-1]
    (coding,) = [
        coding
        for coding in run("codings", project, json=True).json
        if coding["guid"] == done.json[0]["guid"]
    ]
    assert coding["coder"] == "Ola"


def test_rejected_ones_stay_away_until_they_are_forgotten(project: Path, run: Run) -> None:
    (one,) = ids(run, project, "--code", "rutiner")
    assert run("suggest", "reject", project, one, json=True).json == {"rejected": 1}
    assert ids(run, project, "--code", "rutiner") == []
    assert run("suggest", "forget", project, "--code", "telling", json=True).json == {
        "forgotten": 0
    }
    assert run("suggest", "forget", project, json=True).json == {"forgotten": 1}
    assert run("suggest", "later", project, one, json=True).json == {"later": 1}
    (later,) = run("suggest", project, "--code", "rutiner", json=True).json
    assert (later["id"], later["later"]) == (one, True)


def test_measures_say_where_there_is_too_little(project: Path, run: Run) -> None:
    found = run("suggest", "measure", project, json=True).json
    by_code = {one["code"]: one for one in found}
    telling = by_code["telling"]
    assert (telling["segments"], telling["documents"], telling["enough"]) == (2, 1, False)
    assert telling["learned"] is None
    assert telling["rules"]["recall"] is not None
    told = run("suggest", "measure", project)
    assert told.status == 0
    assert "too little to learn from" in told.out
    told = run("suggest", "measure", project, language="nb")
    assert "for lite å lære av" in told.out


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("accept", "PROJECT", "feil"), "There is no suggestion feil"),
        (("reject", "PROJECT", "0-1-2-0-r"), "There is no suggestion"),
        (("list", "PROJECT", "--code", "finnes ikke"), "finnes ikke"),
        (("list", "PROJECT", "--coder", "Ingen"), "There is no coder Ingen"),
        (("list", "PROJECT", "--limit", "-1"), "A limit is a number"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence(
    project: Path, run: Run, words: tuple[str, ...], says: str
) -> None:
    done = run("suggest", *(str(project) if one == "PROJECT" else one for one in words))
    assert done.status == 1
    assert says in done.err
    assert done.out == ""


def test_wrong_usage(project: Path, run: Run) -> None:
    assert run("suggest", "accept", project).status == 2
    assert run("suggest", project, "--engine", "magi").status == 2


def test_people_get_a_table(project: Path, run: Run) -> None:
    told = run("suggest", project, "--code", "rutiner", language="nb")
    assert "«faste» er nøkkelordet «fast»" in told.out
    assert "1 forslag" in told.out


def test_an_empty_project_has_nothing_to_propose(empty: Path, run: Run, material: Path) -> None:
    assert run("suggest", empty, json=True).json == []
    assert run("suggest", "measure", empty, json=True).json == []
    assert run("codebook", "import", empty, material / "kodebok.csv").status == 0
    assert run("suggest", empty, json=True).json == []
    assert [one["positives"] for one in run("suggest", "measure", empty, json=True).json] == [0] * 3
