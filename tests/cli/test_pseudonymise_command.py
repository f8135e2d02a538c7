"""`qda pseudonymise`: a list goes out, comes back, is done, checked and turned back."""

import csv
import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run

TALK = """\
Intervjuer: Hvem begynte du sammen med?
Leder: Med Solveig Nordmann. Solveig kom fra NAV Grünerløkka, og Nordmann kunne alt.
Intervjuer: Og navnet på kontoret?
Leder: Et navn er et navn. Ring 912 34 567, så svarer Øyvind.
"""


@pytest.fixture
def project(run: Run, tmp_path: Path) -> Path:
    made = tmp_path / "studie.qdaproj"
    run("new", made, "--coder", "Kari")
    talk = tmp_path / "samtale.txt"
    talk.write_text(TALK, encoding="utf-8")
    assert run("import", made, talk).status == 0
    return made


def test_a_list_goes_out_and_comes_back(run: Run, project: Path, tmp_path: Path) -> None:
    listed = tmp_path / "navn.csv"
    answer = run("pseudonymise", "scan", project, "-o", listed, json=True).json
    assert {one["name"] for one in answer["items"]} == {
        "Solveig Nordmann", "NAV Grünerløkka", "912 34 567", "Øyvind",
    }  # fmt: skip
    [solveig] = [one for one in answer["items"] if one["name"] == "Solveig Nordmann"]
    assert solveig["forms"] == ["Solveig Nordmann", "Nordmann", "Solveig"]
    assert [hit["text"] for hit in solveig["hits"]] == ["Solveig Nordmann", "Solveig", "Nordmann"]
    hit = solveig["hits"][0]
    assert run("text", project, "samtale").out[hit["start"] : hit["end"]] == hit["text"]

    rows = list(csv.DictReader(listed.read_text(encoding="utf-8-sig").splitlines(), delimiter=";"))
    for row in rows:
        row["decision"] = "reject" if row["name"] == "Øyvind" else row["decision"]
        if row["kind"] == "office":
            row["replacement"] = "[et kontor]"
    with listed.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
    key = tmp_path / "k.qdakey"
    done = run("pseudonymise", "apply", project, listed, "--key", key, json=True)
    assert done.status == 0
    assert (done.json["names"], done.json["places"]) == (3, 5)
    assert done.json["remaining"] == {}
    text = run("text", project, "samtale").out
    assert "Med [Person 1]. [Person 1] kom fra [et kontor], og [Person 1] kunne alt." in text
    assert "Et navn er et navn. Ring [telefon 1], så svarer Øyvind." in text
    assert run("history", project, json=True).json == []
    check = run("pseudonymise", "check", project, "--key", key, json=True).json
    assert (check["suspicious"], check["remaining"], check["in_file"]) == ([], [], {})
    assert run("pseudonymise", "reverse", project, key, json=True).json == {
        "places": 5, "gone": {}, "unknown": {},
    }  # fmt: skip
    assert run("text", project, "samtale").out == TALK
    assert run("doctor", project, json=True).json == {"problems": []}


def test_the_short_way_and_a_passphrase(run: Run, project: Path, tmp_path: Path) -> None:
    proposed = run("pseudonymise", project, "--propose", json=True).json
    listed = tmp_path / "navn.json"
    # One place stays, and a name is added that no rule finds.
    for one in proposed["items"]:
        if one["kind"] == "phone":
            one["hits"][0]["accept"] = False
    proposed["items"].append(
        {"decision": "accept", "kind": "person", "forms": ["Leder"], "replacement": "[Sjef]"}
    )
    listed.write_text(json.dumps(proposed), encoding="utf-8")
    secret = tmp_path / "passord.txt"
    secret.write_text("blåbær\n", encoding="utf-8")
    done = run(
        "pseudonymise", project, "--apply", listed, "--passphrase-file", secret, json=True
    ).json
    key = Path(done["key"])
    assert key == tmp_path / "studie.qdakey"
    text = run("text", project, "samtale").out
    assert "912 34 567" in text
    assert text.count("[Sjef]: ") == 2
    turns = run("turns", project, "samtale", json=True).json
    assert [one["participant"] for one in turns][1] == "[Sjef]"
    refused = run("pseudonymise", "reverse", project, key)
    assert (refused.status, refused.out) == (1, "")
    assert "encrypted" in refused.err
    back = run("pseudonymise", "reverse", project, key, "--passphrase-file", secret)
    assert back.status == 0
    assert run("text", project, "samtale").out == TALK


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("l.csv", "kind;replacement\nperson;x\n", "has no column forms"),
        ("l.csv", "kind;replacement;forms;decision\nperson;x;Solveig;maybe\n", "row 2"),
        ("l.json", "{", "cannot be read as a list of names"),
        ("l.json", '{"items": [{"forms": 3}]}', "cannot be read as a list of names"),
        ("l.txt", "", "ends in .csv, .json"),
        ("l.csv", "kind;replacement;forms;decision\nperson;x;Solveig;reject\n", "No name was"),
    ],
)
def test_a_bad_list_changes_nothing(
    run: Run, project: Path, tmp_path: Path, name: str, content: str, sentence: str
) -> None:
    listed = tmp_path / name
    listed.write_text(content, encoding="utf-8")
    done = run("pseudonymise", "apply", project, listed)
    assert done.status == 1
    assert sentence in done.err
    assert run("text", project, "samtale").out == TALK
    assert not list(tmp_path.glob("*.qdakey"))


def test_old_backups_are_told_and_deleted(run: Run, project: Path, tmp_path: Path) -> None:
    run("backup", project)
    listed = tmp_path / "navn.json"
    run("pseudonymise", "scan", project, "-o", listed)
    done = run("pseudonymise", "apply", project, listed, json=True).json
    assert done["backups"]
    deleted = run("pseudonymise", "check", project, "--delete-backups", json=True).json
    assert deleted["deleted"] == len(done["backups"])
    assert run("pseudonymise", "check", project, json=True).json["backups"] == []
